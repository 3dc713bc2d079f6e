"""Networks in a graph: partnerships, co-participation, participation, relations of concepts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from typing import Any, Literal, get_args

from glocal_kg._glocal.gazetteer_points import GAZETTEER, gazetteer_places, geonames_matches
from glocal_kg._glocal.networks.building import Link, NetworkNode
from glocal_kg._glocal.networks.participants import PartInPractice, partners, taking_part
from glocal_kg._glocal.networks.projections import (
    Participation,
    Weight,
    co_participation,
    participation,
    partnerships,
    relations,
)
from glocal_kg._glocal.row_queries import (
    Asks,
    Once,
    Sources,
    ThingNames,
    iri,
    rows,
    shorten,
    sources_of,
    things,
)
from glocal_kg._rdf.arguments import LANGUAGE, LANGUAGES, WHOLE, expect
from glocal_kg.errors import ArgumentError, ParameterError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from networkx import MultiGraph

Kind = Literal["partnerships", "co-participation", "participation", "relations"]

_DATES = """SELECT DISTINCT ?practice ?which ?date {
  VALUES ?which { schema:startDate schema:endDate } ?practice ?which ?date }"""
_RELATIONS = """SELECT DISTINCT ?one ?relation ?other ?source {{
  VALUES ?relation {{
    skos:broader skos:narrower skos:related skos:closeMatch skos:exactMatch glocal:partOf
    glocal:correspondsTo glocal:contrastsWith glocal:exampleOf glocal:reactionTo glocal:answers
    glocal:basisOf glocal:drives glocal:causes glocal:affects glocal:favors glocal:hinders
    glocal:strengthens glocal:weakens glocal:requires glocal:occursWith }}
  GRAPH ?source {{ ?one ?relation ?other }} FILTER(ISIRI(?one) && ISIRI(?other)) {filter}
  FILTER(?relation != skos:exactMatch || EXISTS {{ GRAPH ?any {{ ?other ?said ?value }} }})
}}"""


def network(
    kg: Asks,
    kind: Kind = "partnerships",
    *,
    source: str | Sequence[str] | None = None,
    weight: Weight = "count",
    interpretations: bool = False,
    most_links: int = 2_000_000,
    language: str | Sequence[str] | None = None,
) -> MultiGraph[str]:
    """A network that a graph holds, as a networkx graph with all parallel links.

    ``kind`` is

    - ``partnerships``: participants of one practice who are linked with each other, have both
      the role of a partner in it, or are its only two participants where no role is said;
      ``by`` says of each link what makes it one, and ``partners_by`` of the graph how many;
    - ``co-participation``: all participants of one practice, pair by pair;
    - ``participation``: actors to practices, one link for each role;
    - ``relations``: concepts to concepts, one link for each relation; an exact match with what
      the graph says nothing of, such as a place of a gazetteer, is none.

    ``source`` names graphs to read, or ``mine``; ``weight`` is ``count``, ``share`` or
    ``distance``; nodes are named in ``language``, by default in those of ``kg``. The graph says in
    its attributes which query made it and from which sources.

    Raises ``ParameterError`` for another kind or weight, ``LimitError`` with the size.
    """
    if not WHOLE.fits(most_links):
        raise ArgumentError("most_links", most_links, "a whole number")
    if not isinstance(kind, str) or kind not in _KINDS:
        raise ParameterError(
            f"There is no network of {kind!r}.", remedy=f"Take {', '.join(_KINDS)}."
        )
    if weight not in get_args(Weight):
        raise ParameterError(
            f"There is no weight {weight!r}.", remedy=f"Take {', '.join(get_args(Weight))}."
        )
    sources = sources_of(source, interpretations)
    read: set[str] = set()
    if language is not None:
        expect("language", language, LANGUAGE if isinstance(language, str) else LANGUAGES)
        kg = Once(kg, (language,) if isinstance(language, str) else language)
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
    listed = list(links.values())
    ends = {end for link in listed for end in (link.source, link.target)}
    nodes = _nodes(kg, things(kg, ends), ends)
    return relations(listed, nodes, most_links=most, **_about(query, read))


def _dates(kg: Asks, practices: Container[str]) -> dict[tuple[str, str], str]:
    """When practices began and ended, as written: by practice, and "start" or "end"."""
    found: dict[tuple[str, str], str] = {}
    for row in rows(kg, _DATES):
        practice, date = iri(row["practice"]), iri(row["date"])
        if practice in practices:
            key = (practice, shorten(iri(row["which"])).removesuffix("Date"))
            found[key] = min(found.get(key, date), date)
    return found


def _said(
    part: PartInPractice, practice: str, dates: dict[tuple[str, str], str], role: bool = True
) -> dict[str, str]:
    """The practice, and when the part began and ended, else when the practice did, if known."""
    said = {
        "practice": practice,
        "start": part.start or dates.get((practice, "start")),
        "end": part.end or dates.get((practice, "end")),
        "role": part.role if role else "",
    }
    return {name: value for name, value in said.items() if value}


def _participation(
    kg: Asks, sources: Sources, weight: Weight, most: int, read: set[str]
) -> MultiGraph[str]:
    if weight != "count":
        raise ParameterError("Participations are counted only.", remedy="Take weight='count'.")
    taking = taking_part(kg, sources)
    read |= taking.sources
    dates = _dates(kg, {practice for practice, _ in taking.parts})
    listed = [
        (practice, actor, part)
        for (practice, actor), parts in taking.parts.items()
        for part in parts
    ]
    known = things(
        kg, {name for practice, actor, part in listed for name in (actor, practice, part.role)}
    )
    named = [
        Participation(
            actor,
            practice,
            known.name(part.role) if part.role else "",
            _said(part, practice, dates),
        )
        for practice, actor, part in listed
    ]
    ends = {end for practice, actor, _ in listed for end in (practice, actor)}
    about = _about(taking.query, read)
    return participation(named, _nodes(kg, known, ends), most_links=most, **about)


def _together(
    kg: Asks, sources: Sources, weight: Weight, most: int, read: set[str]
) -> MultiGraph[str]:
    taking = taking_part(kg, sources)
    read |= taking.sources
    ends = {actor for _, actor in taking.parts}
    nodes = _nodes(kg, things(kg, ends), ends)
    listed = [Participation(actor, practice) for practice, actor in taking.parts]
    about = _about(taking.query, read)
    return co_participation(listed, nodes, weight=weight, most_links=most, **about)


def _partnerships(
    kg: Asks, sources: Sources, weight: Weight, most: int, read: set[str]
) -> MultiGraph[str]:
    taking = taking_part(kg, sources)
    found = partners(kg, sources, taking)
    read |= found.sources
    dates = _dates(kg, {practice for *_, practice in found.pairs})
    known = things(kg, {name for pair in found.pairs for name in pair})
    links = [
        Link(
            one,
            other,
            "partner",
            practice,
            1.0,
            {
                **_said(taking.parts[practice, one][0], practice, dates, role=False),
                "practice_name": known.name(practice),
                "by": by,
            },
        )
        for (one, other, practice), by in found.pairs.items()
    ]
    nodes = _nodes(kg, known, {end for pair in found.pairs for end in pair[:2]})
    counted = Counter(found.pairs.values())
    return partnerships(
        links,
        nodes,
        weight=weight,
        most_links=most,
        **_about(taking.query + found.query, read),
        partners_by="; ".join(f"{by}: {counted[by]}" for by in sorted(counted)),
    )


def _nodes(kg: Asks, known: ThingNames, wanted: Iterable[str]) -> Iterator[NetworkNode]:
    """Things as nodes; where one has no coordinates but a match, it says what placed it."""
    ends = sorted(wanted)
    matches = geonames_matches(kg, (end for end in ends if end not in known.places))
    found = gazetteer_places(matches)
    for node in ends:
        said: dict[str, Any] = {
            f"name_{tag}": name for tag, name in known.names.get(node, {}).items() if tag
        }
        said["iri"] = shorten(node)
        if node in matches:
            said["geonames"] = "; ".join(matches[node])
        if node in found:
            said["placed_by"] = GAZETTEER
        place = known.places.get(node, found.get(node))
        yield NetworkNode(node, known.name(node), known.kinds.get(node, ""), place, said)


def _about(query: str, read: set[str]) -> dict[str, object]:
    return {"query": query, "sources": "; ".join(sorted(read))}


_KINDS: dict[str, Callable[[Asks, Sources, Weight, int, set[str]], MultiGraph[str]]] = {
    "partnerships": _partnerships,
    "co-participation": _together,
    "participation": _participation,
    "relations": _relations,
}
