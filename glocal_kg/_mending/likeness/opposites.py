"""Words of names that mean the opposite: a start is no end, however alike the names are."""

from __future__ import annotations

import re
from collections.abc import Iterator

_OPPOSITES = (
    (("start", "begin", "beginning"), ("end", "finish")),
    (("lowest", "low", "min", "minimum"), ("highest", "high", "max", "maximum")),
    (("lat", "latitude"), ("long", "longitude", "lon", "lng")),
    (("birth", "born"), ("death", "died")),
    (("broader", "broad"), ("narrower", "narrow")),
    (("asserts", "assert"), ("denies", "deny")),
    (("strengthens", "strengthen"), ("weakens", "weaken")),
    (("before", "previous"), ("after", "next")),
    (("first",), ("last",)),
)
_PARTED = re.compile(r"[_\-]+|(?<=[a-zà-ÿ])(?=[A-Z])")


def reworded(local: str) -> Iterator[str]:
    """The same name, small, with other words of the same meaning.

    >>> "startdate" in reworded("beginDate"), "enddate" in reworded("beginDate")
    (True, False)
    """
    words = [word.lower() for word in _PARTED.split(local)]
    for sides in _OPPOSITES:
        for side in sides:
            for at, word in enumerate(words):
                if word in side:
                    for other in side:
                        yield "".join([*words[:at], other, *words[at + 1 :]])


def are_opposite(one: str, other: str) -> bool:
    """Whether two names have words of opposite meaning.

    >>> are_opposite("beginDate", "endDate"), are_opposite("startDate", "startTime")
    (True, False)
    """
    return any(
        (_is_of(one, left) and _is_of(other, right)) or (_is_of(one, right) and _is_of(other, left))
        for left, right in _OPPOSITES
    )


def _is_of(local: str, side: tuple[str, ...]) -> bool:
    """Whether a name has a word of a side, parted from the others, or long and at its begin."""
    words = {word.lower() for word in _PARTED.split(local)}
    long = tuple(word for word in side if len(word) > 3)
    return not words.isdisjoint(side) or local.lower().startswith(long)
