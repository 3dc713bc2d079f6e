"""A report as text for a terminal, as JSON and CSV for programs, as HTML for a notebook."""

from __future__ import annotations

import json
from collections import Counter

from pyoxigraph import BlankNode

from glocal_kg._engines.shacl.rdf_terms import short
from glocal_kg._engines.shacl.report import severity_text
from glocal_kg._rdf.escaping import escape
from glocal_kg._rdf.namespaces import shorten
from glocal_kg._rdf.writing.csv_text import csv_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from glocal_kg._engines.shacl.report import Finding, ValidationReport

_MARKS = {"violation": "✗", "warning": "!", "info": "i"}
COLUMNS = (
    "severity",
    "file",
    "line",
    "focus",
    "label",
    "path",
    "value",
    "cause",
    "message",
    "expected",
    "remedy",
    "shape",
    "source_shape",
    "constraint",
)


def _count(number: int, one: str) -> str:
    return f"{number:,} {one}{'' if number == 1 else 's'}"


def headline(report: ValidationReport) -> str:
    """In short: whether the data conform, how much was found, how much was looked at.

    What is only warned of is no violation, and is called so: that is also what ends a command.

    >>> from glocal_kg._engines.shacl.report import ValidationReport
    >>> headline(ValidationReport())
    'Conforms, but no shape looked at any node.'
    """
    things: tuple[int, int] | None = getattr(report, "things", None)
    looked = ""
    if things is not None:
        looked = f" Looked at {things[0]:,} of your {_count(things[1], 'thing')}"
        over: tuple[str, ...] = getattr(report, "passed_over", ())
        left = things[1] - things[0] - len(over)
        more = f" and {left:,} more" if left > 0 else ""
        looked += f"; no shape is for {', '.join(over)}{more}." if over else "."
    if report.conforms:
        if things is not None:
            return f"Conforms.{looked}" if things[0] else f"Nothing is found.{looked}"
        seen = sum(report.looked_at.values())
        if not seen:
            return "Conforms, but no shape looked at any node."
        shapes = sum(1 for number in report.looked_at.values() if number)
        return f"Conforms. {_count(shapes, 'shape')} looked at {_count(seen, 'node')}."
    kinds = Counter(severity_text(found.severity) for found in report.results)
    verdict = "Does not conform:" if report.at_least("violation") else "No violation, but"
    parts = [_count(kinds.pop(kind), kind) for kind in ("violation", "warning") if kind in kinds]
    if "info" in kinds:
        parts.append(f"{kinds.pop('info'):,} for information")
    parts += [f"{number:,} of {kind}" for kind, number in kinds.items()]
    nodes = len({found.focus for found in report.results})
    return f"{verdict} {', '.join(parts)} at {_count(nodes, 'node')}.{looked}"


def _finding(found: Finding, indent: str) -> list[str]:
    mark = _MARKS.get(severity_text(found.severity), "✗")
    name = _named(found)
    place = f"{found.place}  " if found.source else ""
    lines = [f"{indent}{mark} {place}{name}"]
    lines += [f"{indent}  {key:<9}{value}" for key, value in _rows(found) if value]
    if found.details and not found.cause:
        lines.append(f"{indent}  because")
        for detail in found.details:
            lines += _finding(detail, indent + "    ")
    if found.details_left_out and not found.cause:
        lines.append(f"{indent}    ... and {_count(found.details_left_out, 'more such finding')}")
    return lines


def _named(found: Finding) -> str:
    """The name and the IRI of a thing; one without IRI has its label, or brackets, alone."""
    if isinstance(found.focus, BlankNode):
        return found.label or "[ ]"
    return f"{found.label}  {short(found.focus)}" if found.label else short(found.focus)


def _rows(found: Finding) -> list[tuple[str, str]]:
    """What is said of a finding, under its heads."""
    at = "" if found.path is None else str(found.path)
    nameless = found.value is None or isinstance(found.value, BlankNode)
    value = "" if nameless else short(found.value)
    if found.cause:
        do, write = _parted(found.remedy)
        do = "" if do == found.cause else do
        value = value if at else ""  # of the thing as a whole
        return [
            ("at", at), ("value", value), ("problem", found.cause),
            ("do", do), ("write", write), ("rule", found.origin),
        ]  # fmt: skip
    return [
        ("at", at),
        ("value", value),
        ("problem", found.message),
        ("expected", "" if found.expected == found.message else found.expected),
        # A shape says itself what to do; a check has a remedy beside its messages.
        ("do", found.remedy if found.check or not found.messages else ""),
        ("rule", found.origin),
    ]


def _parted(remedy: str) -> tuple[str, str]:
    """A remedy as advice and the Turtle to write."""
    before, write, after = remedy.rpartition("Write ")
    if write and after.rstrip().endswith(" ."):
        return before.strip(), after.strip()
    return remedy, ""


