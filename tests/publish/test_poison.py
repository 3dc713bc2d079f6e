"""Canonical names within a limit: graphs that are made to stop software are refused."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from pyoxigraph import BlankNode, CanonicalizationAlgorithm, Dataset, NamedNode, Quad

from glocal_kg._publish import compare
from glocal_kg._publish.lines import poison
from glocal_kg._publish.lines.canonical import canonical_blanks, canonical_hash
from glocal_kg.errors import GlocalError
from tests.publish.samples import graphs

P = NamedNode("https://example.org/p")


def clique(size: int) -> list[Quad]:
    nodes = [BlankNode(f"n{number}") for number in range(size)]
    return [Quad(one, P, other) for one in nodes for other in nodes if one != other]


def plainly(quads: list[Quad]) -> list[str]:
    dataset = Dataset(quads)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return sorted(f"{quad} ." for quad in dataset)


@pytest.mark.timeout(60)  # all permutations would take years
def test_a_poisoned_graph_is_refused_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(poison, "SECONDS", 1.0)
    with pytest.raises(GlocalError, match="all look alike"):
        canonical_hash(clique(10))
    with pytest.raises(GlocalError, match="all look alike"):
        compare(clique(10), clique(3))


def test_names_are_the_same_in_another_process() -> None:
    many = clique(6)
    assert canonical_blanks(many) == plainly(many)
    assert poison._largest_knot(many) == 6


@given(graphs)
def test_the_limit_changes_no_name(quads: list[Quad]) -> None:
    blank = [quad for quad in quads if any(isinstance(term, BlankNode) for term in quad)]
    assert canonical_blanks(blank) == plainly(blank)


def test_much_is_named_in_another_process_without_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    many = [Quad(BlankNode(f"n{n}"), P, NamedNode(f"https://example.org/{n}")) for n in range(99)]
    monkeypatch.setattr(poison, "_MANY", 98)
    monkeypatch.setattr(poison, "SECONDS", 0)
    assert canonical_blanks(many) == plainly(many)


def test_lists_and_chains_are_no_poison() -> None:
    chain = [Quad(BlankNode(f"n{n}"), P, BlankNode(f"n{n + 1}")) for n in range(4)]
    assert poison._largest_knot(chain) <= 5
    stars = [Quad(NamedNode(f"https://example.org/{n}"), P, BlankNode(f"n{n}")) for n in range(99)]
    assert poison._largest_knot(stars) == 0


def test_ctrl_c_ends_the_work(tmp_path: Path) -> None:
    data = tmp_path / "clique.nt"
    data.write_text("".join(f"{quad} .\n" for quad in clique(10)))
    process = subprocess.Popen(
        [sys.executable, "-m", "glocal_kg", "compare", str(data), str(data)],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    time.sleep(4)
    assert process.poll() is None, "it is at work"
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=10)
    assert process.returncode in (130, -signal.SIGINT)
    assert b"Traceback" not in told
