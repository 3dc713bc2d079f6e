"""Choosing among texts in several languages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pyoxigraph import Literal


def choose_text(texts: Iterable[Literal], languages: Sequence[str]) -> Literal | None:
    """The text in the first language that has one; else one without language; else any.

    >>> rome = [Literal("Roma", language="it"), Literal("Rome", language="en")]
    >>> choose_text(rome, ["fr", "en"]).value
    'Rome'
    >>> choose_text([], ["en"]) is None
    True
    """
    best, best_rank = None, len(languages) + 2
    for text in texts:
        tag = text.language or ""
        rank = len(languages) + (1 if tag else 0)
        for place, wanted in enumerate(languages):
            if tag == wanted.lower() or tag.startswith(wanted.lower() + "-"):
                rank = place
                break
        if rank < best_rank:
            best, best_rank = text, rank
    return best
