"""Which language a short text is in, by its little words; only where they leave no doubt.

>>> spoken("incontro di cori nella città"), spoken("meeting of choirs"), spoken("Kigali Forum")
('it', 'en', '')
"""

from __future__ import annotations

import re
from functools import cache

_WORDS = {
    "en": "the of and in for with by from to on at an between their its",
    "it": "il lo gli di del della dello dei degli delle nella nel negli con per tra fra una"
    " sulla sul alla al agli città e",
    "fr": "le les des du de la une dans avec pour par entre aux chez sur au et l d",
    "es": "el los las del de la una con para por entre en y al ciudad",
    "de": "der die das und von zur zum mit für im den dem ein eine zwischen auf bei",
    "pt": "o os as do da dos das de uma com para por entre em no na nos nas e",
    "nl": "de het een van voor met tussen op naar en bij uit aan",
}
_LITTLE = {language: frozenset(words.split()) for language, words in _WORDS.items()}
_SHARED = frozenset(
    word
    for language, words in _LITTLE.items()
    for word in words
    if sum(word in others for others in _LITTLE.values()) > 1 and language
)
_ALL_LITTLE = frozenset().union(*_LITTLE.values())
_WORD = re.compile(r"[^\W\d_]+")
_HELD_BY_ALL = frozenset({"in", "a", "e", "o", "as", "no", "die", "par", "on", "l", "d"})


def spoken(text: str) -> str:
    """The language of a text, or ``""`` where its little words do not tell.

    A word that several languages have counts for none: ``de`` is French, Spanish, Dutch. A name
    is in no language, though it has little words: Frankfurt am Main, Vico del Gargano.
    """
    content = [word for word in _WORD.findall(text) if word.lower() not in _ALL_LITTLE]
    if not any(word[0].islower() for word in content):
        return ""
    found = [word for word in _WORD.findall(text.lower())[1:-1] if word not in _HELD_BY_ALL]
    told = {
        language
        for language, words in _LITTLE.items()
        for word in found
        if word in words and word not in _SHARED
    }
    return told.pop() if len(told) == 1 else ""


def may_be_other(text: str, language: str) -> bool:
    """Whether a text has a word that tells of another language than that it is said to be in.

    >>> may_be_other("meeting of choirs", "en"), may_be_other("meeting of choirs", "it")
    (False, True)
    """
    return not _telling(language).isdisjoint(_WORD.findall(text.lower()))


@cache
def _telling(language: str) -> frozenset[str]:
    """The little words that tell of one language, and not of this."""
    own = _LITTLE.get(language, frozenset())
    return _ALL_LITTLE - own - _SHARED - _HELD_BY_ALL


NAMES = {
    "arabic": "ar", "chinese": "zh", "dutch": "nl", "english": "en", "eng": "en", "french": "fr",
    "fra": "fr", "fre": "fr", "german": "de", "ger": "de", "deu": "de", "italian": "it",
    "ita": "it", "italiano": "it", "francais": "fr", "deutsch": "de", "espanol": "es",
    "japanese": "ja", "jp": "ja", "portuguese": "pt", "por": "pt", "russian": "ru", "rus": "ru",
    "spanish": "es", "spa": "es", "cn": "zh", "gr": "el", "cz": "cs", "dk": "da", "se": "sv",
    "ua": "uk", "swedish": "sv", "greek": "el", "hebrew": "he", "hindi": "hi", "turkish": "tr",
}  # fmt: skip
"""What people write for a language, and the tag that it has."""
