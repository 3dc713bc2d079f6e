"""What is wrong with a literal by itself: its language, its datatype, how it is written."""

from __future__ import annotations

from difflib import get_close_matches
from functools import cache

from pyoxigraph import Literal

from glocal_kg._engines.shacl.literals import is_legal
from glocal_kg._engines.shacl.report import Severity
from glocal_kg._engines.shacl.terms import XSD
from glocal_kg._engines.shacl.terms import short as shown
from glocal_kg._mending.speech import NAMES, spoken
from glocal_kg._mending.values import as_type, form_of
from glocal_kg._rdf.languages import language_fault
from glocal_kg._rdf.namespaces import XSD as NAMED
from glocal_kg._study.vocab import PREFIXES
from glocal_kg._study.vocabularies import exists


def fault_of(term: Literal) -> tuple[str, str, str, Severity] | None:
    """What is wrong with a literal: kind, cause, what to write, and how bad it is."""
    text, tag = term.value, term.language or ""
    if tag:
        fault, right = _tag_fault(tag), NAMES.get(tag.partition("-")[0], "")
        if fault or right or len(tag.partition("-")[0]) > 3:
            why = fault or f"{tag} is the tag of no language"
            told = f"@{tag} says no language: {why}." if fault else f"{why[0]}{why[1:]}."
            return "language", told, f'"{text}"@{right or "en"}', "violation"
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


_tag_fault = cache(language_fault)
_exists = cache(exists)
