"""Why a query found nothing, where it can be known: what a careful colleague would say.

Only what can be shown is said: a term that is in no fact, a class without instances, a property
without facts, a pattern that fits the other way round, a literal that the data write otherwise,
facts that only a switch shows or only propositions say. Looked at are the patterns that every
row needs; a query that is rightly empty gets no note. It costs nothing where rows come.
"""

from __future__ import annotations

from difflib import get_close_matches
from itertools import chain, islice

import numpy as np
from pyoxigraph import NamedNode

from glocal_kg._questions.notes.compared import compared
from glocal_kg._questions.notes.fitting import Fitting
from glocal_kg._questions.notes.query_parts import (
    NAMES,
    filters,
    names_in,
    names_of_kind,
    needed_by,
    patterns,
)
from glocal_kg._questions.notes.said import said
from glocal_kg._questions.notes.written import local_of, name_of
from glocal_kg._rdf.namespaces import RDF, RDFS, prefixes
from glocal_kg._rdf.sparql.algebra import (
    Call,
    GroupPattern,
    InlineData,
    NamedGraphPattern,
    Optional,
    Query,
    TriplePattern,
    Union,
    Var,
)
from glocal_kg._rdf.store.facts import Facts
from glocal_kg._rdf.store.selection import EVERYTHING
from glocal_kg._study.migration import is_old, successor
from glocal_kg._study.usual import usual
from glocal_kg._study.vocab import BASE, GLOCAL

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from glocal_kg._questions.parameters import Bound
    from glocal_kg._rdf.sparql.algebra import Expression

MOST = 5
"""So many notes are given."""
_FEW = 12
"""So many values of a property are listed, names of VALUES and branches of UNION looked at."""


def notes(facts: Facts, query: Query, given: Mapping[str, Bound] | None = None) -> list[str]:
    """What can be said of a query that found nothing, the first causes first."""
    from glocal_kg._questions.notes.blind import blind
    from glocal_kg._questions.notes.nowhere import nowhere
    from glocal_kg._questions.notes.said import said_besides

    look = Look(facts, dict(given or {}), names_in(query))
    told = islice(look.group(query.select.where), 3 * MOST)  # each may look at all names there are
    found = [*blind(query, look.given), *told, *nowhere(facts, query)]
    found += said_besides(facts, query, look.given)
    first = {_led(one): one for one in reversed(found)}
    once = [one for one in dict.fromkeys(found) if first[_led(one)] == one]
    return [one for one in once if not any(_has_more(each, one) for each in once)][:MOST]


def _has_more(note: str, other: str) -> bool:
    return note != other and note.startswith(other)


def _led(note: str) -> str:
    """The pattern that a note leads to; where there is none, what it says."""
    return note.partition("and how: ")[2] or note


def notes_on_columns(
    facts: Facts, query: Query, empty: Collection[str], given: Mapping[str, Bound] | None = None
) -> list[str]:
    """What can be said of columns that have no value in any row: of what is optional there."""
    look = Look(facts, dict(given or {}), names_in(query))
    found: list[str] = []
    for step, outside in _optional(query.select.where):
        inside = list(patterns(step.group))
        named = {end.name for one in inside for end in (one.s, one.o) if isinstance(end, Var)}
        for column in sorted(named & set(empty)):
            told = list(look.group(step.group, outside))
            found += [f"?{column} has no value in any row. {one}" for one in told[:1]]
    return list(dict.fromkeys(found))[:MOST]


def _optional(
    group: GroupPattern, outside: tuple[TriplePattern, ...] = ()
) -> Iterator[tuple[Optional, tuple[TriplePattern, ...]]]:
    """Each OPTIONAL of a group, and the patterns that its rows have met before."""
    met = (*outside, *patterns(group))
    for step in group.steps:
        if isinstance(step, Optional):
            yield step, met
        if isinstance(step, Optional | NamedGraphPattern):
            yield from _optional(step.group, met)
        elif isinstance(step, GroupPattern):
            yield from _optional(step, met)
        elif isinstance(step, Union):
            for branch in step.branches:
                yield from _optional(branch, met)


