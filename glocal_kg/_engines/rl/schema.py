"""Which facts are about classes, properties and lists: read off the rules themselves."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from glocal_kg._engines.rl.program import Vocabulary
from glocal_kg._engines.rl.rules import RULES, Tokens
from glocal_kg._rdf.store.index import Triple, TripleIndex, pack
from glocal_kg._rdf.store.pairs import numbers_of


class Schema:
    """Tells the facts that rules are filled in with from all others.

    Two kinds: facts matched by a ``given`` premise (or cells of its list) decide which
    instances of rules there are; facts matched by the rules of table 9 are about classes and
    properties too, but met like data.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._type = vocabulary["rdf:type"]
        self._thing = vocabulary["owl:Thing"]
        self._sub_class = vocabulary["rdfs:subClassOf"]
        given = [tokens for rule in RULES for tokens in rule.given]
        about = [tokens for rule in RULES if rule.table == 9 for tokens in rule.when]
        lists = {vocabulary["rdf:first"], vocabulary["rdf:rest"]}
        self._filling = _predicates(vocabulary, given) | lists, _classes(vocabulary, given)
        self._about = (
            self._filling[0] | _predicates(vocabulary, about),
            self._filling[1] | _classes(vocabulary, about),
        )

    def part(self, index: TripleIndex) -> TripleIndex:
        """The facts of an index that are about the schema."""
        predicates, classes = self._about
        part = TripleIndex()
        for p in predicates:
            part.merge(p, index.table(p).keys)
        for c in sorted(classes):
            found = index.subjects(self._type, c)
            if len(found):
                part.merge(self._type, pack(found, np.full(len(found), c)))
        return part

    def changes_rules(self, new: TripleIndex) -> bool:
        """Whether new facts fill in rules in a new way, or put a class below another."""
        predicates, classes = self._filling
        for p in new.predicates():
            if p == self._type:
                if classes.intersection(numbers_of(new.pairs(p)[1])):
                    return True
            elif p in predicates or p == self._sub_class:
                left, right = new.pairs(p)
                telling = left != right  # p subPropertyOf p and the like add nothing
                if p == self._sub_class:
                    telling &= right != self._thing
                if telling.any():
                    return True
        return False

    def concerns(self, facts: Iterable[Triple]) -> bool:
        """Whether any of some facts is about the schema."""
        predicates, classes = self._about
        some = list(facts)
        if not predicates.isdisjoint([p for _, p, _ in some]):
            return True
        return not classes.isdisjoint([o for _, p, o in some if p == self._type])


def _predicates(vocabulary: Vocabulary, patterns: list[Tokens]) -> set[int]:
    return {vocabulary[p] for _, p, _ in patterns if p != "rdf:type"}


def _classes(vocabulary: Vocabulary, patterns: list[Tokens]) -> set[int]:
    return {vocabulary[o] for _, p, o in patterns if p == "rdf:type"}
