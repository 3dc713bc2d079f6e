"""Tables in HTML, for notebooks: every value escaped, nothing loaded from anywhere."""

from __future__ import annotations

from glocal_kg._rdf.escaping import escape

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MOST = 100
"""Rows that a page shows; how many more there are is said."""


def table(
    rows: Iterable[Sequence[object]], head: Sequence[str] = (), caption: str = "", most: int = MOST
) -> str:
    """Rows under a head, at most 100 of them unless told otherwise.

    >>> table([["a", "<b>"]], ["name", "value"])
    '<table><tr><th>name</th><th>value</th></tr><tr><td>a</td><td>&lt;b&gt;</td></tr></table>'
    """
    listed = list(rows)
    top = f"<tr>{_cells('th', head)}</tr>" if head else ""
    body = "".join(f"<tr>{_cells('td', row)}</tr>" for row in listed[:most])
    above = f"<caption>{escape(caption)}</caption>" if caption else ""
    more = f"<p>and {len(listed) - most} more</p>" if len(listed) > most else ""
    return f"<table>{above}{top}{body}</table>{more}"


def _cells(tag: str, values: Sequence[object]) -> str:
    return "".join(f"<{tag}>{escape(str(value))}</{tag}>" for value in values)
