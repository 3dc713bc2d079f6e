"""Rows of several kinds in one sheet: a row of which the mapping makes nothing is told."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from glocal_kg._glocal.corpus.importing.cells import CellReader
    from glocal_kg._glocal.corpus.importing.plan import Plan
    from glocal_kg._glocal.corpus.tables import Cell, SheetRow


class RowKinds:
    """Knows, by column, the words by which ``where:`` of a mapping tells rows apart."""

    def __init__(self, reader: CellReader, plans: list[Plan]) -> None:
        self._reader = reader
        self._words: dict[int, dict[str, str]] = {}  # folded, and as the mapping has them
        for plan in plans:
            for (column, _), (_, words) in zip(plan.where, plan.thing.where, strict=True):
                known = self._words.setdefault(column, {})
                known.update((word.casefold(), word) for word in words)

    def look(self, row: SheetRow, cells: dict[int, Cell | None]) -> None:
        """Tell of a word that no ``where:`` has."""
        for column, words in self._words.items():
            cell = cells[column]
            if cell is not None and cell.text.casefold() not in words:
                self._reader.add(
                    row, column, "not-listed", value=cell.text,
                    expected=" or ".join(words.values()),
                    suggestion="Correct it, or name it under where: in the mapping.",
                )  # fmt: skip
