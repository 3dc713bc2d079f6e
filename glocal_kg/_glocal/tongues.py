"""The languages in which pictures, tables and pages have words of their own."""

from __future__ import annotations

from collections.abc import Sequence

from glocal_kg._rdf.warning import warn_caller

SPOKEN = ("en", "it", "fr")


def spoken(languages: str | Sequence[str]) -> str:
    """The first language that has words here, else English.

    >>> spoken(("de", "fr-CH")), spoken("ja")
    ('fr', 'en')
    """
    asked = (languages,) if isinstance(languages, str) else languages
    known = (one.lower().split("-")[0] for one in asked)
    return next((one for one in known if one in SPOKEN), "en")


def unspoken(languages: str | Sequence[str]) -> tuple[str, ...]:
    """What to say where none of the languages asked for has words here.

    >>> unspoken(("de", "en")), len(unspoken("de"))
    ((), 1)
    """
    asked = (languages,) if isinstance(languages, str) else tuple(languages)
    if not asked or any(one.lower().split("-")[0] in SPOKEN for one in asked):
        return ()
    listed = " or ".join(map(repr, asked))
    return (
        f"There are no words in {listed}, so they are English; names are as the graph has them. "
        f"There are words in {', '.join(SPOKEN)}.",
    )


def chosen(languages: str | Sequence[str]) -> str:
    """The language of words; a warning of the caller's caller where none was found."""
    for remark in unspoken(languages):
        warn_caller(remark)
    return spoken(languages)
