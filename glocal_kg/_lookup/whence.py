"""Where the rows of a packaged question come from: the answer of one source, of several, or mine.

A row comes from a source where the source alone gives it, beside the ontology and the places, or
where it is no longer there without it. A source that one needs only to know what kind a thing of
the row is, and that has not all its things, is not named where another has them all. What counts
is asked of the source alone.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from weakref import WeakKeyDictionary

from pyoxigraph import DefaultGraph, NamedNode, Quad

from glocal_kg._graph.contents import Contents
from glocal_kg._graph.graph import Graph
from glocal_kg._graph.naming import graphs_of_file, meant, no_source, things_named, yours
from glocal_kg._questions.answers.table import Table
from glocal_kg._questions.parameters import bind_all
from glocal_kg._questions.question import Question
from glocal_kg._rdf.namespaces import DCTERMS, RDF, prefixes, using
from glocal_kg._rdf.store.facts import SAID
from glocal_kg._study.packaged import is_packaged
from glocal_kg._study.vocab import GLOCAL, GRAPH, IMPORT, ONTOLOGY
from glocal_kg.errors import ArgumentError, NotFoundError, ParameterError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from glocal_kg._questions.answers.values import Term

    Name = NamedNode | DefaultGraph

_COUNTS = re.compile(r"\b(COUNT|SUM|AVG|MIN|MAX|SAMPLE|GROUP_CONCAT)\s*\(", re.IGNORECASE)
MINE = "mine"


def takes(question: Question, parameters: Mapping[str, object], kg: Graph) -> bool:
    """Whether ``source`` among the parameters means more than the question's own parameter."""
    given = parameters.get("source") if hasattr(parameters, "get") else None
    if given is None:
        return False
    if "source" not in getattr(question, "parameters", ()):
        return True
    if not isinstance(given, str | NamedNode):
        return True
    return given == MINE or (not _is_source(kg, given) and _is_graph(kg, given))


def answered(
    kg: Graph,
    question: Question,
    parameters: Mapping[str, object],
    *,
    inferred: bool = True,
    interpreted: bool = False,
    timeout: float | None = None,
) -> Table:
    """The rows that come from the sources in ``parameters``, with a column that says from which.

    ``source`` is one or several of: a source, a graph, the name of a file that was added, or
    ``mine`` for all of one's own. Raises ``NotFoundError`` for what is none of these.
    """
    given = parameters["source"]
    if isinstance(given, os.PathLike):
        given = os.fspath(given)
    several = [given] if isinstance(given, str | NamedNode) else list(given)  # type: ignore[call-overload]  # what is no list is told by who looks at it
    if not several:
        raise ArgumentError(
            "source", given, "a source, a graph, a file, 'mine', or a list of these"
        )
    rest = {name: value for name, value in parameters.items() if name != "source"}
    kg, theirs = _apart(kg) if MINE in several else (kg, {})
    graphs = list(dict.fromkeys(name for one in several for name in _graphs(kg, one)))
    # What a name means is seen in the whole graph; its parts need not know the thing.
    with using(kg.prefixes):
        bound = bind_all(
            question.parameters, rest, question.name, kg._is_a, lambda name: things_named(kg, name)
        )

    def ask(some: Graph, given: Mapping[str, object]) -> Table:
        with using(kg.prefixes):
            return question.run(
                some.seen(inferred=inferred, interpreted=interpreted or question.interpreted),
                {**bound, **given},
                is_a=lambda *_: True,
                timeout=timeout,
                labels=kg.labels,
            )

    own = question.parameters.get("source")
    if own is not None:
        sources = _described(kg, graphs) if own.default is not None else _made_of(kg, graphs)
        if sources or own.default is not None:
            table = _by_parameter(kg, sources, ask)
            return table if len(table) else _narrowed(table, question, rest)
    whole = ask(kg, {})
    counts = _COUNTS.search(question.text) is not None
    rows: list[tuple[Term | None, ...]] = []
    for graph in graphs:
        alone = set(ask(_beside_the_ground(kg, graph), {}).terms)
        ground = alone and set(ask(_ground(kg, graph), {}).terms)  # what needs the graph not at all
        alone = {row for row in alone if row not in ground or _has(kg, graph, row)}
        if counts:
            found = sorted(alone, key=str)
        else:
            without = set(ask(_without(kg, graph), {}).terms)
            found = [
                row
                for row in whole.terms
                if row in alone or (row not in without and _tells(kg, graph, row))
            ]
        named = theirs.get(graph, graph) if isinstance(graph, NamedNode) else None
        rows += [(*row, named) for row in found]
    table = _table(kg, whole, rows)
    return table if rows else _narrowed(table, question, rest)


