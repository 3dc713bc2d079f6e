"""A little English: articles, lists, and property labels as verbs.

The rules look at spelling only. They are right for the usual ways to name classes and
properties, and what they make of an unusual name can still be read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

_PREPOSITIONS: Final = frozenset(
    """about after against among as at before between beyond by during for from in inside into
    near of on onto out outside over per since through to toward towards under until up upon
    via with within without""".split()  # noqa: SIM905 - words, not a wall of quotes
)
_AUXILIARIES: Final = frozenset(
    """is are was were be has have had does do did can could may might must shall should will
    would cannot""".split()  # noqa: SIM905 - words, not a wall of quotes
)
_SOUNDS_LIKE_YOU = re.compile(r"u(?:[^aeiou\W][aeiou]|ni(?!n|m)|k\b)|eu|ewe|one\b|once")
_SILENT_H = re.compile(r"(?:hour|honest|honor|honour|heir)")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|[_\-]+")


def article(words: str) -> str:
    """The words with "a" or "an", by how they sound as far as spelling tells.

    >>> [article(w) for w in ("organized actor", "university", "hour", "city", "EU body")]
    ['an organized actor', 'a university', 'an hour', 'a city', 'an EU body']
    """
    start = words.lstrip("“\"'(")
    head = start.split(" ")[0].split(":")[0]
    if head.isupper() and len(head) < 4:  # read letter by letter
        an = head[0] in "AEFHILMNORSX"
    else:
        low = start.lower()
        vowel = low[:1] in tuple("aeiouàáâäèéêëìíîòóôöùúû")
        an = (vowel and not _SOUNDS_LIKE_YOU.match(low)) or bool(_SILENT_H.match(low))
        an = an or bool(re.match(r"(?:8|11\b|18\b)", low))
    return f"{'an' if an else 'a'} {words}"


def listing(items: Sequence[str], last: str = "and") -> str:
    """Items as a list in a sentence.

    >>> listing(["a city", "a region", "a country"], "or")
    'a city, a region or a country'
    """
    *rest, end = items
    return f"{', '.join(rest)} {last} {end}" if rest else end


def spaced(name: str) -> str:
    """A name in camel case as words; a name of one word stays as it is.

    >>> spaced("wasAssociatedWith"), spaced("knows"), spaced("UNBody")
    ('was associated with', 'knows', 'UN body')
    """
    words = _CAMEL.sub(" ", name).split()
    if len(words) < 2:
        return name
    return " ".join(word if word.isupper() and len(word) > 1 else word.lower() for word in words)


def verb(label: str) -> str:
    """A property label as the verb of a sentence, between a subject and an object.

    A label that starts with a verb stays. One that starts or ends with a preposition follows
    "is"; any other is taken for a noun that the subject has.

    >>> [verb(w) for w in ("governs", "located in", "partner of", "at level", "position")]
    ['governs', 'is located in', 'is partner of', 'is at level', 'has position']
    >>> [verb(w) for w in ("Is Part Of", "wasDerivedFrom", "commissioned", "basis of")]
    ['is part of', 'was derived from', 'commissioned', 'is basis of']
    """
    words = label.split()
    if len(words) == 1:
        words = spaced(label).split()
    elif all(word[:1].isupper() for word in words):
        words = [word.lower() for word in words]
    if not words:
        return label
    told, first = " ".join(words), words[0].lower()
    third_person = first.endswith("s") and not first.endswith(("ss", "us", "is")) and len(first) > 3
    past = len(words) == 1 and first.endswith("ed")
    if first in _AUXILIARIES or third_person or past:
        return told
    if first in _PREPOSITIONS or words[-1].lower() in _PREPOSITIONS:
        return f"is {told}"
    return f"has {told}"
