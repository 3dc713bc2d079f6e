"""Of which kind things are, and what usually leads from one kind to another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Literal as OneOf

import numpy as np
from pyoxigraph import NamedNode

from glocal_kg._mending.memory import remembered
from glocal_kg._mending.own import OwnFacts
from glocal_kg._rdf.namespaces import OWL, RDF, RDFS, SKOS
from glocal_kg._rdf.sparql.solution_table import unique
from glocal_kg._rdf.store.facts import SAID
from glocal_kg._rdf.store.term_text import AnyTerm, Term
from glocal_kg._study.vocab import GLOCAL

ENOUGH = 4
"""So many things are enough to know that there is not one alone, one that is asked for apart."""


@dataclass
class KindsAndLinks:
    """Looks at classes, domains and ranges, and at the facts that there are."""

    own: OwnFacts

    def __post_init__(self) -> None:
        self.memory = self.own.memory
        self.memory.actors[type(self)] = self

    @remembered
    def all_below(self, classes: tuple[NamedNode, ...]) -> list[NamedNode]:
        """Classes and all that is below them."""
        moment = self.own.moment
        sub = moment.find(RDFS.subClassOf)
        found = dict.fromkeys(classes)
        waiting = [number for one in classes if (number := moment.find(one)) is not None]
        seen = set(waiting)
        while waiting and sub is not None:
            below = moment.scan(None, sub, waiting.pop(), SAID)[0].tolist()
            new = [number for number in below if number not in seen]
            seen.update(new)
            named = zip(new, moment.terms(new), strict=True)
            more = {term: number for number, term in named if isinstance(term, NamedNode)}
            found.update(dict.fromkeys(more))
            waiting += more.values()
        return list(found)

    @remembered
    def numbers_below(self, classes: tuple[NamedNode, ...]) -> tuple[int, ...]:
        """The numbers of classes and of all that is below them, of those that are known."""
        found = map(self.own.moment.find, self.all_below(classes))
        return tuple(number for number in found if number is not None)

    @remembered
    def classes(self) -> frozenset[int]:
        """The numbers of all that is said to be a class."""
        moment = self.own.moment
        a = moment.find(RDF.type)
        kinds = self.numbers_below((OWL.Class,)) if a is not None else ()
        found = (moment.scan(None, a, kind, SAID)[0].tolist() for kind in kinds)
        return frozenset[int]().union(*found)

    def is_a(self, thing: AnyTerm, classes: Iterable[NamedNode]) -> bool:
        """Whether a thing is said to be of one of the classes, or of one below."""
        return bool(set(self.all_below(tuple(classes))) & set(self.own.types(thing)))

    @remembered
    def ends(self, p: NamedNode, side: OneOf["s", "o"]) -> list[Term]:
        """The first subjects (``side`` "s") or objects of a property of one's own: ``ENOUGH``."""
        moment = self.own.moment
        number = moment.find(p)
        if number is None:
            return []
        return moment.terms(moment.firsts(number, side, ENOUGH, self.own.selection))

    @remembered
    def things_of(self, kind: NamedNode) -> list[Term]:
        """The first things of one's own that are of a class, or of one below: ``ENOUGH``."""
        moment = self.own.moment
        a = moment.find(RDF.type)
        kinds = self.numbers_below((kind,)) if a is not None else ()
        every = [moment.scan(None, a, one, SAID)[0] for one in kinds]
        terms = map(moment.term, unique(np.concatenate(every)).tolist() if every else ())
        mine = (one for one in terms if isinstance(one, NamedNode) and self.own.speaks_of(one))
        return list(islice(mine, ENOUGH))

    def beside(
        self, value: NamedNode, classes: Iterable[NamedNode], but: Term | None = None
    ) -> NamedNode | None:
        """A thing of one's own of some classes, not ``but``, linked with a thing of another."""
        facts, wanted = self.own.facts, tuple(classes)
        linked: set[object] = {quad.subject for quad in facts.quads_for_pattern(None, None, value)}
        linked.update(quad.object for quad in facts.quads_for_pattern(value))
        for one in sorted((one for one in linked if isinstance(one, NamedNode)), key=str):
            if one != but and self.is_a(one, wanted) and self.own.speaks_of(one):
                return one
        return None

    def link(self, subject: AnyTerm, value: NamedNode, but: NamedNode | None) -> NamedNode | None:
        """The property, ``but`` apart, that most often leads from one kind to the other."""
        subjects, values = (tuple(self.own.types(one)) for one in (subject, value))
        return self._linking(subjects, values, but)

    @remembered
    def _linking(
        self, kinds: tuple[NamedNode, ...], others: tuple[NamedNode, ...], but: NamedNode | None
    ) -> NamedNode | None:
        facts, counted = self.own.facts, dict[NamedNode, int]()
        for kind in others:
            for quad in facts.quads_for_pattern(None, RDF.type, kind):
                for fact in facts.quads_for_pattern(None, None, quad.subject):
                    if (
                        fact.predicate in GLOCAL
                        and fact.predicate != but
                        and any(one in self.own.types(fact.subject) for one in kinds)
                    ):
                        counted[fact.predicate] = counted.get(fact.predicate, 0) + 1
        # Of equals that which practices are about: who takes part.
        return max(
            counted, key=lambda p: (counted[p], p == GLOCAL.participant, p.value), default=None
        )

    @remembered
    def has_usually(self, thing: AnyTerm, p: NamedNode) -> bool:
        """Whether things of its classes have a property, by its domain or in other facts."""
        domains = [
            quad.object
            for quad in self.own.facts.quads_for_pattern(p, RDFS.domain)
            if isinstance(quad.object, NamedNode)
        ]
        if domains:
            return self.is_a(thing, domains)
        moment = self.own.moment
        number, a = moment.find(p), moment.find(RDF.type)
        if number is None:
            return False
        subjects = moment.scan(None, number, None, SAID)[0]
        me = moment.find(thing)
        subjects = subjects[subjects != (-1 if me is None else me)]
        kinds = [moment.find(one) for one in self.own.types(thing)]
        return any(
            bool(np.isin(subjects, moment.scan(None, a, kind, SAID)[0]).any()) for kind in kinds
        )

    def leading(self, kind: NamedNode, value: AnyTerm) -> list[NamedNode]:
        """The properties of ours that lead from things of a class to things like one."""
        facts, found = self.own.facts, dict[NamedNode, int]()
        kinds = set(self.own.types(value))
        for quad in facts.quads_for_pattern(None, RDF.type, kind):
            for fact in facts.quads_for_pattern(quad.subject):
                ends = self.own.types(fact.object) if fact.predicate in GLOCAL else ()
                if kinds & set(ends):
                    found[fact.predicate] = found.get(fact.predicate, 0) + 1
        return sorted(found, key=lambda p: (-found[p], p.value))

    def between(self, subject: AnyTerm, kind: NamedNode) -> NamedNode | None:
        """The property of ours that leads, by domain and range, from a thing to a class."""
        facts = self.own.facts
        found = [
            quad.subject
            for quad in facts.quads_for_pattern(None, RDFS.range, kind)
            if isinstance(quad.subject, NamedNode)
            and any(True for _ in facts.quads_for_pattern(quad.subject, RDFS.domain))
            and self.has_usually(subject, quad.subject)
        ]
        return found[0] if len(found) == 1 else None

    @remembered
    def properties_of_things(self) -> frozenset[NamedNode]:
        """The properties that are declared as those of things, with things or texts as values."""
        return frozenset(
            quad.subject
            for kind in (OWL.ObjectProperty, OWL.DatatypeProperty)
            for quad in self.own.facts.quads_for_pattern(None, RDF.type, kind)
            if isinstance(quad.subject, NamedNode)
        )

    @remembered
    def ranges(self) -> dict[int, NamedNode]:
        """The one class of ours, or concept, that the values of each property of ours are of."""
        found: dict[int, list[NamedNode]] = {}
        for quad in self.own.facts.quads_for_pattern(None, RDFS.range):
            number = self.own.moment.find(quad.subject)
            if quad.subject in GLOCAL and number is not None and isinstance(quad.object, NamedNode):
                found.setdefault(number, []).append(quad.object)
        ours = {p: ends[0] for p, ends in found.items() if len(set(ends)) == 1}
        return {p: end for p, end in ours.items() if end in GLOCAL or end == SKOS.Concept}

    @remembered
    def kinds_led_to(self) -> dict[int, frozenset[int]]:
        """The classes that the values of each of them may be of; of places, none is in a city."""
        find = self.own.moment.find
        found = {p: frozenset(self.numbers_below((end,))) for p, end in self.ranges().items()}
        within = find(GLOCAL.locatedIn)
        if within is not None and self.ranges().get(within) == GLOCAL.Place:
            found[within] -= {find(GLOCAL.City)}
        return found
