"""The corpus report: one page that a researcher could attach to a paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import Any

from glocal_kg._glocal.corpusreport import sections, studies
from glocal_kg._glocal.corpusreport.corpus_folder import CorpusFile
from glocal_kg._glocal.corpusreport.html import html
from glocal_kg._glocal.corpusreport.markdown import markdown
from glocal_kg._glocal.corpusreport.plain_page import ReportDocument
from glocal_kg._glocal.corpusreport.words import words
from glocal_kg._glocal.row_queries import Once
from glocal_kg._glocal.tongues import unspoken
from glocal_kg._rdf.arguments import PATH, TEXT, TEXT_OR_TEXTS, WHOLE, takes
from glocal_kg._rdf.writing.whole_file import write_whole
from glocal_kg.errors import ParameterError


@dataclass(frozen=True, repr=False)
class CorpusReport:
    """The finished report; nothing is written before ``write`` is called.

    ``has_findings`` is true where validation found something in the corpus; ``remarks`` say what
    of what was asked for could not be had.
    """

    document: ReportDocument
    has_findings: bool = False
    remarks: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"<CorpusReport: {self.document.title}, {len(self.document.sections)} sections>"

    def to_html(self) -> str:
        """One HTML page that loads nothing from anywhere."""
        return html(self.document)

    def to_markdown(self, stem: str = "report") -> str:
        """The page as Markdown; its pictures are ``<stem>-<name>.svg`` beside it."""
        return markdown(self.document, stem)

    @takes(path=PATH)
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


@takes(title=TEXT, date=TEXT, language=TEXT_OR_TEXTS.or_none(), seed=WHOLE, resamples=WHOLE)
def report(
    kg: Any,
    *,
    source: str | Sequence[str] | None = "mine",
    title: str = "",
    date: str = "",
    files: Sequence[CorpusFile] = (),
    seed: int = 1,
    resamples: int = 1000,
    language: str | Sequence[str] | None = None,
) -> CorpusReport:
    """A report on the corpus of a graph: contents, findings, map, criteria, networks, inference.

    ``source`` names the graphs of the corpus, by default ``mine``: what the user added; None is
    all. ``date`` is printed as given and never read from a clock. ``language`` is that of its
    sentences (English, Italian, French), by default the first of the graph that is one of these.
    The same graph and arguments give the same bytes. What is asked needs inferred facts:
    ``kg.infer()`` is called where it was not.
    """
    languages = tuple((language,) if isinstance(language, str) else language or kg.languages)
    said = words(languages)
    title = title or said.title
    asked = Once(kg, languages)
    read = sections.graphs_read(asked, source)
    findings = sections.findings(kg, source, read, said)
    parts = (
        sections.contents(asked, source, files, said),
        findings,
        sections.maps(kg, asked, source, said),
        studies.criteria(asked, source, seed, resamples, said),
        studies.networks(asked, source, seed, said),
        sections.inferred(kg, asked, source, read, said),
        sections.citing(title, date, said),
    )
    subtitle = f"{date}. {said.made_with}" if date else said.made_with
    page = ReportDocument(title, subtitle, parts, said)
    return CorpusReport(page, len(findings.blocks) > 1, unspoken(languages))
