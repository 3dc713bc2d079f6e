"""Whether a single node conforms to a shape, told by single lookups.

After an edit a few nodes are looked at, and most of them conform. To see that takes no columns.
What does not conform, or cannot be told here, is looked at by the engine, which makes findings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeAlias

import numpy as np

from glocal_kg._engines.shacl.constraints_set import (
    Disjoint,
    HasValue,
    MaxCount,
    MinCount,
    UniqueLang,
)
from glocal_kg._engines.shacl.constraints_shape import Logic, Node, Not, Property
from glocal_kg._engines.shacl.constraints_value import Class, Datatype, In, NodeKind
from glocal_kg._engines.shacl.engine import Validation
from glocal_kg._engines.shacl.paths import Path, Predicate
from glocal_kg._engines.shacl.rdf_terms import Term
from glocal_kg._engines.shacl.shape import Constraint, Shape, ValueConstraint
from glocal_kg._engines.shacl.walk import reacher

Told: TypeAlias = bool | None
"""Whether something holds; None where it cannot be told here."""
Test: TypeAlias = Callable[[int], Told]
ValuesTest: TypeAlias = Callable[[int, Sequence[int]], Told]

_MOST = 2000  # so many answers of one constraint are remembered


class Conforming:
    """Tests of single nodes for the shapes of one validation, each made when first needed."""

    def __init__(self, run: Validation, shapes: Mapping[Term, Shape]) -> None:
        self._run = run
        self._data = run.data
        self._shapes = shapes
        self._tests: dict[Term, Test] = {}

    def test(self, shape: Term) -> Test:
        """The test whether a node conforms to a shape, as facts are when it is asked."""
        found = self._tests.get(shape)
        if found is None:
            plan = self._shapes[shape]
            values = self._values(plan.path)
            tests = [self._constraint(one) for one in plan.constraints]

            def conforms(node: int) -> Told:
                held = values(node)
                told: Told = True
                for test in tests:
                    one = test(node, held)
                    if one is False:
                        return False
                    told = told and one
                return told

            found = self._tests[shape] = conforms
        return found

    def _values(self, path: Path | None) -> Callable[[int], Sequence[int]]:
        index, code = self._data.index, self._data.code
        if path is None:
            return lambda node: (node,)
        if isinstance(path, Predicate):
            p = code(path.iri)
            return lambda node: list(index.each_object(node, p))
        reach = reacher(index, code, path)
        return lambda node: list(reach({node}))

    def _constraint(self, one: Constraint) -> ValuesTest:
        """The test of the values of a node for a constraint."""
        match one:
            case MinCount(bound):
                return lambda node, values: len(values) >= bound
            case MaxCount(bound):
                return lambda node, values: len(values) <= bound
            case HasValue(value):
                wanted = self._data.code(value)
                return lambda node, values: wanted in values
            case UniqueLang():
                return self._differ_in_language
            case Disjoint(other):
                contains, p = self._data.index.contains, self._data.code(other)
                return lambda node, values: not any(contains(node, p, value) for value in values)
            case Property(shape) | Node(shape):
                return _each(self.test(shape))
            case Not(shape):
                inner = self.test(shape)
                return _each(lambda value: None if (told := inner(value)) is None else not told)
            case Logic(component, shapes):
                return _each(_combined(component, [self.test(shape) for shape in shapes]))
            case ValueConstraint():
                return _each(self._value(one))
            case _:
                return lambda node, values: None

    def _value(self, one: ValueConstraint) -> Test:
        """The test of one value for a constraint that looks at it alone."""
        data = self._data
        match one:
            case Class(cls):
                number = data.code(cls)
                return lambda value: data.has_type(value, number)
            case NodeKind():
                kinds = frozenset(one.kinds)
                return lambda value: data.facets.profile(value).kind in kinds
            case In(members):
                wanted = frozenset(map(data.code, members))
                return lambda value: value in wanted
            case Datatype(datatype) if not data.facets.has_forms(datatype.value):
                return lambda value: data.facets.profile(value).datatype == datatype.value
        known: dict[int, bool] = {}

        def holds(value: int) -> bool:
            found = known.get(value)
            if found is None:
                if len(known) >= _MOST:
                    known.clear()
                fails = one.fails(self._run, np.array((value,), np.int32))
                found = known[value] = not fails[0]
            return found

        return holds

    def _differ_in_language(self, _: int, values: Sequence[int]) -> bool:
        if len(values) < 2:
            return True
        tags = [tag for value in values if (tag := self._data.facets.profile(value).language)]
        return len(set(tags)) == len(tags)


def _each(test: Test) -> ValuesTest:
    def each(_: int, values: Iterable[int]) -> Told:
        found: Told = True
        for value in values:  # as ``_all``, without a call more for each value
            one = test(value)
            if one is False:
                return False
            found = found and one
        return found

    return each


def _all(told: Iterable[Told]) -> Told:
    found: Told = True
    for one in told:
        if one is False:
            return False
        found = found and one
    return found


def _combined(component: str, tests: list[Test]) -> Test:
    """The test of one value for sh:and, sh:or or sh:xone."""

    def conforms(value: int) -> Told:
        if component == "And":
            return _all(test(value) for test in tests)
        if component == "Or":
            told = _all(None if (one := test(value)) is None else not one for test in tests)
            return None if told is None else not told
        each = [test(value) for test in tests]
        return None if None in each else each.count(True) == 1

    return conforms
