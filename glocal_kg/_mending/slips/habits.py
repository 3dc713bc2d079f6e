"""Properties of other vocabularies that people are used to, where no question reads them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from pyoxigraph import Literal, NamedNode

from glocal_kg._engines.shacl.rdf_terms import SH, XSD
from glocal_kg._engines.shacl.rdf_terms import short as shown
from glocal_kg._engines.shacl.report import Finding
from glocal_kg._mending.likeness.nearest import Nearest
from glocal_kg._mending.memory import remembered
from glocal_kg._mending.own import OwnFacts
from glocal_kg._mending.remedies.examples import blank
from glocal_kg._mending.remedies.turtle import fact, written
from glocal_kg._mending.slips.slip import slip
from glocal_kg._rdf.namespaces import RDF, RDFS
from glocal_kg._rdf.sparql.solution_table import unique
from glocal_kg._rdf.store.facts import SAID
from glocal_kg._rdf.store.pairs import Numbers
from glocal_kg._rdf.store.term_text import AnyTerm, Term
from glocal_kg._study.usual import INSTEAD
from glocal_kg._study.vocab import GLOCAL, PREFIXES, expand

_PASSAGE = (GLOCAL.Passage,)
_FEW = 8  # the classes of so many things are looked up one by one
_SHAPE = ("targetClass", "property", "path")


@lru_cache(maxsize=4096)
def _usual(p: AnyTerm) -> str:
    """The short name of a property that people are used to, where another is ours; else empty."""
    assert isinstance(p, NamedNode)
    name = PREFIXES.shorten(p.value)
    return name if name in INSTEAD else ""


@dataclass
class Habits:
    """Looks for such properties on things of ours."""

    own: OwnFacts
    nearest: Nearest

    def __post_init__(self) -> None:
        self.memory = self.own.memory
        self.memory.actors[Habits] = self

    def found(self) -> Iterator[Finding]:
        """Properties of other vocabularies on things of ours, where another is read."""
        moment = self.own.moment
        for term, p in self.own.named_properties.items():
            name = _usual(term)
            if not name:
                continue
            ours, mine = INSTEAD[name], self.own.rows_of([p])
            right = moment.find(expand(ours))
            classes, which = self._classes_of(mine[:, 0])
            misled = np.array([bool(self._misled(p, right, types)) for types in classes], bool)
            at = np.flatnonzero(misled[which])
            for row, place in zip(mine[at].tolist(), which[at].tolist(), strict=True):
                kinds = self._misled(p, right, classes[place])  # what is told rests on it
                if len(moment.scan(row[0], right, None, SAID)[0]):
                    continue
                (given,) = self.own.facts_of([row])
                told = f"No question reads {name} of a {shown(kinds[0])}; {ours} is read."
                write = self._instead(given, expand(ours))
                do = f"Write {write}" if write else "Leave it out: it leads to the thing itself."
                yield slip("habit", given, told, do, severity="warning")

    def _instead(self, given: tuple[Term, NamedNode, Term], p: NamedNode) -> str:
        """The fact with our property; a text is what has that name, or a new thing of it."""
        s, _, o = given
        quads = self.own.facts.quads_for_pattern(p, RDFS.range)
        kinds = tuple(one.object for one in quads if isinstance(one.object, NamedNode))
        kinds = _PASSAGE if p == GLOCAL.statedIn else kinds
        if not isinstance(o, Literal) or not kinds or kinds[0].value.startswith((XSD, str(RDF))):
            return fact(s, p, o)
        # An area is what is meant before all other concepts of that name.
        areas = (GLOCAL.AreaOfAttraction,) if p == GLOCAL.theme else kinds
        near = self.nearest.called(o.value, areas)
        if near is not None:
            return fact(s, p, near)
        kind = GLOCAL.City if kinds[0] == GLOCAL.Place else kinds[0]
        new = "<your-theme>" if p == GLOCAL.theme else blank(kind)
        name = f"{new} a {shown(kind)} ; rdfs:label {written(o)} ."
        return f"{fact(s, p, None, text=new)} {name}"

    def _classes_of(self, things: Numbers) -> tuple[list[tuple[int, ...]], NDArray[np.intp]]:
        """The classes that things are said to have, in numbers: each choice of them once.

        Beside these, for each thing, which of them is its own.
        """
        a = self.own.moment.find(RDF.type)
        if len(things) <= _FEW and a is not None:
            classes_of = self.own.moment.finder(a, "s", SAID)
            few = [classes_of(thing) for thing in things.tolist()]
            if None not in few:
                each = list(dict.fromkeys(tuple(some or ()) for some in few))
                return each, np.array([each.index(tuple(some or ())) for some in few], np.intp)
        once, back = np.unique(things, return_inverse=True)
        places, classes = np.empty(0, np.intp), once[:0]
        if a is not None:
            places, classes = self.own.moment.probe(a, "s", once, SAID)
        which = np.empty(len(once), np.intp)
        single = np.bincount(places, minlength=len(once)) == 1  # so it is with nearly all
        lone = single[places]
        kinds, which[places[lone]] = np.unique(classes[lone], return_inverse=True)
        others: dict[int, tuple[int, ...]] = dict.fromkeys(np.flatnonzero(~single).tolist(), ())
        for thing, cls in zip(places[~lone].tolist(), classes[~lone].tolist(), strict=True):
            others[thing] += (cls,)
        known: dict[tuple[int, ...], int] = {}
        for thing, some in others.items():
            which[thing] = len(kinds) + known.setdefault(tuple(sorted(some)), len(known))
        return [*((kind,) for kind in kinds.tolist()), *known], which[back]

    @remembered
    def _misled(self, p: int, right: int | None, types: tuple[int, ...]) -> list[NamedNode]:
        """Our classes of a thing for which the one property is not read and the other is."""
        terms = self.own.moment.terms(types)
        kinds = sorted((one for one in terms if isinstance(one, NamedNode)), key=str)
        kinds = [one for one in kinds if one in GLOCAL]
        # Of some things ours is not read either: the date of an assessment.
        if not kinds or right is None or self._is_usual(p, kinds):
            return []
        return kinds if self._is_usual(right, self._related(kinds)) else []

    def _related(self, kinds: list[NamedNode]) -> list[NamedNode]:
        """Classes with those above and below them."""
        ask = self.own.facts.quads_for_pattern
        found = dict.fromkeys(kinds)
        for up in (True, False):
            waiting = list(kinds)
            while waiting:
                one = waiting.pop()
                quads = ask(one, RDFS.subClassOf) if up else ask(None, RDFS.subClassOf, one)
                for near in (quad.object if up else quad.subject for quad in quads):
                    if isinstance(near, NamedNode) and near not in found:
                        found[near] = None
                        waiting.append(near)
        return list(found)

    def _is_usual(self, p: int, kinds: list[NamedNode]) -> bool:
        """Whether packaged things of these classes have the property too, or shapes ask for it."""
        moment = self.own.moment
        a = moment.find(RDF.type)
        numbers = [moment.find(kind) for kind in kinds]
        if any(self._is_asked_for(p, kind) for kind in numbers):
            return True
        subjects = moment.scan(None, p, None, self.own.others)[0]
        if a is None or not len(subjects):
            return False
        classes = moment.probe(a, "s", unique(subjects), self.own.others)[1]
        return bool(np.isin(classes, [number for number in numbers if number is not None]).any())

    def _is_asked_for(self, p: int, kind: int | None) -> bool:
        """Whether a shape of a class speaks of a property."""
        moment = self.own.moment
        target, asks, path = (moment.find(NamedNode(SH + name)) for name in _SHAPE)
        if kind is None or target is None or asks is None or path is None:
            return False
        shapes = moment.scan(None, target, kind, SAID)[0]
        parts = moment.probe(asks, "s", shapes, SAID)[1]
        return bool(np.isin(parts, moment.scan(None, path, p, SAID)[0]).any())
