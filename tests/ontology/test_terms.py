"""Each term can be read, translated, told apart and placed, and is of one kind."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import pytest
import rdflib
from rdflib.namespace import OWL, RDF, RDFS, SKOS, XSD

from glocal_kg._questions import find
from glocal_kg._study import generate as terms
from glocal_kg._study import packaged, vocab

GLOCAL = rdflib.Namespace(str(vocab.GLOCAL))
VS = rdflib.Namespace("http://www.w3.org/2003/06/sw-vocab-status/ns#")
LANGUAGES = {"en", "it", "fr"}
KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
LANGUAGE_OF_THE_WEB = tuple(str(space) for space in (RDF, RDFS, OWL, XSD))


def own_terms(ontology: rdflib.Graph) -> list[rdflib.URIRef]:
    return [rdflib.URIRef(str(vocab.GLOCAL) + name) for name in terms.current()]


def texts(graph: rdflib.Graph, node: rdflib.term.Node, predicate: rdflib.URIRef) -> dict[str, str]:
    """The texts of a node by language, or a failure where a language has two."""
    found = list(graph.objects(node, predicate))
    by_language = {text.language: str(text) for text in found}
    assert len(found) == len(by_language), f"{node} has two of {predicate} in one language"
    return by_language


def test_the_list_of_terms_in_the_code_is_the_list_of_the_ontology() -> None:
    assert list(terms.TERMS) == terms.current()


def test_each_term_has_labels_in_three_languages_that_no_other_has(ontology: rdflib.Graph) -> None:
    owners: dict[tuple[str, str], list[str]] = defaultdict(list)
    for term in own_terms(ontology):
        labels = texts(ontology, term, RDFS.label)
        assert set(labels) == LANGUAGES, term
        for language, label in labels.items():
            assert label == label.strip()
            owners[language, re.sub(r"\W", "", label).casefold()].append(str(term))
    assert {key: who for key, who in owners.items() if len(who) > 1} == {}


def test_each_term_is_defined_in_three_languages(ontology: rdflib.Graph) -> None:
    owners: dict[str, rdflib.URIRef] = {}
    for term in own_terms(ontology):
        definitions = texts(ontology, term, SKOS.definition)
        assert set(definitions) == LANGUAGES, term
        labels = texts(ontology, term, RDFS.label)
        for language, definition in definitions.items():
            assert len(definition.split()) >= 5, f"{term}: {definition}"
            assert definition.casefold() != labels[language].casefold()
            assert definition[0].isupper(), f"{term}: {definition}"
            assert definition.endswith("."), f"{term}: {definition}"
            assert owners.setdefault(definition, term) == term, f"{term} and {owners[definition]}"


def test_each_term_has_an_example_a_home_and_a_status(ontology: rdflib.Graph) -> None:
    for term in own_terms(ontology):
        assert list(ontology.objects(term, RDFS.isDefinedBy)) == [
            rdflib.URIRef(vocab.ONTOLOGY.value)
        ], term
        assert set(texts(ontology, term, SKOS.example)) == LANGUAGES, term
        assert set(texts(ontology, term, SKOS.scopeNote)) in (set(), LANGUAGES), term
        assert str(ontology.value(term, VS.term_status)) in {"stable", "testing"}, term


def test_each_term_is_of_one_kind_and_named_by_it(ontology: rdflib.Graph) -> None:
    for term in own_terms(ontology):
        kinds = [kind for kind in KINDS if (term, RDF.type, kind) in ontology]
        assert len(kinds) == 1, f"{term}: {kinds}"
        name = term.removeprefix(str(GLOCAL))
        pattern = r"([A-Z][a-z]+)+" if kinds == [OWL.Class] else r"[a-z]+([A-Z][a-z]+)*"
        assert re.fullmatch(pattern, name), name
        assert not re.search(r"And[A-Z]|Or[A-Z]|^is[A-Z]|Other|Misc", name), name


def test_each_property_has_a_domain_and_a_range_or_says_why_not(ontology: rdflib.Graph) -> None:
    for term in own_terms(ontology):
        kind = ontology.value(term, RDF.type)
        if kind == OWL.Class or (term, RDF.type, OWL.AnnotationProperty) in ontology:
            continue
        note = texts(ontology, term, SKOS.scopeNote).get("en", "")
        for predicate, word in ((RDFS.domain, "domain"), (RDFS.range, "range")):
            values = list(ontology.objects(term, predicate))
            said = re.search(r"No (domain|range)( and range)?:", note)
            assert len(values) == 1 or (not values and said and word in said[0]), (
                f"{term} has {len(values)} values of rdfs:{word} and its scope note says: {note}"
            )


def test_a_relation_has_one_name_and_one_direction(ontology: rdflib.Graph) -> None:
    """SPARQL walks back with ``^``; a second name for the way back leaves answers half empty."""
    assert not list(ontology.subject_objects(OWL.inverseOf))


def test_no_two_names_differ_by_case_only() -> None:
    names = [name.casefold() for name in terms.current()]
    assert len(names) == len(set(names))


def test_the_ontology_is_small(ontology: rdflib.Graph) -> None:
    classes = [t for t in own_terms(ontology) if (t, RDF.type, OWL.Class) in ontology]
    assert len(classes) <= 50
    assert len(own_terms(ontology)) - len(classes) <= 70


def test_each_term_says_for_which_question_it_exists(ontology: rdflib.Graph) -> None:
    for term in own_terms(ontology):
        assert texts(ontology, term, RDFS.comment)["en"].endswith("?"), term


@pytest.mark.parametrize("kind", [OWL.SymmetricProperty, OWL.TransitiveProperty])
def test_these_properties_lead_from_a_class_to_the_same_class(
    ontology: rdflib.Graph, kind: rdflib.URIRef
) -> None:
    found = list(ontology.subjects(RDF.type, kind))
    assert found
    for term in found:
        assert ontology.value(term, RDFS.domain) == ontology.value(term, RDFS.range), term


@pytest.mark.parametrize("predicate", [RDFS.subClassOf, RDFS.subPropertyOf])
def test_no_term_is_above_itself(ontology: rdflib.Graph, predicate: rdflib.URIRef) -> None:
    for term in own_terms(ontology):
        for parent in ontology.objects(term, predicate):
            assert term not in set(ontology.transitive_objects(parent, predicate))


def test_each_term_is_tied_to_another(ontology: rdflib.Graph) -> None:
    ties = {RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range, OWL.inverseOf}
    tied = {node for s, p, o in ontology if p in ties for node in (s, o)}
    alone = [
        term
        for term in own_terms(ontology)
        if term not in tied and not texts(ontology, term, SKOS.scopeNote)
        and (term, RDF.type, OWL.AnnotationProperty) not in ontology
    ]  # fmt: skip
    assert alone == []


def test_each_foreign_term_in_use_is_declared_with_label_and_home(
    ontology: rdflib.Graph, data: rdflib.Graph
) -> None:
    skipped = (*LANGUAGE_OF_THE_WEB, str(GLOCAL))
    used: set[rdflib.term.Node] = set()
    for graph in (ontology, data):
        used |= set(graph.predicates())
        used |= set(graph.objects(None, RDF.type))
    used |= {
        o
        for p in (RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range)
        for o in ontology.objects(None, p)
    }
    for term in used:
        if isinstance(term, rdflib.BNode) or str(term).startswith(skipped):
            continue
        kinds = [kind for kind in KINDS if (term, RDF.type, kind) in ontology]
        assert len(kinds) == 1, f"declare {term} in ontology/reused.ttl"
        assert texts(ontology, term, RDFS.label), term
        home = str(ontology.value(term, RDFS.isDefinedBy))
        assert home.rstrip("#/").startswith(re.split(r"[#]", str(term))[0].rsplit("/", 1)[0]), term


def test_declared_terms_exist_in_their_vocabularies(ontology: rdflib.Graph) -> None:
    """rdflib lists the terms of these vocabularies; the other ones are checked by eye."""
    known = {
        str(space): space
        for space in (
            rdflib.PROV, rdflib.DCTERMS, rdflib.SKOS, rdflib.FOAF, rdflib.ORG, rdflib.VANN,
            rdflib.SDO, rdflib.SH,
        )
    }  # fmt: skip
    checked = 0
    for term in set(ontology.subjects(RDFS.isDefinedBy)):
        for base, space in known.items():
            if str(term).startswith(base):
                assert term in space, term
                checked += 1
    assert checked > 20


def test_no_own_term_is_used_without_being_described(
    ontology: rdflib.Graph, data: rdflib.Graph
) -> None:
    own = set(own_terms(ontology))
    described = {term for term in own if (term, RDFS.isDefinedBy, None) in ontology}
    used = {node for graph in (ontology, data) for triple in graph for node in triple}
    named = {node for node in used if isinstance(node, rdflib.URIRef) and node in GLOCAL}
    assert named == described


def test_controlled_lists_are_labeled_and_defined_in_three_languages(
    modules: dict[str, rdflib.Graph],
) -> None:
    graph = modules["vocabularies"]
    members = set(graph.subjects(SKOS.inScheme)) | set(graph.subjects(RDF.type, SKOS.ConceptScheme))
    assert members
    for node in members:
        assert set(texts(graph, node, RDFS.label)) == LANGUAGES, node
        assert set(texts(graph, node, SKOS.definition)) == LANGUAGES, node


# What follows, or is given by a corpus alone, and which packaged question asks for it.
ASKED_FOR = {
    "GlocalPractice": "practices/glocal-practices",
    "SubnationalActor": "actors/subnational",
    "SyntheticAssessment": "assessment/ratings",
    "concerns": "practices/naming-cities",
    "attestedIn": "",  # the three ways of attesting have it as their parent
}


def test_each_term_is_in_the_facts_or_in_a_shape_or_asked_for(ontology: rdflib.Graph) -> None:
    folder = Path(packaged.folder("ontology"))
    text = "".join(
        Path(path).read_text("utf-8")
        for path in [
            *packaged.files("data", ".trig"),
            folder / "vocabularies.ttl",
            *sorted((folder / "shapes").glob("*.ttl")),
        ]
    )
    used = set(re.findall(r"\bglocal:(\w+)", text))
    left = {str(term).removeprefix(str(GLOCAL)) for term in own_terms(ontology)} - used
    assert left == set(ASKED_FOR)
    for name, question in ASKED_FOR.items():
        assert not question or f"glocal:{name}" in find(question).text
