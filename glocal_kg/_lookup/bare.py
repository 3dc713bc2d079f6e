"""Why a packaged question finds nothing in a graph that does not have the packaged facts."""

from __future__ import annotations

from glocal_kg._graph.graph import Graph
from glocal_kg._questions.question import Question, names
from glocal_kg._questions.table import Table
from glocal_kg._study.packaged import is_packaged

_BARE = (
    "This graph has no ontology and no packaged facts, which packaged questions are about: "
    "kg.add(gk.load().facts) puts them in."
)


def told(kg: Graph, question: Question, table: Table) -> Table:
    """An empty answer with a note where the graph was begun without the packaged facts."""
    if not table and question.name in names() and not any(map(is_packaged, kg.graphs())):
        table.notes = (_BARE, *table.notes)
    return table
