"""Functions written while the program runs, for what is asked of single things again and again.

The steps of a pattern are known before the first thing is seen. As Python they are one
function; as objects that are asked one after the other they would take two to three times as long.
"""

from __future__ import annotations

from functools import lru_cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import CodeType
    from typing import Any


def function_of(name: str, lines: Sequence[str], values: dict[str, Any]) -> Any:
    """The function of this name that some lines define; they name the values.

    Whoever writes them sees to it that no text from outside gets into the lines.

    >>> function_of("more", ["def more(number):", " return number + one"], {"one": 1})(2)
    3
    """
    made: dict[str, Any] = {}
    exec(_compiled("\n".join(lines)), values, made)
    return made[name]


@lru_cache(maxsize=4096)  # another graph has the same checks and rules
def _compiled(source: str) -> CodeType:
    return compile(source, "<written>", "exec")
