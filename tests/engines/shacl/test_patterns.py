"""Patterns over many texts: each text is taken as it is written, whatever stands in it."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from glocal_kg._engines.shacl import patterns

TEXTS = st.lists(st.text(st.sampled_from('ab"\\\n\r\t\u00e9?{}<>$^ '), max_size=6), max_size=9)


@given(texts=TEXTS)
def test_texts_with_marks_of_the_query_language(texts):
    expected = {text for text in texts if not re.search("^[^b]*a", text)}
    assert patterns.without_match(texts, "^[^b]*a", "") == expected


def test_more_texts_than_one_query_takes(monkeypatch):
    monkeypatch.setattr(patterns, "_BATCH", 3)
    texts = [*"abcdefgh", '"', "a\\"]
    assert patterns.without_match(texts, "[a-c]", "") == {*"defgh", '"'}
