"""What propositions say and no plain fact does: said with a "can", of one time, by somebody else.

A plain fact is a promise, so a query for plain facts can come back empty, or with less, while the
sources do speak of it: then the answer tells which pattern finds what they say.
"""

from __future__ import annotations

import numpy as np
from pyoxigraph import Literal, NamedNode

from glocal_kg._questions.notes.query_parts import (
    all_patterns,
    free,
    names_in,
    patterns,
    wanted,
)
from glocal_kg._questions.notes.written import name_of
from glocal_kg._rdf.sparql.algebra import Inverse, Repeat, Var
from glocal_kg._study.vocab import GLOCAL

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from typing import TypeAlias

    from glocal_kg._questions.parameters import Bound
    from glocal_kg._rdf.sparql.algebra import Query, Term, TriplePattern
    from glocal_kg._rdf.store.facts import Facts
    from glocal_kg._rdf.store.moment import Column

    End: TypeAlias = tuple[object, Term | None]
    """What stands at an end of a pattern, and its term; None for any."""


_LOOKED_AT = 500
"""So many propositions on one thing are compared with what is plain."""


def said(
    facts: Facts, p: NamedNode | None, subject: End, value: End, taken: Collection[str]
) -> str:
    """How many propositions say a fact, and how to ask for them; empty where none does.

    ``taken`` are the variables of the query, which are not taken for something else.
    """
    ends = {GLOCAL.relation: p, GLOCAL.subject: subject[1], GLOCAL.value: value[1]}
    found = _propositions(facts, ends)
    if not len(found):
        return ""
    asked = " ; ".join(
        f"{name_of(way)} {name_of(end) if isinstance(end, NamedNode) else called}"
        for (way, end), called in zip(
            ends.items(),
            (
                f"?{free('how', taken)}",
                _called(subject[0], free("subject", taken)),
                _called(value[0], free("value", taken)),
            ),
            strict=True,
        )
    )
    speak = "1 proposition speaks" if len(found) == 1 else f"{len(found)} propositions speak"
    return f"{speak} of it, with who says it and how: ?{free('p', taken)} {asked}."


def said_besides(facts: Facts, query: Query, given: Mapping[str, Bound]) -> Iterator[str]:
    """What is said of parts of a query that meet no plain fact, wherever they stand in it.

    So it is of a relation in a UNION, in FILTER or in VALUES, and of a thing that is asked for
    all that is said of it.
    """
    if facts.moment.find(GLOCAL.relation) is None:
        return
    where, taken = query.select.where, names_in(query)
    for one in patterns(where):
        yield from _first_steps(facts, one, given, taken)
    for pattern in all_patterns(where):
        subject, value = ((end, _term(end, given)) for end in (pattern.s, pattern.o))
        if isinstance(pattern.p, NamedNode):
            relations = [pattern.p]
        else:
            assert isinstance(pattern.p, Var)
            fixed = given.get(pattern.p.name)
            relations = [fixed] if isinstance(fixed, NamedNode) else wanted(pattern.p.name, where)
            if not relations and isinstance(subject[1], NamedNode):
                yield from _more_of(facts, subject, value, taken)
        for p in relations:
            if not _met(facts, subject[1], p, value[1]):
                told = said(facts, p, subject, value, taken)
                if told and subject[1] is value[1] is None:
                    yield f"No fact has the property {name_of(p)}. {told}"
                elif told:
                    ends = [name_of(one) if isinstance(one, NamedNode) else "?"
                            for one in (subject[1], p, value[1])]  # fmt: skip
                    yield f"No fact is {' '.join(ends)}. {told}"


def _first_steps(
    facts: Facts, pattern: TriplePattern, given: Mapping[str, Bound], taken: Collection[str]
) -> Iterator[str]:
    """What is said of the thing that a path of one property, repeated, starts or ends at."""
    path = pattern.p
    s, o = pattern.s, pattern.o
    while isinstance(path, Repeat | Inverse):
        if isinstance(path, Inverse):
            s, o = o, s
        elif not path.least:  # it may be no step at all
            return
        path = path.path
    if not isinstance(path, NamedNode) or path == pattern.p:
        return
    start, end = (_term(one, given) for one in (s, o))
    for ends in ((start, None), (None, end)):
        if ends != (None, None) and not _met(facts, ends[0], path, ends[1]):
            told = said(facts, path, (s, ends[0]), (o, ends[1]), taken)
            if told:
                names = [name_of(one) if isinstance(one, NamedNode) else "?"
                         for one in (ends[0], path, ends[1])]  # fmt: skip
                yield f"No fact is {' '.join(names)}. {told}"


def _more_of(facts: Facts, subject: End, value: End, taken: Collection[str]) -> Iterator[str]:
    """How many propositions say of a thing what no plain fact does."""
    ends = {GLOCAL.subject: subject[1], GLOCAL.value: value[1]}
    moment, seen = facts.moment, facts.selection
    found = _propositions(facts, ends)
    ways = [moment.find(way) for way in (GLOCAL.relation, GLOCAL.value)]
    me = moment.find(subject[1]) if subject[1] is not None else None
    relation, value_of = ways
    if not len(found) or relation is None or value_of is None or me is None:
        return
    beyond = set()
    for proposition in found[:_LOOKED_AT].tolist():
        of = [moment.scan(proposition, way, None, seen)[2].tolist() for way in (relation, value_of)]
        if any(not moment.count(me, p, o, seen) for p in of[0] for o in of[1]):
            beyond.add(proposition)
    if beyond:
        assert isinstance(subject[1], NamedNode)
        name, many = name_of(subject[1]), len(beyond)
        p, how, held = (free(one, taken) for one in ("p", "how", "value"))
        least = " or more" if len(found) > _LOOKED_AT else ""
        speak = f"{many}{least} propositions say" if many > 1 or least else "1 proposition says"
        yield (
            f"{speak} of {name} what no plain fact does, with who says it and how:"
            f" ?{p} glocal:subject {name} ; glocal:relation ?{how} ; glocal:value ?{held}."
        )


def _propositions(facts: Facts, ends: Mapping[NamedNode, Term | None]) -> Column:
    """The propositions with these parts; None stands for any."""
    moment, seen = facts.moment, facts.selection
    found: Column | None = None
    for way, end in ends.items():
        if end is None:
            continue
        by, number = moment.find(way), moment.find(end)
        if by is None or number is None:
            return np.empty(0, np.int32)
        having = moment.scan(None, by, number, seen)[0]
        found = having if found is None else found[np.isin(found, having)]
    return np.empty(0, np.int32) if found is None else np.unique(found)


def _met(facts: Facts, s: Term | None, p: NamedNode, o: Term | None) -> bool:
    """Whether a pattern meets a fact; so it does where its terms are in none, which is told."""
    find = facts.moment.find
    a, b, c = (None if term is None else find(term) for term in (s, p, o))
    if b is None or (s is not None and a is None) or (o is not None and c is None):
        return True
    return facts.moment.count(a, b, c, facts.selection) > 0


def _called(end: object, otherwise: str) -> str:
    """The variable of an end as its query calls it."""
    if isinstance(end, Var) and not end.name.startswith("_:"):
        return f"?{end.name}"
    return f"?{otherwise}"


def _term(node: object, given: Mapping[str, Bound]) -> Term | None:
    if isinstance(node, Var):
        return given.get(node.name)
    return node if isinstance(node, NamedNode | Literal) else None


__all__ = ["said", "said_besides"]
