"""Literals of one value in several forms, such as 1 and 01: rule dt-eq, where it matters.

By the standard they are the same thing, so that every fact of one holds of the other. Said of
all literals that would only repeat facts. But rules that compare values (keys, disjoint
properties, owl:hasValue, negative assertions) must see it: where such a rule meets two forms of
one value, it reads *tables by value*, in which one form stands for all. The table by value of
predicate ``p`` is kept under the number ``p | BY_VALUE``, which is that of no term.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import replace

from pyoxigraph import Literal

from glocal_kg._engines.rl.datatypes import value_key
from glocal_kg._rdf.store.dictionary import Dictionary
from glocal_kg._rdf.store.index import Keys, Triple, TripleIndex, distinct, pack, unpack
from glocal_kg._rdf.store.pairs import numbers_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from glocal_kg._engines.rl.program import Instance, Program

BY_VALUE = 1 << 30


class EqualValues:
    """The forms of values met so far.

    >>> from pyoxigraph import NamedNode
    >>> terms = Dictionary()
    >>> integer = NamedNode("http://www.w3.org/2001/XMLSchema#integer")
    >>> one, other = (terms.add(Literal(form, datatype=integer)) for form in ("1", "01"))
    >>> values = EqualValues(terms)
    >>> values.note([one, other])
    >>> values.standing(other) == one, values.forms(one) == [one, other]
    (True, True)
    """

    def __init__(self, terms: Dictionary) -> None:
        self._terms = terms
        self._known: dict[int, int] = {}
        self._first: dict[Hashable, int] = {}
        self._forms: dict[int, list[int]] = defaultdict(list)
        self.varied = False
        """Whether any value has several forms."""

    def note(self, numbers: Iterable[int]) -> None:
        """Take up literals; other terms are passed over."""
        for number in numbers:
            if number in self._known:
                continue
            term = self._terms[number]
            if not isinstance(term, Literal):
                continue
            key = value_key(term)
            first = number if key is None else self._first.setdefault(key, number)
            self._known[number] = first
            self._forms[first].append(number)
            self.varied |= first != number

    def standing(self, number: int) -> int:
        """The form that stands for all of its value."""
        return self._known.get(number, number)

    def forms(self, number: int) -> list[int]:
        """All forms of a literal's value, itself included."""
        return self._forms.get(self.standing(number)) or [number]

    def several(self) -> dict[int, list[int]]:
        """Each literal that has other forms, with all of them."""
        groups = [forms for forms in self._forms.values() if len(forms) > 1]
        return {form: forms for forms in groups for form in forms}

    def by_value(self, keys: Keys) -> Keys:
        """Packed (subject, object) pairs with the standing form as object, sorted."""
        left, right = unpack(keys)
        standing = right.copy()
        for form, forms in self.several().items():
            if form != forms[0]:
                standing[right == form] = forms[0]
        return distinct(pack(left, standing))

    def written(self, index: TripleIndex, fact: Triple) -> list[Triple]:
        """The facts of an index that a fact of a table by value stands for."""
        s, p, o = fact
        p &= ~BY_VALUE
        return [(s, p, form) for form in self.forms(o) if index.contains(s, p, form)]


def compare_by_value(program: Program, values: EqualValues, groups: Iterable[list[int]]) -> None:
    """Let the rules of a program that compare values read tables by value.

    Sets ``program.feeding``, the predicates whose literals those rules may meet, and, where
    two forms of one value are among these literals, ``program.by_value``, the predicates that
    need a table by value. ``groups`` are terms that are the same.
    """
    every = [*program.instances, *program.clashes, *program.spare]
    compared = {p for one in every for p in _compared(program, one)}
    compared |= {p for apart in program.apart if apart.of_properties for p in apart.members}
    feeding = compared | {p for one in every for p in _typed(program, one)}
    same = {member: group for group in groups for member in group}
    sources: dict[int, set[int]] = defaultdict(set)
    for one in every:
        if one.then is not None:
            sources[one.then[1]].update(p for _, p, _ in one.when)
    todo = list(feeding)
    while todo:
        p = todo.pop()
        more = {q for q in (*sources.get(p, ()), *same.get(p, ())) if q >= 0} - feeding
        feeding |= more
        todo += more
    feeding -= {program.rdf_type, program.same}
    program.feeding = feeding
    literals = program.literals.mask
    for p in sorted(feeding):
        objects = program.asserted.pairs(p)[1]
        values.note(numbers_of(objects[literals[objects]]))
    met = {part for one in every for fact in (*one.when, one.then or ()) for part in fact}
    values.note(filter(program.literals.has, sorted(part for part in met if part >= 0)))
    if not values.varied:
        return
    program.by_value = compared
    for kind in (program.instances, program.clashes, program.spare):
        kind[:] = [_rewritten(program, one, values) for one in kind]


def _plain(program: Program, p: int) -> bool:
    return p >= 0 and p not in (program.rdf_type, program.same)


def _met_twice(program: Program, one: Instance) -> set[int]:
    """The variables that stand for the values of several premises."""
    if len(one.when) < 2:
        return set()
    counts = Counter(o for _, p, o in one.when if o < 0 and _plain(program, p))
    return {v for v, count in counts.items() if count > 1 and v not in (one.then or ())}


def _compared(program: Program, one: Instance) -> set[int]:
    """The predicates whose values an instance compares with each other or with a literal."""
    twice, literal = _met_twice(program, one), program.literals.has
    return {
        p for _, p, o in one.when if _plain(program, p) and (o in twice or (o >= 0 and literal(o)))
    }


def _typed(program: Program, one: Instance) -> set[int]:
    """The predicates of whose values an instance asks the class."""
    asked = {s for s, p, _ in one.when if p == program.rdf_type}
    return {p for _, p, o in one.when if o in asked and _plain(program, p)}


def _rewritten(program: Program, one: Instance, values: EqualValues) -> Instance:
    twice, literal = _met_twice(program, one), program.literals.has
    when = tuple(
        (s, p | BY_VALUE, values.standing(o) if o >= 0 else o)
        if _plain(program, p) and (o in twice or (o >= 0 and literal(o)))
        else (s, p, o)
        for s, p, o in one.when
    )
    return one if when == one.when else replace(one, when=when, written=one.when)
