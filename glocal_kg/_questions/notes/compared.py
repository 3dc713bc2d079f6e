"""What filters compare values with that the data write otherwise, or that have no order, no text.

A comparison of what cannot be compared is no error in SPARQL: the row is left out, in silence.
"""

from __future__ import annotations

from collections import Counter
from itertools import compress

import numpy as np
from pyoxigraph import Literal, NamedNode

from glocal_kg._questions.notes.again import NoteLimits
from glocal_kg._questions.notes.expression_text import text_of
from glocal_kg._questions.notes.instead import remedies
from glocal_kg._questions.notes.written import (
    has_literals,
    held_by,
    is_worth_a_look,
    local_of,
    name_of,
    named_so,
    shown,
    written,
)
from glocal_kg._rdf.sparql.algebra import Call, Var
from glocal_kg._rdf.sparql.numbers import NoValue
from glocal_kg._rdf.sparql.regexes import found_in
from glocal_kg.errors import QueryError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from glocal_kg._rdf.sparql.algebra import Expression, TriplePattern
    from glocal_kg._rdf.store.facts import Facts

_PARTS = ("CONTAINS", "STRSTARTS", "STRENDS", "REGEX")
_ORDER = ("<", ">", "<=", ">=")
_OF_TEXT = {*_PARTS, "LANG", "LCASE", "UCASE", "STRLEN", "SUBSTR", "STRBEFORE", "STRAFTER",
            "REPLACE"}  # fmt: skip
_THROUGH = {*_OF_TEXT, *_ORDER, "=", "!=", "IN", "LANGMATCHES"}
_DATES = {"xsd:gYear", "xsd:gYearMonth", "xsd:date", "xsd:dateTime"}
_SHORTEST = {"xsd:gYear": 4, "xsd:gYearMonth": 7, "xsd:date": 10, "xsd:dateTime": 10}


def compared(
    facts: Facts, filters: list[Expression], patterns: list[TriplePattern]
) -> Iterator[str]:
    """What filters compare the values of patterns with, and no value is."""
    patterns = _few(facts, patterns)
    for one in filters:
        if not isinstance(one, Call) or not one.args:
            continue
        if one.name == "&&":
            yield from compared(facts, list(one.args), patterns)
            continue
        yield from _no_text(facts, one, patterns)
        if len(one.args) < 2:
            continue
        for left, value in (one.args[:2], one.args[1::-1]):
            if isinstance(value, Literal) and (value is not one.args[0] or one.name == "="):
                yield from _compared(facts, one.name, left, value, patterns, len(one.args))


def left_behind(
    facts: Facts, filters: list[Expression], patterns: list[TriplePattern]
) -> Iterator[str]:
    """Dates of another precision that a comparison leaves out, where it finds some."""
    patterns = _few(facts, patterns)
    for one in filters:
        if isinstance(one, Call) and one.name == "&&":
            yield from left_behind(facts, list(one.args), patterns)
        elif isinstance(one, Call) and one.name in _ORDER:
            left, value = one.args
            if isinstance(left, Var) and isinstance(value, Literal) and _kind(value) in _DATES:
                for pattern in patterns:
                    if pattern.o == left and isinstance(pattern.p, NamedNode):
                        yield from _ordered(facts, one.name, pattern.p, left, value)


def _few(facts: Facts, patterns: list[TriplePattern]) -> list[TriplePattern]:
    """The patterns of which all values can be looked at: a note has little time."""
    return [
        one for one in patterns if isinstance(one.p, NamedNode) and is_worth_a_look(facts, one.p)
    ]


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
    if isinstance(inner, Var) and through == "STR" and sign in ("=", "IN", "STRSTARTS"):
        yield from _whole(facts, inner, value, patterns)
    for pattern in patterns:
        if not isinstance(inner, Var) or pattern.o != inner:
            continue
        if not isinstance(pattern.p, NamedNode):
            continue
        if through == "LANG" and sign in ("=", "LANGMATCHES"):
            yield from _languages(facts, pattern, inner, sign, value.value)
        elif sign in _PARTS and through in ("", "STR") and not (sign == "REGEX" and args > 2):
            yield from _parts(facts, sign, pattern.p, inner, value)
        elif sign == "=" and isinstance(left, Var):
            yield from written(facts, pattern.p, value)
        elif sign in _ORDER and isinstance(left, Var):
            yield from _ordered(facts, sign, pattern.p, left, value)


# Things where text is wanted


def _things(facts: Facts, variable: Var, patterns: list[TriplePattern]) -> list[int] | None:
    """The numbers of the things that a variable can be; None where it can be text."""
    moment = facts.moment
    found: list[int]
    for one in patterns:
        if variable not in (one.s, one.o) or not isinstance(one.p, NamedNode):
            continue
        number = moment.find(one.p)
        if number is None:
            continue
        if one.s == variable:
            found = np.unique(moment.scan(None, number, None, facts.selection)[0]).tolist()
            return found
        if not has_literals(facts, one.p):
            found = np.unique(moment.scan(None, number, None, facts.selection)[2]).tolist()
            return found
    return None


def _no_text(facts: Facts, call: Call, patterns: list[TriplePattern]) -> Iterator[str]:
    """Functions of texts that are asked of a thing, which has none."""
    first = call.args[0]
    if call.name in _OF_TEXT and isinstance(first, Var) and _things(facts, first, patterns):
        name = first.name
        if call.name == "LANG":
            yield (
                f"?{name} is a thing and has no language; its name may have one:"
                f" ?{name} rdfs:label ?name, and LANG(?name)."
            )
        else:
            yield (
                f"?{name} is a thing and no text, so {call.name} has no value: its name is"
                f" ?{name} rdfs:label ?name, its IRI STR(?{name})."
            )
    for part in call.args:
        if isinstance(part, Call) and part.name in _THROUGH and part.args:
            yield from _no_text(facts, part, patterns)


