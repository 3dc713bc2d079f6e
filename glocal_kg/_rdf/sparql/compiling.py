"""Expressions as Python functions of one row: what is not done for whole columns at once.

A row is a tuple of terms, None where a variable is unbound. A function gives a term or raises
``NoValue``; ``truth`` gives a function that gives a truth value.
"""

from __future__ import annotations

from functools import partial
from operator import ge, gt, le, lt
from typing import Final, TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode

from glocal_kg._rdf.sparql import comparison, numbers
from glocal_kg._rdf.sparql.algebra import Aggregate, Call, Chain, Exists, Var
from glocal_kg._rdf.sparql.expressions import is_term
from glocal_kg._rdf.sparql.functions import ARITHMETIC, FUNCTIONS, replaced, substring
from glocal_kg._rdf.sparql.iris import is_absolute, resolved
from glocal_kg._rdf.sparql.numbers import NoValue
from glocal_kg.errors import QueryError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from glocal_kg._rdf.sparql.algebra import Expression
    from glocal_kg._rdf.sparql.comparison import Term
    from glocal_kg._rdf.sparql.numbers import Number
    from glocal_kg._rdf.sparql.run import Evaluation

Row: TypeAlias = "tuple[Term | None, ...]"
Function: TypeAlias = "Callable[[Row], Term]"
Test: TypeAlias = "Callable[[Row], bool]"

_COMPARISONS: Final[dict[str, Callable[[Term, Term], bool]]] = {
    "=": comparison.equal,
    "!=": lambda a, b: not comparison.equal(a, b),
    "<": comparison.less,
    ">": lambda a, b: comparison.less(b, a),
    "<=": comparison.less_or_equal,
    ">=": lambda a, b: comparison.less_or_equal(b, a),
}
_TESTS: Final = frozenset({"&&", "||", "!", "IN", "BOUND", *_COMPARISONS})


_ORDER: Final[dict[str, Callable[[Any, Any], bool]]] = {"<": lt, ">": gt, "<=": le, ">=": ge}


