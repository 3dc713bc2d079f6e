"""Shapes of strangers that were judged wrongly once, each with the answer of the standard."""

from __future__ import annotations

from pathlib import Path

import pytest

from glocal_kg import KnowledgeGraph, Text
from glocal_kg._telling.report import Report
from glocal_kg.errors import ShapesError

FAULTS = Path(__file__).resolve().parents[4] / "shared" / "review" / "inputs" / "faults"
pytestmark = pytest.mark.skipif(not FAULTS.exists(), reason=f"the cases are not at {FAULTS}")

REFUSED = {
    "B038": r"namespace of SHACL is <http://www.w3.org/ns/shacl#>",
    "B058": r"ex:S: sh:property leads to a shape that has no sh:path",
    "B059": r'ex:S > sh:property ex:p: sh:uniqueLang is "true"',
    "B066": r"ex:S: the query does not return \$this",
    "B073": r"ex:S > sh:property ex:p: sh:minCount is given 2 times",
}
FOUND = {"B061": 1, "B062": 1, "B067": 1, "B069": 1, "B070": 0, "B075": 0}
DOUBTED = {
    "B049": "sh:expression",
    "B072": "a class with constraints, but no shape",
    "B076": r"looks into the graph ?g",
}


def validate(case: str) -> Report:
    """Data stand before the line ``# shapes``, the prefixes at the top are for both."""
    data, shapes = (FAULTS / f"{case}.ttl").read_text(encoding="utf-8").split("# shapes")
    prefixes = "".join(line + "\n" for line in data.splitlines() if line.startswith("@prefix"))
    kg = KnowledgeGraph()
    kg.add(Text(data, "turtle"))
    return kg.validate(Text(prefixes + shapes, "turtle", name="shapes"))


@pytest.mark.parametrize("case", REFUSED)
def test_refused(case: str) -> None:
    with pytest.raises(ShapesError, match=REFUSED[case]) as caught:
        validate(case)
    assert "_:" not in str(caught.value)


@pytest.mark.parametrize("case", FOUND)
def test_found_by_the_fast_engine(case: str) -> None:
    report = validate(case)
    assert report.engines == ("fast",)
    assert len(report.violations) == FOUND[case]


@pytest.mark.parametrize("case", DOUBTED)
def test_doubted(case: str) -> None:
    report = validate(case)
    assert report.conforms
    assert DOUBTED[case] in " ".join(map(str, report.doubts))
