"""Ratings from tables: wide (a column for each rater) and long (a row for each rating).

A wide table has a column ``unit``, may have ``criterion``, and all others are raters. A long one
has ``unit``, ``rater`` and ``score``, and may have ``criterion``, ``evidence``, ``confidence``
and ``date``; other columns are not read. An empty cell is a missing rating; a sign for missing,
such as ``-``, must be named.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from os import PathLike
from pathlib import Path
from typing import Literal

from glocal_kg._glocal.ratings.calendar_dates import is_date
from glocal_kg._glocal.ratings.collecting import Gathering
from glocal_kg._glocal.ratings.ratings import Detail, Ratings
from glocal_kg._glocal.ratings.scale import Level, Scale, Score, scale_of
from glocal_kg._rdf.arguments import LIST, PAIRS, PATH, TEXT, TEXTS, Kind, every, takes
from glocal_kg.errors import ParameterError, ReadError

Form = Literal["wide", "long"]
GivenScale = Scale | str | Sequence[Score]

UNITS = ("unit", "practice", "item", "subject")
RATERS = ("rater", "coder", "judge")
SCORES = ("score", "rating", "value", "code")
_BESIDE = ("evidence", "confidence", "date")

_ROWS = every(PAIRS, "dictionaries")
_SOURCE = Kind(
    "a path, a DataFrame, or rows as dictionaries",
    lambda given: PATH.fits(given) or hasattr(given, "to_dict") or _ROWS.fits(given),
)
_SCALE = Kind(
    "a gk.Scale, text such as 1-5, values, or these by criterion",
    lambda given: TEXT.fits(given) or LIST.fits(given) or isinstance(given, Scale),
)


@takes(source=_SOURCE, scale=_SCALE.or_none(), unit=TEXT, rater=TEXT, score=TEXT, missing=TEXTS)
def read_ratings(
    source: str | PathLike[str] | Iterable[Mapping[str, object]],
    *,
    scale: GivenScale | Mapping[str, GivenScale] | None = None,
    level: Level = "ordinal",
    form: Form | None = None,
    unit: str = "",
    rater: str = "",
    score: str = "",
    missing: Sequence[str] = (),
    synthetic: bool = False,
) -> Ratings:
    """Read ratings from a CSV or TSV file, a pandas DataFrame, or rows as dictionaries.

    ``scale`` is a ``Scale``, a text such as ``1-5`` or ``low,middle,high``, the values in order,
    or a dictionary with one of these for each criterion; without it the values that occur are
    the scale, and the figures say so. ``level`` is that of scales which do not say theirs.
    ``form`` is told by the columns where it is not given; ``unit``, ``rater`` and ``score`` are
    columns that are called otherwise, and the last two are of a long table. ``missing``
    are signs that stand for no rating, beside the empty cell.

    Raises ``ReadError`` with file, line and value for what is not on the scale, is given twice
    or is no table of ratings; ``ParameterError`` for a scale that is none.

    >>> rows = [{"unit": "u1", "ann": 1, "bob": 2}, {"unit": "u2", "ann": 3, "bob": None}]
    >>> read_ratings(rows, scale="1-3")
    <Ratings: 3 ratings of 2 units by 2 raters on 1 criterion>
    """
    name, header, rows = _table(source)
    if form not in (None, "wide", "long"):
        raise ParameterError(f"A table has no form {form!r}.", remedy="Take 'wide' or 'long'.")
    columns = _Columns(name, header, form, {"unit": unit, "rater": rater, "score": score})
    scales = (
        {criterion: scale_of(one, level) for criterion, one in scale.items()}
        if isinstance(scale, Mapping)
        else None
        if scale is None
        else scale_of(scale, level)
    )
    gathering = Gathering(scales, level, name)
    nothing = {"", *(sign.strip() for sign in missing)}
    gathering.expect(name.strip() for name in columns.raters)
    for line, row in rows:
        columns.take(gathering, line, row, nothing)
    return gathering.ratings(synthetic=synthetic, sources=(name,) if name else ())


class _Columns:
    """Which column is what."""

    def __init__(
        self, source: str, header: Sequence[str], form: Form | None, given: Mapping[str, str]
    ) -> None:
        self.source = source
        self._spelled: dict[str, str] = {}  # raters, each as it was first written
        names = {name.strip().lower(): name for name in header}
        if len(names) < len(header):
            raise self._error("A column name stands twice.", 1, "Give each column a name.")
        unit, rater, score = (
            self._column(names, given[what], words)
            for what, words in (("unit", UNITS), ("rater", RATERS), ("score", SCORES))
        )
        if form == "wide" and (given["rater"] or given["score"]):
            raise self._error(
                "A wide table has a column for each rater, and none of raters or scores.",
                1,
                "Leave out rater and score, or take the form long.",
            )
        if unit is None:
            raise self._error(
                f"No column says which unit is rated; columns are {', '.join(header)}.",
                1,
                f"Say which (unit=, --unit COLUMN), or name one {' or '.join(UNITS)}.",
            )
        self.unit = unit
        self.criterion = names.get("criterion")
        self.long = form == "long" or (form is None and rater is not None and score is not None)
        named = rater is not None if score is None else rater is None and given["score"]
        if (self.long or (form is None and named)) and (rater is None or score is None):
            lacking = [what for what, one in (("rater", rater), ("score", score)) if one is None]
            raise self._error(
                f"No column says the {' and the '.join(lacking)}; columns are {', '.join(header)}.",
                1,
                f"Say which ({', '.join(f'{one}=, --{one} COLUMN' for one in lacking)}), or take "
                "the form wide where each rater has a column.",
            )
        self.rater, self.score = rater or "", score or ""
        self.beside = {word: names[word] for word in _BESIDE if word in names}
        taken = {self.unit, self.criterion}
        self.raters = [] if self.long else [name for name in header if name not in taken]
        if not self.long and not self.raters:
            raise self._error("The table has no column for a rater.", 1, "Add one for each rater.")

    def _column(self, names: Mapping[str, str], given: str, words: Sequence[str]) -> str | None:
        """The column that is given, or the first that has one of the words as its name."""
        if given and given.strip().lower() not in names:
            raise self._error(
                f"There is no column '{given}'; columns are {', '.join(names.values())}.",
                1,
                "Give one of these.",
            )
        wanted = [given.strip().lower()] if given else words
        return next((names[word] for word in wanted if word in names), None)

    def take(
        self, gathering: Gathering, line: int, row: Mapping[str, object], nothing: set[str]
    ) -> None:
        """Take the ratings of one row."""
        unit = _text(row.get(self.unit))
        given = {name: row.get(name) for name in ([self.score] if self.long else self.raters)}
        rated = {name: cell for name, cell in given.items() if _text(cell) not in nothing}
        if not rated:
            return
        if not unit:
            raise self._error(
                f"The row has ratings but no {self.unit}.", line, "Say what is rated."
            )
        criterion = _text(row.get(self.criterion)) if self.criterion else ""
        if self.criterion and not criterion:
            raise self._error("The row has ratings but no criterion.", line, "Say by what.")
        detail = self._detail(row, line) if self.long else None
        for name, cell in rated.items():
            rater = _text(row.get(self.rater)) if self.long else name.strip()
            if not rater:
                raise self._error("The row has a rating but no rater.", line, "Say whose it is.")
            known = self._spelled.setdefault(rater.casefold(), rater)
            if known != rater:
                raise self._error(
                    f"'{rater}' and '{known}' differ in capital letters alone.", line,
                    "Write both alike if they are one rater, or give them other names.",
                )  # fmt: skip
            value = cell.strip() if isinstance(cell, str) else cell
            gathering.add(unit, criterion, rater, value, line, detail)

    def _detail(self, row: Mapping[str, object], line: int) -> Detail:
        said = {word: _text(row.get(column)) for word, column in self.beside.items()}
        confidence = said.get("confidence", "")
        try:
            sure = float(confidence) if confidence else None
        except ValueError:
            sure = -1.0
        if sure is not None and not 0 <= sure <= 1:
            raise self._error(
                f"The confidence '{confidence}' is no number from 0 to 1.", line, "Such as 0.8."
            )
        date = said.get("date", "").removesuffix(" 00:00:00")
        if date and not is_date(date):
            raise self._error(f"The date '{date}' is none.", line, "Write 2026-11-30.")
        return Detail(said.get("evidence", ""), sure, date)

    def _error(self, message: str, line: int, remedy: str) -> ReadError:
        return ReadError(message, source=self.source or "ratings", line=line, remedy=remedy)


Rows = Iterator[tuple[int, Mapping[str, object]]]


def _table(
    source: str | PathLike[str] | Iterable[Mapping[str, object]],
) -> tuple[str, list[str], Rows]:
    """Name, header, and rows with the number of their line."""
    if isinstance(source, str | PathLike):
        return _file(Path(source))
    to_dict = getattr(source, "to_dict", None)  # a DataFrame, without importing pandas
    rows: list[Mapping[str, object]] = to_dict("records") if to_dict else list(source)
    header = list(dict.fromkeys(str(key) for row in rows for key in row))
    if not header:
        raise ReadError("The table is empty.", source="ratings", remedy="Give rows with ratings.")
    return "", header, ((line, row) for line, row in enumerate(rows, 2))


def _file(path: Path) -> tuple[str, list[str], Rows]:
    try:
        data = path.read_bytes()
        if data.startswith(b"PK\x03\x04"):
            raise ReadError(
                "The file is a workbook, and ratings are read from delimited text.",
                source=str(path),
                remedy="Save its sheet as CSV; a filled template is read by glocal import, and"
                " its ratings are rated from there: glocal rate -d corpus.trig.",
            )
        text = data.decode("utf-8-sig")
    except OSError as error:
        raise ReadError(
            f"The file cannot be read: {error.strerror}.",
            source=str(path),
            remedy="Check the path.",
        ) from error
    except UnicodeDecodeError as error:
        raise ReadError(
            f"Byte {error.start} is not UTF-8.", source=str(path), remedy="Save it as UTF-8."
        ) from error
    first = text.partition("\n")[0]
    delimiter = max(("\t", ";", ","), key=first.count) if first else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    header = next(reader, None)
    if not header:
        raise ReadError("The file is empty.", source=str(path), remedy="Check the path.")
    return path.name, header, _rows(path, header, reader)


def _rows(path: Path, header: list[str], reader: Iterator[list[str]]) -> Rows:
    line = 1
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise ReadError(
                f"The row cannot be read: {error}.", source=str(path), line=line + 1
            ) from error
        if cells is None:
            return
        start, line = line + 1, reader.line_num  # type: ignore[attr-defined]  # of csv's own reader
        if cells and len(cells) != len(header):
            raise ReadError(
                f"The row has {len(cells)} cells and the header {len(header)}.",
                source=str(path),
                line=start,
                remedy="Check its separators and quotes.",
            )
        if cells:
            yield start, dict(zip(header, cells, strict=True))


def _text(cell: object) -> str:
    """A cell as text; nothing where it is empty (None, or the nan and NaT of pandas)."""
    if cell is None or (isinstance(cell, float) and cell != cell):
        return ""
    shown = str(cell).strip()
    return "" if shown in ("<NA>", "NaT") and not isinstance(cell, str) else shown