def _narrowed(table: Table, question: Question, given: Mapping[str, object]) -> Table:
    """An empty answer with what may be the reason: the parameters that took their defaults."""
    defaults = {
        name: str(one.default)
        for name, one in question.parameters.items()
        if name != "source" and one.default is not None and given.get(name) is None
    }
    if defaults:
        took = " and ".join(f"{name}={prefixes().shorten(one)}" for name, one in defaults.items())
        which = "a default that narrows it: give another" if len(defaults) == 1 else (
            "defaults that narrow it: give others")  # fmt: skip
        table.notes += (f"The question took {took}, {which} for your own things.",)
    return table


@contextmanager
def explained(kg: Graph) -> Iterator[None]:
    """Say with a ``source`` that a question does not take what may be one."""
    try:
        yield
    except ParameterError as error:
        if error.name != "source":
            raise
        remedy = f"{error.remedy} {yours(kg)}"
        raise ParameterError(
            error.message, remedy=remedy, name=error.name, value=error.value
        ) from None


def _apart(kg: Graph) -> tuple[Graph, dict[Name, NamedNode]]:
    """A graph where what was added to packaged graphs stands in graphs of its own.

    With the packaged graph of each. It is the graph itself where nothing was added.
    """
    from glocal_kg._graph.beyond_package import (
        added_to_packaged,  # a plain answer does not wait for it
    )

    state = kg.facts.moment
    rows = added_to_packaged(kg, state)
    if not len(rows):
        return kg, {}
    terms = state.terms(rows.ravel())
    quads = [Quad(*terms[at : at + 4]) for at in range(0, len(terms), 4)]
    homes = {one: NamedNode(f"{one.value}#added") for *_, one in quads}
    copy = kg.copy()
    copy.remove(quads)
    copy.add([Quad(s, p, o, homes[graph]) for s, p, o, graph in quads])
    return copy, {home: graph for graph, home in homes.items()}


def _tells(kg: Graph, graph: Name, row: Iterable[Term | None]) -> bool:
    """Whether a graph has all things of a row, or no graph has."""
    row = list(row)
    return _has(kg, graph, row) or not any(_has(kg, name, row) for name in kg.graphs())


def _has(kg: Graph, graph: Name, row: Iterable[Term | None]) -> bool:
    """Whether a graph says something of all things of a row."""
    return all(
        next(kg.facts.quads_for_pattern(thing, None, None, graph), None)
        or next(kg.facts.quads_for_pattern(None, None, thing, graph), None)
        for thing in row
        if isinstance(thing, NamedNode)
    )


def _described(kg: Graph, graphs: Iterable[Name]) -> list[NamedNode]:
    """All sources that the graphs describe."""
    types = (kg.facts.quads_for_pattern(None, RDF.type, GLOCAL.Source, one) for one in graphs)
    found = [quad.subject for quads in types for quad in quads]
    return [one for one in found if isinstance(one, NamedNode)]


def _made_of(kg: Graph, graphs: Iterable[Name]) -> list[NamedNode]:
    """The sources that packaged graphs are made of; none where one of the graphs is of no source.

    What a question takes as its source says more than in which graph a row stands: that the
    deck is silent on something stands in another graph than what it says.
    """
    found: list[NamedNode] = []
    for graph in graphs:
        if not isinstance(graph, NamedNode) or not is_packaged(graph):
            return []
        told = [quad.object for quad in kg.facts.quads_for_pattern(graph, DCTERMS.source, None)]
        if not told:
            return []
        found += [one for one in told if isinstance(one, NamedNode)]
    return found


def _by_parameter(
    kg: Graph,
    sources: Iterable[NamedNode],
    ask: Callable[[Graph, Mapping[str, object]], Table],
) -> Table:
    """The answers for sources, each given to the parameter of the question."""
    like, rows = ask(kg, {}), []
    if "source" in like.columns:  # its rows say themselves which
        table = like[:]
        table.terms = [row for one in sources for row in ask(kg, {"source": one}).terms]
        return _told(kg, table, "source")
    for source in sources:
        rows += [(*row, source) for row in ask(kg, {"source": source}).terms]
    return _table(kg, like, rows)


def _table(kg: Graph, like: Table, rows: list[tuple[Term | None, ...]]) -> Table:
    column = "source" if "source" not in like.columns else "graph"
    return _told(kg, like.with_column(column, "iri", rows), column)


def _told(kg: Graph, table: Table, column: str) -> Table:
    """A table whose sources have short names, with a note where there are no rows."""
    at = table.columns.index(column)
    # As where no source is asked for: by the last part of the name.
    told = {row[at] for row in table.terms}
    names = {one: one.value.rpartition("/")[2] for one in told if isinstance(one, NamedNode)}
    table._labels = kg.labels.with_names(names)
    table.notes = ()
    if "import" not in table.prefixes:  # files of one's own by their names, not their full IRIs
        table.prefixes = table.prefixes.and_also({"import": IMPORT})
    if not len(table):
        table.notes = ("Nothing of this answer comes from there; without source= all is seen.",)
    return table


