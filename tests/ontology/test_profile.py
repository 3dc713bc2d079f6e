"""The ontology stays inside OWL 2 DL and OWL 2 RL.

The grammar of the profile is checked here for the constructs that the ontology uses, and any
other construct is refused; the OWL API, where Java can run it, checks the whole grammar.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable

import pyoxigraph
import pytest
import rdflib
from rdflib.collection import Collection
from rdflib.namespace import OWL, RDF, RDFS, XSD

# What test_class_axioms... below understands. A new construct means: extend the test first.
CONSTRUCTS = {
    OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.Restriction,
    OWL.FunctionalProperty, OWL.InverseFunctionalProperty, OWL.SymmetricProperty,
    OWL.TransitiveProperty, OWL.AllDisjointClasses, OWL.AllDisjointProperties,
    OWL.inverseOf, OWL.propertyChainAxiom, OWL.equivalentClass, OWL.disjointWith, OWL.members,
    OWL.intersectionOf, OWL.onProperty, OWL.hasValue, OWL.someValuesFrom,
}  # fmt: skip
ProfileFaults = Callable[[str, rdflib.Graph], list[str]]
RL_DATATYPES = {XSD.integer, XSD.decimal, XSD.string, XSD.boolean, XSD.anyURI, XSD.dateTime}
NEEDS_A_SIMPLE_PROPERTY = {
    OWL.FunctionalProperty, OWL.InverseFunctionalProperty, OWL.IrreflexiveProperty,
    OWL.AsymmetricProperty,
}  # fmt: skip


def may_be_below(graph: rdflib.Graph, expression: rdflib.term.Node) -> bool:
    """Whether RL allows a class expression on the left of a subclass axiom."""
    if isinstance(expression, rdflib.URIRef):
        return expression != OWL.Thing
    members = graph.value(expression, OWL.intersectionOf)
    if members is not None:
        return all(may_be_below(graph, member) for member in Collection(graph, members))
    filler = graph.value(expression, OWL.someValuesFrom)
    if filler is not None:
        return filler == OWL.Thing or may_be_below(graph, filler)
    return (expression, OWL.hasValue, None) in graph


def may_be_above(graph: rdflib.Graph, expression: rdflib.term.Node) -> bool:
    """Whether RL allows a class expression on the right of a subclass axiom."""
    if isinstance(expression, rdflib.URIRef):
        return expression != OWL.Thing
    members = graph.value(expression, OWL.intersectionOf)
    if members is not None:
        return all(may_be_above(graph, member) for member in Collection(graph, members))
    return (expression, OWL.hasValue, None) in graph


def not_simple(graph: rdflib.Graph) -> set[rdflib.term.Node]:
    """Properties that a chain or transitivity implies, and all above them and their inverses."""
    found = set(graph.subjects(RDF.type, OWL.TransitiveProperty))
    found |= set(graph.subjects(OWL.propertyChainAxiom))
    while True:
        more = {above for one in found for above in graph.objects(one, RDFS.subPropertyOf)}
        more |= {other for one in found for other in graph.objects(one, OWL.inverseOf)}
        more |= {other for one in found for other in graph.subjects(OWL.inverseOf, one)}
        if more <= found:
            return found
        found |= more


def test_only_understood_constructs_are_used(axioms: rdflib.Graph) -> None:
    words = {node for triple in axioms for node in triple if node in OWL}
    assert words <= CONSTRUCTS | {OWL.AnnotationProperty}


def test_class_axioms_are_in_the_rl_grammar(axioms: rdflib.Graph) -> None:
    for below, above in axioms.subject_objects(RDFS.subClassOf):
        assert may_be_below(axioms, below), below
        assert may_be_above(axioms, above), above
    for one, other in axioms.subject_objects(OWL.equivalentClass):
        for side in (one, other):
            assert may_be_below(axioms, side), one
            assert may_be_above(axioms, side), one
    for predicate in (RDFS.domain, RDFS.range):
        for term, value in axioms.subject_objects(predicate):
            named = (value, RDF.type, OWL.Class) in axioms
            assert isinstance(value, rdflib.URIRef)
            assert named or value in RL_DATATYPES, f"{term}: {value}"


def test_properties_that_must_be_simple_are(axioms: rdflib.Graph) -> None:
    complex_ones = not_simple(axioms)
    assert complex_ones
    for kind in NEEDS_A_SIMPLE_PROPERTY:
        assert not set(axioms.subjects(RDF.type, kind)) & complex_ones, kind
    for axiom in axioms.subjects(RDF.type, OWL.AllDisjointProperties):
        members = axioms.value(axiom, OWL.members)
        assert not set(Collection(axioms, members)) & complex_ones


def test_chains_build_on_one_another_without_a_circle(axioms: rdflib.Graph) -> None:
    """Each chain leads to a property that none of its links depends on.

    A chain may begin or end with the property it leads to, as OWL 2 DL allows: what is at a level
    is at the level that corresponds to it.
    """
    needs: dict[rdflib.term.Node, set[rdflib.term.Node]] = {}
    for term, head in axioms.subject_objects(OWL.propertyChainAxiom):
        links = list(Collection(axioms, head))
        assert len(links) >= 2
        links = links[1:] if links[0] == term else links
        links = links[:-1] if links[-1] == term else links
        needs.setdefault(term, set()).update(links)
    for below, above in axioms.subject_objects(RDFS.subPropertyOf):
        needs.setdefault(above, set()).add(below)

    def reach(term: rdflib.term.Node, seen: set[rdflib.term.Node]) -> set[rdflib.term.Node]:
        for link in needs.get(term, set()) - seen:
            seen |= {link}
            reach(link, seen)
        return seen

    for term in needs:
        assert term not in reach(term, set()), term


@pytest.mark.slow
def test_the_owl_api_finds_nothing_outside_dl(
    ontology: rdflib.Graph,
    alignments: rdflib.Graph,
    data: rdflib.Graph,
    profile_faults: ProfileFaults,
) -> None:
    assert profile_faults("DL", ontology + alignments + data) == []


def test_the_owl_api_finds_nothing_outside_rl(
    ontology: rdflib.Graph, alignments: rdflib.Graph, profile_faults: ProfileFaults
) -> None:
    """With all annotations; their dates are xsd:dateTime, because the profile has no xsd:date."""
    assert profile_faults("RL", ontology + alignments) == []


@pytest.mark.slow
@pytest.mark.parametrize("profile", ["DL", "RL"])
@pytest.mark.parametrize("names", ["prov", "org prov", "skos", "foaf"])
def test_beside_a_vocabulary_it_uses_it_adds_nothing_outside(
    names: str,
    profile: str,
    ontology: rdflib.Graph,
    alignments: rdflib.Graph,
    profile_faults: ProfileFaults,
) -> None:
    """What PROV-O, ORG (which needs PROV-O), SKOS and FOAF break by themselves is theirs."""
    folder = os.environ.get("GLOCAL_VOCABULARIES")
    if folder is None:
        pytest.skip("GLOCAL_VOCABULARIES names no folder with prov.nq, org.nq, skos.nq, foaf.nq")
    triples = (
        quad.triple
        for name in names.split()
        for quad in pyoxigraph.parse(
            path=os.path.join(folder, f"{name}.nq"), rename_blank_nodes=True
        )
    )
    text = pyoxigraph.serialize(triples, format=pyoxigraph.RdfFormat.N_TRIPLES)
    theirs = rdflib.Graph().parse(data=text or b"", format="nt")
    assert theirs
    ours = {str(term) for term in ontology.subjects()}
    alone, beside = (
        {fault.partition(" in OntologyID")[0] for fault in profile_faults(profile, graph)}
        for graph in (theirs, ontology + alignments + theirs)
    )
    # The rest are terms of theirs alone, and differ from run to run with what comes first.
    found = {fault for fault in beside - alone if set(re.findall("<(.*?)>", fault)[:1]) & ours}
    assert found == set()
