"""Work that makes very many objects and no cycles of them."""

from __future__ import annotations

import gc
from functools import wraps

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeVar

    Work = TypeVar("Work", bound=Callable[..., Any])


def uncollected(work: Work) -> Work:
    """The same work without a search for garbage meanwhile.

    Of hundreds of thousands of objects that are all kept, each search looks at most of them again
    and finds nothing: up to half of the time. Where threads work side by side, the first that
    ends lets the search begin again, so it is never put off for long.

    >>> uncollected(gc.isenabled)(), gc.isenabled()
    (False, True)
    """

    @wraps(work)
    def working(*args: Any, **kwargs: Any) -> Any:
        was = gc.isenabled()
        try:  # before the next line, as Ctrl-C may come right after it
            gc.disable()
            return work(*args, **kwargs)
        finally:
            if was:
                gc.enable()

    return working  # type: ignore[return-value]
