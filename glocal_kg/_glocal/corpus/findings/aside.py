"""The rows that were set aside, in a file that imports alone once it is corrected."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from glocal_kg._glocal.corpus.tables import Book, Cell, Sheet


def set_aside(
    book: Book, rows: Mapping[str, set[int]], headers: Mapping[str, int], path: str | Path
) -> Path:
    """Write rows of sheets (by name: their numbers) as the file had them; returns the path.

    ``headers`` has the row of each sheet's header, 0 for none; what stands above the header
    and the header itself are written too, so that the same mapping reads the new file.
    Delimited text stays so, workbooks become XLSX, lists JSON.
    """
    path = Path(path)
    wanted = {sheet.name: rows[sheet.name] for sheet in book.sheets if rows.get(sheet.name)}
    if book.format == "csv":
        name, only = next(iter(wanted)), book.sheets[0]
        out = io.StringIO(newline="")
        writer = csv.writer(out, delimiter=book.delimiter, lineterminator="\n")
        for row in only.rows():
            if row.number <= headers[name] or row.number in wanted[name]:
                writer.writerow([cell.text for cell in row.cells])
        encoding = "utf-8" if book.encoding.startswith("utf") else book.encoding
        path.write_text(out.getvalue(), encoding=encoding, newline="")
    elif book.format == "xlsx":
        path = path.with_suffix(".xlsx")
        _workbook(book, wanted, headers, path)
    elif book.format == "ods":
        path = path.with_suffix(".xlsx")
        _from_texts(book, wanted, headers, path)
    else:
        path = path.with_suffix(".json")
        lists = [
            f"{json.dumps(name, ensure_ascii=False)}: [\n"
            + ",\n".join(_objects(sheet, numbers))
            + "\n]"
            for name, numbers in wanted.items()
            if (sheet := book.sheet(name)) is not None
        ]
        path.write_text("{" + ",\n".join(lists) + "}\n", encoding="utf-8")
    return path


def _workbook(
    book: Book, wanted: dict[str, set[int]], headers: Mapping[str, int], path: Path
) -> None:
    """Values, formulas and formats as they are in the workbook."""
    import openpyxl

    source = openpyxl.load_workbook(io.BytesIO(book.path.read_bytes()))
    target = openpyxl.Workbook()
    target.remove(target.worksheets[0])
    for name, numbers in wanted.items():
        made = target.create_sheet(name)
        place = 0
        for number, row in enumerate(source[name].iter_rows(), 1):
            if number > headers[name] and number not in numbers:
                continue
            place += 1
            for cell in row:
                if cell.value is not None:
                    copy = made.cell(place, cell.column, cell.value)
                    copy.number_format = cell.number_format
    target.save(path)


def _from_texts(
    book: Book, wanted: dict[str, set[int]], headers: Mapping[str, int], path: Path
) -> None:
    import openpyxl

    target = openpyxl.Workbook()
    target.remove(target.worksheets[0])
    for name, numbers in wanted.items():
        made = target.create_sheet(name[:31])
        place = 0
        sheet = book.sheet(name)
        for row in sheet.rows() if sheet else ():
            if row.number > headers[name] and row.number not in numbers:
                continue
            place += 1
            for column, cell in enumerate(row.cells, 1):
                if cell.text:
                    made.cell(place, column, cell.text).data_type = "s"
    target.save(path)


def _objects(sheet: Sheet, numbers: set[int]) -> list[str]:
    """Rows as objects whose names are the paths of the columns, so that they read the same."""
    names = sheet.header or ()
    found = []
    for row in sheet.rows():
        if row.number in numbers:
            pairs = [
                f"{json.dumps(name, ensure_ascii=False)}: {_value(cell)}"
                for name, cell in zip(names, row.cells, strict=True)
                if cell.kind != "empty"
            ]
            found.append(" {" + ", ".join(pairs) + "}")
    return found


def _value(cell: Cell) -> str:
    if cell.kind in ("number", "boolean"):
        return cell.text
    if cell.kind == "list":
        return json.dumps(cell.parts, ensure_ascii=False)
    return json.dumps(cell.text, ensure_ascii=False)
