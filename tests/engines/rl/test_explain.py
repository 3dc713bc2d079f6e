"""Proofs: the shortest, all of them, in every form, and each of them checked."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from glocal_kg._engines.rl import Origin, Proof, ProofError, Step, check, explain
from glocal_kg._telling import proofs
from glocal_kg._telling.phrasing import Phrasing
from glocal_kg.errors import NotFoundError

ROME = """
    ex:City rdfs:subClassOf ex:Settlement . ex:Settlement rdfs:subClassOf ex:Place .
    ex:rome a ex:City . ex:governs rdfs:range ex:Place . ex:council ex:governs ex:rome
"""


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(data=st.data())
def test_every_inferred_fact_has_a_proof_that_holds(graphs, data) -> None:
    graph = data.draw(graphs)
    closure = graph.close()
    for fact in closure.inferred.tolist()[:40]:
        proof = closure.explain(*fact)
        assert proof.shortest
        assert proof.size > 0
        check(proof, graph.terms, closure.asserted)
    for fact in closure.inferred.tolist()[:3]:
        proofs = closure.explain_all(*fact)
        assert proofs[0].size == closure.explain(*fact).size
        for proof in proofs:
            check(proof, graph.terms, closure.asserted)
    for clash in closure.clashes[:5]:
        for fact in clash.facts:
            check(closure.explain(*fact), graph.terms, closure.asserted)


def test_takes_the_shortest_way(turtle) -> None:
    graph = turtle(ROME)
    closure = graph.close()
    place = graph.fact("ex:rome a ex:Place")
    proof = closure.explain(*place)
    assert (proof.size, proof.root.rule) == (1, "prp-rng")
    longer = closure.explain_all(*place)
    assert [one.root.rule for one in longer] == ["prp-rng", "cax-sco"]
    assert longer[1].size == 2
    assert closure.explain_all(*place, most=1)[0].size == 1


def test_an_asserted_fact_explains_itself_and_may_follow_as_well(turtle) -> None:
    graph = turtle(ROME + ". ex:rome a ex:Place")
    closure = graph.close()
    place = graph.fact("ex:rome a ex:Place")
    assert closure.explain(*place).size == 0
    assert [one.size for one in closure.explain_all(*place)] == [0, 1, 2]


def test_text_for_people(turtle) -> None:
    graph = turtle(ROME)
    closure = graph.close()
    terms = [NamedNode(f"https://example.org/{name}") for name in ("rome", "Settlement")]
    kind = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    proof = closure.explain(terms[0], kind, terms[1])
    assert proofs.to_text(proof) == (
        "rome is a Settlement, because\n├─ every City is a Settlement\n└─ rome is a City"
    )
    where = Origin("https://example.org/graph", "https://example.org/page", "the study, page 12")
    text = proofs.to_text(
        proof,
        Phrasing(lambda node: Literal(node.value.rsplit("/", 1)[-1].title())),
        lambda s, p, o: [where] if s == terms[0] else [],
    )
    assert text.splitlines()[0] == "Rome is a Settlement, because"
    assert text.splitlines()[2] == "└─ Rome is a City (the study, page 12)"


def test_lists_and_class_descriptions_are_told_in_words(turtle) -> None:
    graph = turtle(
        "ex:Glocal owl:equivalentClass [ owl:intersectionOf (ex:Practice "
        "[ owl:onProperty ex:reaches ; owl:hasValue ex:world ] "
        "[ owl:onProperty ex:has ; owl:someValuesFrom ex:Partner ]) ] . "
        "ex:fair a ex:Practice ; ex:reaches ex:world ; ex:has ex:rome . ex:rome a ex:Partner"
    )
    text = proofs.to_text(graph.close().explain(*graph.fact("ex:fair a ex:Glocal")))
    assert text.splitlines() == [
        "fair is a Glocal, because",
        "├─ a Glocal is the same as a Practice that reaches world and has a Partner",
        "├─ fair is a Practice",
        "├─ fair reaches world",
        "├─ fair has rome",
        "└─ rome is a Partner",
    ]


def test_json_prov_and_drawing(turtle) -> None:
    graph = turtle(ROME)
    proof = graph.close().explain(*graph.fact("ex:rome a ex:Settlement"))

    def origin(s: object, p: object, o: object) -> list[Origin]:
        return [Origin("https://example.org/graph")]

    told = json.loads(proofs.to_json(proof, label=str, origin=origin))
    assert (told["size"], told["shortest"]) == (1, True)
    assert told["steps"][0]["premises"] == [1, 2]
    assert told["steps"][1]["origins"][0]["graph"] == "https://example.org/graph"
    triples = list(parse(proofs.to_turtle(proof, origin), format=RdfFormat.TURTLE))
    predicates = [t.predicate.value.rsplit("#")[-1] for t in triples]
    assert predicates.count("used") == 2
    assert predicates.count("wasGeneratedBy") == 1
    assert predicates.count("hadPrimarySource") == 2
    assert Literal("cax-sco") in {t.object for t in triples}
    lines = proofs.to_mermaid(proof).splitlines()
    assert lines[0] == "flowchart BT"
    assert '  f0["rome is a Settlement"]' in lines
    assert "  f1 -- cax-sco --> f0" in lines


def test_a_forged_proof_does_not_pass(turtle) -> None:
    graph = turtle(ROME)
    closure = graph.close()
    proof = closure.explain(*graph.fact("ex:rome a ex:Settlement"))
    root = proof.root
    forged = [
        Step(root.fact, "cax-sco", root.premises[:1]),
        Step(root.fact, "prp-dom", root.premises),
        Step(graph.fact("ex:rome a ex:Place"), "cax-sco", root.premises),
        Step(root.fact, "asserted", ()),
        Step(root.fact, "prp-ap", ()),
        Step(root.fact, "dt-type2", ()),
    ]
    for step in forged:
        with pytest.raises(ProofError):
            check(Proof(graph.terms, step), graph.terms, closure.asserted)


def test_what_does_not_follow_has_no_proof(turtle) -> None:
    graph = turtle(ROME)
    closure = graph.close()
    with pytest.raises(NotFoundError, match="neither says nor implies"):
        closure.explain(*graph.fact("ex:council a ex:Place"))
    with pytest.raises(NotFoundError, match="nowhere"):
        closure.explain(NamedNode("https://example.org/nowhere"), 1, 2)


def test_a_long_chain_is_explained_too(turtle, monkeypatch: pytest.MonkeyPatch) -> None:
    links = " . ".join(f"ex:x{i} ex:in ex:x{i + 1}" for i in range(1500))
    graph = turtle(f"ex:in a owl:TransitiveProperty . {links}")
    closure = graph.close()
    monkeypatch.setattr(explain, "PATIENCE", 2_000)
    proof = closure.explain(*graph.fact("ex:x0 ex:in ex:x1500"))
    check(proof, graph.terms, closure.asserted)
    assert not proof.shortest
    assert proofs.to_text(proof).endswith("There may be a shorter proof.")
    assert len(proof.asserted()) == 1501
