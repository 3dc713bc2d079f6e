"""Names compared: letters without their marks, and what makes two spellings one name."""

from __future__ import annotations

import re
import unicodedata

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
    text = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return "".join(sign for sign in text if not unicodedata.combining(sign)).translate(_LETTERS)


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
