"""Rows of one thing that contradict each other, in a file and in two, and what is told of it."""

import pytest

import glocal_kg as gk
from glocal_kg._glocal.corpus.importing import import_table
from glocal_kg._glocal.corpus.mapping.from_yaml import mapping_of

HEADER = "id,name,country,lat,long,since,open,note\n"
CITIES = """
base: https://example.org/
language: en
things:
  country: {class: glocal:Place, key: country, columns: {country: rdfs:label},
            match: {country: country}}
  city:
    class: glocal:City
    key: id
    columns:
      name: rdfs:label
      since: {property: schema:startDate, type: when}
      open: {property: schema:isAccessibleForFree, type: boolean}
      note: schema:keywords
    links: {glocal:locatedIn: country}
    match: {name: name, country: country, latitude: lat, longitude: long}
"""
FIRST = "1,Turin,Italy,45.07,7.69,2003,true,a\n"
OTHER = [
    ("1,Turin,Italy,45.07,7.69,2004,true,a\n", [("F", "conflict")]),
    ("1,Torino,Italy,45.07,7.69,2003,true,a\n", [("B", "conflict")]),
    ("1,Turin,Italy,45.07,7.69,2003,false,a\n", [("G", "conflict")]),
    ("1,Turin,France,45.07,7.69,2003,true,a\n", [("C", "two-countries")]),
    ("1,Turin,Italien,45.07,7.69,2003,true,b\n", []),
    ("1,Turin,Italy,,,,,\n", []),
]


def _import(kg, path, rows):
    path.write_text(HEADER + rows, encoding="utf-8")
    return import_table(kg, path, mapping_of(CITIES, "m.yaml", "m"), match=False)


def _told(result, row):
    found = result.findings.of("conflict", "two-countries")
    return [(f.cell[0], f.rule) for f in found if f.cell[1:] == row]


@pytest.mark.parametrize(("row", "told"), OTHER)
def test_in_one_file(tmp_path, row, told):
    assert _told(_import(None, tmp_path / "a.csv", FIRST + row), "3") == told


@pytest.mark.parametrize(("row", "told"), OTHER)
def test_in_two_files(tmp_path, row, told):
    kg = gk.KnowledgeGraph()
    _import(kg, tmp_path / "a.csv", FIRST)
    result = _import(kg, tmp_path / "b.csv", row)
    assert _told(result, "2") == told
    for finding in result.findings.of("conflict", "two-countries"):
        assert finding.expected.endswith("as a.csv, row 2 has it")


def test_two_coordinates_by_which_a_place_is_looked_up(tmp_path):
    row = "1,Turin,Italy,46.07,7.69,2003,true,a\n1,Turin,Italy,45.0700001,7.69,2003,true,a\n"
    [finding] = _import(None, tmp_path / "a.csv", FIRST + row).findings.of("conflict")
    assert (finding.cell, finding.value) == ("D3", "46.07 7.69")
    assert finding.suggestion == "Row 2 has 45.07 7.69, 111 km away, by which it was looked up."


def test_a_year_and_a_day_of_it_are_no_contradiction_of_two_files(tmp_path):
    kg = gk.KnowledgeGraph()
    _import(kg, tmp_path / "a.csv", FIRST)
    row = FIRST.replace("2003", "2003-05-17")
    assert not _import(kg, tmp_path / "b.csv", row).findings.of("conflict")


def test_many_places_of_another_file_are_told_in_one_line(tmp_path):
    names = [f"City {chr(65 + n // 26)}{chr(65 + n % 26)}" for n in range(30)]
    rows = "".join(f"{n},{name},Italy,{40 + n / 10},11.5,,,\n" for n, name in enumerate(names))
    kg = gk.KnowledgeGraph()
    _import(kg, tmp_path / "a.csv", rows)
    other = "".join(f"x{row}" for row in rows.splitlines(keepends=True))
    result = _import(kg, tmp_path / "b.csv", other)
    [finding] = result.findings.of("known-elsewhere")
    assert finding.suggestion.startswith("30 places may be in a.csv too, City AA as <https://")
    assert result.review().count("|thing") == 30
    few = _import(kg, tmp_path / "c.csv", "y1,City AA,Italy,40,11.5,,,\n")
    assert len(few.findings.of("known-elsewhere")) >= 1
