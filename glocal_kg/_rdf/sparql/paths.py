"""Property paths (9, 18.4): from many starts at once, level by level."""

from __future__ import annotations

from itertools import islice
from typing import Final

import numpy as np
from pyoxigraph import NamedNode

from glocal_kg._rdf.sparql.algebra import (
    Alternative,
    Inverse,
    Negated,
    Repeat,
    Sequence,
    Var,
)
from glocal_kg._rdf.sparql.joins import Matches, by_bound, join
from glocal_kg._rdf.sparql.limits import PART, SORTED
from glocal_kg._rdf.sparql.piecewise import slices, taken
from glocal_kg._rdf.sparql.seen_keys import SeenKeys
from glocal_kg._rdf.sparql.solution_table import SolutionTable, numbered, stacked, unique

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from glocal_kg._rdf.sparql.algebra import Path, TriplePattern
    from glocal_kg._rdf.sparql.basic_patterns import Side
    from glocal_kg._rdf.sparql.limits import Told
    from glocal_kg._rdf.sparql.run import Evaluation
    from glocal_kg._rdf.sparql.solution_table import Column, Places
    from glocal_kg._rdf.store.pairs import Keys
    from glocal_kg._rdf.store.selection import Selection

_FEW: Final = 64  # nodes that are looked at one by one
_WIDE: Final = 1 << 20  # steps of a level that are not worth to be spared
_SLOW: Final = 64  # levels after which a long thin path is walked node by node


