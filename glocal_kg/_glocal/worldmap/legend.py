"""What the signs, lines and sizes of a world map stand for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from glocal_kg._glocal.worldmap import looks
from glocal_kg._glocal.worldmap.content import WorldContent
from glocal_kg._glocal.worldmap.words import WorldMapWords, counted


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the legend: ``shape(x, y)`` draws its sign, ``lead`` is how wide that is."""

    text: str
    lead: float
    shape: Callable[[float, float], str]


def legend(
    content: WorldContent, said: WorldMapWords, size: float, radius: Callable[[int, int], float]
) -> Iterator[Entry]:
    """The entries: kinds of places, kinds of ties, and the sizes of the signs."""
    for number, kind in enumerate(content.place_kinds()):
        if kind:
            yield Entry(kind, size * 1.2, _place(number % len(looks.KINDS), size))
    for number, kind in enumerate(content.tie_kinds()):
        text = kind or said.partnerships
        yield Entry(text, size * 2.4, _tie(number % len(looks.KINDS), size))
    most = max((place.practices for place in content.places), default=0)
    for practices in sorted({1, most} if most else set()):
        r = radius(practices, most)
        yield Entry(counted(said, practices), 2 * r + size * 0.3, _size(r))


def _place(number: int, size: float) -> Callable[[float, float], str]:
    return lambda x, y: (
        f'<path d="{looks.sign(number, x + size / 2, y, size * 0.42)}" '
        f'fill="{looks.KINDS[number]}"/>'
    )


def _tie(number: int, size: float) -> Callable[[float, float], str]:
    pattern = f' stroke-dasharray="{looks.LINES[number]}"' if looks.LINES[number] else ""
    return lambda x, y: (
        f'<path d="M{x:.1f} {y:.1f}h{size * 2:.1f}" fill="none" stroke="{looks.KINDS[number]}" '
        f'stroke-width="3"{pattern}/>'
    )


def _size(radius: float) -> Callable[[float, float], str]:
    return lambda x, y: (
        f'<path d="{looks.sign(0, x + radius, y, radius)}" fill="none" stroke="{looks.INK}" '
        'stroke-width="1.5"/>'
    )
