"""Proofs: why a fact holds, as a tree of steps down to asserted facts, and its check.

A step is a fact, the rule that gives it and the steps of the rule's premises. A proof can be
checked without the engine: :func:`check` replays each step against the rules as they are written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeAlias

from pyoxigraph import Literal, NamedNode

from glocal_kg._engines.rl.bindings import Binding, unify
from glocal_kg._engines.rl.datatypes import holds, is_number, value_key
from glocal_kg._engines.rl.program import Vocabulary
from glocal_kg._engines.rl.rules import BY_NAME, Tokens, premises
from glocal_kg._rdf.arguments import Kind, takes
from glocal_kg._rdf.store.dictionary import Dictionary
from glocal_kg._rdf.store.index import Triple, TripleIndex
from glocal_kg._rdf.store.term_text import Term
from glocal_kg.errors import GlocalError

ASSERTED = "asserted"


_NUMBERS = Kind("three numbers of terms", lambda x: isinstance(x, tuple) and len(x) == 3)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an asserted fact stands: filled in by whoever knows the graphs."""

    graph: str = ""
    """The IRI of its named graph."""
    passage: str = ""
    """The IRI of the passage it is taken from, or empty."""
    text: str = ""
    """The passage for people: ``stated in Census, page 12: towns``."""
    brief: str = ""
    """The same in a few words: ``stated on page 12``."""
    source: str = ""
    """What ``brief`` leaves out, for a list of sources: ``Census, page 12: towns``."""
    confidence: Decimal | None = None
    """How sure whoever concluded it from the passage is; None where the passage says it."""


OriginOf: TypeAlias = Callable[[Term, Term, Term], list[Origin]]


@dataclass(frozen=True, slots=True)
class Step:
    """One fact of a proof, with the rule and the steps it follows from."""

    fact: Triple
    rule: str
    premises: tuple[Step, ...]
    size: int = field(init=False, compare=False)
    """How many rules were applied to get here; 0 for an asserted fact."""

    def __post_init__(self) -> None:
        steps = 0 if self.rule == ASSERTED else 1 + sum(p.size for p in self.premises)
        object.__setattr__(self, "size", steps)

    def steps(self) -> Iterator[tuple[int, Step]]:
        """All different steps with their depth, this one first; a repeated fact comes once."""
        seen: set[Triple] = set()
        todo = [(0, self)]
        while todo:
            depth, step = todo.pop()
            if step.fact in seen:
                continue
            seen.add(step.fact)
            yield depth, step
            todo += [(depth + 1, premise) for premise in reversed(step.premises)]

    def leaves(self) -> set[Triple]:
        """The asserted facts it rests on."""
        return {step.fact for _, step in self.steps() if step.rule == ASSERTED}


class ProofError(GlocalError):
    """A proof does not hold: the message names the step."""


class Proof:
    """A proof of one fact."""

    def __init__(
        self, terms: Dictionary | dict[int, Term], root: Step, shortest: bool = True
    ) -> None:
        self._terms = terms
        self.root = root
        """The last step: the fact that is proved."""
        self.shortest = shortest
        """Whether no proof has fewer steps; False where looking for it would take too long."""

    @property
    def size(self) -> int:
        """How many rules are applied; 0 for an asserted fact."""
        return self.root.size

    def asserted(self) -> list[tuple[Term, Term, Term]]:
        """The asserted facts the proof rests on."""
        return [self.fact(fact) for fact in sorted(self.root.leaves())]

    @takes(fact=_NUMBERS)
    def fact(self, fact: Triple) -> tuple[Term, Term, Term]:
        """A fact of numbers as terms."""
        s, p, o = (self._terms[part] for part in fact)
        return s, p, o

    def __reduce__(self) -> tuple[type[Proof], tuple[dict[int, Term], Step, bool]]:
        """A proof travels with the terms of its own steps, not with all of the graph."""
        used = {part for _, step in self.root.steps() for part in step.fact}
        return Proof, ({number: self._terms[number] for number in used}, self.root, self.shortest)

    def __repr__(self) -> str:
        return f"<Proof of {self.size} steps: {' '.join(map(str, self.fact(self.root.fact)))}>"


def check(proof: Proof, terms: Dictionary, asserted: TripleIndex) -> None:
    """Replay a proof: every leaf is asserted, every step an application of its rule.

    Uses the rules as written, not the engine. Raises :class:`ProofError` naming the first step
    that does not hold.
    """
    vocabulary = Vocabulary(terms)
    for _, step in proof.root.steps():
        if step.rule == ASSERTED:
            if not asserted.contains(*step.fact):
                raise ProofError(f"Not asserted: {proof.fact(step.fact)}")
        elif not _follows(step, terms, vocabulary):
            raise ProofError(f"{step.rule} does not give: {proof.fact(step.fact)}")


def _follows(step: Step, terms: Dictionary, vocabulary: Vocabulary) -> bool:
    from glocal_kg._engines.rl.program import AXIOMS

    rule = BY_NAME[step.rule]
    s, p, o = step.fact
    if rule.name == "dt-type2":
        literal, datatype = terms[s], terms[o]
        return (
            isinstance(literal, Literal)
            and isinstance(datatype, NamedNode)
            and p == vocabulary["rdf:type"]
            and bool(holds(datatype.value, literal))
        )
    if rule.name == "dt-eq":
        one, two = terms[s], terms[o]
        return (
            p == vocabulary["owl:sameAs"]
            and isinstance(one, Literal)
            and isinstance(two, Literal)
            and value_key(one) is not None
            and value_key(one) == value_key(two)
        )
    if rule.name in AXIOMS:
        facts = [
            (vocabulary[a], vocabulary["rdf:type"], vocabulary[b]) for a, b in AXIOMS[rule.name]
        ]
        return step.fact in facts
    facts = [premise.fact for premise in step.premises]
    cells = sum(fact[1] == vocabulary["rdf:first"] for fact in facts) if rule.members else 0
    for before, after in premises(rule, cells):
        for then in after:
            if len(before) == len(facts) and _matches(
                [*before, then], [*facts, step.fact], terms, vocabulary
            ):
                return True
    return False


def _matches(
    patterns: list[Tokens], facts: list[Triple], terms: Dictionary, vocabulary: Vocabulary
) -> bool:
    names: dict[str, int] = {}
    binding: Binding | None = {}
    for tokens, fact in zip(patterns, facts, strict=True):
        pattern = []
        for token in tokens:
            if token in "01":
                if not is_number(terms[fact[2]], int(token)):
                    return False
                pattern.append(fact[2])
            elif token[0] == "?":
                pattern.append(names.setdefault(token, -len(names) - 1))
            else:
                pattern.append(vocabulary[token])
        binding = unify((pattern[0], pattern[1], pattern[2]), fact, binding)
        if binding is None:
            return False
    return True
