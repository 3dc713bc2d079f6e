"""Forms: how one text holds several values, as ``{town} ({country})``."""

from __future__ import annotations

import re
from functools import cache


def names(form: str) -> list[str]:
    """The names that stand in braces.

    >>> names("{town} ({country}, {since})")
    ['town', 'country', 'since']
    """
    return re.findall(r"\{([^{}]+)\}", form)


def read(forms: tuple[str, ...], text: str) -> dict[str, str] | None:
    """The values of a text by the first form that it has; None where it has none.

    Each value is as short as the form allows, but never empty.

    >>> read(("{town} ({country}, {since})", "{town} ({country})"), "Lyon (France)")
    {'town': 'Lyon', 'country': 'France'}
    """
    for form in forms:
        found = _pattern(form).fullmatch(text)
        if found:
            return {
                name: value.strip() for name, value in zip(names(form), found.groups(), strict=True)
            }
    return None


@cache
def _pattern(form: str) -> re.Pattern[str]:
    pieces = re.split(r"\{[^{}]+\}", form)
    spaced = [r"\s*".join(map(re.escape, piece.split(" "))) for piece in pieces]
    return re.compile("(.+?)".join(spaced), re.DOTALL)
