"""In which file and line a finding stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode

from glocal_kg._engines.shacl.finding_parts import LateFindings
from glocal_kg._engines.shacl.report import Finding
from glocal_kg._mending.own import OwnFacts
from glocal_kg._mending.remedies.expected import properties
from glocal_kg._rdf.reading.document import Document, Source
from glocal_kg._rdf.reading.met import NODE
from glocal_kg._rdf.reading.positions import Positions
from glocal_kg._rdf.store.selection import Selection
from glocal_kg._rdf.store.term_text import AnyTerm

Places: TypeAlias = dict[int, tuple[Finding, Finding]]
"""Findings without a place and with it, by the number of the first, which is kept with it."""


class Placed(LateFindings):
    """The findings with their words, and with file and line as far as their files are known.

    The files are read once more when somebody looks at a finding, and not to count them: who
    only asks after each change whether all is well does not wait for it, nor for words.
    """

    def __init__(
        self,
        own: OwnFacts,
        findings: Sequence[Finding],
        known: Places | None = None,
        worded: Callable[[OwnFacts, Sequence[Finding]], list[Finding]] | None = None,
    ) -> None:
        """``known`` has the places of those looked at before, and is given those of the others.

        ``worded`` gives the findings with all their words, of these facts.
        """
        self._own: OwnFacts | None = own
        self._sources = list(own.kg.sources)
        self._findings = findings
        self._known: Places = {} if known is None else known
        self._worded = worded

    def _all(self) -> Sequence[Finding]:
        own, worded = self._own, self._worded
        if own is not None:
            places = dict(self._known)
            findings = self._findings if worded is None else worded(own, self._findings)
            new = [one for one in findings if id(one) not in places]
            for one, there in zip(new, _placed(own, self._sources, new), strict=True):
                places[id(one)] = one, there
                if isinstance(one.focus, NamedNode) and own.describes(one.focus):
                    self._known[id(one)] = one, there  # else facts tell what to look for
            self._findings = [places[id(one)][1] for one in findings]
            self._own = self._worded = None
        return self._findings

    def __len__(self) -> int:
        return len(self._findings)


def _placed(
    own: OwnFacts, sources: Sequence[tuple[Source, NamedNode]], findings: Sequence[Finding]
) -> list[Finding]:
    documents = [(one, home) for one, home in sources if isinstance(one, Document)]
    if not documents or not findings:
        return list(findings)
    wanted = {one.focus.value for one in findings if isinstance(one.focus, NamedNode)}
    wanted |= {
        one.value.value for one in findings if isinstance(one.value, NamedNode) and properties(one)
    }
    nameless = [one.focus for one in findings if isinstance(one.focus, BlankNode)]
    owners: dict[object, tuple[str, str] | None] = {one: _owner(own, one) for one in nameless}
    wanted |= {owner[0] for owner in owners.values() if owner}
    if None in owners.values():
        wanted.add(NODE)
    wanted |= _using(own, findings)
    read = []
    for document, home in documents:
        positions = _positions(document, _told_in(own, document, home, wanted))
        if positions is not None:
            read.append((document, positions))
    placed = [_with_place(own, one, read, owners) for one in findings]
    return [one if one.source else _with_file(own, one, documents) for one in placed]


def _with_file(
    own: OwnFacts, finding: Finding, documents: Sequence[tuple[Document, NamedNode]]
) -> Finding:
    """A finding whose name is written in a way that is not found, with its file at least."""
    find, layers = own.moment.find, own.facts.selection.layers
    node = find(finding.focus)
    for document, home in documents:
        graphs = [find(graph) for graph in document.graphs or (home,)]
        there = Selection(layers, tuple(graph for graph in graphs if graph is not None))
        if node is not None and own.moment.meets(node, there):
            return replace(finding, source=document.name)
    return finding


def _told_in(own: OwnFacts, document: Document, home: NamedNode, wanted: set[str]) -> set[str]:
    """Of some things those that a document says something of; it may name graphs of its own."""
    if document.format is not None and document.format.named_graphs:
        return wanted
    find, graph = own.moment.find, own.moment.find(home)
    there = Selection(own.facts.selection.layers, () if graph is None else (graph,))
    numbers = {iri: find(NamedNode(iri)) for iri in wanted if iri != NODE}
    return (wanted & {NODE}) | {
        iri
        for iri, number in numbers.items()
        if number is not None and own.moment.holds(number, there)
    }


def _positions(document: Document, wanted: set[str]) -> Positions | None:
    if not wanted:
        return None
    try:
        return Positions(document, wanted)
    except OSError:  # the file is gone since: its findings stay without a line
        return None


def _using(own: OwnFacts, findings: Sequence[Finding]) -> set[str]:
    """The subjects of facts that lead to things of which nothing is said."""
    return {
        quad.subject.value
        for one in findings
        if isinstance(one.focus, NamedNode) and not own.describes(one.focus)
        for quad in own.facts.quads_for_pattern(None, None, one.focus)
        if isinstance(quad.subject, NamedNode)
    }


def _owner(own: OwnFacts, node: AnyTerm) -> tuple[str, str] | None:
    """The thing, and its property, that lead to a nameless node."""
    seen: set[object] = set()
    while isinstance(node, BlankNode) and node not in seen:
        seen.add(node)
        quad = next(own.facts.quads_for_pattern(None, None, node), None)
        if quad is None:
            return None
        node, p = quad.subject, quad.predicate
    return (node.value, p.value) if isinstance(node, NamedNode) else None


def _with_place(
    own: OwnFacts,
    finding: Finding,
    read: Iterable[tuple[Document, Positions]],
    owners: dict[object, tuple[str, str] | None],
) -> Finding:
    for ways in _ways(own, finding, owners):
        for document, positions in read:
            if ways[1:] == ("*",):
                line = positions.naming(f"<{ways[0]}") or positions.naming(f'"{ways[0]}')
            else:
                line = positions.line(*ways)
            if line is not None:
                return replace(finding, source=document.name, line=line)
    return finding


def _ways(
    own: OwnFacts, finding: Finding, owners: dict[object, tuple[str, str] | None]
) -> Iterable[tuple[str, ...]]:
    """What to look for, the most exact first."""
    focus, value = finding.focus, finding.value
    if str(finding.source_shape).endswith("/namespace>") and isinstance(value, NamedNode):
        yield (value.value, "*")
    if isinstance(focus, BlankNode):
        owner = owners.get(focus)
        if owner is not None:
            yield (*owner, NODE)
            yield owner
            return
        said = sorted(own.facts.quads_for_pattern(focus), key=lambda one: str(one.predicate))
        for quad in said:
            if isinstance(quad.object, Literal):
                yield (NODE, quad.predicate.value, quad.object.value)
        for quad in said:
            if isinstance(quad.object, NamedNode):
                yield (NODE, quad.predicate.value, quad.object.value)
        for quad in said:
            if isinstance(quad.object, Literal):
                yield (quad.object.value, "*")
        return
    if not isinstance(focus, NamedNode):
        return
    text = NODE if isinstance(value, BlankNode) else getattr(value, "value", "")
    for p, _ in properties(finding):
        if text:
            yield (focus.value, p.value, text)
            if isinstance(value, NamedNode):
                yield (value.value, p.value, focus.value)
    for p, _ in properties(finding):
        yield (focus.value, p.value)
    yield (focus.value,)
    if own.describes(focus):
        return  # what leads to it was not looked for: a line does not rest on other findings
    for quad in own.facts.quads_for_pattern(None, None, focus):
        if isinstance(quad.subject, NamedNode):
            yield (quad.subject.value, quad.predicate.value, focus.value)
