"""Whose facts are whose: the graphs that are the user's own, and the things these are about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from pyoxigraph import NamedNode

from glocal_kg._graph.beyond_package import added_to_packaged
from glocal_kg._graph.graph import Graph
from glocal_kg._mending.memory import Memory
from glocal_kg._mending.noted import NotedMoment
from glocal_kg._rdf.namespaces import RDF
from glocal_kg._rdf.sparql.solution_table import unique
from glocal_kg._rdf.store.dictionary import Dictionary
from glocal_kg._rdf.store.facts import SAID, Facts
from glocal_kg._rdf.store.pairs import Numbers
from glocal_kg._rdf.store.selection import Selection
from glocal_kg._rdf.store.term_text import AnyTerm, Term
from glocal_kg._study.packaged import is_packaged
from glocal_kg._study.vocab import BASE

_OURS = (f"<{BASE}ontology#", f"<{BASE}id/")
_FEW = 1000
"""So many terms are looked at one by one, instead of all there are."""
_THINGS = 64
"""The facts of so many things are looked up one by one."""


@dataclass
class OwnFacts:
    """The facts of some graphs beside all facts there are.

    ``graphs`` are the numbers of the graphs; without ``source`` all that are not packaged. What
    was added to packaged graphs is one's own too, but not the rest of them.
    ``only`` narrows the facts to those about some things, by their numbers; ``whole`` are they
    all then. What is looked up is noted in ``memory``.
    """

    kg: Graph
    source: str | NamedNode | Sequence[str | NamedNode] | None = None
    only: tuple[int, ...] | None = None
    whole: OwnFacts | None = None
    memory: Memory = field(default_factory=Memory)
    graphs: tuple[int, ...] = field(init=False)

    def __post_init__(self) -> None:
        facts = self.kg.facts
        self.prefixes, self.languages = self.kg.prefixes, self.kg.languages
        whole = self.whole
        self.moment: NotedMoment = whole.moment if whole else NotedMoment(facts.moment, self.memory)
        self.facts = Facts(self.moment, facts.selection)
        self.graphs = whole.graphs if whole else tuple(sorted(self._numbers()))

    def of_things(self, things: Sequence[int]) -> OwnFacts:
        """The facts of these graphs about some things alone."""
        return OwnFacts(self.kg, self.source, tuple(things), self, self.memory)

    def let_go(self) -> None:
        """Hold the facts as numbers no more: those of a large graph take much room."""
        for name in ("rows", "_runs", "_texts", "about", "literals", "met"):
            self.__dict__.pop(name, None)

    def apart(self) -> OwnFacts:
        """The same facts, with a memory of their own."""
        twin = copy(self)
        twin.memory = Memory()
        twin.moment = NotedMoment(self.moment, twin.memory)
        twin.facts = Facts(twin.moment, self.facts.selection)
        return twin

    def _numbers(self) -> Iterator[int]:
        source = self.source
        given = [source] if source is None or isinstance(source, str | NamedNode) else [*source]
        for one in given:
            if one is not None and one != "mine":
                number = self.moment.find(self.kg.graph_named(one))
                assert number is not None
                yield number
                continue
            held = {graph for name in SAID.layers for graph in self.moment.graphs_of(name)}
            terms = self.moment.terms(graphs := list(held))
            yield from (
                graph for graph, term in zip(graphs, terms, strict=True) if not is_packaged(term)
            )

    @cached_property
    def added(self) -> Numbers:
        """What was added to the packaged graphs, shape (n, 4)."""
        if self.whole is not None:
            added = self.whole.added
            return added[np.isin(added[:, 0], self.only or ())] if len(added) else added
        whole = self.source is not None and "mine" not in (
            self.source if isinstance(self.source, list | tuple) else (self.source,)
        )
        if whole:
            return np.zeros((0, 4), np.int32)
        return added_to_packaged(self.kg, self.moment)

    @cached_property
    def rows(self) -> Numbers:
        """The facts as numbers, shape (n, 4): subject, predicate, object, graph; by predicate."""
        if self.only is None:
            rows = np.stack(self.moment.scan_quads(None, None, None, self.selection)).T
        else:
            rows = self._of_things(self.only)
        return np.concatenate((rows, self.added)) if len(self.added) else rows

    def _of_things(self, things: tuple[int, ...]) -> Numbers:
        """The same of some sorted things; a few are looked up one by one."""
        if len(things) <= _THINGS:
            each = [self.moment.few_beside("s", one, self.selection) for one in things]
            if None not in each:
                few = [(p, s, o, g) for s, some in zip(things, each, strict=True)
                       for p, o, g in some or ()]  # fmt: skip
                return np.array(sorted(few), np.int32).reshape(-1, 4)[:, (1, 0, 2, 3)]
        nodes = np.array(things, np.int32)
        place, p, o, g = self.moment.beside("s", nodes, None, self.selection)
        return np.stack((nodes[place], p, o, g), axis=1)[np.lexsort((g, o, place, p))]

    @cached_property
    def properties(self) -> frozenset[int]:
        """The numbers of the properties that the facts have."""
        return frozenset(self._runs)

    @cached_property
    def _runs(self) -> dict[int, list[tuple[int, int]]]:
        """From where to where in the rows those of each property stand."""
        properties = self.rows[:, 1]
        edges = np.flatnonzero(properties[1:] != properties[:-1]) + 1
        starts = [0, *edges.tolist()] if len(properties) else []
        found: dict[int, list[tuple[int, int]]] = {}
        for start, end in pairwise((*starts, len(properties))):
            found.setdefault(int(properties[start]), []).append((start, end))
        return found

    @cached_property
    def named_properties(self) -> dict[AnyTerm, int]:
        """The properties that the facts have, with their numbers, which they are sorted by."""
        numbers = sorted(self.properties)
        return dict(zip(self.moment.terms(numbers), numbers, strict=True))

    def of(self, *properties: NamedNode) -> Numbers:
        """The rows of some properties; mostly there are none."""
        there = self.named_properties
        return self.rows_of(there[p] for p in properties if p in there)

    def rows_of(self, properties: Iterable[int]) -> Numbers:
        """The same by the numbers of the properties."""
        runs = sorted(run for p in properties for run in self._runs.get(p, ()))
        if len(runs) < 2:
            return self.rows[slice(*runs[0])] if runs else self.rows[:0]
        return np.concatenate([self.rows[start:end] for start, end in runs])

    @cached_property
    def others(self) -> Selection:
        """All other graphs: without ``source`` those that came with the package."""
        held = self.moment.graphs(SAID).tolist()
        return Selection(SAID.layers, tuple(graph for graph in held if graph not in self.graphs))

    @property
    def holds_any(self) -> bool:
        """Whether there is any fact here."""
        return self.moment.count(None, None, None, self.selection) > 0 or len(self.added) > 0

    def speaks_of(self, thing: AnyTerm) -> bool:
        """Whether a thing is a subject here."""
        number = self.moment.find(thing)
        return number is not None and (
            self.moment.holds(number, self.selection) or bool((self.added[:, 0] == number).any())
        )

    def says(self, *fact: AnyTerm) -> bool:
        """Whether a fact, by its three terms, stands here."""
        s, p, o = map(self.moment.find, fact)
        if s is None or p is None or o is None:
            return False
        added = self.added
        return self.moment.count(s, p, o, self.selection) > 0 or bool(
            (added[:, :3] == (s, p, o)).all(axis=1).any()
        )

    def packaged_has(self, *fact: AnyTerm) -> bool:
        """Whether a fact, by its three terms, stands in the other graphs, and was not added."""
        s, p, o = map(self.moment.find, fact)
        if s is None or p is None or o is None or not self.moment.count(s, p, o, self.others):
            return False
        return not bool((self.added[:, :3] == (s, p, o)).all(axis=1).any())

    @cached_property
    def selection(self) -> Selection:
        """These graphs, as a choice of what is seen."""
        return Selection(SAID.layers, self.graphs)

    @cached_property
    def about(self) -> Numbers:
        """The numbers of the things that are a subject here, sorted."""
        return unique(self.rows[:, 0])

    @cached_property
    def _met(self) -> Numbers:
        return unique(self.rows[:, :3].ravel())

    def meets(self, term: AnyTerm) -> bool:
        """Whether a term stands somewhere in these graphs."""
        number = self.moment.find(term)
        if number is None:
            return False
        place = int(self._met.searchsorted(number))
        return place < len(self._met) and int(self._met[place]) == number

    def are_literals(self, numbers: Numbers) -> NDArray[np.bool_]:
        """For each number whether its term is a literal."""
        dictionary = self.moment.dictionary
        if len(numbers) > _FEW:
            return dictionary.literals()[numbers]
        text = dictionary.text
        return np.array([text(number)[:1] == b'"' for number in numbers.tolist()], bool)

    @cached_property
    def literals(self) -> Numbers:
        """The numbers of the literals here, sorted."""
        numbers = unique(self.rows[:, 2])
        return numbers[self.are_literals(numbers)]

    def literals_like(
        self,
        fits: Callable[[str], bool],
        may_fit: Callable[[Dictionary, Numbers], NDArray[np.bool_]],
    ) -> Numbers:
        """The numbers of those whose text, as the store writes it, fits.

        Where they are many, ``may_fit`` tells beforehand which are not worth reading.
        """
        numbers, dictionary = self.literals, self.moment.dictionary
        if len(numbers) <= _FEW:
            places = [place for place, text in enumerate(self._texts) if fits(text)]
            return numbers[places]
        numbers = numbers[may_fit(dictionary, numbers)]
        texts = dictionary.texts(numbers)
        found: Numbers = numbers[np.fromiter(map(fits, texts), bool, len(texts))]
        return found

    @cached_property
    def _texts(self) -> list[str]:
        """The literals as the store writes them."""
        return self.moment.dictionary.texts(self.literals)

    def facts_of(self, rows: object) -> Iterator[tuple[Term, NamedNode, Term]]:
        """The terms of rows of numbers, three by three."""
        parts = np.asarray(rows)[:, :3]
        if not len(parts):
            return
        terms = self.moment.terms(parts.reshape(-1))
        for at in range(0, len(terms), 3):
            yield terms[at], terms[at + 1], terms[at + 2]

    @cached_property
    def speaks_ours(self) -> bool:
        """Whether these graphs use anything of ours: a term of the ontology, or a thing."""
        if self.whole is not None:
            return self.whole.speaks_ours
        text_of = self.moment.dictionary.text
        own = map(text_of, self.moment.predicates(self.selection))
        if any(text.startswith(_OURS[0].encode()) for text in own):
            return True  # so it is nearly always, and all facts need not be looked at
        rows = self.rows
        typed = rows[rows[:, 1] == self.moment.find(RDF.type), 2]
        for some in (rows[:, 1], typed, rows[:, 2], rows[:, 0]):
            texts = self.moment.dictionary.texts(unique(some))
            if any(text.startswith(_OURS) for text in texts):
                return True
        return False

    def types(self, node: AnyTerm) -> list[NamedNode]:
        """The classes that a thing is said to have, anywhere."""
        if not hasattr(node, "value"):
            return []
        number, a = self.moment.find(node), self.moment.find(RDF.type)
        if number is None or a is None:
            return []
        found = self.moment.terms(self.moment.beyond(a, "s", number, self.facts.selection).tolist())
        return sorted((one for one in found if isinstance(one, NamedNode)), key=str)

    def describes(self, node: AnyTerm) -> bool:
        """Whether anything is said of a thing."""
        number = self.moment.find(node)
        return number is not None and self.moment.holds(number, SAID)
