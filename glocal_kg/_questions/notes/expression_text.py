"""Expressions of a query as a person writes them, to be shown and pasted."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode

from glocal_kg._questions.notes.written import name_of, shown
from glocal_kg._rdf.sparql.algebra import Aggregate, Call, Chain, Var

TYPE_CHECKING = False
if TYPE_CHECKING:
    from glocal_kg._rdf.sparql.algebra import Expression

_PLAIN = {"xsd:integer", "xsd:decimal", "xsd:boolean"}
_BETWEEN = {"=", "!=", "<", ">", "<=", ">=", "&&", "||"}


def text_of(part: Expression) -> str:
    """An expression in SPARQL, with the prefixes that are known.

    >>> from glocal_kg._rdf.sparql.algebra import Call, Var
    >>> text_of(Call(">", (Call("YEAR", (Var("d"),)), Literal(2004))))
    'YEAR(?d) > 2004'
    """
    if isinstance(part, Var):
        return f"?{part.name}"
    if isinstance(part, NamedNode):
        return name_of(part)
    if isinstance(part, Literal):
        return part.value if name_of(part.datatype) in _PLAIN else shown(part)
    if isinstance(part, Aggregate):
        inside = "*" if part.arg is None else text_of(part.arg)
        return f"{part.name}({'DISTINCT ' if part.distinct else ''}{inside})"
    if isinstance(part, Chain):
        return _inner(part.first) + "".join(f" {sign} {_inner(one)}" for sign, one in part.rest)
    if not isinstance(part, Call):
        return "EXISTS { ... }"
    if part.name in _BETWEEN:
        return f" {part.name} ".join(map(_inner, part.args))
    if part.name == "IN" or (part.name == "!" and _is_in(part.args[0])):
        inner = part if part.name == "IN" else part.args[0]
        assert isinstance(inner, Call)
        word = "IN" if inner is part else "NOT IN"
        return f"{_inner(inner.args[0])} {word} ({', '.join(map(text_of, inner.args[1:]))})"
    if part.name == "!":
        return f"!({text_of(part.args[0])})"
    if part.name.startswith("unary "):
        return f"{part.name[-1]}{_inner(part.args[0])}"
    name = name_of(NamedNode(part.name)) if ":" in part.name else part.name
    return f"{name}({', '.join(map(text_of, part.args))})"


def _is_in(part: Expression) -> bool:
    return isinstance(part, Call) and part.name == "IN"


def _inner(part: Expression) -> str:
    open_ = isinstance(part, Chain) or (isinstance(part, Call) and part.name in {*_BETWEEN, "IN"})
    return f"({text_of(part)})" if open_ else text_of(part)


__all__ = ["text_of"]
