"""Search by words: a full-text index (SQLite's FTS5) of names, definitions and what is said.

Accents and case are folded; what no word matches is looked for by pieces of three letters, so
that a misspelt word still finds. The index is made when it is first needed, and again after a
change.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from pyoxigraph import Literal, NamedNode

from glocal_kg._rdf.languages import folded
from glocal_kg._rdf.namespaces import DCTERMS, FOAF, RDFS, SKOS
from glocal_kg.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from glocal_kg._graph.graph import Graph

_NAMES = (RDFS.label, SKOS.prefLabel, SKOS.altLabel, DCTERMS.title, FOAF.name)
_TEXTS = (SKOS.definition, RDFS.comment, DCTERMS.description, SKOS.scopeNote)


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing that words were found in: its name, the text that matched, and how well.

    ``rank`` is smaller for what fits better; ``language`` that of the text.
    """

    iri: str
    name: str
    text: str
    language: str
    rank: float

    def __str__(self) -> str:
        return f"{self.name}  <{self.iri}>"

    def __repr__(self) -> str:
        return f"<Hit {self.name}: {self.iri}>"


_indexes: WeakKeyDictionary[Graph, tuple[int, sqlite3.Connection]] = WeakKeyDictionary()
_lock = Lock()


def search(kg: Graph, words: str, limit: int = 20) -> list[Hit]:
    """The things whose names, definitions or sentences have the words, the best first.

    >>> from glocal_kg import load
    >>> search(load(), "kigali agricolture", 1)[0].name
    'promotion of peri-urban agriculture in Kigali'
    """
    if not isinstance(words, str):
        raise ArgumentError("words", words, "text to look for")
    if isinstance(limit, bool) or not isinstance(limit, int) or limit < 0:
        raise ArgumentError("limit", limit, "a whole number of things, at least 0")
    wanted = [folded(word) for word in words.split() if folded(word)]
    if not wanted:
        return []
    with _lock:
        index = _index(kg)
        rows = _ask(index, "words", [f'"{word}"*' for word in wanted], " ", limit)
        if len(rows) < limit:
            pieces = [f'"{piece}"' for word in wanted for piece in _pieces(word)]
            rows += _ask(index, "pieces", pieces, " OR ", limit)
    hits: dict[str, Hit] = {}
    for iri, text, language, rank in rows:
        if iri not in hits and len(hits) < limit:
            label = kg.labels(NamedNode(iri))
            name = label.value if label is not None else kg.prefixes.shorten(iri)
            hits[iri] = Hit(iri, name, text, language, rank)
    return list(hits.values())


def _ask(
    index: sqlite3.Connection, table: str, parts: list[str], between: str, limit: int
) -> list[tuple[str, str, str, float]]:
    if not parts:
        return []
    # By rank alone the index itself sorts; what is a name then comes before what is a text.
    order = (
        "SELECT iri, said, language, how FROM {0}"
        " JOIN (SELECT rowid AS number, rank AS how FROM {0} WHERE {0} MATCH ?"
        " ORDER BY rank LIMIT ?) ON {0}.rowid = number ORDER BY how * weight, iri"
    )
    wanted = f"text: {between.join(parts)}"
    return index.execute(order.format(table), (wanted, limit * 10)).fetchall()


def _index(kg: Graph) -> sqlite3.Connection:
    version = kg.facts.version
    known = _indexes.get(kg)
    if known is not None and known[0] == version:
        return known[1]
    index = sqlite3.connect(":memory:", check_same_thread=False)
    for table in ("words", "pieces"):
        token = "unicode61" if table == "words" else "trigram"
        index.execute(
            f"CREATE VIRTUAL TABLE {table} USING fts5(text, iri UNINDEXED, said UNINDEXED,"
            f" language UNINDEXED, weight UNINDEXED, tokenize='{token}')"
        )
        index.executemany(f"INSERT INTO {table} VALUES (?, ?, ?, ?, ?)", _rows(kg))
    _indexes[kg] = version, index
    return index


def _rows(kg: Graph) -> Iterable[tuple[str, str, str, str, float]]:
    for weight, properties in ((3.0, _NAMES), (1.0, _TEXTS)):
        for p in properties:
            for quad in kg.facts.quads_for_pattern(None, p):
                s, o = quad.subject, quad.object
                if isinstance(s, NamedNode) and isinstance(o, Literal):
                    yield folded(o.value), s.value, o.value, o.language or "", weight


def _pieces(word: str) -> list[str]:
    if len(word) < 4:
        return [word] if len(word) == 3 else []
    return [word[at : at + 3] for at in range(len(word) - 2)]
