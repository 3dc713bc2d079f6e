"""The kinds of things that have an object of their own: practices, cities, actors."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from glocal_kg._glocal.row_queries import iri, number
from glocal_kg._glocal.things.thing import GEO, GLOCAL, SCHEMA, Thing


@dataclass(frozen=True, slots=True)
class Participant:
    """Who takes part in a practice: plainly, or in a role, in a capacity, over a time.

    All but ``iri`` are empty where nothing is said. Dates are as written: 2004, 2004-06.
    """

    iri: str
    role: str = ""
    acts_as: str = ""
    start: str = ""
    end: str = ""


class Practice(Thing):
    """Something that is being done: its themes, participants and dates."""

    @property
    def themes(self) -> tuple[str, ...]:
        """The concepts that it is about."""
        return self.iris(GLOCAL + "theme")

    @property
    def participants(self) -> tuple[Participant, ...]:
        """Who takes part, with what is said of it; one entry for each role, sorted."""
        parts: dict[str, dict[str, str]] = {}
        for quad in self.facts:
            if iri(quad.subject) != self.iri and not isinstance(quad.object, Literal | NamedNode):
                continue
            if iri(quad.subject) != self.iri:
                said = parts.setdefault(iri(quad.subject), {})
                said.setdefault(quad.predicate.value, str(quad.object.value))  # type: ignore[union-attr]  # a literal or IRI here
        found = {
            Participant(
                said[GLOCAL + "ofParticipant"],
                said.get(GLOCAL + "inRole", ""),
                said.get(GLOCAL + "actsAs", ""),
                said.get(SCHEMA + "startDate", ""),
                said.get(SCHEMA + "endDate", ""),
            )
            for said in parts.values()
            if GLOCAL + "ofParticipant" in said
        }
        named = {one.iri for one in found}
        found |= {Participant(one) for one in self.iris(GLOCAL + "participant") if one not in named}
        return tuple(sorted(found, key=lambda one: (one.iri, one.role, one.start)))

    @property
    def start(self) -> str | None:
        """When it began, as written."""
        return self.text(SCHEMA + "startDate")

    @property
    def end(self) -> str | None:
        """When it ended, as written."""
        return self.text(SCHEMA + "endDate")

    @property
    def part_of(self) -> tuple[str, ...]:
        """What it is a part of, such as a program."""
        return self.iris(GLOCAL + "partOf")

    @property
    def where(self) -> tuple[str, ...]:
        """Where it takes place."""
        return self.iris(GLOCAL + "where")


class Place(Thing):
    """A place: where it lies, and in what."""

    @property
    def lat(self) -> float | None:
        """Its latitude in degrees, where one is given."""
        return _one(self, "lat")

    @property
    def lon(self) -> float | None:
        """Its longitude in degrees, where one is given."""
        return _one(self, "long")

    @property
    def located_in(self) -> tuple[str, ...]:
        """The countries and regions in which it lies."""
        return self.iris(GLOCAL + "locatedIn")


class City(Place):
    """A city, whichever is meant: place, people or government."""


class Actor(Thing):
    """Somebody who acts: a person, a body, a group."""

    @property
    def governs(self) -> tuple[str, ...]:
        """The places that it governs."""
        return self.iris(GLOCAL + "governs")


def _one(thing: Thing, name: str) -> float | None:
    """The first number of a property; None where there is none that can be read."""
    found = (number(term) for term in thing.values(GEO + name))
    return next((value for value in found if value is not None), None)


KINDS: dict[str, type[Thing]] = {
    **dict.fromkeys(("Practice", "Project", "Program", "GlocalPractice"), Practice),
    "City": City,
    "Place": Place,
    **dict.fromkeys(
        (
            "Actor",
            "Person",
            "Organization",
            "Network",
            "Government",
            "ActorGroup",
            "SubnationalActor",
        ),
        Actor,
    ),
}
"""The object of each class, the more special ones first."""


def kind_of(types: tuple[str, ...]) -> type[Thing]:
    """The kind of object for a thing of some classes."""
    names = {one.removeprefix(GLOCAL) for one in types if one.startswith(GLOCAL)}
    return next((kind for name, kind in KINDS.items() if name in names), Thing)
