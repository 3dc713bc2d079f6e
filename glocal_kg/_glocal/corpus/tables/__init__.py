"""Tables of any format as rows of cells, where a cell means what it shows."""

from glocal_kg._glocal.corpus.tables.books import read_book
from glocal_kg._glocal.corpus.tables.cell import EMPTY, Book, Cell, Sheet, SheetRow, Trouble

__all__ = ["EMPTY", "Book", "Cell", "Sheet", "SheetRow", "Trouble", "read_book"]
