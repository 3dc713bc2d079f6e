"""What is refused of queries that another engine answers: rdflib's own, and pyshacl's by it.

rdflib has its own ideas of where a word ends, so SERVICE is looked for in the bare text,
whatever a reading by tokens makes of it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode

from glocal_kg._rdf.sparql.cursor import DEEPEST
from glocal_kg._rdf.sparql.tokens import QueryText

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from glocal_kg._rdf.sparql.tokens import Token

_GAP = r"(?>\s|#[^\n\r]*+[\n\r])*+"
_ENDPOINT = r"(?:<[^>]*>|(?:\\.|[^\s{#<>\\])+)"
_CALL: Final = re.compile(rf"(?i)service{_GAP}(?:silent{_GAP})?{_ENDPOINT}{_GAP}\{{")


def refuse(
    text: str, known_graph: Callable[[NamedNode], bool], prefixes: Mapping[str, str]
) -> None:
    """Raise ``QueryError`` for a query that must not run.

    ``SERVICE`` is refused, ``FROM`` of a graph that is not there (nothing is fetched), and a
    query so deep that an engine would leave its stack.
    """
    source = QueryText(text)
    called = service_at(text)
    if called is not None:
        raise source.error(
            called,
            "SERVICE would ask another server.",
            "Nothing is asked over the network: add the data with kg.add() instead.",
            refused="SERVICE",
        )
    depth = 0
    declared = dict(prefixes)
    tokens = source.tokens()
    for place, token in enumerate(tokens):
        if token.kind == "mark":
            depth += (token.text in "([{") - (token.text in ")]}")
            if depth > DEEPEST:
                raise source.error(token.start, f"more than {DEEPEST} brackets are open.")
        elif token.kind == "word" and token.text == "PREFIX":
            name, iri = tokens[place + 1 : place + 3]
            declared[name.text[:-1]] = iri.text[1:-1]
        elif token.kind == "word" and token.text == "FROM":
            named = tokens[place + 1].text == "NAMED"
            _refuse_unknown(source, tokens[place + 1 + named], declared, known_graph)


def service_at(text: str) -> int | None:
    """Where a query calls another server, or None where it does not.

    A text or comment that reads like a call counts as one; a variable does not.

    >>> service_at("SELECT * { ?s ?p true.SERVICE <urn:s> { } }")
    22
    >>> service_at("SELECT ?service ?x { ?service a ?x }") is None
    True
    """
    start = 0
    while found := _CALL.search(text, start):
        word = found.start()
        while word and (text[word - 1].isalnum() or text[word - 1] == "_"):
            word -= 1
        if not word or text[word - 1] not in "?$":
            return found.start()
        start = found.start() + 1
    return None


def _refuse_unknown(
    source: QueryText,
    token: Token,
    declared: Mapping[str, str],
    known: Callable[[NamedNode], bool],
) -> None:
    prefix, _, local = token.text.partition(":")
    iri = token.text[1:-1] if token.kind == "iri" else declared.get(prefix, "") + local
    try:
        found = known(NamedNode(iri))
    except ValueError:
        return  # no IRI: the parser will say so
    if not found:
        raise source.error(
            token.start,
            f"FROM names the graph <{iri}>, which is not here.",
            "Graphs are not fetched: add the data with kg.add() first.",
        )
