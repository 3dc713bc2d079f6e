"""What propositions say and no plain fact does: said with a "can", of one time, by somebody else.

A plain fact is a promise, so a query for plain facts can come back empty while the sources do
speak of it: then the answer tells which pattern finds what they say.
"""

from __future__ import annotations

import numpy as np
from pyoxigraph import NamedNode

from glocal_kg._questions.written import name_of
from glocal_kg._study.vocab import GLOCAL

TYPE_CHECKING = False
if TYPE_CHECKING:
    from glocal_kg._rdf.sparql.algebra import Term
    from glocal_kg._rdf.store.facts import Facts
    from glocal_kg._rdf.store.moment import Column


def said(facts: Facts, s: Term | None, p: NamedNode, o: Term | None) -> str:
    """How many propositions say a fact, and how to ask for them; empty where none does.

    ``s`` and ``o`` are None for any.
    """
    moment, seen = facts.moment, facts.selection
    wanted = {GLOCAL.relation: p, GLOCAL.subject: s, GLOCAL.value: o}
    propositions: Column | None = None
    for way, end in wanted.items():
        if end is None:
            continue
        by, number = moment.find(way), moment.find(end)
        if by is None or number is None:
            return ""
        having = moment.scan(None, by, number, seen)[0]
        propositions = (
            having if propositions is None else propositions[np.isin(propositions, having)]
        )
    count = 0 if propositions is None else len(np.unique(propositions))
    if not count:
        return ""
    asked = " ; ".join(
        f"{name_of(way)} {name_of(end) if isinstance(end, NamedNode) else '?' + name}"
        for (way, end), name in zip(wanted.items(), ("how", "who", "what"), strict=True)
    )
    speak = "1 proposition speaks" if count == 1 else f"{count} propositions speak"
    return f"{speak} of it, with who says it and how: ?p {asked}."
