"""Read the JSON-LD files of releases as a stream.

A JSON-LD parser has to hold a whole document, because a context may come last. In the files
this package writes, the context comes first and every node begins a line, so they are read
some nodes at a time, in bounded memory. Files of others are left to the parser.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import TextIO

from pyoxigraph import Quad, RdfFormat, parse

NODES_AT_ONCE = 2_000
_HEAD = ("{\n", '"@context": {\n', '  "@version": 1.1,\n')
_GRAPH, _END = '"@graph": [\n', "]\n"


def read_jsonld(path: Path, base: str | None = None) -> Iterator[Quad]:
    """The statements of a JSON-LD file.

    Raises ``SyntaxError`` where it is no JSON-LD, or begins like a file of a release and does
    not go on like one.
    """
    with path.open(encoding="utf-8", newline="\n") as file:
        if tuple(file.readline() for _ in _HEAD) == _HEAD:
            yield from _read_pieces(file)
            return
    yield from parse(path=str(path), format=RdfFormat.JSON_LD, base_iri=base)


def _read_pieces(file: TextIO) -> Iterator[Quad]:
    context = list(_HEAD)
    for line in file:
        context.append(line)
        if line == "},\n":
            break
    head = "".join(context)
    if context[-1] != "},\n":  # a context alone
        yield from parse(head, RdfFormat.JSON_LD)
        return
    if file.readline() != _GRAPH:
        raise SyntaxError("the nodes do not follow the context")
    graph = ""
    for kind, text, nodes in _pieces(file):
        if kind == "graph":
            graph = text
        elif kind == "end of graph":
            graph = ""
        else:
            inner = f'{graph}"@graph": [{nodes}]}}' if graph else nodes
            yield from parse(f'{head}"@graph": [{inner}]}}', RdfFormat.JSON_LD)


def _pieces(file: TextIO) -> Iterator[tuple[str, str, str]]:
    """The skeleton of the document, and its nodes in pieces: (kind, opening of graph, nodes)."""
    nodes: list[str] = []
    count = 0
    inside = False
    lines = chain(file)
    line = next(lines, "")
    while line:
        following = next(lines, "")
        if following == _GRAPH and line.startswith('{"id": ') and not inside:
            if nodes:
                yield "nodes", "", _joined(nodes)
            yield "graph", line, ""
            nodes, count, inside = [], 0, True
            following = next(lines, "")
        elif line in ("]}\n", "]},\n") and inside:
            if nodes:
                yield "nodes", "", _joined(nodes)
            yield "end of graph", "", ""
            nodes, count, inside = [], 0, False
        elif line == _END and following == "}\n" and not inside and not next(lines, ""):
            if nodes:
                yield "nodes", "", _joined(nodes)
            return
        elif line.startswith(("{", " ")):
            if line[0] == "{" and count == NODES_AT_ONCE:
                yield "nodes", "", _joined(nodes)
                nodes, count = [], 0
            count += line[0] == "{"
            nodes.append(line)
        else:
            raise SyntaxError(f"unexpected line {line[:60]!r}")
        line = following
    raise SyntaxError("the document ends too early")


def _joined(nodes: list[str]) -> str:
    return "".join(nodes).rstrip().removesuffix(",")
