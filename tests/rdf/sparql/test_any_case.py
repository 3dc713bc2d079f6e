"""Texts that lack a part are passed over, in whichever case it is written."""

from __future__ import annotations

from typing import Any

import pytest

from glocal_kg._rdf.sparql import evaluating
from tests.rdf.sparql.ask import ask, read

WORDS = ["Tower", "tower", "TOWER", "tow er", "Tow\u0130", "\u017fki", "S\u212ai", "ski", 
    "SK\u0131",
         "Straße", "STRASSE", "bridge", "ÉLAN", "élan", "a-b", "A`B", "a@b"]  # fmt: skip
TESTS = [
    "REGEX(?x, 'tOwer', 'i')", "REGEX(?x, 'ski', 'i')", "REGEX(?x, '^T.*er', 'i')",
    "REGEX(?x, 'strasse', 'i')", "REGEX(?x, 'éLan', 'i')", "REGEX(?x, 'a@b', 'i')",
    "REGEX(?x, 'SK.?', 'is')", "REGEX(?x, 't o w', 'ix')", "REGEX(?x, 'a.B', 'iq')",
    "REGEX(?x, 'a-B', 'iq')", "REGEX(?x, 'tower', 'm')", "REGEX(LCASE(?x), 'TOWER|ski', 'i')",
    "CONTAINS(LCASE(?x), 'tower')", "CONTAINS(LCASE(?x), 'ski')", "STRENDS(LCASE(?x), 'élan')",
    "CONTAINS(LCASE(?x), 'Tower')", "CONTAINS(UCASE(?x), 'STRASSE')", "STRSTARTS(UCASE(?x), 'SK')",
    "CONTAINS(LCASE(STR(?x)), 'ex.org/tower')", "REGEX(LCASE(?x), 'tow..?$')",
]  # fmt: skip


@pytest.fixture(scope="module", params=["all", "plain"])
def moment(request: pytest.FixtureRequest) -> Any:
    words = WORDS if request.param == "all" else [word for word in WORDS if word.isascii()]
    many = [f"other {n} thing" for n in range(60)]
    texts = [*many, *words, *(f"{many[n]} {word} x" for n, word in enumerate(words))]
    data = " ".join(f'ex:n{n} ex:p "{text}", "{text}"@en .' for n, text in enumerate(texts))
    return read(f"{data} ex:a ex:p ex:TOWER .")


@pytest.mark.parametrize("test", TESTS)
def test_what_is_passed_over_has_no_such_part(
    test: str, moment: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    query = f"SELECT ?x {{ ?s ex:p ?x FILTER({test}) }}"
    monkeypatch.setattr(evaluating, "_FEW", 0)
    found = sorted(ask(query, moment))
    monkeypatch.setattr(evaluating, "_FEW", 1000)
    assert found == sorted(ask(query, moment))
