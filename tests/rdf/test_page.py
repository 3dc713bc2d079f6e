"""One page explains the store and its queries: each of their files stands there by its name."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/store.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("folder", ["store", "sparql"])
def test_the_page_names_each_file(folder: str) -> None:
    files = {file.stem for file in (ROOT / "glocal_kg/_rdf" / folder).glob("[a-z]*.py")}
    rows = [line for line in PAGE.splitlines() if line.startswith("| ")]
    assert files <= set(re.findall(r"`([a-z_]+)`", "\n".join(rows)))
