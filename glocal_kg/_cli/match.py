"""``glocal match``: the places of a list, looked up in a gazetteer."""

from __future__ import annotations

import os

from glocal_kg._cli.common import on_terminal, tell, write
from glocal_kg._cli.options import Given, Option, Verb
from glocal_kg._cli.progress import Progress
from glocal_kg._rdf.counted import counted
from glocal_kg._rdf.writing.csv_text import csv_text
from glocal_kg._rdf.writing.whole_file import write_whole
from glocal_kg.errors import GlocalError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from glocal_kg._glocal.corpus.matching import Match, Wanted

VERB = Verb(
    "match TABLE [options]",
    "Look the places of a table up in a gazetteer, by name, country, coordinate and population.\n"
    "Each is accepted, offered (it is for you to decide) or refused, with score and reasons.",
    "glocal match cities.csv --name city --country country --review review.csv",
    [
        Option("--name", "the column of names (default: name)", value="COLUMN"),
        Option("--country", "the column of countries (default: country)", value="COLUMN"),
        Option("--latitude", "the column of latitudes (default: latitude)", value="COLUMN"),
        Option("--longitude", "the column of longitudes (default: longitude)", value="COLUMN"),
        Option("--population", "the column of populations (default: population)", value="COLUMN"),
        Option("--year", "the column of the time the name is of (default: year)", value="COLUMN"),
        Option("--gazetteer", "a table of places instead of the packaged one", value="FILE"),
        Option(
            "--review",
            "decisions: read where it is there, and written again",
            value="FILE",
            writes=True,
        ),
    ],
    least=1,
    most=1,
)
_WORDS = ("name", "country", "latitude", "longitude", "population", "year")
_MEASURED = ("latitude", "longitude", "population")
_COLUMNS = ("row", "name", "country", "verdict", "why", "score", "place", "place name", "reasons")


def run(given: Given) -> int:
    """Match, and write a row for each place."""
    from glocal_kg._glocal.corpus.matching import match_places, read_review, review_table

    review = given.one("review")
    with Progress() as progress:
        progress.tell("reading")
        rows, wanted = _wanted(given)
        decisions = read_review(review) if review and os.path.exists(review) else {}
        found = match_places(
            wanted,
            given.one("gazetteer") or None,
            decisions,
            lambda done: progress.tell(f"matching: {done:,} of {len(wanted):,}"),
        )
    if review:
        write_whole(review, review_table(found, decisions))
    write(_table(rows, found))
    if on_terminal():
        verdicts = [match.verdict for match in found]
        counts = ", ".join(f"{verdicts.count(v)} {v}" for v in ("accepted", "offered", "refused"))
        write(f"\n{counts}")
    return 0


def _wanted(given: Given) -> tuple[list[int], list[Wanted]]:
    from glocal_kg._glocal.corpus.matching import Wanted
    from glocal_kg._glocal.corpus.tables import SheetRow, read_book

    book = read_book(given.arguments[0])
    sheet = next((sheet for sheet in book.sheets if not sheet.hidden), book.sheets[0])
    rows = sheet.rows()
    header = list(sheet.header) if sheet.header is not None else [
        cell.text.strip() for cell in next(rows, SheetRow(1, [])).cells
    ]  # fmt: skip
    at: dict[str, int | None] = {}
    for word in _WORDS:
        column = given.one(word, word)
        at[word] = header.index(column) if column in header else None
        if at[word] is None and (word == "name" or given.has(word)):
            raise GlocalError(
                f"{book.name} has no column '{column}'.",
                remedy=f"Its columns are {', '.join(header)}; say --{word} COLUMN.",
            )
    numbers, wanted = [], []
    odd: dict[str, list[str]] = {}
    for row in rows:
        texts = {
            word: row.cell(column).text.strip() if column is not None else ""
            for word, column in at.items()
        }
        if texts["name"]:
            numbers.append(row.number)
            measured = {word: _number(texts[word]) for word in _MEASURED}
            for word, number in measured.items():
                if number is None and texts[word]:
                    odd.setdefault(word, []).append(f"'{texts[word]}' in row {row.number}")
            latitude, longitude, population = (measured[word] for word in _MEASURED)
            year = int(texts["year"][:4]) if texts["year"][:4].isdigit() else None
            wanted.append(
                Wanted(texts["name"], texts["country"], latitude, longitude, population, year)
            )
    for word, places in odd.items():
        tell(
            f"{counted(len(places), 'cell')} of {word} not used: {places[0]} is no number. Write it"
            " with a point as the decimal mark and nothing between thousands."
        )
    return numbers, wanted


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _table(rows: list[int], found: list[Match]) -> str:
    table: list[list[object]] = [[*_COLUMNS]]
    for row, match in zip(rows, found, strict=True):
        best = match.best
        told = ["", "", "", ""]
        if best is not None:
            told = [f"{best.score:.3f}", best.place.iri, best.place.name, "; ".join(best.reasons)]
        wanted = match.wanted
        table.append([row, wanted.name, wanted.country, match.verdict, match.why, *told])
    return csv_text(table)
