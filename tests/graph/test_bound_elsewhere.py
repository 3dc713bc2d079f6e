"""What is packaged means the same whatever a user binds: every known prefix bound elsewhere."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import glocal_kg as gk
from glocal_kg._questions.question import find, names
from glocal_kg._study.vocab import PREFIXES

SLIPS = gk.Text(
    "@prefix glocal: <https://w3id.org/glocal/ontology#> . <urn:x> a glocal:Practice ;"
    " glocal:attestedIn <urn:p>, <urn:x> ; glocal:concerns <urn:y> ; glocal:partisipant <urn:z> .",
    "turtle",
)
Found = Callable[[gk.KnowledgeGraph], object]


@pytest.fixture(scope="module")
def both() -> tuple[gk.KnowledgeGraph, gk.KnowledgeGraph]:
    known, bound = gk.load(), gk.load()
    for prefix in PREFIXES:
        bound.bind(prefix, f"https://example.org/{prefix}/")
    for kg in (known, bound):
        kg.add(SLIPS)
    return known, bound


def findings(kg: gk.KnowledgeGraph) -> object:
    return {
        (str(one.focus), str(one.source_shape), one.check, str(one.value))
        for one in kg.validate().results
    }


VERBS: dict[str, Found] = {
    "validate": findings,
    "validate mine": lambda kg: len(kg.validate(source="mine").results),
    "report": lambda kg: kg.report(source=None, resamples=2).to_html().count("<h2"),
    "practices": lambda kg: [one.iri for one in kg.practices()],
    "network": lambda kg: sorted(kg.network("co-participation").edges()),
    "relations": lambda kg: sorted(kg.network("relations").edges()),
    "map": lambda kg: kg.map(practices="all").svg,
    "search": lambda kg: [one.iri for one in kg.search("Rome")],
}


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_finds_the_same(
    verb: str, both: tuple[gk.KnowledgeGraph, gk.KnowledgeGraph]
) -> None:
    known, bound = both
    assert VERBS[verb](bound) == VERBS[verb](known)


def full(value: object) -> object:
    """A value of an example, with its prefix written out."""
    prefix, colon, _ = str(value).partition(":")
    return PREFIXES.expand(str(value)).value if colon and prefix in PREFIXES else value


def test_every_question_has_the_same_answer(
    both: tuple[gk.KnowledgeGraph, gk.KnowledgeGraph],
) -> None:
    known, bound = both
    for name in names():
        for example in find(name).examples or [{}]:
            given = {key: full(value) for key, value in example.items()}
            assert bound.run(name, **given).terms == known.run(name, **given).terms, name


def test_a_bound_prefix_may_name_the_thing_of_a_question_about_some_sources() -> None:
    kg = gk.load()
    kg.bind("ours", PREFIXES["place"])
    asked = "practices/cities-reached"
    assert asked in names()
    assert kg.run(asked, city="ours:rome", source="deck").terms == (
        kg.run(asked, city="place:rome", source="deck").terms
    )
