"""Work that makes very many objects and no cycles of them."""

from __future__ import annotations

import gc
from _thread import allocate_lock
from functools import wraps

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeVar

    Work = TypeVar("Work", bound=Callable[..., Any])

SELDOM = 1_000_000
"""So many new objects there are between two searches, in place of Python's 700 or 2,000."""

_lock = allocate_lock()
_at_work: set[object] = set()  # a sign for each call that is under way, in any thread
_before: list[int] = []  # how often was searched when the first of them began


def uncollected(work: Work) -> Work:
    """The same work with hardly a search for garbage meanwhile.

    Of hundreds of thousands of objects that are all kept, each search looks at most of them again
    and finds nothing: half of the time of 400,000 rows, a fifth of an import. Searching is of the
    whole process, so other threads are searched for as seldom, until the last such work has ended.
    It is never switched on or off: a program that did so, or that set how often is searched,
    finds what it set.

    >>> uncollected(gc.get_threshold)()[0], gc.get_threshold()[0] < SELDOM
    (1000000, True)
    """

    @wraps(work)
    def working(*args: Any, **kwargs: Any) -> Any:
        sign = object()
        try:  # before the next line, as Ctrl-C may come within it
            _begin(sign)
            return work(*args, **kwargs)
        finally:
            _end(sign)

    return working  # type: ignore[return-value]  # it takes and gives the same


def _begin(sign: object) -> None:
    with _lock:
        often = gc.get_threshold()
        if not _at_work and 0 < often[0] < SELDOM:  # 0 is never
            _before[:] = often
            gc.set_threshold(SELDOM, *often[1:])
        _at_work.add(sign)


def _end(sign: object) -> None:
    with _lock:
        _at_work.discard(sign)
        if not _at_work and _before:
            if gc.get_threshold()[0] == SELDOM:  # else somebody set it meanwhile
                gc.set_threshold(*_before)
            _before.clear()
