"""All that is said of a thing, both ways, over the nodes that only link it to others."""

from __future__ import annotations

import builtins
from dataclasses import dataclass
from typing import Literal as OneOf
from typing import TypeAlias

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode

from glocal_kg._graph.naming import THING, meant
from glocal_kg._lookup.searching import search
from glocal_kg._questions.answers.table import Table
from glocal_kg._questions.parameters import read_iri
from glocal_kg._rdf import escaping
from glocal_kg._rdf.arguments import WHOLE, expect, takes
from glocal_kg._rdf.counted import counted
from glocal_kg._rdf.namespaces import RDF, using
from glocal_kg._study.vocab import GLOCAL
from glocal_kg.errors import NotFoundError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas
    from pyoxigraph import Quad

    from glocal_kg._graph.graph import Graph

Kind: TypeAlias = OneOf["stated", "interpreted", "ontology"]


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that is said: property and value for people, which way, and where it stands.

    ``way`` is "->" where the thing is the subject, "<-" where it is the value. ``terms`` are
    the property and the other end as IRIs or text; ``graph`` is the IRI of the graph, ``source``
    its last part. ``over`` is what a node that only links the thing to others says of these: of
    a participation who takes part, in what, and as what.
    """

    way: OneOf["->", "<-"]
    property: str
    value: str
    terms: tuple[str, str]
    graph: str
    kind: Kind
    """"stated", "interpreted", or "ontology"."""
    language: str = ""
    over: tuple[str, ...] = ()

    @builtins.property  # the field of that name hides it here
    def source(self) -> str:
        """The last part of the graph's IRI, such as ``deck``."""
        return self.graph.rpartition("/")[2]

    def __repr__(self) -> str:
        return f"<Said {self}>"

    def __str__(self) -> str:
        mark = " (interpreted)" if self.kind == "interpreted" else ""
        over = f" ({'; '.join(self.over)})" if self.over else ""
        return f"{self.way} {self.property}: {self.value}{over}{mark}"


@dataclass(frozen=True, slots=True, repr=False)
class Description:
    """What is said of a thing, in the order of its properties."""

    iri: str
    name: str
    types: tuple[str, ...]
    said: tuple[Said, ...]
    languages: tuple[str, ...] = ("en",)

    @takes(width=WHOLE, limit=WHOLE.or_none())
    def to_text(self, width: int = 100, limit: int | None = 4) -> str:
        """The description for a terminal, one line for each thing said and where it stands.

        Of one property at most ``limit`` values (None: all), and texts in the languages of the
        reader; what is left out is said.
        """
        lines = [f"{self.name}  {self.iri}", f"  a {', '.join(self.types)}" if self.types else ""]
        left_out = 0
        for group in self._groups():
            mine = [one for one in group if not one.language or one.language in self.languages]
            shown = mine or group[:1]
            elsewhere = sorted({one.language for one in group} - {one.language for one in shown})
            for number, one in enumerate(shown if limit is None else shown[:limit]):
                also = f" (also {', '.join(elsewhere)})" if elsewhere and not number else ""
                lines.append(_fitting(f"  {one}{also}", f"  [{one.source}]", width))
            more = 0 if limit is None else len(shown) - limit
            if more > 0:
                left_out += more
                lines.append(f"     ... and {more:,} more")
        if left_out:
            lines.append(f"  {left_out:,} left out: to_text(limit=None), on the command line --all")
        return escaping.visible("\n".join(line for line in lines if line))

    def to_table(self) -> Table:
        """The same as a table: a row for each thing said, and where it stands."""
        columns = ("way", "property", "value", "over", "kind", "source")
        rows = [
            (one.way, *one.terms, "; ".join(one.over), one.kind, one.source) for one in self.said
        ]
        return Table(columns, [tuple(map(Literal, row)) for row in rows], title=self.name)

    def to_pandas(self) -> pandas.DataFrame:
        """A DataFrame, a row for each thing said, with names beside the IRIs.

        Raises ``GlocalError`` without pandas.
        """
        from glocal_kg._rdf.frames import text_frame

        names = ("way", "property", "value", "property_iri", "value_iri")
        rows = []
        for one in self.said:
            p, end = one.terms
            thing = end if end != one.value or end.startswith(("http", "urn:")) else ""
            rows.append((one.way, one.property, one.value, p, thing, one.language,
                         "; ".join(one.over), one.kind, one.source, one.graph))  # fmt: skip
        return text_frame((*names, "language", "over", "kind", "source", "graph"), rows)

    def _groups(self) -> list[list[Said]]:
        found: dict[tuple[str, str], list[Said]] = {}
        for one in self.said:
            found.setdefault((one.way, one.property), []).append(one)
        return list(found.values())

    def __str__(self) -> str:
        return self.to_text()

    def __repr__(self) -> str:
        return f"<Description of {self.name}: {counted(len(self.said), 'thing')} said>"

    def _repr_html_(self) -> str:
        from glocal_kg._rdf.writing.html import table

        rows = [
            [one.way, one.property, "; ".join([one.value, *one.over]), one.kind, one.source]
            for one in self.said
        ]
        return table(rows, (), f"{self.name}, {', '.join(self.types)}, {self.iri}")


