"""N-Triples cut into numbered texts, without a term object for each."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from glocal_kg._rdf.reading.turtle_tokens import OBJECT, PREDICATE, SUBJECT
from glocal_kg._rdf.store.dictionary import Dictionary
from glocal_kg._rdf.store.new_texts import END, REFUSED, NewTexts, NotCanonicalError
from glocal_kg._rdf.store.numbering import Numbering
from glocal_kg._rdf.store.pairs import Numbers

_BREAK, _SPACE, _DOT = b"\n ."
_PLACES = np.array([SUBJECT, PREDICATE, OBJECT], np.uint8)


class Cutter:
    """Cuts canonical N-Triples into numbered texts; with ``check``, what claims to be that."""

    def __init__(self, *, check: bool, home: bytes = b"") -> None:
        self._check = check
        self._home = home
        self._numbering = Numbering(NewTexts() if check else None)

    def rows(self, pieces: Iterable[bytes], dictionary: Dictionary) -> Numbers | None:
        """The rows (s, p, o), shape (n, 3); None for what must be read in another way."""
        try:
            found = list(map(self._cut, pieces))
        except NotCanonicalError:
            return None
        except (*REFUSED, OSError, EOFError, MemoryError):
            if self._check:
                return None
            raise
        return self._numbering.rows(found, dictionary, self._home) if found else None

    def _cut(self, piece: bytes) -> Numbers:
        if not piece.endswith(END) or b"\0" in piece or (not self._check and b"<<(" in piece):
            raise NotCanonicalError  # of what is checked a triple term is refused as a new text
        numbers, kinds = self._numbering.numbered(cut_at_spaces(piece))
        if self._check and not (kinds.reshape(-1, 3) & _PLACES).all():
            raise NotCanonicalError
        return numbers.reshape(-1, 3)


def cut_at_spaces(piece: bytes) -> list[bytes]:
    """The three texts of each line, one after the other.

    Only a literal, which is the last of them, can have a space within. So the first two spaces
    and the last one are made line breaks, and all is cut in one go.

    >>> cut_at_spaces(b'<urn:a> <urn:p> "b c" .\\n')
    [b'<urn:a>', b'<urn:p>', b'"b c"']
    """
    lines = bytearray(piece)
    letters = np.frombuffer(lines, np.uint8)
    places = np.flatnonzero(letters <= _SPACE)
    breaks = np.flatnonzero(letters[places] == _BREAK)
    begins = np.concatenate(([0], breaks[:-1] + 1))
    if (breaks - begins < 3).any() or (letters[places[breaks] - 1] != _DOT).any():
        raise NotCanonicalError
    if (places[breaks] - places[breaks - 1] != 2).any():
        raise NotCanonicalError
    for cut in (begins, begins + 1, breaks - 1):
        if (letters[places[cut]] != _SPACE).any():
            raise NotCanonicalError
        letters[places[cut]] = _BREAK
    texts = bytes(lines).split(b"\n")
    del texts[3::4]  # the dots
    del texts[-1]  # what is behind the last line: nothing
    return texts
