"""The report in words after edits equals that of a graph that was never asked before."""

from __future__ import annotations

import functools
import random
import sys

import pyoxigraph as ox
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import glocal_kg as gk
from benchmarks.corpus import facts, practice_quads
from glocal_kg._rdf.namespaces import RDF
from tests.checks.test_followed import blended, near
from tests.mending.test_mistakes import ADDED, START

MINE = ox.NamedNode("https://w3id.org/glocal/graph/import/mine")


def anew(kg: gk.KnowledgeGraph) -> list[object]:
    """What is told where nothing is followed."""
    return list(kg.copy().validate().results)


def wrong(number: int) -> list[ox.Quad]:
    """The facts of a file with one mistake, about things of its own."""
    text = (START + ADDED[number][0]).replace("choirs", f"choirs{number}")
    quads = ox.parse(text, format=ox.RdfFormat.TURTLE, rename_blank_nodes=True)
    return [ox.Quad(*quad.triple, MINE) for quad in quads]


@functools.cache
def small() -> gk.KnowledgeGraph:
    graph = gk.load()
    text = "".join(f"{s} {p} {o} .\n" for s, p, o in facts(20, faulty=0.3))
    graph.add(gk.Text(text, "turtle"), graph=MINE.value)
    return graph


@settings(max_examples=3, deadline=None)
@given(st.integers(0, 1 << 30), st.lists(st.sampled_from("-+~nw"), min_size=1, max_size=3))
@example(7, ["-", "-"])  # a line that was found by chance, as another finding looked for it
@pytest.mark.slow
def test_after_edits_the_words_are_those_of_a_fresh_graph(seed: int, steps: list[str]) -> None:
    rng = random.Random(seed)
    with small().copy() as kg:
        for number in rng.sample(range(len(ADDED)), 6):
            kg.add(wrong(number))
        pool = [quad for quad in kg.facts if quad.graph_name == MINE]
        kg.validate()  # from here on it is followed
        unread = []
        for step in steps:
            some = near(pool, rng)
            if step == "+":
                kg.add(practice_quads(rng.randrange(5)))
            if step == "w":
                kg.add(wrong(rng.randrange(len(ADDED))))
            if step in "~n":
                kg.add(blended(some, rng))
            if step in "-n":
                kg.remove(some)
            told = anew(kg)
            unread.append((kg.validate(), told))  # the words are those of now whenever it is read
            if rng.random() < 0.5:
                assert list(kg.validate().results) == told
        for report, told in unread:
            assert list(report.results) == told


ELSEWHERE = """
ex:choirs glocal:hasAim ex:turin .
ex:choirs glocal:participant place:berlim .
ex:berlin a glocal:City ; rdfs:label "Berlim"@en ; glocal:statedIn ex:page-1 .
ex:b a glocal:Practice ; rdfs:label "b"@en .
ex:t a glocal:City ; rdfs:label "T"@en ; glocal:statedIn ex:page-1 ; schema:geo ex:g .
ex:g schema:latitude 45.1 ; schema:longitude 7.7 .
ex:choirs glocal:concerns ex:l .
ex:l rdf:first ex:turin ; rdf:rest rdf:nil .
"""
GONE = (
    "ex:turin a glocal:City .",  # the class of a value
    'ex:berlin rdfs:label "Berlim"@en .',  # a name that was meant
    "ex:choirs glocal:statedIn ex:page-1 .",  # an example of what to write
    "ex:g schema:latitude 45.1 .",  # what is said of a value
    "ex:l rdf:first ex:turin .",  # that a value is a list
)


def test_words_rest_on_facts_of_other_things() -> None:
    """Such a fact goes and comes back: what is told follows, and nothing else is told."""
    prefixes = f"@prefix rdf: <{RDF}> .\n" + START[: START.index("ex:choirs a")]

    def read(text: str) -> list[ox.Quad]:
        quads = ox.parse(text, format=ox.RdfFormat.TURTLE)
        return [ox.Quad(*quad.triple, MINE) for quad in quads]

    with gk.load() as kg:
        kg.add(read(f"@prefix rdf: <{RDF}> .\n" + START + ELSEWHERE))
        before = list(kg.validate().results)
        for gone in GONE:
            unread = kg.validate()
            kg.remove(read(prefixes + gone))
            after = list(kg.validate().results)
            assert list(unread.results) == before  # a report is of its moment, read when it may be
            assert after != before, gone
            assert after == anew(kg)
            kg.add(read(prefixes + gone))
            assert list(kg.validate().results) == before


def test_words_that_waited_have_the_prefixes_of_the_graph() -> None:
    prefixes = START[: START.index("ex:choirs a")] + "@prefix mine: <https://example.org/mine/> .\n"
    text = f"{prefixes} mine:x a glocal:Project ; rdfs:label 'x'@en ; glocal:hasAim mine:none ."
    with gk.load() as kg:
        kg.add(gk.Text(text, "turtle"), graph=MINE.value)
        (cause,) = [one.cause for one in kg.validate().results if "none" in str(one.value)]
        assert cause.startswith("Nothing is said of mine:none")


def test_one_practice_added_or_removed_takes_a_bounded_number_of_steps() -> None:
    """Calls of functions: unlike milliseconds they are the same on every machine."""
    found = 0

    def called(_: object, event: str, __: object) -> None:
        nonlocal found
        found += event == "call"

    with gk.load() as kg:
        kg.validate(), kg.infer()
        try:
            for number in range(6):
                if number == 2:  # what is made once has been made
                    sys.setprofile(called)
                for change in (kg.add, kg.remove):
                    change(practice_quads(number, 100, own_name=True))
                    kg.infer(), kg.validate()
        finally:
            sys.setprofile(None)
    assert found / 8 < 11_400  # 212 of them look at the time that is left
