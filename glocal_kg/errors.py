"""The errors of the library: each says where, what, what was expected and what to do.

::

    GlocalError
    ├── ReadError              a file that cannot be read         source, line, column
    ├── ArgumentError          an argument is of a wrong kind     name, value
    ├── NotFoundError          a name that does not exist         name, suggestions
    ├── QueryError             a query cannot be run
    │   ├── QuerySyntaxError   it is not SPARQL                   line, column
    │   ├── RefusedError       it would ask elsewhere or change   feature
    │   ├── StaleError         inferred facts are out of date
    │   └── ParameterError     a parameter of a question          name, value
    ├── LimitError             more work than was allowed         limit
    │   ├── TimeLimitError     it took longer than timeout        limit, in seconds
    │   │   └── QueryTimeoutError  and was a query
    │   └── TooLargeError      too many rows or too much memory   limit
    ├── ShapesError            shapes against the rules of SHACL  shape
    └── ValidationError        data that do not conform           report

A limit that a query met is a ``QueryError`` too. Every error copies and pickles. A server can
answer by the kind alone, the first that fits: ``TimeLimitError`` 408, other ``LimitError``
413, ``StaleError`` 409, ``NotFoundError`` 404, all else 400.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any, Protocol

    class _Report(Protocol):
        """A report on data: of a validation or of quality."""

        @property
        def conforms(self) -> bool: ...

        def to_text(self) -> str: ...

        def to_json(self) -> str: ...


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

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuilt, (type(self), self.args, self.__dict__.copy())


def _rebuilt(
    kind: type[GlocalError], args: tuple[object, ...], fields: dict[str, object]
) -> GlocalError:
    error = kind.__new__(kind, *args)
    error.args = args
    error.__dict__.update(fields)
    return error


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
        short = source if len(source) <= 300 else f"{source[:60]}...{source[-60:]}"
        place = ":".join(str(part) for part in (short, line, column) if part is not None)
        super().__init__(f"{place}: {message}", remedy=remedy)


class ArgumentError(GlocalError, TypeError):
    """An argument is of a wrong kind: ``name`` is the argument, ``value`` what was given.

    >>> print(ArgumentError("languages", "en", "a list of language tags, such as ['en']"))
    languages takes a list of language tags, such as ['en']; 'en' is not one.
    """

    def __init__(self, name: str, value: object, expected: str, *, remedy: str = "") -> None:
        self.name = name
        self.value = value
        from reprlib import repr as brief  # a list of a million things is told in its first six

        super().__init__(f"{name} takes {expected}; {brief(value)} is not one.", remedy=remedy)


class NotFoundError(GlocalError):
    """A name was asked for that does not exist; ``suggestions`` are close ones.

    ``name`` is what was asked for, empty where it is no single name.
    """

    def __init__(
        self, message: str, *, remedy: str = "", name: str = "", suggestions: Sequence[str] = ()
    ) -> None:
        self.name = name
        self.suggestions = tuple(suggestions)
        super().__init__(message, remedy=remedy)


class QueryError(GlocalError):
    """A query cannot be run; the kinds below say why."""


class QuerySyntaxError(QueryError):
    """A query is not SPARQL. ``line`` and ``column`` count from 1, None where unknown."""

    def __init__(
        self,
        message: str,
        *,
        remedy: str = "",
        line: int | None = None,
        column: int | None = None,
    ) -> None:
        self.line = line
        self.column = column
        super().__init__(message, remedy=remedy)


class RefusedError(QueryError):
    """A query would reach the network, change something, or call what only others know.

    ``feature`` is the keyword of what is not done, or the IRI of the function.
    """

    def __init__(self, message: str, *, remedy: str = "", feature: str = "") -> None:
        self.feature = feature
        super().__init__(message, remedy=remedy)


class StaleError(QueryError):
    """Facts changed after they were last closed, so inferred facts are out of date."""


class ParameterError(QueryError):
    """A parameter of a packaged question is unknown, missing or of the wrong type.

    ``name`` is the parameter and ``value`` what was given.
    """

    def __init__(
        self, message: str, *, remedy: str = "", name: str = "", value: object = None
    ) -> None:
        self.name = name
        self.value = value
        super().__init__(message, remedy=remedy)


class LimitError(GlocalError):
    """More work than was allowed; ``limit`` is the limit met. Nothing was changed."""

    def __init__(self, message: str, *, remedy: str = "", limit: float | None = None) -> None:
        self.limit = limit
        super().__init__(message, remedy=remedy)


class TimeLimitError(LimitError):
    """Something took longer than its ``timeout`` and was stopped; ``limit`` is in seconds."""


class QueryTimeoutError(TimeLimitError, QueryError):
    """A query took longer than ``limit`` seconds and was stopped."""


class TooLargeError(LimitError, QueryError):
    """An answer has more rows, or needs more memory, than ``limit``."""


class ShapesError(GlocalError):
    """A shapes graph breaks the rules of SHACL; ``shape`` names the node where.

    >>> print(ShapesError("ex:A: sh:minCount is 'two'.", shape="ex:A", remedy="Give an integer."))
    ex:A: sh:minCount is 'two'. Give an integer.
    """

    def __init__(self, message: str, *, shape: str = "", remedy: str = "") -> None:
        self.shape = shape
        super().__init__(message, remedy=remedy)


class ValidationError(GlocalError):
    """The data do not conform: raised by ``Report.raise_for_violations``, with the ``report``.

    A ``quality.QualityReport`` raises it too, from ``raise_for_findings``.
    """

    def __init__(self, message: str, *, remedy: str = "", report: _Report | None = None) -> None:
        self.report = report
        super().__init__(message, remedy=remedy)
