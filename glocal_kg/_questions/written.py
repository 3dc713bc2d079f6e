"""Literals that a query asks for and the data write otherwise: another type, language or case."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from pyoxigraph import Literal, NamedNode

from glocal_kg._engines.shacl.literals import is_legal
from glocal_kg._rdf.namespaces import shorten
from glocal_kg._rdf.sparql.algebra import Call, Var

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glocal_kg._rdf.sparql.algebra import Expression, Pattern
    from glocal_kg._rdf.store.facts import Facts


def written(facts: Facts, p: NamedNode, wanted: Literal) -> Iterator[str]:
    """How the values of a property are written that a wanted one is not among."""
    if not is_legal(wanted.value, wanted.datatype.value):
        yield f"{_shown(wanted)} is not written as {name_of(wanted.datatype)} is."
        return
    held = _held(facts, p)
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


def compared(facts: Facts, filters: list[Expression], patterns: list[Pattern]) -> Iterator[str]:
    """What filters compare the values of patterns with, and no value is."""
    for one in filters:
        if not isinstance(one, Call) or len(one.args) != 2:
            continue
        for left, value in (one.args, one.args[::-1]):
            if not isinstance(value, Literal):
                continue
            spoken = isinstance(left, Call) and left.name == "LANG" and left.args
            variable = left.args[0] if spoken and isinstance(left, Call) else left
            for pattern in patterns:
                if pattern.o != variable or not isinstance(pattern.p, NamedNode):
                    continue
                if spoken and one.name in ("=", "LANGMATCHES"):
                    yield from _languages(facts, pattern.p, value.value)
                elif isinstance(variable, Var) and one.name == "=":
                    yield from written(facts, pattern.p, value)


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
