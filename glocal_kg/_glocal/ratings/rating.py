"""The agreement of raters, criterion by criterion and over all: figures, never verdicts."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from glocal_kg._glocal.ratings.agreement import Coefficient, disagreement
from glocal_kg._glocal.ratings.bootstrap import Interval, interval
from glocal_kg._glocal.ratings.coefficients import (
    COEFFICIENTS,
    Threshold,
    coefficient,
    thresholds,
)
from glocal_kg._glocal.ratings.ratings import Matrix, Ratings, named_criteria
from glocal_kg._glocal.ratings.scale import LEVELS, Scale, Score
from glocal_kg._glocal.records import Records
from glocal_kg._glocal.tongues import chosen
from glocal_kg._rdf.arguments import NUMBER, TEXT_OR_TEXTS, TEXTS, WHOLE, a, takes
from glocal_kg.errors import GlocalError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from glocal_kg._drawing.picture import Picture


@dataclass(frozen=True, slots=True)
class AgreementFigure:
    """One coefficient: its value, or the reason why there is none.

    ``note`` is what must be known to read it; ``thresholds`` are numbers of authors to set
    beside it.
    """

    name: str
    value: float | None
    undefined: str
    paper: str
    note: str = ""
    interval: Interval | None = None
    thresholds: tuple[Threshold, ...] = ()

    def __float__(self) -> float:
        """The value; ``GlocalError`` with the reason where there is none."""
        if self.value is None:
            raise GlocalError(f"{self.name} has no value: {self.undefined}.")
        return self.value

    def text(self) -> str:
        """The value with four digits, or the reason."""
        return f"undefined: {self.undefined}" if self.value is None else f"{self.value:.4f}"


@dataclass(frozen=True, slots=True)
class Dispute:
    """A unit with the disagreement of its ratings, and these.

    ``disagreement`` is the mean squared difference of two of them divided by that of any two
    ratings of all units: 0 where all are equal, 1 where they are as far apart as by chance.
    """

    unit: str
    disagreement: float
    values: dict[str, Score]


@dataclass(frozen=True, slots=True)
class Agreement:
    """The agreement on one criterion: figures, each rater left out in turn, disputed units."""

    criterion: str
    units: int
    paired: int
    raters: tuple[str, ...]
    ratings: int
    scale: Scale
    figures: tuple[AgreementFigure, ...]
    without: tuple[tuple[str, AgreementFigure], ...]
    disputes: tuple[Dispute, ...]

    def __getitem__(self, name: str) -> AgreementFigure:
        """The figure of a name, such as ``alpha ordinal``."""
        for figure in self.figures:
            if figure.name == name:
                return figure
        raise GlocalError(
            f"The figure '{name}' was not worked out.",
            remedy=f"There are {', '.join(figure.name for figure in self.figures)}.",
        )


def agree(
    matrix: Matrix,
    criterion: str = "",
    *,
    names: Sequence[str] | None = None,
    seed: int = 1,
    resamples: int = 1000,
    share: float = 0.95,
    disputes: int = 10,
) -> Agreement:
    """The agreement in one table of ratings.

    ``names`` are the coefficients wanted, by default all. ``resamples`` may be 0: then there
    are no intervals.
    """
    wanted = [coefficient(name) for name in (COEFFICIENTS if names is None else names)]
    main = coefficient(f"alpha {matrix.scale.difference}")
    rated = matrix.counts.sum(axis=1)
    return Agreement(
        criterion,
        int((rated > 0).sum()),
        int(matrix.paired.sum()),
        matrix.raters,
        int(rated.sum()),
        matrix.scale,
        tuple(_figure(one, matrix, seed, resamples, share) for one in wanted),
        tuple(
            (rater, _figure(main, matrix.without(rater), seed, 0, share)) for rater in matrix.raters
        ),
        tuple(_disputes(matrix, disputes)),
    )


def _figure(
    one: Coefficient, matrix: Matrix, seed: int, resamples: int, share: float
) -> AgreementFigure:
    reason = one.lacks(matrix)
    if reason:
        return AgreementFigure(one.name, None, reason, one.paper, thresholds=thresholds(one.name))
    value = float(one.values(matrix, np.ones((1, len(matrix.units))))[0])
    if math.isnan(value):
        return AgreementFigure(one.name, None, "expected agreement is one", one.paper)
    notes = [one.note(matrix)]
    if LEVELS.index(one.level) > LEVELS.index(matrix.scale.level):
        notes.append(f"reads the {matrix.scale.level} scale as {one.level}")
    return AgreementFigure(
        one.name,
        value,
        "",
        one.paper,
        "; ".join(filter(None, notes)),
        interval(one, matrix, seed=seed, resamples=resamples, share=share) if resamples else None,
        thresholds(one.name),
    )


def _disputes(matrix: Matrix, most: int) -> Iterator[Dispute]:
    """The units whose ratings are farthest apart, by name where equally far."""
    apart = np.nan_to_num(disagreement(matrix, matrix.scale.difference)).round(12)
    if len(apart) > most > 0:  # only those as far apart as the last one that is wanted
        least = np.partition(apart, len(apart) - most)[len(apart) - most]
    else:
        least = 0.0
    worst = np.flatnonzero((apart >= least) & (apart > 0)).tolist()
    found = [(-float(apart[unit]), matrix.units[unit], unit) for unit in worst]
    for value, name, unit in sorted(found)[:most]:
        yield Dispute(name, -value, matrix.values(unit))


@dataclass(frozen=True, repr=False)
class AgreementReport(Records):
    """What ``rate`` gives: the agreement on each criterion, and on all together.

    ``overall`` is None where there is one criterion only, or where ``no_overall`` says why;
    ``language`` is that of its sentences.
    """

    criteria: tuple[Agreement, ...]
    overall: Agreement | None
    no_overall: str
    ratings: Ratings
    seed: int
    resamples: int
    language: str = "en"

    def __repr__(self) -> str:
        return f"<AgreementReport: {len(self.criteria)} criteria, {self.ratings!r}>"

    def __getitem__(self, criterion: str) -> Agreement:
        """The agreement on a criterion, by its name or label; that on all is ``overall``."""
        for one in self.criteria:
            if criterion in (one.criterion, self.ratings.label(one.criterion)):
                return one
        raise GlocalError(
            f"Nothing is rated by the criterion '{criterion}'.",
            remedy=named_criteria([one.criterion for one in self.criteria]),
        )

    def all(self) -> tuple[Agreement, ...]:
        """Every agreement, the overall one last."""
        return (*self.criteria, *([self.overall] if self.overall else []))

    def to_dicts(self) -> list[dict[str, object]]:
        """A dictionary for each figure: criterion, coefficient, value or reason, interval."""
        return [
            {
                "criterion": agreement.criterion,
                "coefficient": figure.name,
                "value": figure.value,
                "undefined": figure.undefined,
                "low": figure.interval.low if figure.interval else None,
                "high": figure.interval.high if figure.interval else None,
                "resamples": figure.interval.resamples if figure.interval else 0,
                "without_value": figure.interval.without_value if figure.interval else 0,
                "units": agreement.units,
                "raters": len(agreement.raters),
                "ratings": agreement.ratings,
                "note": figure.note,
                "source": figure.paper,
            }
            for agreement in self.all()
            for figure in agreement.figures
        ]

    def origin(self) -> dict[str, object]:
        """The function with its arguments, and what the ratings were read from."""
        return {
            "made_by": f"rate(seed={self.seed}, resamples={self.resamples})",
            "sources": list(self.ratings.sources),
        }

    def spread(self, language: str | Sequence[str] | None = None) -> Picture:
        """The scores of each criterion as a picture: how often each value, and the middle."""
        from glocal_kg._glocal.ratings.spread import draw_spread

        return draw_spread(self.ratings, language or self.language)

    def to_text(self) -> str:
        """The report for a terminal."""
        from glocal_kg._glocal.ratings.telling import text

        return text(self)

    def __str__(self) -> str:
        return self.to_text()

    def to_html(self) -> str:
        """The report as a piece of HTML, for a notebook or a page."""
        from glocal_kg._glocal.ratings.telling import html

        return html(self)

    def _repr_html_(self) -> str:
        return self.to_html()


@takes(
    ratings=a("gk.Ratings", Ratings),
    coefficients=TEXTS.or_none(),
    seed=WHOLE,
    resamples=WHOLE,
    share=NUMBER,
    disputes=WHOLE,
    language=TEXT_OR_TEXTS.or_none(),
)
def rate(
    ratings: Ratings,
    *,
    coefficients: Sequence[str] | None = None,
    seed: int = 1,
    resamples: int = 1000,
    share: float = 0.95,
    disputes: int = 10,
    language: str | Sequence[str] | None = None,
) -> AgreementReport:
    """The agreement of raters on each criterion and overall, with bootstrap intervals.

    ``coefficients`` are names such as ``alpha ordinal``; by default all. ``seed`` and
    ``resamples`` make the intervals: the same ones always give the same. ``share`` is how much
    of the resamples an interval holds, ``disputes`` how many disputed units are listed;
    ``language`` is that of the sentences (en, it, fr), by default English.
    Raises ``GlocalError`` where there is no rating.

    >>> from glocal_kg._glocal.ratings.rating_tables import read_ratings
    >>> rows = [{"unit": n, "ann": a, "bob": b} for n, (a, b) in enumerate(["aa", "ab", "bb"])]
    >>> rate(read_ratings(rows, scale="a,b", level="nominal"))[""]["cohen"].text()
    '0.4000'
    """
    if not len(ratings):
        raise GlocalError(
            "There are no ratings, so there is no agreement.", remedy="Add ratings first."
        )
    told = {
        "names": coefficients,
        "seed": seed,
        "resamples": resamples,
        "share": share,
        "disputes": disputes,
    }
    each = tuple(agree(ratings.matrix(name), name, **told) for name in ratings.criteria)  # type: ignore[arg-type]  # arguments by name, each of its kind
    pooled = ratings.pooled() if len(each) > 1 else None
    several = len(each) > 1 and pooled is None
    return AgreementReport(
        each,
        None if pooled is None else agree(pooled, "overall", **told),  # type: ignore[arg-type]  # arguments by name, each of its kind
        "the criteria have different scales" if several else "",
        ratings,
        seed,
        resamples,
        chosen(language or "en"),
    )
