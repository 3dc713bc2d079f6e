"""Practices, cities and other things read from a graph as objects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any, TypeVar, cast

from pyoxigraph import NamedNode, Quad

from glocal_kg._glocal.row_queries import (
    Asks,
    classes,
    iri,
    label_properties_in,
    rows,
    shorten,
    sources_of,
)
from glocal_kg._glocal.things.kinds import City, Practice, kind_of
from glocal_kg._glocal.things.thing import Thing
from glocal_kg._glocal.things.things import Things
from glocal_kg.errors import NotFoundError

T = TypeVar("T", bound=Thing)

_OF_CLASS = """SELECT DISTINCT ?s ?p ?o ?source {{
  {{ SELECT DISTINCT ?s {{ VALUES ?class {{ {classes} }} ?s a ?class . {narrow} }} }}
  GRAPH ?source {{ ?s ?p ?o }} {filter}
}}"""
_PARTS_OF_CLASS = """SELECT DISTINCT ?x ?s ?p ?o ?source {{
  {{ SELECT DISTINCT ?x {{ VALUES ?class {{ {classes} }} ?x a ?class . {narrow} }} }}
  ?x glocal:qualifiedParticipation ?s . GRAPH ?source {{ ?s ?p ?o }} {filter}
}}"""
_OF_ONE = """SELECT DISTINCT ?s ?p ?o ?source {{
  VALUES ?s {{ <{iri}> }} GRAPH ?source {{ ?s ?p ?o }} {filter}
}}"""
_PARTS_OF_ONE = """SELECT DISTINCT ?x ?s ?p ?o ?source {{
  VALUES ?x {{ <{iri}> }} ?x glocal:qualifiedParticipation ?s .
  GRAPH ?source {{ ?s ?p ?o }} {filter}
}}"""


_THEMES = """SELECT DISTINCT ?x {{
  VALUES ?x {{ {values} }}
  {{ ?practice glocal:theme ?x }} UNION
  {{ ?x a glocal:AreaOfAttraction }}
}}"""


def practices(
    kg: Asks,
    *,
    source: str | Sequence[str] | None = None,
    theme: str | None = None,
    participant: str | None = None,
    interpretations: bool = False,
) -> Things[Practice]:
    """The practices of a graph as objects, sorted by IRI.

    ``source`` names graphs, or ``mine``; ``theme`` and ``participant`` are IRIs, in full or as
    prefix:name, that a practice must have. Subclasses count, the user's own too.
    """
    narrow = ""
    if theme:
        narrow += f" ?s glocal:theme {_theme(kg, theme)} ."
    if participant:
        who = _node(kg, participant)
        narrow += (
            f" {{ ?s glocal:participant {who} }} UNION "
            f"{{ ?s glocal:qualifiedParticipation/glocal:ofParticipant {who} }}"
        )
    found = cast(list[Practice], _all(kg, "Practice", narrow, source, interpretations, Practice))
    told = {"source": source, "theme": theme, "participant": participant}
    return Things(found, _call("practices", told, interpretations))


def cities(
    kg: Asks, *, source: str | Sequence[str] | None = None, interpretations: bool = False
) -> Things[City]:
    """The cities of a graph as objects, sorted by IRI; ``source`` names graphs, or ``mine``."""
    found = cast(list[City], _all(kg, "City", "", source, interpretations, City))
    return Things(found, _call("cities", {"source": source}, interpretations))


def get(kg: Asks, name: str | NamedNode, *, interpretations: bool = False) -> Thing:
    """One thing by its IRI, in full or as prefix:name, or its name, as the object of its kind.

    Raises ``NotFoundError`` where nothing is said of it, with the nearest that exists.
    """
    found = _node(kg, name).strip("<>")
    chosen = sources_of(None, interpretations).filter()
    facts = [_quad(row) for row in rows(kg, _OF_ONE.format(iri=found, filter=chosen))]
    if not facts:
        raise NotFoundError(f"Nothing is said of {found}.", remedy=_nearest(kg, found))
    facts += [_quad(row) for row in rows(kg, _PARTS_OF_ONE.format(iri=found, filter=chosen))]
    return _thing(kg, found, facts, Thing, _named_by(kg))


def _call(name: str, told: Mapping[str, object], interpretations: bool) -> str:
    given = [f"{key}={value!r}" for key, value in told.items() if value is not None]
    given += ["interpretations=True"] if interpretations else []
    return f"kg.{name}({', '.join(given)})"


def _all(
    kg: Asks,
    name: str,
    narrow: str,
    source: str | Sequence[str] | None,
    interpretations: bool,
    kind: type[Thing],
) -> list[Thing]:
    told = {
        "classes": classes(kg, name),
        "narrow": narrow,
        "filter": sources_of(source, interpretations).filter(),
    }
    facts: dict[str, list[Quad]] = {}
    for row in rows(kg, _OF_CLASS.format(**told)):
        facts.setdefault(iri(row["s"]), []).append(_quad(row))
    if kind is Practice:
        parts = _PARTS_OF_CLASS.format(**{**told, "narrow": narrow.replace("?s", "?x")})
        for row in rows(kg, parts):
            if iri(row["x"]) in facts:
                facts[iri(row["x"])].append(_quad(row))
    named_by = _named_by(kg)
    return [_thing(kg, one, facts[one], kind, named_by) for one in sorted(facts)]


def _named_by(kg: Asks) -> tuple[str, ...]:
    return tuple(property.value for property in label_properties_in(kg))


def _thing(
    kg: Asks, name: str, facts: list[Quad], kind: type[Thing], named_by: tuple[str, ...]
) -> Thing:
    ordered = tuple(sorted(dict.fromkeys(facts), key=str))
    types = tuple(
        quad.object.value
        for quad in ordered
        if iri(quad.subject) == name
        and quad.predicate.value.endswith("#type")
        and isinstance(quad.object, NamedNode)
    )
    found = kind_of(types)
    made = found if issubclass(found, kind) else kind
    return made(name, ordered, tuple(kg.languages), ordered, named_by)


def _quad(row: dict[str, Any]) -> Quad:
    return Quad(row["s"], row["p"], row["o"], row["source"])


def _node(kg: Asks, name: str | NamedNode) -> str:
    """An IRI in full, as prefix:name, or by a name, as SPARQL writes it."""
    from glocal_kg._graph.naming import meant

    return f"<{meant(cast(Any, kg), name).value}>"


def _theme(kg: Asks, name: str | NamedNode) -> str:
    """A theme as ``_node`` gives it; of several things of one name, that which can be a theme.

    Areas of attraction, and what some practice has as its theme.
    """
    from glocal_kg._graph.naming import things_named

    text = name if isinstance(name, str) else ""
    named = things_named(cast(Any, kg), text) if text else []
    if len(named) > 1:
        values = " ".join(f"<{one.value}>" for one in named)
        fit = {iri(row["x"]) for row in rows(kg, _THEMES.format(values=values))}
        if len(fit) == 1:
            return f"<{fit.pop()}>"
    return _node(kg, name)


def _nearest(kg: Asks, name: str) -> str:
    asked = rows(kg, "SELECT DISTINCT ?x { GRAPH ?g { ?x a ?class } FILTER(ISIRI(?x)) }")
    known = [iri(row["x"]) for row in asked]
    close = get_close_matches(name, known, 3, 0.8)
    if not close:
        last = {shorten(one): one for one in sorted(known)}
        close = [last[one] for one in get_close_matches(shorten(name), list(last), 3, 0.8)]
    return f"Did you mean {', '.join(close)}?" if close else f"See kg.search('{shorten(name)}')."
