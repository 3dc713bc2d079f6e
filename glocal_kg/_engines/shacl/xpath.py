r"""Regular expressions of XPath in the syntax of an engine that takes linear time.

The embedded engine knows neither the letters of XML names (``\i``, ``\c``) nor the blocks of
Unicode by name (``\p{IsGreek}``), takes a class from another in its own way, and ignores blanks
within classes too (flag x).
"""

from __future__ import annotations

from glocal_kg._rdf.sparql.regexes import BLOCKS, NAME_CHAR, NAME_START

_CLASSES = {"i": NAME_START, "c": NAME_CHAR, "s": r" \t\n\r"}
_MARKS = "&~"  # two of them are an operator in a class of the engine


def linear(pattern: str, flags: str = "") -> tuple[str, str]:
    r"""A pattern and its flags for the embedded engine. ValueError where it is none.

    >>> linear(r"[a-z-[aeiou]] +", "ix")
    ('[[a-z]--[aeiou]]+', 'i')
    """
    if "q" in flags:
        return pattern, flags
    pieces: list[str] = []
    place = 0
    while place < len(pattern):
        letter = pattern[place]
        if letter == "\\":
            piece, place = _escape(pattern, place, inside=False)
            pieces.append(piece)
        elif letter == "[":
            piece, place = _class(pattern, place)
            pieces.append(piece)
        else:
            if not ("x" in flags and letter in " \t\n\r"):
                pieces.append(letter)
            place += 1
    return "".join(pieces), flags.replace("x", "")


def _escape(pattern: str, place: int, *, inside: bool) -> tuple[str, int]:
    """What stands for an escape, and where it ends."""
    letter = pattern[place + 1 : place + 2]
    if letter.lower() in _CLASSES:
        return _chosen(_CLASSES[letter.lower()], letter.isupper(), inside), place + 2
    if letter in ("p", "P") and pattern.startswith("{Is", place + 2):
        end = pattern.find("}", place)
        block = BLOCKS.get(pattern[place + 5 : end])
        if block is None:
            raise ValueError(f"no block of Unicode is named {pattern[place + 5 : end]!r}")
        ranges = f"\\U{block[0]:08x}-\\U{block[1]:08x}"
        return _chosen(ranges, letter == "P", inside), end + 1
    return pattern[place : place + 2], place + 2


def _chosen(inner: str, negated: bool, inside: bool) -> str:
    return inner if inside and not negated else f"[{'^' if negated else ''}{inner}]"


def _class(pattern: str, place: int) -> tuple[str, int]:
    """A class in square brackets with what is taken from it: ``[a-z-[aeiou]]``."""
    place += 1
    sign = "^" if pattern.startswith("^", place) else ""
    place += len(sign)
    pieces: list[str] = []
    while place < len(pattern):
        letter = pattern[place]
        if letter == "]" and pieces:
            return f"[{sign}{''.join(pieces)}]", place + 1
        if letter == "-" and pattern.startswith("-[", place) and pieces:
            taken, place = _class(pattern, place + 1)
            if not pattern.startswith("]", place):
                raise ValueError("nothing may stand behind what is taken from a class")
            return f"[[{sign}{''.join(pieces)}]--{taken}]", place + 1
        if letter == "\\":
            piece, place = _escape(pattern, place, inside=True)
        else:
            piece, place = f"\\{letter}" if letter in _MARKS else letter, place + 1
        pieces.append(piece)
    raise ValueError("a class in square brackets has no end")
