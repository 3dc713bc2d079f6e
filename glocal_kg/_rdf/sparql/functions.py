"""The functions of SPARQL (17.4) and its casts (17.5), from terms to a term.

Those that need more than their arguments (NOW, BNODE, IRI and so on) stand in ``compiling``.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode

from glocal_kg._rdf.sparql import numbers, times
from glocal_kg._rdf.sparql.comparison import boolean, plain_text, text_of, value
from glocal_kg._rdf.sparql.limits import LONGEST_TEXT, fitting
from glocal_kg._rdf.sparql.numbers import XSD, NoValue

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Callable

    from glocal_kg._rdf.sparql.comparison import Term
    from glocal_kg._rdf.sparql.numbers import Number

_LANG_STRING: Final = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#langString")
_DIR_STRING: Final = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#dirLangString")
_NO_TAG: Final = (None, None)
_PLACE: Final = "\ue000"
LONG: Final = 1 << 16  # letters of a text in which a look at the clock between places pays
_DURATION: Final = NamedNode(f"{XSD}dayTimeDuration")


# Terms


def string(term: Term) -> Literal:
    """STR."""
    if isinstance(term, (NamedNode, Literal)):
        return Literal(term.value)
    raise NoValue


def language(term: Term) -> Literal:
    """LANG."""
    if isinstance(term, Literal):
        return Literal(term.language or "")
    raise NoValue


def datatype(term: Term) -> NamedNode:
    """DATATYPE."""
    if not isinstance(term, Literal):
        raise NoValue
    if term.language is None:
        return term.datatype
    return _LANG_STRING if term.direction is None else _DIR_STRING


def with_language(text: Term, tag: Term) -> Literal:
    """STRLANG."""
    try:
        return Literal(plain_text(text), language=plain_text(tag))
    except ValueError:
        raise NoValue from None


def with_datatype(text: Term, kind: Term) -> Literal:
    """STRDT."""
    if not isinstance(kind, NamedNode) or kind in (_LANG_STRING, _DIR_STRING):
        raise NoValue
    return Literal(plain_text(text), datatype=kind)


def is_numeric(term: Term) -> Literal:
    """isNumeric."""
    return boolean(isinstance(term, Literal) and value(term)[0] == "number")


def language_matches(tag: Term, wanted: Term) -> Literal:
    """LANGMATCHES: basic filtering of RFC 4647."""
    found, range_ = plain_text(tag).lower(), plain_text(wanted).lower()
    if range_ == "*":
        return boolean(found != "")
    return boolean(found == range_ or found.startswith(f"{range_}-"))


# Strings


@lru_cache(maxsize=4096)
def _whole(number: int) -> Literal:
    """A number that many texts have as their length."""
    return Literal(number)


def _like(text: str, model: Term) -> Literal:
    """A text with the language of another."""
    if isinstance(model, Literal) and model.language is not None:
        return Literal(text, language=model.language, direction=model.direction)
    return Literal(text)


def _tag(term: Term) -> tuple[object, object]:
    return (term.language, term.direction) if isinstance(term, Literal) else (None, None)


def _compatible(a: Term, b: Term) -> tuple[str, str]:
    """Two texts, the second without a language or with that of the first (17.4.3.1.2)."""
    first, second = text_of(a), text_of(b)
    if _tag(b) not in (_NO_TAG, _tag(a)):
        raise NoValue
    return first, second


def concat(*terms: Term) -> Literal:
    """CONCAT: with a language where all have the same."""
    texts = list(map(text_of, terms))
    fitting(sum(map(len, texts)))
    joined, tag = "".join(texts), _tag(terms[0]) if terms else _NO_TAG
    if tag == _NO_TAG or any(_tag(term) != tag for term in terms[1:]):
        return Literal(joined)
    return _like(joined, terms[0])


def length(term: Term) -> Literal:
    """STRLEN."""
    return _whole(len(text_of(term)))


def substring(term: Term, start: Number, size: Number | None = None) -> Literal:
    """SUBSTR: characters count from 1, places are rounded, as XPath has it."""
    text = text_of(term)
    first = numbers.as_float(numbers.rounded(start))
    last = float("inf") if size is None else first + numbers.as_float(numbers.rounded(size))
    if not first < last:  # also where one is not a number
        return _like("", term)
    end = len(text) + 1
    from_ = int(min(max(first, 1), end))
    return _like(text[from_ - 1 : int(min(max(last, 1), end)) - 1], term)


def upper(term: Term) -> Literal:
    """UCASE."""
    return _like(text_of(term).upper(), term)


def lower(term: Term) -> Literal:
    """LCASE."""
    return _like(text_of(term).lower(), term)


def starts(a: Term, b: Term) -> Literal:
    """STRSTARTS."""
    first, second = _compatible(a, b)
    return boolean(first.startswith(second))


def ends(a: Term, b: Term) -> Literal:
    """STRENDS."""
    first, second = _compatible(a, b)
    return boolean(first.endswith(second))


def contains(a: Term, b: Term) -> Literal:
    """CONTAINS."""
    first, second = _compatible(a, b)
    return boolean(second in first)


def before(a: Term, b: Term) -> Literal:
    """STRBEFORE."""
    first, second = _compatible(a, b)
    place = first.find(second)
    return _like(first[:place], a) if place >= 0 else Literal("")


def after(a: Term, b: Term) -> Literal:
    """STRAFTER."""
    first, second = _compatible(a, b)
    place = first.find(second)
    return _like(first[place + len(second) :], a) if place >= 0 else Literal("")


def encoded(term: Term) -> Literal:
    """ENCODE_FOR_URI."""
    from urllib.parse import quote

    return Literal(quote(text_of(term), safe="-_.~"))


def regex(term: Term, pattern: Term, flags: Term | None = None) -> Literal:
    """REGEX."""
    from glocal_kg._rdf.sparql.regexes import finder

    found = finder(plain_text(pattern), "" if flags is None else plain_text(flags))
    return boolean(bool(found(text_of(term))))


def replaced(
    term: Term,
    pattern: Term,
    new: Term,
    flags: Term | None = None,
    check: Callable[[], object] = bool,
) -> Literal:
    """REPLACE; a pattern that matches the empty text has no value, as XPath has it.

    ``check`` is called while much is replaced, and may raise.
    """
    whole, text = text_of(term), plain_text(new)
    written, marks = plain_text(pattern), "" if flags is None else plain_text(flags)
    form, put, slow = _replacing(written, text, marks)
    if len(whole) >= slow:
        from glocal_kg._rdf.sparql.linear import replace

        if len(whole) * len(put) > LONGEST_TEXT:
            # The places that are found, each by a letter that texts do not use.
            fitting(len(whole) + len(put) * replace(whole, written, _PLACE, marks).count(_PLACE))
        return _like(replace(whole, written, text, marks), term)
    if len(whole) < LONG and len(whole) * len(put) <= LONGEST_TEXT:
        return _like(form.sub(put, whole), term)
    from glocal_kg._rdf.sparql.regexes import expanding

    places = letters = 0
    expanded = expanding(put)

    def one(found: re.Match[str]) -> str:
        nonlocal places, letters
        said = expanded(found)
        letters += len(said)
        places += 1
        if not places & 4095:
            check()
            fitting(letters)
        return said

    return _like(form.sub(one, whole), term)


@lru_cache(maxsize=256)
def _replacing(pattern: str, new: str, marks: str) -> tuple[re.Pattern[str], str, int]:
    """A pattern and what to put, for Python, and the letters from which that may take too long."""
    from glocal_kg._rdf.sparql.linear import ENDLESS, slow_from
    from glocal_kg._rdf.sparql.regexes import compiled, replacement

    form = compiled(pattern, marks)
    if form.search("") is not None:
        raise NoValue
    if "q" in marks:
        return form, new.replace("\\", "\\\\"), ENDLESS
    return form, replacement(new, form.groups), slow_from(pattern)


def _hashed(name: str) -> Callable[[Term], Literal]:
    def hashed(term: Term) -> Literal:
        import hashlib

        return Literal(hashlib.new(name, plain_text(term).encode()).hexdigest())

    return hashed


# Numbers


ARITHMETIC: Final[dict[str, Callable[..., Number]]] = {
    "+": numbers.add, "-": numbers.subtract, "*": numbers.multiply, "/": numbers.divide,
    "unary +": lambda a: a, "unary -": numbers.negative, "ABS": numbers.absolute,
    "CEIL": numbers.ceiling, "FLOOR": numbers.floor, "ROUND": numbers.rounded,
}  # fmt: skip
"""What takes numbers and gives one: between these no term is made."""


# Dates and times


def _instant(term: Term) -> times.Instant:
    if isinstance(term, Literal):
        kind, worth = value(term)
        if kind == "time" and isinstance(worth, times.Instant):
            return worth
    raise NoValue


def _part(name: str) -> Callable[[Term], Literal]:
    def part(term: Term) -> Literal:
        found = getattr(_instant(term), name)
        if found is None:
            raise NoValue
        return numbers.written(found)

    return part


def zone(term: Term) -> Literal:
    """TIMEZONE."""
    from glocal_kg._rdf.sparql.time_texts import written

    minutes = _instant(term).zone
    if minutes is None:
        raise NoValue
    length = times.Duration("dayTimeDuration", 0, Decimal(60 * minutes))
    return Literal(written(length), datatype=_DURATION)


def zone_name(term: Term) -> Literal:
    """TZ: the zone as it is written."""
    found = _instant(term).zone
    text = term.value if isinstance(term, Literal) else ""
    if found == 0 and not text.endswith("Z"):
        return Literal(text[-6:])
    return Literal(times.zone_text(found))


FUNCTIONS: Final[dict[str, Callable[..., Term]]] = {
    "SAMETERM": lambda a, b: boolean(a == b),
    "ISIRI": lambda a: boolean(isinstance(a, NamedNode)),
    "ISBLANK": lambda a: boolean(isinstance(a, BlankNode)),
    "ISLITERAL": lambda a: boolean(isinstance(a, Literal)),
    "ISNUMERIC": is_numeric, "STR": string, "LANG": language, "DATATYPE": datatype,
    "STRLANG": with_language, "STRDT": with_datatype, "LANGMATCHES": language_matches,
    "CONCAT": concat, "STRLEN": length, "UCASE": upper, "LCASE": lower,
    "STRSTARTS": starts, "STRENDS": ends, "CONTAINS": contains, "STRBEFORE": before,
    "STRAFTER": after, "ENCODE_FOR_URI": encoded, "REGEX": regex, "REPLACE": replaced,
    "MD5": _hashed("md5"), "SHA1": _hashed("sha1"), "SHA256": _hashed("sha256"),
    "SHA384": _hashed("sha384"), "SHA512": _hashed("sha512"),
    "YEAR": _part("year"), "MONTH": _part("month"), "DAY": _part("day"),
    "HOURS": _part("hour"), "MINUTES": _part("minute"), "SECONDS": _part("second"),
    "TIMEZONE": zone, "TZ": zone_name,
}  # fmt: skip
