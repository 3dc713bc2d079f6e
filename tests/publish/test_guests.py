"""What is somebody's own in a release of the packaged graph is told."""

from __future__ import annotations

from pathlib import Path

import glocal_kg as gk
from glocal_kg._publish.gathering.about import About
from glocal_kg._publish.gathering.agents import Agent
from glocal_kg._publish.gathering.parts import GraphFile
from glocal_kg._publish.publishing import _guests

PACKAGED = GraphFile("https://w3id.org/glocal/graph/deck", "", Path(), triples=500)
MINE = GraphFile("https://w3id.org/glocal/graph/import/ok", "", Path(), triples=73)


def about(space: str) -> About:
    me = Agent("Us")
    license = "https://creativecommons.org/licenses/by/4.0/"
    return About({"en": "T"}, {}, "1.0.0", "2026-01-31", license, (me,), me, "", "", space)


def test_what_is_ones_own_in_a_release_of_ours_is_told() -> None:
    assert gk.load().graphs()  # the names of the packaged graphs are those of the package
    [note] = _guests([PACKAGED, MINE], about("https://w3id.org/glocal/"))
    assert "73 statements of yours are in this release" in note
    assert MINE.name in note
    assert "CC-BY-4.0" in note
    assert "not validated" in note


def test_nothing_is_told_of_a_release_that_is_all_ours_or_all_of_others() -> None:
    assert not list(_guests([PACKAGED], about("https://w3id.org/glocal/")))
    assert not list(_guests([MINE], about("https://my.example/")))
