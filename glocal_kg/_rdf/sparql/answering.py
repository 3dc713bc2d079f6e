"""Whole queries: from the algebra and a moment of the data to an answer."""

from __future__ import annotations

from collections import deque
from functools import partial
from itertools import islice
from typing import Final, TypeAlias

from pyoxigraph import Triple

from glocal_kg._rdf.sparql.constructing import constructed
from glocal_kg._rdf.sparql.limits import PART, Limits
from glocal_kg._rdf.sparql.run import Evaluation
from glocal_kg._rdf.sparql.selecting import Selector
from glocal_kg._rdf.sparql.solution_table import ONE, SolutionTable, empty, firsts, stacked
from glocal_kg._rdf.sparql.solving import Solver
from glocal_kg._rdf.sparql.term_columns import TermColumn
from glocal_kg._rdf.uncollected import uncollected
from glocal_kg.errors import QueryError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pyoxigraph import NamedNode

    from glocal_kg._rdf.sparql.algebra import Query, Select, Term
    from glocal_kg._rdf.sparql.query_terms import QueryTerms
    from glocal_kg._rdf.sparql.solution_table import Column
    from glocal_kg._rdf.store.moment import Moment
    from glocal_kg._rdf.store.selection import Selection

_FEW: Final = 64  # rows whose terms are made one by one
_PART: Final = 1 << 15  # triples that are made between two looks at the clock
Row: TypeAlias = "tuple[Term | None, ...]"
RawAnswer: TypeAlias = "Rows | bool | TripleRows"


class Rows:
    """Rows of terms in the order of ``names``; None stands for an unbound variable.

    Terms are made when somebody looks at them, and the limits of the query hold for that, too.
    """

    def __init__(
        self, names: list[str], table: SolutionTable, terms: QueryTerms, limits: Limits
    ) -> None:
        self.names = names
        self._table = table
        self._terms = terms
        self._limits = limits
        self._rows: list[Row] | None = None

    def __len__(self) -> int:
        return self._table.rows

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows())

    def rows(self) -> list[Row]:
        """All rows as tuples of terms."""
        if self._rows is None:
            self._rows = self._few() if self.names and len(self) <= _FEW else self._many()
        return self._rows

    def _few(self) -> list[Row]:
        self._limits.terms(len(self), len(self), len(self.names))
        read, columns = self._terms.read, self._table.columns
        return list(zip(*[read(columns[name]) for name in self.names], strict=True))

    @uncollected
    def _many(self) -> list[Row]:
        columns = [self.column(name) for name in self.names]
        found: list[Row] = [] if columns else [()] * len(self)
        rows, size = zip(*columns, strict=True), 8 * PART // max(8, len(columns))
        while part := list(islice(rows, size)):
            self._limits.check()
            found += part
        return found

    def columns(self) -> list[TermColumn]:
        """All columns, in each of which a term is made once, when it is looked at."""
        known = self._terms.known
        columns = map(self._table.columns.__getitem__, self.names)
        return [TermColumn(one, self._read, known, self._strings) for one in columns]

    @uncollected
    def _read(self, numbers: Column) -> list[Term | None]:
        """The terms of different sorted numbers."""
        terms: list[Term | None] = []
        for start in range(0, len(numbers), PART):
            self._limits.terms(len(numbers), len(self), len(self.names))
            terms += self._terms.read(numbers[start : start + PART], len(numbers))
        return terms

    @uncollected
    def _strings(self, numbers: Column) -> list[str | None]:
        """The IRIs and texts of different sorted numbers; None for what is neither."""
        strings: list[str | None] = []
        for start in range(0, len(numbers), PART):
            self._limits.terms(len(numbers), len(self), len(self.names))
            strings += self._terms.strings(numbers[start : start + PART], any_term=True)
        return strings

    @uncollected
    def column(self, name: str) -> list[Term | None]:
        """One column as terms."""
        told = partial(self._limits.terms, rows=len(self), columns=len(self.names))
        return self._terms.terms(self._table.columns[name], told)


class TripleRows:
    """Distinct triples as numbers; their terms are made when somebody looks at them."""

    def __init__(self, table: SolutionTable, run: Evaluation) -> None:
        """The columns of the table are ``s``, ``p`` and ``o``."""
        self._table = table
        self._run = run
        self._made: list[Triple] | None = None

    def __len__(self) -> int:
        return self._table.rows

    def __iter__(self) -> Iterator[Triple]:
        return iter(self.triples())

    @uncollected
    def triples(self) -> list[Triple]:
        """All of them as terms."""
        if self._made is None:
            found: list[Triple] = []
            for start in range(0, len(self), _PART):
                self._run.limits.terms(len(self), len(self), 3)
                part = self._table.slice(start, start + _PART).columns
                found += map(Triple, *(self._run.terms.terms(part[name]) for name in "spo"))
            self._made = found
        return self._made


