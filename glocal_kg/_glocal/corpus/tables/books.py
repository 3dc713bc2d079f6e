"""One door for files of tables: the format by the file's ending and its first bytes."""

from __future__ import annotations

import hashlib
from pathlib import Path

from glocal_kg.errors import ReadError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from os import PathLike

    from glocal_kg._glocal.corpus.tables.cell import Book

FORMATS = {
    ".csv": "csv",
    ".tsv": "csv",
    ".tab": "csv",
    ".txt": "csv",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".ods": "ods",
    ".json": "json",
    ".geojson": "json",
    ".yaml": "yaml",
    ".yml": "yaml",
}


_TABBED = (".tsv", ".tab")  # of these the ending says what stands between cells


def written_like(book: Book, path: Path) -> Path:
    """Where rows of a book are written, with an ending by which they are read as they are.

    That of another table is replaced; any other is part of the name.

    >>> from glocal_kg._glocal.corpus.tables.cell import Book
    >>> workbook = Book(Path("twins.xlsx"), "xlsx", "", [])
    >>> [written_like(workbook, Path(name)).name for name in ("rest.csv", "rest.2024")]
    ['rest.xlsx', 'rest.2024.xlsx']
    """
    if book.format != "csv":
        return with_ending(path, ".xlsx" if book.format in ("xlsx", "ods") else ".json")
    if len(book.sheets) > 1:
        return with_ending(path, "")
    own = book.path.suffix.lower()
    return with_ending(path, own, *(_TABBED if own in _TABBED else (".csv", ".txt")))


def with_ending(path: Path, first: str, *others: str) -> Path:
    """The path with one of these endings: the first, where it has none of them."""
    if path.suffix.lower() in (first, *others):
        return path
    bare = path.with_suffix("") if path.suffix.lower() in FORMATS else path
    return bare.with_name(bare.name + first)


def read_book(
    path: str | PathLike[str], *, encoding: str | None = None, delimiter: str | None = None
) -> Book:
    """The sheets of a file of CSV, TSV, XLSX, ODS, JSON or YAML.

    ``encoding`` and ``delimiter`` are for delimited text, and found out where None. Raises
    ``ReadError`` for a file that is missing, of no known format, or broken.
    """
    path = Path(path)
    source = str(path)
    kind = FORMATS.get(path.suffix.lower())
    if kind is None:
        known = ", ".join(sorted(FORMATS))
        old = " Save the old .xls as .xlsx." if path.suffix.lower() == ".xls" else ""
        raise ReadError(
            f"The ending '{path.suffix}' is of no table that is read here.",
            source=source,
            remedy=f"Endings are {known}.{old}",
        )
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ReadError(
            f"The file cannot be read: {error.strerror}.", source=source, remedy="Check the path."
        ) from None
    if not data.strip():
        raise ReadError("The file is empty.", source=source, remedy="Check the path.")
    sha256 = hashlib.sha256(data).hexdigest()
    if kind in ("xlsx", "ods") and data.startswith(b"\xd0\xcf\x11\xe0"):
        raise ReadError(
            "The workbook is locked with a password, or an old .xls.",
            source=source,
            remedy="Open it in a spreadsheet program and save it as .xlsx without a password.",
        )
    if kind in ("xlsx", "ods") and not data.startswith(b"PK"):
        raise ReadError(
            f"The file is called {path.suffix} but is no such workbook.",
            source=source,
            remedy="Save it as a workbook, or give it the ending of what it is.",
        )
    if kind == "csv" and data.startswith(b"PK\x03\x04"):
        raise ReadError(
            "The file is a workbook, not delimited text.",
            source=source,
            remedy="Give it the ending .xlsx or .ods.",
        )
    if kind == "csv":
        from glocal_kg._glocal.corpus.tables import delimited

        return delimited.read(path, data, sha256, encoding, delimiter)
    if kind == "xlsx":
        from glocal_kg._glocal.corpus.tables import workbook

        return workbook.read(path, data, sha256)
    if kind == "ods":
        from glocal_kg._glocal.corpus.tables import opendocument

        return opendocument.read(path, data, sha256)
    from glocal_kg._glocal.corpus.tables import nested

    return nested.read(path, data, sha256, kind, encoding)
