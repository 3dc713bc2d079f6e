"""Which predicates stand beside a node: so that all facts of it are found without trying each.

What is kept is never too little and may be too much: a predicate that a node has lost is looked
at in vain. So taking facts away costs nothing.
"""

from __future__ import annotations

import numpy as np

from glocal_kg._rdf.store.pairs import Keys, Numbers, distinct, once
from glocal_kg._rdf.store.relation import Relation, relation_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Literal, TypeAlias

Side: TypeAlias = "Literal['s', 'o']"
"""Whether the node is subject or object."""

_WORTH = 64  # looking at one predicate takes about as long as sorting so many facts
_LOOKS = 2  # by object one looks through all facts, which takes a tenth of sorting them:
_SHORT = 1 << 16  # more than so many are only sorted when asked again
_FEW = 200  # so many facts are looked at one by one
_MANY = 64  # so many nodes are worth bringing down to the distinct ones for each predicate


class Nearby:
    """The predicates beside each node, for the sides of facts for which that has paid.

    Trying each predicate is cheap for one question and dear for many: ``pays`` tells from the
    questions so far when the list is worth its making.

    >>> nearby = Nearby().built("s", [(9, np.array([1 << 32 | 2])), (8, np.array([1 << 32 | 2]))])
    >>> one, two = np.array([1], np.int32), np.array([2], np.int32)
    >>> nearby.of(one, "s"), nearby.of(two, "s"), nearby.of(two, "o")
    ([8, 9], [], None)
    """

    __slots__ = ("_last", "_looked", "_looks", "_sides")

    def __init__(
        self, sides: Mapping[Side, Relation] | None = None, looked: int = 0, looks: int = 0
    ) -> None:
        """``looked`` is at so many predicates of subjects, ``looks`` were for an object."""
        self._sides = dict(sides or {})
        self._looked, self._looks, self._last = looked, looks, -1

    @property
    def made(self) -> bool:
        """Whether any list has been made."""
        return bool(self._sides)

    def of(self, nodes: Numbers, side: Side) -> list[int] | None:
        """The predicates beside any of some nodes, sorted; None where that has not been made."""
        known = self._sides.get(side)
        if known is None:
            return None
        if len(nodes) == 1:  # quicker so
            return self.of_one(int(nodes[0]), side)
        return distinct(known.probe(nodes)[1]).tolist()  # type: ignore[no-any-return]  # numpy's lists have no types

    def of_one(self, node: int, side: Side) -> list[int] | None:
        """The predicates beside one node."""
        known = self._sides.get(side)
        if known is None:
            return None
        few = known.few_of(node)
        return known.of(node)[0].tolist() if few is None else few

    def pays(self, nodes: Numbers, side: Side, predicates: int, facts: int) -> bool:
        """Whether to make the list, now that somebody asks beside so many predicates."""
        if side == "o":
            first = int(nodes[0]) if len(nodes) else -1
            if first != self._last:  # for one object all facts are looked through once
                self._last, self._looks = first, self._looks + 1
            return len(nodes) > 1 or facts < _SHORT or self._looks > _LOOKS
        self._looked += predicates
        return self._looked * _WORTH > facts

    def built(self, side: Side, pairs: Iterable[tuple[int, Keys]]) -> Nearby:
        """With the list of one side, from the packed pairs of each predicate."""
        keys = _beside(side, pairs)
        return Nearby({**self._sides, side: relation_of(keys, 0)}, self._looked, self._looks)

    def changed(self, added: Iterable[tuple[int, Keys]]) -> Nearby:
        """What it is when facts have come."""
        sides: dict[Side, Relation] = {}
        new = list(added)
        for side, known in self._sides.items():
            few = sum(len(keys) for _, keys in new) < _FEW
            keys = _few_beside(side, new) if few else _beside(side, new)
            rows = relation_of(keys, 0).rows
            fresh = keys[~known.has(rows)]
            sides[side] = known.changed(relation_of(fresh, 0).rows) if len(fresh) else known
        return Nearby(sides, self._looked, self._looks)


def _beside(side: Side, pairs: Iterable[tuple[int, Keys]]) -> Keys:
    """The distinct pairs of node and predicate, packed and sorted."""
    parts = []
    for predicate, keys in pairs:
        nodes = keys >> 32 if side == "s" else keys & 0xFFFFFFFF
        if len(nodes) > _MANY:  # else the rest can wait
            nodes = once(nodes) if side == "s" else distinct(nodes)
        parts.append(nodes << 32 | predicate)
    return distinct(np.concatenate(parts)) if parts else np.empty(0, np.int64)


def _few_beside(side: Side, pairs: Iterable[tuple[int, Keys]]) -> Keys:
    """The same for a few facts."""
    shift = 32 if side == "s" else 0
    found = {(key >> shift & 0xFFFFFFFF) << 32 | p for p, keys in pairs for key in keys.tolist()}
    return np.array(sorted(found), np.int64)
