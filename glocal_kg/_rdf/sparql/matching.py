"""Basic graph patterns: triple after triple is joined to the rows so far, the cheapest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeAlias
from weakref import WeakKeyDictionary

import numpy as np
from pyoxigraph import NamedNode

from glocal_kg._rdf.sparql.algebra import Pattern, Var
from glocal_kg._rdf.sparql.joins import Matches, agreeing, join
from glocal_kg._rdf.sparql.limits import PIECE
from glocal_kg._rdf.sparql.paths import Paths
from glocal_kg._rdf.sparql.scope import of_pattern
from glocal_kg._rdf.sparql.tables import Table, empty, numbered, unique

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Literal

    from glocal_kg._rdf.sparql.algebra import Node
    from glocal_kg._rdf.sparql.run import Run
    from glocal_kg._rdf.sparql.tables import Column
    from glocal_kg._rdf.store.moment import Selection

Side: TypeAlias = "Literal['s', 'o']"

_ROUND_TRIPS: Final = 32  # so many subjects or objects are looked up one by one

# Facts, subjects and objects of a predicate, per dictionary: good guesses for every moment.
_SIZES: Final[WeakKeyDictionary[Any, dict[tuple[Any, int], tuple[int, int, int]]]] = (
    WeakKeyDictionary()
)


class Matcher:
    """Joins triple patterns over the facts of one selection."""

    def __init__(self, run: Run, selection: Selection) -> None:
        self.run = run
        self.selection = selection

    def match(
        self,
        patterns: tuple[Pattern, ...],
        table: Table,
        keep: Callable[[Table, set[str]], Table],
    ) -> Table:
        """The table joined with all patterns.

        ``keep`` is called after each with the variables still to come; it filters and drops
        columns.
        """
        waiting = list(patterns)
        while waiting:
            self.run.limits.check()
            if not table.rows:
                return _with_names(table, waiting)
            chosen = waiting.pop(self._cheapest(waiting, table) if len(waiting) > 1 else 0)
            table = self._joined(table, chosen)
            if table.rows:
                table = keep(table, {name for item in waiting for name in of_pattern(item)})
        return table

    # Order

    def _cheapest(self, waiting: list[Pattern], table: Table) -> int:
        """The place of the pattern that leaves the fewest rows, as far as can be guessed."""
        best, least = 0, (True, float("inf"))
        linked_only = False
        for place, pattern in enumerate(waiting[:200]):
            names = set(of_pattern(pattern))
            linked = not names or not table.columns or bool(names & table.columns.keys())
            if linked_only and not linked:
                continue
            linked_only = linked_only or linked
            guess = not linked, self._guess(pattern, table)
            if guess < least:
                best, least = place, guess
        return best

    def _guess(self, pattern: Pattern, table: Table) -> float:
        """About how many rows the table has after a pattern."""
        s, o = self._fixed(pattern.s), self._fixed(pattern.o)
        if not isinstance(pattern.p, NamedNode):
            found = float(self.run.moment.count(s, None, o, self.selection))
            p = None
        else:
            p = self.run.moment.find(pattern.p)
            if p is None:
                return 0.0
            found = float(self.run.moment.count(s, p, o, self.selection))
        rows = table.rows
        s_bound = isinstance(pattern.s, Var) and pattern.s.name in table.columns
        o_bound = isinstance(pattern.o, Var) and pattern.o.name in table.columns
        if p is None:
            # A path, or any predicate: each end that is known makes it much smaller.
            return rows * found / (1000.0 if s_bound or o_bound else 1.0) + 1
        if s_bound or o_bound:
            _, subjects, objects = self.size(p)
            if s_bound and s is None:
                found /= max(1, subjects)
            if o_bound and o is None:
                found /= max(1, objects)
        return rows * found

    def count(self, patterns: tuple[Pattern, ...]) -> int:
        """The facts of the rarest of the patterns: about what the group starts from."""
        found = 1 << 60
        for pattern in patterns:
            p = pattern.p
            if not isinstance(p, NamedNode):
                continue
            number = self.run.moment.find(p)
            s, o = self._fixed(pattern.s), self._fixed(pattern.o)
            found = min(
                found,
                0 if number is None else self.run.moment.count(s, number, o, self.selection),
            )
        return found

    def size(self, p: int) -> tuple[int, int, int]:
        """Facts, distinct subjects and distinct objects of a predicate; good guesses."""
        moment = self.run.moment
        count = moment.count(None, p, None, self.selection)
        try:
            kept = _SIZES.setdefault(moment.dictionary, {})
        except TypeError:
            kept = {}
        found = kept.get((self.selection, p))
        if found is None or not found[0] / 2 <= count <= found[0] * 2:
            s, _, o = moment.scan(None, p, None, self.selection)
            found = count, _distinct(s), _distinct(o)
            kept[self.selection, p] = found
        return found

    def _fixed(self, node: Node) -> int | None:
        """The number of a term; None for a variable. A term that no fact has gets -2."""
        if isinstance(node, Var):
            return None
        found = self.run.moment.find(node)
        return -2 if found is None else found

    # Joining

    def _joined(self, table: Table, pattern: Pattern) -> Table:
        names = list(of_pattern(pattern))
        if not isinstance(pattern.p, (Var, NamedNode)):
            return Paths(self.run, self.selection).joined(table, pattern)
        s, o = self._fixed(pattern.s), self._fixed(pattern.o)
        p = None if isinstance(pattern.p, Var) else self.run.moment.find(pattern.p)
        if -2 in (s, o) or (p is None and not isinstance(pattern.p, Var)):
            return empty(dict.fromkeys((*table.columns, *names)))
        simple = p is not None and len(set(names)) == len(names)
        if simple and not table.maybe.intersection(names):
            assert p is not None
            s_name = pattern.s.name if isinstance(pattern.s, Var) else None
            o_name = pattern.o.name if isinstance(pattern.o, Var) else None
            if s_name in table.columns and o_name in table.columns:
                return self._both(table, p, str(s_name), str(o_name))
            if s_name in table.columns:
                return self._probed(table, p, "s", str(s_name), o, o_name)
            if o_name in table.columns:
                return self._probed(table, p, "o", str(o_name), s, s_name)
        elif p is None:
            found = self._one_by_one(table, pattern)
            if found is not None:
                return found
        return join(table, self._scanned(pattern, s, p, o), self.run.limits)

    def _probed(
        self, table: Table, p: int, side: Side, name: str, other: int | None, new: str | None
    ) -> Table:
        """A pattern with one end in the table; the other is a term or a new variable."""
        limits, moment = self.run.limits, self.run.moment
        keys = table.columns[name]
        if other is not None:
            s_, o_ = (None, other) if side == "s" else (other, None)
            if moment.count(s_, p, o_, self.selection) <= 16 * table.rows + 64:
                s, _, o = moment.scan(s_, p, o_, self.selection)
                ends = Table(len(s), {name: s if side == "s" else o})
                return table.where(agreeing(table.only((name,)), ends, limits))
        if table.rows * moment.count(None, p, None, self.selection) <= 8 * PIECE:
            places, others = moment.probe(p, side, keys, self.selection)
        else:  # each key once gives no more rows than the predicate has; then they are counted
            once, back = numbered(keys)
            at, others = moment.probe(p, side, once, self.selection)
            matches = Matches(back.astype(np.int64), at.astype(np.int64))
            limits.table(matches.total, len(table.columns) + 1)
            places, found_at = matches.places(0, len(back))
            others = others[found_at]
        limits.table(len(places), len(table.columns) + 1)
        if new is None:
            return table.take(places[others == other])
        found = table.take(places)
        return Table(found.rows, {**found.columns, new: others}, found.maybe)

    def _both(self, table: Table, p: int, s_name: str, o_name: str) -> Table:
        """A pattern whose ends are both in the table: only its rows that are facts stay."""
        facts, subjects, objects = self.size(p)
        from_s = table.rows * facts / max(1, subjects)
        from_o = table.rows * facts / max(1, objects)
        side: Side = "s" if from_s <= from_o else "o"
        name, other = (s_name, o_name) if side == "s" else (o_name, s_name)
        if table.rows * facts > 8 * PIECE or min(from_s, from_o) > 4 * (facts + table.rows):
            s, _, o = self.run.moment.scan(None, p, None, self.selection)
            facts_ = Table(len(s), {s_name: s, o_name: o})
            mask = agreeing(table.only((s_name, o_name)), facts_, self.run.limits)
            return table.where(mask)
        keys = table.columns[name]
        places, ends = self.run.moment.probe(p, side, keys, self.selection)
        return table.take(places[table.columns[other][places] == ends])

    def _one_by_one(self, table: Table, pattern: Pattern) -> Table | None:
        """Any predicate, but few subjects or objects: these are looked up one by one."""
        if not table.rows or table.maybe.intersection(of_pattern(pattern)):
            return None
        for end, other in ((pattern.s, pattern.o), (pattern.o, pattern.s)):
            if not isinstance(end, Var) or end.name not in table.columns:
                continue
            keys = unique(table.columns[end.name])
            if len(keys) > _ROUND_TRIPS:
                continue
            node = self._fixed(other)
            parts: list[tuple[Column, ...]] = []
            for key in keys.tolist():
                s, o = (key, node) if end is pattern.s else (node, key)
                parts.append(self.run.moment.scan(s, None, o, self.selection))
            columns = [np.concatenate([part[i] for part in parts]) for i in range(3)]
            return join(table, _named(pattern, columns), self.run.limits)
        return None

    def _scanned(self, pattern: Pattern, s: int | None, p: int | None, o: int | None) -> Table:
        columns = self.run.moment.scan(s, p, o, self.selection)
        return _named(pattern, list(columns))


def _named(pattern: Pattern, columns: list[Column]) -> Table:
    """The columns of a scan under the names of a pattern; where one stands twice, they agree."""
    found: dict[str, Column] = {}
    kept = None
    for node, column in zip((pattern.s, pattern.p, pattern.o), columns, strict=True):
        if not isinstance(node, Var):
            continue
        if node.name in found:
            same = found[node.name] == column
            kept = same if kept is None else kept & same
        else:
            found[node.name] = column
    table = Table(len(columns[0]), found)
    return table if kept is None else table.where(kept)


def _with_names(table: Table, patterns: list[Pattern]) -> Table:
    names = dict.fromkeys(table.columns)
    names |= dict.fromkeys(name for item in patterns for name in of_pattern(item))
    return empty(names)


def _distinct(column: Column) -> int:
    return len(unique(column))
