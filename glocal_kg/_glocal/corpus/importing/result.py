"""What an import did: findings, what was made, what was merged, and what was left out."""

from __future__ import annotations

from dataclasses import dataclass, field

from glocal_kg._glocal.corpus.findings import Findings
from glocal_kg._rdf.arguments import FILE, takes
from glocal_kg._rdf.counted import counted
from glocal_kg._rdf.warning import warn_caller
from glocal_kg._rdf.writing.csv_text import csv_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pyoxigraph import NamedNode, Quad

    from glocal_kg._glocal.corpus.importing.record import Entity, Merge
    from glocal_kg._glocal.corpus.mapping import Mapping
    from glocal_kg._glocal.corpus.matching import Match
    from glocal_kg._glocal.corpus.matching.review import Twin
    from glocal_kg._glocal.corpus.tables import Book


_FEW = 20  # columns that a summary lists; ``unmapped`` has all


@dataclass(repr=False)
class Import:
    """The result of an import.

    ``added`` and ``removed`` count facts of the graph; ``aside`` has the rows that were set
    aside, by sheet; ``matches`` what the gazetteer had for each place, of rows set aside too;
    ``unmapped`` the columns and sheets that were not imported; ``mark``,
    ``write_aside``, ``merges_csv`` and ``review`` write the files a person works with.
    """

    book: Book
    mapping: Mapping
    graph: NamedNode
    when: str = ""
    findings: Findings = field(default_factory=Findings)
    entities: list[Entity] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)
    aside: dict[str, set[int]] = field(default_factory=dict)
    headers: dict[str, int] = field(default_factory=dict)
    unmapped: dict[str, list[str]] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)
    rows: int = 0
    added: int = 0
    removed: int = 0
    kept: bool = True
    decisions: dict[str, str] = field(default_factory=dict)
    matches: list[Match] = field(default_factory=list)
    twins: list[Twin] = field(default_factory=list)

    def __repr__(self) -> str:
        rows, things = counted(self.rows, "row"), counted(len(self.entities), "thing")
        return (
            f"<Import into {self.graph.value}: {rows}, {things}, "
            f"{counted(self.added, 'fact')} new, {self.removed} gone>"
        )

    def __str__(self) -> str:
        return self.summary()

    def _repr_html_(self) -> str:
        from glocal_kg._rdf.writing.html import table

        made = table(list(self.counts().items()), ("thing", "made"), self.book.name)
        return made + self.findings._repr_html_()

    @property
    def set_aside(self) -> int:
        """How many rows were set aside."""
        return sum(len(rows) for rows in self.aside.values())

    def quads(self) -> Iterator[Quad]:
        """The facts of the import, made anew with each call."""
        from glocal_kg._glocal.corpus.importing.quads import ImportQuads

        return ImportQuads(self.book, self.mapping, self.graph, self.when).quads(self.entities)

    def counts(self) -> dict[str, int]:
        """How many things of each name of the mapping were made."""
        found: dict[str, int] = {}
        for entity in self.entities:
            found[entity.thing.pool] = found.get(entity.thing.pool, 0) + 1
        return found

    def write_aside(self, path: str | Path) -> Path | None:
        """Write the rows set aside into a file that imports alone; None where there are none."""
        from glocal_kg._glocal.corpus.findings.aside import ASKED, set_aside

        if not self.set_aside:
            return None
        why: dict[tuple[str, int], list[str]] = {}
        beside = [finding for finding in self.findings if finding.level == "warning"]
        for finding in (*self.findings.stopping, *beside):  # what stops a row first
            told = f"{finding.cell} ({finding.rule}): expected {finding.expected}."
            # No cell is merged in that file: what stands there in the place of one is asked for.
            here = f"It is {ASKED} here: write its value, or empty the cell."
            advice = here if finding.rule == "merged" else finding.suggestion
            why.setdefault((finding.sheet, finding.row), []).append(f"{told} {advice}".strip())
        merged = self.mapping.merged
        told_by = {spot: " | ".join(texts) for spot, texts in why.items()}
        return set_aside(self.book, self.aside, self.headers, merged, path, told_by)

    @takes(path=FILE)
    def mark(self, path: str | Path) -> Path:
        """Write a copy of the workbook with the cells of all findings marked.

        A warning says what the copy leaves out, where the workbook is very large.
        """
        from glocal_kg._glocal.corpus.findings.marking import mark, remarks

        made = mark(self.book, self.findings, path)
        for remark in remarks(self.book, self.findings):
            warn_caller(remark)
        return made

    def review(self) -> str:
        """The review table of places to decide on, as CSV."""
        from glocal_kg._glocal.corpus.matching import review_table

        return review_table(self.matches, self.decisions, self.twins)

    def merges_csv(self) -> str:
        """What was made one, and why, as CSV."""
        header = ("thing", "name", "rows", "property", "kept", "others", "why")
        return csv_text([header, *self.merges])

    def summary(self) -> str:
        """What was done, in a few lines."""
        made = ", ".join(f"{name}: {count}" for name, count in self.counts().items())
        rows = counted(self.rows, "row")
        lines = [f"{self.book.name}: {rows}, {self.findings.summary()}."]
        if not self.kept:
            lines.append("Nothing was kept, and no facts were written: correct what is wrong.")
        else:
            lines.append(
                f"Things in <{self.graph.value}>: {made or 'none'}."
                f" {counted(self.added, 'fact')} added, {self.removed} removed."
            )
        if self.set_aside:
            aside = "row was" if self.set_aside == 1 else "rows were"
            lines.append(f"{self.set_aside} {aside} set aside.")
        if self.merges:
            merges = "merge of rows is" if len(self.merges) == 1 else "merges of rows are"
            lines.append(f"{len(self.merges)} {merges} recorded.")
        verdicts = [match.verdict for match in self.matches]
        if verdicts:
            lines.append(
                f"Places: {verdicts.count('accepted')} matched, {verdicts.count('offered')} to"
                f" decide, {verdicts.count('refused')} not in the gazetteer."
            )
        for sheet, columns in self.unmapped.items():
            if columns:
                more = f" and {len(columns) - _FEW:,} more" if columns[_FEW:] else ""
                lines.append(f"Not imported of {sheet}: {', '.join(columns[:_FEW])}{more}.")
        if self.unread:
            lines.append(f"Sheets not read: {', '.join(self.unread)}.")
        return "\n".join(lines)
