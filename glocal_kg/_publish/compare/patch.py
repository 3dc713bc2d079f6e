"""A difference between two graphs that can be applied, turned around, written and read.

Statements without blank nodes differ line by line. Statements with blank nodes come in
groups that hang together by them; a group is named by its canonical text (RDFC-1.0), so two
groups are the same when their texts are. A graph is its ground statements and its groups,
which makes the difference exact.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    RdfFormat,
    parse,
    serialize,
)

from glocal_kg._publish.compare.sources import QUADS
from glocal_kg._publish.lines.canonical import canonical_blanks, has_blank, quad_line
from glocal_kg._publish.lines.ntriples_text import split_quad
from glocal_kg._rdf.arguments import TEXT, takes
from glocal_kg._rdf.namespaces import DCTERMS, PROV, RDF
from glocal_kg._rdf.reading.term_depth import refuse_nested
from glocal_kg.errors import GlocalError


@dataclass(frozen=True)
class Patch:
    """What to take away from a graph and what to add: lines, and groups with blank nodes.

    Lines are canonical N-Quads; a group is the canonical N-Quads of its statements.
    """

    removed: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    removed_groups: tuple[str, ...] = ()
    added_groups: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.removed or self.added or self.removed_groups or self.added_groups)

    @property
    def name(self) -> str:
        """What a written change set calls itself: a UUID of its content, in nobody's web space."""
        from uuid import NAMESPACE_OID, uuid5

        parts = (self.removed, self.added, self.removed_groups, self.added_groups)
        return f"urn:uuid:{uuid5(NAMESPACE_OID, repr(parts))}"

    def reversed(self) -> Patch:
        """The way back."""
        return Patch(self.added, self.removed, self.added_groups, self.removed_groups)

    @takes(quads=QUADS)
    def apply(self, quads: Iterable[Quad]) -> list[Quad]:
        """The graph after the change, in canonical order; blank nodes get new labels.

        Raises ``GlocalError`` where something that is to be removed is not there, or
        something that is to be added is there already.

        >>> a, p = NamedNode("https://example.org/a"), NamedNode("https://example.org/p")
        >>> patch = Patch(removed=(quad_line(Quad(a, p, Literal("1"))),))
        >>> patch.apply([Quad(a, p, Literal("1")), Quad(a, p, Literal("2"))])[0].object.value
        '2'
        """
        blanks: list[Quad] = []
        lines = set(ground_lines(quads, blanks))
        groups = Counter(group_texts(blanks))
        missing = [line for line in self.removed if line not in lines]
        missing += (Counter(self.removed_groups) - groups).elements()
        if missing:
            raise _misfit("lacks a statement that the change removes", missing[0])
        known = [line for line in self.added if line in lines]
        if known:
            raise _misfit("already has a statement that the change adds", known[0])
        lines.difference_update(self.removed)
        lines.update(self.added)
        groups.subtract(self.removed_groups)
        groups.update(self.added_groups)
        return list(_quads(sorted(lines), sorted(groups.elements())))

    def quads(self, *, added: bool) -> Iterator[Quad]:
        """The statements that are added, or those that are removed."""
        if added:
            return _quads(self.added, self.added_groups)
        return _quads(self.removed, self.removed_groups)

    def to_trig(self) -> str:
        """The change set as RDF: for each changed graph one named graph of statements to
        remove and one of statements to add, with a description in the default graph.
        """
        quads: list[Quad] = []
        bodies: list[Quad] = []
        me = NamedNode(self.name)
        quads.append(Quad(me, RDF.type, PROV.Collection))
        for what in ("removed", "added"):
            parts: dict[NamedNode | BlankNode | DefaultGraph, NamedNode] = {}
            for quad in self.quads(added=what == "added"):
                graph = quad.graph_name
                if graph not in parts:
                    part = parts[graph] = NamedNode(f"{self.name}#{what}-{len(parts) + 1}")
                    quads.append(Quad(me, PROV.hadMember, part))
                    quads.append(Quad(part, DCTERMS.type, Literal(what)))
                    if not isinstance(graph, DefaultGraph):
                        quads.append(Quad(part, DCTERMS.isVersionOf, graph))
                s, p, o, _ = quad
                bodies.append(Quad(s, p, o, parts[graph]))
        prefixes = {"dcterms": str(DCTERMS), "prov": str(PROV)}
        text = serialize(quads + bodies, format=RdfFormat.TRIG, prefixes=prefixes)
        assert text is not None  # without an output the text is returned
        return text.decode()


