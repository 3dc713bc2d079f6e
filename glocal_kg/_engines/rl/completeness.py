"""Whether the rules give every fact that follows: so they do within the OWL 2 RL profile.

Theorem PR1 of the profiles promises it for facts about named things. The look here is at the
constructs and where they stand; whatever it is not sure of, it calls outside.
"""

from __future__ import annotations

from collections.abc import Iterable

from glocal_kg._engines.rl.program import Vocabulary
from glocal_kg._engines.rl.rules import PREFIXES
from glocal_kg._rdf.store.dictionary import Dictionary
from glocal_kg._rdf.store.index import Triple

_NEVER = [
    "disjointUnionOf", "hasSelf", "minCardinality", "cardinality", "minQualifiedCardinality",
    "qualifiedCardinality", "onDataRange", "onDatatype", "withRestrictions", "onProperties",
    "datatypeComplementOf",
]  # fmt: skip
_BELOW = ["unionOf", "someValuesFrom", "oneOf"]
_ABOVE = ["allValuesFrom", "complementOf", "maxCardinality", "maxQualifiedCardinality"]
_SCHEMA = [
    "rdfs:subClassOf", "owl:equivalentClass", "owl:disjointWith", "rdfs:domain", "rdfs:range",
    "rdfs:subPropertyOf", "owl:equivalentProperty", "owl:inverseOf", "owl:propertyDisjointWith",
]  # fmt: skip
_KINDS = ["owl:Class", "rdfs:Class", "owl:ObjectProperty", "owl:DatatypeProperty", "rdf:Property"]


def within(terms: Dictionary, facts: Iterable[Triple]) -> bool:
    """Whether triples are surely an ontology of OWL 2 RL, with its data.

    Classes of a union, of some values and of listed members may only stand below others;
    those of all values, of complements and of a largest number only above.
    """
    of = Vocabulary(terms)
    rows = list(facts)
    below = {of["rdfs:subClassOf"]}
    same = {of["owl:equivalentClass"]}
    above = {of["rdfs:domain"], of["rdfs:range"], of["rdf:type"], *below}
    never = {of[f"owl:{name}"] for name in _NEVER}
    if any(p in never or o == of["owl:ReflexiveProperty"] for _, p, o in rows):
        return False
    only_below = _nodes(rows, {of[f"owl:{name}"] for name in _BELOW})
    only_above = _nodes(rows, {of[f"owl:{name}"] for name in _ABOVE})
    inside = ["rdf:first", "owl:someValuesFrom", "owl:allValuesFrom", "owl:complementOf"]
    nested = {of[name] for name in inside}
    either = only_below | only_above
    for s, p, o in rows:
        if p in nested and o in either:
            return False
        if p in same and (s in either or o in either):
            return False
        if p in above and o in only_below:
            return False
        if p in below and s in only_above:
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
    for s, p, o in rows:
        if p == of["rdf:type"]:
            things |= {s} if own(o) else set()
            kinds |= {o} if own(o) else {s} if o in kind_of_kinds else set()
        elif p in schema:
            kinds |= {s, o}
        elif own(p) or p in (of["owl:sameAs"], of["owl:differentFrom"]):
            things |= {s, o}
            kinds |= {p} if own(p) else set()
    return bool(things & kinds)
