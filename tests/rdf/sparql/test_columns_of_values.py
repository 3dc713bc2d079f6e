"""What is computed in columns is what is computed row by row, whatever the rows have."""

from __future__ import annotations

from random import Random
from typing import Any

import numpy as np
import pytest

from glocal_kg._rdf.sparql import column_order, texting
from glocal_kg.errors import QueryError
from tests.rdf.sparql.ask import ask, read

STRINGS = [
    '"Straße 1%"', '"ΑΣ"', '"a b"', '"a\\"b\\\\n"', '""', '"zwei\\nZeilen"', '"x y z"',
    '"é\U0001f600"',
]  # fmt: skip
TAGGED = ['"Straße b"@de', '"a b"@en', '""@en', '"ΑΣ"@el', '"b"@en--ltr']
NUMBERS = ["1", "007", "-3", "1.50", "-2.5", "2.5", ".5", "-0.0", "1234567.891", "+4"]
ODD = [
    "1e3", '"x"^^ex:t', "ex:a", "true", '"300"^^xsd:byte', '"abc"^^xsd:integer',
    "99999999999999999999", "0.12345678901234567890123", '"2020-01-01"^^xsd:date',
]  # fmt: skip
NEARLY_EQUAL = [
    '"NaN"^^xsd:double', '"1"^^xsd:float', '"0.1"^^xsd:float', "0.1", '"0.1"^^xsd:double', "0",
    "9007199254740993", "9007199254740992", '"9007199254740992"^^xsd:double', "1.0", "true",
]  # fmt: skip
NUMERALS = ['"12"', '" 1.50 "', '"-0"', '"1e2"', '"007"', '"+3.0"', '"INF"']
DATES = [
    f'"{text}"^^xsd:date' for text in (
        "2001-02-03", "2001-02-28", "2000-02-29", "1999-12-31Z", "1999-12-31+14:00",
        "1999-12-31-05:30", "0000-01-01", "-0044-03-15", "12001-01-01", "0001-01-01-00:00",
    )
]  # fmt: skip
MOMENTS = [
    f'"{text}"^^xsd:dateTime' for text in (
        "2001-02-03T04:05:06", "2001-02-03T04:05:06.5", "2001-02-03T04:05:06.123456Z",
        "2001-02-03T24:00:00", "1999-12-31T24:00:00Z", "2001-02-03T04:05:06.1234567",
        "2001-02-03T04:05:06+02:00", "2001-02-02T23:59:59.999-13:59", "-0001-12-31T00:00:00",
        "0000-02-29T12:00:00Z", "2001-02-03T04:05:06.10", "2001-02-04T00:00:00",
    )
]  # fmt: skip
WRONG_TIMES = [
    '"2001-02-30"^^xsd:date', '"unknown"^^xsd:date', '"2001-02-03T04:05:60"^^xsd:dateTime',
    '"2001-02-03T25:00:00"^^xsd:dateTime', '"2001-02-03T04:05:06."^^xsd:dateTime',
    '"2001-13-01"^^xsd:date', '"2001-02-03T04:05"^^xsd:dateTime', '"2001-2-3"^^xsd:date',
    '"2001-02-03+14:01"^^xsd:date', '"2001-02-03T04:05:06"^^xsd:date', '"2001"^^xsd:gYear',
    '"2001-02"^^xsd:gYearMonth', '"04:05:06"^^xsd:time', '"P1D"^^xsd:duration',
    '"2001-02-03T04:05:06Z"^^xsd:dateTimeStamp', '"2001-02-03 "^^xsd:date',
]  # fmt: skip
KINDS = {
    "dates": DATES,
    "moments": MOMENTS,
    "usual dates": ['"2001-02-03"^^xsd:date', '"1950-12-31"^^xsd:date'],
    "usual moments": ['"2001-02-03T04:05:06"^^xsd:dateTime', '"2001-02-03T00:00:00"^^xsd:dateTime'],
    "dates and others": [*DATES, *DATES, *WRONG_TIMES, '"2001-02-03"', "ex:a", "7"],
    "times": [*DATES, *MOMENTS, *WRONG_TIMES],
    "strings": STRINGS,
    "tagged": TAGGED,
    "texts": STRINGS + TAGGED,
    "numbers": NUMBERS,
    "whole": [one for one in NUMBERS if "." not in one],
    "numerals": NUMERALS,
    "iris": ["ex:a", "ex:b", "<urn:x%20y>"],
    "odd": ODD,
    "nearly equal": NEARLY_EQUAL,
    "all": STRINGS + TAGGED + NUMBERS + NUMERALS + ODD,
}
OF_TEXTS = [
    "LCASE(?x)", "UCASE(?x)", "STR(?x)", "UCASE(STR(?x))", "SUBSTR(?x, 2)", "SUBSTR(?x, 0, 3)",
    "SUBSTR(?x, 1.5, 1.6)", "SUBSTR(?x, -1, 2)", "SUBSTR(?x, 1e0/0e0)", "SUBSTR(?x, 'a')",
    "CONCAT(?x, ?y)", "CONCAT(?x, ' of ', STR(?y))", "CONCAT(?x, 'b'@en)", "CONCAT(STR(?x), ?z)",
    "STRBEFORE(?x, ' ')", "STRAFTER(?x, ' ')", "STRBEFORE(?x, '')", "STRAFTER(?x, 'b'@en)",
    "REPLACE(?x, '[ab]', '$0-')", "REPLACE(?x, 'A', '.', 'i')", "REPLACE(?x, 'a*', '.')",
    "REPLACE(STR(?x), '(.)(.)', '$2$1')", "REPLACE(?x, '[^a-y]', '<$0>')", "REPLACE(?x, '.', '')",
    "REPLACE(?x, ' ', 'a', 'q')", "REPLACE(?x, '[ab]', 'x', 'q')", "REPLACE(?x, 'B', '\\\\$', 'i')",
    "REPLACE(?x, '[A-Z-[ΑS]]', 'bß')", "REPLACE(?x, '\\\\\\\\', '/')", "REPLACE(?x, '^', '-')",
    "ENCODE_FOR_URI(?x)", "MD5(STR(?x))", "SHA1(?x)",
    "STRLANG(?x, 'DE')", "STRLANG(STR(?x), 'no tag')", "IRI(CONCAT('urn:', ?x))",
    "IRI(CONCAT('urn:', ENCODE_FOR_URI(STR(?x))))", "IRI(?x)", "STRLEN(LCASE(?x))",
    "CONTAINS(?x, ?y)", "STRSTARTS(STR(?x), STR(?y))", "STRENDS(?x, 'b')", "CONTAINS(?x, 'b'@en)",
    "IF(CONTAINS(?x, 'a'), UCASE(?x), STRLEN(?x))", "COALESCE(LCASE(?x), 'no')",
]  # fmt: skip
OF_NUMBERS = [
    "?x * 2 + 1", "?x + ?y", "?x - ?y * ?x", "?x * ?x * ?x", "-?x", "+?x", "ABS(?x)", "FLOOR(?x)",
    "CEIL(?x)", "ROUND(?x)", "ROUND(-?x * 10.0)", "?x / 2", "?x + 0.50", "?x * 1e0",
    "?x + 9000000000000000000", "?x * 1234567890123.25", "xsd:integer(?x)", "xsd:decimal(?x)",
    "xsd:double(?x)", "xsd:string(?x)", "xsd:float(?x)", "xsd:integer(?x * 1.5)",
    "xsd:decimal(STR(?x))", "xsd:integer(STR(?x))", "xsd:double(STR(?x))", "xsd:double(?x / 3)",
    "xsd:string(?x + 0.25)", "IF(?x > 1, ?x * 2, 'low')", "IF(?x, ?x, ?y)", "?x + ?z",
]  # fmt: skip

