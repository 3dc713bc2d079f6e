"""Text of strangers made safe to show: on a terminal, in a page, in SVG.

A label can hold signs that make a terminal do things (ESC, BEL), turn the reading order around so
that a line says another thing than it holds (U+202E), or that XML cannot write at all.
"""

from __future__ import annotations

import os
from unicodedata import bidirectional, category, east_asian_width

_MARK = "\ufffd"
# Controls but tab and line feed, separators of lines, half pairs, and what turns the order of
# reading. Joiners stay: names in Persian and signs for families need them.
_HIDDEN = [
    *range(0x09), *range(0x0B, 0x20), *range(0x7F, 0xA0), 0x061C, 0x2028, 0x2029,
    *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF, *range(0xFFF9, 0xFFFC), 0xFFFE, 0xFFFF,
]  # fmt: skip
_TABLE = dict.fromkeys(_HIDDEN, _MARK)


def visible(text: str) -> str:
    r"""The text with a mark in place of each sign that would act instead of being shown.

    >>> visible("a\x1b[31mb\u202ec\n")
    'a�[31mb�c\n'
    """
    if text.isascii() and text.isprintable():
        return text
    text = text.translate(_TABLE)
    return text if text.isprintable() else text.encode(errors="replace").decode()


def file_name(path: str | os.PathLike[str]) -> str:
    r"""The last part of a path as text that can be written anywhere.

    A name of a system with another encoding (from an old archive, or in a terminal that is not
    in UTF-8) has half signs in Python, which no file of facts takes.

    >>> file_name("data/caf\udce9.csv"), file_name("data/citt\udcc3\udca0.csv")
    ('caf�.csv', 'città.csv')
    """
    name = os.path.basename(path)
    try:
        name.encode()
    except UnicodeEncodeError:
        bytes_ = name.encode("utf-8", "surrogateescape")
        return bytes_.decode("utf-8", "replace")
    return name


def file_stem(path: str | os.PathLike[str]) -> str:
    """``file_name`` without its ending."""
    return os.path.splitext(file_name(path))[0]


def escape(text: str) -> str:
    r"""The text for HTML, XML and SVG: visible, and no markup.

    >>> escape('<b> & "q"\x1b')
    '&lt;b&gt; &amp; &quot;q&quot;�'
    """
    text = visible(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace('"', "&quot;").replace("'", "&#x27;")


def width(text: str) -> int:
    """How many places of a terminal a text takes: two for a Chinese letter, none for an accent.

    >>> width("Roma"), width("北京"), width("e\u0301")
    (4, 4, 1)
    """
    if text.isascii():
        return len(text)
    return sum(
        0
        if category(letter) in ("Mn", "Me", "Cf")
        else 2
        if east_asian_width(letter) in "WF"
        else 1
        for letter in text
    )


def is_backward(text: str) -> bool:
    """Whether a text has letters that are written from right to left."""
    return not text.isascii() and any(bidirectional(letter) in ("R", "AL") for letter in text)


def kept_apart(text: str) -> str:
    """A text that does not turn what stands beside it around, however it is written itself."""
    return f"\u200e{text}\u200e" if is_backward(text) else text


def quoted(text: str) -> str:
    r"""The text as the value of an attribute, in quotes.

    >>> quoted('a "b"\nc')
    '"a &quot;b&quot;&#10;c"'
    """
    return f'"{escape(text).replace(chr(10), "&#10;").replace(chr(9), "&#9;")}"'