def answer(
    query: Query,
    moment: Moment,
    default: Selection,
    named: Selection | None = None,
    *,
    given: Mapping[str, Term] | None = None,
    nodes: Mapping[str, Column] | None = None,
    limits: Limits | None = None,
) -> RawAnswer:
    """Answer a query: rows, a truth value, or distinct triples.

    ``moment`` is the data (see ``_rdf.store``), ``default`` the selection that patterns see,
    ``named`` that in which GRAPH looks (the same where left out); FROM and FROM NAMED choose
    graphs within them. ``given`` are terms for variables, which hold everywhere in the query as
    though they were written there; ``nodes`` are columns of numbers for variables, and the query
    is answered for each row of them, as though it were asked so many times. Raises
    ``QueryError`` beyond a limit.
    """
    limits = Limits() if limits is None else limits
    named = default if named is None else named
    run = Evaluation(moment, default, named, None, limits, query.base)
    if query.default is not None or query.named is not None:
        run = _from(query, run)
    start = ONE
    if given:
        columns = {name: run.terms.numbers((term,)) for name, term in given.items()}
        start = SolutionTable(1, columns)
        run.given = frozenset(given)
    if nodes:
        start = SolutionTable(len(next(iter(nodes.values()))), dict(nodes))
    solver = Solver(run, run.default, frozenset(start.columns))
    if query.form == "ASK":
        return _has_row(query.select, solver, start)
    # Where nobody counts rows, filters are asked of more of them together.
    counted = query.form == "SELECT" and limits.max_rows is not None
    told = limits.answer if counted else bool
    select = query.select
    if query.form != "SELECT" and select.limit is None and not select.offset:
        select = select.but(order=())  # triples have none
    table = Selector(solver).select(select, start, told)
    if query.form == "SELECT":
        limits.answer(table.rows)
        names = [column.name for column in select.columns]
        names += [name for name in nodes or () if name not in names]
        if len(names) < len(table.columns):
            table = table.only(names)
        return Rows(names, table, run.terms, limits)
    triples = (
        constructed(query, run, table)
        if query.form == "CONSTRUCT"
        else _described(query, run, table)
    )
    limits.answer(triples.rows, "triples")
    return TripleRows(triples, run)


def _has_row(select: Select, solver: Solver, start: SolutionTable) -> bool:
    """Whether an ASK has a row; of a pattern alone none is made beyond the first."""
    grouped = select.keys is not None or select.having or select.values is not None
    if grouped or select.offset or select.limit == 0:
        return Selector(solver).select(select, start).rows > 0
    return any(piece.rows for piece in solver.pieces(select.where, start, set()))


def _from(query: Query, run: Evaluation) -> Evaluation:
    """The dataset that FROM and FROM NAMED describe (13.2)."""
    default = tuple(_known(run, node) for node in query.default or ())
    named = tuple(_known(run, node) for node in query.named or ())
    return Evaluation(
        run.moment, run.default.but(graphs=default), run.named, named, run.limits, run.base
    )


def _known(run: Evaluation, graph: NamedNode) -> int:
    number = run.moment.find(graph)
    if number is None or number not in run.graphs:
        raise QueryError(
            f"FROM names the graph <{graph.value}>, which is not here.",
            remedy="Graphs are not fetched: add the data first, with --data FILE in the command or "
            "kg.add() in Python.",
        )
    return int(number)


def _described(query: Query, run: Evaluation, table: SolutionTable) -> SolutionTable:
    """DESCRIBE: the facts about a node, and about the blank nodes they lead to."""
    waiting = deque[int]()
    for node in query.targets:
        number = run.moment.find(node)
        if number is not None:
            waiting.append(number)
    for column in table.columns.values():
        first = firsts(column, run.limits.check)
        waiting += column[first[column[first] >= 0]].tolist()
    parts: list[SolutionTable] = []
    rows, seen = 0, set[int]()
    while waiting:
        number = waiting.popleft()
        if number in seen or number >= run.terms.known:
            continue
        seen.add(number)
        run.limits.answer(rows, "triples")
        run.limits.table(rows, 3)
        s, p, o = run.moment.scan(number, None, None, run.default)
        parts.append(SolutionTable(len(o), {"s": s, "p": p, "o": o}))
        rows += len(o)
        waiting += o[run.terms.sorts_of(o) == ord("_")].tolist()
    return stacked(parts) if parts else empty("spo")