class Paths:
    """Walks paths over the facts of one selection.

    A walk goes from a column of starts, forward or backward, and gives pairs: the place of the
    start in the column, and an end. ``*``, ``+`` and ``?`` give each pair once, the others as
    often as there are ways, as the standard has it. ``fixed`` are variables that are as terms
    written in the path's place.
    """

    def __init__(
        self, run: Evaluation, selection: Selection, fixed: frozenset[str] = frozenset()
    ) -> None:
        self.run = run
        self.selection = selection
        self.fixed = fixed

    def joined(
        self, table: SolutionTable, pattern: TriplePattern, told: Told = bool
    ) -> SolutionTable:
        """The table joined with a path between two ends."""
        path, s, o = pattern.p, pattern.s, pattern.o
        assert not isinstance(path, Var)
        s_name = s.name if isinstance(s, Var) else None
        o_name = o.name if isinstance(o, Var) else None
        terms = self.fixed.intersection(table.columns) & {s_name, o_name}
        if unsure := terms & table.maybe:
            check = self.run.limits.check
            parts = by_bound(table, sorted(unsure), check)
            return stacked([self.joined(part, pattern) for part in parts], check)
        if s_name in table.maybe or o_name in table.maybe:
            found = self.joined(table.only(terms).distinct(self.run.limits), pattern)
            return join(table, found, self.run.limits, told)
        # A term reaches itself though no fact has it, so a walk starts at a term if it can.
        held = terms or table.columns.keys()
        backward = s_name is not None and (
            o_name is None or (s_name not in held and o_name in held)
        )
        start, end = (o, s) if backward else (s, o)
        name, end_name = (o_name, s_name) if backward else (s_name, o_name)
        if name is None:
            starts = np.array([self.run.terms.number(start)], np.int32)  # type: ignore[arg-type]  # no variable, so a term
        elif name in table.columns:
            starts = unique(table.columns[name], self.run.limits.check)
            if name not in terms and is_reflexive(path):
                starts = starts[self._are_nodes(starts)]
        else:
            starts = self._starts(path)
        closed = end_name is None or end_name in terms
        places, ends = self.walk(path, starts, backward, closed)
        check = self.run.limits.check
        columns = {} if name is None else {name: taken(starts, places, check)}
        if end_name is None:
            keep = ends == self.run.terms.number(end)  # type: ignore[arg-type]  # no variable, so a term
            columns = {key: column[keep] for key, column in columns.items()}
            rows = int(np.count_nonzero(keep))
        elif end_name == name:
            keep = columns[end_name] == ends
            columns, rows = {end_name: ends[keep]}, int(np.count_nonzero(keep))
        else:
            columns, rows = {**columns, end_name: ends}, len(ends)
        return join(table, SolutionTable(rows, columns), self.run.limits, told)

    # Walks

    def walk(
        self, path: Path, starts: Column, backward: bool, closed: bool = False
    ) -> tuple[Places, Column]:
        """From each start over a path: the place of the start and where it leads.

        ``closed`` says that a term stands at the other end.
        """
        self.run.limits.check()
        match path:
            case NamedNode():
                p = self.run.moment.find(path)
                if p is None or not len(starts):
                    return _NO_PLACES, _NO_ENDS
                places, ends = self.run.moment.probe(
                    p, "o" if backward else "s", starts, self.selection
                )
                self.run.limits.table(len(places), 3)
                return places, ends
            case Inverse(inner):
                return self.walk(inner, starts, not backward, closed)
            case Sequence(parts):
                return self._sequence(parts[::-1] if backward else parts, starts, backward, closed)
            case Alternative(parts):
                found = [self.walk(part, starts, backward, closed) for part in parts]
                return (
                    np.concatenate([places for places, _ in found]),
                    np.concatenate([ends for _, ends in found]),
                )
            case Negated(forward, backward_):
                return self._negated(forward, backward_, starts, backward)
            case Repeat(inner, least, many):
                if not many:
                    return self._at_most_once(inner, starts, backward, closed)
                return self._repeated(inner, least, starts, backward)

    def _sequence(
        self, parts: tuple[Path, ...], starts: Column, backward: bool, closed: bool
    ) -> tuple[Places, Column]:
        check = self.run.limits.check
        places, ends = self.walk(parts[0], starts, backward)
        idle = is_reflexive(parts[0])  # no step may have been made so far
        for place, part in enumerate(parts[1:], 2):
            near, back = numbered(ends, check)
            at_term = closed and place == len(parts)
            at, following = self.walk(part, near, backward, at_term)
            idle = idle and is_reflexive(part)
            if idle and not at_term:
                # A variable stands between two parts: without a step it is a node of the facts.
                of_facts = self._are_nodes(near)[at]
                at, following = at[of_facts], following[of_facts]
            matches = Matches(back.astype(np.int64), at.astype(np.int64), check)
            self.run.limits.table(matches.total, 3)
            left, right = matches.all(self.run.limits)
            places, ends = taken(places, left, check), taken(following, right, check)
        return places, ends

    def _negated(
        self,
        forward: tuple[NamedNode, ...] | None,
        backward: tuple[NamedNode, ...] | None,
        starts: Column,
        is_backward: bool,
    ) -> tuple[Places, Column]:
        found = []
        every = self.run.moment.count(None, None, None, self.selection)
        self.run.limits.table(every, 3, work=SORTED)
        s, p, o = self.run.scan(None, None, None, self.selection)
        for excluded, turned in ((forward, False), (backward, True)):
            if excluded is None:
                continue
            numbers = [self.run.moment.find(node) for node in excluded]
            known = np.array([n for n in numbers if n is not None], np.int32)
            kept = ~np.isin(p, known)
            near, far = (o[kept], s[kept]) if turned != is_backward else (s[kept], o[kept])
            keys = starts.astype(np.int64), near.astype(np.int64)
            matches = Matches(*keys, self.run.limits.check)
            self.run.limits.table(matches.total, 3)
            left, right = matches.all(self.run.limits)
            found.append((left, taken(far, right, self.run.limits.check)))
        return (
            np.concatenate([places for places, _ in found]),
            np.concatenate([ends for _, ends in found]),
        )

    def _at_most_once(
        self, path: Path, starts: Column, backward: bool, closed: bool
    ) -> tuple[Places, Column]:
        own, check = np.arange(len(starts)), self.run.limits.check
        places, ends = self.walk(path, starts, backward, closed)
        self.run.limits.table(len(own) + len(places), 3, work=SORTED)
        keys = _keys(np.concatenate((own, places)), np.concatenate((starts, ends)))
        return _pairs(unique(keys, check), check)

    def _repeated(
        self, path: Path, least: int, starts: Column, backward: bool
    ) -> tuple[Places, Column]:
        own, check = np.arange(len(starts)), self.run.limits.check
        seen = SeenKeys(check)
        places, ends = (own, starts) if least == 0 else self.walk(path, starts, backward)
        level = _keys(places, ends)
        levels = 0
        while len(level):
            level = seen.add(level)
            levels += 1
            self.run.limits.table(len(level), 4, 4 * seen.size)  # a key takes two cells
            if levels > _SLOW and len(level) < _SLOW:
                return self._thin(path, seen, level, backward)
            places, ends = _pairs(level, check)
            near, back = numbered(ends, check)
            at, following = self.walk(path, near, backward)
            if len(near) == len(ends):
                level = _keys(places[np.argsort(back)][at], following)
                continue
            matches = Matches(back.astype(np.int64), at.astype(np.int64), check)
            if matches.total > _WIDE and matches.total > seen.size:
                kept = self._not_everywhere(seen, following, len(starts))[places]
                places, back = places[kept], back[kept]
                matches = Matches(back.astype(np.int64), at.astype(np.int64), check)
            self.run.limits.table(matches.total, 4, 4 * seen.size)
            left, right = matches.all(self.run.limits)
            level = np.empty(len(left), np.int64)
            for some in slices(len(left), check):
                level[some] = _keys(places[left[some]], following[right[some]])
        return _pairs(seen.all(), check)

    def _not_everywhere(self, seen: SeenKeys, following: Column, starts: int) -> NDArray[np.bool_]:
        """For each start whether it has not been led to all that a level leads to.

        Where nearly all nodes are linked with nearly all others, each is soon everywhere, and
        all steps from there would only find that again: the third power of the nodes.
        """
        check = self.run.limits.check
        ends = unique(following, check)
        marked = np.zeros(int(ends[-1]) + 1, bool)
        marked[ends] = True
        count, keys = np.zeros(starts, np.int64), seen.all()
        for some in slices(len(keys), check):
            places, far = keys[some] >> 32, keys[some] & 0xFFFFFFFF
            there = far < len(marked)
            there[there] = marked[far[there]]
            count += np.bincount(places[there], minlength=starts)
        return count < len(ends)

    def _thin(
        self, path: Path, seen: SeenKeys, level: Keys, backward: bool
    ) -> tuple[Places, Column]:
        """The rest of a long walk with few ends on each level, by a table of all steps."""
        nodes, check = self._nodes(), self.run.limits.check
        at, ends = self.walk(path, nodes, backward)
        steps: dict[int, list[int]] = {}
        for start in range(0, len(at), PART):
            check()
            some = slice(start, start + PART)
            for near, far in zip(nodes[at[some]].tolist(), ends[some].tolist(), strict=True):
                steps.setdefault(near, []).append(far)
        known: set[int] = set()
        before = seen.all()
        for start in range(0, len(before), PART):
            check()
            known.update(before[start : start + PART].tolist())
        waiting = level.tolist()
        walked = 0
        while waiting:
            key = waiting.pop()
            walked += 1
            if not walked & 4095:
                self.run.limits.table(len(known) * 10, 2)  # a set takes more than a column
            start = key >> 32 << 32
            for far in steps.get(key & 0xFFFFFFFF, ()):
                if (following := start | far) not in known:
                    known.add(following)
                    waiting.append(following)
        parts, keys = [before[:0]], iter(known)
        while len(some_keys := np.fromiter(islice(keys, PART), np.int64)):
            check()
            parts.append(some_keys)
        return _pairs(unique(np.concatenate(parts), check), check)

    # Where a path can start

    def _starts(self, path: Path) -> Column:
        """All nodes a path can start from, where its start is not known."""
        if is_reflexive(path):
            return self._nodes()
        first = path
        while isinstance(first, (Repeat, Sequence)):
            first = first.path if isinstance(first, Repeat) else first.parts[0]
        turned = isinstance(first, Inverse)
        if isinstance(first, Inverse):
            first = first.path
        if isinstance(first, NamedNode) and not _has_reflexive_start(path):
            p = self.run.moment.find(first)
            if p is None:
                return _NO_ENDS
            s, _, o = self.run.scan(None, p, None, self.selection)
            return unique(o if turned else s)
        return self._nodes()

    def _nodes(self) -> Column:
        """All subjects and objects."""
        held = np.zeros(self.run.terms.known, bool)
        s, _, o = self.run.scan(None, None, None, self.selection)
        held[s] = True
        held[o] = True
        return np.flatnonzero(held).astype(np.int32)

    def _are_nodes(self, numbers: Column) -> NDArray[np.bool_]:
        """For each of some distinct numbers whether a fact has it as subject or object."""
        moment, selection = self.run.moment, self.selection
        found = np.zeros(len(numbers), bool)
        sides: tuple[Side, ...] = ("s", "o")
        if len(numbers) <= _FEW:
            for place, number in enumerate(numbers.tolist()):
                found[place] = bool(
                    moment.count(number, None, None, selection)
                    or moment.count(None, None, number, selection)
                )
            return found
        sizes = {p: moment.count(None, p, None, selection) for p in moment.predicates(selection)}
        for side in sides:
            for p in sorted(sizes, key=sizes.__getitem__, reverse=True):
                left = np.flatnonzero(~found)
                if not len(left):
                    return found
                self.run.limits.check()
                places, _ = moment.probe(p, side, numbers[left], selection)
                found[left[places]] = True
        return found


