"""Whether a table is a matrix, with the same cities down and across, and its first mapping.

The form is that of the packaged mapping ``sister-cities``.
"""

from __future__ import annotations

import re
from collections import Counter

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from glocal_kg._glocal.corpus.mapping.sampling import ColumnSample

_LEAST = 3  # columns that a matrix has at least
_YEAR = re.compile(r"[12]\d{3}")


def matrix_of(columns: Sequence[ColumnSample]) -> list[ColumnSample]:
    """The columns of a matrix, whose headers are names of the first column; else none."""
    if not columns:
        return []
    down = {" ".join(text.split()) for text in columns[0].texts}
    across = [column for column in columns[1:] if column.name in down]
    enough = len(across) >= max(_LEAST, 0.6 * (len(columns) - 1))
    return across if enough else []


def lines_of(
    columns: Sequence[ColumnSample],
    across: list[ColumnSample],
    quoted: Callable[[str], str],
    asked: str,
) -> list[str]:
    """The things of a mapping: cities, and a partnership for each cell that is filled.

    Where cells hold different words, some may say that there is none: the key is ``asked``.
    """
    first = quoted(columns[0].name)
    texts: Counter[str] = sum((column.texts for column in across), Counter())
    years = all(_YEAR.fullmatch(text) for text in texts)
    sure = years or len(texts) < 2
    key, why = '["@home", "@partner"]', "each filled cell is one; the same two are one"
    if not sure:
        shown = ", ".join(quoted(text) for text, _ in texts.most_common(6))
        key, why = f'"{asked}"', f"{key}, once missing: above says which of {shown} mean none"
    listed = ", ".join(quoted(column.name) for column in across)
    other = "partner"
    while other in {column.name for column in columns}:
        other += " town"
    dated = bool(years and texts)
    label = '{property: rdfs:label, text: "City government of {}"}'
    return [
        *("  home:", "    as: city", "    class: glocal:City", f"    key: {first}"),
        f"    columns: {{{first}: rdfs:label}}",
        *("  partner:", "    as: city", "    class: glocal:City", "    across: &others"),
        f"      columns: [{listed}]",
        f"      header: {other}  # what the headers are called, as if they were a column",
        *(["      cell: since"] if dated else []),
        *(f"    key: {other}", f"    columns: {{{other}: rdfs:label}}"),
        *("  government of home:", "    as: government", "    class: glocal:Government"),
        *('    key: "@home"', f"    columns: {{{first}: {label}}}"),
        "    links: {glocal:governs: home}",
        *("  government of partner:", "    as: government", "    class: glocal:Government"),
        *("    across: *others", '    key: "@partner"', f"    columns: {{{other}: {label}}}"),
        "    links: {glocal:governs: partner}",
        *("  partnership:", "    class: glocal:Practice", "    across: *others"),
        f"    key: {key}  # {why}",
        *("    symmetric: true", "    differ: [home, partner]", "    joined:"),
        f'      - {{columns: [{first}, {other}], property: rdfs:label, with: " – ", sorted: true}}',
        *(["    columns: {since: {property: schema:startDate, type: when}}"] if dated else []),
        "    links: {glocal:participant: [government of home, government of partner]}",
    ]
