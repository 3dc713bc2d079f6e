"""JSON with the line of each of its values, for who asks where something stands."""

from __future__ import annotations

import re
from json import JSONDecoder
from typing import Any, Final

from glocal_kg._rdf.reading.jsonld.faults import JsonLdFault
from glocal_kg._rdf.reading.jsonld.json_text import constant, integer, twice

_BLANKS: Final = re.compile(r"[ \t\n\r]*")
_SCALARS: Final = JSONDecoder(parse_constant=constant, parse_int=integer)


class PlacedObject(dict[str, Any]):
    """An object that knows its line, and those of its values."""

    __slots__ = ("line", "lines")

    line: int
    lines: list[int]

    def line_of(self, key: str) -> int:
        """The line of the value of a key."""
        return self.lines[list(self).index(key)]


class PlacedList(list[Any]):
    """A list that knows the lines of its values."""

    __slots__ = ("lines",)

    lines: list[int]


def placed(text: str) -> Any:
    """The content of a text that is known to be JSON, with lines; faults have theirs.

    >>> placed('{"a":\\n 1, "b": [2,\\n3]}').lines
    [2, 2]
    """
    return _Reader(text).value(0)[0]


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = text
        self._line, self._last = 1, 0

    def value(self, at: int) -> tuple[Any, int]:
        """The value that begins at a place or behind the blanks there, and where it ends."""
        at, line = self._next(at)
        sign = self._text[at]
        if sign not in "{[":
            try:
                return _SCALARS.raw_decode(self._text, at)
            except JsonLdFault as fault:
                fault.line = line
                raise
        whole: PlacedObject | PlacedList = PlacedObject() if sign == "{" else PlacedList()
        lines: list[int] = []
        at, _ = self._next(at + 1)
        while self._text[at] not in "}]":
            key = ""
            if isinstance(whole, PlacedObject):
                key, at = _SCALARS.raw_decode(self._text, at)
                if key in whole:
                    raise twice(key, self._line)
                at = self._next(at)[0] + 1
            at, there = self._next(at)
            lines.append(there)
            found, at = self.value(at)
            if isinstance(whole, PlacedObject):
                whole[key] = found
            else:
                whole.append(found)
            at, _ = self._next(at)
            if self._text[at] == ",":
                at, _ = self._next(at + 1)
        whole.lines = lines
        if isinstance(whole, PlacedObject):
            whole.line = line
        return whole, at + 1

    def _next(self, at: int) -> tuple[int, int]:
        """The place behind blanks, and its line; places only grow."""
        found = _BLANKS.match(self._text, at)
        at = found.end() if found else at
        self._line += self._text.count("\n", self._last, at)
        self._last = at
        return at, self._line