OF_TIMES = [
    "YEAR(?x)", "MONTH(?x)", "DAY(?x)", "HOURS(?x)", "MINUTES(?x)", "SECONDS(?x)", "TZ(?x)",
    "TIMEZONE(?x)", "YEAR(?x) - YEAR(?y)", "SECONDS(?x) * 2", "YEAR(?x) IN (2001, 1999)",
    "xsd:date(?x)", "xsd:dateTime(?x)", "xsd:string(?x)", "xsd:gYear(?x)", "xsd:dateTime(STR(?x))",
    "?x < ?y", "?x >= ?y", "?x = ?y", "?x != ?y", "?x > '2001-02-03'^^xsd:date",
    "?x <= '2001-02-03T04:05:06Z'^^xsd:dateTime", "?x IN ('2001-02-03'^^xsd:date, ?y)",
    "MONTH(?x) < DAY(?y)", "HOURS(?x) = 4 || ?x = ?y", "STRLEN(STR(?x)) > 10", "YEAR(?z) = 2001",
]  # fmt: skip


def _never(*_: Any) -> None:
    return None


def _unsure(_terms: Any, _sign: str, left: Any, _right: Any) -> tuple[Any, Any]:
    return np.zeros(len(left), np.int8), np.ones(len(left), bool)


def _data(terms: list[str], seed: int) -> str:
    random = Random(seed)
    lines = []
    for place, x in enumerate(2 * terms):
        y = random.choice(terms)
        lines.append(f"ex:n{place} ex:x {x} ; ex:y {y} .")
        if random.random() < 0.2:
            lines.append(f"ex:n{place} ex:z {random.choice(terms)} .")
    return " ".join(lines)


