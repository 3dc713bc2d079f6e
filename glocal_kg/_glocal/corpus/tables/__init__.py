"""Tables of any format as rows of cells, where a cell means what it shows."""

from glocal_kg._glocal.corpus.tables.cell import EMPTY, Book, Cell, Sheet, SheetRow, Trouble
from glocal_kg._glocal.corpus.tables.reading import read_book

__all__ = ["EMPTY", "Book", "Cell", "Sheet", "SheetRow", "Trouble", "read_book"]
