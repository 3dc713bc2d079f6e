"""A misspelt attribute is told in our words alone; Python adds a guess to errors without a name."""

from __future__ import annotations

import pytest

import glocal_kg as gk


def of_a_graph():
    return gk.load().querry


def of_a_table():
    return gk.load().run("map/principles").to_panda


def of_a_row():
    return next(iter(gk.load().run("map/principles"))).principl


def of_a_namespace():
    return gk.GLOCAL.Practise


@pytest.mark.parametrize("ask", [of_a_graph, of_a_table, of_a_row, of_a_namespace])
def test_the_suggestion_stands_there_once(ask):
    with pytest.raises(AttributeError) as caught:
        ask()
    assert caught.value.name == ask.__code__.co_names[-1]
    assert caught.value.obj is None, "Python would look for a near name in it"
