"""A cell means what it shows, in every format."""

import datetime
import json
import zipfile

import openpyxl
import pytest

from glocal_kg._glocal.corpus.tables import read_book
from glocal_kg.errors import ReadError

ROWS = [["id", "name", "code"], ["00123", "Turin", "NA"], ["20493.0", "-", "null"]]


def _texts(sheet):
    return [[cell.text for cell in row.cells] for row in sheet.rows()]


@pytest.mark.parametrize(
    ("name", "encoding", "mark"),
    [
        ("a.csv", "utf-8", ","),
        ("a.csv", "utf-8-sig", ";"),
        ("a.csv", "utf-16", "\t"),
        ("a.tsv", "utf-16-le", "\t"),
        ("a.csv", "utf-16-be", "|"),
        ("a.txt", "latin-1", ";"),
    ],
)
def test_delimited_text_is_read_in_the_encodings_of_the_trade(tmp_path, name, encoding, mark):
    rows = [*ROWS, ["7", "Orléans", "FR"]]
    path = tmp_path / name
    path.write_bytes("\r\n".join(mark.join(row) for row in rows).encode(encoding))
    book = read_book(path)
    assert _texts(book.sheets[0]) == rows
    assert (book.troubles != []) == (encoding in ("latin-1", "utf-16-le", "utf-16-be"))


