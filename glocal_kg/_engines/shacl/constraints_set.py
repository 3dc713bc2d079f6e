"""Constraints on the set of values of a node: counts, languages, comparison with a property."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

import numpy as np
from pyoxigraph import NamedNode

from glocal_kg._engines.shacl.rdf_terms import Term, short
from glocal_kg._engines.shacl.shape import Constraint, Found, Mask, NestedShapes, Shape, ValueNodes
from glocal_kg._engines.shacl.walk import follow, rows_of, spread, values_of
from glocal_kg._rdf.store.index import Keys, among, distinct, pack


def _at_rows(
    shape: Shape, constraint: Constraint, values: ValueNodes, bad: Mask
) -> Iterator[Found]:
    """One finding without a value for each row marked."""
    rows = np.flatnonzero(bad)
    if len(rows):
        yield Found(shape, constraint, rows, values.nodes[rows])


def _values(number: int) -> str:
    return f"{number} value{'' if number == 1 else 's'}"


class MinCount(Constraint):
    """sh:minCount."""

    component: ClassVar[str] = "MinCount"
    bound: int

    @property
    def expected(self) -> str:
        """What was expected."""
        return f"at least {_values(self.bound)}"

    def problem(self, path: str, value: str) -> str:
        """What is wrong."""
        return f"{path} has fewer than {_values(self.bound)}."

    def remedy(self, path: str) -> str:
        """What to do."""
        return f"Add {path}, so that it has {self.expected}."

    def find(self, run: NestedShapes, shape: Shape, values: ValueNodes) -> Iterator[Found]:
        """Nodes with too few values."""
        if self.bound > 0:
            yield from _at_rows(shape, self, values, values.counts < self.bound)


class MaxCount(Constraint):
    """sh:maxCount."""

    component: ClassVar[str] = "MaxCount"
    needs_values: ClassVar[bool] = True
    bound: int

    @property
    def expected(self) -> str:
        """What was expected."""
        return f"at most {_values(self.bound)}"

    def problem(self, path: str, value: str) -> str:
        """What is wrong."""
        return f"{path} has more than {_values(self.bound)}."

    def remedy(self, path: str) -> str:
        """What to do."""
        return f"Remove values of {path}, so that it has {self.expected}."

    def find(self, run: NestedShapes, shape: Shape, values: ValueNodes) -> Iterator[Found]:
        """Nodes with too many values."""
        yield from _at_rows(shape, self, values, values.counts > self.bound)


class HasValue(Constraint):
    """sh:hasValue: one of the values is this very term."""

    component: ClassVar[str] = "HasValue"
    value: Term

    @property
    def expected(self) -> str:
        """What was expected."""
        return f"the value {short(self.value)} among the values"

    def problem(self, path: str, value: str) -> str:
        """What is wrong."""
        return f"{path or 'The node'} lacks the value {short(self.value)}."

    def remedy(self, path: str) -> str:
        """What to do."""
        return f"Add {short(self.value)} as a value of {path}." if path else ""

    def find(self, run: NestedShapes, shape: Shape, values: ValueNodes) -> Iterator[Found]:
        """Nodes without the value."""
        lacks = np.ones(len(values.nodes), bool)
        lacks[values.rows[values.values == run.data.code(self.value)]] = False
        yield from _at_rows(shape, self, values, lacks)


class UniqueLang(Constraint):
    """sh:uniqueLang: at most one text per language."""

    component: ClassVar[str] = "UniqueLang"
    needs_values: ClassVar[bool] = True

    @property
    def expected(self) -> str:
        """What was expected."""
        return "at most one value per language"

    def problem(self, path: str, value: str) -> str:
        """What is wrong."""
        return f"{path} has several values in one language."

    def remedy(self, path: str) -> str:
        """What to do."""
        return f"Keep one value of {path} in each language."

    def find(self, run: NestedShapes, shape: Shape, values: ValueNodes) -> Iterator[Found]:
        """One finding for each language that a node uses twice."""
        tags = run.data.facets.tags(values.values)
        tagged = tags >= 0
        pairs = np.sort(pack(values.rows[tagged], tags[tagged]))
        again = pairs[1:][pairs[1:] == pairs[:-1]]
        if len(again):
            rows = rows_of(distinct(again))
            yield Found(shape, self, rows, values.nodes[rows])


class Pair(Constraint):
    """A constraint that compares the values with those of another property."""

    other: NamedNode

    def _others(self, run: NestedShapes, values: ValueNodes) -> Keys:
        return follow(run.data.index, run.data.code(self.other), values.nodes)

    def _at(self, shape: Shape, values: ValueNodes, keys: Keys) -> Iterator[Found]:
        if len(keys):
            rows = rows_of(keys)
            yield Found(shape, self, rows, values.nodes[rows], values_of(keys))


class Equals(Pair):
    """sh:equals: the same set of values as another property."""

    component: ClassVar[str] = "Equals"

    @property
    def expected(self) -> str:
        """What was expected."""
        return f"the same values as {short(self.other)}"

    def problem(self, path: str, value: str) -> str:
        """What is wrong."""
        return f"{value} is a value of only one of {path or 'the node'} and {short(self.other)}."

    def remedy(self, path: str) -> str:
        """What to do."""
        return f"Give both the same values, or remove {path or short(self.other)}."

    def find(self, run: NestedShapes, shape: Shape, values: ValueNodes) -> Iterator[Found]:
        """Every value that is on one side only."""
        others = self._others(run, values)
        yield from self._at(shape, values, values.keys[~among(values.keys, others)])
        yield from self._at(shape, values, others[~among(others, values.keys)])


class Disjoint(Pair):
    """sh:disjoint: no value shared with another property."""

    component: ClassVar[str] = "Disjoint"
    needs_values: ClassVar[bool] = True

    @property
    def expected(self) -> str:
        """What was expected."""
        return f"no value shared with {short(self.other)}"

    def problem(self, path: str, value: str) -> str:
        """What is wrong."""
        return f"{value} is also a value of {short(self.other)}."

    def remedy(self, path: str) -> str:
        """What to do."""
        return f"Remove the value from {path or 'one'} or from {short(self.other)}."

    def find(self, run: NestedShapes, shape: Shape, values: ValueNodes) -> Iterator[Found]:
        """Every shared value."""
        others = self._others(run, values)
        yield from self._at(shape, values, values.keys[among(values.keys, others)])


class LessThan(Pair):
    """sh:lessThan and sh:lessThanOrEquals: each value against each of the other property."""

    needs_values: ClassVar[bool] = True
    or_equals: bool = False

    @property
    def component(self) -> str:  # type: ignore[override]  # one of two
        """The component, one of two."""
        return "LessThanOrEquals" if self.or_equals else "LessThan"

    @property
    def expected(self) -> str:
        """What was expected."""
        how = "at most" if self.or_equals else "less than"
        return f"{how} every value of {short(self.other)}"

    def remedy(self, path: str) -> str:
        """What to do."""
        return f"Correct {path} or {short(self.other)}: the first is {self.expected}."

    def find(self, run: NestedShapes, shape: Shape, values: ValueNodes) -> Iterator[Found]:
        """One finding for each pair that is not in order, as the standard has it."""
        others = self._others(run, values)
        if not len(others) or not len(values.keys):
            return
        bounds = others.searchsorted(np.arange(len(values.nodes) + 1, dtype=np.int64) << 32)
        starts, counts = bounds[:-1][values.rows], np.diff(bounds)[values.rows]
        which, items = spread(counts, starts)
        mine, theirs = values.values[which], values_of(others)[items]
        bad = ~run.data.facets.compare("<=" if self.or_equals else "<", mine, theirs)
        if bad.any():
            rows = values.rows[which[bad]]
            yield Found(shape, self, rows, values.nodes[rows], mine[bad])


class Closed(Constraint):
    """sh:closed: no properties but those of the shape and some that are ignored."""

    component: ClassVar[str] = "Closed"
    needs_values: ClassVar[bool] = True
    allowed: tuple[NamedNode, ...]

    @property
    def expected(self) -> str:
        """What was expected."""
        return f"only {', '.join(short(item) for item in self.allowed) or 'no property'}"

    def problem(self, path: str, value: str) -> str:
        """What is wrong."""
        return f"{path} is not a property that this shape allows."

    def remedy(self, path: str) -> str:
        """What to do."""
        return f"Remove {path}, or use one of the allowed properties."

    def find(self, run: NestedShapes, shape: Shape, values: ValueNodes) -> Iterator[Found]:
        """Every fact of a value node with a property that is not allowed."""
        nodes, places = values.distinct
        at, predicates, objects = run.data.facts_outside(nodes, run.data.codes(self.allowed))
        if not len(at):
            return
        order = np.argsort(at, kind="stable")
        at, predicates, objects = at[order], predicates[order], objects[order]
        bounds = at.searchsorted(np.arange(len(nodes) + 1))
        which, items = spread(np.diff(bounds)[places], bounds[:-1][places])
        rows = values.rows[which]
        yield Found(shape, self, rows, values.nodes[rows], objects[items], predicates[items])
