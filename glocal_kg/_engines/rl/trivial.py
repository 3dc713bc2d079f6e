"""Which inferred facts are worth saying: no truisms, and nothing that RDF cannot write.

The rules also give facts that hold of anything (``x sameAs x``, ``x a owl:Thing``, every class
below itself, ``owl:Thing`` as domain or range) and facts with a literal as subject or a blank
node as predicate. They serve as premises and are left out of the result, unless asked for.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from pyoxigraph import Literal, NamedNode

from glocal_kg._engines.rl.equal_literals import BY_VALUE
from glocal_kg._engines.rl.program import AXIOMS, Vocabulary
from glocal_kg._rdf.deadline import look
from glocal_kg._rdf.store.dictionary import Dictionary
from glocal_kg._rdf.store.index import Keys, unpack
from glocal_kg._rdf.store.pairs import places

REFLEXIVE = [
    "owl:sameAs", "rdfs:subClassOf", "rdfs:subPropertyOf", "owl:equivalentClass",
    "owl:equivalentProperty",
]  # fmt: skip
"""Relations in which everything stands to itself."""


class Nontrivial:
    """Masks the facts worth saying.

    ``literals`` gives a mask over the term numbers: which are literals. ``trivial`` keeps the
    truisms; a literal as subject and a blank node as predicate are left out either way, as RDF
    cannot write them.
    """

    def __init__(
        self,
        terms: Dictionary,
        vocabulary: Vocabulary,
        literals: Callable[[], NDArray[np.bool_]],
        trivial: bool = False,
    ) -> None:
        self._terms = terms
        self._literals = literals
        self._trivial = trivial
        self._reflexive = {vocabulary[name] for name in REFLEXIVE}
        self._type = vocabulary["rdf:type"]
        self._sub_class = vocabulary["rdfs:subClassOf"]
        self._ends = vocabulary["rdfs:domain"], vocabulary["rdfs:range"]
        self._thing, self._nothing = vocabulary["owl:Thing"], vocabulary["owl:Nothing"]
        kinds = [pair for pairs in AXIOMS.values() for pair in pairs]
        kinds += [("owl:Thing", "owl:Class"), ("owl:Nothing", "owl:Class")]
        self._kinds = {(vocabulary[s], vocabulary[o]) for s, o in kinds}
        self._axioms = np.sort(np.array([s << 32 | o for s, o in self._kinds]))

    def keys(self, p: int, keys: Keys) -> Keys:
        """Those packed (subject, object) pairs of a predicate that are worth saying."""
        if p >= BY_VALUE or not isinstance(self._terms[p], NamedNode):
            return keys[:0]
        look()
        left, right = unpack(keys)
        keep = ~self._literals()[left]
        if not self._trivial:
            if p in self._reflexive:
                keep &= left != right
            if p == self._type:
                keep &= right != self._thing
                keep[places(keys, self._axioms)] = False
            elif p == self._sub_class:
                keep &= (right != self._thing) & (left != self._nothing)
            elif p in self._ends:
                keep &= right != self._thing
        kept: Keys = keys[keep]
        return kept

    def fact(self, s: int, p: int, o: int) -> bool:
        """Whether one fact is worth saying."""
        if type(self._terms[p]) is not NamedNode or type(self._terms[s]) is Literal:
            return False
        if self._trivial:
            return True
        if p == self._type:
            return o != self._thing and (s, o) not in self._kinds
        if p in self._reflexive and s == o:
            return False
        if p == self._sub_class:
            return o != self._thing and s != self._nothing
        return p not in self._ends or o != self._thing
