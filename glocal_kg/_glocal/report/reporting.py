"""The corpus report: one page that a researcher could attach to a paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import Any

from glocal_kg._glocal.report import sections
from glocal_kg._glocal.report.document import Document
from glocal_kg._glocal.report.folder import CorpusFile
from glocal_kg._glocal.report.html import html
from glocal_kg._glocal.report.markdown import markdown
from glocal_kg._rdf.writing.whole_file import write_whole
from glocal_kg.errors import ParameterError


@dataclass(frozen=True, repr=False)
class CorpusReport:
    """The finished report; nothing is written before ``write`` is called."""

    document: Document

    def __repr__(self) -> str:
        return f"<CorpusReport: {self.document.title}, {len(self.document.sections)} sections>"

    def to_html(self) -> str:
        """One HTML page that loads nothing from anywhere."""
        return html(self.document)

    def to_markdown(self, stem: str = "report") -> str:
        """The page as Markdown; its pictures are ``<stem>-<name>.svg`` beside it."""
        return markdown(self.document, stem)

    def write(self, path: str | PathLike[str]) -> list[Path]:
        """Write ``.html``, or ``.md`` with its pictures beside it; gives back what was written.

        Raises ``ParameterError`` for another suffix, ``GlocalError`` where a file cannot be
        written.
        """
        target = Path(path)
        if target.suffix.lower() in (".html", ".htm"):
            return [write_whole(target, self.to_html())]
        if target.suffix.lower() != ".md":
            raise ParameterError(
                f"A report cannot be written as '{target.name}'.",
                remedy="Give a name that ends in .html or .md.",
            )
        pictures = [
            write_whole(target.with_name(f"{target.stem}-{one.name}.svg"), one.picture.svg)
            for one in self.document.figures()
        ]
        return [write_whole(target, self.to_markdown(target.stem)), *pictures]

    def _repr_html_(self) -> str:
        return self.to_html()


def report(
    kg: Any,
    *,
    source: str | Sequence[str] | None = "mine",
    title: str = "Report on a corpus",
    date: str = "",
    files: Sequence[CorpusFile] = (),
    seed: int = 1,
    resamples: int = 1000,
) -> CorpusReport:
    """A report on the corpus of a graph: contents, findings, map, criteria, networks, inference.

    ``source`` names the graphs of the corpus, by default ``mine``: what the user added. ``date``
    is printed as given and never read from a clock. The same graph and arguments give the same
    bytes. What is asked needs inferred facts: ``kg.infer()`` is called where it was not.
    """
    parts = (
        sections.contents(kg, source, files),
        sections.findings(kg, source),
        sections.maps(kg, source),
        sections.criteria(kg, source, seed, resamples),
        sections.networks(kg, source, seed),
        sections.inferred(kg),
        sections.citing(title, date),
    )
    made = "Made with glocal_kg from the sources named below."
    return CorpusReport(Document(title, f"{date}. {made}" if date else made, parts))
