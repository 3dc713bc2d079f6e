"""The header of a question is YAML, read without a YAML library."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from glocal_kg._rdf.sparql.header import read_header
from glocal_kg.errors import QueryError

HEADERS = [
    "summary: Cities linked to a city, with the strength of each link",
    "tags: [network, 'two words', \"quoted, with comma\"]",
    "params:\n  city:  {type: iri, class: glocal:City, required: true}\n  limit: {type: integer, "
    "default: 50, min: 1}\ncolumns: {partner: iri, weight: decimal}",
    'examples: [{city: "place:rome"}, {city: place:kigali, limit: 5}]',
    "examples:\n  - {city: place:rome}\n  - {city: place:kigali}\nsummary: after",
    "reason: >\n  One line,\n  and one: more.\nsummary: next",
    "reason: >-\n  One line,\n  and more.\nsummary: next",
    "summary:\ntags: []\nparams: {}\nnone: null\ntrue_one: true\nnumber: -3\npart: 0.5",
    "deep:\n  a:\n    b: {c: [1, [2, {d: e}]]}\n  f: g",
    'text: "a: b # c \\" d"',
    "single: 'it''s not handled' ".replace("''", " "),
]


@pytest.mark.parametrize("header", HEADERS)
def test_reads_what_yaml_reads(header):
    text = "".join(f"#+ {line}\n" for line in header.splitlines()) + "SELECT * {}\n"
    assert read_header(text, "test.rq") == yaml.safe_load(header)


KEYS = st.from_regex(r"[a-z][a-z_]{0,8}", fullmatch=True).filter(
    lambda key: key not in ("null", "true", "false", "yes", "no", "on", "off", "y", "n")
)
WORDS = st.from_regex(r"[A-Za-z][A-Za-z ]{0,12}[a-z]", fullmatch=True).filter(
    lambda word: word.lower() not in ("null", "true", "false", "yes", "no", "on", "off")
)
VALUES = st.recursive(
    st.one_of(WORDS, st.integers(0, 999), st.booleans(), st.none()),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=3)),
    max_leaves=8,
)


@settings(max_examples=30)
@given(st.dictionaries(KEYS, VALUES, min_size=1, max_size=4))
def test_reads_back_what_yaml_writes(header):
    def flow(value):
        return yaml.safe_dump(value, width=10_000, default_flow_style=True).splitlines()[0]

    text = "".join(f"#+ {key}: {flow(value)}\n" for key, value in header.items())
    assert read_header(text, "test.rq") == header


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("summary: what: why", r"test\.rq:1: this text needs quotes"),
        ("summary: a\nsummary: b", r":2: the key 'summary' comes twice"),
        ("just words", r":1: a key and a colon are missing"),
        ("tags: [a, b", r":1: "),
        ("tags: [a] b", r"something follows"),
        ('tags: "a', r"quote is not closed"),
        ("a: b\n   c: d", r":2: this line is indented more"),
        ("params: {a b}", r"colon"),
    ],
)
def test_a_broken_header_names_file_and_line(header, said):
    text = "".join(f"#+ {line}\n" for line in header.splitlines())
    with pytest.raises(QueryError, match=said):
        read_header(text, "test.rq")


def test_a_query_without_header():
    assert read_header("SELECT * {}", "x") == {}


def test_brackets_without_end_are_an_error():
    with pytest.raises(QueryError, match=r"q\.rq:1: too many brackets"):
        read_header("#+ tags: " + "[" * 100_000, "q.rq")
