"""What may become a fact, and where it goes."""

from __future__ import annotations

from pyoxigraph import DefaultGraph, NamedNode, Quad, Triple

from glocal_kg._study.vocab import INFERRED
from glocal_kg.errors import GlocalError, ReadError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def placed(quads: Iterable[Quad], name: str, target: NamedNode) -> Iterator[Quad]:
    """The quads of a source called ``name``, those of no graph in ``target``.

    Raises ``ReadError`` at a quad that cannot be a fact.
    """
    for quad in quads:
        s, p, o, g = quad
        if type(o) is Triple:
            raise triple_term(name)
        if type(g) is DefaultGraph:
            yield Quad(s, p, o, target)
        elif g == INFERRED:
            raise _into_inferred(name)
        else:
            yield quad


def refuse(quad: Quad, name: str) -> None:
    """Raise ``ReadError`` for a quad that cannot be a fact."""
    if quad.graph_name == INFERRED:
        raise _into_inferred(name)
    if type(quad.object) is Triple:
        raise triple_term(name)


def triple_term(name: str) -> GlocalError:
    """The error for a triple in a triple."""
    return ReadError(
        "Triple terms (RDF 1.2) are not supported.",
        source=name,
        remedy="Describe the statement with a glocal:Proposition instead.",
    )


def _into_inferred(name: str) -> GlocalError:
    return ReadError(
        f"The graph <{INFERRED.value}> holds only what infer() puts there.",
        source=name,
        remedy="Put these statements into a graph of your own.",
    )
