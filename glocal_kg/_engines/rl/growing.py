"""Going on from what is closed already, with facts that come to it.

What is read into the sources is few facts beside what they say. So their rounds begin with these
few, instead of with all facts again.
"""

from __future__ import annotations

from glocal_kg._engines.rl.engine import Engine
from glocal_kg._engines.rl.equal_literals import BY_VALUE
from glocal_kg._engines.rl.rules import DATATYPES
from glocal_kg._rdf.store.index import TripleIndex, distinct
from glocal_kg._rdf.store.pairs import without


class GrowingEngine(Engine):
    """An engine that can begin with what another one has closed."""

    def grow(self, before: Engine, added: TripleIndex) -> bool:
        """Close what another engine has closed with some ``added`` facts, which are asserted here.

        False, and nothing of use, where the rules would be others with these.
        """
        self.resume(before.index.copy())
        new = TripleIndex()
        for p in added.predicates():
            keys = without(added.table(p).keys, self.index.table(p).keys)
            if len(keys):
                new.merge(p, keys)
        if self._needs_all(new, before):
            return False
        self._risen = self._supers(), self.index.table(self.rdf_type).keys
        for p in new.predicates():
            self.index.merge(p, new.table(p).keys)
        if self.values.varied and not before.values.varied:  # known facts are read by value now
            forms = {p | BY_VALUE: self.values.by_value(self.index.table(p).keys)
                     for p in self.program.by_value}  # fmt: skip
            forms[self.rdf_type] = distinct(self._types_of_forms(self.index))
            more = self._merge(forms)
            for p in more.predicates():
                new.merge(p, more.table(p).keys)
        same = self._rounds(new)
        self._forget()
        self.axioms_stand = same and before.axioms_stand
        return True

    def _needs_all(self, new: TripleIndex, before: Engine) -> bool:
        """Whether with some new facts rules are to look at all facts again.

        So it is where other rules may apply than before, or other forms of a value are met, and
        where a rule reads the types of literals and there are some among them.
        """
        facts = [(s, p, o) for s, p, o in new.columns().tolist()]
        if self.schema.concerns(facts) or len(new.table(self._same)):
            return True
        if before.values.varied and self.values.several() != before.values.several():
            return True
        read, mask = self.relevance.classes, self.literals.mask
        typed = read is None or bool(read & {self.vocabulary[name] for name in DATATYPES})
        return typed and any(mask[o] for _, _, o in facts)
