"""All problems are told at once: rows set aside are compared and matched with the others."""

import pytest

import glocal_kg as gk
from glocal_kg._glocal.corpus.importing import import_table
from glocal_kg._glocal.corpus.mapping.from_yaml import mapping_of

HEADER = "id,name,country,lat,long,people,code\n"
CITIES = """
base: https://example.org/
things:
  city:
    class: glocal:City
    key: id
    columns:
      name: rdfs:label
      lat: geo:lat
      long: geo:long
      people: {property: gn:population, type: whole, one: true}
      code: dcterms:identifier
    match: {name: name, country: country, latitude: lat, longitude: long, population: people}
"""


def _import(path, rows, kept="good", mapping=CITIES, kg=None, **options):
    path.write_text(HEADER + rows, encoding="utf-8")
    given = mapping_of(mapping, "m.yaml", "m")
    return import_table(kg, path, given, rows=kept, **options)


def _told(result):
    return {(finding.cell, finding.rule) for finding in result.findings}


ROWS = (
    "1,Alpha,Italy,44.51,11.52,1,\n"
    "2,Beta,Italy,44.51,11.52,many,\n"
    "3,Gamma,Italy,44.51,11.52,many,\n"
    "4,Turin,Italy,45.07,7.69,1,IT-4\n"
    "5,Turin,Switzerland,45.07,7.69,many,IT-4\n"
    "6,Lagos,Nigeria,6,3,many,\n"
    "7,Svetly,Russia,54.67,20.13,many,\n"
)
AT_ONCE = {
    ("D2", "one-point"), ("D3", "one-point"), ("D4", "one-point"), ("G6", "identifier-shared"),
    ("C6", "two-countries"), ("D7", "whole-degrees"), ("B7", "match-offered"),
    ("B8", "match-offered"),
}  # fmt: skip


@pytest.mark.parametrize("kept", ["good", "all"])
def test_rules_on_several_rows_see_the_rows_set_aside(tmp_path, kept):
    result = _import(tmp_path / "a.csv", ROWS, kept)
    assert _told(result) >= AT_ONCE
    assert len(result.entities) == (2 if kept == "good" else 0)
    assert "Svetly" in result.review()


def test_once_the_cells_are_corrected_nothing_new_is_told(tmp_path):
    first = _told(_import(tmp_path / "a.csv", ROWS))
    second = _told(_import(tmp_path / "a.csv", ROWS.replace("many", "2")))
    assert second == {(cell, rule) for cell, rule in first if rule != "not-a-number"}


def test_what_a_wrong_cell_may_settle_is_not_told_before(tmp_path):
    rows = "1,Neustadt,Germany,north,8.14,1,\n2,Nirgendwo,Germany,north,8,1,\n"
    told = _told(_import(tmp_path / "a.csv", rows))
    assert ("B2", "match-offered") not in told  # its coordinate would say which Neustadt
    assert ("B3", "not-in-gazetteer") in told


def test_rows_set_aside_say_nothing_of_what_is_kept(tmp_path):
    rows = (
        "1,Turin,Italy,45.07,7.69,5,\n1,Turin,Italy,45.07,7.69,7,x\n1,Turin,Italy,45.07,7.69,7,y\n"
    )
    dated = CITIES.replace("columns:\n", "columns:\n      code: {property: ex:c, type: whole}\n", 1)
    dated = dated.replace("      code: dcterms:identifier\n", "")
    dated += "prefixes: {ex: https://example.org/}\n"
    kg = gk.KnowledgeGraph()
    result = _import(tmp_path / "a.csv", rows, mapping=dated, kg=kg)
    [conflict] = result.findings.of("conflict")
    assert (conflict.cell, conflict.value) == ("F3", "7")
    assert conflict.suggestion == "5 was kept, for the other row is set aside (row 2)."
    assert [str(n) for n in kg.query("SELECT ?n { ?x gn:population ?n }").column("n")] == ["5"]
    assert result.merges == []


def test_a_row_that_names_nothing_is_told_all_that_is_wrong_with_it(tmp_path):
    result = _import(tmp_path / "a.csv", ",Oslo,Norway,59.91,-10.75,many,\n", match=False)
    assert _told(result) == {("A2", "key-incomplete"), ("F2", "not-a-number")}
    result = _import(tmp_path / "a.csv", "#N/A,Oslo,Norway,59.91,-10.75,many,\n")
    assert _told(result) >= {("A2", "error-cell"), ("F2", "not-a-number"), ("E2", "lost-sign")}


WIDE = """
base: https://example.org/
things:
  home: {as: city, class: glocal:City, key: name, columns: {name: rdfs:label}}
  one: {as: city, class: glocal:City, key: country, columns: {country: rdfs:label}}
  two: {as: city, class: glocal:City, key: lat, columns: {lat: rdfs:label}}
  pair one: {as: pair, class: glocal:Practice, key: ["@home", "@one"],
             links: {glocal:participant: [home, one]}}
  pair two: {as: pair, class: glocal:Practice, key: ["@home", "@two"],
             columns: {long: {property: schema:startDate, type: year}},
             links: {glocal:participant: [home, two]}}
"""


def test_in_a_wide_list_a_partner_may_be_absent_but_not_where_cells_tell_of_it(tmp_path):
    rows = ",Graz,Turin,Lyon,1990,,\n,Oslo,Rome,,,,\n,Suva,,,,,\n,Apia,Nadi,,1991,,\n"
    result = _import(tmp_path / "a.csv", rows, mapping=WIDE)
    assert _told(result) == {
        ("D5", "key-incomplete"), ("", "not-imported"), ("A2", "without-name"),
    }  # fmt: skip
    assert result.counts() == {"city": 6, "pair": 3}


KINDS = """
base: https://example.org/
things:
  city: {class: glocal:City, key: id, where: {code: [town, village]}, columns: {name: rdfs:label}}
  body: {class: glocal:Network, key: id, where: {code: group}, columns: {name: rdfs:label}}
"""


def test_rows_of_several_kinds_make_things_of_several_classes_and_none_is_lost(tmp_path):
    rows = "1,Turin,,,,,Town\n2,Eurocities,,,,,group\n3,Oslo,,,,,vilage\n4,Lyon,,,,,\n"
    result = _import(tmp_path / "a.csv", rows, mapping=KINDS)
    assert result.counts() == {"city": 1, "body": 1}
    assert [(f.cell, f.rule, f.expected) for f in result.findings.stopping] == [
        ("G4", "not-listed", "town or village or group"),
        ("G5", "not-listed", "town or village or group"),
    ]


def test_beside_a_row_set_aside_stands_all_that_is_told_of_it(tmp_path):
    path = _import(tmp_path / "a.csv", ROWS).write_aside(tmp_path / "rest.csv")
    line = next(line for line in path.read_text().splitlines() if line.startswith("6,"))
    told = line.partition('6,"')[2] or line
    assert told.index("F7 (not-a-number)") < told.index("B7 (match-offered)")
    assert "D7 (whole-degrees)" in told