def text(report: ValidationReport, limit: int | None = 20) -> str:
    """The report for people: headline, findings, what was looked at, doubts about the shapes.

    More findings than ``limit`` are told kind by kind, the worst and most frequent first.
    """
    lines = [headline(report)]
    if limit is None or len(report.results) <= limit:
        for found in report.results:
            lines += ["", *_finding(found, "")]
    else:
        for kind in kinds(report):
            lines += ["", *_kind(kind, limit)]
        lines += ["", "Each finding: to_text(None), on the command line --all."]
    if report.looked_at and (limit is None or getattr(report, "things", None) is None):
        lines += ["", "Looked at:", *_looked_at(report, limit)]
    if report.doubts:
        lines += ["", "About the shapes:"]
        lines += [f"  - {doubt}" for doubt in report.doubts]
    return "\n".join(lines)


def kinds(report: ValidationReport) -> list[list[Finding]]:
    """The findings by kind: those of one rule on one property; the worst, then the most, first."""
    found: dict[tuple[str, ...], list[Finding]] = {}
    for one in report.results:
        path = "" if one.path is None else str(one.path)
        found.setdefault((severity_text(one.severity), one.origin, path), []).append(one)

    def rank(kind: list[Finding]) -> tuple[int, int]:
        severity = severity_text(kind[0].severity)
        return (_ORDER.index(severity) if severity in _ORDER else 0, -len(kind))

    return sorted(found.values(), key=rank)


_ORDER = ("violation", "warning", "info")


def _kind(kind: list[Finding], limit: int) -> list[str]:
    """Findings of one kind: how many, the first of them, and what to do."""
    if len(kind) == 1:
        return _finding(kind[0], "")
    first = kind[0]
    shown = kind[: max(3, min(limit // 4, 5))]
    at = "" if first.path is None else f" at {first.path}"
    severity = severity_text(first.severity)
    lines = [f"{_MARKS.get(severity, '✗')} {_count(len(kind), severity)}{at}"]
    for one in shown:
        name = _named(one) if isinstance(one.focus, BlankNode) else short(one.focus)
        place = f"{one.place}  " if one.source else ""
        lines.append(f"    {place}{name}: {one.cause or one.message}")
    if len(kind) > len(shown):
        lines.append(f"    ... and {len(kind) - len(shown):,} more")
    told = [row for row in _rows(first) if row[0] in ("do", "write", "expected", "rule")]
    return lines + [f"  {key:<9}{value}" for key, value in told if value]


def _looked_at(report: ValidationReport, limit: int | None) -> list[str]:
    """How many nodes each shape looked at."""
    held = [(shape, number) for shape, number in report.looked_at.items() if number]
    shown = (held or list(report.looked_at.items()))[:limit]
    width = max(len(f"{number:,}") for _, number in shown) if shown else 0
    lines = [f"  {number:>{width},}  {shorten(shape)}" for shape, number in shown]
    if len(shown) < len(held):
        more = len(held) - len(shown)
        lines.append(f"  ... and by {_count(more, 'more shape')}")
    return lines


def json_text(report: ValidationReport) -> str:
    """The report as JSON, keys in a fixed order."""
    content = {
        "conforms": report.conforms,
        "results": [found.as_dict() for found in report.results],
        "looked_at": dict(report.looked_at),
        "doubts": [
            {"kind": d.kind, "shape": d.shape, "message": d.message, "remedy": d.remedy}
            for d in report.doubts
        ],
        "engines": list(report.engines),
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def csv(report: ValidationReport) -> str:
    """The findings as CSV (RFC 4180, lines end with CR LF)."""
    return csv_text([COLUMNS, *(row.values() for row in rows(report))], line_end="\r\n")


def rows(report: ValidationReport) -> list[dict[str, str]]:
    """A dictionary of texts for every finding, details apart."""
    found = (finding.as_dict() for finding in report.results)
    return [{name: str(row[name]) for name in COLUMNS} for row in found]


def html(report: ValidationReport, limit: int = 100) -> str:
    """The report for a notebook: a table of the first findings, all text escaped."""
    parts = [f"<p><strong>{escape(headline(report))}</strong></p>"]
    if report.results:
        heads = ("", "where", "node", "at", "value", "problem", "do", "rule")
        parts.append("<table><thead><tr>")
        parts += [f"<th>{head}</th>" for head in heads]
        parts.append("</tr></thead><tbody>")
        for found in report.results[:limit]:
            cells = (
                severity_text(found.severity),
                found.place,
                found.label or short(found.focus),
                "" if found.path is None else str(found.path),
                short(found.value),
                found.cause or found.message,
                found.remedy,
                found.origin,
            )
            parts.append("<tr>")
            parts += [f"<td>{escape(cell)}</td>" for cell in cells]
            parts.append("</tr>")
        parts.append("</tbody></table>")
        if len(report.results) > limit:
            parts.append(f"<p>and {len(report.results) - limit:,} more</p>")
    if report.doubts:
        parts.append("<p>About the shapes:</p><ul>")
        parts += [f"<li>{escape(str(doubt))}</li>" for doubt in report.doubts]
        parts.append("</ul>")
    return "".join(parts)
