"""Canonical names for blank nodes within a limit: a poisoned graph is refused, never waited for.

RDFC-1.0 tries the orders of blank nodes that look alike, and linked ones that all look alike
make it try factorially many: a clique of ten keeps a machine busy for hours (RDFC-1.0, 7.1,
dataset poisoning). Where few nodes look alike and there are few statements, the work is small and
done at once. Else another process does it, which can be ended: by Ctrl-C, and where many look
alike after a time.
"""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from pyoxigraph import BlankNode, CanonicalizationAlgorithm, Dataset, Quad

from glocal_kg._rdf.deadline import look, time_left
from glocal_kg.errors import GlocalError

SECONDS = 20.0
"""How long one graph may take, and as much again for every 100,000 statements."""

_FEW = 5  # linked nodes that look alike: 5! orders take hundredths of a second
_MANY = 20_000  # statements: beyond, the work takes seconds in which Ctrl-C would be deaf
_MASK = {True: "me", False: "another"}
_CHILD = """
import sys
from pyoxigraph import CanonicalizationAlgorithm, Dataset, RdfFormat, parse
dataset = Dataset(parse(sys.stdin.buffer, RdfFormat.N_QUADS))
dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
sys.stdout.buffer.write("".join(f"{quad} .\\n" for quad in dataset).encode())
"""


def canonicalize(quads: Iterable[Quad]) -> list[str]:
    """The canonical N-Quads of statements that all touch blank nodes, in no order.

    Raises ``GlocalError`` where that takes too long.
    """
    members = list(dict.fromkeys(quads))
    knotted = _largest_knot(members) > _FEW
    if not knotted and len(members) <= _MANY:
        dataset = Dataset(members)
        dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
        return [f"{quad} ." for quad in dataset]
    return _elsewhere(members, limited=knotted)


def _elsewhere(members: Sequence[Quad], *, limited: bool) -> list[str]:
    """The same in a process of its own, which a limit of time and Ctrl-C end."""
    limit = SECONDS * (1 + len(members) // 100_000)
    text = "".join(f"{quad} .\n" for quad in members).encode()
    try:
        done = subprocess.run(
            [sys.executable, "-c", _CHILD],
            input=text,
            capture_output=True,
            timeout=time_left(limit if limited else None),
            check=True,
        )
    except subprocess.TimeoutExpired:
        look()
        raise GlocalError(
            f"{len(members)} statements hang together by blank nodes that all look alike; to name"
            f" them canonically (RDFC-1.0) takes more than {limit:.0f} seconds.",
            remedy="Such graphs are made to stop software. Give the nodes IRIs, or leave them out.",
        ) from None
    except subprocess.CalledProcessError as error:
        told = error.stderr.decode(errors="replace").strip().splitlines()
        raise GlocalError(
            f"The canonical form cannot be worked out: {told[-1] if told else 'no reason given'}.",
            remedy="Please report this with the data.",
        ) from None
    return done.stdout.decode().split("\n")[:-1]


def _largest_knot(members: Sequence[Quad]) -> int:
    """How many blank nodes hang together that what is said of each alone does not tell apart."""
    colors = _colors(members)
    alike = Counter(colors.values())
    leader = {node: node for node, color in colors.items() if alike[color] > 1}

    def find(node: BlankNode) -> BlankNode:
        while leader[node] != node:
            leader[node] = leader[leader[node]]
            node = leader[node]
        return node

    for quad in members:
        linked = [term for term in quad if isinstance(term, BlankNode) and term in leader]
        for one, other in pairwise(linked):
            leader[find(one)] = find(other)
    return max(Counter(map(find, leader)).values(), default=0)


def _colors(members: Sequence[Quad]) -> dict[BlankNode, int]:
    """A color for each blank node: what is said of it, all other blank nodes being the same.

    This is the first degree of RDFC-1.0: where it tells two nodes apart, no orders are tried.
    """
    seen: dict[BlankNode, list[int]] = {}
    for quad in members:
        for node in {term for term in quad if isinstance(term, BlankNode)}:
            seen.setdefault(node, []).append(_seen(quad, node))
    return {node: hash(tuple(sorted(around))) for node, around in seen.items()}


def _seen(quad: Quad, node: BlankNode) -> int:
    """A statement as one of its blank nodes sees it."""
    return hash(
        tuple(_MASK[term == node] if isinstance(term, BlankNode) else term for term in quad)
    )
