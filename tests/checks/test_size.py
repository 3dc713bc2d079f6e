"""Each packaged check holds a bounded part of a corpus, not pairs of everything with everything."""

from __future__ import annotations

from pathlib import Path

import pytest

import glocal_kg as gk
from benchmarks import corpus

CHECKS = sorted((Path(__file__).parents[2] / "ontology/checks").glob("*.rq"))
ENOUGH = 100_000_000
"""Bytes: what all practices of the corpus with all their facts would take several times over."""


@pytest.fixture(scope="module")
def many() -> gk.KnowledgeGraph:
    kg = gk.load()
    text = "".join(f"{s} {p} {o} .\n" for s, p, o in corpus.facts(3_000))
    kg.add(gk.Text(text, "ntriples"))
    return kg


@pytest.mark.parametrize("check", CHECKS, ids=lambda path: path.stem)
def test_a_check_does_not_pair_everything(check: Path, many: gk.KnowledgeGraph) -> None:
    many.query(check.read_text(encoding="utf-8"), max_memory=ENOUGH)
