"""The texts of one document, numbered while it is read.

A literal is seldom said twice far apart, and a dictionary of millions of them does not stay near
the processor. So within a piece of the document all texts are numbered by a small dictionary;
beyond that only the other terms are looked up, and literals that were said in several pieces are
found at the end by their hashes, which the store needs anyhow.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable
from hashlib import blake2b
from itertools import compress, count, repeat
from operator import itemgetter

import numpy as np

from glocal_kg._rdf.reading.turtle_tokens import BLANK, IRI, LITERAL, ODD, Kinds
from glocal_kg._rdf.store.dictionary import Dictionary
from glocal_kg._rdf.store.new_texts import NewTexts, NotCanonicalError
from glocal_kg._rdf.store.pairs import Numbers
from glocal_kg._rdf.store.segment import not_alone
from glocal_kg._rdf.store.text_pile import TextPile

HOME = 0
MANY = 1 << 17
"""So many texts that are not those of their terms are known at a time."""
_QUOTED, _VALUES, _REST = (
    bytes(first in begins for first in range(256))
    for begins in (b'"', b"'+-0123456789", bytes(range(256)).translate(None, b"\"'+-0123456789"))
)
"""Which texts are literals in double quotes, other literals, or else, by the first byte."""
_KINDS = bytes(
    {ord("<"): IRI, ord('"'): LITERAL, ord("_"): BLANK}.get(first, ODD) for first in range(256)
)
"""The kind of a term by the first byte of its text."""
_first: Callable[[bytes], int] = itemgetter(0)


class Numbering:
    """Numbers of texts as a document has them, and of the terms that they mean.

    ``home`` is the text of the graph where statements of none go, and its number is ``HOME``.
    ``reader`` says what new texts mean; without it they are trusted to be canonical.
    """

    def __init__(self, home: bytes, reader: NewTexts | None = None) -> None:
        self._home, self._reader = home, reader
        self._texts = TextPile()  # by number
        self._kinds = bytearray()
        self._places: dict[bytes, int] = {}  # the numbers of all but literals
        # Numbers of texts that are not those of their terms, and the numbers of these terms.
        self._written, self._meant = array("i"), array("i")
        self._others: list[bytes] = []
        self.seed(home, IRI)

    def numbered(self, texts: list[bytes], *, trusted: bool = False) -> tuple[Numbers, Kinds]:
        """The numbers and kinds of the texts of a piece.

        Raises one of ``REFUSED`` where one is no term; what got numbers is not used then.
        """
        if len(self._others) > MANY:
            self.forget()
        reader = None if trusted else self._reader
        places: dict[bytes, int] = {}
        near = np.fromiter(map(places.setdefault, texts, count()), np.int32, len(texts))
        if b"" in places:
            raise NotCanonicalError
        once = list(places)
        firsts = bytes(map(_first, once))
        numbers = np.empty(len(once), np.int32)
        for which in (_QUOTED, _VALUES, _REST):
            chosen = firsts.translate(which)
            some = list(compress(once, chosen))
            if some:
                find = self._found if which is _REST else self._new
                numbers[np.frombuffer(chosen, bool)] = find(some, reader)
        # Where a text came for the first time it has its own place.
        far = np.empty(len(texts), np.int32)
        far[near == np.arange(len(texts))] = numbers
        numbers = far[near]
        return numbers, np.frombuffer(self._kinds, np.uint8)[numbers]

    def _new(self, literals: list[bytes], reader: NewTexts | None) -> Numbers:
        """Numbers for literals."""
        if reader:
            read = reader.literals if literals[0][:1] == b'"' else reader.values
            changed = read(literals)
            if changed:
                literals = [changed.get(text, text) for text in literals]
        return self._appended(literals, bytes([LITERAL]) * len(literals))

    def _found(self, texts: list[bytes], reader: NewTexts | None) -> Numbers:
        """The numbers of distinct texts; those that are new get one."""
        places = self._places
        numbers = np.fromiter(map(places.get, texts, repeat(-1)), np.int32, len(texts))
        missing = np.flatnonzero(numbers < 0)
        if len(missing):
            new = list(compress(texts, (numbers < 0).tobytes()))
            changed = reader.others(new) if reader else {}
            terms = [changed.get(text, text) for text in new] if changed else new
            kinds = b"".join([term[:1] for term in terms]).translate(_KINDS)
            own = [b"" if text in changed else text for text in new] if changed else new
            numbers[missing] = self._appended(own, kinds)
            places.update(zip(new, numbers[missing].tolist(), strict=True))
            self._let_mean(changed)
        return numbers

    def _appended(self, texts: list[bytes], kinds: bytes) -> Numbers:
        first = len(self._texts)
        self._texts.append(texts)
        self._kinds += kinds
        return np.arange(first, len(self._texts), dtype=np.int32)

    def _let_mean(self, terms: dict[bytes, bytes]) -> None:
        """Let texts that have a number mean the terms with other texts."""
        distinct = list(dict.fromkeys(terms.values()))
        numbers = dict(zip(distinct, self._found(distinct, None).tolist(), strict=True))
        self._written.extend(map(self._places.__getitem__, terms))
        self._meant.extend(map(numbers.__getitem__, terms.values()))
        self._others += terms

    def seed(self, text: bytes, kind: int, meant: bytes | None = None) -> None:
        """Give a number for good to a text that means itself, or another one that has a number."""
        own = text if meant is None else b""
        self._places[text] = int(self._appended([own], bytes([kind]))[0])
        if meant is not None:
            self._let_mean({text: meant})
            self._others.clear()

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

    def rows(self, found: list[Numbers], dictionary: Dictionary) -> Numbers:
        """Rows in the numbers of a dictionary; the last step, for all that was found.

        Blank nodes get names of their own; see :func:`renamed`.
        """
        self._places.clear()  # room for what comes
        texts = self._texts
        terms = np.arange(len(texts), dtype=np.int32)
        written, meant = np.array(self._written), np.array(self._meant)
        used = np.zeros(len(texts), bool)
        for rows in found:  # piece by piece, which takes no room
            used[rows] = True
        used[meant[used[written]]] = True
        used[written] = False
        repeated = not_alone(texts.hashes)
        repeated = repeated[used[repeated]]
        known: dict[bytes, int] = {}
        same = map(known.setdefault, texts.some(repeated), repeated.tolist())
        terms[repeated] = np.fromiter(same, np.int32, len(repeated))
        del known
        terms[written] = terms[meant]
        used &= terms == np.arange(len(texts))
        texts.keep(used)
        terms = (np.cumsum(used, dtype=np.int32) - 1)[terms]
        if (np.frombuffer(self._kinds, np.uint8)[used] == BLANK).any():
            named = renamed(list(texts), (terms[rows] for rows in found), self._home)
            numbers = dictionary.add_texts(named)[terms]
        else:
            numbers = dictionary.add_pile(texts)[terms]
        for rows in found:  # in place, which takes no room
            rows[...] = numbers[rows]
        return np.concatenate(found)


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
