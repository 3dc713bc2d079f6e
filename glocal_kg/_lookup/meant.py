"""What a parameter that names nothing was meant to be: the nearest things of its class."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from pyoxigraph import NamedNode

from glocal_kg._graph.graph import Graph
from glocal_kg._graph.naming import things_named
from glocal_kg._questions.question import Question
from glocal_kg.errors import NotFoundError, ParameterError


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
