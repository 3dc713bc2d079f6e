"""How many rows of an answer rest on propositions that are not said flatly.

Who reads subject, relation and value of a proposition and not its modality gets what is denied,
can be or should be beside what is so, and no row tells which.
"""

from __future__ import annotations

from collections import Counter

from pyoxigraph import NamedNode

from glocal_kg._questions.notes.query_parts import all_patterns
from glocal_kg._questions.notes.written import local_of
from glocal_kg._rdf.sparql.algebra import (
    BasicPattern,
    NamedGraphPattern,
    Optional,
    Projected,
    TriplePattern,
    Union,
    Var,
)
from glocal_kg._study.vocab import GLOCAL
from glocal_kg.errors import GlocalError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from glocal_kg._questions.parameters import Bound
    from glocal_kg._rdf.sparql.algebra import GroupPattern, Query, Step
    from glocal_kg._rdf.store.facts import Facts

SECONDS = 0.25
"""So long it is looked for at most."""
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
    every = list(all_patterns(query.select.where))
    if any(one.p == GLOCAL.modality for one in every):
        return
    read = {one.s.name for one in every if one.p == GLOCAL.value and isinstance(one.s, Var)}
    for name in sorted(read):
        counted = _counted(facts, query, name, given)
        if counted:
            many = sum(counted.values())
            how = ", ".join(f"{local_of(one)} {count:,}" for one, count in counted.most_common())
            what = "rows" if _has_rows(query) else "propositions"
            yield (
                f"{many:,} of the {what} {'is' if many == 1 else 'are'} not said flatly: {how}."
                f" OPTIONAL {{ ?{_shown(name)} glocal:modality ?how }} shows it."
            )


def _counted(
    facts: Facts, query: Query, name: str, given: Mapping[str, Bound] | None
) -> Counter[str]:
    """How many rows rest on a proposition with each modality."""
    from glocal_kg._rdf.sparql.answering import answer
    from glocal_kg._rdf.sparql.limits import Limits

    select = query.select
    pattern = Optional(_only(TriplePattern(Var(name), GLOCAL.modality, Var(_HOW))))
    where, done = _beside(select.where, name, pattern)
    if not done:
        return Counter()
    if _has_rows(query):
        columns = (*select.columns, Projected(_HOW))
        asked = select.but(columns=columns, where=where)
    else:
        columns = (Projected(name), Projected(_HOW))
        asked = select.but(columns=columns, where=where, distinct=True, keys=None, having=(),
                           order=(), limit=None, offset=0)  # fmt: skip
    try:
        found = answer(query.but(form="SELECT", select=asked), facts.moment, facts.selection,
                       given=given, limits=Limits(SECONDS))  # fmt: skip
    except GlocalError:  # too long, or of no value: nothing is known
        return Counter()
    assert not isinstance(found, bool | list)
    modalities = (row[-1] for row in found.rows())
    return Counter(one.value for one in modalities if isinstance(one, NamedNode))


def only_reported(facts: Facts, query: Query, given: Mapping[str, Bound] | None) -> Iterator[str]:
    """How many propositions of an answer no source says itself, and the pattern that shows whose.

    Nothing is said where the query itself asks for assertions.
    """
    moment, seen = facts.moment, facts.selection
    asserts, stated, reported = map(
        moment.find, (GLOCAL.asserts, GLOCAL.statedIn, GLOCAL.reportedIn)
    )
    every = list(all_patterns(query.select.where))
    if query.form == "DESCRIBE" or None in (asserts, stated, reported):
        return
    if any(one.p == GLOCAL.asserts for one in every):
        return
    read = {one.s.name for one in every if one.p == GLOCAL.value and isinstance(one.s, Var)}
    for name in sorted(read):
        many = 0
        for one in _propositions(facts, query, name, given):
            who = moment.scan(None, asserts, moment.find(one), seen)[0].tolist()
            ways = [
                {way for way in (stated, reported) if moment.count(by, way, None, seen)}
                for by in who
            ]
            many += {reported} in ways and not any(stated in some for some in ways)
        if many:
            some = "1 of the propositions is" if many == 1 else f"{many:,} of the propositions are"
            yield (
                f"{some} reported of somebody: ?a glocal:asserts ?{_shown(name)} ;"
                " glocal:reportedIn ?passage OPTIONAL { ?a glocal:by ?who } shows of whom."
            )


def _propositions(
    facts: Facts, query: Query, name: str, given: Mapping[str, Bound] | None
) -> list[NamedNode]:
    """The propositions that an answer rests on; none where they are too many to look at."""
    from glocal_kg._rdf.sparql.answering import answer
    from glocal_kg._rdf.sparql.limits import Limits

    asked = query.select.but(columns=(Projected(name),), distinct=True, keys=None, having=(),
                             order=(), limit=_LOOKED_AT + 1, offset=0)  # fmt: skip
    try:
        found = answer(query.but(form="SELECT", select=asked), facts.moment, facts.selection,
                       given=given, limits=Limits(SECONDS))  # fmt: skip
    except GlocalError:  # too long, or of no value: nothing is known
        return []
    assert not isinstance(found, bool | list)
    held = [row[0] for row in found.rows()]
    few = len(held) <= _LOOKED_AT
    return [one for one in held if isinstance(one, NamedNode)] if few else []


def _has_rows(query: Query) -> bool:
    """Whether an answer has a row for each match."""
    return query.form == "SELECT" and query.select.keys is None


def _beside(group: GroupPattern, name: str, pattern: Optional) -> tuple[GroupPattern, bool]:
    """A group with a step added where a variable is read; whether it was."""
    steps: list[Step] = []
    done = False
    for step in group.steps:
        now: Step = step
        if isinstance(step, Union):
            made = [_beside(branch, name, pattern) for branch in step.branches]
            done = done or any(one[1] for one in made)
            now = step.but(branches=tuple(one[0] for one in made))
        elif isinstance(step, Optional | NamedGraphPattern):
            inner, there = _beside(step.group, name, pattern)
            done, now = done or there, step.but(group=inner)
        steps.append(now)
        if isinstance(step, BasicPattern) and any(one.s == Var(name) for one in step.patterns):
            steps.append(pattern)
            done = True
    return group.but(steps=tuple(steps)), done


def _only(pattern: TriplePattern) -> GroupPattern:
    from glocal_kg._rdf.sparql.algebra import GroupPattern

    return GroupPattern((BasicPattern((pattern,)),))


def _shown(name: str) -> str:
    return "p" if name.startswith("_:") else name


__all__ = ["not_flatly", "only_reported"]
