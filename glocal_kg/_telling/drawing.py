"""A proof as a picture (SVG): each fact a card, below it the cards it rests on.

The cards hold the lines of the text (see :mod:`.prose`). Every line is measured in the real
widths of the typeface before it is set, so none leaves its card.
"""

from __future__ import annotations

from dataclasses import dataclass

from glocal_kg._drawing.typeface import ASCENT, FALLBACKS, FAMILY, face
from glocal_kg._rdf.escaping import escape
from glocal_kg._telling.prose import Line, Prose

SIZE, LEADING, PADDING = 15, 20, 10
"""Text size, line to line, and space around text in a card, in pixels."""
WIDEST, INDENT, GAP, MARGIN = 560, 30, 10, 24
"""Text in a card at most, step to the right for each depth, between cards, around all."""
_STYLE = f"""text {{ font: {SIZE}px '{FAMILY}', {FALLBACKS}; fill: #1b2a33 }}
rect {{ fill: #f2f5f4; stroke: #c3cfcc }}
.follows rect {{ fill: #dcebe6; stroke: #6ba394 }}
.proved rect {{ fill: #17594a; stroke: #17594a }}
.proved text {{ fill: #fff }}
path {{ fill: none; stroke: #8fa8a2; stroke-width: 1.5 }}
.small {{ font-size: 12px; fill: #51636b }}"""


@dataclass(slots=True)
class _Card:
    """A line of the proof in its place."""

    line: Line
    text: list[str]
    kind: str
    left: float
    top: float

    @property
    def width(self) -> float:
        return max(map(face("regular").width, self.text)) * SIZE + 2 * PADDING

    @property
    def height(self) -> float:
        return len(self.text) * LEADING + 2 * PADDING - (LEADING - SIZE)


def draw(prose: Prose) -> str:
    """The proof as an SVG document. Raises ``GlocalError`` where the typeface is missing."""
    cards = _cards(prose.lines())
    notes = [*prose.notes()]
    small = [part for note in notes for part in _wrapped(note, WIDEST * SIZE / 12)]
    bottom = cards[-1].top + cards[-1].height + GAP
    height = bottom + len(small) * LEADING + MARGIN
    narrow = max((face("regular").width(note) * 12 for note in small), default=0) + MARGIN
    width = max(narrow, *(card.left + card.width for card in cards)) + MARGIN
    title = escape(cards[0].line.text.removesuffix(", because"))
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height:.0f}"'
        f' viewBox="0 0 {width:.0f} {height:.0f}" role="img">',
        f"<title>{title}</title>",
        f"<style>{_STYLE}</style>",
        f'<path style="fill:#fff;stroke:none" d="M0 0H{width:.0f}V{height:.0f}H0Z"/>',
    ]
    above: list[_Card] = []
    for card in cards:
        del above[card.line.depth :]
        if above:
            out.append(_link(above[-1], card))
        above.append(card)
    out += map(_drawn, cards)
    for place, note in enumerate(small):
        y = bottom + (place + 0.8) * LEADING
        out.append(f'<text class="small" x="{MARGIN}" y="{y:.1f}">{escape(note)}</text>')
    return "\n".join([*out, "</svg>\n"])


def _cards(lines: list[Line]) -> list[_Card]:
    cards: list[_Card] = []
    top = float(MARGIN)
    for line, after in zip(lines, [*lines[1:], None], strict=True):
        follows = after is not None and after.depth > line.depth
        kind = "proved" if not line.depth else "follows" if follows else "said"
        text = _wrapped(line.text.removesuffix(", because"), WIDEST)
        cards.append(_Card(line, text, kind, MARGIN + line.depth * INDENT, top))
        top += cards[-1].height + GAP
    return cards


def _link(parent: _Card, child: _Card) -> str:
    x, y = parent.left + INDENT / 2, child.top + (LEADING + PADDING) / 2
    start = parent.top + parent.height
    return f'<path d="M{x:.1f} {start:.1f}V{y - 6:.1f}q0 6 6 6H{child.left:.1f}"/>'


def _drawn(card: _Card) -> str:
    x, y = card.left + PADDING, card.top + PADDING + ASCENT * SIZE - 1
    spans = "".join(
        f'<tspan x="{x:.1f}" y="{y + place * LEADING:.1f}">{escape(part)}</tspan>'
        for place, part in enumerate(card.text)
    )
    box = f'x="{card.left:.1f}" y="{card.top:.1f}" width="{card.width:.1f}"'
    return (
        f'<g class="{card.kind}"><rect {box} height="{card.height:.1f}" rx="6"/>'
        f"<text>{spans}</text></g>"
    )


def _wrapped(text: str, widest: float) -> list[str]:
    """The text in lines no wider than asked at the size of a card; a long word is cut."""
    measure = face("regular").width
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if measure(longer) * SIZE <= widest:
            lines[-1] = longer
            continue
        lines += [word] if lines[-1] else []
        lines[-1] = word
        while measure(lines[-1]) * SIZE > widest:
            rest, cut = lines[-1], len(lines[-1])
            while cut > 1 and measure(rest[:cut]) * SIZE > widest:
                cut -= 1
            lines[-1:] = [rest[:cut], rest[cut:]]
    return lines
