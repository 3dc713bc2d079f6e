"""The verbs of the knowledge graph, alone and together."""

from __future__ import annotations

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad
from rdflib import Literal as RdflibLiteral
from rdflib import URIRef
from rdflib.plugins.sparql import prepareQuery

import glocal_kg as gk
from glocal_kg._rdf.namespaces import RDF, RDFS
from glocal_kg._study import packaged
from glocal_kg._study.vocab import GLOCAL, INFERRED, INTERPRETATION, ONTOLOGY

EX = "https://example.org/"
OWN = NamedNode("https://w3id.org/glocal/graph/import/text")
PREFIXES = f"""\
@prefix : <{EX}> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix sh: <http://www.w3.org/ns/shacl#> .
"""
FAMILY = PREFIXES + ":City rdfs:subClassOf :Place . :Place rdfs:subClassOf :Thing . :rome a :City ."
SHAPES = (
    PREFIXES
    + ":S a sh:NodeShape ; sh:targetClass :Place ; sh:property [ sh:path :name ; sh:minCount 1 ] ."
)


def node(name: str) -> NamedNode:
    return NamedNode(EX + name)


@pytest.fixture
def kg() -> gk.KnowledgeGraph:
    graph = gk.KnowledgeGraph()
    graph.add(gk.Text(FAMILY, "turtle"))
    return graph


@pytest.fixture(scope="module")
def loaded() -> gk.KnowledgeGraph:
    return gk.load()


# add and remove


def test_a_file_goes_to_a_graph_named_after_it(tmp_path):
    path = tmp_path / "My cities.ttl"
    path.write_text(FAMILY)
    kg = gk.KnowledgeGraph()
    assert kg.add(path) == 3
    assert {q.graph_name.value for q in kg.facts} == {
        "https://w3id.org/glocal/graph/import/my-cities"
    }
    kg.add(path, graph=EX + "own")
    assert len(kg) == 6
    with pytest.raises(gk.GlocalError, match="cannot name a graph"):
        kg.add(path, graph="no iri")


def test_a_failed_add_changes_nothing(kg):
    before = set(kg.facts)
    for text in (FAMILY + " oops", f"GRAPH <{INFERRED.value}> {{ <urn:a> <urn:b> <urn:c> }}"):
        with pytest.raises(gk.ReadError):
            kg.add(gk.Text(text, "trig"))
    assert set(kg.facts) == before


def test_remove_takes_back_what_add_gave(kg):
    quads = list(kg.facts)
    assert kg.remove(quads[:1]) == 1
    assert kg.remove(quads[:1]) == 0
    assert len(kg) == 2


def test_replace_changes_only_what_differs(tmp_path):
    path = tmp_path / "cities.ttl"
    rows = [f"<{EX}{name}> a <{EX}City> ." for name in ("rome", "kigali", "gaza")]
    path.write_text("\n".join(rows))
    kg = gk.KnowledgeGraph()
    other = Quad(node("rome"), RDF.type, node("City"), node("other"))
    kg.add([other])
    assert kg.replace(path) == (3, 0)
    path.write_text("\n".join([*rows[1:], f"<{EX}oslo> a <{EX}City> ."]))
    assert kg.replace(path) == (1, 1)
    assert kg.replace(path) == (0, 0)
    assert other in kg.facts
    fresh = gk.KnowledgeGraph()
    fresh.add([other])
    fresh.add(path)
    assert set(kg.facts) == set(fresh.facts)
    assert kg.replace([], graph="https://w3id.org/glocal/graph/import/cities") == (0, 3)
    assert set(kg.facts) == {other}


def test_replace_leaves_graphs_alone_that_the_source_does_not_write_to(kg):
    before = set(kg.facts)
    new = gk.Text(f"GRAPH <{EX}new> {{ <{EX}a> <{EX}b> <{EX}c> }}", "trig")
    assert kg.replace(new) == (1, 0)
    assert set(kg.facts) > before
    assert kg.replace(new, graph=OWN) == (0, 3)
    assert {quad.graph_name for quad in kg.facts} == {node("new")}


def test_replace_knows_which_graph_a_file_filled(tmp_path):
    path = tmp_path / "mine.trig"
    path.write_text(f"<{EX}a> <{EX}b> <{EX}c> . GRAPH <{EX}g> {{ <{EX}a> <{EX}b> <{EX}d> }}")
    kg = gk.KnowledgeGraph()
    kg.add(path)
    path.write_text(f"GRAPH <{EX}g> {{ <{EX}a> <{EX}b> <{EX}d> }}")
    assert kg.replace(path) == (0, 1)


