"""The pages that show code are run."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest

DOCS = Path(__file__).parent.parent / "docs"


@pytest.mark.parametrize("page", ["asking.md"])
def test_the_code_of_a_page_gives_what_it_shows(page: str) -> None:
    found = doctest.testfile(str(DOCS / page), module_relative=False, encoding="utf-8")
    assert found.attempted > 10
    assert found.failed == 0


def test_the_readme_names_nothing_that_the_pages_do_not_explain() -> None:
    readme = (DOCS.parent / "README.md").read_text(encoding="utf-8")
    pages = " ".join(page.read_text(encoding="utf-8") for page in DOCS.glob("*.md"))
    named = set(re.findall(r"(?<![\w.])(?:glocal|kg\.)[ .]?[a-z_]+", readme))
    named = {one for one in named if one.startswith("kg.") or one.startswith("glocal ")}
    assert len(named) > 15
    assert not {one for one in named if one not in pages}


def test_no_page_sends_anybody_through_a_private_door() -> None:
    pages = [DOCS.parent / "README.md", *DOCS.glob("*.md")]
    sent = {
        (page.name, line)
        for page in pages
        for line in page.read_text(encoding="utf-8").splitlines()
        if re.search(r"\bglocal_kg\._|\bfrom glocal_kg import _", line)
    }
    made = {("model.md", "<!-- made by python -m glocal_kg._glocal.model -->")}
    assert sent == made
