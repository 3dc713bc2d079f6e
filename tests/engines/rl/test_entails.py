"""What facts imply beyond the rules: axioms and descriptions, with their reasons."""

from __future__ import annotations

import pytest

from glocal_kg._engines.rl import check
from glocal_kg._engines.rl.completeness import within
from glocal_kg._engines.rl.entails import entails

YES = [
    ("ex:a ex:p 1", "ex:a ex:p 01"),
    ("ex:a ex:p 1", "[] ex:p 1.0"),
    # A blank node that is only an object stands for anything as well.
    ("ex:a ex:p ex:b", "ex:a ex:p []"),
    ("ex:a ex:p 1", "ex:a ex:p []"),
    ("ex:a ex:p ex:b . ex:b ex:q ex:c", "ex:a ex:p [ ex:q [] ]"),
    ("ex:p owl:inverseOf ex:q . ex:a ex:p ex:b", "ex:b ex:q []"),
    ("ex:a a ex:C", "ex:D rdfs:subClassOf owl:Thing"),
    ("ex:a a ex:C", "xsd:byte rdfs:subClassOf xsd:decimal"),
    ("ex:a ex:p 1", "ex:a a [ owl:onProperty ex:p ; owl:hasValue 01 ]"),
    ("ex:C owl:disjointWith ex:D . ex:E rdfs:subClassOf ex:C", "ex:E owl:disjointWith ex:D"),
    ("ex:C owl:disjointWith ex:D", "ex:D owl:disjointWith ex:C"),
    (
        "[] a owl:AllDisjointClasses ; owl:members (ex:C ex:D ex:E)",
        "[] a owl:AllDisjointClasses ; owl:members (ex:E ex:C)",
    ),
    ("ex:p rdfs:domain ex:C . ex:q rdfs:domain ex:D . ex:C owl:disjointWith ex:D",
     "ex:p owl:propertyDisjointWith ex:q"),
    ("ex:p owl:propertyChainAxiom (ex:p ex:p)", "ex:p a owl:TransitiveProperty"),
    ("ex:p a owl:TransitiveProperty", "ex:p owl:propertyChainAxiom (ex:p ex:p)"),
    ("ex:p owl:inverseOf ex:p", "ex:p a owl:SymmetricProperty"),
    ("ex:p owl:inverseOf ex:q . ex:p a owl:FunctionalProperty",
     "ex:q a owl:InverseFunctionalProperty"),
    ("ex:p owl:inverseOf ex:q", "ex:q owl:inverseOf ex:p"),
    ("ex:p owl:inverseOf ex:q . ex:p rdfs:domain ex:C", "ex:q rdfs:range ex:C"),
    ("ex:p a owl:AsymmetricProperty", "ex:p a owl:IrreflexiveProperty"),
    ("ex:p rdfs:subPropertyOf ex:q . ex:q rdfs:subPropertyOf ex:p",
     "ex:p owl:equivalentProperty ex:q"),
    ("ex:C owl:intersectionOf (ex:D ex:E)", "ex:C rdfs:subClassOf ex:D"),
    ("ex:C rdfs:subClassOf ex:D, ex:E",
     "ex:C rdfs:subClassOf [ owl:intersectionOf (ex:D ex:E) ]"),
    ("ex:C rdfs:subClassOf ex:E . ex:D rdfs:subClassOf ex:E",
     "[ owl:unionOf (ex:C ex:D) ] rdfs:subClassOf ex:E"),
    ("ex:C owl:disjointWith ex:D", "ex:C rdfs:subClassOf [ owl:complementOf ex:D ]"),
    ("ex:p rdfs:range ex:C", "owl:Thing rdfs:subClassOf "
     "[ owl:onProperty ex:p ; owl:allValuesFrom ex:C ]"),
    ("ex:p rdfs:domain ex:C", "[ owl:onProperty ex:p ; owl:someValuesFrom owl:Thing ] "
     "rdfs:subClassOf ex:C"),
    ("ex:p a owl:FunctionalProperty", "owl:Thing rdfs:subClassOf "
     "[ owl:onProperty ex:p ; owl:maxCardinality 1 ]"),
    ("ex:x ex:p ex:y", "ex:x a [ owl:onProperty ex:p ; owl:minCardinality 1 ]"),
    ("ex:x ex:p ex:y, ex:z . ex:y owl:differentFrom ex:z",
     "ex:x a [ owl:onProperty ex:p ; owl:minCardinality 2 ]"),
    ("ex:x ex:p ex:y . ex:y a ex:C", "ex:x a [ owl:onProperty ex:p ; owl:someValuesFrom ex:C ]"),
    ("ex:x ex:p ex:y . ex:y a ex:C", "ex:x ex:p [ a ex:C ]"),
    ("ex:x owl:differentFrom ex:y", "ex:y owl:differentFrom ex:x"),
    ("ex:p a owl:FunctionalProperty . ex:x ex:p 1 . ex:y ex:p 2", "ex:x owl:differentFrom ex:y"),
    ("ex:p a owl:IrreflexiveProperty", "[] owl:sourceIndividual ex:x ; "
     "owl:assertionProperty ex:p ; owl:targetIndividual ex:x"),
    ("ex:p rdfs:range xsd:byte", "ex:p rdfs:range xsd:integer"),
    ("ex:C owl:hasKey (ex:p) . ex:D rdfs:subClassOf ex:C", "ex:D owl:hasKey (ex:p)"),
    ("ex:p a owl:ReflexiveProperty . ex:x a ex:C", "ex:x ex:p ex:x"),
    ("ex:C rdfs:subClassOf owl:Nothing", "ex:C rdfs:subClassOf ex:D"),
    ("ex:x a ex:C, owl:Nothing", "ex:a ex:b ex:c"),
    ("ex:a a ex:C", "ex:a owl:sameAs ex:a"),
    ("ex:C owl:complementOf owl:Nothing . ex:a a ex:E", "ex:a a ex:C"),
    ("ex:x ex:p ex:y", "ex:x a [ owl:onProperty ex:p ; owl:minCardinality '+01'^^xsd:byte ]"),
    # Values: of a datatype, and apart from each other.
    ("ex:x ex:p 1", "ex:x a [ owl:onProperty ex:p ; owl:someValuesFrom xsd:decimal ]"),
    ("ex:x ex:p 1", "ex:x a [ owl:onProperty ex:p ; owl:minQualifiedCardinality 1 ; "
     "owl:onDataRange xsd:integer ]"),
    ("ex:x ex:p 1, 'a', 'a'@en", "ex:x a [ owl:onProperty ex:p ; owl:minCardinality 3 ]"),
    ("ex:x ex:p ex:x", "ex:x a [ owl:onProperty ex:p ; owl:hasSelf true ]"),
    # What a class with a name is made of.
    ("ex:C owl:unionOf (ex:D ex:E)", "ex:C owl:unionOf (ex:E ex:D)"),
    ("ex:C owl:oneOf (ex:a ex:b)", "ex:C owl:oneOf (ex:b ex:a)"),
    ("ex:C owl:equivalentClass [ owl:intersectionOf (ex:D ex:E) ]",
     "ex:C owl:intersectionOf (ex:E ex:D)"),
    ("ex:C owl:equivalentClass [ owl:complementOf ex:D ]", "ex:C owl:complementOf ex:D"),
    ("ex:C owl:unionOf (ex:D ex:E) . ex:D owl:disjointWith ex:E",
     "ex:C owl:disjointUnionOf (ex:E ex:D)"),
    ("ex:C owl:disjointUnionOf (ex:D ex:E)", "ex:C owl:disjointUnionOf (ex:D ex:E)"),
    # By cases, and where nothing can be.
    ("ex:C rdfs:subClassOf [ owl:unionOf (ex:D ex:E) ] . ex:D rdfs:subClassOf ex:F . "
     "ex:E rdfs:subClassOf ex:F . ex:x a ex:C", "ex:x a ex:F . ex:C rdfs:subClassOf ex:F"),
    ("ex:p rdfs:range owl:Nothing", "ex:p rdfs:domain ex:C"),
    ("ex:p rdfs:domain owl:Nothing", "ex:p rdfs:range ex:C"),
    # Declarations of what is used so.
    ("ex:C rdfs:subClassOf ex:D . ex:x ex:p ex:y",
     "ex:C a owl:Class . ex:D a rdfs:Class . ex:p a owl:ObjectProperty"),
    # Classes that are described by themselves, or deep within others.
    ("ex:C owl:intersectionOf (ex:C ex:D)", "ex:C rdfs:subClassOf ex:D"),
    ("ex:C owl:complementOf ex:D . ex:D owl:complementOf ex:C", "ex:C owl:disjointWith ex:D"),
    ("ex:x a ex:D", "ex:x a " + "[ owl:unionOf (ex:E ex:F " * 20 + "ex:D" + ") ]" * 20),
    # What follows from some values follows from more of them.
    ("ex:p a owl:FunctionalProperty", "owl:Thing rdfs:subClassOf "
     "[ owl:onProperty ex:p ; owl:maxCardinality 1000000 ]"),
    ("ex:x ex:p " + ", ".join(f"ex:y{n}" for n in range(12)) + " . [] a owl:AllDifferent ; "
     "owl:members (" + " ".join(f"ex:y{n}" for n in range(4, 9)) + ")",
     "ex:x a [ owl:onProperty ex:p ; owl:minCardinality 5 ]"),
]  # fmt: skip

