"""Writing a template: a workbook with help, marks and drop-downs, or a folder of CSV."""

from __future__ import annotations

from pathlib import Path

from glocal_kg._glocal.corpus.tables.address import letters
from glocal_kg._glocal.corpus.templates import ontology
from glocal_kg._glocal.corpus.templates.sheets import ABOUT, COLUMNS, HELP, LISTS
from glocal_kg._glocal.corpus.templates.template_sheets import (
    MORE_EXAMPLES,
    NAME,
    TemplateColumn,
    TemplateSheet,
    example,
    layouts,
)
from glocal_kg._rdf.arguments import path_of, takes
from glocal_kg._rdf.extras import need
from glocal_kg._rdf.writing.csv_text import csv_text
from glocal_kg.errors import GlocalError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from os import PathLike

    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

OWN = "https://w3id.org/glocal/import/own/"
_ROWS = 5000  # rows that have a drop-down
_PROMPT = 250  # characters that Excel shows when a cell is chosen
_NOTE = "Columns with * are required. Empty rows are left out; add no columns of your own."


@takes()
def template(path: str | PathLike[str], *, examples: bool = False) -> Path:
    """Write a template: a workbook for a path in .xlsx, else a folder of CSV; returns the path.

    ``examples`` fills in a few rows, which import without a finding. Raises ``GlocalError``
    where something is at the path already.
    """
    path = path_of("path", path)
    if path.exists() and not (path.is_dir() and not any(path.iterdir())):
        raise GlocalError(f"{path} is there already.", remedy="Name another file or folder.")
    made = layouts()
    if path.suffix.lower() == ".xlsx":
        _workbook(made, examples).save(path)
        return path
    if path.suffix:
        raise GlocalError(
            f"A template is no {path.suffix}.", remedy="Name a workbook (.xlsx), or a folder."
        )
    path.mkdir(parents=True, exist_ok=True)
    tables = {layout.name: _table(layout, examples) for layout in made}
    tables[HELP] = _help(made)
    tables[ABOUT] = _about()
    tables[COLUMNS.strip("_")] = _columns(made)
    for name, rows in tables.items():
        text = csv_text(rows, line_end="\r\n")  # as spreadsheets write it
        (path / f"{name}.csv").write_text(text, encoding="utf-8-sig", newline="")
    return path


def _table(layout: TemplateSheet, examples: bool) -> list[list[str]]:
    rows = [[column.header for column in layout.columns]]
    if examples:
        rows.append([example(column) for column in layout.columns])
        for more in MORE_EXAMPLES.get(layout.name, ()):
            rows.append([_further(column, more) for column in layout.columns])
    return rows


def _further(column: TemplateColumn, more: dict[str, str]) -> str:
    """A value of a further row of examples; what is required has one in each row."""
    return more.get(column.given.header) or (example(column) if column.required else "")


def _help(made: list[TemplateSheet]) -> list[list[str]]:
    rows = [["sheet", "column", "required", "what to write", "example", "values"]]
    for layout in made:
        rows.append([layout.name, "", "", layout.told, "", ""])
        for column in layout.columns:
            values = "; ".join(column.choices)
            required = "yes" if column.required else ""
            header = column.given.header
            rows.append([layout.name, header, required, column.help, example(column), values])
    return rows


def _about() -> list[list[str]]:
    return [
        ["what", "value", "note"],
        ["template", ontology.version(), "The edition it was made from; leave it as it is."],
        ["language", "en", "The language of names and descriptions, as en, it or fr."],
        ["address", OWN, "What the addresses of your things begin with; end it in /."],
        ["note", _NOTE, ""],
    ]


def _columns(made: list[TemplateSheet]) -> list[list[str]]:
    """Which property each column is: by this an older template is understood."""
    return [["sheet", "column", "property"]] + [
        [layout.name, column.given.header, column.given.property]
        for layout in made
        for column in layout.columns
    ]


def _workbook(made: list[TemplateSheet], examples: bool) -> Workbook:
    need("openpyxl", "import", "A workbook", "name a folder for CSV files")
    import openpyxl
    from openpyxl.styles import Alignment, Font

    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    lists = book.create_sheet(LISTS)
    lists.sheet_state = "hidden"
    for layout in made:
        _sheet(book.create_sheet(layout.name, len(book.sheetnames) - 1), lists, layout, examples)
    hidden = book.create_sheet(COLUMNS)
    hidden.sheet_state = "hidden"
    for row in _columns(made):
        hidden.append(row)
    for name, rows in ((HELP, _help(made)), (ABOUT, _about())):
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        for cell in sheet[1]:
            cell.font = Font(bold=True)
        for column, width in zip("ABCDEF", (14, 18, 10, 70, 26, 60), strict=True):
            sheet.column_dimensions[column].width = width if name == HELP else 40
        for cells in sheet.iter_rows(min_row=2):
            for cell in cells:
                cell.alignment = Alignment(wrap_text=True, vertical="top")
    book.active = 0
    return book


def _sheet(sheet: Worksheet, lists: Worksheet, layout: TemplateSheet, examples: bool) -> None:
    from openpyxl.styles import Font, PatternFill

    for row in _table(layout, examples):
        sheet.append(row)
    sheet.freeze_panes = "A2"
    for number, column in enumerate(layout.columns):
        letter = letters(number)
        cell = sheet[f"{letter}1"]
        cell.font = Font(bold=True)
        color = "F9DC9C" if column.required else "DCE9F5"
        cell.fill = PatternFill("solid", fgColor=color)
        sheet.column_dimensions[letter].width = 34 if column.given.header == NAME else 20
        for row_cell in sheet[letter][1:]:
            row_cell.number_format = "@"  # what is typed is kept as it is
        _validation(sheet, lists, letter, column)


def _validation(sheet: Worksheet, lists: Worksheet, letter: str, column: TemplateColumn) -> None:
    """A drop-down from the hidden sheet of lists, and help when a cell is chosen."""
    from openpyxl.worksheet.datavalidation import DataValidation

    told = column.help if len(column.help) <= _PROMPT else f"{column.help[: _PROMPT - 1]}…"
    if column.choices:
        place = letters(_next_column(lists))
        cells = [f"{sheet.title} {column.given.header}", *column.choices]
        for row, text in enumerate(cells, 1):
            lists[f"{place}{row}"] = text
        # A list typed into the validation itself breaks past 255 characters.
        area = f"{LISTS}!${place}$2:${place}${len(cells)}"
        rule = DataValidation(type="list", formula1=area, allow_blank=True)
        if column.given.many:
            rule.errorStyle = "warning"  # several values, parted by a mark, are in no list
        rule.error = "Choose from the list."
        rule.showErrorMessage = True
    else:
        rule = DataValidation(allow_blank=True)
    rule.promptTitle = column.header[:32]
    rule.prompt = told
    rule.showInputMessage = True
    sheet.add_data_validation(rule)
    rule.add(f"{letter}2:{letter}{_ROWS}")


def _next_column(lists: Worksheet) -> int:
    """The first free column of the sheet of lists, from 0."""
    number = 0
    while lists.cell(1, number + 1).value is not None:
        number += 1
    return number
