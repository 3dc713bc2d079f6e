"""Rows that an answer of plain facts would have, were it asked what propositions say.

A plain fact is a promise: it is said flatly. Beside the rows of such facts there can be more that
propositions alone say, with a modality, of one time, or as reported. The query is asked once more
for each relation that has some, with the parts of a proposition beside the fact.
"""

from __future__ import annotations

from functools import partial

from pyoxigraph import NamedNode

from glocal_kg._questions.notes.again import asked, rewritten
from glocal_kg._questions.notes.query_parts import all_patterns, free, names_in
from glocal_kg._questions.notes.written import name_of
from glocal_kg._rdf.sparql.algebra import BasicPattern, GroupPattern, TriplePattern, Union, Var
from glocal_kg._rdf.store.pairs import distinct
from glocal_kg._study.vocab import GLOCAL

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from glocal_kg._questions.parameters import Bound
    from glocal_kg._rdf.sparql.algebra import Query, Step
    from glocal_kg._rdf.store.facts import Facts

_LOOKED_AT = 1000
"""So many propositions of a relation are compared with what is plain."""
_SAYS = Var("_:says")


def alone(
    facts: Facts, query: Query, rows: Sequence[Sequence[Any]], given: Mapping[str, Bound] | None
) -> Iterator[str]:
    """How many rows are more where propositions are asked, by relation, and how to ask them.

    Nothing is said where rows are counted or cut off, or where the query asks propositions itself.
    """
    select, here = query.select, facts.moment.find(GLOCAL.relation)
    cut = select.limit is not None and len(rows) >= select.limit
    if query.form != "SELECT" or select.keys is not None or cut or here is None:
        return
    every, taken = list(all_patterns(select.where)), names_in(query)
    if any(one.p in (GLOCAL.relation, GLOCAL.asserts) for one in every):
        return
    for pattern in dict.fromkeys(every):
        relation = pattern.p
        if not isinstance(relation, NamedNode) or relation not in GLOCAL:  # an order or a date
            continue
        if not _more_than_plain(facts, here, relation):
            continue
        beyond = _beyond(facts, query, pattern, rows, given)
        if beyond:
            row = "row is" if beyond == 1 else "rows are"
            called, subject, value = (f"?{free(one, taken)}" for one in ("p", "subject", "value"))
            yield (
                f"{beyond:,} more {row} said by propositions alone, with a modality, of one time"
                f" or as reported: {called} glocal:relation {name_of(relation)} ;"
                f" glocal:subject {_end(pattern.s, subject)} ;"
                f" glocal:value {_end(pattern.o, value)}."
            )


def _more_than_plain(facts: Facts, relation: int, p: NamedNode) -> bool:
    """Whether a proposition of a relation says what no plain fact does."""
    moment, seen = facts.moment, facts.selection
    number, ways = moment.find(p), [moment.find(one) for one in (GLOCAL.subject, GLOCAL.value)]
    if number is None or None in ways:
        return False
    for one in distinct(moment.scan(None, relation, number, seen)[0].copy())[:_LOOKED_AT].tolist():
        subjects, values = (moment.scan(one, way, None, seen)[2].tolist() for way in ways)
        if not all(moment.count(s, number, o, seen) for s in subjects for o in values):
            return True
    return False


def _beyond(
    facts: Facts,
    query: Query,
    pattern: TriplePattern,
    rows: Sequence[Sequence[Any]],
    given: Mapping[str, Bound] | None,
) -> int:
    """How many rows are new where a proposition may say what a pattern asks."""
    where = rewritten(query.select.where, partial(_said_instead, pattern))
    if where == query.select.where:  # it stands where no row comes from
        return 0
    select = query.select.but(where=where, distinct=True, order=())
    found = asked(facts, query.but(select=select), given)
    return len({tuple(one) for one in found or ()} - {tuple(one) for one in rows})


def _said_instead(pattern: TriplePattern, step: BasicPattern) -> Iterator[Step]:
    """Patterns of which one is met by a fact, or by the parts of a proposition."""
    others = tuple(one for one in step.patterns if one != pattern)
    if others:
        yield step.but(patterns=others)
    if len(others) < len(step.patterns):
        assert isinstance(pattern.p, NamedNode)
        said = (
            TriplePattern(_SAYS, GLOCAL.relation, pattern.p),
            TriplePattern(_SAYS, GLOCAL.subject, pattern.s),
            TriplePattern(_SAYS, GLOCAL.value, pattern.o),
        )
        either = (BasicPattern((pattern,)), BasicPattern(said))
        yield Union(tuple(GroupPattern((one,)) for one in either))


def _end(end: object, otherwise: str) -> str:
    """An end of a pattern as a person writes it."""
    if isinstance(end, NamedNode):
        return name_of(end)
    return f"?{end.name}" if isinstance(end, Var) and not end.name.startswith("_:") else otherwise


__all__ = ["alone"]
