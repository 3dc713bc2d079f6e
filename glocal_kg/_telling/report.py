"""A validation report as people and programs read it: text, JSON, CSV, HTML."""

from __future__ import annotations

from dataclasses import dataclass, field, fields

from glocal_kg._engines.shacl.rdf_terms import short
from glocal_kg._engines.shacl.report import Severity
from glocal_kg._engines.shacl.report import ValidationReport as Findings
from glocal_kg._rdf.arguments import WHOLE, takes
from glocal_kg._rdf.escaping import visible
from glocal_kg._rdf.namespaces import Prefixes, prefixes, using
from glocal_kg._telling import report_forms
from glocal_kg.errors import ValidationError

TYPE_CHECKING = False
if TYPE_CHECKING:
    import pandas
    import rdflib


PASSED_OVER = 3
"""So many things that no shape looked at are named."""


@dataclass(frozen=True, repr=False)
class Report(Findings):
    """The result of a validation, with its words.

    IRIs are shortened with the prefixes of the graph that was validated (``prefixes``).

    >>> print(Report(looked_at={"https://example.org/Shape": 2}).to_text())
    Conforms. 1 shape looked at 2 nodes.
    <BLANKLINE>
    Looked at:
      2  https://example.org/Shape
    """

    prefixes: Prefixes = field(default_factory=prefixes, compare=False, repr=False)
    things: tuple[int, int] | None = None
    """How many of one's own things were looked at, of how many there are; None for all facts."""
    passed_over: tuple[str, ...] = ()
    """The first ``PASSED_OVER`` of those that no shape looked at, each with its class, in words."""

    @classmethod
    def _worded(cls, found: Findings) -> Report:
        """The report of an engine, with the prefixes of the running call."""
        return cls(**{one.name: getattr(found, one.name) for one in fields(Findings)})

    def raise_for_violations(self, severity: Severity = "violation") -> None:
        """Raise ValidationError where there is a finding of this severity or worse."""
        found = self.at_least(severity)
        if not found:
            return
        first = "; ".join(
            f"{item.label or short(item.focus)}: {item.message}" for item in found[:3]
        )
        more = f"; and {len(found) - 3} more" if len(found) > 3 else ""
        raise ValidationError(
            f"The data do not conform: {len(found)} finding(s). {first}{more}.",
            remedy="The report has each finding and what to do.",
            report=self,
        )

    @takes(limit=WHOLE.or_none())
    def to_text(self, limit: int | None = 20) -> str:
        """The report for a terminal; more findings than ``limit`` kind by kind (None: each)."""
        with using(self.prefixes):
            return visible(report_forms.text(self, limit))

    def to_json(self) -> str:
        """The report as JSON: conforms, results, looked_at, doubts, engines."""
        with using(self.prefixes):
            return report_forms.json_text(self)

    def to_csv(self) -> str:
        """One line a finding, with a header line; nested details are left to the other forms."""
        with using(self.prefixes):
            return report_forms.csv(self)

    def to_dicts(self) -> list[dict[str, str]]:
        """A dictionary of texts for every finding; its keys are the columns of the CSV."""
        with using(self.prefixes):
            return report_forms.rows(self)

    def to_pandas(self) -> pandas.DataFrame:
        """A pandas DataFrame with a row for every finding; ``GlocalError`` without pandas.

        All columns are strings but ``line``, which is a number.
        """
        from glocal_kg._rdf.frames import FrameColumn, pandas_frame

        rows = self.to_dicts()
        lines = [int(row["line"]) if row["line"] else None for row in rows]
        return pandas_frame(
            [
                FrameColumn(name, "whole", lines)
                if name == "line"
                else FrameColumn(name, "text", [row[name] for row in rows])
                for name in report_forms.COLUMNS
            ]
        )

    def to_graph(self) -> rdflib.Graph:
        """The standard SHACL validation report as an rdflib Graph."""
        with using(self.prefixes):
            return super().to_graph()

    def _repr_html_(self) -> str:
        with using(self.prefixes):
            return report_forms.html(self)

    def __str__(self) -> str:
        return self.to_text()

    def __repr__(self) -> str:
        return f"<Report: {report_forms.headline(self)}>"
