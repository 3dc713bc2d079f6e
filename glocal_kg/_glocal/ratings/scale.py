"""The scale of a rating: the values a rater may choose, in order, and what their order means.

A scale is declared. Where it is not, it is taken from the values that occur, and every figure
that depends on it says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from glocal_kg._rdf.arguments import LIST, TEXT, expect, one_of
from glocal_kg.errors import ParameterError

Level = Literal["nominal", "ordinal", "interval", "ratio"]
Score = float | str
LEVELS: tuple[Level, ...] = ("nominal", "ordinal", "interval", "ratio")

_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")
_RANGE = re.compile(r"\s*([+-]?\d+)\s*(?:-|\.\.|–)\s*([+-]?\d+)\s*")


class MixedValues(ParameterError):
    """Numbers and a label, ``stray``, where no scale is declared."""

    def __init__(self, stray: object) -> None:
        self.stray = stray
        super().__init__(
            f"The value {str(stray)!r} is no number, and others are.",
            remedy="Declare the scale, or name what means missing, such as missing=['NA'].",
        )


@dataclass(frozen=True, slots=True)
class Scale:
    """The values of a scale from lowest to highest, its level of measurement, and its origin.

    Values are numbers or labels, not both. ``level`` says what may be read from them: sameness
    (nominal), order too (ordinal), distances too (interval), proportions too (ratio). A scale
    that is not ``declared`` holds the values that occurred; labels then have no order.

    >>> Scale((1, 2, 3, 4, 5)).text()
    '1, 2, 3, 4, 5 (ordinal)'
    >>> Scale(("low", "high")).find("low")
    0
    """

    values: tuple[Score, ...]
    level: Level = "ordinal"
    declared: bool = True

    def __post_init__(self) -> None:
        if self.level not in LEVELS:
            raise ParameterError(
                f"There is no level of measurement {self.level!r}.",
                remedy=f"Take {', '.join(LEVELS)}.",
            )
        expect("values", self.values, LIST)
        values = tuple(v if isinstance(v, str) else float(v) for v in self.values)
        object.__setattr__(self, "values", values)
        if len({type(v) for v in values}) > 1:
            raise ParameterError(
                f"The scale {listed(values)} mixes numbers and labels.", remedy="Take one kind."
            )
        if len(set(values)) < len(values):
            raise ParameterError(f"The scale {listed(values)} names a value twice.")
        if self.declared and len(values) < 2:
            raise ParameterError(
                f"The scale '{listed(values)}' has less than two values.", remedy="Such as 1-5."
            )
        if self.numeric and list(values) != sorted(values):
            raise ParameterError(f"The scale {listed(values)} does not go from low to high.")
        if not self.numeric and self.level in ("interval", "ratio"):
            raise ParameterError(
                f"The labels {listed(values)} have no distances: they are no {self.level} scale.",
                remedy="Declare numbers, or an ordinal scale.",
            )

    @property
    def numeric(self) -> bool:
        """True for a scale of numbers."""
        return not any(isinstance(value, str) for value in self.values)

    @property
    def ordered(self) -> bool:
        """True where the order of the values is known: numbers, or labels in declared order."""
        return self.numeric or (self.declared and self.level != "nominal")

    @property
    def difference(self) -> Level:
        """The level of the differences of its values: labels without an order differ or do not."""
        return self.level if self.ordered else "nominal"

    @property
    def positions(self) -> NDArray[np.float64]:
        """Where each value stands: numbers by themselves, declared ordinal values by rank."""
        if self.numeric and not (self.declared and self.level == "ordinal"):
            return np.array(self.values, np.float64)
        return np.arange(len(self.values), dtype=np.float64)

    @property
    def numbers(self) -> NDArray[np.float64]:
        """The values as numbers; only for a scale of numbers."""
        return np.array(self.values, np.float64)

    def find(self, cell: object) -> int | None:
        """The place of a value on the scale, or None where it is not on it."""
        value: object = _number(cell) if self.numeric else str(cell).strip()
        return next((place for place, one in enumerate(self.values) if one == value), None)

    def text(self) -> str:
        """The values and the level in one line."""
        origin = "" if self.declared else ", not declared: the values that occur"
        return f"{listed(self.values)} ({self.level}{origin})"

    @classmethod
    def read(cls, text: str, level: Level = "ordinal") -> Scale:
        """The scale that a text declares: ``1-5``, or values from low to high with commas.

        >>> Scale.read("1-3").values, Scale.read("low, middle, high").values
        ((1.0, 2.0, 3.0), ('low', 'middle', 'high'))
        """
        expect("text", text, TEXT)
        span = _RANGE.fullmatch(text)
        if span:
            low, high = int(span[1]), int(span[2])
            if not low < high <= low + 1000:
                raise ParameterError(
                    f"The scale '{text}' does not go from low to high.", remedy="Such as 1-5."
                )
            return cls(tuple(range(low, high + 1)), level)
        words = [word.strip() for word in text.split(",") if word.strip()]
        numbers = [_number(word) for word in words]
        values = [number for number in numbers if number is not None]
        return cls(tuple(values if len(values) == len(words) else words), level)

    @classmethod
    def of_values(cls, cells: Iterable[object], level: Level = "ordinal") -> Scale:
        """The scale of values that occur: numbers in their order, labels by the alphabet.

        >>> Scale.of_values(["3", "1", "1"]).values
        (1.0, 3.0)
        """
        expect("cells", cells, LIST)
        expect("level", level, one_of(*LEVELS))
        seen = dict.fromkeys(cells)
        numbers = {cell: _number(cell) for cell in seen}
        found = {value for value in numbers.values() if value is not None}
        if found and None in numbers.values():
            stray = next(cell for cell, value in numbers.items() if value is None)
            raise MixedValues(stray)
        values = sorted(found) if found else sorted({str(cell).strip() for cell in seen})
        level = level if found or level == "nominal" else "ordinal"
        return cls(tuple(values), level, declared=False)


def scale_of(given: Scale | str | Sequence[Score], level: Level = "ordinal") -> Scale:
    """A scale from what a caller may give: a ``Scale``, a text such as ``1-5``, or values."""
    if isinstance(given, Scale):
        return given
    return Scale.read(given, level) if isinstance(given, str) else Scale(tuple(given), level)


def listed(values: Sequence[Score]) -> str:
    """Values in one line, whole numbers without a point.

    >>> listed((1.0, 2.5))
    '1, 2.5'
    """
    shown = [shown_value(value) for value in values]
    return ", ".join(shown if len(shown) <= 12 else [*shown[:5], "…", *shown[-2:]])


def shown_value(value: Score) -> str:
    """A value as a reader writes it."""
    return value if isinstance(value, str) else f"{value:g}"


def _number(cell: object) -> float | None:
    """A finite number, or None: 'nan', 'inf', '1_000' and '3,5' are no numbers here."""
    if isinstance(cell, bool):
        return None
    if isinstance(cell, str):
        return float(cell) if _NUMBER.fullmatch(cell.strip()) else None
    try:
        number = float(cell)  # type: ignore[arg-type]  # what is no number is caught
    except (TypeError, ValueError):
        return None
    return number if np.isfinite(number) else None