class Compiler:
    """Makes functions of expressions for rows whose variables stand in known places."""

    def __init__(self, places: dict[str, int], hidden: dict[int, str], run: Evaluation) -> None:
        """``hidden`` names the columns of what is computed apart: aggregates and EXISTS."""
        self.places = places
        self.hidden = hidden
        self.run = run
        self.row = 0  # the row that is asked, for BNODE("x")
        self.asks_row = False  # whether it matters which that is

    def value(self, expression: Expression) -> Function:
        """The function of an expression."""
        if id(expression) in self.hidden:
            return self._variable(self.hidden[id(expression)])
        match expression:
            case Var(name):
                return self._variable(name)
            case Chain():
                return self._written(expression)
            case Call(name, args):
                if name in ARITHMETIC:
                    return self._written(expression)
                if name in _TESTS:
                    test = self.truth(expression)
                    return lambda row: comparison.boolean(test(row))
                return self._call(name, args)
            case Exists() | Aggregate():
                raise QueryError("EXISTS or an aggregate stands where none can be asked.")
            case _:
                return lambda row: expression

    def _written(self, expression: Expression) -> Function:
        """Arithmetic as a term."""
        counted = self.number(expression)
        return lambda row: numbers.written(counted(row))

    def number(self, expression: Expression) -> Callable[[Row], Number]:
        """The function of an expression where a number is wanted."""
        if id(expression) not in self.hidden:
            if isinstance(expression, Literal):
                return _constant(expression)
            if isinstance(expression, Chain):
                return self._chain(expression.first, expression.rest)
            if isinstance(expression, Call) and expression.name in ARITHMETIC:
                operation = ARITHMETIC[expression.name]
                args = list(map(self.number, expression.args))
                return lambda row: operation(*[arg(row) for arg in args])
        value = self.value(expression)
        return lambda row: comparison.number(value(row))

    def truth(self, expression: Expression) -> Test:
        """The function that gives an expression's effective boolean value."""
        if not isinstance(expression, Call) or expression.name not in _TESTS:
            function = self.value(expression)
            return lambda row: comparison.truth(function(row))
        name, args = expression.name, expression.args
        if name in ("&&", "||"):
            return _logic([self.truth(arg) for arg in args], name == "||")
        if name == "!":
            test = self.truth(args[0])
            return lambda row: not test(row)
        if name == "BOUND":
            place = self.places.get(args[0].name) if isinstance(args[0], Var) else None
            return lambda row: place is not None and row[place] is not None
        if name == "IN":
            return self._among(args)
        if name in _ORDER and any(map(_is_arithmetic, args)):
            order, one, other = _ORDER[name], self.number(args[0]), self.number(args[1])
            return lambda row: order(*numbers.promoted(one(row), other(row)))
        compare = _COMPARISONS[name]
        left, right = self.value(args[0]), self.value(args[1])
        known = args[1] if name in _ORDER else None
        if isinstance(known, Literal) and comparison.value(known)[0] == "string":  # read once
            before, text = _ORDER[name], known.value
            return lambda row: before(comparison.plain_text(left(row)), text)
        return lambda row: compare(left(row), right(row))

    def _variable(self, name: str) -> Function:
        place = self.places.get(name)

        def variable(row: Row) -> Term:
            term = None if place is None else row[place]
            if term is None:
                raise NoValue
            return term

        return variable

    def _among(self, args: tuple[Expression, ...]) -> Test:
        """IN: true where one is equal, else no value where one could not be compared."""
        if len(args) == 1:  # what has no value is among none, too, an error
            value = self.value(args[0])
            return lambda row: value(row) is None
        return _logic([self.truth(Call("=", (args[0], other))) for other in args[1:]], True)

    def _chain(
        self, first: Expression, rest: tuple[tuple[str, Expression], ...]
    ) -> Callable[[Row], Number]:
        start = self.number(first)
        following = [(ARITHMETIC[sign], self.number(arg)) for sign, arg in rest]

        def chain(row: Row) -> Number:
            found = start(row)
            for operation, arg in following:
                found = operation(found, arg(row))
            return found

        return chain

    def _call(self, name: str, args: tuple[Expression, ...]) -> Function:
        if name == "IF":
            test, yes, no = self.truth(args[0]), self.value(args[1]), self.value(args[2])
            return lambda row: yes(row) if test(row) else no(row)
        if name == "SUBSTR":
            text, bounds = self.value(args[0]), list(map(self.number, args[1:]))
            return lambda row: substring(text(row), *[bound(row) for bound in bounds])
        functions = [self.value(arg) for arg in args]
        self.asks_row |= name == "BNODE"
        if name == "COALESCE":
            return lambda row: _first(functions, row)
        special: dict[str, Callable[..., Term]] = {
            "IRI": self._iri,
            "BNODE": self._node,
            "NOW": lambda *_: self.run.now,
            "RAND": lambda *_: _random(),
            "UUID": lambda *_: NamedNode(f"urn:uuid:{_uuid()}"),
            "STRUUID": lambda *_: Literal(_uuid()),
            "REPLACE": partial(replaced, check=self.run.limits.check),
        }
        casts: Mapping[str, Callable[[Term], Literal]] = {}
        if ":" in name:
            from glocal_kg._rdf.sparql.casts import CASTS as casts
        known: Mapping[str, Callable[..., Term]] = {**FUNCTIONS, **casts, **special}
        function = known[name]
        if len(functions) == 1:
            return self._of_one(function, args[0], functions[0])
        if len(functions) == 2:
            first, second = functions
            if is_term(term := args[1]):
                return lambda row: function(first(row), term)
            return lambda row: function(first(row), second(row))
        return lambda row: function(*[arg(row) for arg in functions])

    def _of_one(self, function: Callable[..., Term], arg: Expression, value: Function) -> Function:
        """A function of one argument; of a variable without a call between the two."""
        place = self.places.get(arg.name) if isinstance(arg, Var) else None
        if place is None:
            return lambda row: function(value(row))

        def of_variable(row: Row) -> Term:
            term = row[place]
            if term is None:
                raise NoValue
            return function(term)

        return of_variable

    def _iri(self, term: Term) -> NamedNode:
        if isinstance(term, NamedNode):
            return term
        text = comparison.plain_text(term)
        if self.run.base is not None:
            text = resolved(text, self.run.base)
        if not is_absolute(text):
            raise NoValue
        try:
            return NamedNode(text)
        except ValueError:
            raise NoValue from None

    def _node(self, label: Term | None = None) -> BlankNode:
        """BNODE: for the same text in the same row the same node, else a new one."""
        if label is None:
            return self.run.new_node()
        key = self.row, comparison.plain_text(label)
        nodes = self.run.row_nodes
        if key not in nodes:
            nodes[key] = self.run.new_node()
        return nodes[key]


def _is_arithmetic(expression: Expression) -> bool:
    """Whether an expression is a number wherever it has a value."""
    return isinstance(expression, Chain) or (
        isinstance(expression, Call) and expression.name in ARITHMETIC
    )


def _constant(literal: Literal) -> Callable[[Row], Number]:
    """The number of a literal that stands in a query."""
    try:
        known = comparison.number(literal)
    except NoValue:
        return lambda row: comparison.number(literal)
    return lambda row: known


def _logic(tests: list[Test], wanted: bool) -> Test:
    """``||`` (wanted: true) and ``&&`` (wanted: false) with errors as 17.2 has them."""

    def logic(row: Row) -> bool:
        failed = False
        for test in tests:
            try:
                if test(row) is wanted:
                    return wanted
            except NoValue:
                failed = True
        if failed:
            raise NoValue
        return not wanted

    return logic


def _first(functions: list[Function], row: Row) -> Term:
    for function in functions:
        try:
            return function(row)
        except NoValue:
            continue
    raise NoValue


def _random() -> Literal:
    from random import random

    from glocal_kg._rdf.sparql.numbers import written

    return written(random())


def _uuid() -> str:
    from uuid import uuid4

    return str(uuid4())
