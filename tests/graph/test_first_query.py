"""What infer leaves ready for the first query after it."""

import pytest

import glocal_kg as gk
from glocal_kg._rdf.sparql import read_ahead
from glocal_kg._rdf.sparql.worth import Worth

MANY = 100
FACTS = "".join(
    f'<urn:n{n}> <urn:p> {n}.5 ; <urn:d> "2020-01-01T00:{n % 60:02}:{n // 60:02}Z"^^xsd:dateTime ;'
    f' <urn:t> "text {n}" ; <urn:mixed> {n if n % 2 else f"<urn:n{n}>"} .\n'
    for n in range(2 * MANY)
)
PREFIX = "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Has the numbers of the terms that are read from their texts."""
    found: list[int] = []
    plain = Worth._read_part

    def noted(self: Worth, new) -> None:
        found.extend(new.tolist())
        plain(self, new)

    monkeypatch.setattr(Worth, "_read_part", noted)
    return found


@pytest.mark.parametrize(
    "query",
    [
        "SELECT (SUM(?x) AS ?n) { ?s <urn:p> ?x }",
        "SELECT ?s { ?s <urn:p> ?x } ORDER BY ?x LIMIT 3",
        "SELECT ?s { ?s <urn:d> ?x . ?t <urn:d> ?y FILTER(?x < ?y) }",
    ],
)
def test_numbers_and_times_of_many_facts_are_read(
    query: str, read: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(read_ahead, "_MANY", MANY)
    kg = gk.KnowledgeGraph()
    kg.add(gk.Text(PREFIX + FACTS, "turtle"))
    kg.infer()
    before = len(read)
    assert 4 * MANY <= before < 5 * MANY  # and of texts and names a few, to know what they are
    assert len(kg.query(query))
    assert len(read) == before


def test_those_of_few_facts_wait_until_they_are_asked_for(read: list[int]) -> None:
    kg = gk.KnowledgeGraph()
    kg.add(gk.Text(PREFIX + FACTS, "turtle"))
    kg.infer()
    assert not read


def test_what_follows_a_change_reads_nothing_again(
    read: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(read_ahead, "_MANY", MANY)
    kg = gk.KnowledgeGraph()
    kg.add(gk.Text(PREFIX + FACTS, "turtle"))
    kg.infer()
    del read[:]
    kg.add(gk.Text("<urn:new> <urn:p> 7777.5 .", "turtle"))
    kg.infer()
    assert not read
