"""A report of quality as JUnit XML: a suite for each group, a test case for each item."""

from __future__ import annotations

import re
from itertools import groupby

from glocal_kg._quality.outcomes import Outcome, QualityReport
from glocal_kg._rdf.escaping import escape, quoted

_NO_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write(report: QualityReport) -> str:
    """Errors and warnings fail a test case; what is only to be noted is its output."""
    suites = []
    for group, members in groupby(report.outcomes, key=lambda one: one.item.group):
        outcomes = list(members)
        failures = sum(_fails(one) for one in outcomes)
        skipped = sum(one.state == "not checked" for one in outcomes)
        suites.append(
            f'<testsuite name={_quoted(group)} tests="{len(outcomes)}" failures="{failures}"'
            f' errors="0" skipped="{skipped}">\n{"".join(map(_case, outcomes))}</testsuite>\n'
        )
    if report.stale:
        failure = '<failure message="The argument is stale: its finding is gone."/>'
        cases = "".join(
            f'<testcase classname="Arguments" name={_quoted(f"{one.item} {one.subject}")}>'
            f"{failure}</testcase>\n"
            for one in report.stale
        )
        number = len(report.stale)
        suites.append(
            f'<testsuite name="Arguments" tests="{number}" failures="{number}" errors="0"'
            f' skipped="0">\n{cases}</testsuite>\n'
        )
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    return f'{head}<testsuites name="glocal check">\n{"".join(suites)}</testsuites>\n'


def _fails(outcome: Outcome) -> bool:
    return any(one.severity != "info" for one in outcome.open)


def _case(outcome: Outcome) -> str:
    name = _quoted(f"{outcome.item.number} {outcome.item.title}")
    said = "\n".join(
        f"{one.severity}: {one.subject}: {one.evidence} {one.argument or one.remedy}"
        for one in outcome.found
    )
    inner = ""
    if outcome.state == "not checked":
        inner = f"<skipped message={_quoted(outcome.reason)}/>"
    elif _fails(outcome):
        first = outcome.open[0]
        message = _quoted(f"{len(outcome.open)} finding(s): {first.subject}: {first.evidence}")
        inner = f'<failure type="{outcome.severity}" message={message}>{_escaped(said)}</failure>'
    elif said:
        inner = f"<system-out>{_escaped(said)}</system-out>"
    return f"<testcase classname={_quoted(outcome.item.group)} name={name}>{inner}</testcase>\n"


def _escaped(text: str) -> str:
    return escape(_NO_XML.sub("", text))


def _quoted(text: str) -> str:
    return quoted(_NO_XML.sub("", text))
