"""What a wrong name was meant to be: the nearest right one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches
from urllib.parse import unquote

import numpy as np
from pyoxigraph import Literal, NamedNode

from glocal_kg._mending.likeness.kinds_and_links import KindsAndLinks
from glocal_kg._mending.likeness.likeness import (
    WORDS_IN,
    close_name,
    likeness,
    local_name,
    singular,
)
from glocal_kg._mending.memory import ANY, remembered
from glocal_kg._rdf.labels import label_properties_of
from glocal_kg._rdf.languages import folded
from glocal_kg._rdf.namespaces import DCTERMS, GEO, ORG, OWL, RDF, RDFS, SCHEMA, SKOS
from glocal_kg._rdf.store.term_text import AnyTerm
from glocal_kg._study.migration import is_old, rules, successor
from glocal_kg._study.usual import CALLED, CALLED_SO
from glocal_kg._study.vocab import GLOCAL, PREFIXES
from glocal_kg._study.vocabularies import namespace, vocabularies

_PROPERTIES = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
_ALSO_NAMES = (SKOS.altLabel, DCTERMS.title)
_NUMBERED = re.compile(r"[-_.]?\d+$")
_DIGITS = re.compile(r"\d+")
READ = (ORG.memberOf, SCHEMA.worksFor, GEO.lat, GEO.long)
"""Properties of other vocabularies that tell of a thing that it is one of ours."""


class Nearest(KindsAndLinks):
    """Looks for what a name was meant to be, in a graph and the ontology."""

    @remembered
    def term(self, iri: str, kind: str) -> str:
        """The IRI of the class or property (``kind``) that a wrong one was meant to be."""
        base = namespace(iri)
        local = iri[len(base) :]
        known = self._classes if kind == "class" else self._properties
        same = {name[len(base) :]: name for name in known if namespace(name) == base}
        if not same:
            listed = vocabularies().get(base, ("", None))[1] or ()
            same = {name: base + name for name in listed if name[:1].isupper() == (kind == "class")}
        old = {name[len(base) :]: name for name in rules() if namespace(name) == base}
        close = close_name(local, same)
        before = close_name(local, {name: iri for name, iri in old.items() if is_old(iri)})
        if likeness(local, before) > max(0.8, likeness(local, close)):
            new = successor(before).split(",")[0].split(" ")[0]
            fits = new.partition(":")[0] in PREFIXES  # else it says why there is none
            return PREFIXES.expand(new).value if fits else ""
        named = self._called(local, kind)
        if named and likeness(local, named) >= likeness(local, close):
            return named
        if close:
            return close
        everywhere = {local_name(name): name for name in sorted(known, reverse=True)}
        if not base.startswith(str(GLOCAL)):
            return close_name(local, everywhere, 0.9)
        return self._by_meaning(local) if kind == "class" else named

    @remembered
    def ours(self, iri: str) -> NamedNode | None:
        """Our class that one of another vocabulary is called like: schema:City is glocal:City."""
        local = local_name(iri)
        same = str(GLOCAL) + local
        name = same if same in self._classes else self._called(local, "class")
        return NamedNode(name) if name else None

    def _called(self, local: str, kind: str) -> str:
        """Our term that has this name in any language, or is called so by others."""
        word = folded(WORDS_IN.sub(" ", unquote(local)))
        called = CALLED if kind == "class" else CALLED_SO
        found = next((called[one] for one in (word, singular(word)) if one in called), "")
        if found:
            return str(GLOCAL) + found
        names = self._labels_of(kind)
        return names.get(word) or names.get(singular(word)) or ""

    @remembered
    def _labels_of(self, kind: str) -> dict[str, str]:
        """Our classes or properties by their names in all languages, folded."""
        known = self._classes if kind == "class" else self._properties
        ours = sorted(iri for iri in known if iri.startswith(str(GLOCAL)))
        return {
            folded(quad.object.value): iri
            for iri in ours
            for quad in self.own.facts.quads_for_pattern(NamedNode(iri), RDFS.label)
            if isinstance(quad.object, Literal)
        }

    def _by_meaning(self, local: str) -> str:
        """The class whose meaning has the word: a town is a city."""
        from glocal_kg._lookup.vocabulary import terms

        word = " ".join(folded(local).split())
        if not word:
            return ""
        kg = self.own.kg
        self.memory.note(ANY, ANY, ANY)  # each term is told with how often it is used
        found = [one for one in terms(kg, word) if one.kind == "class" and one.used]
        found.sort(key=lambda one: -one.used)
        exact = [one for one in found if word in folded(one.meaning).split()]
        return exact[0].iri if exact else ""

    def thing(self, text: str, classes: Iterable[NamedNode] = ()) -> NamedNode | None:
        """The thing that a text or a wrong IRI means, best among those of some classes."""
        written = self._written(text)
        if written is not None:
            return written
        wanted = folded(local_name(unquote(text).rstrip("/#")).replace("-", " "))
        names = self._named(tuple(classes))
        if wanted in names:
            return names[wanted]
        # Names that differ in a number are names of two things: page 1, page 3.
        alike = sorted(name for name in names if _DIGITS.findall(name) == _DIGITS.findall(wanted))
        close = get_close_matches(wanted, alike, 1, 0.75)
        return names[close[0]] if close else None

    def called(self, text: str, classes: Iterable[NamedNode]) -> NamedNode | None:
        """The thing of some classes that has a text as its name, or whose IRI it is."""
        wanted = folded(local_name(unquote(text).rstrip("/#")).replace("-", " "))
        return self._written(text) or self._named(tuple(classes)).get(wanted)

    def _written(self, text: str) -> NamedNode | None:
        """The thing whose IRI, in full or as prefix:name, a text is."""
        plain = unquote(text.strip().strip("<>")).rstrip("/")
        prefix, colon, local = plain.partition(":")
        if not colon or " " in plain:
            return None
        known = PREFIXES.get(prefix) or self.own.prefixes.get(prefix)
        try:
            node = NamedNode(known + local if known else plain)
        except ValueError:
            return None
        return node if self.own.describes(node) else None

    @remembered
    def _named(self, classes: tuple[NamedNode, ...]) -> dict[str, NamedNode]:
        """Things by their names and by the ends of their IRIs, folded."""
        facts = self.own.facts
        things = {
            quad.subject
            for one in self.all_below(classes)
            for quad in facts.quads_for_pattern(None, RDF.type, one)
            if isinstance(quad.subject, NamedNode)
        }
        names = (*label_properties_of(facts), *_ALSO_NAMES)
        found: dict[str, NamedNode] = {}
        for thing in sorted(things, key=str):
            for p in names:
                for quad in facts.quads_for_pattern(thing, p):
                    if isinstance(quad.object, Literal):
                        found.setdefault(folded(quad.object.value), thing)
            found[folded(local_name(thing.value).replace("-", " "))] = thing
        return found

    @remembered
    def namesakes(self, iri: str, most: int = 12) -> list[NamedNode]:
        """The things whose IRIs begin as one does, such as all roles; none where they are many."""
        base = namespace(iri)
        found = {
            quad.subject
            for quad in self.own.facts.quads_for_pattern(None, RDF.type)
            if isinstance(quad.subject, NamedNode) and namespace(quad.subject.value) == base
        }
        return sorted(found, key=str) if len(found) <= most else []

    @remembered
    def class_by(self, thing: AnyTerm) -> NamedNode | None:
        """The class that the properties of a thing, and those that lead to it, speak of."""
        facts = self.own.facts
        said = {quad.predicate for quad in facts.quads_for_pattern(thing)}
        led = {quad.predicate for quad in facts.quads_for_pattern(None, None, thing)}
        votes: dict[NamedNode, int] = {}
        for ps, end in ((said, RDFS.domain), (led, RDFS.range)):
            for p in ps:
                for quad in facts.quads_for_pattern(p, end):
                    if isinstance(quad.object, NamedNode) and quad.object in GLOCAL:
                        votes[quad.object] = votes.get(quad.object, 0) + 1
        if votes:
            return max(votes, key=lambda one: (votes[one], one.value))
        # No domain: what it is called, else what has these properties elsewhere, where most of
        # that is of one class. A list, a section, a program: all have parts.
        named = self.ours(_NUMBERED.sub("", thing.value)) if isinstance(thing, NamedNode) else None
        if named is not None:
            return named
        for p in said:
            if p in GLOCAL or p in READ:
                for kind, count in self._classes_with(p, thing).items():
                    votes[kind] = votes.get(kind, 0) + count
        first = max(votes, key=lambda one: (votes[one], one.value), default=None)
        return first if first is not None and 2 * votes[first] > sum(votes.values()) else None

    def _classes_with(self, p: NamedNode, but: AnyTerm) -> dict[NamedNode, int]:
        """How many facts of a property are about things of each class of ours, ``but`` one."""
        moment, seen = self.own.moment, self.own.facts.selection
        number, a, left_out = map(moment.find, (p, RDF.type, but))
        if number is None or a is None:
            return {}
        subjects = moment.scan_quads(None, number, None, seen)[0]
        subjects = subjects[subjects != (-1 if left_out is None else left_out)]
        numbers, counts = np.unique(moment.probe(a, "s", subjects, seen)[1], return_counts=True)
        kinds = zip(moment.terms(numbers.tolist()), counts.tolist(), strict=True)
        return {kind: count for kind, count in kinds if kind in GLOCAL}

    @property
    def _properties(self) -> frozenset[str]:
        return self._declared_properties()

    @property
    def _classes(self) -> frozenset[str]:
        return self._declared_classes()

    @remembered
    def _declared_properties(self) -> frozenset[str]:
        facts = self.own.facts
        declared = {
            quad.subject.value
            for kind in _PROPERTIES
            for quad in facts.quads_for_pattern(None, RDF.type, kind)
            if isinstance(quad.subject, NamedNode)
        }
        standard = {
            space[name].value
            for space in (RDF, RDFS, SKOS)
            for name in dir(space)
            if name[0].islower()
        }
        return frozenset(declared | standard)

    @remembered
    def _declared_classes(self) -> frozenset[str]:
        facts = self.own.facts
        return frozenset(
            quad.subject.value
            for kind in (OWL.Class, RDFS.Class)
            for quad in facts.quads_for_pattern(None, RDF.type, kind)
            if isinstance(quad.subject, NamedNode)
        )
