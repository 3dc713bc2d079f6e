"""``Graph.entails``: an answer with its reasons in words."""

from __future__ import annotations

import pytest

import glocal_kg as gk

HEAD = "@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix e: <https://example.org/> . "


def graph(text: str) -> gk.KnowledgeGraph:
    kg = gk.KnowledgeGraph()
    kg.add(gk.Text(HEAD + text, "turtle"))
    return kg


def test_a_triple_or_an_ontology():
    kg = graph("e:City owl:disjointWith e:River . e:rome a e:City .")
    found = kg.entails(
        ("https://example.org/River", "owl:disjointWith", "https://example.org/City")
    )
    assert found
    assert "contradiction (cax-dw)" in str(found)
    claim = gk.Text(HEAD + "e:rome a [ owl:complementOf e:River ] .", "turtle")
    assert kg.entails(claim).answer == "yes"
    denied = kg.entails(gk.Text(HEAD + "e:rome a e:River .", "turtle"))
    assert denied.answer == "no"
    assert "The facts contradict it" in str(denied)
    assert not denied
    assert len(denied.missing) == 1
    assert len(kg) == 2
    assert kg.inference is None


def test_what_the_packaged_ontology_implies():
    kg = gk.load()
    functional = kg.query("SELECT ?p { ?p a owl:FunctionalProperty } ORDER BY ?p").column("p")
    claim = (
        f"owl:Thing <http://www.w3.org/2000/01/rdf-schema#subClassOf> "
        f"[ owl:onProperty <{functional[0].value}> ; owl:maxCardinality 1 ] ."
    )
    assert kg.entails(gk.Text(HEAD + claim, "turtle"))
    assert kg.entails(("glocal:City", "owl:disjointWith", "glocal:Notion")).answer != "no"


def test_a_claim_that_makes_all_the_same_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    from glocal_kg._engines.rl.engine import Engine

    found = 0
    merge = Engine._merge

    def counted(engine, facts):
        nonlocal found
        found += sum(map(len, facts.values()))
        assert found < 10_000_000, "the work has no end"
        return merge(engine, facts)

    monkeypatch.setattr(Engine, "_merge", counted)
    kg = gk.load()
    rows = kg.query(
        "SELECT DISTINCT ?p { ?s ?p ?o FILTER(STRSTARTS(STR(?p), STR(glocal:))) } ORDER BY ?p"
    )
    claim = [f"<{p.value}> a owl:FunctionalProperty ." for p in rows.column("p")[:60]]
    answer = kg.entails(gk.Text(HEAD + "\n".join(claim), "turtle"))
    assert answer.answer == "unknown"
    assert "The search was given up, as too much follows: " in str(answer)
    assert "raise the limit" not in str(answer)


def test_a_misspelt_name_is_told() -> None:
    told = str(gk.load().entails(("place:rome", "rdf:type", "glocal:Plase")))
    assert "Did you mean glocal:Place" in told


def test_a_triple_with_a_part_missing_is_told() -> None:
    with pytest.raises(gk.ArgumentError, match=r"a triple \(subject, predicate, object\)"):
        gk.KnowledgeGraph().entails(("urn:a", "urn:b"))
    with pytest.raises(gk.ReadError, match="one file by its path"):
        gk.KnowledgeGraph().validate(shapes=["shapes.ttl"])
