"""How like two names are that stand at the end of IRIs."""

from __future__ import annotations

import re
from difflib import SequenceMatcher, get_close_matches

from glocal_kg._mending.likeness.opposites import are_opposite, reworded


def close_name(local: str, names: dict[str, str], cutoff: float = 0.72) -> str:
    """The name most like a wrong one; upper and lower case apart where that is all.

    None that means the opposite, and none of two that do where one is as like as the other.
    """
    lowered: dict[str, str] = {}
    for name in sorted(names, reverse=True):
        if not are_opposite(local, name):
            lowered[name.lower()] = names[name]
    plain = local.lower().replace("_", "").replace("-", "")
    for variant in (
        local.lower(), plain, plain.removeprefix("has"), f"has{plain}", singular(plain),
        plain.removeprefix("is"), *reworded(local),
    ):  # fmt: skip
        if variant in lowered:
            return lowered[variant]
    close = get_close_matches(local.lower(), sorted(lowered), 3, cutoff)
    if not close:
        return ""
    best, *others = (lowered[one] for one in close)
    like = likeness(local, best) - _CLEARLY
    if any(are_opposite(*map(local_name, (best, o))) and likeness(local, o) > like for o in others):
        return ""
    return best


def likeness(local: str, iri: str) -> float:
    """How like a name is to that at the end of an IRI: 1 for the same; 0 for no IRI."""
    return SequenceMatcher(None, local_name(iri).lower(), local.lower()).ratio() if iri else 0.0


_CLEARLY = 0.1
"""By so much a name must be more like than one of opposite meaning."""
WORDS_IN = re.compile(r"[_\-]+|(?<=[a-zà-ÿ])(?=[A-Z])")
"""What parts the words of a local name: hasAim, located_in."""


def singular(word: str) -> str:
    """A word without the ending of English plurals."""
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") else word


def local_name(iri: str) -> str:
    """What stands at the end of an IRI, after the last slash or hash."""
    return iri[max(iri.rfind("#"), iri.rfind("/")) + 1 :]
