"""N-Triples cut into numbered texts, without a term object for each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from hashlib import blake2b
from itertools import count, islice

import numpy as np

from glocal_kg._rdf.store.dictionary import Dictionary
from glocal_kg._rdf.store.new_texts import END, NewTexts, NotCanonicalError
from glocal_kg._rdf.store.pairs import Numbers

_BREAK, _SPACE, _DOT = b"\n ."


class Cutter:
    """Cuts canonical N-Triples into numbered texts; with ``check``, what claims to be that."""

    def __init__(self, *, check: bool, home: bytes = b"") -> None:
        self._check = check
        self._home = home
        self._places: defaultdict[bytes, int] = defaultdict(count().__next__)
        self._others: dict[bytes, bytes] = {}  # texts that the parser writes otherwise
        self._new = NewTexts()
        self._blank = False

    def rows(self, pieces: Iterable[bytes], dictionary: Dictionary) -> Numbers | None:
        """The rows (s, p, o), shape (n, 3); None for what must be read in another way."""
        try:
            found = list(map(self._cut, pieces))
        except NotCanonicalError:
            return None
        except (SyntaxError, ValueError, OSError, EOFError, MemoryError):
            if self._check:
                return None
            raise
        if not found:
            return None
        texts = self._texts(found)
        add = _numbers if self._others else Dictionary.add_texts
        rows = add(dictionary, texts)[np.concatenate(found)]
        return rows if not self._check or _are_facts(rows, dictionary) else None

    def _cut(self, piece: bytes) -> Numbers:
        if not piece.endswith(END) or b"<<(" in piece or b"\0" in piece:
            raise NotCanonicalError
        texts = cut_at_spaces(piece)
        places, known = self._places, len(self._places)
        rows = np.fromiter(map(places.__getitem__, texts), np.int32, len(texts)).reshape(-1, 3)
        self._blank = self._blank or b"_:" in piece
        if self._check:
            new = list(islice(reversed(places), len(places) - known))
            self._others |= self._new.read(new)
        return rows

    def _texts(self, found: list[Numbers]) -> list[bytes]:
        """The texts by number, as the parser writes them; blank nodes get names of their own."""
        texts, others = list(self._places), self._others
        if others:
            texts = [others.get(text, text) for text in texts]
        return renamed(texts, found, self._home) if self._blank else texts


def _are_facts(rows: Numbers, dictionary: Dictionary) -> bool:
    """Whether no literal is a subject and each predicate an IRI."""
    predicates = map(dictionary.text, np.unique(rows[:, 1]).tolist())
    return not dictionary.literals()[rows[:, 0]].any() and all(t[:1] == b"<" for t in predicates)


def _numbers(dictionary: Dictionary, texts: list[bytes]) -> Numbers:
    """The numbers of texts that may repeat."""
    distinct = dict.fromkeys(texts)
    numbers = dictionary.add_texts(list(distinct))
    place = {text: at for at, text in enumerate(distinct)}
    return numbers[[place[text] for text in texts]]


def renamed(texts: list[bytes], rows: Iterable[Numbers], home: bytes) -> list[bytes]:
    """Texts with names for blank nodes that are the same whenever the same is read into ``home``.

    Each is made of a checksum of all texts and rows, and of its place among the texts. It is too
    long to be met by chance.
    """
    places = [at for at, text in enumerate(texts) if text[:2] == b"_:"]
    if not places:
        return texts
    named = list(texts)
    for at in places:
        named[at] = b"_:"
    said = blake2b(b"\n".join([home, *named]), digest_size=14)
    for some in rows:
        said.update(some.tobytes())
    stem = b"_:g" + said.hexdigest().encode()
    for at in places:
        named[at] = b"%bn%x" % (stem, at)
    return named


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
