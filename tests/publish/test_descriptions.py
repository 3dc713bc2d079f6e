"""What describes a release of many classes: each statement and each text once."""

from __future__ import annotations

import json
import tracemalloc
from random import Random
from typing import Any

import pytest

from glocal_kg._publish.descriptions import cards
from glocal_kg._publish.descriptions.statements import Statements
from glocal_kg._rdf.namespaces import VOID


def partitions(number: int) -> str:
    """The Turtle of a description with so many nodes that have no name."""
    said = Statements()
    for each in range(number):
        part = said.blank()
        said.say("https://example.org/d", VOID.classPartition, part)
        said.say(part, VOID["class"], f"https://example.org/terms#{each}")
        said.say(part, VOID.triples, each)
    return said.turtle({})


def test_a_description_is_held_as_lines_alone() -> None:
    """Beside what is looked up of nodes without a name; triples as objects pass this by a fifth."""
    partitions(1)
    tracemalloc.start()
    try:
        text = partitions(3000)
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert most < 30 * len(text)


def content(chance: Random, depth: int) -> Any:
    kind = chance.random() if depth else 0
    if kind < 0.3:
        return chance.choice([None, True, 2.5, "", "two\nlines", "caffè " * 9, "x" * 70, [], {}])
    members = [content(chance, depth - 1) for _ in range(chance.randint(0, 6))]
    return members if kind < 0.65 else {f"è{place}": one for place, one in enumerate(members)}


@pytest.mark.parametrize("seed", range(20))
def test_a_card_is_short_lines_and_each_text_is_written_once(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = {"card": [content(Random(f"{seed} {place}"), 5) for place in range(20)]}
    written: list[str] = []
    encode = cards._flat
    monkeypatch.setattr(cards, "_flat", lambda one: written.append(encode(one)) or written[-1])
    text = cards.as_json(card)
    assert json.loads(text) == card
    assert sum(map(len, written)) <= len(text)


def test_what_is_short_stands_on_one_line() -> None:
    assert cards.as_json({"a": [1, {"b": 2}]}) == '{"a": [1, {"b": 2}]}\n'
    long = "x" * cards._WIDE
    assert cards.as_json({"a": [long, 1]}) == f'{{\n "a": [\n  "{long}",\n  1\n ]\n}}\n'