@takes(text=TEXT)
def read_patch(text: str) -> Patch:
    """The change set that ``Patch.to_trig`` wrote.

    Raises ``GlocalError`` where the text is no such change set.
    """
    refuse_nested("change set", lambda: BytesIO(text.encode()))
    try:
        quads = list(parse(text, RdfFormat.TRIG))
    except SyntaxError as error:
        raise GlocalError(f"The change set is no TriG: {error}.") from error
    kinds: dict[object, str] = {}
    graphs: dict[object, NamedNode | BlankNode] = {}
    for quad in quads:
        if quad.predicate == DCTERMS.type and isinstance(quad.object, Literal):
            kinds[quad.subject] = quad.object.value
        if quad.predicate == DCTERMS.isVersionOf and not isinstance(quad.object, Literal):
            graphs[quad.subject] = quad.object
    found: dict[str, list[Quad]] = {"removed": [], "added": []}
    for quad in quads:
        if isinstance(quad.graph_name, DefaultGraph):
            continue
        kind = kinds.get(quad.graph_name, "")
        if kind not in found:
            raise GlocalError(f"The change set does not say what {quad.graph_name} is.")
        s, p, o, name = quad
        found[kind].append(Quad(s, p, o, graphs.get(name, DefaultGraph())))
    lines: dict[str, tuple[str, ...]] = {}
    groups: dict[str, tuple[str, ...]] = {}
    for kind, members in found.items():
        blanks: list[Quad] = []
        lines[kind] = tuple(sorted(set(ground_lines(members, blanks))))
        groups[kind] = tuple(sorted(group_texts(blanks)))
    return Patch(lines["removed"], lines["added"], groups["removed"], groups["added"])


def ground_lines(quads: Iterable[Quad], blanks: list[Quad]) -> Iterator[str]:
    """The lines of statements without blank nodes; the others are put into ``blanks``."""
    for quad in quads:
        line = quad_line(quad)
        if (line[0] == "_" or " _:" in line) and has_blank(quad):
            blanks.append(quad)
        else:
            yield line


def group_texts(blanks: Iterable[Quad]) -> list[str]:
    """The canonical texts of the groups that hang together by blank nodes, sorted."""
    leader: dict[BlankNode, BlankNode] = {}

    def find(node: BlankNode) -> BlankNode:
        while leader[node] != node:
            leader[node] = leader[leader[node]]
            node = leader[node]
        return node

    distinct = dict.fromkeys(blanks)
    for quad in distinct:
        nodes = [term for term in quad if isinstance(term, BlankNode)]
        for node in nodes:
            leader.setdefault(node, node)
            leader[find(node)] = find(nodes[0])
    groups: dict[BlankNode, list[Quad]] = {}
    for quad in distinct:
        node = next(term for term in quad if isinstance(term, BlankNode))
        groups.setdefault(find(node), []).append(quad)
    return sorted("\n".join(canonical_blanks(group)) for group in groups.values())


def group_subjects(group: str) -> set[str]:
    """The IRIs, in brackets, that a group says something about."""
    return {line[: line.index(" ")] for line in group.split("\n") if line[0] == "<"}


def _quads(lines: Iterable[str], groups: Iterable[str]) -> Iterator[Quad]:
    for line in lines:
        yield from parse(line, RdfFormat.N_QUADS)
    for number, group in enumerate(groups):
        for quad in parse(group, RdfFormat.N_QUADS):
            yield Quad(*(_apart(term, number) for term in quad))  # type: ignore[arg-type]  # each part stays of its kind


def _apart(term: object, number: int) -> object:
    return BlankNode(f"g{number}{term.value}") if isinstance(term, BlankNode) else term


def _misfit(what: str, text: str) -> GlocalError:
    place = split_quad(text)[0] if "\n" not in text else text
    return GlocalError(
        f"The change set does not fit: the graph {what}: {place}",
        remedy="Apply it to the graph it was made from.",
    )
