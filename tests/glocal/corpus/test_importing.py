"""From rows to facts: what is kept, what is set aside, and what is told of it."""

import csv
import datetime
import io
import json

import openpyxl
import pytest

import glocal_kg as gk
from glocal_kg._glocal.corpus.importing import import_table
from glocal_kg._glocal.corpus.mapping.from_yaml import mapping_of
from glocal_kg.errors import GlocalError
from tests.glocal.corpus.cities import (
    BAD,
    CITIES,
    GOOD,
    HEADER,
    csv_of,
    facts,
    mapping,
    ods_of,
    xlsx_of,
)


def test_a_good_row_becomes_facts_and_unmapped_columns_stay_out(tmp_path):
    kg = gk.KnowledgeGraph()
    result = import_table(kg, csv_of(tmp_path / "a.csv", [HEADER, GOOD]), mapping())
    turin = "https://example.org/city/00123"
    assert facts(kg) == {
        (turin, "type", "https://w3id.org/glocal/ontology#City"),
        (turin, "identifier", "00123"),
        (turin, "label", "Turin"),
        (turin, "population", "870456"),
        (turin, "size", "130.17"),
        (turin, "startDate", "2003-02-01"),
        (turin, "status", "https://example.org/Member"),
        (turin, "statedIn", "https://w3id.org/glocal/import/a/a/2"),
    }
    assert result.unmapped == {"a": ["H mayor"]}
    assert [f.rule for f in result.findings] == ["not-imported"]
    assert not any("x@example.org" in str(quad) for quad in kg.facts)
    row = "https://w3id.org/glocal/import/a/a/2"
    label = kg.query(f"SELECT ?l {{ <{row}> rdfs:label ?l ; glocal:fromSource/rdfs:label ?f }}")
    assert label.column("l")[0] == "a.csv, row 2"


@pytest.mark.parametrize(
    "format", ["csv", "tsv", "xlsx", "ods", "semicolons", "utf-16", "json", "yaml"]
)
def test_the_same_bad_rows_fail_alike_in_every_format(tmp_path, format):
    rows = [HEADER, *(row for row, _, _ in BAD), GOOD]
    if format == "xlsx":
        path = xlsx_of(tmp_path / "a.xlsx", rows)
    elif format == "ods":
        path = ods_of(tmp_path / "a.ods", rows)
    elif format in ("json", "yaml"):  # JSON is YAML too
        path = tmp_path / f"a.{format}"
        objects = [dict(zip(HEADER, row, strict=True)) for row in rows[1:]]
        path.write_text(json.dumps(objects))
    else:
        mark = {"csv": ",", "tsv": "\t", "semicolons": ";", "utf-16": ","}[format]
        path = tmp_path / ("a.tsv" if format == "tsv" else "a.csv")
        csv_of(path, rows, mark, "utf-16" if format == "utf-16" else "utf-8")
    result = import_table(gk.KnowledgeGraph(), path, mapping())
    found = [(f.cell, f.rule) for f in result.findings.stopping]
    if format in ("json", "yaml"):
        names = dict(zip("ABCDEFG", HEADER, strict=False))
        wanted = [(f"/{n}/{names[c]}", rule) for n, (_, c, rule) in enumerate(BAD)]
    else:
        wanted = [(f"{c}{n}", rule) for n, (_, c, rule) in enumerate(BAD, 2)]
    assert found == wanted
    assert result.set_aside == len(BAD)
    assert [entity.key for entity in result.entities] == [("00123",)]
    assert all(f.page == f"docs/your-data.md#{f.rule}" for f in result.findings)


def test_numbers_and_dates_that_a_workbook_stores_need_no_reading(tmp_path):
    row = ["00123", "Turin", 870456, 130.17, datetime.date(2003, 2, 1), None, "member", None]
    result = import_table(None, xlsx_of(tmp_path / "a.xlsx", [HEADER, row]), mapping())
    assert result.findings.stopping == []
    [entity] = result.entities
    assert [value.text for _, value in entity.values] == [
        "00123", "Turin", "870456", "130.17", "2003-02-01", "https://example.org/Member",
    ]  # fmt: skip


