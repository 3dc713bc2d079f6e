"""Basic graph patterns: triple after triple is joined to the rows so far, the cheapest first."""

from __future__ import annotations

from functools import partial
from typing import Final, TypeAlias

import numpy as np
from pyoxigraph import NamedNode

from glocal_kg._rdf.sparql.algebra import TriplePattern, Var
from glocal_kg._rdf.sparql.few_rows import MOST, FewRows
from glocal_kg._rdf.sparql.joins import agreeing, join
from glocal_kg._rdf.sparql.numbered_patterns import (
    CONSIDERED,
    NumberedPattern,
    PatternsToCome,
    named,
)
from glocal_kg._rdf.sparql.solution_table import SolutionTable, empty, stacked, unique
from glocal_kg._rdf.sparql.witnesses import witnessed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator
    from typing import Literal

    from glocal_kg._rdf.sparql.keeping import Keep, Keeper
    from glocal_kg._rdf.sparql.limits import Told
    from glocal_kg._rdf.sparql.run import Evaluation
    from glocal_kg._rdf.sparql.solution_table import Column
    from glocal_kg._rdf.store.selection import Selection

Rest: TypeAlias = tuple[TriplePattern, ...]
Side: TypeAlias = "Literal['s', 'o']"
Quads: TypeAlias = "tuple[Column, Column, Column, Column]"

UNKNOWN: Final = 1 << 60  # rows, where nothing tells how many
_WORTH: Final = 8  # finding the facts of one node takes as long as reading so many
_PREDICATES: Final = 64  # predicates whose facts are joined one by one
_FEW: Final = 4  # rows whose matches are looked up one by one


