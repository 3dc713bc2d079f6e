"""The words of a SPARQL query, to refuse what a stranger's query must not do.

The texts, IRIs and comments of a query are cut out by the terminals of the SPARQL grammar, so
that nothing can hide in them. A query is read twice, as it stands and with its code point
escapes (``\u0053``) resolved, since engines differ in when they resolve them.
"""

from __future__ import annotations

import re

_CUT = re.compile(
    r'"""(?:"{0,2}(?:[^"\\]|\\.))*"""|'
    r"\'\'\'(?:\'{0,2}(?:[^\'\\]|\\.))*\'\'\'|"
    r'"(?:[^"\\\n\r]|\\.)*"|'
    r"\'(?:[^\'\\\n\r]|\\.)*\'|"
    r'<[^<>"{}|^`\\\x00-\x20]*>|'
    r"#[^\n\r]*"
)
_WORD = re.compile(r"[?$]?[A-Za-z_][\w-]*:?")
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


def words(query: str) -> set[str]:
    """The words of a query in capitals: keywords, variables, and prefixes with their colon.

    >>> sorted(words("SELECT $this { $this ex:p 'SERVICE' } # FROM"))
    ['$THIS', 'EX:', 'P', 'SELECT']
    >>> "SERVICE" in words(r"SELECT * { \u0053ERVICE ?s { } }")
    True
    """
    readings = (query, _ESCAPE.sub(_resolve, query))
    return {word.upper() for text in readings for word in _WORD.findall(_CUT.sub(" ", text))}


def _resolve(match: re.Match[str]) -> str:
    number = int(match[1] or match[2], 16)
    return chr(number) if number <= 0x10FFFF else match[0]
