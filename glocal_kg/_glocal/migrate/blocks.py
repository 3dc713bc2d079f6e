"""A Turtle or TriG file cut into its statements, each with the comment before it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

_TOKEN = re.compile(
    r"""(?P<comment>\#[^\n]*)
      | (?P<long>\"{3}(?:[^"\\]|\\.|\"(?!\"\"))*\"{3}|'{3}(?:[^'\\]|\\.|'(?!''))*'{3})
      | (?P<string>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
      | (?P<iri><[^<>"{}|^`\\\s]*>)
      | (?P<newline>\n)
      | (?P<space>[ \t\r]+)
      | (?P<open>[\[(])
      | (?P<close>[\])])
      | (?P<brace>[{}])
      | (?P<word>(?:[^\s\[\](){}"'<>;,.\#]|\.(?=[\w:%\\-])|(?<=\S)\#)+)
      | (?P<sign>.)""",
    re.VERBOSE | re.DOTALL,
)

Kind = Literal["directive", "open", "close", "statement", "end"]


@dataclass(slots=True)
class Block:
    """A piece of a file: a directive, a statement, or the opening or closing of a graph.

    ``before`` are the lines of comment and the blank lines that stand before it.
    """

    kind: Kind
    text: str
    before: list[str]


def blocks(text: str) -> list[Block]:
    """The pieces of a file in its order; their texts and comments are all there is in it.

    >>> [(b.kind, b.text, b.before) for b in blocks("# x\\n@prefix a: <b:> .\\na:b a a:c .\\n")]
    [('directive', '@prefix a: <b:> .', ['# x']), ('statement', 'a:b a a:c .', []), ('end', '', [])]
    """
    found: list[Block] = []
    before: list[str] = []
    piece: list[str] = []
    depth = 0
    fresh = True  # nothing but space since the last newline
    for match in _TOKEN.finditer(text):
        kind, token = match.lastgroup, match.group()
        if kind == "comment":
            before.append(token)
            fresh = False
            continue
        if kind in ("newline", "space"):
            if kind == "newline":
                if not piece and fresh:
                    before.append("")
                fresh = True
            if piece:
                piece.append(" " if kind == "space" else "\n")
            continue
        fresh = False
        if kind == "brace":
            head = "".join(piece).strip()
            found.append(Block("open" if token == "{" else "close", head, before))
            before, piece = [], []
            continue
        depth += (kind == "open") - (kind == "close")
        piece.append(token)
        if token == "." and depth == 0:
            statement = "".join(piece).strip()
            start = statement[:8].lower()
            directive = start.startswith(("@prefix", "@base"))
            found.append(Block("directive" if directive else "statement", statement, before))
            before, piece = [], []
        elif kind == "iri" and depth == 0 and _sparql_directive("".join(piece)):
            found.append(Block("directive", "".join(piece).strip(), before))
            before, piece = [], []
    found.append(Block("end", "".join(piece).strip(), before))
    return found


def _sparql_directive(text: str) -> bool:
    """True for a whole ``PREFIX a: <b>`` or ``BASE <b>``, which end without a stop."""
    return re.fullmatch(r"(?i)\s*(prefix\s+\S*:|base)\s*<[^>]*>", text) is not None
