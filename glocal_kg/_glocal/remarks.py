"""What is remarked of a result, told to who works in Python as a warning."""

from __future__ import annotations

from typing import Protocol, TypeVar

from glocal_kg._rdf.warning import warn_caller


class Remarked(Protocol):
    """A result that may say what of what was asked for could not be had."""

    @property
    def remarks(self) -> tuple[str, ...]:
        """A sentence each."""


T = TypeVar("T", bound=Remarked)


def warned(made: T) -> T:
    """What was made; its remarks become warnings of who called the verb that calls this."""
    for remark in made.remarks:
        warn_caller(remark)
    return made
