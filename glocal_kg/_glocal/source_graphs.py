"""Names of files and graphs as the IRIs of graphs, for verbs that take ``source``."""

from __future__ import annotations

import os
from contextlib import suppress

from glocal_kg.errors import ArgumentError, NotFoundError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from pyoxigraph import NamedNode

    from glocal_kg._graph.graph import Graph

_SOURCE = "a graph, a file that was added, 'mine', or a list of these"


def named_sources(
    kg: Graph, source: str | NamedNode | Sequence[str] | None, *words: str
) -> str | Sequence[str] | None:
    """The graphs that are named; ``mine`` and other ``words`` stay, and so does what is an IRI.

    A name is that of a graph, of an import or a file that was added, or of a source. Raises
    ``NotFoundError`` with the nearest names.
    """
    source = os.fspath(source) if isinstance(source, os.PathLike) else source
    listed = isinstance(source, list | tuple | set | frozenset)
    named = source is None or isinstance(source, str) or hasattr(source, "value")
    if not (named or listed):
        raise ArgumentError("source", source, _SOURCE)
    kept = ("mine", *words)
    if source is None or (isinstance(source, str) and source in kept):
        return source
    several = source if listed else (source,)
    if not several:
        raise ArgumentError("source", source, _SOURCE, remedy="None means everything.")
    found: list[str] = []
    for one in several:  # type: ignore[union-attr]  # listed where it is no single one
        found += [str(one)] if one in kept else _graphs(kg, one)  # type: ignore[arg-type]  # who gives another kind is told there
    return found[0] if len(found) == 1 and not listed else found


def _graphs(kg: Graph, name: str | NamedNode) -> list[str]:
    """The graphs of one name; an IRI that names none stays, since it may come to hold facts."""
    from glocal_kg._graph.naming import no_source
    from glocal_kg._lookup.whence import graphs_meant

    name = os.fspath(name) if isinstance(name, os.PathLike) else name
    text = name if isinstance(name, str) else str(getattr(name, "value", name))
    iri = "://" in text or text.startswith("urn:")
    try:
        return [kg.graph_named(text).value]
    except NotFoundError as error:
        if iri:
            return [text]
        with suppress(NotFoundError):
            found = [one.value for one in graphs_meant(kg, text) if hasattr(one, "value")]
            if found:
                return found
        raise no_source(kg, error) from None
