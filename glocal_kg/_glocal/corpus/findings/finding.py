"""Findings: one table of all problems at once, as text, CSV or JSON."""

from __future__ import annotations

import json
from collections import Counter
from typing import NamedTuple

from glocal_kg._glocal.corpus.findings.advice import in_template
from glocal_kg._glocal.corpus.findings.import_rules import LEVELS, RULES, Level, page
from glocal_kg._glocal.corpus.tables.cell import PART
from glocal_kg._rdf.writing.csv_text import csv_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas

COLUMNS = ("file", "sheet", "cell", "level", "rule", "page", "value", "expected", "suggestion")
_LONG = 60  # characters of a value that text output shows


class ImportFinding(NamedTuple):
    """One finding: where, how grave, by which rule, what stands there, what was expected.

    ``row`` is the row set aside for it, or 0; ``column`` counts from 0, or is None.
    """

    file: str
    sheet: str
    cell: str
    level: Level
    rule: str
    value: str
    expected: str
    suggestion: str
    row: int = 0
    column: int | None = None

    @property
    def page(self) -> str:
        """Where the rule is explained."""
        return page(self.rule)

    @property
    def stops(self) -> bool:
        """Whether the row is set aside until this is settled."""
        return self.level in ("error", "question")

    def __str__(self) -> str:
        place = ":".join(part for part in (self.file, self.sheet, self.cell) if part)
        value = f" '{_short(self.value)}'" if self.value else ""
        told = f" {self.suggestion}" if self.suggestion else ""
        return f"{place}: {self.level} ({self.rule}):{value} expected {self.expected}.{told}"


class Findings:
    """All findings of an import, in the order of the file.

    >>> found = Findings()
    >>> found.add("a.csv", "a", "B2", "not-a-number", value="12 km", suggestion="Write 12.")
    >>> print(found)
    a.csv:a:B2: error (not-a-number): '12 km' expected a number. Write 12.
    1 error
    """

    def __init__(self) -> None:
        self._all: list[ImportFinding] = []
        self.template = False  # of a template: what a mapping could say is no advice

    def add(
        self,
        file: str,
        sheet: str,
        cell: str,
        rule: str,
        *,
        value: str = "",
        expected: str = "",
        suggestion: str = "",
        row: int = 0,
        column: int | None = None,
        level: Level | None = None,
    ) -> None:
        """Note a finding; level and expectation are those of the rule where not given."""
        known = RULES[rule]
        if column is not None:
            column %= PART
        self._all.append(
            ImportFinding(
                file,
                sheet,
                cell,
                level or known.level,
                rule,
                value,
                expected or known.expected,
                in_template(rule, suggestion) if self.template else suggestion,
                row,
                column,
            )
        )

    def __iter__(self) -> Iterator[ImportFinding]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)

    def of(self, *rules: str) -> list[ImportFinding]:
        """The findings of some rules."""
        return [finding for finding in self._all if finding.rule in rules]

    @property
    def stopping(self) -> list[ImportFinding]:
        """Errors and questions: what keeps rows out."""
        return [finding for finding in self._all if finding.stops]

    def counts(self) -> dict[Level, int]:
        """How many findings of each level there are.

        >>> Findings().counts()
        {'error': 0, 'question': 0, 'warning': 0, 'note': 0}
        """
        counted = Counter(finding.level for finding in self._all)
        return {level: counted[level] for level in LEVELS}

    def summary(self) -> str:
        """The counts in words."""
        told = [
            f"{count} {level if count == 1 else level + 's'}"
            for level, count in self.counts().items()
            if count
        ]
        return ", ".join(told) or "nothing found"

    def __str__(self) -> str:
        return "\n".join([*(str(finding) for finding in self._all), self.summary()])

    def rows(self) -> list[dict[str, str]]:
        """The table, a dictionary for each finding."""
        return [{name: getattr(finding, name) for name in COLUMNS} for finding in self._all]

    def to_pandas(self) -> pandas.DataFrame:
        """The table as a pandas DataFrame; ``GlocalError`` without pandas."""
        from glocal_kg._rdf.frames import text_frame

        return text_frame(COLUMNS, [tuple(row.values()) for row in self.rows()])

    def __repr__(self) -> str:
        return f"<Findings: {self.summary()}>"

    def _repr_html_(self) -> str:
        from glocal_kg._rdf.writing.html import table

        return table([tuple(row.values()) for row in self.rows()], COLUMNS, self.summary())

    def csv(self) -> str:
        """The table as CSV (RFC 4180, but with plain line feeds)."""
        return csv_text([COLUMNS, *(row.values() for row in self.rows())])

    def json(self) -> str:
        """The table as a JSON list of objects."""
        return json.dumps(self.rows(), ensure_ascii=False, indent=1) + "\n"


def _short(value: str) -> str:
    flat = " ".join(value.split())
    return flat if len(flat) <= _LONG else f"{flat[: _LONG - 1]}…"
