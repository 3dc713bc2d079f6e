"""How many rows of an answer rest on propositions that are not said flatly.

Who reads subject, relation and value of a proposition and not its modality gets what is denied,
can be or should be beside what is so, and no row tells which.
"""

from __future__ import annotations

from collections import Counter

from pyoxigraph import NamedNode

from glocal_kg._questions.notes.again import asked, rewritten
from glocal_kg._questions.notes.query_parts import all_patterns, free, names_in
from glocal_kg._questions.notes.written import local_of
from glocal_kg._rdf.sparql.algebra import (
    BasicPattern,
    GroupPattern,
    Optional,
    Projected,
    TriplePattern,
    Var,
)
from glocal_kg._study.vocab import GLOCAL

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from glocal_kg._questions.parameters import Bound
    from glocal_kg._rdf.sparql.algebra import Query, Select
    from glocal_kg._rdf.store.facts import Facts

_LOOKED_AT = 1000
"""So many propositions are looked at, whether a source says them itself."""
_HOW = "_:how"


def not_flatly(facts: Facts, query: Query, given: Mapping[str, Bound] | None) -> Iterator[str]:
    """How many rows are not said flatly, by modality, and the pattern that shows it.

    Nothing is said where the query itself asks for the modality, or says nothing of a value.
    """
    moment, seen = facts.moment, facts.selection
    way = moment.find(GLOCAL.modality)
    if query.form == "DESCRIBE" or way is None or not moment.count(None, way, None, seen):
        return
    every, taken = list(all_patterns(query.select.where)), names_in(query)
    if any(one.p == GLOCAL.modality for one in every):
        return
    for name in _propositions_of(query, every):
        counted = _counted(facts, query, name, given)
        if counted:
            many = sum(counted.values())
            how = ", ".join(f"{local_of(one)} {count:,}" for one, count in counted.most_common())
            what = "rows" if _has_rows(query) else "propositions"
            yield (
                f"{many:,} of the {what} {'is' if many == 1 else 'are'} not said flatly: {how}."
                f" OPTIONAL {{ ?{_shown(name, taken)} glocal:modality ?{free('how', taken)} }}"
                " shows it."
            )


def _counted(
    facts: Facts, query: Query, name: str, given: Mapping[str, Bound] | None
) -> Counter[str]:
    """How many rows rest on a proposition with each modality."""
    select = query.select
    pattern = Optional(GroupPattern((BasicPattern((_how(name),)),)))
    where = rewritten(select.where, lambda step: (step, pattern) if _reads(step, name) else (step,))
    if where == select.where:
        return Counter()
    if _has_rows(query):
        columns = (*select.columns, Projected(_HOW))
        select = select.but(columns=columns, where=where)
    else:
        columns = (Projected(name), Projected(_HOW))
        select = _each_once(select.but(columns=columns, where=where))
    found = asked(facts, query.but(form="SELECT", select=select), given) or ()
    return Counter(row[-1].value for row in found if isinstance(row[-1], NamedNode))


def only_reported(facts: Facts, query: Query, given: Mapping[str, Bound] | None) -> Iterator[str]:
    """How many propositions of an answer no source says itself, and the pattern that shows whose.

    Nothing is said where the query itself asks for assertions.
    """
    moment, seen = facts.moment, facts.selection
    asserts, stated, reported = map(
        moment.find, (GLOCAL.asserts, GLOCAL.statedIn, GLOCAL.reportedIn)
    )
    every, taken = list(all_patterns(query.select.where)), names_in(query)
    if query.form == "DESCRIBE" or None in (asserts, stated, reported):
        return
    if any(one.p == GLOCAL.asserts for one in every):
        return
    for name in _propositions_of(query, every):
        many = 0
        for one in _propositions(facts, query, name, given):
            who = moment.scan(None, asserts, moment.find(one), seen)[0].tolist()
            ways = [
                {way for way in (stated, reported) if moment.count(by, way, None, seen)}
                for by in who
            ]
            many += {reported} in ways and not any(stated in some for some in ways)
        if many:
            a, passage, who = (free(one, taken) for one in ("a", "passage", "who"))
            some = "1 of the propositions is" if many == 1 else f"{many:,} of the propositions are"
            yield (
                f"{some} reported of somebody: ?{a} glocal:asserts ?{_shown(name, taken)} ;"
                f" glocal:reportedIn ?{passage} OPTIONAL {{ ?{a} glocal:by ?{who} }} shows of whom."
            )


def _propositions(
    facts: Facts, query: Query, name: str, given: Mapping[str, Bound] | None
) -> list[NamedNode]:
    """The propositions that an answer rests on; none where they are too many to look at."""
    columns = (Projected(name),)
    select = _each_once(query.select.but(columns=columns)).but(limit=_LOOKED_AT + 1)
    found = asked(facts, query.but(form="SELECT", select=select), given) or ()
    few = len(found) <= _LOOKED_AT
    return [row[0] for row in found if isinstance(row[0], NamedNode)] if few else []


def _propositions_of(query: Query, every: list[TriplePattern]) -> list[str]:
    """The variables of propositions whose value is read; "yes" reads one that it does not name."""
    asked_for = (GLOCAL.value,) if query.form != "ASK" else (GLOCAL.subject, GLOCAL.value)
    return sorted({one.s.name for one in every if one.p in asked_for and isinstance(one.s, Var)})


def _has_rows(query: Query) -> bool:
    """Whether an answer has a row for each match."""
    return query.form == "SELECT" and query.select.keys is None


def _each_once(select: Select) -> Select:
    """The different rows of a query, whatever it makes of them."""
    return select.but(distinct=True, keys=None, having=(), order=(), limit=None, offset=0)


def _reads(step: BasicPattern, name: str) -> bool:
    return any(one.s == Var(name) for one in step.patterns)


def _how(name: str) -> TriplePattern:
    return TriplePattern(Var(name), GLOCAL.modality, Var(_HOW))


def _shown(name: str, taken: Collection[str]) -> str:
    return free("p", taken) if name.startswith("_:") else name


__all__ = ["not_flatly", "only_reported"]
