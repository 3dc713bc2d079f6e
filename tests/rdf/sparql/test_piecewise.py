"""Long columns are sorted in pieces: as in one go, but with looks at the clock between."""

import numpy as np
import pytest

from glocal_kg._rdf.sparql import piecewise, solution_table
from glocal_kg._rdf.sparql.limits import Limits
from glocal_kg._rdf.sparql.piecewise import in_order, lasts, ordering, taken
from glocal_kg._rdf.sparql.solution_table import firsts, numbered, unique
from tests.rdf.sparql.ask import ask


@pytest.fixture(params=[1, 7, 60])
def short(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    """So few numbers are sorted in one go."""
    for module in (piecewise, solution_table):
        monkeypatch.setattr(module, "TOGETHER", request.param)
    return int(request.param)


@pytest.mark.parametrize("most", [1, 3, 50, 1 << 40])
@pytest.mark.parametrize("rows", [0, 1, 61, 300])
def test_pieces_give_what_one_sort_gives(short: int, rows: int, most: int) -> None:
    random = np.random.default_rng(rows + most)
    column = random.integers(0, most, rows)
    other = random.integers(0, 9, rows) / 2
    looks: list[None] = []

    def check() -> None:
        looks.append(None)

    once, first, back = np.unique(column, return_index=True, return_inverse=True)
    assert unique(column, check).tolist() == once.tolist()
    assert [part.tolist() for part in numbered(column, check)] == [once.tolist(), back.tolist()]
    assert firsts(column, check).tolist() == sorted(first.tolist())
    assert taken(once, back, check).tolist() == column.tolist()
    assert column[lasts(back, len(once), check)].tolist() == once.tolist()
    del looks[:]
    assert ordering([column, other], check).tolist() == np.lexsort([other, column]).tolist()
    assert len(looks) >= 2 * (rows // short) * (rows > short)


@pytest.mark.parametrize("most", [1, 3, 1 << 20, 1 << 31])
def test_numbers_sorted_with_their_places_are_in_the_order_of_a_stable_sort(most: int) -> None:
    left, right = np.random.default_rng(most).integers(-1, most, (2, 3000))
    pairs = (left + 1) << 32 | (right + 1)
    for column in (left, left.astype(np.int32), left / 2, pairs, np.sort(pairs), pairs[::-1]):
        order, found = in_order(column)
        assert order.tolist() == np.argsort(column, kind="stable").tolist()
        assert found.tolist() == column[order].tolist()
        assert found.dtype == column.dtype


GRAPH = "".join(f"ex:n{n} ex:type ex:A ; ex:p {n % 7} ; ex:q ex:n{n // 2} . " for n in range(90))


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?k (SUM(?x) AS ?n) { ?a ex:p ?x . ?b ex:p ?y } GROUP BY (?x + ?y AS ?k)",
        "SELECT ?x (MAX(?a) AS ?n) (COUNT(DISTINCT ?y) AS ?m) { ?a ex:p ?x ; ex:q ?y } GROUP BY ?x",
        "SELECT * { ?a ex:p ?x ; ex:q ?b } ORDER BY DESC(?x) ?b ?a",
        "SELECT * { ?a (ex:q|^ex:q)+ ?b }",
        "SELECT * { ?a (ex:type/^ex:type)?/(ex:q/^ex:q)? ?b }",
        "SELECT DISTINCT ?x ?y ?z { ?a ex:p ?x ; ex:q ?y ; ex:type ?z }",
    ],
)
def test_queries_look_at_the_clock_while_they_sort(
    query: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[None] = []
    look = Limits.check

    def check(self: Limits) -> None:
        looks.append(None)
        look(self)

    monkeypatch.setattr(Limits, "check", check)
    whole = ask(query, GRAPH)
    few = len(looks)
    for module in (piecewise, solution_table):
        monkeypatch.setattr(module, "TOGETHER", 10)
    del looks[:]
    assert ask(query, GRAPH) == whole
    assert len(looks) >= few + 10