UNKNOWN = [
    ("ex:C rdfs:subClassOf ex:D", "ex:D rdfs:subClassOf ex:C"),
    ("ex:C rdfs:subClassOf ex:D", "ex:C owl:disjointWith ex:E"),
    ("ex:p a owl:SymmetricProperty", "ex:p a owl:TransitiveProperty"),
    ("ex:a ex:p ex:b . ex:c ex:q ex:d", "ex:a ex:p [ ex:q [] ]"),
    ("ex:a a ex:C", "xsd:decimal rdfs:subClassOf xsd:byte"),
    ("ex:p rdfs:range xsd:short", "ex:p rdfs:range xsd:unsignedShort"),
    ("ex:C rdfs:subClassOf ex:E", "[ owl:unionOf (ex:C ex:D) ] rdfs:subClassOf ex:E"),
    ("ex:x ex:p ex:y, ex:z", "ex:x a [ owl:onProperty ex:p ; owl:minCardinality 2 ]"),
    ("ex:x ex:p ex:y", "ex:x a [ owl:onProperty ex:p ; owl:allValuesFrom ex:C ]"),
    ("ex:x a ex:C", "ex:x a [ owl:complementOf ex:D ]"),
    ("ex:x ex:p ex:y", "ex:x ex:p [ a ex:C ]"),
    # A text is no number (OWL 2 Mapping to RDF, table 1).
    (
        "ex:p a owl:FunctionalProperty",
        "owl:Thing rdfs:subClassOf [ owl:onProperty ex:p ; owl:maxCardinality '1' ]",
    ),
    ("ex:x ex:p ex:y", "ex:x a [ owl:onProperty ex:p ; owl:minCardinality '1'@en ]"),
    # A value of another datatype is not of the restriction; of no kind is what nothing uses.
    ("ex:x ex:p 1", "ex:x a [ owl:onProperty ex:p ; owl:someValuesFrom xsd:string ]"),
    (
        "ex:x ex:p 1",
        "ex:x a [ owl:onProperty ex:p ; owl:minQualifiedCardinality 1 ; "
        "owl:onDataRange xsd:string ]",
    ),
    ("ex:x ex:p 1, 01, 1.0", "ex:x a [ owl:onProperty ex:p ; owl:minCardinality 2 ]"),
    ("ex:x ex:p ex:x", "ex:x a [ owl:onProperty ex:p ; owl:hasSelf false ]"),
    ("ex:x ex:p ex:y", "ex:C a owl:Class"),
    ("ex:C owl:unionOf (ex:D ex:E)", "ex:C owl:unionOf (ex:D)"),
    ("ex:D rdfs:subClassOf ex:C . ex:E rdfs:subClassOf ex:C", "ex:C owl:unionOf (ex:D ex:E)"),
    ("ex:C owl:disjointWith ex:D", "ex:C owl:complementOf ex:D"),
    # Keys speak of things with a name alone (OWL 2 Direct Semantics, 2.3.5).
    (
        "ex:C owl:hasKey (ex:p) . ex:p rdfs:domain ex:C",
        "ex:p a owl:InverseFunctionalProperty",
    ),
    # Descriptions that do not end, or have too many cases.
    ("ex:C owl:unionOf (ex:C ex:D) . ex:x a ex:E", "ex:x a ex:C"),
    ("ex:C owl:onProperty ex:p ; owl:someValuesFrom ex:C", "ex:C rdfs:subClassOf ex:E"),
    ("ex:C owl:onProperty ex:p ; owl:allValuesFrom ex:C", "ex:x a ex:C"),
    ("ex:x ex:p ex:y", "ex:x a [ owl:onProperty ex:p ; owl:maxCardinality 100000000 ]"),
    (
        "ex:x a ex:Q",
        "[ owl:intersectionOf ("
        + " ".join(f"[ owl:unionOf (ex:A{n} ex:B{n}) ]" for n in range(30))
        + ") ] rdfs:subClassOf ex:Z",
    ),
    # What follows beyond OWL 2 RL is not denied because the rules do not give it.
    ("owl:topObjectProperty rdfs:domain ex:C . ex:a ex:p ex:b", "ex:b a ex:C"),
    ("owl:Thing rdfs:subClassOf ex:C . ex:a a ex:D", "ex:a a ex:C"),
    ("ex:C owl:equivalentClass owl:Thing . ex:a ex:p ex:b", "ex:b a ex:C"),
    ("ex:C owl:disjointWith [ owl:complementOf ex:D ] . ex:a a ex:C", "ex:a a ex:D"),
    (
        "ex:C rdfs:subClassOf [ owl:onProperty ex:p ; owl:maxQualifiedCardinality 0 ; "
        "owl:onClass [ owl:complementOf ex:D ] ] . ex:a a ex:C ; ex:p ex:b",
        "ex:b a ex:D",
    ),
    (
        "ex:C rdfs:subClassOf [ owl:onProperty ex:p ; owl:maxCardinality 2 ] . "
        "ex:a a ex:C ; ex:p ex:b, ex:c, ex:d . ex:b owl:differentFrom ex:c, ex:d",
        "ex:c owl:sameAs ex:d",
    ),
]

