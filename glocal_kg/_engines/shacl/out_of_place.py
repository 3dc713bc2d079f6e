"""Properties of SHACL, and parameters of components, at nodes where nothing reads them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeAlias

from pyoxigraph import BlankNode, NamedNode

from glocal_kg._engines.shacl.node_places import owner_of, place_of, told
from glocal_kg._engines.shacl.rdf_terms import OWL, RDF, SH, Term, is_text, short
from glocal_kg._engines.shacl.report import Doubt
from glocal_kg._engines.shacl.shapes_graph import ShapesGraph
from glocal_kg._engines.shacl.terms_of_shacl import (
    ALSO,
    KIND_OF_TYPE,
    KIND_OF_VALUE,
    KINDS,
    PARAMETERS,
    PLACES,
)

_SHOWN = 25  # nodes that are named one by one
_WORDS = {
    "query": "an sh:sparql",
    "component": "a constraint component",
    "declaration": "an sh:declare",
    "ontology": "an ontology",
    "not run": "a rule or a node expression",
}
_LOOSE = "a node that no shape uses"
_Misplaced: TypeAlias = tuple[frozenset[str], frozenset[str]]
"""What a node is for, and what it should be for to have a property."""
_TARGETS = ("target", "targetClass", "targetNode", "targetObjectsOf", "targetSubjectsOf")


def out_of_place(
    graph: ShapesGraph, declared: Iterable[str], known: Callable[[str], bool]
) -> list[Doubt]:
    """A doubt for each node that has what nothing reads there.

    ``declared`` are the parameters of components, ``known`` tells the terms of SHACL: of what
    stands below another one something is said anyway.
    """
    kinds = _kinds(graph)
    found: dict[Term, dict[str, _Misplaced]] = defaultdict(dict)
    places = {SH + name: kinds_of for name, kinds_of in PLACES.items()}
    for name in declared:
        places.setdefault(name, frozenset({"shape", "target"}))
    for name, wanted in places.items():
        for node, _ in graph.pairs(name):
            here = kinds.get(node, frozenset())
            of_shacl = isinstance(node, NamedNode) and node.value.startswith(SH)
            if of_shacl or here & (wanted | {"not run"}):
                continue
            if here or _is_lost(graph, node, name, kinds, known):
                found[node][name] = here, wanted
    doubts = [_doubt(graph, node, names) for node, names in list(found.items())[:_SHOWN]]
    if len(found) > _SHOWN:
        more = len(found) - _SHOWN
        doubts.append(Doubt("no-effect", f"{more} more nodes have what has no effect there."))
    return [*dict.fromkeys(doubts), *_templates(graph)]


def _doubt(graph: ShapesGraph, node: Term, names: Mapping[str, _Misplaced]) -> Doubt:
    here, wanted = next(iter(names.values()))
    listed = ", ".join(short(NamedNode(name)) for name in names)
    has = "has" if len(names) == 1 else "have"
    place = place_of(graph, node)
    text = f"{place}: {listed} {has} no effect at {_words(here, 'and') or _LOOSE}."
    remedy = f"It belongs to {_words(wanted, 'or')}." if len(names) == 1 else ""
    return Doubt("no-effect", text, node.value if isinstance(node, NamedNode) else place, remedy)


def _words(kinds: frozenset[str], between: str) -> str:
    return f" {between} ".join(_word(kind) for kind in KINDS if kind in kinds)


def _word(kind: str) -> str:
    return _WORDS.get(kind, f"a {kind}")


def _kinds(graph: ShapesGraph) -> dict[Term, frozenset[str]]:
    """What the nodes of a shapes graph are for."""
    found: dict[Term, set[str]] = defaultdict(set)
    for name, kind in KIND_OF_TYPE.items():
        for node in graph.instances(SH + name):
            found[node].add(kind)
    for node in graph.instances(OWL + "Ontology"):
        found[node].add("ontology")
    for node, _ in graph.pairs(SH + "declare"):
        found[node].add("ontology")
    for name in _TARGETS:
        for node, _ in graph.pairs(SH + name):
            found[node].add("shape")
    for name, kind in KIND_OF_VALUE.items():
        for _, value in graph.pairs(SH + name):
            for node in _members(graph, value):
                if kind != "path" or isinstance(node, BlankNode):  # a property is not made here
                    found[node].add(kind)
    for _, target in graph.pairs(SH + "target"):
        for kind_of_target in graph.objects(target, RDF + "type"):
            found[kind_of_target].add("kind of target")
    for kinds in found.values():
        kinds |= {ALSO[kind] for kind in kinds if kind in ALSO}
    return {node: frozenset(kinds) for node, kinds in found.items()}


def _members(graph: ShapesGraph, node: Term) -> Iterator[Term]:
    """A node, or the members of the list that it is, and of lists in it, however broken."""
    seen: set[Term] = set()
    waiting = [node]
    while waiting:
        node = waiting.pop()
        if node in seen:
            continue
        seen.add(node)
        yield node
        waiting += [*graph.objects(node, RDF + "first"), *graph.objects(node, RDF + "rest")]


def _is_lost(
    graph: ShapesGraph,
    node: Term,
    name: str,
    kinds: dict[Term, frozenset[str]],
    known: Callable[[str], bool],
) -> bool:
    """Whether a node of no kind has a property of SHACL that nothing reads, and nothing tells.

    What bears constraints and is part of nothing is told as a shape that nothing uses.
    """
    if not name.startswith(SH):
        return False  # what a file says of its things may have the names of parameters
    if name[len(SH) :] in PARAMETERS and (isinstance(node, NamedNode) or not graph.referrers(node)):
        return False
    seen: set[Term] = set()
    while isinstance(node, BlankNode) and node not in seen:
        seen.add(node)
        owner, step, _ = owner_of(graph, node)
        if owner is None:
            return True
        node = owner
        if step.startswith(SH) and not known(step):
            return False
        if kinds.get(node, frozenset()) & {"not run"}:
            return False
    return True


def _templates(graph: ShapesGraph) -> Iterator[Doubt]:
    """Labels of components that are no texts."""
    for node, label in graph.pairs(SH + "labelTemplate"):
        if not is_text(label):
            place = place_of(graph, node)
            text = f"{place}: sh:labelTemplate is {told(label)}, which has no effect."
            name = node.value if isinstance(node, NamedNode) else place
            yield Doubt("no-effect", text, name, "Give a text.")
