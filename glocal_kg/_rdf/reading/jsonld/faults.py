"""What can be wrong with a JSON-LD document."""

from __future__ import annotations


class JsonLdFault(Exception):
    """The document is not valid, or part of it would be lost; the message says which.

    ``remedy`` says what to do. ``line`` is known of a text that is no JSON, with ``column``, and
    of any other where it was read with its lines.
    """

    def __init__(
        self,
        message: str,
        remedy: str = "Correct it in the file.",
        line: int | None = None,
        column: int | None = None,
    ) -> None:
        super().__init__(message)
        self.remedy = remedy
        self.line = line
        self.column = column


def shown(value: object) -> str:
    """A value for a message, in short.

    >>> shown({"a": 1}), shown("x" * 100)[-5:]
    ("{'a': 1}", 'xx...')
    """
    text = f"'{value}'" if isinstance(value, str) else str(value)
    return text if len(text) <= 70 else text[:66] + "..."
