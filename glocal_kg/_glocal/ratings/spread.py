"""The scores of each criterion as a picture: how often each value was given, with the middle.

Bars stand at the values of the scale, as high as their share of the ratings of the criterion, and
the highest of all fills its row; the median and the middle half are marked below. Counts are
printed, so that nothing hangs on color or on a guess.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from glocal_kg._drawing.picture import Picture
from glocal_kg._drawing.typeface import FONTS, fixed
from glocal_kg._glocal.ratings.ratings import Ratings
from glocal_kg._glocal.ratings.scale import Score, shown_value
from glocal_kg._glocal.tongues import spoken
from glocal_kg._rdf.arguments import TEXT_OR_TEXTS, expect
from glocal_kg._rdf.escaping import escape

_WIDTH, _ROW, _BARS, _LEFT, _TYPE = 1000, 190, 110, 290, 19.0
_INK, _QUIET, _BAR, _MIDDLE, _PAPER = "#1c1e26", "#4d505e", "#0072b2", "#d55e00", "#fcfaf4"

_WORDS = {
    "en": ("Scores by criterion", "ratings", "raters", "median", "middle half"),
    "it": ("Punteggi per criterio", "valutazioni", "valutatori", "mediana", "metà centrale"),
    "fr": ("Scores par critère", "évaluations", "évaluateurs", "médiane", "moitié centrale"),
}


@dataclass(frozen=True, slots=True)
class Spread:
    """The scores of one criterion: how often each value, and the quartiles as values.

    A quartile is the lowest value that at least that share of the ratings does not exceed; for
    labels without an order there is none.
    """

    criterion: str
    values: tuple[Score, ...]
    counts: tuple[int, ...]
    raters: int
    quartiles: tuple[Score, Score, Score] | None


def spreads(ratings: Ratings) -> list[Spread]:
    """The spread of the scores on each criterion, in the order of the ratings."""
    found = []
    for place, criterion in enumerate(ratings.criteria):
        scale = ratings.scales[place]
        chosen = ratings.criterion == place
        counts = np.bincount(ratings.code[chosen], minlength=len(scale.values))
        reached = np.cumsum(counts) / max(1, counts.sum())
        low, middle, high = (
            scale.values[int(np.argmax(reached >= share))] for share in (0.25, 0.5, 0.75)
        )
        found.append(
            Spread(
                ratings.label(criterion) or "",
                scale.values,
                tuple(counts.tolist()),
                len(np.unique(ratings.rater[chosen])),
                (low, middle, high) if scale.ordered and counts.sum() else None,
            )
        )
    return found


def draw_spread(ratings: Ratings, language: str | Sequence[str] = "en") -> Picture:
    """The scores of each criterion as bars, with median and middle half; SVG and PNG."""
    expect("language", language, TEXT_OR_TEXTS)
    tag = spoken(language)
    title, of_ratings, of_raters, median, half = _WORDS[tag]
    listed = spreads(ratings)
    height = 70 + _ROW * max(1, len(listed))
    most = max((max(one.counts) / max(1, sum(one.counts)) for one in listed), default=0.0) or 1.0
    lines: list[str] = []
    texts: list[tuple[str, str]] = []

    def print_text(
        text: str,
        x: float,
        y: float,
        size: float = _TYPE,
        anchor: str = "start",
        bold: bool = False,
    ) -> None:
        weight = "semibold" if bold else "regular"
        texts.append((weight, text))
        lines.append(
            f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:.1f}" '
            f'font-weight="{600 if bold else 400}" text-anchor="{anchor}" fill="{_INK}"'
            f"{fixed(weight, text, size)}>{escape(text)}</text>"
        )

    print_text(title, 30, 46, 28, bold=True)
    told = []
    for number, spread in enumerate(listed):
        top = 70 + number * _ROW
        step = (_WIDTH - _LEFT - 40) / len(spread.values)
        total = max(1, sum(spread.counts))
        print_text(spread.criterion, 30, top + 60, bold=True)
        print_text(
            f"{sum(spread.counts)} {of_ratings}, {spread.raters} {of_raters}", 30, top + 88, 16
        )
        for place, (value, count) in enumerate(zip(spread.values, spread.counts, strict=True)):
            x = _LEFT + place * step
            high = _BARS * count / total / most
            lines.append(
                f'<rect x="{x + step * 0.15:.1f}" y="{top + 25 + _BARS - high:.1f}" '
                f'width="{step * 0.7:.1f}" height="{high:.1f}" fill="{_BAR}"/>'
            )
            if len(spread.values) <= 15:
                print_text(str(count), x + step / 2, top + 19 + _BARS - high, 15, "middle")
                print_text(shown_value(value), x + step / 2, top + _BARS + 45, 16, "middle")
        if spread.quartiles:
            at = [_LEFT + (spread.values.index(one) + 0.5) * step for one in spread.quartiles]
            y = top + _BARS + 60
            lines.append(
                f'<path d="M{at[0]:.1f} {y}H{at[2]:.1f}" stroke="{_MIDDLE}" stroke-width="5"/>'
                f'<path d="M{at[1]:.1f} {y - 7}V{y + 7}" stroke="{_INK}" stroke-width="4"/>'
            )
            shown = [shown_value(one) for one in spread.quartiles]
            print_text(f"{median} {shown[1]}", 30, top + 112, 16)
            print_text(f"{half} {shown[0]}–{shown[2]}", 30, top + 134, 16)
        values = ", ".join(
            f"{shown_value(value)}: {count}"
            for value, count in zip(spread.values, spread.counts, strict=True)
        )
        told.append(f"{spread.criterion}: {values}.")
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" '
        f'width="{_WIDTH}" height="{height}" role="img" aria-labelledby="glocal-spread-title" '
        f'aria-describedby="glocal-spread-about" xml:lang="{tag}" lang="{tag}" '
        f'font-family="{FONTS}">'
    )
    about = [
        f'<title id="glocal-spread-title">{escape(title)}</title>',
        f'<desc id="glocal-spread-about">{escape(" ".join(told))}</desc>',
        f'<rect width="{_WIDTH}" height="{height}" fill="{_PAPER}"/>',
    ]
    return Picture("\n".join([head, *about, *lines, "</svg>", ""]), (_WIDTH, height), tuple(texts))
