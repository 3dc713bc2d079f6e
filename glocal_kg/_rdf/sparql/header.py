"""The header of a question: lines that start with ``#+``, in the part of YAML it needs.

Keys with plain or quoted values, ``[lists]``, ``{maps}``, text folded with ``>``, and blocks
indented below a key. Every header is also read as YAML in the tests, with the same result.
"""

from __future__ import annotations

from glocal_kg._rdf.arguments import TEXT, expect
from glocal_kg.errors import QueryError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeAlias

HeaderValue: TypeAlias = (
    "str | int | float | bool | list[HeaderValue] | dict[str, HeaderValue] | None"
)

MARK = "#+"


def read_header(text: str, name: str) -> dict[str, HeaderValue]:
    """The header of a query file as a dictionary.

    Raises ``QueryError`` that names the file and the line.

    >>> read_header("#+ tags: [map, order]\\n#+ params:\\n#+   n: {type: integer}\\nASK {}", "q.rq")
    {'tags': ['map', 'order'], 'params': {'n': {'type': 'integer'}}}
    """
    expect("text", text, TEXT)
    lines: list[tuple[int, int, str]] = []  # line number, indent, text
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith(MARK) and line.removeprefix(MARK).strip():
            content = line.removeprefix(MARK)
            stripped = content.strip()
            lines.append((number, len(content) - len(content.lstrip()), stripped))
    reader = _HeaderReader(lines, name)
    try:
        found = reader.block(lines[0][1]) if lines else {}
    except RecursionError:
        raise reader.problem("too many brackets are open") from None
    if reader.at < len(lines):
        raise reader.problem("this line is indented less than the first")
    assert isinstance(found, dict)
    return found


class _HeaderReader:
    """Reads the lines of a header from top to bottom."""

    def __init__(self, lines: list[tuple[int, int, str]], name: str) -> None:
        self.lines = lines
        self.name = name
        self.at = 0

    def problem(self, what: str) -> QueryError:
        number, _, text = self.lines[min(self.at, len(self.lines) - 1)]
        return QueryError(
            f"{self.name}:{number}: {what}: `{text[:60]}`.",
            remedy="Write the header as 'key: value' lines of simple YAML.",
        )

    def block(self, indent: int) -> HeaderValue:
        """The keys, or the items, that are indented by exactly so much."""
        if self.lines[self.at][2].startswith("- "):
            return self._items(indent)
        found: dict[str, HeaderValue] = {}
        while self.at < len(self.lines) and self.lines[self.at][1] >= indent:
            _, here, text = self.lines[self.at]
            if here != indent:
                raise self.problem("this line is indented more than its neighbors")
            key, colon, rest = text.partition(":")
            if not colon or (rest and not rest.startswith(" ")):
                raise self.problem("a key and a colon are missing")
            if key in found:
                raise self.problem(f"the key '{key}' comes twice")
            found[key] = self._value(rest.strip(), indent)
        return found

    def _items(self, indent: int) -> list[HeaderValue]:
        found: list[HeaderValue] = []
        while self.at < len(self.lines) and self.lines[self.at][1] == indent:
            text = self.lines[self.at][2]
            if not text.startswith("- "):
                raise self.problem("an item with '- ' is missing")
            found.append(self._flow(text[2:].strip()))
            self.at += 1
        return found

    def _value(self, text: str, indent: int) -> HeaderValue:
        below = self.at + 1 < len(self.lines) and self.lines[self.at + 1][1] > indent
        if text in (">", ">-"):
            words = []
            self.at += 1
            while self.at < len(self.lines) and self.lines[self.at][1] > indent:
                words.append(self.lines[self.at][2])
                self.at += 1
            return " ".join(words) + ("\n" if text == ">" else "")
        if not text and below:
            self.at += 1
            return self.block(self.lines[self.at][1])
        if not text:
            self.at += 1
            return None
        found = self._flow(text)
        self.at += 1
        return found

    def _flow(self, text: str) -> HeaderValue:
        """A value on one line."""
        if text[0] not in "[{\"'":
            if (
                ": " in text
                or " #" in text
                or text[0] in "&*!|>%@`#"
                or text[:2] in ("- ", "? ", "-", "?")
            ):
                raise self.problem("this text needs quotes")
            return _plain(text)
        value, end = self._nested(text, 0)
        if text[end:].strip():
            raise self.problem("something follows the value")
        return value

    def _nested(self, text: str, at: int) -> tuple[HeaderValue, int]:
        at = _skip(text, at)
        if at >= len(text):
            raise self.problem("a value is not closed")
        if text[at] == "[":
            return self._sequence(text, at + 1)
        if text[at] == "{":
            return self._mapping(text, at + 1)
        if text[at] in "\"'":
            return self._quoted(text, at)
        end = at
        while end < len(text) and text[end] not in ",]}" and not text.startswith(": ", end):
            end += 1
        return _plain(text[at:end].strip()), end

    def _sequence(self, text: str, at: int) -> tuple[HeaderValue, int]:
        found: list[HeaderValue] = []
        while True:
            at = _skip(text, at)
            if text[at : at + 1] == "]":
                return found, at + 1
            value, at = self._nested(text, at)
            found.append(value)
            at = self._after(text, at, "]")

    def _mapping(self, text: str, at: int) -> tuple[HeaderValue, int]:
        found: dict[str, HeaderValue] = {}
        while True:
            at = _skip(text, at)
            if text[at : at + 1] == "}":
                return found, at + 1
            key, at = self._nested(text, at)
            if text[at : at + 1] != ":" or not isinstance(key, str):
                raise self.problem("a key and a colon are missing")
            found[key], at = self._nested(text, at + 1)
            at = self._after(text, at, "}")

    def _after(self, text: str, at: int, close: str) -> int:
        at = _skip(text, at)
        if text[at : at + 1] == ",":
            return at + 1
        if text[at : at + 1] != close:
            raise self.problem(f"a comma or '{close}' is missing")
        return at

    def _quoted(self, text: str, at: int) -> tuple[HeaderValue, int]:
        quote, end = text[at], at + 1
        while end < len(text) and text[end] != quote:
            end += 2 if quote == '"' and text[end] == "\\" else 1
        if end >= len(text):
            raise self.problem("a quote is not closed")
        content = text[at + 1 : end]
        if "\\" in content and quote == '"':
            content = content.replace('\\"', '"').replace("\\\\", "\\")
        return content, end + 1


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at] == " ":
        at += 1
    return at


def _plain(text: str) -> HeaderValue:
    if text in ("true", "false"):
        return text == "true"
    if text in ("null", "~", ""):
        return None
    digits = text.removeprefix("-")
    if digits.isdigit():
        return int(text)
    whole, dot, part = digits.partition(".")
    if dot and whole.isdigit() and part.isdigit():
        return float(text)
    return text
