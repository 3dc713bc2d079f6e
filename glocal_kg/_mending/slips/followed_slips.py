"""The slips in the facts of one's own, brought up to date from what has changed.

Of a thing whose facts are as they were, other slips can be told only where something is said
otherwise of what it points at, where words that were told rest on a fact that changed, or where
the vocabulary itself did: then all is looked at anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from pyoxigraph import NamedNode

from glocal_kg._engines.shacl.finding_parts import Part
from glocal_kg._engines.shacl.report import Finding
from glocal_kg._mending.country_said import READ_AROUND
from glocal_kg._mending.likeness.nearest import Nearest
from glocal_kg._mending.memory import Memory, StandingAnswer
from glocal_kg._mending.own import OwnFacts
from glocal_kg._mending.slips.near_namespaces import LINKS, declares_wrong
from glocal_kg._mending.slips.points import READ_AT_VALUES
from glocal_kg._mending.slips.slips import Slips
from glocal_kg._rdf.namespaces import OWL, PROV, RDF, RDFS, SH
from glocal_kg._rdf.store.facts import SAID
from glocal_kg._study.vocab import GLOCAL
from glocal_kg._study.vocabularies import namespace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from glocal_kg._mending.country_said import Amiss

_AXIOMS = frozenset((RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range, *LINKS))
_FEW = 32  # in so many places one looks one by one
_SPACES = frozenset(str(space) for space in (OWL, RDF, RDFS, SH))
"""Namespaces whose classes are those of vocabularies and shapes, not of things."""


class _Slip(NamedTuple):
    place: tuple[object, ...]
    """That among the others."""
    thing: int
    """The number of what it is about."""
    answer: StandingAnswer


class FollowedSlips:
    """The slips of now, each with what was looked up for it."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._found: list[_Slip] = []
        self._part: Part | None = None
        self._anew = True  # nothing is known, or a fact has changed that all of them may rest on
        self._speaks_ours = False
        self._sources: list[object] = []
        self._touched: set[int] = set()  # things of which something is said, or is no more
        self._typed: set[int] = set()  # things of which others may be told in another way
        self._placed: set[int] = set()  # and those of which what lies in them may be

    def change(self, rows: Sequence[Sequence[int]], term: Callable[[int], Any]) -> None:
        """Take up quads that came or went."""
        roles = {p: _role_of(term(p)) for p in {row[1] for row in rows}}
        self._touched.update([row[0] for row in rows])
        self._touched.update([row[3] for row in rows])  # nothing is said of a graph that is none
        for s, p, o, _ in rows:
            role = roles[p]
            if role is _NO_ROLE:
                continue
            if role.typing:
                self._typed.add(s)
            if role.placing:
                self._placed.add(s)
            if role.making:
                self._touched.add(o)
            if role.axiom or (role.naming and _is_vocabulary(s, term(p), o, term)):
                self._anew = True

    def found(self, own: OwnFacts, nearest: Nearest, amiss: Amiss | None) -> Part:
        """The slips, in their order: the same tuple where they are the same."""
        if self._anew or self._is_other(own):
            self._forget(self._found)
            self._found, self._part = [], None
            self._tell(Slips(own, nearest, amiss))
        else:
            doubted = (one for one in self._found if one.answer.doubted)
            again = {one.thing for one in doubted if not self._memory.stands(one.answer)}
            near = _pointing(own, self._typed) | _within(own, self._placed)
            self._follow(own, nearest, amiss, sorted(self._touched | again | near))
        self._anew = False
        self._touched, self._typed, self._placed = set(), set(), set()
        self._speaks_ours, self._sources = own.speaks_ours, list(own.kg.sources)
        own.let_go()
        if self._part is None:
            self._part = tuple(one.answer.value for one in self._found)
        return self._part

    def _is_other(self, own: OwnFacts) -> bool:
        """Whether what is told of all things together, or how things are told of, may differ."""
        wide = ("namespace", "circle")  # what many things have to do with
        counted = any(one.answer.value.check in wide for one in self._found)
        read = self._sources != own.kg.sources and declares_wrong(own.kg.sources)
        return counted or read or own.speaks_ours != self._speaks_ours

    def _follow(
        self, own: OwnFacts, nearest: Nearest, amiss: Amiss | None, things: Sequence[int]
    ) -> None:
        if not things:
            return
        looked = set(things)
        gone = [one for one in self._found if one.thing in looked]
        if gone:
            self._forget(gone)
            self._found = [one for one in self._found if one.thing not in looked]
            self._part = None
        self._tell(Slips(own.of_things(things), nearest, amiss))

    def _tell(self, slips: Slips) -> None:
        """Take up what is found, in its place among the others."""
        number = slips.own.moment.dictionary.add  # they all have one
        new = [
            _Slip(_place(one.value), number(one.value.focus), one)
            for one in self._memory.each(slips.found())
        ]
        if new:
            self._found = sorted((*self._found, *new), key=lambda one: one.place)
            self._part = None

    def _forget(self, slips: Iterable[_Slip]) -> None:
        for one in slips:
            self._memory.forget(one.answer)