def _fitting(text: str, source: str, most: int) -> str:
    room, cut = most - len(source), text
    while escaping.width(cut) > room and len(cut) > 1:
        cut = cut[: -max(2, (escaping.width(cut) - room) // 2)] + "…"
    return escaping.kept_apart(cut) + source


def describe(kg: Graph, thing: str | NamedNode) -> Description:
    """What is said of a thing, named by IRI, prefix:name, or a name that only it has.

    Raises ``NotFoundError`` with the nearest names.
    """
    with using(kg.prefixes):
        node = resolve(kg, thing)
        quads = [*_of(kg, node)]
        types = sorted(
            {
                kg.prefixes.shorten(quad.object.value)
                for quad in quads
                if quad.predicate == RDF.type and isinstance(quad.object, NamedNode)
            }
        )
        said = {_said(kg, node, quad) for quad in quads if quad.predicate != RDF.type}
        order = sorted(said, key=lambda one: (one.way, one.property, one.value, one.graph))
        name = _name(kg, node)
        return Description(node.value, name, tuple(types), tuple(order), kg.languages)


def resolve(kg: Graph, thing: str | NamedNode) -> NamedNode:
    """The one thing that is meant; ``NotFoundError`` for none, and for several with their IRIs."""
    expect("thing", thing, THING)
    try:
        node = read_iri(thing)
    except (ValueError, TypeError):
        node = None
    if node is not None:
        if next(_of(kg, node), None) is not None:
            return node
        local = node.value[max(node.value.rfind("#"), node.value.rfind("/")) + 1 :]
        near = [kg.prefixes.shorten(hit.iri) for hit in search(kg, local.replace("-", " "), 3)]
        raise NotFoundError(
            f"Nothing is said of <{node.value}>.",
            remedy=f"Did you mean {' or '.join(near)}?" if near else "Use search for its words.",
            name=str(thing),
            suggestions=near,
        )
    try:
        return meant(kg, thing)
    except NotFoundError as error:
        if error.suggestions:
            raise
    near = [kg.prefixes.shorten(hit.iri) for hit in search(kg, str(thing), 3)]
    raise NotFoundError(
        f"Nothing is called '{thing}'.",
        remedy=f"Did you mean {' or '.join(near)}?" if near else "Use search for its words.",
        name=str(thing),
        suggestions=near,
    )


def _of(kg: Graph, node: NamedNode) -> Iterator[Quad]:
    """The quads about a thing, both ways."""
    yield from kg.facts.quads_for_pattern(node)
    yield from kg.facts.quads_for_pattern(None, None, node)


def _said(kg: Graph, node: NamedNode, quad: Quad) -> Said:
    from glocal_kg._graph.contents import layer_of
    from glocal_kg._rdf.store.selection import INTERPRETED

    back = quad.object == node and quad.subject != node
    other = quad.subject if back else quad.object
    graph = "" if isinstance(quad.graph_name, DefaultGraph) else quad.graph_name.value
    kind: Kind = "interpreted" if layer_of(quad.graph_name) == INTERPRETED else "stated"
    if "/ontology" in graph and kind == "stated":
        kind = "ontology"
    return Said(
        "<-" if back else "->",
        _name(kg, quad.predicate),
        _name(kg, other) if isinstance(other, NamedNode | BlankNode) else _text(other),
        (quad.predicate.value, other.value if hasattr(other, "value") else str(other)),
        graph,
        kind,
        (other.language or "") if isinstance(other, Literal) else "",
        tuple(_over(kg, node, other)) if isinstance(other, NamedNode | BlankNode) else (),
    )


_LINKS = (GLOCAL.Participation, GLOCAL.Support, GLOCAL.Placement)
"""Nodes that only link things: what they lead to is told beside them."""
_PLACED = (GLOCAL.governs,)
"""By these a government and a community belong to a city: what they do is told beside it."""


def _over(kg: Graph, node: NamedNode, link: NamedNode | BlankNode) -> Iterator[str]:
    """What lies on the other side of a node that only links a thing to others, or has no name."""
    facts = kg.facts
    if isinstance(link, BlankNode):
        for quad in sorted(facts.quads_for_pattern(link), key=str):
            p, end = quad.predicate, quad.object
            if p != RDF.type and end != node:
                told = _name(kg, end) if isinstance(end, NamedNode | BlankNode) else _text(end)
                yield f"{_name(kg, p)}: {told}"
        for quad in facts.quads_for_pattern(None, None, link):
            if quad.subject != node and isinstance(quad.subject, NamedNode):
                yield f"in: {_name(kg, quad.subject)}"
        return
    if any(next(facts.quads_for_pattern(link, RDF.type, one), None) for one in _LINKS):
        for quad in sorted(facts.quads_for_pattern(link), key=str):
            p, other = quad.predicate, quad.object
            if p in _TELLING and other != node and isinstance(other, NamedNode):
                yield f"{_name(kg, p)}: {_name(kg, other)}"
        for quad in facts.quads_for_pattern(None, GLOCAL.qualifiedParticipation, link):
            if quad.subject != node and isinstance(quad.subject, NamedNode):
                yield f"in: {_name(kg, quad.subject)}"
    elif any(next(facts.quads_for_pattern(link, p, node), None) for p in _PLACED):
        for quad in facts.quads_for_pattern(None, GLOCAL.ofParticipant, link):
            if isinstance(quad.subject, NamedNode):
                yield _name(kg, quad.subject)


_TELLING = (GLOCAL.ofParticipant, GLOCAL.inRole, GLOCAL.element, GLOCAL.onMap, GLOCAL.by)


def _text(term: object) -> str:
    return term.value if isinstance(term, Literal) else str(term)


def _name(kg: Graph, node: NamedNode | BlankNode) -> str:
    if isinstance(node, BlankNode):  # by its class, since it has no name
        kinds = sorted(
            map(str, (quad.object for quad in kg.facts.quads_for_pattern(node, RDF.type)))
        )
        return f"[{_name(kg, NamedNode(kinds[0][1:-1]))}]" if kinds else "[]"
    label = kg.labels(node)
    short = kg.prefixes.shorten(node.value)
    return short if label is None else label.value
