"""The world map put together: land, borders, ties, places, names, legend and note, as SVG."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from math import sqrt
from typing import Literal

import numpy as np

from glocal_kg._drawing.picture import Picture
from glocal_kg._drawing.typeface import FONTS, face, fixed
from glocal_kg._glocal.sphere import Floats
from glocal_kg._glocal.worldmap import looks
from glocal_kg._glocal.worldmap.content import MappedPlace, Tie, WorldContent, content_of
from glocal_kg._glocal.worldmap.legend import Entry, legend
from glocal_kg._glocal.worldmap.outline import outline
from glocal_kg._glocal.worldmap.place_labels import Spot, place_labels
from glocal_kg._glocal.worldmap.projection import MapFrame, equal_earth, frame_of
from glocal_kg._glocal.worldmap.ties import TENTHS, in_tenths, path_of, tie_paths
from glocal_kg._glocal.worldmap.words import WorldMapWords, counted, words
from glocal_kg._rdf.escaping import escape, quoted
from glocal_kg.errors import ParameterError

Arcs = Literal["great-circle", "straight"]
Extent = Literal["world", "data"]

_NOT_IN_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_WORLD = [(-180.0, 0.0), (180.0, 0.0), (0.0, 84.0), (0.0, -57.0)]
_GLOBE = [(180.0, lat) for lat in range(-90, 91, 3)] + [(-180.0, lat) for lat in range(90, -91, -3)]


def draw_world(
    places: Iterable[MappedPlace],
    ties: Sequence[Tie] = (),
    *,
    title: str = "",
    source: str = "",
    language: str | Sequence[str] = "en",
    size: str = "page",
    arcs: Arcs = "great-circle",
    extent: Extent = "world",
    labels: int = 12,
) -> Picture:
    """A map of the world with places, sized by their practices, and the ties between them.

    ``title`` is printed, and ``source`` as what the data are from; ``size`` is ``page``, ``talk``
    or ``phone``; ``arcs`` draws ties as great circles or as straight lines in degrees, either cut
    at the antimeridian; ``extent`` shows the whole world or as much as the data need; ``labels``
    is how many places are named, those with most first. What cannot be drawn is counted and said.
    The same values always give the same bytes, whatever their order.

    Raises ``ParameterError`` for coordinates, a size, arcs or an extent that cannot be.

    >>> rome = MappedPlace("rome", "Rome", 41.9, 12.5, 2)
    >>> suva = MappedPlace("suva", "Suva", -18.1, 178.4, 1)
    >>> draw_world([rome, suva], [Tie("rome", "suva")])
    <Picture: 1600 by 1000 pixels>
    """
    if arcs not in ("great-circle", "straight") or extent not in ("world", "data"):
        raise ParameterError(
            f"There are no arcs {arcs!r} with the extent {extent!r}.",
            remedy="Arcs are 'great-circle' or 'straight', extents 'world' or 'data'.",
        )
    languages = (language,) if isinstance(language, str) else tuple(language)
    said = words(languages)
    content = content_of(places, ties)
    drawing = _Drawing(content, looks.sheet(size), said, title or said.title)
    drawing.draw(source, arcs == "straight", extent, labels)
    return drawing.picture()


@dataclass
class _Drawing:
    """The lines of the SVG as they grow, and every text that is printed."""

    content: WorldContent
    sheet: looks.PictureSize
    said: WorldMapWords
    title: str
    lines: list[str] = field(default_factory=list)
    texts: list[tuple[str, str]] = field(default_factory=list)

    def draw(self, source: str, straight: bool, extent: Extent, labels: int) -> None:
        """Draw all parts, from the ground up."""
        sheet, margin = self.sheet, self.sheet.margin
        foot = self._legend(self._note(source, straight) - sheet.type * 0.7)
        top = margin * 0.6 + sheet.type * 2.4
        box = (margin, top, sheet.width - 2 * margin, foot - top)
        frame = frame_of(box, self._shown(extent))
        self._text(
            self.title, margin, margin * 0.6 + sheet.type * 1.5, sheet.type * 1.6, "semibold"
        )
        self._ground(frame)
        self._ties(frame, straight)
        self._places(frame, labels)

    def _shown(self, extent: Extent) -> Floats:
        """The points of the plane that the map must show."""
        placed = [(place.lon, place.lat) for place in self.content.places]
        if extent == "world" or not placed:
            return equal_earth(np.array([*_WORLD, *placed], np.float64))
        plane = equal_earth(np.array(placed, np.float64))
        room = np.maximum((plane.max(axis=0) - plane.min(axis=0)) * 0.08, 0.02)
        return np.vstack([plane - room, plane + room])

    def _ground(self, frame: MapFrame) -> None:
        found = outline()
        sea = self._path([np.array(_GLOBE, np.float64)], frame, closed=True)
        land = self._path(found.land, frame, closed=True)
        scale = f'transform="scale({1 / TENTHS:g})"'
        self.lines += [
            f'<clipPath id="glocal-world-frame"><rect x="{frame.x:.1f}" y="{frame.y:.1f}" '
            f'width="{frame.width:.1f}" height="{frame.height:.1f}"/></clipPath>',
            '<g clip-path="url(#glocal-world-frame)" aria-hidden="true" fill="none" '
            'stroke-linejoin="round">',
            f'<path {scale} d="{sea}" fill="{looks.SEA}"/>',
            f'<path {scale} d="{land}" fill="{looks.LAND}" fill-rule="evenodd" '
            f'stroke="{looks.COAST}" stroke-width="6"/>',
            f'<path {scale} d="{self._path(found.borders, frame)}" stroke="{looks.BORDER}" '
            'stroke-width="8"/>',
            f'<path {scale} d="{self._path(found.disputed, frame)}" stroke="{looks.DISPUTED}" '
            'stroke-width="10" stroke-dasharray="30 25"/>',
            "</g>",
        ]

    def _path(
        self,
        places: Iterable[Floats],
        frame: MapFrame,
        closed: bool = False,
    ) -> str:
        return "".join(path_of(in_tenths(line, frame), closed) for line in places)

    def _ties(self, frame: MapFrame, straight: bool) -> None:
        known = {place.iri: place for place in self.content.places}
        kinds = self.content.tie_kinds()
        count = len(self.content.ties)
        opacity = 0.75 if count <= 200 else 0.5 if count <= 2000 else 0.28
        wide = self.sheet.type / 21 * (1.6 if count <= 2000 else 1.0)
        self.lines.append(
            f'<g clip-path="url(#glocal-world-frame)" aria-hidden="true" fill="none" '
            f'stroke-opacity="{opacity}" stroke-linecap="round">'
        )
        for (kind, strength), path in tie_paths(
            self.content.ties, known, frame, straight=straight
        ).items():
            place = kinds.index(kind) % len(looks.KINDS)
            dashes = " ".join(str(int(d) * TENTHS) for d in looks.LINES[place].split())
            pattern = f' stroke-dasharray="{dashes}"' if dashes else ""
            width = wide * (1 + 0.8 * (strength.bit_length() - 1)) * TENTHS
            self.lines.append(
                f'<path transform="scale({1 / TENTHS:g})" stroke="{looks.KINDS[place]}" '
                f'stroke-width="{width:.1f}"{pattern} d="{path}"/>'
            )
        self.lines.append("</g>")

    def _places(self, frame: MapFrame, labels: int) -> None:
        partners = self.content.partners()
        ordered = sorted(
            self.content.places,
            key=lambda place: (-place.practices, -partners[place.iri], place.label, place.iri),
        )
        if not ordered:
            return
        kinds = self.content.place_kinds()
        most = max(1, *(place.practices for place in ordered))
        points = frame.on_sheet(
            np.array([(place.lon, place.lat) for place in ordered], np.float64)
        ).tolist()
        spots = [
            Spot(x, y, self._radius(place.practices, most), place.label)
            for place, (x, y) in zip(ordered, points, strict=True)
        ]
        self.lines.append(f'<g role="list" aria-label={quoted(self.title)}>')
        for place, spot in zip(ordered, spots, strict=True):
            number = kinds.index(place.kind) % len(looks.KINDS)
            shape = (
                f'<path d="{looks.sign(number, spot.x, spot.y, spot.radius)}" '
                f'fill="{looks.KINDS[number]}" stroke="{looks.PAPER}" stroke-width="1"/>'
            )
            self.lines.append(f'<g role="listitem">{self._told(place, partners, shape)}</g>')
        self.lines.append("</g>")
        self._names(spots, frame, labels)

    def _told(self, place: MappedPlace, partners: dict[str, int], shape: str) -> str:
        said = self.said
        about = (
            f"{place.label}: {counted(said, place.practices)}, "
            f"{partners[place.iri]} {said.partnerships}"
        )
        body = f"<title>{_clean(about)}</title>{shape}"
        if place.iri.lower().startswith(("https://", "http://")):
            return f"<a href={quoted(_sound(place.iri))}>{body}</a>"
        return body

    def _names(self, spots: Sequence[Spot], frame: MapFrame, labels: int) -> None:
        size = self.sheet.type * 0.85
        self.lines.append(
            f'<g font-size="{size:.1f}" font-weight="600" fill="{looks.INK}" '
            f'stroke="{looks.PAPER}" stroke-width="{size * 0.22:.1f}" stroke-linejoin="round" '
            'paint-order="stroke" aria-hidden="true">'
        )
        for label in place_labels(spots, frame, size, labels):
            self.texts.append(("semibold", label.text))
            self.lines.append(
                f'<text x="{label.x:.1f}" y="{label.y:.1f}" text-anchor="{label.anchor}"'
                f"{fixed('semibold', label.text, size)}>"
                f"{_clean(label.text)}</text>"
            )
        self.lines.append("</g>")

    def _radius(self, practices: int, most: int) -> float:
        shown = len(self.content.places)
        small, more = (
            (0.22, 0.5) if shown <= 100 else (0.16, 0.36) if shown <= 1000 else (0.12, 0.3)
        )
        return self.sheet.type * (small + more * sqrt(practices / max(most, 9)))

    def _legend(self, foot: float) -> float:
        """Signs, lines and sizes as far as they say anything, in rows; its top is given back."""
        size, margin = self.sheet.type * 0.8, float(self.sheet.margin)
        rows: list[list[Entry]] = [[]]
        room = end = self.sheet.width - 2 * margin
        for entry in legend(self.content, self.said, size, self._radius):
            width = entry.lead + face("regular").width(entry.text) * size + size * 1.4
            if width > room and rows[-1]:
                rows.append([])
                room = end
            rows[-1].append(entry)
            room -= width
        top = foot - (len(rows) - 1) * size * 1.9
        for number, row in enumerate(rows):
            x, y = margin, top + number * size * 1.9
            for entry in row:
                self.lines.append(entry.shape(x, y - size * 0.35))
                x = self._text(entry.text, x + entry.lead, y, size) + size * 1.4
        return top - size * 2.2

    def _note(self, source: str, straight: bool) -> float:
        """The note at the foot, as many lines as it needs; where it starts is given back."""
        size = self.sheet.note
        told = " ".join(
            filter(
                None,
                (
                    self._counts(),
                    self.said.straight if straight else self.said.great,
                    self.said.borders,
                    self.said.source.format(source=source) if source else "",
                ),
            )
        )
        rows = list(_wrapped(told, (self.sheet.width - 2 * self.sheet.margin) / size))
        foot = self.sheet.height - self.sheet.margin * 0.5
        start = foot - (len(rows) - 1) * size * 1.3
        for number, row in enumerate(rows):
            self._text(row, self.sheet.margin, start + number * size * 1.3, size, color=looks.QUIET)
        return start - size

    def _counts(self) -> str:
        content, said = self.content, self.said
        parts = [
            said.placed.format(count=count, gazetteer=name)
            for name, count in content.placed_by().items()
        ]
        if content.unplaced:
            parts.append(said.unplaced.format(count=content.unplaced))
        if content.untied:
            parts.append(said.untied.format(count=content.untied))
        return " ".join(parts)

    def _text(
        self,
        text: str,
        x: float,
        y: float,
        size: float,
        weight: str = "regular",
        color: str = looks.INK,
    ) -> float:
        """Print a line; gives back where it ends."""
        self.texts.append((weight, text))
        number = {"regular": "400", "semibold": "600"}[weight]
        self.lines.append(
            f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:.1f}" font-weight="{number}" '
            f'fill="{color}"{fixed(weight, text, size)}>{_clean(text)}</text>'
        )
        return x + face(weight).width(text) * size

    def _about(self) -> str:
        content, said = self.content, self.said
        told = said.about.format(places=len(content.places), ties=len(content.ties))
        partners = content.partners()
        most = sorted(
            content.places, key=lambda place: (-partners[place.iri], place.label, place.iri)
        )
        listed = ", ".join(
            f"{place.label} ({partners[place.iri]})" for place in most[:5] if partners[place.iri]
        )
        named = said.most.format(listed=listed) if listed else ""
        return " ".join(filter(None, (told, named, self._counts(), said.borders)))

    def picture(self) -> Picture:
        """The finished picture."""
        width, height = self.sheet.width, self.sheet.height
        head = [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
            f'width="{width}" height="{height}" role="graphics-document document" '
            f'aria-labelledby="glocal-world-title" aria-describedby="glocal-world-about" '
            f'xml:lang="{self.said.language}" lang="{self.said.language}" font-family="{FONTS}">',
            f'<title id="glocal-world-title">{_clean(self.title)}</title>',
            f'<desc id="glocal-world-about">{_clean(self._about())}</desc>',
            f'<rect width="{width}" height="{height}" fill="{looks.PAPER}"/>',
        ]
        svg = "\n".join([*head, *self.lines, "</svg>", ""])
        return Picture(svg, (width, height), tuple(self.texts))


def _wrapped(text: str, width: float) -> Iterator[str]:
    """The text in lines of at most a width, in units of the size of its type."""
    line = ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if line and face("regular").width(longer) > width:
            yield line
            line = word
        else:
            line = longer
    if line:
        yield line


def _sound(text: str) -> str:
    """The text without what XML cannot hold."""
    return _NOT_IN_XML.sub("\ufffd", text)


def _clean(text: str) -> str:
    return escape(_sound(text))
