"""One rule met by one fact: what is to be looked up, worked out before any fact is seen.

For each place at which a fact can come into an instance of a rule, a :class:`RuleStep` knows where
the parts of every pattern come from, what has to be checked and what is left to be found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from operator import itemgetter
from typing import Any, TypeAlias

from glocal_kg._engines.rl.bindings import Pattern, solve, unify
from glocal_kg._engines.rl.program import Instance
from glocal_kg._rdf.store.index import Triple, TripleIndex

Row: TypeAlias = tuple[int, ...]
"""What is bound: the three parts of the fact, the constants of the patterns, what was found."""

_Pick: TypeAlias = Callable[[Row], Triple]


class RuleStep:
    """An instance met by facts in ``start``, one of its patterns; ``rest`` are to be met too.

    The predicate of the fact is that of ``start``, where that has one: whoever asks has found
    the step by it.

    >>> from glocal_kg._engines.rl.rules import BY_NAME
    >>> from glocal_kg._rdf.store.index import TripleIndex
    >>> inverse = Instance(BY_NAME["prp-inv1"], (), ((-1, 7, -2),), (-2, 8, -1))
    >>> step = RuleStep(inverse, inverse.when[0], ())
    >>> [step.then(row) for row in step.rows(TripleIndex(), (1, 7, 2))]
    [(2, 8, 1)]
    """

    def __init__(self, instance: Instance, start: Pattern, rest: tuple[Pattern, ...]) -> None:
        self.instance = instance
        self._start, self._rest = start, rest
        patterns = instance.when if instance.then is None else (*instance.when, instance.then)
        places = {part: place for place, part in reversed(list(enumerate(start)))}
        self._equal = [(n, places[part]) for n, part in enumerate(start) if places[part] != n]
        self._fixed = [(n, start[n]) for n in (0, 2) if start[n] >= 0]
        parts = {part for pattern in patterns for part in pattern} - places.keys()
        self._constants = tuple(sorted(part for part in parts if part >= 0))
        self._unknown = tuple(sorted(part for part in parts if part < 0))
        further = (*self._constants, *self._unknown)
        places |= {part: 3 + n for n, part in enumerate(further)}
        self._when: list[_Pick] = [_pick(places, pattern) for pattern in instance.when]
        self.then: _Pick | None = None if instance.then is None else _pick(places, instance.then)
        """The conclusion of a row; None where it is a clash."""
        unknown = set(self._unknown)
        self._bound = [_pick(places, p) for p in rest if unknown.isdisjoint(p)]
        self._looks = [_OpenPattern(places, p, unknown) for p in rest if _is_look(p, unknown)]
        self._search = len(unknown) > 1 or len(self._bound) + len(self._looks) < len(rest)

    def facts(self, row: Row) -> tuple[Triple, ...]:
        """The facts of a row, in the order of ``instance.when``."""
        return tuple([pick(row) for pick in self._when])

    def rows(self, facts: TripleIndex, fact: Triple) -> Iterable[Row]:
        """Every way in which a fact, with others, meets the instance."""
        for place, part in self._fixed:
            if fact[place] != part:
                return ()
        for place, other in self._equal:
            if fact[place] != fact[other]:
                return ()
        row = fact + self._constants
        for pick in self._bound:
            if not facts.contains(*pick(row)):
                return ()
        if self._search:
            return self._solved(facts, fact, row)
        if not self._looks:
            return (row,)
        first, *others = self._looks
        if others:
            first = min(self._looks, key=lambda look: look.count(facts, row))
        rows: Iterable[Row] = map(row.__add__, zip(first.each(facts, row), strict=True))
        for look in self._looks if others else ():
            if look is not first:
                rows = look.kept(facts, rows)
        return rows

    def _solved(self, facts: TripleIndex, fact: Triple, row: Row) -> Iterator[Row]:
        for binding in solve(facts, self._rest, unify(self._start, fact) or {}):
            yield row + tuple([binding[part] for part in self._unknown])


class _OpenPattern:
    """A pattern with one unknown, its subject or its object."""

    def __init__(self, places: dict[int, int], pattern: Pattern, unknown: set[int]) -> None:
        self._pick: _Pick = _pick(places, pattern)
        self._at_object = pattern[2] in unknown
        self._known: Callable[[Row], tuple[int, int]] = _pick(
            places, pattern[:2] if self._at_object else pattern[1:]
        )

    def kept(self, facts: TripleIndex, rows: Iterable[Row]) -> Iterator[Row]:
        """The rows whose fact is there."""
        return (row for row in rows if facts.contains(*self._pick(row)))

    def each(self, facts: TripleIndex, row: Row) -> Iterable[int]:
        """What the unknown can be."""
        a, b = self._known(row)
        return facts.each_object(a, b) if self._at_object else facts.each_subject(a, b)

    def count(self, facts: TripleIndex, row: Row) -> int:
        """How many that are."""
        a, b = self._known(row)
        return facts.count_objects(a, b) if self._at_object else facts.count_subjects(a, b)


def _is_look(pattern: Pattern, unknown: set[int]) -> bool:
    return pattern[1] not in unknown and (pattern[0] in unknown) != (pattern[2] in unknown)


def _pick(places: dict[int, int], pattern: tuple[int, ...]) -> Callable[[Row], Any]:
    return itemgetter(*(places[part] for part in pattern))
