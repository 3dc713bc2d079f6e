"""Why a query found nothing, where it can be known: what a careful colleague would say.

Only what can be shown is said: a term that is in no fact, a class without instances, a property
without facts, a pattern that fits the other way round, a literal that the data write otherwise,
facts that only a switch shows or only propositions say. Looked at are the patterns that every
row needs; a query that is rightly empty gets no note. It costs nothing where rows come.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches

import numpy as np
from pyoxigraph import Literal, NamedNode

from glocal_kg._questions.compared import compared
from glocal_kg._questions.query_parts import filters, names_of_kind, needed_by, occurs, patterns
from glocal_kg._questions.said import said
from glocal_kg._questions.written import local_of, name_of, written
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
from glocal_kg._rdf.store.moment import (
    ASSERTED,
    EVERYTHING,
    INFERRED,
    INTERPRETED,
    Selection,
)
from glocal_kg._study.migration import is_old, successor
from glocal_kg._study.usual import usual
from glocal_kg._study.vocab import BASE, GLOCAL

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from glocal_kg._questions.parameters import Bound
    from glocal_kg._rdf.sparql.algebra import Expression, Term

MOST = 5
"""So many notes are given."""


def notes(facts: Facts, query: Query, given: Mapping[str, Bound] | None = None) -> list[str]:
    """What can be said of a query that found nothing, the first causes first."""
    from glocal_kg._questions.blind import blind
    from glocal_kg._questions.nowhere import nowhere

    look = Look(facts, dict(given or {}))
    found = [*blind(query, look.given), *look.group(query.select.where), *nowhere(facts, query)]
    return list(dict.fromkeys(found))[:MOST]


def notes_on_columns(
    facts: Facts, query: Query, empty: Collection[str], given: Mapping[str, Bound] | None = None
) -> list[str]:
    """What can be said of columns that have no value in any row: of what is optional there."""
    look = Look(facts, dict(given or {}))
    found: list[str] = []
    for step in query.select.where.steps:
        if isinstance(step, Optional):
            inside = list(patterns(step.group))
            named = {end.name for one in inside for end in (one.s, one.o) if isinstance(end, Var)}
            for column in sorted(named & set(empty)):
                told = list(look.group(step.group))
                found += [f"?{column} has no value in any row. {one}" for one in told[:1]]
    return list(dict.fromkeys(found))[:MOST]


@dataclass
class Look:
    """A look at the facts that a query saw, and at those it did not see."""

    facts: Facts
    given: dict[str, Bound]

    def group(self, group: GroupPattern) -> Iterator[str]:
        """What can be said of a group that found nothing, where it is sure."""
        needed = list(patterns(group))
        yield from self.terms(needed)
        yield from self.graphs(group)
        yield from self.shapes(needed)
        tests = list(filters(group))
        yield from self.filtered(tests)
        yield from compared(self.facts, tests, needed)
        for step in group.steps:
            if isinstance(step, Union):  # all of its branches must have found nothing
                branches = [list(self.group(branch)) for branch in step.branches]
                if all(branches):
                    yield from (one for branch in branches for one in branch)

    def graphs(self, group: GroupPattern) -> Iterator[str]:
        """Graphs that hold nothing, and things in VALUES that are nearly the name of one."""
        for step in group.steps:
            if isinstance(step, NamedGraphPattern) and isinstance(step.name, NamedNode):
                yield from self.graph(step.name)
            elif isinstance(step, InlineData) and not any(
                term is None or not isinstance(term, NamedNode) or self.occurs(term)
                for row in step.rows
                for term in row
            ):
                for term in dict.fromkeys(term for row in step.rows for term in row):
                    told = self.unknown(term, names_of_kind(self.facts.moment, None), term)  # type: ignore[arg-type]
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
                    for term in named:
                        told = self.unknown(term, names_of_kind(self.facts.moment, None), term)
                        if "Did you mean" in told:
                            yield told

    # Terms that are nowhere, or have no facts here

    def terms(self, patterns: list[TriplePattern]) -> Iterator[str]:
        for pattern in patterns:
            for node in needed_by(pattern.p):
                yield from self._property(node)
            for end in (pattern.s, pattern.o):
                term = self._term(end)
                if not isinstance(term, NamedNode):
                    continue
                if pattern.p == RDF.type and end is pattern.o:
                    yield from self._class(term)
                elif not self.occurs(term):
                    yield self.unknown(term, names_of_kind(self.facts.moment, None), end)

    def _property(self, node: NamedNode) -> Iterator[str]:
        number = self.facts.moment.find(node)
        if number is not None and self._count(None, number, None):
            return
        if not self.occurs(node) and not self._counted(None, node, None, EVERYTHING):
            yield self.unknown(node, names_of_kind(self.facts.moment, "p"), node)
            return
        elsewhere = self._elsewhere(None, node, None)
        if elsewhere:
            yield f"{name_of(node)} has facts only where {elsewhere}."
            return
        near = [one for one in self._related(node, RDFS.subPropertyOf) if self._has(one)]
        instead = near or [
            one
            for one in usual(node.value, names_of_kind(self.facts.moment, "p"))
            if self._has(one)
        ]
        told = said(self.facts, None, node, None)
        absent = f"No fact has the property {name_of(node)}."
        yield f"{absent} {told}" if told else absent + _instead(instead)

    def _class(self, node: NamedNode) -> Iterator[str]:
        if self._counted(None, RDF.type, node, self.facts.selection):
            return
        if not self.occurs(node):
            yield self.unknown(node, names_of_kind(self.facts.moment, "c"), node)
            return
        elsewhere = self._elsewhere(None, RDF.type, node)
        if elsewhere:
            yield f"{name_of(node)} has instances only where {elsewhere}."
            return
        near = [
            one
            for one in self._related(node, RDFS.subClassOf)
            if self._counted(None, RDF.type, one, self.facts.selection)
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

    # Patterns that cannot fit as they stand

    def shapes(self, patterns: list[TriplePattern]) -> Iterator[str]:
        classes = self._classes(patterns)
        for pattern in patterns:
            if not isinstance(pattern.p, NamedNode) or not self._has(pattern.p):
                continue
            s, o = self._term(pattern.s), self._term(pattern.o)
            if isinstance(o, Literal):
                if not self._counted(s, pattern.p, o, self.facts.selection):
                    yield from written(self.facts, pattern.p, o)
            elif s is not None or o is not None:
                yield from self._ends(pattern.p, s, o)
            elif pattern.p != RDF.type:
                yield from self._turned(pattern, classes)

    def _ends(self, p: NamedNode, s: Term | None, o: Term | None) -> Iterator[str]:
        if self._counted(s, p, o, self.facts.selection):
            return
        if any(term is not None and not self.occurs(term) for term in (s, o)):
            return  # told before
        elsewhere = self._elsewhere(s, p, o)
        if elsewhere:
            yield f"{_fact(s, p, o)} holds only where {elsewhere}."
        elif s is None and o is not None and (other := self._leading(p, o)):
            yield f"{_part(o)} is no value of {name_of(p)}; it is one of {name_of(other)}."
        elif (
            p != RDF.type
            and self._counted(o, p, s, self.facts.selection)
            and not self._fits(p, s, o)
        ):
            yield f"{name_of(p)} is used the other way round here: {_fact(o, p, s)}."
        elif told := said(self.facts, s, p, o):
            yield f"No fact is {_fact(s, p, o)}. {told}"

    def _leading(self, p: NamedNode, o: Term) -> NamedNode | None:
        """The property that leads to a thing from what has another property, most often."""
        moment, selection = self.facts.moment, self.facts.selection
        number, value, a = moment.find(p), moment.find(o), moment.find(RDF.type)
        if number is None or value is None or p == RDF.type or self._fits(p, None, o):
            return None
        subjects, ways, _ = moment.scan(None, None, value, selection)
        mine = np.isin(subjects, moment.scan(None, number, None, selection)[0]) & (ways != a)
        found, counts = np.unique(ways[mine], return_counts=True)
        best = moment.term(int(found[counts.argmax()])) if len(found) else None
        return best if isinstance(best, NamedNode) and best in GLOCAL else None

    def _fits(self, p: NamedNode, s: Term | None, o: Term | None) -> bool:
        """Whether a thing of the same kind stands at this end of the property elsewhere."""
        moment, selection = self.facts.moment, self.facts.selection
        number, a = moment.find(p), moment.find(RDF.type)
        thing = s if s is not None else o
        me = None if thing is None else moment.find(thing)
        if number is None or a is None or me is None:
            return False
        columns = moment.scan(None, number, None, selection)
        others = columns[0] if s is not None else columns[2]
        for kind in moment.scan(me, a, None, Selection((ASSERTED,)))[2].tolist():
            if np.isin(others, moment.scan(None, a, kind, selection)[0]).any():
                return True
        return False

    def _turned(self, pattern: TriplePattern, classes: dict[str, list[NamedNode]]) -> Iterator[str]:
        """A property between variables, one of whose classes is only at its other end."""
        assert isinstance(pattern.p, NamedNode)
        moment, selection = self.facts.moment, self.facts.selection
        p, a = moment.find(pattern.p), moment.find(RDF.type)
        if p is None or a is None:
            return
        subjects, _, objects = moment.scan(None, p, None, selection)
        for end, mine, other in ((pattern.s, subjects, objects), (pattern.o, objects, subjects)):
            for kind in classes.get(end.name, []) if isinstance(end, Var) else []:
                number = moment.find(kind)
                if number is None:
                    continue
                instances = moment.scan(None, a, number, selection)[0]
                if np.isin(mine, instances).any() or not len(instances):
                    continue
                if not np.isin(other, instances).any():
                    for one in usual(pattern.p.value, names_of_kind(moment, "p")):
                        having = moment.scan(None, moment.find(one), None, selection)[0]
                        if end is pattern.s and np.isin(having, instances).any():
                            yield (
                                f"No {name_of(kind)} has {name_of(pattern.p)}. "
                                f"Did you mean {name_of(one)}?"
                            )
                else:
                    place = "its value" if end is pattern.s else "its subject"
                    yield (
                        f"{name_of(pattern.p)} is used the other way round here: a {name_of(kind)}"
                        f" is {place}."
                    )

    def _classes(self, patterns: list[TriplePattern]) -> dict[str, list[NamedNode]]:
        found: dict[str, list[NamedNode]] = {}
        for pattern in patterns:
            if (
                pattern.p == RDF.type
                and isinstance(pattern.s, Var)
                and isinstance(pattern.o, NamedNode)
            ):
                found.setdefault(pattern.s.name, []).append(pattern.o)
        return found

    # Looking

    def _term(self, node: object) -> Term | None:
        if isinstance(node, Var):
            return self.given.get(node.name)
        return node if isinstance(node, NamedNode | Literal) else None

    def occurs(self, term: Term) -> bool:
        return occurs(self.facts.moment, term)

    def _has(self, p: NamedNode) -> bool:
        return self._counted(None, p, None, self.facts.selection) > 0

    def _counted(self, s: Term | None, p: Term, o: Term | None, selection: Selection) -> int:
        find = self.facts.moment.find
        a, b, c = (None if term is None else find(term) for term in (s, p, o))
        if b is None or (s is not None and a is None) or (o is not None and c is None):
            return 0
        return self.facts.moment.count(a, b, c, selection)

    def _count(self, s: int | None, p: int | None, o: int | None) -> int:
        return self.facts.moment.count(s, p, o, self.facts.selection)

    def _elsewhere(self, s: Term | None, p: Term, o: Term | None) -> str:
        """The switch that shows a fact which is not seen, in words; empty where none does."""
        layers = self.facts.selection.layers
        if ASSERTED in layers and self.facts.selection.graphs is None:
            if INTERPRETED not in layers and self._counted(s, p, o, Selection((INTERPRETED,))):
                return "interpretations are seen: interpreted=True, or --interpreted"
            if layers in ((ASSERTED,), (ASSERTED, INTERPRETED)) and self._counted(
                s, p, o, Selection((INFERRED,))
            ):
                return "what follows is seen: inferred=True, or without --asserted"
        return ""

    def _related(self, node: NamedNode, by: NamedNode) -> list[NamedNode]:
        """The terms below one."""
        quads = self.facts.quads_for_pattern
        found = {quad.subject for quad in quads(None, by, node)}
        return sorted((one for one in found if isinstance(one, NamedNode) and one != node), key=str)


def _fact(s: Term | None, p: NamedNode, o: Term | None) -> str:
    parts = [name_of(term) if isinstance(term, NamedNode) else "?" for term in (s, p, o)]
    return " ".join(parts)


def _part(term: Term) -> str:
    return name_of(term) if isinstance(term, NamedNode) else str(term)


def _instead(near: list[NamedNode]) -> str:
    return (
        f" {' and '.join(map(name_of, near[:3]))} {'have' if near[1:] else 'has'}." if near else ""
    )
