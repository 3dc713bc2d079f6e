"""The inferred graph in the index.

There are as many inferred facts as asserted ones, and few questions read them. So the index
takes them in when they are first asked for, and only those of the predicates that are.
"""

from __future__ import annotations

from pyoxigraph import Quad

from glocal_kg._study.vocab import INFERRED

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import TypeAlias

    import numpy as np
    from numpy.typing import NDArray
    from pyoxigraph import NamedNode

    from glocal_kg._rdf.store.quads import QuadStore

Numbers: TypeAlias = "Sequence[int]"


class InferredGraph:
    """What is inferred from the facts of ``store``, and how much of it the index shows.

    Facts are triples of term numbers; the caller works them out.
    """

    def __init__(self, store: QuadStore) -> None:
        self._store = store
        self._triples: Callable[[], NDArray[np.int32]] | None = None
        # The predicates whose facts the index shows; None stands for all.
        self._shown: set[int] | None = set()

    def offer(self, triples: Callable[[], NDArray[np.int32]]) -> None:
        """Say what is inferred: ``triples()`` gives rows (n, 3), sorted by predicate."""
        if self._shown is None or self._shown:
            self._store.index.clear_graph(INFERRED)
        self._triples, self._shown = triples, set()

    def hides(self, predicates: Iterable[NamedNode] | None = None) -> bool:
        """Whether there is more to show, of some predicates or of all."""
        shown = self._shown  # once, as another thread may show more meanwhile
        if self._triples is None or shown is None:
            return False
        return predicates is None or not self._numbers(predicates) <= shown

    def show(self, predicates: Iterable[NamedNode] | None = None) -> None:
        """Let the index have all inferred facts, or those of some predicates at least."""
        if self._triples is None or self._shown is None:
            return
        if predicates is None:
            import numpy as np

            wanted = set(np.unique(self._triples()[:, 1]).tolist())
        else:
            wanted = self._numbers(predicates)
        for predicate in wanted - self._shown:
            self._store.index.bulk_extend(self.quads(self._with(predicate).tolist()))
            self._shown.add(predicate)
        if predicates is None:
            self._shown = None

    def change(self, added: Iterable[Numbers], removed: Iterable[Numbers]) -> None:
        """Follow a change of what is inferred, which ``triples()`` gives already."""
        more, gone = ([*filter(self._is_shown, some)] for some in (added, removed))
        for quad in self.quads(gone):
            self._store.index.remove(quad)
        terms, forms = self._store.facts.terms, self._store.forms
        for s, p, o in gone:
            if forms.is_one_of_many(terms[o]):  # the index had several facts as one
                rows = self._with(p)
                more += rows[rows[:, 0] == s].tolist()
        if more:
            self._store.index.extend(self.quads(more))

    def _numbers(self, predicates: Iterable[NamedNode]) -> set[int]:
        numbers = map(self._store.facts.terms.find, predicates)
        return {number for number in numbers if number is not None}

    def _with(self, predicate: int) -> NDArray[np.int32]:
        """The inferred facts with a predicate."""
        assert self._triples is not None
        rows = self._triples()
        low, high = rows[:, 1].searchsorted((predicate, predicate + 1))
        return rows[low:high]

    def quads(self, triples: Iterable[Numbers]) -> Iterator[Quad]:
        """Triples of numbers as quads of the inferred graph."""
        terms = self._store.facts.terms
        for s, p, o in triples:
            yield Quad(terms[s], terms[p], terms[o], INFERRED)  # type: ignore[arg-type]

    def _is_shown(self, triple: Numbers) -> bool:
        return self._shown is None or triple[1] in self._shown