_NO_PLACES: Final = np.empty(0, np.intp)
_NO_ENDS: Final = np.empty(0, np.int32)


def _keys(places: Places, ends: Column) -> Keys:
    return places.astype(np.int64) << 32 | ends.astype(np.int64)


def _pairs(keys: Keys, check: Callable[[], object]) -> tuple[Places, Column]:
    places, ends = np.empty(len(keys), np.intp), np.empty(len(keys), np.int32)
    for some in slices(len(keys), check):
        places[some], ends[some] = keys[some] >> 32, keys[some] & 0xFFFFFFFF
    return places, ends


def is_reflexive(path: Path) -> bool:
    """Whether a path of no step at all is one of its ways."""
    match path:
        case Repeat(inner, least, _):
            return least == 0 or is_reflexive(inner)
        case Inverse(inner):
            return is_reflexive(inner)
        case Sequence(parts):
            return all(map(is_reflexive, parts))
        case Alternative(parts):
            return any(map(is_reflexive, parts))
        case _:
            return False


def _has_reflexive_start(path: Path) -> bool:
    """Whether the first part of a path can be left out."""
    match path:
        case Repeat(inner, least, _):
            return least == 0 or _has_reflexive_start(inner)
        case Sequence(parts):
            return is_reflexive(parts[0]) or _has_reflexive_start(parts[0])
        case _:
            return False
