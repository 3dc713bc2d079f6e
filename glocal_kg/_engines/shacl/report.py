"""What a validation found: its results, what each shape looked at, and doubts about the shapes.

The report is plain data, the same from every engine; how it becomes a standard SHACL report
graph is in ``report_graph``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal as OneOf
from typing import TypeAlias

from pyoxigraph import Literal, NamedNode

from glocal_kg._engines.shacl.paths import Path
from glocal_kg._engines.shacl.rdf_terms import Term, short
from glocal_kg._rdf.arguments import LIST, expect, one_of
from glocal_kg._rdf.counted import counted

TYPE_CHECKING = False
if TYPE_CHECKING:
    import rdflib

    from glocal_kg._rdf.store.pairs import Numbers

Severity: TypeAlias = OneOf["violation", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("violation", "warning", "info")
"""The severities of SHACL, worst first; any other severity keeps its IRI."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding: where, what, what was expected, and what to do.

    ``focus`` is the node that was checked and ``label`` its name for people; ``path`` leads
    from it to ``value`` (None where the fault is in the whole set of values). ``message`` says
    what is wrong, in the words of the shape where it has some; ``expected`` and ``remedy`` are
    made from the constraint. ``severity`` is "violation", "warning" or "info", or the IRI of one
    of the shapes' own.
    ``check`` is the name of the check that spoke, where it was none of the shapes.
    ``source_shape`` (``shape`` is its name for people) and ``constraint`` (the IRI of the
    constraint component) say which rule spoke; ``details`` are the findings inside a nested
    shape that led to this one, without ``details_left_out`` more of them.
    Where it is known, ``source`` and ``line`` say in which file it stands, and ``cause`` says in
    one sentence why it is a fault; the engine itself knows neither.
    """

    focus: Term
    constraint: str
    source_shape: Term | None = None
    shape: str = ""
    path: Path | None = None
    value: Term | None = None
    message: str = ""
    expected: str = ""
    remedy: str = ""
    severity: Severity | NamedNode = "violation"
    label: str = ""
    messages: tuple[Literal, ...] = ()
    source_constraint: Term | None = None
    details: tuple[Finding, ...] = ()
    details_left_out: int = 0
    cause: str = ""
    source: str = ""
    line: int | None = None
    check: str = ""

    def __repr__(self) -> str:
        where = f"{self.place} " if self.source else ""
        return f"<Finding {where}{short(self.focus)}: {self.cause or self.message}>"

    @property
    def place(self) -> str:
        """File and line as ``my.ttl:12``, as far as they are known.

        >>> Finding(Literal("x"), "", source="my.ttl", line=12).place
        'my.ttl:12'
        """
        return self.source if self.line is None else f"{self.source}:{self.line}"

    @property
    def rule(self) -> str:
        """The constraint component by its short name, such as ``MinCount``.

        >>> Finding(Literal("x"), "http://www.w3.org/ns/shacl#MinCountConstraintComponent").rule
        'MinCount'
        """
        name = self.constraint.rsplit("#", 1)[-1].rsplit("/", 1)[-1]
        return name.removesuffix("ConstraintComponent") or name

    @property
    def origin(self) -> str:
        """Rule and shape in one phrase, such as ``MinCount of shape:Person``."""
        shape = self.shape or (short(self.source_shape) if _has_name(self.source_shape) else "")
        return f"{self.rule} of {shape}" if shape else self.rule

    def as_dict(self) -> dict[str, object]:
        """The finding as texts, nested details included; the keys are the columns of the CSV."""
        named = _has_name(self.source_shape)
        row: dict[str, object] = {
            "severity": severity_text(self.severity),
            "file": self.source,
            "line": "" if self.line is None else str(self.line),
            "focus": str(self.focus),
            "label": self.label,
            "path": "" if self.path is None else str(self.path),
            "value": "" if self.value is None else str(self.value),
            "cause": self.cause or self.message,
            "message": self.message,
            "expected": self.expected,
            "remedy": self.remedy,
            "shape": self.shape or (short(self.source_shape) if named else ""),
            "source_shape": str(self.source_shape) if named else "",
            "constraint": self.constraint,
        }
        if self.details:
            row["details"] = [detail.as_dict() for detail in self.details]
        if self.details_left_out:
            row["details_left_out"] = self.details_left_out
        return row


def severity_text(severity: Severity | NamedNode) -> str:
    """A severity as text: its name, or its IRI."""
    return severity if isinstance(severity, str) else severity.value


def _has_name(shape: Term | None) -> bool:
    """Whether a shape has an IRI; the label of a blank node is another one in every run."""
    return isinstance(shape, NamedNode)


DoubtKind: TypeAlias = OneOf[
    "no-nodes", "no-target", "misspelt", "unsatisfiable", "engine", "not-run", "no-effect",
    "pattern",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something about the shapes that makes a report say less than it seems to.

    ``kind`` is one of: ``no-nodes`` (a shape looked at no node), ``no-target`` (nothing uses
    the shape), ``misspelt`` (a term that SHACL, or the vocabulary it is of, does not have),
    ``unsatisfiable`` (no data can conform), ``engine`` (another engine did part of the work),
    ``not-run`` (a part of the shapes graph that validation does not carry out), ``no-effect`` (a
    value that is allowed but does nothing), ``pattern`` (a regular expression has what those of
    SHACL have not).
    ``shape`` is the IRI of the shape, or the way to it where it has none.
    """

    kind: DoubtKind
    message: str
    shape: str = ""
    remedy: str = ""

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}".strip()


