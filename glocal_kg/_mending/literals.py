"""What is wrong with a literal by itself: its language, its datatype, how it is written."""

from __future__ import annotations

from collections.abc import Callable
from difflib import get_close_matches
from functools import cache

from pyoxigraph import Literal

from glocal_kg._engines.shacl.literals import checker, is_legal
from glocal_kg._engines.shacl.report import Severity
from glocal_kg._engines.shacl.terms import XSD
from glocal_kg._engines.shacl.terms import short as shown
from glocal_kg._mending.speech import NAMES, may_be_other, spoken
from glocal_kg._mending.values import as_type, form_of
from glocal_kg._rdf.languages import language_fault
from glocal_kg._rdf.namespaces import XSD as NAMED
from glocal_kg._study.vocab import PREFIXES
from glocal_kg._study.vocabularies import exists


def fault_of(term: Literal) -> tuple[str, str, str, Severity] | None:
    """What is wrong with a literal: kind, cause, what to write, and how bad it is."""
    text, tag = term.value, term.language or ""
    if tag:
        fault = _tag_fault(tag)
        if fault is not None:
            return "language", fault[0], f'"{text}"@{fault[1]}', "violation"
        said = spoken(text)
        if said and said != tag.partition("-")[0] and tag.partition("-")[0] in _KNOWN:
            told = f'"{cut(text)}" is marked @{tag} and reads like {_KNOWN[said]}.'
            return "language", told, f'"{text}"@{said}', "info"
        return None
    datatype = term.datatype.value
    if datatype == f"{XSD}string":
        said = spoken(text)
        if said:
            told = f'"{cut(text)}" has no language and reads like {_KNOWN[said]}.'
            return "language", told, f'"{text}"@{said}', "info"
        return None
    if datatype.startswith(XSD) and _exists(datatype) is False:
        near = PREFIXES.shorten(_near_type(datatype))
        told = f"There is no datatype {shown(term.datatype)}."
        return "datatype", told, f'"{text}"^^{near}', "violation"
    if datatype.startswith(XSD) and not is_legal(text, datatype):
        name = shown(term.datatype)
        told = f'"{cut(text)}" is not written as {name} is: {form_of(datatype)}.'
        return "datatype", told, as_type(text, [datatype]), "violation"
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
        check = _check(tail[3:-1])
        return check is not None and ("\\" in text or not check(text[1:]))
    tag = tail[1:].partition("--")[0]
    return bool(tag and _tag_fault(tag)) or may_be_other(text, tag.partition("-")[0])


@cache
def _check(datatype: str) -> Callable[[str], bool] | None:
    """The test of a datatype of XML Schema, one that nothing passes where there is no such."""
    if not datatype.startswith(XSD):
        return None
    return checker(datatype) if _exists(datatype) else lambda _: False


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
