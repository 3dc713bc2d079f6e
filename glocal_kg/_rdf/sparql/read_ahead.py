"""Numbers and times that many facts have, read before a query asks for them.

What a term is worth is read from its text when it is first asked for, which the first query over a
column of hundreds of thousands would wait for.
"""

from __future__ import annotations

from typing import Final

from glocal_kg._rdf.sparql.query_terms import kept
from glocal_kg._rdf.sparql.worth import DATE, INEXACT
from glocal_kg._rdf.store.pairs import unpack

TYPE_CHECKING = False
if TYPE_CHECKING:
    from glocal_kg._rdf.store.moment import Moment
    from glocal_kg._rdf.store.selection import Selection

_MANY: Final = 1 << 16  # facts; fewer are read in no time
_SAMPLE: Final = 16  # objects that tell whether those of a predicate are numbers


def read_ahead(moment: Moment, selection: Selection) -> None:
    """Read the objects of each predicate of many facts, if they seem to be numbers or times."""
    worth, end = kept(moment.dictionary).worth, moment.term_count
    for p in moment.predicates(selection):
        if moment.count(None, p, None, selection) < _MANY:
            continue
        objects = unpack(moment.pairs(p, selection))[1]
        kinds, _ = worth.of(objects[:: len(objects) // _SAMPLE].copy(), end)
        if ((kinds <= INEXACT) | (kinds >= DATE)).all():
            worth.of(objects, end)
