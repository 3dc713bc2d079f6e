"""What is in a knowledge graph: its store, and the packaged facts when they are first wanted."""

from __future__ import annotations

from _thread import get_ident
from functools import cache

import numpy as np
from pyoxigraph import DefaultGraph, NamedNode, Quad

from glocal_kg._graph.checkpoint import fill
from glocal_kg._rdf.store.fact_table import columns_of
from glocal_kg._rdf.store.facts import SAID, Facts
from glocal_kg._rdf.store.moment import NO_LAYER
from glocal_kg._rdf.store.pairs import numbers_of, without
from glocal_kg._rdf.store.selection import (
    ASSERTED,
    INFERRED_WITH_INTERPRETATION,
    INTERPRETED,
    Selection,
)
from glocal_kg._rdf.store.selection import INFERRED as FOLLOWS
from glocal_kg._rdf.store.store import Delta, Store
from glocal_kg._study.vocab import INFERRED, INFERRED_INTERPRETED, is_interpretation
from glocal_kg.errors import GlocalError, ReadError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from glocal_kg._rdf.reading import Source
    from glocal_kg._rdf.store.fact_table import Layer
    from glocal_kg._rdf.store.pairs import Keys, Numbers
    from glocal_kg._rdf.store.store import State, Triple

DEFAULT = DefaultGraph()


def layer_of(graph: object) -> str:
    """The layer of a graph by its name: readings of the sources are kept apart from them."""
    name = graph.value if isinstance(graph, NamedNode) else ""
    under = is_interpretation(name)
    return INTERPRETED if under else ASSERTED


def follows(interpreted: bool) -> tuple[str, NamedNode]:
    """The layer and the graph of what follows from the sources, or of what else with readings."""
    if interpreted:
        return INFERRED_WITH_INTERPRETATION, INFERRED_INTERPRETED
    return FOLLOWS, INFERRED


def unsaid(layer: str) -> str:
    """The layer of what follows beside another one and is not worth saying."""
    return f"{layer}, unsaid"


def following(interpreted: bool) -> tuple[str, ...]:
    """The layers of all that follows from the sources alone, or with readings too."""
    return (FOLLOWS, INFERRED_WITH_INTERPRETATION) if interpreted else (FOLLOWS,)


@cache
def seen(*, inferred: bool, interpreted: bool) -> Selection:
    """What a question sees: the sources, what is read into them, and what follows from these.

    The very same each time, so that a moment knows it again at a glance.
    """
    said = SAID.layers if interpreted else (ASSERTED,)
    return Selection((*said, *following(interpreted)) if inferred else said)


