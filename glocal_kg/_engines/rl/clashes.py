"""Contradictions: which facts cannot be true together, and by which rule.

They are looked for in the closed graph, and neither stop the closure nor change it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, islice, product

import numpy as np
from pyoxigraph import Literal, NamedNode

from glocal_kg._engines.rl.apart import Apart
from glocal_kg._engines.rl.bindings import Binding, fill, unify
from glocal_kg._engines.rl.datatypes import holds, is_well_typed, takes_any_form, value_key
from glocal_kg._engines.rl.engine import Engine
from glocal_kg._engines.rl.equal_literals import BY_VALUE
from glocal_kg._engines.rl.incremental import Stepper
from glocal_kg._engines.rl.joins import Budget, solutions
from glocal_kg._engines.rl.program import Instance, Program
from glocal_kg._engines.rl.rules import BY_NAME, PREFIXES
from glocal_kg._rdf.deadline import look, looking
from glocal_kg._rdf.store.index import Triple, unpack

SINGLE = {"prp-fp", "cls-maxc2", "cls-maxqc3", "cls-maxqc4"}
"""The rules by which two values of one thing are the same."""

MOST = 100_000
"""Clashes kept of one rule instance; a graph with more has one fault, not many."""

LOOKS = 20 * MOST
"""Pairs of values compared for one rule instance: that so many are equal is no contradiction."""


@dataclass(frozen=True, slots=True)
class NumberedClash:
    """Facts that contradict each other by a rule, as numbers.

    ``facts`` starts with the axioms and ends with the facts that go against them. Each of them
    is asserted or can be explained.
    """

    rule: str
    facts: tuple[Triple, ...]


class Clashes:
    """The clashes of a closed graph, kept up to date change by change."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._asserted = engine.asserted
        self._terms = engine.terms
        program = engine.program
        rdf_type = engine.vocabulary["rdf:type"]
        self._different = engine.vocabulary["owl:differentFrom"]
        self._same = engine.vocabulary["owl:sameAs"]
        self._stepper = Stepper(program, program.clashes, rdf_type)
        self._apart = program.apart
        self._single: list[Instance] = []
        self._typing: list[tuple[Instance, str]] = []
        for instance in (*program.instances, *program.spare, *self._below_datatypes(program)):
            if instance.then is None or (min(instance.then) < 0 and not instance.when):
                continue
            _, p, o = instance.then
            if p == self._same and instance.rule.name in SINGLE:
                self._single.append(instance)
            if p == rdf_type and o >= 0 and (name := self._datatype(o)):
                self._typing.append((instance, name))
        by_value = [*self._single, *(instance for instance, _ in self._typing)]
        self._by_value = Stepper(program, by_value, rdf_type)
        self._sorted: list[NumberedClash] | None = None
        every: list[Instance | Apart] = [*program.clashes, *by_value, *program.apart]
        groups = {id(one.facts): one.facts for one in every}  # shared by the rules of one list
        self._axioms = {fact for facts in groups.values() for fact in facts}
        self._of_fact: dict[Triple, set[NumberedClash]] = defaultdict(set)
        self._looked = False  # whether all are in _of_fact: nobody may ask for all

    def _below_datatypes(self, program: Program) -> Iterator[Instance]:
        """What being of a class says of a literal, where the class is below a datatype.

        Such as ``xsd:integer rdfs:subClassOf xsd:string``. The classes above a class are closed
        already, so one step is enough.
        """
        a = program.rdf_type
        for name, rule in (("rdfs:subClassOf", "cax-sco"), ("owl:sameAs", "eq-rep-o")):
            p = program.vocabulary[name]
            for c, d in zip(*(part.tolist() for part in self._engine.index.pairs(p)), strict=True):
                if c != d and self._datatype(d):
                    yield Instance(BY_NAME[rule], ((c, p, d),), ((-1, a, c),), (-1, a, d))

    def _datatype(self, number: int) -> str:
        term = self._terms[number]
        named = isinstance(term, NamedNode) and (
            term.value.startswith(PREFIXES["xsd"])
            or term.value.removeprefix(PREFIXES["rdf"])
            in ("langString", "PlainLiteral", "XMLLiteral")
        )
        return term.value if named else ""

    def sorted(self) -> list[NumberedClash]:
        """Every clash of the graph, sorted by rule, then facts."""
        if self._sorted is None:
            self._look()
            found = {clash for clashes in self._of_fact.values() for clash in clashes}
            self._sorted = sorted(found, key=lambda one: (one.rule, *map(self._text, one.facts)))
        return self._sorted

    def first(self) -> NumberedClash | None:
        """Any clash, the same each time, without looking for the others: they may be many."""
        if not self._looked:
            found = next(self._everywhere(), None)
            self._looked = found is None
            return found
        every = (clash for clashes in self._of_fact.values() for clash in clashes)
        return min(every, key=lambda one: (len(one.facts), one.rule, one.facts), default=None)

    def _look(self) -> None:
        if not self._looked:
            self._note(self._everywhere())
            self._looked = True

    def _text(self, fact: Triple) -> tuple[bytes, ...]:
        """What facts are sorted by: their numbers tell only which came first."""
        look()
        return tuple(map(self._terms.text, fact))

    def _clash(
        self, name: str, axioms: tuple[Triple, ...], facts: tuple[Triple, ...]
    ) -> NumberedClash:
        """One clash for all orders in which a rule finds the same facts.

        That a thing is the same as itself needs no fact, so it is none of them, said or not.
        """
        told = dict.fromkeys(f for f in facts if f[1] != self._same or f[0] != f[2])
        return NumberedClash(name, axioms + tuple(sorted(told, key=self._text)))

    def follow(
        self, lost: Iterable[Triple], gained: Iterable[Triple], unsaid: Iterable[Triple] = ()
    ) -> None:
        """Forget the clashes of lost facts and find those of new ones.

        ``unsaid`` are facts that are no longer asserted, but still follow.
        """
        if not self._looked:
            return
        for fact in unsaid:
            alone = NumberedClash("dt-not-type", (fact,))
            if alone in self._of_fact.get(fact, ()):
                self._of_fact[fact].discard(alone)
                self._sorted = None
        for fact in lost:
            for clash in self._of_fact.pop(fact, ()):
                self._sorted = None
                for other in clash.facts:
                    if other in self._of_fact:
                        self._of_fact[other].discard(clash)
        self._note(self._of(gained))

    def _note(self, clashes: Iterable[NumberedClash]) -> None:
        for clash in looking(clashes, 64):
            self._sorted = None
            # A changed axiom closes anew, so no clash is ever looked up by its axioms.
            facts = [fact for fact in clash.facts if fact not in self._axioms] or clash.facts
            for fact in facts:
                self._of_fact[fact].add(clash)

    def _everywhere(self) -> Iterator[NumberedClash]:
        for instance in self._engine.program.clashes:
            yield from self._of_instance(instance)
        index = self._engine.index
        for apart in self._apart:
            found = apart.everywhere(index, bool(self._engine.program.by_value))
            # Each clash tells the whole list: of a long one fewer are kept.
            for facts in islice(found, max(MOST // max(len(apart.facts), 1), 100)):
                yield from self._written(apart.rule.name, apart.facts, facts)
        for s, o in zip(*(part.tolist() for part in index.pairs(self._different)), strict=True):
            yield from self._apart_from_itself((s, self._different, o))
        yield from self._ill_typed()
        for instance, name in self._typing:
            yield from self._wrong_datatype(instance, name)
        for instance in self._single:
            pairs = islice(self._pairs_of_values(instance), LOOKS)
            different = (clash for pair in pairs for clash in self._if_different(instance, pair))
            yield from islice(different, MOST)

    def _of(self, facts: Iterable[Triple]) -> Iterator[NumberedClash]:
        index = self._engine.index
        for fact in facts:
            for step, row in self._stepper.after(index, fact):
                instance = step.instance
                yield self._clash(instance.rule.name, instance.facts, step.facts(row))
            for apart in self._apart:
                for facts in apart.of(index, fact):
                    yield self._clash(apart.rule.name, apart.facts, facts)
            yield from self._apart_from_itself(fact)
            yield from self._by_values(fact)

    def _of_instance(self, instance: Instance) -> Iterator[NumberedClash]:
        for facts in self._bindings(instance):
            yield from self._written(instance.rule.name, instance.facts, facts)

    def _written(
        self, name: str, axioms: tuple[Triple, ...], facts: tuple[Triple, ...]
    ) -> Iterator[NumberedClash]:
        """A clash of facts, those of tables by value in every form in which they are written."""
        index, values = self._engine.index, self._engine.values
        forms = [values.written(index, f) if f[1] >= BY_VALUE else [f] for f in facts]
        for some in product(*forms):
            yield self._clash(name, axioms, some)

    def _bindings(self, instance: Instance) -> Iterator[tuple[Triple, ...]]:
        wanted = {part for pattern in instance.when for part in pattern if part < 0}
        index = self._engine.index
        budget = Budget(self._engine.limit)
        count = 0
        for columns in solutions(index, instance.when, wanted, budget, instance.rule.name):
            variables = list(columns)
            rows = zip(*(columns[v].tolist() for v in variables), strict=True)
            for row in rows if variables else [()]:
                binding = dict(zip(variables, row, strict=True))
                yield tuple(fill(pattern, binding) for pattern in instance.when)
                count += 1
                if count == MOST:
                    return

    def _apart_from_itself(self, fact: Triple) -> Iterator[NumberedClash]:
        s, p, o = fact
        if p == self._different and s == o:
            yield NumberedClash("eq-diff1", (fact,))

    def _ill_typed(self) -> Iterator[NumberedClash]:
        """Literals whose form is not one of their datatype, where they are asserted."""
        terms = self._terms
        free: dict[str, bool] = {}
        wrong = []
        for number in looking(np.flatnonzero(self._engine.literals.mask).tolist()):
            literal = terms[number]
            datatype = literal.datatype.value
            any_form = free.get(datatype)
            if any_form is None:
                any_form = free[datatype] = takes_any_form(datatype)
            if not any_form and not is_well_typed(literal):
                wrong.append(number)
        if not wrong:
            return
        bad = np.zeros(len(terms), bool)
        bad[wrong] = True
        for p in self._asserted.predicates():
            left, right = self._asserted.pairs(p)
            rows = np.flatnonzero(bad[right])
            for s, o in zip(left[rows].tolist(), right[rows].tolist(), strict=True):
                yield NumberedClash("dt-not-type", ((s, p, o),))

    def _wrong_datatype(self, instance: Instance, datatype: str) -> Iterator[NumberedClash]:
        """Literals that a rule says to be of a datatype that does not hold their value."""
        assert instance.then is not None
        subject = instance.then[0]
        index = self._engine.index
        if subject >= 0:  # a member of a list, by cls-oo
            if self._is_outside(subject, datatype):
                yield self._clash("dt-not-type", instance.facts, ())
            return
        budget = Budget(self._engine.limit)
        mask = self._engine.literals.mask
        wrong: set[int] = set()
        name = instance.rule.name
        for columns in solutions(index, instance.when, {subject}, budget, name):
            values = columns[subject]
            literals = np.unique(values[mask[values]]).tolist()
            for number in looking(literals):
                if self._is_outside(number, datatype):
                    wrong.add(number)
        for number in wrong:
            binding = unify(instance.then, (number, *instance.then[1:]))
            for facts in self._bindings(_bound(instance, binding or {})):
                yield from self._written("dt-not-type", instance.facts, facts)

    def _is_outside(self, number: int, datatype: str) -> bool:
        """Whether a term is a literal that a datatype does not hold.

        An ill-formed literal of that datatype is none: that clash is told where it is asserted.
        """
        literal = self._terms[number]
        return (
            isinstance(literal, Literal)
            and literal.datatype.value != datatype
            and holds(datatype, literal) is False
        )

    def _pairs_of_values(self, instance: Instance) -> Iterator[Binding]:
        """Each two literals that a rule says to be the same; their values may differ."""
        assert instance.then is not None
        y, _, z = instance.then
        index, mask = self._engine.index, self._engine.literals.mask
        if instance.rule.name == "prp-fp":
            one, many = unpack(index.table(instance.when[0][1]).keys)
            one, many = one[mask[many]], many[mask[many]]
            x = instance.when[0][0]
            starts = np.flatnonzero(np.diff(one, prepend=-1))
            ends = np.append(starts[1:], len(one))
            several = ends - starts > 1
            starts, ends = starts[several], ends[several]
            for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
                known = filter(self._has_value, many[start:end].tolist())
                for left, right in combinations(known, 2):
                    yield {x: int(one[start]), y: left, z: right}
            return
        variables = {part for pattern in instance.when for part in pattern if part < 0}
        budget = Budget(self._engine.limit)
        for columns in solutions(index, instance.when, variables, budget, instance.rule.name):
            left, right = columns[y], columns[z]
            for row in np.flatnonzero(mask[left] & mask[right] & (left < right)).tolist():
                yield {v: int(column[row]) for v, column in columns.items()}

    def _has_value(self, number: int) -> bool:
        look()
        literal = self._terms[number]
        return isinstance(literal, Literal) and value_key(literal) is not None

    def _if_different(self, instance: Instance, binding: Binding) -> Iterator[NumberedClash]:
        assert instance.then is not None
        y, _, z = instance.then
        if self._differ(binding[y], binding[z]):
            facts = tuple(fill(pattern, binding) for pattern in instance.when)
            yield self._clash("dt-diff", instance.facts, facts)

    def _differ(self, left: int, right: int) -> bool:
        """Whether two terms are literals whose values are known and not the same."""
        look()
        one, two = self._terms[left], self._terms[right]
        if not isinstance(one, Literal) or not isinstance(two, Literal):
            return False
        keys = value_key(one), value_key(two)
        return None not in keys and keys[0] != keys[1]

    def _by_values(self, fact: Triple) -> Iterator[NumberedClash]:
        """The clashes by value that one fact brings, be it of a literal or of what has one."""
        literal = self._terms[fact[2]] if self._engine.literals.has(fact[2]) else None
        ill_typed = isinstance(literal, Literal) and not is_well_typed(literal)
        if ill_typed and self._asserted.contains(*fact):
            yield NumberedClash("dt-not-type", (fact,))
        index = self._engine.index
        for step, row in self._by_value.after(index, fact):
            instance, facts = step.instance, step.facts(row)
            assert step.then is not None
            s, p, o = step.then(row)
            if p == self._same:
                if s != o and self._differ(s, o):
                    yield self._clash("dt-diff", instance.facts, facts)
            elif self._is_outside(s, self._datatype(o)):
                yield self._clash("dt-not-type", instance.facts, facts)


def _bound(instance: Instance, binding: dict[int, int]) -> Instance:
    when = tuple(fill(pattern, binding) for pattern in instance.when)
    return Instance(instance.rule, instance.facts, when, instance.then)
