"""Which conclusions are worth keeping: not those about literals that no rule reads.

A range axiom says of every literal what it is, and every class is below owl:Thing. Such facts
are never part of the result (:mod:`.trivial`), and most are no premise of anything either;
those are dropped where they arise.
"""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from glocal_kg._engines.rl.equality import EqualGroups
from glocal_kg._engines.rl.literal_numbers import Literals
from glocal_kg._engines.rl.program import Program, Vocabulary
from glocal_kg._rdf.store.index import Keys, Triple, unpack


class Relevance:
    """Tells which facts some rule reads, for one program; ``everything`` keeps all."""

    def __init__(
        self,
        program: Program,
        vocabulary: Vocabulary,
        literals: Literals,
        groups: EqualGroups,
        triggers: Collection[object],
        everything: bool,
    ) -> None:
        self.classes = None if everything else program.read()
        """The classes whose members a rule asks for; None for all classes."""
        self._literals = literals
        self._groups = groups
        self._triggers = triggers
        self._type = vocabulary["rdf:type"]
        self._same = vocabulary["owl:sameAs"]
        self._thing = vocabulary["owl:Thing"]

    def reads(self, c: int) -> bool:
        """Whether a rule asks for the members of a class."""
        return self.classes is None or c in self.classes

    def keys(self, p: int, keys: Keys) -> Keys:
        """Those packed (subject, object) pairs of a predicate that are of use."""
        if not len(keys) or self.classes is None:
            return keys
        if p == self._type and not self.reads(self._thing) and not len(self._groups):
            keys = keys[(keys & 0xFFFFFFFF) != self._thing]
        left, right = unpack(keys)
        literal = self._literals.mask[left]
        if not literal.any() or (p != self._type and p in self._triggers) or p == self._same:
            return keys
        grouped = self._groups.grouped()
        needed = np.isin(left, list(grouped)) if grouped else np.zeros(len(keys), bool)
        if p == self._type:
            needed |= np.isin(right, list(self.classes | grouped))
        kept: Keys = keys[~literal | needed]
        return kept

    def fact(self, fact: Triple) -> bool:
        """Whether a single inferred fact is of use, where no literal has another name."""
        s, p, o = fact
        if p == self._same:
            return s != o
        if p == self._type:
            return self.reads(o) or not (o == self._thing or self._literals.has(s))
        return not self._literals.has(s) or p in self._triggers