def test_an_encoding_that_is_named_is_not_asked_about(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes("name\nŁódź\n".encode("cp1250"))
    assert read_book(path).troubles
    book = read_book(path, encoding="cp1250")
    assert book.troubles == []
    assert _texts(book.sheets[0])[1] == ["Łódź"]
    with pytest.raises(ReadError, match="utf-8 cannot decode byte"):
        read_book(path, encoding="utf-8")


def test_a_quotation_mark_left_open_is_told_with_its_row(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('a,b\n1,2\n"3,4\n')
    with pytest.raises(ReadError, match="follows row 2"):
        list(read_book(path).sheets[0].rows())


def _workbook(tmp_path, fill):
    book = openpyxl.Workbook()
    fill(book.active)
    path = tmp_path / "a.xlsx"
    book.save(path)
    return path


def test_a_workbook_shows_what_its_formats_show(tmp_path):
    shown = [
        (123, "00000", "00123"),
        (20493.0, "General", "20493"),
        (datetime.datetime(1999, 1, 1), "yyyy", "1999"),
        (datetime.datetime(1999, 5, 1), "mmm yyyy", "1999-05"),
        (datetime.datetime(2012, 9, 12), "mm-dd-yy", "2012-09-12"),
        (datetime.datetime(2012, 9, 12, 8, 30), "yyyy-mm-dd hh:mm", "2012-09-12T08:30:00"),
        (0.25, "0%", "25%"),
        (5, '0" km"', "5 km"),
        (True, "General", "TRUE"),
        ("NA", "General", "NA"),
        (1e-7, "General", "0.0000001"),
        (42.36934589927936, "General", "42.36934589927936"),
    ]

    def fill(sheet):
        for number, (value, format, _) in enumerate(shown, 1):
            sheet.cell(number, 1, value).number_format = format

    book = read_book(_workbook(tmp_path, fill))
    assert _texts(book.sheets[0]) == [[text] for _, _, text in shown]


def test_what_a_workbook_hides_merges_or_has_not_computed_is_no_blank(tmp_path):
    def fill(sheet):
        sheet.append(["name", "sum", "error", "group"])
        sheet.append(["a", "=1+1", "#REF!", "both"])
        sheet.append(["b", 2, "x", None])
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["B"].hidden = True
        sheet.merge_cells("D2:D3")

    sheet = read_book(_workbook(tmp_path, fill)).sheets[0]
    rows = list(sheet.rows())
    assert [cell.kind for cell in rows[1].cells] == ["text", "uncomputed", "error", "text"]
    assert rows[2].hidden
    assert rows[2].cells[3] == ("D2", "covered", None, ())
    assert sheet.hidden_columns == {1}
    assert sheet.merged == ("D2:D3",)


def test_a_result_of_zero_is_not_believed_where_nothing_was_computed(tmp_path):
    xlsxwriter = pytest.importorskip("xlsxwriter", reason="xlsxwriter is not installed")
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, 0)
        sheet.write_formula(1, 0, "=6*7")
        sheet.write_formula(2, 0, "=6*7", None, 42)
    rows = list(read_book(path).sheets[0].rows())
    assert [row.cells[0].kind for row in rows] == ["number", "uncomputed", "number"]


def test_nested_lists_become_sheets_with_what_is_around_them(tmp_path):
    path = tmp_path / "cities.json"
    path.write_text(
        json.dumps(
            {
                "source": "x",
                "cities": [
                    {
                        "name": "Turin",
                        "at": {"lat": 45.0, "long": 7},
                        "tags": ["a", "b"],
                        "twins": [{"name": "Lyon"}, {"name": "Köln", "since": None}],
                    },
                    {"name": "NO", "at": {"lat": 1.50}, "twins": []},
                ],
            }
        )
    )
    first, twins = read_book(path).sheets
    assert first.header == ("source", "name", "at.lat", "at.long", "tags")
    rows = list(first.rows())
    assert [cell.text for cell in rows[0].cells] == ["x", "Turin", "45.0", "7", "a; b"]
    assert rows[0].cells[4].parts == ("a", "b")
    assert first.place(rows[1], 2) == "/cities/1/at/lat"
    assert first.place(rows[1], 0) == "/source"
    assert twins.name == "twins"
    inner = list(twins.rows())
    names = [twins.header.index("name"), twins.header.index("twins.name")]
    assert [[row.cells[n].text for n in names] for row in inner] == [
        ["Turin", "Lyon"],
        ["Turin", "Köln"],
    ]
    assert twins.place(inner[1], names[0]) == "/cities/0/name"
    assert twins.place(inner[1], names[1]) == "/cities/0/twins/1/name"


def test_yaml_keeps_what_is_written(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text(
        "- {code: NO, id: 00123, when: 2003-01-02, at: 12:30, big: 1_000, v: 20493.0}\n"
        "- {code: null, id: 'null', when: ~, at: '-', big: 999, v: yes}\n"
    )
    assert _texts(read_book(path).sheets[0]) == [
        ["NO", "00123", "2003-01-02", "12:30", "1_000", "20493.0"],
        ["", "null", "", "-", "999", "yes"],
    ]
    path.write_text("- {a: 1, a: 2}\n")
    with pytest.raises(ReadError, match="'a' stands twice"):
        read_book(path)


ODS = """<?xml version="1.0"?><office:document-content
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0">
<office:automatic-styles>
<number:date-style style:name="N1"><number:year/></number:date-style>
<style:style style:name="ce1" style:family="table-cell" style:data-style-name="N1"/>
</office:automatic-styles>
<office:body><office:spreadsheet><table:table table:name="S">
<table:table-column table:number-columns-repeated="3"/>
<table:table-row>
<table:table-cell office:value-type="string"><text:p>a<text:s text:c="2"/>b</text:p>
</table:table-cell>
<table:table-cell office:value-type="float" office:value="123"><text:p>00123</text:p>
</table:table-cell>
<table:table-cell table:style-name="ce1" office:value-type="date"
 office:date-value="1999-01-01"><text:p>1999</text:p></table:table-cell></table:table-row>
<table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>
<table:table-row table:visibility="collapse">
<table:table-cell table:formula="of:=1/0" office:value-type="string"><text:p>#DIV/0!</text:p>
</table:table-cell>
<table:table-cell table:number-rows-spanned="2" office:value-type="string"><text:p>m</text:p>
</table:table-cell>
<table:table-cell table:formula="of:=1+1"/></table:table-row>
<table:table-row><table:table-cell office:value-type="boolean" office:boolean-value="true"/>
<table:covered-table-cell/></table:table-row>
<table:table-row table:number-rows-repeated="1048570"><table:table-cell
 table:number-columns-repeated="16384"/></table:table-row>
</table:table></office:spreadsheet></office:body></office:document-content>"""


def test_opendocument_shows_the_same(tmp_path):
    path = tmp_path / "a.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("content.xml", ODS)
    sheet = read_book(path).sheets[0]
    rows = list(sheet.rows())
    assert [cell.text for cell in rows[0].cells] == ["a  b", "00123", "1999"]
    assert [row.number for row in rows] == [1, 2, 3, 4, 5]
    assert [cell.kind for cell in rows[3].cells] == ["error", "text", "uncomputed"]
    assert rows[3].hidden
    assert rows[4].cells[1] == ("B4", "covered", None, ())
    assert sheet.merged == ("B4:B5",)


@pytest.mark.parametrize("name", ["a.xls", "a.pdf", "a.xlsx", "missing.csv"])
def test_what_cannot_be_read_says_so(tmp_path, name):
    if name != "missing.csv":
        (tmp_path / name).write_text("x")
    with pytest.raises(ReadError):
        read_book(tmp_path / name)


def test_opendocument_has_its_formats_beside_the_cells_or_in_styles(tmp_path):
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{full}:1.0"'
        for name, full in (("office", "office"), ("table", "table"), ("text", "text"),
                           ("style", "style"), ("number", "datastyle"))
    )  # fmt: skip
    content = f"""<office:document-content {spaces}><office:automatic-styles>
<style:style style:name="ce1" style:data-style-name="N1"/></office:automatic-styles><office:body>
<office:spreadsheet><table:table table:name="a"><table:table-row>
<table:table-cell table:style-name="ce1" office:value-type="date" office:date-value="1999-01-01">
<text:p>1999</text:p></table:table-cell><table:table-cell office:value-type="float"
 office:value="0"><text:p>00000</text:p></table:table-cell></table:table-row></table:table>
</office:spreadsheet></office:body></office:document-content>"""
    styles = f"""<office:document-styles {spaces}><office:styles><number:date-style
 style:name="N1"><number:year/></number:date-style></office:styles></office:document-styles>"""
    path = tmp_path / "a.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("content.xml", content)
        archive.writestr("styles.xml", styles)
    [row] = read_book(path).sheets[0].rows()
    assert [(cell.text, cell.kind) for cell in row.cells] == [("1999", "year"), ("00000", "number")]