def _whole(
    facts: Facts, variable: Var, value: Literal, patterns: list[TriplePattern]
) -> Iterator[str]:
    """A name that is compared with the IRI of a thing."""
    things = _things(facts, variable, patterns)
    if not things or ":" in value.value:
        return
    folded = value.value.casefold()
    terms = [one for one in facts.moment.terms(things) if isinstance(one, NamedNode)]
    called = [one for one in terms if local_of(one.value).casefold() == folded]
    meant = called[0] if called else named_so(facts, things, value.value)
    told = f"STR(?{variable.name}) is a whole IRI"
    if meant is not None:
        yield f'{told}, "{meant.value}": FILTER(?{variable.name} = {name_of(meant)}).'
    elif terms:
        yield f'{told}, such as "{min(terms, key=str).value}", and never {shown(value)}.'


# Texts


def _parts(
    facts: Facts, sign: str, p: NamedNode, variable: Expression, value: Literal
) -> Iterator[str]:
    """A part of a text that only stands there in other letters, large or small."""
    assert isinstance(variable, Var)
    name, text, wanted = variable.name, value.value, value.value.casefold()
    write = f'{sign}(LCASE(STR(?{name})), "{wanted}")'
    terms = held_by(facts, p)
    texts = [one.value for one in terms]
    alike: Iterable[object]
    there: Iterable[object]
    if sign == "REGEX":
        write = f'REGEX(?{name}, "{text}", "i")'
        check = NoteLimits().check
        try:
            alike, there = (found_in(texts, text, flags, check) for flags in ("i", ""))
        except NoValue:
            yield f'"{text}" is no regular expression; CONTAINS looks for a text as it stands.'
            return
        except QueryError:  # it takes too long for a note
            return
    else:
        alike = map(_part(sign, wanted), map(str.casefold, texts))
        there = map(_part(sign, text), texts)
    held = list(compress(terms, alike))
    if held and not any(there):
        told = shown(min(held, key=_size))
        yield f"{sign} tells large from small letters, and {told} is there: {write}."


def _part(sign: str, text: str) -> Callable[[str], object]:
    if sign == "STRSTARTS":
        return lambda one: one.startswith(text)
    if sign == "STRENDS":
        return lambda one: one.endswith(text)
    return lambda one: text in one


def _size(term: Literal) -> tuple[int, str]:
    return len(term.value), str(term)


def _languages(
    facts: Facts, pattern: TriplePattern, variable: Var, sign: str, wanted: str
) -> Iterator[str]:
    assert isinstance(pattern.p, NamedNode)
    held = held_by(facts, pattern.p, pattern.s if isinstance(pattern.s, NamedNode) else None)
    tags = {one.language for one in held if one.language}
    if held and not tags and wanted:
        yield f"No value of {name_of(pattern.p)} has a language."
    elif (
        tags
        and wanted != "*"
        and not any(tag == wanted.lower() or tag.startswith(f"{wanted.lower()}-") for tag in tags)
    ):
        told = ", ".join(sorted(tags))
        yield f"No value of {name_of(pattern.p)} is in {wanted!r}; there are {told}."
    elif tags and sign == "=" and wanted not in tags:
        lang = f"LANG(?{variable.name})"
        exact = f'{lang} = "{wanted.lower()}" or ' if wanted.lower() in tags else ""
        yield (
            f"{lang} is a text, in lower case, and never {wanted!r}: {exact}"
            f'LANGMATCHES({lang}, "{wanted}").'
        )


# Order


def _ordered(facts: Facts, sign: str, p: NamedNode, variable: Var, value: Literal) -> Iterator[str]:
    """A comparison of values whose types have no order with one another."""
    held = held_by(facts, p)
    kind, wanted = _kind(value), value.value
    if kind in _DATES:
        others = [one for one in held if _kind(one) in _DATES - {kind}]
        held = [one for one in others if _fits(sign, one.value, wanted)]
        if sign in (">=", "<"):  # as text a year comes before all of its days
            wanted = wanted[: min((_SHORTEST[_kind(one)] for one in others), default=0)]
    elif kind in {_kind(one) for one in held}:
        return
    if not held:
        return
    told = f"Values of {name_of(p)} such as {shown(min(held, key=str))} have no order with"
    kinds = Counter(map(_kind, held))
    usual = min(kinds, key=lambda one: (-kinds[one], one))
    write = next(remedies(Call(sign, (variable, value)), (usual, kind)), None)
    if kind not in _DATES and write is not None:
        yield f"{told} {text_of(value)}: FILTER({text_of(write)})."
    else:
        yield f'{told} {shown(value)}: FILTER(STR(?{variable.name}) {sign} "{wanted}").'


def _fits(sign: str, held: str, wanted: str) -> bool:
    """Whether a date stands in an order with another one, as far as both are known."""
    size = min(len(held), len(wanted))
    one, other = held[:size], wanted[:size]
    return (one > other if ">" in sign else one < other) or ("=" in sign and one == other)


def _kind(term: Literal) -> str:
    """Numbers, texts, and each type of dates: what has an order of its own."""
    name = name_of(term.datatype)
    if name in ("xsd:integer", "xsd:decimal", "xsd:double", "xsd:float"):
        return "number"
    return "text" if name in ("xsd:string", "rdf:langString") else name
