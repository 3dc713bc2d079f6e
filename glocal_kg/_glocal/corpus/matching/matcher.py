"""Finding a place in a gazetteer: accepted, offered or refused, and why."""

from __future__ import annotations

from typing import NamedTuple

from glocal_kg._glocal.corpus.mapping.text_values import invisible
from glocal_kg._glocal.corpus.matching import countries
from glocal_kg._glocal.corpus.matching.candidate import (
    CLOSE_SIZE,
    NEAR,
    SAME_SIZE,
    Candidate,
    Wanted,
    how_named,
    weigh,
)
from glocal_kg._glocal.corpus.matching.names import fold, loose
from glocal_kg._rdf.extras import need

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Literal

    from glocal_kg._glocal.corpus.matching.gazetteer import Gazetteer, GazetteerEntry

    Verdict = Literal["accepted", "offered", "refused"]

_LIKE = 84.0  # percent of likeness from which a name is offered
_SHOWN = 5  # candidates kept of each place


class Match(NamedTuple):
    """What was found for a place: the verdict, why, and the candidates, the best first."""

    wanted: Wanted
    verdict: Verdict
    why: str
    candidates: tuple[Candidate, ...] = ()

    @property
    def best(self) -> Candidate | None:
        """The best candidate."""
        return self.candidates[0] if self.candidates else None

    @property
    def place(self) -> GazetteerEntry | None:
        """The place that was accepted."""
        return self.candidates[0].place if self.verdict == "accepted" else None


class PlaceMatcher:
    """Looks places up in one gazetteer; made for a list of names at once, which is quicker."""

    def __init__(self, gazetteer: Gazetteer, names: Iterable[str]) -> None:
        self.gazetteer = gazetteer
        self._others = gazetteer.by_other_names({fold(_clean(name)) for name in names})
        self._loose: dict[str, tuple[list[str], list[GazetteerEntry]]] = {}

    def match(self, wanted: Wanted) -> Match:
        """The match of one place, by itself."""
        state = countries.state(wanted.country) if wanted.country else None
        blank = countries.is_blank(wanted.country)
        candidates = self._candidates(wanted, state)
        if not candidates:
            return Match(wanted, "refused", self._why_none(wanted, state))
        ranked = tuple(sorted(candidates, key=lambda c: (-c.score, c.place.iri))[:_SHOWN])
        hidden = invisible(wanted.name)
        if hidden:
            return Match(wanted, "offered", f"the name holds invisible {hidden}", ranked)
        if state is None:
            why = "has no country"
            if blank:
                why = f"the country {wanted.country} is Wikidata's mark for a value not known"
            elif wanted.country:
                why = f"'{wanted.country}' is no country that is known here"
            return Match(wanted, "offered", why, ranked)
        if state.former and (wanted.year is None or not state.existed(wanted.year)):
            years = f"{state.since}-{state.until}"
            return Match(wanted, "offered", f"{state.name} ({years}) is no more", ranked)
        exact = [candidate for candidate in candidates if candidate.how != "alike"]
        verdict, why, chosen = _decide(wanted, exact)
        if chosen is not None:
            rest = [candidate for candidate in ranked if candidate.place != chosen.place]
            return Match(wanted, verdict, why, (chosen, *rest[: _SHOWN - 1]))
        return Match(wanted, verdict, why, ranked)

    def _why_none(self, wanted: Wanted, state: countries.FormerState | None) -> str:
        """That there is no such place; or where one is, if only the country has none."""
        none = "no place of such a name is in the gazetteer"
        if state is None:
            return none
        abroad = sorted(self._candidates(wanted, None), key=lambda c: (-c.score, c.place.iri))
        if not abroad:
            return none
        place = abroad[0].place
        where = f"{place.name} in {countries.names(place.country)}"
        more = f", among {len(abroad)} elsewhere" if len(abroad) > 1 else ""
        return f"the gazetteer has none in {state.name}, but {where}{more}"

    def _candidates(self, wanted: Wanted, state: countries.FormerState | None) -> list[Candidate]:
        name = _clean(wanted.name)
        folded = fold(name)
        codes: Sequence[str] = state.today if state else tuple(self.gazetteer.by_country)
        found: dict[str, Candidate] = {}
        for code in codes:
            agreement = "" if state is None else _agreement(state, code)
            for place in self.gazetteer.by_name.get((folded, code), ()):
                how = how_named(name, place.name, place.others)
                found[place.iri] = weigh(wanted, place, how, 1.0, agreement)
            for place in self._others.get((folded, code), ()):
                if place.iri not in found:
                    found[place.iri] = weigh(wanted, place, "other name", 1.0, agreement)
        if state is not None and not found:  # names alike matter where none is the same
            for place, likeness in self._alike(name, codes):
                if _worth(wanted, place):
                    agreement = _agreement(state, place.country)
                    found[place.iri] = weigh(wanted, place, "alike", likeness, agreement)
        return list(found.values())

    def _alike(self, name: str, codes: Sequence[str]) -> list[tuple[GazetteerEntry, float]]:
        need("rapidfuzz", "import", "Matching names")
        from rapidfuzz import fuzz, process

        wanted = loose(name)
        found = []
        for code in codes:
            if code not in self._loose:
                places = self.gazetteer.by_country.get(code, [])
                self._loose[code] = ([loose(place.name) for place in places], places)
            texts, places = self._loose[code]
            for _, score, index in process.extract(
                wanted, texts, scorer=fuzz.ratio, score_cutoff=_LIKE, limit=_SHOWN
            ):
                found.append((places[index], score / 100.0))
        return found