@pytest.mark.parametrize("kind", ["csv", "xlsx", "json"])
def test_rows_set_aside_import_alone_once_corrected(tmp_path, kind):
    rows = [HEADER, GOOD, ["2", "Lyon", "12.5", "", "", "", "", ""], ["3", "Oslo", *[""] * 6]]
    if kind == "json":
        path = tmp_path / "a.json"
        objects = [{k: v for k, v in zip(HEADER, row, strict=True) if v} for row in rows[1:]]
        path.write_text(json.dumps(objects))
    else:
        path = (csv_of if kind == "csv" else xlsx_of)(tmp_path / f"a.{kind}", rows)
    kg = gk.KnowledgeGraph()
    result = import_table(kg, path, mapping())
    assert result.set_aside == 1
    aside = result.write_aside(tmp_path / f"a.aside.{kind}")
    again = import_table(kg, aside, mapping())
    assert [f.rule for f in again.findings.stopping] == ["not-whole"]
    if kind == "xlsx":
        book = openpyxl.load_workbook(aside)
        assert book.active["C2"].value == "12.5"
        book.active["C2"] = 125
        book.save(aside)
    else:
        aside.write_text(aside.read_text().replace("12.5", "125"))
    before = len(kg)
    last = import_table(kg, aside, mapping())
    assert last.findings.stopping == []
    assert len(kg) > before
    assert [entity.name for entity in last.entities] == ["2"]
    assert ("https://example.org/city/2", "population", "125") in facts(kg)


def test_nothing_is_kept_where_all_or_nothing_is_asked(tmp_path):
    kg = gk.KnowledgeGraph()
    path = csv_of(tmp_path / "a.csv", [HEADER, GOOD, ["2", "", *[""] * 6]])
    result = import_table(kg, path, mapping(), rows="all")
    assert not result.kept
    assert len(kg) == 0


def test_again_changes_nothing_and_a_corrected_file_replaces_its_own_facts(tmp_path):
    kg = gk.KnowledgeGraph()
    kg.add(gk.Text("<https://example.org/x> rdfs:label 'own' .".replace("rdfs:label",
           "<http://www.w3.org/2000/01/rdf-schema#label>"), "turtle"))  # fmt: skip
    path = csv_of(tmp_path / "a.csv", [HEADER, GOOD])
    other = csv_of(tmp_path / "b.csv", [HEADER, ["9", "Oslo", *[""] * 6]])
    import_table(kg, path, mapping(), when="2026-11-26")
    import_table(kg, other, mapping())
    again = import_table(kg, path, mapping(), when="2026-11-26")
    assert (again.added, again.removed) == (0, 0)
    before = facts(kg)
    csv_of(path, [HEADER, ["00123", "Torino", *GOOD[2:]]])
    import_table(kg, path, mapping(), when="2026-11-26")
    gone, new = before - facts(kg), facts(kg) - before
    assert [fact[2] for fact in gone] == ["Turin"]
    assert [fact[2] for fact in new] == ["Torino"]
    with pytest.raises(GlocalError, match="no date or time"):
        import_table(kg, path, mapping(), when="today")


def test_interrupted_leaves_the_graph_as_it_was(tmp_path):
    kg = gk.KnowledgeGraph()
    path = csv_of(tmp_path / "a.csv", [HEADER, GOOD])

    def interrupt(what):
        if what == "adding the facts":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_table(kg, path, mapping(), tell=interrupt)
    assert len(kg) == 0


