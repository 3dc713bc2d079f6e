"""What is told with an answer: where its rows come from, and what to do where there are none.

A question whose rows name no passage says in its header which column is attested, or which two
columns a fact links. The answer then ends with the graphs that say so, by the last part of their
names: ``deck``, ``my-practices``.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
from pyoxigraph import Literal, NamedNode

from glocal_kg._graph.graph import Graph
from glocal_kg._graph.naming import things_named
from glocal_kg._lookup.attesting import graphs_of_links, graphs_of_things
from glocal_kg._questions.answers.table import Table
from glocal_kg._questions.question import Question, names
from glocal_kg._rdf.namespaces import RDF
from glocal_kg._rdf.sparql.solution_table import numbered, packed
from glocal_kg._rdf.sparql.term_columns import TermColumn
from glocal_kg._rdf.store.facts import SAID
from glocal_kg._rdf.store.pairs import numbers_of
from glocal_kg._study.packaged import is_packaged
from glocal_kg._study.vocab import PREFIXES
from glocal_kg.errors import NotFoundError, ParameterError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from glocal_kg._rdf.store.moment import Column, Moment
    from glocal_kg._rdf.store.pairs import Numbers

SOURCE = "source"
_BARE = (
    "This graph has no ontology and no packaged facts, which packaged questions are about: "
    "kg.add(gk.load().facts) puts them in."
)


def annotated(kg: Graph, question: Question, table: Table) -> Table:
    """The table with sources; an empty one with a note where no packaged facts are there."""
    if not table and question.name in names() and not any(map(is_packaged, kg.graphs())):
        table.notes = (_BARE, *table.notes)
    return with_sources(kg, question, table)


def with_sources(kg: Graph, question: Question, table: Table) -> Table:
    """The table with a last column that says where each row comes from, where none does yet."""
    attested = question.attested
    if not attested or SOURCE in table.columns:
        return table
    moment = kg.facts.moment
    if attested[0] not in table.columns:  # a class, of whose things the row tells
        known = kg.prefixes.and_also(PREFIXES)  # a header means ours, whatever is bound
        said = [_graphs_of_class(moment, known.expand(attested[0]))]
        places = np.zeros(len(table), np.intp)
    else:
        columns = [_numbers(moment, table, table.columns.index(name)) for name in attested]
        rows, back = numbered(packed(columns))  # the different ones
        first = np.empty(len(rows), np.intp)
        first[back] = np.arange(len(back))
        said, of_row = graphs_of_things(moment, columns[0][first])
        if len(columns) > 1:
            linked, of_link = graphs_of_links(moment, *(column[first] for column in columns))
            of_row = np.where(of_link > 0, of_link + len(said), of_row)  # the first is no graph
            said += linked
        places = of_row[back]
    cells = [Literal(_names(moment, some)) for some in said]
    column = TermColumn(
        places.astype(np.int32), lambda some: list(map(cells.__getitem__, some.tolist())), 0
    )
    return table.with_column(SOURCE, "string", column)


def _numbers(moment: Moment, table: Table, place: int) -> Column:
    """The number of the term in each row, -1 where there is none."""
    columns = table._cells.columns
    if columns is not None:
        return columns[place].numbers
    terms = [row[place] for row in table.terms]
    distinct = [term for term in dict.fromkeys(terms) if term is not None]
    known = dict(zip(distinct, moment.find_many(distinct).tolist(), strict=True))
    return np.array([-1 if term is None else known[term] for term in terms], np.int32)


def _graphs_of_class(moment: Moment, kind: NamedNode) -> tuple[int, ...]:
    a, number = moment.find(RDF.type), moment.find(kind)
    if a is None or number is None:
        return ()
    graphs: Numbers = moment.scan_quads(None, a, number, SAID)[3]
    return tuple(numbers_of(graphs))


def _names(moment: Moment, graphs: Iterable[int]) -> str:
    """The last parts of the names of graphs."""
    terms = (moment.term(graph) for graph in graphs)
    names = {term.value.rpartition("/")[2] for term in terms if isinstance(term, NamedNode)}
    return "; ".join(sorted(names))


@contextmanager
def helped(kg: Graph, question: Question) -> Iterator[None]:
    """Raise what is raised about a parameter with the names of things that were possible."""
    try:
        yield
    except ParameterError as error:
        parameter = getattr(question, "parameters", {}).get(error.name)
        klass = getattr(parameter, "klass", None)
        if klass is None or error.remedy.startswith("Say which"):
            raise
        text = str(error.value).strip("'\"")
        told = _graph(kg, text) if error.name == "source" else ""
        told = told or _otherwise(kg, text) + _near(kg, text, klass)
        if not told:
            raise
        raise ParameterError(
            error.message, remedy=told.strip(), name=error.name, value=error.value
        ) from None


def _graph(kg: Graph, text: str) -> str:
    """The graphs and files that are named much like it."""
    try:
        kg.graph_named(text)
    except NotFoundError as error:
        return error.remedy if error.suggestions else ""
    return ""


def _otherwise(kg: Graph, text: str) -> str:
    """What has this name, where it is of another class."""
    named = [kg.prefixes.shorten(one.value) for one in things_named(kg, text)]
    return (
        f"{' and '.join(named[:3])} {'have' if named[1:] else 'has'} that name. " if named else ""
    )


def _near(kg: Graph, text: str, klass: NamedNode) -> str:
    from glocal_kg._lookup.searching import search  # only where a name fits none

    hits = search(kg, text.rpartition(":")[2].replace("-", " "), 60)
    fit = [hit for hit in hits if kg._is_a(NamedNode(hit.iri), klass)][:3]
    names = [f"'{hit.name}' ({kg.prefixes.shorten(hit.iri)})" for hit in fit]
    return f"Did you mean {' or '.join(names)}?" if names else ""