def test_a_failed_replace_changes_nothing(kg):
    before = set(kg.facts)
    with pytest.raises(gk.ReadError):
        kg.replace(gk.Text(FAMILY + " oops", "trig"))
    assert set(kg.facts) == before


def test_a_triple_goes_with_the_last_graph_that_has_it():
    twice = [Quad(node("x"), RDF.type, node("City"), node(name)) for name in "gh"]
    later = gk.KnowledgeGraph()
    later.add(gk.Text(FAMILY, "trig"))
    later.add(twice)
    later.infer()
    for quad, left in zip(twice, (True, False), strict=True):
        later.remove([quad])
        inferred = {(q.subject, q.object) for q in later.infer()}
        assert ((node("x"), node("Place")) in inferred) == left


def test_facts_may_be_counted_while_an_addition_fails(kg):
    def quads():
        for number in range(3):
            yield Quad(node(f"n{number}"), node("p"), node("o"), node("g"))
            counts.append(len(kg))  # as another thread may
        raise gk.ReadError("It breaks off.", source="x")

    counts, before = [], list(kg.facts)
    with pytest.raises(gk.ReadError):
        kg.add(quads())
    assert counts == [3, 3, 3]
    assert list(kg.facts) == before
    kg.add([Quad(node("n"), node("p"), node("o"), node("g"))])
    assert len(kg) == 4


# infer


def types(kg, name="rome", **options):
    answer = kg.query(f"SELECT ?t {{ <{EX}{name}> a ?t }} ORDER BY ?t", **options)
    return [term.value.removeprefix(EX) for term in answer.column("t")]


def test_answers_see_what_follows_unless_told_otherwise(kg):
    assert kg.inference is None
    assert types(kg, inferred=False) == ["City"]
    assert kg.inference is None
    assert types(kg) == ["City", "Place", "Thing"]
    assert kg.inference is not None
    assert len(kg) == 3


@pytest.mark.parametrize("engine", ["fast", "owlrl"])
def test_inferred_facts_live_in_their_own_graph(kg, engine):
    facts = set(kg.facts)
    inference = kg.infer(engine)
    assert set(kg.facts) == facts
    assert types(kg) == ["City", "Place", "Thing"]
    assert types(kg, inferred=False) == ["City"]
    found = {q for q in kg.seen() if q.graph_name == INFERRED}
    assert len(found) == inference.inferred == sum(inference.by_predicate().values())
    assert Quad(node("rome"), RDF.type, node("Place"), INFERRED) in found
    assert inference.clashes == []
    assert inference.engine == engine


def test_an_inferred_literal_stays_when_another_form_of_it_goes():
    text = """<urn:p> <http://www.w3.org/2000/01/rdf-schema#subPropertyOf> <urn:q> .
        <urn:a> <urn:p> 1.5 , 1.50 , 2.0 ."""
    kg = gk.KnowledgeGraph()
    kg.add(gk.Text(text, "turtle"))
    kg.infer()
    assert kg.query("ASK { <urn:a> <urn:q> 1.5 }")
    for form, left in (("1.50", True), ("1.5", False)):
        kg.remove([quad for quad in kg.facts if getattr(quad.object, "value", "") == form])
        kg.infer()
        assert kg.query("ASK { <urn:a> <urn:q> 1.5 }") == left
        assert kg.query("ASK { <urn:a> <urn:q> 2.0 }")


def test_changes_are_followed_by_the_next_answer(kg):
    kg.infer()
    new = Quad(node("kigali"), RDF.type, node("City"), node("g"))
    kg.add([new])
    assert kg.inference.stale
    assert types(kg, "kigali", inferred=False) == ["City"]
    assert kg.inference.stale
    assert types(kg, "kigali") == ["City", "Place", "Thing"]
    assert not kg.inference.stale
    assert types(kg, "kigali") == ["City", "Place", "Thing"]
    kg.remove([new])
    assert types(kg, "kigali") == []
    assert types(kg) == ["City", "Place", "Thing"]


def test_a_fact_in_two_graphs_stays_until_both_let_go(kg):
    twice = [Quad(node("x"), RDF.type, node("City"), node(name)) for name in ("g", "h")]
    kg.add(twice)
    kg.infer()
    for quad, expected in zip(twice, (["City", "Place", "Thing"], []), strict=True):
        kg.remove([quad])
        kg.infer()
        assert types(kg, "x") == expected


