"""Arguments that callers give, told at the call where they are of a wrong kind."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from errno import ENAMETOOLONG
from functools import wraps
from io import IOBase

from glocal_kg.errors import ArgumentError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import Any, TypeVar

    F = TypeVar("F", bound=Callable[..., Any])


class Kind:
    """What an argument may be: in words, and as a test."""

    def __init__(self, told: str, fits: Callable[[Any], bool]) -> None:
        self.told = told
        self.fits = fits

    def or_none(self) -> Kind:
        """The same, and None."""
        return Kind(f"{self.told} or None", lambda given: given is None or self.fits(given))


def takes(**kinds: Kind) -> Callable[[F], F]:
    """A function that raises ``ArgumentError`` at once where an argument is not of its kind.

    What is a ``bool`` or some words (``Literal``) by its type needs no mention.

    >>> @takes(name=TEXT)
    ... def greet(name):
    ...     return f"Hello {name}"
    >>> greet(3)
    Traceback (most recent call last):
        ...
    glocal_kg.errors.ArgumentError: name takes text; 3 is not one.
    """

    def told(function: F) -> F:
        code = function.__code__
        names = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
        every_kind = {**_by_types(function.__annotations__), **kinds}
        places = [(names.index(name), name, kind) for name, kind in every_kind.items()]

        @wraps(function)
        def call(*given: Any, **named: Any) -> Any:
            for place, name, kind in places:
                if place < len(given):
                    expect(name, given[place], kind)
                elif name in named:
                    expect(name, named[name], kind)
            return function(*given, **named)

        return call  # type: ignore[return-value]  # it takes and gives the same

    return told


def _by_types(types: Mapping[str, object]) -> dict[str, Kind]:
    """The kinds that types, as they are written, tell by themselves."""
    kinds = {name: FLAG for name, told in types.items() if told == "bool" and name != "return"}
    for name, told in types.items():
        written = _WORDS.fullmatch(str(told))
        if written and name != "return":
            kind = one_of(*re.findall(r"[\"'](.*?)[\"']", written[1]))
            kinds[name] = kind.or_none() if written[2] else kind
    return kinds


def expect(name: str, given: object, kind: Kind) -> None:
    """Raise ``ArgumentError`` where an argument is not of a kind."""
    if not kind.fits(given):
        raise ArgumentError(name, given, kind.told)


def path_of(name: str, given: object) -> Path:
    """The path given as an argument.

    >>> path_of("folder", 3)
    Traceback (most recent call last):
        ...
    glocal_kg.errors.ArgumentError: folder takes a path; 3 is not one.
    """
    expect(name, given, PATH)
    from pathlib import Path

    return Path(given)  # type: ignore[arg-type]  # a path by now


def _is_text(given: Any) -> bool:
    """Whether it is a text of whole characters: half of one cannot be written anywhere."""
    try:
        return isinstance(given, str) and given.encode() is not None
    except UnicodeEncodeError:
        return False


def _is_path(given: Any) -> bool:
    """Whether something may be somewhere: no null byte in it, no half character, not too long."""
    if not isinstance(given, str | os.PathLike):
        return False
    try:
        os.lstat(given)
    except ValueError:
        return False
    except OSError as error:
        return error.errno != ENAMETOOLONG
    return True


def a(told: str, *kinds: type) -> Kind:
    """An instance of one of some classes; ``told`` says so in words."""
    return Kind(told, lambda given: isinstance(given, kinds))


def one_of(*names: str) -> Kind:
    """One of some words."""
    told = f"one of {', '.join(names)}"
    return Kind(told, lambda given: isinstance(given, str) and given in names)


def every(kind: Kind, told: str) -> Kind:
    """A list of things of one kind; what can be gone through only once is not looked into."""

    def fits(given: Any) -> bool:
        return LIST.fits(given) and (iter(given) is given or all(map(kind.fits, given)))

    return Kind(told, fits)


def _is_list(given: object) -> bool:
    return isinstance(given, Iterable) and not isinstance(given, str | bytes | IOBase)


def _is_iri(given: Any) -> bool:
    from pyoxigraph import NamedNode

    try:
        NamedNode(given)
    except (TypeError, ValueError):
        return False
    return True


_TAG = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
"""A language tag, by its form (RFC 5646)."""
IRI = Kind("an IRI in full", _is_iri)
_LANGUAGE = Kind("", lambda given: isinstance(given, str) and bool(_TAG.fullmatch(given)))
LANGUAGES = every(_LANGUAGE, "a list of language tags, as ['it', 'en']")
LANGUAGE = Kind("a language tag, as 'it', or ''", lambda x: x == "" or _LANGUAGE.fits(x))
TEXT = Kind("text", _is_text)
PATH = Kind("a path", _is_path)
FILE = Kind("the path of a file", lambda x: PATH.fits(x) and os.path.basename(x) != "")
_WORDS = re.compile(r"Literal\[([^]]*)\]( \| None)?")
FLAG = Kind("True or False", lambda x: type(x).__name__ in ("bool", "bool_"))  # numpy's too
WHOLE = Kind("a whole number", lambda x: isinstance(x, int) and not isinstance(x, bool))
NUMBER = Kind("a number", lambda x: isinstance(x, int | float) and not isinstance(x, bool))
LIST = Kind("a list", _is_list)
TEXTS = every(TEXT, "a list of texts")
TEXT_OR_TEXTS = Kind("text, or a list of texts", lambda x: TEXT.fits(x) or TEXTS.fits(x))
CALL = Kind("a function", callable)
PAIRS = a("a dictionary", Mapping)