NO = [
    ("ex:C owl:disjointWith ex:D . ex:x a ex:C", "ex:x a ex:D"),
    ("ex:x ex:p ex:y . ex:p rdfs:domain ex:C", "ex:y a ex:C"),
    ("ex:x owl:differentFrom ex:y", "ex:x owl:sameAs ex:y"),
    ("ex:x ex:p ex:y", "ex:y ex:p ex:x"),
    # A value that is none of its datatype is a contradiction of the claim, not of the facts.
    ("ex:x ex:p ex:y", "ex:x a [ owl:onProperty ex:p ; owl:hasValue 'a'^^xsd:integer ]"),
]


def asked(turtle, premise, claim):
    graph = turtle(premise)
    head = turtle(claim)
    apart = {
        number: graph.terms.add(type(term)(f"claim{term.value}") if "_:" in str(term) else term)
        for number, term in enumerate(head.terms)
    }
    said = [(apart[s], apart[p], apart[o]) for s, p, o in head.rows]
    return graph, entails(graph.terms, graph.rows, said, complete=within(graph.terms, graph.rows))


@pytest.mark.parametrize(("premise", "claim"), YES)
def test_yes_with_grounds_that_hold(premise, claim, turtle) -> None:
    graph, found = asked(turtle, premise, claim)
    assert found.answer == "yes"
    assert not found.open
    for _, grounds in found.shown:
        for ground in grounds:
            given = graph.rows + list(ground.supposed)
            for proof in ground.proofs:
                leaves = proof.root.leaves()
                assert leaves <= set(given) | set(proof_definitions(leaves, graph)), leaves
                check(proof, graph.terms, _Facts(leaves))


