"""What is wrong with a literal by itself: its language, its datatype, how it is written."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from difflib import get_close_matches
from functools import cache

import numpy as np
from pyoxigraph import Literal

from glocal_kg._engines.shacl.facets import Facets
from glocal_kg._engines.shacl.literals import checker, is_legal
from glocal_kg._engines.shacl.rdf_terms import XSD
from glocal_kg._engines.shacl.rdf_terms import short as shown
from glocal_kg._engines.shacl.report import Severity
from glocal_kg._mending.remedies.turtle import quoted
from glocal_kg._mending.remedies.written_values import as_whole, form_of, no_day, readings
from glocal_kg._mending.slips.speech import (
    NAMES,
    lines_of_other,
    may_be_other,
    script_of,
    speaks,
    spoken,
)
from glocal_kg._rdf.languages import language_fault
from glocal_kg._rdf.many_texts import lines_with
from glocal_kg._rdf.namespaces import XSD as NAMED
from glocal_kg._rdf.store.dictionary import Dictionary
from glocal_kg._rdf.store.literal_tails import like_literals
from glocal_kg._rdf.store.pairs import Numbers
from glocal_kg._study.vocab import PREFIXES
from glocal_kg._study.vocabularies import exists


def fault_of(term: Literal) -> tuple[str, str, str, Severity] | None:
    """What is wrong with a literal: kind, cause, what to write, and how bad it is."""
    text, tag = term.value, term.language or ""
    if tag:
        fault = _tag_fault(tag)
        if fault is not None:
            return "language", fault[0], quoted(text, fault[1]), "violation"
        if spoiled := _spoiled(text, tag):
            return spoiled
        said, language = spoken(text), tag.partition("-")[0]
        script = script_of(text) if language in _KNOWN and "latn" not in tag else ""
        if script:
            told = f'"{cut(text)}" is marked @{tag} and has no Latin letter.'
            return "language", told, quoted(text, script), "warning"
        known = language in _KNOWN or language in _OTHER_SCRIPTS
        if said and said != language and known and not speaks(text, language, said):
            told = f'"{cut(text)}" is marked @{tag} and reads like {_KNOWN[said]}.'
            return "language", told, quoted(text, said), "info"
        return None
    datatype = term.datatype.value
    if datatype == f"{XSD}string":
        if spoiled := _spoiled(text, ""):
            return spoiled
        said = spoken(text)
        if said:
            told = f'"{cut(text)}" has no language and reads like {_KNOWN[said]}.'
            return "language", told, quoted(text, said), "info"
        return None
    if datatype.startswith(XSD) and _exists(datatype) is False:
        near = PREFIXES.shorten(_near_type(datatype))
        told = f"There is no datatype {shown(term.datatype)}."
        return "datatype", told, f"{quoted(text)}^^{near}", "violation"
    if datatype.startswith(XSD) and not is_legal(text, datatype):
        name = shown(term.datatype)
        told = f'"{cut(text)}" is not written as {name} is: {form_of(datatype)}.'
        if why := no_day(text):
            told = f'"{cut(text)}" is no {name}: {why}.'
        right = as_whole(text) if datatype in _WHOLE else ""
        both = [right] if right else readings(text, [datatype])
        if len(both) > 1:
            return "datatype", f"{told} It may be {' or '.join(both)}.", "", "violation"
        return "datatype", told, "".join(both), "violation"
    if datatype in _DATES and (found := re.match(r"-?(\d{5,})", text)):
        told = f"The year {found[1]} has more than four digits."
        return "datatype", told, "", "warning"
    if datatype in _DATES and (found := _AHEAD.match(text)):
        told = f"The year {found[1]} is far ahead; years of another calendar are no years here."
        return "datatype", told, "", "warning"
    return None


def may_have_fault(written: str) -> bool:
    """Whether a literal as the store writes it must be looked at; False for most, quickly.

    >>> may_have_fault('"5"^^<http://www.w3.org/2001/XMLSchema#integer>')
    False
    >>> may_have_fault('"five"^^<http://www.w3.org/2001/XMLSchema#integer>')
    True
    """
    text, _, tail = written.rpartition('"')
    if tail[:2] == "^^":
        datatype = tail[3:-1]
        check = _check(datatype)
        if datatype in _DATES and (text[5:6].isdigit() or _AHEAD.match(text[1:])):
            return True
        return check is not None and ("\\" in text or not check(text[1:]))
    if _SPOILED.search(text) or ("<" in text and _TAG.search(text)):
        return True
    tag = tail[1:].partition("--")[0]
    language = tag.partition("-")[0]
    if language in _KNOWN and script_of(text):
        return True
    return bool(tag and _tag_fault(tag)) or may_be_other(text, language)


def with_fault_perhaps(dictionary: Dictionary, literals: Numbers) -> list[int]:
    """Those of many literals, by their sorted numbers, that must be looked at.

    They are those that ``may_have_fault`` finds, told from what all have that are of one language
    or type, and from a look at all their texts together.

    >>> from glocal_kg._rdf.store.dictionary import Dictionary
    >>> terms = Dictionary()
    >>> texts = b'"meeting of choirs"@en', b'"meeting of choirs"@it', b'"a &amp; b"'
    >>> with_fault_perhaps(terms, terms.add_texts(texts))
    [1, 2]
    """
    doubted = list(_doubted_of(dictionary, literals))
    numbers = np.sort(np.concatenate([literals[:0], *doubted]))
    texts = zip(numbers.tolist(), dictionary.texts(numbers), strict=True)
    return [number for number, text in texts if may_have_fault(text)]


def _doubted_of(dictionary: Dictionary, literals: Numbers) -> Iterator[Numbers]:
    """Those of some literals that may have a fault, and some more, of each kind in turn."""
    if len(literals) < _FEW:
        yield literals
        return
    examples, alike = like_literals(dictionary, literals)
    facets = Facets(dictionary)
    for place, example in enumerate(examples):
        text = dictionary.text(example).decode()
        tail = text[text.rindex('"') + 1 :]
        some = literals[alike == place]
        if tail[:2] == "^^":
            yield _doubted_values(facets, tail[3:-1], some)
            continue
        tag = tail[1:].partition("--")[0]
        for start in range(0, len(some), _PART):
            part = some[start : start + _PART]
            if tag and _tag_fault(tag):
                yield part
                continue
            lines = dictionary.lines(part).decode().replace(f'"{tail}\n', "\n")
            yield part[sorted(_doubted_lines(lines, tag.partition("-")[0]))]


def _doubted_values(facets: Facets, datatype: str, literals: Numbers) -> Numbers:
    """The same of literals of one datatype."""
    if _check(datatype) is None:
        return literals[:0]
    if not _exists(datatype):
        return literals
    doubted = ~facets.has_datatype(literals, datatype)
    if datatype in _DATES:
        lines = facets.terms.lines(literals).decode()
        doubted[list(lines_with(_LATE, lines))] = True
    found: Numbers = literals[doubted]
    return found


def _doubted_lines(lines: str, language: str) -> set[int]:
    """The places of the texts in one language that may have a fault, and some more."""
    found: set[int] = set()
    for pattern, signs in ((_SPOILED, "&Ãâ\ufffd"), (_TAG, "<")):
        if any(sign in lines for sign in signs):
            found.update(lines_with(pattern, lines))
    if language in _KNOWN and not lines.isascii():
        found.update(row for row, line in enumerate(lines.split("\n")) if not line.isascii())
    return found.union(lines_of_other(lines, language))


@cache
def _check(datatype: str) -> Callable[[str], bool] | None:
    """The test of a datatype of XML Schema, one that nothing passes where there is no such."""
    if not datatype.startswith(XSD):
        return None
    return checker(datatype) if _exists(datatype) else lambda _: False


_FEW = 64  # literals that are looked at one by one
_PART = 1 << 15  # literals that are looked at together
_AHEAD = re.compile(r"(2[2-9]\d\d|[3-9]\d{3})(?!\d)")
_LATE = re.compile(r'^"(?:2[2-9]|[3-9]|.{4}\d)', re.MULTILINE)
"""A date that may lie far ahead, or whose year has more than four digits."""
_WHOLE = frozenset(
    XSD + name for name in ("integer", "nonNegativeInteger", "positiveInteger", "int", "long")
)
_DATES = frozenset(XSD + name for name in ("gYear", "gYearMonth", "date", "dateTime"))
_TAG = re.compile(
    r"</?(?:(?P<block>br|div|h[1-6]|img|li|ol|p|ul)"
    r"|a|b|em|font|i|small|span|strong|sub|sup|u)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_SPOILED = re.compile(r"&(?:#\d+|#x[0-9A-Fa-f]+|[A-Za-z]{2,8});|Ã[\x80-\xbf©¨¡³±¼¶¤]|â€|\ufffd")
"""Signs that a text was carried over badly: of a web page, or read in another encoding."""


def _spoiled(text: str, tag: str) -> tuple[str, str, str, Severity] | None:
    """What is wrong with a text that came out of another system badly."""
    found = _SPOILED.search(text) or _TAG.search(text)
    if found is None:
        return None
    if found[0] == "\ufffd":
        told = f'"{cut(text)}" has a sign (U+FFFD) for a letter that was lost.'
        return "text", told, quoted(text.replace(found[0], "?"), tag), "warning"
    plain = _TAG.sub(lambda tag: " " if tag["block"] else "", text)
    right = html.unescape(text if plain == text else " ".join(plain.split()))
    why = "as in a web page"
    if found[0][0] not in "&<":
        why = "of UTF-8 read as Latin-1"
        for encoding in ("cp1252", "latin-1"):
            try:
                right = text.encode(encoding).decode("utf-8")
            except UnicodeError:
                continue
            break
    if right == text:
        return None
    told = f'"{cut(text)}" has {found[0]}, {why}; it reads {right}.'
    return "text", told, quoted(right, tag), "warning"


_OTHER_SCRIPTS = frozenset(
    ("ar", "be", "bg", "el", "fa", "he", "hi", "hy", "ja", "ka", "ko", "mk", "ru", "uk", "ur", "zh")
)
"""Languages not written in Latin letters."""
_KNOWN = {
    "en": "English", "it": "Italian", "fr": "French", "es": "Spanish", "de": "German",
    "pt": "Portuguese", "nl": "Dutch",
}  # fmt: skip


def _near_type(datatype: str) -> str:
    names = {name.lower(): name for name in dir(NAMED)}
    close = get_close_matches(datatype[len(XSD) :].lower(), sorted(names), 1, 0.5)
    return XSD + (names[close[0]] if close else "string")


def cut(text: str) -> str:
    """A text for a message, not too long."""
    return text if len(text) <= 60 else text[:59] + "…"


_exists = cache(exists)


@cache
def _tag_fault(tag: str) -> tuple[str, str] | None:
    """What is wrong with a language tag, and the right one."""
    language = tag.partition("-")[0]
    fault, right = language_fault(tag), NAMES.get(language, "")
    if not fault and not right and len(language) <= 3:
        return None
    why = fault or f"{tag} is the tag of no language"
    told = f"@{tag} says no language: {why}." if fault else f"{why[0]}{why[1:]}."
    return told, right or "en"
