"""One binding at a time: solve triple patterns against an index, the most selective first.

A pattern is a triple of numbers; a negative number is a variable. Bulk work is done by
:mod:`.joins`; this is for small questions: the ontology's own axioms, one changed fact, one
proof.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from glocal_kg._rdf.deadline import look, looking
from glocal_kg._rdf.store.index import Numbers, Triple, TripleIndex

Pattern: TypeAlias = Triple
Binding: TypeAlias = dict[int, int]

_PIECE = 256
_LATE = 1 << 62
"""A size larger than any table: patterns with an open predicate come last."""


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


def solve(facts: TripleIndex, patterns: Sequence[Pattern], binding: Binding) -> Iterator[Binding]:
    """Every binding under which all patterns are facts, one after another, lazily."""
    open_patterns: list[Pattern] = []
    for pattern in patterns:
        s, p, o = pattern = fill(pattern, binding)
        if s >= 0 and p >= 0 and o >= 0:
            if not facts.contains(s, p, o):
                return
        else:
            open_patterns.append(pattern)
    if not open_patterns:
        yield binding
        return
    place = 0
    if len(open_patterns) > 1:
        sizes = [_size(facts, pattern) for pattern in open_patterns]
        least = min(sizes)
        if not least:
            return
        place = sizes.index(least)
    pattern = open_patterns.pop(place)
    for bound in _bind(pattern, _candidates(facts, pattern), binding):
        if open_patterns:
            yield from solve(facts, open_patterns, bound)
        else:
            yield bound


def _size(facts: TripleIndex, pattern: Pattern) -> int:
    s, p, o = pattern
    if p < 0:
        return _LATE if s < 0 and o < 0 else _LATE - 1
    if s >= 0:
        return facts.count_objects(s, p)
    return facts.count_subjects(p, o) if o >= 0 else len(facts.table(p))


def _candidates(facts: TripleIndex, pattern: Pattern) -> Iterable[int] | tuple[Numbers, Numbers]:
    s, p, o = pattern
    if p >= 0:
        if s >= 0:
            return facts.each_object(s, p)
        return facts.each_subject(p, o) if o >= 0 else facts.pairs(p)
    if s >= 0:
        return facts.of_subject(s)
    if o >= 0:
        return facts.of_object(o)
    raise ValueError("A pattern of three variables alone cannot be solved.")


def _bind(
    pattern: Pattern, candidates: Iterable[int] | tuple[Numbers, Numbers], binding: Binding
) -> Iterator[Binding]:
    s, p, o = pattern
    if isinstance(candidates, tuple):
        first, second = (s, o) if p >= 0 else (p, o) if s >= 0 else (p, s)
        left, right = candidates
        for start in range(0, len(left), _PIECE):
            look()
            end = start + _PIECE
            for a, b in zip(left[start:end].tolist(), right[start:end].tolist(), strict=True):
                if first != second:
                    yield {**binding, first: a, second: b}
                elif a == b:
                    yield {**binding, first: a}
        return
    variable = o if s >= 0 else s
    for value in looking(candidates, _PIECE):
        yield {**binding, variable: value}
