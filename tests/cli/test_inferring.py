"""``glocal infer`` and ``glocal explain``: what follows, and why."""

from __future__ import annotations

import json

from tests.cli.calling import fails, glocal


def test_infer_writes_what_follows(tmp_path):
    path = tmp_path / "mine.ttl"
    path.write_text("<urn:mine> a <https://w3id.org/glocal/ontology#City> .")
    run = glocal("infer", path)
    place = "<https://w3id.org/glocal/ontology#Place>"
    assert f"<urn:mine> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> {place} ." in run.stdout
    assert run.returncode == 0
    summary = glocal("infer", "--format", "summary")
    assert "facts follow from" in summary.stdout
    assert "No contradictions." in summary.stdout


def test_infer_ends_with_1_on_a_contradiction(tmp_path):
    path = tmp_path / "wrong.ttl"
    path.write_text(
        "@prefix owl: <http://www.w3.org/2002/07/owl#> . <urn:A> owl:disjointWith <urn:B> ."
        " <urn:x> a <urn:A> , <urn:B> ."
    )
    run = glocal("infer", path, "--format", "summary")
    assert run.returncode == 1
    assert "Contradiction" in run.stdout


def test_explain_names_the_rule_and_the_source():
    words = ["explain", "actor:municipality-of-rome", "rdf:type", "glocal:SubnationalActor"]
    run = glocal(*words)
    assert run.returncode == 0
    assert "because" in run.stdout
    assert "(stated on slide 41)" in run.stdout
    assert "cax-sco" not in run.stdout
    assert "class within a class, cax-sco" in glocal(*words, "--rules").stdout
    assert json.loads(glocal(*words, "--format", "json").stdout)
    assert glocal(*words, "-f", "svg").stdout.startswith("<svg ")


def test_all_proofs_are_one_json_document_and_a_drawing_shows_one(tmp_path):
    path = tmp_path / "twice.ttl"
    path.write_text(
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . <urn:x> a <urn:A>, <urn:B> ."
        " <urn:A> rdfs:subClassOf <urn:C> . <urn:B> rdfs:subClassOf <urn:C> ."
    )
    words = ["explain", "urn:x", "rdf:type", "urn:C", "--data", path, "--all"]
    assert len(json.loads(glocal(*words, "-f", "json").stdout)) == 2
    prov = glocal(*words, "-f", "turtle").stdout
    assert prov.count("wasGeneratedBy") == 2
    import pyoxigraph

    made = pyoxigraph.NamedNode("http://www.w3.org/ns/prov#wasGeneratedBy")
    triples = list(pyoxigraph.parse(prov, format=pyoxigraph.RdfFormat.TURTLE))
    assert len({triple.object for triple in triples if triple.predicate == made}) == 2
    fails(*words, "-f", "svg", said="A drawing shows one proof")


def test_what_follows_with_readings_is_written_when_asked_for():
    plain = glocal("infer").stdout.splitlines()
    more = glocal("infer", "--interpreted").stdout.splitlines()
    named = {line for line in plain if "_:" not in line}  # blank nodes have names by the whole
    assert named < set(more)
    assert len(plain) < len(more)
    summary = glocal("infer", "--interpreted", "--format", "summary").stdout
    assert summary.startswith(f"{len(more):,} facts follow from")


def test_a_fact_that_does_not_hold_is_an_answer_and_ends_with_1():
    run = glocal("explain", "place:rome", "rdf:type", "glocal:Principle")
    assert run.returncode == 1
    assert run.stdout == ""
    assert "neither says nor implies" in run.stderr
    assert glocal("explain", "nowhere:rome", "rdf:type", "glocal:Principle").returncode == 2
    assert "exit code is 1" in glocal("explain", "--help").stdout
