"""Dates and dateTimes read by columns are worth what each is by itself, and what others say."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, RdfFormat, Store

from glocal_kg._rdf.sparql import times
from glocal_kg._rdf.sparql.query_terms import kept
from glocal_kg._rdf.sparql.worth import DATE, MOMENT, OTHER
from glocal_kg._rdf.store.dictionary import Dictionary
from tests.rdf.sparql.ask import PREFIXES, ask, read

XSD = "http://www.w3.org/2001/XMLSchema#"
SECOND = 10**6
YEARS = st.sampled_from(
    ["2001", "1900", "2000", "1972", "0000", "9999", "-0001", "12000", "001", "0400", "20a0"]
)
TWO = st.integers(0, 61).map("{:02}".format)
CLOCKS = st.builds("T{}:{}:{}{}".format, TWO, TWO, TWO, st.sampled_from(
    ["", ".", ".5", ".50", ".123456", ".1234567", ".000000", ".12345a", ".0000000000001"]
))  # fmt: skip
ZONES = st.sampled_from(
    ["", "", "", "Z", "+00:00", "-00:00", "+14:00", "-14:00", "+14:01", "+05:30", "-13:59", "z",
     "+5:00"]
)  # fmt: skip
TEXTS = st.builds(
    "{}-{}-{}{}{}".format, YEARS, st.integers(0, 13).map("{:02}".format),
    st.integers(0, 32).map("{:02}".format),
    st.one_of(st.just(""), CLOCKS, st.sampled_from(["T24:00:00", "T24:00:00.0", "T24:00:01"])),
    ZONES,
)  # fmt: skip
ODD = st.text(st.sampled_from("0123456789-+:TZ. "), max_size=34)
LITERALS = st.tuples(st.one_of(TEXTS, TEXTS, ODD), st.sampled_from(["date", "dateTime"]))


@given(st.lists(LITERALS, min_size=1, max_size=40, unique=True), st.booleans())
@example([("2001-02-03+05:0:", "date"), ("2001-02-03T04:05:06", "date")], True)
def test_a_column_says_what_each_text_says(some: list[tuple[str, str]], rest: bool) -> None:
    dictionary = Dictionary()
    written = [str(Literal(text, datatype=NamedNode(XSD + name))) for text, name in some]
    dictionary.add_texts([one.encode() for one in written])
    if rest:
        dictionary.rest()
    every = np.arange(len(some), dtype=np.int32)
    known = kept(dictionary).worth
    kinds, zones = known.of(every, len(some))
    units, _ = known.exact(every, len(some))
    for place, (text, name) in enumerate(some):
        found = times.read(name, text)
        if found is None or not isinstance(found, times.Instant) or found.place % 1 * SECOND % 1:
            assert kinds[place] == OTHER, text
            continue
        assert kinds[place] == (DATE if name == "date" else MOMENT), text
        assert Decimal(int(units[place])) / SECOND == found.place, text
        assert (None if np.isnan(zones[place]) else zones[place]) == found.zone, text


DAYS = st.one_of(
    st.dates().map(str), st.sampled_from(["2000-02-28", "2000-02-29", "2000-03-01", "2001-01-01"])
)
REAL_ZONES = st.sampled_from(["", "", "Z", "+14:00", "-13:59", "+05:30"])
REAL_CLOCKS = st.one_of(
    st.times().map(lambda time: f"T{time:%H:%M:%S.%f}"),
    st.sampled_from(["T00:00:00", "T24:00:00", "T23:59:59.9", "T13:59:00"]),
)
VALID = st.one_of(
    st.builds(lambda day, zone: (day + zone, "date"), DAYS, REAL_ZONES),
    st.builds(lambda *parts: ("".join(parts), "dateTime"), DAYS, REAL_CLOCKS, REAL_ZONES),
)


@settings(max_examples=40)
@given(st.lists(st.tuples(VALID, VALID), max_size=9))
@example([(("2001-02-03", "date"), ("2001-02-03+14:00", "date"))])
@example([(("2001-02-03T24:00:00", "dateTime"), ("2001-02-04T00:00:00", "dateTime"))])
def test_parts_and_comparisons_are_those_of_pyoxigraph(
    some: list[tuple[tuple[str, str], tuple[str, str]]],
) -> None:
    data = "\n".join(
        f"ex:n{place} ex:{end} {Literal(text, datatype=NamedNode(XSD + name))} ."
        for place, pair in enumerate(some)
        for end, (text, name) in zip("xy", pair, strict=True)
    )
    head = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
    store = Store()
    store.load(f"{head}{data}".encode(), format=RdfFormat.TURTLE)
    moment = read(data)
    for expression in (
        "YEAR(?x)", "MONTH(?x)", "DAY(?x)", "HOURS(?x)", "MINUTES(?x)", "SECONDS(?x)",
        "?x < ?y", "?x >= ?y", "?x = ?y", "?x != ?y",
    ):  # fmt: skip
        query = f"SELECT ?s ({expression} AS ?v) {{ ?s ex:x ?x ; ex:y ?y }}"
        theirs = {
            str(s): "" if v is None else str(v)
            for s, v in map(tuple, store.query(query, prefixes=PREFIXES))
        }
        ours = dict(ask(query, moment))
        if expression in ("?x = ?y", "?x != ?y"):  # they say so, too, where no order is known
            theirs = {s: v if ours[s] else "" for s, v in theirs.items()}
        assert ours == theirs, (expression, some)


def test_least_and_largest_and_order_of_many_with_a_few_others() -> None:
    days = [f'"{1900 + n}-01-02"^^xsd:date' for n in range(99)]
    odd = ['"unknown"^^xsd:date', "ex:a", "7", '"x"', "true", '"PT1H"^^xsd:duration']
    data = " ".join(f"ex:n{n} ex:x {one} ." for n, one in enumerate([*days[::-1], *odd]))
    found = [row[0] for row in ask("SELECT ?x { ?s ex:x ?x } ORDER BY ?x", data)]
    texts = [one.replace("xsd:date", f"<{XSD}date>") for one in days]
    assert found[2:101] == texts
    assert [one.partition("^")[0] for one in found[:2] + found[101:]] == [
        "<http://ex.org/a>", '"7"', '"PT1H"', '"true"', '"x"', '"unknown"',
    ]  # fmt: skip
    assert ask("SELECT (MIN(?x) AS ?a) (MAX(?x) AS ?b) { ?s ex:x ?x FILTER(DATATYPE(?x) = xsd:date"
               " && ?x < '2100-01-01'^^xsd:date) }", data) == [(texts[0], texts[-1])]  # fmt: skip


@pytest.mark.parametrize(
    ("literal", "text"),
    [
        ("'2024-02-29T24:00:00'^^xsd:dateTime", "2024-03-01T00:00:00"),
        ("'2024-02-29T09:05:01.50+00:00'^^xsd:dateTime", "2024-02-29T09:05:01.5Z"),
        ("'-0001-12-31T00:00:00.000-00:00'^^xsd:dateTime", "-0001-12-31T00:00:00Z"),
        ("'2024-02-29T00:00:10-05:30'^^xsd:dateTimeStamp", "2024-02-29T00:00:10-05:30"),
        ("'12024-02-29-00:00'^^xsd:date", "12024-02-29Z"),
        ("'24:00:00'^^xsd:time", "00:00:00"),
        ("'10:00:00.10'^^xsd:time", "10:00:00.1"),
        ("'2024'^^xsd:gYear", "2024"),
        ("'2024-02+00:00'^^xsd:gYearMonth", "2024-02Z"),
        ("'--02-29'^^xsd:gMonthDay", "--02-29"),
        ("'--02'^^xsd:gMonth", "--02"),
        ("'---29'^^xsd:gDay", "---29"),
        ("'PT90M0.50S'^^xsd:dayTimeDuration", "PT1H30M0.5S"),
        ("'-P0Y14M'^^xsd:yearMonthDuration", "-P1Y2M"),
        ("'P1DT24H'^^xsd:duration", "P2D"),
        ("'P0Y'^^xsd:yearMonthDuration", "P0M"),
        ("'-PT0S'^^xsd:duration", "PT0S"),
    ],
)
def test_a_time_cast_to_a_string_has_one_form_for_its_value(literal: str, text: str) -> None:
    assert ask(f"SELECT (xsd:string({literal}) AS ?x) (STR({literal}) AS ?y) {{}}") == [
        (f'"{text}"', f'"{literal[1:].partition(chr(39))[0]}"')
    ]


def test_the_time_of_the_end_of_a_day_is_that_of_the_next() -> None:
    query = "SELECT (STR(xsd:time('2024-02-29T24:00:00Z'^^xsd:dateTime)) AS ?x) {}"
    assert ask(query) == [('"00:00:00Z"',)]


@pytest.mark.parametrize(
    "form",
    [
        f"2024-01-01T00:00:00.{'0' * 40}%dZ^^dateTime",
        f"00:00:00.{'0' * 40}%d^^time",
        f"PT{'1' * 40}%dS^^dayTimeDuration",
        f"PT0.{'0' * 40}%dS^^duration",
        f"-{'1' * 40}%d-01-01T00:00:00Z^^dateTime",
    ],
)
def test_no_digit_of_a_time_is_cut_off(form: str) -> None:
    text, _, kind = form.partition("^^")
    one, other = (f"'{text % digit}'^^xsd:{kind}" for digit in (1, 2))
    assert ask(f"SELECT ({one} = {other} AS ?x) ({one} = {one} AS ?y) {{}}") == [
        ('"false"^^<http://www.w3.org/2001/XMLSchema#boolean>',
         '"true"^^<http://www.w3.org/2001/XMLSchema#boolean>')
    ]  # fmt: skip
