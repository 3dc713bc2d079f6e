"""The words of SPARQL 1.1: keywords, functions with their arguments, aggregates."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

AGGREGATES: Final = frozenset({"COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT"})
# Functions with the least and the most arguments they take; -1: any number.
FUNCTIONS: Final[dict[str, tuple[int, int]]] = {
    "STR": (1, 1), "LANG": (1, 1), "LANGMATCHES": (2, 2), "DATATYPE": (1, 1), "BOUND": (1, 1),
    "IRI": (1, 1), "URI": (1, 1), "BNODE": (0, 1), "RAND": (0, 0), "ABS": (1, 1), "CEIL": (1, 1),
    "FLOOR": (1, 1), "ROUND": (1, 1), "CONCAT": (0, -1), "STRLEN": (1, 1), "UCASE": (1, 1),
    "LCASE": (1, 1), "ENCODE_FOR_URI": (1, 1), "CONTAINS": (2, 2), "STRSTARTS": (2, 2),
    "STRENDS": (2, 2), "STRBEFORE": (2, 2), "STRAFTER": (2, 2), "YEAR": (1, 1), "MONTH": (1, 1),
    "DAY": (1, 1), "HOURS": (1, 1), "MINUTES": (1, 1), "SECONDS": (1, 1), "TIMEZONE": (1, 1),
    "TZ": (1, 1), "NOW": (0, 0), "UUID": (0, 0), "STRUUID": (0, 0), "MD5": (1, 1),
    "SHA1": (1, 1), "SHA256": (1, 1), "SHA384": (1, 1), "SHA512": (1, 1), "COALESCE": (0, -1),
    "IF": (3, 3), "STRLANG": (2, 2), "STRDT": (2, 2), "SAMETERM": (2, 2), "ISIRI": (1, 1),
    "ISURI": (1, 1), "ISBLANK": (1, 1), "ISLITERAL": (1, 1), "ISNUMERIC": (1, 1),
    "REGEX": (2, 3), "SUBSTR": (2, 3), "REPLACE": (3, 4),
}  # fmt: skip
UPDATES: Final = (
    "INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH",
)  # fmt: skip
FORMS: Final = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
KEYWORDS: Final = (
    *FORMS, "PREFIX", "BASE", "WHERE", "FROM", "NAMED", "FILTER", "OPTIONAL", "UNION", "MINUS",
    "GRAPH", "BIND", "VALUES", "EXISTS", "NOT", "DISTINCT", "REDUCED", "GROUP", "HAVING", "ORDER",
    "LIMIT", "OFFSET", "ASC", "DESC", "UNDEF",
)  # fmt: skip
"""Those that a misspelt word may be meant for; the others are too short to tell."""
WORDS: Final = frozenset(
    {*KEYWORDS, *FUNCTIONS, *AGGREGATES, *UPDATES, "AS", "BY", "IN", "TRUE", "FALSE", "SERVICE",
     "SILENT", "SEPARATOR"}
)  # fmt: skip


def first_word(text: str) -> int:
    """How many letters the first keyword takes where nothing stands between several.

    The longest token is the one (19.8), and no token is longer than a keyword: ``LIMIT10`` are
    two. A text that is not made of keywords and whole numbers alone is one word, and no SPARQL.

    >>> first_word("FILTERISIRI"), first_word("LIMIT10OFFSET5"), first_word("FILTERS")
    (6, 5, 7)
    """
    found = _several().match(text)
    return found.end(1) if found else len(text)


@cache
def _several() -> re.Pattern[str]:
    words = "|".join(sorted(WORDS, key=len, reverse=True))
    return re.compile(rf"((?>{words}))(?>{words}|[0-9]+)*\Z")
