"""The knowledge graph as an rdflib ``Dataset``: a view of the same store in rdflib's own terms.

Each look is at the facts of that moment, and what is written goes to the store at once. Literals
are given as written, but for the direction of a text, which rdflib does not know; a literal that
rdflib has normalized (``007`` to ``7``) finds them too.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from typing import Any, NoReturn

import numpy as np
import rdflib
from pyoxigraph import BaseDirection, BlankNode, DefaultGraph, Literal, NamedNode, Quad
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID, Graph
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Result
from rdflib.store import Store
from rdflib.term import Variable

from glocal_kg._graph.contents import Contents
from glocal_kg._rdf.reading.rdflib_graph import quad_of, term_of
from glocal_kg._rdf.store.facts import SAID, Facts
from glocal_kg._rdf.store.selection import INFERRED, Selection
from glocal_kg._study.vocab import PREFIXES
from glocal_kg.errors import ArgumentError, GlocalError


def dataset_of(contents: Contents, look: Callable[[], Facts]) -> rdflib.Dataset:
    """An rdflib ``Dataset`` on the facts; its default graph is the union of all.

    ``look`` gives the facts of now with what follows from them, as questions see it.
    """
    view = View(contents, look)
    dataset = _Dataset(store=view, default_union=True)
    view.whole = super(rdflib.Dataset, dataset).identifier  # its own asks for what is deprecated
    for prefix, iri in PREFIXES.items():
        dataset.bind(prefix, iri, override=True)
    return dataset


class _Dataset(rdflib.Dataset):
    """A ``Dataset`` that says what it is; rdflib's own words ask for what rdflib deprecates."""

    def __repr__(self) -> str:
        return "<Dataset: a view of a knowledge graph>"

    __str__ = __repr__


class View(Store):
    """What rdflib calls a store, with nothing in it but its prefixes."""

    context_aware = True
    formula_aware = False
    transaction_aware = False
    graph_aware = True

    def __init__(self, contents: Contents, look: Callable[[], Facts]) -> None:
        self._contents = contents
        self._look = look
        self.whole: Any = None  # what the dataset itself calls itself in a query
        self._namespaces: dict[str, rdflib.URIRef] = {}
        super().__init__()

    @property
    def _facts(self) -> Facts:
        # What is asserted in any graph, and what follows from the sources: the same for all who
        # look, whatever was asked for before.
        return Facts(self._look().moment, Selection((*SAID.layers, INFERRED)))

    def __reduce__(self) -> NoReturn:
        from glocal_kg._graph.saving import stays

        raise stays()

    # Reading

    def triples(
        self, triple_pattern: tuple[Any, Any, Any], context: Graph | None = None
    ) -> Iterator[tuple[tuple[Any, Any, Any], Iterator[Graph]]]:
        """The triples of a pattern, each once, with the graphs that have it."""
        graphs: dict[tuple[Any, Any, Any], list[Any]] = {}
        for s, p, o, g in self._quads(self._facts, triple_pattern, context):
            graphs.setdefault((s, p, o), []).append(g)
        for triple, names in graphs.items():
            yield tuple(map(_rdflib, triple)), map(self._graph, names)

    @staticmethod
    def _quads(facts: Facts, pattern: Iterable[Any], context: Graph | None) -> Iterator[Quad]:
        graph = None if context is None else _name(context)
        try:
            s, p, o = (None if term is None else term_of(term) for term in pattern)
        except (TypeError, ValueError):
            return  # rdflib asks for what RDF cannot say, such as a variable
        if type(o) is Literal:
            forms = _directed(o) if o.language else _forms(facts, s, p, o)
            for form in forms:
                yield from facts.quads_for_pattern(s, p, form, graph)
        elif type(s) is not Literal:
            yield from facts.quads_for_pattern(s, p, o, graph)

    def __len__(self, context: Graph | None = None) -> int:
        facts = self._facts
        every = self._quads(facts, (None, None, None), context)
        if context is not None:
            return sum(1 for _ in every)
        return len(facts.triples())

    def contexts(self, triple: tuple[Any, Any, Any] | None = None) -> Generator[Graph, None, None]:
        """The graphs that have a triple; all, where none is given."""
        if triple is None:
            return (self._graph(graph) for graph in self._facts.graphs())
        return (self._graph(quad.graph_name) for quad in self._quads(self._facts, triple, None))

    def _graph(self, name: Any) -> Graph:
        known = type(name) is DefaultGraph
        return Graph(self, DATASET_DEFAULT_GRAPH_ID if known else _rdflib(name))

    def query(  # type: ignore[override]  # no other keyword has a meaning here
        self,
        query: str | Query,
        initNs: Mapping[str, Any],
        initBindings: Mapping[str, Any],
        queryGraph: str,
        *,
        base: str | None = None,
        timeout: float | None = None,
        max_rows: int | None = None,
        max_memory: int | None = None,
    ) -> Result:
        """The answer of ``kg.query`` in rdflib's terms, with the limits that it takes.

        rdflib asks the store before its own engine, so that no second engine answers the same
        question in another way. Raises ``QueryError``.
        """
        from glocal_kg._rdf.sparql.answering import Rows, answer
        from glocal_kg._rdf.sparql.limits import Limits
        from glocal_kg._rdf.sparql.parser import prepared

        if isinstance(query, Query):  # what rdflib's prepareQuery gives
            query, own, base = query._original_args
            initNs = {**initNs, **own}
        limits = Limits(timeout, max_rows, max_memory)
        prefixes = {prefix: str(iri) for prefix, iri in initNs.items()}
        parsed = prepared(query, prefixes, base, limits.read)
        facts = self._facts
        default = named = facts.selection
        if queryGraph != "__UNION__":
            whole = queryGraph in (self.whole, DATASET_DEFAULT_GRAPH_ID)
            graph = DefaultGraph() if whole else _name(queryGraph)
            number = facts.moment.find(graph)
            default = facts.selection.but(graphs=() if number is None else (number,))
            named = named if whole else default  # a graph alone has no other
        given = {str(name).lstrip("?$"): _given(name, term) for name, term in initBindings.items()}
        found = answer(parsed, facts.moment, default, named, given=given, limits=limits)
        result = Result(parsed.form)
        if isinstance(found, bool):
            result.askAnswer = found
        elif not isinstance(found, Rows):
            result.graph = Graph()
            for triple in found:
                result.graph.add(tuple(map(_rdflib, triple)))
        else:
            result.vars = list(map(Variable, found.names))
            result.bindings = [
                {
                    name: _rdflib(term)
                    for name, term in zip(result.vars, row, strict=True)
                    if term is not None
                }
                for row in found.rows()
            ]
        return result

    # Writing

    def add(self, triple: tuple[Any, Any, Any], context: Graph, quoted: bool = False) -> None:
        """Assert one triple in a graph."""
        self.addN([(*triple, context)])

    def addN(self, quads: Iterable[tuple[Any, Any, Any, Graph]]) -> None:
        """Assert quads, all or none."""
        self._contents.edit(
            added=[quad_of(s, p, o, None if _is_default(g) else _known(g)) for s, p, o, g in quads]
        )

    def remove(self, triple: tuple[Any, Any, Any], context: Graph | None = None) -> None:
        """Take back what fits a pattern and is asserted.

        A literal takes back itself; only where it is not there, what rdflib holds to be equal.
        """
        found = list(self._quads(self._contents.facts(), triple, context))
        wanted = triple[2]
        if found and wanted is not None:
            exact = term_of(wanted)
            there = {(quad.subject, quad.predicate) for quad in found if quad.object == exact}
            found = [
                quad
                for quad in found
                if quad.object == exact or (quad.subject, quad.predicate) not in there
            ]
        self._contents.edit(removed=found)

    def update(self, *_: object, **__: object) -> None:
        """Refused: one update would be many writes, and half of them could fail."""
        raise GlocalError(
            "SPARQL updates are not possible on the dataset of a knowledge graph.",
            remedy="Use kg.add() and kg.remove(), or add and remove of the dataset.",
        )

    def add_graph(self, graph: Graph) -> None:
        """Nothing: a graph is there once it holds a fact."""

    def remove_graph(self, graph: Graph) -> None:
        """Take back all facts of a graph."""
        self.remove((None, None, None), graph)

    # Prefixes

    def bind(self, prefix: str, namespace: rdflib.URIRef, override: bool = True) -> None:
        """Let a prefix stand for a namespace, and for no other."""
        taken = prefix in self._namespaces or namespace in self._namespaces.values()
        if taken and not override:
            return
        kept = {p: n for p, n in self._namespaces.items() if p != prefix and n != namespace}
        self._namespaces = {**kept, prefix: namespace}

    def prefix(self, namespace: rdflib.URIRef) -> str | None:
        """The prefix of a namespace."""
        return next((p for p, n in self._namespaces.items() if n == namespace), None)

    def namespace(self, prefix: str) -> rdflib.URIRef | None:
        """The namespace of a prefix."""
        return self._namespaces.get(prefix)

    def namespaces(self) -> Iterator[tuple[str, rdflib.URIRef]]:
        """All prefixes with their namespaces."""
        yield from self._namespaces.items()


