"""Rows as CSV text: quoted where it has to be, with the line ends that are asked for."""

from __future__ import annotations

import csv
import io

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable


def csv_text(
    rows: Iterable[Iterable[object]], *, delimiter: str = ",", line_end: str = "\n"
) -> str:
    r"""Rows of cells, the header first, as CSV (RFC 4180); None is an empty cell.

    >>> csv_text([["name", "said"], ["Suva", 'so "so", so']])
    'name,said\nSuva,"so ""so"", so"\n'
    """
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator=line_end).writerows(rows)
    return out.getvalue()
