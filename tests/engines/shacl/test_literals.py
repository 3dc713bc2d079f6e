"""XSD literals: legal forms, and the order of values."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode

from glocal_kg._engines.shacl.facets import Facets
from glocal_kg._engines.shacl.literals import is_legal
from glocal_kg._engines.shacl.rdf_terms import RDF, XSD
from glocal_kg._rdf.sparql.comparison import order as order_of
from glocal_kg._rdf.store.dictionary import Dictionary

LEGAL = {
    "integer": ["0", "-7", "+12", "007", "9" * 5000],
    "decimal": ["1", "1.", ".5", "-0.10", "+3.14"],
    "double": ["1", "1e5", "-1.5E-3", "INF", "-INF", "NaN", "+INF"],
    "float": ["1.5", "INF"],
    "boolean": ["true", "false", "0", "1"],
    "date": [
        "2024-02-29",
        f"1{'0' * 4000}400-02-29",
        "-0044-03-15",
        "12024-01-01",
        "2001-01-01Z",
        "2001-01-01+14:00",
    ],
    "dateTime": [
        "2001-01-01T24:00:00",
        "2001-01-01T23:59:59.123456789-05:00",
        f"2001-01-01T24:00:00.{'0' * 5000}",
    ],
    "dateTimeStamp": ["2001-01-01T00:00:00Z"],
    "time": ["00:00:00", "24:00:00", "12:30:00.5Z"],
    "gYear": ["1999", "-0001", "0000", "12000", "1999Z"],
    "gYearMonth": ["1999-12", "1999-01+01:00"],
    "gMonth": ["--05", "--12Z"],
    "gMonthDay": ["--02-29", "--12-31"],
    "gDay": ["---31", "---01Z"],
    "duration": ["P1Y2M3DT4H5M6.7S", "-P1D", "PT0S"],
    "yearMonthDuration": ["P1Y", "-P3M"],
    "dayTimeDuration": ["P1DT2H", "PT1.5S"],
    "byte": ["-128", "127"],
    "unsignedByte": ["0", "255"],
    "long": [str(2**63 - 1)],
    "positiveInteger": ["1"],
    "negativeInteger": ["-1"],
    "nonPositiveInteger": ["0", "-0"],
    "hexBinary": ["", "0aFF"],
    "base64Binary": ["", "YQ==", "YWI=", "YWJj", "YW Jj"],
    "language": ["en", "en-US", "x-klingon"],
    "token": ["", "a b"],
    "normalizedString": [" a  b "],
    "NCName": ["_a.b-c", "é"],
    "Name": ["a:b"],
    "NMTOKEN": ["1a"],
    "anyURI": ["", "not a uri at all"],
    "string": ["", "\n"],
}
ILLEGAL = {
    "integer": ["", "1.0", " 1", "1 ", "one", "+", "٣"],
    "decimal": [".", "1e5", "", "INF"],
    "double": ["inf", "nan", "1e", "e5", ""],
    "float": ["Infinity"],
    "boolean": ["True", "yes", "TRUE", ""],
    "date": [
        "2023-02-29",
        f"1{'0' * 4000}100-02-29",
        f"{'0' * 4000}2000-01-01",
        "2023-13-01",
        "2023-1-1",
        "99-01-01",
        "01999-01-01",
        "2001-01-01+14:01",
    ],
    "dateTime": [
        "2001-01-01",
        "2001-01-01T24:00:01",
        f"2001-01-01T24:00:00.{'0' * 4000}1{'0' * 9}",
        "2001-01-01T25:00:00",
        "2001-01-01T00:60:00",
    ],
    "dateTimeStamp": ["2001-01-01T00:00:00"],
    "time": ["24:00:01", "1:00:00"],
    "gYear": ["99", "199", "+1999", "1999-01", "01999", "x"],
    "gYearMonth": ["1999-13", "1999-00"],
    "gMonth": ["--13", "-05", "--5"],
    "gMonthDay": ["--02-30", "--04-31"],
    "gDay": ["---32", "---00"],
    "duration": ["P", "PT", "P1S", "1Y", "P-1Y", "P1YT"],
    "yearMonthDuration": ["P1D", "P1YT1H"],
    "dayTimeDuration": ["P1M", "P1Y"],
    "byte": ["128", "-129"],
    "unsignedByte": ["-1", "256"],
    "long": [str(2**63)],
    "positiveInteger": ["0"],
    "negativeInteger": ["0"],
    "nonPositiveInteger": ["1"],
    "hexBinary": ["0", "0g"],
    "base64Binary": ["YQ=", "Y", "YR==", "YW*j"],
    "language": ["", "toolongtag", "en_US"],
    "token": [" a", "a  b", "a\nb"],
    "normalizedString": ["a\tb"],
    "NCName": ["1a", "a:b", ""],
    "Name": ["-a", ""],
    "NMTOKEN": ["a b", ""],
}


@pytest.mark.parametrize(("name", "form"), [(n, f) for n, fs in LEGAL.items() for f in fs])
def test_legal(name: str, form: str) -> None:
    assert is_legal(form, XSD + name)


@pytest.mark.parametrize(("name", "form"), [(n, f) for n, fs in ILLEGAL.items() for f in fs])
def test_illegal(name: str, form: str) -> None:
    assert not is_legal(form, XSD + name)


def test_unknown_datatypes_take_every_form() -> None:
    assert is_legal("anything", "https://example.org/own")
    assert is_legal("anything", RDF + "langString")


def order(a: str, b: str) -> int | None:
    """The order of two literals written as form^^name."""
    pairs = (text.rsplit("^^", 1) for text in (a, b))
    one, other = (Literal(form, datatype=NamedNode(XSD + name)) for form, name in pairs)
    forward, backward = order_of(one, other), order_of(other, one)
    assert backward == (None if forward is None else -forward)
    terms = Dictionary()
    column = np.array([[terms.add(one)], [terms.add(other)]], np.int32).repeat(40, axis=1)
    holds = {sign: set(Facets(terms).compare(sign, *column).tolist()) for sign in ("<", ">=")}
    expected = {"<": {forward == -1}, ">=": {forward in (0, 1)}}
    assert holds == expected, "the columns tell another story"
    return forward


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("1^^integer", "01^^integer", 0),
        ("1^^integer", "1.0^^decimal", 0),
        ("1^^byte", "2^^long", -1),
        ("0.1^^decimal", "0.1^^double", 0),
        ("0.1^^decimal", "0.1^^float", 0),
        ("0.1^^float", "0.1^^double", 1),
        ("NaN^^double", "NaN^^double", None),
        ("INF^^double", f"{10**400}^^integer", 0),
        (f"{2**53}^^integer", f"{2**53 + 1}^^integer", -1),
        (f"{10**30}^^integer", f"{10**30 + 1}^^integer", -1),
        ("1.00000000000000000000000000000000001^^decimal", "1^^integer", 1),
        ("0.0000001^^decimal", "0.0000002^^decimal", -1),
        ("a^^string", "b^^string", -1),
        ("1^^integer", "1^^string", None),
        ("false^^boolean", "1^^boolean", -1),
        ("2000-01-01^^date", "2000-01-02^^date", -1),
        ("2000-01-01^^date", "2000-01-01T00:00:00^^dateTime", None),
        ("2000-01-01T00:00:00Z^^dateTime", "2000-01-01T01:00:00+01:00^^dateTime", 0),
        ("2000-01-01T00:00:00Z^^dateTimeStamp", "2000-01-01T00:00:01Z^^dateTime", -1),
        ("2000-01-01T00:00:00^^dateTime", "2000-01-01T10:00:00Z^^dateTime", None),
        ("2000-01-01T00:00:00^^dateTime", "2000-01-01T14:00:01Z^^dateTime", -1),
        ("2000-01-01T10:00:00^^dateTime", "2000-01-01T00:00:00Z^^dateTime", None),
        ("2000-01-01T14:00:01^^dateTime", "2000-01-01T00:00:00Z^^dateTime", 1),
        ("1999-12-31T24:00:00^^dateTime", "2000-01-01T00:00:00^^dateTime", 0),
        ("2000-01-01T00:00:00.1234567^^dateTime", "2000-01-01T00:00:00.1234568^^dateTime", -1),
        ("-0001^^gYear", "0001^^gYear", -1),
        ("1999^^gYear", "1999-01^^gYearMonth", None),
        ("--02^^gMonth", "--03^^gMonth", -1),
        ("24:00:00^^time", "00:00:00^^time", 0),
        ("P1Y^^duration", "P12M^^duration", 0),
        ("P1M^^duration", "P30D^^duration", None),
        ("P1M^^duration", "P32D^^duration", -1),
        ("P1Y^^yearMonthDuration", "P13M^^yearMonthDuration", -1),
        ("PT24H^^dayTimeDuration", "P1D^^duration", 0),
        ("P1D^^dayTimeDuration", "P1M^^yearMonthDuration", -1),
        ("a^^anyURI", "b^^anyURI", None),
    ],
)
def test_order(a: str, b: str, expected: int | None) -> None:
    assert order(a, b) == expected


numbers = st.one_of(
    st.integers().map(lambda n: f"{n}^^integer"),
    st.decimals(allow_nan=False, allow_infinity=False, places=8).map(lambda d: f"{d:f}^^decimal"),
    st.floats(allow_nan=False).map(lambda x: f"{x!r}^^double".replace("inf", "INF")),
)
dates = st.one_of(
    st.dates().map(lambda d: f"{d.isoformat()}^^date"),
    st.datetimes().map(lambda d: f"{d.isoformat()}^^dateTime"),
)


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.tuples(numbers, numbers), st.tuples(dates, dates)))
def test_columns_agree_with_the_order(pair: tuple[str, str]) -> None:
    order(*pair)
    assert order(pair[0], pair[0]) == 0
