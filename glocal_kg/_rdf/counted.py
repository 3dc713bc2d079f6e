"""A number with its noun, in English."""

from __future__ import annotations


def counted(number: int, what: str, many: str = "") -> str:
    """A number with its noun; ``many`` is the plural where it does not end in "s" alone.

    >>> counted(1, "graph"), counted(22731, "triple"), counted(2, "property", "properties")
    ('1 graph', '22,731 triples', '2 properties')
    """
    return f"{number:,} {what if number == 1 else many or f'{what}s'}"
