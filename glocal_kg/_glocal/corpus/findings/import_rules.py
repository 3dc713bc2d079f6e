"""The rules of an import: what each finds, how grave it is, and where it is explained."""

from __future__ import annotations

from typing import Literal, NamedTuple

Level = Literal["error", "question", "warning", "note"]

# error: cannot be what its column says; question: can be read in two ways. Rows with either
# are set aside. warning: imported, and worth a look; note: what was done, for the record.
LEVELS: tuple[Level, ...] = ("error", "question", "warning", "note")


class ImportRule(NamedTuple):
    """A rule: the level of its findings, and what it expects."""

    level: Level
    expected: str


RULES: dict[str, ImportRule] = {
    # The file
    "encoding-guessed": ImportRule("warning", "UTF-8, or an encoding named in the mapping"),
    "delimiter-guessed": ImportRule("warning", "one mark that splits every row alike"),
    "column-missing": ImportRule("error", "the columns the mapping names"),
    "column-twice": ImportRule("error", "one column of that name"),
    "column-moved": ImportRule("warning", "the columns of today's template"),
    "about-missing": ImportRule("note", "the sheet of a template that says language and address"),
    "not-imported": ImportRule("note", "columns and sheets that the mapping names"),
    "names-unchecked": ImportRule("note", "names of vocabularies that are known here"),
    "hidden-column": ImportRule("warning", "columns that a reader of the sheet sees"),
    "hidden-sheet": ImportRule("warning", "a sheet that a reader of the workbook sees"),
    "hidden-row": ImportRule("question", "rows that a reader of the sheet sees"),
    "no-rows": ImportRule("warning", "rows below the header"),
    "header-again": ImportRule("error", "one header"),
    "beyond-header": ImportRule("error", "no cells to the right of the header"),
    "short-row": ImportRule("warning", "as many cells as the header has"),
    # The cell
    "error-cell": ImportRule("error", "a value"),
    "uncomputed": ImportRule("error", "a formula with its result stored"),
    "merged": ImportRule("question", "a cell of its own"),
    "required": ImportRule("error", "a value"),
    "not-a-number": ImportRule("error", "a number"),
    "not-whole": ImportRule("error", "a whole number"),
    "number-unclear": ImportRule("question", "a number whose marks can be read in one way"),
    "not-a-date": ImportRule("error", "a date as 2003-02-01"),
    "date-unclear": ImportRule("question", "a date that can be read in one way"),
    "not-a-year": ImportRule("error", "a year as 2003"),
    "not-true-or-false": ImportRule("error", "true or false"),
    "not-listed": ImportRule("error", "a value of the list"),
    "not-in-form": ImportRule("error", "a text in the form that the mapping says"),
    "not-an-address": ImportRule("error", "a web address or an IRI"),
    "out-of-range": ImportRule("error", "a value within the limits"),
    "placeholder": ImportRule("warning", "a value, not a word for none"),
    "invisible-mark": ImportRule("warning", "text without invisible characters"),
    "time-left-out": ImportRule("warning", "a day without a time, which no fact here has"),
    "spaces": ImportRule("note", "text without spaces around it"),
    # Things
    "key-incomplete": ImportRule("error", "all cells that name the thing"),
    "without-name": ImportRule("warning", "a name of each thing"),
    "link-unknown": ImportRule("error", "the name of a thing of this import or graph"),
    "name-twice": ImportRule("error", "a name of one thing alone"),
    "country-of-no-place": ImportRule("warning", "a country of a city or place"),
    "two-of-one-name": ImportRule("warning", "one place for one name"),
    "place-unclear": ImportRule("question", "a coordinate that says which place of this name"),
    "repeated": ImportRule("note", "each fact once"),
    "conflict": ImportRule("warning", "one value in all rows of a thing"),
    "identifier-shared": ImportRule("warning", "an identifier of one thing alone"),
    "to-itself": ImportRule("error", "two different partners"),
    "ends-before-start": ImportRule("error", "an end that is not before the beginning"),
    "one-name-two-spellings": ImportRule("warning", "one spelling of one city"),
    "known-elsewhere": ImportRule("note", "one thing for one place in all files"),
    # Places
    "two-countries": ImportRule("warning", "one country for one place"),
    "swapped": ImportRule("warning", "latitude and longitude in their own columns"),
    "lost-sign": ImportRule("warning", "a minus sign for south and west"),
    "whole-degrees": ImportRule("warning", "coordinates finer than a degree"),
    "country-center": ImportRule("warning", "the place's own coordinate"),
    "one-point": ImportRule("warning", "a coordinate for each place"),
    "outside-country": ImportRule("warning", "a coordinate in the country that is named"),
    "half-coordinate": ImportRule("error", "latitude and longitude together"),
    "country-unknown": ImportRule("warning", "the name of a country"),
    "country-absent": ImportRule(
        "warning", "a country; this is Wikidata's mark for a value not known"
    ),
    "country-former": ImportRule("note", "a country of today"),
    "country-before-it-was": ImportRule("warning", "a state that existed at the date"),
    "match-offered": ImportRule("warning", "a place of the gazetteer that is certain"),
    "not-in-gazetteer": ImportRule("note", "a place of the gazetteer"),
}


def page(rule: str) -> str:
    """Where a rule is explained.

    >>> page("error-cell")
    'docs/your-data.md#error-cell'
    """
    return f"docs/your-data.md#{rule}"
