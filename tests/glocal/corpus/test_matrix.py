"""A matrix: the same cities down and across, and a partnership in each cell that is filled."""

from collections import Counter

import openpyxl
import pytest

import glocal_kg as gk
from glocal_kg._glocal.corpus.importing import import_table
from glocal_kg._glocal.corpus.mapping.from_yaml import mapping_of
from glocal_kg.errors import ReadError

ROWS = [
    ["town", "Graz", "Turin", "Lyon"],
    ["Graz", "", "1987", ""],
    ["Turin", "1987", "", "1990"],
    ["Lyon", "", "soon", "1991"],
]


def _csv(path, rows):
    path.write_text("".join(",".join(row) + "\n" for row in rows))
    return path


def _xlsx(path, rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append([int(text) if text.isdigit() else text or None for text in row])
    book.active.title = path.stem
    book.save(path)
    return path


def _import(path, text):
    return import_table(None, path, mapping_of(text, "m.yaml", "m"), match=False)


def _told(result):
    return [(f.cell, f.level, f.rule, f.value) for f in result.findings]


@pytest.mark.parametrize("write", [_csv, _xlsx])
def test_each_filled_cell_is_a_partnership_and_is_told_by_its_own_cell(tmp_path, write):
    years = [[text.replace("soon", "") for text in row] for row in ROWS]
    draft = gk.draft_mapping(_csv(tmp_path / "years.csv", years), "m")
    path = write(tmp_path / ("a.xlsx" if write is _xlsx else "a.csv"), ROWS)
    result = _import(path, draft)
    # Cells of one row stand and fall together; the row of Lyon has a word and itself.
    assert _told(result) == [
        ("C4", "error", "not-a-date", "soon"),
        ("D4", "error", "to-itself", "Lyon"),
        ("3:3", "note", "repeated", "Graz – Turin"),
        ("4:4", "note", "repeated", "Lyon – Turin"),
    ]
    pairs = [e for e in result.entities if e.thing.name == "partnership"]
    assert [[value.text for _, value in pair.values] for pair in pairs] == [
        ["1987", "Graz – Turin"],
        ["1990", "Lyon – Turin"],
    ]
    assert Counter(result.counts()) == {"city": 3, "government": 3, "partnership": 2}


def test_marks_of_a_matrix_that_may_mean_none_are_asked(tmp_path):
    rows = [["town", "A", "B", "C"], ["A", "0", "1", "0"], ["B", "1", "0", "0"], ["C", *"000"]]
    path = _csv(tmp_path / "a.csv", rows)
    draft = gk.draft_mapping(path, "m")
    with pytest.raises(ReadError, match="still a question"):
        mapping_of(draft, "m.yaml", "m")
    answered = draft.replace('key: "?"', 'key: ["@home", "@partner"]')
    result = _import(path, answered.replace("things:", 'missing: ["0"]\nthings:', 1))
    assert result.counts()["partnership"] == 1
    assert not result.findings.stopping


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("      header: partner", "      each: town", "'each' is no key of 'across'"),
        ("    across: *others\n    key: [", "    key: [", "is one of several in a cell or row"),
        (
            "    key: partner\n",
            '    key: partner\n    each: town\n    split: ";"\n',
            "each: or across:, not both",
        ),
    ],
)
def test_a_mistake_in_across_is_told(tmp_path, old, new, told):
    rows = [["town", "A", "B", "C"], ["A", "", "x", ""], ["B", "x", "", ""], ["C", "", "", ""]]
    draft = gk.draft_mapping(_csv(tmp_path / "a.csv", rows), "m")
    assert old in draft
    with pytest.raises(ReadError, match=told):
        mapping_of(draft.replace(old, new), "m.yaml", "m")
