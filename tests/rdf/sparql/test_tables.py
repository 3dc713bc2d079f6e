"""Joins of rows of which some variables are unbound."""

from glocal_kg._rdf.sparql.joins import agreeing, join
from glocal_kg._rdf.sparql.limits import Limits
from glocal_kg._rdf.sparql.solution_table import SolutionTable
from tests.rdf.sparql.ask import ask

LIMITS = Limits()


def table(**columns: list[int]) -> SolutionTable:
    import numpy as np

    made = SolutionTable(len(next(iter(columns.values()))), {})
    for name, values in columns.items():
        made = made.with_column(name, np.array(values, np.int32))
    return made


def rows(found: SolutionTable) -> list[tuple[int, ...]]:
    names = sorted(found.columns)
    return sorted(zip(*(found.columns[name].tolist() for name in names), strict=True))


def test_unbound_agrees_with_all() -> None:
    left = table(a=[1, -1, 2], b=[7, 8, -1])
    right = table(a=[1, 2, -1], b=[-1, 9, 8])
    assert rows(join(left, right, LIMITS)) == [
        (-1, 8), (1, 7), (1, 8), (2, 8), (2, 9),
    ]  # fmt: skip
    assert join(left, right, LIMITS).maybe == {"a"}


def test_what_is_unbound_in_all_rows_stays_unsure() -> None:
    found = join(table(a=[-1]), table(a=[-1], b=[3]), LIMITS)
    assert "a" in found.maybe
    assert rows(join(found, table(a=[4, 5]), LIMITS)) == [(4, 3), (5, 3)]


def test_minus_needs_a_shared_value() -> None:
    left, right = table(a=[1, -1]), table(a=[-1, 1])
    assert agreeing(left, right, LIMITS, apart=()).tolist() == [True, False]
    assert agreeing(left, right, LIMITS).tolist() == [True, True]


def test_an_unbound_column_of_a_subquery_is_filled_behind() -> None:
    query = """SELECT ?a ?d { OPTIONAL { OPTIONAL { ?a ex:q ?b }
        { SELECT ?a ?b { BIND("b" AS ?v) } } } ?d ex:p ?a }"""
    assert ask(query, "ex:n1 ex:p ex:n2 .") == [("<http://ex.org/n2>", "<http://ex.org/n1>")]
