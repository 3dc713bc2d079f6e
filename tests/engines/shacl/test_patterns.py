"""Patterns over many texts: each text is taken as it is written, whatever stands in it."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal

from glocal_kg._engines.shacl import patterns
from glocal_kg._engines.shacl.facets import Facets
from glocal_kg._rdf.sparql import linear
from glocal_kg._rdf.store.dictionary import Dictionary
from glocal_kg.errors import TooLargeError

TEXTS = st.lists(st.text(st.sampled_from('ab"\\\n\r\t\u00e9?{}<>$^ '), max_size=6), max_size=9)


@given(texts=TEXTS)
def test_texts_with_marks_of_the_query_language(texts):
    expected = {text for text in texts if not re.search("^[^b]*a", text)}
    assert patterns.without_match(texts, "^[^b]*a", "") == expected


def test_more_texts_than_one_query_takes(monkeypatch):
    monkeypatch.setattr(linear, "_TOGETHER", 6)
    texts = [*"abcdefgh", '"', "a\\"]
    assert patterns.without_match(texts, "([a-c]+)+", "") == {*"defgh", '"'}


@pytest.mark.parametrize(
    ("pattern", "flags", "good", "bad"),
    [
        (r"^\i\c*$", "", ["ab", "_:x", "é-1"], ["", "1a", "a b", "-a"]),
        (r"^\I\C$", "", ["1 ", "- "], ["a ", "1a"]),
        (r"^[\i-[:]]\c*$", "", ["a:b", "x"], [":a"]),
        (r"^\p{IsBasicLatin}+$", "", ["abc 1"], ["é", ""]),
        (r"^\P{IsBasicLatin}+$", "", ["é", "ж"], ["a", "éa"]),
        (r"^[\p{IsGreek}0-9]+$", "", ["αβ1"], ["a", "ж"]),
        (r"^[^\P{IsCyrillic}]+$", "", ["жук"], ["a"]),
        ("^[a-z-[aeiou]]+$", "", ["xyz"], ["abc", ""]),
        ("^[^a-z-[0-9]]+$", "", ["ABC"], ["a", "A1"]),
        ("^[a-z-[a-f-[c]]]+$", "", ["cg"], ["a", "d"]),
        ("^[a&&b~~]+$", "", ["a&~b"], ["c"]),
        (r"^\s$", "", [" ", "\t"], ["\u00a0", "\u2003"]),
        ("^ a [ ] b $", "x", ["a b"], ["ab", "a  b"]),
        ("a.c", "q", ["xa.cx"], ["abc"]),
        (r"^\p{Lu}\p{L}*$", "", ["Ærø"], ["ærø"]),
        ("^h.llo$", "is", ["HELLO", "h\nllo"], ["hllo"]),
    ],
)
def test_the_syntax_of_xpath(pattern, flags, good, bad):
    assert patterns.check_pattern(pattern, flags) is None
    assert patterns.without_match([*good, *bad], pattern, flags) == set(bad)


@pytest.mark.parametrize(
    "pattern", ["[a", "[a-z-[b]c]", r"\p{IsNowhere}", "(", "a{2,1}", r"(a)\1", "(?=a)", "[]"]
)
def test_what_is_no_pattern(pattern):
    assert patterns.check_pattern(pattern, "") is not None


def test_no_pattern_takes_long():
    texts = ["a" * 5_000 + "!"]
    assert patterns.without_match(texts, "^(a+)+$", "") == set(texts)


LONG = "b" * 300_000


@pytest.mark.timeout(60)  # letter by letter it would take the square, or the third power
@pytest.mark.parametrize(
    ("pattern", "ends"), [("b*c", "bc"), (".*b.*c", "bc"), ("b[^a]*c$", "bc"), (r"b+\s", "b ")]
)
def test_no_text_takes_long(pattern, ends):
    terms = Dictionary()
    texts = [LONG, f"{LONG}{ends}", f"{LONG}\\", *("b" * 50 for _ in range(80))]
    numbers = [terms.add(Literal(f"{text}-{n}"[: len(text)])) for n, text in enumerate(texts)]
    column = np.array(sorted(set(numbers)), np.int32)
    found = Facets(terms).matches(column, pattern, "")
    good = [number for number, yes in zip(column.tolist(), found.tolist(), strict=True) if yes]
    assert good == [numbers[1]]


def test_a_text_too_long_for_a_pattern_is_told():
    with pytest.raises(TooLargeError, match=r"A text of 300,000 letters .* of 501 signs"):
        patterns.without_match([LONG], "b{1,500}c", "")
