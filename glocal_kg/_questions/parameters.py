"""Typed parameters: from what a person gives to an RDF term, or an error that says what is taken.

Text is read by the type the question declares, never guessed: ``"2002"`` is a string for one
parameter and a year for another.
"""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode

from glocal_kg._rdf.namespaces import XSD, expand, shorten
from glocal_kg.errors import ParameterError, QueryError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any, TypeAlias

    from glocal_kg._rdf.sparql.header import HeaderValue

Bound: TypeAlias = NamedNode | Literal

# What each type takes, in words for errors and help.
TYPES = {
    "iri": "an IRI, in full or as prefix:name, or a name",
    "integer": "a whole number",
    "decimal": "a number",
    "string": "text",
    "language": "a language tag such as en or pt-BR",
    "boolean": "true or false",
    "date": "a date such as 2002-12-10",
    "gYear": "a year such as 2002",
}
_KEYS = ("type", "class", "default", "required", "enum", "min", "max", "description")


class Parameter:
    """One parameter of a question: its name, its type and the limits of its values.

    >>> year = Parameter("year", {"type": "gYear", "min": 2000}, "example")
    >>> str(year.term("2002"))
    '"2002"^^<http://www.w3.org/2001/XMLSchema#gYear>'
    >>> year.term(1999)
    Traceback (most recent call last):
        ...
    glocal_kg.errors.ParameterError: Parameter 'year' of question 'example' takes a year such as \
2002, at least 2000; 1999 is not one.
    """

    def __init__(self, name: str, spec: HeaderValue, question: str) -> None:
        """Raises ``QueryError`` where ``spec``, from the header, makes no sense."""
        if not isinstance(spec, dict) or spec.get("type") not in TYPES:
            raise QueryError(
                f"Parameter '{name}' of question '{question}' has no type.",
                remedy=f"Give it one of the types {', '.join(TYPES)}.",
            )
        strange = [key for key in spec if key not in _KEYS]
        if strange:
            raise QueryError(
                f"Parameter '{name}' of question '{question}' has the unknown key '{strange[0]}'.",
                remedy=f"Keys are {', '.join(_KEYS)}.",
            )
        self.name = name
        self.question = question
        self.type = str(spec["type"])
        self.description = str(spec.get("description") or "")
        self.klass = self._class(spec["class"]) if spec.get("class") else None
        self.default = spec.get("default")
        self.required = bool(spec.get("required", False))
        enum = spec.get("enum")
        self.enum = list(enum) if isinstance(enum, list) else None
        self.min, self.max = spec.get("min"), spec.get("max")

    def _class(self, name: object) -> NamedNode:
        try:
            return read_iri(name)
        except (ValueError, TypeError) as error:
            raise QueryError(
                f"Parameter '{self.name}' of question '{self.question}' has the class"
                f" {str(name)[:80]!r}, which names none: {str(error) or 'it is no text'}.",
                remedy="Write it with a known prefix, as in class: skos:Concept, or as <IRI>.",
            ) from None

    @property
    def takes(self) -> str:
        """What values are taken, in words."""
        words = TYPES[self.type]
        if self.klass is not None:
            words += f", of a {shorten(self.klass.value)}"
        if self.enum is not None:
            words = "one of " + ", ".join(map(str, self.enum))
        if self.min is not None:
            words += f", at least {self.min}"
        if self.max is not None:
            words += f", at most {self.max}"
        return words

    def term(self, value: object) -> Bound:
        """The term a value stands for; ``ParameterError`` where it stands for none."""
        if self.enum is not None and str(value) not in map(str, self.enum):
            raise self.wrong(value)
        try:
            term = _READERS[self.type](value)
            self._check_limits(term)
        except (ValueError, TypeError, ArithmeticError):
            raise self.wrong(value) from None
        return term

    def wrong(self, value: object) -> ParameterError:
        """The error for a value this parameter does not take, with the way to those it takes."""
        shown = repr(value) if isinstance(value, str) else str(value)
        of = self.klass and shorten(self.klass.value)
        return ParameterError(
            f"Parameter '{self.name}' of question '{self.question}' takes {self.takes};"
            f" {shown[:80]} is not one.",
            remedy=f"List them with: SELECT ?x {{ ?x a/rdfs:subClassOf* {of} }}" if of else "",
            name=self.name,
            value=shown,
        )

    def _check_limits(self, term: Bound) -> None:
        if self.min is None and self.max is None:
            return
        value = _comparable(term.value)
        if self.min is not None and value < _comparable(str(self.min)):
            raise ValueError
        if self.max is not None and value > _comparable(str(self.max)):
            raise ValueError