def test_inference_after_edits_equals_inference_anew(kg):
    kg.infer()
    kg.add([Quad(node("Thing"), RDFS.subClassOf, node("Top"), node("g"))])
    kg.infer()
    kg.remove([q for q in kg.facts if q.subject == node("Place")])
    kg.infer()
    fresh = gk.KnowledgeGraph()
    fresh.add(list(kg.facts))
    fresh.infer()
    assert set(kg.seen()) == set(fresh.seen()) > set(kg.facts)


def test_a_slow_engine_is_not_replaced_behind_ones_back(kg):
    kg.infer("owlrl")
    kg.add([Quad(node("kigali"), RDF.type, node("City"), node("g"))])
    with pytest.raises(gk.StaleError, match="owlrl"):
        types(kg)
    assert types(kg, "kigali", inferred=False) == ["City"]


READINGS = "https://w3id.org/glocal/graph/interpretation"


def test_readings_are_seen_only_when_asked_for(kg):
    kg.add([Quad(node("oslo"), RDF.type, node("City"), NamedNode(READINGS + "/rossi"))])
    for inferred in (True, False):
        assert types(kg, "oslo", inferred=inferred) == []
    assert types(kg, "oslo", interpreted=True) == ["City", "Place", "Thing"]
    assert types(kg, "oslo", interpreted=True, inferred=False) == ["City"]
    assert types(kg) == ["City", "Place", "Thing"]
    kg.remove([q for q in kg.facts if q.subject == node("oslo")])
    assert types(kg, "oslo", interpreted=True) == []


def test_each_kind_of_query_has_its_verb(kg):
    assert kg.ask(f"ASK {{ <{EX}rome> a <{EX}Thing> }}")
    assert len(kg.select("SELECT ?x { ?x ?p ?o }", inferred=False)) == 3
    assert len(kg.construct("CONSTRUCT WHERE { ?s a ?o }", inferred=False)) == 1
    with pytest.raises(gk.QueryError, match="no SELECT query"):
        kg.select("ASK { ?s ?p ?o }")


def test_languages_are_a_list():
    with pytest.raises(gk.ArgumentError, match="list of language tags"):
        gk.KnowledgeGraph(languages="en")


def test_contradictions_are_told(kg):
    kg.add(gk.Text(PREFIXES + ":City owl:disjointWith :Person . :rome a :Person .", "turtle"))
    inference = kg.infer()
    assert len(inference.clashes) == 1
    assert "Contradiction" in inference.clash_texts(kg.labels)[0]
    with pytest.raises(gk.GlocalError, match="'fast' or 'owlrl'"):
        kg.infer("magic")


# explain


def test_an_explanation_does_not_depend_on_what_was_asked_before():
    text = """@prefix : <https://example.org/> .
        @prefix glocal: <https://w3id.org/glocal/ontology#> .
        @prefix owl: <http://www.w3.org/2002/07/owl#> .
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        :holds owl:inverseOf glocal:fromSource .
        :study rdfs:label "The Study"@en ; :holds :page .
        :rome a :City ; glocal:statedIn :page . :City rdfs:subClassOf :Place ."""
    kg = gk.KnowledgeGraph()
    kg.add(gk.Text(text, "turtle"))
    kg.infer()
    before = str(kg.explain(EX + "rome", RDF.type, EX + "Place"))
    assert "The Study" in before
    assert kg.query("ASK { ?page glocal:fromSource ?study }")
    assert str(kg.explain(EX + "rome", RDF.type, EX + "Place")) == before


def test_explain_leads_to_graph_and_passage():
    kg = gk.KnowledgeGraph()
    kg.add(gk.Text(FAMILY, "turtle", name="family"))
    source = PREFIXES + (
        "@prefix glocal: <https://w3id.org/glocal/ontology#> .\n"
        ":rome glocal:statedIn :slide . :slide rdfs:label 'Slide 7'@en ; glocal:fromSource :deck ."
        " :deck rdfs:label 'The deck'@en ."
    )
    kg.add(gk.Text(source, "turtle", name="family"))
    explanation = kg.explain(EX + "rome", "rdf:type", node("Thing"))
    assert "(stated in Slide 7)" in str(explanation)
    assert "The deck, Slide 7" in str(explanation)
    passages = [origin.passage for origin in explanation.sources() if origin.passage]
    assert passages == [EX + "slide"]
    assert {origin.graph for origin in explanation.sources()} == {
        "https://w3id.org/glocal/graph/import/family"
    }
    assert len(explanation.others()) == 1
    for form in ("json", "turtle", "mermaid"):
        assert getattr(explanation, f"to_{form}")()
    with pytest.raises(gk.NotFoundError, match="neither says nor implies"):
        kg.explain(EX + "rome", "rdf:type", EX + "Person")
    with pytest.raises(gk.GlocalError, match="Nothing is called"):
        kg.explain("rome", "rdf:type", EX + "Person")


