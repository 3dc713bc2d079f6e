"""The small graph that most tests here ask."""

from __future__ import annotations

import pytest

import glocal_kg as gk
from tests.graph.family import FAMILY


@pytest.fixture
def kg() -> gk.KnowledgeGraph:
    graph = gk.KnowledgeGraph()
    graph.add(gk.Text(FAMILY, "turtle"))
    return graph
