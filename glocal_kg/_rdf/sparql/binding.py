"""Terms put into the text of a query, for queries that leave the house as text.

A query that is answered here takes its values beside the text (``given`` of
:func:`.answering.answer`); a published one must hold them.
"""

from __future__ import annotations

from typing import Final

from glocal_kg._rdf.sparql.tokens import QueryText

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pyoxigraph import Literal, NamedNode

_ENDS_HEAD: Final = frozenset({"WHERE", "HAVING", "LIMIT", "OFFSET", "VALUES", "FROM", "ORDER"})


def bind(text: str, values: Mapping[str, NamedNode | Literal]) -> tuple[str, set[str]]:
    """Put terms for variables; returns the text and the variables its own SELECT still names.

    A value takes the place of its variable as a complete term wherever a term may stand. Where
    SPARQL wants a variable (SELECT, GROUP BY, AS) the variable stays.

    >>> from pyoxigraph import NamedNode
    >>> bind('SELECT ?x { ?x a $c }', {"c": NamedNode("urn:c")})
    ('SELECT ?x { ?x a <urn:c> }', set())
    """
    source = QueryText(text)
    pieces: list[str] = []
    named: set[str] = set()
    done = braces = parens = 0
    head = last = ""  # the clause that lists variables we are in: SELECT, GROUP or ORDER
    for kind, word, start, end in source.tokens():
        if kind == "word":
            if word in ("SELECT", "GROUP", "ORDER"):
                head, parens = word, 0
            elif word in _ENDS_HEAD:
                head = ""
        elif kind == "mark" and word in "{}":
            head, braces = "", braces + (1 if word == "{" else -1)
        elif kind == "mark" and word in "()":
            parens += 1 if word == "(" else -1
        elif kind == "variable" and word[1:] in values:
            if last == "AS" or (head and parens == 0):
                if head == "SELECT" and braces == 0 and last != "AS":
                    named.add(word[1:])
            else:
                pieces += [source.text[done:start], str(values[word[1:]])]
                done = end
        last = word
    return "".join(pieces) + source.text[done:], named


def over(text: str, graphs: Iterable[str]) -> str:
    """The query over the union of some named graphs; one that names graphs itself stays.

    >>> print(over("SELECT ?x WHERE { ?x ?p ?o }", ["urn:a", "urn:b"]))
    SELECT ?x
    FROM <urn:a>
    FROM <urn:b>
    WHERE { ?x ?p ?o }
    """
    clauses = "".join(f"FROM <{graph}>\n" for graph in graphs)
    if not clauses:
        return text
    source = QueryText(text)
    depth, template = 0, False
    place: int | None = None
    for kind, word, start, _ in source.tokens():
        if kind == "word" and depth == 0 and word == "FROM":
            return text
        if kind == "mark" and word in "{(":
            if depth == 0 and word == "{" and not template and place is None:
                place = start
            depth += 1
        elif kind == "mark" and word in "})":
            depth -= 1
            template = template and depth > 0
        elif kind == "word" and depth == 0 and place is None:
            if word in _ENDS_HEAD:
                place = start
            template = word == "CONSTRUCT"
    place = len(source.text) if place is None else place
    before = source.text[:place].rstrip()
    return f"{before}\n{clauses}{source.text[place:]}"
