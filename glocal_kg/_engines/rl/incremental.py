"""One step forward from a fact, or one step back: the rules, a fact at a time.

The engine runs rules over columns. For a single edited fact, and for a proof, the same
:class:`.program.Instance` objects are matched against the index by a few lookups
(:mod:`.rule_steps`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TypeAlias

from pyoxigraph import Literal, NamedNode

from glocal_kg._engines.rl.bindings import fill, solve
from glocal_kg._engines.rl.datatypes import holds
from glocal_kg._engines.rl.equal_literals import BY_VALUE
from glocal_kg._engines.rl.program import Instance, Key, Program
from glocal_kg._engines.rl.rule_steps import Row, RuleStep
from glocal_kg._engines.rl.rules import BY_NAME, DATATYPES
from glocal_kg._rdf.store.index import Triple, TripleIndex

ENOUGH = 50
"""Facts about a thing looked at to show that it is the same as itself."""

Derivation: TypeAlias = tuple[Instance, tuple[Triple, ...]]
"""An instance and the facts it meets in ``when``, the axioms (``instance.facts``) left out."""


class Stepper:
    """Applies instances to single facts, in both directions."""

    def __init__(self, program: Program, instances: Sequence[Instance], rdf_type: int) -> None:
        chosen = [one for one in instances if one.rule.name != "eq-ref"]
        self.same = program.vocabulary["owl:sameAs"]
        self.sub_class = program.vocabulary["rdfs:subClassOf"]
        self._type = rdf_type
        self._terms = program.vocabulary.terms
        self._datatypes = {program.vocabulary[name] for name in DATATYPES}
        self._values = program.values
        self._premises = program.by_premise(chosen)
        self._conclusions = program.by_conclusion(chosen)
        self._forward: dict[Key | None, list[RuleStep]] = {}
        self._back: dict[Key | None, list[RuleStep]] = {}

    def after(self, index: TripleIndex, fact: Triple) -> Iterator[tuple[RuleStep, Row]]:
        """All derivations that use a fact: the steps, with the rows to fill them from."""
        for key in self._keys(fact, index.has_any(self.same)):
            for step in self._steps_ahead(key):
                for row in step.rows(index, fact):
                    yield step, row

    def conclusions(self, index: TripleIndex, fact: Triple) -> list[Triple]:
        """What follows at once from a fact, with others of an index; repeats and all."""
        found: list[Triple] = []
        for key in self._keys(fact, index.has_any(self.same)):
            steps = self._forward.get(key)
            for step in self._steps_ahead(key) if steps is None else steps:
                if step.then is not None:
                    found += map(step.then, step.rows(index, fact))
        return found

    def before(self, index: TripleIndex, fact: Triple, equal: bool) -> Iterator[Derivation]:
        """All derivations of a fact from facts of an index; ``equal`` if any are sameAs facts."""
        if fact[1] >= BY_VALUE:  # it stands for facts as written, whatever these come from
            for written in self._values.written(index, fact):
                yield Instance(BY_NAME["dt-eq"], (), (written,), fact), (written,)
            return
        for key in self._keys(fact, equal):
            steps = self._back.get(key)
            if steps is None:
                steps = self._back[key] = self._steps_back(key)
            for step in steps:
                for row in step.rows(index, fact):
                    facts = step.facts(row)
                    if fact not in facts:
                        yield step.instance, facts
        if fact[1] in (self._type, self.same):
            yield from self._built_in(index, fact)

    def _steps_ahead(self, key: Key | None) -> list[RuleStep]:
        steps = self._forward.get(key)
        if steps is None:
            steps = self._forward[key] = [
                RuleStep(one, one.when[place], one.when[:place] + one.when[place + 1 :])
                for one, place in self._premises.get(key, ())
            ]
        return steps

    def _steps_back(self, key: Key | None) -> list[RuleStep]:
        found = self._conclusions.get(key, ())
        return [RuleStep(one, one.then, one.when) for one in found if one.then is not None]

    def _built_in(self, index: TripleIndex, fact: Triple) -> Iterator[Derivation]:
        s, p, o = fact
        one, two = self._terms[s], self._terms[o]
        if p == self._type:
            if (
                o in self._datatypes
                and isinstance(one, Literal)
                and isinstance(two, NamedNode)
                and holds(two.value, one)
            ):
                yield Instance(BY_NAME["dt-type2"], (), (), fact), ()
            for form in self._values.forms(s):
                if form != s and index.contains(form, p, o):
                    facts = (form, self.same, s), (form, p, o)
                    yield Instance(BY_NAME["eq-rep-s"], (), facts, fact), facts
        elif s == o:
            for pattern in ((s, -1, -2), (-1, -2, s), (-1, s, -2)):
                for bound in islice(solve(index, [pattern], {}), ENOUGH):
                    found = fill(pattern, bound)
                    if found != fact and found[1] < BY_VALUE:
                        yield Instance(BY_NAME["eq-ref"], (), (pattern,), fact), (found,)
        elif o in self._values.forms(s):
            yield Instance(BY_NAME["dt-eq"], (), (), fact), ()

    def _keys(self, fact: Triple, equal: bool) -> list[Key | None]:
        _, p, o = fact
        keys: list[Key | None] = [(p, o), p] if p == self._type else [p]
        if equal:
            keys.append(None)
        return keys
