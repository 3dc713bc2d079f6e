"""When filters are asked: at once, or of the fewer rows that the next join leaves."""

from __future__ import annotations

from typing import Any

import pytest

from glocal_kg._rdf.sparql import keeping
from glocal_kg._rdf.sparql.evaluating import Evaluator
from glocal_kg._rdf.sparql.limits import Told
from glocal_kg._rdf.sparql.solution_table import SolutionTable
from tests.rdf.sparql.ask import ask, read

LABELS = 40
COUNTED = "{ SELECT ?x (COUNT(?y) AS ?n) { ?y ex:partOf ?x } GROUP BY ?x }"
TEXT, NUMBER = 'LANG(?label) = "it"', "?m > 9"


@pytest.mark.parametrize(
    ("query", "rows_asked"),
    [
        # The subquery leaves one row of forty: only that one is looked at for its language.
        (f"SELECT ?x {{ {COUNTED} ?x ex:label ?label FILTER({TEXT} && ?n > 1) }}", [1]),
        # Numbers are compared before, as that costs little and makes fewer rows to join.
        (f"SELECT ?x {{ {COUNTED} ?x ex:number ?m FILTER({NUMBER} && ?n > 1) }}", [LABELS, 1]),
        # The join to come makes no fewer: the filter does.
        (f"SELECT ?x {{ ?x ex:label ?label ; ex:number ?m FILTER({TEXT}) }}", [LABELS]),
        # Here it does.
        (f"SELECT ?x {{ ?x ex:label ?label {COUNTED} FILTER({TEXT}) }}", [1]),
    ],
)
def test_a_filter_of_texts_waits_for_fewer_rows(
    monkeypatch: pytest.MonkeyPatch, query: str, rows_asked: list[int]
) -> None:
    monkeypatch.setattr(keeping, "_FEW", 0)
    facts = [f'ex:x{n} ex:label "x{n}"@it ; ex:number {n + 10} .' for n in range(LABELS)]
    parts = "ex:a ex:partOf ex:x7 . ex:b ex:partOf ex:x7 ."
    moment = read(" ".join([*facts, parts]))
    asked: list[int] = []
    kept = Evaluator.kept

    def counted(self: Evaluator, filters: list[Any], told: Told = bool) -> SolutionTable:
        asked.append(self.table.rows)
        return kept(self, filters, told)

    monkeypatch.setattr(Evaluator, "kept", counted)
    found = ask(query, moment)
    assert len(found) == (LABELS if "?n" not in query else 1)
    assert asked == rows_asked
