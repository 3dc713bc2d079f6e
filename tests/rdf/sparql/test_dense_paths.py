"""Repeated paths where nearly all nodes are linked with nearly all others: the same, and soon."""

from __future__ import annotations

from random import Random
from time import process_time

import numpy as np
import pytest
from pyoxigraph import NamedNode, Quad

from glocal_kg._questions.ask import ask
from glocal_kg._rdf.sparql import paths
from glocal_kg._rdf.store.facts import Facts

PAIRS = "SELECT ?x ?y { ?x %s ?y }"


def facts(links: set[tuple[int, int]]) -> Facts:
    names = [NamedNode(f"urn:{way}") for way in "ab"]
    return Facts.of(
        Quad(NamedNode(f"urn:n{one}"), names[(one + two) % 2], NamedNode(f"urn:n{two}"))
        for one, two in links
    )


def reached(links: set[tuple[int, int]], nodes: int) -> set[tuple[str, str]]:
    """Which node leads to which, by one step or more."""
    step = np.zeros((nodes, nodes), bool)
    for one, two in links:
        step[one, two] = True
    for middle in range(nodes):
        step |= step[:, middle : middle + 1] & step[middle]
    return {(f"urn:n{one}", f"urn:n{two}") for one, two in np.argwhere(step).tolist()}


@pytest.mark.parametrize("number", range(12))
def test_who_is_everywhere_is_led_no_further(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "_WIDE", -1)
    chance = Random(number)
    nodes, share = chance.randrange(2, 14), chance.choice([0.1, 0.3, 0.9])
    every = [(one, two) for one in range(nodes) for two in range(nodes)]
    links = {link for link in every if chance.random() < share}
    found = ask(facts(links), PAIRS % "(<urn:a>|<urn:b>)+")
    rows = [(one.value, two.value) for one, two in found.terms]
    assert len(rows) == len(set(rows))
    assert set(rows) == reached(links, nodes)
    backward = ask(facts(links), PAIRS % "^(<urn:a>|<urn:b>)+")
    assert {(two.value, one.value) for one, two in backward.terms} == set(rows)


@pytest.mark.timeout(60)
def test_all_nodes_linked_with_all_others_are_no_work_of_the_third_power() -> None:
    dense = facts({(one, two) for one in range(250) for two in range(250)})
    start = process_time()
    count = ask(dense, "SELECT (COUNT(*) AS ?n) { ?x (<urn:a>|<urn:b>)* ?y }")
    assert count.terms[0][0].value == "62500"
    assert process_time() - start < 1.5
