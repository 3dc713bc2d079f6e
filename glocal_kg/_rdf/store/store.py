"""The store: one dictionary of terms, and the moment of now.

A writer makes the next moment aside and puts it in the place of the last with one assignment:
whoever is interrupted, at whichever line, has changed nothing. Readers take ``store.moment``
and keep it; they wait for nobody.
"""

from __future__ import annotations

from _thread import RLock
from bisect import bisect_left

import numpy as np

from glocal_kg._rdf.frozen import Frozen
from glocal_kg._rdf.store.dictionary import Dictionary
from glocal_kg._rdf.store.fact_table import Changes, FactTable, Layer, by_predicate
from glocal_kg._rdf.store.moment import Column, Moment
from glocal_kg._rdf.store.pairs import Keys, Numbers, unpack
from glocal_kg._rdf.store.relation import Relation, relation_of
from glocal_kg._rdf.store.selection import ASSERTED
from glocal_kg._rdf.store.sorted_rows import Rows, repeated
from glocal_kg._rdf.store.term_text import AnyTerm
from glocal_kg.errors import GlocalError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import TypeAlias

    from glocal_kg._rdf.store.disk import Disk

Triple: TypeAlias = tuple[int, int, int]

KEPT = 200_000
"""So many rows of changes are remembered; who asks for what is older must look at everything."""
MOST = 1000
"""And so many changes."""


_FEW = 300  # so many rows are put together one by one


class Delta(Frozen):
    """What an edit did: quads of numbers, each of shape (n, 4), int32, and how many they are.

    The rows of a very large change are not kept: ``added`` and ``removed`` are None. ``before``
    counts the rows of all changes before it.
    """

    version: int
    added: Numbers | None
    removed: Numbers | None
    count_added: int
    count_removed: int
    before: int = 0

    def __bool__(self) -> bool:
        return bool(self.count_added or self.count_removed)


class Saved(Frozen):
    """How far a state is on disk: checkpoint, place in its journal, and number of terms."""

    generation: int
    place: int
    terms: int


class State(Moment):
    """A moment of a store, with what led to it: ``version`` grows with each change."""

    __slots__ = ("followed", "journal", "saved", "version")

    def __init__(
        self,
        dictionary: Dictionary,
        layers: dict[str, Layer],
        journal: tuple[Delta, ...] = (),
        followed: Mapping[str, int] | None = None,
        version: int = 0,
        saved: Saved | None = None,
    ) -> None:
        """``followed`` tells from which version each inferred layer was worked out."""
        super().__init__(dictionary, layers)
        self.journal = journal
        self.followed = dict(followed or {})
        self.version = version
        self.saved = saved

    def fresh(self, layer: str) -> bool:
        """Whether an inferred layer was worked out from the facts of this very moment."""
        return self.followed.get(layer) == self.version

    def count_since(self, version: int) -> int | None:
        """How many quads came and went since a version, be they the same; None where too many."""
        recent = self._recent(version)
        if len(recent) < self.version - version or any(one.added is None for one in recent):
            return None
        return sum(one.count_added + one.count_removed for one in recent)

    def _recent(self, version: int) -> tuple[Delta, ...]:
        """The changes since a version that are remembered: each is a version more."""
        first = len(self.journal) - max(0, self.version - version)
        return self.journal[max(0, first) :]

    def changes_since(self, version: int) -> tuple[Numbers, Numbers] | None:
        """The quads that came and those that went since a version, each (n, 4), int32.

        Only the difference counts: what came and went in between is in neither. None where
        the changes are too many to be remembered.
        """
        if self.count_since(version) is None:
            return None
        recent = self._recent(version)
        if len(recent) == 1:  # in one change no quad both comes and goes
            return recent[0].added, recent[0].removed  # type: ignore[return-value]  # those of a change that is remembered
        balance: dict[tuple[int, ...], int] = {}
        for change in recent:
            assert change.added is not None
            assert change.removed is not None
            for rows, step in ((change.removed, -1), (change.added, 1)):
                for row in map(tuple, rows.tolist()):
                    balance[row] = balance.get(row, 0) + step
        sides = ([row for row, count in balance.items() if count == sign] for sign in (1, -1))
        added, removed = (np.array(rows, np.int32).reshape(-1, 4) for rows in sides)
        return added, removed


