"""Answers that stand as long as the facts that were looked up for them.

Whoever works something out looks facts up, and asks for other answers. Both are noted, so that
after a change only that is worked out again which it can have changed: what rests on a pattern of
facts of which one came or went and, where that is another answer now, what rests on it in turn.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from glocal_kg._rdf.deadline import look
from glocal_kg._rdf.store.term_text import AnyTerm

ANY = -1
"""In a pattern of numbers: any term."""

_MANY = 64

P = ParamSpec("P")
T = TypeVar("T")


class StandingAnswer:
    """What was worked out, what it rests on, and what rests on it."""

    __slots__ = ("args", "asked", "askers", "changes", "doubted", "kind", "met", "method", "reads",
                 "value")  # fmt: skip

    def __init__(self, kind: type, method: Callable[..., Any], args: tuple[Any, ...]) -> None:
        self.kind, self.method, self.args = kind, method, args
        self.value: Any = None
        self.changes = 0  # how often it has become another one
        self.reads: set[Hashable] | None = set()  # None: what is looked up is not noted
        self.asked: dict[StandingAnswer, int] = {}  # with their ``changes`` when they were asked
        self.askers: set[StandingAnswer] = set()
        self.met = False  # a fact has come or gone that was looked up for it
        self.doubted = False  # or for what it rests on


class Memory:
    """Answers, and the patterns of facts that were looked up for each.

    ``actors`` are the objects whose methods are asked, one of each class: those of now.

    >>> facts, memory = {(1, 2, 3)}, Memory()
    >>> class Counting:
    ...     def count(self, subject):
    ...         memory.note(subject, ANY, ANY)
    ...         return sum(fact[0] == subject for fact in facts)
    >>> memory.actors[Counting] = Counting()
    >>> one = memory.ask("one", Counting, Counting.count, 1)
    >>> facts.add((1, 2, 4))
    >>> memory.change([(1, 2, 4)], str)
    >>> one.value, one.doubted, memory.settled(one).value, one.doubted
    (1, True, 2, False)
    """

    def __init__(self) -> None:
        self.actors: dict[type, Any] = {}
        self._answers: dict[Hashable, StandingAnswer] = {}
        self._readers: dict[Hashable, set[StandingAnswer]] = {}
        self._working: list[StandingAnswer] = []

    # While something is worked out

    def note(self, s: int, p: int, o: int) -> None:
        """Facts of a pattern are looked up; ``ANY`` stands for any term."""
        if self._working and (reads := self._working[-1].reads) is not None:
            reads.add((s, p, o))

    def note_each(self, numbers: NDArray[np.int32], p: int, *, at_object: bool) -> None:
        """Facts of a property, or ``ANY``, are looked up for each of some subjects or objects."""
        if not self._working or (reads := self._working[-1].reads) is None:
            return
        if len(numbers) > _MANY:
            reads.add((ANY, p, ANY))  # too often doubted rather than too much noted
        else:
            reads.update((ANY, p, n) if at_object else (n, p, ANY) for n in numbers.tolist())

    def note_absent(self, term: AnyTerm) -> None:
        """A term is looked up that no fact has."""
        if self._working and (reads := self._working[-1].reads) is not None:
            reads.add(term)

    def ask(
        self, key: Hashable, kind: type, method: Callable[..., Any], *args: Any
    ) -> StandingAnswer:
        """The answer of a method of the actor of a class: the one at hand, where it stands."""
        look()
        answer = self._answers.get(key)
        if answer is None:
            answer = StandingAnswer(kind, method, args)
            self._work(answer)
            self._answers[key] = answer
        self.settled(answer)
        if self._working:
            self._working[-1].asked[answer] = answer.changes
        return answer

    def each(self, found: Iterable[T]) -> Iterator[StandingAnswer]:
        """What an iterator gives, each with what was asked for it and since the one before."""
        following = iter(found)
        while True:
            look()
            answer = StandingAnswer(type(self), next, ())
            answer.reads = None
            with self._noted(answer):
                answer.value = next(following, _END)
            if answer.value is _END:
                self.forget(answer)
                return
            yield answer

    @contextmanager
    def _noted(self, answer: StandingAnswer) -> Iterator[None]:
        """What is looked up now, is for this answer."""
        self._working.append(answer)
        try:
            yield
        finally:
            self._working.pop()
            for read in answer.reads or ():
                self._readers.setdefault(read, set()).add(answer)
            for asked in answer.asked:
                asked.askers.add(answer)

    def _work(self, answer: StandingAnswer) -> None:
        self.forget(answer)
        with self._noted(answer):
            value = answer.method(self.actors[answer.kind], *answer.args)
        answer.changes += bool(value != answer.value)
        answer.value, answer.met, answer.doubted = value, False, False

    # After a change

    def change(self, triples: Iterable[tuple[int, int, int]], term: Callable[[int], Any]) -> None:
        """Doubt whatever rests on facts that came or went; ``term`` gives that of a number."""
        rows = list(triples)
        subjects, properties, objects = ({row[place] for row in rows} for place in range(3))
        patterns: set[Hashable] = {*rows, (ANY, ANY, ANY)} if rows else set()
        for s, p, o in rows:
            patterns.update(((s, p, ANY), (s, ANY, o), (ANY, p, o)))
        patterns.update([(s, ANY, ANY) for s in subjects], [(ANY, ANY, o) for o in objects])
        patterns.update((ANY, p, ANY) for p in properties)
        patterns.update(map(term, subjects | properties | objects))
        met = [reader for read in self._readers.keys() & patterns for reader in self._readers[read]]
        for answer in met:
            answer.met = True
        while met:
            answer = met.pop()
            if not answer.doubted:
                answer.doubted = True
                met += answer.askers

    def settled(self, answer: StandingAnswer) -> StandingAnswer:
        """An answer as it is now: worked out again where it can be another one."""
        if answer.doubted and not self.stands(answer):
            self._work(answer)
        return answer

    def stands(self, answer: StandingAnswer) -> bool:
        """Whether nothing has changed that an answer rests on."""
        if not answer.doubted:
            return True
        if answer.met:
            return False
        for asked, changes in answer.asked.items():
            if asked.doubted:
                self.settled(asked)
            if asked.changes != changes:
                return False
        answer.doubted = False
        return True

    def forget(self, answer: StandingAnswer) -> None:
        """Note no more what an answer rests on."""
        for read in answer.reads or ():
            readers = self._readers[read]
            readers.discard(answer)
            if not readers:
                del self._readers[read]
        for asked in answer.asked:
            asked.askers.discard(answer)
        answer.reads, answer.asked = set(), {}

    def drop(self, key: Hashable) -> None:
        """Have an answer no more, where there is one."""
        answer = self._answers.pop(key, None)
        if answer is not None:
            self.forget(answer)


_END: Any = object()


class Remembering(Protocol):
    """What has answers remembered."""

    @property
    def memory(self) -> Memory:
        """Where."""


A = TypeVar("A", bound=Remembering)


def remembered(method: Callable[Concatenate[A, P], T]) -> Callable[Concatenate[A, P], T]:
    """A method whose answers are remembered, by its arguments."""

    def asked(self: A, /, *args: P.args, **_: P.kwargs) -> T:
        value: T = self.memory.ask((method, args), type(self), method, *args).value
        return value

    asked.__name__, asked.__doc__ = method.__name__, method.__doc__
    return asked
