"""What was probably meant by a word that SPARQL does not have at its place."""

from __future__ import annotations

from glocal_kg._rdf.sparql.words import AGGREGATES, FUNCTIONS, KEYWORDS

_OTHERS = {
    "==": "Equality is one sign: ?x = ?y.",
    "<>": "Unequal is !=.",
    "AND": "Patterns are parted by a point, tests in a filter by &&.",
    "OR": "Write UNION between groups, || in a filter.",
    "LIKE": 'Write CONTAINS(?x, "part") or REGEX(?x, "pattern").',
    "IS": "Write BOUND(?x) or !BOUND(?x).",
    "NULL": "Write BOUND(?x) or !BOUND(?x).",
    "BETWEEN": "Write ?x >= 1 && ?x <= 9.",
    "TOP": "Write LIMIT 10 at the end.",
    "JOIN": "Patterns with a variable in common are joined by it.",
    "LET": "Write BIND(expression AS ?name).",
    "BINDINGS": "Write VALUES.",
    "VERSION": "Leave it out: queries are SPARQL 1.1.",
}
"""What other languages have, and other versions."""
_LATER = frozenset(
    {"TRIPLE", "ISTRIPLE", "SUBJECT", "PREDICATE", "OBJECT", "LANGDIR", "STRLANGDIR", "HASLANG",
     "HASLANGDIR"}
)  # fmt: skip
"""Functions of SPARQL 1.2."""


def meant(found: str, after: str, expected: str) -> str:
    """What to write in the place of a word; empty where nobody can know.

    ``found`` is the word, ``after`` what stands behind it, ``expected`` what was expected there.

    >>> meant("OPTINAL", "{", "a pattern or '}'"), meant("CONTAIN", "(", "a value")
    ('Did you mean OPTIONAL?', 'Did you mean CONTAINS?')
    """
    word = found.upper()
    if word == "=" and expected.startswith("a value"):
        return _OTHERS["=="]
    if word in _OTHERS:
        return _OTHERS[word]
    if expected == "BY":
        return f"Write BY before {found}."
    if expected == "AS":
        return f"Write AS before {found}: (expression AS ?name)."
    if expected == "an expression in brackets or a function":
        return "Write the test in brackets: FILTER(?x = ?y)."
    if word == "WHERE":
        return "Patterns and filters stand in one pair of braces: WHERE { ... FILTER(?x = ?y) }."
    if word in _LATER:
        return "Triple terms and directions of texts are SPARQL 1.2: queries are SPARQL 1.1."
    if word in ("NOT", "EXISTS") and expected.endswith("'}'"):
        return "Write FILTER before it: FILTER NOT EXISTS { ... }."
    if word == "GRAPH" and expected.startswith("a triple"):
        return "A template makes triples, of no graph: leave GRAPH out."
    if word in FUNCTIONS or word in AGGREGATES:
        computed = after == "(" and expected.startswith("a variable, an IRI")
        return "A value is computed before it: with BIND, or in a subquery." if computed else ""
    if not word.isalpha() or word in KEYWORDS:
        return ""
    from difflib import get_close_matches

    names = (*FUNCTIONS, *AGGREGATES) if after == "(" and not expected.endswith("'}'") else ()
    close = get_close_matches(word, (*names, *KEYWORDS), 1, 0.7)
    return f"Did you mean {close[0]}?" if close else ""
