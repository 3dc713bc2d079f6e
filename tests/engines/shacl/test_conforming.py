"""What is told of a single node by lookups is what the engine finds in columns."""

from __future__ import annotations

from collections import Counter

import numpy as np
from hypothesis import HealthCheck, given, settings

from glocal_kg._engines.shacl import Shapes
from glocal_kg._engines.shacl.conforming import Conforming
from glocal_kg._engines.shacl.engine import Validation
from glocal_kg._rdf.store.index import TripleIndex
from tests.engines.shacl.strategies import graphs, shapes_graphs
from tests.engines.shacl.tools import facts_of

TOLD: Counter[bool | None] = Counter()


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(graphs, shapes_graphs())
def told(data: str, shapes: str) -> None:
    facts, plan = facts_of(data), Shapes(facts_of(shapes))
    rows = facts.columns()[:, :3]
    run = Validation(plan.data(facts.terms, TripleIndex(rows)), plan.shapes, plan.graph)
    nodes = np.unique(rows[:, [0, 2]]) if len(rows) else np.zeros(0, np.int32)
    conforming = Conforming(run, plan.shapes)
    for shape in plan.shapes:
        test, bad = conforming.test(shape), run.failing(shape, nodes)[0]
        for node, fails in zip(nodes.tolist(), bad.tolist(), strict=True):
            answer = test(node)
            TOLD[answer] += 1
            assert answer is None or answer is not fails, (shape, facts.terms[node])


def test_what_is_told_of_one_node_is_true() -> None:
    TOLD.clear()
    told()
    assert min(TOLD[True], TOLD[False]) > 20
