"""Names in a query that exist nowhere, wherever they stand.

In what every row needs such a name gives no rows; in MINUS and NOT EXISTS it gives all of them, in
OPTIONAL and UNION fewer values than asked. So it is told where rows come, too.
"""

from __future__ import annotations

from itertools import chain, islice

from pyoxigraph import NamedNode

from glocal_kg._questions.notes.blind import blind
from glocal_kg._questions.notes.query_parts import NAMES, names_of_kind, occurs, parts_of
from glocal_kg._rdf.namespaces import RDF, prefixes
from glocal_kg._rdf.sparql.algebra import (
    Call,
    InlineData,
    NamedGraphPattern,
    TriplePattern,
    Var,
)
from glocal_kg._rdf.store.selection import EVERYTHING
from glocal_kg._study.vocab import BASE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from glocal_kg._questions.parameters import Bound
    from glocal_kg._rdf.sparql.algebra import Path, Query, Select
    from glocal_kg._rdf.store.facts import Facts

_EQUAL = ("=", "!=", "IN", "SAMETERM")
_NEAR = "Did you mean"
_MOST = 5


def slips_of(
    facts: Facts, query: Query, given: Mapping[str, Bound] | None = None
) -> tuple[str, ...]:
    """What the text of a query and the names that there are show, whatever its answer is."""
    return tuple(dict.fromkeys((*blind(query, given or ()), *nowhere(facts, query))))[:_MOST]


def nowhere(facts: Facts, query: Query) -> Iterator[str]:
    """What is said of each name that is in no fact and in no vocabulary that is known.

    A name of somebody else's namespace is told only where it is nearly one that is there.
    """
    described = ((one, "described") for one in query.targets[:NAMES])
    moment = facts.moment
    for node, kind in dict.fromkeys((*islice(_names(query.select), NAMES), *described)):
        if kind == "graph":
            there = moment.find(node) in moment.graphs(EVERYTHING).tolist()
        else:
            there = occurs(moment, node)
        if not there:
            yield from _told(facts, node, kind)


def _told(facts: Facts, node: NamedNode, kind: str) -> Iterator[str]:
    from glocal_kg._questions.notes.empty import Look  # what has no slip does not wait for it
    from glocal_kg._study.vocabularies import exists

    look = Look(facts, {})
    if kind == "graph":
        yield from look.graph(node)
        return
    ours = node.value.startswith(BASE)
    known = False if ours and "#" not in node.value else exists(node.value)
    if known or (kind == "value" and known is None):
        return
    bracketed = node.value.partition(":")[0] in prefixes()
    told = look.unknown(node, names_of_kind(facts.moment, _KINDS.get(kind)), node)
    if bracketed or _NEAR in told or kind == "described" or (known is False and kind != "value"):
        yield told


_KINDS = {"property": "p", "class": "c"}


def _names(select: Select) -> Iterator[tuple[NamedNode, str]]:
    """The names in a query, each with what it is to be there."""
    for part in parts_of(select):
        named: Iterable[tuple[object, str]] = ()
        if isinstance(part, TriplePattern):
            kind = "class" if part.p == RDF.type else "thing"
            named = *_properties(part.p), (part.s, "thing"), (part.o, kind)
        elif isinstance(part, NamedGraphPattern):
            named = ((part.name, "graph"),)
        elif isinstance(part, InlineData):
            named = ((one, "value") for one in chain.from_iterable(part.rows))
        elif isinstance(part, Call) and part.name.upper() in _EQUAL:
            named = ((one, "value") for one in part.args)
        yield from ((one, kind) for one, kind in named if isinstance(one, NamedNode))


def _properties(path: Var | Path) -> Iterator[tuple[object, str]]:
    if isinstance(path, NamedNode):
        yield path, "property"
    for part in parts_of(path):
        names = chain.from_iterable(
            one if type(one) is tuple else (one,) for one in part.contents()
        )
        yield from ((one, "property") for one in names)
