"""Names of columns as a header shows them, where its cells are merged."""

from __future__ import annotations

from glocal_kg._glocal.corpus.tables.address import address, corners

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from glocal_kg._glocal.corpus.tables.cell import Sheet, SheetRow


def named_rows(sheet: Sheet, last: int) -> Iterator[tuple[SheetRow, list[str]]]:
    """The rows up to one, with the names that columns have if the row is the header.

    What a merged cell covers is named after it: as itself where it lies below it, and with its
    number where it lies beside it, ``City (2)``.
    """
    starts = {area.partition(":")[0] for area in sheet.merged}
    firsts: dict[str, str] = {}
    for row in sheet.rows():
        if row.number > last:
            return
        names = []
        for column, cell in enumerate(row.cells):
            name = " ".join(cell.text.split())
            if cell.kind == "covered":
                first, beside = firsts.get(name, ""), column - corners(name)[1]
                name = f"{first} ({beside + 1})" if first and beside else first
            elif starts and address(row.number, column) in starts:
                firsts[address(row.number, column)] = name
            names.append(name)
        yield row, names
