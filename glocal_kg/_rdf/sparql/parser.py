"""From the text of a query to its algebra: SELECT, ASK, CONSTRUCT and DESCRIBE of SPARQL 1.1.

The parser is our own: one walk over the tokens, linear in their number, with errors that say
where and what was expected. (Measured against rdflib's parser in docs/store.md.)
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import Final

from glocal_kg._rdf.sparql.algebra import (
    BasicPattern,
    Call,
    Exists,
    GroupPattern,
    Order,
    Projected,
    Query,
    Select,
    Var,
)
from glocal_kg._rdf.sparql.expressions import AGGREGATES, FUNCTIONS
from glocal_kg._rdf.sparql.forms import FORMS, by_form
from glocal_kg._rdf.sparql.groups import GroupParser
from glocal_kg._rdf.sparql.scope import of_expression, visible
from glocal_kg._rdf.sparql.tokens import SHORT, query_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pyoxigraph import NamedNode

    from glocal_kg._rdf.sparql.algebra import Expression
    from glocal_kg._rdf.sparql.tokens import Token

_MOST: Final = 256  # so many parsed queries are kept
_PREPARED: Final[dict[tuple[str, str | None, Hashable], Query]] = {}
UPDATES: Final = (
    "INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH",
)  # fmt: skip


def parse(
    text: str,
    prefixes: Mapping[str, str] | None = None,
    base: str | None = None,
    check: Callable[[int], object] = bool,
) -> Query:
    """The algebra of a query. Raises ``QueryError`` with line, column and what was expected.

    ``prefixes`` hold where the query declares none of its own; ``base`` is that of relative IRIs.
    ``check`` is called now and then with the number of tokens since, and may raise.

    >>> parse("SELECT ?x { ?x a <urn:c> }").select.columns
    (Projected(name='x', expression=None),)
    """
    known = prefixes or {}
    return by_form(text, known, base, lambda: Parser(query_text(text), known, base, check))


def prepared(
    text: str,
    prefixes: Mapping[str, str],
    base: str | None = None,
    check: Callable[[int], object] = bool,
) -> Query:
    """The same as :func:`parse`; short queries are kept, so asking again costs nothing."""
    if not isinstance(text, str) or len(text) > SHORT:
        return parse(text, prefixes, base, check)  # which says what is wrong
    known = prefixes if isinstance(prefixes, Hashable) else frozenset(prefixes.items())
    key = (text, base, known)
    found = _PREPARED.get(key)
    if found is None:
        found = parse(text, prefixes, base, check)
        if len(_PREPARED) >= _MOST:
            _PREPARED.clear()
        _PREPARED[key] = found
    return found


class Parser(GroupParser):
    """Parse a whole query."""

    def query(self) -> Query:
        """The query from its first token to its last."""
        self.labels = {}
        if self.token.kind == "end":
            raise self.error(
                self.token, "the query is empty.", "Write a SELECT, ASK or CONSTRUCT query."
            )
        self._prologue()
        self.made.clear()  # what it declares are no terms of the query
        if self.at(*UPDATES):
            raise self.source.error(
                self.token.start,
                f"this is an update ({self.token.text}), not a query.",
                "Queries never change data: add a file (--data FILE in the command), or in Python "
                "use kg.add() and kg.remove().",
                refused=self.token.text,
            )
        if not self.at(*FORMS):
            self.fail("SELECT, ASK, CONSTRUCT or DESCRIBE")
        form = self.token.text
        found = {
            "SELECT": self._select_query,
            "ASK": self._ask,
            "CONSTRUCT": self._construct,
            "DESCRIBE": self._describe,
        }[form]()
        if self.token.kind != "end":
            self.fail("the end of the query")
        return found

    def subquery(self) -> Select:
        """A SELECT inside a group, its VALUES with it."""
        return self._select(None)

    def _prologue(self) -> None:
        while True:
            if self.take("BASE"):
                if self.token.kind != "iri":
                    self.fail("an IRI in < >")
                self.base = self.iri().value
            elif self.take("PREFIX"):
                token = self.token
                name, _, local = token.text.partition(":")
                if token.kind != "name" or local:
                    self.fail("a prefix that ends with ':'")
                self.advance()
                if self.token.kind != "iri":
                    self.fail("an IRI in < >")
                self.prefixes[name] = self.iri().value
            else:
                return

    def _parameters(self) -> frozenset[str]:
        if "$" not in self.source.text:
            return frozenset()
        return frozenset(
            token.text[1:]
            for token in self.tokens
            if token.kind == "variable" and token.text[0] == "$"
        )

    # Forms

    def _select_query(self) -> Query:
        graphs: list[tuple[NamedNode, ...] | None] = []
        select = self._select(graphs)
        default, named = graphs
        return Query("SELECT", select, (), (), default, named, self._parameters(), self.base)

    def _ask(self) -> Query:
        self.need("ASK")
        default, named = self._datasets()
        select = self._solution((), self._where(), star=False)
        return Query("ASK", select, (), (), default, named, self._parameters(), self.base)

    def _construct(self) -> Query:
        self.need("CONSTRUCT")
        if self.at("{"):
            self.open("{")
            self.in_template = True
            template = self.triples()
            self.in_template = False
            if not self.at("}"):
                self.fail("a triple or '}'")
            self.close("}")
            default, named = self._datasets()
            where = self._where()
        else:
            default, named = self._datasets()
            if not self.at("WHERE"):
                self.fail("'{' or WHERE")
            self.in_template = True
            where = self._where()
            self.in_template = False
            if where.filters or len(where.steps) > 1:
                raise self.error(self.token, "CONSTRUCT WHERE takes triples alone.")
            template = []
            for step in where.steps:
                if not isinstance(step, BasicPattern):
                    raise self.error(self.token, "CONSTRUCT WHERE takes triples alone.")
                template += step.patterns
        select = self._solution((), where, star=True)
        return Query(
            "CONSTRUCT", select, tuple(template), (), default, named, self._parameters(), self.base
        )

    def _describe(self) -> Query:
        self.need("DESCRIBE")
        targets: list[NamedNode] = []
        columns: list[Projected] = []
        star = self.take("*") is not None
        while not star and (self.token.kind == "variable" or self.at_iri()):
            if self.token.kind == "variable":
                columns.append(Projected(self.variable()))
            else:
                targets.append(self.iri())
        if not (star or targets or columns):
            self.fail("an IRI, a variable or '*'")
        default, named = self._datasets()
        where = self._where() if self.at("WHERE", "{") else GroupPattern()
        select = self._solution(tuple(columns), where, star=star)
        return Query(
            "DESCRIBE", select, (), tuple(targets), default, named, self._parameters(), self.base
        )

    def _datasets(self) -> tuple[tuple[NamedNode, ...] | None, tuple[NamedNode, ...] | None]:
        if not self.at("FROM"):
            return None, None
        default: list[NamedNode] = []
        named: list[NamedNode] = []
        while self.take("FROM"):
            graphs = named if self.take("NAMED") else default
            graphs.append(self.iri())
        return tuple(default), tuple(named)

    def _where(self) -> GroupPattern:
        self.take("WHERE")
        if not self.at("{"):
            self.fail("WHERE or '{'")
        return self.group()

    # SELECT and what follows a pattern

    def _select(self, graphs: list[tuple[NamedNode, ...] | None] | None) -> Select:
        """A SELECT; at the top it takes FROM as well, which it puts into ``graphs``."""
        self.need("SELECT")
        distinct = self.take("DISTINCT", "REDUCED") == "DISTINCT"
        columns: list[Projected] = []
        names: set[str] = set()
        places: list[Token] = []
        self.aggregates = []
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
            graphs += self._datasets()
        where = self._where()
        self.aggregates = found
        select = self._solution(tuple(columns), where, star=star, distinct=distinct)
        self._check_columns(select, places, star=star)
        return select

    def _solution(
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
            keys = [self._key()]
            while self.token.kind == "variable" or self.at_constraint():
                keys.append(self._key())
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
        self.aggregates = None
        limit, offset = self._limits()
        values = self.data_block() if self.take("VALUES") else None
        if star:
            if keys is not None:
                raise self.error(self.token, "SELECT * and groups do not go together.")
            names = visible(where.steps) | dict.fromkeys(values.names if values else ())
            columns = tuple(Projected(name) for name in names if not name.startswith("_:"))
        return Select(
            columns, where, distinct, None if keys is None else tuple(keys), tuple(having),
            tuple(order), limit, offset, values,
        )  # fmt: skip

    def _key(self) -> Projected:
        if self.token.kind == "variable":
            return Projected(self.variable())
        if not self.at("("):
            return Projected(self.new_name("key"), self.constraint())
        self.open("(")
        expression = self.expression()
        name = self.variable() if self.take("AS") else self.new_name("key")
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
                    if column.expression in [key.expression for key in select.keys]:
                        call = self.written_call(self.tokens.index(place))
                        remedy = f"Name it there: GROUP BY {call}, and SELECT ?{column.name}."
                    raise self.error(
                        place,
                        f"?{loose[0]} is no key of GROUP BY, so it has no one value in a group.",
                        remedy,
                    )
            known.add(column.name)


def _has_exists(expression: Expression | None) -> bool:
    match expression:
        case Exists():
            return True
        case Call(_, args):
            return any(map(_has_exists, args))
    return False
