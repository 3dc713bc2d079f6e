"""Names of files and graphs as the IRIs of graphs, for verbs that take ``source``."""

from __future__ import annotations

from glocal_kg.errors import ArgumentError, NotFoundError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from pyoxigraph import NamedNode

    from glocal_kg._graph.graph import Graph


def named_sources(
    kg: Graph, source: str | NamedNode | Sequence[str] | None, *words: str
) -> str | Sequence[str] | None:
    """The graphs that are named; ``mine`` and other ``words`` stay, and so does what is an IRI.

    Raises ``NotFoundError`` with the nearest names.
    """
    listed = isinstance(source, list | tuple | set | frozenset)
    named = source is None or isinstance(source, str) or hasattr(source, "value")
    if not (named or listed):
        raise ArgumentError("source", source, "a graph, a file that was added, 'mine', or a list")
    if source is None or source in ("mine", *words):
        return source  # type: ignore[return-value]
    if isinstance(source, str) or hasattr(source, "value"):
        return _one(kg, source)  # type: ignore[arg-type]
    if not hasattr(source, "__iter__"):
        return source  # the verb says what it takes
    return [one if one in ("mine", *words) else _one(kg, one) for one in source]


def _one(kg: Graph, name: str | NamedNode) -> str:
    try:
        return kg.graph_named(name).value
    except NotFoundError:
        text = name if isinstance(name, str) else getattr(name, "value", "")
        if "://" in text or text.startswith("urn:"):
            return text
        raise
