"""Two pictures side by side, as one."""

from __future__ import annotations

import re

from glocal_kg._drawing.picture import Picture
from glocal_kg._drawing.typeface import FONTS
from glocal_kg._rdf.arguments import TEXTS, Kind, a, takes
from glocal_kg._rdf.escaping import escape

_GAP, _HEAD = 40, 70


_PICTURE = a("a gk.Picture", Picture)
_TITLES = Kind("two texts", lambda given: TEXTS.fits(given) and len(given) == 2)


@takes(left=_PICTURE, right=_PICTURE, titles=_TITLES)
def side_by_side(left: Picture, right: Picture, titles: tuple[str, str] = ("", "")) -> Picture:
    """Two pictures in one, each below its title, as high as the higher one.

    Everything in them stays: links, names for readers who do not see them, and type. The ids in
    each are told apart, so that the picture can stand in a page.
    """
    head = _HEAD if any(titles) else 0
    width = left.size[0] + _GAP + right.size[0]
    height = head + max(left.size[1], right.size[1])
    places = (0, left.size[0] + _GAP)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" role="group" font-family="{FONTS}">',
        f'<rect width="{width}" height="{height}" fill="#fcfaf4"/>',
    ]
    for side, picture, title, x in zip("ab", (left, right), titles, places, strict=True):
        if title:
            lines.append(
                f'<text x="{x + 80}" y="50" font-size="38" font-weight="600" '
                f'fill="#1c1e26">{escape(title)}</text>'
            )
        inner = _apart(picture.svg.strip(), side)
        lines.append(inner.replace("<svg ", f'<svg x="{x}" y="{head}" ', 1))
    texts = (*left.texts, *right.texts, *(("semibold", title) for title in titles if title))
    remarks = tuple(dict.fromkeys((*left.remarks, *right.remarks)))
    return Picture("\n".join([*lines, "</svg>", ""]), (width, height), texts, remarks=remarks)


def _apart(svg: str, side: str) -> str:
    """The picture with its ids ended by a letter, and what points to them too."""
    ids = set(re.findall(r'\sid="([^"]+)"', svg))

    def renamed(match: re.Match[str]) -> str:
        words = match[3].split(" ")
        new = " ".join(f"{word}-{side}" if word in ids else word for word in words)
        return f'{match[1]}{match[2]}="{new}"'

    svg = re.sub(r'(\s)(id|aria-labelledby|aria-describedby)="([^"]*)"', renamed, svg)
    return re.sub(
        r"url\(#([^)]+)\)",
        lambda match: f"url(#{match[1]}-{side})" if match[1] in ids else match[0],
        svg,
    )