class Store:
    """Facts in named graphs, and what follows from them, as one moment after another.

    ``layer_of`` tells by its name in which layer a graph of asserted facts is. ``lock`` is
    held by whoever changes something, from reading the old moment to setting the new.

    >>> from pyoxigraph import NamedNode
    >>> store = Store()
    >>> a, p, g = (store.dictionary.add(NamedNode(f"urn:{x}")) for x in "apg")
    >>> before = store.moment
    >>> store.edit(added=np.array([[a, p, a, g], [a, p, p, g]], np.int32)).count_added
    2
    >>> len(store.moment), len(before)
    (2, 0)
    """

    def __init__(
        self,
        dictionary: Dictionary | None = None,
        *,
        layer_of: Callable[[AnyTerm], str] = lambda _: ASSERTED,
    ) -> None:
        self.dictionary = dictionary if dictionary is not None else Dictionary()
        self.lock = RLock()
        self.moment = State(self.dictionary, {})
        self.disk: Disk | None = None  # where changes are kept, if anywhere
        self.begun: State | None = None  # what it held at first, where that was not nothing
        self.closed = False  # where changes cannot be kept any more
        self.let_go = False  # where that is so since it was closed
        self.prefixes: Mapping[str, str] = {}  # what its names are written with
        self._layer_of = layer_of

    def call(self, prefixes: Mapping[str, str]) -> None:
        """Know what its names are written with, on the disk too where it is open to write."""
        with self.lock:
            self.prefixes = dict(prefixes)
            if self.disk is not None:
                self.disk.call(dict(prefixes))

    def edit(self, added: Numbers | None = None, removed: Numbers | None = None) -> Delta:
        """Take away and then add quads of numbers, rows of (s, p, o, g).

        What is not there is not taken away, what is there stays once; a quad in both stays.
        """
        with self.lock:
            if self.let_go:
                raise GlocalError(
                    "This graph is closed, and can only answer.",
                    remedy="Open its folder again, or change kg.copy(), which is in memory.",
                )
            if self.closed:
                raise GlocalError(
                    "The folder is not open to write.",
                    remedy="Open it without read_only, or change kg.copy(), which is in memory.",
                )
            now = self.moment
            layers = dict(now.layers)
            come, go = _grouped(added), _grouped(removed)
            took: list[tuple[int, int, Keys | None, Keys | None]] = []
            changed: dict[str, dict[int, Changes]] = {}
            for graph in sorted({*come, *go}):
                name = self._layer_of(self.dictionary[graph])
                table = layers.get(name, Layer({})).graphs.get(graph, FactTable({}))
                changes: Changes = {}
                mine, less = come.get(graph, {}), go.get(graph, {})
                for p in sorted({*mine, *less}):
                    relation = table.relation(p)
                    new, old = _news(relation, graph, mine.get(p), less.get(p))
                    if new is not None or old is not None:
                        changes[p] = (_rows(new, graph), _rows(old, graph))
                        took.append((graph, p, new, old))
                if changes:
                    changed.setdefault(name, {})[graph] = changes
            for name, of_graphs in changed.items():
                layers[name] = layers.get(name, Layer({})).changed(of_graphs)
            change = _change(now, took)
            if change:
                journal = _kept(now.journal, change)
                after = State(
                    self.dictionary, layers, journal, now.followed, change.version, now.saved
                )
                if self.disk is not None:
                    after.saved = self.disk.keep(now, after, change)
                self.moment = after
            return change

    def put(self, layer: str, graph: int, pairs: Mapping[int, Keys]) -> None:
        """Let a layer be one graph with these packed pairs by predicate: what is inferred."""
        relations = {p: relation_of(keys, graph) for p, keys in pairs.items()}
        with self.lock:
            now = self.moment
            layers = {
                **now.layers,
                layer: Layer({graph: FactTable(relations)} if relations else {}),
            }
            self.moment = self._followed(layer, layers)

    def follow(
        self,
        layer: str,
        graph: int,
        added: Iterable[Triple],
        removed: Iterable[Triple],
    ) -> None:
        """Change what :meth:`put` has put: triples that are new, and triples that are there."""
        mine, less = map(_packed, (added, removed))
        with self.lock:
            now = self.moment
            changes: Changes = {
                p: (_rows(mine.get(p), graph), _rows(less.get(p), graph)) for p in {*mine, *less}
            }
            layers = dict(now.layers)
            layers[layer] = layers.get(layer, Layer({})).changed({graph: changes})
            self.moment = self._followed(layer, layers)

    def _followed(self, layer: str, layers: dict[str, Layer]) -> State:
        """The state of now with another inferred layer."""
        now = self.moment
        followed = {**now.followed, layer: now.version}
        return State(self.dictionary, layers, now.journal, followed, now.version, now.saved)

    def drop(self, layer: str) -> None:
        """Have a layer no more."""
        with self.lock:
            now = self.moment
            layers, followed = dict(now.layers), dict(now.followed)
            layers.pop(layer, None), followed.pop(layer, None)
            self.moment = State(
                self.dictionary, layers, now.journal, followed, now.version, now.saved
            )

    def fork(self) -> Store:
        """A store of its own that starts from the facts of now and shares the terms."""
        copy = Store(self.dictionary, layer_of=self._layer_of)
        copy.moment, copy.begun, copy.prefixes = self.moment, self.begun, self.prefixes
        return copy


