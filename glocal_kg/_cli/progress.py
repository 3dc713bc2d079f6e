"""What is being done, on a terminal, while it takes a while."""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Self


class Progress:
    """One line on a terminal that says what is being done; nothing anywhere else.

    The line goes when the block ends, so that it never stands beside an answer.
    """

    def __init__(self) -> None:
        self._shown = sys.stderr.isatty()

    def tell(self, what: str) -> None:
        """Say what is being done from now on."""
        if self._shown:
            wide = os.get_terminal_size(sys.stderr.fileno()).columns or 80
            self._write(what[: wide - 1])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._shown:
            self._write("")

    def _write(self, text: str) -> None:
        sys.stderr.write(f"\r\x1b[K{text}")
        sys.stderr.flush()
