"""A release that several tests look at."""

from __future__ import annotations

import pytest
from pyoxigraph import RdfFormat, parse

from glocal_kg._publish import Release
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
