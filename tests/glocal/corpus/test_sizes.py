"""Spreadsheets that say they are larger than they can be, and tables as wide as they may be."""

import io
import re
import time
import zipfile

import openpyxl
import pytest

from glocal_kg._glocal.corpus.mapping import draft_mapping
from glocal_kg._glocal.corpus.tables import read_book
from glocal_kg.errors import ReadError

SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text")
)


def _row(*cells, more=""):
    return f"<table:table-row{more}>{''.join(cells)}</table:table-row>"


def _cell(text, more=""):
    string = 'office:value-type="string"'
    return f"<table:table-cell {string} {more}><text:p>{text}</text:p></table:table-cell>"


def _ods(path, *rows):
    table = f'<table:table table:name="S">{_row(_cell("name"))}{"".join(rows)}</table:table>'
    body = f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "content.xml", f"<office:document-content {SPACES}>{body}</office:document-content>"
        )
    return path


def _xlsx(path, change):
    book, held = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["name", "city"])
    book.active.append(["x", "Rome"])
    book.save(held)
    with zipfile.ZipFile(held) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            data = old.read(part)
            new.writestr(part, change(data) if part.endswith("sheet1.xml") else data)
    return path


def _read(path):
    return [row for sheet in read_book(path).sheets for row in sheet.rows()]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([_row(_cell("x", 'table:number-columns-repeated="2000000000"'))], "columns"),
        ([_row(_cell("x"), more=' table:number-rows-repeated="1000000000"')], "rows"),
        (
            [
                _row("<table:table-cell/>", more=' table:number-rows-repeated="1000000000"'),
                _row(_cell("x")),
            ],
            "rows",
        ),
        (
            [
                _row(
                    _cell("x", 'table:number-columns-repeated="16000"'),
                    more=' table:number-rows-repeated="1000000"',
                )
            ],
            "cells that are repeated",
        ),
        ([_row(_cell('<text:s text:c="2000000000"/>'))], "blanks beside each other"),
        (
            [
                _row(
                    _cell(
                        "x",
                        'table:number-rows-spanned="1000000" table:number-columns-spanned="9999"',
                    )
                )
            ],
            "merged cells",
        ),
        ([_row(_cell("x", 'table:number-columns-repeated="many"'))], "many"),
    ],
)
def test_ods_that_repeats_without_end_is_told(tmp_path, rows, told):
    with pytest.raises(ReadError, match=rf"The sheet 'S' is broken after row \d+: .*{told}"):
        _read(_ods(tmp_path / "a.ods", *rows))


def test_the_empty_rest_of_an_ods_is_no_size(tmp_path):
    rest = '<table:table-cell table:number-columns-repeated="16384"/>'
    many = ' table:number-rows-repeated="1048576"'
    assert len(_read(_ods(tmp_path / "a.ods", _row(_cell("x"), rest), _row(rest, more=many)))) == 2


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda xml: xml.replace(b'r="B2"', b'r="ZZZZZZZ2"'), "columns"),
        (lambda xml: xml.replace(b'<row r="2"', b'<row r="9999999999"'), "rows"),
        (lambda xml: xml.replace(b'<row r="2"', b'<row r="1e999"'), "is broken after row 1"),
        (
            lambda xml: xml.replace(
                b"</sheetData>",
                b'</sheetData><mergeCells><mergeCell ref="A3:SA1048576"/></mergeCells>',
            ),
            "merged cells",
        ),
        (
            lambda xml: re.sub(b"</sheetData>", b" " * (70 << 20) + b"</sheetData>", xml),
            "bytes come out of the workbook",
        ),
    ],
)
def test_a_workbook_that_is_larger_than_it_can_be_is_told(tmp_path, change, told):
    with pytest.raises(ReadError, match=told):
        _read(_xlsx(tmp_path / "a.xlsx", change))


def test_a_very_wide_table_is_drafted(tmp_path):
    path = tmp_path / "a.csv"
    names = [f"column {number}" for number in range(4_096)]
    path.write_text(",".join(names) + "\n" + ",".join(["1.5"] * len(names)) + "\n")
    begin = time.process_time()
    draft = draft_mapping(path)
    assert time.process_time() - begin < 5  # each name among all lines took half a minute
    assert draft.count("column ") >= len(names)
