"""Cells that look well and are not: failed formulas of all languages, times of day, year 0."""

import csv
import io

import openpyxl
import pytest

from glocal_kg._glocal.corpus.importing import import_table
from glocal_kg._glocal.corpus.mapping.drafting import draft_mapping
from glocal_kg._glocal.corpus.mapping.from_yaml import mapping_of
from glocal_kg._glocal.corpus.matching.candidate import Wanted
from glocal_kg._glocal.corpus.matching.matcher import Match
from glocal_kg._glocal.corpus.matching.review import review_table

PRACTICES = """
base: https://example.org/
language: es
things: {p: {class: glocal:Practice, key: id, columns: {id: dcterms:identifier,
         name: rdfs:label, since: {property: schema:startDate, type: %s}}}}
"""
FAILED = [
    "#¡VALOR!", "#VALORE!", "#VALEUR!", "#WERT!", "#¡REF!", "#RIF!", "#BEZUG!", "#DIV/0!",
    "#¡DIV/0!", "#¿NOMBRE?", "#NOM?", "#N/D", "#NV", "#N/B", "#Н/Д", "#ЗНАЧ!", "#DEEL/0!",
    "#ÉRTÉK!", "#NÚM!", "#ERROR!", "Err:502", "#####", " #N/D ",
]  # fmt: skip


def _table(tmp_path, *rows):
    path = tmp_path / "t.csv"
    path.write_text("\n".join(["id,name,since", *(",".join(row) for row in rows)]) + "\n")
    return path


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_failed_formula_is_no_name_in_whatever_language(tmp_path, ending):
    rows = [(str(number), text, "2001") for number, text in enumerate(FAILED)]
    path = _table(tmp_path, *rows, ("90", "#GLOCAL", "2002"), ("91", "#1!", "2002"))
    if ending == "xlsx":
        book = openpyxl.Workbook()
        for line in path.read_text().splitlines():
            book.active.append(line.split(","))
            for cell in book.active[book.active.max_row]:
                cell.data_type = "s"  # text, as a copy by values leaves it
        path = tmp_path / "t.xlsx"
        book.save(path)
    result = import_table(None, path, mapping_of(PRACTICES % "when", "m.yaml", "m"))
    told = [f.cell for f in result.findings if f.rule == "error-cell"]
    assert told == [f"B{number}" for number in range(2, len(FAILED) + 2)]
    assert len(result.entities) == 2
    assert "#" not in draft_mapping(path).partition("missing:")[2].partition("\n")[0]


def test_a_time_of_day_is_not_left_out_in_silence(tmp_path):
    path = _table(
        tmp_path, ("1", "A", "2004-01-02T10:00:00"), ("2", "B", "2004-01-02T23:30:00Z"),
        ("3", "C", "2004-01-02T10:00:00"), ("4", "D", "2004-01-02 00:00:00"),
        ("5", "E", "2004-01-02T00:30:00+02:00"),
    )  # fmt: skip
    result = import_table(None, path, mapping_of(PRACTICES % "when", "m.yaml", "m"))
    (told,) = [f for f in result.findings if f.rule == "time-left-out"]
    assert (told.cell, told.value, told.level) == ("C2", "2004-01-02T10:00:00", "warning")
    assert told.suggestion.startswith("4 cells of the column have a time of day")
    assert not result.set_aside


@pytest.mark.parametrize(
    ("text", "kind", "told"),
    [
        ("0000", "when", "There is no year 0"),
        ("0000", "year", "There is no year 0"),
        ("0000-01-01", "date", "There is no year 0"),
        ("05/2003", "when", "Write the month as 2003-05."),
        ("20010104", "date", "Write the day as 2001-01-04."),
        ("2001-W05", "when", "Write a day as 2003-02-01, a month as 2003-02, a year as 2003."),
        ("hacia 1998", "when", "Write 1998 alone if no more is known."),
        ("ca. 2001", "year", "Write 2001 alone if no more is known."),
        ("soon", "date", "Write a day as 2003-02-01."),
    ],
)
def test_what_is_no_date_is_told_with_what_to_write(tmp_path, text, kind, told):
    path = _table(
        tmp_path, ("1", "A", text), ("2", "B", "2003-02-01" if kind == "date" else "2003")
    )
    result = import_table(None, path, mapping_of(PRACTICES % kind, "m.yaml", "m"))
    (finding,) = result.findings.stopping
    assert finding.cell == "C2"
    assert finding.suggestion.startswith(told)


def test_things_without_a_name_are_told_once_for_their_kind(tmp_path):
    text = "things: {p: {class: glocal:City, key: id, columns: {since: schema:startDate%s}}}"
    path = _table(tmp_path, ("1", "A", "2001"), ("2", "B", "2002"))
    result = import_table(None, path, mapping_of(text % "", "m.yaml", "m"))
    (told,) = [f for f in result.findings if f.rule == "without-name"]
    assert (told.cell, told.level) == ("A2", "warning")
    assert told.suggestion.startswith("2 of p have none")
    named = import_table(None, path, mapping_of(text % ", name: rdfs:label", "m.yaml", "m"))
    assert "without-name" not in {f.rule for f in named.findings}


def test_a_review_table_has_numbers_in_digits(tmp_path):
    wanted = Wanted("Springfield", "United States", 40.123456789, -74.0, 8336817.0, None)
    told = list(csv.DictReader(io.StringIO(review_table([Match(wanted, "offered", "")]))))
    assert [told[0][name] for name in ("latitude", "longitude", "population")] == [
        "40.123456789", "-74", "8336817",
    ]  # fmt: skip


def test_a_cell_of_a_template_is_told_of_once_though_all_its_rows_are_set_aside(tmp_path):
    path = tmp_path / "partnerships.csv"
    path.write_text("partner,other partner,start,end\nTurin,Lyon,1990,\nLyon,Turin,2001,\n")
    result = import_table(None, path)
    told = [(f.cell, f.level) for f in result.findings if f.rule == "conflict"]
    assert result.set_aside == 2
    assert told == [("C3", "error")]
