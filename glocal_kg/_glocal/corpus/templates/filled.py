"""A filled template: known by its headers, read by the mapping it was made from."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import NamedTuple

from glocal_kg._glocal.corpus.tables import Book, Sheet, read_book
from glocal_kg._glocal.corpus.tables.address import address
from glocal_kg._glocal.corpus.tables.cell import Trouble
from glocal_kg._glocal.corpus.templates import ontology
from glocal_kg._glocal.corpus.templates.asmapping import mapping_of_layouts
from glocal_kg._glocal.corpus.templates.sheets import ABOUT, COLUMNS
from glocal_kg._glocal.corpus.templates.template_files import OWN
from glocal_kg._glocal.corpus.templates.template_sheets import TemplateSheet, layouts
from glocal_kg._rdf.languages import language_fault
from glocal_kg.errors import GlocalError, ReadError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from glocal_kg._glocal.corpus.mapping import Mapping

_ALIKE = 0.5  # share of the columns of a sheet that must be known


class Moved(NamedTuple):
    """A column of an older template that has another name today, or is no more."""

    sheet: str
    cell: str
    value: str
    suggestion: str


def filled_template(path: Path) -> tuple[Book, Mapping, list[Moved]]:
    """The book, its mapping, and what moved since the template was made.

    ``path`` is a workbook, a folder of CSV, or one file of such a folder. Raises
    ``GlocalError`` for what is no template, or says a language or address that is none.
    """
    book = _folder(path) if path.is_dir() else read_book(path)
    about = _pairs(book, ABOUT)
    properties = _properties(book)
    moved: list[Moved] = []
    headers: dict[str, dict[str, str]] = {}
    made = layouts()
    if len(book.sheets) == 1:
        _name_by_header(book.sheets[0], made)
    for layout in made:
        sheet = book.sheet(layout.name)
        if sheet is not None:
            headers[layout.name] = _headers(sheet, layout, properties, about, moved)
    headers = {name: found for name, found in headers.items() if found}
    if not headers:
        names = ", ".join(layout.name for layout in made)
        raise GlocalError(
            f"{path.name} is no filled template, so it needs a mapping.",
            remedy=f"Write one with --draft; sheets of a template are {names}.",
        )
    if book.sheet(ABOUT) is None:
        book.troubles.append(
            Trouble(
                "about-missing", value=ABOUT,
                suggestion=f"Texts are taken as English, and addresses begin with {OWN}.",
            )
        )  # fmt: skip
    base = about.get("address", OWN) or OWN
    if not base.endswith(("/", "#")) or ":" not in base:
        raise GlocalError(
            f"The address '{base}' in the sheet {ABOUT} cannot begin addresses.",
            remedy="Write an IRI that ends in /.",
        )
    language = _language(book)
    mapping = mapping_of_layouts(made, headers, language, base)
    return book, mapping, moved


def _headers(
    sheet: Sheet,
    layout: TemplateSheet,
    properties: dict[tuple[str, str], str],
    about: dict[str, str],
    moved: list[Moved],
) -> dict[str, str]:
    """The header in the file of each column of today that the sheet has."""
    today = {column.given.header: column for column in layout.columns}
    found: dict[str, str] = {}
    version = about.get("template", "")
    told = f"of edition {version}" if version else "of an older edition"
    for number, written in enumerate(_first_row(sheet)):
        plain = written.rstrip("* ").strip()
        if not plain:
            continue
        if plain in today:
            found[plain] = written
            continue
        property_ = properties.get((layout.name, plain), "")
        property_ = ontology.renamed().get(property_, property_)
        now = [
            header
            for header, column in today.items()
            if property_ and column.given.property == property_ and header not in found
        ]
        cell = address(1, number)
        if now:
            found[now[0]] = written
            moved.append(
                Moved(
                    layout.name, cell, plain, f"The column {told} is '{now[0]}' today; it was read."
                )
            )
        elif property_:
            gone = f"The column {told} is no more; it was not read."
            moved.append(Moved(layout.name, cell, plain, gone))
    return found


def _name_by_header(sheet: Sheet, made: list[TemplateSheet]) -> None:
    """Name one table of a template by itself, which may have any name, as its header says."""
    shares = {layout.name: _known(sheet, layout) for layout in made}
    best = max(shares, key=lambda name: (shares[name], name == sheet.name))
    if shares[best] >= _ALIKE:
        sheet.name = best


def _known(sheet: Sheet, layout: TemplateSheet) -> float:
    """Which share of the required and other columns of a layout a sheet has."""
    names = {name.rstrip("* ").strip() for name in _first_row(sheet)}
    wanted = {column.given.header for column in layout.columns}
    return len(names & wanted) / len(wanted)


def _first_row(sheet: Sheet) -> list[str]:
    if sheet.header is not None:
        return list(sheet.header)
    return next(([cell.text.strip() for cell in row.cells] for row in sheet.rows()), [])


def _pairs(book: Book, name: str) -> dict[str, str]:
    sheet = book.sheet(name)
    if sheet is None:
        return {}
    return {row.cell(0).text.strip(): row.cell(1).text.strip() for row in sheet.rows()}


def _language(book: Book) -> str:
    """The language of the texts, as the template says it. Raises ``ReadError`` for none."""
    sheet = book.sheet(ABOUT)
    for row in sheet.rows() if sheet else ():
        tag = row.cell(1).text.strip()
        if row.cell(0).text.strip() != "language":
            continue
        if tag and (fault := language_fault(tag)):
            raise ReadError(
                f"'{tag}' in cell B{row.number} is no language tag: {fault}.",
                source=f"{book.name}, sheet {ABOUT}",
                remedy="Write a tag of BCP 47, as it, en or pt-BR.",
            )
        return tag
    return "en"


def _properties(book: Book) -> dict[tuple[str, str], str]:
    """The property of each column when the template was made, by sheet and header."""
    sheet = book.sheet(COLUMNS) or book.sheet(COLUMNS.strip("_"))
    if sheet is None:
        return {}
    return {
        (row.cell(0).text, row.cell(1).text): row.cell(2).text
        for row in sheet.rows()
        if row.cell(2).text
    }


def _folder(path: Path) -> Book:
    """The CSV files of a folder as the sheets of one book."""
    files = sorted(path.glob("*.csv"))
    if not files:
        raise GlocalError(f"The folder {path} holds no .csv.", remedy="Check the path.")
    books = [read_book(file) for file in files]
    total = hashlib.sha256("".join(book.sha256 for book in books).encode()).hexdigest()
    sheets = [sheet for book in books for sheet in book.sheets]
    troubles = [trouble._replace(sheet=book.stem) for book in books for trouble in book.troubles]
    return Book(path, "csv", total, sheets, troubles, delimiter=books[0].delimiter)
