"""The classes and properties of a graph: meaning, domain, range, use, and an example."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass, fields
from functools import cache
from typing import Literal as OneOf
from typing import TypeAlias

from pyoxigraph import Literal, NamedNode

from glocal_kg._rdf.counted import counted
from glocal_kg._rdf.listed import Listed
from glocal_kg._rdf.namespaces import OWL, RDF, RDFS, SKOS
from glocal_kg.errors import ArgumentError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pandas

    from glocal_kg._graph.graph import Graph
    from glocal_kg._rdf.store.facts import Facts

Kind: TypeAlias = OneOf["class", "property"]

_KINDS: dict[NamedNode, Kind] = {
    OWL.Class: "class",
    RDFS.Class: "class",
    OWL.ObjectProperty: "property",
    OWL.DatatypeProperty: "property",
    OWL.AnnotationProperty: "property",
    RDF.Property: "property",
}


_LISTS = ("domain", "range", "above", "questions")


@dataclass(frozen=True, slots=True, repr=False)
class TermInfo:
    """A class or property: ``name`` is its short IRI, ``used`` how many facts it is in.

    Those are the facts that queries see, what the sources say and what follows from it; of a term
    that only readings have, it is these.
    ``example`` is a fact of the data in short IRIs, or empty; ``domain`` and ``range`` are the
    short IRIs of classes.
    """

    iri: str
    name: str
    kind: Kind
    label: str
    meaning: str
    domain: tuple[str, ...]
    range: tuple[str, ...]
    above: tuple[str, ...]
    used: int
    example: str
    questions: tuple[str, ...] = ()
    """The packaged questions whose queries use it."""

    def __repr__(self) -> str:
        return f"<TermInfo {self.name}, {self.kind}, in {counted(self.used, 'fact')}>"

    def _repr_html_(self) -> str:
        from glocal_kg._rdf.writing.html import table

        said = asdict(self) | {name: ", ".join(getattr(self, name)) for name in _LISTS}
        rows = [[name, value] for name, value in said.items() if value != ""]
        return table(rows, (), self.name)

    def __str__(self) -> str:
        return f"{self.name} ({self.kind}): {self.meaning}"


def terms(kg: Graph, word: str = "") -> Listed[TermInfo]:
    """The terms that a graph declares and names with one of its prefixes, sorted by name.

    With ``word`` those whose name, label or meaning has it, accents and case apart.
    """
    from glocal_kg._rdf.languages import folded

    if not isinstance(word, str):
        raise ArgumentError("word", word, "text to look for")
    wanted = folded(word)
    found = Listed(
        one
        for one in _declared(kg)
        if not wanted or wanted in folded(f"{one.name} {one.label} {one.meaning}")
    )
    found.sort(key=lambda one: (one.name.lower(), one.name))
    return found


def near_terms(kg: Graph, word: str) -> list[str]:
    """The names of at most three terms that are written much like a word."""
    from difflib import get_close_matches

    from glocal_kg._rdf.languages import folded

    named: dict[str, str] = {}
    for one in _declared(kg):
        for text in (one.label, one.name.rpartition(":")[2], one.name):
            named.setdefault(folded(text), one.name)
    close = get_close_matches(folded(word), sorted(named), 3, 0.6)
    return list(dict.fromkeys(named[text] for text in close))


@dataclass(frozen=True, slots=True)
class UsedTerms:
    """The classes and properties that have facts, and the prefixes of their names.

    Small enough to hand to a person or an assistant; ``to_json`` leaves out what is empty.
    """

    classes: tuple[TermInfo, ...]
    properties: tuple[TermInfo, ...]
    prefixes: dict[str, str]

    def to_json(self) -> str:
        """The schema as JSON: prefixes, classes and properties by their short names."""
        parts: dict[str, Mapping[str, object]] = {
            "prefixes": self.prefixes,
            "classes": {one.name: _brief(one) for one in self.classes},
            "properties": {one.name: _brief(one) for one in self.properties},
        }
        written = (f"{json.dumps(name)}: {_lines(part)}" for name, part in parts.items())
        return "{" + ",\n".join(written) + "}\n"

    def to_pandas(self) -> pandas.DataFrame:
        """A DataFrame, a row for each class and property; ``GlocalError`` without pandas."""
        from glocal_kg._rdf.frames import text_frame

        names = [one.name for one in fields(TermInfo)]
        found = [asdict(one) for one in (*self.classes, *self.properties)]
        rows = [
            [", ".join(one[name]) if name in _LISTS else one[name] for name in names]
            for one in found
        ]
        return text_frame(names, rows)

    def _repr_html_(self) -> str:
        from glocal_kg._rdf.writing.html import table

        rows = [
            (one.name, one.kind, f"{one.used:,}", ", ".join(one.domain), ", ".join(one.range),
             one.meaning)
            for one in (*self.classes, *self.properties)
        ]  # fmt: skip
        head = ("name", "kind", "facts", "domain", "range", "meaning")
        return table(rows, head, repr(self)[1:-1], most=len(rows))

    def __str__(self) -> str:
        lines = [" and ".join(self._counts())]
        lines += [f"  {one.name} ({one.used:,})" for one in self.classes]
        for one in self.properties:
            span = f": {', '.join(one.domain) or 'any'} -> {', '.join(one.range) or 'any'}"
            lines.append(f"  {one.name} ({one.used:,}){span}")
        return "\n".join(lines)

    def __repr__(self) -> str:
        return f"<Schema: {', '.join(self._counts())}>"

    def _counts(self) -> tuple[str, str]:
        return (
            counted(len(self.classes), "class", "classes"),
            counted(len(self.properties), "property", "properties"),
        )


def schema(kg: Graph) -> UsedTerms:
    """The terms that have facts; see ``KnowledgeGraph.schema``."""
    found = [one for one in terms(kg) if one.used]
    used = {one.name.partition(":")[0] for one in found}
    spaces = {prefix: iri for prefix, iri in kg.prefixes.items() if prefix in used}
    return UsedTerms(
        tuple(one for one in found if one.kind == "class"),
        tuple(one for one in found if one.kind == "property"),
        spaces,
    )


def _lines(part: Mapping[str, object]) -> str:
    """A JSON object with one line for each of its keys."""
    lines = (
        f"  {json.dumps(name, ensure_ascii=False)}: {json.dumps(value, ensure_ascii=False)}"
        for name, value in part.items()
    )
    return "{\n" + ",\n".join(lines) + "}"


def _brief(one: TermInfo) -> dict[str, object]:
    """What a term is, without what is empty or repeated."""
    content = asdict(one)
    for name in ("iri", "name", "kind", "label", "questions"):
        del content[name]
    return {name: value for name, value in content.items() if value}


def terms_json(found: list[TermInfo]) -> str:
    """Terms as a JSON list."""
    return json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=1) + "\n"


def _declared(kg: Graph) -> Iterator[TermInfo]:
    facts = kg.facts
    seen: set[NamedNode] = set()
    for kind, told in _KINDS.items():
        for quad in facts.quads_for_pattern(None, RDF.type, kind):
            node = quad.subject
            if not isinstance(node, NamedNode) or node in seen:
                continue
            seen.add(node)
            name = kg.prefixes.shorten(node.value)
            if name != node.value:
                yield _info(kg, node, name, told)


def _info(kg: Graph, node: NamedNode, name: str, kind: Kind) -> TermInfo:
    above = RDFS.subClassOf if kind == "class" else RDFS.subPropertyOf
    seen = kg.seen()
    number = seen.moment.find(node)
    a = seen.moment.find(RDF.type)

    def count(facts: Facts) -> int:
        if kind == "class":
            return 0 if a is None else len(facts.moment.scan(None, a, number, facts.selection)[0])
        return len(facts.moment.scan(None, number, None, facts.selection)[0])

    used = count(seen) or count(kg.facts)
    label = kg.labels(node)
    return TermInfo(
        node.value,
        name,
        kind,
        label.value if label is not None else "",
        _text(kg, node, SKOS.definition) or _text(kg, node, RDFS.comment),
        _names(kg, node, RDFS.domain),
        _names(kg, node, RDFS.range),
        _names(kg, node, above),
        used,
        _example(kg, node, kind),
        tuple(_questions().get(name, ())),
    )


@cache
def _questions() -> dict[str, list[str]]:
    """The packaged questions by the terms that stand in their queries."""
    from glocal_kg._questions.question import find, names

    found: dict[str, list[str]] = {}
    for name in names():
        lines = find(name).text.splitlines()
        query = "\n".join(line for line in lines if not line.startswith(("#", "PREFIX")))
        for term in sorted(set(_TERM.findall(query))):
            found.setdefault(term, []).append(name)
    return found


_TERM = re.compile(r"(?<![?$\w])[a-z]+:[A-Za-z][\w-]*")


def _text(kg: Graph, node: NamedNode, p: NamedNode) -> str:
    from glocal_kg._engines.shacl.rdf_terms import choose_text

    texts = [q.object for q in kg.facts.quads_for_pattern(node, p) if isinstance(q.object, Literal)]
    chosen = choose_text(texts, (*kg.languages, "en"))
    return chosen.value if chosen is not None else ""


def _names(kg: Graph, node: NamedNode, p: NamedNode) -> tuple[str, ...]:
    found = [q.object for q in kg.facts.quads_for_pattern(node, p)]
    return tuple(sorted(kg.prefixes.shorten(o.value) for o in found if isinstance(o, NamedNode)))


def _example(kg: Graph, node: NamedNode, kind: str) -> str:
    s, p, o = (None, RDF.type, node) if kind == "class" else (None, node, None)
    quad = next(kg.facts.quads_for_pattern(s, p, o), None)
    if quad is None:
        return ""
    parts = (quad.subject, quad.predicate, quad.object)
    return " ".join(
        kg.prefixes.shorten(part.value) if isinstance(part, NamedNode) else str(part)
        for part in parts
    )