@pytest.fixture(scope="module", params=KINDS)
def moment(request: pytest.FixtureRequest) -> Any:
    return read(_data(KINDS[request.param], 7))


def test_columns_and_rows_agree(moment: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    expressions = OF_TEXTS + OF_NUMBERS + OF_TIMES
    named = {f"v{place}": expression for place, expression in enumerate(expressions)}
    all_of_them = " ".join(f"({expression} AS ?{name})" for name, expression in named.items())
    part = "?s ex:x ?x ; ex:y ?y OPTIONAL { ?s ex:z ?z }"
    query = f"SELECT ?s {all_of_them} {{ {part} }} ORDER BY ?s"
    tests = [f"SELECT ?s {{ {part} FILTER({one}) }} ORDER BY ?s" for one in expressions]
    columns, kept = ask(query, moment), [ask(one, moment) for one in tests]
    with monkeypatch.context() as alone:
        alone.setattr(texting, "text_test", _never)
        alone.setattr(column_order, "compared", _unsure)
        rows, kept_of_rows = ask(query, moment), [ask(one, moment) for one in tests]
    for place, expression in enumerate(expressions):
        found, wanted = ([row[place + 1] for row in some] for some in (columns, rows))
        assert found == wanted, expression
        assert kept[place] == kept_of_rows[place], expression
        if place % 3 == 0:
            distinct = f"SELECT DISTINCT ?v {{ {part} BIND({expression} AS ?v) }}"
            once = ask(distinct, moment)
            assert sorted(once, key=repr) == sorted({(v,) for v in wanted}, key=repr)


@pytest.mark.parametrize("seed", range(12))
def test_among_others_is_what_equal_says_row_by_row(moment: Any, seed: int) -> None:
    every = sorted({one for kind in KINDS.values() for one in kind} | set(NEARLY_EQUAL))
    random = Random(seed)
    some = random.sample(every if seed % 2 else STRINGS + TAGGED + NUMBERS, 1 + 2 * seed)
    chain = " || ".join(f"?x = {one}" for one in some)
    part = "?s ex:x ?x ; ex:y ?y"
    for wanted in ("?x", "COALESCE(?x, ?y)"):
        columns = ask(f"SELECT ?s ({wanted} IN ({', '.join(some)}) AS ?v) {{ {part} }}", moment)
        rows = ask(f"SELECT ?s (IF(RAND() < 2, {chain}, 0) AS ?v) {{ {part} }}", moment)
        assert sorted(columns, key=repr) == sorted(rows, key=repr), some


def test_coalesce_gives_each_row_its_first_value(moment: Any) -> None:
    """In columns, and as a part of what is asked row by row."""
    for args in (
        "?z, ?x",
        "?z, 1/0, ?y",
        "STR(?z), ?none, STR(?x)",
        "?none",
        "1/0, EXISTS {?s ?p 1}",
    ):
        given = "SELECT ?s ({} AS ?v) {{ ?s ex:x ?x ; ex:y ?y OPTIONAL {{ ?s ex:z ?z }} }}"
        columns = ask(given.format(f"COALESCE({args})"), moment)
        rows = ask(given.format(f"IF(RAND() < 2, COALESCE({args}), 0)"), moment)
        assert sorted(columns, key=repr) == sorted(rows, key=repr), args


def test_a_function_that_nobody_knows_is_told_though_no_row_asks_it(moment: Any) -> None:
    with pytest.raises(QueryError, match="not known"):
        ask("SELECT (COALESCE(?x, ex:no(?x)) AS ?v) { ?s ex:x ?x }", moment)


@pytest.mark.parametrize("cast", ["xsd:integer()", "xsd:double(?x, ?x)", "xsd:string()"])
def test_a_cast_takes_one_argument(moment: Any, cast: str) -> None:
    with pytest.raises(QueryError, match="one argument"):
        ask(f"SELECT ({cast} AS ?v) {{ ?s ex:x ?x }}", moment)