class _Facts:
    def __init__(self, facts):
        self._facts = facts

    def contains(self, *fact):
        return fact in self._facts


def proof_definitions(leaves, graph):
    """What a proof rests on of the descriptions in the claim, whose nodes are its own."""
    return [fact for fact in leaves if "claim" in str(graph.terms[fact[0]])] + [
        fact for fact in leaves if fact[0] == fact[2]
    ]


@pytest.mark.parametrize(("premise", "claim"), UNKNOWN)
def test_unknown(premise, claim, turtle) -> None:
    _, found = asked(turtle, premise, claim)
    assert found.answer == "unknown"
    assert found.open


@pytest.mark.parametrize(("premise", "claim"), NO)
def test_no(premise, claim, turtle) -> None:
    assert asked(turtle, premise, claim)[1].answer == "no"


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("ex:C rdfs:subClassOf ex:D . ex:x a ex:C", True),
        ("[ owl:unionOf (ex:C ex:D) ] rdfs:subClassOf ex:E", True),
        ("ex:E rdfs:subClassOf [ owl:unionOf (ex:C ex:D) ]", False),
        ("ex:E rdfs:subClassOf [ owl:onProperty ex:p ; owl:someValuesFrom ex:C ]", False),
        ("ex:E rdfs:subClassOf [ owl:onProperty ex:p ; owl:allValuesFrom ex:C ]", True),
        ("ex:E owl:equivalentClass [ owl:onProperty ex:p ; owl:someValuesFrom ex:C ]", False),
        ("ex:p a owl:ReflexiveProperty", False),
        ("ex:C rdfs:subClassOf ex:D . ex:C ex:p ex:y", False),
    ],
)
def test_what_is_surely_within_the_profile(text, inside, turtle) -> None:
    graph = turtle(text)
    assert within(graph.terms, graph.rows) is inside