def test_an_assertion_of_the_fact_names_its_own_passage():
    kg = gk.KnowledgeGraph()
    said = f"""
        @prefix glocal: <https://w3id.org/glocal/ontology#> .
        :rome a :City ; glocal:statedIn :wrong .
        :said glocal:subject :rome ; glocal:relation <{RDF.type.value}> ; glocal:value :City .
        :assertion glocal:asserts :said ; glocal:reportedIn :right ."""
    kg.add(gk.Text(PREFIXES + said, "turtle"))
    kg.infer()
    origins = kg.explain(EX + "rome", "rdf:type", EX + "City").sources()
    assert [origin.passage for origin in origins] == [EX + "right"]
    assert origins[0].text.startswith("reported in")


# validate


def test_validate_changes_nothing_and_looks_at_what_is_asked(kg):
    kg.add(gk.Text(SHAPES, "turtle", name="shapes"))
    shapes = gk.Text(SHAPES, "turtle")
    before = set(kg.facts)
    report = kg.validate(shapes)
    assert [v.focus for v in report.results] == [node("rome")]
    kg.infer()
    assert len(kg.validate(shapes, facts="all").results) == 1
    assert set(kg.facts) == before
    kg.add([Quad(node("rome"), node("name"), Literal("Rome"), node("g"))])
    assert kg.validate(shapes).conforms
    assert kg.validate(shapes, facts="all").conforms
    with pytest.raises(gk.GlocalError, match="has no shapes"):
        kg.validate()
    with pytest.raises(gk.GlocalError, match="'asserted' or 'all'"):
        kg.validate(shapes, facts="some")


def test_a_second_validation_follows_the_change_and_equals_one_anew(kg):
    graph = "https://w3id.org/glocal/ontology/shapes/own"
    kg.add(gk.Text(SHAPES, "turtle"), graph=graph)

    def found(knowledge):
        report = knowledge.validate()  # of which the packaged checks are not our concern
        return [(v.focus, v.path) for v in report.results if "MinCount" in v.constraint]

    assert [focus for focus, _ in found(kg)] == [node("rome")]
    name = Quad(node("rome"), node("name"), Literal("Rome"), node("g"))
    edits = [
        ([name], []),
        ([Quad(node("kigali"), RDF.type, node("City"), node("g"))], []),
        ([Quad(node("rome"), node("name"), Literal("Rome"), node("h"))], [name]),
        ([], [Quad(node("rome"), node("name"), Literal("Rome"), node("h"))]),
        ([Quad(node("Place"), RDFS.subClassOf, node("Spot"), node("g"))], []),
        ([Quad(node("S"), NamedNode(SH_TARGET), node("Spot"), NamedNode(graph))], []),
        ([Quad(node("x"), RDF.type, node("Spot"), node("g"))], []),
    ]
    for added, removed in edits:
        kg.add(added)
        kg.remove(removed)
        fresh = gk.KnowledgeGraph()
        fresh.add(list(kg.facts))
        assert found(kg) == found(fresh)
    assert {focus for focus, _ in found(kg)} == {node("rome"), node("kigali"), node("x")}


SH_TARGET = "http://www.w3.org/ns/shacl#targetClass"


# load


def test_load_is_asserted_facts_only(loaded):
    assert loaded.inference is None
    assert len(loaded) > 1000
    assert INFERRED not in loaded.facts.graphs()
    assert loaded.query("ASK { glocal:Practice a owl:Class }") is True


def test_ontology_modules_load_into_the_graph_of_their_iri(loaded):
    for path in packaged.files("ontology", ".ttl"):
        iri = NamedNode(packaged.module_iri(path))
        headers = list(loaded.facts.quads_for_pattern(iri, RDF.type, None, iri))
        assert headers, f"{path} does not describe <{iri.value}>"
    assert ONTOLOGY in loaded.facts.graphs()


def test_data_files_hold_named_graphs_of_ours_only(loaded):
    graphs = [g.value for g in loaded.facts_graphs() if isinstance(g, NamedNode)]
    assert not [g for g in graphs if "/graph/import/" in g]
    assert not [
        g for g in graphs if not g.startswith(("https://w3id.org/glocal/graph/", ONTOLOGY.value))
    ]
    assert not list(loaded.facts.quads_for_pattern(None, None, None, DefaultGraph()))


