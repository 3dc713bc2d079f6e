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

    ``text`` is as it stands in the file; ``before`` are the comments and blank lines that stand
    before it, and ``within`` the comments inside it.
    """

    kind: Kind
    text: str
    before: list[str]
    within: list[str]


def blocks(text: str) -> list[Block]:
    """The pieces of a file in its order; their texts and comments are all there is in it.

    >>> [(b.kind, b.text, b.before) for b in blocks("# x\\n@prefix a: <b:> .\\na:b a a:c .\\n")]
    [('directive', '@prefix a: <b:> .', ['# x']), ('statement', 'a:b a a:c .', []), ('end', '', [])]
    """
    cutter = _BlockCutter(text)
    for match in _TOKEN.finditer(text):
        cutter.take(match.lastgroup or "", match.group(), match.start(), match.end())
    cutter.close("end", len(text))
    return cutter.found


class _BlockCutter:
    def __init__(self, text: str) -> None:
        self.text = text
        self.found: list[Block] = []
        self.before: list[str] = []
        self.within: list[str] = []
        self.start: int | None = None  # of the piece that is being read
        self.depth = 0
        self.fresh = True  # nothing but space since the last newline

    def take(self, kind: str, token: str, start: int, end: int) -> None:
        if kind == "newline":
            if self.start is None and self.fresh:
                self.before.append("")
            self.fresh = True
            return
        if kind == "space":
            return
        self.fresh = False
        if kind == "comment":
            (self.before if self.start is None else self.within).append(token)
        elif kind == "brace":
            self.close("open" if token == "{" else "close", start)
        else:
            self.start = start if self.start is None else self.start
            self.depth += (kind == "open") - (kind == "close")
            here = self.text[self.start : end]
            if token == "." and self.depth == 0:
                directive = here[:7].lower().startswith(("@prefix", "@base"))
                self.close("directive" if directive else "statement", end)
            elif kind == "iri" and self.depth == 0 and _SPARQL.fullmatch(here):
                self.close("directive", end)

    def close(self, kind: Kind, end: int) -> None:
        """End the piece that is being read at ``end``."""
        text = self.text[end if self.start is None else self.start : end].strip()
        self.found.append(Block(kind, text, self.before, self.within))
        self.before, self.within, self.start = [], [], None


_SPARQL = re.compile(r"(?i)(prefix\s+\S*:|base)\s*<[^>]*>")  # these end without a stop