def _graphs(kg: Graph, one: object) -> Iterator[Name]:
    """The graphs that a caller means."""
    held: list[Name] = [*kg.graphs()]
    if one == MINE:
        held += [DefaultGraph()] if next(kg.facts.quads_for_pattern(g=DefaultGraph()), None) else []
        mine = [name for name in held if not is_packaged(name)]
        if not mine:
            raise NotFoundError(
                "There is no graph of your own.",
                remedy="Add a file first: --data FILE in the command, kg.add(path) in Python.",
            )
        yield from mine
        return
    one = os.fspath(one) if isinstance(one, os.PathLike) else one
    if isinstance(one, str | NamedNode):
        try:
            found = graphs_meant(kg, one)
        except NotFoundError as error:
            raise no_source(kg, error) from None
        if found:
            yield from found
            return
    raise NotFoundError(
        f"'{one}' is no source and no graph.",
        remedy=f"Give a source, a graph, or a file that was added. {yours(kg)}",
        name=str(one),
    )


def graphs_meant(kg: Graph, one: str | NamedNode) -> list[Name]:
    """The graphs of one name: a graph, a file that was added, or those made of a source.

    None where the name is that of a thing which is no source. Raises ``NotFoundError`` where it
    is the name of nothing, or of several things.
    """
    if graphs := graphs_of_file(kg, str(one)):
        return _whole(graphs, str(one))
    try:
        return [kg.graph_named(one)]
    except NotFoundError as unknown:
        try:
            source = meant(kg, one)
        except NotFoundError as nothing:
            raise nothing if nothing.suggestions else unknown from None
    held = kg.graphs()
    made = [quad.subject for quad in kg.facts.quads_for_pattern(None, DCTERMS.source, source)]
    said = [quad.graph_name for quad in kg.facts.quads_for_pattern(source, RDF.type)]
    found = [name for name in made if name in held] or said
    return list(dict.fromkeys(name for name in found if isinstance(name, NamedNode | DefaultGraph)))


def _whole(graphs: tuple[NamedNode, ...], file: str) -> list[Name]:
    """The graphs of a file, none of which came with the package; ``NotFoundError`` else."""
    theirs = [prefixes().shorten(one.value) for one in graphs if is_packaged(one)]
    if theirs:
        raise NotFoundError(
            f"The statements of '{file}' went into {' and '.join(theirs)}, which came with the"
            " package.",
            remedy="Ask for 'mine': all that you added, there too.",
            name=file,
        )
    return list(graphs)


def _is_graph(kg: Graph, one: str | NamedNode) -> bool:
    try:
        kg.graph_named(one)
    except NotFoundError:
        return bool(graphs_of_file(kg, str(one)))
    return True


def _is_source(kg: Graph, one: str | NamedNode) -> bool:
    if one == MINE:
        return False
    try:
        node = meant(kg, one)
    except NotFoundError:
        return False
    return kg.ask(f"ASK {{ {node} a {GLOCAL.Source} }}")


def _beside_the_ground(kg: Graph, graph: Name) -> Graph:
    """A copy with one graph, and what all sources rest on: the ontology, places, the catalog."""
    return _part(kg, ("alone", graph), lambda name: name == graph or _is_ground(name))


def _ground(kg: Graph, graph: Name) -> Graph:
    """A copy with what all sources rest on, without one graph."""
    of_it = ("ground", graph if _is_ground(graph) else DefaultGraph())
    return _part(kg, of_it, lambda name: name != graph and _is_ground(name))


def _is_ground(name: object) -> bool:
    of_ours = isinstance(name, NamedNode) and name.value.startswith(ONTOLOGY.value)
    return of_ours or name in (GRAPH["places"], GRAPH["catalog"])


def _without(kg: Graph, graph: Name) -> Graph:
    """A copy with all graphs but one."""
    return _part(kg, ("without", graph), lambda name: name != graph)


# The parts of each graph at a moment of its facts: the next question need not infer in them again.
_parts: WeakKeyDictionary[Graph, tuple[object, dict[tuple[str, Name], Graph]]] = WeakKeyDictionary()
_MOST = 12


def _part(kg: Graph, key: tuple[str, Name], wanted: Callable[[object], bool]) -> Graph:
    now = kg._contents.store.moment
    moment, parts = _parts.get(kg, (None, {}))
    if moment is not now or len(parts) >= _MOST:
        parts = {}
        _parts[kg] = (now, parts)
    part = parts.get(key)
    if part is None:
        part = parts[key] = _with(kg, wanted)
    return part


def _with(kg: Graph, wanted: Callable[[object], bool]) -> Graph:
    copy = kg.copy()
    contents: Contents = copy._contents
    moment = contents.store.moment
    for number in moment.graphs(SAID).tolist():
        if not wanted(moment.term(number)):
            copy.remove(list(copy.facts.of_graphs([moment.term(number)])))
    return copy
