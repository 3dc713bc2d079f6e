"""SHACL property paths: what they are, how they are read, shown and written back as RDF."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode

from glocal_kg._engines.shacl.node_places import fault, told
from glocal_kg._engines.shacl.rdf_terms import RDF, SH, Term, short
from glocal_kg._rdf.frozen import Frozen

TYPE_CHECKING = False
if TYPE_CHECKING:
    from glocal_kg._engines.shacl.shapes_graph import ShapesGraph
    from glocal_kg.errors import ShapesError


class Predicate(Frozen):
    """One step along a property."""

    iri: NamedNode

    def __str__(self) -> str:
        return short(self.iri)


class InversePath(Frozen):
    """The same way backward."""

    path: Path

    def __str__(self) -> str:
        return f"^{_group(self.path)}"


class SequencePath(Frozen):
    """One path after the other."""

    steps: tuple[Path, ...]

    def __str__(self) -> str:
        return "/".join(_group(step) for step in self.steps)


class AlternativePath(Frozen):
    """Any of several paths."""

    choices: tuple[Path, ...]

    def __str__(self) -> str:
        return "|".join(_group(choice) for choice in self.choices)


class RepeatedPath(Frozen):
    """A path taken again and again: ``*`` (zero), ``+`` (not zero), ``?`` (zero, once)."""

    path: Path
    zero: bool
    once: bool = False

    def __str__(self) -> str:
        return _group(self.path) + ("?" if self.once else "*" if self.zero else "+")


Path: TypeAlias = Predicate | InversePath | SequencePath | AlternativePath | RepeatedPath

Triple: TypeAlias = tuple[Term, str, Term]

_DEPTH = 100
_KINDS = (
    "alternativePath", "inversePath", "zeroOrMorePath", "oneOrMorePath", "zeroOrOnePath",
)  # fmt: skip
_REPEATS = {
    "zeroOrMorePath": (True, False),
    "oneOrMorePath": (False, False),
    "zeroOrOnePath": (True, True),
}


def _group(path: Path) -> str:
    return f"({path})" if isinstance(path, SequencePath | AlternativePath) else str(path)


def sparql(path: Path) -> str:
    """The path in the syntax of SPARQL, every IRI in full.

    >>> sparql(InversePath(Predicate(NamedNode("https://example.org/p"))))
    '^(<https://example.org/p>)'
    """
    match path:
        case Predicate(iri):
            return str(iri)
        case InversePath(inner):
            return f"^({sparql(inner)})"
        case SequencePath(steps):
            return "/".join(f"({sparql(step)})" for step in steps)
        case AlternativePath(choices):
            return "|".join(f"({sparql(choice)})" for choice in choices)
        case RepeatedPath(inner, zero, once):
            return f"({sparql(inner)}){'?' if once else '*' if zero else '+'}"


def read_path(graph: ShapesGraph, node: Term, shape: Term | None = None) -> Path:
    """The path that starts at a node of the shapes graph; ``shape`` is the one that has it.

    A blank node with both a list and another kind of path is read as the list, as the W3C
    suite wants it. Raises ShapesError for anything that is no path, with the node's name.
    """
    return _read(graph, node, () if shape is None else (shape,))


def _read(graph: ShapesGraph, node: Term, above: tuple[Term, ...]) -> Path:
    if isinstance(node, NamedNode):
        if node.value == RDF + "nil":
            raise _no_path(graph, (*above, node)[0], "the empty list")
        return Predicate(node)
    if node in above:
        raise fault(
            graph,
            above[0],
            "the path contains itself.",
            "Paths are trees: give the inner path a blank node of its own.",
        )
    if len(above) == _DEPTH:
        raise fault(
            graph,
            above[0],
            f"the path nests more than {_DEPTH} deep.",
            "Write a flat sequence or alternative.",
        )
    above = (*above, node)
    if graph.objects(node, RDF + "first"):
        steps = tuple(_read(graph, item, above) for item in graph.list_of(node, node))
        return SequencePath(_at_least_two(graph, steps, node, "sequence"))
    kinds = [name for name in _KINDS for _ in graph.objects(node, SH + name)]
    if len(kinds) > 1:
        raise fault(
            graph,
            node,
            f"the path is {len(kinds)} paths in one: sh:{' and sh:'.join(kinds)}.",
            "Give each a blank node of its own; sh:alternativePath takes a list.",
        )
    for inner in graph.objects(node, SH + "alternativePath"):
        choices = tuple(_read(graph, item, above) for item in graph.list_of(inner, node))
        return AlternativePath(_at_least_two(graph, choices, node, "sh:alternativePath"))
    for inner in graph.objects(node, SH + "inversePath"):
        return InversePath(_read(graph, inner, above))
    for name, (zero, once) in _REPEATS.items():
        for inner in graph.objects(node, SH + name):
            return RepeatedPath(_read(graph, inner, above), zero, once)
    literal = isinstance(node, Literal)
    raise _no_path(graph, above[0] if literal else node, told(node) if literal else "this node")


def _no_path(graph: ShapesGraph, place: Term, what: str) -> ShapesError:
    return fault(
        graph,
        place,
        f"{what} is used as a path but is none.",
        "Give the IRI of a property, a list of paths, or one of sh:inversePath, "
        "sh:alternativePath, sh:zeroOrMorePath, sh:oneOrMorePath, sh:zeroOrOnePath.",
    )


def _at_least_two(
    graph: ShapesGraph, parts: tuple[Path, ...], node: Term, what: str
) -> tuple[Path, ...]:
    if len(parts) < 2:
        raise fault(
            graph,
            node,
            f"the {what} path has {len(parts)} member(s).",
            "Such a path has at least two members; for one, name it directly.",
        )
    return parts


def write_path(path: Path, new: Callable[[], BlankNode]) -> tuple[Term, list[Triple]]:
    """The path as RDF: its node, and the triples that describe it.

    ``new`` makes the blank nodes. Equal to what was read, list by list.
    """
    match path:
        case Predicate(iri):
            return iri, []
        case SequencePath(steps):
            return _write_list(steps, new)
        case AlternativePath(choices):
            head, triples = _write_list(choices, new)
            name = "alternativePath"
        case InversePath(inner):
            head, triples = write_path(inner, new)
            name = "inversePath"
        case RepeatedPath(inner, zero, once):
            head, triples = write_path(inner, new)
            name = next(key for key, kind in _REPEATS.items() if kind == (zero, once))
    node = new()
    return node, [(node, SH + name, head), *triples]


def _write_list(parts: tuple[Path, ...], new: Callable[[], BlankNode]) -> tuple[Term, list[Triple]]:
    tail: Term = NamedNode(RDF + "nil")
    triples: list[Triple] = []
    for part in reversed(parts):
        head, inner = write_path(part, new)
        cell = new()
        triples += inner
        triples.append((cell, RDF + "first", head))
        triples.append((cell, RDF + "rest", tail))
        tail = cell
    return tail, triples


def parts(path: Path) -> Iterator[Path]:
    """A path and every path inside it.

    >>> p = Predicate(NamedNode("https://example.org/p"))
    >>> [str(part) for part in parts(SequencePath((p, InversePath(p))))][1:]
    ['<https://example.org/p>', '^<https://example.org/p>', '<https://example.org/p>']
    """
    yield path
    match path:
        case SequencePath(inner) | AlternativePath(inner):
            for part in inner:
                yield from parts(part)
        case InversePath(one) | RepeatedPath(one, _, _):
            yield from parts(one)
