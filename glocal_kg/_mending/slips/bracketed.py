"""Lists in round brackets as values of properties that take each value by itself."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from pyoxigraph import BlankNode, NamedNode

from glocal_kg._engines.shacl.rdf_terms import short
from glocal_kg._engines.shacl.report import Finding
from glocal_kg._mending.own import OwnFacts
from glocal_kg._mending.remedies.turtle import written
from glocal_kg._mending.slips.slip import slip
from glocal_kg._rdf.namespaces import OWL, RDF, RDFS, SH, SKOS
from glocal_kg._rdf.sparql.solution_table import unique
from glocal_kg._rdf.store.facts import SAID
from glocal_kg._rdf.store.pairs import among
from glocal_kg._rdf.store.term_text import AnyTerm
from glocal_kg._study.vocab import GLOCAL
from glocal_kg._study.vocabularies import namespace

_TOLD = "A list in round brackets stands there, where each value stands by itself."
_LONGEST = 12
_TAKE_LISTS = frozenset(map(str, (OWL, RDF, SH)))
_ANYTHING = frozenset((OWL.Thing, RDFS.Resource))


def bracketed(own: OwnFacts) -> Iterator[Finding]:
    """Lists where values are wanted: no question sees what stands in them."""
    moment = own.moment
    nil, first = moment.find(RDF.nil), moment.find(RDF.first)
    objects = unique(own.rows[:, 2])
    heads = objects[:0] if first is None else objects[moment.probe(first, "s", objects, SAID)[0]]
    if nil is not None:
        heads = np.append(heads, np.int32(nil))
    mine = own.rows[among(own.rows[:, 2], np.sort(heads))]
    if not len(mine):
        return
    for number in unique(mine[:, 1]).tolist():
        p = moment.term(number)
        if not isinstance(p, NamedNode) or not _takes_each_by_itself(own, p):
            continue
        for fact in own.facts_of(mine[mine[:, 1] == number]):
            values = " , ".join(_members(own, fact[2]))
            s = "[]" if isinstance(fact[0], BlankNode) else short(fact[0])
            write = f"Write {s} {short(p)} {values} ." if values else "Leave the empty list out."
            yield slip("list", fact, _TOLD, write)


def _members(own: OwnFacts, node: AnyTerm) -> Iterator[str]:
    """What stands in a list, as Turtle has it; nothing in an empty one."""
    ask = own.facts.quads_for_pattern
    for _ in range(_LONGEST):
        for first in ask(node, RDF.first):
            yield written(first.object)  # type: ignore[arg-type]  # lists in Turtle hold no triple terms
        rest = next(ask(node, RDF.rest), None)
        if rest is None:
            return
        node = rest.object


def _takes_each_by_itself(own: OwnFacts, p: NamedNode) -> bool:
    """Whether a property is known to lead to its values, and to no list of them."""
    if p in GLOCAL:
        return True
    space = namespace(p.value)
    if space in _TAKE_LISTS or p == SKOS.memberList:
        return False
    ends = {quad.object for quad in own.facts.quads_for_pattern(p, RDFS.range)} - _ANYTHING
    return RDF.List not in ends and (bool(ends) or space in (str(RDFS), str(SKOS)))
