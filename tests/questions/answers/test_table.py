"""Tables: typed values, every way out, and what a person sees."""

from __future__ import annotations

import csv
import datetime
import io
import json
import xml.etree.ElementTree as ElementTree
from decimal import Decimal

import pytest
from pyoxigraph import (
    BaseDirection,
    BlankNode,
    Literal,
    NamedNode,
    Quad,
    QueryResultsFormat,
    Triple,
    parse_query_results,
)

from glocal_kg._questions.answers.row import Row
from glocal_kg._questions.answers.table import Table, Triples
from glocal_kg._questions.answers.values import python_value
from glocal_kg._rdf.labels import Labels
from glocal_kg._rdf.namespaces import RDFS, SKOS, XSD
from glocal_kg._rdf.store.facts import Facts
from glocal_kg.errors import ArgumentError, NotFoundError

ROME = NamedNode("https://w3id.org/glocal/id/place/rome")
TRICKY = 'a "quoted", \t<b>&amp;\nsecond line'
ROWS = [
    (ROME, Literal("Roma", language="it"), Literal("2", datatype=XSD.integer)),
    (BlankNode("b"), Literal(TRICKY), None),
]


@pytest.fixture
def table() -> Table:
    return Table(["place", "text", "count"], ROWS, title="Places")


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("7", "integer", 7),
        ("7", "nonNegativeInteger", 7),
        ("1.50", "decimal", Decimal("1.50")),
        ("1.5e3", "double", 1500.0),
        ("INF", "float", float("inf")),
        ("1", "boolean", True),
        ("2002-12-10", "date", datetime.date(2002, 12, 10)),
        ("2002-12-10T10:00:00", "dateTime", datetime.datetime(2002, 12, 10, 10)),
        (
            "2002-12-10T10:00:00.5000000",
            "dateTime",
            datetime.datetime(2002, 12, 10, 10, 0, 0, 500_000),
        ),
        ("x", "string", "x"),
    ],
)
def test_python_values(text, kind, value):
    assert python_value(Literal(text, datatype=XSD[kind])) == value


@pytest.mark.parametrize(
    ("text", "kind"),
    [("2002", "gYear"), ("2002-10", "gYearMonth"), ("2002-02-30", "date"), ("x", "integer"),
     ("2002-12-10Z", "date"), ("maybe", "boolean"), ("P1D", "duration"),
     ("2002-12-10T10:00:00.1234567", "dateTime")],
)  # fmt: skip
def test_other_literals_stay_terms(text, kind):
    literal = Literal(text, datatype=XSD[kind])
    assert python_value(literal) == literal


def test_rows_and_columns(table):
    first, second = table
    assert (len(table), table.columns) == (2, ("place", "text", "count"))
    assert first == (ROME, "Roma", 2) == table[0]
    assert (first.place, first["text"], first[2], first.count) == (ROME, "Roma", 2, 2)
    assert second.count is None
    assert table.column("count") == [2, None]
    assert table.to_dicts()[0] == {"place": ROME, "text": "Roma", "count": 2}
    with pytest.raises(AttributeError, match="no column 'city', only place, text, count"):
        first.city  # noqa: B018 - to look is to ask for it
    with pytest.raises(KeyError, match="no column 'city'"):
        first["city"]
    with pytest.raises(NotFoundError, match="Columns are place"):
        table.column("city")
    assert {Row(("a",), (1,)), Row(("a",), (1,))} == {Row(("a",), (1,))}


def test_csv_is_read_back_by_a_csv_reader(table):
    rows = list(csv.reader(io.StringIO(table.to_csv(), newline="")))
    assert rows == [
        ["place", "text", "count"],
        [ROME.value, "Roma", "2"],
        ["_:b", TRICKY, ""],
    ]


@pytest.mark.parametrize("kind", ["tsv", "json", "xml"])
def test_w3c_formats_are_read_back_by_oxigraph(table, kind):
    written = getattr(table, f"to_{kind}")()
    format = getattr(QueryResultsFormat, kind.upper())
    found = parse_query_results(written, format)
    names = [variable.value for variable in found.variables]
    assert names == list(table.columns)
    rows = [tuple(solution) for solution in found]
    assert rows[0] == ROWS[0]
    assert (rows[1][1], rows[1][2]) == (ROWS[1][1], None)


@pytest.mark.parametrize("kind", ["tsv", "json", "xml"])
def test_the_direction_of_a_text_is_kept(kind):
    texts = [
        (Literal("x", language="ar", direction=way),)
        for way in (BaseDirection.LTR, BaseDirection.RTL, None)
    ]
    written = getattr(Table(["x"], texts), f"to_{kind}")()
    found = parse_query_results(written, getattr(QueryResultsFormat, kind.upper()))
    assert [tuple(row) for row in found] == texts


def test_json_and_xml_are_well_formed(table):
    assert json.loads(table.to_json())["head"]["vars"] == list(table.columns)
    assert ElementTree.fromstring(table.to_xml()).tag.endswith("sparql")


