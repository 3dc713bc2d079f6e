"""A SELECT from its columns to its VALUES: groups, order, limits, and which names may stand."""

from __future__ import annotations

from typing import Final

from pyoxigraph import Literal

from glocal_kg._rdf.sparql.algebra import (
    Aggregate,
    Call,
    Chain,
    Exists,
    GroupPattern,
    Order,
    Projected,
    Select,
    Var,
)
from glocal_kg._rdf.sparql.groups import GroupParser
from glocal_kg._rdf.sparql.scope import of_expression, visible
from glocal_kg._rdf.sparql.words import AGGREGATES, FUNCTIONS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container

    from pyoxigraph import NamedNode

    from glocal_kg._rdf.sparql.algebra import Expression
    from glocal_kg._rdf.sparql.tokens import Token

_NONE: Final = Literal(0)
NO_KEY: Final = "?{} is no key of GROUP BY, so it has no one value in a group."


class SelectParser(GroupParser):
    """Parse a SELECT, and what other forms of queries share with it."""

    def subquery(self) -> Select:
        """A SELECT inside a group, its VALUES with it."""
        return self.select(None)

    def datasets(self) -> tuple[tuple[NamedNode, ...] | None, tuple[NamedNode, ...] | None]:
        """The graphs of FROM and of FROM NAMED."""
        if not self.at("FROM"):
            return None, None
        default: list[NamedNode] = []
        named: list[NamedNode] = []
        while self.take("FROM"):
            graphs = named if self.take("NAMED") else default
            graphs.append(self.iri())
        return tuple(default), tuple(named)

    def where(self) -> GroupPattern:
        """The pattern of a query."""
        self.take("WHERE")
        if not self.at("{"):
            self.fail("WHERE or '{'")
        return self.group()

    def select(self, graphs: list[tuple[NamedNode, ...] | None] | None) -> Select:
        """A SELECT; at the top it takes FROM as well, which it puts into ``graphs``."""
        self.need("SELECT")
        distinct = self.take("DISTINCT", "REDUCED") == "DISTINCT"
        columns: list[Projected] = []
        names: set[str] = set()
        places: list[Token] = []
        self.aggregates = []
        first = self.token
        star = self.take("*") is not None
        while not star:
            places.append(self.token)
            if self.token.kind == "variable":
                name = self.variable()
                if name in names:  # what is projected is a set (18.2.4.4)
                    del places[-1]
                    continue
                columns.append(Projected(name))
            elif self.at("("):
                self.open("(")
                expression = self.expression()
                self.need("AS")
                name = self.variable()
                self.close(")")
                if name in names:
                    raise self.error(places[-1], f"?{name} stands for two columns.")
                columns.append(Projected(name, expression))
            else:
                break
            names.add(columns[-1].name)
        if not star and self.after().text == "(" and self.token.text in {*AGGREGATES, *FUNCTIONS}:
            column = f"({self.written_call(self.place)} AS ?n)"
            self.fail("a variable or an expression in brackets", f"Write {column}, with any name.")
        if not star and not columns:
            self.fail("'*', a variable or an expression in brackets")
        if columns and self.at(","):
            self.fail("WHERE or '{'", "Variables are parted by spaces: SELECT ?x ?y.")
        found, self.aggregates = self.aggregates, None
        if graphs is not None:
            graphs += self.datasets()
        where = self.where()
        self.aggregates = found
        select = self.solution(tuple(columns), where, star=star, distinct=distinct)
        if star and select.keys is not None:
            raise self.error(
                first,
                "SELECT * and groups do not go together.",
                "Name the columns: SELECT ?key (COUNT(*) AS ?n), with each key of GROUP BY.",
            )
        self._check_columns(select, places, star=star)
        return select

    def solution(
        self,
        columns: tuple[Projected, ...],
        where: GroupPattern,
        *,
        star: bool,
        distinct: bool = False,
    ) -> Select:
        """GROUP BY, HAVING, ORDER BY, LIMIT, OFFSET and VALUES after a pattern."""
        keys: list[Projected] | None = None
        having: list[Expression] = []
        order: list[Order] = []
        aggregates = self.aggregates if self.aggregates is not None else []
        self.aggregates = None
        if self.token.kind != "word" and not star and not aggregates:  # as most end here
            return Select(columns, where, distinct, None, (), (), None, 0, None)
        if self.take("GROUP"):
            self.need("BY")
            inside = visible(where.steps)
            keys = [self._key(inside)]
            while self.token.kind == "variable" or self.at_constraint():
                keys.append(self._key(inside))
        self.aggregates = aggregates
        if self.take("HAVING"):
            having.append(self.constraint())
            while self.at_constraint():
                having.append(self.constraint())
        if self.take("ORDER"):
            self.need("BY")
            order.append(self._order())
            while self.token.kind == "variable" or self.at("ASC", "DESC") or self.at_constraint():
                order.append(self._order())
        if keys is None and aggregates:
            keys = []
        if keys is not None and (having or order):
            loose = visible(where.steps).keys() - {key.name for key in keys}
            having = [_sampled(one, loose) for one in having]
            order = [Order(_sampled(one.expression, loose), one.descending) for one in order]
        self.aggregates = None
        limit, offset = self._limits()
        values = self.data_block() if self.take("VALUES") else None
        if star:
            names = visible(where.steps) if keys is None else {key.name: None for key in keys}
            names |= dict.fromkeys(values.names if values else ())
            columns = tuple(Projected(name) for name in names if not name.startswith("_:"))
        return Select(
            columns, where, distinct, None if keys is None else tuple(keys), tuple(having),
            tuple(order), limit, offset, values,
        )  # fmt: skip

    def _key(self, known: dict[str, None]) -> Projected:
        """A key of GROUP BY; a name that it gives is new, and one of those known from then on."""
        if self.token.kind == "variable":
            return Projected(self.variable())
        if not self.at("("):
            return Projected(self.new_name("key"), self.constraint())
        self.open("(")
        expression = self.expression()
        if not self.take("AS"):
            self.close(")")
            return Projected(self.new_name("key"), expression)
        token, name = self.token, self.variable()
        if name in known:
            raise self.error(token, f"?{name} has a value already.", "Take another name.")
        known[name] = None
        self.close(")")
        return Projected(name, expression)

    def _order(self) -> Order:
        if self.at("ASC", "DESC"):
            descending = self.advance().text == "DESC"
            if not self.at("("):
                self.fail("'('")
            return Order(self.constraint(), descending)
        if self.token.kind == "variable":
            return Order(Var(self.variable()))
        return Order(self.constraint())

    def _limits(self) -> tuple[int | None, int]:
        found: dict[str, int] = {}
        while self.at("LIMIT", "OFFSET"):
            word = self.advance()
            if word.text in found:
                raise self.error(word, f"{word.text} stands twice.")
            if self.token.kind != "integer":
                self.fail("a whole number")
            number = self.advance()
            if len(number.text) > 18:
                raise self.error(number, f"{word.text} is larger than any result.")
            found[word.text] = int(number.text)
        return found.get("LIMIT"), found.get("OFFSET", 0)

    def _check_columns(self, select: Select, places: list[Token], *, star: bool) -> None:
        """Names of columns are new, and beside groups each value belongs to a group (11.4)."""
        plain = all(column.expression is None for column in select.columns)
        if star or (plain and select.keys is None):
            return
        inside = visible(select.where.steps)
        if select.values is not None:
            inside |= dict.fromkeys(select.values.names)
        known = {key.name for key in select.keys or ()}
        for column, place in zip(select.columns, places, strict=False):
            if column.expression is not None and (column.name in inside or column.name in known):
                raise self.error(
                    place, f"?{column.name} has a value already.", "Take another name."
                )
            if select.keys is not None:
                free = (
                    {column.name}
                    if column.expression is None
                    else of_expression(column.expression, aggregates=False)
                )
                loose = sorted(free - known)
                if loose and not _has_exists(column.expression):
                    remedy = "Put it into GROUP BY, or take SAMPLE, MIN or another aggregate of it."
                    keys = [key.expression for key in select.keys if key.expression is not None]
                    if column.expression in keys:
                        call = self.written_call(self.tokens.index(place))
                        remedy = f"Name it there: GROUP BY {call}, and SELECT ?{column.name}."
                    raise self.error(place, NO_KEY.format(loose[0]), remedy)
            known.add(column.name)


def _sampled(expression: Expression, loose: Container[str]) -> Expression:
    """With a sample of its group in the place of a variable that is no key (18.2.4.1)."""
    match expression:
        case Var(name) if name in loose:
            return Aggregate("SAMPLE", expression)
        case Call("BOUND", (Var(name),)) if name in loose:
            return Call(">", (Aggregate("COUNT", Var(name)), _NONE))
        case Call(name, args):
            return Call(name, tuple(_sampled(one, loose) for one in args))
        case Chain(first, rest):
            others = tuple((sign, _sampled(one, loose)) for sign, one in rest)
            return Chain(_sampled(first, loose), others)
    return expression


def _has_exists(expression: Expression | None) -> bool:
    match expression:
        case Exists():
            return True
        case Call(_, args):
            return any(map(_has_exists, args))
    return False