@dataclass(frozen=True)
class ValidationReport:
    """The result of a validation.

    ``results`` are all findings, in order; ``violations``, ``warnings`` and ``infos`` are those
    of one severity, and only ``results`` has those of severities of the shapes' own.
    ``looked_at`` gives for every shape with a target the number of nodes it was applied to;
    ``targets`` are the numbers of these nodes, where the report was made at once. ``doubts`` are
    about the shapes, not about the data; ``engines`` names who did the work.
    Nothing in the report is a live view: later changes to the graph do not change it.

    >>> report = ValidationReport(looked_at={"https://example.org/Shape": 2})
    >>> report.conforms
    True
    """

    results: Sequence[Finding] = ()
    looked_at: Mapping[str, int] = field(default_factory=dict)
    doubts: tuple[Doubt, ...] = ()
    engines: tuple[str, ...] = ("fast",)
    targets: Mapping[str, Numbers] | None = field(default=None, compare=False, repr=False)

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {counted(len(self.results), 'finding')}>"

    @property
    def conforms(self) -> bool:
        """Whether nothing was found; as in the standard, a finding of any severity counts."""
        return not self.results

    @property
    def violations(self) -> list[Finding]:
        """The findings of severity sh:Violation, which is that of a shape that names none."""
        return self._of("violation")

    @property
    def warnings(self) -> list[Finding]:
        """The findings of severity sh:Warning."""
        return self._of("warning")

    @property
    def infos(self) -> list[Finding]:
        """The findings of severity sh:Info."""
        return self._of("info")

    def _of(self, severity: Severity) -> list[Finding]:
        return [found for found in self.results if found.severity == severity]

    def at_least(self, severity: Severity) -> list[Finding]:
        """The findings of a severity or worse: "violation", "warning" or "info" (all).

        A severity of the shapes' own counts as bad as a violation. Raises ArgumentError for a
        name that is none of the three.

        >>> ValidationReport().at_least("warning")
        []
        """
        expect("severity", severity, one_of(*SEVERITIES))
        milder = SEVERITIES[SEVERITIES.index(severity) + 1 :]
        return [found for found in self.results if found.severity not in milder]

    def joined(self, more: Sequence[Finding], engine: str = "checks") -> ValidationReport:
        """This report with findings from elsewhere, such as set-based checks, added."""
        expect("more", more, LIST)
        return replace(self, results=[*self.results, *more], engines=(*self.engines, engine))

    def to_graph(self) -> rdflib.Graph:
        """The standard SHACL validation report as an rdflib Graph."""
        from glocal_kg._engines.shacl import report_graph

        return report_graph.write(self)
