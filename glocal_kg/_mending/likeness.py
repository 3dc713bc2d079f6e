"""How like two names are that stand at the end of IRIs."""

from __future__ import annotations

import re
from difflib import SequenceMatcher, get_close_matches


def close_name(local: str, names: dict[str, str], cutoff: float = 0.72) -> str:
    """The name most like a wrong one; upper and lower case apart where that is all."""
    lowered: dict[str, str] = {}
    for name in sorted(names, reverse=True):
        lowered[name.lower()] = names[name]
    plain = local.lower().replace("_", "").replace("-", "")
    for variant in (
        local.lower(), plain, plain.removeprefix("has"), f"has{plain}", singular(plain),
        plain.removeprefix("is"),
    ):  # fmt: skip
        if variant in lowered:
            return lowered[variant]
    close = get_close_matches(local.lower(), sorted(lowered), 1, cutoff)
    return lowered[close[0]] if close else ""


def likeness(local: str, iri: str) -> float:
    """How like a name is to that at the end of an IRI: 1 for the same; 0 for no IRI."""
    return SequenceMatcher(None, local_name(iri).lower(), local.lower()).ratio() if iri else 0.0


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
