"""A moment of the facts that notes in a memory what is looked up in it."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from glocal_kg._mending.memory import ANY, Memory
from glocal_kg._rdf.store.moment import Column
from glocal_kg._rdf.store.pairs import Keys
from glocal_kg._rdf.store.selection import Selection
from glocal_kg._rdf.store.store import State
from glocal_kg._rdf.store.term_text import AnyTerm


class NotedMoment(State):
    """The same moment; whatever it is asked is noted, in whichever graphs that is looked for."""

    __slots__ = ("_memory", "settled")

    def __init__(self, now: State, memory: Memory) -> None:
        super().__init__(
            now.dictionary, dict(now.layers), now.journal, now.followed, now.version, now.saved
        )
        self.term_count = now.term_count
        self._joined = now._joined
        self._memory = memory
        self.settled: Selection | None = None
        """Facts of which nothing is noted, as whoever remembers begins anew when they change."""

    def find(self, term: AnyTerm) -> int | None:
        """The number of a term as written; None for a term that no fact has."""
        number = super().find(term)
        if number is None:
            self._memory.note_absent(term)
        return number

    def scan(
        self, s: int | None, p: int | None, o: int | None, selection: Selection
    ) -> tuple[Column, Column, Column]:
        """As ``Moment.scan``."""
        self._note(s, p, o, selection)
        return super().scan(s, p, o, selection)

    def beyond(self, p: int, side: Literal["s", "o"], key: int, selection: Selection) -> Column:
        """As ``Moment.beyond``."""
        s, o = (key, None) if side == "s" else (None, key)
        self._note(s, p, o, selection)
        return super().beyond(p, side, key, selection)

    def holds(self, s: int, selection: Selection) -> bool:
        """As ``Moment.holds``."""
        self._note(s, None, None, selection)
        return super().holds(s, selection)

    def scan_quads(
        self, s: int | None, p: int | None, o: int | None, selection: Selection
    ) -> tuple[Column, Column, Column, Column]:
        """As ``Moment.scan_quads``."""
        self._note(s, p, o, selection)
        return super().scan_quads(s, p, o, selection)

    def count(self, s: int | None, p: int | None, o: int | None, selection: Selection) -> int:
        """As ``Moment.count``."""
        self._note(s, p, o, selection)
        return super().count(s, p, o, selection)

    def contains(self, p: int, keys: Keys, selection: Selection) -> NDArray[np.bool_]:
        """As ``Moment.contains``."""
        self._note(None, p, None, selection)
        return super().contains(p, keys, selection)

    def pairs(self, p: int, selection: Selection) -> Keys:
        """As ``Moment.pairs``."""
        self._note(None, p, None, selection)
        return super().pairs(p, selection)

    def probe(
        self, p: int, side: Literal["s", "o"], keys: Column, selection: Selection
    ) -> tuple[NDArray[np.intp], Column]:
        """As ``Moment.probe``."""
        if selection is not self.settled:
            self._memory.note_each(keys, p, at_object=side == "o")
        return super().probe(p, side, keys, selection)

    def beside(
        self, side: Literal["s", "o"], keys: Column, p: int | None, selection: Selection
    ) -> tuple[NDArray[np.intp], Column, Column, Column]:
        """As ``Moment.beside``."""
        if selection is not self.settled:
            self._memory.note_each(keys, ANY if p is None else p, at_object=side == "o")
        return super().beside(side, keys, p, selection)

    def few_beside(
        self, side: Literal["s", "o"], node: int, selection: Selection
    ) -> list[tuple[int, int, int]] | None:
        """As ``Moment.few_beside``."""
        s, o = (node, None) if side == "s" else (None, node)
        self._note(s, None, o, selection)
        return super().few_beside(side, node, selection)

    def has(self, s: int, p: int, o: int, selection: Selection) -> bool:
        """As ``Moment.has``."""
        self._note(s, p, o, selection)
        return super().has(s, p, o, selection)

    def firsts(self, p: int, side: Literal["s", "o"], most: int, selection: Selection) -> list[int]:
        """As ``Moment.firsts``."""
        self._note(None, p, None, selection)
        return super().firsts(p, side, most, selection)

    def _note(self, s: int | None, p: int | None, o: int | None, selection: Selection) -> None:
        if selection is not self.settled:
            self._memory.note(*(ANY if part is None else part for part in (s, p, o)))
