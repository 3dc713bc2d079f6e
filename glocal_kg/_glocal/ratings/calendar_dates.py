"""Dates of ratings and of their measurement: a year, a month or a day of the calendar."""

from __future__ import annotations

import re
from datetime import date

_FORM = re.compile(r"\d{4}(-\d\d(-\d\d)?)?", re.ASCII)


def is_date(text: str) -> bool:
    """Whether a text is a year, a month or a day that there is.

    >>> [is_date(text) for text in ("2026", "2026-11", "2026-02-28", "2026-02-30", "2026-13")]
    [True, True, True, False, False]
    """
    if not _FORM.fullmatch(text):
        return False
    try:
        date.fromisoformat(text + "-01-01"[len(text) - 4 :])
    except ValueError:
        return False
    return True
