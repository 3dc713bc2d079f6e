"""The rules of an import: what each finds, how grave it is, and where it is explained."""

from __future__ import annotations

from typing import Literal, NamedTuple

Level = Literal["error", "question", "warning", "note"]

# error: cannot be what its column says; question: can be read in two ways. Rows with either
# are set aside. warning: imported, and worth a look; note: what was done, for the record.
LEVELS: tuple[Level, ...] = ("error", "question", "warning", "note")


class Rule(NamedTuple):
    """A rule: the level of its findings, and what it expects."""

    level: Level
    expected: str


RULES: dict[str, Rule] = {
    # The file
    "encoding-guessed": Rule("warning", "UTF-8, or an encoding named in the mapping"),
    "delimiter-guessed": Rule("warning", "one mark that splits every row alike"),
    "column-missing": Rule("error", "the columns the mapping names"),
    "column-twice": Rule("error", "one column of that name"),
    "column-moved": Rule("warning", "the columns of today's template"),
    "about-missing": Rule("note", "the sheet of a template that says language and address"),
    "not-imported": Rule("note", "columns and sheets that the mapping names"),
    "hidden-column": Rule("warning", "columns that a reader of the sheet sees"),
    "hidden-sheet": Rule("warning", "a sheet that a reader of the workbook sees"),
    "hidden-row": Rule("question", "rows that a reader of the sheet sees"),
    "no-rows": Rule("warning", "rows below the header"),
    "header-again": Rule("error", "one header"),
    "beyond-header": Rule("error", "no cells to the right of the header"),
    "short-row": Rule("warning", "as many cells as the header has"),
    # The cell
    "error-cell": Rule("error", "a value"),
    "uncomputed": Rule("error", "a formula with its result stored"),
    "merged": Rule("question", "a cell of its own"),
    "required": Rule("error", "a value"),
    "not-a-number": Rule("error", "a number"),
    "not-whole": Rule("error", "a whole number"),
    "number-unclear": Rule("question", "a number whose marks can be read in one way"),
    "not-a-date": Rule("error", "a date as 2003-02-01"),
    "date-unclear": Rule("question", "a date that can be read in one way"),
    "not-a-year": Rule("error", "a year as 2003"),
    "not-true-or-false": Rule("error", "true or false"),
    "not-listed": Rule("error", "a value of the list"),
    "not-in-form": Rule("error", "a text in the form that the mapping says"),
    "not-an-address": Rule("error", "a web address or an IRI"),
    "out-of-range": Rule("error", "a value within the limits"),
    "placeholder": Rule("warning", "a value, not a word for none"),
    "invisible-mark": Rule("warning", "text without invisible characters"),
    "spaces": Rule("note", "text without spaces around it"),
    # Things
    "key-incomplete": Rule("error", "all cells that name the thing"),
    "link-unknown": Rule("error", "the name of a thing of this import or graph"),
    "name-twice": Rule("error", "a name of one thing alone"),
    "country-of-no-place": Rule("warning", "a country of a city or place"),
    "two-of-one-name": Rule("warning", "one place for one name"),
    "place-unclear": Rule("question", "a coordinate that says which place of this name"),
    "repeated": Rule("note", "each fact once"),
    "conflict": Rule("warning", "one value in all rows of a thing"),
    "identifier-shared": Rule("warning", "an identifier of one thing alone"),
    "to-itself": Rule("error", "two different partners"),
    "ends-before-start": Rule("error", "an end that is not before the beginning"),
    "one-name-two-spellings": Rule("warning", "one spelling of one city"),
    "known-elsewhere": Rule("note", "one thing for one place in all files"),
    # Places
    "two-countries": Rule("warning", "one country for one place"),
    "swapped": Rule("warning", "latitude and longitude in their own columns"),
    "lost-sign": Rule("warning", "a minus sign for south and west"),
    "whole-degrees": Rule("warning", "coordinates finer than a degree"),
    "country-center": Rule("warning", "the place's own coordinate"),
    "one-point": Rule("warning", "a coordinate for each place"),
    "outside-country": Rule("warning", "a coordinate in the country that is named"),
    "half-coordinate": Rule("error", "latitude and longitude together"),
    "country-unknown": Rule("warning", "the name of a country"),
    "country-absent": Rule("warning", "a country; this is Wikidata's mark for a value not known"),
    "country-former": Rule("note", "a country of today"),
    "country-before-it-was": Rule("warning", "a state that existed at the date"),
    "match-offered": Rule("warning", "a place of the gazetteer that is certain"),
    "not-in-gazetteer": Rule("note", "a place of the gazetteer"),
}


def page(rule: str) -> str:
    """Where a rule is explained.

    >>> page("error-cell")
    'docs/your-data.md#error-cell'
    """
    return f"docs/your-data.md#{rule}"
