"""Ratings gathered one by one, with where each was found, so that a wrong one can be named."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from glocal_kg._glocal.ratings.ratings import Codes, Detail, Ratings
from glocal_kg._glocal.ratings.scale import Level, MixedValues, Scale, listed
from glocal_kg.errors import ReadError

Scales = Scale | Mapping[str, Scale] | None


class Gathering:
    """Ratings as they come; ``ratings`` checks them against the scales and gives them all.

    ``scales`` is one scale for all criteria, or one for each, or None: then the values of a
    criterion are its scale, which is said. ``source`` is named in errors.
    """

    def __init__(self, scales: Scales = None, level: Level = "ordinal", source: str = "") -> None:
        self.scales = scales
        self.level = level
        self.source = source
        self._units: dict[str, int] = {}
        self._criteria: dict[str, int] = {}
        self._raters: dict[str, int] = {}
        self._rows: list[tuple[int, int, int]] = []
        self._cells: list[object] = []
        self._places: list[int] = []
        self._details: dict[int, Detail] = {}

    def expect(self, raters: Iterable[str]) -> None:
        """Name raters in their order, before the first rating."""
        for rater in raters:
            self._raters.setdefault(rater, len(self._raters))

    def add(
        self,
        unit: str,
        criterion: str,
        rater: str,
        cell: object,
        place: int = 0,
        detail: Detail | None = None,
    ) -> None:
        """Take one rating; ``place`` is the line it stands in, where it stands in one."""
        if detail is not None and detail != Detail():
            self._details[len(self._rows)] = detail
        self._rows.append(
            (
                self._units.setdefault(unit, len(self._units)),
                self._criteria.setdefault(criterion, len(self._criteria)),
                self._raters.setdefault(rater, len(self._raters)),
            )
        )
        self._cells.append(cell)
        self._places.append(place)

    def ratings(
        self,
        *,
        synthetic: bool = False,
        sources: Iterable[str] = (),
        labels: Mapping[str, str] | None = None,
    ) -> Ratings:
        """All ratings taken; ``ReadError`` for a value off its scale and a rating given twice."""
        rows = np.array(self._rows, np.int32).reshape(-1, 3)
        self._refuse_twice(rows)
        scales = tuple(self._scale(name, rows) for name in self._criteria)
        return Ratings(
            tuple(self._units),
            tuple(self._criteria),
            tuple(self._raters),
            scales,
            rows[:, 0],
            rows[:, 1],
            rows[:, 2],
            self._codes(rows, scales),
            self._details,
            synthetic,
            tuple(sources),
            dict(labels or {}),
        )

    def _scale(self, criterion: str, rows: Codes) -> Scale:
        if isinstance(self.scales, Scale):
            return self.scales
        if self.scales and criterion in self.scales:
            return self.scales[criterion]
        chosen = np.flatnonzero(rows[:, 1] == self._criteria[criterion])
        try:
            return Scale.of_values((self._cells[row] for row in chosen.tolist()), self.level)
        except MixedValues as error:
            row = next(row for row in chosen.tolist() if self._cells[row] == error.stray)
            raise ReadError(
                error.message,
                source=self.source or "ratings",
                line=self._places[row] or None,
                remedy=error.remedy,
            ) from None

    def _codes(self, rows: Codes, scales: tuple[Scale, ...]) -> Codes:
        found: list[dict[object, int | None]] = [{} for _ in scales]
        codes = np.empty(len(rows), np.int32)
        for row, (cell, criterion) in enumerate(zip(self._cells, rows[:, 1].tolist(), strict=True)):
            known = found[criterion]
            if cell not in known:
                known[cell] = scales[criterion].find(cell)
            code = known[cell]
            if code is None:
                raise self._off_scale(row, cell, scales[criterion])
            codes[row] = code
        return codes

    def _off_scale(self, row: int, cell: object, scale: Scale) -> ReadError:
        unit, criterion, rater = self._names(row)
        of_criterion = f" by {criterion}" if criterion else ""
        return ReadError(
            f"{rater} gave {unit}{of_criterion} the value {str(cell)!r}, which is not on the scale "
            f"{listed(scale.values)}.",
            source=self.source or "ratings",
            line=self._places[row] or None,
            remedy="Correct the value, declare another scale, or name it as missing.",
        )

    def _names(self, row: int) -> list[str]:
        names = (list(self._units), list(self._criteria), list(self._raters))
        return [known[place] for known, place in zip(names, self._rows[row], strict=True)]

    def _refuse_twice(self, rows: Codes) -> None:
        if not len(rows):
            return
        key = (rows[:, 0].astype(np.int64) * len(self._criteria) + rows[:, 1]) * len(self._raters)
        key += rows[:, 2]
        order = np.argsort(key, kind="stable")
        again = np.flatnonzero(key[order][1:] == key[order][:-1])
        if not len(again):
            return
        pair = min(((order[k], order[k + 1]) for k in again.tolist()), key=lambda one: one[1])
        first, second = int(pair[0]), int(pair[1])
        unit, criterion, rater = self._names(second)
        of_criterion = f" by {criterion}" if criterion else ""
        before = f" (first in line {self._places[first]})" if self._places[first] else ""
        raise ReadError(
            f"{rater} rates {unit}{of_criterion} twice{before}: {self._cells[first]!s} and "
            f"{self._cells[second]!s}.",
            source=self.source or "ratings",
            line=self._places[second] or None,
            remedy="Keep one of them.",
        )
