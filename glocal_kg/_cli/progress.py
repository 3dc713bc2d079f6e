"""What is being done, on a terminal, while it takes a while."""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Self


_WIDE = 20  # signs of a bar


class Progress:
    """One line on a terminal that says what is being done, with a bar where it tells how much
    of how much; nothing anywhere else.

    The line goes when the block ends, so that it never stands beside an answer.
    """

    def __init__(self) -> None:
        self._shown = sys.stderr.isatty()

    def tell(self, what: str) -> None:
        """Say what is being done from now on."""
        if self._shown:
            wide = os.get_terminal_size(sys.stderr.fileno()).columns or 80
            self._write(_with_bar(what)[: wide - 1])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._shown:
            self._write("")

    def _write(self, text: str) -> None:
        sys.stderr.write(f"\r\x1b[K{text}")
        sys.stderr.flush()


def _with_bar(what: str) -> str:
    """The line with a bar, where it says "500 of 2,000".

    >>> _with_bar("matching places: 500 of 2,000")
    'matching places: 500 of 2,000 [#####...............] 25%'
    """
    words = what.replace(",", "").split()
    for done, of, total in zip(words, words[1:], words[2:], strict=False):
        if of == "of" and done.isdigit() and total.isdigit() and 0 < int(total) >= int(done):
            share = int(done) / int(total)
            filled = round(share * _WIDE)
            return f"{what} [{'#' * filled}{'.' * (_WIDE - filled)}] {share:.0%}"
    return what
