"""Who takes part in what, and who are partners: read from a graph, for networks and maps."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field

from glocal_kg._glocal.row_queries import Asks, Sources, iri, rows

# Who takes part in what: plainly, or through a node that says the role.
_PARTICIPANTS = """SELECT DISTINCT ?practice ?actor ?role ?part ?start ?end ?source {{
  GRAPH ?source {{
    {{ ?practice glocal:participant ?actor }} UNION
    {{ ?practice glocal:qualifiedParticipation ?part . ?part glocal:ofParticipant ?actor .
      OPTIONAL {{ ?part glocal:inRole ?role }}
      OPTIONAL {{ ?part schema:startDate ?start }} OPTIONAL {{ ?part schema:endDate ?end }} }}
  }} {filter}
}}"""
_LINKED = """SELECT DISTINCT ?one ?other ?source {{
  GRAPH ?source {{ ?one glocal:linkedWith ?other }} {filter}
}}"""
_PARTNER = "https://w3id.org/glocal/id/role/partner"
_COLUMNS = ("practice", "actor", "role", "part", "start", "end", "source")

Pair = tuple[str, str, str]
"""Two actors, in the order of their names, and the practice in which they are partners."""


@dataclass(frozen=True, slots=True)
class PartInPractice:
    """One part of an actor in a practice: its role and dates, empty where nothing is said."""

    role: str
    start: str
    end: str


@dataclass(frozen=True, slots=True)
class TakingPart:
    """Who takes part in what, in the order of the names of practices and actors.

    ``parts`` has the parts by practice and actor; ``of_part`` the two that a participation is
    of; ``query`` and ``sources`` are what it was asked with, and the graphs that answered.
    """

    query: str
    parts: dict[tuple[str, str], list[PartInPractice]]
    of_part: dict[str, tuple[str, str]] = field(repr=False)
    sources: frozenset[str]

    def by_practice(self) -> dict[str, list[str]]:
        """The actors of each practice."""
        found: dict[str, list[str]] = {}
        for practice, actor in self.parts:
            found.setdefault(practice, []).append(actor)
        return found

    def roles(self, practice: str, actor: str) -> set[str]:
        """The roles of an actor in a practice, none where none is said."""
        return {part.role for part in self.parts[practice, actor] if part.role}


def taking_part(kg: Asks, sources: Sources) -> TakingPart:
    """Who takes part in what, by the sources. A plain link beside a role says nothing more."""
    query = _PARTICIPANTS.format(filter=sources.filter())
    found: dict[tuple[str, str], dict[str, PartInPractice]] = {}
    of_part: dict[str, tuple[str, str]] = {}
    read = set()
    asked = (
        [iri(row[name]) if name in row else "" for name in _COLUMNS] for row in rows(kg, query)
    )
    for practice, actor, role, part, start, end, source in sorted(asked):
        read.add(source)
        if part:
            of_part[part] = (practice, actor)
        found.setdefault((practice, actor), {})[role] = PartInPractice(role, start, end)
    for roles in found.values():
        if len(roles) > 1:
            roles.pop("", None)
    parts = {key: list(roles.values()) for key, roles in found.items()}
    return TakingPart(query, parts, of_part, frozenset(read))


@dataclass(frozen=True, slots=True)
class Partners:
    """Who are partners in which practice, and what makes them so."""

    query: str
    pairs: dict[Pair, str]
    sources: frozenset[str]


def partners(kg: Asks, sources: Sources, taking: TakingPart) -> Partners:
    """Participants who are linked with each other, are partners by role, or are the only two.

    The only two participants of a practice are partners where no role is said of either: a funder
    and those who are reached are none. What makes a pair partners is told, the first that does.
    """
    query = _LINKED.format(filter=sources.filter())
    pairs: dict[Pair, str] = {}
    read = set(taking.sources)
    for row in rows(kg, query):
        one, other = (taking.of_part.get(iri(row[name])) for name in ("one", "other"))
        if one and other and one[0] == other[0] and one[1] != other[1]:
            pairs[min(one[1], other[1]), max(one[1], other[1]), one[0]] = "linked"
            read.add(iri(row["source"]))
    for practice, actors in taking.by_practice().items():
        for pair, by in _of_practice(taking, practice, actors):
            pairs.setdefault((*pair, practice), by)
    return Partners(query, pairs, frozenset(read))


def _of_practice(
    taking: TakingPart, practice: str, actors: list[str]
) -> Iterator[tuple[tuple[str, str], str]]:
    roles = {actor: taking.roles(practice, actor) for actor in actors}
    by_role = sorted(actor for actor in actors if _PARTNER in roles[actor])
    for pair in itertools.combinations(by_role, 2):
        yield pair, "partners"
    if len(actors) == 2 and not any(roles.values()):
        one, other = sorted(actors)
        yield (one, other), "the only two"
