"""The example passes, and of each variation the shapes find the fault and nothing else."""

from __future__ import annotations

import pytest

from glocal_kg._engines.shacl import ValidationReport
from tests.shapes.variations import EXAMPLES, SHAPE, Variation, report

VARIATIONS = EXAMPLES.variations.values()


def findings(found: ValidationReport) -> set[tuple[str, str]]:
    return {(str(one.source_shape).strip("<>"), one.constraint) for one in found.results}


@pytest.mark.parametrize("engine", ["fast", "pyshacl"])
def test_the_example_passes_and_every_shape_looks_at_it(engine: str) -> None:
    found = report(EXAMPLES.facts(), engine=engine)
    assert found.conforms, found.to_text()
    assert [shape for shape, count in found.looked_at.items() if count == 0] == []
    assert list(found.doubts) == []


@pytest.mark.parametrize("variation", VARIATIONS, ids=lambda variation: variation.name)
def test_the_fault_of_a_variation_is_found_and_nothing_else(variation: Variation) -> None:
    found = report(EXAMPLES.facts(variation))
    assert findings(found) == {(variation.shape, variation.component)}, found.to_text()
    assert all(one.message for one in found.results)


def test_the_reference_engine_finds_the_same_where_all_is_wrong_at_once() -> None:
    facts = set(EXAMPLES.facts())
    for variation in VARIATIONS:
        facts -= set(variation.without)
    facts |= {triple for variation in VARIATIONS for triple in variation.added}
    fast, reference = (report(list(facts), engine=engine) for engine in ("fast", "pyshacl"))

    def rows(found: ValidationReport) -> set[tuple[str, ...]]:
        return {
            (str(one.focus), str(one.source_shape), one.constraint, str(one.value))
            for one in found.results
        }

    assert len(rows(fast)) > 100
    assert rows(fast) == rows(reference)


def test_names_of_variations_are_names_of_shapes() -> None:
    known = set(report(EXAMPLES.facts()).looked_at)
    for variation in VARIATIONS:
        assert variation.node_shape is None or variation.node_shape in known, variation.name
        assert variation.shape.startswith(SHAPE)
