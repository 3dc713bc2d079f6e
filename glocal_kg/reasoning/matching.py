"""One binding at a time: solve triple patterns against an index, the most selective first.

A pattern is a triple of numbers; a negative number is a variable. Bulk work is done by
:mod:`.joins`; this is for small questions: the ontology's own axioms, one changed fact, one
proof.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol, TypeAlias

from glocal_kg.store.index import Numbers, Triple

Pattern: TypeAlias = Triple
Binding: TypeAlias = dict[int, int]

_PIECE = 256


class Facts(Protocol):
    """What the matcher asks of an index."""

    def contains(self, s: int, p: int, o: int) -> bool:
        """Whether the triple is here."""

    def objects(self, s: int, p: int) -> Numbers:
        """The objects of a subject and predicate."""

    def subjects(self, p: int, o: int) -> Numbers:
        """The subjects of a predicate and object."""

    def pairs(self, p: int) -> tuple[Numbers, Numbers]:
        """All (subjects, objects) of a predicate."""

    def of_subject(self, s: int) -> tuple[Numbers, Numbers]:
        """The (predicates, objects) of a subject."""

    def of_object(self, o: int) -> tuple[Numbers, Numbers]:
        """The (predicates, subjects) of an object."""


def fill(pattern: Pattern, binding: Binding) -> Triple:
    """The pattern with what is bound put in.

    >>> fill((-1, 7, -2), {-1: 3})
    (3, 7, -2)
    """
    s, p, o = pattern
    get = binding.get
    return (
        get(s, s) if s < 0 else s,
        get(p, p) if p < 0 else p,
        get(o, o) if o < 0 else o,
    )


def unify(pattern: Pattern, fact: Triple, binding: Binding | None = None) -> Binding | None:
    """The binding under which the pattern is the fact, or None.

    >>> unify((-1, 7, -1), (3, 7, 3)), unify((-1, 7, -1), (3, 7, 4))
    ({-1: 3}, None)
    """
    bound = dict(binding) if binding else {}
    for part, value in zip(pattern, fact, strict=True):
        if part >= 0:
            if part != value:
                return None
        elif bound.setdefault(part, value) != value:
            return None
    return bound


def solve(facts: Facts, patterns: Sequence[Pattern], binding: Binding) -> Iterator[Binding]:
    """Every binding under which all patterns are facts, one after another, lazily."""
    best: tuple[int, int, object] | None = None
    filled = []
    for pattern in patterns:
        s, p, o = pattern = fill(pattern, binding)
        if s >= 0 and p >= 0 and o >= 0:
            if not facts.contains(s, p, o):
                return
            continue
        filled.append(pattern)
    if not filled:
        yield binding
        return
    for place, (s, p, o) in enumerate(filled):
        found: Numbers | tuple[Numbers, Numbers]
        if p < 0:
            if s >= 0:
                found = facts.of_subject(s)
            elif o >= 0:
                found = facts.of_object(o)
            else:
                continue  # waits until another pattern has bound a part of it
            size = len(found[0])
        elif s >= 0:
            found = facts.objects(s, p)
            size = len(found)
        elif o >= 0:
            found = facts.subjects(p, o)
            size = len(found)
        else:
            if best is not None:
                continue
            found = facts.pairs(p)
            size = len(found[0])
        if not size:
            return
        if best is None or size < best[0]:
            best = size, place, found
            if size == 1:
                break
    if best is None:
        raise ValueError("A pattern of three variables alone cannot be solved.")
    _, place, candidates = best
    pattern = filled.pop(place)
    for bound in _bind(pattern, candidates, binding):
        if filled:
            yield from solve(facts, filled, bound)
        else:
            yield bound


def _bind(pattern: Pattern, candidates: object, binding: Binding) -> Iterator[Binding]:
    s, p, o = pattern
    if isinstance(candidates, tuple):
        first, second = (s, o) if p >= 0 else (p, o) if s >= 0 else (p, s)
        left, right = candidates
        for start in range(0, len(left), _PIECE):
            end = start + _PIECE
            for a, b in zip(left[start:end].tolist(), right[start:end].tolist(), strict=True):
                if first != second:
                    yield {**binding, first: a, second: b}
                elif a == b:
                    yield {**binding, first: a}
        return
    variable = o if s >= 0 else s
    for start in range(0, len(candidates), _PIECE):  # type: ignore[arg-type]
        for value in candidates[start : start + _PIECE].tolist():  # type: ignore[index]
            yield {**binding, variable: value}
