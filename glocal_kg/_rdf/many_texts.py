"""What some of very many texts have: looked for in all of them at once, not in each in turn."""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


def lines_with(pattern: re.Pattern[str], lines: str) -> Iterator[int]:
    """The places of the lines in which a pattern begins that fits, each once.

    A pattern that fits a line break may begin in a line that it does not fit alone.

    >>> list(lines_with(re.compile("o|e"), "one\\ntwo\\nsix\\nten"))
    [0, 1, 3]
    """
    line, at, last = 0, 0, -1
    for match in pattern.finditer(lines):
        line += lines.count("\n", at, match.start())
        at = match.start()
        if line != last:
            last = line
            yield line
