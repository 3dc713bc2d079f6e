"""Literals that a query asks for and the data write otherwise: another type, language or case."""

from __future__ import annotations

import numpy as np
from pyoxigraph import Literal, NamedNode

from glocal_kg._engines.shacl.literals import is_legal
from glocal_kg._rdf.labels import label_properties_of
from glocal_kg._rdf.namespaces import shorten
from glocal_kg._rdf.sparql.algebra import Call, Var

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from glocal_kg._rdf.sparql.algebra import Expression, TriplePattern
    from glocal_kg._rdf.store.facts import Facts


def written(facts: Facts, p: NamedNode, wanted: Literal) -> Iterator[str]:
    """How the values of a property are written that a wanted one is not among."""
    if not is_legal(wanted.value, wanted.datatype.value):
        yield f"{_shown(wanted)} is not written as {name_of(wanted.datatype)} is."
        return
    held = _held(facts, p)
    if not held:
        yield from _named(facts, p, wanted)
    if not held or wanted in held:
        return
    alike = [one for one in held if one.value == wanted.value]
    folded = wanted.value.casefold()
    alike = alike or [one for one in held if one.value.casefold() == folded]
    if alike:
        yield f"Values of {name_of(p)} are written {_shown(alike[0])}, not {_shown(wanted)}."
        return
    begins = [one for one in held if one.value.startswith(f"{wanted.value}-")]
    if begins and wanted.value.isdigit():
        yield (
            f"Dates of {name_of(p)} are more precise, such as {_shown(min(begins, key=str))}:"
            f' FILTER(STRSTARTS(STR(?date), "{wanted.value}")).'
        )
    elif wanted.datatype not in {one.datatype for one in held}:
        begins = [one for one in held if one.value.startswith(wanted.value)]
        yield (
            f"No value of {name_of(p)} is of the type of {_shown(wanted)}; one is"
            f" {_shown(min(begins or held, key=str))}."
        )


def compared(
    facts: Facts, filters: list[Expression], patterns: list[TriplePattern]
) -> Iterator[str]:
    """What filters compare the values of patterns with, and no value is."""
    for one in filters:
        if not isinstance(one, Call) or len(one.args) < 2:
            continue
        for left, value in (one.args[:2], one.args[1::-1]):
            if isinstance(value, Literal) and (value is not one.args[0] or one.name == "="):
                yield from _compared(facts, one.name, left, value, patterns, len(one.args))


def _compared(
    facts: Facts,
    sign: str,
    left: Expression,
    value: Literal,
    patterns: list[TriplePattern],
    args: int,
) -> Iterator[str]:
    inner = left.args[0] if isinstance(left, Call) and left.args else left
    through = left.name if isinstance(left, Call) else ""
    if sign == "=" and isinstance(left, Var) and any(one.s == left for one in patterns):
        name = left.name
        yield f"?{name} is a thing and no text: compare its name, ?{name} rdfs:label ?name."
        return
    for pattern in patterns:
        if pattern.o != inner or not isinstance(pattern.p, NamedNode):
            continue
        if through == "LANG" and sign in ("=", "LANGMATCHES"):
            yield from _languages(facts, pattern.p, value.value)
        elif sign in _PARTS and through in ("", "STR") and not (sign == "REGEX" and args > 2):
            yield from _parts(facts, sign, pattern.p, inner, value)
        elif sign == "=" and isinstance(left, Var):
            yield from written(facts, pattern.p, value)
        elif sign in _ORDER and isinstance(left, Var):
            yield from _ordered(facts, sign, pattern.p, left, value)


_PARTS = ("CONTAINS", "STRSTARTS", "STRENDS", "REGEX")
_ORDER = {"<", ">", "<=", ">="}


def _parts(
    facts: Facts, sign: str, p: NamedNode, variable: Expression, value: Literal
) -> Iterator[str]:
    """A part of a text that only stands there in other letters, large or small."""
    wanted = value.value.casefold()
    held = [one for one in _held(facts, p) if wanted in one.value.casefold()]
    if held and not any(value.value in one.value for one in held):
        assert isinstance(variable, Var)
        name, text = variable.name, value.value
        write = f'{sign}(LCASE(STR(?{name})), "{wanted}")'
        if sign == "REGEX":
            write = f'REGEX(?{name}, "{text}", "i")'
        there = _shown(min(held, key=_size))
        yield f"{sign} tells large from small letters, and {there} is there: {write}."


def _ordered(facts: Facts, sign: str, p: NamedNode, variable: Var, value: Literal) -> Iterator[str]:
    """A comparison of values whose types have no order with one another."""
    held = _held(facts, p)
    kinds = {_kind(one) for one in held}
    if held and _kind(value) not in kinds:
        one = min(held, key=str)
        yield (
            f"Values of {name_of(p)} such as {_shown(one)} have no order with"
            f' {_shown(value)}: FILTER(STR(?{variable.name}) {sign} "{value.value}").'
        )


def _size(term: Literal) -> tuple[int, str]:
    return len(term.value), str(term)


def _kind(term: Literal) -> str:
    """Numbers, texts, and each type of dates: what has an order of its own."""
    name = name_of(term.datatype)
    if name in ("xsd:integer", "xsd:decimal", "xsd:double", "xsd:float"):
        return "number"
    return "text" if name in ("xsd:string", "rdf:langString") else name


def _named(facts: Facts, p: NamedNode, wanted: Literal) -> Iterator[str]:
    """A text where a property leads to things, with the thing of that name."""
    moment = facts.moment
    number = moment.find(p)
    if number is None:
        return
    things = np.unique(moment.scan(None, number, None, facts.selection)[2])
    labels = [n for one in label_properties_of(facts) if (n := moment.find(one)) is not None]
    folded = wanted.value.casefold()
    for thing in things.tolist():
        names = [
            name
            for label in labels
            for name in moment.terms(moment.scan(thing, label, None, facts.selection)[2])
        ]
        if any(isinstance(one, Literal) and one.value.casefold() == folded for one in names):
            node = moment.term(thing)
            if isinstance(node, NamedNode):
                yield f"{name_of(p)} leads to things, not to text: {name_of(node)} has that name."
                return
    if len(things):
        yield f"{name_of(p)} leads to things, not to text: ?thing rdfs:label {_shown(wanted)}."


def _languages(facts: Facts, p: NamedNode, wanted: str) -> Iterator[str]:
    tags = {one.language for one in _held(facts, p) if one.language}
    if (
        tags
        and wanted != "*"
        and not any(tag == wanted.lower() or tag.startswith(f"{wanted.lower()}-") for tag in tags)
    ):
        yield f"No value of {name_of(p)} is in {wanted!r}; there are {', '.join(sorted(tags))}."


def _held(facts: Facts, p: NamedNode) -> list[Literal]:
    """The literals that a property has, each once."""
    moment = facts.moment
    number = moment.find(p)
    if number is None:
        return []
    objects = np.unique(moment.scan(None, number, None, facts.selection)[2])
    return [term for term in moment.terms(objects) if isinstance(term, Literal)]


def name_of(node: NamedNode) -> str:
    """An IRI as a person writes it in a query."""
    short = shorten(node.value)
    return f"<{node.value}>" if short == node.value else short


def _shown(term: Literal) -> str:
    text = f'"{term.value}"'
    if term.language:
        return f"{text}@{term.language}"
    name = name_of(term.datatype)
    return text if name == "xsd:string" else f"{text}^^{name}"
