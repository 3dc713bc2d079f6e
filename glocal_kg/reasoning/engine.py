"""The closure, in rounds: every rule meets the facts that are new, until there are none.

A round runs each rule over the facts of the round before it (joined with all facts) and keeps
what was not known; that is semi-naive evaluation. Four kinds of rules have a shortcut that
gives the same facts with less work: equality (:mod:`.equality`), transitive relations
(:mod:`.transitive`), functional properties and superclasses. When a round brings new axioms,
the rules are filled in anew and the next round looks at everything once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from pyoxigraph import Literal

from glocal_kg.reasoning.datatypes import holds
from glocal_kg.reasoning.equality import Groups, numbers
from glocal_kg.reasoning.joins import Budget, LimitError, compose, solutions
from glocal_kg.reasoning.program import Instance, Key, Program, Vocabulary
from glocal_kg.reasoning.rules import DATATYPES, RULES
from glocal_kg.reasoning.transitive import paths
from glocal_kg.store.facts import TermTable
from glocal_kg.store.index import Keys, Triple, TripleIndex, among, distinct, pack, unpack

TRANSITIVE = {"prp-trp", "scm-sco", "scm-spo"}
FUNCTIONAL = {"prp-fp", "prp-ifp"}


class Literals:
    """Which numbers stand for literals, as a mask that grows with the table of terms."""

    def __init__(self, terms: TermTable) -> None:
        self._terms = terms
        self._mask = np.empty(0, bool)

    @property
    def mask(self) -> NDArray[np.bool_]:
        """A mask over all term numbers."""
        known, count = len(self._mask), len(self._terms)
        if count > known:
            terms = self._terms if not known else (self._terms[i] for i in range(known, count))
            more = np.fromiter((type(term) is Literal for term in terms), bool, count - known)
            self._mask = np.concatenate((self._mask, more)) if known else more
        return self._mask


class Engine:
    """Closes a copy of an index, ``index``, under all rules."""

    def __init__(
        self, terms: TermTable, asserted: TripleIndex, *, limit: int, trivial: bool = False
    ) -> None:
        self.terms = terms
        self.asserted = asserted
        self.index = asserted.copy()
        self.vocabulary = Vocabulary(terms)
        self.literals = Literals(terms)
        self.groups = Groups()
        self.limit = limit
        self.trivial = trivial
        self.program: Program
        self.axioms_stand = True
        """Whether the axioms that rules are filled in with follow without any data."""
        self.rdf_type = self.vocabulary["rdf:type"]
        self._same = self.vocabulary["owl:sameAs"]
        self._thing = self.vocabulary["owl:Thing"]
        self._inferred = 0
        self._paths: dict[int, Keys] = {}
        self._spread: dict[int, Keys] = {}

    def run(self) -> None:
        """Close the index. Raises :class:`.joins.LimitError` where the limit is passed."""
        everything = self.index
        self.index = schema = self._schema()
        self._rounds()
        self.index = everything
        self._merge({p: schema.table(p).keys for p in schema.predicates()})
        self._rounds()
        axioms = {fact for instance in self.program.instances for fact in instance.facts}
        self.axioms_stand = all(schema.contains(*axiom) for axiom in axioms)

    def _rounds(self, delta: TripleIndex | None = None) -> None:
        """Rounds until nothing is new; ``delta`` None means that everything is new."""
        if delta is None:
            self._prepare()
        while True:
            new = self._merge(self._round(delta))
            if not len(new):
                return
            delta = new
            if self.brings_axioms(new):
                self._prepare()
                delta = None

    def _prepare(self) -> None:
        self.program = Program(self.index, self.asserted, self.vocabulary)
        self.triggers = self.program.by_premise(self.program.instances)
        self.__dict__.pop("_own", None)
        self.read = self.program.read()
        self._paths.clear()
        self._spread.clear()

    def brings_axioms(self, new: TripleIndex) -> bool:
        """Whether there are facts that fill in rules in a new way."""
        predicates, classes = given(self.vocabulary)
        for p in new.predicates():
            if p == self.rdf_type:
                objects = np.unique(new.pairs(p)[1]).tolist()
                if classes.intersection(objects):
                    return True
            elif p in predicates:
                left, right = new.pairs(p)
                if (left != right).any():  # p subPropertyOf p and the like add nothing
                    return True
        return False

    def is_about_schema(self, facts: Iterable[Triple]) -> bool:
        """Whether some facts are about classes, properties or lists, or rename a literal.

        Then other rules may apply than before, and the graph is to be closed anew.
        """
        predicates, classes = self._about
        for s, p, o in facts:
            if p in predicates or (p == self.rdf_type and o in classes):
                return True
            if p == self._same:
                mask = self.literals.mask
                own = self._own
                if mask[s] or mask[o] or s in own or o in own:
                    return True
        return False

    @cached_property
    def _about(self) -> tuple[set[int], set[int]]:
        predicates, classes = given(self.vocabulary)
        more, kinds = about_schema(self.vocabulary)
        return predicates | more, classes | kinds

    @cached_property
    def _own(self) -> set[int]:
        return set(self.vocabulary.values())

    def steps_suffice(self) -> bool:
        """Whether single facts may be followed up by the rules as they are filled in now.

        Not where rules read the types of literals, or a literal or a term of OWL itself has
        another name: those are cases for the whole engine.
        """
        if self.trivial or self.read is None:
            return False
        if self.read & {self.vocabulary[name] for name in DATATYPES}:
            return False
        grouped = self.groups.grouped()
        mask = self.literals.mask
        return not (grouped & self._own) and not any(mask[term] for term in grouped)

    def is_useful(self, fact: Triple) -> bool:
        """Whether a single inferred fact says something or is read by a rule."""
        s, p, o = fact
        if p == self._same:
            return s != o
        if p == self.rdf_type and o == self._thing:
            return self.read is None or o in self.read
        if not self.literals.mask[s]:
            return True
        if p == self.rdf_type:
            return self.read is None or o in self.read
        return p in self.triggers

    def _schema(self) -> TripleIndex:
        """The facts about classes and properties: closed first, as all else rests on them."""
        predicates, classes = given(self.vocabulary)
        more, kinds = about_schema(self.vocabulary)
        schema = TripleIndex()
        for p in predicates | more:
            schema.merge(p, self.index.table(p).keys)
        for c in sorted(classes | kinds):
            found = self.index.subjects(self.rdf_type, c)
            if len(found):
                schema.merge(self.rdf_type, pack(found, np.full(len(found), c)))
        return schema

    def _round(self, delta: TripleIndex | None) -> dict[int, Keys]:
        """What the rules give from the new facts, by predicate, sorted; known facts included."""
        self._budget = Budget(20 * self.limit)
        new: dict[int, list[Keys]] = defaultdict(list)
        if delta is None:
            todo: list[tuple[Instance, int | None]] = [
                (instance, None) for instance in self.program.instances
            ]
        else:
            todo = [
                pair for key in keys_of(delta, self.rdf_type) for pair in self.triggers.get(key, ())
            ]
        for instance, place in todo:
            name = instance.rule.name
            if name.startswith("eq-"):
                continue
            assert instance.then is not None
            if name in TRANSITIVE:
                if not place:
                    p = instance.then[1]
                    new[p].append(self._all_paths(p, delta, name))
            elif name in FUNCTIONAL:
                if not place:
                    new[self._same].append(self._same_values(instance))
            elif name == "cax-sco":
                if place != 0:
                    new[self.rdf_type].append(self._superclasses(delta or self.index))
            else:
                start = None if place is None or delta is None else (place, delta)
                new[instance.then[1]].extend(self._conclusions(instance, start))
        if delta is None:
            new[self.rdf_type].append(self._literal_types())
        result = {p: distinct(np.concatenate(parts)) for p, parts in new.items() if parts}
        for p, keys in self._equal(delta).items():
            result[p] = distinct(np.concatenate((result[p], keys))) if p in result else keys
        if self.trivial:
            self._reflexive(result, delta or self.index)
        return result

    def _conclusions(
        self, instance: Instance, start: tuple[int, TripleIndex] | None
    ) -> Iterator[Keys]:
        assert instance.then is not None
        s, p, o = instance.then
        wanted = {part for part in (s, o) if part < 0}
        if not instance.when:
            yield np.array([s << 32 | o], np.int64)
            return
        if not len(
            (start[1] if start else self.index).table(instance.when[start[0] if start else 0][1])
        ):
            return
        name = instance.rule.name
        for columns in solutions(self.index, instance.when, wanted, self._budget, name, start):
            left = columns[s] if s < 0 else np.full(1, s)
            right = columns[o] if o < 0 else np.full(1, o)
            keys = pack(np.broadcast_to(left, max(len(left), len(right))), right)
            yield self._useful(p, keys)

    def _literal_types(self) -> Keys:
        """Rule dt-type2, for datatypes that a rule reads and literals with another name."""
        mask = self.literals.mask
        datatypes = {self.vocabulary[name]: name for name in DATATYPES}
        asked = datatypes if self.trivial or self.read is None else self.read & datatypes.keys()
        everywhere = np.flatnonzero(mask).tolist() if asked else []
        pairs = [(n, d) for n in everywhere for d in asked]
        pairs += [(n, d) for n in self.groups.grouped() if mask[n] for d in datatypes]
        keys = [
            n << 32 | d
            for n, d in pairs
            if holds(self.terms[d].value, self.terms[n])  # type: ignore[union-attr, arg-type]
        ]
        return np.array(keys, np.int64)

    def _useful(self, p: int, keys: Keys) -> Keys:
        """Without facts about literals, or of the class of all things, that no rule reads."""
        if self.trivial or not len(keys):
            return keys
        if p == self.rdf_type:
            if self.read is None:
                return keys
            if self._thing not in self.read and not len(self.groups):
                keys = keys[(keys & 0xFFFFFFFF) != self._thing]
            left, right = unpack(keys)
            literal = self.literals.mask[left]
            if not literal.any():
                return keys
            needed = np.isin(right, list(self.read | self.groups.grouped()))
        else:
            left, _ = unpack(keys)
            literal = self.literals.mask[left]
            if not literal.any() or p in self.triggers or p == self._same:
                return keys
            needed = np.zeros(len(keys), bool)
        grouped = self.groups.grouped()
        if grouped:
            needed |= np.isin(left, list(grouped))
        kept: Keys = keys[~literal | needed]
        return kept

    def _all_paths(self, p: int, delta: TripleIndex | None, name: str) -> Keys:
        known = self.index.table(p).keys
        edges = known if delta is None else delta.table(p).keys
        done = self._paths.get(p)
        if done is not None and delta is not None:
            edges = edges[~among(edges, done)]
        if not len(edges):
            return edges
        found = paths(known, edges, self._budget, name)
        self._paths[p] = found
        return found

    def _same_values(self, instance: Instance) -> Keys:
        """Neighbors in the sorted table that share a subject (or an object) are the same."""
        table = self.index.table(instance.when[0][1])
        one, many = unpack(table.keys if instance.rule.name == "prp-fp" else table.flipped)
        again = np.flatnonzero(one[1:] == one[:-1])
        return pack(many[again], many[again + 1])

    def _superclasses(self, types: TripleIndex) -> Keys:
        """The classes above the classes of each thing (cax-sco; scm-sco has closed them)."""
        below, above = self.index.pairs(self.vocabulary["rdfs:subClassOf"])
        useful = below != above
        if not self.trivial and self.read is not None and self._thing not in self.read:
            useful &= above != self._thing
        supers = pack(below[useful], above[useful])
        keys = compose(types.table(self.rdf_type).keys, supers, self._budget, "cax-sco")
        return self._useful(self.rdf_type, keys)

    def _equal(self, delta: TripleIndex | None) -> dict[int, Keys]:
        """The facts that the members of a group share (eq-sym, eq-trans, eq-rep-*)."""
        source = delta if delta is not None else self.index
        news = self.groups.unite(numbers(source.table(self._same).keys))
        if not len(self.groups):
            return {}
        if self.groups.pairs() > self.limit:
            group = self.groups.largest()
            raise LimitError(
                f"{len(group):,} things are the same (owl:sameAs), among them "
                f"{self.terms[group[0]]} and {self.terms[group[1]]}: that makes "
                f"{self.groups.pairs():,} facts, more than {self.limit:,}.",
                remedy="Look for a wrong owl:sameAs or functional property, or raise the limit.",
            )
        if news or delta is None:
            source = self.index
            self._spread.clear()
        spreader = self.groups.spreader(len(self.terms), self.limit)
        grouped = self.groups.grouped()
        new: dict[int, list[Keys]] = defaultdict(list)
        for p in source.predicates():
            keys = source.table(p).keys
            if p in self._spread:
                keys = keys[~among(keys, self._spread[p])]
            if p not in grouped:
                keys = spreader.touched(keys)
            if not len(keys):
                continue
            spread = spreader.spread(keys)
            for q in self.groups.members(p):
                new[q].append(spread)
        self._spread = {p: distinct(np.concatenate(parts)) for p, parts in new.items()}
        result = {}
        for p, keys in self._spread.items():
            result[p] = self._not_between_literals(keys) if p == self._same else keys
        return result

    def _not_between_literals(self, keys: Keys) -> Keys:
        """Without x sameAs x; two literals are the same or a clash by value, see dt-diff."""
        left, right = unpack(keys)
        mask = self.literals.mask
        both = mask[left] & mask[right]
        kept: Keys = keys[~both if self.trivial else ~both & (left != right)]
        return kept

    def _reflexive(self, result: dict[int, Keys], source: TripleIndex) -> None:
        """Rule eq-ref: only where asked for, as it says nothing."""
        columns = np.unique(np.concatenate([*source.columns(), [self._same]]))
        keys = pack(columns, columns)
        known = result.get(self._same, keys[:0])
        result[self._same] = distinct(np.concatenate((known, keys)))

    def _merge(self, found: dict[int, Keys]) -> TripleIndex:
        """Add what is not known yet to the index, and give it back."""
        new = TripleIndex()
        for p, keys in found.items():
            if p == self._same:
                keys = self._not_between_literals(keys)
            keys = keys[~among(keys, self.index.table(p).keys)]
            if len(keys):
                new.merge(p, keys)
                self._inferred += len(keys)
        if self._inferred > self.limit:
            raise LimitError(
                f"Closing infers more than {self.limit:,} facts.",
                remedy="Look for an axiom that joins everything with everything (a class or a "
                "property equal to many others), or raise the limit.",
            )
        for p in new.predicates():
            self.index.merge(p, new.table(p).keys)
        return new


def keys_of(index: TripleIndex, rdf_type: int) -> list[Key]:
    """All keys by which instances may be triggered by an index's facts."""
    found: list[Key] = []
    for p in index.predicates():
        found.append(p)
        if p == rdf_type:
            found += [(p, c) for c in np.unique(index.pairs(p)[1]).tolist()]
    return found


def given(vocabulary: Vocabulary) -> tuple[set[int], set[int]]:
    """The predicates and the classes by which axioms fill in rules."""
    return _named(vocabulary, [p for rule in RULES for p in rule.given], lists=True)


def about_schema(vocabulary: Vocabulary) -> tuple[set[int], set[int]]:
    """The predicates and the classes of the rules about the schema itself (table 9)."""
    patterns = [p for rule in RULES if rule.table == 9 for p in rule.when]
    return _named(vocabulary, patterns, lists=False)


def _named(
    vocabulary: Vocabulary, patterns: list[tuple[str, str, str]], lists: bool
) -> tuple[set[int], set[int]]:
    predicates = {vocabulary[p] for _, p, _ in patterns if p != "rdf:type"}
    if lists:
        predicates |= {vocabulary["rdf:first"], vocabulary["rdf:rest"]}
    classes = {vocabulary[o] for _, p, o in patterns if p == "rdf:type"}
    return predicates, classes
