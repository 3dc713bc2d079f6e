"""The closure, in rounds: every rule meets the facts that are new, until there are none.

A round runs each rule over the facts of the round before it (joined with all facts) and keeps
what was not known; that is semi-naive evaluation. Four kinds of rules have a shortcut that
gives the same facts with less work: equality (:mod:`.equality`), transitive relations
(:mod:`.transitive`), functional properties and superclasses. When rounds have brought new
axioms, the rules are filled in anew and the next round looks at everything once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

import numpy as np

from glocal_kg._engines.rl.datatypes import holds
from glocal_kg._engines.rl.equal_literals import BY_VALUE, EqualValues
from glocal_kg._engines.rl.equality import Equality
from glocal_kg._engines.rl.joins import Budget, compose, solutions
from glocal_kg._engines.rl.literal_numbers import Literals
from glocal_kg._engines.rl.program import Instance, Key, Program, Vocabulary
from glocal_kg._engines.rl.relevance import Relevance
from glocal_kg._engines.rl.rules import DATATYPES
from glocal_kg._engines.rl.schema import Schema
from glocal_kg._engines.rl.transitive import paths
from glocal_kg._rdf.deadline import looking
from glocal_kg._rdf.store.dictionary import Dictionary
from glocal_kg._rdf.store.index import (
    Keys,
    Numbers,
    Triple,
    TripleIndex,
    distinct,
    pack,
    unpack,
)
from glocal_kg._rdf.store.pairs import among, merged, numbers_of, union, without
from glocal_kg.errors import LimitError

TRANSITIVE = {"prp-trp", "scm-sco", "scm-spo"}
FUNCTIONAL = {"prp-fp", "prp-ifp"}


class Engine:
    """Closes a copy of an index, ``index``, under all rules."""

    def __init__(
        self, terms: Dictionary, asserted: TripleIndex, *, limit: int, trivial: bool = False
    ) -> None:
        self.terms = terms
        self.asserted = asserted
        self.index = asserted.copy()
        self.limit = limit
        self.trivial = trivial
        self.vocabulary = Vocabulary(terms)
        self.rdf_type = self.vocabulary["rdf:type"]
        self._same = self.vocabulary["owl:sameAs"]
        self._thing = self.vocabulary["owl:Thing"]
        self.literals = Literals(terms)
        self.schema = Schema(self.vocabulary)
        self.equality = Equality(terms, self._same, limit)
        self.values = EqualValues(terms)
        self.program: Program
        self.relevance: Relevance
        self.axioms_stand = True
        """Whether axioms, and what is below what class, follow without any data."""
        self._inferred = 0
        self._forget()

    def run(self) -> None:
        """Close the index. Raises :class:`.joins.LimitError` where the limit is passed."""
        everything = self.index
        self.index = schema = self.schema.part(everything)
        self._prepare()
        self._rounds()
        self.index = everything
        self._inferred = 0
        self._merge({p: schema.table(p).keys for p in schema.predicates()})
        self._rounds()
        self._forget()
        # A long list gives many rules that rest on one tuple of axioms.
        groups = {id(one.facts): one.facts for one in self.program.instances}
        axioms = {fact for facts in groups.values() for fact in facts}
        above = self.vocabulary["rdfs:subClassOf"]
        self.axioms_stand = len(self.index.table(above)) == len(schema.table(above)) and all(
            schema.contains(*axiom) for axiom in axioms
        )

    def resume(self, closed: TripleIndex) -> None:
        """Take an index that is closed already, in the place of closing one.

        Which axioms follow without any data is not known then; updates look for their proofs.
        """
        self.index = closed
        self.equality.unite(closed)
        self._prepare()
        self._forget()
        self.axioms_stand = False

    def _forget(self) -> None:
        """Drop what shortcuts keep from round to round: pairs they need not look at again."""
        self._closed: dict[int, Keys] = {}
        nothing = np.empty(0, np.int64)
        self._risen = nothing, nothing
        self.equality.forget()

    def concerns_rules(self, facts: Iterable[Triple]) -> bool:
        """Whether some facts are about the schema, or give a literal or an OWL term a name.

        Then other rules may apply than before, and the graph is to be closed anew.
        """
        facts = list(facts)
        if self.schema.concerns(facts):
            return True
        names = {part for s, p, o in facts if p == self._same for part in (s, o)}
        return self._is_special(names) or self._vary(facts)

    def _vary(self, facts: list[Triple]) -> bool:
        """Whether facts bring another form of a value that a rule compares."""
        feeding = self.program.feeding
        self.values.note(o for _, p, o in facts if p in feeding)
        return self.values.varied

    def steps_suffice(self) -> bool:
        """Whether single facts may be followed up by the rules as they are filled in now.

        Not where rules read the types of literals, compare values of several forms or ask what
        is the same as itself, or where a literal or a term of OWL itself has another name:
        those are cases for the whole engine.
        """
        if self.values.varied or (self._reflexive and not self.trivial):
            return False
        read = self.relevance.classes
        if read is None or read & {self.vocabulary[name] for name in DATATYPES}:
            return False
        return not self._is_special(self.equality.groups.grouped())

    def _is_special(self, terms: set[int]) -> bool:
        if not terms:
            return False
        mask = self.literals.mask
        return any(mask[term] for term in terms) or not terms.isdisjoint(self.vocabulary.values())

    def _rounds(self, delta: TripleIndex | None = None) -> bool:
        """Rounds until nothing is new, with the rules as filled in by :meth:`_prepare`.

        The first looks at the facts of ``delta``; without it everything is new. True where the
        rules are the same at the end.
        """
        outdated, same = False, True
        while True:
            if self.equality.unite(self.index if delta is None else delta):
                delta = None
            new = self._merge(self._round(delta))
            if len(new):
                outdated |= self.schema.changes_rules(new)
                delta = new
            elif outdated:
                self._prepare()
                outdated, delta, same = False, None, False
            else:
                return same

    def _prepare(self) -> None:
        groups = self.equality.groups
        self.program = Program(
            self.index, self.asserted, self.vocabulary, self.literals, self.values, groups
        )
        self._reflexive = self.trivial or self.program.asks_same()
        self._triggers = self.program.by_premise(self.program.instances)
        self.relevance = Relevance(
            self.program, self.vocabulary, self.literals, groups, self._triggers, self.trivial
        )

    def _round(self, delta: TripleIndex | None) -> dict[int, Keys]:
        """What the rules give from the new facts, by predicate, sorted; known facts included."""
        budget = Budget(self.limit)
        new: dict[int, list[Keys]] = defaultdict(list)
        facts = self.index if delta is None else delta
        done: set[Instance] = set()
        for instance, place in looking(self._todo(delta), 1):
            name = instance.rule.name
            assert instance.then is not None
            p = instance.then[1]
            if name in TRANSITIVE:
                if not place:
                    new[p].append(self._paths(p, facts, budget, name))
            elif name in FUNCTIONAL:
                if not place:
                    new[p].append(self._same_values(instance))
            elif name == "cls-int1":
                if instance not in done:
                    new[p].append(self._in_all(instance))
                    done.add(instance)
            elif name == "cax-sco":
                types = self.index if place == 0 else facts
                new[p].extend(self._superclasses(types, budget))
            elif not name.startswith("eq-"):
                start = None if place is None else (place, facts)
                new[p].extend(self._conclusions(instance, start, budget))
        for p, keys in self.equality.shared(facts).items():
            new[p].append(keys)
        if delta is None:
            new[self.rdf_type].append(self._literal_types())
        for p in self.program.by_value:
            new[p | BY_VALUE].append(self.values.by_value(facts.table(p).keys))
        if self.values.varied:
            new[self.rdf_type].append(self._types_of_forms(facts))
        if self._reflexive:
            terms = np.unique(np.append(facts.columns(), np.int32(self._same)))
            terms = terms[terms < BY_VALUE]
            new[self._same].append(pack(terms, terms))  # eq-ref
        return {p: union(parts) for p, parts in new.items() if parts}

    def _todo(self, delta: TripleIndex | None) -> list[tuple[Instance, int | None]]:
        """The instances that new facts concern, and the premise they come in by."""
        if delta is None:
            return [(instance, None) for instance in self.program.instances]
        keys: list[Key] = list(delta.predicates())
        keys += [(self.rdf_type, c) for c in numbers_of(delta.pairs(self.rdf_type)[1])]
        return [pair for key in keys for pair in self._triggers.get(key, ())]

    def _conclusions(
        self, instance: Instance, start: tuple[int, TripleIndex] | None, budget: Budget
    ) -> Iterator[Keys]:
        assert instance.then is not None
        s, p, o = instance.then
        if not instance.when:
            yield np.array([s << 32 | o], np.int64)
            return
        if any(not len(self.index.table(premise[1])) for premise in instance.when):
            return
        wanted = {part for part in (s, o) if part < 0}
        found = 0
        for columns in solutions(
            self.index, instance.when, wanted, budget, instance.rule.name, start
        ):
            left = columns[s] if s < 0 else np.full(1, s)
            right = columns[o] if o < 0 else np.full(1, o)
            keys = pack(np.broadcast_to(left, max(len(left), len(right))), right)
            keys = self.relevance.keys(p, keys)
            if found:  # further pieces of a large join
                keys = distinct(keys)
            found += len(keys)
            budget.check(found, instance.rule.name)
            yield keys

    def _in_all(self, instance: Instance) -> Keys:
        """What is in every class of a list, which may be long: one lookup for each."""
        assert instance.then is not None
        smallest = min(len(self.index.subjects(p, o)) for _, p, o in instance.when)
        found: Numbers | None = None
        for _, p, o in instance.when if smallest else ():
            members = self.index.subjects(p, o)
            found = members if found is None else found[among(found, members)]
            if not len(found):
                break
        things = np.empty(0, np.int32) if found is None else found
        classes = np.full(len(things), instance.then[2])
        return self.relevance.keys(self.rdf_type, pack(things, classes))

    def _paths(self, p: int, facts: TripleIndex, budget: Budget, name: str) -> Keys:
        known, edges = self.index.table(p).keys, facts.table(p).keys
        edges = self._unmet(p, edges, self._closed.get(p, edges[:0]))
        if not len(edges):
            return edges
        found = paths(known, edges, budget, name)
        self._closed[p] = merged(known, found)
        return found

    def _unmet(self, p: int, keys: Keys, met: Keys) -> Keys:
        """Without those met in earlier rounds: all in the index by now, so as many are the same."""
        return keys[:0] if len(met) == len(self.index.table(p)) else without(keys, met)

    def _same_values(self, instance: Instance) -> Keys:
        """Neighbors in the sorted table that share a subject (or an object) are the same."""
        table = self.index.table(instance.when[0][1])
        one, many = unpack(table.keys if instance.rule.name == "prp-fp" else table.flipped)
        literal = self.literals.mask[many]
        if literal.any():  # two literals are never the same, but each is the same as a thing
            values, of = many[literal], one[literal]
            one, many = one[~literal], many[~literal]
            place = np.searchsorted(one, of)
            beside = np.flatnonzero(place < len(one))
            beside = beside[one[place[beside]] == of[beside]]
            named = pack(values[beside], many[place[beside]])
        else:
            named = np.empty(0, np.int64)
        again = np.flatnonzero(one[1:] == one[:-1])
        return np.concatenate((pack(many[again], many[again + 1]), named))

    def _superclasses(self, types: TripleIndex, budget: Budget) -> Iterator[Keys]:
        """The classes above the classes of each thing (cax-sco; scm-sco has closed them)."""
        supers = self._supers()
        before, risen = self._risen
        if np.array_equal(before, supers):
            keys = self._unmet(self.rdf_type, types.table(self.rdf_type).keys, risen)
        else:  # what was risen was so by other classes
            keys, risen = self.index.table(self.rdf_type).keys, risen[:0]
        found = []
        for piece in compose(keys, supers, budget, "cax-sco"):
            found.append(distinct(self.relevance.keys(self.rdf_type, piece)))
            yield found[-1]
        self._risen = supers, union([risen, keys, *found])

    def _supers(self) -> Keys:
        """The pairs of a class and a class above it that may give something."""
        below, above = self.index.pairs(self.vocabulary["rdfs:subClassOf"])
        useful = below != above
        if not self.relevance.reads(self._thing):
            useful &= above != self._thing
        return pack(below[useful], above[useful])

    def _literal_types(self) -> Keys:
        """Rule dt-type2, for datatypes that a rule reads and literals with another name."""
        mask = self.literals.mask
        grouped = self.equality.groups.grouped()
        datatypes = {self.vocabulary[name]: name for name in DATATYPES}
        asked = [d for d in datatypes if self.relevance.reads(d) or d in grouped]
        everywhere = self._literals_in_use() if asked else []
        pairs = [(n, d) for n in everywhere for d in asked]
        named = (n for n in grouped if mask[n])
        pairs += [(n, d) for n in named for d in datatypes]
        keys = [n << 32 | d for n, d in looking(pairs) if holds(self.terms[d].value, self.terms[n])]
        return np.array(keys, np.int64)

    def _literals_in_use(self) -> list[int]:
        """The literals of asserted facts; the table of terms may have more."""
        used = np.zeros(len(self.terms), bool)
        for p in self.asserted.predicates():
            used[self.asserted.pairs(p)[1]] = True
        return np.flatnonzero(used & self.literals.mask[: len(used)]).tolist()

    def _types_of_forms(self, facts: TripleIndex) -> Keys:
        """The types of a literal, for its other forms as well (dt-eq with eq-rep-s)."""
        several = self.values.several()
        left, right = facts.pairs(self.rdf_type)
        rows = np.flatnonzero(np.isin(left, list(several)))
        keys = [
            form << 32 | c
            for x, c in zip(left[rows].tolist(), right[rows].tolist(), strict=True)
            for form in several[x]
        ]
        return np.array(keys, np.int64)

    def _merge(self, found: dict[int, Keys]) -> TripleIndex:
        """Add what is not known yet to the index, and give it back."""
        new = TripleIndex()
        for p, keys in found.items():
            if p == self._same:
                keys = self._without_literals(keys)
            keys = without(keys, self.index.table(p).keys)
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

    def _without_literals(self, keys: Keys) -> Keys:
        """Without x sameAs x; two literals are the same or a clash by value, see dt-diff."""
        left, right = unpack(keys)
        mask = self.literals.mask
        both = mask[left] & mask[right]
        kept: Keys = keys[~both if self._reflexive else ~both & (left != right)]
        return kept
