"""Every figure that the literature prints for a worked example, met to the last digits."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from glocal_kg._glocal.ratings.rating import agree
from glocal_kg._glocal.ratings.rating_tables import read_ratings

FOLDER = Path(__file__).parents[4] / "shared/realdata/agreement"


def published() -> list[dict[str, str]]:
    path = FOLDER / "expected.tsv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def test_the_published_tables_are_at_hand():
    if not published():
        pytest.skip("../shared/realdata/agreement is not here: the published tables are not ours")
    assert len(published()) == 44


@pytest.mark.parametrize(
    "row", published(), ids=lambda row: f"{row['example']} {row['coefficient']}"
)
def test_a_published_figure_is_met(row):
    matrix = read_ratings(FOLDER / row["file"]).matrix()
    figure = agree(matrix, names=[row["coefficient"]], resamples=0)[row["coefficient"]]
    if row["value"].startswith("undefined"):
        assert figure.value is None
        assert f"undefined: {figure.undefined}".startswith(row["value"])
    else:
        assert figure.value == pytest.approx(float(row["value"]), rel=2e-15, abs=2e-16)
