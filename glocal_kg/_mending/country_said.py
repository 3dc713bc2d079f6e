"""In which country a place is said to lie."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode

from glocal_kg._mending.own import OwnFacts
from glocal_kg._rdf.namespaces import RDFS
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


def country_of(own: OwnFacts, place: Term) -> str:
    """The name of the country in which a place is said to lie, directly or by steps."""
    here: object = place
    for _ in range(_FAR):
        if not isinstance(here, NamedNode):
            return ""
        above = next(own.facts.quads_for_pattern(here, GLOCAL.locatedIn), None)
        is_country = next(own.facts.quads_for_pattern(here, GLOCAL.kind, _COUNTRY), None)
        if is_country is not None or above is None:
            name = literal_at(own, here, RDFS.label)
            return name.value if name is not None and here != place else ""
        here = above.object
    return ""


def literal_at(own: OwnFacts, thing: Term, p: NamedNode) -> Literal | None:
    """The first value of a property that is a literal, English before others."""
    if isinstance(thing, Literal):
        return None
    found = [q.object for q in own.facts.quads_for_pattern(thing, p)]
    held = [one for one in found if isinstance(one, Literal)]
    return min(held, key=lambda one: (one.language != "en", str(one)), default=None)
