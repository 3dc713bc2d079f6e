"""Regular expressions of XPath, which REGEX and REPLACE use, as those of Python."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from glocal_kg._rdf.sparql.linear import search, search_all, slow_from
from glocal_kg._rdf.sparql.numbers import NoValue
from glocal_kg.errors import TooLargeError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_OFTEN: Final = 128  # texts that are tested between two looks at the clock
_SELDOM: Final = 4  # the same where one may take as long as this engine is let
_NEAR: Final = 4  # times as many letters, and it might
_LONGEST: Final = 20_000  # letters of a pattern: to make more ready takes long
_MOST_DIGITS: Final = 9  # of the number of a group
_FLAGS: Final = {"s": re.DOTALL, "m": re.MULTILINE, "i": re.IGNORECASE}
NAME_START: Final = (
    ":A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
NAME_CHAR: Final = f"{NAME_START}\\-.0-9\u00b7\u0300-\u036f\u203f-\u2040"
# Python's own \s, \d and \w know other characters than XML Schema's.
_CLASSES: Final = {"i": NAME_START, "c": NAME_CHAR, "s": " \\t\\n\\r"}


@lru_cache(maxsize=256)
def compiled(pattern: str, flags: str = "") -> re.Pattern[str]:
    """A pattern of XPath for Python; ``NoValue`` where it is none.

    >>> bool(compiled(r"^\\i\\c*$").search("élan")), bool(compiled("A.c", "iq").search("a.C"))
    (True, True)
    """
    if set(flags) - set("smixq"):
        raise NoValue
    if len(pattern) > _LONGEST:
        raise TooLargeError(
            f"The query has a pattern of {len(pattern):,} letters.",
            remedy=f"Patterns of up to {_LONGEST:,} letters can be looked for.",
            limit=_LONGEST,
        )
    options = 0
    for flag in set(flags) & set(_FLAGS):
        options |= _FLAGS[flag]
    if "q" in flags:
        return re.compile(re.escape(pattern), options)
    try:
        return re.compile(translated(pattern, spaced="x" in flags, lines="m" in flags), options)
    except (re.error, OverflowError, RecursionError):
        raise NoValue from None


@lru_cache(maxsize=256)
def finder(pattern: str, flags: str = "") -> Callable[[str], object]:
    """A test whether a pattern is found in a text: what it gives is true where it is.

    It ends whatever the pattern.
    """
    find = compiled(pattern, flags).search
    if "q" in flags:
        return find
    slow = slow_from(pattern)
    return lambda text: find(text) if len(text) < slow else search(text, pattern, flags)


def found_in(
    texts: list[str], pattern: str, flags: str, check: Callable[[], object]
) -> Iterable[object]:
    """For each text whether a pattern is found in it; ``check`` is called now and then."""
    find = compiled(pattern, flags).search
    longest, slow = max(map(len, texts), default=0), slow_from(pattern)
    if "q" not in flags and longest >= slow:
        return search_all(texts, pattern, flags, check)
    found: list[object] = []
    often = _OFTEN if longest * _NEAR < slow else _SELDOM
    for start in range(0, len(texts), often):
        check()
        found += map(find, texts[start : start + often])
    return found


@lru_cache(maxsize=256)
def required(pattern: str, flags: str = "") -> str:
    """A text that is in whatever a pattern finds, the longest that is seen at once; or none.

    >>> required("^item 1.*tower wells?$"), required("(a|b)c"), required("(ab)?c[d]e")
    ('tower well', '', '')
    """
    if "i" in flags:
        return ""
    if "q" in flags:
        return pattern
    if "x" in flags or "|" in pattern:
        return ""
    found, run, depth, place = [""], "", 0, 0
    while place < len(pattern):
        letter = pattern[place]
        if letter == "[":
            return ""  # what stands in a class is no text
        if letter in "*?{+" and run:
            run = run[:-1]  # the last letter may be missing
        if depth == 0 and (letter.isalnum() or letter in " _-,:;/@#'"):
            run += letter
        else:
            found.append(run)
            run = ""
        if letter == "{":
            place = max(place, pattern.find("}", place))
        depth += (letter == "(") - (letter == ")")
        place += 1 + (letter == "\\")
    return max(*found, run, key=len)


@lru_cache(maxsize=256)
def replacement(text: str, groups: int) -> str:
    """A replacement of XPath for Python: ``$1`` is a group, ``\\$`` and ``\\\\`` are themselves."""
    pieces: list[str] = []
    place = 0
    while place < len(text):
        letter = text[place]
        place += 1
        if letter == "\\":
            if text[place : place + 1] not in ("\\", "$"):
                raise NoValue
            pieces.append(text[place].replace("\\", "\\\\"))
            place += 1
        elif letter == "$":
            end = place
            while end < min(len(text), place + _MOST_DIGITS) and text[end] in "0123456789":
                end += 1
            if end == place:
                raise NoValue
            while end > place + 1 and int(text[place:end]) > groups:
                end -= 1
            chosen = int(text[place:end])
            pieces.append(f"\\g<{chosen}>" if chosen <= groups else "")
            place = end
        else:
            pieces.append(letter)
    return "".join(pieces)


def expanding(put: str) -> Callable[[re.Match[str]], str]:
    """What :func:`replacement` gave, read once for many places: ``re`` reads it at each.

    >>> expanding(replacement("<$1>", 1))(re.compile("a(.)c").match("abc"))
    '<b>'
    """
    texts, groups = [""], list[int]()
    for found in re.finditer(r"[^\\]+|\\(?:g<(\d+)>|\\)", put):
        if found[1]:
            groups.append(int(found[1]))
            texts.append("")
        else:
            texts[-1] += "\\" if found[0] == "\\\\" else found[0]
    first, *others = texts
    if not groups:
        return lambda _: first

    def expanded(place: re.Match[str]) -> str:
        rest = zip(groups, others, strict=True)
        return first + "".join([(place[group] or "") + text for group, text in rest])

    return expanded


def translated(
    pattern: str, *, spaced: bool = False, lines: bool = False, each: Callable[[str], str] = str
) -> str:
    """A pattern of XPath as one of Python. ``NoValue`` where it is none.

    ``spaced`` and ``lines`` are the flags x and m; ``each`` changes what stands for one sign.
    """
    pieces: list[str] = []
    place = 0
    while place < len(pattern):
        letter = pattern[place]
        if letter == "\\":
            piece, place = _escape(pattern, place, inside=False)
            pieces.append(each(piece))
        elif letter == "[":
            piece, place = _class(pattern, place, spaced=spaced)
            pieces.append(each(piece))
        elif letter == "$":
            # Python's $ also matches before a last line break.
            pieces.append("$" if lines else r"\Z")
            place += 1
        elif letter == "(" and pattern.startswith("(?", place):
            if not pattern.startswith("(?:", place):
                raise NoValue  # look-around and names are not part of XPath
            pieces.append("(?:")
            place += 3
        elif spaced and letter in " \t\n\r":
            place += 1
        elif letter in "*+?}" and pattern[place + 1 : place + 2] == "+":
            raise NoValue  # Python would take it for a possessive quantifier
        else:
            pieces.append(letter if letter in "^|()*+?{}" else each(letter))
            place += 1
    return "".join(pieces)


def _escape(pattern: str, place: int, *, inside: bool) -> tuple[str, int]:
    """What stands for an escape, in or outside a class of characters, and where it ends."""
    letter = pattern[place + 1 : place + 2]
    if letter in ("p", "P"):
        end = pattern.find("}", place)
        if pattern[place + 2 : place + 3] != "{" or end < 0:
            raise NoValue
        inner = _property(pattern[place + 3 : end])
        if inside:
            if letter == "P":
                inner = _property(pattern[place + 3 : end], negated=True)
            return inner, end + 1
        return f"[{'^' if letter == 'P' else ''}{inner}]", end + 1
    if letter.lower() in _CLASSES and letter:
        inner = _CLASSES[letter.lower()]
        if not inside:
            return f"[{'^' if letter.isupper() else ''}{inner}]", place + 2
        if letter.isupper():
            return (r"\S" if letter == "S" else _outside(inner)), place + 2
        return inner, place + 2
    if letter in "dDwWnrt\\|.?*+(){}-[]^$" and letter:
        if letter == "$":
            return r"\$", place + 2
        return f"\\{letter}", place + 2
    if letter in "123456789" and letter and not inside:
        return f"\\{letter}", place + 2
    raise NoValue


def _class(pattern: str, place: int, *, spaced: bool) -> tuple[str, int]:
    """A class in square brackets, with the classes taken from it: ``[a-z-[aeiou]]``."""
    place += 1
    negated = pattern.startswith("^", place)
    place += negated
    pieces: list[str] = []
    taken = ""
    while True:
        letter = pattern[place : place + 1]
        if not letter:
            raise NoValue
        if letter == "]":
            if not pieces:
                raise NoValue
            place += 1
            break
        if letter == "-" and pattern.startswith("-[", place):
            taken, place = _class(pattern, place + 1, spaced=spaced)
            if not pattern.startswith("]", place):
                raise NoValue
            place += 1
            break
        if letter == "\\":
            piece, place = _escape(pattern, place, inside=True)
            pieces.append(piece)
            continue
        if letter == "[":
            raise NoValue
        pieces.append(f"\\{letter}" if letter in "&~|^" else letter)
        place += 1
    found = f"[{'^' if negated else ''}{''.join(pieces)}]"
    return (f"(?:(?!{taken}){found})" if taken else found), place


@lru_cache(maxsize=64)
def _property(name: str, *, negated: bool = False) -> str:
    """The characters of a Unicode category, or of a block such as ``IsGreek``, for a class."""
    import sys
    import unicodedata

    if name.startswith("Is"):
        found = BLOCKS.get(name[2:])
        if found is None:
            raise NoValue
        inside = range(found[0], found[1] + 1)
        return _outside(_ranges(inside)) if negated else _ranges(inside)
    if not re.fullmatch(r"[LMNPZSC][a-z]?", name):
        raise NoValue
    points = (
        point
        for point in range(sys.maxunicode + 1)
        if unicodedata.category(chr(point)).startswith(name) != negated
    )
    return _ranges(points)


def _ranges(points: Iterable[int]) -> str:
    pieces: list[str] = []
    first = last = -2
    for point in points:
        if point != last + 1:
            if first >= 0:
                pieces.append(_range(first, last))
            first = point
        last = point
    if first >= 0:
        pieces.append(_range(first, last))
    return "".join(pieces)


def _range(first: int, last: int) -> str:
    return f"\\U{first:08x}-\\U{last:08x}" if last > first else f"\\U{first:08x}"


def _outside(inner: str) -> str:
    """The characters that a class does not have, as one that can stand inside another."""
    import sys

    having = re.compile(f"[{inner}]")
    return _ranges(p for p in range(sys.maxunicode + 1) if not having.match(chr(p)))


# Blocks as XML Schema 1.0 names them (F.1.1), those of the scripts that data are written in.
BLOCKS: Final = {
    "BasicLatin": (0x0, 0x7F), "Latin-1Supplement": (0x80, 0xFF),
    "LatinExtended-A": (0x100, 0x17F), "LatinExtended-B": (0x180, 0x24F),
    "IPAExtensions": (0x250, 0x2AF), "SpacingModifierLetters": (0x2B0, 0x2FF),
    "CombiningDiacriticalMarks": (0x300, 0x36F), "Greek": (0x370, 0x3FF),
    "GreekandCoptic": (0x370, 0x3FF), "Cyrillic": (0x400, 0x4FF), "Armenian": (0x530, 0x58F),
    "Hebrew": (0x590, 0x5FF), "Arabic": (0x600, 0x6FF), "Syriac": (0x700, 0x74F),
    "Thaana": (0x780, 0x7BF), "Devanagari": (0x900, 0x97F), "Bengali": (0x980, 0x9FF),
    "Gurmukhi": (0xA00, 0xA7F), "Gujarati": (0xA80, 0xAFF), "Oriya": (0xB00, 0xB7F),
    "Tamil": (0xB80, 0xBFF), "Telugu": (0xC00, 0xC7F), "Kannada": (0xC80, 0xCFF),
    "Malayalam": (0xD00, 0xD7F), "Sinhala": (0xD80, 0xDFF), "Thai": (0xE00, 0xE7F),
    "Lao": (0xE80, 0xEFF), "Tibetan": (0xF00, 0xFFF), "Myanmar": (0x1000, 0x109F),
    "Georgian": (0x10A0, 0x10FF), "HangulJamo": (0x1100, 0x11FF), "Ethiopic": (0x1200, 0x137F),
    "Cherokee": (0x13A0, 0x13FF), "Khmer": (0x1780, 0x17FF), "Mongolian": (0x1800, 0x18AF),
    "LatinExtendedAdditional": (0x1E00, 0x1EFF), "GreekExtended": (0x1F00, 0x1FFF),
    "GeneralPunctuation": (0x2000, 0x206F), "CurrencySymbols": (0x20A0, 0x20CF),
    "LetterlikeSymbols": (0x2100, 0x214F), "NumberForms": (0x2150, 0x218F),
    "Arrows": (0x2190, 0x21FF), "MathematicalOperators": (0x2200, 0x22FF),
    "CJKSymbolsandPunctuation": (0x3000, 0x303F), "Hiragana": (0x3040, 0x309F),
    "Katakana": (0x30A0, 0x30FF), "Bopomofo": (0x3100, 0x312F),
    "CJKUnifiedIdeographs": (0x4E00, 0x9FFF), "HangulSyllables": (0xAC00, 0xD7A3),
    "PrivateUse": (0xE000, 0xF8FF),
}  # fmt: skip
