"""A walk over the tokens of a query: what comes next, what was expected, and the terms."""

from __future__ import annotations

from typing import Final, NoReturn

from pyoxigraph import Literal, NamedNode

from glocal_kg._rdf.sparql.iris import is_absolute, resolved
from glocal_kg._rdf.sparql.tokens import OFTEN, QueryText, unescaped

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import TypeVar

    from glocal_kg._rdf.sparql.tokens import Token
    from glocal_kg.errors import QueryError

    T = TypeVar("T", NamedNode, Literal)

DEEPEST: Final = 100  # brackets in brackets: what Python's own stack carries with room to spare
XSD: Final = "http://www.w3.org/2001/XMLSchema#"
RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
TYPE: Final = NamedNode(f"{RDF}type")
NUMBERS: Final = {kind: NamedNode(XSD + kind) for kind in ("integer", "decimal", "double")}
GRAPH_IN_FULL: Final = "Write the IRI of the graph in full"
_BOOLEAN: Final = NamedNode(f"{XSD}boolean")
_LOCAL_ESCAPES: Final = {ord("\\"): None}
# What a newcomer from another language or version writes, and what to say about it.
_REFUSED: Final = {
    "SERVICE": (
        "SERVICE would ask another server.",
        "Nothing is asked over the network: add the data instead, with --data FILE in the command "
        "or kg.add() in Python.",
    ),
    "LATERAL": ("LATERAL is no part of SPARQL 1.1.", "Use a subquery or OPTIONAL."),
}