class Look(Fitting):
    """A look at the facts that a query saw, and at those it did not see."""

    def group(self, group: GroupPattern, outside: tuple[TriplePattern, ...] = ()) -> Iterator[str]:
        """What can be said of a group that found nothing, where it is sure.

        ``outside`` are patterns that its rows have met before.
        """
        needed = list(patterns(group))
        yield from self.terms(needed)
        yield from self.graphs(group)
        yield from self.shapes(needed, outside)
        tests = list(filters(group))
        yield from self.filtered(tests)
        yield from compared(self.facts, tests, needed)
        for step in group.steps:
            if isinstance(step, Union) and len(step.branches) <= _FEW:
                # all of its branches must have found nothing
                branches = [list(self.group(branch)) for branch in step.branches]
                if all(branches):
                    yield from (one for branch in branches for one in branch)

    def graphs(self, group: GroupPattern) -> Iterator[str]:
        """Graphs that hold nothing, and things in VALUES that are nearly the name of one."""
        for step in group.steps:
            if isinstance(step, NamedGraphPattern) and isinstance(step.name, NamedNode):
                yield from self.graph(step.name)
            elif isinstance(step, InlineData):
                terms = list(islice(dict.fromkeys(chain.from_iterable(step.rows)), NAMES + 1))
                if len(terms) > NAMES or not all(
                    isinstance(term, NamedNode) and not self.occurs(term) for term in terms
                ):
                    continue
                for term in terms[:_FEW]:
                    told = self.unknown(term, names_of_kind(self.facts.moment, None), term)  # type: ignore[arg-type]  # an IRI each, as was looked
                    if "Did you mean" in told:
                        yield told

    def graph(self, name: NamedNode) -> Iterator[str]:
        """That there is no graph of this name, with the nearest one."""
        held = self.facts.moment.graphs(EVERYTHING)
        terms = self.facts.moment.terms(held.tolist())
        names = [term.value for term in terms if isinstance(term, NamedNode)]
        if name.value not in names:
            close = get_close_matches(name.value, names, 2, 0.8)
            meant = " or ".join(name_of(NamedNode(one)) for one in close)
            meant = f" Did you mean {meant}?" if close else " kg.graphs() lists them."
            yield f"There is no graph {name_of(name)}.{meant}"

    def filtered(self, filters: list[Expression]) -> Iterator[str]:
        """Things that a filter names and that are nowhere."""
        for one in filters:
            if isinstance(one, Call) and one.name in ("=", "IN"):
                named = [term for term in one.args if isinstance(term, NamedNode)]
                if named and not any(map(self.occurs, named)):
                    for term in named[:_FEW]:
                        told = self.unknown(term, names_of_kind(self.facts.moment, None), term)
                        if "Did you mean" in told:
                            yield told

    # Terms that are nowhere, or have no facts here

    def terms(self, patterns: list[TriplePattern]) -> Iterator[str]:
        for pattern in patterns:
            for node in needed_by(pattern.p):
                yield from self._property(node, pattern)
            for end in (pattern.s, pattern.o):
                term = self.term_of(end)
                if not isinstance(term, NamedNode):
                    continue
                if pattern.p == RDF.type and end is pattern.o:
                    yield from self._class(term)
                elif not self.occurs(term):
                    told = self.unknown(term, names_of_kind(self.facts.moment, None), end)
                    yield told + self._others(pattern) if end is pattern.o else told

    def _others(self, pattern: TriplePattern) -> str:
        """The values that a property of ours has, where they are few: one of a list was meant."""
        p = pattern.p
        if not isinstance(p, NamedNode) or p not in GLOCAL or not self.has(p):
            return ""
        values = np.unique(self.ends(p)[1])
        if len(values) > _FEW:
            return ""
        terms = [one for one in self.facts.moment.terms(values) if isinstance(one, NamedNode)]
        return f" Values of {name_of(p)} are {', '.join(sorted(map(name_of, terms)))}."

    def _property(self, node: NamedNode, ends: TriplePattern) -> Iterator[str]:
        if self.has(node):
            return
        if not self.occurs(node) and not self.counted(None, node, None, EVERYTHING):
            yield self.unknown(node, names_of_kind(self.facts.moment, "p"), node)
            return
        elsewhere = self.elsewhere(None, node, None)
        if elsewhere:
            yield f"{name_of(node)} has facts only where {elsewhere}."
            return
        near = [one for one in self.related(node, RDFS.subPropertyOf) if self.has(one)]
        instead = near or [
            one for one in usual(node.value, names_of_kind(self.facts.moment, "p")) if self.has(one)
        ]
        subject, value = ((end, self.term_of(end)) for end in (ends.s, ends.o))
        told = said(self.facts, node, subject, value, self.taken) or said(
            self.facts, node, (ends.s, None), (ends.o, None), self.taken
        )
        absent = f"No fact has the property {name_of(node)}."
        if self.may_follow:
            absent = f"No asserted fact has the property {name_of(node)}."
            yield f"{absent} It may follow: {self.may_follow}.{told and f' {told}'}"
            return
        yield f"{absent} {told}" if told else absent + _instead(instead)

    def _class(self, node: NamedNode) -> Iterator[str]:
        if self.counted(None, RDF.type, node, self.facts.selection):
            return
        if not self.occurs(node):
            yield self.unknown(node, names_of_kind(self.facts.moment, "c"), node)
            return
        elsewhere = self.elsewhere(None, RDF.type, node)
        if elsewhere:
            yield f"{name_of(node)} has instances only where {elsewhere}."
            return
        if self.may_follow:
            yield f"Nothing is asserted to be a {name_of(node)}. It may follow: {self.may_follow}."
            return
        near = [
            one
            for one in self.related(node, RDFS.subClassOf)
            if self.counted(None, RDF.type, one, self.facts.selection)
        ]
        yield f"{name_of(node)} has no instance here.{_instead(near)}"

    def unknown(self, node: NamedNode, names: dict[str, NamedNode], end: object) -> str:
        said = "" if not isinstance(end, Var) else f" (parameter {end.name})"
        if node.value.partition(":")[0] in prefixes():
            return f"<{node.value}> is an IRI in full; write {node.value} without the brackets."
        cut = max(node.value.rfind("#"), node.value.rfind("/")) + 1
        base, local = node.value[:cut], node.value[cut:]
        same = {
            name[len(base) :]: one
            for name, one in names.items()
            if name.startswith(base) and "/" not in name[len(base) :]
        }
        lowered = {name.lower(): one for name, one in same.items()}
        close = [same[name] for name in get_close_matches(local, sorted(same), 2, 0.6)]
        if local.lower() in lowered:
            close = [lowered[local.lower()]]
        if not close:  # the same name in another namespace
            close = [one for name, one in sorted(names.items()) if local_of(name) == local][:2]
        if is_old(node.value):
            now = successor(node.value)
            return f"{name_of(node)} is a name of the first edition: now it is {now}."
        if not node.value.startswith(f"{BASE}id/"):  # a thing of ours is no term
            close = usual(node.value, names) or close
        meant = f" Did you mean {' or '.join(map(name_of, close))}?" if close else ""
        return f"{name_of(node)}{said} is in no fact here.{meant}"


def _instead(near: list[NamedNode]) -> str:
    return (
        f" {' and '.join(map(name_of, near[:3]))} {'have' if near[1:] else 'has'}." if near else ""
    )
