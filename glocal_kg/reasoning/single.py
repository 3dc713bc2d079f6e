"""One step forward from a fact, or one step back: the rules, a fact at a time.

The engine runs rules over columns. For a single edited fact, and for a proof, the same
:class:`.program.Instance` objects are matched against the index by a few lookups.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from pyoxigraph import Literal, NamedNode

from glocal_kg.reasoning.datatypes import holds
from glocal_kg.reasoning.matching import Facts, fill, solve, unify
from glocal_kg.reasoning.program import Instance, Key, Program
from glocal_kg.reasoning.rules import BY_NAME, DATATYPES
from glocal_kg.store.index import Triple, TripleIndex

Derivation: TypeAlias = tuple[Instance, tuple[Triple, ...]]
"""An instance and the facts it meets in ``when``, the axioms (``instance.facts``) left out."""


class Stepper:
    """Applies instances to single facts, in both directions."""

    def __init__(self, program: Program, instances: Sequence[Instance], rdf_type: int) -> None:
        chosen = [one for one in instances if one.rule.name != "eq-ref"]
        self.same = program.vocabulary["owl:sameAs"]
        self._type = rdf_type
        self._terms = program.vocabulary.terms
        self._datatypes = {program.vocabulary[name] for name in DATATYPES}
        self._forward = program.by_premise(chosen)
        self._back: dict[Key | None, list[Instance]] = program.by_conclusion(chosen)

    def after(self, index: TripleIndex, fact: Triple) -> Iterator[tuple[Derivation, Triple | None]]:
        """All derivations that use a fact, with their conclusions; None is a clash."""
        for key in self._keys(index, fact):
            for instance, place in self._forward.get(key, ()):
                binding = unify(instance.when[place], fact)
                if binding is None:
                    continue
                when = instance.when
                rest = when[:place] + when[place + 1 :]
                for bound in solve(index, rest, binding) if rest else (binding,):
                    facts = tuple(fill(pattern, bound) for pattern in instance.when)
                    then = None if instance.then is None else fill(instance.then, bound)
                    yield (instance, facts), then

    def before(self, index: Facts, fact: Triple, equal: bool) -> Iterator[Derivation]:
        """All derivations of a fact from facts of an index; ``equal`` if any are sameAs facts."""
        _, p, o = fact
        keys: list[Key | None] = [(p, o), p] if p == self._type else [p]
        if equal:
            keys.append(None)
        for key in keys:
            for instance in self._back.get(key, ()):
                assert instance.then is not None
                binding = unify(instance.then, fact)
                if binding is None:
                    continue
                for bound in solve(index, instance.when, binding):
                    facts = tuple(fill(pattern, bound) for pattern in instance.when)
                    if fact not in facts:
                        yield (instance, facts)
        yield from self._built_in(index, fact)

    def _built_in(self, index: Facts, fact: Triple) -> Iterator[Derivation]:
        s, p, o = fact
        if p == self._type and o in self._datatypes:
            literal, datatype = self._terms[s], self._terms[o]
            if (
                isinstance(literal, Literal)
                and isinstance(datatype, NamedNode)
                and holds(datatype.value, literal)
            ):
                yield Instance(BY_NAME["dt-type2"], (), (), fact), ()
        elif p == self.same and s == o:
            for pattern in ((s, -1, -2), (-1, -2, s), (-1, s, -2)):
                for bound in solve(index, [pattern], {}):
                    yield Instance(BY_NAME["eq-ref"], (), (pattern,), fact), (fill(pattern, bound),)
                    return

    def _keys(self, index: TripleIndex, fact: Triple) -> list[Key | None]:
        _, p, o = fact
        keys: list[Key | None] = [p]
        if p == self._type:
            keys.append((p, o))
        if len(index.table(self.same)):
            keys.append(None)
        return keys