OF_A_LIST = {
    "each is of it": (
        "ex:a a ex:C . ex:b a ex:C",
        "[ owl:oneOf (ex:a ex:b) ] rdfs:subClassOf ex:C",
    ),
    "each is of it, or cannot be": (
        "ex:a a ex:C . ex:b a ex:D . ex:D owl:disjointWith ex:E",
        "[ owl:intersectionOf ([ owl:oneOf (ex:a ex:b) ] ex:E) ] rdfs:subClassOf ex:C",
    ),
    "what has one of them": (
        "ex:C owl:onProperty ex:p ; owl:someValuesFrom ex:L . "
        "ex:L owl:oneOf (ex:a ex:b) . ex:a a ex:D . ex:b a ex:D",
        "ex:C rdfs:subClassOf [ owl:onProperty ex:p ; owl:someValuesFrom ex:D ]",
    ),
    "the same of a union": (
        "ex:a a ex:D . ex:U owl:unionOf (ex:C [ owl:oneOf (ex:a) ]) . ex:C rdfs:subClassOf ex:D",
        "ex:U rdfs:subClassOf ex:D",
    ),
}


@pytest.mark.parametrize("name", OF_A_LIST)
def test_what_is_one_of_a_list_is_not_supposed_to_be_the_same(name, turtle, monkeypatch) -> None:
    """That would close the facts anew for each, as axioms name the members."""
    from glocal_kg._engines.rl.closure import Closure

    monkeypatch.setattr(Closure, "_recompute", lambda *_: pytest.fail("closed anew"))
    premise, claim = OF_A_LIST[name]
    assert asked(turtle, premise, claim)[1].answer == "yes"
    assert asked(turtle, premise.replace("ex:a a ", "ex:z a "), claim)[1].answer == "unknown"


def test_lists_of_things_that_differ_are_disjoint(turtle) -> None:
    claim = "[ owl:oneOf (ex:a ex:b) ] owl:disjointWith [ owl:oneOf (ex:c) ]"
    apart = "ex:a owl:differentFrom ex:c"
    assert asked(turtle, f"{apart} . ex:b owl:differentFrom ex:c", claim)[1].answer == "yes"
    assert asked(turtle, apart, claim)[1].answer == "unknown"
