"""Items about terms in axioms: which exist, what follows from them, how they hang together."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from pyoxigraph import BlankNode, Literal, NamedNode

from glocal_kg._quality.fact_index import FactIndex, Term, name
from glocal_kg._quality.item import Fault, Item, item
from glocal_kg._quality.material import Material
from glocal_kg._quality.other_vocabularies import DATATYPES, NOTES, PROPERTIES
from glocal_kg._rdf.counted import counted
from glocal_kg._rdf.namespaces import OWL, RDF, RDFS, SCHEMA, SH, XSD
from glocal_kg._study.vocab import shorten
from glocal_kg._study.vocabularies import exists, is_known, meant_by, namespace

_DATATYPE_NAMES = (
    "decimal integer nonNegativeInteger nonPositiveInteger positiveInteger"
    " negativeInteger long int short byte unsignedLong unsignedInt unsignedShort"
    " unsignedByte double float string normalizedString token language Name NCName NMTOKEN"
    " boolean hexBinary base64Binary anyURI dateTime dateTimeStamp"
)
OWL_DATATYPES = frozenset(
    {RDFS.Literal, RDF.PlainLiteral, RDF.XMLLiteral, RDF.langString, OWL.real, OWL.rational}
    | {XSD[name] for name in _DATATYPE_NAMES.split()}
)
"""The datatypes that OWL 2 reasoners have to know, and rdf:langString."""

_CLASS_PLACES = (
    RDF.type, RDFS.subClassOf, RDFS.domain, RDFS.range, OWL.equivalentClass, OWL.disjointWith,
    OWL.someValuesFrom, OWL.allValuesFrom, OWL.onClass, SH["class"], SH.targetClass,
    SCHEMA.domainIncludes, SCHEMA.rangeIncludes,
)  # fmt: skip
_PROPERTY_PLACES = (
    RDFS.subPropertyOf, OWL.inverseOf, OWL.equivalentProperty, OWL.onProperty, SH.path,
    SH.targetSubjectsOf, SH.targetObjectsOf,
)  # fmt: skip
_PARTS = (
    OWL.intersectionOf, OWL.unionOf, OWL.complementOf, OWL.someValuesFrom, OWL.allValuesFrom,
    OWL.onClass,
)  # fmt: skip
_DEEP = 8
_MANY = 100
"""So many classes below one parent are compared pair by pair."""


def used_terms(facts: FactIndex) -> dict[NamedNode, tuple[str, Term]]:
    """Every class, property and datatype in use, with its use and one user of it."""
    found: dict[NamedNode, tuple[str, Term]] = {}
    for predicate, pairs in facts.by_predicate.items():
        found.setdefault(predicate, ("property", pairs[0][0]))
        for subject, value in pairs:
            if isinstance(value, Literal):
                found.setdefault(value.datatype, ("datatype", subject))
            elif isinstance(value, NamedNode) and predicate in _CLASS_PLACES:
                found.setdefault(value, ("class", subject))
            elif isinstance(value, NamedNode) and predicate in _PROPERTY_PLACES:
                found.setdefault(value, ("property", subject))
    return found


@item(15, "error", of="statements", remedy="Correct the name.")
def foreign_terms(m: Material) -> Iterator[Fault]:
    """Each term of a well-known vocabulary exists there."""
    for node, (use, user) in used_terms(m.facts).items():
        if namespace(node.value) not in m.roles.term_spaces and exists(node.value) is False:
            meant = meant_by(node.value)
            yield Fault(
                node.value,
                f"The vocabulary has no such {use}, {name(user)} uses it.",
                f"Did you mean {meant}?" if meant else "",
            )


@item(42, "error", of="statements", remedy="Correct the name, or declare the term with its home.")
def declared(m: Material) -> Iterator[Fault]:
    """Each class and property in use is declared or well known."""
    there = set(m.facts.typed(*m.roles.kinds_of_classes, *PROPERTIES, *DATATYPES))
    for node, (use, user) in used_terms(m.facts).items():
        own = namespace(node.value) in m.roles.term_spaces
        if not own and node not in there and not is_known(node.value):
            yield Fault(
                node.value,
                f"It is used as {use} by {name(user)}, nothing declares it, and its vocabulary"
                " is not known here.",
                severity="warning",
            )


@item(
    43,
    "error",
    of="terms",
    remedy="Use xsd:dateTime or a datatype of the OWL 2 map, or make it an annotation property.",
)
def datatypes(m: Material) -> Iterator[Fault]:
    """What reasoners read has datatypes that OWL 2 knows."""
    facts = m.facts
    own = set(facts.typed(*DATATYPES))
    for predicate in (
        RDFS.range,
        OWL.onDatatype,
        OWL.someValuesFrom,
        OWL.allValuesFrom,
        OWL.onDataRange,
    ):
        for subject, value in facts.pairs(predicate):
            if (
                isinstance(value, NamedNode)
                and _is_datatype(value)
                and value not in own | OWL_DATATYPES
            ):
                yield Fault(name(subject), f"{shorten(value.value)} is no datatype of OWL 2.")
    spoken = [node for node in facts.typed(OWL.DatatypeProperty) if isinstance(node, NamedNode)]
    for predicate in (OWL.hasValue, *spoken):
        strange: dict[str, Term] = {}
        for subject, value in facts.pairs(predicate):
            if isinstance(value, Literal) and value.datatype not in own | OWL_DATATYPES:
                strange.setdefault(value.datatype.value, subject)
        for datatype, user in strange.items():
            yield Fault(name(predicate), f"{name(user)} gives it a value of {shorten(datatype)}.")


@item(72, "error", of="equivalences", remedy="Define the class by other terms.")
def recursive(m: Material) -> Iterator[Fault]:
    """No definition leads back to itself."""
    for node, value in m.facts.pairs(OWL.equivalentClass):
        if isinstance(node, NamedNode) and node in _named_in(m.facts, value, set()):
            yield Fault(node.value, "Its definition speaks of itself.")


@item(
    74,
    "info",
    of="classes",
    remedy="Declare owl:AllDisjointClasses, or say in a skos:scopeNote that they overlap.",
)
def siblings(m: Material) -> Iterator[Fault]:
    """Classes below one parent are disjoint, or a note says why not."""
    facts, own = m.facts, set(m.roles.classes)
    apart = _disjoint_groups(facts)
    children: dict[Term, list[NamedNode]] = defaultdict(list)
    for node, parent in facts.pairs(RDFS.subClassOf):
        if isinstance(node, NamedNode) and node in own and parent in own:
            children[parent].append(node)
    for parent, nodes in children.items():
        if _notes(m, parent, "disjoint|overlap|exclu"):
            continue
        some = nodes[:_MANY]
        lines = {node: facts.above(node, RDFS.subClassOf) | {node} for node in some}
        open_ = [
            (one, other)
            for one, other in combinations(some, 2)
            if not any(apart[a] & apart[b] for a in lines[one] for b in lines[other] if a != b)
        ]
        if open_:
            first = " and ".join(shorten(node.value) for node in open_[0])
            yield Fault(
                name(parent),
                f"{len(open_)} pair(s) of its {len(some)} classes may overlap, such as {first}.",
            )


@item(77, "error", of="terms", remedy="Correct one of the axioms that contradict each other.")
def consistent(m: Material) -> Iterator[Fault | str]:
    """The ontology is consistent, and each class can have members."""
    import numpy as np

    from glocal_kg._engines.rl import Closure
    from glocal_kg._rdf.store.dictionary import Dictionary

    terms = Dictionary()
    a = terms.add(RDF.type)
    witnesses = {}
    rows = [[terms.add(s), terms.add(p), terms.add(o)] for s, p, o in m.facts]
    for number, node in enumerate(m.roles.classes):
        witness = terms.add(BlankNode(f"witness{number}"))
        witnesses[witness] = node
        rows.append([witness, a, terms.add(node)])
    told: set[str] = set()
    closure = Closure(terms, np.array(rows, np.int32))
    many = len(closure.inferred)
    yield f"{counted(many, 'fact')} follow{'s' if many == 1 else ''} by OWL 2 RL"
    for clash in closure.clashes:
        names = [number for fact in clash.facts for number in fact]
        empty = next((witnesses[number] for number in names if number in witnesses), None)
        subject = empty.value if empty else name(terms[clash.facts[-1][0]])
        if subject not in told:
            told.add(subject)
            what = "It can have no member" if empty else "It contradicts itself"
            yield Fault(subject, f"{what} (rule {clash.rule} of OWL 2 RL).")


@item(
    83,
    "info",
    of="hierarchy",
    remedy="Join a class with its only child, or add the siblings it lacks.",
)
def shape_of_hierarchy(m: Material) -> Iterator[Fault | str]:
    """The hierarchy is neither deep nor a chain."""
    own = set(m.roles.classes)
    children: dict[Term, list[Term]] = defaultdict(list)
    for node, parent in m.facts.pairs(RDFS.subClassOf):
        if node in own and parent in own:
            children[parent].append(node)
    depths = {}
    for node in m.roles.classes:
        only = children.get(node, [])
        if len(only) == 1 and len(children.get(only[0], [])) == 1:
            yield Fault(node.value, f"Its only child {name(only[0])} has only one child too.")
        depths[node] = len(own & m.facts.above(node, RDFS.subClassOf))
        if depths[node] > _DEEP:
            yield Fault(node.value, f"It lies more than {_DEEP} classes deep.")
    leaves = sum(node not in children for node in own)
    many, deep = counted(len(own), "class", "classes"), max(depths.values(), default=0)
    yield f"{many}, {leaves} without one below, {deep} deep"


@item(
    84, "info", of="relations", remedy="Make it more general, or say of the things what they are."
)
def too_special(m: Material) -> Iterator[Fault]:
    """No domain or range is more special than every use."""
    facts = m.facts
    for place, side in ((RDFS.domain, 0), (RDFS.range, 1)):
        for property_, class_ in facts.pairs(place):
            above = facts.above(class_, RDFS.subClassOf)
            uses = facts.pairs(property_) if isinstance(property_, NamedNode) else ()
            kinds = {
                kind
                for use in uses
                if isinstance(thing := use[side], (NamedNode, BlankNode))
                for kind in facts.types(thing)
            }
            if kinds & above and not any(
                kind == class_ or class_ in facts.above(kind, RDFS.subClassOf) for kind in kinds
            ):
                yield Fault(
                    name(property_),
                    f"Its {shorten(place.value)} is {name(class_)}; whatever uses it is only said"
                    f" to be {', '.join(sorted(name(kind) for kind in kinds & above))}.",
                )


def _named_in(facts: FactIndex, expression: Term, seen: set[Term]) -> set[Term]:
    """The named classes that a class expression speaks of."""
    if isinstance(expression, NamedNode) or expression in seen:
        return {expression}
    found: set[Term] = set()
    if isinstance(expression, BlankNode):
        for part in facts.values(expression, *_PARTS):
            for member in facts.members(part) or [part]:
                found |= _named_in(facts, member, seen | {expression})
    return found


def _disjoint_groups(facts: FactIndex) -> dict[Term, set[int]]:
    """For each class the numbers of the axioms that set it apart from others."""
    groups: list[list[Term]] = [[one, other] for one, other in facts.pairs(OWL.disjointWith)]
    heads = [v for n in facts.typed(OWL.AllDisjointClasses) for v in facts.values(n, OWL.members)]
    heads += [head for _, head in facts.pairs(OWL.disjointUnionOf)]
    found: dict[Term, set[int]] = defaultdict(set)
    for number, group in enumerate([*groups, *map(facts.members, heads)]):
        for node in group:
            found[node].add(number)
    return found


def _notes(m: Material, node: Term, words: str) -> bool:
    texts = m.facts.texts(node, *NOTES) if isinstance(node, NamedNode) else []
    return any(re.search(words, text.value, re.I) for text in texts)


def _is_datatype(node: NamedNode) -> bool:
    return node.value.startswith(str(XSD)) or node == RDF.langString


ITEMS = tuple(value for value in tuple(globals().values()) if isinstance(value, Item))
