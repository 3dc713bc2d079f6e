"""Files as strangers send them: broken, locked, doubled, nested without end, with formulas."""

import io
import json
import zipfile

import openpyxl
import pytest

from glocal_kg._glocal.corpus.importing import import_table
from glocal_kg._glocal.corpus.mapping.from_yaml import mapping_of
from glocal_kg.errors import ReadError

CITIES = mapping_of(
    """
base: https://example.org/
things: {city: {class: glocal:City, key: id, columns: {name: rdfs:label,
         people: {property: gn:population, type: whole}}}}
""",
    "m.yaml",
    "m",
)
HEADER = ["id", "name", "people"]


def _import(path):
    return import_table(None, path, CITIES, match=False)


def _book(path, sheets, change=lambda name, data: data):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    held = io.BytesIO()
    book.save(held)
    with zipfile.ZipFile(held) as old, zipfile.ZipFile(path, "w") as new:
        for part in old.namelist():
            data = change(part, old.read(part))
            if data is not None:
                new.writestr(part, data)
    return path


TWO = {"data": [HEADER, ["1", "Turin", 5]], "date": [HEADER, ["2", "Lyon", 6]]}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda n, d: d.replace(b'"date"', b'"data"') if "workbook.xml" in n else d,
         "two sheets are called 'data'"),
        (lambda n, d: None if n.endswith("sheet2.xml") else d, "the sheet 'date' is missing"),
        (lambda n, d: d[: len(d) // 2] if n.endswith("sheet1.xml") else d, "is broken after row 0"),
        (lambda n, d: d.replace(b"<v>5</v>", b"<v>5,0</v>"), "is broken after row 1"),
        (lambda n, d: None if n == "xl/workbook.xml" else d, "The workbook is broken"),
    ],
)  # fmt: skip
def test_a_broken_workbook_says_what_is_broken(tmp_path, change, told):
    with pytest.raises(ReadError, match=told):
        _import(_book(tmp_path / "a.xlsx", TWO, change))


def test_two_sheets_whose_names_differ_in_case_are_two(tmp_path):
    def change(name, data):
        return data.replace(b'"date"', b'"Data"') if name == "xl/workbook.xml" else data

    result = _import(_book(tmp_path / "a.xlsx", TWO, change))
    assert result.unread == ["Data"]
    assert [e.key for e in result.entities] == [("1",)]


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("a.xlsx", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "locked with a password"),
        ("a.xlsx", b"PK\x03\x04" + b"x" * 600, "The workbook is broken"),
        ("a.csv", b"id,name,people\n1,A,5\n2,B\0,6\n", "^[^:]*a.csv:3: .* NUL"),
        ("a.csv", b"  \n", "The file is empty"),
        ("a.json", b"[" * 100_000 + b"]" * 100_000, "too deep"),
        ("a.yaml", b"[" * 2_000 + b"]" * 2_000, "too deep"),
    ],
)
def test_what_is_no_table_says_so(tmp_path, name, data, told):
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(ReadError, match=told):
        _import(path)


def _bits(path):
    data = bytearray(path.read_bytes())
    start = data.index(b"sheet1.xml") + 40
    data[start : start + 40] = b"\xff" * 40
    path.write_bytes(data)
    return path


def test_a_workbook_whose_bytes_are_not_what_they_were_says_so(tmp_path):
    book = openpyxl.Workbook()
    for row in [HEADER, ["1", "Turin", 5]]:
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(ReadError, match="broken"):
        _import(_bits(tmp_path / "a.xlsx"))


def test_only_a_header_and_a_header_again_are_told(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("id,name,people\n")
    assert [f.rule for f in _import(path).findings] == ["no-rows"]
    path.write_text("id,name,people\n1,A,5\nid,name,people\n2,B,6\n")
    result = _import(path)
    assert [(f.cell, f.rule) for f in result.findings] == [("A3", "header-again")]
    assert [e.key for e in result.entities] == [("1",), ("2",)]


def test_a_column_without_a_name_is_listed_and_a_cell_beyond_stays_beyond(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("id,name,,people\n1,A,secret,5\n2,B,,6,7\n")
    result = _import(path)
    assert result.unmapped == {"a": ["C (without a name)"]}
    for rest in ("rest.csv", "rest-2.csv"):  # also in the file of rows set aside
        assert [f.rule for f in result.findings.stopping] == ["beyond-header"]
        result = _import(result.write_aside(tmp_path / rest))


def test_what_begins_as_a_formula_stays_text_in_what_is_written(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('id,name,people\n1,"=HYPERLINK(""x"")",=1+1\n')
    marked = openpyxl.load_workbook(_import(path).mark(tmp_path / "marked.xlsx"))
    kinds = {cell.data_type for sheet in marked for row in sheet for cell in row if cell.value}
    assert kinds == {"s"}
    book = openpyxl.Workbook()
    for row in [HEADER, ["1", "x", "many"]]:
        book.active.append(row)
    book.active["B2"] = "=A1"
    book.active["B2"].data_type = "s"
    book.save(tmp_path / "a.xlsx")
    rest = _import(tmp_path / "a.xlsx").write_aside(tmp_path / "rest.xlsx")
    assert openpyxl.load_workbook(rest).active["B2"].data_type == "s"


def test_values_beside_a_list_are_columns_of_its_rows(tmp_path):
    path = tmp_path / "a.json"
    rows = [{"id": "1", "name": "A"}]
    path.write_text(json.dumps({"of": "2024", "data": {"cities": rows}}))
    result = _import(path)
    assert result.unmapped == {"data.cities": ["of"]}
    assert [e.key for e in result.entities] == [("1",)]


def test_a_large_workbook_is_marked_row_by_row(tmp_path, monkeypatch):
    from glocal_kg._glocal.corpus.findings import marking

    monkeypatch.setattr(marking, "_WHOLE", 1)
    path = _book(tmp_path / "a.xlsx", {"data": [HEADER, ["1", "A", "many"], ["2", "=1+1", 5]]})
    with pytest.warns(UserWarning, match="values, formulas and formats of numbers alone"):
        marked = _import(path).mark(tmp_path / "marked.xlsx")
    copy = openpyxl.load_workbook(marked)
    assert copy.sheetnames == ["data", "findings"]
    cell = copy["data"]["C2"]
    assert (cell.value, cell.fill.fgColor.rgb[-6:]) == ("many", "F4B6B0")
    assert "expected a number" in cell.comment.text
    assert copy["data"]["B3"].value == "=1+1"
    assert copy["findings"]["A1"].value.startswith("The workbook has more than a million cells")
    assert copy["findings"]["C3"].value == "C2"


def test_cells_without_a_comment_are_told(tmp_path, monkeypatch):
    from glocal_kg._glocal.corpus.findings import marking

    monkeypatch.setattr(marking, "_COMMENTED", 1)
    path = _book(tmp_path / "a.xlsx", {"data": [HEADER, ["1", "A", "many"], ["2", "B", "more"]]})
    with pytest.warns(UserWarning, match="have a comment; the sheet of findings lists all"):
        _import(path).mark(tmp_path / "marked.xlsx")


def test_nothing_private_of_openpyxl_is_read(tmp_path, monkeypatch):
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

    class Gone:
        def __get__(self, *_):
            raise AttributeError("no such attribute in this version")

        def __set__(self, *_):
            pass

    monkeypatch.setattr(ReadOnlyWorksheet, "_shared_strings", Gone(), raising=False)
    path = _book(tmp_path / "a.xlsx", {"data": [HEADER, ["1", "A", "many"]]})
    [finding] = _import(path).findings
    assert (finding.cell, finding.value) == ("C2", "many")
