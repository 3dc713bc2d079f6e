"""Ratings: who gave which unit which value by which criterion, and a table of one criterion."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from glocal_kg._glocal.ratings.scale import Scale, Score
from glocal_kg._glocal.records import Records
from glocal_kg._rdf.arguments import TEXT, takes
from glocal_kg._rdf.counted import counted
from glocal_kg.errors import NotFoundError, ParameterError

MISSING = -1
Codes = NDArray[np.int32]
AT_ONCE = 8192
"""Units that are counted in one go: so many stay in the memory next to the processor."""


def named_criteria(criteria: Sequence[str]) -> str:
    """The remedy for a criterion that nothing is rated by: which ones there are.

    >>> named_criteria(["", "peace"])
    'Criteria are (one without a name), peace.'
    >>> named_criteria([""])
    "The one criterion has no name: ask for '', or name the criterion in the ratings."
    """
    if not any(criteria):
        return "The one criterion has no name: ask for '', or name the criterion in the ratings."
    return f"Criteria are {', '.join(one or '(one without a name)' for one in criteria)}."


@dataclass(frozen=True, slots=True)
class Detail:
    """What may stand beside a rating: its evidence, how sure the rater is (0 to 1), its date."""

    evidence: str = ""
    confidence: float | None = None
    date: str = ""


@dataclass(frozen=True)
class Matrix:
    """One table of ratings: ``codes`` has a row for a unit and a column for a rater.

    A code is the place of the value on the scale; -1 is a rating that is not there. Rows with the
    same number in ``drawn`` belong together, such as one practice by several criteria: a
    bootstrap draws all of them or none. By default each row stands for itself.
    """

    units: tuple[str, ...]
    raters: tuple[str, ...]
    codes: Codes
    scale: Scale
    drawn: Codes | None = None

    def __post_init__(self) -> None:
        if self.codes.shape != (len(self.units), len(self.raters)):
            raise ParameterError(
                f"The table has the shape {self.codes.shape}, not one row for each of "
                f"{counted(len(self.units), 'unit')} and one column for each of "
                f"{counted(len(self.raters), 'rater')}."
            )

    @cached_property
    def counts(self) -> NDArray[np.float64]:
        """How many raters gave each unit each value of the scale: n_uc, units by values."""
        values = len(self.scale.values)
        found = np.empty((len(self.units), values))
        for start in range(0, len(found), AT_ONCE):
            codes = self.codes[start : start + AT_ONCE]
            # Missing ratings come just before the values of each unit.
            first = np.arange(len(codes))[:, None] * (values + 1) - MISSING
            cells = np.bincount((first + codes).ravel(), minlength=len(codes) * (values + 1))
            found[start : start + AT_ONCE] = cells.reshape(-1, values + 1)[:, 1:]
        found.flags.writeable = False
        return found

    @cached_property
    def paired(self) -> NDArray[np.bool_]:
        """Which units two raters or more rated."""
        two_or_more: NDArray[np.bool_] = self.counts.sum(axis=1) >= 2
        return two_or_more

    @cached_property
    def seen(self) -> NDArray[np.bool_]:
        """Which values of the scale such units have."""
        found = np.zeros(len(self.scale.values), np.bool_)
        for start in range(0, len(self.units), AT_ONCE):
            rows = slice(start, start + AT_ONCE)
            found |= (self.counts[rows][self.paired[rows]] > 0).any(axis=0)
        return found

    def without(self, rater: str) -> Matrix:
        """The same table without one rater."""
        keep = [place for place, name in enumerate(self.raters) if name != rater]
        rest = replace(
            self, raters=tuple(self.raters[k] for k in keep), codes=self.codes.take(keep, axis=1)
        )
        if len(keep) == len(self.raters) - 1:  # one rating less is quicker than to count anew
            given = self.codes[:, self.raters.index(rater)]
            rated = np.flatnonzero(given != MISSING)
            found = self.counts.copy()
            found[rated, given[rated]] -= 1
            rest.__dict__["counts"] = found
        return rest

    def values(self, unit: int) -> dict[str, Score]:
        """The ratings of one unit, by rater."""
        return {
            rater: self.scale.values[code]
            for rater, code in zip(self.raters, self.codes[unit].tolist(), strict=True)
            if code != MISSING
        }


@dataclass(frozen=True, eq=False, repr=False)
class Ratings(Records):
    """Ratings of units by raters, for one criterion or more; one rating is one place in each array.

    ``unit``, ``criterion`` and ``rater`` number the names in ``units``, ``criteria`` and
    ``raters``; ``code`` is the place of the value on the scale of the criterion. What was not
    rated has no entry. ``details`` holds evidence, confidence and date by place. ``synthetic``
    ratings were made up, and are never joined with real ones. ``sources`` names what was read,
    ``made_by`` by which call. As a table they are long: a row for each rating, which
    ``read_ratings`` reads again.
    """

    units: tuple[str, ...]
    criteria: tuple[str, ...]
    raters: tuple[str, ...]
    scales: tuple[Scale, ...]
    unit: Codes
    criterion: Codes
    rater: Codes
    code: Codes
    details: Mapping[int, Detail] = field(default_factory=dict)
    synthetic: bool = False
    sources: tuple[str, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    made_by: str = "read_ratings()"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Ratings):
            return NotImplemented
        return all(
            np.array_equal(getattr(self, one.name), getattr(other, one.name))
            if one.type == "Codes"
            else getattr(self, one.name) == getattr(other, one.name)
            for one in fields(self)
        )

    def __hash__(self) -> int:
        return hash((self.units, self.criteria, self.raters, len(self)))

    def __len__(self) -> int:
        """How many ratings there are."""
        return len(self.code)

    def __repr__(self) -> str:
        kind = "synthetic rating" if self.synthetic else "rating"
        criteria = counted(len(self.criteria), "criterion", "criteria")
        return (
            f"<Ratings: {counted(len(self), kind)} of {counted(len(self.units), 'unit')}"
            f" by {counted(len(self.raters), 'rater')} on {criteria}>"
        )

    def to_dicts(self) -> list[dict[str, object]]:
        """A dictionary for each rating: unit, criterion, rater, score, and what stands beside."""
        found: list[dict[str, object]] = []
        columns = (self.unit, self.criterion, self.rater, self.code)
        for place, row in enumerate(zip(*(one.tolist() for one in columns), strict=True)):
            unit, criterion, rater, code = row
            beside = self.details.get(place, Detail())
            found.append(
                {
                    "unit": self.units[unit],
                    "criterion": self.criteria[criterion],
                    "rater": self.raters[rater],
                    "score": self.scales[criterion].values[code],
                    "evidence": beside.evidence or None,
                    "confidence": beside.confidence,
                    "date": beside.date or None,
                }
            )
        return found

    def origin(self) -> dict[str, object]:
        """The call that gave the ratings, and what it read."""
        return {"made_by": self.made_by, "sources": list(self.sources)}

    def _repr_html_(self) -> str:
        from glocal_kg._rdf.writing.html import table

        records = self.to_dicts()
        rows = [["" if v is None else str(v) for v in one.values()] for one in records[:100]]
        return table(rows, list(records[0]) if records else [], repr(self)[1:-1])

    def matrix(self, criterion: str | None = None) -> Matrix:
        """The table of one criterion; it may be left out where there is only one.

        Units that nobody rated by it, and raters who rated nothing by it, are left out.
        """
        if criterion is None:
            if len(self.criteria) != 1:
                raise ParameterError(
                    f"The ratings have {len(self.criteria)} criteria.",
                    remedy=f"Name one: {', '.join(self.criteria)}.",
                )
            criterion = self.criteria[0]
        if criterion not in self.criteria:
            raise NotFoundError(
                f"Nothing is rated by the criterion '{criterion}'.",
                remedy=named_criteria(self.criteria),
            )
        place = self.criteria.index(criterion)
        chosen = self.criterion == place
        return self._matrix(chosen, self.unit[chosen], self.units, self.scales[place])

    def pooled(self) -> Matrix | None:
        """One table of all criteria, a row for each unit and criterion.

        None where the criteria have different scales: their values are not the same things.
        """
        if len(set(self.scales)) != 1:
            return None
        count = len(self.criteria)
        names = [f"{unit}, {criterion}" for unit in self.units for criterion in self.criteria]
        rows = self.unit * count + self.criterion
        whole = self._matrix(np.ones(len(self), bool), rows, tuple(names), self.scales[0])
        return replace(whole, drawn=np.unique(rows) // count)

    def _matrix(
        self, chosen: NDArray[np.bool_], rows: Codes, names: tuple[str, ...], scale: Scale
    ) -> Matrix:
        used, row = np.unique(rows, return_inverse=True)
        raters, column = np.unique(self.rater[chosen], return_inverse=True)
        codes = np.full((len(used), len(raters)), MISSING, np.int32)
        codes[row, column] = self.code[chosen]
        return Matrix(
            tuple(names[u] for u in used), tuple(self.raters[r] for r in raters), codes, scale
        )

    @takes(name=TEXT)
    def label(self, name: str) -> str:
        """What a reader is shown for a unit, a criterion or a rater."""
        return self.labels.get(name, name)
