"""The errors of the library: each says where, what, what was expected and what to do."""

from __future__ import annotations


class GlocalError(Exception):
    """Base of every error this library raises on purpose.

    ``message`` says what is wrong and where; ``remedy`` says what to do about it.

    >>> print(GlocalError("The file is empty.", remedy="Check the path."))
    The file is empty. Check the path.
    """

    def __init__(self, message: str, *, remedy: str = "") -> None:
        self.message = message
        self.remedy = remedy
        between = "" if message.endswith("\n") else " "
        super().__init__(f"{message}{between}{remedy}".strip())


class ReadError(GlocalError):
    """A file or stream cannot be read as RDF. Nothing of it was added.

    ``source`` names the file, ``line`` and ``column`` count from 1 and are None where the
    reader does not know them.
    """

    def __init__(
        self,
        message: str,
        *,
        source: str,
        line: int | None = None,
        column: int | None = None,
        remedy: str = "",
    ) -> None:
        self.source = source
        self.line = line
        self.column = column
        place = ":".join(str(part) for part in (source, line, column) if part is not None)
        super().__init__(f"{place}: {message}", remedy=remedy)


class QueryError(GlocalError):
    """A query cannot be run: syntax, an unknown prefix, a forbidden feature or a limit."""


class ParameterError(QueryError):
    """A parameter of a packaged question is unknown, missing or of the wrong type."""


class NotFoundError(GlocalError):
    """A name was asked for that does not exist; the message lists close ones."""


class ValidationError(GlocalError):
    """Raised by ``Report.raise_for_violations`` when a report does not conform."""
