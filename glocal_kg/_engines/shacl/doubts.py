"""Doubts about a shapes graph: misspelt terms, shapes without use or without nodes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches

from pyoxigraph import Literal, NamedNode

from glocal_kg._engines.shacl.foreign_patterns import foreign_pieces
from glocal_kg._engines.shacl.node_places import place_of, told
from glocal_kg._engines.shacl.out_of_place import out_of_place
from glocal_kg._engines.shacl.rdf_terms import OWL, RDF, SH, Term, short
from glocal_kg._engines.shacl.read_targets import SHAPE_CLASSES, class_nodes
from glocal_kg._engines.shacl.report import Doubt
from glocal_kg._engines.shacl.shape import Shape
from glocal_kg._engines.shacl.shapes_graph import ShapesGraph
from glocal_kg._engines.shacl.terms_of_shacl import PARAMETERS, TERMS
from glocal_kg._engines.shacl.unsatisfiable import about_shapes

_SHOWN = 25  # misspelt terms that are named one by one
EXPRESSIONS = "Node expressions (sh:expression) are not evaluated."
_NOT_RUN = {
    "rule": "Rules (sh:rule) are not run by a validation.",
    "js": "JavaScript is never run.",
    "expression": EXPRESSIONS,
    "resultAnnotation": "Annotations of results (sh:resultAnnotation) are not made.",
}
_DASH = "http://datashapes.org/dash#"
_OF_DASH = """
    closedByTypes coExistsWith hasValueIn hasValueWithClass nonRecursive reifiableBy rootClass
    scriptConstraint singleLine stem subSetOf symmetric uniqueValueForClass uriStart