def bind_all(
    parameters: Mapping[str, Parameter],
    given: Mapping[str, object],
    question: str,
    is_a: Callable[[NamedNode, NamedNode], bool],
    named: Callable[[str], list[NamedNode]] = lambda _: [],
) -> dict[str, Bound]:
    """The terms of all parameters of a question: given ones, and defaults.

    ``is_a(node, class)`` asks the graph, and so does ``named`` for the things of a name. Raises
    ``ParameterError`` for an unknown name, a missing value, a value of the wrong type, and a node
    that is not of the class.
    """
    for name in given:
        if name not in parameters:
            names = ", ".join(f"'{known}'" for known in parameters)
            raise ParameterError(
                f"Question '{question}' has no parameter '{name}'.",
                remedy=f"It takes {names}." if names else "It takes no parameters.",
                name=name,
            )
    terms: dict[str, Bound] = {}
    for name, parameter in parameters.items():
        value = given.get(name)
        own = value is not None
        if not own:
            value = parameter.default
        if value is None:
            if parameter.required:
                raise ParameterError(
                    f"Question '{question}' needs the parameter '{name}'.",
                    remedy=f"It takes {parameter.takes}.",
                    name=name,
                )
            continue
        term = _named(parameter, value, named, is_a) or parameter.term(value)
        klass = parameter.klass
        if own and klass and isinstance(term, NamedNode) and not is_a(term, klass):
            raise parameter.wrong(shorten(term.value))
        terms[name] = term
    return terms


def _named(
    parameter: Parameter,
    value: object,
    named: Callable[[str], list[NamedNode]],
    is_a: Callable[[NamedNode, NamedNode], bool],
) -> NamedNode | None:
    """The one thing of the parameter's class that has a name; None for what is no name."""
    if parameter.type != "iri" or not isinstance(value, str):
        return None
    try:
        read_iri(value)
    except ValueError:
        pass
    else:
        return None
    klass = parameter.klass
    found = [node for node in named(value) if klass is None or is_a(node, klass)]
    if len(found) > 1:
        which = " or ".join(shorten(node.value) for node in found)
        raise ParameterError(
            f"'{value}' is the name of {len(found)} things that parameter '{parameter.name}' of"
            f" question '{parameter.question}' takes.",
            remedy=f"Say which: {which}.",
            name=parameter.name,
            value=value,
        )
    return found[0] if found else None


def read_iri(value: object) -> NamedNode:
    """The IRI a person writes: in full, in angle brackets, or as prefix:name.

    Raises ``ValueError`` or ``TypeError`` for what is none.

    >>> read_iri("owl:Class") == read_iri("<http://www.w3.org/2002/07/owl#Class>")
    True
    """
    if isinstance(value, NamedNode):
        return value
    if not isinstance(value, str):
        raise TypeError
    text = value.strip()
    if text.startswith("<") and text.endswith(">"):
        return NamedNode(text[1:-1])
    if "://" in text or text.startswith("urn:"):
        return NamedNode(text)
    return expand(text)


def _integer(value: object) -> Literal:
    if isinstance(value, bool) or not isinstance(value, (int, str, Literal)):
        raise TypeError
    return Literal(str(_whole(_text(value))), datatype=XSD.integer)


def _decimal(value: object) -> Literal:
    from decimal import Decimal

    if isinstance(value, bool) or not isinstance(value, (int, float, str, Decimal, Literal)):
        raise TypeError
    number = Decimal(_text(value))
    if not number.is_finite():
        raise ValueError
    return Literal(f"{number:f}", datatype=XSD.decimal)


def _string(value: object) -> Literal:
    if not isinstance(value, (str, Literal)):
        raise TypeError
    return Literal(_text(value))


def _language(value: object) -> Literal:
    if not isinstance(value, (str, Literal)):
        raise TypeError
    tag = _text(value)
    Literal("", language=tag)  # raises ValueError for what is no tag
    return Literal(tag)


def _boolean(value: object) -> Literal:
    text = str(value).lower() if isinstance(value, bool) else _text(value)
    if text not in ("true", "false"):
        raise ValueError
    return Literal(text, datatype=XSD.boolean)


def _date(value: object) -> Literal:
    from datetime import date, datetime

    if isinstance(value, datetime):
        raise TypeError
    text = value.isoformat() if isinstance(value, date) else _text(value)
    if len(text) != 10 or text[4] != "-" or text[7] != "-":
        raise ValueError  # 2020-W01-1 is one of Python's forms, not of xsd:date
    return Literal(date.fromisoformat(text).isoformat(), datatype=XSD.date)


def _year(value: object) -> Literal:
    if isinstance(value, bool):
        raise TypeError
    year = _whole(_text(value))
    return Literal(f"{'-' if year < 0 else ''}{abs(year):04}", datatype=XSD.gYear)


_READERS: dict[str, Callable[[object], Bound]] = {
    "iri": read_iri,
    "integer": _integer,
    "decimal": _decimal,
    "string": _string,
    "language": _language,
    "boolean": _boolean,
    "date": _date,
    "gYear": _year,
}


def _text(value: object) -> str:
    return value.value if isinstance(value, Literal) else str(value)


def _whole(text: str) -> int:
    digits = text.strip().removeprefix("-").removeprefix("+")
    if not (digits.isascii() and digits.isdigit()):
        raise ValueError
    return int(text)


def _comparable(text: str) -> Any:
    """Numbers and years by size; ISO dates and text by their letters."""
    from decimal import Decimal, InvalidOperation

    try:
        return Decimal(text)
    except InvalidOperation:
        return text
