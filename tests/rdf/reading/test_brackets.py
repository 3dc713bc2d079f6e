"""Brackets without end: told before the parser fills the memory with them."""

from __future__ import annotations

from itertools import chain

import pytest

from glocal_kg._rdf.reading import Text, open_source, term_depth
from glocal_kg.errors import ReadError

SAID = "<urn:a> <urn:p> "


def _read(text: str, format: str = "turtle") -> int:
    return len(list(open_source(Text(text, format)).quads()))


@pytest.mark.parametrize(
    ("text", "format"),
    [
        (SAID + "(" * 200_000, "turtle"),
        (SAID + "[<urn:p> " * 200_000, "turtle"),
        ("<" * 1_000_000, "turtle"),
        ("<< " * 200_000, "trig"),
        (SAID + "(" * 200_000 + ")" * 200_000 + " .", "trig"),
        (SAID + ("(" * 60_000 + "#" + ")" * 99_999 + "\n") * 2, "turtle"),
    ],
)
def test_too_many_open_brackets_are_told(text, format) -> None:
    with pytest.raises(ReadError, match="More than 100,000 brackets are open at once"):
        _read(text, format)


@pytest.mark.parametrize(
    "text",
    [
        SAID + ", ".join(["()", "[]", "(1)"] * 70_000) + " .",
        SAID + '"' + "(" * 200_000 + '" .',
        SAID + "'''" + "<<[(" * 60_000 + "\"''' . #" + "[" * 200_000,
        SAID + "<urn:" + "(" * 200_000 + "> .",
        "@prefix e: <urn:e:> . " + SAID + "e:" + r"\(" * 150_000 + " .",
        SAID + "(" * 1_000 + ")" * 1_000 + " .",
    ],
)
def test_many_brackets_that_are_closed_or_in_texts_are_read(text) -> None:
    assert _read(text) >= 1


def test_what_is_closed_is_open_no_more(monkeypatch) -> None:
    monkeypatch.setattr(term_depth, "PIECE", 10)
    monkeypatch.setattr(term_depth, "BRACKETS", 20)
    assert _read("".join(chain.from_iterable([SAID, "(1) .\n"] for _ in range(50)))) == 150
