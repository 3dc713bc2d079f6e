"""Asking a graph: SPARQL in each of its forms, packaged questions, and what an answer rests on."""

from __future__ import annotations

from glocal_kg._graph.naming import things_named
from glocal_kg._questions.answers.table import Table, Triples
from glocal_kg._questions.ask import ask, expect
from glocal_kg._questions.question import Question, find, names
from glocal_kg._rdf.arguments import takes
from glocal_kg._rdf.deadline import awaited, within
from glocal_kg._rdf.labels import Labels
from glocal_kg._rdf.namespaces import RDFS, Prefixes, using
from glocal_kg._study.vocab import PREFIXES
from glocal_kg.errors import ArgumentError, QueryError, QueryTimeoutError, StaleError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any, NoReturn, overload

    from pyoxigraph import NamedNode

    from glocal_kg._graph.contents import Contents
    from glocal_kg._graph.inference import Inference
    from glocal_kg._questions import Answer
    from glocal_kg._rdf.store.facts import Facts


class Asking:
    """The verbs of a graph that ask it; what they need of the graph stands first."""

    languages: tuple[str, ...]
    _prefixes: Prefixes
    _contents: Contents
    _inferences: dict[bool, Inference]

    def infer(self, *, interpreted: bool = False, timeout: float | None = None) -> Inference:
        """Work out what follows: see ``Graph.infer``."""
        raise NotImplementedError

    @property
    def facts(self) -> Facts:
        """The asserted facts of now."""
        return self._contents.facts()

    @property
    def prefixes(self) -> Prefixes:
        """What names are written with here; a graph on disk keeps those that are not packaged."""
        return self._prefixes

    @prefixes.setter
    def prefixes(self, known: Prefixes) -> None:
        if known is not self._prefixes:
            self._prefixes = known
            own = {prefix: iri for prefix, iri in known.items() if PREFIXES.get(prefix) != iri}
            self._contents.call(own)

    def query(
        self,
        sparql: str,
        *,
        inferred: bool = True,
        interpreted: bool = False,
        timeout: float | None = None,
        max_rows: int | None = None,
        max_memory: int | None = None,
    ) -> Answer:
        """The answer to a SPARQL query: ``Table``, ``bool`` (ASK) or ``Triples``.

        Without FROM or GRAPH the query sees what all sources say and what follows from it by
        OWL 2 RL; ``inferred`` False leaves out what only follows, ``interpreted`` True adds what
        is read into the sources, and what follows with that. A fact that stands in two graphs
        is met once. Known prefixes need no declaration. ``timeout`` is in seconds,
        ``max_memory`` in bytes; these and more rows than ``max_rows`` end the work itself with
        a ``LimitError``. What follows is worked out within the same time where need be. Raises
        ``QueryError``: for what is not SPARQL, an update, and anything that would reach the
        network.

        >>> from glocal_kg import KnowledgeGraph
        >>> KnowledgeGraph().query("ASK { ?any a owl:Class }")
        False
        """
        if isinstance(sparql, str) and "{" not in sparql and sparql in names():
            raise QueryError(
                f"'{sparql}' is the name of a packaged question, and no SPARQL.",
                remedy=f'Ask it with kg.run("{sparql}").',
            )
        with using(self.prefixes), self._within(timeout, inferred, interpreted):
            return ask(
                self.seen(inferred=inferred, interpreted=interpreted),
                sparql,
                timeout=timeout,
                max_rows=max_rows,
                max_memory=max_memory,
                labels=self.labels,
            )

    def select(
        self,
        sparql: str,
        *,
        inferred: bool = True,
        interpreted: bool = False,
        timeout: float | None = None,
        max_rows: int | None = None,
        max_memory: int | None = None,
    ) -> Table:
        """The answer to a SELECT query; ``QueryError`` for another kind. See ``query``.

        >>> from glocal_kg import KnowledgeGraph
        >>> KnowledgeGraph().select("SELECT ?x { VALUES ?x { 1 2 } }").column("x")
        [1, 2]
        """
        found = self.query(
            sparql,
            inferred=inferred,
            interpreted=interpreted,
            timeout=timeout,
            max_rows=max_rows,
            max_memory=max_memory,
        )
        return expect(found, Table, "SELECT")

    def ask(
        self,
        sparql: str,
        *,
        inferred: bool = True,
        interpreted: bool = False,
        timeout: float | None = None,
        max_memory: int | None = None,
    ) -> bool:
        """The answer to an ASK query; ``QueryError`` for another kind. See ``query``.

        A ``bool`` has no room for notes: it is True of what is denied or only possible, too, and
        False without a word where a name is misspelt. ``select`` of the same pattern has notes.
        """
        found = self.query(
            sparql,
            inferred=inferred,
            interpreted=interpreted,
            timeout=timeout,
            max_memory=max_memory,
        )
        return expect(found, bool, "ASK")

    def construct(
        self,
        sparql: str,
        *,
        inferred: bool = True,
        interpreted: bool = False,
        timeout: float | None = None,
        max_rows: int | None = None,
        max_memory: int | None = None,
    ) -> Triples:
        """The answer to a CONSTRUCT or DESCRIBE query; ``QueryError`` for another kind."""
        found = self.query(
            sparql,
            inferred=inferred,
            interpreted=interpreted,
            timeout=timeout,
            max_rows=max_rows,
            max_memory=max_memory,
        )
        return expect(found, Triples, "CONSTRUCT or DESCRIBE")

    def questions(self) -> Table:
        """The packaged questions: name, what each answers, and the parameters it takes.

        >>> from glocal_kg import KnowledgeGraph
        >>> "map/principles" in KnowledgeGraph().questions().column("name")
        True
        """
        from glocal_kg._questions.question import listed

        return listed()

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> object:
            from glocal_kg._questions.hints import of_graph

            # With a name Python does not add its own suggestion to ours.
            raise AttributeError(name if name.startswith("_") else of_graph(name), name=name)

    if TYPE_CHECKING:  # the second is for parameters that come as a dictionary of texts

        @overload
        def run(
            self,
            name: str,
            /,
            *,
            interpreted: bool = ...,
            timeout: float | None = ...,
            **parameters: object,
        ) -> Table: ...
        @overload
        def run(self, name: str, /, **parameters: object) -> Table: ...

    def run(
        self,
        name: str,
        /,
        *,
        interpreted: Any = False,
        timeout: Any = None,
        **parameters: object,
    ) -> Table:
        """The answer to a packaged question, on what the sources say and what follows.

        A question about readings sees these too, and each of its rows says so; any other sees
        them with ``interpreted``. ``timeout`` is in seconds, as for ``query``. Raises
        ``NotFoundError`` for an unknown question, ``ParameterError`` for parameters it does not
        take.
        """
        return self.answer(find(name), parameters, interpreted=interpreted, timeout=timeout)

    @takes()
    def answer(
        self,
        question: Question,
        parameters: Mapping[str, object],
        *,
        inferred: bool = True,
        interpreted: bool = False,
        timeout: float | None = None,
    ) -> Table:
        """The answer to a question, packaged or one's own; raises as ``run`` does."""
        if not isinstance(question, Question):
            raise ArgumentError("question", question, "a gk.Question")
        if not hasattr(parameters, "items"):
            raise ArgumentError("parameters", parameters, "a dictionary of names and values")
        with (
            using(self.prefixes),
            self._within(timeout, inferred, interpreted or question.interpreted),
        ):
            return question.run(
                self.seen(inferred=inferred, interpreted=interpreted or question.interpreted),
                parameters,
                is_a=self._is_a,
                named=lambda name: things_named(self, name),
                timeout=timeout,
                labels=self.labels,
            )

    @takes()
    def seen(self, *, inferred: bool = True, interpreted: bool = False) -> Facts:
        """The facts that an answer rests on, as they are now and as they will stay.

        What follows is worked out first where that has not been done since the last change,
        from the change alone where it can be. Raises ``StaleError`` where another engine than
        ours found what follows, and facts have changed since.
        """
        contents = self._contents
        if inferred and not contents.fresh(interpreted=interpreted):
            with awaited(contents.lock):
                if not contents.fresh(interpreted=interpreted):
                    before = self._inferences.get(interpreted)
                    if before is not None and before.engine != "fast":
                        raise StaleError(
                            "Facts changed after infer('owlrl'), so what it found is out of date.",
                            remedy="Call kg.infer('owlrl') again, or kg.infer() for our engine.",
                        )
                    self.infer(interpreted=interpreted)
                return contents.facts(inferred=True, interpreted=interpreted)
        return contents.facts(inferred=inferred, interpreted=interpreted)

    def _within(self, timeout: float | None, inferred: bool, interpreted: bool) -> within:
        """The time of a query, which what it rests on is worked out in, too."""
        remedy = "Make its patterns narrower, or allow more time with timeout."
        if timeout is not None and inferred and not self._contents.fresh(interpreted=interpreted):
            remedy = (
                "What follows from the facts was to be worked out first: call kg.infer()"
                " beforehand, or allow more time with timeout."
            )
        return within(timeout, "The query", remedy=remedy, error=QueryTimeoutError)

    def _repr_html_(self) -> str:
        from glocal_kg._rdf.writing.html import table

        facts = self.facts
        graphs = [self.prefixes.shorten(g.value) for g in facts.graphs() if hasattr(g, "value")]
        return table([[name] for name in graphs], ("graphs",), repr(self)[1:-1])

    def __reduce__(self) -> NoReturn:
        from glocal_kg._graph.saving import stays

        raise stays()

    @property
    def labels(self) -> Labels:
        """Labels of things in the order of ``languages``, from what is asserted."""
        return Labels(lambda: self.facts, self.languages)

    def _is_a(self, node: NamedNode, kind: NamedNode) -> bool:
        """Whether a node is of a class, by what is asserted or inferred."""
        return bool(ask(self.seen(), _IS_A, values={"node": node, "class": kind}))


_IS_A = f"ASK {{ $node a/{RDFS.subClassOf}* $class }}"  # of no prefix, as anyone may bind any
