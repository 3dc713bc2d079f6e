"""Which language a short text is in, by its little words; only where they leave no doubt.

>>> spoken("incontro di cori nella città"), spoken("meeting of choirs"), spoken("Kigali Forum")
('it', 'en', '')
"""

from __future__ import annotations

import re
from functools import cache
from unicodedata import name

from glocal_kg._rdf.many_texts import lines_of_words

_WORDS = {
    "en": "the of and in for with by from to on at an between their its this that these those is"
    " are was were be been has have had do does did not or as it which who whose what how when"
    " where they them than then so such each other more most any all into about without within"
    " over after before under per met us die also only if can may must",
    "it": "il lo gli la le un una uno di del della dello dei degli delle nel nella nei nelle negli"
    " con per tra fra su sul sulla sui alla al ai agli alle da dal dalla dai dalle città e ed è"
    " che chi cui non ha hanno sono si se come più anche ciò quale quali dove quando o ma in a",
    "fr": "le les des du de la une un dans avec pour par entre aux chez sur au et l d qui que est"
    " sont ne pas ou se ce cette ces son sa ses leur leurs en à comme plus il elle où dont non qu",
    "es": "el los las del de la una un con para por entre en y al ciudad que es son no se su sus"
    " lo como más o e este esta sin sobre quien cada da ha le les",
    "de": "der die das des dem den und von vom zur zum mit für im in an am als auch ein eine einer"
    " eines einem einen zwischen auf bei ist sind nicht es sich wie oder wird werden aus nach"
    " über durch dass was wer so",
    "pt": "o os as a do da dos das de uma um com para por entre em no na nos nas e que é são não"
    " se ao à pela pelo mais como ou sua seu seus suas",
    "nl": "de het een van voor met tussen op naar en bij uit aan die dat in is zijn niet te als"
    " ook door over om wordt worden per",
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
_HYPHENED = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_OF_NAMES = frozenset({"am", "ob", "vor", "s"})  # little words that names of places have beside
_HELD_BY_ALL = frozenset({"in", "a", "e", "o", "as", "no", "die", "par", "on", "l", "d"})


def spoken(text: str) -> str:
    """The language of a text, or ``""`` where its little words do not tell.

    A word that several languages have counts for none: ``de`` is French, Spanish, Dutch. A name
    is in no language, though it has little words: Frankfurt am Main, Globus et Locus; nor are two
    names, Liederbach am Taunus – Villebon-sur-Yvette. (Between two capitals only German words
    count, as German nouns have capitals.)
    """
    words = _HYPHENED.findall(text)
    little = _ALL_LITTLE | _OF_NAMES
    if not any(word[0].islower() for word in words if word.lower() not in little):
        return ""
    found = [
        word.lower()
        for before, word, after in zip(words, words[1:], words[2:], strict=False)
        if word.lower() not in _HELD_BY_ALL
        and not (before[0].isupper() and after[0].isupper() and word not in _LITTLE["de"])
    ]
    told = {
        language
        for language, words in _LITTLE.items()
        for word in found
        if word in words and word not in _SHARED
    }
    return told.pop() if len(told) == 1 else ""


def speaks(text: str, language: str, rather_than: str) -> bool:
    """Whether a text has a little word of one language that another does not have.

    >>> speaks("ciò che le fonti non dicono", "it", "fr"), speaks("choirs in the city", "it", "en")
    (True, False)
    """
    own = _LITTLE.get(language, frozenset()) - _LITTLE.get(rather_than, frozenset())
    return not own.isdisjoint(_WORD.findall(text.lower()))


def may_be_other(text: str, language: str) -> bool:
    """Whether a text has a word that tells of another language than that it is said to be in.

    >>> may_be_other("meeting of choirs", "en"), may_be_other("meeting of choirs", "it")
    (False, True)
    """
    return not _telling(language).isdisjoint(_WORD.findall(text.lower()))


def lines_of_other(lines: str, language: str) -> list[int]:
    """The places of the lines that may be in another language, as ``may_be_other`` has it.

    >>> lines_of_other("meeting of choirs\\nincontro di cori", "en")
    [1]
    """
    return lines_of_words(_telling(language), lines.lower())


@cache
def _telling(language: str) -> frozenset[str]:
    """The little words that tell of one language, and not of this."""
    own = _LITTLE.get(language, frozenset())
    return _ALL_LITTLE - own - _SHARED - _HELD_BY_ALL


_SCRIPTS = {
    "HIRAGANA": "ja", "KATAKANA": "ja", "HANGUL": "ko", "CJK": "zh", "CYRILLIC": "ru",
    "ARABIC": "ar", "HEBREW": "he", "GREEK": "el", "THAI": "th", "DEVANAGARI": "hi",
}  # fmt: skip
_LATIN = re.compile("[A-Za-z]")
"""Scripts by the names of their letters in Unicode, and the language most written in each."""


def script_of(text: str) -> str:
    """The language most written in the script of a text; "" where it has Latin letters, or none.

    >>> script_of("京都"), script_of("Kyoto 京都"), script_of("Київ"), script_of("1959")
    ('zh', '', 'ru', '')
    """
    if text.isascii() or _LATIN.search(text):
        return ""
    scripts = {name(letter, "").split(" ")[0] for letter in text if letter.isalpha()}
    if "LATIN" in scripts:
        return ""
    return next((_SCRIPTS[one] for one in _SCRIPTS if one in scripts), "")


NAMES = {
    "arabic": "ar", "chinese": "zh", "dutch": "nl", "english": "en", "eng": "en", "french": "fr",
    "fra": "fr", "fre": "fr", "german": "de", "ger": "de", "deu": "de", "italian": "it",
    "ita": "it", "italiano": "it", "francais": "fr", "deutsch": "de", "espanol": "es",
    "japanese": "ja", "jp": "ja", "portuguese": "pt", "por": "pt", "russian": "ru", "rus": "ru",
    "spanish": "es", "spa": "es", "cn": "zh", "gr": "el", "cz": "cs", "dk": "da", "se": "sv",
    "ua": "uk", "swedish": "sv", "greek": "el", "hebrew": "he", "hindi": "hi", "turkish": "tr",
}  # fmt: skip
"""What people write for a language, and the tag that it has."""
