"""Asking SPARQL of the facts, once for all nodes that are looked at.

SHACL (appendix A) pre-binds variables: wherever ``$this`` stands in a query, it is the focus
node. Here the query starts from a table with one row for each node, and what is given in a row
holds everywhere in the query for that row, and LIMIT and OFFSET count the solutions of one row. So
the answer says the same as asking node by node. Only where all rows together need too much memory
are they asked about in parts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from pyoxigraph import NamedNode

from glocal_kg._engines.shacl.data import SUBCLASS, Data
from glocal_kg._engines.shacl.queries import Asked, mapped
from glocal_kg._engines.shacl.shapes_graph import ShapesGraph
from glocal_kg._rdf.sparql.algebra import GroupPattern, InlineData, Select
from glocal_kg._rdf.sparql.limits import Limits
from glocal_kg._rdf.sparql.run import Evaluation
from glocal_kg._rdf.sparql.selecting import Selector
from glocal_kg._rdf.sparql.solution_table import Column, SolutionTable
from glocal_kg._rdf.sparql.solving import Solver
from glocal_kg._rdf.store.fact_table import FactTable, Layer
from glocal_kg._rdf.store.index import Keys, Numbers, TripleIndex
from glocal_kg._rdf.store.moment import Moment
from glocal_kg._rdf.store.relation import relation_of
from glocal_kg._rdf.store.selection import ASSERTED, Selection
from glocal_kg._rdf.store.stored import Lazy
from glocal_kg.errors import TooLargeError

SHAPES_GRAPH = NamedNode("urn:shacl:shapes-graph")
"""What ``$shapesGraph`` is: the name of the shapes graph within a validation."""
_DATA = -2  # the number of the graph of the data, which has no name
_CLASSES = -3  # that of the class hierarchy which only the shapes graph has
_ROW = "_:row"
_MEMORY = 1 << 30  # bytes that the tables of a query may take; then fewer nodes are asked about
_NOTHING = np.empty(0, np.int32)


@dataclass(frozen=True)
class Answers:
    """Solutions in columns of term numbers, -1 where a variable is unbound.

    ``rows`` says for which of the rows asked for.
    """

    rows: NDArray[np.intp]
    columns: Mapping[str, Numbers]


class Asker:
    """The facts under validation, and the shapes graph beside them, for queries."""

    def __init__(self, data: Data, shapes: ShapesGraph) -> None:
        self._data = data
        self._shapes = shapes
        self._moment: Moment | None = None
        self._shapes_facts: FactTable | None = None
        self._beyond = False

    def knows_more(self, asked: Asked) -> bool:
        """Whether the class hierarchy of the shapes graph can matter to a query."""
        self._ready()
        return self._beyond and (asked.reads is None or SUBCLASS in asked.reads)

    def forget(self) -> None:
        """Drop what was prepared, because the facts have changed."""
        self._moment = None

    def ask(self, asked: Asked, given: Mapping[str, Numbers], *, classes: bool = True) -> Answers:
        """The solutions of a query for rows of pre-bound terms, all of the same length.

        ``classes``: rdfs:subClassOf is followed in the shapes graph too, as for sh:class.
        Raises QueryError for a query that cannot be answered.
        """
        count = len(next(iter(given.values()), (None,)))  # nothing given is one row of nothing
        parts = list(self._parts(asked, given, np.arange(count), classes))
        if len(parts) == 1:
            return parts[0]
        rows = [part.rows for part in parts] or [np.empty(0, np.intp)]
        empty = dict.fromkeys(asked.names, _NOTHING)
        every = [Answers(rows[0][:0], empty), *parts]
        return Answers(
            np.concatenate(rows),
            {name: np.concatenate([part.columns[name] for part in every]) for name in asked.names},
        )

    def _parts(
        self, asked: Asked, given: Mapping[str, Numbers], rows: NDArray[np.intp], classes: bool
    ) -> Iterator[Answers]:
        """The solutions for all rows at once, or in parts where that needs too much memory."""
        try:
            yield self._ask(asked, {name: c[rows] for name, c in given.items()}, rows, classes)
            return
        except TooLargeError:
            if len(rows) == 1:
                raise
        for part in np.array_split(rows, 2):
            yield from self._parts(asked, given, part, classes)

    def _ask(
        self, asked: Asked, given: Mapping[str, Numbers], rows: NDArray[np.intp], classes: bool
    ) -> Answers:
        whole = asked.query.select
        select = whole.but(limit=None, offset=0)  # they count the rows of one node
        moment = self._ready()
        shapes = moment.find(SHAPES_GRAPH)
        run = Evaluation(
            moment,
            Selection(graphs=(_DATA, _CLASSES) if classes and self._beyond else (_DATA,)),
            Selection(),
            () if shapes is None else (shapes,),
            Limits(max_memory=_MEMORY),
        )
        columns = {name: self._known(run, column) for name, column in given.items()}
        if asked.bare:
            select = _with_values(select, columns, run)
        start = SolutionTable(len(rows), {**columns, _ROW: rows.astype(np.int32)})
        found = Selector(Solver(run, run.default, frozenset(columns))).select(select, start)
        if whole.limit is not None or whole.offset:
            found = found.take(_within(found.columns[_ROW], whole.offset, whole.limit))
        return Answers(
            found.columns[_ROW].astype(np.intp),
            {name: self._own(run, found.column(name)) for name in asked.names},
        )

    def _ready(self) -> Moment:
        if self._moment is None:
            data, name = self._data, self._data.code(SHAPES_GRAPH)
            if self._shapes_facts is None:
                self._shapes_facts = _facts(self._shapes_index(), name)
            graphs = {_DATA: _facts(data.index, _DATA, data.own_pairs)}
            graphs[name] = self._shapes_facts
            self._beyond = len(data.beyond) > 0
            if self._beyond:
                index = TripleIndex.of({data.subclass: data.beyond})
                graphs[_CLASSES] = _facts(index, _CLASSES)
            self._moment = Moment(data.terms, {ASSERTED: Layer(graphs)})
        return self._moment

    def _shapes_index(self) -> TripleIndex:
        code = self._data.code
        rows = [(code(t.subject), code(t.predicate), code(t.object)) for t in self._shapes]  # type: ignore[arg-type]  # no triple terms in shapes
        return TripleIndex(np.array(rows, np.int32).reshape(-1, 3))

    def _known(self, run: Evaluation, column: Numbers) -> Column:
        """Numbers of terms as the query counts them; some may be newer than its moment."""
        new = column >= run.terms.known
        if not new.any():
            return column
        column = column.copy()
        column[new] = run.terms.numbers(self._data.terms.take(column[new].tolist()))
        return column

    def _own(self, run: Evaluation, column: Column) -> Numbers:
        """Numbers of terms as the data count them; terms that were computed get one."""
        new = column >= run.terms.known
        if new.any():
            column = column.copy()
            add = self._data.terms.add
            column[new] = [add(run.terms.term(number)) for number in column[new].tolist()]
        return column


def _facts(index: TripleIndex, graph: int, keys: Callable[[int], Keys] | None = None) -> FactTable:
    """The facts of an index by predicate, each made ready when a query first needs it.

    ``keys`` gives the pairs of a predicate, where they are not those of the index.
    """
    keys_of = keys or (lambda p: index.table(p).keys)
    return FactTable(Lazy(index.predicates(), lambda p: relation_of(keys_of(p), graph)))


def _within(rows: Column, offset: int, limit: int | None) -> NDArray[np.intp]:
    """The places of solutions that LIMIT and OFFSET leave for the row they belong to.

    >>> _within(np.array([5, 3, 5, 3, 5], np.int32), 1, 1).tolist()
    [2, 3]
    """
    order = np.argsort(rows, kind="stable")
    ordered = rows[order]
    rank = np.arange(len(rows)) - ordered.searchsorted(ordered)
    kept = rank >= offset
    if limit is not None:
        kept &= rank < offset + limit
    return np.sort(order[kept])


def _with_values(select: Select, columns: Mapping[str, Column], run: Evaluation) -> Select:
    """A query whose subqueries get the pre-bound terms as VALUES where they lack a pattern.

    A subquery returns what is pre-bound, but need not have it in a pattern of its own.
    """

    def change(part: object) -> object:
        if not isinstance(part, Select):
            return part
        names = [c.name for c in part.columns if c.expression is None and c.name in columns]
        if not names:
            return part
        rows = SolutionTable(
            len(columns[names[0]]), {name: columns[name] for name in names}
        ).distinct()
        terms = zip(*(run.terms.terms(rows.columns[name]) for name in names), strict=True)
        values = InlineData(tuple(names), tuple(terms))
        return part.but(where=GroupPattern((values, *part.where.steps), part.where.filters))

    return select.but(where=mapped(select.where, change))