class Matcher:
    """Joins triple patterns over the facts of one selection.

    ``fixed`` are variables that are as terms written in the patterns.
    """

    def __init__(
        self, run: Evaluation, selection: Selection, fixed: frozenset[str] = frozenset()
    ) -> None:
        self.run = run
        self.selection = selection
        self.fixed = fixed

    def match(
        self,
        patterns: tuple[TriplePattern, ...],
        table: SolutionTable,
        keep: Keep,
        keeper: Keeper | None = None,
        told: Told = bool,
    ) -> SolutionTable:
        """The table joined with all patterns.

        ``keep`` is called after each with the variables still to come, and what tells about how
        many rows the next one leaves; it filters and drops columns. ``keeper`` is given where it
        does not matter how often a row comes: of patterns that only say whether a row stays, one
        match is enough then. ``told`` is told how many rows the last join gives.
        """
        links = self._links(patterns)
        if any(link.hopeless for link in links):
            return _with_names(table, links)
        if len(links) == 1 and not table.columns:
            table = self._joined(table, links[0], told) if table.rows else table
            return keep(table, set(), None) if table.rows else _with_names(table, links)
        left = links
        few_names = max(len(links), len(table.columns)) <= CONSIDERED
        if table.rows <= MOST and few_names and not table.maybe:
            few = FewRows(table, self.run.moment, self.selection)
            left = few.join(links)
            if left is not links:
                table = few.table()
                if not left or not table.rows:
                    return keep(table, set(), None) if table.rows else _with_names(table, links)
                table = keep(table, {name for link in left for name in link.names}, None)
        waiting = PatternsToCome(left, table)
        while waiting:
            self.run.limits.check()
            if not table.rows:
                return _with_names(table, links)
            chosen = self._cheapest(waiting.candidates(), table)
            met = None if keeper is None else witnessed(self, table, chosen, waiting, keeper)
            if met is None:
                waiting.remove(chosen)
                wanted = keep.wanted(waiting.names())
                table = self._joined(table, chosen, bool if waiting else told, wanted)
            else:
                table = met
            if table.rows:
                ahead = partial(self._least, waiting, table) if waiting else None
                table = keep(table, waiting.names(), ahead)
        return table

    def begun(
        self, patterns: tuple[TriplePattern, ...], table: SolutionTable
    ) -> Iterator[tuple[SolutionTable, Rest]]:
        """The table joined with one pattern alone, in parts, with the patterns still to come.

        Where any predicate will do, each is a part of its own.
        """
        links = self._links(patterns)
        if any(link.hopeless for link in links):
            return
        chosen = self._cheapest(PatternsToCome(links, table).candidates(), table)
        rest = tuple(link.pattern for link in links if link is not chosen)
        if chosen.is_triple and chosen.p is None and chosen.s is None and chosen.o is None:
            for p in self.run.moment.predicates(self.selection):
                self.run.limits.check()
                chosen.p = p
                yield join(table, self._scanned(chosen), self.run.limits), rest
        else:
            yield self._joined(table, chosen), rest

    def in_graphs(
        self, patterns: tuple[TriplePattern, ...], name: str, table: SolutionTable
    ) -> SolutionTable:
        """The table joined with triples that all stand in one graph, whichever: ``name``."""
        links = self._links(patterns)
        names = dict.fromkeys((*table.columns, *(n for link in links for n in link.names), name))
        if any(link.hopeless for link in links):
            return empty(names)
        marked = np.zeros(len(self.run.moment.dictionary), bool)
        marked[list(self.run.graphs)] = True
        waiting = PatternsToCome(links, table)
        while waiting and table.rows:
            chosen = self._cheapest(waiting.candidates(), table)
            waiting.remove(chosen)
            found = self._quads(chosen, name, table)  # a fact once in each graph, so no row twice
            wanted = marked[found.columns[name]]
            found = found if wanted.all() else found.where(wanted)
            self.run.limits.check()
            table = join(table, found, self.run.limits)
        return table if table.rows else empty(names)

    def _quads(self, link: NumberedPattern, name: str, table: SolutionTable) -> SolutionTable:
        """The facts of a pattern with their graphs; of few subjects or objects only theirs.

        Where the table knows the predicates, of these alone.
        """
        found = self._beside(table, link)
        if found is not None:
            return named(link.pattern, list(found), name)
        p, every = link.pattern.p, [link.p]
        if isinstance(p, Var) and p.name in table.columns and p.name not in table.maybe:
            known = unique(table.columns[p.name]).tolist()
            if len(known) < len(self.run.moment.predicates(self.selection)):
                every = known
        scan = self.run.moment.scan_quads
        parts = [scan(link.s, one, link.o, self.selection) for one in every]
        if len(parts) == 1:
            return named(link.pattern, list(parts[0]), name)
        columns = [np.concatenate(each) for each in zip(*parts, strict=True)]
        return named(link.pattern, columns, name)

    def _links(self, patterns: Iterable[TriplePattern]) -> list[NumberedPattern]:
        links = []
        for pattern in patterns:
            self.run.limits.check()
            links.append(NumberedPattern(pattern, self.run.terms.find))
        return links

    # Order

    def _cheapest(self, links: list[NumberedPattern], table: SolutionTable) -> NumberedPattern:
        """The pattern that leaves the fewest rows, as far as can be guessed."""
        if len(links) == 1:
            return links[0]
        return min(links, key=lambda link: self.guess(link, table))

    def _least(self, waiting: PatternsToCome, table: SolutionTable) -> float:
        """About how many rows the table has after the cheapest of the patterns to come."""
        return min(self.guess(link, table) for link in waiting.candidates())

    def guess(self, link: NumberedPattern, table: SolutionTable) -> float:
        """About how many rows the table has after a pattern."""
        if link.facts is None:
            link.facts = self.run.moment.count(link.s, link.p, link.o, self.selection)
        found = float(link.facts)
        s_bound, o_bound = link.s_name in table.columns, link.o_name in table.columns
        if link.p is None:
            # A path, or any predicate: each end that is known makes it much smaller.
            return table.rows * found / (1000.0 if s_bound or o_bound else 1.0) + 1
        if (s_bound or o_bound) and found > 1:
            _, subjects, objects = self.size(link.p)
            if s_bound:
                found /= max(1, subjects)
            if o_bound:
                found /= max(1, objects)
        return table.rows * found

    def facts(self, link: NumberedPattern) -> int:
        """About how many facts a pattern meets."""
        return self.run.moment.count(link.s, link.p, link.o, self.selection)

    def count(self, patterns: tuple[TriplePattern, ...]) -> int:
        """The facts of the rarest of the patterns: about what the group starts from."""
        count, find = self.run.moment.count, self.run.terms.find
        links = [NumberedPattern(item, find) for item in patterns if isinstance(item.p, NamedNode)]
        if any(link.hopeless for link in links):
            return 0
        sizes = (count(link.s, link.p, link.o, self.selection) for link in links)
        return min(sizes, default=UNKNOWN)

    def different(self, name: str, patterns: Iterable[TriplePattern]) -> int:
        """About how many different values a variable has at an end of the rarest of patterns."""
        found = UNKNOWN
        for pattern in patterns:
            link = NumberedPattern(pattern, self.run.terms.find)
            if link.p is not None and name in (link.s_name, link.o_name):
                _, subjects, objects = self.size(link.p)
                found = min(found, subjects if name == link.s_name else objects)
        return found

    def size(self, p: int) -> tuple[int, int, int]:
        """Facts, distinct subjects and distinct objects of a predicate; good guesses."""
        moment = self.run.moment
        count = moment.count(None, p, None, self.selection)
        kept = self.run.terms.kept.sizes
        found = kept.get((self.selection, p))
        if found is None or not found[0] / 2 <= count <= found[0] * 2:
            found = kept[self.selection, p] = count, *moment.sizes(p, self.selection)
        return found

    # Joining

    def _joined(
        self,
        table: SolutionTable,
        link: NumberedPattern,
        told: Told = bool,
        wanted: Container[str] | None = None,
    ) -> SolutionTable:
        """The table joined with one pattern: at least the ``wanted`` columns of it, or all."""
        if not link.is_triple:
            from glocal_kg._rdf.sparql.paths import Paths

            return Paths(self.run, self.selection, self.fixed).joined(table, link.pattern, told)
        columns, names = table.columns, link.names
        if not columns and table.rows == 1:
            return self._scanned(link)
        plain = not table.maybe.intersection(names) and len(set(names)) == len(names)
        if link.p is not None and plain:
            s_name, o_name = link.s_name, link.o_name
            if s_name in columns and o_name in columns:
                return self._both(table, link.p, str(s_name), str(o_name))
            if s_name in columns or o_name in columns:
                side: Side = "s" if s_name in columns else "o"
                return self._probed(table, link, side, told, wanted)
        if link.p_name in columns and link.is_plain and link.p_name not in table.maybe:
            known = self._predicates(columns[str(link.p_name)])
            if len(known) <= _PREDICATES:
                return self._by_predicate(table, link, known, told)
        found = self._beside(table, link) if link.p is None else None
        if found is not None:  # a triple in two graphs is met once
            near = named(link.pattern, list(found[:3])).distinct(self.run.limits)
            return join(table, near, self.run.limits, told, wanted)
        return join(table, self._scanned(link), self.run.limits, told, wanted)

    def _predicates(self, column: Column) -> list[int]:
        """The predicates of facts in a column."""
        predicates = self.run.moment.predicates(self.selection)
        return sorted({*unique(column).tolist()}.intersection(predicates))

    def _by_predicate(
        self, table: SolutionTable, link: NumberedPattern, known: list[int], told: Told
    ) -> SolutionTable:
        """A pattern whose predicate is in the table: the rows of each predicate by themselves."""
        column = table.columns[str(link.p_name)]
        parts, rows = [], 0
        for p in known:
            parts.append(self._joined(table.where(column == p), link.of_predicate(p), told))
            rows += parts[-1].rows
            told(rows)
        parts = [part for part in parts if part.rows]
        return stacked(parts) if parts else _with_names(table, [link])

    def _probed(
        self,
        table: SolutionTable,
        link: NumberedPattern,
        side: Side,
        told: Told,
        wanted: Container[str] | None,
    ) -> SolutionTable:
        """A pattern with one end in the table; the other is a term or a new variable."""
        limits, moment, p = self.run.limits, self.run.moment, link.p
        sides = (link.s_name, link.s), (link.o_name, link.o)
        (near_name, _), (new, other) = sides if side == "s" else sides[::-1]
        name = str(near_name)
        assert p is not None
        s_, o_ = (None, other) if side == "s" else (other, None)
        keys = table.columns[name]
        if other is not None and moment.count(s_, p, o_, self.selection) <= 16 * table.rows + 64:
            s, _, o = moment.scan(s_, p, o_, self.selection)
            ends = SolutionTable(len(s), {name: s if side == "s" else o})
            return table.where(agreeing(table.only((name,)), ends, limits))
        if table.rows <= _FEW and new is not None:  # so few need no index join
            found = [moment.beyond(p, side, key, self.selection) for key in keys.tolist()]
            counts = list(map(len, found))
            limits.table(sum(counts), len(table.columns) + 1)
            columns = {name: column.repeat(counts) for name, column in table.columns.items()}
            column = found[0] if len(found) == 1 else np.concatenate(found)
            return SolutionTable(len(column), {**columns, new: column}, table.maybe)
        if not limits.has_room(table.rows * moment.count(None, p, None, self.selection)):
            # Too many to be made at once: a join counts them first and makes them in pieces.
            s, _, o = moment.scan(s_, p, o_, self.selection)
            near, far = (s, o) if side == "s" else (o, s)
            both = {name: near} if new is None else {name: near, new: far}
            return join(table, SolutionTable(len(near), both), limits, told, wanted)
        places, others = moment.probe(p, side, keys, self.selection)
        limits.table(len(places), len(table.columns) + 1)
        if new is None:
            return table.take(places[others == other])
        told(len(places))
        table = table if wanted is None else table.only_of(wanted)
        made = table.take(places)
        return SolutionTable(made.rows, {**made.columns, new: others}, made.maybe)

    def _both(self, table: SolutionTable, p: int, s_name: str, o_name: str) -> SolutionTable:
        """A pattern whose ends are both in the table: only its rows that are facts stay."""
        facts, subjects, objects = self.size(p)
        from_s = table.rows * facts / max(1, subjects)
        from_o = table.rows * facts / max(1, objects)
        side: Side = "s" if from_s <= from_o else "o"
        name, other = (s_name, o_name) if side == "s" else (o_name, s_name)
        few = self.run.limits.has_room(table.rows * facts)
        if not few or min(from_s, from_o) > 4 * (facts + table.rows):
            s, _, o = self.run.moment.scan(None, p, None, self.selection)
            facts_ = SolutionTable(len(s), {s_name: s, o_name: o})
            mask = agreeing(table.only((s_name, o_name)), facts_, self.run.limits)
            return table.where(mask, self.run.limits.check)
        keys = table.columns[name]
        places, ends = self.run.moment.probe(p, side, keys, self.selection)
        return table.take(places[table.columns[other][places] == ends])

    def _beside(self, table: SolutionTable, link: NumberedPattern) -> Quads | None:
        """The facts of a pattern at the subjects or objects of the table, where these are few."""
        moment, selection = self.run.moment, self.selection
        for name, other in ((link.s_name, link.o), (link.o_name, link.s)):
            if name not in table.columns or name in table.maybe:
                continue
            keys = unique(table.columns[str(name)])
            if len(keys) * _WORTH > moment.count(None, link.p, None, selection):
                continue
            side: Side = "s" if name == link.s_name else "o"
            places, predicates, others, graphs = moment.beside(side, keys, link.p, selection)
            ends = keys[places]
            if other is not None:
                kept = others == other
                ends, predicates, others, graphs = (
                    part[kept] for part in (ends, predicates, others, graphs)
                )
            if side == "s":
                return ends, predicates, others, graphs
            return others, predicates, ends, graphs
        return None

    def _scanned(self, link: NumberedPattern) -> SolutionTable:
        if link.p is not None and (link.s is None) != (link.o is None):
            side: Side = "o" if link.s is None else "s"
            key = link.o if link.s is None else link.s
            assert key is not None
            found = self.run.moment.beyond(link.p, side, key, self.selection)
            return SolutionTable(len(found), {link.names[0]: found})
        if link.s is not None and link.p is None and link.o is None and link.is_plain:
            facts = self.run.moment.around(link.s, "s", self.selection)
            if facts is not None:
                few = [np.array(part, np.int32) for part in facts]
                return SolutionTable(len(few[0]), dict(zip(link.names, few, strict=True)))
        columns = self.run.scan(link.s, link.p, link.o, self.selection)
        return named(link.pattern, list(columns))


def _with_names(table: SolutionTable, links: list[NumberedPattern]) -> SolutionTable:
    return empty(dict.fromkeys((*table.columns, *(name for link in links for name in link.names))))