class Contents:
    """A store and the changes it may see. ``lock`` is held while something changes."""

    def __init__(self, store: Store | None = None, packaged: State | None = None) -> None:
        self._store = store if store is not None else Store(layer_of=layer_of)
        self.packaged = packaged  # what it held when the packaged facts, and no others, were there
        self.lock = self._store.lock
        self._waiting = False  # for the packaged facts, which nobody has wanted yet
        self._editor: int | None = None  # the thread that has an edit open
        self._sources_alone = NO_LAYER
        """What followed from the sources when what else follows with readings was last set."""

    def expect_packaged(self) -> None:
        """Have the packaged facts when something is first asked."""
        self._waiting = True

    @property
    def store(self) -> Store:
        """The store with everything in it."""
        if self._waiting:
            with self.lock:
                if self._waiting:  # no other thread has read them in the meantime
                    fill(self._store)
                    self.packaged = self._store.moment
                    self._waiting = False
        return self._store

    def facts(self, *, inferred: bool = False, interpreted: bool = True) -> Facts:
        """The facts of now, as they will stay for whoever holds them."""
        return Facts(self.store.moment, seen(inferred=inferred, interpreted=interpreted))

    def inferred(self, *, interpreted: bool = False) -> Facts:
        """What follows, now."""
        return Facts(self._store.moment, Selection(following(interpreted)))

    def fresh(self, *, interpreted: bool = False) -> bool:
        """Whether what follows was worked out from the facts of now."""
        return self.store.moment.fresh(follows(interpreted)[0])

    def call(self, prefixes: Mapping[str, str]) -> None:
        """Know prefixes beside those that everybody has; a folder that is open keeps them."""
        self._store.call(prefixes)

    def fork(self) -> Contents:
        """The same contents, which change on their own from now on."""
        return Contents(self.store.fork(), self.packaged)

    # Changes of what is asserted

    def open_edit(self) -> None:
        """Let nobody else change anything until ``close_edit``: other threads wait."""
        self.expect_no_edit()
        self.lock.acquire()
        self._editor = get_ident()

    def close_edit(self) -> None:
        """Let others change something again."""
        self._editor = None
        self.lock.release()

    def expect_no_edit(self) -> None:
        """Raise ``GlocalError`` where this thread has an edit open, which would undo a change.

        At its end the graph holds what the draft of the edit does, whatever came beside it; and
        the thread cannot wait for itself.
        """
        if self._editor == get_ident():
            raise GlocalError(
                "An edit of this graph is open here, so it can be changed only through that.",
                remedy="Use the edit (edit.add, edit.replace, edit.remove, edit.clear; for all else"
                " edit.graph), or make this change after its block.",
            )

    def read(self, source: Source, target: NamedNode) -> tuple[int, list[NamedNode], int]:
        """Add all quads of a source, those of no graph to ``target``.

        Returns how many it has, the graphs they are in, and how many were not there.

        Raises ``ReadError``, and then nothing has changed.
        """
        self.expect_no_edit()
        store = self.store
        rows = self._rows(source, target)  # whoever asks meanwhile does not wait for the file
        new = store.edit(added=rows).count_added
        held = store.dictionary.take(numbers_of(rows[:, 3]))
        source.graphs = tuple(graph for graph in held if isinstance(graph, NamedNode))
        return len(rows), list(source.graphs), new

    def replace(
        self, source: Source, target: NamedNode, *, whole: bool, absent: GlocalError | None = None
    ) -> Delta:
        """Put a source in the place of what stands in its graphs; see ``KnowledgeGraph.replace``.

        ``whole``: what stands in ``target`` goes even where the source has nothing for it.
        ``absent`` is raised where nothing stands in these graphs.
        """
        self.expect_no_edit()
        store = self.store
        rows = self._rows(source, target)
        graphs = set(numbers_of(rows[:, 3]))
        held = store.dictionary.take(sorted(graphs))
        source.graphs = tuple(graph for graph in held if isinstance(graph, NamedNode))
        if whole:
            graphs.add(store.dictionary.add(target))
        selection = Selection(SAID.layers, tuple(graphs))
        with self.lock:
            before = store.moment.scan_quads(None, None, None, selection)
            if absent is not None and not len(before[0]):
                raise absent
            return store.edit(added=rows, removed=np.stack(before, axis=1))

    def edit(self, added: Iterable[Quad] = (), removed: Iterable[Quad] = ()) -> Delta:
        """Remove and then add asserted quads. Raises ``ReadError`` before anything changes."""
        from glocal_kg._rdf.reading import Source

        self.expect_no_edit()
        store = self.store
        new, old = (self._rows(Source("edit", quads)) if quads != () else None
                    for quads in (added, removed))  # fmt: skip
        return store.edit(new, old)

    def _rows(self, source: Source, target: NamedNode | None = None) -> Numbers:
        from glocal_kg._rdf.store.loading import numbered, quads_of

        terms = self._store.dictionary
        if target is None:
            rows = numbered(source.quads(), terms, DEFAULT, source.name)
        else:
            rows = quads_of(source, terms, target)
        for name in (INFERRED, INFERRED_INTERPRETED):
            number = terms.find(name)
            if number is not None and (rows[:, 3] == number).any():
                raise ReadError(
                    f"The graph <{name.value}> holds only what infer() puts there.",
                    source=source.name,
                    remedy="Put these statements into a graph of your own.",
                )
        return rows

    @property
    def writes(self) -> bool:
        """Whether changes go to a folder."""
        return self._store.disk is not None and not self._store.closed

    def close(self) -> None:
        """Let go of the folder that the store is in."""
        with self.lock:
            if self._store.disk is not None:
                self._store.disk.close(self._store.moment)
                self._store.closed = self._store.let_go = True

    def begun(self, *, interpreted: bool = False) -> State | None:
        """The state that a folder held, where all that follows from it is there, and still seen."""
        begun, now = self.store.begun, self.store.moment
        layer = follows(interpreted)[0]
        if begun is None or not all(map(begun.fresh, (*following(interpreted), unsaid(layer)))):
            return None
        same = now.layers.get(layer) is begun.layers.get(layer)
        return begun if same and now.count_since(begun.version) is not None else None

    # Changes of what is inferred

    def infer(self, pairs: Mapping[int, Keys], *, interpreted: bool = False) -> None:
        """Let an inferred graph hold these pairs by predicate, and nothing else.

        With ``interpreted`` those that follow without any reading are left out, as they have a
        graph of their own. All are merged with those that are asserted, as most questions see
        both: the first one should not wait for it.
        """
        kept = pairs
        if interpreted:
            self._sources_alone = self._alone
            kept = self._beyond_sources(pairs)
        layer, graph = follows(interpreted)
        self._store.drop(unsaid(layer))  # it belongs to what was there before
        self._store.put(layer, self._store.dictionary.add(graph), kept)
        moment, both = self._store.moment, seen(inferred=True, interpreted=interpreted)
        for predicate in pairs:
            moment.pairs(predicate, both)

    def keep(self, pairs: Mapping[int, Keys], *, interpreted: bool = False) -> None:
        """Have beside an inferred graph what else follows, for who goes on from this state."""
        layer, graph = follows(interpreted)
        self._store.put(unsaid(layer), self._store.dictionary.add(graph), pairs)

    def follow(self, added: Iterable[Triple], removed: Iterable[Triple]) -> None:
        """Change the graph of what follows from the sources."""
        layer, graph = follows(False)
        self._store.follow(layer, self._store.dictionary.add(graph), added, removed)

    def follow_interpreted(
        self,
        changed: Iterable[Triple],
        inferred: Callable[[Collection[int]], Mapping[int, Keys]],
    ) -> None:
        """Change the graph of what follows with readings only.

        ``changed`` are facts that follow now, or did, and ``inferred`` all of some predicates that
        do. What follows from the sources may have changed too, and so what does so only with
        readings: where a predicate has another relation than the last time.
        """
        before, now = self._sources_alone, self._alone
        both = {*before.predicates(), *now.predicates()}
        touched = {p for p in both if before.relation(p) is not now.relation(p)}
        touched.update(p for _, p, _ in changed)
        after = self._beyond_sources(inferred(touched))
        layer, graph = follows(True)
        moment, none = self._store.moment, np.empty(0, np.int64)
        held = {p: moment.pairs(p, Selection((layer,))) for p in touched}
        added = {p: without(after.get(p, none), keys) for p, keys in held.items()}
        removed = {p: without(keys, after.get(p, none)) for p, keys in held.items()}
        self._store.follow(
            layer, self._store.dictionary.add(graph), columns_of(added), columns_of(removed)
        )
        self._sources_alone = now

    @property
    def _alone(self) -> Layer:
        """What follows from the sources alone, now."""
        return self._store.moment.layers.get(FOLLOWS, NO_LAYER)

    def _beyond_sources(self, pairs: Mapping[int, Keys]) -> dict[int, Keys]:
        """Those of the pairs by predicate that do not follow from the sources alone."""
        moment, alone = self._store.moment, Selection((FOLLOWS,))
        found = ((p, without(keys, moment.pairs(p, alone))) for p, keys in pairs.items())
        return {p: keys for p, keys in found if len(keys)}
