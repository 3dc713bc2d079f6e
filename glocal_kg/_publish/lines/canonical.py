"""One graph, one text: canonical N-Quads and their hash, as RDFC-1.0 defines them.

The lines of statements without blank nodes are canonical as they stand, so they are only
sorted. The statements that touch a blank node go through RDFC-1.0 on their own: the
algorithm looks at nothing else to name a blank node, so the names come out the same.
Source: W3C, RDF Dataset Canonicalization (2024).
"""

from __future__ import annotations

import hashlib
import heapq
from collections.abc import Iterable, Iterator
from itertools import chain, compress, islice
from pathlib import Path
from tempfile import TemporaryDirectory

from pyoxigraph import BlankNode, Literal, Quad, Triple

from glocal_kg._publish.lines.external_sort import sort_lines
from glocal_kg._publish.lines.poison import canonicalize
from glocal_kg._rdf.deadline import look
from glocal_kg.errors import GlocalError

_TOGETHER = 64  # statements whose texts are looked at as one


def quad_line(quad: Quad) -> str:
    r"""The canonical N-Quads line of a statement, without the line feed.

    >>> from pyoxigraph import Literal, NamedNode
    >>> a = NamedNode("https://example.org/a")
    >>> quad_line(Quad(a, a, Literal("1\n2")))
    '<https://example.org/a> <https://example.org/a> "1\\n2" .'
    """
    return f"{quad} ."


def has_blank(quad: Quad) -> bool:
    """Whether a statement touches a blank node, as subject, object or graph name."""
    return (
        isinstance(quad.subject, BlankNode)
        or isinstance(quad.object, BlankNode)
        or isinstance(quad.graph_name, BlankNode)
    )


def canonical_lines(quads: Iterable[Quad], folder: Path) -> Iterator[str]:
    """The canonical N-Quads of a graph or dataset, line by line, in order, without repeats.

    ``folder`` is for temporary files. Only the statements with blank nodes are held in memory.
    """
    blanks: list[Quad] = []
    ground = sort_lines(chain.from_iterable(_ground(quads, blanks)), folder)
    if not blanks:
        return ground
    return heapq.merge(ground, iter(canonical_blanks(blanks)))


def canonical_blanks(quads: Iterable[Quad]) -> list[str]:
    """Sorted canonical lines of statements that all touch blank nodes (RDFC-1.0, SHA-256).

    Raises ``GlocalError`` for a poisoned graph, which would take forever.
    """
    return sorted(canonicalize(quads))


def canonical_hash(quads: Iterable[Quad]) -> str:
    """SHA-256 of the canonical N-Quads, in hexadecimal: equal for equal graphs.

    >>> from pyoxigraph import Literal, NamedNode
    >>> p = NamedNode("https://example.org/p")
    >>> one = [Quad(BlankNode("x"), p, Literal("1.50"))]
    >>> other = [Quad(BlankNode("y"), p, Literal("1.50"))]
    >>> canonical_hash(one) == canonical_hash(other)
    True
    >>> canonical_hash(one) == canonical_hash([Quad(BlankNode("x"), p, Literal("1.5"))])
    False
    """
    with TemporaryDirectory(prefix="glocal-") as folder:
        return hash_lines(canonical_lines(quads, Path(folder)))


def hash_lines(lines: Iterable[str]) -> str:
    """SHA-256 of lines, each ended by a line feed, in hexadecimal."""
    digest = hashlib.sha256()
    for line in lines:
        digest.update(line.encode())
        digest.update(b"\n")
    return digest.hexdigest()


def fingerprint(quads: Iterable[Quad]) -> tuple[int, int, str]:
    """A mark that two graphs share when they are the same, made in one pass without sorting.

    Returns the number of ground statements, the sum of their hashes modulo 2^256 and the
    canonical hash of the statements with blank nodes. The graph must not repeat statements.
    """
    blanks: list[Quad] = []
    number, total = 0, 0
    for lines in _ground(quads, blanks):
        number += len(lines)
        total += sum(map(_number_of, lines))
    return number, total % (1 << 256), hash_lines(canonical_blanks(blanks))


def _number_of(line: str) -> int:
    return int.from_bytes(hashlib.sha256(line.encode()).digest(), "big")


def _ground(quads: Iterable[Quad], blanks: list[Quad]) -> Iterator[list[str]]:
    """Lines without blank nodes, some at a time; the other statements are put into ``blanks``.

    The text of all together is looked at first, which is much cheaper than asking each term.
    """
    waiting = iter(quads)
    while some := list(islice(waiting, _TOGETHER)):
        look()
        lines = [f"{quad} ." for quad in some]
        text = "\n".join(lines)
        if "<<(" in text or "--ltr" in text or "--rtl" in text:
            for quad in some:
                _refuse_rdf12(quad)
        if "_:" in text:
            apart = [
                (line[0] == "_" or " _:" in line) and has_blank(quad)
                for quad, line in zip(some, lines, strict=True)
            ]
            blanks += compress(some, apart)
            lines = [line for line, one in zip(lines, apart, strict=True) if not one]
        yield lines


def _refuse_rdf12(quad: Quad) -> None:
    term = quad.object
    if isinstance(term, Triple) or (isinstance(term, Literal) and term.direction):
        raise GlocalError(
            f"A statement has a value that only RDF 1.2 can write: {quad} .",
            remedy="Remove it or express it with RDF 1.1 terms.",
        )
