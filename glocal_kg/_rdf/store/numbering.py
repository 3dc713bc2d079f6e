"""The texts of one document, numbered while it is read.

A literal is seldom said twice far apart, and a dictionary of millions of them does not stay near
the processor. So within a piece of the document all texts are numbered by a small dictionary;
beyond that only the other terms are looked up, and literals that were said in several pieces are
found at the end by their hashes, which the store needs anyhow.
"""

from __future__ import annotations

from array import array
from hashlib import blake2b
from itertools import compress, count, repeat

import numpy as np

from glocal_kg._rdf.reading.turtle_tokens import BLANK, IRI, LITERAL, ODD, Kinds
from glocal_kg._rdf.store.dictionary import Dictionary
from glocal_kg._rdf.store.new_texts import NewTexts
from glocal_kg._rdf.store.pairs import Numbers
from glocal_kg._rdf.store.segment import hashes_of, not_alone

MANY = 1 << 16
"""So many texts that are not those of their terms are known at a time."""
_LESS, _QUOTE, _LINE = b'<"_'
_LITERALS, _REST = (bytes((first == _QUOTE) == is_one for first in range(256)) for is_one in (1, 0))
_KINDS = bytes({_LESS: IRI, _QUOTE: LITERAL, _LINE: BLANK}.get(n, ODD) for n in range(256))
"""The kind of a term by the first byte of its text."""


class Numbering:
    """Numbers of texts as a document has them, and of the terms that they mean.

    ``reader`` says what new texts mean; without it they are trusted to be canonical.
    """

    def __init__(self, reader: NewTexts | None = None) -> None:
        self._reader = reader
        self._texts: list[bytes] = []  # by number
        self._kinds = bytearray()
        self._places: dict[bytes, int] = {}  # the numbers of all but literals
        # Numbers of texts that are not those of their terms, and the numbers of these terms.
        self._written, self._meant = array("i"), array("i")
        self._others: list[bytes] = []

    def numbered(self, texts: list[bytes], *, trusted: bool = False) -> tuple[Numbers, Kinds]:
        """The numbers and kinds of the texts of a piece.

        Raises one of ``REFUSED`` where one is no term, and nothing has changed.
        """
        if len(self._others) > MANY:
            self.forget()
        reader = None if trusted else self._reader
        places: dict[bytes, int] = {}
        near = np.fromiter(map(places.setdefault, texts, count()), np.int32, len(texts))
        once = list(places)
        firsts = b"".join([text[:1] or b"\n" for text in once])
        literals = list(compress(once, firsts.translate(_LITERALS)))
        changed = reader.literals(literals) if reader else {}
        numbers = np.empty(len(once), np.int32)
        is_literal = np.frombuffer(firsts, np.uint8) == _QUOTE
        numbers[~is_literal] = self._found(list(compress(once, firsts.translate(_REST))), reader)
        if changed:
            literals = [changed.get(text, text) for text in literals]
        numbers[is_literal] = self._appended(literals, bytes([LITERAL]) * len(literals))
        # Where a text came for the first time it has its own place.
        far = np.empty(len(texts), np.int32)
        far[near == np.arange(len(texts))] = numbers
        numbers = far[near]
        return numbers, np.frombuffer(self._kinds, np.uint8)[numbers]

    def _found(self, texts: list[bytes], reader: NewTexts | None) -> Numbers:
        """The numbers of distinct texts; those that are new get one."""
        places = self._places
        numbers = np.fromiter(map(places.get, texts, repeat(-1)), np.int32, len(texts))
        missing = np.flatnonzero(numbers < 0)
        if len(missing):
            new = [texts[place] for place in missing.tolist()]
            changed = reader.others(new) if reader else {}
            kinds = b"".join([changed.get(text, text)[:1] for text in new]).translate(_KINDS)
            numbers[missing] = self._appended(new, kinds)
            places.update(zip(new, numbers[missing].tolist(), strict=True))
            self.let_mean(changed)
        return numbers

    def _appended(self, texts: list[bytes], kinds: bytes) -> Numbers:
        first = len(self._texts)
        self._texts += texts
        self._kinds += kinds
        return np.arange(first, len(self._texts), dtype=np.int32)

    def seed(self, text: bytes, kind: int) -> None:
        """Give a number to a text that means no term by itself."""
        self._places[text] = int(self._appended([text], bytes([kind]))[0])

    def let_mean(self, terms: dict[bytes, bytes], *, always: bool = False) -> None:
        """Let texts that have a number mean the terms with other texts."""
        distinct = list(dict.fromkeys(terms.values()))
        numbers = dict(zip(distinct, self._found(distinct, None).tolist(), strict=True))
        for text, term in terms.items():
            number = self._places[text]
            self._written.append(number)
            self._meant.append(numbers[term])
            self._texts[number] = b""  # the room is needed
        if not always:
            self._others += terms

    def forget(self) -> None:
        """Forget what texts mean that are not those of their terms."""
        for text in self._others:
            del self._places[text]
        self._others.clear()

    def nodes(self, count: int) -> Numbers:
        """Numbers of so many new nodes without a name."""
        first = len(self._texts)
        names = [b"_: %x" % number for number in range(first, first + count)]  # in no label
        return self._appended(names, bytes([BLANK]) * count)

    def rows(self, found: list[Numbers], dictionary: Dictionary, home: bytes) -> Numbers:
        """Rows (s, p, o) in the numbers of a dictionary; the last step, for all that was found.

        Blank nodes get names of their own; see :func:`renamed`.
        """
        self._places.clear()  # room for what comes
        rows = np.concatenate(found)
        found.clear()
        texts = self._texts
        terms = np.arange(len(texts), dtype=np.int32)
        written, meant = np.array(self._written), np.array(self._meant)
        used = np.zeros(len(texts), bool)
        used[rows] = True
        used[meant[used[written]]] = True
        used[written] = False
        hashes = hashes_of(texts)
        repeated = not_alone(hashes)
        known: dict[bytes, int] = {}
        for place in repeated[used[repeated]].tolist():
            terms[place] = known.setdefault(texts[place], place)
        terms[written] = terms[meant]
        used &= terms == np.arange(len(texts))
        texts = list(compress(texts, used.tobytes()))
        self._texts.clear()
        terms = (np.cumsum(used, dtype=np.int32) - 1)[terms]
        if (np.frombuffer(self._kinds, np.uint8)[used] == BLANK).any():
            texts = renamed(texts, terms[rows], home)
            return dictionary.add_texts(texts)[terms][rows]
        return dictionary.add_texts(texts, hashes[used])[terms][rows]


def renamed(texts: list[bytes], rows: Numbers, home: bytes) -> list[bytes]:
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
    said.update(rows.tobytes())
    stem = b"_:g" + said.hexdigest().encode()
    for at in places:
        named[at] = b"%bn%x" % (stem, at)
    return named
