"""The text of a query cut into tokens, once; everything else reads tokens, never letters.

A keyword is a token of kind ``word``, so ``ex:service``, ``?from``, a string or a comment that
reads like one is none.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache, lru_cache
from typing import Final, NamedTuple

from glocal_kg._rdf.sparql.words import WORDS, first_word
from glocal_kg.errors import ArgumentError, QueryError, QuerySyntaxError, RefusedError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

OFTEN: Final = 4096  # so many tokens are cut or parsed between two looks at the clock
_LETTERS_OF_TOKEN: Final = 40  # letters of a query that take as much memory as a token

# In names any character beyond ASCII is taken first, and looked at more closely if there is one:
# the full classes of characters take longer to compile than all queries to read. Here they are
# by what they do not have.
_BASE = r"[^\x00-@\[-`{-\x7f]"  # letters
_NAME = r"[^\x00-/:-@\[-^`{-\x7f]"  # letters, digits, _
_CHAR = r"[^\x00-,./:-@\[-^`{-\x7f]"  # the same and -
_CHAR_DOT = r"[^\x00-,/:-@\[-^`{-\x7f]"
_CHAR_COLON = r"[^\x00-,./;-@\[-^`{-\x7f]"
_NAME_COLON = r"[^\x00-/;-@\[-^`{-\x7f]"
_PREFIX = f"{_BASE}(?:{_CHAR_DOT}{{0,250}}{_CHAR})?"  # no end: a text of dots took long
_POINT = r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}"
_PERCENT = "%[0-9A-Fa-f]{2}"
_OF_IRI = r'[^<>"{}|^`\\\x00-\x20]'


def _kinds(in_name: str, in_iri: str, in_string: str) -> dict[str, str]:
    """The form of each kind of token, with the escapes that can stand in three of them, if any."""

    def escaped(form: str, escapes: str) -> str:
        return f"(?:{form}|{escapes})" if escapes else form

    def between(form: str, *inside: str) -> str:
        """Any letters of a form, with what can stand in between."""
        others = "|".join(one for one in inside if one)
        return f"{form}*+(?>(?:{others}){form}*+)*+" if others else f"{form}*+"

    dotted = rf"\.++{_CHAR_COLON}" + (rf"|\.*+(?:{in_name})" if in_name else "")
    local = escaped(_NAME_COLON, in_name) + between(_CHAR_COLON, dotted)
    return {
        "iri": f"<{between(_OF_IRI, in_iri)}>",
        "variable": f"[?$]{_NAME}+",
        "node": f"_:{_NAME}(?:{_CHAR_DOT}*{_CHAR})?",
        "name": f"(?:{_PREFIX})?:(?:{local})?",
        "double": r"(?:[0-9]+\.[0-9]*|\.?[0-9]+)[eE][+-]?[0-9]+",
        "decimal": r"[0-9]*\.[0-9]+",
        "integer": r"[0-9]+",
        "word": r"[A-Za-z_][A-Za-z0-9_]*",
        "string": "|".join(
            (
                '"""' + between(r'[^"\\]', '"(?!"")', in_string) + '"""',
                "'''" + between(r"[^'\\]", "'(?!'')", in_string) + "'''",
                '"' + between(r'[^"\\\r\n]', in_string) + '"',
                "'" + between(r"[^'\\\r\n]", in_string) + "'",
            )
        ),
        "language": r"@[A-Za-z]+(?:-[A-Za-z0-9]+)*(?:--(?:ltr|rtl))?",
        "mark": r"\^\^|&&|\|\||!=|<=|>=|[{}()\[\],;.=<>!+\-*/|^?]",
    }


BLANK: Final = r"(?>[ \t\r\n]++|\#[^\r\n]*+)"
KINDS: Final = _kinds(_PERCENT, "", "")
"""Those of a text without a backslash, as most are."""
_SIGNS: Final = {"node": ("_:",), "string": ("'", '"'), "language": ("@",)}
"""What a text has wherever it has such a token."""


def _token_of(text: str) -> re.Pattern[str]:
    """An expression for the tokens of a text, without what it has no sign of.

    To compile it whole takes longer than to answer most queries.
    """
    seen = [kind for kind, signs in _SIGNS.items() if any(sign in text for sign in signs)]
    return _token(frozenset(_SIGNS.keys() - seen), "%" in text, "\\" in text)


@cache
def _token(unseen: frozenset[str], percent: bool, escapes: bool) -> re.Pattern[str]:
    """A token with what is blank before it, or a piece of what is blank where that is long."""
    kinds = _with_escapes() if escapes else _kinds(_PERCENT if percent else "", "", "")
    forms = [f"(?P<{kind}>{form})" for kind, form in kinds.items() if kind not in unseen]
    return re.compile(rf"{BLANK}{{0,99}}+(?:{'|'.join(forms)}|(?P<blank>{BLANK})|(?P<end>\Z))")


_NAMES: Final = frozenset({"variable", "node", "name"})


# What a name can have beyond ASCII (19.8): letters, and what stands only behind a first one.
_LETTERS: Final = (
    "\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_BEHIND: Final = "\u00b7\u0300-\u036f\u203f-\u2040"


class Token(NamedTuple):
    """A piece of a query: its kind, its text and where it starts, counted from 0.

    Kinds are ``iri``, ``variable``, ``node`` (``_:x``), ``name`` (``ex:x``), ``double``,
    ``decimal``, ``integer``, ``word``, ``string``, ``language``, ``mark`` and, last of all,
    ``end``. A word is in capitals, but for the ``a`` that stands for rdf:type.
    """

    kind: str
    text: str
    start: int
    end: int


SHORT: Final = 1 << 14
"""Letters of a query that is kept once it was cut into tokens, or parsed."""


def query_text(text: str) -> QueryText:
    """The text of a query; a question looks for its parameters, and is parsed, by one cutting."""
    return _kept(text) if isinstance(text, str) and len(text) <= SHORT else QueryText(text)


class QueryText:
    """The text of a query and its places, for errors that show where."""

    def __init__(self, text: str) -> None:
        if not isinstance(text, str):
            raise ArgumentError("query", text, "SPARQL as a str")
        try:
            text.encode()
        except UnicodeEncodeError as error:
            line = text.count("\n", 0, error.start) + 1
            column = error.start - text.rfind("\n", 0, error.start)
            raise QuerySyntaxError(
                f"Query, line {line}, column {column}: {text[error.start]!r} is half a character.",
                remedy="Give text that was decoded whole.",
                line=line,
                column=column,
            ) from None
        self.written = text
        self.text = text
        self._moved: list[tuple[int, int]] = []  # from this place on, so much was cut before it
        self._tokens: list[Token] = []

    def tokens(self, check: Callable[[int], object] = bool) -> list[Token]:
        """All tokens, with one of kind ``end`` at the end. Linear in the length of the text.

        ``check`` is called now and then with the number of tokens since, and may raise.

        >>> [token.text for token in QueryText("?x a ex:y. # note").tokens()]
        ['?x', 'a', 'ex:y', '.', '']
        """
        if self._tokens:
            return self._tokens
        check(len(self.text) // _LETTERS_OF_TOKEN)
        if self.text is self.written and ("\\u" in self.text or "\\U" in self.text):
            self._decode_names(check)
        found: list[Token] = []
        text, end = self.text, 0
        match = _token_of(text).match
        new = tuple.__new__  # which is quicker than Token itself
        while (piece := match(text, end)) is not None:
            if len(found) % OFTEN == OFTEN - 1:
                check(OFTEN)
            kind = piece.lastgroup or ""
            written, (place, end) = piece[kind], piece.span(kind)
            if kind == "word":
                written = written if written == "a" else written.upper()
                if written not in WORDS and written != "a":
                    end = place + first_word(written)
                    written = written[: end - place]
            elif kind in _NAMES and not written.isascii():
                self._look_closely(written, place)
            elif kind == "blank":
                check(0)
                continue
            found.append(new(Token, (kind, written, place, end)))
            if kind == "end":
                self._tokens = found
                return found
        place = re.compile(f"{BLANK}*+").match(text, end).end()  # type: ignore[union-attr]  # it matches nothing, too
        raise self.error(place, self._stuck(place))

    def error(self, at: int, message: str, remedy: str = "", refused: str = "") -> QueryError:
        """An error that says line and column and points at the place.

        ``refused`` names what is SPARQL but not done here: a keyword, or the IRI of a function.
        """
        cut = bisect_right(self._moved, (at, len(self.written))) - 1
        at += self._moved[cut][1] if cut >= 0 else 0
        line = self.written.count("\n", 0, at) + 1
        first = self.written.rfind("\n", 0, at) + 1
        column = at - first + 1
        last = self.written.find("\n", at)
        shown = self.written[first : last if last >= 0 else None].rstrip("\r")
        start = max(0, column - 50)
        pointed = "".join(c if c.isprintable() else " " for c in shown[start : start + 80])
        text = (
            f"Query, line {line}, column {column}: {message}\n"
            f"  {pointed}\n  {' ' * (column - 1 - start)}^\n"
        )
        if refused:
            return RefusedError(text, remedy=remedy, feature=refused)
        word = re.match(r"[^\W\d]\w*(?![\w:(])", shown[column - 1 :])
        if not remedy and word and "expected" in message and "an IRI" in message:
            remedy = f"A name has a prefix, as in ex:{word[0]}; a text has quotes."
        remedy = remedy or "Correct the query at this place."
        return QuerySyntaxError(text, remedy=remedy, line=line, column=column)

    def _decode_names(self, check: Callable[[int], object]) -> None:
        """Put characters for the escapes outside strings and IRIs (SPARQL 1.1, 19.2)."""
        pieces: list[str] = []
        done = cut = length = 0
        self._moved = []
        for place, found in enumerate(re.finditer(_outside(), self.text)):
            if not place % OFTEN:
                check(0)
            if found.group(1) is not None:
                continue
            start, end = found.span()
            try:
                letter = unescaped(found.group())
            except ValueError:
                raise self.error(start, "this escape is no character.") from None
            pieces += [self.text[done:start], letter]
            length += start - done + 1
            cut += end - start - 1
            self._moved.append((length, cut))
            done = end
        self.text = "".join(pieces) + self.text[done:]

    def _look_closely(self, name: str, place: int) -> None:
        """Raise for a character that names do not have, or not as the first."""
        wrong = re.search(f"[^\x00-\x7f{_LETTERS}{_BEHIND}]|(?:^|(?<=[:?$]))[{_BEHIND}]", name)
        if wrong is not None:
            raise self.error(place + wrong.start(), self._stuck(place + wrong.start()))

    def _stuck(self, place: int) -> str:
        letter = self.text[place]
        if letter in "\"'":
            return "this string is not closed, or has a wrong escape in it."
        if letter == "&":
            return "expected && for 'and'."
        return f"the character {letter!r} has no meaning here."


def unescaped(text: str) -> str:
    """The text of a string or an IRI without its escapes; ValueError for half a character.

    >>> unescaped(r"a\\tb\\u00e9")
    'a\\tbé'
    """
    if "\\" not in text:
        return text
    # What SPARQL can escape Python writes alike, and what is no ASCII it escapes itself.
    found = text.encode("ascii", "backslashreplace").decode("unicode_escape")
    found.encode()  # raises for half a character
    return found


@cache
def _with_escapes() -> dict[str, str]:
    return _kinds(
        _PERCENT + r"|\\[_~.\-!$&'()*+,;=/?#@%]",
        _POINT,
        r"\\[tbnrf\"'\\]|" + _POINT,
    )


@cache
def _outside() -> re.Pattern[str]:
    """A string, an IRI or a comment, or an escape that is in none of them."""
    kinds = _with_escapes()
    return re.compile(rf"({kinds['string']}|{kinds['iri']}|\#[^\r\n]*)|({_POINT})")


@lru_cache(maxsize=32)
def _kept(text: str) -> QueryText:
    return QueryText(text)


def variables(text: str) -> set[str]:
    """The names of all variables written with a dollar sign: the parameters of a question.

    >>> variables("SELECT ?x { ?x a $c } # $d")
    {'c'}
    """
    return {
        token.text[1:]
        for token in query_text(text).tokens()
        if token.kind == "variable" and token.text[0] == "$"
    }
