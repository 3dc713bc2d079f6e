"""Networks in a graph: partnerships, co-participation, participation, relations of concepts."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Literal

from glocal_kg._glocal.asking import Asks, Once, Sources, ThingNames, iri, rows, sources_of, things
from glocal_kg._glocal.networks.building import Link, Node
from glocal_kg._glocal.networks.projections import (
    Participation,
    Weight,
    co_participation,
    participation,
    partnerships,
    relations,
)
from glocal_kg._glocal.placing import GAZETTEER, gazetteer_places, geonames_matches
from glocal_kg.errors import ArgumentError, ParameterError

if TYPE_CHECKING:
    from networkx import MultiGraph

Kind = Literal["partnerships", "co-participation", "participation", "relations"]

# Who takes part in what: plainly, or through a node that says the role.
_PARTICIPANTS = """SELECT DISTINCT ?practice ?actor ?role ?part ?start ?end ?source {{
  GRAPH ?source {{
    {{ ?practice glocal:participant ?actor }} UNION
    {{ ?practice glocal:qualifiedParticipation ?part . ?part glocal:ofParticipant ?actor .
      OPTIONAL {{ ?part glocal:inRole ?role }}
      OPTIONAL {{ ?part schema:startDate ?start }} OPTIONAL {{ ?part schema:endDate ?end }} }}
  }} {filter}
}}"""
_DATES = """SELECT DISTINCT ?practice ?start ?end {
  { ?practice glocal:participant ?x } UNION { ?practice glocal:qualifiedParticipation ?x }
  OPTIONAL { ?practice schema:startDate ?start } OPTIONAL { ?practice schema:endDate ?end }
}"""
_LINKED = """SELECT DISTINCT ?one ?other ?source {{
  GRAPH ?source {{ ?one glocal:linkedWith ?other }} {filter}
}}"""
_RELATIONS = """SELECT DISTINCT ?one ?relation ?other ?source {{
  VALUES ?relation {{
    skos:broader skos:narrower skos:related skos:closeMatch skos:exactMatch glocal:partOf
    glocal:correspondsTo glocal:contrastsWith glocal:exampleOf glocal:reactionTo glocal:answers
    glocal:basisOf glocal:drives glocal:causes glocal:affects glocal:favors glocal:hinders
    glocal:strengthens glocal:weakens glocal:requires glocal:occursWith }}
  GRAPH ?source {{ ?one ?relation ?other }} FILTER(ISIRI(?one) && ISIRI(?other)) {filter}
  FILTER(?relation != skos:exactMatch || EXISTS {{ GRAPH ?any {{ ?other ?said ?value }} }})
}}"""
_PARTNER = "https://w3id.org/glocal/id/role/partner"


def network(
    kg: Asks,
    kind: Kind = "partnerships",
    *,
    source: str | Sequence[str] | None = None,
    weight: Weight = "count",
    interpretations: bool = False,
    most_links: int = 2_000_000,
) -> MultiGraph[str]:
    """A network that a graph holds, as a networkx graph with all parallel links.

    ``kind`` is

    - ``partnerships``: participants of one practice who are linked with each other, are both
      partners in it, or are its only two participants;
    - ``co-participation``: all participants of one practice, pair by pair;
    - ``participation``: actors to practices, one link for each role;
    - ``relations``: concepts to concepts, one link for each relation; an exact match with what
      the graph says nothing of, such as a place of a gazetteer, is none.

    ``source`` names graphs to read, or ``mine``; ``weight`` is ``count``, ``share`` or
    ``distance``. The graph says in its attributes which query made it and from which sources.

    Raises ``ParameterError`` for another kind or weight, ``LimitError`` with the size.
    """
    if not isinstance(most_links, int):
        raise ArgumentError("most_links", most_links, "a whole number")
    if not isinstance(kind, str) or kind not in _KINDS:
        raise ParameterError(
            f"There is no network of {kind!r}.", remedy=f"Take {', '.join(_KINDS)}."
        )
    sources = sources_of(source, interpretations)
    read: set[str] = set()
    kg = kg if isinstance(kg, Once) else Once(kg)
    return _KINDS[kind](kg, sources, weight, most_links, read)


def _relations(
    kg: Asks, sources: Sources, weight: Weight, most: int, read: set[str]
) -> MultiGraph[str]:
    if weight != "count":
        raise ParameterError("Relations are counted only.", remedy="Take weight='count'.")
    query = _RELATIONS.format(filter=sources.filter())
    links: dict[tuple[str, str, str], Link] = {}
    for row in rows(kg, query):
        one, relation, other = (iri(row[name]) for name in ("one", "relation", "other"))
        read.add(iri(row["source"]))
        name = relation.replace("#", "/").rpartition("/")[2]
        links[one, relation, other] = Link(one, other, name, relation)
    known = things(kg, {end for link in links.values() for end in (link.source, link.target)})
    listed = list(links.values())
    return relations(listed, _nodes(kg, known, listed), most_links=most, **_about(query, read))


def _participants(
    kg: Asks, sources: Sources, read: set[str]
) -> tuple[str, dict[tuple[str, str], dict[str, Participation]], dict[str, tuple[str, str]]]:
    """The query, participations by practice and actor and then role, and what each part is of."""
    query = _PARTICIPANTS.format(filter=sources.filter())
    dates = _practice_dates(kg)
    found: dict[tuple[str, str], dict[str, Participation]] = {}
    parts: dict[str, tuple[str, str]] = {}
    for row in sorted(rows(kg, query), key=str):
        practice, actor = iri(row["practice"]), iri(row["actor"])
        read.add(iri(row["source"]))
        role = iri(row["role"]) if "role" in row else ""
        start, end = dates.get(practice, (None, None))
        said = {
            "practice": practice,
            "start": row["start"].value if "start" in row else start,
            "end": row["end"].value if "end" in row else end,
        }
        if "part" in row:
            parts[iri(row["part"])] = (practice, actor)
        found.setdefault((practice, actor), {})[role] = Participation(actor, practice, role, said)
    for roles in found.values():
        if len(roles) > 1:  # the plain link says nothing more
            roles.pop("", None)
    return query, found, parts


def _practice_dates(kg: Asks) -> dict[str, tuple[str | None, str | None]]:
    found: dict[str, tuple[str | None, str | None]] = {}
    for row in sorted(rows(kg, _DATES), key=str):
        start, end = (row[name].value if name in row else None for name in ("start", "end"))
        found.setdefault(iri(row["practice"]), (start, end))
    return found


def _participation(
    kg: Asks, sources: Sources, weight: Weight, most: int, read: set[str]
) -> MultiGraph[str]:
    if weight != "count":
        raise ParameterError("Participations are counted only.", remedy="Take weight='count'.")
    query, found, _ = _participants(kg, sources, read)
    listed = [one for roles in found.values() for one in roles.values()]
    known = things(kg, {name for one in listed for name in (one.actor, one.practice, one.role)})
    ends = [Link(one.actor, one.practice) for one in listed]
    named = [
        Participation(one.actor, one.practice, known.name(one.role) if one.role else "", said)
        for one in listed
        for said in [{**one.attributes, "role": one.role or None}]
    ]
    return participation(named, _nodes(kg, known, ends), most_links=most, **_about(query, read))


def _together(
    kg: Asks, sources: Sources, weight: Weight, most: int, read: set[str]
) -> MultiGraph[str]:
    query, found, _ = _participants(kg, sources, read)
    listed = [next(iter(roles.values())) for roles in found.values()]
    known = things(kg, {one.actor for one in listed})
    nodes = _nodes(kg, known, [Link(one.actor, one.actor) for one in listed])
    return co_participation(listed, nodes, weight=weight, most_links=most, **_about(query, read))


def _partnerships(
    kg: Asks, sources: Sources, weight: Weight, most: int, read: set[str]
) -> MultiGraph[str]:
    query, found, parts = _participants(kg, sources, read)
    linked = _LINKED.format(filter=sources.filter())
    pairs: dict[tuple[str, str, str], dict[str, Any]] = {}
    for row in rows(kg, linked):
        one, other = parts.get(iri(row["one"])), parts.get(iri(row["other"]))
        if one and other and one[0] == other[0]:
            pairs[min(one[1], other[1]), max(one[1], other[1]), one[0]] = {"by": "linked"}
    of_practice: dict[str, list[str]] = {}
    for practice, actor in found:
        of_practice.setdefault(practice, []).append(actor)
    for practice, actors in of_practice.items():
        partners = [actor for actor in actors if _PARTNER in found[practice, actor]]
        for by, some in (("partners", partners), ("the only two", actors)):
            if by == "partners" or len(actors) == 2:
                for pair in itertools.combinations(sorted(some), 2):
                    pairs.setdefault((*pair, practice), {"by": by})
    known = things(kg, {name for key in pairs for name in key})
    links = [
        Link(
            one,
            other,
            "partner",
            practice,
            1.0,
            {**next(iter(found[practice, one].values())).attributes, **said}
            | {"practice": practice, "practice_name": known.name(practice)},
        )
        for (one, other, practice), said in pairs.items()
        if one != other
    ]
    return partnerships(
        links,
        _nodes(kg, known, links),
        weight=weight,
        most_links=most,
        **_about(query + linked, read),
    )


def _nodes(kg: Asks, known: ThingNames, links: Sequence[Link]) -> Iterator[Node]:
    """The ends of links; where one has no coordinates but a match, it says what placed it."""
    ends = sorted({end for link in links for end in (link.source, link.target)})
    matches = geonames_matches(kg, (end for end in ends if end not in known.places))
    found = gazetteer_places(matches)
    for node in ends:
        said: dict[str, Any] = {
            f"name_{tag}": name for tag, name in known.names.get(node, {}).items() if tag
        }
        if node in matches:
            said["geonames"] = matches[node]
        if node in found:
            said["placed_by"] = GAZETTEER
        place = known.places.get(node, found.get(node))
        yield Node(node, known.name(node), known.kinds.get(node, ""), place, said)


def _about(query: str, read: set[str]) -> dict[str, object]:
    return {"query": query, "sources": sorted(read)}


_KINDS: dict[str, Callable[[Asks, Sources, Weight, int, set[str]], MultiGraph[str]]] = {
    "partnerships": _partnerships,
    "co-participation": _together,
    "participation": _participation,
    "relations": _relations,
}
