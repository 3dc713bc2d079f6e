"""The shapes are well-formed, say what to do, and look at everything the data has."""

from __future__ import annotations

import pyoxigraph as ox
import pyshacl
import pytest
import rdflib
from rdflib.namespace import RDF, RDFS

from glocal_kg._study import packaged
from tests.shapes.variations import QUADS, SH

GLOCAL = rdflib.Namespace("https://w3id.org/glocal/ontology#")
LANGUAGES = ["en", "fr", "it"]
LEVELS = {rdflib.SH.Violation, rdflib.SH.Warning, rdflib.SH.Info}
# Rules for the name, the passage and the dates of a thing say little about its own kind.
GENERAL = {
    "NamedShape",
    "DefinedShape",
    "AttestedShape",
    "BackedShape",
    "DatedShape",
    "OrderedShape",
}


def as_graph(triples: list[ox.Triple]) -> rdflib.Graph:
    text = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES)
    return rdflib.Graph().parse(data=text or b"", format="nt")


@pytest.fixture(scope="module")
def shapes_graph() -> rdflib.Graph:
    return as_graph([quad.triple for quad in QUADS])


@pytest.mark.slow
def test_the_shapes_are_valid_by_the_shapes_of_shacl(shapes_graph: rdflib.Graph) -> None:
    conforms, _, text = pyshacl.validate(rdflib.Graph(), shacl_graph=shapes_graph, meta_shacl=True)
    assert conforms, text


def test_only_terms_of_shacl_core_are_used(shapes_graph: rdflib.Graph) -> None:
    used = {term for triple in shapes_graph for term in triple if str(term).startswith(SH)}
    assert all(term in rdflib.SH for term in used)
    assert not used & {rdflib.SH.sparql, rdflib.SH.select, rdflib.SH.rule, rdflib.SH.js}


def test_each_node_shape_with_a_target_says_what_it_is_about(shapes_graph: rdflib.Graph) -> None:
    targets = {rdflib.SH.targetClass, rdflib.SH.targetSubjectsOf}
    found = {shape for shape, p, _ in shapes_graph if p in targets}
    assert found
    for shape in found:
        for predicate in (rdflib.SH.name, rdflib.SH.description):
            texts = list(shapes_graph.objects(shape, predicate))
            assert sorted(text.language for text in texts) == LANGUAGES, shape


def test_each_rule_says_what_to_do_and_how_grave_it_is(shapes_graph: rdflib.Graph) -> None:
    rules = {shape for shape in shapes_graph.subjects(RDF.type, rdflib.SH.PropertyShape)}
    for either in (rdflib.SH.xone, rdflib.SH["or"]):
        rules |= set(shapes_graph.subjects(either))
    assert rules
    for rule in rules:
        messages = list(shapes_graph.objects(rule, rdflib.SH.message))
        assert sorted(message.language for message in messages) == LANGUAGES, rule
        assert all(message.endswith(".") for message in messages), rule
        assert set(shapes_graph.objects(rule, rdflib.SH.severity)) <= LEVELS, rule
        assert (rule, rdflib.SH.severity, None) in shapes_graph, rule


def test_each_class_in_the_shapes_is_a_class_and_each_path_a_property(
    shapes_graph: rdflib.Graph,
) -> None:
    ontology = rdflib.Graph()
    for path in packaged.files("ontology", ".ttl"):
        if "/shapes/" not in path and "/alignments/" not in path:
            ontology.parse(path)
    named = set(shapes_graph.objects(None, rdflib.SH.targetClass))
    named |= set(shapes_graph.objects(None, rdflib.SH["class"]))
    assert all((term, RDF.type, rdflib.OWL.Class) in ontology for term in named)
    steps = set(shapes_graph.objects(None, rdflib.SH.path))
    steps |= set(shapes_graph.objects(None, rdflib.SH.inversePath))
    steps |= set(shapes_graph.objects(None, rdflib.SH.targetSubjectsOf))
    lists = set(shapes_graph.objects(None, rdflib.SH.alternativePath))
    steps |= {step for head in lists for step in shapes_graph.items(head)}
    for step in steps - {RDFS.label}:
        if isinstance(step, rdflib.URIRef):
            kinds = set(ontology.objects(step, RDF.type))
            assert any("Property" in str(kind) for kind in kinds), step


def test_each_class_that_has_members_has_a_shape_of_its_own_kind(
    shapes_graph: rdflib.Graph,
) -> None:
    hierarchy: dict[str, set[str]] = {}
    used: set[str] = set()
    for path in packaged.files("ontology", ".ttl"):
        for quad in ox.parse(path=path):
            if quad.predicate.value == str(RDFS.subClassOf):
                hierarchy.setdefault(quad.subject.value, set()).add(quad.object.value)
    for path in packaged.files("data", ".trig"):
        for quad in ox.parse(path=path):
            if quad.predicate.value == str(RDF.type) and quad.object.value.startswith(str(GLOCAL)):
                used.add(quad.object.value)
    targets = {
        str(target)
        for shape, target in shapes_graph.subject_objects(rdflib.SH.targetClass)
        if str(shape).rsplit("#", 1)[-1] not in GENERAL
    }

    def above(name: str) -> set[str]:
        return {name}.union(*(above(parent) for parent in hierarchy.get(name, ())))

    # These are named, attested and put in order; there is no more to ask of them.
    simple = {str(GLOCAL[name]) for name in ("Event", "Aim", "List")}
    assert [name for name in sorted(used - simple) if not above(name) & targets] == []
