"""Findings about the form of a table: its encoding, its marks, its columns and its short rows."""

import openpyxl
import pytest

from glocal_kg._glocal.corpus.importing import import_table
from glocal_kg._glocal.corpus.mapping.from_yaml import mapping_of

TOWNS = """
base: https://example.org/
things:
  town:
    class: glocal:City
    key: [name, country]
    columns: {name: rdfs:label, member: {property: schema:isActive, type: boolean}}
"""
HEADER = "name,country,member"


def _import(path, text=TOWNS):
    return import_table(None, path, mapping_of(text, "m.yaml", "m"), match=False)


def _told(result, rule):
    return [(f.cell, f.level, f.value, f.suggestion) for f in result.findings.of(rule)]


@pytest.mark.parametrize(
    ("data", "name", "text"),
    [
        (f"{HEADER}\nCórdoba,ES,true\n".encode("latin-1"), "latin-1", "Córdoba"),
        (f"{HEADER}\nL’Aquila,IT,true\n".encode("cp1252"), "cp1252", "L’Aquila"),
        (f"{HEADER}\nŁódź,PL,true\n".encode("utf-16-le"), "utf-16-le", "Łódź"),
        (f"{HEADER}\nŁódź,PL,true\n".encode("utf-16-be"), "utf-16-be", "Łódź"),
    ],
)
def test_a_guessed_encoding_is_said_until_the_mapping_names_it(tmp_path, data, name, text):
    path = tmp_path / "a.csv"
    path.write_bytes(data)
    result = _import(path)
    [(_, _, _, suggestion)] = _told(result, "encoding-guessed")
    assert suggestion == f"encoding: {name}"
    assert [entity.key[0] for entity in result.entities] == [text]
    assert not _told(_import(path, f"encoding: {name}{TOWNS}"), "encoding-guessed")


@pytest.mark.parametrize("data", ["é", "Łódź"])
def test_utf_8_is_recognized_and_not_guessed(tmp_path, data):
    path = tmp_path / "a.csv"
    path.write_text(f"{HEADER}\n{data},XX,true\n", encoding="utf-8")
    assert not _told(_import(path), "encoding-guessed")


def test_two_marks_that_fit_alike_are_said_until_the_mapping_names_one(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("name;country,member\nA;B,true\n")
    text = (
        "base: https://example.org/\nthings: {town: {class: glocal:City, key: [A]}}\nheader: none\n"
    )
    [(_, _, mark, suggestion)] = _told(_import(path, text), "delimiter-guessed")
    assert mark == ";"
    assert suggestion == 'delimiter: ";" (or ",", which fits as well)'
    named = _import(path, text + 'delimiter: ","\n')
    assert not _told(named, "delimiter-guessed")
    assert [entity.key for entity in named.entities] == [("name;country",), ("A;B",)]


def test_a_hidden_column_that_the_mapping_names_is_imported_and_said(tmp_path):
    book = openpyxl.Workbook()
    for row in (HEADER.split(","), ["Turin", "IT", "true"]):
        book.active.append(row)
    book.active.column_dimensions["B"].hidden = True
    book.save(tmp_path / "a.xlsx")
    result = _import(tmp_path / "a.xlsx")
    [(cell, _, name, _)] = _told(result, "hidden-column")
    assert (cell, name) == ("B1", "country")
    assert [entity.key for entity in result.entities] == [("Turin", "IT")]


@pytest.mark.parametrize(("mark", "ending"), [(",", "csv"), (";", "csv"), ("\t", "tsv")])
def test_a_short_row_is_said_and_kept(tmp_path, mark, ending):
    path = tmp_path / f"a.{ending}"
    rows = (HEADER, "Turin,IT", "Lyon,FR,true", "Graz,AT,true")
    path.write_text("\n".join(rows).replace(",", mark) + "\n")
    result = _import(path)
    [(cell, _, value, _)] = _told(result, "short-row")
    assert (cell, value) == ("B2", "2 of 3 cells")
    assert len(result.entities) == 3


@pytest.mark.parametrize("ending", ["csv", "tsv", "xlsx"])
def test_what_is_neither_true_nor_false_sets_its_row_aside(tmp_path, ending):
    rows = [HEADER.split(","), ["Turin", "IT", "perhaps"], ["Lyon", "FR", "TRUE"]]
    result = _import(_written(tmp_path / f"a.{ending}", rows))
    assert _told(result, "not-true-or-false") == [
        ("C2", "error", "perhaps", "List the words in the mapping under values:.")
    ]
    assert [entity.key for entity in result.entities] == [("Lyon", "FR")]


@pytest.mark.parametrize("ending", ["csv", "tsv", "xlsx"])
def test_a_name_of_which_a_part_is_missing_sets_its_row_aside(tmp_path, ending):
    rows = [HEADER.split(","), ["Turin", "", "true"], ["Lyon", "FR", "true"]]
    result = _import(_written(tmp_path / f"a.{ending}", rows))
    [(cell, level, _, suggestion)] = _told(result, "key-incomplete")
    assert (cell, level) == ("B2", "error")
    assert suggestion == "Fill it in, or take the column out of key: in the mapping."
    assert [entity.key for entity in result.entities] == [("Lyon", "FR")]


def _written(path, rows):
    if path.suffix == ".xlsx":
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append([value or None for value in row])
        book.save(path)
    else:
        mark = "\t" if path.suffix == ".tsv" else ","
        path.write_text("".join(f"{mark.join(row)}\n" for row in rows))
    return path
