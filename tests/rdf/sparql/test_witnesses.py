"""Patterns of which one match is enough, and rows of which one of many alike is."""

from __future__ import annotations

from contextlib import suppress
from random import Random

import numpy as np
import pytest

from glocal_kg._rdf.sparql import basic_patterns, keeping, witnesses
from glocal_kg._rdf.sparql.joins import Matches
from glocal_kg._rdf.sparql.limits import Limits
from glocal_kg._rdf.sparql.solution_table import SolutionTable
from glocal_kg._rdf.store.moment import Moment
from glocal_kg.errors import QuerySyntaxError
from tests.rdf.sparql.ask import ask, read
from tests.rdf.sparql.random_queries import Writer, data_of

CROWD = 3000


@pytest.fixture(scope="module")
def crowd() -> Moment:
    """So many of one kind; each has a number, and the last is alone in its kind."""
    facts = [f"ex:n{n} a ex:Kind ; ex:p {n} ." for n in range(CROWD)]
    return read(" ".join([*facts, "ex:alone a ex:Other ; ex:p 1 ."]))


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("SELECT DISTINCT ?a { ?a a ?t . ?b a ?t FILTER(?a != ?b) }", CROWD),
        ("SELECT DISTINCT ?a { ?a a ?t . ?b a ?t ; ex:p ?n FILTER(?a != ?b && ?n > 2998) }", 2999),
        ("SELECT ?a { ?a a ?t FILTER EXISTS { ?b a ?t FILTER(?a != ?b) } }", CROWD),
        ("SELECT ?a { ?a a ?t FILTER NOT EXISTS { ?b a ?t FILTER(?a != ?b) } }", 1),
        ("SELECT DISTINCT ?t { ?a a ?t . ?b a ?t }", 2),
    ],
)
def test_pairs_that_nobody_sees_are_not_made(crowd: Moment, query: str, rows: int) -> None:
    # The nine million pairs would take more than a hundred million bytes.
    assert len(ask(query, crowd, max_memory=20_000_000)) == rows


def test_each_pair_is_tried_before_a_row_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(witnesses, "_TRIED", 5)
    table = SolutionTable(3, {"t": np.array([7, 8, 9], np.int32)})
    others = SolutionTable(
        50, {"t": np.repeat([8, 7], 25).astype(np.int32), "n": np.arange(50, dtype=np.int32)}
    )

    def last(rows: SolutionTable) -> SolutionTable:
        return rows.where(np.isin(rows.columns["n"], (24, 49)))

    found = witnesses.with_witness(table, others, last, Limits())
    assert found.columns["t"].tolist() == [7, 8]


def test_some_matches_are_those_of_all() -> None:
    matches = Matches(np.array([5, 6, 5]), np.array([6, 5, 5, 9]))
    rows = np.array([0, 1, 2])
    assert [part.tolist() for part in matches.some(rows, 1, 5)] == [[0, 2], [2, 2]]
    assert [part.tolist() for part in matches.some(rows, 0, 9)] == [
        part.tolist() for part in matches.all(Limits())
    ]


def random_query(random: Random) -> str:
    """Patterns of which few variables are looked at, and filters between them."""
    writer = Writer(random)
    names = ("?a", "?b", "?c", "?d")
    filters = " ".join(
        f"FILTER({random.choice(names)} {random.choice(['!=', '=', '<'])} {random.choice(names)})"
        for _ in range(random.choice([0, 1, 1, 2]))
    )
    patterns = " ".join(writer.triple() for _ in range(random.choice([2, 3, 4])))
    more = writer.group(2) if random.random() < 0.4 else ""
    return (
        f"SELECT DISTINCT {random.choice(['?a', '?b', '?a ?b'])} {{ {patterns} {filters} {more} }}"
    )


def test_nobody_sees_whether_one_match_was_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    asked, usual = [], []
    for seed in range(150):
        random = Random(seed)
        query, data = random_query(random), read(data_of(random).partition(" . ")[2])
        with suppress(QuerySyntaxError):  # some of them are none
            usual.append(sorted(ask(query, data)))
            asked.append((query, data))
    met: list[int] = []
    with_witness = witnesses.with_witness

    def counted(table: SolutionTable, *args: object) -> SolutionTable:
        met.append(table.rows)
        return with_witness(table, *args)

    monkeypatch.setattr(witnesses, "with_witness", counted)
    for module, name in ((witnesses, "_MANY"), (witnesses, "_TIMES"), (keeping, "_FEW")):
        monkeypatch.setattr(module, name, 0)
    monkeypatch.setattr(basic_patterns, "MOST", -1)  # and no rows are few
    assert [sorted(ask(query, data)) for query, data in asked] == usual
    assert len(met) > 2
