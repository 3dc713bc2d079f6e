"""What reading a cell comes to: a value, or the problem it has."""

from __future__ import annotations

from typing import NamedTuple

XSD = "http://www.w3.org/2001/XMLSchema#"
STRING = XSD + "string"


class CellValue(NamedTuple):
    """A value: its lexical form and its datatype; "@en" for text of a language, "" an IRI."""

    text: str
    type: str


class CellProblem(NamedTuple):
    """Why a cell is no value: the rule, what was expected, and what may help."""

    rule: str
    suggestion: str = ""
    expected: str = ""
