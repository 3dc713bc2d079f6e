"""The JSON-LD context, made from the ontology: one short name per class and property."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from glocal_kg._publish.lines.ntriples_text import LANG_STRING, RDF_TYPE, XSD, iri, split_triple
from glocal_kg._rdf.namespaces import OWL, RDF, RDFS, SKOS

_KINDS = {
    str(OWL.Class): "class",
    str(RDFS.Class): "class",
    str(OWL.ObjectProperty): "object",
    str(OWL.DatatypeProperty): "data",
    str(OWL.AnnotationProperty): "annotation",
    str(RDF.Property): "annotation",
}
# What ontologies say of their own terms, which no ontology declares.
_COMMON = {
    "annotation": (RDFS.label, RDFS.comment, SKOS.changeNote, OWL.versionInfo, OWL.deprecated),
    "object": (
        RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range, RDFS.isDefinedBy,
        OWL.inverseOf, OWL.disjointWith, OWL.equivalentClass, OWL.equivalentProperty,
        OWL.members, OWL.unionOf, OWL.onProperty, OWL.someValuesFrom, OWL.allValuesFrom,
        OWL.propertyChainAxiom, OWL.imports, OWL.versionIRI, SKOS.inScheme,
    ),
}  # fmt: skip
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]*$")
_LOCAL = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*$")
# A tail that stays what it is when it is resolved against the base.
_RELATIVE = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9_.-]*(/[A-Za-z0-9_-][A-Za-z0-9_.-]*)*(#[\w-]+)?$")
_KEYWORDS = {"id", "type"}
_IRI = re.compile(r"<([^<>]*)>")


@dataclass(frozen=True)
class TermRule:
    """A short name and how its values are read.

    ``kind`` is ``@id`` for links, ``@language`` for texts by language, a datatype IRI, or ''
    for values that say themselves what they are.
    """

    name: str
    iri: str
    kind: str


class Context:
    """Short names for IRIs in JSON-LD, and what each property's values are.

    ``base`` shortens the IRIs of things, ``prefixes`` those of vocabularies.
    """

    def __init__(
        self, terms: Iterable[TermRule], classes: Mapping[str, str], prefixes: Mapping[str, str],
        base: str = "",
    ) -> None:  # fmt: skip
        self.base = base
        self._terms = {term.iri: term for term in terms}
        self._classes = dict(classes)
        names = {term.name for term in self._terms.values()} | set(self._classes.values())
        # Things are shortened by the base alone, so that all of them look the same.
        self.prefixes = {
            prefix: space
            for prefix, space in sorted(prefixes.items())
            if prefix not in names | _KEYWORDS
            and not (base and space.startswith(base) and not space.endswith("#"))
        }
        self._spaces = {space: prefix for prefix, space in self.prefixes.items()}

    def only(self, lines: Iterable[str]) -> Context:
        """The part of the context that some N-Triples or N-Quads lines need.

        A file stays complete in itself, and a small one is not mostly context.
        """
        used = {name for line in lines for name in _IRI.findall(line)}
        spaces = {name[: max(name.rfind("#"), name.rfind("/")) + 1] for name in used}
        return Context(
            [term for name, term in self._terms.items() if name in used],
            {name: short for name, short in self._classes.items() if name in used},
            {prefix: space for prefix, space in self.prefixes.items() if space in spaces},
            self.base,
        )

    def term(self, property_: str) -> TermRule | None:
        """The rule for a property, or None where it has no short name."""
        return self._terms.get(property_)

    def key(self, property_: str) -> str:
        """The prefixed name of a property, which carries no rule, or its IRI."""
        return self._prefixed(property_)

    def vocabulary(self, name: str) -> str:
        """The short form of a class or datatype."""
        return self._classes.get(name) or self._prefixed(name)

    def reference(self, name: str) -> str:
        """The short form of a thing: prefixed, relative to the base, or its IRI."""
        short = self._prefixed(name)
        if short is name and self.base and name.startswith(self.base):
            tail = name[len(self.base) :]
            if _RELATIVE.match(tail):
                return tail
        return short

    def as_object(self) -> dict[str, Any]:
        """The context as a JSON object."""
        content: dict[str, Any] = {"@version": 1.1}
        if self.base:
            content["@base"] = self.base
        content.update(self.prefixes)
        content.update({"id": "@id", "type": "@type"})
        short = {name: self._prefixed(iri_) for iri_, name in self._classes.items()}
        content.update(sorted(short.items()))
        for term in sorted(self._terms.values(), key=lambda term: term.name):
            rule: dict[str, str] = {"@id": self._prefixed(term.iri)}
            if term.kind == "@language":
                rule["@container"] = "@language"
            elif term.kind:
                rule["@type"] = term.kind if term.kind == "@id" else self._prefixed(term.kind)
            content[term.name] = rule
        return content

    def text(self) -> str:
        """The context as JSON text, one short name a line."""
        members = (
            f"  {json.dumps(key)}: {json.dumps(content, ensure_ascii=False)}"
            for key, content in self.as_object().items()
        )
        return "{\n" + ",\n".join(members) + "\n}"

    def _prefixed(self, name: str) -> str:
        cut = max(name.rfind("#"), name.rfind("/")) + 1
        prefix = self._spaces.get(name[:cut])
        if prefix and _LOCAL.match(name, cut):
            return f"{prefix}:{name[cut:]}"
        return name


def make_context(
    ontology: Iterable[str],
    prefixes: Mapping[str, str],
    *,
    base: str = "",
    language_properties: Iterable[str] = (),
) -> Context:
    """The context of an ontology, from the N-Triples lines of its graphs.

    ``language_properties`` are the IRIs of properties whose values carry language tags.
    """
    kinds = {str(name)[1:-1]: kind for kind, names in _COMMON.items() for name in names}
    ranges: dict[str, set[str]] = {}
    for line in ontology:
        subject, predicate, object_ = split_triple(line)
        if subject[0] != "<" or object_[0] != "<":
            continue
        if predicate == RDF_TYPE and object_ in _KINDS:
            kinds.setdefault(iri(subject), _KINDS[object_])
        elif predicate == str(RDFS.range):
            ranges.setdefault(iri(subject), set()).add(iri(object_))
    tagged = set(language_properties)
    taken: dict[str, str] = {}
    order = sorted(kinds, key=lambda name: (not (base and name.startswith(base)), name))
    for name in order:
        local = name[max(name.rfind("#"), name.rfind("/")) + 1 :]
        if _NAME.match(local) and local not in _KEYWORDS:
            taken.setdefault(local, name)
    classes = {name: local for local, name in taken.items() if kinds[name] == "class"}
    terms = [
        TermRule(local, name, _value_kind(name, kinds[name], ranges.get(name, set()), tagged))
        for local, name in taken.items()
        if kinds[name] != "class"
    ]
    return Context(terms, classes, prefixes, base)


def _value_kind(name: str, kind: str, ranges: set[str], tagged: set[str]) -> str:
    if kind == "object":
        return "@id"
    if name in tagged or ranges == {LANG_STRING}:
        return "@language"
    if len(ranges) == 1:
        only = next(iter(ranges))
        if only.startswith(XSD) and only != f"{XSD}string":
            return only
    return ""
