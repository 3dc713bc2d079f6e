"""Points that are not in the country in which their place is said to lie."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode

from glocal_kg._engines.shacl.rdf_terms import short
from glocal_kg._engines.shacl.report import Finding
from glocal_kg._mending.own import OwnFacts
from glocal_kg._mending.remedies.turtle import written
from glocal_kg._mending.slips.slip import slip
from glocal_kg._rdf.namespaces import GEO, RDFS
from glocal_kg._rdf.store.term_text import Term
from glocal_kg._study.vocab import GLOCAL, expand

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    Point: TypeAlias = tuple[float, float]
    Amiss: TypeAlias = Callable[[Point, str], tuple[str, tuple[str, Point] | None] | None]

_COUNTRY = expand("kind:country")
READ_AROUND = (GLOCAL.locatedIn, GLOCAL.kind, RDFS.label)
"""What is read of the places in which one lies."""
_FAR = 8  # so many steps lead from a place to its country at most


def misplaced(own: OwnFacts, amiss: Amiss | None) -> Iterator[Finding]:
    """Latitude and longitude exchanged, a lost sign, a point in another country.

    ``amiss`` tells of a point and a country whether the one is not in the other, and what was
    meant; None where nobody here can.
    """
    if amiss is None:
        return
    for place, p, value in own.facts_of(own.of(GEO.lat)):
        other = _literal(own, place, GEO.long)
        country = _country(own, place) if other is not None else ""
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


def _country(own: OwnFacts, place: Term) -> str:
    """The name of the country in which a place is said to lie, directly or by steps."""
    here: object = place
    for _ in range(_FAR):
        if not isinstance(here, NamedNode):
            return ""
        above = next(own.facts.quads_for_pattern(here, GLOCAL.locatedIn), None)
        is_country = next(own.facts.quads_for_pattern(here, GLOCAL.kind, _COUNTRY), None)
        if is_country is not None or above is None:
            name = _literal(own, here, RDFS.label)
            return name.value if name is not None and here != place else ""
        here = above.object
    return ""


def _literal(own: OwnFacts, thing: Term, p: NamedNode) -> Literal | None:
    """The first value of a property that is a literal, English before others."""
    if isinstance(thing, Literal):
        return None
    found = [q.object for q in own.facts.quads_for_pattern(thing, p)]
    held = [one for one in found if isinstance(one, Literal)]
    return min(held, key=lambda one: (one.language != "en", str(one)), default=None)
