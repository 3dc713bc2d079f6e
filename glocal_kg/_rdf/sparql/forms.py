"""Queries that differ in their constants alone: one is parsed, the constants of others put in.

The form of a query is its text without its IRIs, names and strings. All texts of a form are
parsed alike, so the algebra of one is that of any other with other terms in it. Where a constant
became anything but a term of the algebra, as the name of a function does, nothing is put in;
and what cannot be put in is parsed, which says what is wrong with it.
"""

from __future__ import annotations

import re
from functools import cache
from operator import itemgetter
from typing import Any, Final

from pyoxigraph import BaseDirection, Literal, NamedNode

from glocal_kg._rdf.frozen import Frozen
from glocal_kg._rdf.sparql.iris import resolved
from glocal_kg._rdf.sparql.tokens import KINDS, SHORT
from glocal_kg._rdf.sparql.words import FORMS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping
    from typing import TypeAlias

    from glocal_kg._rdf.sparql.algebra import Query
    from glocal_kg._rdf.sparql.parser import Parser

    Builder: TypeAlias = Callable[[list[NamedNode | Literal]], Any]

_MOST: Final = 256  # so many forms are kept
_KEPT: Final[dict[Hashable, Form | None]] = {}
_CONSTANTS: Final = frozenset({"iri", "name", "string"})
_LONG: Final = ('"""', "'''")


def by_form(
    text: str, prefixes: Mapping[str, str], base: str | None, parser_of: Callable[[], Parser]
) -> Query:
    """The algebra of a text, by its form where that is known, else by its parser.

    The first text of a process is only parsed: who asks once shall not wait for more.
    """
    once = not _KEPT or not isinstance(text, str) or len(text) > SHORT or "\\" in text
    cut = None if once else CutText(text, base)
    form = _KEPT.get(cut.form) if cut else None
    found = form.query(cut, prefixes) if cut and form else None
    if found is None:
        parser = parser_of()
        found = parser.query()
        if len(_KEPT) >= _MOST:
            _KEPT.clear()
        kept = cut and not parser.foreign  # whose functions are not known in each query
        _KEPT[cut.form if cut else ()] = Form(cut, parser, found) if cut and kept else None
    return found


class CutText:
    """A text without a backslash, cut into its constants and what stands before each.

    >>> cut = CutText('ASK { ?x ex:p "a"@en }', None)
    >>> cut.between, cut.nodes, cut.strings
    (('ASK { ?x ', ' ', '@en }', ''), ('ex:p', '', '', ''), ('', '"a"', '', ''))
    """

    __slots__ = ("between", "form", "head", "nodes", "strings")

    def __init__(self, text: str, base: str | None) -> None:
        self.between, self.strings, self.nodes = zip(*_cutter().findall(text), strict=True)
        first = self.between[0].upper()
        # What PREFIX and BASE declare gives a meaning to other constants.
        self.head = self._head() if "PREFIX" in first or "BASE" in first else 0
        declared = self.nodes[: self.head]
        self.form = base, declared, self.between, tuple(map(bool, self.strings))

    def _head(self) -> int:
        """How many constants stand before the query itself."""
        for place, text in enumerate(self.between):
            if any(form in text.upper() for form in FORMS):
                return place
        return 0


@cache
def _cutter() -> re.Pattern[str]:
    """What the tokenizer would take between constants, a constant, or a letter without meaning.

    A process that asks once does not wait for it.
    """
    number = "|".join(KINDS[kind] for kind in ("double", "decimal", "integer"))
    between = "|".join(
        (
            r"[ \t\r\n{}()\[\],;=>!+\-*/|^&]++",
            KINDS["variable"],
            r"\.(?![0-9])",
            KINDS["word"] + r"(?![^\x00-,/;-@\[-^`{-\x7f]*:)",  # no name begins here
            KINDS["node"],
            r"\#[^\r\n]*+",
            number,
            KINDS["language"],
            f"(?!{KINDS['iri']})<",
            r"\?",
        )
    )
    node, string = f"{KINDS['iri']}|{KINDS['name']}|.", KINDS["string"]
    return re.compile(rf"((?>{between})*+)(?:({string})|({node})|\Z)", re.DOTALL)