class _Role(NamedTuple):
    """What a property says, as far as slips go."""

    typing: bool
    """What may be looked at where others point."""
    placing: bool
    """What is looked at from what lies there."""
    making: bool
    """What made something, of which nothing else need be said."""
    naming: bool
    """Of what a thing is, or is called."""
    axiom: bool
    """Of classes and properties, or shapes."""


_NO_ROLE = _Role(typing=False, placing=False, making=False, naming=False, axiom=False)


@lru_cache(maxsize=4096)
def _role_of(p: NamedNode) -> _Role:
    role = _Role(
        p in (RDF.type, RDF.first, *READ_AT_VALUES),
        p in READ_AROUND,
        p == PROV.wasGeneratedBy,
        p in (RDF.type, RDFS.label),
        p in _AXIOMS or namespace(p.value) == str(SH),
    )
    return role if any(role) else _NO_ROLE


def _is_vocabulary(s: int, p: NamedNode, o: int, term: Callable[[int], Any]) -> bool:
    """Whether a fact is about classes and properties, or names of ours."""
    if p == RDF.type:
        cls = term(o)
        return isinstance(cls, NamedNode) and namespace(cls.value) in _SPACES
    return term(s) in GLOCAL


def _pointing(own: OwnFacts, things: set[int]) -> set[int]:
    """The subjects of facts that lead to some things."""
    if len(things) < _FEW:
        each = [own.moment.few_beside("o", thing, own.selection) for thing in things]
        if None not in each:
            return {subject for few in each for _, subject, _ in few or ()}
    nodes = np.array(sorted(things), np.int32)
    return set(own.moment.beside("o", nodes, None, own.selection)[2].tolist())


def _within(own: OwnFacts, places: set[int]) -> set[int]:
    """What lies in some places, near or far."""
    found = level = places
    located = own.moment.find(GLOCAL.locatedIn)
    if located is not None:
        few_in = own.moment.finder(located, "o", SAID)
        while level:
            each = [few_in(place) for place in level] if len(level) < _FEW else [None]
            if None in each:
                some = np.array(sorted(level), np.int32)
                inner = own.moment.probe(located, "o", some, SAID)[1].tolist()
            else:
                inner = [one for few in each for one in few or ()]
            level = set(inner) - found
            found = found | level
    return found


_ORDER = ("namespace", "term", "class", "kind", "other-class", "range", "habit", "list", "point",
          "address")  # fmt: skip


def _place(one: Finding) -> tuple[object, ...]:
    """The place of a slip among the others: namespaces first, then names, literals last."""
    rank = _ORDER.index(one.check) if one.check in _ORDER else len(_ORDER)
    return rank, str(one.focus), str(one.path), str(one.value), one.cause, one.remedy
