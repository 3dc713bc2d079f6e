"""One query of the facts of a moment: parsed, answered within its limits, turned into an answer."""

from __future__ import annotations

from functools import partial

from glocal_kg._questions.answers.table import Table, Triples
from glocal_kg._questions.answers.table_cells import Cells
from glocal_kg._rdf.namespaces import prefixes, using
from glocal_kg.errors import QueryError, QuerySyntaxError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any, TypeAlias, TypeVar

    T = TypeVar("T", Table, bool, Triples)

    from glocal_kg._questions.parameters import Bound
    from glocal_kg._rdf.labels import Labels
    from glocal_kg._rdf.namespaces import Prefixes
    from glocal_kg._rdf.sparql.algebra import Query
    from glocal_kg._rdf.store.facts import Facts

Answer: TypeAlias = Table | bool | Triples
_FEW = 64
"""Answers with so few rows are made by rows."""


def ask(
    facts: Facts,
    text: str,
    *,
    values: Mapping[str, Bound] | None = None,
    timeout: float | None = None,
    max_rows: int | None = None,
    max_memory: int | None = None,
    first: int | None = None,
    labels: Labels | None = None,
) -> Answer:
    """Run one query.

    ``values`` are terms for variables; ``timeout`` is in seconds, ``max_memory`` in bytes; more
    than ``max_rows`` rows are an error, while ``first`` just stops after so many. A limit ends
    the work itself, in a thread too. The terms of many rows are made when they are looked at, but
    within a limit of time or memory where there is one. Raises ``QueryError``.
    """
    from glocal_kg._rdf.sparql.answering import TripleRows, answer
    from glocal_kg._rdf.sparql.limits import Limits
    from glocal_kg._rdf.sparql.parser import prepared

    if not isinstance(text, str):
        raise QueryError(
            f"A query is text, not {type(text).__name__}.", remedy="Give SPARQL as a str."
        )
    limits = Limits(timeout, max_rows, max_memory)
    try:
        query = prepared(text, prefixes(), check=limits.read)
    except QuerySyntaxError as error:
        from glocal_kg._questions.notes.left_out import graph_in_full

        raise graph_in_full(facts, error) from None
    if first is not None and query.form == "SELECT":
        most = first if query.select.limit is None else min(first, query.select.limit)
        query = query.but(select=query.select.but(limit=most))
    found = answer(query, facts.moment, facts.selection, given=values, limits=limits)
    if isinstance(found, bool):
        return found
    if isinstance(found, TripleRows):
        triples = Triples((), labels=labels)
        triples._rows = found.triples() if limits.are_set else found
        if len(found):
            triples._notes = partial(_beside, facts, query, found.triples, (), values, prefixes())
        else:
            triples._notes = partial(_of_nothing, facts, query, values, prefixes())
        return triples
    columns = found.columns() if len(found) > _FEW and found.names else None
    cells = Cells(found.rows()) if columns is None else Cells(columns=columns)
    if columns is not None and limits.are_set:
        for column in columns:
            column.make(limits.check)
    table = Table(found.names, cells, labels=labels)
    if not table or _counts_nothing(query, table):
        table._notes = partial(_of_nothing, facts, query, values, prefixes(), lambda: cells.rows)
    else:
        table._notes = partial(
            _beside, facts, query, lambda: cells.rows, table.columns, values, prefixes()
        )
    return table


def why_nothing(
    facts: Facts, text: str, values: Mapping[str, Bound] | None = None
) -> tuple[str, ...]:
    """Why a query finds nothing, where that can be known: for the answer "no" of ASK."""
    from glocal_kg._rdf.sparql.parser import prepared

    return _notes(facts, prepared(text, prefixes()), values)


def slips(facts: Facts, text: str, values: Mapping[str, Bound] | None = None) -> tuple[str, ...]:
    """What can be said of the answer "yes" of ASK: of slips, and of what is not said flatly."""
    from glocal_kg._questions.notes.flatly import not_flatly, only_reported
    from glocal_kg._questions.notes.in_vain import in_vain, lets_through
    from glocal_kg._questions.notes.nowhere import slips_of
    from glocal_kg._rdf.sparql.parser import prepared

    query = prepared(text, prefixes())
    flat = (*not_flatly(facts, query, values), *only_reported(facts, query, values))
    vain = (*in_vain(facts, query, values, rows=True), *lets_through(facts, query, values))
    return (*slips_of(facts, query, values), *vain, *flat)


def _of_nothing(
    facts: Facts,
    query: Query,
    values: Mapping[str, Bound] | None,
    held: Prefixes,
    rows: Callable[[], Sequence[Any]] = tuple,
) -> tuple[str, ...]:
    """Why an answer is empty, once somebody reads it: no answer waits for that."""
    with using(held):
        return _notes(facts, query, values, rows())


def _notes(
    facts: Facts, query: Query, values: Mapping[str, Bound] | None, rows: Sequence[Any] = ()
) -> tuple[str, ...]:
    from glocal_kg._questions.notes.empty import notes
    from glocal_kg._questions.notes.figures import no_numbers
    from glocal_kg._questions.notes.hidden import hidden
    from glocal_kg._questions.notes.in_vain import in_vain
    from glocal_kg._questions.notes.left_out import left_out, past_the_end
    from glocal_kg._questions.notes.more import follows, may_follow, more
    from glocal_kg._questions.notes.silent import silences

    empty = [
        one.name for at, one in enumerate(query.select.columns) if rows and rows[0][at] is None
    ]
    told = follows(facts, query, rows, values) or tuple(no_numbers(facts, query, empty, values))
    told = told or tuple(notes(facts, query, values))
    told = told or past_the_end(facts, query, values)
    told = told or tuple(in_vain(facts, query, values))
    told = told or tuple(hidden(facts, query, (), values)) or more(facts, query, rows, values)
    told = told or left_out(facts, query, values)
    told = (*told, *may_follow(facts, query, told))
    return *told, *silences(facts, query, values or {}, explained=bool(told))


