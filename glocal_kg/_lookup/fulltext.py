"""A full-text index (SQLite's FTS5) of names, definitions and what is said, in memory.

Rows are numbered in the order in which they please most: names before definitions before claims,
short before long. So the index gives the best rows first and stops where there are enough.
"""

from __future__ import annotations

import re
import sqlite3
from weakref import finalize

import numpy as np
from pyoxigraph import Literal, NamedNode

from glocal_kg._lookup.spelling import Spelling
from glocal_kg._rdf.labels import label_properties_of
from glocal_kg._rdf.languages import folded
from glocal_kg._rdf.namespaces import DCTERMS, FOAF, RDF, RDFS, SKOS
from glocal_kg._rdf.sparql.solution_table import numbered
from glocal_kg._rdf.store.facts import SAID, Facts
from glocal_kg._rdf.store.pairs import among, distinct
from glocal_kg._rdf.store.term_text import term_of_text
from glocal_kg._study.vocab import GLOCAL

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from glocal_kg._rdf.store.pairs import Numbers
    from glocal_kg._rdf.store.store import State

NAME, LINK, TEXT, CLAIM = 0, 1, 2, 3
"""What a row is: the name of a thing or of what only links two, a definition, a sentence said."""
_ALSO_NAMES = (SKOS.altLabel, DCTERMS.title, FOAF.name)
_TEXTS = (SKOS.definition, RDFS.comment, DCTERMS.description, SKOS.scopeNote)
_CLAIMS = (GLOCAL.Proposition, GLOCAL.Silence)
_MAPPING = NamedNode("https://w3id.org/sssom/Mapping")
_LINKS = (GLOCAL.Participation, GLOCAL.Placement, GLOCAL.Support, GLOCAL.Assertion, _MAPPING)
_UNPARTED = re.compile(r"([\u0e00-\u0fff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff])")
"""Letters of scripts that write no blanks between words: each is a word here."""


def words_of(text: str) -> str:
    """A text as the index has it: folded, with blanks between its words.

    >>> words_of("Città di Łódź"), words_of("北京市")
    ('citta di lodz', '北 京 市')
    """
    if text.isascii():
        return text.lower()
    return " ".join(_UNPARTED.sub(r" \1 ", folded(text)).split())


class Index:
    """The index of one moment of a graph."""

    def __init__(self, moment: State) -> None:
        self._moment = moment
        self._spelling: Spelling | None = None
        rows = _rows(moment)
        texts = [words_of(text) for text in _values(moment, rows[:, 1])]
        sizes = np.array([len(text) for text in texts], np.int32)
        order = np.lexsort((rows[:, 0], sizes, rows[:, 2]))
        self._rows = rows[order]
        self._base = sqlite3.connect(":memory:", check_same_thread=False)
        finalize(self, self._base.close)  # Python 3.13 warns of one that is only dropped
        self._base.executescript(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
            "CREATE VIRTUAL TABLE words USING fts5("
            " text, content='', columnsize=0, prefix='1 2', tokenize='unicode61');"
            "CREATE VIRTUAL TABLE vocabulary USING fts5vocab(words, 'row');"
        )
        self._base.executemany(
            "INSERT INTO words(rowid, text) VALUES (?, ?)",
            ((number, texts[place]) for number, place in enumerate(order.tolist())),
        )

    def row(self, number: int) -> tuple[NamedNode, str, str, int]:
        """The thing of a row, the text, its language, and what it is."""
        at, text, kind = self._rows[number].tolist()
        thing, literal = self._moment.term(at), self._moment.term(text)
        assert isinstance(thing, NamedNode)
        assert isinstance(literal, Literal)
        return thing, literal.value, literal.language or "", kind

    def found(self, wanted: str, most: int) -> list[int]:
        """The first rows that an expression of FTS5 fits."""
        asked = "SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid LIMIT ?"
        return [row[0] for row in self._base.execute(asked, (wanted, most))]

    def near(self, word: str) -> list[str]:
        """Words of the index that are written much like one, the nearest first."""
        if self._spelling is None:
            rows = self._base.execute("SELECT term FROM vocabulary")
            self._spelling = Spelling([row[0] for row in rows])
        return self._spelling.near(word)


def _rows(moment: State) -> Numbers:
    """The things, texts and kinds of what is indexed, shape (n, 3)."""
    claims, links = (_things_of(moment, classes) for classes in (_CLAIMS, _LINKS))
    names = (*label_properties_of(Facts(moment)), *_ALSO_NAMES)
    parts = [np.empty((0, 3), np.int32)]
    for kind, properties in ((NAME, names), (TEXT, _TEXTS)):
        for p in properties:
            number = moment.find(p)
            if number is None:
                continue
            s, _, o = moment.scan(None, number, None, SAID)
            kinds = np.full(len(s), kind, np.int32)
            if kind == NAME:
                kinds[among(s, links)] = LINK
                kinds[among(s, claims)] = CLAIM
            parts.append(np.stack((s, o, kinds), axis=1))
    rows = np.concatenate(parts)
    found: Numbers = rows[_are(moment, rows[:, 0], "<") & _are(moment, rows[:, 1], '"')]
    return found


def _things_of(moment: State, classes: Iterable[NamedNode]) -> Numbers:
    """The things of some classes, sorted."""
    a = moment.find(RDF.type)
    found = [np.empty(0, np.int32)]
    for one in classes:
        number = moment.find(one)
        if a is not None and number is not None:
            found.append(moment.scan(None, a, number, SAID)[0])
    return distinct(np.concatenate(found))


def _are(moment: State, numbers: Numbers, sign: str) -> NDArray[np.bool_]:
    """For each number whether its term is of a sort, as ``Dictionary.sorts`` tells them."""
    once, back = numbered(numbers)
    fits: NDArray[np.bool_] = (moment.dictionary.sorts(once) == ord(sign))[back]
    return fits


def _values(moment: State, numbers: Numbers) -> list[str]:
    """The texts of literals, without their languages."""
    once, back = numbered(numbers)
    texts = [_value(text) for text in moment.dictionary.texts(once)]
    return [texts[place] for place in back.tolist()]


def _value(text: str) -> str:
    value = text[1 : text.rindex('"')]
    if "\\" not in value:
        return value
    literal = term_of_text(text)
    assert isinstance(literal, Literal)
    return literal.value
