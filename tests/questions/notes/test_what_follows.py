"""An empty answer of what is asserted alone says that rows follow, and OPTIONAL what was meant."""

from __future__ import annotations

import pytest

import glocal_kg as gk

FOLLOWS = {
    "?x glocal:concerns place:rome ; a glocal:Practice": "No asserted fact has the property",
    "?x glocal:participant place:kigali": "No asserted fact has the property",
    "?x a glocal:GlocalPractice": "Nothing is asserted to be a glocal:GlocalPractice",
    "?x a glocal:Practice ; schema:startDate ?d": "There may be rows where what follows is seen",
}


@pytest.fixture(scope="module")
def kg() -> gk.KnowledgeGraph:
    kg = gk.load()
    kg.infer()
    return kg


@pytest.fixture(scope="module")
def fresh() -> gk.KnowledgeGraph:
    kg = gk.KnowledgeGraph()
    kg.add(gk.load().facts)
    return kg


@pytest.mark.parametrize("pattern", FOLLOWS)
def test_rows_that_follow_are_counted(kg: gk.KnowledgeGraph, pattern: str) -> None:
    query = f"SELECT ?x {{ {pattern} }}"
    rows = len(kg.select(query))
    told = kg.select(query, inferred=False).notes
    assert rows > 0
    assert told[0] == (
        f"{rows} more rows where what follows is seen: inferred=True, or without --asserted."
    )
    assert not any("No fact" in one or "interpretations" in one for one in told)
    triples = kg.construct(f"CONSTRUCT {{ ?x a <urn:x> }} {{ {pattern} }}", inferred=False)
    assert "where what follows is seen" in triples.notes[0]


@pytest.mark.parametrize("pattern", FOLLOWS)
def test_that_rows_may_follow_is_told_where_nobody_has_worked_it_out(
    fresh: gk.KnowledgeGraph, pattern: str
) -> None:
    told = fresh.select(f"SELECT ?x {{ {pattern} }}", inferred=False).notes
    assert told[0].startswith(FOLLOWS[pattern])
    assert "inferred=True, or without --asserted" in told[0]
    assert "No fact" not in told[0]
    assert " has." not in told[0]


def test_what_cannot_follow_is_not_told(fresh: gk.KnowledgeGraph) -> None:
    own = gk.KnowledgeGraph()
    own.add(gk.Text("<urn:a> <urn:p> <urn:b> .", "turtle"))
    assert own.select("SELECT * { ?x <urn:p> ?y . ?y <urn:p> ?z }", inferred=False).notes == ()
    misspelt = fresh.select("SELECT * { ?x a glocal:Practise }", inferred=False).notes
    assert len(misspelt) == 1
    assert "Did you mean glocal:Practice" in misspelt[0]


OPTIONALS = [
    "?x a glocal:Practice OPTIONAL { ?x dcterms:date ?d }",
    "{ ?x a glocal:Practice OPTIONAL { ?x dcterms:date ?d } }",
    "?x a glocal:Practice OPTIONAL { ?x rdfs:label ?l OPTIONAL { ?x dcterms:date ?d } }",
    "{ ?x a glocal:Practice OPTIONAL { ?x dcterms:date ?d } } UNION { ?x a glocal:Scale }",
]


@pytest.mark.parametrize("pattern", OPTIONALS)
def test_what_an_optional_part_meant_is_told_of_the_class_outside_it(
    kg: gk.KnowledgeGraph, pattern: str
) -> None:
    needed = kg.select("SELECT * { ?x a glocal:Practice ; dcterms:date ?d }").notes[0]
    told = kg.select(f"SELECT ?x ?d {{ {pattern} }}").notes
    assert f"?d has no value in any row. {needed}" in told
    meant = pattern.replace("dcterms:date", "schema:startDate")
    assert any(kg.select(f"SELECT ?x ?d {{ {meant} }}").column("d"))


def test_what_is_said_of_a_path_is_said_of_the_things_at_its_ends(kg: gk.KnowledgeGraph) -> None:
    said = kg.select("SELECT * { process:war glocal:strengthens|glocal:causes ?y }").notes
    (note,) = [one for one in said if "with who says it" in one]
    leads = note.partition("and how: ")[2].rstrip(".")
    assert "glocal:subject process:war" in leads
    assert note.startswith(f"No fact is process:war glocal:causes ?. {len(kg.select(_all(leads)))}")
    elsewhere = kg.select("SELECT * { process:globalization glocal:strengthens|glocal:weakens ?y }")
    assert not any("weakens" in one for one in elsewhere.notes)
    turned = kg.select("SELECT * { ?y ^glocal:causes|glocal:strengthens process:war }").notes
    assert any("glocal:subject process:war" in one for one in turned)


def _all(pattern: str) -> str:
    return f"SELECT * {{ {pattern} }}"
