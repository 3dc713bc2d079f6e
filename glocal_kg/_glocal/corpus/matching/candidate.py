"""Candidates for a place, each with a score and the reasons for it."""

from __future__ import annotations

from math import log10
from typing import NamedTuple

from glocal_kg._glocal.corpus.matching.gazetteer import GazetteerEntry, distance
from glocal_kg._glocal.corpus.matching.names import loose, plain
from glocal_kg._rdf.extras import need

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Literal

    How = Literal["name", "marks", "other name", "alike"]

NEAR = 15.0  # kilometers within which two points are of one place
SAME_SIZE = 0.35  # by which the logarithms of two counts of one population differ at most
CLOSE_SIZE = 0.1  # the same, where the name alone is weak


class Wanted(NamedTuple):
    """A place that is looked for, as a table has it; what is not known is None or ""."""

    name: str
    country: str = ""
    latitude: float | None = None
    longitude: float | None = None
    population: float | None = None
    year: int | None = None

    @property
    def point(self) -> tuple[float, float] | None:
        """Latitude and longitude, where both are known."""
        if self.latitude is None or self.longitude is None:
            return None
        return self.latitude, self.longitude


class Candidate(NamedTuple):
    """A place of the gazetteer that may be meant.

    ``score`` is between 0 and 1; ``far`` is in kilometers; ``size`` the difference of the
    logarithms of the populations, None where one is not known.
    """

    place: GazetteerEntry
    how: How
    score: float
    far: float | None
    size: float | None
    reasons: tuple[str, ...]


def weigh(
    wanted: Wanted, place: GazetteerEntry, how: How, likeness: float, country: str
) -> Candidate:
    """A candidate with its score: how alike the names are, then country, distance, population.

    ``likeness`` is between 0 and 1; ``country`` says how the country agrees: "same", "part"
    (an overseas part), "former" (a state that is no more), "other" or "" (not said).
    """
    reasons = []
    weights = {"name": 0.5, "marks": 0.46, "other name": 0.44, "alike": 0.36 * likeness}
    score = weights[how]
    told = {
        "name": f"the name is {place.name}",
        "marks": f"the name is {place.name}, but for marks on letters",
        "other name": f"another name of {place.name}",
        "alike": f"{likeness:.0%} like {place.name}",
    }
    reasons.append(told[how])
    score += {"same": 0.2, "part": 0.18, "former": 0.14, "": 0.05, "other": 0.0}[country]
    if country != "":
        where = {"same": "in", "part": "in its part", "former": "in today's", "other": "but in"}
        reasons.append(f"{where[country]} {place.country}")
    far = None
    if wanted.point and place.latitude is not None and place.longitude is not None:
        far = distance(wanted.point, (place.latitude, place.longitude))
        score += 0.2 if far <= NEAR else 0.2 * max(-1.0, 1 - far / (4 * NEAR))
        reasons.append(f"{far:.0f} km away")
    size = None
    if wanted.population and place.population:
        size = abs(log10(wanted.population) - log10(place.population))
        score += 0.1 * max(-1.0, 1 - size / SAME_SIZE)
        reasons.append(f"population {wanted.population:,.0f} and {place.population:,}")
    return Candidate(place, how, round(min(1.0, max(0.0, score)), 3), far, size, tuple(reasons))


def how_named(wanted: str, name: str, others: Sequence[str]) -> How:
    """How two names agree that are equal when folded: as written, or but for their marks.

    A spelling without marks that the gazetteer has among the other names is as written.
    """
    written = plain(wanted)
    if written == plain(name) or any(written == plain(other) for other in others):
        return "name"
    return "marks"


def alike(wanted: str, name: str) -> float:
    """How alike two names are, from 0 to 1, by edits and by the words they share.

    A name inside a longer one is another name: Dijon is not Fontaine-lès-Dijon.

    >>> alike("Svetly", "Svetlyy") > 0.9, alike("Fontaine-lès-Dijon", "Dijon") < 0.6
    (True, True)
    """
    need("rapidfuzz", "import", "Matching names")
    from rapidfuzz import fuzz

    a, b = loose(wanted), loose(name)
    return max(fuzz.ratio(a, b), fuzz.token_sort_ratio(a, b)) / 100.0
