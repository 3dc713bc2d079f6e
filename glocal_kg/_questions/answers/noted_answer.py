"""What is told beside an answer, worked out when somebody looks at it."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable


class NotedAnswer:
    """An answer with notes, which wait until they are looked at."""

    _notes: tuple[str, ...] | Callable[[], tuple[str, ...]] = ()

    @property
    def notes(self) -> tuple[str, ...]:
        """Why an answer is empty, or has fewer rows than it might, where that can be known."""
        if not isinstance(self._notes, tuple):
            self._notes = self._notes()
        return self._notes

    @notes.setter
    def notes(self, told: tuple[str, ...]) -> None:
        self._notes = told
