"""Search by words: exact names first, then names, definitions, and what is said.

Accents and case are folded; what no word matches is looked for by words written much like it,
so that a misspelt word still finds. The index is made when it is first needed, and again after
a change.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from threading import Lock
from weakref import WeakKeyDictionary

from pyoxigraph import Literal, NamedNode

from glocal_kg._lookup.fulltext import CLAIM, LINK, NAME, TEXT, Index, words_of
from glocal_kg._rdf.languages import folded
from glocal_kg._rdf.listed import Listed
from glocal_kg.errors import ArgumentError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from glocal_kg._graph.graph import Graph


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing that words were found in: its name, the text that matched, and how well.

    ``rank`` is smaller for what fits better: 0 for a name that is just these words, 1 for one
    that begins with them, 2 and 3 for other names, 4 for those of links between things, 5 for
    definitions, 6 for what is said, and 10 or more for what is only like them. ``language`` is
    that of the text.
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


_indexes: WeakKeyDictionary[Graph, tuple[int, Index]] = WeakKeyDictionary()
_lock = Lock()
_SHORT = 5
_SIGNS = re.compile(r"[^\w]+")
_LIKE, _SOME = 10, 20
"""The ranks of hits that have words like those wanted, and of those that have only some."""
_SHOWN = 200  # letters of what was looked for, in a note
_MORE = 10
"""So many rows for each thing that is wanted are looked at: a thing has several names."""


def search(kg: Graph, words: str, limit: int = 20) -> Listed[Hit]:
    """The things whose names, definitions or sentences have the words, the best first.

    >>> from glocal_kg import load
    >>> for hit in search(load(), "kigali agricolture", 2):
    ...     print(hit.name)
    promotion of peri-urban agriculture in Kigali
    PAPUK, urban and peri-urban agriculture project in Kigali
    """
    if not isinstance(words, str):
        raise ArgumentError("words", words, "text to look for")
    if isinstance(limit, bool) or not isinstance(limit, int) or limit < 0:
        raise ArgumentError("limit", limit, "a whole number of things, at least 0")
    wanted = words_of(folded(words)).split()
    if not wanted or not limit:
        return Listed()
    with _lock:
        index = _index(kg)
        hits = _hits(index, wanted, limit)
    labels, found = kg.labels, Listed[Hit]()
    best = sorted(hits.values(), key=lambda hit: hit.rank)[:limit]
    found.note = _note(words, best)
    for hit in best:
        label = labels(NamedNode(hit.iri))
        name = label.value if label is not None else kg.prefixes.shorten(hit.iri)
        found.append(replace(_in_language(hit, label, wanted), name=name))
    return found


def _in_language(hit: Hit, label: Literal | None, wanted: list[str]) -> Hit:
    """A hit with the name that is shown, where that has the words as well as another language."""
    if label is None or label.language == hit.language:
        return hit
    text, phrase = words_of(label.value), " ".join(wanted)
    words = _SIGNS.sub(" ", text).split()
    if not all(any(word.startswith(one) for word in words) for one in wanted):
        return hit
    if _fit(text, NAME, phrase, wanted) > _fit(words_of(hit.text), NAME, phrase, wanted):
        return hit
    return replace(hit, text=label.value, language=label.language or "")


def _note(words: str, best: Sequence[Hit]) -> str:
    """What is to be said of the hits: that there are none, or that all are of other words."""
    words = " ".join(words.split())
    words = words if len(words) <= _SHOWN else f"{words[:_SHOWN]}…"
    if not best:
        return f"Nothing here has {words!r}, nor words written much like it."
    if best[0].rank >= _SOME:
        return f"Nothing here has all of {words!r}; these have some of it, or words like it."
    if best[0].rank >= _LIKE:
        return f"Nothing here has {words!r}; these have words written like it."
    return ""


def _hits(index: Index, wanted: list[str], limit: int) -> dict[str, Hit]:
    """The hits by IRI: those of all words, then of words like them, then of some of them."""
    hits: dict[str, Hit] = {}
    most = limit * _MORE
    phrase = " ".join(wanted)
    each = [f'"{word}"*' for word in wanted]
    _gather(index, index.found(f'^"{phrase}"*', most), phrase, 0, hits)
    _gather(index, index.found(" AND ".join(each), most), phrase, 0, hits)
    if hits:
        return hits
    like = [[word, *index.near(word)] for word in wanted]
    # A word may be the beginning of one; what is like it is that word and no longer one, and of a
    # short word, which is like many, the first of a text.
    some = [_any_of(*words) for words in like]
    if any(len(words) > 1 for words in like):
        _gather(index, index.found(" AND ".join(some), most), phrase, _LIKE, hits, like)
    if not hits and len(wanted) > 1:
        _gather(index, index.found(" OR ".join(some), most), phrase, _SOME, hits, like)
    return hits


def _any_of(word: str, *like: str) -> str:
    """An expression of FTS5 for words that begin with one, or are like it."""
    first = "^" if len(word) < _SHORT else ""
    wanted = [f'"{word}"*', *(f'{first}"{one}"' for one in like)]
    return f"({' OR '.join(wanted)})"


def _gather(
    index: Index,
    rows: list[int],
    phrase: str,
    rank: float,
    hits: dict[str, Hit],
    like: Sequence[list[str]] = (),
) -> None:
    """Add the things of rows, each with the row that fits it best; the likest words first."""
    wanted = phrase.split()
    for number in rows:
        thing, text, language, kind = index.row(number)
        words = words_of(text)
        fit = rank + _fit(words, kind, phrase, wanted) + _unlike(words, like) + number / 1e9
        known = hits.get(thing.value)
        if known is not None and known.rank <= fit:
            continue
        hits[thing.value] = Hit(thing.value, "", text, language, fit)


def _fit(text: str, kind: int, phrase: str, wanted: list[str]) -> float:
    """How well a text fits what was asked for: 0 best."""
    if kind == NAME:
        words = folded(text).split()
        plain = " ".join(words)
        if plain == phrase:
            return 0
        if plain.startswith(phrase):
            return 1
        return 2 if set(wanted) <= set(words) else 3
    return {LINK: 4, TEXT: 5, CLAIM: 6}[kind]


def _unlike(text: str, like: Sequence[list[str]]) -> int:
    """How far the words of a text are from those that were asked for."""
    words, padded = text.split(), f" {' '.join(_SIGNS.sub(' ', text).split())} "
    return sum(
        next(
            (at for at, one in enumerate(some)
             if (f" {one} " in padded if at else any(word.startswith(one) for word in words))),
            len(some),
        )
        for some in like
    )  # fmt: skip


def _index(kg: Graph) -> Index:
    version = kg.facts.version
    known = _indexes.get(kg)
    if known is not None and known[0] == version:
        return known[1]
    index = Index(kg.facts.moment)
    _indexes[kg] = version, index
    return index
