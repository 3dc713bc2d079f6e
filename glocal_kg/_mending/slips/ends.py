"""Facts whose parts are of the wrong kind: a class for a property, a value outside the range.

Shapes look at the values of things of their own class. Here every fact with a term of ours is
looked at, whatever the class of its thing, so that a fact written the wrong way round is seen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from pyoxigraph import Literal, NamedNode

from glocal_kg._engines.shacl.rdf_terms import short
from glocal_kg._engines.shacl.report import Finding
from glocal_kg._mending.likeness.nearest import Nearest
from glocal_kg._mending.own import OwnFacts
from glocal_kg._mending.remedies.written_values import as_whole
from glocal_kg._mending.slips.near_namespaces import meant
from glocal_kg._mending.slips.slip import slip
from glocal_kg._rdf.namespaces import GN, OWL, PROV, RDF, RDFS, SKOS, XSD
from glocal_kg._rdf.sparql.solution_table import unique
from glocal_kg._rdf.store.facts import SAID
from glocal_kg._rdf.store.pairs import Numbers, among, spread
from glocal_kg._rdf.store.term_text import Term
from glocal_kg._study.vocab import BASE, GLOCAL
from glocal_kg._study.vocabularies import exists, namespace

_FEW = 128  # so many facts are looked at one by one

Classes: TypeAlias = tuple[NDArray[np.intp], Numbers]


@dataclass
class Ends:
    """Looks for facts of one's own whose parts do not fit."""

    own: OwnFacts
    nearest: Nearest

    def found(self) -> Iterator[Finding]:
        """All such facts."""
        yield from self._turned_classes()
        yield from self._populations()
        yield from self._classes_as_properties()
        yield from self._no_classes()
        yield from self._classes_of_others()
        yield from self._ranges()

    def _turned_classes(self) -> Iterator[Finding]:
        """Our classes that are said to be of a class which is none: ``glocal:City a ex:turin``."""
        for s, a, o in self._typed(lambda kind: not exists(kind.value) and kind not in GLOCAL):
            if s in GLOCAL and isinstance(o, NamedNode):
                told = f"{short(s)} is a class of the ontology. It is the wrong way round."
                yield slip("kind", (s, a, o), told, f"Write {short(o)} a {short(s)} .")

    def _populations(self) -> Iterator[Finding]:
        """Numbers of people that are texts."""
        for s, p, o in self.own.facts_of(self.own.of(GN.population)):
            if isinstance(o, Literal) and o.datatype in (XSD.string, RDF.langString):
                right = as_whole(o.value)
                write = (
                    f"Write {short(s)} {short(p)} {right} ." if right else "Write it in figures."
                )
                told = f"{short(o)} is text, not a whole number."
                yield slip("datatype", (s, p, o), told, write)

    def _classes_as_properties(self) -> Iterator[Finding]:
        classes = sorted(self.own.properties & self.nearest.classes())
        for p in (one for one in self.own.moment.terms(classes) if one in GLOCAL):
            for fact in self.own.facts_of(self.own.of(p)):
                s, _, o = fact
                told = f"{short(p)} is a class, and stands where a property does."
                if isinstance(o, Literal):
                    yield slip("kind", fact, told, f"Write {short(s)} a {short(p)} .")
                    continue
                link = self.nearest.link(s, o, None) if isinstance(o, NamedNode) else None
                write = f" Write {short(s)} {short(link)} {short(o)} ." if link else ""
                yield slip("kind", fact, told, f"Take the property that is meant.{write}")

    def _classes_of(self, things: Numbers) -> Classes:
        """The classes that some things are said to be of: the place of the thing, the class."""
        a = self.own.moment.find(RDF.type)
        if a is None:
            return np.empty(0, np.intp), np.empty(0, np.int32)
        return self.own.moment.probe(a, "s", things, SAID)

    def _no_classes(self) -> Iterator[Finding]:
        """Texts and properties where a class should be."""
        for s, a, o in self._typed(self.nearest.properties_of_things().__contains__):
            if isinstance(o, Literal):
                name = self.nearest.term(f"{GLOCAL.Practice.value[:-8]}{o.value.strip()}", "class")
                told = f"{short(o)} is text, and a class is an IRI, so {short(s)} has no class."
                write = f" Write {short(s)} a {short(NamedNode(name))} ." if name else ""
                yield slip("kind", (s, a, o), told, f"Name a class.{write}")
            elif o in GLOCAL:
                kind = self.nearest.class_by(s) or GLOCAL.Practice
                told = f"{short(o)} is a property, and stands where a class does."
                yield slip(
                    "kind", (s, a, o), told, f"Name a class. Write {short(s)} a {short(kind)} ."
                )

    def _typed(self, odd: Callable[[NamedNode], bool]) -> Iterator[tuple[Term, NamedNode, Term]]:
        """The facts that give a thing a class which is odd, or none."""
        rows, kinds = self._kinds
        wanted = [
            number
            for number, kind in kinds.items()
            if isinstance(kind, Literal) or (isinstance(kind, NamedNode) and odd(kind))
        ]
        if not wanted:
            return iter(())
        return self.own.facts_of(rows[among(rows[:, 2], np.array(wanted, np.int32))])

    @cached_property
    def _kinds(self) -> tuple[Numbers, dict[int, Term]]:
        """The facts that give a thing a class, and the classes by their numbers, sorted."""
        rows = self.own.of(RDF.type)
        kinds = unique(rows[:, 2])
        return rows, dict(zip(kinds.tolist(), self.own.moment.terms(kinds), strict=True))

    def _classes_of_others(self) -> Iterator[Finding]:
        """Things that are only of a class of another vocabulary, where we have one of that name."""
        if not self.own.speaks_ours:
            return
        for fact in self._typed(lambda kind: self._ours(kind) is not None):
            s, _, o = fact
            ours = self._ours(o)
            if ours is None or any(self._is_ours(one) for one in self.own.types(s)):
                continue
            if next(self.own.facts.quads_for_pattern(None, PROV.wasGeneratedBy, s), None):
                continue  # what made a graph, as an import does
            told = f"{short(s)} is a {short(o)}, which no question looks at; {short(ours)} is."
            write = f"Write {short(s)} a {short(ours)} ."
            yield slip("other-class", fact, told, write, severity="warning")

    def _ours(self, other: Term) -> NamedNode | None:
        if not isinstance(other, NamedNode):
            return None
        known = other.value.startswith(BASE) or meant(namespace(other.value))
        return None if known or self._is_ours(other) else self.nearest.ours(other.value)

    def _is_ours(self, kind: NamedNode) -> bool:
        """Whether a class is ours or, by what is said of it, below one of ours."""
        if kind in GLOCAL or kind in (SKOS.Concept, SKOS.ConceptScheme, OWL.Ontology, OWL.Class):
            return True
        return any(True for _ in self.own.facts.quads_for_pattern(kind, RDFS.subClassOf))

    def _ranges(self) -> Iterator[Finding]:
        """Values of our properties that are of another class than the range."""
        known = self.nearest.ranges()
        rows = self.own.rows_of(self.own.properties & known.keys())
        odd = rows[~self._fit(rows)]
        for number in unique(odd[:, 1]).tolist():
            ranges = [known[number]]
            for s, p, o in self.own.facts_of(odd[odd[:, 1] == number]):
                if not isinstance(o, NamedNode):
                    continue
                if self._is_country_in_city(s, p, o):
                    yield self._turned((s, p, o), f"{short(s)} is a country, and {short(o)} a city")
                    continue
                kinds = [one for one in self.own.types(o) if self._is_ours(one)]
                if not kinds or self.nearest.is_a(o, ranges):
                    continue
                told = f"{short(o)} is a {short(kinds[0])}, not a {short(ranges[0])}"
                if self.nearest.is_a(s, ranges) and self.nearest.has_usually(o, p):
                    yield self._turned((s, p, o), told)
                else:
                    remedy = f"Let {short(p)} point at a {short(ranges[0])}."
                    yield slip("range", (s, p, o), f"{told}.", remedy)

    def _fit(self, rows: Numbers) -> NDArray[np.bool_]:
        """For each fact whether its value is of the class that its property leads to."""
        ends = self.nearest.kinds_led_to()
        few = self._fit_few(rows, ends) if len(rows) <= _FEW else None
        if few is not None:
            return few
        properties, things = unique(rows[:, 1]), unique(rows[:, 2])
        places, classes = self._classes_of(things)
        kinds = unique(classes)
        wanted = [ends[p] for p in properties.tolist()]
        right = [[kind in some for kind in kinds.tolist()] for some in wanted]
        allowed = np.array(right, np.bool_).reshape(len(properties), len(kinds))
        counts = np.bincount(places, minlength=len(things))
        at = things.searchsorted(rows[:, 2])
        which, items = spread(counts[at], (counts.cumsum() - counts)[at])
        told = properties.searchsorted(rows[:, 1])[which], kinds.searchsorted(classes)[items]
        fit = np.zeros(len(rows), bool)
        fit[which[allowed[told]]] = True
        return fit

    def _fit_few(
        self, rows: Numbers, ends: Mapping[int, frozenset[int]]
    ) -> NDArray[np.bool_] | None:
        """The same, looked up one by one; None where a value is of many classes."""
        a = self.own.moment.find(RDF.type)
        if a is None:
            return None
        classes_of = self.own.moment.finder(a, "s", SAID)
        known = {value: classes_of(value) for value in set(rows[:, 2].tolist())}
        if None in known.values():
            return None
        fit = [not ends[p].isdisjoint(known[o] or ()) for _, p, o, _ in rows.tolist()]
        return np.array(fit, np.bool_)

    def _turned(self, fact: tuple[Term, NamedNode, Term], told: str) -> Finding:
        s, p, o = fact
        write = f"Write {short(o)} {short(p)} {short(s)} ."
        return slip("range", fact, f"{told}. It is the wrong way round.", write)

    def _is_country_in_city(self, s: Term, p: NamedNode, o: NamedNode) -> bool:
        if p != GLOCAL.locatedIn or not self.nearest.is_a(o, (GLOCAL.City,)):
            return False
        kinds = self.own.facts.quads_for_pattern(s, GLOCAL.kind)
        return any(str(quad.object).endswith("/kind/country>") for quad in kinds)
