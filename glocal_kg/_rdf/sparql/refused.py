"""What is refused before it runs: queries that reach out, and queries that would end the process.

The store parses SPARQL without a look at word boundaries (``1SERVICE<urn:s>{}`` is a call), so
SERVICE is looked for in the bare text, whatever a reading by tokens makes of it.
"""

from __future__ import annotations

from pyoxigraph import NamedNode

from glocal_kg._rdf.sparql.reader import place, tokens
from glocal_kg._study.vocab import PREFIXES
from glocal_kg.errors import QueryError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from glocal_kg._rdf.sparql.reader import Token

DEEPEST = 200  # brackets in brackets; the parser leaves the stack at about 1,000
MOST_STEPS = 2000  # patterns and operators; their evaluation leaves the stack at about 5,000
SHORTEST = 1000  # characters; no shorter query can be too deep or too long

_GAP = r"(?>\s|#[^\n\r]*+[\n\r])*+"
_ENDPOINT = r"(?:<[^>]*>|(?:\\.|[^\s{#<>\\])+)"
_CALL = rf"(?i)service{_GAP}(?:silent{_GAP})?{_ENDPOINT}{_GAP}\{{"
_JOINTS = frozenset({"UNION", "OPTIONAL", "MINUS", "BIND", "FILTER", "GRAPH", "SELECT"})
_OPENS, _CLOSES = "([{", ")]}"


def refuse(text: str, known_graph: Callable[[NamedNode], bool]) -> bool:
    """Raise ``QueryError`` for a query that must not run; True where it has FROM.

    ``SERVICE`` is refused, ``FROM`` of a graph that is not there (nothing is fetched), and a
    query so deep or so long that the engine would leave its stack, and the process with it.
    """
    if not isinstance(text, str):
        raise QueryError(
            f"A query is text, not {type(text).__name__}.", remedy="Give SPARQL as a str."
        )
    refuse_monster(text)
    called = service_at(text)
    if called is not None:
        raise QueryError(
            f"Query, {place(text, called)}: SERVICE would ask another server.",
            remedy="Nothing is asked over the network: add the data with kg.add() instead.",
        )
    return "FROM" in text.upper() and _has_from(text, known_graph)


def service_at(text: str) -> int | None:
    """Where a query calls another server, or None where it does not.

    A text or comment that reads like a call counts as one; a variable does not.

    >>> service_at("SELECT * { ?s ?p true.SERVICE <urn:s> { } }")
    22
    >>> service_at("SELECT ?service ?x { ?service a ?x }") is None
    True
    """
    if "SERVICE" not in text.upper():
        return None
    import re  # only here: the command line has no time for it

    call, start = re.compile(_CALL), 0
    while found := call.search(text, start):
        word = found.start()
        while word and (text[word - 1].isalnum() or text[word - 1] == "_"):
            word -= 1
        if not word or text[word - 1] not in "?$":
            return found.start()
        start = found.start() + 1
    return None


def refuse_monster(text: str) -> None:
    """Raise ``QueryError`` for a query too deep or too long for the engine's stack."""
    if len(text) < SHORTEST:
        return
    opened: list[str] = []
    steps, values = 0, -1  # values: how deep VALUES stands, whose list may be long
    for kind, start, end in tokens(text):
        if kind in _OPENS:
            opened.append(kind)
            if len(opened) > DEEPEST:
                raise QueryError(
                    f"Query, {place(text, start)}: more than {DEEPEST} brackets are open.",
                    remedy="Write it with fewer levels, or ask in several queries.",
                )
        elif kind in _CLOSES:
            if opened:
                opened.pop()
            if kind == "}" and len(opened) <= values:
                values = -1
        elif values >= 0:
            continue
        elif kind == "word":
            word = text[start:end].upper()
            steps += word.count("-") if word[0].isdigit() else word in _JOINTS
            values = len(opened) if word == "VALUES" else -1
        elif kind == "," and opened[-1:] == ["("]:
            continue  # a list in brackets, as IN takes, may be long
        else:
            steps += kind not in ("iri", "string", "variable", "^")
        if steps > MOST_STEPS:
            raise QueryError(
                f"The query has more than {MOST_STEPS} steps.",
                remedy="Give many values with VALUES, or ask in several queries.",
            )


def _has_from(text: str, known_graph: Callable[[NamedNode], bool]) -> bool:
    declared = dict(PREFIXES)
    has_from, from_at = False, -1
    words = list(tokens(text))
    for number, (kind, start, end) in enumerate(words):
        word = text[start:end].upper() if kind == "word" else ""
        if word == "PREFIX" and number + 2 < len(words) and words[number + 2][0] == "iri":
            name, iri = (text[a:b] for _, a, b in words[number + 1 : number + 3])
            declared[name.removesuffix(":")] = iri[1:-1]
        if word == "FROM":
            has_from, from_at = True, number
        elif from_at == number - 1 and word == "NAMED":
            from_at = number
        elif from_at == number - 1:
            _refuse_unknown_graph(text, (kind, start, end), declared, known_graph)
    return has_from


def _refuse_unknown_graph(
    text: str, token: Token, declared: dict[str, str], known: Callable[[NamedNode], bool]
) -> None:
    kind, start, end = token
    name = text[start:end]
    prefix, _, local = name.partition(":")
    iri = name[1:-1] if kind == "iri" else declared.get(prefix, "") + local
    try:
        found = known(NamedNode(iri))
    except ValueError:
        return  # no IRI: the parser will say so
    if not found:
        raise QueryError(
            f"Query, {place(text, start)}: FROM names the graph <{iri}>, which is not here.",
            remedy="Graphs are not fetched: add the data with kg.add() first.",
        )
