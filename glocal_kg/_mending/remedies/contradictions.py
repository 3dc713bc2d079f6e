"""What to write where facts of a thing contradict each other, or those of two things.

Which of the facts is wrong only the source knows. So the Turtle is the likeliest way out, in the
thing's own names and values, and the advice before it names the others.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from pyoxigraph import Literal, NamedNode, Triple

from glocal_kg._engines.shacl.rdf_terms import Term, short
from glocal_kg._engines.shacl.report import Finding
from glocal_kg._mending.own import OwnFacts
from glocal_kg._mending.remedies.turtle import fact
from glocal_kg._rdf.namespaces import RDFS, SCHEMA
from glocal_kg._rdf.store.term_text import AnyTerm
from glocal_kg._study.packaged import is_packaged
from glocal_kg._study.vocab import GLOCAL, RESOURCE

_COUNTRY = NamedNode(RESOURCE + "kind/country")


@dataclass
class Contradictions:
    """Says what to write for the checks that compare several facts."""

    own: OwnFacts

    def write(self, check: str, finding: Finding) -> str:
        """The Turtle for a finding of a check by its name; "" where there is none to write."""
        if check == "one-country":
            return self._country(finding)
        if check == "one-name-one-thing":
            return self._name(finding)
        return ""

    def _country(self, finding: Finding) -> str:
        """The place in one country: as the study says, or of its namesake; else in either."""
        ask = self.own.facts.quads_for_pattern
        namesakes = {
            where
            for name in self._values(finding.focus, RDFS.label)
            for quad in ask(None, RDFS.label, name)
            if quad.subject != finding.focus
            for where in self._values(quad.subject, GLOCAL.locatedIn)
        }
        places = [
            (not is_packaged(quad.graph_name), quad.object not in namesakes, quad.object)
            for quad in ask(finding.focus, GLOCAL.locatedIn)
            if not isinstance(quad.object, Triple) and self._has_country(quad.object)
        ]
        if not places:
            return ""
        *known, _ = min(places, key=str)
        likely = [one for *why, one in places if why == known]
        written = (fact(finding.focus, GLOCAL.locatedIn, one) for one in sorted(likely, key=str))
        return " or ".join(written)

    def _has_country(self, place: AnyTerm) -> bool:
        around = [place, *self._values(place, GLOCAL.locatedIn)]
        return any(_COUNTRY in self._values(one, GLOCAL.kind) for one in around)

    def _name(self, finding: Finding) -> str:
        """What uses one of two things of a name says the other, else one has a name of its own."""
        used = {one: self._uses(one) for one in self._of_name(finding)}
        if len(used) < 2:
            return ""
        own = {one: self.own.speaks_of(one) for one in used}
        kept, *_, mine = sorted(used, key=lambda one: (own[one], -len(used[one]), short(one)))
        if not used[mine]:
            return self._renamed(mine, finding.value)
        if own[kept] and len(used[kept]) == len(used[mine]):
            return ""  # nothing tells which of the two is the right one
        term = self.own.moment.term
        subject, property_ = min(((term(s), term(p)) for s, p in used[mine]), key=str)
        return fact(subject, property_, kept)

    def _uses(self, thing: NamedNode) -> list[tuple[int, int]]:
        """What leads to a thing: subjects with an IRI and properties, by their numbers."""
        moment = self.own.moment
        number, text = moment.find(thing), moment.dictionary.text
        if number is None:
            return []
        here = np.array((number,), np.int32)
        _, properties, subjects, _ = moment.beside("o", here, None, self.own.facts.selection)
        both = zip(subjects.tolist(), properties.tolist(), strict=True)
        return [(s, p) for s, p in both if text(s)[:1] == b"<" and text(s)[:2] != b"<<"]

    def _of_name(self, finding: Finding) -> Iterator[NamedNode]:
        """The things of a class of the first that have its name too."""
        focus, types = finding.focus, self.own.types
        kinds = frozenset(types(focus))
        for quad in self.own.facts.quads_for_pattern(None, RDFS.label, finding.value):
            one = quad.subject
            if isinstance(one, NamedNode) and kinds.intersection(
                kinds if one == focus else types(one)
            ):
                yield one

    def _renamed(self, thing: NamedNode, name: Term | None) -> str:
        """A thing with a name of its own: with its year, else with the end of its IRI."""
        if not isinstance(name, Literal):
            return ""
        starts = sorted(
            one.value[:4]
            for one in self._values(thing, SCHEMA.startDate)
            if isinstance(one, Literal)
        )
        mark = starts[0] if starts else thing.value.rstrip("/#").replace("#", "/").split("/")[-1]
        text = f"{name.value} ({mark})"
        right = Literal(text, language=name.language) if name.language else Literal(text)
        return fact(thing, RDFS.label, right)

    def _values(self, thing: AnyTerm, p: NamedNode) -> list[AnyTerm]:
        if isinstance(thing, Literal):
            return []
        return [quad.object for quad in self.own.facts.quads_for_pattern(thing, p)]
