"""What a query means, as small frozen values; the parser makes them, the evaluator reads them.

A group graph pattern is a list of steps that are done one after the other, as the standard's
own translation does (18.2.2): each step joins something to the rows so far, or takes from them.
No value here nests deeper than the brackets of the text.
"""

from __future__ import annotations

from typing import TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from glocal_kg._rdf.frozen import Frozen

Term: TypeAlias = NamedNode | BlankNode | Literal | Triple


class Var(Frozen):
    """A variable; a blank node of a pattern is one whose name starts with ``_:``."""

    name: str

    def __init__(self, name: str) -> None:  # the values that a query has most of, made directly
        self.__dict__["name"] = name


Node: TypeAlias = Var | NamedNode | Literal


# Property paths (9.1)


class Inverse(Frozen):
    """``^path``."""

    path: Path


class Sequence(Frozen):
    """``path / path / ...``."""

    parts: tuple[Path, ...]


class Alternative(Frozen):
    """``path | path | ...``."""

    parts: tuple[Path, ...]


class Repeat(Frozen):
    """``path?``, ``path*``, ``path+``: from so many times on, at most once or any number."""

    path: Path
    least: int
    many: bool


class Negated(Frozen):
    """``!(ex:p | ^ex:q)``: a step over any other property, forward, backward or both."""

    forward: tuple[NamedNode, ...] | None
    backward: tuple[NamedNode, ...] | None


Path: TypeAlias = NamedNode | Inverse | Sequence | Alternative | Repeat | Negated


class TriplePattern(Frozen):
    """A triple pattern; its predicate is a variable, an IRI or a path."""

    s: Node
    p: Var | Path
    o: Node

    def __init__(self, s: Node, p: Var | Path, o: Node) -> None:
        parts = self.__dict__
        parts["s"], parts["p"], parts["o"] = s, p, o


# Expressions (17)


class Call(Frozen):
    """A function or operator by its name in capitals, or a cast or other function by its IRI."""

    name: str
    args: tuple[Expression, ...]


class Chain(Frozen):
    """``a + b - c``: as long as the text has it, without nesting."""

    first: Expression
    rest: tuple[tuple[str, Expression], ...]


class Exists(Frozen):
    """``EXISTS { ... }``, or with ``negated`` ``NOT EXISTS { ... }``."""

    group: GroupPattern
    negated: bool


class Aggregate(Frozen):
    """``COUNT``, ``SUM`` and so on; ``arg`` is None for ``COUNT(*)``."""

    name: str
    arg: Expression | None
    distinct: bool = False
    separator: str = " "


Expression: TypeAlias = Var | NamedNode | Literal | Call | Chain | Exists | Aggregate


# Steps of a group


class BasicPattern(Frozen):
    """A basic graph pattern, with the paths that stand among its triples."""

    patterns: tuple[TriplePattern, ...]


class Optional(Frozen):
    """``OPTIONAL { ... }``."""

    group: GroupPattern


class Minus(Frozen):
    """``MINUS { ... }``."""

    group: GroupPattern


class Union(Frozen):
    """``{ ... } UNION { ... }``."""

    branches: tuple[GroupPattern, ...]


class NamedGraphPattern(Frozen):
    """``GRAPH name { ... }``."""

    name: Var | NamedNode
    group: GroupPattern


class Bind(Frozen):
    """``BIND(expression AS ?variable)``."""

    expression: Expression
    name: str


class InlineData(Frozen):
    """``VALUES``: rows of terms, None for UNDEF."""

    names: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]


class GroupPattern(Frozen):
    """``{ ... }``: steps in order, and the filters that hold for all of it."""

    steps: tuple[Step, ...] = ()
    filters: tuple[Expression, ...] = ()


class Projected(Frozen):
    """A column of a SELECT: a variable, or an expression under a name."""

    name: str
    expression: Expression | None = None


class Order(Frozen):
    """One key of ORDER BY."""

    expression: Expression
    descending: bool = False


class Select(Frozen):
    """A SELECT, at the top or inside; the other forms ask one too, for their pattern.

    ``columns`` are all columns that come out (``*`` is spelled out), ``keys`` those of GROUP BY,
    None where nothing is grouped.
    """

    columns: tuple[Projected, ...]
    where: GroupPattern
    distinct: bool = False
    keys: tuple[Projected, ...] | None = None
    having: tuple[Expression, ...] = ()
    order: tuple[Order, ...] = ()
    limit: int | None = None
    offset: int = 0
    values: InlineData | None = None


Step: TypeAlias = (
    BasicPattern
    | Optional
    | Minus
    | Union
    | NamedGraphPattern
    | Bind
    | InlineData
    | GroupPattern
    | Select
)


class Query(Frozen):
    """A whole query. ``form`` is SELECT, ASK, CONSTRUCT or DESCRIBE.

    ``default`` and ``named`` are the graphs of FROM and FROM NAMED, None where neither is
    given; ``template`` is that of CONSTRUCT, ``targets`` the IRIs that DESCRIBE names (its
    variables are the columns of ``select``). ``parameters`` are the variables written with ``$``,
    ``base`` is what the query declared last.
    """

    form: str
    select: Select
    template: tuple[TriplePattern, ...] = ()
    targets: tuple[NamedNode, ...] = ()
    default: tuple[NamedNode, ...] | None = None
    named: tuple[NamedNode, ...] | None = None
    parameters: frozenset[str] = frozenset()
    base: str | None = None