def _known(graph: Any) -> Any:
    """The name of a graph of rdflib, which it may be itself."""
    return graph.identifier if isinstance(graph, Graph) else graph


def _is_default(graph: Any) -> bool:
    return bool(_known(graph) == DATASET_DEFAULT_GRAPH_ID)


def _name(graph: Any) -> Any:
    return DefaultGraph() if _is_default(graph) else term_of(_known(graph))


def _given(name: str, term: Any) -> Any:
    try:
        return term_of(term)
    except (TypeError, ValueError):
        raise ArgumentError(f"initBindings[{str(name)!r}]", term, "a term of rdflib") from None


def _rdflib(term: Any, *, normalize: bool = False) -> Any:
    if type(term) is NamedNode:
        return rdflib.URIRef(term.value)
    if type(term) is BlankNode:
        return rdflib.BNode(term.value)
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    text = term.datatype.value == str(rdflib.XSD.string)
    datatype = None if text else rdflib.URIRef(term.datatype.value)
    return rdflib.Literal(term.value, datatype=datatype, normalize=normalize)


def _directed(wanted: Literal) -> Iterator[Literal]:
    """A text with a language, in each direction: rdflib knows none."""
    yield wanted
    for way in (BaseDirection.LTR, BaseDirection.RTL):
        yield Literal(wanted.value, language=wanted.language, direction=way)


def _forms(facts: Facts, s: Any, p: Any, wanted: Literal) -> Iterator[Literal]:
    """The literals of the facts that rdflib holds to be equal to one."""
    datatype = wanted.datatype
    if datatype.value == str(rdflib.XSD.string):
        yield wanted
        return
    find = facts.moment.find
    subject, predicate = (None if term is None else find(term) for term in (s, p))
    if (s is not None and subject is None) or (p is not None and predicate is None):
        return
    objects = facts.moment.scan(subject, predicate, None, facts.selection)[2]
    end = b"^^" + str(datatype).encode()
    texts = facts.terms.text
    numbers = [n for n in np.unique(objects).tolist() if texts(n).endswith(end)]
    right = _rdflib(wanted)
    for term in facts.moment.terms(numbers):
        if term == wanted or _rdflib(term, normalize=True) == right:
            yield term
