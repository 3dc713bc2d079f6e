"""A page as plain values: sections with paragraphs, tables and pictures, and no look yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from glocal_kg._drawing.picture import Picture
from glocal_kg._glocal.corpusreport.words import EN, ReportWords

Cell: TypeAlias = str | int | float | None


@dataclass(frozen=True, slots=True)
class PageTable:
    """Rows under columns, with what made them: a function with its arguments, and its sources."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    made_by: str = ""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture with its caption; ``name`` is what its file is called beside a Markdown page."""

    name: str
    picture: Picture
    caption: str
    made_by: str = ""
    sources: tuple[str, ...] = ()


Block: TypeAlias = str | PageTable | Figure
"""What stands below a heading; a ``str`` is a paragraph."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands below it."""

    heading: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class ReportDocument:
    """A page with a title, a line below it, and sections, in the language of its words."""

    title: str
    subtitle: str
    sections: tuple[Section, ...] = ()
    said: ReportWords = EN

    def figures(self) -> list[Figure]:
        """Every picture, in order."""
        blocks = (block for section in self.sections for block in section.blocks)
        return [block for block in blocks if isinstance(block, Figure)]


def shown(cell: Cell, said: ReportWords = EN) -> str:
    """A cell as text: six digits after the point at most, nothing where nothing is known.

    >>> shown(0.5), shown(1234567), shown(None)
    ('0.5', '1,234,567', '')
    """
    if cell is None:
        return ""
    if isinstance(cell, float):
        return f"{cell:.6f}".rstrip("0").rstrip(".") or "0"
    return said.number(cell) if isinstance(cell, int) else cell


def origin(block: PageTable | Figure, said: ReportWords = EN) -> str:
    """What made a table or picture, and what it rests on, in one line."""
    made = said.made_by.format(made=" ".join(block.made_by.split())) if block.made_by else ""
    rests = said.rests_on.format(sources=", ".join(block.sources)) if block.sources else ""
    line = " ".join(filter(None, (made, rests)))
    return f"{line[:1].upper()}{line[1:]}." if line else ""
