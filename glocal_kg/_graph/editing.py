"""Several changes as one: all or nothing, with what they do at hand before they are kept."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from glocal_kg._rdf.counted import counted
from glocal_kg._rdf.store.facts import SAID, Facts
from glocal_kg._rdf.store.selection import Selection
from glocal_kg.errors import ArgumentError, GlocalError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from os import PathLike
    from types import TracebackType
    from typing import Self

    from pyoxigraph import NamedNode, Quad

    from glocal_kg._graph.added import Added
    from glocal_kg._graph.graph import Graph
    from glocal_kg._graph.inference import Inference
    from glocal_kg._rdf.reading import Readable
    from glocal_kg._rdf.store.pairs import Numbers
    from glocal_kg._rdf.store.store import State
    from glocal_kg._telling.report import Report


@dataclass(frozen=True, eq=False, repr=False)
class Change:
    """What an edit did to the asserted facts: counts, and the quads themselves.

    ``added`` and ``removed`` are read from the numbers when they are first wanted.
    """

    count_added: int
    count_removed: int
    _state: State
    _added: Numbers
    _removed: Numbers

    @property
    def added(self) -> list[Quad]:
        """The quads that are new."""
        return self._quads(self._added)

    @property
    def removed(self) -> list[Quad]:
        """The quads that have gone."""
        return self._quads(self._removed)

    def _quads(self, rows: Numbers) -> list[Quad]:
        from pyoxigraph import Quad

        terms = self._state.terms(rows.ravel())
        return [Quad(*terms[at : at + 4]) for at in range(0, len(terms), 4)]

    def __bool__(self) -> bool:
        return bool(self.count_added or self.count_removed)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Change):
            return NotImplemented
        mine, theirs = ((set(one.added), set(one.removed)) for one in (self, other))
        return mine == theirs

    def _repr_html_(self) -> str:
        from glocal_kg._rdf.writing.html import table

        signed = [("+", quad) for quad in self.added] + [("-", quad) for quad in self.removed]
        rows = [[sign, *(str(part) for part in quad)] for sign, quad in signed]
        return table(rows, ("", "subject", "property", "value", "graph"), repr(self)[1:-1])

    def __hash__(self) -> int:
        return hash((self.count_added, self.count_removed))

    def __reduce__(self) -> tuple[object, tuple[list[Quad], list[Quad]]]:
        """It travels as its quads."""
        return change_of, (self.added, self.removed)

    def __repr__(self) -> str:
        return f"<Change: {counted(self.count_added, 'fact')} new, {self.count_removed} gone>"


class GraphEdit:
    """Changes that wait to be kept: at the end of its ``with`` block, unless an error leaves it.

    The graph itself stays as it was until then, for whoever asks it, and nobody else changes
    it meanwhile. ``graph`` shows what it would be.

    >>> from glocal_kg import KnowledgeGraph, Text
    >>> kg = KnowledgeGraph()
    >>> with kg.edit() as edit:
    ...     _ = edit.add(Text("<urn:rome> a <urn:City> .", "turtle"))
    ...     len(kg), len(edit.graph)
    (0, 1)
    >>> edit.change, len(kg)
    (<Change: 1 fact new, 0 gone>, 1)
    """

    def __init__(self, graph: Graph, home: str | NamedNode | None = None) -> None:
        self._kept = graph
        self._home = home
        self._draft: Graph | None = None
        self._prefixes = graph.prefixes  # at the beginning of the block
        self.change: Change | None = None
        """What was done, once it is kept."""

    @property
    def graph(self) -> Graph:
        """The graph with the changes so far: ask it, but change it through the edit."""
        if self._draft is None:
            raise GlocalError(
                "This edit is not open.", remedy="Use it in a block: with kg.edit() as edit: ..."
            )
        return self._draft

    def add(
        self, source: Readable, format: str | None = None, graph: str | NamedNode | None = None
    ) -> Added:
        """As ``Graph.add``."""
        return self.graph.add(source, format, self._home if graph is None else graph)

    def replace(
        self, source: Readable, format: str | None = None, graph: str | NamedNode | None = None
    ) -> tuple[int, int]:
        """As ``Graph.replace``."""
        return self.graph.replace(source, format, self._home if graph is None else graph)

    def remove(self, quads: Iterable[Quad] | str | PathLike[str]) -> int:
        """As ``Graph.remove``."""
        return self.graph.remove(quads)

    def clear(self, graph: str | NamedNode) -> int:
        """As ``Graph.clear``."""
        return self.graph.clear(graph)

    def validate(self) -> Report:
        """The report of the graph as it would be."""
        return self.graph.validate()

    def infer(self) -> Inference:
        """What would follow, and which contradictions there would be."""
        return self.graph.infer()

    def __enter__(self) -> Self:
        kept = self._kept
        kept._contents.open_edit()
        self._prefixes = kept.prefixes
        try:
            draft = type(kept)(languages=kept.languages)
            draft._prefixes = kept.prefixes
            draft._read = kept._read.copy()
            draft._contents = kept._contents.fork()
            self._draft = draft
        except BaseException:
            kept._contents.close_edit()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        kept, draft = self._kept, self.graph
        try:
            if kind is None:
                self.change = keep(kept, draft)
                kept._read.add(draft._read)
                known = self._prefixes
                new = {one: iri for one, iri in draft.prefixes.items() if known.get(one) != iri}
                kept.prefixes = kept.prefixes.and_also(new)
        finally:
            self._draft = None
            kept._contents.close_edit()
        if self.change:
            tell(kept, self.change)


def keep(kept: Graph, draft: Graph) -> Change:
    """Let a graph hold what a draft of it holds, in one step."""
    before, after = (graph._contents.store.moment for graph in (kept, draft))
    change = change_between(before, after)
    if change:
        kept._contents.store.edit(added=change._added, removed=change._removed)
    return change


def change_between(before: State, after: State) -> Change:
    """What has come and gone between two moments of one store, or of a store and its fork."""
    held = {*before.graphs(SAID).tolist(), *after.graphs(SAID).tolist()}
    touched = tuple(sorted(g for g in held if table_of(before, g) is not table_of(after, g)))
    old, new = (
        np.stack(state.scan_quads(None, None, None, Selection(SAID.layers, touched)), axis=1)
        for state in (before, after)
    )
    added, removed = rows_beyond(new, old), rows_beyond(old, new)
    return Change(len(added), len(removed), after, added, removed)


def change_of(added: Iterable[Quad], removed: Iterable[Quad]) -> Change:
    """A change by the quads that came and went."""
    new, old = Facts.of(added), Facts.of(removed)
    number = new.terms.add
    gone = [[number(term) for term in quad] for quad in old]
    rows = np.array(gone, np.int32).reshape(-1, 4)
    return Change(len(new), len(old), new.moment, new.columns(), rows)


def table_of(state: State, graph: int) -> object:
    """The table of an asserted graph: the same object as long as nothing in it changes."""
    for name in SAID.layers:
        layer = state.layers.get(name)
        if layer is not None and graph in layer.graphs:
            return layer.graphs[graph]
    return None


def rows_beyond(rows: Numbers, others: Numbers) -> Numbers:
    """The rows that are not among others."""
    kind = np.dtype([(part, rows.dtype) for part in "spog"])
    here, there = (np.ascontiguousarray(part).view(kind).ravel() for part in (rows, others))
    return rows[~np.isin(here, there)]


def subscribe(graph: Graph, told: Callable[[Change], object]) -> Callable[[], None]:
    """Let a function know of each change; what comes back ends that."""
    if not callable(told):
        raise ArgumentError("told", told, "a function that takes a gk.Change")
    graph._listeners.append(told)

    def end() -> None:
        if told in graph._listeners:
            graph._listeners.remove(told)

    return end


def tell(graph: Graph, change: Change) -> None:
    """Tell all who asked to know of changes, in the order in which they asked.

    One that fails keeps the others from nothing. The change stands: the first error is raised when
    all are told, with a note that says so and whose error it is.
    """
    failed: Exception | None = None
    for told in list(graph._listeners):
        try:
            told(change)
        except Exception as error:
            name = getattr(told, "__qualname__", None) or repr(told)
            error.add_note(
                f"The graph has changed all the same ({change!r}); this is an error of {name},"
                " which kg.subscribe has called."
            )
            failed = failed or error
    if failed is not None:
        raise failed