def _packed(rows: Iterable[Triple]) -> dict[int, Keys]:
    """The packed pairs of each predicate, sorted, each once."""
    columns = rows if isinstance(rows, np.ndarray) else np.array([*rows], np.int32).reshape(-1, 3)
    return dict(by_predicate(*columns.T)) if len(columns) else {}


def _grouped(quads: Numbers | None) -> dict[int, dict[int, Keys]]:
    """The packed pairs of each graph and predicate, sorted, each once."""
    if quads is None or not len(quads):
        return {}
    if (quads[:, 3] != quads[0, 3]).any():
        quads = quads[np.argsort(quads[:, 3], kind="stable")]
    ends = [*(np.flatnonzero(np.diff(quads[:, 3])) + 1).tolist(), len(quads)]
    found, start = {}, 0
    for end in ends:
        rows = quads[start:end]
        found[int(rows[0, 3])] = dict(by_predicate(rows[:, 0], rows[:, 1], rows[:, 2]))
        start = end
    return found


def _news(
    relation: Relation, graph: int, come: Keys | None, go: Keys | None
) -> tuple[Keys | None, Keys | None]:
    """Of what shall come what is not there, and of what shall go what is and does not come."""
    if go is not None:
        go = go[relation.has((go, repeated(graph, len(go))))]
        if come is not None and len(go):
            go = go[~np.isin(go, come)]
    if come is not None and not relation.ends_before(int(come[0])):
        come = come[~relation.has((come, repeated(graph, len(come))))]
    return _some(come), _some(go)


def _some(keys: Keys | None) -> Keys | None:
    return keys if keys is not None and len(keys) else None


def _rows(keys: Keys | None, graph: int) -> Rows | None:
    return None if keys is None else (keys, repeated(graph, len(keys)))


def _change(now: State, took: list[tuple[int, int, Keys | None, Keys | None]]) -> Delta:
    come = [(g, p, keys) for g, p, keys, _ in took if keys is not None]
    gone = [(g, p, keys) for g, p, _, keys in took if keys is not None]
    new, old = (sum(len(keys) for _, _, keys in side) for side in (come, gone))
    version, before = now.version + 1, _end(now.journal[-1]) if now.journal else 0
    if new + old > KEPT:
        return Delta(version, None, None, new, old, before)
    return Delta(version, _quads(come, new), _quads(gone, old), new, old, before)


def _end(change: Delta) -> int:
    """The rows of all changes up to and with one."""
    return change.before + change.count_added + change.count_removed


def _quads(parts: list[tuple[int, int, Keys]], length: int) -> Numbers:
    if length < _FEW:
        few = [(k >> 32, p, k & 0xFFFFFFFF, g) for g, p, keys in parts for k in keys.tolist()]
        return np.array(few, np.int32).reshape(-1, 4)
    rows = np.empty((length, 4), np.int32)
    start = 0
    for g, p, keys in parts:
        part = rows[start : start + len(keys)]
        part[:, 0], part[:, 2] = unpack(keys)
        part[:, 1], part[:, 3] = p, g
        start += len(keys)
    return rows


def _kept(journal: tuple[Delta, ...], change: Delta) -> tuple[Delta, ...]:
    """The journal with a change more, and without the oldest where it grows too long."""
    first = bisect_left(journal, change.before - KEPT, key=lambda earlier: earlier.before)
    return (*journal[max(first, len(journal) - MOST) :], change)


__all__ = ["Column", "Delta", "State", "Store"]