def _counts_nothing(query: Query, table: Table) -> bool:
    """Whether the one row of an aggregate without GROUP BY says that there was nothing."""
    return (
        query.select.keys == ()
        and len(table) == 1
        and all(value is None or value == 0 for value in table[0])
    )


def _beside(
    facts: Facts,
    query: Query,
    rows: Callable[[], Sequence[Any]],
    columns: tuple[str, ...],
    values: Mapping[str, Bound] | None,
    held: Prefixes,
) -> tuple[str, ...]:
    """What can be said of an answer with rows: of slips, columns without any value, more rows.

    Most queries have nothing that it could be said of, which is soon seen; where the query must be
    asked once more, that has an end (``NoteLimits``).
    """
    from glocal_kg._questions.notes.nowhere import slips_of

    with using(held):
        slips = slips_of(facts, query, values)
    from glocal_kg._questions.notes.alone import alone
    from glocal_kg._questions.notes.at_a_glance import hidden_names
    from glocal_kg._questions.notes.denied import denied
    from glocal_kg._questions.notes.flatly import not_flatly, only_reported
    from glocal_kg._questions.notes.more import more
    from glocal_kg._questions.notes.query_parts import filters, has_tests, patterns
    from glocal_kg._questions.notes.said import said_besides

    found = rows()
    empty = [
        name
        for place, name in enumerate(columns)
        if found[0][place] is None and all(row[place] is None for row in found)
    ]
    with using(held):
        told: list[str] = []
        if query.form == "SELECT" and not _is_in_one_order(query, found, columns):
            from glocal_kg._questions.notes.figures import no_numbers, no_one_order

            some = [
                name for at, name in enumerate(columns) if any(row[at] is None for row in found)
            ]
            told += no_numbers(facts, query, some, values)
            told += no_one_order(facts, query, found, columns, values)
        if empty:
            from glocal_kg._questions.notes.empty import notes_on_columns
            from glocal_kg._questions.notes.in_vain import valueless

            told += notes_on_columns(facts, query, empty, values)
            told += valueless(facts, query, empty, values)
        slips = tuple(one for one in slips if not any(said.endswith(one) for said in told))
        where = query.select.where
        if tests := list(filters(where)):
            from glocal_kg._questions.notes.compared import left_behind

            told += left_behind(facts, tests, list(patterns(where)))
        if has_tests(query.select):
            from glocal_kg._questions.notes.in_vain import in_vain, lets_through

            vain = [*in_vain(facts, query, values, rows=True), *lets_through(facts, query, values)]
            told += [one for one in vain if not _is_told(one, told)]
        if query.form == "SELECT" and hidden_names(query.select, columns):
            from glocal_kg._questions.notes.hidden import hidden

            told += hidden(facts, query, columns, values)
        told += slips
        if query.form == "SELECT":
            told += _of_rows(facts, query, values)
        told += more(facts, query, found, values)
        told += alone(facts, query, found, values)
        told += [*not_flatly(facts, query, values), *only_reported(facts, query, values)]
        told += denied(facts, query, found, columns, values or {})
        return tuple(dict.fromkeys((*told, *said_besides(facts, query, values or {}))))


def _of_rows(facts: Facts, query: Query, values: Mapping[str, Bound] | None) -> tuple[str, ...]:
    """What can be said of rows that are multiplied, and of figures that are made of them."""
    from glocal_kg._questions.notes.at_a_glance import (
        has_figures,
        has_values,
        sorted_texts,
        sorts_computed,
    )
    from glocal_kg._questions.notes.side_by_side import side_by_side

    select = query.select
    told = tuple(side_by_side(facts, query, values))
    if sorts_computed(select):
        from glocal_kg._questions.notes.sorted_by import keys_in_vain

        told = *keys_in_vain(facts, query, values), *told
    if sorted_texts(select):
        from glocal_kg._questions.notes.sorted_by import in_several_languages

        told = *in_several_languages(facts, query, values), *told
    figures = has_figures(select)
    if figures:
        from glocal_kg._questions.notes.several_languages import by_languages

        told = *by_languages(facts, query, values), *told
    if (figures or select.order) and has_values(select):
        from glocal_kg._questions.notes.units import several_units

        told = *several_units(facts, query, values), *told
    return told


def _is_in_one_order(query: Query, rows: Sequence[Any], columns: tuple[str, ...]) -> bool:
    """Whether rows that are not groups show, by the datatypes alone, that all can be sorted."""
    from glocal_kg._rdf.sparql.algebra import Var

    select = query.select
    if select.keys is not None or not select.order:
        return select.keys is None
    cut = select.offset or (select.limit is not None and len(rows) >= select.limit)
    by = [order.expression for order in select.order]
    places = [columns.index(one.name) for one in by if isinstance(one, Var) and one.name in columns]
    if cut or len(rows) > _FEW or len(places) < len(by):
        return False
    return all(len({getattr(row[at], "datatype", None) for row in rows}) < 2 for at in places)


def _is_told(note: str, told: Sequence[str]) -> bool:
    """Whether what a note says to write is in another one."""
    write = note.partition("; write ")[2].rstrip(".")
    return bool(write) and any(write in one for one in told)


def expect(answer: Answer, kind: type[T], form: str) -> T:
    """The answer where it is of a kind; ``QueryError`` that names the form for another one."""
    if isinstance(answer, kind):
        return answer
    raise QueryError(f"This is no {form} query.", remedy="Use kg.query for any form.")
