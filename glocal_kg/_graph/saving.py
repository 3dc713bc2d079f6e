"""Writing the facts of a graph to a file or stream, with its prefixes."""

from __future__ import annotations

import os
from io import TextIOBase
from typing import BinaryIO, TextIO

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Triple, serialize

from glocal_kg._rdf.formats import (
    GZIP_SUFFIX,
    RDF_FORMATS,
    Format,
    by_code,
    by_suffix,
    packing_of,
)
from glocal_kg.errors import ArgumentError, GlocalError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from glocal_kg._graph.graph import Graph


def write(
    kg: Graph,
    target: str | os.PathLike[str] | BinaryIO | TextIO,
    graph: str | NamedNode | None,
    format: str | None,
) -> int:
    """Write asserted facts, sorted; returns how many. See ``Graph.write``."""
    known = _format(target, format)
    quads = sorted(kg.facts.quads_for_pattern(g=_name(kg, graph)), key=str)
    if graph is not None or not known.named_graphs:
        if graph is None and len({quad.graph_name for quad in quads} - {DefaultGraph()}) > 1:
            raise GlocalError(
                f"{known.code} holds one graph, and there are several.",
                remedy="Write TriG or N-Quads, or name the graph to write.",
            )
        data = _text(kg, [quad.triple for quad in quads], known.rdf)
    else:
        data = _text(kg, quads, known.rdf)
    if isinstance(target, str | os.PathLike):
        from glocal_kg._rdf.writing.whole_file import write_whole

        write_whole(target, _packed(os.fspath(target), data))
    elif isinstance(target, TextIOBase):
        target.write(data.decode())
    elif hasattr(target, "write"):
        target.write(data)  # type: ignore[arg-type]
    else:
        raise ArgumentError("target", target, "a path or a file object")
    return len(quads)


def _packed(name: str, data: bytes) -> bytes:
    """The data as the name promises it: plain, or packed with gzip, the same each time."""
    packing = packing_of(name)
    if not packing:
        return data
    if packing != GZIP_SUFFIX:
        raise GlocalError(
            f"Files are not written as {packing}.", remedy=f"Take {GZIP_SUFFIX}, or no packing."
        )
    from gzip import compress

    return compress(data, mtime=0)


def stays() -> GlocalError:
    """The error where somebody would pickle a graph."""
    return GlocalError(
        "A graph does not travel to another process; its answers do.",
        remedy="Write it to a file and add that there, or let each process open its folder:"
        " gk.open(path, read_only=True).",
    )


def _format(target: object, format: str | None) -> Format:
    known = None
    if format is not None:
        known = by_code(format)
    elif isinstance(target, str | os.PathLike):
        known = by_suffix(os.fspath(target))
    if known is None or known.rdf is None:
        codes = ", ".join(one.code for one in RDF_FORMATS)
        raise GlocalError(
            "The name does not tell the format.", remedy=f"Give format=, one of {codes}."
        )
    return known


def _name(kg: Graph, graph: str | NamedNode | None) -> NamedNode | None:
    return None if graph is None else kg.graph_named(graph)


def _text(kg: Graph, facts: list[Quad] | list[Triple], format: RdfFormat | None) -> bytes:
    assert format is not None
    terms = {str(part)[1:] for one in facts for part in one}  # "<" is cut off
    used = {
        prefix: iri
        for prefix, iri in kg.prefixes.items()
        if any(term.startswith(iri) for term in terms)
    }
    data = serialize(facts, format=format, prefixes=used)
    assert data is not None
    return data
