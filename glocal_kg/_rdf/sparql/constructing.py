"""CONSTRUCT: a template filled with the terms of each row, and each triple of this once (16.2)."""

from __future__ import annotations

import numpy as np

from glocal_kg._rdf.sparql.algebra import Var
from glocal_kg._rdf.sparql.limits import PIECE, SORTED
from glocal_kg._rdf.sparql.seen_keys import SeenKeys
from glocal_kg._rdf.sparql.solution_table import SolutionTable, numbered
from glocal_kg._rdf.store.fact_table import by_predicate
from glocal_kg._rdf.store.matches import end_to_end
from glocal_kg._rdf.store.pairs import distinct, pack, unpack
from glocal_kg._rdf.store.sorted_rows import repeated

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from glocal_kg._rdf.sparql.algebra import Node, Path, Query, TriplePattern
    from glocal_kg._rdf.sparql.limits import Limits
    from glocal_kg._rdf.sparql.run import Evaluation
    from glocal_kg._rdf.sparql.solution_table import Column
    from glocal_kg._rdf.store.pairs import Keys

_IRI, _BLANK = b"<_"


class DistinctTriples:
    """Triples that come in parts, each once; the limits are told how many there are."""

    def __init__(self, limits: Limits) -> None:
        self.held = 0
        self._limits = limits
        self._seen: dict[int, SeenKeys] = {}

    def add(self, predicate: int, keys: Keys) -> None:
        """Some more packed pairs of a predicate: sorted, each once."""
        seen = self._seen.get(predicate)
        if seen is None:
            seen = self._seen[predicate] = SeenKeys(self._limits.check)
        self.held += len(seen.add(keys))
        self._limits.answer(self.held, "triples")

    def table(self) -> SolutionTable:
        """All of them, with columns ``s``, ``p`` and ``o``."""
        found = [(p, self._seen[p].all()) for p in sorted(self._seen)]
        if len(found) == 1:
            s, o = unpack(found[0][1])
            return SolutionTable(len(s), {"s": s, "p": repeated(found[0][0], len(s)), "o": o})
        ends = [unpack(keys) for _, keys in found]
        predicates = np.array([p for p, _ in found], np.int32)
        return SolutionTable(
            self.held,
            {
                "s": end_to_end([both[0] for both in ends]),
                "p": predicates.repeat([len(both[0]) for both in ends]),
                "o": end_to_end([both[1] for both in ends]),
            },
        )


def constructed(query: Query, run: Evaluation, table: SolutionTable) -> SolutionTable:
    """The triples of a template; its blank nodes are new for each row."""
    made = DistinctTriples(run.limits)
    for start in range(0, max(table.rows, 1), PIECE):
        some = table.slice(start, start + PIECE)
        columns = dict(some.columns)
        for pattern in query.template:
            for node in (pattern.s, pattern.o):
                if isinstance(node, Var) and node.name[:2] == "_:" and node.name not in columns:
                    run.limits.texts(run.terms.computed + some.rows, run.terms.letters)
                    columns[node.name] = run.new_nodes(some.rows)
            run.limits.table(some.rows, 3, made.held * 2, SORTED)
            for predicate, keys in _triples(pattern, SolutionTable(some.rows, columns), run):
                made.add(predicate, keys)
    return made.table()


def _triples(
    pattern: TriplePattern, table: SolutionTable, run: Evaluation
) -> Iterator[tuple[int, Keys]]:
    """The triples of one pattern of a template: packed pairs by predicate, sorted, each once.

    A subject is no literal and a predicate an IRI; what would be another triple is left out.
    """
    s, p, o = (_filled(node, table, run) for node in (pattern.s, pattern.p, pattern.o))
    bound = (s >= 0) & (p >= 0) & (o >= 0)
    if not bound.all():
        s, p, o = s[bound], p[bound], o[bound]
    one = not isinstance(pattern.p, Var) and len(p) > 0
    each = [(int(p[0]), distinct(pack(s, o)))] if one else by_predicate(s, p, o)
    for predicate, keys in each:
        if one or run.terms.sorts(np.array((predicate,), np.int32))[0] == _IRI:
            subjects, back = numbered(unpack(keys)[0])
            sorts = run.terms.sorts(subjects)
            right = (sorts == _IRI) | (sorts == _BLANK)
            yield predicate, keys if right.all() else keys[right[back]]


def _filled(node: Node | Path, table: SolutionTable, run: Evaluation) -> Column:
    if isinstance(node, Var):
        return table.column(node.name)
    return repeated(run.terms.number(node), table.rows)  # type: ignore[arg-type]  # no path in a template