def test_pandas(table):
    frame = table.to_pandas()
    assert list(frame.columns) == list(table.columns)
    assert frame["text"][0] == "Roma"


def test_text_fits_its_width_and_keeps_every_word(table):
    wide = Table(["n", "text"], [(Literal("1", datatype=XSD.integer), Literal("word " * 40))])
    lines = wide.to_text(40).splitlines()
    assert max(map(len, lines)) <= 40
    assert sum(line.split().count("word") for line in lines) == 40
    assert str(table).splitlines()[0] == "Places"
    assert "place:rome" in str(table)
    assert str(table).endswith("2 rows")


def test_text_aligns_numbers_and_wide_letters():
    rows = [(Literal(name), Literal(number, datatype=XSD.integer)) for name, number in
            [("東京", "1"), ("Rome", "10")]]  # fmt: skip
    lines = Table(["city", "count"], rows).to_text().splitlines()
    assert lines[2] == "東京      1"
    assert lines[3] == "Rome     10"


def test_control_characters_do_not_reach_the_terminal():
    shown = Table(["x"], [(Literal("a\x1b[31mb"),)]).to_text()
    assert "\x1b" not in shown


def test_an_empty_table_says_what_that_means():
    assert str(Table(["x"], [], note="The sources do not say.")).endswith("do not say.")
    assert str(Table(["x"], [])).endswith("No rows.")
    assert Table(["x"], []).to_csv() == "x\n"


def test_html_escapes_and_loads_nothing(table):
    shown = table._repr_html_()
    assert "&lt;b&gt;&amp;amp;" in shown
    assert f'href="{ROME.value}"' in shown
    assert 'lang="it"' in shown
    assert "<script" not in shown
    assert "src=" not in shown
    evil = Table(['<i>"'], [(NamedNode("javascript:alert(1)"),), (Literal("<script>"),)])
    assert "<script>" not in evil._repr_html_()
    assert "href" not in evil._repr_html_()


LABELS = [
    (RDFS.label, "Rome", "en"),
    (RDFS.label, "Roma", "it"),
    (RDFS.label, "Rom", "de-at"),
    (SKOS.prefLabel, "not this", "en"),
]


@pytest.mark.parametrize(
    ("languages", "label"),
    [
        (("en",), "Rome"),
        (("it", "en"), "Roma"),
        (("fr", "it"), "Roma"),
        (("fr",), "Rome"),
        (("de",), "Rom"),
        ((), "Rome"),
    ],
)
def test_labels_follow_the_order_of_languages(languages, label):
    quads = [Quad(ROME, p, Literal(text, language=language)) for p, text, language in LABELS]
    facts = Facts.of(quads)
    labels = Labels(lambda: facts, languages)
    table = Table(["place"], [(ROME,)], labels=labels)
    assert table.label(ROME) == label
    assert label in str(table)
    assert label in table._repr_html_()
    assert labels(NamedNode("urn:none")) is None


def test_a_label_is_not_shown_twice():
    facts = Facts.of([Quad(ROME, RDFS.label, Literal("Rome", language="en"))])
    labels = Labels(lambda: facts, ("en",))
    shown = Table(["place", "name"], [(ROME, Literal("Rome", language="en"))], labels=labels)
    assert "place:rome  Rome" in str(shown)


def test_triples():
    triple = Triple(ROME, RDFS.label, Literal("Rome", language="en"))
    triples = Triples([triple, triple])
    assert list(triples) == [triple]
    assert triples[0] == triple
    assert 'place:rome rdfs:label "Rome"@en' in str(triples)
    assert "@prefix sh:" not in str(triples)
    assert json.loads(triples.serialize("jsonld"))
    with pytest.raises(NotFoundError, match="for tables"):
        triples.serialize("csv")


def test_a_slice_of_a_table_is_a_table():
    terms = [(Literal(letter),) for letter in "abc"]
    table = Table(["x"], terms, title="Letters")
    some = table[1:]
    assert (some.column("x"), some.title) == (["b", "c"], "Letters")
    assert some[-1] == ("c",)


def test_triples_become_a_networkx_graph():
    a, b, p = NamedNode("urn:a"), NamedNode("urn:b"), NamedNode("urn:p")
    triples = [
        Triple(a, p, b),
        Triple(b, p, a),
        Triple(a, p, Literal("1")),
        Triple(a, p, Literal("2")),
    ]
    graph = Triples(triples).to_networkx()
    assert sorted(graph.edges(keys=True)) == [
        ("urn:a", "urn:b", "urn:p"),
        ("urn:b", "urn:a", "urn:p"),
    ]
    assert graph.nodes["urn:a"] == {"name": "urn:a", "iri": "urn:a", "urn:p": "1; 2"}
    assert graph.nodes["urn:b"] == {"name": "urn:b", "iri": "urn:b"}


@pytest.mark.parametrize("width", ["x", 0, 1.5])
def test_a_wrong_width_is_told_at_the_call(width):
    with pytest.raises(ArgumentError, match="width"):
        Table(["x"], []).to_text(width)
