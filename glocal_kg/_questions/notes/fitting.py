"""Patterns that cannot fit as they stand: turned round, or of things that never have the property.

That a property is used the other way round is said only where its ends are of declared classes;
of one that anything may have, the classes that have it are named instead.
"""

from __future__ import annotations

import numpy as np
from pyoxigraph import Literal, NamedNode

from glocal_kg._questions.notes.looking import Looking
from glocal_kg._questions.notes.query_parts import names_of_kind
from glocal_kg._questions.notes.said import said
from glocal_kg._questions.notes.written import name_of, written
from glocal_kg._rdf.namespaces import RDF, RDFS
from glocal_kg._rdf.sparql.algebra import Repeat, Sequence, Var
from glocal_kg._rdf.store.selection import ASSERTED, EVERYTHING, INTERPRETED, Selection
from glocal_kg._study.usual import usual
from glocal_kg._study.vocab import GLOCAL

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from glocal_kg._rdf.sparql.algebra import Path, Term, TriplePattern
    from glocal_kg._rdf.store.moment import Column


class Fitting(Looking):
    """What patterns that are all needed have against one another, and against the facts."""

    def shapes(
        self, patterns: list[TriplePattern], outside: tuple[TriplePattern, ...] = ()
    ) -> Iterator[str]:
        """What can be said of patterns whose properties have facts, beside others that are met."""
        classes = _classes([*outside, *patterns])
        for pattern in patterns:
            last = _last_step(pattern.p)
            if last != pattern.p and isinstance(pattern.o, Literal) and last is not None:
                if not self.counted(None, last, pattern.o, self.facts.selection):
                    yield from written(self.facts, last, pattern.o)
                continue
            if not isinstance(pattern.p, NamedNode) or not self.has(pattern.p):
                continue
            s, o = self.term_of(pattern.s), self.term_of(pattern.o)
            if isinstance(o, Literal):
                if not self.counted(s, pattern.p, o, self.facts.selection):
                    yield from written(self.facts, pattern.p, o)
            elif s is not None or o is not None:
                yield from self._ends(pattern, s, o)
            elif pattern.p != RDF.type:
                yield from self._turned(pattern, classes)
        yield from self._joined([*outside, *patterns])

    def _ends(self, pattern: TriplePattern, s: Term | None, o: Term | None) -> Iterator[str]:
        p = pattern.p
        assert isinstance(p, NamedNode)
        if self.counted(s, p, o, self.facts.selection):
            return
        if any(term is not None and not self.occurs(term) for term in (s, o)):
            return  # told before
        elsewhere = self.elsewhere(s, p, o)
        if elsewhere and p == RDF.type and s is None:
            return  # told of the class
        if elsewhere:
            yield f"{fact(s, p, o)} holds only where {elsewhere}."
        elif s is None and o is not None and (other := self._leading(p, o)):
            yield f"{_part(o)} is no value of {name_of(p)}; it is one of {name_of(other)}."
        elif (
            p != RDF.type
            and self.counted(o, p, s, self.facts.selection)
            and not self._fits(p, s, o)
        ):
            yield f"{name_of(p)} is used the other way round here: {fact(o, p, s)}."
        elif told := said(self.facts, p, (pattern.s, s), (pattern.o, o), self.taken):
            yield f"No fact is {fact(s, p, o)}. {told}"
        elif isinstance(s, NamedNode) and p in GLOCAL:
            yield from self._never(s, p)

    def _never(self, s: NamedNode, p: NamedNode) -> Iterator[str]:
        """A thing without a property of ours that a namesake has, or that none of its kind has."""
        namesake = self._namesake(s, p)
        if namesake is not None:
            yield f"{name_of(s)} has no {name_of(p)}; {name_of(namesake)}, of the same name, has."
        elif not self._fits(p, s, None) and (used := self.used_of(p)):
            yield f"{name_of(s)} has no {name_of(p)}, nor has anything of its kind: {used}"

    def _namesake(self, thing: NamedNode, p: NamedNode) -> NamedNode | None:
        """Another thing with a label of this one that has a property."""
        moment, selection = self.facts.moment, self.facts.selection
        me, label = moment.find(thing), moment.find(RDFS.label)
        if me is None or label is None:
            return None
        having = self.ends(p)[0]
        for name in moment.scan(me, label, None, selection)[2].tolist():
            called = moment.scan(None, label, name, selection)[0]
            for one in moment.terms(called[np.isin(called, having)].tolist()):
                if isinstance(one, NamedNode):
                    return one
        return None

    def _leading(self, p: NamedNode, o: Term) -> NamedNode | None:
        """The property that leads to a thing from what has another property, most often."""
        moment, selection = self.facts.moment, self.facts.selection
        number, value, a = moment.find(p), moment.find(o), moment.find(RDF.type)
        if number is None or value is None or p == RDF.type or self._fits(p, None, o):
            return None
        subjects, ways, _ = moment.scan(None, None, value, selection)
        mine = np.isin(subjects, self.ends(p)[0]) & (ways != a)
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
        subjects, values = self.ends(p)
        others = subjects if s is not None else values
        for kind in moment.scan(me, a, None, Selection((ASSERTED,)))[2].tolist():
            if np.isin(others, moment.scan(None, a, kind, selection)[0]).any():
                return True
        return False

    def _turned(self, pattern: TriplePattern, classes: dict[str, list[NamedNode]]) -> Iterator[str]:
        """A property between variables, one of whose classes is not at its end."""
        p = pattern.p
        assert isinstance(p, NamedNode)
        subjects, values = self.ends(p)
        for end, mine, other in ((pattern.s, subjects, values), (pattern.o, values, subjects)):
            for kind in classes.get(end.name, []) if isinstance(end, Var) else []:
                instances = self._instances(kind)
                if np.isin(mine, instances).any() or not len(instances):
                    continue
                first = end is pattern.s
                turned = np.isin(other, instances).any()
                if turned and self._declared(p, RDFS.domain if first else RDFS.range):
                    yield (
                        f"{name_of(p)} is used the other way round here: a {name_of(kind)}"
                        f" is {'its value' if first else 'its subject'}."
                    )
                elif first:
                    yield from self._of_others(kind, p, instances)

    def _of_others(self, kind: NamedNode, p: NamedNode, instances: Column) -> Iterator[str]:
        """A property that no instance of a class has, with the one meant, or with who has it."""
        absent = f"No {name_of(kind)} has {name_of(p)}."
        meant = [
            one
            for one in usual(p.value, names_of_kind(self.facts.moment, "p"))
            if self.has(one) and np.isin(self.ends(one)[0], instances).any()
        ]
        if meant:
            yield f"{absent} Did you mean {name_of(meant[0])}?"
        elif p in GLOCAL and not self._read_so(p, instances) and (used := self.used_of(p)):
            yield f"{absent} {used}"

    def _read_so(self, p: NamedNode, instances: Column) -> bool:
        """Whether some have a property by what is read into the sources: told as more rows."""
        moment = self.facts.moment
        having = moment.scan(None, moment.find(p), None, Selection((INTERPRETED,)))[0]
        return bool(np.isin(having, instances).any())

    def _joined(self, patterns: list[TriplePattern]) -> Iterator[str]:
        """A property of ours that no value of another one has, though both have facts."""
        ways = [
            (one.p, one.s.name, one.o)
            for one in patterns
            if isinstance(one.p, NamedNode) and isinstance(one.s, Var) and self.has(one.p)
        ]
        for p, _, value in ways:
            for then, subject, _ in ways:
                if then not in GLOCAL or not isinstance(value, Var) or value.name != subject:
                    continue
                values, having = self.ends(p)[1], self.ends(then)[0]
                if not np.isin(having, values).any() and (used := self.used_of(then)):
                    yield f"No value of {name_of(p)} has {name_of(then)}. {used}"

    def _instances(self, kind: NamedNode) -> Column:
        moment = self.facts.moment
        a, number = moment.find(RDF.type), moment.find(kind)
        if a is None or number is None:
            return np.empty(0, np.int32)
        return moment.scan(None, a, number, self.facts.selection)[0]

    def _declared(self, p: NamedNode, by: NamedNode) -> bool:
        return self.counted(p, by, None, EVERYTHING) > 0


def _classes(patterns: list[TriplePattern]) -> dict[str, list[NamedNode]]:
    """The classes that patterns want of a variable."""
    found: dict[str, list[NamedNode]] = {}
    for pattern in patterns:
        if (
            pattern.p == RDF.type
            and isinstance(pattern.s, Var)
            and isinstance(pattern.o, NamedNode)
        ):
            found.setdefault(pattern.s.name, []).append(pattern.o)
    return found


def _last_step(path: Var | Path) -> NamedNode | None:
    """The property that leads to the value of a path; None where it may be several, or no step."""
    while isinstance(path, Sequence | Repeat):
        if isinstance(path, Repeat) and not path.least:
            return None
        path = path.path if isinstance(path, Repeat) else path.parts[-1]
    return path if isinstance(path, NamedNode) else None


def fact(s: Term | None, p: NamedNode, o: Term | None) -> str:
    """A fact as a person writes it, with ``?`` for any."""
    parts = [name_of(term) if isinstance(term, NamedNode) else "?" for term in (s, p, o)]
    return " ".join(parts)


def _part(term: Term) -> str:
    return name_of(term) if isinstance(term, NamedNode) else str(term)


__all__ = ["Fitting", "fact"]