# rdflib


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
def test_dataset_reads_without_a_copy_and_writes_through(kg):
    dataset = kg.dataset
    rome, city = URIRef(EX + "rome"), URIRef(EX + "City")
    assert (rome, URIRef(RDF.type.value), city) in dataset
    rows = dataset.query(f"SELECT ?t WHERE {{ <{EX}rome> a ?t }}")
    assert {str(row[0]) for row in rows} == {EX + kind for kind in ("City", "Place", "Thing")}
    graph = dataset.graph(URIRef(EX + "g"))
    graph.add((rome, URIRef(EX + "height"), RdflibLiteral("21", datatype=URIRef(XSD_INTEGER))))
    assert len(kg) == 4
    assert kg.query(f"ASK {{ <{EX}rome> <{EX}height> 21 }}") is True
    assert kg.facts.version > 0
    graph.remove((rome, None, None))
    assert len(kg) == 3
    with pytest.raises(gk.GlocalError, match=r"kg\.add"):
        dataset.update("INSERT DATA { <urn:a> <urn:b> <urn:c> }")
    with pytest.raises(gk.ReadError):
        dataset.graph(URIRef(INFERRED.value)).add((rome, rome, rome))
    assert len(kg) == 3


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
def test_dataset_answers_queries_as_the_graph_does(kg):
    kg.add(gk.Text(f"<{EX}a> <{EX}p> 1.50, 007, 'x'@en .", "turtle"), graph=EX + "numbers")
    dataset = kg.dataset
    text = f"SELECT ?x {{ <{EX}a> <{EX}p> ?x }} ORDER BY ?x"
    assert [str(row.x) for row in dataset.query(text)] == ["1.50", "007", "x"]
    assert [term.value for (term,) in kg.query(text).terms] == ["1.50", "007", "x"]
    prepared = prepareQuery("SELECT ?x { ?s ex:p ?x FILTER(?x > 2) }", initNs={"ex": EX})
    assert [row.x.n3() for row in dataset.query(prepared)] == [f'"007"^^<{XSD_INTEGER}>']
    bound = dataset.query("SELECT ?x { ?s ?p ?x }", initBindings={"s": URIRef(EX + "a")})
    assert len(bound) == 3
    graph = dataset.graph(URIRef(EX + "numbers"))
    assert len(graph.query("SELECT * { ?s ?p ?o }")) == 3
    assert len(dataset.graph(URIRef(EX + "none")).query("SELECT * { ?s ?p ?o }")) == 0
    assert dataset.query("ASK { ?s ?p 1.5 }").askAnswer is False
    assert dataset.query("ASK { ?s ?p ?x FILTER(?x = 1.5) }").askAnswer is True
    assert len(dataset.query("CONSTRUCT WHERE { ?s ex:p ?x }", initNs={"ex": EX}).graph) == 3
    with pytest.raises(gk.QueryError, match="more than 1 rows"):
        dataset.query("SELECT * { ?s ?p ?o }", max_rows=1)


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
def test_dataset_has_what_follows_whoever_asked_first():
    def facts(*asked: bool) -> list[str]:
        graph = gk.KnowledgeGraph()
        text = "<urn:p> <http://www.w3.org/2000/01/rdf-schema#subPropertyOf> <urn:q> ."
        graph.add(gk.Text(text, "turtle"))
        graph.add(gk.Text("<urn:a> <urn:p> 1 .", "turtle"), graph=INTERPRETATION + "/x")
        graph.add(gk.Text("<urn:b> <urn:p> 2 .", "turtle"))
        dataset = graph.dataset
        for interpreted in asked:
            graph.query("ASK { ?s ?p ?o }", interpreted=interpreted)
        return sorted(str(s) for s in dataset.subjects(URIRef("urn:q")))

    assert facts() == facts(True) == facts(False, True) == facts(True, False) == ["urn:b"]


XSD_INTEGER = "http://www.w3.org/2001/XMLSchema#integer"


def test_dataset_parses_and_removes_graphs_through_the_facts(kg):
    dataset = kg.dataset
    graph = dataset.graph(URIRef(EX + "parsed"))
    graph.parse(data="<urn:a> <urn:b> 1.50 .", format="turtle")
    graph.parse(data="<urn:a> <urn:b> 2 .", format="ox-turtle")
    assert len(kg) == 5
    dataset.remove_graph(URIRef(EX + "parsed"))
    assert len(kg) == 3


