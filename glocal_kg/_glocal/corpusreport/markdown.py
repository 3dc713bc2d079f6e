"""A document as Markdown, with its pictures as files beside it."""

from __future__ import annotations

import re

from glocal_kg._glocal.corpusreport.plain_page import (
    Figure,
    PageTable,
    ReportDocument,
    origin,
    shown,
)
from glocal_kg._glocal.corpusreport.words import ReportWords
from glocal_kg._rdf.escaping import kept_apart


def markdown(document: ReportDocument, stem: str) -> str:
    """The page; a picture is the file ``<stem>-<name>.svg`` in the same folder."""
    said = document.said
    lines = [f"# {_plain(document.title)}", "", _plain(document.subtitle)]
    for section in document.sections:
        lines += ["", f"## {_plain(section.heading)}"]
        for block in section.blocks:
            if isinstance(block, PageTable):
                lines += ["", *_table(block, said)]
            elif isinstance(block, Figure):
                file = f"{stem}-{block.name}.svg"
                lines += ["", f"![{_plain(block.caption)}]({file})"]
            else:
                lines += ["", _plain(block)]
            if not isinstance(block, str) and origin(block, said):
                lines += ["", f"*{_plain(origin(block, said))}*"]
    return "\n".join([*lines, ""])


def _table(table: PageTable, said: ReportWords) -> list[str]:
    numbers = [
        bool(table.rows) and all(isinstance(row[k], int | float | None) for row in table.rows)
        for k in range(len(table.columns))
    ]
    return [
        f"**{_plain(table.caption)}**",
        "",
        _row(table.columns),
        "|" + "|".join("---:" if number else "---" for number in numbers) + "|",
        *(_row([shown(cell, said) for cell in row]) for row in table.rows),
    ]


def _row(cells: tuple[str, ...] | list[str]) -> str:
    return "| " + " | ".join(kept_apart(_plain(cell)) for cell in cells) + " |"


def _plain(text: str) -> str:
    """A text that Markdown shows as it is, in one line."""
    flat = re.sub(r"\s+", " ", text)
    return re.sub(r"([\\`*_\[\]<>|#])", r"\\\1", flat)
