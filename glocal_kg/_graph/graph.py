"""A graph of facts: its verbs, and nothing else.

Every verb has one meaning and no side effect beyond it: ``add`` does not infer, ``validate``
does not change, inferred facts never mix with asserted ones.
"""

from __future__ import annotations

from pyoxigraph import BlankNode, DefaultGraph, NamedNode

from glocal_kg._questions.ask import ask
from glocal_kg._questions.question import Question, find
from glocal_kg._questions.values import Labels
from glocal_kg._rdf.namespaces import using
from glocal_kg._study.vocab import IMPORT, INFERRED, PREFIXES
from glocal_kg.errors import GlocalError, QueryError, ReadError, StaleError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Literal, Self

    import rdflib
    from pyoxigraph import Quad

    from glocal_kg._graph.entailing import Implication
    from glocal_kg._graph.explaining import Explanation
    from glocal_kg._graph.inference import Inference
    from glocal_kg._graph.validating import Followed
    from glocal_kg._questions import Answer, Table
    from glocal_kg._rdf.reading import Source
    from glocal_kg._rdf.store.facts import Facts
    from glocal_kg._rdf.store.terms import Term
    from glocal_kg._telling.report import Report


class Graph:
    """Named graphs of asserted facts, with what can be asked of them.

    ``languages`` is the order in which labels are chosen.

    >>> from glocal_kg import Text
    >>> kg = Graph()
    >>> kg.add(Text("place:rome a glocal:City .", "turtle"))
    Traceback (most recent call last):
        ...
    glocal_kg.errors.ReadError: text:1:1: ... The prefix place: has not been declared...
    >>> kg.add(Text("<urn:rome> a <urn:City> .", "turtle"))
    1
    >>> kg.query("SELECT ?x { ?x a <urn:City> }").column("x")
    [<NamedNode value=urn:rome>]
    """

    def __init__(self, *, languages: Sequence[str] = ("en",)) -> None:
        from glocal_kg._graph.contents import Contents  # with numpy, when a graph is made

        self.languages = tuple(languages)
        self.prefixes = PREFIXES
        self.inference: Inference | None = None
        self._homes: dict[NamedNode, str] = {}  # which file goes to which graph by its name
        self._followed: Followed | None = None  # the last validation, for validate
        self._contents = Contents()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let others write to the folder of a graph that was opened; then it only answers."""
        self._contents.close()

    # What is in it

    @property
    def facts(self) -> Facts:
        """The asserted facts of now, every literal as written; they stay what they are."""
        return self._contents.facts()

    @property
    def all_facts(self) -> Facts:
        """What is asserted and what is inferred, now."""
        return self._contents.facts(inferred=True)

    @property
    def dataset(self) -> rdflib.Dataset:
        """A real rdflib ``Dataset`` on the same facts, without a copy.

        What is written to it is written here; an update in SPARQL is refused. Its default
        graph is the union of all graphs when asked.
        """
        from glocal_kg._graph.dataset import dataset_of

        return dataset_of(self._contents)

    def facts_graphs(self) -> list[NamedNode | BlankNode | DefaultGraph]:
        """The names of the graphs that hold asserted facts, sorted."""
        return [DefaultGraph(), *self.facts.graphs()]

    def __len__(self) -> int:
        """How many facts are asserted (one in two graphs counts twice)."""
        return len(self.facts)

    def __repr__(self) -> str:
        state = "nothing inferred" if self.inference is None else repr(self.inference)
        return f"<{type(self).__name__}: {len(self)} facts, {state}>"

    # Change

    def add(
        self,
        source: object,
        format: str | None = None,
        graph: str | NamedNode | None = None,
        base: str | None = None,
    ) -> int:
        """Add all statements of a source, or none; returns how many it has.

        ``source`` is a path (``-`` for standard input), a ``Text``, an rdflib graph, or quads or
        triples. Statements in named graphs stay in them; all others go to ``graph``, by default
        ``https://w3id.org/glocal/graph/import/<file name>``, with the folders of a relative
        path before the name. ``base`` is what relative IRIs start from where the source
        declares nothing itself; by default the address of the file. Raises ``ReadError``, also
        where another file of the same name has that graph already.
        """
        from glocal_kg._rdf.reading import open_source

        opened = open_source(source, format, base)
        target = self._home(opened) if graph is None else _graph(graph)
        return self._contents.read(opened, target)

    def replace(
        self,
        source: object,
        format: str | None = None,
        graph: str | NamedNode | None = None,
        base: str | None = None,
    ) -> tuple[int, int]:
        """Put a source in the place of what stands in its graphs; all of it, or nothing.

        Takes what ``add`` takes, and puts it where ``add`` does. Only what differs changes, so
        ``infer`` and ``validate`` afterwards look at the difference alone; blank nodes are new
        each time. Returns how many facts were new and how many went. Raises ``ReadError``.
        """
        from glocal_kg._rdf.reading import open_source

        opened = open_source(source, format, base)
        target = self._home(opened) if graph is None else _graph(graph)
        whole = graph is not None or opened.address != ""
        change = self._contents.replace(opened, target, whole=whole)
        return change.count_added, change.count_removed

    def remove(self, quads: Iterable[Quad]) -> int:
        """Remove asserted quads; returns how many were there. Raises ``ReadError``."""
        from glocal_kg._rdf.reading import open_source

        return self._contents.edit(removed=open_source(quads).quads()).count_removed

    # Ask

    def query(
        self,
        sparql: str,
        *,
        inferred: bool = True,
        timeout: float | None = None,
        max_rows: int | None = None,
    ) -> Answer:
        """The answer to a SPARQL query: ``Table``, ``bool`` (ASK) or ``Triples``.

        Without FROM or GRAPH the query sees all asserted graphs together, and inferred facts
        unless ``inferred`` is False; a fact that stands in two graphs is met once. Known
        prefixes need no declaration. ``timeout`` is in seconds; more rows than ``max_rows`` are
        an error. Raises ``QueryError``: for what is not SPARQL, an update, anything that would
        reach the network, and inferred facts that are out of date.

        >>> Graph().query("ASK { ?any a owl:Class }")
        False
        """
        with using(self.prefixes):
            return ask(
                self._seen(inferred=inferred),
                sparql,
                timeout=timeout,
                max_rows=max_rows,
                labels=self.labels,
            )

    def run(self, name: str, /, **parameters: object) -> Table:
        """The answer to a packaged question, on asserted facts unless it needs inferred ones.

        Raises ``NotFoundError`` for an unknown question, ``ParameterError`` for parameters it
        does not take, ``QueryError`` where it needs facts that are not inferred yet.
        """
        return self.answer(find(name), parameters)

    def answer(
        self, question: Question, parameters: Mapping[str, object], timeout: float | None = None
    ) -> Table:
        """The answer to a question, packaged or one's own; raises as ``run`` does."""
        if question.needs_inference and self._contents.store.moment.followed is None:
            raise QueryError(
                f"Question '{question.name}' needs inferred facts.",
                remedy="Call kg.infer() first (command line: --infer).",
            )
        with using(self.prefixes):
            return question.run(
                self._seen(inferred=question.needs_inference),
                parameters,
                is_a=self._is_a,
                timeout=timeout,
                labels=self.labels,
            )

    @property
    def labels(self) -> Labels:
        """Labels of things in the order of ``languages``, from what is asserted."""
        return Labels(lambda: self.facts, self.languages)

    # Conclude and check

    def infer(self, engine: Literal["fast", "owlrl"] = "fast") -> Inference:
        """Work out what follows by OWL 2 RL; asserted facts stay as they are.

        Questions see it as the inferred graph. Called again after ``add`` or ``remove``, it
        follows the change alone. ``engine`` "owlrl" is the slow reference engine. The result,
        also in ``kg.inference``, has the number of inferred facts and the contradictions found.
        """
        from glocal_kg._graph.inference import infer

        with self._contents.lock:
            self.inference = infer(self._contents, engine, self.inference)
            return self.inference

    def explain(
        self, subject: str | Term, predicate: str | Term, object: str | Term
    ) -> Explanation:
        """Why a fact holds: the shortest proof, down to asserted facts and their sources.

        Terms are IRIs in full or as prefix:name, or pyoxigraph terms. Raises
        ``NotFoundError`` where the graph neither says nor implies the fact, ``GlocalError``
        where nothing is inferred yet.
        """
        from glocal_kg._graph.explaining import explain

        with using(self.prefixes):
            return explain(self, subject, predicate, object)

    def entails(self, statement: object) -> Implication:
        """Whether what is asserted implies a statement or a whole ontology, and why.

        ``statement`` is a triple of terms as for ``explain``, or a source as for ``add``: facts,
        and axioms, such as that two classes are disjoint or a property is transitive. The
        result is true where it follows; its ``answer`` is "yes", "no" or "unknown", and
        ``str()`` gives the reasons. Nothing is changed, and ``infer`` need not have run.

        >>> from glocal_kg import Text
        >>> kg = Graph()
        >>> axiom = "<urn:p> <http://www.w3.org/2002/07/owl#inverseOf> <urn:p> ."
        >>> kg.add(Text(axiom, "turtle"))
        1
        >>> kg.entails(("urn:p", "rdf:type", "owl:SymmetricProperty"))
        <Implication: yes>
        """
        from glocal_kg._graph.entailing import implied

        return implied(self, statement)

    def validate(
        self,
        shapes: object = None,
        facts: Literal["asserted", "all"] = "asserted",
        engine: Literal["fast", "pyshacl"] = "fast",
        checks: bool = True,
    ) -> Report:
        """A report of the facts against SHACL shapes; nothing is changed.

        Without ``shapes`` (a source as for ``add``) the shapes graphs in this knowledge graph
        are used, and the packaged checks run too unless ``checks`` is False; called again
        after an edit, both look at the change alone. ``facts`` "asserted" is the default because
        inference can hide a wrong value: a range axiom gives it the right type. Raises
        ``ShapesError`` for shapes that break the rules of SHACL.
        """
        from glocal_kg._graph.validating import validate

        return validate(self, shapes, facts, engine, checks)

    # Inside

    def _home(self, source: Source) -> NamedNode:
        """The graph a source goes to by its name. ``ReadError`` where another file has it."""
        home = _graph(IMPORT + source.slug)
        if source.address:
            holder = self._homes.setdefault(home, source.address)
            if holder != source.address:
                raise ReadError(
                    f"Its statements would go to <{home.value}>, as do those of {holder}.",
                    source=source.name,
                    remedy="Give the file another name, or name a graph: graph=...",
                )
        return home

    def _seen(self, *, inferred: bool) -> Facts:
        """The facts of now, as they will stay for a question; ``QueryError`` for stale ones."""
        facts = self._contents.facts(inferred=inferred)
        if inferred and facts.moment.stale:
            raise StaleError(
                "Facts changed after the last infer(), so inferred facts are out of date.",
                remedy="Call kg.infer() again (it follows the change alone), or ask asserted"
                " facts only with inferred=False.",
            )
        return facts

    def _refuse_stale(self) -> None:
        self._seen(inferred=True)

    def _is_a(self, node: NamedNode, kind: NamedNode) -> bool:
        """Whether a node is of a class, by what is asserted or inferred."""
        return bool(ask(self.all_facts, _IS_A, values={"node": node, "class": kind}))


_IS_A = "ASK { $node rdf:type/rdfs:subClassOf* $class }"


def _graph(iri: str | NamedNode) -> NamedNode:
    try:
        graph = iri if isinstance(iri, NamedNode) else NamedNode(iri)
    except (ValueError, TypeError) as error:
        raise GlocalError(
            f"'{iri}' cannot name a graph: {error}.", remedy="Give an IRI in full."
        ) from None
    if graph == INFERRED:
        raise GlocalError(
            f"The graph <{INFERRED.value}> holds only what infer() puts there.",
            remedy="Put these statements into a graph of your own.",
        )
    return graph