class Form:
    """What all texts of a form have in common: an algebra, and where constants stand in it."""

    def __init__(self, text: CutText, parser: Parser, query: Query) -> None:
        """From the first text of the form, as it was parsed."""
        names = [name[:-1] for name in text.nodes[: text.head] if name[-1:] == ":"]
        self._declared = {name: parser.prefixes[name] for name in names}
        self._base = parser.base
        tokens = parser.tokens
        constants = [at for at, token in enumerate(tokens) if token.kind in _CONSTANTS]
        made = sorted(parser.made.items(), key=lambda item: item[1][1])
        self._slots = [(constants.index(at), *_behind(tokens[at + 1].text)) for _, (_, at) in made]
        order = {key: number for number, (key, _) in enumerate(made)}
        met: set[int] = set()
        self._build = _builder(query, order, met)
        put = {place for place, _, _ in self._slots}
        put |= {place + 1 for place, tag, _ in self._slots if tag == "^^"}
        pairs = zip(text.nodes, text.strings, strict=True)
        if (
            met != order.keys()
            or put != set(range(text.head, len(constants)))
            or [tokens[at].text for at in constants] != [one for two in pairs for one in two if one]
        ):
            self._build = None

    def query(self, text: CutText, prefixes: Mapping[str, str]) -> Query | None:
        """The algebra of another text of this form; None where only parsing can tell it."""
        if self._build is None:
            return None
        nodes, strings = text.nodes, text.strings
        terms: list[NamedNode | Literal] = []
        try:
            for place, tag, direction in self._slots:
                written = strings[place]
                if not written:
                    terms.append(self._node(nodes[place], prefixes))
                    continue
                width = 3 if written[:3] in _LONG and len(written) >= 6 else 1
                value = written[width:-width]
                if tag == "^^":
                    datatype = self._node(nodes[place + 1], prefixes)
                    terms.append(Literal(value, datatype=datatype))
                elif tag:
                    terms.append(Literal(value, language=tag, direction=direction))
                else:
                    terms.append(Literal(value))
        except (KeyError, ValueError):  # an unknown prefix, half a character, no valid IRI
            return None
        found: Query = self._build(terms)
        return found

    def _node(self, written: str, prefixes: Mapping[str, str]) -> NamedNode:
        if written[0] == "<":
            iri = written[1:-1]
        else:
            prefix, colon, local = written.partition(":")
            if not colon or not written.isascii():  # the tokenizer looks at it more closely
                raise ValueError(written)
            iri = (self._declared.get(prefix) or prefixes[prefix]) + local
        return NamedNode(iri if self._base is None else resolved(iri, self._base))


def _behind(text: str) -> tuple[str, BaseDirection | None]:
    """The language and the direction of a literal, or the sign that a type follows."""
    if text == "^^":
        return text, None
    if text[:1] != "@":
        return "", None
    language, _, direction = text[1:].partition("--")
    return language, BaseDirection(direction) if direction else None


def _builder(part: Any, order: Mapping[int, int], met: set[int]) -> Builder | None:
    """How to make a part of an algebra with other terms; None where it has none to change.

    ``order`` has the place of a term among the others by its id; those met go into ``met``.
    """
    if id(part) in order:
        met.add(id(part))
        return itemgetter(order[id(part)])
    if isinstance(part, tuple):
        parts: Mapping[Any, Any] = dict(enumerate(part))
    elif isinstance(part, Frozen):
        parts = dict(part.__dict__)  # Python 3.13.0 may empty what outlives its value
    else:
        return None
    builders = {name: _builder(each, order, met) for name, each in parts.items()}
    changed = [(name, build) for name, build in builders.items() if build is not None]
    if not changed:
        return None

    kind, new = type(part), object.__new__
    name, build = changed[0]
    others = changed[1:]

    def with_terms(terms: list[NamedNode | Literal]) -> Any:
        made = new(kind)
        own = made.__dict__
        own.update(parts)
        own[name] = build(terms)
        for name_, build_ in others:
            own[name_] = build_(terms)
        return made

    def tuple_with_terms(terms: list[NamedNode | Literal]) -> Any:
        made = list(part)
        for place, build in changed:
            made[place] = build(terms)
        return tuple(made)

    if isinstance(part, tuple) and len(part) == 1:
        return lambda terms: (build(terms),)
    return tuple_with_terms if isinstance(part, tuple) else with_terms
