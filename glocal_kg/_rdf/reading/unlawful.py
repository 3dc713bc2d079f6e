"""IRIs that a short name of Turtle can write and RFC 3987 does not have.

The grammar of short names takes any letter from U+10000 to U+EFFFF. Of these IRIs do not have the
last two of each plane, nor U+E0000 to U+E0FFF (2.2: ucschar). The parser lets some of them pass in
short names, and no term can be made of these.
"""

from __future__ import annotations

import re

from glocal_kg.errors import ReadError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import IO

_LETTER = rb"(\xf3\xa0[\x80-\xbf]{2}|[\xf0-\xf3][\x8f\x9f\xaf\xbf]\xbf[\xbe\xbf])"
_found = re.compile(_LETTER).search
_in_name = re.compile(rb":[^\s<>\"';,()\[\]]*?" + _LETTER).search


def unlawful(together: bytes, texts: Iterable[bytes]) -> bytes:
    """The first of some texts whose IRI, or type, has such a letter; empty where none has.

    ``together`` has all of them in it, and is mostly enough to know that none has.

    >>> unlawful(name := "<urn:\\U000e0001>".encode(), [b'"a"', name]) == name
    True
    """
    if together.isascii() or not _found(together):
        return b""
    return next((text for text in texts if _found(text, text.rfind(b'"') + 1)), b"")


def refusal(text: bytes, name: str, opened: Callable[[], IO[bytes]]) -> ReadError:
    """The error about such a text, with the line where a short name has its letter."""
    from glocal_kg._rdf.reading.problems import visible

    letter = _found(text, text.rfind(b'"') + 1)
    assert letter is not None
    line = column = None
    with opened() as stream:
        for number, content in enumerate(stream, 1):
            place = _in_name(content)
            if place is not None and place[1] == letter[0]:
                line, column = number, len(content[: place.start(1)].decode("utf-8", "replace")) + 1
                break
    return ReadError(
        f"IRIs do not have the character U+{ord(letter[0].decode()):04X}.",
        source=name,
        line=line,
        column=column,
        remedy=f"Take another name for {visible(text[text.rfind(b'<') :].decode())}.",
    )
