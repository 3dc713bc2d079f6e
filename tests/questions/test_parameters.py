"""Every type of parameter: what it takes, and the error that says so."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from pyoxigraph import Literal, NamedNode

from glocal_kg._questions.parameters import Parameter, bind_all
from glocal_kg._rdf.namespaces import XSD
from glocal_kg._study.vocab import GLOCAL
from glocal_kg.errors import ParameterError, QueryError

ROME = NamedNode("https://w3id.org/glocal/id/place/rome")


def term(kind, value, **limits):
    return Parameter("p", {"type": kind, **limits}, "q").term(value)


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("iri", "place:rome", ROME),
        ("iri", ROME.value, ROME),
        ("iri", f"<{ROME.value}>", ROME),
        ("iri", ROME, ROME),
        ("integer", "007", Literal("7", datatype=XSD.integer)),
        ("integer", -3, Literal("-3", datatype=XSD.integer)),
        ("decimal", "0.50", Literal("0.50", datatype=XSD.decimal)),
        ("decimal", 0.5, Literal("0.5", datatype=XSD.decimal)),
        ("decimal", Decimal("1E+2"), Literal("100", datatype=XSD.decimal)),
        ("string", 'a "quoted" $x', Literal('a "quoted" $x')),
        ("language", "pt-BR", Literal("pt-BR")),
        ("boolean", True, Literal("true", datatype=XSD.boolean)),
        ("boolean", "false", Literal("false", datatype=XSD.boolean)),
        ("date", "2002-12-10", Literal("2002-12-10", datatype=XSD.date)),
        ("date", datetime.date(2002, 12, 10), Literal("2002-12-10", datatype=XSD.date)),
        ("gYear", 2002, Literal("2002", datatype=XSD.gYear)),
        ("gYear", "79", Literal("0079", datatype=XSD.gYear)),
    ],
)
def test_values_become_terms(kind, value, expected):
    assert term(kind, value) == expected


@pytest.mark.parametrize(
    ("kind", "value", "takes"),
    [
        ("iri", "rome", "an IRI"),
        ("iri", "nowhere:rome", "an IRI"),
        ("iri", "https://x.org/a b", "an IRI"),
        ("iri", "https://x.org/a> } #", "an IRI"),
        ("iri", Literal("x"), "an IRI"),
        ("iri", 7, "an IRI"),
        ("integer", "7.5", "a whole number"),
        ("integer", "seven", "a whole number"),
        ("integer", True, "a whole number"),
        ("integer", 7.0, "a whole number"),
        ("integer", "٧", "a whole number"),
        ("decimal", "NaN", "a number"),
        ("decimal", "1,5", "a number"),
        ("decimal", False, "a number"),
        ("string", 7, "text"),
        ("language", "no language", "a language tag"),
        ("boolean", "yes", "true or false"),
        ("boolean", 1, "true or false"),
        ("date", "2002-02-30", "a date"),
        ("date", "2002", "a date"),
        ("date", datetime.datetime(2002, 12, 10), "a date"),
        ("gYear", "2002-12", "a year"),
        ("gYear", True, "a year"),
    ],
)
def test_other_values_are_errors_that_name_parameter_and_type(kind, value, takes):
    with pytest.raises(ParameterError, match=rf"'p' of question 'q' takes {takes}.*is not one"):
        term(kind, value)


def test_limits_and_choices():
    assert term("integer", 5, min=1, max=5).value == "5"
    for value in (0, 6):
        with pytest.raises(ParameterError, match="at least 1, at most 5"):
            term("integer", value, min=1, max=5)
    with pytest.raises(ParameterError, match="at least 2000"):
        term("gYear", 1999, min=2000)
    with pytest.raises(ParameterError, match="at least 10"):
        term("integer", 9, min=10)  # by size, not by letters
    assert term("string", "en", enum=["en", "it"]).value == "en"
    with pytest.raises(ParameterError, match="one of en, it; 'fr' is not one"):
        term("string", "fr", enum=["en", "it"])


PARAMETERS = {
    "city": Parameter("city", {"type": "iri", "class": "glocal:City", "required": True}, "q"),
    "most": Parameter("most", {"type": "integer", "default": 5}, "q"),
    "since": Parameter("since", {"type": "date"}, "q"),
}


def test_bind_all():
    terms = bind_all(PARAMETERS, {"city": "place:rome"}, "q", lambda node, kind: True)
    assert terms == {"city": ROME, "most": Literal("5", datatype=XSD.integer)}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, r"needs the parameter 'city'.*an IRI"),
        ({"city": "place:rome", "town": 1}, r"no parameter 'town'.*'city', 'most', 'since'"),
        ({"city": "place:rome", "most": "many"}, r"'most' of question 'q' takes a whole number"),
        ({"city": "practice:x"}, r"of a glocal:City; 'practice:x' is not one.*List them"),
    ],
)
def test_bind_all_refuses(given, said):
    with pytest.raises(ParameterError, match=said):
        bind_all(PARAMETERS, given, "q", lambda node, kind: kind == GLOCAL.City and node == ROME)


def test_a_question_without_parameters_says_so():
    with pytest.raises(ParameterError, match="takes no parameters"):
        bind_all({}, {"x": 1}, "q", lambda node, kind: True)


@pytest.mark.parametrize(
    "spec",
    [
        None, {}, {"type": "number"}, {"type": "iri", "klass": "x"},
        {"type": "iri", "class": "Actor"}, {"type": "iri", "class": ["owl:Class"]},
    ],
)  # fmt: skip
def test_a_wrong_header_is_told(spec):
    with pytest.raises(QueryError, match="Parameter 'p'"):
        Parameter("p", spec, "q")