def test_dataset_removes_a_literal_in_whichever_form_it_was_written(kg):
    kg.add(gk.Text("<urn:a> <urn:b> 1.50 .", "turtle"), graph=EX + "g")
    graph = kg.dataset.graph(URIRef(EX + "g"))
    (triple,) = graph.triples((URIRef("urn:a"), None, None))
    graph.remove(triple)
    assert len(kg) == 3


def test_terms_are_checked_where_they_are_written():
    assert GLOCAL.Practice.value == "https://w3id.org/glocal/ontology#Practice"
    with pytest.raises(AttributeError, match="Did you mean 'Practice'"):
        GLOCAL.Practise  # noqa: B018


def test_many_threads_may_ask_a_graph_that_is_not_read_yet():
    from concurrent.futures import ThreadPoolExecutor

    def ask_all(kg: gk.KnowledgeGraph) -> tuple[int, int, int, bool]:
        practices = "SELECT DISTINCT ?x { ?x a glocal:Practice }"
        known = kg.query("ASK { place:rome a glocal:City }", timeout=60)
        return len(kg.run("map/principles")), len(kg), len(kg.query(practices)), known

    alone = ask_all(gk.load())
    kg = gk.load()
    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(ask_all, [kg] * 8)) == {alone}


def test_a_question_does_not_wait_for_facts_that_are_being_added():
    from concurrent.futures import ThreadPoolExecutor
    from threading import Event

    drawn, asked = Event(), Event()

    def slowly():
        yield Quad(node("x"), node("p"), node("o"), node("g"))
        drawn.set()
        asked.wait(1)

    kg = gk.KnowledgeGraph()
    with ThreadPoolExecutor(1) as pool:
        added = pool.submit(kg.add, slowly())
        drawn.wait()
        found = len(kg.query("SELECT ?x { ?x ?p ?o }"))
        waited = added.done()
        asked.set()
    assert (found, waited, added.result()) == (0, False, 1)


def test_nothing_is_asserted_into_the_inferred_graph():
    kg = gk.KnowledgeGraph()
    text = gk.Text("<urn:a> <urn:b> <urn:c> .", "turtle")
    for graph in (INFERRED, INFERRED.value):
        with pytest.raises(gk.GlocalError, match="holds only what infer"):
            kg.add(text, graph=graph)
    with pytest.raises(gk.GlocalError, match="cannot name a graph"):
        kg.add(text, graph=3)
    assert len(kg) == 0


def test_only_quads_can_be_removed():
    with pytest.raises(gk.ReadError, match="Item 1 is of type int"):
        gk.KnowledgeGraph().remove([1])


def test_files_of_one_name_never_share_a_graph_by_accident(tmp_path, monkeypatch):
    for folder in "ab":
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "data.ttl").write_text(f"<urn:{folder}> a <urn:C> .")
    kg = gk.KnowledgeGraph()
    kg.add(tmp_path / "a" / "data.ttl")
    with pytest.raises(gk.ReadError, match=r"a/data\.ttl.*name a graph"):
        kg.replace(tmp_path / "b" / "data.ttl")
    assert kg.add(tmp_path / "b" / "data.ttl", graph="urn:g") == 1
    assert kg.replace(tmp_path / "a" / "data.ttl") == (0, 0)
    monkeypatch.chdir(tmp_path)
    other = gk.KnowledgeGraph()
    assert other.add("a/data.ttl") == other.add("b/data.ttl") == 1
    assert other.replace("a/data.ttl") == (0, 0)
    assert len(other) == 2
    (tmp_path / "data.2020.ttl").write_text("<urn:a> a <urn:C> .")
    (tmp_path / "data.2021.ttl").write_text("<urn:b> a <urn:C> .")
    assert other.add("data.2020.ttl") == other.add("data.2021.ttl") == 1
    assert len(other.facts_graphs()) == 5


def test_relative_iris_of_a_file(tmp_path):
    path = tmp_path / "o.ttl"
    path.write_text("<> a <http://www.w3.org/2002/07/owl#Ontology> .")
    kg = gk.KnowledgeGraph()
    kg.add(path, base="https://example.org/o")
    assert kg.query("SELECT ?o { ?o a owl:Ontology }").column("o") == [
        NamedNode("https://example.org/o")
    ]
    assert kg.replace(path) == (1, 1)
    assert kg.query("SELECT ?o { ?o a owl:Ontology }").column("o") == [NamedNode(path.as_uri())]
