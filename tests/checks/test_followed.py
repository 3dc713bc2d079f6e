"""Findings of checks after edits equal those of a full run: same findings, same order."""

from __future__ import annotations

import functools
import random
import re
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st

import glocal_kg as gk
from benchmarks.corpus import facts, practice_quads
from glocal_kg._checks import Check, run_checks
from glocal_kg._checks.followed_checks import FollowedChecks
from glocal_kg._checks.narrowing import standing_in
from glocal_kg._engines.shacl.path_text import read_path_text, reads_of_text
from glocal_kg._engines.shacl.paths import sparql
from glocal_kg._graph.graph import Graph
from glocal_kg._graph.validating import packaged_checks
from glocal_kg._study.vocab import ONTOLOGY, PREFIXES
from glocal_kg.errors import QueryError

CHECKS = {check.name: check for check in packaged_checks()}
EXAMPLES = Path(__file__).parent / "examples"
HOME = ox.NamedNode("https://w3id.org/glocal/graph/import/edit")


def anew(kg: gk.KnowledgeGraph) -> list[object]:
    """What a full run finds, with nothing to follow."""
    followed, kg._followed = kg._followed, None
    found = list(Graph.validate(kg).results)
    kg._followed = followed
    return found


def failing_examples() -> list[ox.Quad]:
    """The facts at fault of every check, so that edits make and mend findings of all of them."""
    return [quad for name in CHECKS for quad in failing_example(name)]


def failing_example(name: str) -> list[ox.Quad]:
    return [
        ox.Quad(*q.triple, HOME) if q.graph_name == ox.DefaultGraph() else q
        for q in ox.parse(path=EXAMPLES / f"{name}-fail.trig")
    ]


@pytest.fixture
def kg() -> gk.KnowledgeGraph:
    return small()


@functools.cache
def small() -> gk.KnowledgeGraph:
    """The packaged facts, a small corpus and facts at fault; each test leaves it as it was."""
    graph = gk.load()
    text = "".join(f"{s} {p} {o} .\n" for s, p, o in facts(20, faulty=0.3))
    graph.add(gk.Text(text, "turtle"), graph=HOME.value)
    graph.add(failing_examples())
    Graph.validate(graph)
    return graph


