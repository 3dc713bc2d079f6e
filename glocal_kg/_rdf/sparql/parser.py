"""From the text of a query to its algebra: SELECT, ASK, CONSTRUCT and DESCRIBE of SPARQL 1.1.

The parser is our own: one walk over the tokens, linear in their number, with errors that say
where and what was expected. (Measured against rdflib's parser in docs/store.md.)
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import Final, NoReturn

from glocal_kg._rdf.sparql.algebra import BasicPattern, GroupPattern, Projected, Query, Select
from glocal_kg._rdf.sparql.forms import by_form
from glocal_kg._rdf.sparql.scope import visible
from glocal_kg._rdf.sparql.select_parser import NO_KEY, SelectParser
from glocal_kg._rdf.sparql.tokens import SHORT, query_text
from glocal_kg._rdf.sparql.words import FORMS, KEYWORDS, UPDATES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pyoxigraph import NamedNode

    from glocal_kg._rdf.sparql.tokens import Token

_MOST: Final = 256  # so many parsed queries are kept
_PREPARED: Final[dict[tuple[str, str | None, Hashable], Query]] = {}


def parse(
    text: str,
    prefixes: Mapping[str, str] | None = None,
    base: str | None = None,
    check: Callable[[int], object] = bool,
    *,
    any_function: bool = False,
) -> Query:
    """The algebra of a query. Raises ``QueryError`` with line, column and what was expected.

    ``prefixes`` hold where the query declares none of its own; ``base`` is that of relative IRIs.
    ``check`` is called now and then with the number of tokens since, and may raise. A function
    that only its IRI names is an error, but where ``any_function`` says that somebody else looks.

    >>> parse("SELECT ?x { ?x a <urn:c> }").select.columns
    (Projected(name='x', expression=None),)
    """
    known = prefixes or {}

    def parser() -> Parser:
        made = Parser(query_text(text), known, base, check)
        made.any_function = any_function
        return made

    return by_form(text, known, base, parser)


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


class Parser(SelectParser):
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
        select = self.select(graphs)
        default, named = graphs
        return Query("SELECT", select, (), (), default, named, self._parameters(), self.base)

    def _ask(self) -> Query:
        self.need("ASK")
        default, named = self.datasets()
        select = self.solution((), self.where(), star=False)
        return Query("ASK", select, (), (), default, named, self._parameters(), self.base)

    def _construct(self) -> Query:
        self.need("CONSTRUCT")
        start = self.place
        if self.at("{"):
            self.open("{")
            self.in_template = True
            template = self.triples()
            self.in_template = False
            if not self.at("}"):
                self.fail("a triple or '}'")
            self.close("}")
            end = self.place
            default, named = self.datasets()
            where = self.where()
        else:
            default, named = self.datasets()
            if not self.at("WHERE"):
                self.fail("'{' or WHERE")
            self.in_template = True
            where = self.where()
            self.in_template = False
            end = self.place
            template = []
            for step in where.steps:
                template += step.patterns if isinstance(step, BasicPattern) else ()
            if where != GroupPattern((BasicPattern(tuple(template)),) if template else ()):
                self._more_than_triples(start)
        select = self.solution((), where, star=True)
        self._check_template(select, self.tokens[start:end])
        return Query(
            "CONSTRUCT", select, tuple(template), (), default, named, self._parameters(), self.base
        )

    def _more_than_triples(self, start: int) -> NoReturn:
        """Raise for what stands in CONSTRUCT WHERE beside triples."""
        brace = next(at for at in range(start, self.place) if self.tokens[at].text == "{")
        inside = self.tokens[brace + 1 : self.place]
        raise self.error(
            next(one for one in inside if one.text == "{" or one.text in KEYWORDS),
            "CONSTRUCT WHERE takes triples alone.",
            "Write what is to be made as a template: CONSTRUCT { ... } WHERE { ... }.",
        )

    def _check_template(self, select: Select, template: list[Token]) -> None:
        """Beside groups what is made of a variable is made of a key."""
        if select.keys is None:
            return
        loose = visible(select.where.steps).keys() - {key.name for key in select.keys}
        for token in template:
            if token.kind == "variable" and token.text[1:] in loose:
                raise self.error(token, NO_KEY.format(token.text[1:]), "Put it into GROUP BY.")

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
        default, named = self.datasets()
        where = self.where() if self.at("WHERE", "{") else GroupPattern()
        select = self.solution(tuple(columns), where, star=star)
        return Query(
            "DESCRIBE", select, (), tuple(targets), default, named, self._parameters(), self.base
        )
