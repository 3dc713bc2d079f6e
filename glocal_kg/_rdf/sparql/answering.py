"""Whole queries: from the algebra and a moment of the data to an answer."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from glocal_kg._rdf.sparql.algebra import Var
from glocal_kg._rdf.sparql.limits import Limits
from glocal_kg._rdf.sparql.results import Rows
from glocal_kg._rdf.sparql.run import Run
from glocal_kg._rdf.sparql.selecting import Selector
from glocal_kg._rdf.sparql.solving import Solver
from glocal_kg._rdf.sparql.tables import ONE, Table
from glocal_kg.errors import QueryError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from glocal_kg._rdf.sparql.algebra import Node, Query, Term
    from glocal_kg._rdf.store.moment import Moment, Selection

Answer: TypeAlias = "Rows | bool | list[Triple]"


def answer(
    query: Query,
    moment: Moment,
    default: Selection,
    named: Selection | None = None,
    *,
    given: Mapping[str, Term] | None = None,
    limits: Limits | None = None,
) -> Answer:
    """Answer a query: rows, a truth value, or distinct triples.

    ``moment`` is the data (see ``_rdf.store``), ``default`` the selection that patterns see,
    ``named`` that in which GRAPH looks (the same where left out); FROM and FROM NAMED choose
    graphs within them. ``given`` are terms for variables, which hold everywhere in the query as
    though they were written there. Raises ``QueryError`` beyond a limit.
    """
    limits = Limits() if limits is None else limits
    named = default if named is None else named
    run = Run(moment, default, named, None, limits, query.base)
    if query.default is not None or query.named is not None:
        run = _from(query, run)
    start = ONE
    if given:
        columns = {name: run.terms.numbers((term,)) for name, term in given.items()}
        start = Table(1, columns)
    solver = Solver(run, run.default, frozenset(start.columns))
    if query.form == "ASK":
        return solver.group(query.select.where, start, set()).rows > 0
    table = Selector(solver).select(query.select, start)
    if query.form == "SELECT":
        limits.answer(table.rows)
        names = [column.name for column in query.select.columns]
        return Rows(names, table.only(names), run.terms)
    triples = (
        _template(query, run, table) if query.form == "CONSTRUCT" else _described(query, run, table)
    )
    limits.answer(len(triples), "triples")
    return triples


def _from(query: Query, run: Run) -> Run:
    """The dataset that FROM and FROM NAMED describe (13.2)."""
    default = tuple(_known(run, node) for node in query.default or ())
    named = tuple(_known(run, node) for node in query.named or ())
    return Run(
        run.moment, replace(run.default, graphs=default), run.named, named, run.limits, run.base
    )


def _known(run: Run, graph: NamedNode) -> int:
    number = run.moment.find(graph)
    if number is None or number not in run.graphs:
        raise QueryError(
            f"FROM names the graph <{graph.value}>, which is not here.",
            remedy="Graphs are not fetched: add the data with kg.add() first.",
        )
    return int(number)


def _template(query: Query, run: Run, table: Table) -> list[Triple]:
    """CONSTRUCT: the template with each row's terms; its blank nodes are new for each row."""
    nodes = sorted({
        node.name for pattern in query.template for node in (pattern.s, pattern.o)
        if isinstance(node, Var) and node.name.startswith("_:")
    })  # fmt: skip
    names = [name for name in table.columns if not name.startswith("_:")]
    if not nodes:
        table = table.only(names).distinct()
    columns = {name: run.terms.terms(table.columns[name]) for name in names}
    found: dict[Triple, None] = {}
    for row in range(table.rows):
        if not row & 0xFFF:
            run.limits.check()
            run.limits.answer(len(found), "triples")
        own: dict[str, BlankNode] = {name: run.new_node() for name in nodes}

        def term(node: Node | Any, row: int = row, own: dict[str, BlankNode] = own) -> Any:
            if not isinstance(node, Var):
                return node
            return own.get(node.name) or (columns[node.name][row] if node.name in columns else None)

        for pattern in query.template:
            s, p, o = term(pattern.s), term(pattern.p), term(pattern.o)
            if (
                isinstance(s, (NamedNode, BlankNode))
                and isinstance(p, NamedNode)
                and isinstance(o, (NamedNode, BlankNode, Literal, Triple))
            ):
                found[Triple(s, p, o)] = None
    return list(found)


def _described(query: Query, run: Run, table: Table) -> list[Triple]:
    """DESCRIBE: the facts about a node, and about the blank nodes they lead to."""
    waiting: list[int] = []
    for node in query.targets:
        number = run.moment.find(node)
        if number is not None:
            waiting.append(number)
    for column in table.columns.values():
        waiting += dict.fromkeys(column[column >= 0].tolist())
    found: dict[Triple, None] = {}
    seen: set[int] = set()
    while waiting:
        number = waiting.pop(0)
        if number in seen or number >= run.terms.known:
            continue
        seen.add(number)
        run.limits.check()
        _, p, o = run.moment.scan(number, None, None, run.default)
        subject = run.terms.term(number)
        for predicate, value in zip(run.terms.terms(p), run.terms.terms(o), strict=True):
            found[Triple(subject, predicate, value)] = None  # type: ignore[arg-type]
        waiting += [int(n) for n in o.tolist() if isinstance(run.terms.term(n), BlankNode)]
    return list(found)
