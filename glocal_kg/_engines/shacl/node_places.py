"""Where a node stands in a shapes graph: words that say the same in every run.

A blank node has no name, only a label that each reading makes anew. So people are told the way
to it, from the nearest shape that has a name.
"""

from __future__ import annotations

from pyoxigraph import BlankNode, NamedNode

from glocal_kg._engines.shacl.rdf_terms import RDF, SH, Term, short
from glocal_kg.errors import ShapesError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from glocal_kg._engines.shacl.shapes_graph import ShapesGraph

_TARGETS = ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf")
_LONGEST = 100  # letters of a term
_SHOWN = 6  # steps of a way
_FIRST, _REST = RDF + "first", RDF + "rest"
_SIGNS = {"zeroOrMorePath": "*", "oneOrMorePath": "+", "zeroOrOnePath": "?"}


def place_of(graph: ShapesGraph, node: Term) -> str:
    """The name of a node, or the way to it: ``ex:S > sh:property ex:p > sh:or 2``.

    A step is a property of SHACL, with the place in a list counted from 1, and the path of a
    property shape.
    """
    steps: list[str] = []
    seen: set[Term] = set()
    while isinstance(node, BlankNode) and node not in seen:
        seen.add(node)
        owner, predicate, place = owner_of(graph, node)
        if owner is None:
            break
        path = "" if predicate == SH + "path" else _path_text(graph, node)
        steps.append(" ".join(filter(None, (short(NamedNode(predicate)), place, path))))
        node = owner
    if isinstance(node, BlankNode):
        head = _nameless(graph, node)
    else:
        head = short(node) if isinstance(node, NamedNode) else told(node)
    steps.append(head)
    steps.reverse()
    if len(steps) > _SHOWN:
        steps[2 : 2 - _SHOWN] = ["..."]
    return " > ".join(steps)


def told(term: Term | None) -> str:
    """A term in an error: short, on one line, and the same in every run.

    >>> told(BlankNode()), told(None)
    ('a blank node', 'nothing')
    """
    if term is None:
        return "nothing"
    if isinstance(term, BlankNode):
        return "a blank node"
    text = short(term)
    if len(text) > _LONGEST:
        text = f"{text[: _LONGEST - 20]} ... ({len(text):,} letters)"
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in text)


def fault(graph: ShapesGraph, node: Term, message: str, remedy: str) -> ShapesError:
    """The error of a shapes graph that is wrong at a node."""
    place = place_of(graph, node)
    name = str(node) if isinstance(node, NamedNode) else place
    return ShapesError(f"{place}: {message}", shape=name, remedy=remedy)


def owner_of(graph: ShapesGraph, node: Term) -> tuple[Term | None, str, str]:
    """Who refers to a node, by which property, and its place in a list; None where nobody does."""
    for owner, predicate in graph.referrers(node):
        if predicate not in (_FIRST, _REST):
            return owner, predicate, ""
        if predicate == _FIRST:
            head, number = _head_of(graph, owner)
            if head is not None:
                for above, way in graph.referrers(head):
                    return above, way, str(number)
    return None, "", ""


def _head_of(graph: ShapesGraph, cell: Term) -> tuple[Term | None, int]:
    """The first cell of the list that a cell is part of, and the cell's place in it.

    Places once found are kept: of a long list each member asks for its own.
    """
    known, way = graph.heads, dict[Term, None]()
    while cell not in known:
        if cell in way:
            return None, 0
        way[cell] = None
        before = graph.subjects(_REST, cell)
        if not before:
            known[cell] = cell, 0
        else:
            cell = before[0]
    head, number = known[cell]
    for one in reversed(way):
        number += 1
        known[one] = head, number
    return known[next(iter(way), cell)]


def _nameless(graph: ShapesGraph, node: Term) -> str:
    for name in _TARGETS:
        for target in graph.objects(node, SH + name):
            return f"the shape without a name for sh:{name} {told(target)}"
    path = _path_text(graph, node)
    return f"a shape without a name for {path}" if path else "a shape without a name"


def _path_text(graph: ShapesGraph, shape: Term) -> str:
    for path in graph.objects(shape, SH + "path"):
        return _read(graph, path, 4)
    return ""


def _read(graph: ShapesGraph, path: Term, depth: int) -> str:
    """A path for people, whatever may be wrong with it."""
    if isinstance(path, NamedNode):
        return short(path)
    if depth == 0 or not isinstance(path, BlankNode):
        return "..."
    for inner in graph.objects(path, SH + "inversePath"):
        return f"^{_read(graph, inner, depth - 1)}"
    for name, sign in _SIGNS.items():
        for inner in graph.objects(path, SH + name):
            return f"{_read(graph, inner, depth - 1)}{sign}"
    between = "/"
    for head in graph.objects(path, SH + "alternativePath"):
        path, between = head, "|"
    steps: list[str] = []
    while len(steps) < 4 and graph.objects(path, _FIRST):
        steps.append(_read(graph, graph.objects(path, _FIRST)[0], depth - 1))
        path = next(iter(graph.objects(path, _REST)), path)
    return between.join(steps) or "..."
