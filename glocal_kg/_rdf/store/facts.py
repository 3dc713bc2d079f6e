"""Facts as terms: a moment as people and other libraries see it."""

from __future__ import annotations

import numpy as np
from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad

from glocal_kg._rdf.arguments import LIST, WHOLE, takes
from glocal_kg._rdf.store.dictionary import Dictionary
from glocal_kg._rdf.store.pairs import Keys, Numbers, numbers_of, pack
from glocal_kg._rdf.store.selection import ASSERTED, INTERPRETED, Selection
from glocal_kg._rdf.store.store import State, Store
from glocal_kg._rdf.store.term_text import AnyTerm

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from numpy.typing import NDArray

SAID = Selection((ASSERTED, INTERPRETED))
"""What is asserted, interpretations included, and nothing that is inferred."""

BLOCK = 50_000  # facts that become terms together
_FEW = 64  # quads that are looked up, and whose terms are read, one by one


class Facts:
    """The selected facts of one moment, as a set of quads that stays what it is.

    >>> from pyoxigraph import Literal
    >>> a = NamedNode("https://example.org/a")
    >>> facts = Facts.of([Quad(a, a, Literal("1.50")), Quad(a, a, Literal("1.50"))])
    >>> [str(quad.object) for quad in facts]
    ['"1.50"']
    """

    __slots__ = ("moment", "selection")

    def __init__(self, moment: State, selection: Selection = SAID) -> None:
        self.moment = moment
        self.selection = selection

    @classmethod
    @takes(quads=LIST)
    def of(cls, quads: Iterable[Quad]) -> Facts:
        """The facts of some quads, in a store of their own."""
        from glocal_kg._rdf.store.loading import numbered

        store = Store()
        store.edit(added=numbered(quads, store.dictionary, DefaultGraph()))
        return cls(store.moment)

    @property
    def terms(self) -> Dictionary:
        """The dictionary that the numbers belong to."""
        return self.moment.dictionary

    @property
    def version(self) -> int:
        """A number that grows with every change of what is asserted."""
        return self.moment.version

    def __reduce__(self) -> tuple[object, tuple[list[Quad]]]:
        """They travel as their quads."""
        return Facts.of, (list(self),)

    def __copy__(self) -> Facts:
        return self  # they never change

    def __deepcopy__(self, _: object) -> Facts:
        return self

    def __repr__(self) -> str:
        return f"<Facts: {len(self)}>"

    def _repr_html_(self) -> str:
        from itertools import islice

        from glocal_kg._rdf.writing.html import MOST, table

        rows = [[str(part) for part in quad] for quad in islice(self, MOST)]
        return table(rows, ("subject", "property", "value", "graph"), repr(self)[1:-1])

    def __len__(self) -> int:
        """How many facts: one in two graphs counts twice."""
        return self.moment.count(None, None, None, self.selection)

    def __iter__(self) -> Iterator[Quad]:
        return self.quads_for_pattern()

    def __contains__(self, quad: object) -> bool:
        if not isinstance(quad, Quad):
            return False
        s, p, o, g = map(self.moment.find, quad)
        if s is None or p is None or o is None or g is None:
            return False
        return self.moment.count(s, p, o, Selection(self.selection.layers, (g,))) > 0

    def quads_for_pattern(
        self,
        s: AnyTerm | None = None,
        p: AnyTerm | None = None,
        o: AnyTerm | None = None,
        g: AnyTerm | None = None,
    ) -> Iterator[Quad]:
        """The facts with these parts; None stands for any."""
        find = self.moment.find
        a, b, c = (None if term is None else find(term) for term in (s, p, o))
        selection = self.selection
        if g is not None:
            graph = find(g)
            selection = Selection(selection.layers, () if graph is None else (graph,))
        known = (a is not None or s is None, b is not None or p is None, c is not None or o is None)
        if all(known):
            yield from self._quads(self.moment.scan_quads(a, b, c, selection))

    def _quads(self, columns: tuple[Numbers, ...]) -> Iterator[Quad]:
        if len(columns[0]) <= _FEW:
            yield from map(Quad, *(self.moment.terms(column.tolist()) for column in columns))
            return
        for start in range(0, len(columns[0]), BLOCK):
            parts = [column[start : start + BLOCK] for column in columns]
            numbers, places = np.unique(np.concatenate(parts), return_inverse=True)
            terms = self.moment.terms(numbers)
            each = places.reshape(len(parts), -1).tolist()
            yield from map(Quad, *(map(terms.__getitem__, column) for column in each))

    @takes(graphs=LIST)
    def of_graphs(self, graphs: Iterable[AnyTerm]) -> list[Quad]:
        """The facts of some graphs."""
        return [quad for graph in graphs for quad in self.quads_for_pattern(g=graph)]

    def graphs(self) -> list[NamedNode | BlankNode]:
        """The names of the graphs that hold facts, sorted."""
        found = self.moment.terms(self.moment.graphs(self.selection))
        named = [term for term in found if isinstance(term, NamedNode | BlankNode)]
        return sorted(named, key=str)

    def columns(self) -> Numbers:
        """All facts as numbers, shape (n, 4), int32: subject, predicate, object, graph."""
        return np.stack(self.moment.scan_quads(None, None, None, self.selection), axis=1)

    def triples(self) -> Numbers:
        """The distinct triples as numbers, shape (n, 3), int32."""
        return np.stack(self.moment.scan(None, None, None, self.selection), axis=1)

    def _of(self, rows: Numbers, of: Callable[[AnyTerm], bool]) -> Numbers:
        """The quads of the graphs that count."""
        graphs = rows[:, 3].tolist()
        counts = {graph: of(self.moment.term(graph)) for graph in set(graphs)}
        return rows if all(counts.values()) else rows[[counts[graph] for graph in graphs]]

    def pairs(self) -> dict[int, Keys]:
        """The distinct triples by predicate, as packed sorted pairs that cost no copy."""
        moment, selection = self.moment, self.selection
        return {p: moment.pairs(p, selection) for p in moment.predicates(selection)}

    @takes(version=WHOLE)
    def changes_since(self, version: int) -> tuple[Numbers, Numbers] | None:
        """The quads that came and went, each (n, 4); None where they are too many."""
        return self.moment.changes_since(version)

    @takes(version=WHOLE)
    def triple_changes_since(
        self, version: int, of: Callable[[AnyTerm], bool] = lambda _: True
    ) -> tuple[Numbers, Numbers] | None:
        """The triples that came and went, each (n, 3); None where they are too many.

        ``of`` tells by its name whether a graph counts. A triple has only gone when no graph
        that is seen asserts it any more.
        """
        changes = self.moment.changes_since(version)
        if changes is None:
            return None
        added, removed = (self._of(rows, of)[:, :3] for rows in changes)
        return added, removed[~self._hold(removed)]

    def _hold(self, triples: Numbers) -> NDArray[np.bool_]:
        """For each triple whether it is a fact, in whichever graph."""
        moment, selection = self.moment, self.selection
        if len(triples) <= _FEW:
            there = [moment.has(s, p, o, selection) for s, p, o in triples.tolist()]
            return np.array(there, np.bool_)
        found = np.zeros(len(triples), bool)
        for p in numbers_of(triples[:, 1]):
            rows = np.flatnonzero(triples[:, 1] == p)
            found[rows] = moment.contains(p, pack(triples[rows, 0], triples[rows, 2]), selection)
        return found
