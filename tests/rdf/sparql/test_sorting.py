"""The order of many terms, which are not sorted one by one."""

from __future__ import annotations

from random import Random

import pytest
from pyoxigraph import Literal, NamedNode

from glocal_kg._rdf.sparql.comparison import order_key
from tests.rdf.sparql.ask import ask

LETTERS = ("a", "b", "-", "~", "é", "ﬀ", "\U0001f98b", "aaaaaaaa")


@pytest.mark.parametrize(
    "kind", [lambda text: NamedNode(f"http://ex.org/{text}"), Literal], ids=["IRIs", "strings"]
)
def test_many_texts_sort_as_each_does(kind: type[Literal]) -> None:
    random = Random(7)
    texts = {"".join(random.choices(LETTERS, k=random.randint(0, 9))) for _ in range(500)}
    terms = [kind(text) for text in texts]
    found = ask("SELECT ?o { ?s ex:p ?o } ORDER BY ?o", f"ex:a ex:p {', '.join(map(str, terms))} .")
    assert [row[0] for row in found] == [str(term) for term in sorted(terms, key=order_key)]


def test_an_unbound_cell_stands_before_many() -> None:
    data = " ".join(f"ex:n{n} ex:p ex:o{n} ." for n in range(100))
    query = "SELECT ?o { { ?s ex:p ?o } UNION { ?s ex:p ex:o7 } } ORDER BY ?o"
    found = [row[0] for row in ask(query, data)]
    names = sorted(f"o{n}" for n in range(100))
    assert found == ["", *(f"<http://ex.org/{name}>" for name in names)]


def test_durations_sort_by_all_their_digits() -> None:
    least = "PT0." + "0" * 40 + "1S"
    data = f'ex:a ex:p "{least}"^^xsd:duration . ex:b ex:p "P1Y"^^xsd:duration .'
    more = f"P1YT0.{'0' * 40}1S"
    data += f'ex:c ex:p "{more}"^^xsd:duration . ex:d ex:p "PT0S"^^xsd:duration .'
    for order, wanted in (("ASC", "dabc"), ("DESC", "cbad")):
        rows = ask(f"SELECT ?x {{ ?x ex:p ?o }} ORDER BY {order}(?o)", data)
        assert [row[0][-2] for row in rows] == list(wanted)
