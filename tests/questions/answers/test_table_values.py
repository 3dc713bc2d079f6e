"""Values of cells that are not what their datatype says, and columns with gaps."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode

from glocal_kg._questions import Table
from glocal_kg._questions.answers.values import python_value
from glocal_kg.errors import GlocalError

XSD = "http://www.w3.org/2001/XMLSchema#"


@pytest.mark.parametrize(
    ("form", "datatype"),
    [
        ("2020-W01-1", "date"),
        ("1_000", "integer"),
        (" 7", "integer"),
        ("1E+5", "decimal"),
        ("1_0", "double"),
        ("infinity", "float"),
        ("TRUE", "boolean"),
        ("2020-01-01 10:00:00", "dateTime"),
        ("300", "byte"),
    ],
)
def test_an_ill_formed_literal_stays_a_term(form, datatype) -> None:
    term = Literal(form, datatype=NamedNode(XSD + datatype))
    assert python_value(term) == term


def test_a_foreign_literal_stays_a_term() -> None:
    term = Literal("7", datatype=NamedNode("urn:d"))
    assert python_value(term) == term


def table(*cells: Literal | None) -> Table:
    return Table(["x"], [(cell,) for cell in cells])


def whole(form: str) -> Literal:
    return Literal(form, datatype=NamedNode(XSD + "integer"))


def typed(form: str, name: str) -> Literal:
    return Literal(form, datatype=NamedNode(XSD + name))


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        ((whole("9007199254740993"), None), "Int64"),
        ((whole("1"), whole("2")), "Int64"),
        ((whole("9" * 30), None), "string"),
        ((Literal("true", datatype=NamedNode(XSD + "boolean")), None), "boolean"),
        ((Literal("a"), None), "string"),
        ((Literal("1.5", datatype=NamedNode(XSD + "decimal")), whole("2"), None), "float64"),
        ((typed("2002-12-10", "date"), typed("2002", "gYear"), None), "datetime64[s]"),
        ((typed("2002-12-10T10:00:00+02:00", "dateTime"), None), "datetime64[s, UTC]"),
        ((typed("2002", "gYear"), Literal("unknown")), "string"),
        ((None, None), "string"),
    ],
)
def test_columns_of_a_data_frame(cells, kind) -> None:
    frame = table(*cells).to_pandas()
    assert str(frame["x"].dtype) == kind
    assert frame["x"].isna().sum() == cells.count(None)
    if kind in ("Int64", "boolean"):
        assert frame["x"][0] == python_value(cells[0])


def test_the_precision_of_dates_stands_beside_them() -> None:
    cells = (typed("2002-12-10", "date"), typed("2003-05", "gYearMonth"), typed("1999", "gYear"))
    frame = table(*cells, None).to_pandas()
    assert frame["x_precision"].tolist()[:3] == ["day", "month", "year"]
    assert frame["x"].dt.year.tolist()[:3] == [2002, 2003, 1999]
    assert frame["x"].min().isoformat() == "1999-01-01T00:00:00"
    assert frame["x_precision"].isna()[3]


def test_language_and_datatype_on_request() -> None:
    names = (Literal("Rome", language="en"), Literal("Kigali"), None)
    frame = table(*names).to_pandas(language=True, datatype=True)
    assert list(frame.columns) == ["x", "x_language", "x_datatype"]
    assert frame["x_language"].tolist()[0] == "en"
    assert frame["x_datatype"].tolist()[:2] == ["rdf:langString", "xsd:string"]


@pytest.mark.parametrize("letter", ["\ufffe", "\uffff", "\x00", "\x1f"])
def test_what_xml_cannot_write_is_told(letter) -> None:
    with pytest.raises(GlocalError) as caught:
        table(Literal("a"), Literal(f"a{letter}b")).to_xml()
    said = f"Row 2, column ?x: A text holds the character U+{ord(letter):04X}"
    assert str(caught.value).startswith(said)
    assert caught.value.remedy == "Write json, tsv or csv."