def test_hidden_rows_merged_cells_and_uncomputed_formulas_are_asked_about(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    for row in [HEADER, *([str(n), f"City {n}", *[None] * 5, "x"] for n in range(2, 8))]:
        sheet.append(row)
    sheet["C2"] = "=2*3"
    sheet.row_dimensions[3].hidden = True
    sheet.merge_cells("B4:B5")
    path = tmp_path / "a.xlsx"
    book.save(path)
    result = import_table(None, path, mapping())
    assert [(f.cell, f.rule) for f in result.findings.stopping] == [
        ("C2", "uncomputed"), ("A3", "hidden-row"), ("B5", "merged"),
    ]  # fmt: skip
    told = CITIES + "hidden: skip\nmerged: repeat\n"
    result = import_table(None, path, mapping(told))
    assert [(f.cell, f.rule) for f in result.findings.stopping] == [("C2", "uncomputed")]
    names = [value.text for e in result.entities for g, value in e.values if "label" in g.iri]
    assert names == ["City 4", "City 4", "City 6", "City 7"]


def test_columns_that_are_not_there_or_there_twice_stop_the_sheet(tmp_path):
    path = csv_of(tmp_path / "a.csv", [["id", "nam", "area", "area"], ["1", "x", "1", "2"]])
    result = import_table(None, path, mapping())
    told = {(f.rule, f.value): f.suggestion for f in result.findings.stopping}
    assert told["column-missing", "name"] == "Is it 'nam' now?"
    assert "[C]" in told["column-twice", "area"]
    assert result.entities == []


def test_what_is_odd_is_told_once_a_column(tmp_path):
    rows = [["1", "-"], ["2", "-"], ["3", " Oslo "], ["4", "NA"], ["5", "Granada\u200e"]]
    text = """
base: https://example.org/
things: {a: {class: glocal:City, key: id, columns: {name: rdfs:label}}}
"""
    path = csv_of(tmp_path / "a.csv", [["id", "name"], *rows])
    result = import_table(None, path, mapping(text))
    found = [(f.cell, f.rule, f.level) for f in result.findings]
    assert found == [
        ("B6", "invisible-mark", "warning"),
        ("B2", "placeholder", "warning"),
        ("B4", "spaces", "note"),
    ]
    assert "2 cells" in result.findings.of("placeholder")[0].suggestion
    names = [value.text for e in result.entities for _, value in e.values]
    assert names == ["-", "-", "Oslo", "NA", "Granada\u200e"]


def test_a_table_without_header_has_columns_by_letter(tmp_path):
    text = """
header: none
base: https://example.org/
things: {a: {class: glocal:City, key: A, columns: {B: rdfs:label}}}
"""
    result = import_table(None, csv_of(tmp_path / "a.csv", [["1", "Turin"]]), mapping(text))
    assert [e.values[0][1].text for e in result.entities] == ["Turin"]


def test_findings_are_a_table_and_marks_in_a_copy(tmp_path):
    path = xlsx_of(tmp_path / "a.xlsx", [HEADER, GOOD, ["2", "Lyon", "12.5", *[""] * 5]])
    result = import_table(None, path, mapping())
    rows = list(csv.DictReader(io.StringIO(result.findings.csv())))
    assert rows[0]["cell"] == "C3"
    assert rows == json.loads(result.findings.json())
    assert "a.xlsx:Sheet:C3: error (not-whole): '12.5'" in str(result.findings)
    copy = openpyxl.load_workbook(result.mark(tmp_path / "marked.xlsx"))
    cell = copy["Sheet"]["C3"]
    assert cell.value == "12.5"
    assert "whole number" in cell.comment.text
    assert cell.fill.fgColor.rgb.endswith("F4B6B0")
    assert copy["findings"]["C2"].value == "C3"
    copy.close()


def test_a_hidden_sheet_is_read_where_it_is_named_and_listed_where_not(tmp_path):
    book = openpyxl.Workbook()
    for title in ("shown", "kept", "other"):
        sheet = book.create_sheet(title)
        sheet.append(["id", "name"])
        sheet.append(["1", title])
        sheet.sheet_state = "visible" if title == "shown" else "hidden"
    book.remove(book.worksheets[0])
    path = tmp_path / "a.xlsx"
    book.save(path)
    text = "sheet: kept\nthings: {a: {class: glocal:City, key: id, columns: {name: rdfs:label}}}"
    result = import_table(None, path, mapping(text))
    assert [f.rule for f in result.findings] == ["hidden-sheet", "not-imported"]
    assert result.unread == ["shown", "other (hidden)"]
    with pytest.raises(GlocalError, match="no sheet 'lost'"):
        import_table(None, path, mapping(text.replace("kept", "lost")))


def test_a_result_shows_itself_in_one_short_line(tmp_path):
    result = import_table(
        gk.KnowledgeGraph(), csv_of(tmp_path / "c.csv", [HEADER, GOOD]), mapping()
    )
    assert repr(result).startswith("<Import into https://")
    assert len(repr(result)) < 200


PRACTICES = """things:
  practice:
    class: glocal:Practice
    key: [name, city]
    columns: {name: rdfs:label, theme: dcterms:subject}
    links: {glocal:participant: city}
  city: {class: glocal:City, key: city, columns: {city: rdfs:label}}
"""


def test_rows_that_say_the_same_are_told_and_recorded(tmp_path):
    path = tmp_path / "practices.csv"
    path.write_text(
        "name,city,theme\nChoir,Paris,culture\nBuses,Paris,\nChoir,Paris,culture\n"
        "Games,Paris,sport\nGames,Paris,culture\n"
    )
    result = import_table(None, path, mapping_of(PRACTICES, "m.yaml", "m"), match=False)
    [finding] = [f for f in result.findings if f.rule == "repeated"]
    assert (finding.value, finding.cell) == ("Choir, Paris", "4:4")
    assert finding.suggestion == "Rows 2 and 4 say the same of it; it is one."
    assert [(m.name, m.rows) for m in result.merges] == [("Choir, Paris", "rows 2 and 4")]