"""
_HOLDERS = ("parameter", "condition", "filterShape", "rule", "expression")
"""Properties whose values bear parameters of constraints without being used as shapes."""


def about_graph(
    graph: ShapesGraph, roots: Sequence[Shape], shapes: Mapping[Term, Shape]
) -> list[Doubt]:
    """What is doubtful in a shapes graph whatever the data."""
    return [
        *_misspelt(graph),
        *_not_run(graph),
        *_untyped_components(graph),
        *_not_here(graph),
        *out_of_place(graph, _declared(graph), lambda iri: not _unknown(iri)),
        *_foreign_patterns(graph),
        *_without_target(graph, shapes),
        *about_shapes(roots, shapes),
    ]


def _foreign_patterns(graph: ShapesGraph) -> Iterator[Doubt]:
    """Patterns with what other languages have and XPath, whose expressions SHACL takes, has not.

    They are read here as those languages do; another engine may refuse them or find other texts.
    """
    for node, value in graph.pairs(f"{SH}pattern"):
        if isinstance(value, Literal):
            flags = graph.objects(node, SH + "flags")
            told_flags = flags[0].value if flags and isinstance(flags[0], Literal) else ""
            for piece, hint in foreign_pieces(value.value, told_flags):
                yield Doubt(
                    "pattern",
                    f"{place_of(graph, node)}: sh:pattern has {piece}, which no regular expression"
                    " of SHACL has; other engines may refuse it or find other texts.",
                    _name(graph, node),
                    hint,
                )


def about_targets(roots: Sequence[Shape], looked_at: Mapping[str, int]) -> list[Doubt]:
    """Shapes that looked at no node: a report that conforms says nothing about them."""
    found = []
    for shape in roots:
        if shape.deactivated or looked_at.get(shape.key):
            continue
        targets = ", ".join(_target_text(target.kind, target.term) for target in shape.targets)
        found.append(
            Doubt(
                "no-nodes",
                f"{shape.place} looked at no node (target: {targets}).",
                shape.key,
                "Check the target, or add data for it.",
            )
        )
    return found


def _target_text(kind: str, term: Term) -> str:
    words = {"node": "", "class": "class ", "subjects": "subjects of ", "objects": "objects of "}
    others = {"query": "a query", "unknown": "of a kind that is not known"}
    return others[kind] if kind in others else words[kind] + told(term)


def _misspelt(graph: ShapesGraph) -> list[Doubt]:
    places: dict[str, Term] = {}
    for predicate in graph.predicates():
        pairs = graph.pairs(predicate)
        if _unknown(predicate):
            places.setdefault(predicate[len(SH) :], pairs[0][0])
        for s, o in pairs:
            for term in (o, s):
                if isinstance(term, NamedNode) and _unknown(term.value):
                    places.setdefault(term.value[len(SH) :], s)
    found = []
    for name, node in list(places.items())[:_SHOWN]:
        close = get_close_matches(name, TERMS, 1, 0.6)
        hint = f"Did you mean sh:{close[0]}?" if close else "Remove it, or correct its name."
        place = place_of(graph, node)
        text = f"SHACL has no sh:{name}; it was used at {place} and had no effect."
        found.append(Doubt("misspelt", text, _name(graph, node), hint))
    if len(places) > _SHOWN:
        text = f"SHACL does not have {len(places) - _SHOWN} more of the terms used."
        found.append(Doubt("misspelt", text))
    return found


def _unknown(iri: str) -> bool:
    """Whether it looks like a name of SHACL and is none."""
    if not iri.startswith(SH):
        return False
    name = iri[len(SH) :]
    endings = ("ConstraintComponent", "-subject", "-path")
    return name != "" and name not in TERMS and not name.endswith(endings)


def _not_run(graph: ShapesGraph) -> list[Doubt]:
    found = []
    for name, text in _NOT_RUN.items():
        pairs = graph.pairs(SH + name)
        if pairs:
            node = pairs[0][0]
            where = f" First at {place_of(graph, node)}."
            found.append(Doubt("not-run", text + where, _name(graph, node)))
    defined = _declared(graph)
    for name in _OF_DASH.split():
        pairs = graph.pairs(_DASH + name)
        if pairs and _DASH + name not in defined:
            node = pairs[0][0]
            text = f"dash:{name} is no part of SHACL and had no effect at {place_of(graph, node)}."
            remedy = "Add dash.ttl, which defines it in SPARQL, to the shapes."
            found.append(Doubt("not-run", text, _name(graph, node), remedy))
    return found


def _not_here(graph: ShapesGraph) -> Iterator[Doubt]:
    """What a shapes graph imports (SHACL 3.1) and does not hold: nothing is fetched."""
    named = dict.fromkeys(other for _, other in graph.pairs(OWL + "imports"))
    missing = [
        short(node)
        for node in named
        if isinstance(node, NamedNode)
        and not node.value.startswith(SH.rstrip("#"))
        and not (graph.objects(node, RDF + "type") or graph.objects(node, SH + "declare"))
    ]
    if missing:
        more = f" and {len(missing) - _SHOWN} more" if len(missing) > _SHOWN else ""
        text = (
            f"owl:imports: {', '.join(missing[:_SHOWN])}{more} was not read, nor any shape in it."
        )
        yield Doubt("not-run", text, "", "Put what is imported into the shapes where it matters.")


def _untyped_components(graph: ShapesGraph) -> Iterator[Doubt]:
    """Nodes with validators that are no components, by their type or for want of a parameter."""
    typed = set(graph.instances(SH + "ConstraintComponent"))
    validators = ("validator", "nodeValidator", "propertyValidator")
    nodes = dict.fromkeys(node for name in validators for node, _ in graph.pairs(SH + name))
    for node in nodes:
        if node not in typed:
            place = place_of(graph, node)
            text = f"{place} has a validator, but is no constraint component, so it was not run."
            remedy = "Type it as sh:ConstraintComponent, or as a class below it."
            yield Doubt("not-run", text, _name(graph, node), remedy)
        elif not graph.objects(node, SH + "parameter"):
            text = f"{place_of(graph, node)} has no sh:parameter, so no shape has it."
            yield Doubt("not-run", text, _name(graph, node), "Give it one (SHACL 6.2).")


def _declared(graph: ShapesGraph) -> set[str]:
    """The properties that components of the shapes graph take as parameters."""
    paths = (
        path
        for component in graph.instances(SH + "ConstraintComponent")
        for parameter in graph.objects(component, SH + "parameter")
        for path in graph.objects(parameter, SH + "path")
    )
    return {path.value for path in paths if isinstance(path, NamedNode)}


def _without_target(graph: ShapesGraph, shapes: Mapping[Term, Shape]) -> list[Doubt]:
    found = []
    classes = set(class_nodes(graph))
    typed = dict.fromkeys(graph.instances(*SHAPE_CLASSES))
    for node in typed | dict.fromkeys(_with_constraints(graph)):
        undeclared, shape = node in classes and node not in typed, shapes.get(node)
        if shape is not None and not (undeclared and _leaves_out(shape)):
            continue
        place, name = place_of(graph, node), _name(graph, node)
        if undeclared:
            so = "no shape, so it looks at no node"
            if shape is not None:
                so = "is not typed as a shape, so its members are not looked at"
            text = f"{place} is a class with constraints, but {so}."
            remedy = "Type it as sh:NodeShape too, or give it an sh:targetClass."
        else:
            text = f"{place} has no target and no shape with a target uses it."
            remedy = "Give it a target, such as sh:targetClass, or remove it."
        found.append(Doubt("no-target", text, name, remedy))
    return found


def _leaves_out(shape: Shape) -> bool:
    """Whether a shape that is a class looks at what it names, and not at its members."""
    own = ((target.kind, target.term) for target in shape.targets)
    return not shape.deactivated and ("class", shape.node) not in own


def _with_constraints(graph: ShapesGraph) -> Iterator[Term]:
    """Nodes that bear constraints and are no part of something else."""
    parameters = set(graph.instances(SH + "Parameter"))
    for name in PARAMETERS:
        for node, _ in graph.pairs(SH + name):
            if node in parameters or any(graph.subjects(SH + use, node) for use in _HOLDERS):
                continue
            if isinstance(node, NamedNode) or not graph.referrers(node):
                yield node


def _name(graph: ShapesGraph, node: Term) -> str:
    return node.value if isinstance(node, NamedNode) else place_of(graph, node)
