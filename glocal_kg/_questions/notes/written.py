"""Literals that a query asks for and the data write otherwise: another type, language or case."""

from __future__ import annotations

import numpy as np
from pyoxigraph import Literal, NamedNode

from glocal_kg._rdf.labels import label_properties_of
from glocal_kg._rdf.namespaces import shorten

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from glocal_kg._rdf.store.facts import Facts


_MANY = 200_000


def written(facts: Facts, p: NamedNode, wanted: Literal) -> Iterator[str]:
    """How the values of a property are written that a wanted one is not among."""
    from glocal_kg._engines.shacl.literals import is_legal  # what has no slip does not wait

    if not is_legal(wanted.value, wanted.datatype.value):
        yield f"{shown(wanted)} is not written as {name_of(wanted.datatype)} is."
        return
    held = held_by(facts, p)
    if not held:
        yield from _named(facts, p, wanted)
    if not held or wanted in held:
        return
    alike = [one for one in held if one.value == wanted.value]
    folded = wanted.value.casefold()
    alike = alike or [one for one in held if one.value.casefold() == folded]
    if alike:
        yield f"Values of {name_of(p)} are written {shown(alike[0])}, not {shown(wanted)}."
        return
    begins = [one for one in held if one.value.startswith(f"{wanted.value}-")]
    if begins and wanted.value.isdigit():
        yield (
            f"Dates of {name_of(p)} are more precise, such as {shown(min(begins, key=str))}:"
            f' FILTER(STRSTARTS(STR(?date), "{wanted.value}")).'
        )
    elif wanted.datatype not in {one.datatype for one in held}:
        begins = [one for one in held if one.value.startswith(wanted.value)]
        yield (
            f"No value of {name_of(p)} is of the type of {shown(wanted)}; one is"
            f" {shown(min(begins or held, key=str))}."
        )


def _named(facts: Facts, p: NamedNode, wanted: Literal) -> Iterator[str]:
    """A text where a property leads to things, with the thing of that name."""
    number = facts.moment.find(p)
    if number is None:
        return
    things = np.unique(facts.moment.scan(None, number, None, facts.selection)[2])
    node = named_so(facts, things.tolist(), wanted.value)
    if node is not None:
        yield f"{name_of(p)} leads to things, not to text: {name_of(node)} has that name."
    elif len(things):
        yield f"{name_of(p)} leads to things, not to text: ?thing rdfs:label {shown(wanted)}."


def named_so(facts: Facts, things: Iterable[int], name: str) -> NamedNode | None:
    """The first of the things, as numbers, that has a name, in small letters or large."""
    moment, folded = facts.moment, name.casefold()
    labels = [n for one in label_properties_of(facts) if (n := moment.find(one)) is not None]
    for thing in things:
        names = [
            name
            for label in labels
            for name in moment.terms(moment.scan(thing, label, None, facts.selection)[2])
        ]
        if any(isinstance(one, Literal) and one.value.casefold() == folded for one in names):
            node = moment.term(thing)
            if isinstance(node, NamedNode):
                return node
    return None


def held_by(facts: Facts, p: NamedNode, s: NamedNode | None = None) -> list[Literal]:
    """The literals that a property has, of all things or of one, each once."""
    return [one for one in facts.moment.terms(_literals(facts, p, s)) if isinstance(one, Literal)]


def has_literals(facts: Facts, p: NamedNode) -> bool:
    """Whether a property has a literal."""
    return len(_literals(facts, p)) > 0


def is_worth_a_look(facts: Facts, p: NamedNode) -> bool:
    """Whether the values of a property are so few that a note may look at all of them."""
    number = facts.moment.find(p)
    return number is None or facts.moment.count(None, number, None, facts.selection) <= _MANY


def _literals(facts: Facts, p: NamedNode, s: NamedNode | None = None) -> NDArray[np.int32]:
    moment = facts.moment
    number, thing = moment.find(p), None if s is None else moment.find(s)
    if number is None or (s is not None and thing is None):
        return np.empty(0, np.int32)
    objects = np.unique(moment.scan(thing, number, None, facts.selection)[2])
    literal: NDArray[np.bool_] = facts.terms.sorts(objects) == ord('"')
    return np.compress(literal, objects)


def name_of(node: NamedNode) -> str:
    """An IRI as a person writes it in a query."""
    short = shorten(node.value)
    return f"<{node.value}>" if short == node.value else short


def local_of(iri: str) -> str:
    """What stands after the last ``#`` or ``/`` of an IRI."""
    return iri[max(iri.rfind("#"), iri.rfind("/")) + 1 :]


def shown(term: Literal) -> str:
    """A literal as a person writes it in a query."""
    text = f'"{term.value}"'
    if term.language:
        return f"{text}@{term.language}"
    name = name_of(term.datatype)
    return text if name == "xsd:string" else f"{text}^^{name}"
