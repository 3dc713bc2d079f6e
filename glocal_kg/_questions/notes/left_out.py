"""Rows that an empty answer would have, were nothing left out by FROM, GRAPH and OFFSET."""

from __future__ import annotations

import re
from difflib import get_close_matches

import numpy as np
from pyoxigraph import NamedNode

from glocal_kg._questions.notes.again import asked
from glocal_kg._questions.notes.query_parts import all_patterns
from glocal_kg._questions.notes.written import local_of, name_of
from glocal_kg._rdf.sparql.algebra import GroupPattern, NamedGraphPattern, Query, TriplePattern, Var
from glocal_kg._rdf.sparql.cursor import GRAPH_IN_FULL
from glocal_kg._rdf.store.facts import Facts
from glocal_kg._rdf.store.selection import EVERYTHING
from glocal_kg.errors import QuerySyntaxError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from glocal_kg._questions.parameters import Bound
    from glocal_kg._rdf.sparql.algebra import Step

_MOST = 3


def left_out(facts: Facts, query: Query, given: Mapping[str, Bound] | None) -> tuple[str, ...]:
    """How many rows there are in all graphs, and in which; nothing where there are none."""
    where = _everywhere(query.select.where)
    whole = query.but(default=None, named=None, select=query.select.but(where=where))
    if whole == query:
        return ()
    count = len(asked(facts, whole, given) or ())
    if not count or query.select.keys is not None:
        return ()
    here = {*(query.default or ()), *_named(query.select.where)}
    names = [one for one in _homes(facts, whole) if one not in here]
    told = f" They stand in {', '.join(map(name_of, names[:_MOST]))}." if names else ""
    some = "row is" if count == 1 else "rows are"
    return (f"{count:,} {some} there where all graphs are seen.{told}",)


def past_the_end(facts: Facts, query: Query, given: Mapping[str, Bound] | None) -> tuple[str, ...]:
    """That OFFSET leaves out all rows that there are."""
    offset = query.select.offset
    whole = query.but(select=query.select.but(offset=0, limit=None, order=()))
    count = len(asked(facts, whole, given) or ()) if offset else 0
    if not count or query.form != "SELECT":
        return ()
    some = "There is 1 row" if count == 1 else f"There are {count:,} rows"
    return (f"{some}, and OFFSET {offset} is past the last.",)


def graph_in_full(facts: Facts, error: QuerySyntaxError) -> QuerySyntaxError:
    """The error about a relative name of a graph with the IRI of the graph that was meant."""
    found = re.search(r"<([^<>]*)> is relative", error.message)
    if found is None or not error.remedy.startswith(GRAPH_IN_FULL):
        return error
    stem = found[1].rpartition("/")[2].partition(".")[0]
    terms = facts.moment.terms(facts.moment.graphs(EVERYTHING).tolist())
    names = {local_of(one.value.rstrip("#/")): one for one in terms if isinstance(one, NamedNode)}
    close = get_close_matches(stem, sorted(names), 1, 0.8)
    remedy = f"Its graph is {name_of(names[close[0]])}." if close else error.remedy
    return QuerySyntaxError(error.message, remedy=remedy, line=error.line, column=error.column)


def _everywhere(group: GroupPattern) -> GroupPattern:
    """A group with GRAPH and a name taken away from what stands in it."""
    return group.but(steps=tuple(map(_opened, group.steps)))


def _opened(step: Step) -> Step:
    if isinstance(step, NamedGraphPattern) and isinstance(step.name, NamedNode):
        return _everywhere(step.group)
    return _everywhere(step) if isinstance(step, GroupPattern) else step


def _named(group: GroupPattern) -> Iterator[NamedNode]:
    for step in group.steps:
        if isinstance(step, NamedGraphPattern) and isinstance(step.name, NamedNode):
            yield step.name
        elif isinstance(step, GroupPattern):
            yield from _named(step)


def _homes(facts: Facts, query: Query) -> list[NamedNode]:
    """The graphs that hold facts of the patterns of a query, those with most facts first."""
    counted: dict[int, int] = {}
    for pattern in all_patterns(query.select.where):
        numbers = _numbers(facts, pattern)
        if numbers is None:
            continue
        graphs = facts.moment.scan_quads(*numbers, facts.selection)[3]
        for graph, count in zip(*(part.tolist() for part in np.unique(graphs, return_counts=True)),
                                strict=True):  # fmt: skip
            counted[graph] = counted.get(graph, 0) + count
    best = sorted(counted, key=lambda graph: (-counted[graph], graph))
    return [one for one in facts.moment.terms(best) if isinstance(one, NamedNode)]


def _numbers(
    facts: Facts, pattern: TriplePattern
) -> tuple[int | None, int | None, int | None] | None:
    """The numbers of a pattern's terms; None where a term is in no fact."""
    ends = (pattern.s, pattern.p, pattern.o)
    known = [None if isinstance(one, Var) else facts.moment.find(one) for one in ends]  # type: ignore[arg-type]  # no path, as is looked at before
    if any(
        number is None and not isinstance(one, Var) for number, one in zip(known, ends, strict=True)
    ):
        return None
    return known[0], known[1], known[2]


__all__ = ["graph_in_full", "left_out", "past_the_end"]
