"""Values of cells that are not what their datatype says, and columns with gaps."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from pyoxigraph import Literal, NamedNode

from glocal_kg._questions import Table
from glocal_kg._questions.values import python_value

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


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        ((whole("9007199254740993"), None), "Int64"),
        ((whole("1"), whole("2")), "int64"),
        ((whole("9" * 30), None), "object"),
        ((Literal("true", datatype=NamedNode(XSD + "boolean")), None), "boolean"),
        ((Literal("a"), None), "object"),
    ],
)
def test_columns_of_a_data_frame(cells, kind) -> None:
    frame = table(*cells).to_dataframe()
    assert str(frame["x"].dtype) == kind
    assert frame["x"][0] == python_value(cells[0])


@pytest.mark.parametrize("letter", ["\ufffe", "\uffff", "\x00", "\x1f"])
def test_xml_is_well_formed(letter) -> None:
    root = ElementTree.fromstring(table(Literal(f"a{letter}b")).to_xml())
    assert "a\ufffdb" in "".join(root.itertext())
