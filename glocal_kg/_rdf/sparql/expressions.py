"""Expressions of a query: operators by their rank, functions, aggregates, EXISTS."""

from __future__ import annotations

from typing import Final, TypeGuard

from pyoxigraph import Literal, NamedNode

from glocal_kg._rdf.sparql.algebra import Aggregate, Call, Chain, Exists, Var
from glocal_kg._rdf.sparql.cursor import Cursor
from glocal_kg._rdf.sparql.words import AGGREGATES, FUNCTIONS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from glocal_kg._rdf.sparql.algebra import Expression, GroupPattern
    from glocal_kg._rdf.sparql.tokens import Token

RANKS: Final = {
    "||": 1, "&&": 2, "=": 3, "!=": 3, "<": 3, ">": 3, "<=": 3, ">=": 3, "IN": 3, "NOT": 3,
    "+": 4, "-": 4, "*": 5, "/": 5,
}  # fmt: skip
# The name "ISURI" is another for "ISIRI".
_SAME: Final = {"URI": "IRI", "ISURI": "ISIRI"}


class Expressions(Cursor):
    """Parse expressions. A chain of operators is a loop, so only brackets nest."""

    in_aggregate = False
    aggregates: list[Token] | None = None  # where they may stand, those that were found
    any_function = False  # whether somebody else may know what has an IRI
    foreign = False  # whether there is such a function

    def group(self) -> GroupPattern:
        """A group in braces; the parser of patterns gives it."""
        raise NotImplementedError

    def at_constraint(self) -> bool:
        """Whether a bracketed expression or a function call comes next."""
        return self.at("(") or self.at_call()

    def at_call(self) -> bool:
        """Whether a function, an aggregate or EXISTS comes next."""
        token = self.token
        return self.at_iri() or (
            token.kind == "word"
            and (
                token.text in FUNCTIONS
                or token.text in AGGREGATES
                or token.text in ("EXISTS", "NOT")
            )
        )

    def constraint(self) -> Expression:
        """A bracketed expression or a function call, as FILTER and HAVING take it."""
        if not self.at_constraint():
            self.fail("an expression in brackets or a function")
        if self.at_iri() and self.after().text != "(":
            self.advance()
            self.fail("'(' after the name of a function")
        return self._operand()

    def expression(self) -> Expression:
        """Any expression."""
        values, signs = [self._operand()], list[str]()
        while (sign := self._operator()) is not None:
            rank = RANKS[sign]
            while signs and RANKS[signs[-1]] > rank:
                _fold(values, signs)
            if rank == 3 and signs and RANKS[signs[-1]] == 3:
                raise self.error(
                    self.token, "two comparisons in a row mean nothing.", "Put brackets around one."
                )
            self.advance()
            if sign in ("IN", "NOT"):
                if sign == "NOT":
                    self.need("IN")
                values[-1] = Call("IN", (values[-1], *self._list()))
                if sign == "NOT":
                    values[-1] = Call("!", (values[-1],))
                if self._operator() is not None and RANKS[self._operator() or ""] == 3:
                    self.fail("&&, || or the end of the expression")
            else:
                signs.append(sign)
                values.append(self._operand())
        while signs:
            _fold(values, signs)
        return values[0]

    def _operator(self) -> str | None:
        token = self.token
        if token.kind == "mark" or token.text in ("IN", "NOT"):
            return token.text if token.text in RANKS else None
        return None

    def _operand(self) -> Expression:
        """An operand, with one sign before it and any number of ``!`` as SPARQL 1.2 has them.

        Of many ``!`` one says the same as three.
        """
        count = 0
        while self.take("!"):
            count += 1
        sign = None if self.at_literal() else self.take("+", "-")
        value = self._primary()
        if sign is not None:
            value = Call(f"unary {sign}", (value,))
        for _ in range(count if count < 2 else 2 - count % 2):
            value = Call("!", (value,))
        return value

    def _primary(self) -> Expression:
        token = self.token
        if token.kind == "variable":
            return Var(self.variable())
        if self.at("("):
            self.open("(")
            value = self.expression()
            self.close(")")
            return value
        if self.at_literal():
            return self.literal()
        if self.at_iri():
            name = self.iri()
            return self._by_iri(token, name) if self.at("(") else name
        if token.kind == "word":
            if token.text in AGGREGATES:
                return self._aggregate()
            if self.at("EXISTS", "NOT"):
                return self._exists()
            if token.text in FUNCTIONS:
                return self._function()
        return self.fail("a value, a variable, a function or '('")

    def _list(self) -> tuple[Expression, ...]:
        """Expressions in brackets with commas between them."""
        self.open("(")
        found: list[Expression] = []
        if not self.at(")"):
            found.append(self.expression())
            while self.take(","):
                found.append(self.expression())
            if not self.at(")"):
                self.fail("',' or ')'")
        self.close(")")
        return tuple(found)

    def _by_iri(self, token: Token, name: NamedNode) -> Expression:
        """A function by its IRI: a cast, or one that ``any_function`` lets pass."""
        from glocal_kg._rdf.sparql.casts import CASTS

        if self.after().text == "DISTINCT":
            raise self.error(token, f"{name} is no aggregate known here.")
        args = self._list()
        if name.value not in CASTS:
            self.foreign = True
            if not self.any_function:
                raise self.source.error(
                    token.start,
                    f"the function {name} is not known here.",
                    "Use the functions of SPARQL 1.1 and the casts of XML Schema's types.",
                    refused=name.value,
                )
        elif len(args) != 1:
            raise self.error(token, f"a cast to {name} takes one argument, not {len(args)}.")
        return Call(name.value, args)

    def _function(self) -> Expression:
        token = self.advance()
        name = token.text
        args = self._list()
        least, most = FUNCTIONS[name]
        if len(args) < least or 0 <= most < len(args):
            wanted = str(least) if least == most else f"{least} to {most}"
            if most < 0:
                wanted = f"at least {least}"
            raise self.error(
                token, f"{name} takes {wanted} argument{'s' * (wanted != '1')}, not {len(args)}."
            )
        if name == "BOUND" and not isinstance(args[0], Var):
            raise self.error(token, "BOUND takes a variable.")
        return Call(_SAME.get(name, name), args)

    def _exists(self) -> Expression:
        negated = self.take("NOT") is not None
        self.need("EXISTS")
        kept, self.aggregates = self.aggregates, None
        inside, self.in_aggregate = self.in_aggregate, False
        group = self.group()
        self.aggregates, self.in_aggregate = kept, inside
        return Exists(group, negated)

    def _aggregate(self) -> Expression:
        token = self.advance()
        if self.aggregates is None or self.in_aggregate:
            where = "inside another aggregate" if self.in_aggregate else "here"
            raise self.error(
                token,
                f"{token.text} cannot stand {where}.",
                "They stand in SELECT, HAVING and ORDER BY; for one of another use a subquery.",
            )
        self.aggregates.append(token)
        self.in_aggregate = True
        self.open("(")
        distinct = self.take("DISTINCT") is not None
        argument = None
        if token.text == "COUNT" and self.take("*"):
            pass
        else:
            argument = self.expression()
        separator = " "
        if token.text == "GROUP_CONCAT" and self.take(";"):
            self.need("SEPARATOR")
            self.need("=")
            separator = self.string()
        self.close(")")
        self.in_aggregate = False
        return Aggregate(token.text, argument, distinct, separator)


def _fold(values: list[Expression], signs: list[str]) -> None:
    """Make one value of the last signs of the same rank and what stands between them."""
    rank, count = RANKS[signs[-1]], 0
    while count < len(signs) and RANKS[signs[-1 - count]] == rank:
        count += 1
    args, used = values[-count - 1 :], signs[-count:]
    del values[-count - 1 :], signs[-count:]
    if rank <= 2:
        values.append(Call(used[0], tuple(args)))
    elif rank == 3:
        values.append(Call(used[0], (args[0], args[1])))
    else:
        values.append(Chain(args[0], tuple(zip(used, args[1:], strict=True))))


def is_term(expression: Expression) -> TypeGuard[NamedNode | Literal]:
    """Whether an expression is a term."""
    return isinstance(expression, (NamedNode, Literal))


def is_of_kind(expression: Expression) -> bool:
    """Whether an expression is the language or the datatype of a variable."""
    match expression:
        case Call("LANG" | "DATATYPE", (Var(),)):
            return True
    return False