def _clean(name: str) -> str:
    """A name without its invisible characters."""
    if name.isascii() or not invisible(name):
        return name
    return "".join(sign for sign in name if not invisible(sign)).strip()


def _agreement(state: countries.FormerState, code: str) -> str:
    if state.former:
        return "former"
    return "same" if code == state.code else "part"


def _worth(wanted: Wanted, place: GazetteerEntry) -> bool:
    """Whether a name alike is worth an offer: not where a coordinate puts it elsewhere."""
    if wanted.point is None or place.latitude is None or place.longitude is None:
        return True
    from glocal_kg._glocal.corpus.matching.gazetteer import distance

    return distance(wanted.point, (place.latitude, place.longitude)) <= 4 * NEAR


def _turned(wanted: Wanted, exact: list[Candidate]) -> str:
    """That a coordinate is near with latitude and longitude exchanged, and only so."""
    from glocal_kg._glocal.corpus.matching.gazetteer import distance

    if wanted.point is None:
        return ""
    turned = wanted.point[::-1]
    places = [(c.place.latitude, c.place.longitude) for c in exact]
    near = any(
        a is not None and b is not None and distance(turned, (a, b)) <= NEAR for a, b in places
    )
    return "; latitude and longitude look exchanged" if near and abs(turned[0]) <= 90 else ""


def _decide(wanted: Wanted, exact: list[Candidate]) -> tuple[Verdict, str, Candidate | None]:
    """The verdict on candidates whose names are equal, by what else is known of the place."""
    if not exact:
        return "offered", "the name is alike, not the same", None
    if wanted.point is not None:
        near = [c for c in exact if c.far is not None and c.far <= NEAR]
        if not near:
            nearest = min(exact, key=lambda c: c.far if c.far is not None else 1e9)
            if nearest.far is None:
                return "offered", "the gazetteer has no coordinate for it", None
            return (
                "offered",
                f"the coordinate is {nearest.far:.0f} km away{_turned(wanted, exact)}",
                None,
            )
        best = min(near, key=lambda c: (_RANK[c.how], c.size if c.size is not None else 9, c.far))
        rivals = [c for c in near if c is not best and _RANK[c.how] <= _RANK[best.how]]
        if rivals and not _bigger(best, rivals, wanted):
            return "offered", "two places of this name are near", None
        return "accepted", "name, country and coordinate agree", best
    return _by_population(wanted, exact)


_RANK = {"name": 0, "marks": 1, "other name": 2, "alike": 3}


def _bigger(best: Candidate, rivals: list[Candidate], wanted: Wanted) -> bool:
    """Whether the best of near places of one name is the one meant, by its population."""
    if best.size is not None and best.size <= SAME_SIZE:
        return all(rival.size is None or rival.size > 2 * SAME_SIZE for rival in rivals)
    return False


def _by_population(wanted: Wanted, exact: list[Candidate]) -> tuple[Verdict, str, Candidate | None]:
    named = [c for c in exact if c.how == "name"]
    others = [c for c in exact if c.how != "name"]
    known = wanted.population is not None and wanted.population > 0
    if known:
        fitting = [c for c in exact if c.size is not None and c.size <= SAME_SIZE]
        if not fitting:
            return "offered", "the population is of another size", None
        if len(fitting) > 1:
            close = [c for c in fitting if c.size is not None and c.size <= CLOSE_SIZE / 2]
            rest = [c for c in fitting if c not in close]
            if len(close) == 1 and all((c.size or 0) > 2 * CLOSE_SIZE for c in rest):
                return "accepted", "of places of this name, the population is of one", close[0]
            return "offered", f"{len(fitting)} places of this name are of this size", None
        best = fitting[0]
        limit = SAME_SIZE if best.how == "name" else CLOSE_SIZE
        if best.size is not None and best.size > limit:
            return "offered", "by another name, and the population differs", None
        return "accepted", "name, country and population agree", best
    if len(named) == 1 and not others:
        return "accepted", "the one of this name and country in the gazetteer", named[0]
    if len(exact) > 1:
        more = f", the {_SHOWN} likeliest are listed" if len(exact) > _SHOWN else ""
        return "offered", f"{len(exact)} places have this name{more}", None
    return "offered", "by another name, and nothing else is known of it", None
