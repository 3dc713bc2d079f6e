"""The rules made ready for one ontology: lists read, properties filled in, sorted by trigger.

``given`` premises are matched against the graph once. What is left of a rule is an
:class:`Instance`: premises with known predicates, a conclusion, and the axioms it rests on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from pyoxigraph import NamedNode

from glocal_kg._engines.rl.apart import Apart
from glocal_kg._engines.rl.bindings import Binding, Pattern, fill, solve
from glocal_kg._engines.rl.datatypes import is_number
from glocal_kg._engines.rl.equal_literals import EqualValues, compare_by_value
from glocal_kg._engines.rl.equality import EqualGroups
from glocal_kg._engines.rl.literal_numbers import Literals
from glocal_kg._engines.rl.rules import (
    ANNOTATIONS,
    DATATYPES,
    PREFIXES,
    RULES,
    Rule,
    Tokens,
    spread,
)
from glocal_kg._rdf.deadline import looking
from glocal_kg._rdf.store.dictionary import Dictionary
from glocal_kg._rdf.store.index import Triple, TripleIndex

Key: TypeAlias = int | tuple[int, int]


AXIOMS = {
    "prp-ap": [(name, "owl:AnnotationProperty") for name in ANNOTATIONS],
    "dt-type1": [(name, "rdfs:Datatype") for name in DATATYPES],
}
"""The types that the rules of built-in terms give, in every graph."""


class Vocabulary(dict[str, int]):
    """The numbers of the terms that rules name, as ``vocabulary["rdf:type"]``."""

    def __init__(self, terms: Dictionary) -> None:
        self.terms = terms

    def __missing__(self, name: str) -> int:
        prefix, _, local = name.partition(":")
        number = self[name] = self.terms.add(NamedNode(PREFIXES[prefix] + local))
        return number


@dataclass(frozen=True, slots=True)
class UnreadAxiom:
    """An axiom that cannot be read and is left out: a list with a loop, without an end, ..."""

    node: int
    """The node where it goes wrong."""
    message: str
    """What is wrong there and what to do."""


@dataclass(frozen=True, slots=True, eq=False)
class Instance:
    """A rule with its properties filled in."""

    rule: Rule
    facts: tuple[Triple, ...]
    """The axioms it rests on: the ``given`` premises and the cells of lists."""
    when: tuple[Pattern, ...]
    then: Pattern | None
    """The conclusion, or None where the rule reports a clash."""
    written: tuple[Pattern, ...] | None = None
    """``when`` as the rule has it, where that reads tables by value (:mod:`.equal_literals`)."""


def key_of(pattern: Pattern, rdf_type: int) -> Key | None:
    """What a pattern is found by: its predicate, with the class where it speaks of one."""
    _, p, o = pattern
    if p < 0:
        return None
    return (p, o) if p == rdf_type and o >= 0 else p


class Program:
    """All instances of all rules for the axioms in an index.

    ``instances`` are those the engine runs, ``clashes`` those that report contradictions and
    ``spare`` those whose facts others give as well: explanations use them too.
    """

    def __init__(
        self,
        index: TripleIndex,
        asserted: TripleIndex,
        vocabulary: Vocabulary,
        literals: Literals,
        values: EqualValues,
        groups: EqualGroups,
    ) -> None:
        self.index = index
        self.asserted = asserted
        self.vocabulary = vocabulary
        self.problems: dict[int, UnreadAxiom] = {}
        self.instances: list[Instance] = []
        self.clashes: list[Instance] = []
        self.spare: list[Instance] = []
        self.apart: list[Apart] = []
        """Lists of things that exclude each other."""
        self.feeding: set[int] = set()
        """The predicates whose literals are met by rules that compare values."""
        self.by_value: set[int] = set()
        """The predicates that need a table by value."""
        self.values = values
        self.literals = literals
        self._lists: dict[int, tuple[list[int], list[Triple]] | None] = {}
        self.rdf_type = self._type = vocabulary["rdf:type"]
        self.same = vocabulary["owl:sameAs"]
        self._check_nil()
        seen: set[object] = set()
        for rule in RULES:
            for instance in looking(self._instances(rule), 256):
                if instance.then is None:
                    self.clashes.append(instance)
                    continue
                if instance.then in instance.when:
                    continue
                same = (frozenset(instance.when), instance.then)
                active = not rule.covered and same not in seen
                seen.add(same)
                (self.instances if active else self.spare).append(instance)
        self._set_apart_weaker()
        compare_by_value(self, values, groups.all())

    def asks_same(self) -> bool:
        """Whether a rule asks what is the same as itself: a restriction on owl:sameAs, say."""
        return any(
            p == self.same
            for one in (*self.instances, *self.clashes)
            if not one.rule.name.startswith("eq-")
            for _, p, _ in one.when
        )

    def by_premise(self, instances: list[Instance]) -> dict[Key | None, list[tuple[Instance, int]]]:
        """For each key, the instances with a premise of that key, and which premise it is."""
        found: dict[Key | None, list[tuple[Instance, int]]] = defaultdict(list)
        for instance in instances:
            for place, pattern in enumerate(instance.when):
                found[key_of(pattern, self._type)].append((instance, place))
        return dict(found)

    def by_conclusion(self, instances: list[Instance]) -> dict[Key | None, list[Instance]]:
        """For each key, the instances with a conclusion of that key."""
        found: dict[Key | None, list[Instance]] = defaultdict(list)
        for instance in instances:
            if instance.then is not None:
                found[key_of(instance.then, self._type)].append(instance)
        return dict(found)

    def read(self) -> set[int] | None:
        """The classes whose members a rule asks for; None where a rule asks for all.

        Facts of other classes are no premise of anything, so that the engine may leave them
        out where they are of no interest by themselves.
        """
        classes: set[int] = set()
        for instance in (*self.instances, *self.clashes):
            if instance.rule.name.startswith("eq-") or instance.rule.name == "cax-sco":
                continue
            for _, p, o in instance.when:
                if p == self._type and o < 0:
                    return None
                if p == self._type:
                    classes.add(o)
        for apart in self.apart:
            if apart.rule.name == "cax-adc":
                classes.update(apart.members)
        below, above = self.index.pairs(self.vocabulary["rdfs:subClassOf"])
        thing = self.vocabulary["owl:Thing"]
        strict = (below != above) & (above != thing)
        if thing in classes or thing in below[strict]:
            return classes | {thing} | set(below.tolist())
        return classes | set(below[strict].tolist())

    def _instances(self, rule: Rule) -> Iterator[Instance]:
        if rule.built_in:
            for s, o in AXIOMS.get(rule.name, ()):
                fact = self.vocabulary[s], self._type, self.vocabulary[o]
                yield Instance(rule, (), (), fact)
            return
        names: dict[str, int] = {}
        head = -1

        def number(token: str) -> int:
            if token[0] == "?":
                return names.setdefault(token, -len(names) - 1)
            return self.vocabulary[token]

        given: list[Pattern] = []
        values: list[tuple[int, int]] = []
        for s, p, o in rule.given:
            if o[0] == "[":
                head = number("?list")
                given.append((number(s), number(p), head))
            elif o in "01":
                variable = number(f"?value {o}")
                values.append((variable, int(o)))
                given.append((number(s), number(p), variable))
            else:
                given.append((number(s), number(p), number(o)))
        for binding in solve(self.index, given, {}):
            if any(not is_number(self.vocabulary.terms[binding[v]], n) for v, n in values):
                continue
            facts = tuple(fill(pattern, binding) for pattern in given)
            if not rule.members:
                yield from _conclude(rule, facts, binding, rule.when, rule.then, number)
                continue
            listed = self._list(binding[head])
            if listed is None:
                continue
            members, cells = listed
            facts += tuple(cells)
            if rule.members == "pairs":
                self.apart.append(Apart(rule, facts, tuple(members), self._type, self.same))
                continue
            filled = binding | {number(f"?m{i}"): member for i, member in enumerate(members)}
            for when, then in spread(rule, len(members)):
                yield from _conclude(rule, facts, filled, when, then, number)

    def _list(self, head: int) -> tuple[list[int], list[Triple]] | None:
        """Members and cells of a list; None, and a problem noted, where it is not one."""
        if head not in self._lists:
            try:
                self._lists[head] = self._read_list(head)
            except _NotAList as error:
                node = error.node
                self.problems.setdefault(node, UnreadAxiom(node, str(error)))
                self._lists[head] = None
        return self._lists[head]

    def _read_list(self, head: int) -> tuple[list[int], list[Triple]]:
        first, rest = self.vocabulary["rdf:first"], self.vocabulary["rdf:rest"]
        nil = self.vocabulary["rdf:nil"]
        members: list[int] = []
        cells: list[Triple] = []
        seen: set[int] = set()
        node = head
        while node != nil:
            if node in seen:
                raise _NotAList(node, "The list runs in a loop")
            seen.add(node)
            member = self._one(node, first, "rdf:first")
            following = self._one(node, rest, "rdf:rest")
            cells += [(node, first, member), (node, rest, following)]
            members.append(member)
            node = following
        return members, cells

    def _one(self, node: int, p: int, name: str) -> int:
        """The value of a list cell; of several that are the same thing, one that is asserted."""
        found = self.index.objects(node, p).tolist()
        if not found:
            raise _NotAList(node, f"The list has no end: a node without {name}")
        same = self.vocabulary["owl:sameAs"]
        nil = self.vocabulary["rdf:nil"]
        if len(found) > 1:
            found.sort(key=lambda n: (n != nil, not self.asserted.contains(node, p, n), n))
        for other in found[1:]:
            if other != found[0] and not self.index.contains(found[0], same, other):
                raise _NotAList(node, f"The list splits: a node with several {name}")
        return int(found[0])

    def _check_nil(self) -> None:
        nil = self.vocabulary["rdf:nil"]
        for name in ("rdf:first", "rdf:rest"):
            if len(self.index.objects(nil, self.vocabulary[name])):
                text = f"rdf:nil, the empty list, has an {name}. Remove that triple."
                self.problems[nil] = UnreadAxiom(nil, text)

    def _set_apart_weaker(self) -> None:
        """Domain and range axioms that follow from stronger ones need not run.

        ``p domain D`` gives nothing new beside ``p domain C`` and ``C subClassOf D``, nor
        beside ``p subPropertyOf q`` and ``q domain D``. Of equal ones, the first stays.
        """
        classes: dict[str, dict[int, set[int]]] = {
            name: defaultdict(set) for name in ("prp-dom", "prp-rng")
        }
        for instance in self.instances:
            if instance.then is not None and instance.rule.name in classes:
                classes[instance.rule.name][instance.when[0][1]].add(instance.then[2])
        keep = []
        for instance in looking(self.instances):
            of = classes.get(instance.rule.name)
            if of is not None and instance.then is not None and self._follows(instance, of):
                self.spare.append(instance)
            else:
                keep.append(instance)
        self.instances = keep

    def _follows(self, instance: Instance, classes: dict[int, set[int]]) -> bool:
        assert instance.then is not None
        p, c = instance.when[0][1], instance.then[2]
        sub_class = self.vocabulary["rdfs:subClassOf"]
        sub_property = self.vocabulary["rdfs:subPropertyOf"]
        contains = self.index.contains

        def first(a: int, b: int, below: bool) -> bool:
            """Of two that are not equal the stronger, of two equal ones the lower number."""
            return a != b and (not below or a < b)

        return any(
            contains(b, sub_class, c) and first(b, c, contains(c, sub_class, b)) for b in classes[p]
        ) or any(
            c in classes.get(q, ()) and first(q, p, contains(q, sub_property, p))
            for q in self.index.objects(p, sub_property).tolist()
        )


class _NotAList(Exception):
    def __init__(self, node: int, what: str) -> None:
        self.node = node
        super().__init__(f"{what}. The axiom is left out; write the list anew.")


def _conclude(
    rule: Rule,
    facts: tuple[Triple, ...],
    binding: Binding,
    when: tuple[Tokens, ...],
    then: tuple[Tokens, ...],
    number: Callable[[str], int],
) -> Iterator[Instance]:
    def filled(tokens: Tokens) -> Pattern:
        s, p, o = tokens
        return fill((number(s), number(p), number(o)), binding)

    premises = tuple(map(filled, when))
    if rule.clash:
        yield Instance(rule, facts, premises, None)
    for tokens in then:
        yield Instance(rule, facts, premises, filled(tokens))
