"""Names compared: letters without their marks, and what makes two spellings one name."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

# Letters that do not come apart into a letter and a mark.
_LETTERS = str.maketrans(
    {
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ı": "i",
        "ħ": "h",
        "ə": "a",
        "’": "'",
        "‘": "'",
        "ʼ": "'",
        "ʻ": "'",
        "ʹ": "'",
        "`": "'",
        "´": "'",
        "‐": "-",
        "‑": "-",
        "–": "-",
        "—": "-",
        "\xa0": " ",
    }
)


def fold(text: str) -> str:
    """A name in lower case, without the marks on its letters, in one spacing.

    >>> fold("Łódź"), fold("Île-de-France"), fold("  São   Tomé ")
    ('lodz', 'ile-de-france', 'sao tome')
    """
    text = text.lower() if text.isascii() else _fold_marks(text)
    return " ".join(text.split())


def _fold_marks(text: str) -> str:
    # Letters of Latin scripts in one step, which is most of them.
    short = text.translate(_latin())
    if short.isascii():
        return short.lower()
    text = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return "".join(sign for sign in text if not unicodedata.combining(sign)).translate(_LETTERS)


@cache
def _latin() -> dict[int, str]:
    """What each letter of the Latin blocks folds to."""
    letters = [chr(code) for block in ((0xC0, 0x250), (0x1E00, 0x1F00)) for code in range(*block)]
    found = {}
    for letter in [*letters, *map(chr, _LETTERS)]:
        text = unicodedata.normalize("NFKD", letter.casefold().translate(_LETTERS))
        folded = "".join(sign for sign in text if not unicodedata.combining(sign))
        folded = folded.translate(_LETTERS)
        if folded.isascii():
            found[ord(letter)] = folded
    return found


_PUNCTUATION = re.compile(r"[-'./,()&]+")
_SAINTS = {"saint": "st", "sainte": "ste", "sankt": "st", "sint": "st"}


def loose(text: str) -> str:
    """A folded name without punctuation, and saints in short: for names alike but not equal.

    >>> loose("Saint-Étienne"), loose("St. Étienne"), loose("L'Aquila")
    ('st etienne', 'st etienne', 'l aquila')
    """
    words = _PUNCTUATION.sub(" ", fold(text)).split()
    return " ".join(_SAINTS.get(word, word) for word in words)


def plain(text: str) -> str:
    """A name as two writers of it would both type it: one case, one form of Unicode."""
    return unicodedata.normalize("NFC", text).casefold().strip()
