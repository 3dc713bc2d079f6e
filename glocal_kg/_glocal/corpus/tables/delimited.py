"""Delimited text: CSV and TSV in the encodings and with the marks that people's tools write."""

from __future__ import annotations

import csv
import io

from glocal_kg._glocal.corpus.tables.cell import Book, Sheet, SheetRow, Trouble, text_cell
from glocal_kg._rdf.escaping import file_stem
from glocal_kg.errors import ReadError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MARKS = ",;\t|"
_SAMPLE = 100_000  # characters looked at to find the mark between cells
_LONGEST = 1_000_000  # characters in a cell; csv's own limit is 131,072


def read(path: Path, data: bytes, sha256: str, encoding: str | None, delimiter: str | None) -> Book:
    """A book of one sheet, named as the file is.

    ``encoding`` and ``delimiter`` say how to read it; where None, both are found out, and
    whatever could be read otherwise is a trouble. Raises ``ReadError``.
    """
    troubles: list[Trouble] = []
    text, found = decode(path, data, encoding, troubles)
    if "\x00" in text:
        raise ReadError(
            "The file holds a NUL character, which no text has.",
            source=str(path),
            line=text.count("\n", 0, text.index("\x00")) + 1,
            remedy="Remove it, or name the encoding in the mapping (encoding: utf-16-le).",
        )
    if not text.strip():  # of a byte order mark alone, too
        raise ReadError("The file is empty.", source=str(path), remedy="Check the path.")
    mark = delimiter or _delimiter(path, text, troubles)

    def rows() -> Iterator[SheetRow]:
        csv.field_size_limit(_LONGEST)
        number = 0
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
        try:
            for number, record in enumerate(reader, 1):
                yield SheetRow(number, [text_cell(value) for value in record])
        except csv.Error as error:
            raise ReadError(
                f"The row that follows row {number} cannot be read: {error}.",
                source=str(path),
                line=reader.line_num,
                remedy="Look for a quotation mark that is not closed, or not doubled.",
            ) from None

    sheets = [Sheet(file_stem(path), rows, about=text.count("\n"))]
    return Book(path, "csv", sha256, sheets, troubles, encoding=found, delimiter=mark)


def decode(
    path: Path, data: bytes, encoding: str | None, troubles: list[Trouble]
) -> tuple[str, str]:
    """The text of a file and the encoding it was read with.

    A byte order mark is believed; UTF-8 is strict enough to be recognized. What is neither is
    read as Windows-1252 or Latin-1, and said so, for no file tells which of the two it is.
    """
    if encoding is not None:
        named = "utf-8-sig" if encoding.lower().replace("_", "-") in ("utf-8", "utf8") else encoding
        try:
            return data.decode(named).removeprefix("\ufeff"), named
        except LookupError:
            problem, remedy = "is no encoding that is known here", "Write utf-8 or latin-1, say."
        except UnicodeDecodeError as error:
            problem = f"cannot decode byte {error.start} (0x{data[error.start]:02X})"
            remedy = "Correct encoding: in the mapping, or leave it out to have it found."
        raise ReadError(f"{encoding} {problem}.", source=str(path), remedy=remedy) from None
    for mark, name in (
        (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if data.startswith(mark):
            try:
                return data.decode(name), name
            except UnicodeDecodeError as error:
                raise ReadError(
                    f"The file begins as {name} does, but byte {error.start} is not of it.",
                    source=str(path),
                    remedy="Save it anew as UTF-8.",
                ) from None
    head = data[:4000]
    if head.count(0) > len(head) // 4:  # UTF-16 without its mark: every other byte of ASCII is 0
        name = "utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be"
        troubles.append(Trouble("encoding-guessed", value=name, suggestion=f"encoding: {name}"))
        return data.decode(name, errors="strict"), name
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        # Latin-1 has control characters where Windows-1252 has quotation marks and the euro.
        name = "cp1252" if any(0x80 <= byte <= 0x9F for byte in data) else "latin-1"
        near = data[max(0, error.start - 12) : error.start + 12]
    try:
        text = data.decode(name)
    except UnicodeDecodeError:
        name, text = "latin-1", data.decode("latin-1")
    shown = near.decode(name, errors="replace").strip()
    troubles.append(Trouble("encoding-guessed", value=shown, suggestion=f"encoding: {name}"))
    return text, name


def _delimiter(path: Path, text: str, troubles: list[Trouble]) -> str:
    """The mark between cells: the one by which the first rows have most cells, all as many."""
    if path.suffix.lower() in (".tsv", ".tab"):
        return "\t"
    sample = text[:_SAMPLE]
    scores = []
    for mark in MARKS:
        counts = []
        reader = csv.reader(io.StringIO(sample, newline=""), delimiter=mark)
        try:
            for record in reader:
                if record:
                    counts.append(len(record))
                if len(counts) == 50:
                    break
        except csv.Error:
            continue
        if counts and counts[0] > 1:
            alike = sum(count == counts[0] for count in counts) / len(counts)
            scores.append((alike, counts[0], mark))
    scores.sort(reverse=True)
    if not scores:
        return ","
    best = scores[0]
    if len(scores) > 1 and scores[1][0] == best[0]:
        other = scores[1][2]
        troubles.append(
            Trouble(
                "delimiter-guessed",
                value=best[2],
                suggestion=f'delimiter: "{best[2]}" (or "{other}", which fits as well)',
            )
        )
    return best[2]
