"""The result of a check of quality: what became of each item, with evidence."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Literal, TypeAlias

from glocal_kg._quality.item import SEVERITIES, Fault, Item, Severity
from glocal_kg._rdf.arguments import expect, one_of, takes
from glocal_kg._rdf.escaping import visible
from glocal_kg.errors import NotFoundError, ValidationError

TYPE_CHECKING = False
if TYPE_CHECKING:
    import pandas
    import rdflib

    from glocal_kg._quality.argued import Argument

State: TypeAlias = Literal["passed", "failed", "argued", "not checked"]
STATES: tuple[State, ...] = ("passed", "failed", "argued", "not checked")


@dataclass(frozen=True, slots=True)
class QualityFinding:
    """A finding of an item with its severity, its place (``line`` from 1, 0 where it is not known)
    and, where it is argued for, the argument."""

    subject: str
    evidence: str
    remedy: str
    severity: Severity
    file: str = ""
    line: int = 0
    argument: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one item.

    ``looked_at`` is the number of ``things`` it has looked at, ``note`` what else it saw there;
    ``reason`` says why it was not checked.
    """

    item: Item
    state: State
    found: tuple[QualityFinding, ...] = ()
    looked_at: int = 0
    things: str = ""
    note: str = ""
    reason: str = ""

    @property
    def open(self) -> tuple[QualityFinding, ...]:
        """The findings that nobody argued for."""
        return tuple(one for one in self.found if not one.argument)

    @property
    def severity(self) -> Severity:
        """The worst severity of its open findings, else the severity of the item."""
        severities = {one.severity for one in self.open}
        return next(
            (severity for severity in SEVERITIES if severity in severities), self.item.severity
        )


@dataclass(frozen=True, repr=False)
class QualityReport:
    """What became of every item of the checklist.

    ``subject`` is what was checked, an IRI or names of files; ``stale`` are arguments without a
    finding.

    >>> report = QualityReport("my.ttl", 1, 10, ())
    >>> report.conforms
    True
    """

    subject: str
    files: int
    statements: int
    outcomes: tuple[Outcome, ...]
    stale: tuple[Argument, ...] = ()

    @property
    def conforms(self) -> bool:
        """Whether there is neither error nor warning without an argument, nor a stale argument."""
        return not self.at_least("warning") and not self.stale

    def at_least(self, severity: Severity) -> list[QualityFinding]:
        """The open findings of a severity or worse; ``ArgumentError`` for no severity."""
        expect("severity", severity, one_of(*SEVERITIES))
        bad = SEVERITIES[: SEVERITIES.index(severity) + 1]
        return [one for outcome in self.outcomes for one in outcome.open if one.severity in bad]

    def counts(self) -> dict[str, int]:
        """How many items are in which state."""
        counted = Counter(outcome.state for outcome in self.outcomes)
        return {state: counted[state] for state in STATES}

    def outcome(self, number: int) -> Outcome:
        """What became of an item; ``NotFoundError`` where it was not asked for."""
        for outcome in self.outcomes:
            if outcome.item.number == number:
                return outcome
        raise NotFoundError(
            f"Item {number!r} is not in this report.",
            remedy="Name it in only=, or take one of items().",
            name=str(number),
        )

    def raise_for_findings(self, severity: Severity = "warning") -> None:
        """Raise ``ValidationError`` where there is an open finding of this severity or worse."""
        found = self.at_least(severity)
        if found:
            first = "; ".join(f"{one.subject}: {one.evidence}" for one in found[:3])
            raise ValidationError(
                f"{len(found)} finding(s) of quality. {first}",
                remedy="See report.to_text() for each finding and what to do.",
                report=self,
            )

    @takes()
    def to_text(self, severity: Severity = "warning", *, all: bool = False) -> str:
        """The report for a terminal: findings of a severity or worse; with ``all`` every item."""
        from glocal_kg._quality import render

        return visible(render.text(self, severity, all))

    def to_json(self) -> str:
        """The whole report as JSON."""
        from glocal_kg._quality import render

        return render.json_text(self)

    def to_sarif(self) -> str:
        """The report as SARIF 2.1.0, which code hosts show beside the lines of a file."""
        from glocal_kg._quality import sarif

        return sarif.write(self)

    def to_junit(self) -> str:
        """The report as JUnit XML, a test case an item."""
        from glocal_kg._quality import junit

        return junit.write(self)

    def to_turtle(self) -> str:
        """The report in RDF: an EARL assertion and a DQV measurement for each item."""
        from glocal_kg._quality import earl

        return earl.write(self)

    def to_graph(self) -> rdflib.Graph:
        """The same as an rdflib Graph."""
        import rdflib

        return rdflib.Graph().parse(data=self.to_turtle(), format="turtle")

    def __str__(self) -> str:
        return self.to_text()

    def __repr__(self) -> str:
        counted = ", ".join(f"{count} {state}" for state, count in self.counts().items() if count)
        return f"<QualityReport on {self.subject}: {counted or 'no items'}>"

    def to_pandas(self) -> pandas.DataFrame:
        """A DataFrame, a row for each open finding; ``GlocalError`` without pandas."""
        from glocal_kg._rdf.frames import text_frame

        return text_frame(("item", "severity", "subject", "evidence", "remedy"), self._rows())

    def _repr_html_(self) -> str:
        from glocal_kg._rdf.writing.html import table

        head = ("item", "severity", "subject", "evidence", "what to do")
        return table(self._rows(), head, repr(self)[1:-1])

    def _rows(self) -> list[tuple[object, ...]]:
        return [
            (outcome.item.number, one.severity, one.subject, one.evidence, one.remedy)
            for outcome in self.outcomes
            for one in outcome.open
        ]


def found_of(
    item: Item, finding: Fault, place: tuple[str, int], argument: Argument | None
) -> QualityFinding:
    """A finding with what the item and the files add to it."""
    return QualityFinding(
        finding.subject,
        finding.evidence,
        finding.remedy or item.remedy,
        finding.severity or item.severity,
        *place,
        argument.text if argument is not None else "",
    )
