"""A filled template: known by its headers, read by the mapping it was made from."""

from __future__ import annotations

from typing import NamedTuple

from glocal_kg.errors import GlocalError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path

    from glocal_kg._glocal.corpus.mapping import Mapping
    from glocal_kg._glocal.corpus.tables import Book


class Moved(NamedTuple):
    """A column of an older template that has another name today, or is no more."""

    sheet: str
    cell: str
    value: str
    suggestion: str


def filled_template(path: Path) -> tuple[Book, Mapping, list[Moved]]:
    """The book, its mapping, and what moved since the template was made."""
    raise GlocalError(f"{path.name} needs a mapping.", remedy="Name one with --mapping.")
