"""The item that the ontology keeps the OWL 2 profile it announces; the grammar of OWL 2 RL.

Source: W3C, OWL 2 Profiles, section 4.2. The other profiles are not looked into.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pyoxigraph import BlankNode, Literal, NamedNode

from glocal_kg._quality.axioms import OWL_DATATYPES
from glocal_kg._quality.fact_index import FactIndex, Term
from glocal_kg._quality.item import Fault, Item, NotChecked, item
from glocal_kg._quality.material import Material
from glocal_kg._rdf.namespaces import OWL, RDFS

_ANNOUNCED = re.compile(r"OWL 2 (RL|EL|QL|DL|Full)\b")
_NOT_IN_RL = (OWL.disjointUnionOf, OWL.hasSelf, OWL.datatypeComplementOf, OWL.withRestrictions)
_ZERO_OR_ONE = ("0", "1")


@item(78, "warning", of="root", remedy="Say it within the profile, or announce another one.")
def profile(m: Material) -> Iterator[Fault]:
    """The ontology keeps the OWL 2 profile it announces."""
    node = m.roles.root
    assert node is not None  # the scope is the root
    said = [
        match[1]
        for values in m.facts.by_subject[node].values()
        for value in values
        if isinstance(value, (Literal, NamedNode))
        for match in _ANNOUNCED.finditer(value.value)
    ]
    if "RL" not in said:
        raise NotChecked(
            f"it announces OWL 2 {said[0]}, and only RL is looked into"
            if said
            else "the header announces no OWL 2 profile"
        )
    yield from rl_faults(m.facts)


def rl_faults(facts: FactIndex) -> Iterator[Fault]:
    """What is outside the grammar of OWL 2 RL."""
    for below, above in facts.pairs(RDFS.subClassOf):
        if not _may_be_below(facts, below):
            yield _fault(below, "it may not stand below another class in RL")
        if not _may_be_above(facts, above):
            yield _fault(below, "the class above it has a form that RL does not allow there")
    for one, other in facts.pairs(OWL.equivalentClass):
        if not _may_be_equal(facts, one) or not _may_be_equal(facts, other):
            yield _fault(one, "RL does not allow this form in an equivalence")
    for predicate in (RDFS.domain, RDFS.range):
        for node, class_ in facts.pairs(predicate):
            datatype = class_ in OWL_DATATYPES and class_ not in (OWL.real, OWL.rational)
            if not datatype and not _may_be_above(facts, class_):
                yield _fault(node, "its domain or range has a form that RL does not allow")
    for predicate in _NOT_IN_RL:
        for node, _ in facts.pairs(predicate):
            yield _fault(node, f"{str(predicate)[1:-1].rpartition('#')[2]} is not in RL")
    for node in facts.typed(OWL.ReflexiveProperty):
        yield _fault(node, "a reflexive property is not in RL")


def _may_be_below(facts: FactIndex, node: Term) -> bool:
    if isinstance(node, NamedNode):
        return node != OWL.Thing
    if not isinstance(node, BlankNode):
        return False
    for predicate in (OWL.intersectionOf, OWL.unionOf):
        for head in facts.values(node, predicate):
            return all(_may_be_below(facts, member) for member in facts.members(head))
    if facts.values(node, OWL.oneOf, OWL.hasValue):
        return True
    filler = facts.one(node, OWL.someValuesFrom)
    if filler is None:
        return False
    return filler == OWL.Thing or filler in OWL_DATATYPES or _may_be_below(facts, filler)


def _may_be_above(facts: FactIndex, node: Term) -> bool:
    if isinstance(node, NamedNode):
        return node != OWL.Thing
    if not isinstance(node, BlankNode):
        return False
    for head in facts.values(node, OWL.intersectionOf):
        return all(_may_be_above(facts, member) for member in facts.members(head))
    for negated in facts.values(node, OWL.complementOf):
        return _may_be_below(facts, negated)
    for filler in facts.values(node, OWL.allValuesFrom):
        return filler in OWL_DATATYPES or _may_be_above(facts, filler)
    most = facts.texts(node, OWL.maxCardinality, OWL.maxQualifiedCardinality)
    if most:
        return all(number.value in _ZERO_OR_ONE for number in most)
    return bool(facts.values(node, OWL.hasValue))


def _may_be_equal(facts: FactIndex, node: Term) -> bool:
    if isinstance(node, NamedNode):
        return node != OWL.Thing
    if not isinstance(node, BlankNode):
        return False
    for head in facts.values(node, OWL.intersectionOf):
        return all(_may_be_equal(facts, member) for member in facts.members(head))
    return bool(facts.values(node, OWL.hasValue))


def _fault(node: Term, text: str) -> Fault:
    return Fault(node.value if isinstance(node, NamedNode) else str(node), f"Not OWL 2 RL: {text}.")


ITEMS = tuple(value for value in tuple(globals().values()) if isinstance(value, Item))
