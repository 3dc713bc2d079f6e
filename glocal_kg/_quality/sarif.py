"""A report of quality as SARIF 2.1.0 (OASIS): rules, results, and suppressed results."""

from __future__ import annotations

import json
from typing import Any

from glocal_kg._quality.outcomes import Outcome, QualityFinding, QualityReport

_LEVELS = {"error": "error", "warning": "warning", "info": "note"}


def write(report: QualityReport) -> str:
    """One run: each item is a rule; each finding, pass and item not checked is a result."""
    from glocal_kg._version import version

    rules = [
        {
            "id": f"quality-{one.item.number}",
            "name": one.item.title,
            "shortDescription": {"text": one.item.title},
            "defaultConfiguration": {"level": _LEVELS[one.item.severity]},
            "properties": {"group": one.item.group, "state": one.state, "how": one.item.how},
        }
        for one in report.outcomes
    ]
    results = [
        result
        for index, outcome in enumerate(report.outcomes)
        for result in _results(index, outcome)
    ]
    driver = {
        "name": "glocal check",
        "version": version(),
        "informationUri": "https://w3id.org/glocal",
        "rules": rules,
    }
    return json.dumps(
        {
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
            "version": "2.1.0",
            "runs": [{"tool": {"driver": driver}, "results": results}],
        },
        ensure_ascii=False,
        indent=2,
    )


def _results(index: int, outcome: Outcome) -> list[dict[str, Any]]:
    rule = {"ruleId": f"quality-{outcome.item.number}", "ruleIndex": index}
    if not outcome.found:
        passed = outcome.state == "passed"
        said = f"{outcome.looked_at} {outcome.things} {outcome.note}".strip()
        said = said if passed else outcome.reason
        kind = "pass" if passed else "notApplicable"
        return [{**rule, "kind": kind, "level": "none", "message": {"text": said}}]
    return [{**rule, **_result(one)} for one in outcome.found]


def _result(one: QualityFinding) -> dict[str, Any]:
    result: dict[str, Any] = {
        "kind": "fail",
        "level": _LEVELS[one.severity],
        "message": {"text": f"{one.subject}: {one.evidence} {one.remedy}".strip()},
    }
    if one.file:
        result["locations"] = [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": one.file.replace("\\", "/")},
                    "region": {"startLine": max(one.line, 1)},
                },
                "logicalLocations": [{"fullyQualifiedName": one.subject}],
            }
        ]
    if one.argument:
        result["suppressions"] = [{"kind": "external", "justification": one.argument}]
    return result
