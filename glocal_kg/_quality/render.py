"""A report of quality as text and as JSON."""

from __future__ import annotations

import json

from glocal_kg._quality.item import SEVERITIES, Severity
from glocal_kg._quality.outcomes import STATES, Outcome, QualityFinding, QualityReport
from glocal_kg._rdf.arguments import expect, one_of
from glocal_kg._rdf.counted import counted
from glocal_kg._study.vocab import shorten

SHOWN = 5
"""So many findings of an item are shown in the short form."""

_MARKS = {"passed": "ok", "failed": "", "argued": "argued", "not checked": "-"}


def text(report: QualityReport, severity: Severity, all: bool) -> str:
    """Items with findings of a severity or worse, then how many items are in which state."""
    expect("severity", severity, one_of(*SEVERITIES))
    severities = SEVERITIES[: SEVERITIES.index(severity) + 1]
    lines: list[str] = []
    for outcome in report.outcomes:
        shown = [one for one in outcome.open if one.severity in severities]
        if all:
            lines += _whole(outcome)
        elif shown:
            lines += [_head(outcome), *_few(shown), ""]
    for one in report.stale:
        lines += [
            f"stale      argument for item {one.item}, {one.subject}: its finding is gone.",
            "",
        ]
    if all:
        lines.append("")
    return "\n".join([*lines, _sum(report, severities)])


def json_text(report: QualityReport) -> str:
    """The whole report as JSON."""
    content = {
        "subject": report.subject,
        "files": report.files,
        "statements": report.statements,
        "conforms": report.conforms,
        "items": report.counts(),
        "outcomes": [
            {
                "item": one.item.number,
                "group": one.item.group,
                "title": one.item.title,
                "severity": one.item.severity,
                "how": one.item.how,
                "state": one.state,
                "looked_at": one.looked_at,
                "things": one.things,
                "note": one.note,
                "reason": one.reason,
                "findings": [
                    {name: getattr(found, name) for name in QualityFinding.__slots__}
                    for found in one.found
                ],
            }
            for one in report.outcomes
        ],
        "stale": [
            {"item": one.item, "subject": one.subject, "argument": one.text} for one in report.stale
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=2)


def _head(outcome: Outcome) -> str:
    number = len(outcome.open)
    counted = f"{number} finding{'s' if number > 1 else ''}, {outcome.looked_at} {outcome.things}"
    return f"{outcome.severity:<8}{outcome.item.number:>3}  {outcome.item.title} ({counted})"


def _few(found: list[QualityFinding]) -> list[str]:
    lines = []
    for one in found[:SHOWN]:
        lines.append(f"             {_place(one)}{_named(one)}: {one.evidence}")
    if len(found) > SHOWN:
        lines.append(f"             and {len(found) - SHOWN} more")
    remedies = list(dict.fromkeys(one.remedy for one in found[:SHOWN]))
    return [*lines, *(f"         ->  {remedy}" for remedy in remedies if remedy)]


def _whole(outcome: Outcome) -> list[str]:
    mark = _MARKS[outcome.state] or outcome.severity
    told = outcome.reason or f"{outcome.looked_at} {outcome.things}"
    told += f": {outcome.note}" if outcome.note else ""
    lines = [f"{mark:<8}{outcome.item.number:>3}  {outcome.item.title} ({told})"]
    for one in outcome.found:
        lines.append(f"             {_place(one)}{_named(one)}: {one.evidence}")
        lines.append(f"         ->  {one.argument or one.remedy}")
    return lines


def _named(one: QualityFinding) -> str:
    """The subject for people, to whom the label of a blank node, new in each run, tells nothing."""
    return "a nameless thing" if one.subject.startswith("_:") else shorten(one.subject)


def _place(one: QualityFinding) -> str:
    if not one.file or one.file == one.subject:
        return ""
    return f"{one.file}:{one.line}  " if one.line else f"{one.file}  "


def _sum(report: QualityReport, severities: tuple[Severity, ...]) -> str:
    counts = report.counts()
    states = ", ".join(f"{counts[state]} {state}" for state in STATES)
    milder = len(report.at_least("info")) - len(report.at_least(severities[-1]))
    noted = f" {milder} more to note (--severity info)." if milder else ""
    looked = ", ".join((
        counted(report.files, "file"),
        counted(report.statements, "statement"),
        counted(len(report.outcomes), "item"),
    ))  # fmt: skip
    return f"{looked}: {states}.{noted}"
