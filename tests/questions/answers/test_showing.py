"""Names of all scripts sit right in tables, and a language that nobody has is said."""

from __future__ import annotations

import pytest

import glocal_kg as gk
from glocal_kg._rdf.escaping import width

LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"
NAMES = {
    "a": "القدس",
    "b": "北京市",
    "c": "Rome",
    "d": "कोलकाता",
    "e": "e\u0301cole",
    "f": "ירושלים",
}


@pytest.fixture(scope="module")
def table() -> gk.Table:
    kg = gk.KnowledgeGraph()
    lines = [
        f'<urn:{n}> {LABEL} "{name}" ; <urn:n> {at}7 .'
        for at, (n, name) in enumerate(NAMES.items())
    ]
    kg.add(gk.Text("\n".join(lines), "turtle"))
    return kg.select(f"SELECT ?l ?x ?n {{ ?x {LABEL} ?l ; <urn:n> ?n }} ORDER BY ?x")


def test_columns_stand_below_each_other_whatever_the_script(table: gk.Table) -> None:
    lines = table.to_text().splitlines()[2:-1]
    assert {width(line.partition("urn:")[0]) for line in lines} == {
        max(map(width, NAMES.values())) + 2
    }
    assert len({width(line) for line in lines}) == 1


def test_names_from_right_to_left_leave_what_is_beside_them(table: gk.Table) -> None:
    text = table.to_text()
    assert "\u200eالقدس\u200e" in text
    assert "\u200e" not in text.splitlines()[4]  # and others get no marks
    assert table._repr_html_().count('dir="auto"') == 2
    assert "\u200e" not in table.to_csv()


@pytest.mark.filterwarnings("ignore:The packaged graph has no names")
@pytest.mark.parametrize(("languages", "said"), [
    (["de"], "No name here is in 'de';"), (["xx"], "(there is no language 'xx')"),
    (["it"], ""), (["en"], ""), (["fr", "de"], ""),
])  # fmt: skip
def test_a_language_that_no_name_is_in_is_said(languages: list[str], said: str) -> None:
    kg = gk.load(languages=languages)
    for told in (
        kg.run("map/trends").to_text(),
        kg.run("map/trends")._repr_html_(),
        str(kg.explain("practice:kigali-agriculture", "glocal:concerns", "place:rome")),
    ):
        assert (
            (said or "No name here") in told.replace("&#x27;", "'")
            if said
            else ("No name here" not in told)
        )


def test_an_iri_stands_beside_a_name_that_two_things_have_and_no_other() -> None:
    kg = gk.KnowledgeGraph()
    facts = [f'<urn:{n}> {LABEL} "{name}" .' for n, name in (("a", "Rome"), ("b", "Rome"))]
    kg.add(gk.Text("\n".join([*facts, f'<urn:c> {LABEL} "Suva" .']), "turtle"))
    text = kg.select("SELECT ?x { VALUES ?x { <urn:a> <urn:b> <urn:c> <urn:c> } }").to_text()
    assert [text.count(f"urn:{n}") for n in "abc"] == [1, 1, 0]


def test_a_page_shows_the_first_of_many_rows_and_says_of_how_many() -> None:
    kg = gk.load()
    table = kg.select("SELECT ?s ?l { ?s rdfs:label ?l } ORDER BY ?s ?l")
    page = table._repr_html_()
    assert page.count("<tr>") == 101
    assert f"<p>the first 100 of {len(table)} rows" in page
    few = kg.select("SELECT ?c { ?c a glocal:City }")
    assert few._repr_html_().count("<tr>") == len(few) + 1
    many = kg.construct("CONSTRUCT { ?s rdfs:label ?l } WHERE { ?s rdfs:label ?l }")
    assert many._repr_html_().count("<tr>") == 101


def test_a_name_that_a_thing_beyond_the_page_has_too_is_not_shown_alone() -> None:
    kg = gk.KnowledgeGraph()
    facts = "".join(f'<urn:{n:03}> rdfs:label "thing {n % 101}" . ' for n in range(102))
    kg.add(
        gk.Text(f"PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> {facts}", "turtle", name="n")
    )
    page = kg.select("SELECT ?s { ?s rdfs:label ?l } ORDER BY ?s")._repr_html_()
    assert "thing 0 (" in page  # urn:000 and, beyond the page, urn:101
    assert "thing 1<" in page
