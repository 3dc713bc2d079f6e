"""Table 8: which literal is of which datatype, and when two literals are the same value.

Forms and values are those of :mod:`glocal_kg._engines.shacl.literals`. In OWL 2 the value spaces
of decimal, float and double are apart, as are those of string and anyURI (OWL 2 Structural
Specification, section 4).
"""

from __future__ import annotations

from collections.abc import Hashable
from decimal import Decimal
from math import copysign

from pyoxigraph import Literal

from glocal_kg._engines.rl.rules import PREFIXES
from glocal_kg._engines.shacl.literals import checker, is_legal
from glocal_kg._rdf.sparql.comparison import value
from glocal_kg._rdf.sparql.times import Duration, Instant
from glocal_kg.errors import TooLargeError

_XSD = PREFIXES["xsd"]
_DECIMALS = {
    _XSD + name
    for name in (
        "decimal", "integer", "nonNegativeInteger", "nonPositiveInteger", "positiveInteger",
        "negativeInteger", "long", "int", "short", "byte", "unsignedLong", "unsignedInt",
        "unsignedShort", "unsignedByte",
    )
}  # fmt: skip
_STRINGS = {
    _XSD + name
    for name in ("string", "normalizedString", "token", "language", "Name", "NCName", "NMTOKEN")
}
_PLAIN = PREFIXES["rdf"] + "PlainLiteral"
_LANGUAGE = PREFIXES["rdf"] + "langString"
_XML = PREFIXES["rdf"] + "XMLLiteral"
"""Its values are nodes of XML, apart from those of all others (RDF 1.1 Concepts, 5.2)."""
_ALSO_KNOWN = {_XSD + "string", _XSD + "anyURI", _PLAIN, _LANGUAGE, _XML}
"""Datatypes of this module that take any form."""
_DURATIONS = {_XSD + name for name in ("duration", "yearMonthDuration", "dayTimeDuration")}
ANY = {
    PREFIXES["rdfs"] + "Literal",
    *(_XSD + name for name in ("anyType", "anySimpleType", "anyAtomicType")),
}
"""Datatypes that hold the value of every literal."""


def takes_any_form(datatype: str) -> bool:
    """Whether a datatype is foreign, or text of any form."""
    return datatype == _XSD + "string" or not (datatype.startswith(_XSD) or datatype == _XML)


def is_well_typed(literal: Literal) -> bool:
    """Whether a literal's form is one of its datatype. Unknown datatypes take any form.

    >>> from pyoxigraph import NamedNode
    >>> year = NamedNode("http://www.w3.org/2001/XMLSchema#gYear")
    >>> is_well_typed(Literal("1999", datatype=year)), is_well_typed(Literal("99", datatype=year))
    (True, False)
    """
    if literal.datatype.value == _XML:
        return _is_content(literal.value)
    return is_legal(literal.value, literal.datatype.value)


def _is_content(form: str) -> bool:
    """Whether a text is what an element of XML may hold (RDF 1.1 Concepts, 5.2)."""
    from xml.parsers.expat import ExpatError, ParserCreate

    try:
        ParserCreate().Parse(f"<x>{form}</x>", True)
    except ExpatError:
        return False
    return True


def value_key(literal: Literal) -> Hashable | None:
    """Something equal for equal values and different for different ones (dt-eq, dt-diff).

    None where the value is not known: the datatype is foreign, or the form is not one of it.

    >>> from pyoxigraph import NamedNode
    >>> integer = NamedNode("http://www.w3.org/2001/XMLSchema#integer")
    >>> value_key(Literal("01", datatype=integer)) == value_key(Literal("1", datatype=integer))
    True
    """
    form, datatype = literal.value, literal.datatype.value
    if literal.language:
        tag = literal.language.lower()
        return "string", form, f"{tag}--{literal.direction}" if literal.direction else tag
    if not is_legal(form, datatype):
        return None
    if datatype in _STRINGS:
        return "string", form, ""
    name = datatype.removeprefix(_XSD)
    if name == "hexBinary":
        return name, form.lower()
    if name == "base64Binary":
        return name, form.replace(" ", "")
    if name == "anyURI":
        return name, form
    try:
        kind, worth = value(literal)
    except TooLargeError:
        return None
    match worth:
        case float():
            return name, "NaN" if worth != worth else worth, copysign(1, worth)
        case int() | Decimal():
            return "boolean" if kind == "boolean" else "decimal", worth
        case Duration():
            return "duration", (worth.months, worth.seconds)
        case Instant():  # one in two time zones is equal, but not identical (OWL 2, 4.7)
            return worth.kind, worth.place, worth.zone
    return None


def is_number(literal: object, number: int) -> bool:
    """Whether a term is a literal of a whole number, as cardinalities are written.

    >>> from pyoxigraph import NamedNode
    >>> integer = NamedNode("http://www.w3.org/2001/XMLSchema#nonNegativeInteger")
    >>> is_number(Literal("01", datatype=integer), 1), is_number(Literal("1"), 1)
    (True, False)
    """
    return whole_number(literal) == number


def whole_number(literal: object) -> int | None:
    """The whole number, not below 0, that a term is a literal of; None for any other term."""
    match value_key(literal) if isinstance(literal, Literal) else None:
        case ("decimal", Decimal() | int() as value) if value >= 0 and value == int(value):
            return int(value)
    return None


def holds(datatype: str, literal: Literal) -> bool | None:
    """Whether the value of a literal is in the value space of a datatype (dt-type2).

    None where that is not known, because one of the datatypes is foreign.

    >>> from pyoxigraph import NamedNode
    >>> def xsd(name): return "http://www.w3.org/2001/XMLSchema#" + name
    >>> seven = Literal("7", datatype=NamedNode(xsd("integer")))
    >>> holds(xsd("byte"), seven), holds(xsd("negativeInteger"), seven), holds("urn:d", seven)
    (True, False, None)
    """
    if datatype in ANY:
        return True
    own = literal.datatype.value
    if not is_well_typed(literal):
        return False
    if own == datatype:
        return True
    known = checker(datatype) or datatype in _ALSO_KNOWN
    if own == _XML:
        return False if known else None
    key = value_key(literal)
    if key is None:
        return None
    if datatype in (_PLAIN, _LANGUAGE):
        return own == _LANGUAGE or (datatype == _PLAIN and own in _STRINGS)
    if datatype in _STRINGS:
        return own in _STRINGS and is_legal(literal.value, datatype)
    if datatype in _DECIMALS:
        if own not in _DECIMALS:
            return False
        if datatype == _XSD + "decimal":
            return True
        number = key[1]  # type: ignore[index]  # as values of the type have it
        return bool(number == int(number)) and is_legal(str(int(number)), datatype)
    if datatype in _DURATIONS:
        if own not in _DURATIONS:
            return False
        months, length = key[1]  # type: ignore[index]  # as values of the type have it
        excess = {"dayTimeDuration": months, "yearMonthDuration": length}
        return not excess.get(datatype.removeprefix(_XSD), 0)
    if datatype == _XSD + "dateTimeStamp":
        return own == _XSD + "dateTime" and key[2] is not None  # type: ignore[index]  # as values of the type have it
    if datatype == _XSD + "dateTime":
        return own == _XSD + "dateTimeStamp"
    return False if known else None