class Cursor:
    """The place in a list of tokens, and the prefixes and the base that hold there.

    ``check`` is called now and then on the way, with the number of tokens since, and may raise.
    """

    def __init__(
        self,
        source: QueryText,
        prefixes: Mapping[str, str],
        base: str | None,
        check: Callable[[int], object] = bool,
    ) -> None:
        self.source = source
        self.check = check
        self.tokens = source.tokens(check)
        self.place = 0
        self.token: Token = self.tokens[0]
        self.prefixes = dict(prefixes)  # and those that the query declares
        self.base = base
        self.fresh = 0  # how many variables the parser itself has made
        # The terms made so far by their id, each with the place of its token.
        self.made: dict[int, tuple[NamedNode | Literal, int]] = {}
        self.depth = 0

    # Moving

    def advance(self) -> Token:
        """Take the next token, whatever it is."""
        taken = self.token
        if taken.kind != "end":
            self.place += 1
            if not self.place % OFTEN:
                self.check(OFTEN)
            self.token = self.tokens[self.place]
        return taken

    def at(self, *texts: str) -> bool:
        """Whether a keyword or a mark of these comes next."""
        return self.token.text in texts and self.token.kind in ("word", "mark")

    def take(self, *texts: str) -> str | None:
        """Take the next token if it is one of these keywords or marks."""
        token = self.token
        if token.text in texts and token.kind in ("word", "mark"):
            return self.advance().text
        return None

    def need(self, *texts: str) -> str:
        """Take one of these keywords or marks, or raise."""
        if not self.at(*texts):
            self.fail(" or ".join(texts))
        return self.advance().text

    def after(self) -> Token:
        """The token after the next."""
        return self.tokens[min(self.place + 1, len(self.tokens) - 1)]

    def written_call(self, place: int) -> str:
        """What is written from a token to the end of the brackets that open there or next."""
        start, depth = self.tokens[place].start, 0
        for token in self.tokens[place:]:
            depth += (token.text == "(") - (token.text == ")")
            if token.text == ")" and depth <= 0:
                break
        return " ".join(self.source.text[start : token.end].split())

    def open(self, bracket: str) -> None:
        """Take an opening bracket; too many in one another are refused."""
        at = self.token.start
        self.need(bracket)
        self.depth += 1
        if self.depth > DEEPEST:
            raise self.source.error(
                at,
                f"more than {DEEPEST} levels are open here.",
                "Write it with fewer levels, or ask in several queries.",
            )

    def close(self, bracket: str) -> None:
        """Take the closing bracket."""
        self.need(bracket)
        self.depth -= 1

    # Errors

    def fail(self, expected: str, remedy: str = "") -> NoReturn:
        """Raise an error that says what was expected here and what is there instead."""
        token = self.token
        if token.kind == "word" and token.text in _REFUSED:
            message, remedy = _REFUSED[token.text]
            raise self.source.error(token.start, message, remedy, refused=token.text)
        if token.text == "<" and self.after().text == "<":
            raise self.source.error(
                token.start,
                "patterns of triple terms are not part of SPARQL 1.1.",
                "Ask for the term with a variable.",
            )
        written = self.source.text[token.start : token.end]  # keywords are told in capitals
        found = "the query ends" if token.kind == "end" else f"found {written[:40]!r}"
        if not remedy and token.kind != "end":
            from glocal_kg._rdf.sparql.slips_of_syntax import meant

            remedy = meant(written, self.after().text, expected)
        raise self.source.error(token.start, f"expected {expected}, but {found}.", remedy)

    def error(self, token: Token, message: str, remedy: str = "") -> QueryError:
        """An error about a token."""
        return self.source.error(token.start, message, remedy)

    # Terms

    def at_iri(self) -> bool:
        """Whether an IRI comes next, in full or with a prefix."""
        return self.token.kind in ("iri", "name")

    def iri(self) -> NamedNode:
        """An IRI, in full or with a prefix."""
        token, place = self.token, self.place
        if token.kind == "iri":
            written = self._plain(token, self.advance().text[1:-1])
        elif token.kind == "name":
            self.advance()
            prefix, _, local = token.text.partition(":")
            namespace = self.prefixes.get(prefix)
            if namespace is None:
                raise self._unknown(token, prefix)
            written = namespace + (local.translate(_LOCAL_ESCAPES) if "\\" in local else local)
        else:
            self.fail("an IRI")
        return self._noted(self._node(token, written), place)

    def at_literal(self) -> bool:
        """Whether a literal comes next."""
        kind = self.token.kind
        return (
            kind in ("string", "integer", "decimal", "double")
            or self.at("TRUE", "FALSE")
            or (self.at("+", "-") and self._signed())
        )

    def literal(self) -> Literal:
        """A literal as written: a string, a number or a truth value."""
        place, token = self.place, self.advance()
        if token.kind == "string":
            text = self._text(token)
            tag = self.token
            if tag.kind == "language":
                self.advance()
                return self._noted(self._tagged(tag, text), place)
            if self.take("^^"):
                datatype = self.iri()
                del self.made[id(datatype)]
                return self._noted(Literal(text, datatype=datatype), place)
            return self._noted(Literal(text), place)
        if token.kind == "word":
            return Literal(token.text.lower(), datatype=_BOOLEAN)
        if token.kind == "mark":
            number = self.advance()
            return Literal(token.text + number.text, datatype=NUMBERS[number.kind])
        return Literal(token.text, datatype=NUMBERS[token.kind])

    def string(self) -> str:
        """The text of a string without tag or type."""
        if self.token.kind != "string":
            self.fail("a string")
        return self._text(self.advance())

    def variable(self) -> str:
        """The name of a variable."""
        if self.token.kind != "variable":
            self.fail("a variable")
        return self.advance().text[1:]

    def new_name(self, stem: str) -> str:
        """A name for a variable that no query can write."""
        self.fresh += 1
        return f"_:{stem} {self.fresh}"

    def _noted(self, term: T, place: int) -> T:
        self.made[id(term)] = term, place
        return term

    def _signed(self) -> bool:
        number = self.after()
        return number.kind in NUMBERS and number.start == self.token.end

    def _text(self, token: Token) -> str:
        width = 3 if token.text[:3] in ('"""', "'''") and len(token.text) >= 6 else 1
        return self._plain(token, token.text[width:-width])

    def _plain(self, token: Token, text: str) -> str:
        try:
            return unescaped(text)
        except ValueError:
            raise self.error(token, "an escape in here is no character.") from None

    def _tagged(self, token: Token, text: str) -> Literal:
        language, _, direction = token.text[1:].partition("--")
        from pyoxigraph import BaseDirection

        way = {"ltr": BaseDirection.LTR, "rtl": BaseDirection.RTL}.get(direction)
        try:
            return Literal(text, language=language, direction=way)
        except ValueError:
            raise self.error(token, f"{language!r} is no language tag.") from None

    def _node(self, token: Token, iri: str) -> NamedNode:
        if self.base is not None:
            iri = resolved(iri, self.base)
        try:
            return NamedNode(iri)
        except ValueError:
            if self.base is None and not is_absolute(iri):
                raise self.error(
                    token, f"<{iri}> is relative, and there is no base.", self._based()
                ) from None
            raise self.error(token, f"<{iri}> is no valid IRI.") from None

    def _based(self) -> str:
        """What to do about a relative IRI; as the name of a graph it mostly is that of a file."""
        before = [one.text for one in self.tokens[max(0, self.place - 3) : self.place]]
        if "GRAPH" in before[-2:] or "FROM" in before:
            return f"{GRAPH_IN_FULL}, or declare a base with BASE."
        return "Declare one with BASE."

    def _unknown(self, token: Token, prefix: str) -> QueryError:
        from difflib import get_close_matches

        close = get_close_matches(prefix, sorted(self.prefixes), 1)
        known = ", ".join(name for name in sorted(self.prefixes) if name)
        hint = f" Did you mean '{close[0]}:'?" if close else f" Known ones are {known}."
        return self.error(
            token,
            f"the prefix '{prefix}:' is not declared.",
            f"Declare it with PREFIX.{hint if close or known else ''}",
        )
