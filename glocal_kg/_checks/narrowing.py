"""The nodes at which a check can find something, told from its header in numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import chain

import numpy as np
from numpy.typing import NDArray
from pyoxigraph import Literal

from glocal_kg._checks.alike import NodeFacts
from glocal_kg._checks.checks import Check
from glocal_kg._engines.shacl.data import Data
from glocal_kg._engines.shacl.path_text import read_path_text
from glocal_kg._engines.shacl.rdf_terms import plain
from glocal_kg._engines.shacl.walk import follow, rows_of, values_of
from glocal_kg._rdf.many_texts import lines_having
from glocal_kg._rdf.sparql.solution_table import unique
from glocal_kg._rdf.store.pairs import Numbers, pack, spread
from glocal_kg._study.vocab import expand

_PART = 1 << 15  # texts that are looked at together


class Narrowing:
    """What the header of a check says of the nodes that it can find something at.

    ``own`` are the properties that it reads at the node itself. ``everywhere`` works in columns.
    ``fits`` tells of one node what few lookups tell, for queries that are left to the columns.
    """

    def __init__(self, check: Check, data: Data, own: Iterable[int]) -> None:
        self._data = data
        self._own = sorted(own)
        self._having = self._codes(check.having)
        self._lacking = self._codes(check.lacking)
        self._several = self._codes(check.several)
        self._under = check.under
        self._outside = check.outside
        self._saying = [word.lower() for word in check.saying]
        self._sharing = [read_path_text(text) for text in check.sharing]
        self._looping = self._codes(check.looping)
        named = check.under or check.outside
        self.narrows = bool(check.having or check.lacking or check.several or named)
        """Whether there is anything by which ``fits`` tells."""

    def _codes(self, names: Iterable[str]) -> list[int]:
        return [self._data.code(expand(name)) for name in names]

    def fits(self, node: int) -> bool:
        """Whether the header does not rule out one node."""
        index = self._data.index
        for p in self._lacking:
            if index.each_object(node, p) != []:
                return False
        for p in self._having:
            if index.each_object(node, p) == []:
                return False
        for p in self._several:
            if index.count_objects(node, p) < 2:
                return False
        return self._is_named(node)

    def says(self, said: NodeFacts) -> bool:
        """Whether a text of a node, of which this is said, has one of the words ``saying``."""
        return any(map(self._has_word, (v for p in self._own for v in said.values.get(p, ()))))

    def _is_named(self, node: int) -> bool:
        term = self._data.terms[node]
        if isinstance(term, Literal):
            return False
        if not (self._under or self._outside):
            return True
        iri = plain(term)
        return iri.startswith(self._under or "") and not iri.startswith(self._outside)

    def _has_word(self, value: int) -> bool:
        term = self._data.terms[value]
        if not isinstance(term, Literal):
            return False
        text = term.value.lower()
        return any(word in text for word in self._saying)

    def _says_word(self, value: int, written: str) -> bool:
        """The same for a value as the store writes it."""
        if "\\" in written:
            return self._has_word(value)
        text = written.rpartition('"')[0].lower()
        return any(word in text for word in self._saying)

    def everywhere(self, standing: Callable[[], Numbers]) -> Numbers | None:
        """All nodes that fit, sorted; None where the header does not narrow them.

        ``standing`` gives those of ``standing_in``, which several checks ask for.
        """
        index = self._data.index
        if self._having or self._several:
            nodes = unique(index.pairs((*self._having, *self._several)[0])[0])
        elif self._looping:
            nodes = unique(np.concatenate([s[s == o] for s, o in map(index.pairs, self._looping)]))
        elif self._saying or self._sharing or (self._lacking and self._under):
            nodes = standing()
        else:
            return None
        for p in self._having:
            nodes = nodes[self._marked(self._subjects(p))[nodes]]
        for p in self._lacking:
            nodes = nodes[~self._marked(self._subjects(p))[nodes]]
        for p in self._several:
            subjects = self._subjects(p)
            repeated = subjects[1:][subjects[1:] == subjects[:-1]]
            nodes = nodes[self._marked(repeated)[nodes]]
        if self._saying:
            nodes = self._all_saying(nodes)
        if self._sharing:
            nodes = self._all_sharing(nodes)
        return self._named(nodes)

    def _named(self, nodes: Numbers) -> Numbers:
        """Those that are no literals and whose IRI stands where the header says."""
        if not (self._under or self._outside):
            return _no_literals(self._data, nodes)
        under = tuple(f"<{iri}" for iri in self._under) or ("<", "_")
        outside = tuple(f"<{iri}" for iri in self._outside)
        kept = [
            text.startswith(under) and not text.startswith(outside)
            for text in self._data.terms.texts(nodes)
        ]
        found: Numbers = nodes[kept]
        return found

    def _marked(self, nodes: Numbers) -> NDArray[np.bool_]:
        """For each term whether it is one of some nodes."""
        marks = np.zeros(len(self._data.terms), bool)
        marks[nodes] = True
        return marks

    def _subjects(self, p: int) -> Numbers:
        return self._data.index.pairs(p)[0]

    def _all_saying(self, nodes: Numbers) -> Numbers:
        found = np.zeros(len(nodes), bool)
        says = np.zeros(len(self._data.terms), bool)
        for p in self._own:
            keys = follow(self._data.index, p, nodes)
            values = values_of(keys)
            some = unique(values)
            says[some] = False
            says[some[self._saying_among(some)]] = True
            found[rows_of(keys)[says[values]]] = True
        return nodes[found]

    def _saying_among(self, values: Numbers) -> list[int]:
        """The places of those of sorted values that have one of the words."""
        found: list[int] = []
        for start in range(0, len(values), _PART):
            some = values[start : start + _PART]
            lines = self._data.terms.lines(some).decode().lower()
            having = (lines_having(part, lines) for part in ("\\", *self._saying))
            places = sorted(set(chain.from_iterable(having)))
            texts = self._data.terms.texts(some[places])
            for at, text in zip(places, texts, strict=True):
                if self._says_word(int(some[at]), text):
                    found.append(start + at)
        return found

    def _all_sharing(self, nodes: Numbers) -> Numbers:
        """Groups by the value along one path after the other; who is alone in a group drops out."""
        owners, groups = nodes, np.zeros(len(nodes), np.int64)
        for path in self._sharing:
            some = unique(owners)
            keys = self._data.walk(path, some)
            bounds = keys.searchsorted(np.arange(len(some) + 1, dtype=np.int64) << 32)
            rows = some.searchsorted(owners)
            which, items = spread(np.diff(bounds)[rows], bounds[:-1][rows])
            pairs = pack(groups[which], values_of(keys)[items])
            groups = np.unique(pairs, return_inverse=True)[1]
            several = np.bincount(groups)[groups] > 1
            owners, groups = owners[which][several], groups[several]
        return unique(owners)


def standing_in(data: Data) -> Numbers:
    """Every IRI and blank node that is a subject or an object, sorted."""
    marks = np.zeros(len(data.terms), bool)
    for p in data.index.predicates():
        for ends in data.index.pairs(p):
            marks[ends] = True
    return _no_literals(data, np.flatnonzero(marks).astype(np.int32))


def _no_literals(data: Data, nodes: Numbers) -> Numbers:
    found: Numbers = nodes[data.terms.sorts(nodes) != ord('"')]
    return found
