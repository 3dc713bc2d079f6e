"""Rows that somebody denies: a proposition, or the plain fact it says, beside its denial.

A reading that another scholar contradicts stands in the graph as before; that it is disputed is
told to who does not ask for it.
"""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode

from glocal_kg._questions.notes.again import asked
from glocal_kg._questions.notes.query_parts import all_patterns, free, names_in
from glocal_kg._questions.notes.written import name_of
from glocal_kg._rdf.sparql.algebra import Var
from glocal_kg._rdf.store.pairs import distinct
from glocal_kg._study.vocab import GLOCAL

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from glocal_kg._questions.parameters import Bound
    from glocal_kg._rdf.sparql.algebra import Query, Term, TriplePattern
    from glocal_kg._rdf.store.facts import Facts

_MOST = 3
_LOOKED_AT = 1000
"""So many denials are looked at."""
_PARTS = (GLOCAL.subject, GLOCAL.relation, GLOCAL.value)


def denied(
    facts: Facts,
    query: Query,
    rows: Sequence[Sequence[Any]],
    columns: Sequence[str],
    given: Mapping[str, Bound],
) -> Iterator[str]:
    """What stands in rows and is denied; nothing where the query itself asks for denials."""
    moment, seen = facts.moment, facts.selection
    way = moment.find(GLOCAL.denies)
    if way is None or not moment.count(None, way, None, seen):
        return
    patterns, taken = list(all_patterns(query.select.where)), names_in(query)
    if any(one.p == GLOCAL.denies or isinstance(one.p, Var) for one in patterns):
        return
    shown = _AnswerRows(rows, columns, given)
    told = 0
    for number in distinct(moment.scan(None, way, None, seen)[2].copy())[:_LOOKED_AT].tolist():
        proposition = moment.term(number)
        if not isinstance(proposition, NamedNode) or told == _MOST:
            continue
        if any(
            shown.meets(one, fact) and _comes_from(facts, query, one, fact, given)
            for fact in _said(facts, proposition)
            for one in patterns
        ):
            told += 1
            a, who = (free(one, taken) for one in ("a", "who"))
            yield (
                f"Somebody denies {name_of(proposition)}:"
                f" ?{a} glocal:denies {name_of(proposition)} ; glocal:by ?{who}."
            )


def _said(facts: Facts, proposition: NamedNode) -> Iterator[tuple[Term, Term, Term]]:
    """The facts about a proposition and the plain ones that it says, where they are seen."""
    moment, seen = facts.moment, facts.selection
    number = moment.find(proposition)
    parts: list[list[int]] = []
    for way in _PARTS:
        by = moment.find(way)
        values = [] if by is None else moment.scan(number, by, None, seen)[2].tolist()
        parts.append(values)
        yield from ((proposition, way, one) for one in moment.terms(values))
    for s in parts[0]:
        for p in parts[1]:
            for o in parts[2]:
                if moment.count(s, p, o, seen):
                    yield moment.term(s), moment.term(p), moment.term(o)


def _comes_from(
    facts: Facts,
    query: Query,
    pattern: TriplePattern,
    fact: tuple[Term, Term, Term],
    given: Mapping[str, Bound],
) -> bool:
    """Whether some row comes from a fact, by what its columns do not show too."""
    bound = dict(given)
    for end, term in ((pattern.s, fact[0]), (pattern.o, fact[2])):
        if isinstance(end, Var):
            if not isinstance(term, NamedNode | Literal):
                return True
            bound[end.name] = term
    whether = query.but(form="ASK", select=query.select.but(keys=None, having=(), order=()))
    return bool(asked(facts, whether, bound))


class _AnswerRows:
    """The rows of an answer, by their columns."""

    def __init__(
        self, rows: Sequence[Sequence[Any]], columns: Sequence[str], given: Mapping[str, Bound]
    ) -> None:
        self._rows, self._columns, self._given = rows, tuple(columns), given

    def meets(self, pattern: TriplePattern, fact: tuple[Term, Term, Term]) -> bool:
        """Whether a pattern met a fact in some row, as far as its columns show."""
        if pattern.p != fact[1]:
            return False
        held: list[tuple[int, Term]] = []
        for end, term in ((pattern.s, fact[0]), (pattern.o, fact[2])):
            here = self._given.get(end.name, end) if isinstance(end, Var) else end
            if not isinstance(here, Var):
                if here != term:
                    return False
            elif here.name in self._columns:
                held.append((self._columns.index(here.name), term))
        return bool(held) and any(all(row[at] == term for at, term in held) for row in self._rows)


__all__ = ["denied"]
