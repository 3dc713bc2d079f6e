"""From RDF terms to Python values, and to the words a person reads."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from typing import TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from glocal_kg._rdf.namespaces import Prefixes

Term: TypeAlias = NamedNode | BlankNode | Literal | Triple

# What a cell holds; bool stands in int and datetime in date, and are named for the reader.
Value: TypeAlias = str | bool | int | float | Decimal | date | datetime | Term | None

_XSD = "http://www.w3.org/2001/XMLSchema#"
_INTEGERS = frozenset(
    f"{_XSD}{name}"
    for name in {
        "integer",
        "int",
        "long",
        "short",
        "byte",
        "nonNegativeInteger",
        "positiveInteger",
        "nonPositiveInteger",
        "negativeInteger",
        "unsignedInt",
        "unsignedLong",
        "unsignedShort",
        "unsignedByte",
    }
)


_FINER = re.compile(r"\.\d{6}\d*[1-9]")
"""A part of a second that Python would cut: it counts millionths."""


def python_value(term: Term | None) -> Value:
    """The Python value of a term.

    Numbers, booleans, dates and times become Python's own, strings ``str``; IRIs, blank nodes,
    years and every other typed literal stay terms, and so does a literal whose text does not
    fit its type, or says more than Python's value would. An unbound cell is None.

    >>> python_value(Literal("7", datatype=NamedNode(_XSD + "integer")))
    7
    >>> python_value(Literal("2002", datatype=NamedNode(_XSD + "gYear"))).value
    '2002'
    """
    if not isinstance(term, Literal):
        return term
    text = term.value
    if term.language:
        return text
    datatype = term.datatype.value
    if datatype == f"{_XSD}string" or not datatype.startswith(_XSD):
        return text if datatype == f"{_XSD}string" else term
    from glocal_kg._engines.shacl.literals import is_legal  # Python's readers take more forms

    if not is_legal(text, datatype):
        return term
    try:
        if datatype in _INTEGERS:
            return int(text)
        if datatype == f"{_XSD}decimal":
            return Decimal(text)
        if datatype in (f"{_XSD}double", f"{_XSD}float"):
            return float(text.replace("INF", "inf"))
        if datatype == f"{_XSD}boolean":
            return {"true": True, "1": True, "false": False, "0": False}[text]
        if datatype == f"{_XSD}date" and len(text) == 10:
            return date.fromisoformat(text)
        if datatype == f"{_XSD}dateTime" and not _FINER.search(text):
            return datetime.fromisoformat(text)
    except (ValueError, ArithmeticError, KeyError):
        pass  # the text does not fit its type: the term says both
    return term


def bare(value: Value) -> str | bool | int | float | None:
    """A value as JSON and pandas hold it: all but numbers, booleans and gaps is text.

    A decimal becomes a float, a date its ISO text, an IRI its bare text.

    >>> bare(NamedNode("urn:a")), bare(Decimal("1.50")), bare(date(2002, 12, 1)), bare(None)
    ('urn:a', 1.5, '2002-12-01', None)
    """
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, date):
        return value.isoformat()
    return plain(value)


def plain(term: Term | None) -> str:
    """A term as SPARQL's CSV writes it: the bare IRI or text, nothing for an unbound cell."""
    if term is None:
        return ""
    return term.value if isinstance(term, (NamedNode, Literal)) else str(term)


def shown(term: Term | None, prefixes: Prefixes) -> str:
    """A term as a person reads it: a short name, or the text of a literal."""
    return prefixes.shorten(term.value) if isinstance(term, NamedNode) else plain(term)
