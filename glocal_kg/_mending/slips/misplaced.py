"""Points that are not in the country in which their place is said to lie."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal

from glocal_kg._engines.shacl.rdf_terms import short
from glocal_kg._engines.shacl.report import Finding
from glocal_kg._mending.country_said import country_of, literal_at
from glocal_kg._mending.own import OwnFacts
from glocal_kg._mending.remedies.turtle import written
from glocal_kg._mending.slips.slip import slip
from glocal_kg._rdf.namespaces import GEO

TYPE_CHECKING = False
if TYPE_CHECKING:
    from glocal_kg._mending.country_said import Amiss, Point


def misplaced(own: OwnFacts, amiss: Amiss | None) -> Iterator[Finding]:
    """Latitude and longitude exchanged, a lost sign, a point in another country.

    ``amiss`` tells of a point and a country whether the one is not in the other, and what was
    meant; None where nobody here can.
    """
    if amiss is None:
        return
    for place, p, value in own.facts_of(own.of(GEO.lat)):
        other = literal_at(own, place, GEO.long)
        country = country_of(own, place) if other is not None else ""
        if not country or other is None or not isinstance(value, Literal):
            continue
        try:
            point = float(value.value), float(other.value)
        except ValueError:
            continue  # told as a value that is no number
        if not (abs(point[0]) <= 90 and abs(point[1]) <= 180):
            continue  # told as out of bounds
        found = amiss(point, country)
        if found is None:
            continue
        name, right = found
        told = f"The point {value.value}, {other.value} of {short(place)} is not in {name}"
        if right is None:
            remedy = "Correct the point or the country after the source."
            yield slip("point", (place, p, value), f"{told}.", remedy, severity="warning")
            continue
        how = {"swapped": "with latitude and longitude exchanged", "lost-sign": "with a minus sign"}
        if right[0] == "lost-sign" and min(point) < 0:
            how["lost-sign"] = "with another sign"
        lat, long = _as_written(right[1], (value, other))
        yield slip(
            "point",
            (place, p, value),
            f"{told}; {how[right[0]]} it is.",
            f"Write {short(place)} geo:lat {lat} ; geo:long {long} .",
            severity="warning",
        )


def _as_written(point: Point, given: tuple[Literal, Literal]) -> tuple[str, str]:
    """The numbers of a point as the user wrote them."""
    forms = {}
    for term in given:
        number = float(term.value)
        forms[number] = written(term)
        turned = term.value[1:] if term.value.startswith("-") else "-" + term.value.lstrip("+")
        forms[-number] = written(Literal(turned, datatype=term.datatype))
    return forms[point[0]], forms[point[1]]
