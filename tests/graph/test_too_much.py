"""Facts and shapes that would take all memory or all time: done in parts, or told what to do."""

from __future__ import annotations

import pytest

import glocal_kg as gk
from glocal_kg._engines.shacl import engine, walk

PREFIXES = """@prefix ex: <https://example.org/> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
"""
HUB = " ".join(f"ex:a{n} ex:p ex:hub . ex:hub ex:q ex:b{n} ." for n in range(40))
RING = " ".join(f"ex:a{n} ex:p ex:a{(n + 1) % 40} ." for n in range(40))
WIDE = "sh:targetSubjectsOf ex:p ; sh:property [ sh:path %s ; sh:maxCount 1 ]"


def graph(text: str) -> gk.KnowledgeGraph:
    kg = gk.KnowledgeGraph()
    kg.add(gk.Text(PREFIXES + text, "turtle"))
    return kg


def shape(text: str) -> gk.Text:
    return gk.Text(f"{PREFIXES} ex:shape a sh:NodeShape ; {text} .", "turtle")


@pytest.mark.parametrize(
    ("facts", "path"), [(HUB, "(ex:p ex:q)"), (RING, "[ sh:oneOrMorePath ex:p ]")]
)
def test_paths_that_are_too_wide_together_are_walked_in_parts(
    facts: str, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    kg, wide = graph(facts), shape(WIDE % path)
    whole = kg.validate(wide).to_json()
    monkeypatch.setattr(walk, "MOST", 100)
    monkeypatch.setattr(walk, "_STEPS", 7)
    assert kg.validate(wide).to_json() == whole
    monkeypatch.setattr(walk, "MOST", 30)
    with pytest.raises(
        gk.TooLargeError, match=r"ex:shape.*: A path leads to 40 values from one node"
    ):
        kg.validate(wide)


def test_more_findings_than_fit_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    kg, wide = graph(RING), shape("sh:targetSubjectsOf ex:p ; sh:nodeKind sh:Literal")
    assert len(kg.validate(wide).results) == 40
    monkeypatch.setattr(engine, "of_machine", lambda: 20_000.0)
    with pytest.raises(gk.TooLargeError, match=r"finds more wrong than fits .* 40 findings"):
        kg.validate(wide)


@pytest.mark.timeout(60)  # of each two of them it would take minutes
def test_values_that_nobody_can_compare_are_not_compared() -> None:
    values = ", ".join(f'"{n}"^^ex:unknown' for n in range(6000))
    kg = graph(f"ex:p a owl:FunctionalProperty . ex:a ex:p 1, 2, {values} .")
    assert [one.rule for one in kg.infer().clashes] == ["dt-diff"]


@pytest.mark.timeout(60)
def test_clashes_of_a_long_list_are_not_all_kept() -> None:
    classes = [f"ex:C{n}" for n in range(700)]
    apart = f"[] a owl:AllDisjointClasses ; owl:members ({' '.join(classes)}) ."
    clashes = graph(f"{apart} ex:a a {', '.join(classes)} .").infer().clashes
    assert 100 <= len(clashes) < 1000
