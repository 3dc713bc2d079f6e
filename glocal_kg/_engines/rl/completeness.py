"""Whether the rules give every fact that follows: so they do within the OWL 2 RL profile.

Theorem PR1 of the profiles promises it for facts about named things. The look here is at the
constructs and where they stand; whatever it is not sure of, it calls outside.
"""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import NamedNode

from glocal_kg._engines.rl.datatypes import whole_number
from glocal_kg._engines.rl.program import Vocabulary
from glocal_kg._engines.rl.rules import PREFIXES
from glocal_kg._rdf.deadline import looking
from glocal_kg._rdf.store.dictionary import Dictionary
from glocal_kg._rdf.store.index import Triple

_NEVER = [
    "disjointUnionOf", "hasSelf", "minCardinality", "cardinality", "minQualifiedCardinality",
    "qualifiedCardinality", "onDataRange", "onDatatype", "withRestrictions", "onProperties",
    "datatypeComplementOf",
]  # fmt: skip
_BELOW = ["unionOf", "someValuesFrom", "oneOf"]
_ABOVE = ["allValuesFrom", "complementOf", "maxCardinality", "maxQualifiedCardinality"]
_BEYOND = ["topObjectProperty", "bottomObjectProperty", "topDataProperty", "bottomDataProperty"]
_SCHEMA = [
    "rdfs:subClassOf", "owl:equivalentClass", "owl:disjointWith", "rdfs:domain", "rdfs:range",
    "rdfs:subPropertyOf", "owl:equivalentProperty", "owl:inverseOf", "owl:propertyDisjointWith",
]  # fmt: skip
_ABOVE_OTHERS = ["rdf:type", "rdfs:subClassOf", "rdfs:domain", "rdfs:range"]
_ALL_THINGS = [*_ABOVE_OTHERS, "owl:someValuesFrom", "owl:allValuesFrom", "owl:onClass"]
"""Properties with which ``owl:Thing`` may stand."""
_KINDS = ["owl:Class", "rdfs:Class", "owl:ObjectProperty", "owl:DatatypeProperty", "rdf:Property"]


def within(terms: Dictionary, facts: Iterable[Triple]) -> bool:
    """Whether triples are surely an ontology of OWL 2 RL, with its data.

    Classes of a union, of some values and of listed members may only stand below others;
    those of all values, of complements and of a largest number only above.
    """
    of = Vocabulary(terms)
    rows = list(looking(facts))
    below, same, apart = (
        of["rdfs:subClassOf"], of["owl:equivalentClass"], of["owl:disjointWith"]
    )  # fmt: skip
    above = {of[name] for name in _ABOVE_OTHERS}
    never = {of[f"owl:{name}"] for name in _NEVER}
    beyond = {of[f"owl:{name}"] for name in _BEYOND} | {of["owl:ReflexiveProperty"]}
    most = {of["owl:maxCardinality"], of["owl:maxQualifiedCardinality"]}
    thing, things = of["owl:Thing"], {of[name] for name in _ALL_THINGS}
    only_below = _nodes(rows, {of[f"owl:{name}"] for name in _BELOW})
    only_above = _nodes(rows, {of[f"owl:{name}"] for name in _ABOVE})
    if any(isinstance(terms[node], NamedNode) for node in only_above):
        return False  # a class with a name is all that its description says
    for s, p, o in looking(rows):
        if p in never or beyond & {s, p, o}:
            return False
        if s == thing or (o == thing and p not in things):
            return False
        if p in most and whole_number(terms[o]) not in (0, 1):
            return False
        if (o in only_above and p not in above) or (o in only_below and p != apart):
            return False
        if s in only_above and p in (below, same, apart, of["owl:hasKey"]):
            return False
        if s in only_below and p == same:
            return False
    return not _plays_two_parts(terms, of, rows)


def _nodes(rows: list[Triple], kinds: set[int]) -> set[int]:
    return {s for s, p, _ in rows if p in kinds}


def _plays_two_parts(terms: Dictionary, of: Vocabulary, rows: list[Triple]) -> bool:
    """Whether a class or property is spoken of as a thing too (punning)."""
    builtin = tuple(f"<{iri}" for iri in PREFIXES.values())

    def own(number: int) -> bool:
        return not str(terms[number]).startswith(builtin)

    schema = {of[name] for name in _SCHEMA}
    kind_of_kinds = {of[name] for name in _KINDS}
    things: set[int] = set()
    kinds: set[int] = set()
    for s, p, o in looking(rows):
        if p == of["rdf:type"]:
            things |= {s} if own(o) else set()
            kinds |= {o} if own(o) else {s} if o in kind_of_kinds else set()
        elif p in schema:
            kinds |= {s, o}
        elif own(p) or p in (of["owl:sameAs"], of["owl:differentFrom"]):
            things |= {s, o}
            kinds |= {p} if own(p) else set()
    return bool(things & kinds)
