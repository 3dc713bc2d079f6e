"""Facts as people write them in Turtle, for a remedy."""

from __future__ import annotations

import re

from pyoxigraph import BlankNode, Literal, NamedNode

from glocal_kg._engines.shacl.rdf_terms import XSD, Term, short
from glocal_kg._rdf.namespaces import RDF


def quoted(text: str, tag: str = "") -> str:
    r"""A text in quotes, with the language it is in.

    >>> print(quoted('the "city"', "en"))
    "the \"city\""@en
    """
    for sign, escape in _ESCAPES:
        text = text.replace(sign, escape)
    return f'"{text}"@{tag}' if tag else f'"{text}"'


_BARE = {
    XSD + "integer": re.compile("[+-]?[0-9]+"),
    XSD + "decimal": re.compile("[+-]?[0-9]*[.][0-9]+"),
    XSD + "boolean": re.compile("true|false"),
}
"""What needs no quotes in Turtle."""
_ESCAPES = (("\\", r"\\"), ('"', r"\""), ("\n", r"\n"), ("\r", r"\r"))


def written(term: Term | None) -> str:
    """A term as Turtle has it."""
    if not isinstance(term, Literal):
        return short(term)
    bare = _BARE.get(term.datatype.value)
    if bare is not None and bare.fullmatch(term.value):
        return term.value
    plain = short(term)
    return quoted(term.value) + plain[len(term.value) + 2 :]


def fact(
    subject: Term | None,
    p: NamedNode | None,
    value: Term | None,
    *,
    back: bool = False,
    text: str = "",
) -> str:
    """A fact in Turtle; "" for none, and for one that leads from a thing to itself."""
    if subject is None or p is None or (value is None and not text) or value == subject:
        return ""
    s, o = short(subject), text or written(value)
    if isinstance(subject, BlankNode):
        s = "[]"
    verb = "a" if p == RDF.type else short(p)
    return f"{o} {verb} {s} ." if back else f"{s} {verb} {o} ."
