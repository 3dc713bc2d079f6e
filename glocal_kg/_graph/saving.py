"""Writing the facts of a graph to a file or stream, with its prefixes."""

from __future__ import annotations

import os
from io import BytesIO, TextIOBase
from typing import Any, BinaryIO, Literal, TextIO

import numpy as np
from pyoxigraph import (
    CanonicalizationAlgorithm,
    Dataset,
    DefaultGraph,
    NamedNode,
    Quad,
    Triple,
    serialize,
)

from glocal_kg._graph.contents import following
from glocal_kg._rdf.formats import (
    N_QUADS,
    N_TRIPLES,
    RDF_FORMATS,
    Format,
    by_code,
    by_suffix,
    packing_of,
)
from glocal_kg._rdf.store.facts import Facts
from glocal_kg._rdf.store.loading import numbered
from glocal_kg._rdf.store.pairs import numbers_of
from glocal_kg._rdf.store.selection import Selection
from glocal_kg._rdf.store.text_order import OrderedFacts
from glocal_kg._rdf.writing.fact_lines import lines
from glocal_kg._rdf.writing.packing import packed
from glocal_kg._rdf.writing.whole_file import expect_folder, whole_file
from glocal_kg.errors import ArgumentError, GlocalError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from glocal_kg._graph.graph import Graph

Written = Literal["asserted", "inferred", "all"]
"""Which facts are written."""
_BY_LINES = (N_TRIPLES, N_QUADS)


def write(
    kg: Graph,
    target: str | os.PathLike[str] | BinaryIO | TextIO,
    graph: str | NamedNode | None,
    format: str | None,
    facts: Written,
    interpreted: bool = False,
) -> int:
    """Write facts in the order of their texts; returns how many. See ``Graph.write``."""
    if not (isinstance(target, str | os.PathLike) or hasattr(target, "write")):
        raise ArgumentError("target", target, "a path or a file object")
    if isinstance(target, str | os.PathLike):
        expect_folder(target)
    known = _format(target, format)
    chosen = _chosen(kg, graph, facts, interpreted)
    named = known.named_graphs and graph is None
    if facts != "inferred" and graph is None and not named and len(chosen.graphs()) > 1:
        raise GlocalError(
            f"{known.code} holds one graph, and there are several.",
            remedy="Write TriG or N-Quads, or name the graph to write.",
        )
    columns = chosen.moment.scan_quads(None, None, None, chosen.selection)
    ordered = OrderedFacts(chosen.terms, columns if named else columns[:3])
    if isinstance(target, str | os.PathLike):
        packing, name = packing_of(os.fspath(target)), os.path.basename(target)
        inner = name[: len(name) - len(packing)]
        inner = inner if by_suffix(inner) else inner + known.suffix
        with whole_file(target) as file, packed(file, packing, inner) as out:
            _write(kg, ordered, known, out)
        return len(ordered)
    send = _sender(target)
    if known in _BY_LINES:
        for piece in lines(ordered):
            send(piece)
    else:  # what cannot be written is found on the way: then nothing has gone out
        held = BytesIO()
        _write(kg, ordered, known, held)
        send(held.getvalue())
    return len(ordered)


def _sender(target: BinaryIO | TextIO) -> Callable[[bytes], object]:
    """What takes the bytes for a stream."""
    if isinstance(target, TextIOBase):
        return lambda data: target.write(data.decode())
    return target.write  # type: ignore[return-value]  # a stream of bytes here


def _chosen(kg: Graph, graph: str | NamedNode | None, facts: Written, interpreted: bool) -> Facts:
    """The facts to write, all of one moment."""
    if facts != "asserted" and graph is not None:
        raise ArgumentError("graph", graph, f"none: {facts} facts are not those of one graph")
    if facts != "inferred" and interpreted:
        raise ArgumentError(
            "interpreted",
            interpreted,
            f"False beside facts={facts!r}, which has what is read into the sources",
            remedy="Leave it out; facts='inferred' takes it.",
        )
    if facts == "all":
        return kg.all_facts
    if facts == "inferred":
        return _inferred(kg, interpreted)
    chosen = kg.facts
    if graph is None:
        return chosen
    number = chosen.moment.find(kg.graph_named(graph))
    one = () if number is None else (number,)
    return Facts(chosen.moment, Selection(chosen.selection.layers, one))


def _inferred(kg: Graph, interpreted: bool) -> Facts:
    """What follows, worked out first where it has not been."""
    return Facts(kg.seen(interpreted=interpreted).moment, Selection(following(interpreted)))


def _write(kg: Graph, facts: OrderedFacts, format: Format, out: BinaryIO) -> None:
    if format in _BY_LINES:
        for piece in lines(facts):
            out.write(piece)
        return
    assert format.rdf is not None
    used = {prefix: iri for prefix, iri in kg.prefixes.items() if facts.has(f"<{iri}".encode())}
    serialize(statements(facts), out, format=format.rdf, prefixes=used)


def inferred_in_order(kg: Graph, *, interpreted: bool = False) -> OrderedFacts:
    """What was inferred, where the names of blank nodes tell nothing but what is said of them.

    They are those of RDFC-1.0, so that another run with the same facts writes the same.
    """
    facts = _inferred(kg, interpreted)
    rows, terms = facts.columns(), facts.terms
    ends = rows[:, [0, 2]]
    nodes = np.array(numbers_of(ends.ravel()), np.int32)
    blank = np.isin(ends, nodes[terms.sorts(nodes) == ord("_")]).any(axis=1)
    if blank.any():
        get = terms.__getitem__
        renamed = Dataset(Quad(*map(get, row)) for row in rows[blank].tolist())
        renamed.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
        rows = np.concatenate((rows[~blank], numbered(renamed, terms, DefaultGraph())))
    return OrderedFacts(terms, list(rows.T[:3]))


def statements(facts: OrderedFacts) -> Iterator[Any]:
    """Facts as triples, or as quads where they have a fourth column."""
    for numbers, columns in facts.parts():
        get = facts.dictionary.take(numbers).__getitem__
        made = Triple if len(columns) < 4 else Quad
        yield from map(made, *(map(get, column.tolist()) for column in columns))


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
