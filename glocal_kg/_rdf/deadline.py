"""An end for long work: a time that is looked at wherever work goes on for long.

A verb that takes ``timeout`` does its work within a deadline, and whatever can take long looks at
it: before an array operation, and in loops of Python every few thousand rounds. So the work ends
only where somebody has thought of it, never amid an import or a lock that is just taken. Of
deadlines within one another the nearest counts. Each thread has its own.

What ends the work is no ``Exception``, as Ctrl-C is none: nothing on its way takes it for a query
that failed, or for a note that cannot be made. The verb whose time it was makes an error of it.
"""

from __future__ import annotations

from contextvars import ContextVar
from time import monotonic
from typing import Final

from glocal_kg.errors import ArgumentError, TimeLimitError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from _thread import RLock
    from collections.abc import Iterable, Iterator
    from contextvars import Token
    from types import TracebackType
    from typing import IO, TypeVar

    T = TypeVar("T")

LONGEST: Final = 1e8  # seconds, three years
_PART: Final = 1 << 12  # rounds of a loop between two looks


class OutOfTime(BaseException):
    """The time of ``deadline`` is up."""

    def __init__(self, deadline: within) -> None:
        self.deadline = deadline
        super().__init__(deadline.what)


class within:  # it is read as a word of the with statement
    """Do what is in the block within so many seconds, else raise ``TimeLimitError``.

    ``what`` begins the sentence of the error, ``remedy`` ends it. None stands for no limit.

    >>> with within(0.01, "Counting"):
    ...     for number in looking(iter(int, 1)):
    ...         pass
    Traceback (most recent call last):
        ...
    glocal_kg.errors.TimeLimitError: Counting took longer than 0.01 seconds and was stopped. ...
    """

    def __init__(
        self,
        timeout: float | None,
        what: str,
        *,
        remedy: str = "Nothing was changed. Allow more time with timeout.",
        error: type[TimeLimitError] = TimeLimitError,
    ) -> None:
        self.seconds = None if timeout is None else seconds_of("timeout", timeout)
        self.end = monotonic() + (self.seconds or LONGEST)
        self.what, self._remedy, self._error = what, remedy, error
        self._token: Token[within | None] | None = None

    def __enter__(self) -> None:
        if self.seconds is not None:
            outer = _nearest.get()
            if outer is None or self.end < outer.end:
                self._token = _nearest.set(self)

    def __exit__(
        self, kind: object, raised: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._token is not None:
            _nearest.reset(self._token)
            self._token = None
        if not isinstance(raised, OutOfTime) or raised.deadline is not self:
            return
        raised.__traceback__ = None  # it holds all that the work had made
        del trace
        raise self.error() from None

    def error(self) -> TimeLimitError:
        """What is said where the time is up."""
        unit = "second" if self.seconds == 1 else "seconds"
        return self._error(
            f"{self.what} took longer than {self.seconds:g} {unit} and was stopped.",
            remedy=self._remedy,
            limit=self.seconds,
        )


_nearest: ContextVar[within | None] = ContextVar("deadline", default=None)


def look() -> None:
    """End the work where its time is up."""
    nearest = _nearest.get()
    if nearest is not None and monotonic() > nearest.end:
        raise OutOfTime(nearest)


def looking(items: Iterable[T], every: int = _PART) -> Iterator[T]:
    """The same items, with a look at the time after so many."""
    if _nearest.get() is None:
        return iter(items)
    return _looking(items, every)


def _looking(items: Iterable[T], every: int) -> Iterator[T]:
    left = 0
    for item in items:
        if not left:
            look()
            left = every
        left -= 1
        yield item


def time_left(most: float | None = None) -> float | None:
    """The seconds that another process may take for the work, ``most`` at most."""
    nearest = _nearest.get()
    if nearest is None:
        return most
    left = max(0.0, nearest.end - monotonic())
    return left if most is None else min(left, most)


class StoppableFile:
    """A file to read from, with a look at the time before each piece."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def read(self, size: int = -1) -> bytes:
        """The next piece."""
        look()
        return self._file.read(size)


def awaited(lock: RLock) -> RLock:
    """A lock that may be taken now: who waits for another thread does so within the time.

    It is given back for ``with`` to take, which Ctrl-C cannot come between.
    """
    nearest = _nearest.get()
    if nearest is not None:
        if not lock.acquire(timeout=max(0.0, nearest.end - monotonic())):
            raise OutOfTime(nearest)
        lock.release()
    return lock


def seconds_of(name: str, given: float) -> float:
    """A time that was given as an argument, in seconds."""
    if isinstance(given, bool) or not isinstance(given, (int, float)) or not given > 0:
        raise ArgumentError(
            name, given, "a number of seconds above zero", remedy="Leave it out for no limit."
        )
    return float(min(given, LONGEST))
