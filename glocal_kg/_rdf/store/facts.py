"""Facts as they were written: one table of terms and four columns of numbers.

Stores change literals (``1.50`` becomes ``1.5``), so a store is an index only. This table is
the truth: it keeps every term in its lexical form, and the engines for reasoning and
validation work on its numbers instead of on strings.

Rows are only ever appended; a removed row stays as a tombstone. New rows wait unindexed until
somebody asks a question that needs the index (a length, a repeat, the changes), so that
reading a file costs no more than numbering its terms. Every change has a place in a journal,
and the incremental engines ask what changed since they last looked.
"""

from __future__ import annotations

from _thread import allocate_lock
from array import array

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad

from glocal_kg._rdf.store.terms import Term, TermTable

TYPE_CHECKING = False  # typing itself is too slow to import on the way to a first answer
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import TypeAlias

    import numpy as np
    from numpy.typing import NDArray

    from glocal_kg._rdf.store.rows import SortedRows

Row: TypeAlias = tuple[int, int, int, int]

# More new rows than this are indexed by sorting (numpy), fewer in a plain dictionary.
MANY = 200_000


class FactTable:
    """Quads as four columns of term numbers, in the order they were added, without repeats.

    >>> from pyoxigraph import Literal
    >>> facts = FactTable()
    >>> a, p = NamedNode("https://example.org/a"), NamedNode("https://example.org/p")
    >>> facts.add(Quad(a, p, Literal("1.50")))
    True
    >>> facts.add(Quad(a, p, Literal("1.50")))
    False
    >>> [str(quad.object) for quad in facts]
    ['"1.50"']
    """

    __slots__ = (
        "_alive",
        "_events",
        "_flat",
        "_lock",
        "_open",
        "_recent",
        "_settled",
        "_size",
        "_sorted",
        "terms",
    )

    def __init__(self, terms: TermTable | None = None) -> None:
        self.terms = terms if terms is not None else TermTable()
        self._flat = array("i")  # every row ever added, four numbers each
        self._alive = bytearray()  # one byte for every indexed row: is it there?
        self._size = 0  # how many are
        self._events = array("i")  # the journal: n for row n added, ~n for row n removed
        self._recent: dict[Row, int] = {}  # indexed rows not yet in the sorted part
        self._sorted: SortedRows | None = None
        self._settled = 0  # how many rows are indexed
        self._open: int | None = None  # the first row of an addition that may be taken back yet
        self._lock = allocate_lock()  # held while indexing: several threads may ask at once

    # Reading and writing single quads

    def row(self, quad: Quad) -> Row:
        """The numbers of a quad; terms that are new get a number."""
        add = self.terms.add
        s, p, o, g = quad
        return add(s), add(p), add(o), add(g)

    def quad(self, row: Iterable[int]) -> Quad:
        """The quad of a row."""
        terms = self.terms
        s, p, o, g = row
        return Quad(terms[s], terms[p], terms[o], terms[g])  # type: ignore[arg-type]

    def add(self, quad: Quad) -> bool:
        """Add one quad; False where it was there."""
        before = len(self)
        self._flat.extend(self.row(quad))
        return len(self) > before

    def remove(self, quad: Quad) -> bool:
        """Remove one quad; False where it was not there."""
        self._settle()
        row = self._known(quad)
        number = self._find(row) if row is not None else None
        if row is None or number is None:
            return False
        self._alive[number] = 0
        self._recent.pop(row, None)
        self._size -= 1
        self._events.append(~number)
        return True

    def extend(self, quads: Iterable[Quad]) -> int:
        """Add many quads, all or (after an exception) none; returns how many were new."""
        before = len(self)
        for _ in self.encode(quads):
            pass
        return len(self) - before

    def mark(self) -> tuple[int, int]:
        """Where the table ends now, for ``rollback``."""
        return len(self._flat), len(self.terms)

    def rollback(self, mark: tuple[int, int]) -> None:
        """Forget what was appended since ``mark``; nothing may have been asked in between."""
        rows, terms = mark
        del self._flat[rows:]
        self.terms.truncate(terms)

    def encode(self, quads: Iterable[Quad], graph: NamedNode | None = None) -> Iterator[Quad]:
        """Add quads one by one as they are drawn, and hand each on unchanged.

        Where ``quads`` raises, or the caller stops drawing, all of them are taken back: one
        pass can fill this table and a store, and either both have everything or nothing.
        ``graph`` takes the place of the default graph in this table.
        """
        mark = self.mark()
        self._settle()
        self._open = mark[0] // 4
        # Local names and no method calls: this loop is most of the time of reading a file.
        extend, find, add = self._flat.extend, self.terms._ids.get, self.terms.add
        default = add(DefaultGraph()) if graph is not None else -1
        target = add(graph) if graph is not None else -1
        complete = False
        try:
            for quad in quads:
                s, p, o, g = quad
                a, b, c, d = find(s), find(p), find(o), find(g)
                if a is None:
                    a = add(s)
                if b is None:
                    b = add(p)
                if c is None:
                    c = add(o)
                if d is None:
                    d = add(g)
                elif d == default:
                    d = target
                extend((a, b, c, d))
                yield quad
            complete = True
        finally:
            if not complete:
                self.rollback(mark)
            self._open = None

    def __len__(self) -> int:
        self._settle()
        return self._size

    def __contains__(self, quad: object) -> bool:
        self._settle()
        return isinstance(quad, Quad) and self.had(quad)

    def had(self, quad: Quad) -> bool:
        """True for a quad that was there when the table was last asked anything."""
        row = self._known(quad)
        return row is not None and self._find(row) is not None

    def __iter__(self) -> Iterator[Quad]:
        return map(self.quad, self.rows())

    def rows(self) -> Iterator[Row]:
        """The rows that are there, in the order they were added."""
        self._settle()
        flat, alive = self._flat, self._alive
        for number in range(len(alive)):
            if alive[number]:
                yield tuple(flat[4 * number : 4 * number + 4])  # type: ignore[misc]

    def graphs(self) -> list[NamedNode | BlankNode]:
        """The named graphs that hold quads."""
        import numpy as np

        numbers = np.flatnonzero(np.bincount(self.columns()[:, 3]))
        terms = self.terms.take(numbers.tolist())
        return [term for term in terms if isinstance(term, NamedNode | BlankNode)]

    def of_graphs(self, graphs: Iterable[Term | DefaultGraph]) -> list[Quad]:
        """The quads of some graphs, in the order they were added."""
        import numpy as np

        columns = self.columns()
        wanted = np.zeros(len(self.terms), np.bool_)
        wanted[[n for n in map(self.terms.find, graphs) if n is not None]] = True
        return list(map(self.quad, columns[wanted[columns[:, 3]]].tolist()))

    def without_triples(self, triples: list[list[int]]) -> list[list[int]]:
        """Those triples of numbers that stand in no graph."""
        import numpy as np

        columns = self.columns()
        subjects = np.zeros(len(self.terms), np.bool_)
        subjects[[triple[0] for triple in triples]] = True
        here = set(map(tuple, columns[subjects[columns[:, 0]], :3].tolist()))
        return [triple for triple in triples if tuple(triple) not in here]

    def columns(self) -> NDArray[np.int32]:
        """All rows as an array of shape (n, 4), int32: subject, predicate, object, graph."""
        import numpy as np

        self._settle()
        flat = np.array(self._flat, dtype=np.int32).reshape(-1, 4)
        if self._size == len(self._alive):
            return flat
        return flat[np.frombuffer(bytes(self._alive), dtype=np.bool_)]

    # The journal

    @property
    def version(self) -> int:
        """A number that grows with every change, to be given to ``changes_since``."""
        self._settle()
        return len(self._events)

    def changes_since(self, version: int) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """What was added and what was removed since a version, each of shape (n, 4), int32.

        Only the difference counts: what came and went in between is in neither.

        >>> facts = FactTable()
        >>> a, p = NamedNode("https://example.org/a"), NamedNode("https://example.org/p")
        >>> start = facts.version
        >>> facts.add(Quad(a, p, a)), facts.add(Quad(a, p, p)), facts.remove(Quad(a, p, a))
        (True, True, True)
        >>> added, removed = facts.changes_since(start)
        >>> added.tolist(), removed.tolist()
        ([[0, 1, 1, 2]], [])
        """
        import numpy as np

        self._settle()
        events = np.array(self._events[version:], dtype=np.int64)
        flat = np.array(self._flat, dtype=np.int32).reshape(-1, 4) if len(events) > MANY else None
        if flat is not None and (events >= 0).all():
            return flat[events], np.empty((0, 4), dtype=np.int32)
        balance: dict[Row, int] = {}
        for event in events.tolist():
            number, step = (event, 1) if event >= 0 else (~event, -1)
            row: Row = tuple(self._flat[4 * number : 4 * number + 4])  # type: ignore[assignment]
            balance[row] = balance.get(row, 0) + step
        sides = ([row for row, count in balance.items() if count == sign] for sign in (1, -1))
        added, removed = (np.array(rows, dtype=np.int32).reshape(-1, 4) for rows in sides)
        return added, removed

    # The index

    def _known(self, quad: Quad) -> Row | None:
        numbers = tuple(map(self.terms.find, quad))
        return None if None in numbers else numbers  # type: ignore[return-value]

    def _find(self, row: Row) -> int | None:
        number = self._recent.get(row)
        if number is None and self._sorted is not None:
            number = self._sorted.find(row)
            if number is not None and not self._alive[number]:
                return None
        return number

    def _settle(self) -> None:
        """Index the rows appended since the last time; repeats become tombstones."""
        if self._settled == len(self._flat) // 4:
            return
        with self._lock:
            start, end = self._settled, len(self._flat) // 4
            if self._open is not None:  # another thread is adding
                end = self._open
            if start < end:
                self._index(start, end)
                self._settled = end

    def _index(self, start: int, end: int) -> None:
        if end - start + len(self._recent) > MANY:
            self._sort(start, end)
            return
        for number in range(start, end):
            row: Row = tuple(self._flat[4 * number : 4 * number + 4])  # type: ignore[assignment]
            new = self._find(row) is None
            self._alive.append(new)
            if new:
                self._recent[row] = number
                self._events.append(number)
                self._size += 1

    def _sort(self, start: int, end: int) -> None:
        """Index all rows by sorting them: for many at once."""
        import numpy as np

        from glocal_kg._rdf.store.rows import SortedRows

        self._alive.extend(b"\x01" * (end - start))
        alive = np.flatnonzero(np.frombuffer(bytes(self._alive), dtype=np.bool_))
        flat = np.array(self._flat, dtype=np.int32).reshape(-1, 4)
        self._sorted, repeats = SortedRows.build(flat, alive)
        self._recent.clear()
        for number in repeats.tolist():
            self._alive[number] = 0
        fresh = np.arange(start, end, dtype=np.int32)
        fresh = fresh[~np.isin(fresh, repeats)]
        self._events.frombytes(fresh.tobytes())
        self._size += len(fresh)