@functools.cache
def changing() -> list[ox.Quad]:
    """Facts that edits take away and bring back: all but the shapes and most of the axioms."""
    kg = small()
    found = [q for q in kg.facts if "/ontology" not in q.graph_name.value]
    axioms = [q for q in kg.facts if q.graph_name == ONTOLOGY]
    return found + random.Random(1).sample(axioms, min(len(axioms), len(found) // 20))


def blended(quads: list[ox.Quad], rng: random.Random) -> list[ox.Quad]:
    """New facts made of the parts of old ones."""
    found = []
    for quad in quads:
        other, third = rng.choice(quads), rng.choice(quads)
        found.append(ox.Quad(other.subject, quad.predicate, third.object, quad.graph_name))
        found.append(ox.Quad(quad.subject, quad.predicate, quad.object, other.graph_name))
        found.append(ox.Quad(quad.subject, other.predicate, quad.subject, HOME))
        found.append(ox.Quad(other.subject, quad.predicate, quad.object, quad.graph_name))
    return rng.sample(found, max(1, len(found) // 3))


@settings(max_examples=6, deadline=None)
@given(st.integers(0, 1 << 30), st.lists(st.sampled_from("-+~n"), min_size=1, max_size=4))
@pytest.mark.slow
def test_after_edits_the_report_equals_one_anew(seed, steps):
    pool, rng = changing(), random.Random(seed)
    with small().copy() as kg:
        Graph.validate(kg)  # from here on it is followed
        for step in steps:
            some = near(pool, rng)
            if step == "-":
                kg.remove(some)
            elif step == "+":
                kg.add(practice_quads(rng.randrange(5)))
            elif step == "~":
                kg.add(blended(some, rng))
            else:
                kg.add(blended(some, rng))
                kg.remove(some)
            if rng.random() < 0.5:
                assert list(Graph.validate(kg).results) == anew(kg)
        assert list(Graph.validate(kg).results) == anew(kg)


def near(pool: list[ox.Quad], rng: random.Random) -> list[ox.Quad]:
    """Some facts that lie together, and one from elsewhere."""
    place = rng.randrange(len(pool))
    return [
        *rng.sample(pool[place : place + 30], 1 + len(pool[place : place + 30]) // 4),
        rng.choice(pool),
    ]


@functools.cache
def alone() -> gk.KnowledgeGraph:
    """The ontology and no facts, already followed."""
    kg = gk.KnowledgeGraph()
    kg.add(q for q in gk.load().facts if q.graph_name.value.startswith(ONTOLOGY.value))
    Graph.validate(kg)
    return kg


def apart(name: str, known: set[object]) -> list[ox.Quad]:
    """A failing example whose things have names that no other has, but for those it is about."""
    quads, query = failing_example(name), CHECKS[name].query
    own = {q.subject for q in quads if isinstance(q.subject, ox.NamedNode)} - known
    own = {node for node in own if PREFIXES.shorten(node.value) not in query}
    new: dict[object, object] = {node: ox.NamedNode(f"{node.value}-{name}") for node in own}
    return [ox.Quad(*(new.get(part, part) for part in quad)) for quad in quads]


def test_facts_at_fault_are_followed():
    """The facts of all failing examples, taken away and brought back one by one, then all.

    Each edit is followed by itself. The examples have nothing in common, so what is missed at
    one is still wrong when all of them are compared with a full run.
    """
    kg, rng = alone(), random.Random(1)
    known = {quad.subject for quad in kg.facts}
    before = there = list(Graph.validate(kg).results)
    examples = {name: apart(name, known) for name in CHECKS}
    for name, quads in examples.items():
        kg.add(quads)
        found = list(Graph.validate(kg).results)
        assert any(one.shape == f"check {name}" for one in found if one not in there), name
        there = found
    some = [rng.sample(quads, min(4, len(quads))) for quads in examples.values()]
    for place in range(4):
        gone = [quads[place] for quads in some if place < len(quads)]
        for quad in gone:
            kg.remove([quad])
            Graph.validate(kg)
        assert list(Graph.validate(kg).results) == anew(kg)
        for quad in rng.sample(gone, len(gone)):
            kg.add([quad])
            Graph.validate(kg)
        assert list(Graph.validate(kg).results) == there
    for quads in examples.values():
        kg.remove(quads)
        Graph.validate(kg)
    assert list(Graph.validate(kg).results) == before


@functools.cache
def large() -> gk.KnowledgeGraph:
    """Enough facts that narrowing pays, with many faults of one kind."""
    graph = gk.load()
    text = [f"{s} {p} {o} .\n" for s, p, o in facts(400, faulty=0.3)]
    for n in range(1500):
        aim = f"<https://w3id.org/glocal/id/aim/wrong-{n}>"
        text.append(f'{aim} a glocal:Aim ; rdfs:label "wrong {n // 2 * 2}"@en ; glocal:score 3 .\n')
        text.append(f"{aim} a <urn:x:{n % 3}> , <urn:x:{n % 5}> .\n")
        if n % 4 == 0:
            text.append(
                f"{aim} a glocal:City ; glocal:ofParticipant {aim} ; glocal:about <urn:x:{n}> .\n"
            )
    prefixes = "".join(f"@prefix {name}: <{PREFIXES[name]}> .\n" for name in ("glocal", "rdfs"))
    graph.add(gk.Text(prefixes + "".join(text), "turtle"), graph=HOME.value)
    graph.add(failing_examples())
    return graph


def test_narrowed_by_headers_checks_find_what_their_queries_find():
    kg = large()
    found = [v for v in Graph.validate(kg).results if v.check]
    # Of two names in one language either may be shown; the report names what replaces old terms.
    told = [replace(v, label="", remedy="") for v in found]
    queried = run_checks(CHECKS.values(), kg.facts)
    assert told == [replace(v, label="", remedy="") for v in queried]
    assert len({v.shape for v in found}) >= 18
    wrong = [v for v in found if v.shape == "check subject-of-its-kind" and "wrong" in str(v.focus)]
    assert len(wrong) > 1500


@functools.cache
def ends() -> set[int]:
    return {end for row in large().facts.columns()[:, :3].tolist() for end in row[::2]}


@pytest.mark.parametrize("name", CHECKS)
def test_lookups_rule_out_no_node_that_columns_leave(name):
    kg = large()
    Graph.validate(kg)
    (part,) = (p for p in kg._followed.checks._parts if p.check.name == name)
    nodes = part.narrowing.everywhere(lambda: standing_in(kg._followed.checks._data))
    fitting = {node for node in ends() if part.narrowing.fits(node)}
    assert fitting if nodes is None else fitting >= set(nodes.tolist())


def test_inferred_facts_change_no_finding():
    kg = gk.load()
    kg.add(failing_examples())
    before = list(Graph.validate(kg).results)
    kg.infer()
    assert anew(kg) == before
    quads = practice_quads(1)
    kg.add(quads)
    kg.infer()
    assert list(Graph.validate(kg).results) == anew(kg)
    kg.remove(quads)
    kg.infer()
    assert list(Graph.validate(kg).results) == before


@pytest.mark.parametrize("name", CHECKS)
def test_a_header_names_each_property_that_its_query_reads(name):
    check = CHECKS[name]
    assert check.reads
    query = re.sub(r"VALUES[^{]*\{[^}]*\}|BIND\([^)]*\)|#[^\n]*|\"[^\"]*\"", " ", check.query)
    query = query.split("WHERE", 1)[1]
    prefixes = "|".join(PREFIXES)
    used = set(re.findall(rf"(?<![\w-])(?:{prefixes}):[a-z][\w-]*", query))
    if re.search(r"\ba\b", query):
        used.add("rdf:type")
    if any("any" in read for read in check.reads):
        used.discard("rdf:type")
    said = set(re.findall(r"[\w-]+:[\w-]+", " ".join((*check.reads, *check.whole))))
    assert used <= said


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("having", "glocal:cuases", "glocal:cuases narrows the check"),
        ("alike", ["any", "rdf:type"], "rdf:type narrows the check"),
        ("lacking", "causes", "'causes' has no prefix"),
        ("several", "nowhere:causes", "'nowhere:' is not a known prefix"),
        ("whole", "^glocal:causes", "not a known prefix"),
        ("sharing", "glocal:causes/", "'glocal:causes/' is no property path"),
        ("reads", "glocal:causes glocal:favors", "no property path"),
    ],
)
def test_a_slip_in_a_header_is_told_with_the_check(kg, key, value, said):
    values = (value,) if isinstance(value, str) else tuple(value)
    check = replace(Check("mine", "", "Mine", reads=("glocal:causes",)), **{key: values})
    with pytest.raises(QueryError, match=rf"^mine: .*{re.escape(said)}"):
        FollowedChecks([check], kg._followed.validator.data, lambda: kg.facts)


def test_paths_are_read_as_sparql_writes_them():
    for text in ("rdf:type", "^glocal:about/rdf:type*", "(rdf:type|^rdfs:label)+/rdfs:label?"):
        path = read_path_text(text)
        full = sparql(path)
        ox.Store().query(f"SELECT ?x {{ ?x {full} ?y }}")
        for name in re.findall(r"[a-z]+:\w+", text):
            assert PREFIXES[name.split(":")[0]] in full
    for text in (
        "",
        "nowhere:label",
        "rdf:type/",
        "(rdf:type",
        "rdf:type rdf:type",
        "any/rdf:type",
    ):
        with pytest.raises(QueryError, match="no property path"):
            reads_of_text(text)


def test_without_checks_only_shapes_speak(kg):
    with_checks, without = Graph.validate(kg), Graph.validate(kg, checks=False)
    assert without.engines == ("fast",)
    assert list(with_checks.results[: len(without.results)]) == list(without.results)
    assert len(with_checks.results) > len(without.results)


def test_facts_of_no_graph_are_followed(kg):
    before = list(Graph.validate(kg).results)
    slip = rdflib.Literal("The Global Forum", lang="en")
    kg.dataset.default_graph.add((rdflib.URIRef("urn:x:forum"), rdflib.RDFS.label, slip))
    (quad,) = (q for q in kg.facts if q.graph_name == ox.DefaultGraph())
    found = list(Graph.validate(kg).results)
    assert len(found) == len(before) + 1
    assert found == anew(kg)
    kg.remove([quad])
    assert list(Graph.validate(kg).results) == before


def test_own_shapes_are_read_as_they_are_written():
    shape = """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix : <urn:x:> .
        :S a sh:NodeShape ; sh:targetNode :a ; sh:property [ sh:path :p ; sh:in ( 1.50 ) ] ."""
    kg = gk.KnowledgeGraph()
    kg.add(gk.Text(shape, "turtle"), graph=f"{ONTOLOGY.value}/shapes/own")
    kg.add(gk.Text("<urn:x:a> <urn:x:p> 1.50 .", "turtle"))
    assert kg.validate(checks=False).conforms
    kg.add(gk.Text("<urn:x:a> <urn:x:p> 1.5 .", "turtle"))
    assert [str(found.value) for found in kg.validate(checks=False).results] == [
        '"1.5"^^<http://www.w3.org/2001/XMLSchema#decimal>'
    ]
