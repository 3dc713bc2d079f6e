"""Releases that several tests look at: the sample, and the packaged graph."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from glocal_kg._opening import load
from glocal_kg._publish import Release
from glocal_kg._study import packaged
from tests.publish.samples import QUERIES, publish, sample


@pytest.fixture(scope="session")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """The sample as a release, with some inferred statements."""
    inferred = parse(
        "<https://example.org/sample/id/rome> a <https://example.org/sample/terms#Place>"
        " <https://example.org/sample/graph/inferred> .".replace(
            " a ", " <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "
        ),
        RdfFormat.N_QUADS,
    )
    folder = tmp_path_factory.mktemp("sample") / "dist"
    return publish(sample(), folder, inferred=inferred, queries=QUERIES)


@pytest.fixture(scope="session")
def packaged_release(once: Callable[[str, Callable[[Path], Release]], Release]) -> Release:
    """The packaged graph as a release, with what follows from it and its questions."""
    return once("packaged-release", _of_the_packaged)


def _of_the_packaged(folder: Path) -> Release:
    kg = load()
    kg.infer()
    questions = packaged.folder("queries")
    return publish(kg, folder / "dist", version="0.1.0", date="2026-11-21", queries=questions)
