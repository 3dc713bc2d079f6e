"""From the parameters of a shape to its constraints, for the components of SHACL Core."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from pyoxigraph import Literal, NamedNode

from glocal_kg._engines.shacl import constraints_set as sets
from glocal_kg._engines.shacl import constraints_shape as nested
from glocal_kg._engines.shacl import constraints_value as values
from glocal_kg._engines.shacl.constraints_value import NODE_KINDS, RANGES
from glocal_kg._engines.shacl.given import NodeParameters
from glocal_kg._engines.shacl.node_places import fault
from glocal_kg._engines.shacl.paths import Path
from glocal_kg._engines.shacl.patterns import check_pattern
from glocal_kg._engines.shacl.rdf_terms import RDF, SH, XSD, Term
from glocal_kg._engines.shacl.shape import Constraint, Shape

_TEXTS = (XSD + "string", RDF + "langString")
_MANDATORY = {
    "flags": ("pattern",),
    "ignoredProperties": ("closed",),
    "qualifiedValueShape": ("qualifiedMinCount", "qualifiedMaxCount"),
    "qualifiedMinCount": ("qualifiedValueShape",),
    "qualifiedMaxCount": ("qualifiedValueShape",),
    "qualifiedValueShapesDisjoint": ("qualifiedValueShape",),
}
"""Parameters that have an effect only beside one of some others."""


def on_values(given: NodeParameters) -> Iterator[Constraint]:
    """Constraints that each value meets or fails by itself."""
    for cls in given.iris("class"):
        yield values.Class(cls)
    for datatype in given.iris("datatype", once=True):
        yield values.Datatype(datatype)
    for kind in given.iris("nodeKind", once=True):
        name = kind.value.removeprefix(SH)
        if name not in NODE_KINDS:
            kinds = ", ".join(f"sh:{known}" for known in NODE_KINDS)
            raise given.wrong("nodeKind", kind, f"one of {kinds}")
        yield values.NodeKind(name)
    for component in RANGES:
        bound = given.literal(_parameter(component))
        if bound is not None:
            yield values.Range(component, bound)
    for component in ("MinLength", "MaxLength"):
        length = given.integer(_parameter(component))
        if length is not None:
            yield values.Length(component, length)
    yield from _pattern(given)
    tags = given.members("languageIn")
    if tags is not None:
        yield values.LanguageIn(tuple(_languages(given, tags)))
    members = given.members("in")
    if members is not None:
        yield values.In(tuple(members))


def on_sets(given: NodeParameters, path: Path | None) -> Iterator[Constraint]:
    """Constraints on all values of a node together."""
    makers: dict[str, Callable[[int], Constraint]] = {
        "minCount": sets.MinCount,
        "maxCount": sets.MaxCount,
    }
    for name, make in makers.items():
        bound = given.integer(name)
        if bound is not None:
            _need_path(given, name, path)
            yield make(bound)
    for value in given.all("hasValue"):
        yield sets.HasValue(value)
    if given.flag("uniqueLang"):
        _need_path(given, "uniqueLang", path)
        yield sets.UniqueLang()
    for other in given.iris("equals"):
        yield sets.Equals(other)
    for other in given.iris("disjoint"):
        yield sets.Disjoint(other)
    for name, or_equals in (("lessThan", False), ("lessThanOrEquals", True)):
        for other in given.iris(name):
            _need_path(given, name, path)
            yield sets.LessThan(other, or_equals)
    allowed = tuple(_allowed(given))
    if given.flag("closed"):
        yield sets.Closed(allowed)


def on_shapes(
    given: NodeParameters, path: Path | None, read: Callable[[Term], Shape]
) -> Iterator[Constraint]:
    """Constraints that ask for other shapes, which ``read`` reads."""
    for shape in _nested(given.all("node"), read):
        if shape.path is not None:
            raise fault(
                given.graph,
                given.node,
                f"sh:node leads to {shape.place}, which has an sh:path.",
                "Use sh:property for a property shape.",
            )
        yield nested.Node(shape.node, nested.demand_of(shape))
    for shape in _nested(given.all("not"), read):
        yield nested.Not(shape.node, nested.demand_of(shape))
    for component in ("And", "Or", "Xone"):
        for head in given.all(component.lower()):
            members = list(_nested(given.graph.list_of(head, given.node), read))
            told = ", ".join(map(nested.demand_of, members))
            yield nested.Logic(component, tuple(shape.node for shape in members), told)
    for shape in _nested(given.all("property"), read):
        if not given.graph.predicates_of(shape.node):
            continue  # nothing is said of it here, which the reader tells as a doubt
        if shape.path is None:
            raise fault(
                given.graph,
                given.node,
                f"sh:property leads to a shape that has no sh:path: {shape.place}.",
                "Give it an sh:path, or use sh:node for a node shape.",
            )
        yield nested.Property(shape.node, nested.demand_of(shape))
    yield from _qualified(given, path, read)


def without_effect(given: NodeParameters) -> Iterator[str]:
    """What is given without the parameter that it needs beside it."""
    for name, others in _MANDATORY.items():
        if given.all(name) and not any(given.all(other) for other in others):
            needed = " or ".join(f"sh:{other}" for other in others)
            yield f"sh:{name} has no effect without {needed}"


def _parameter(component: str) -> str:
    return component[0].lower() + component[1:]


def _pattern(given: NodeParameters) -> Iterator[Constraint]:
    pattern, flags = given.text("pattern"), given.text("flags") or ""
    if pattern is not None:
        reason = check_pattern(pattern, flags)
        if reason is not None:
            raise fault(given.graph, given.node, *reason)
        yield values.Pattern(pattern, flags)


def _languages(given: NodeParameters, tags: Iterable[Term]) -> Iterator[str]:
    for term in tags:
        if not isinstance(term, Literal) or term.datatype.value != XSD + "string":
            raise given.wrong("languageIn", term, "a list of texts without a language")
        yield term.value


def _allowed(given: NodeParameters) -> Iterator[NamedNode]:
    for shape in given.all("property"):
        for path in given.graph.objects(shape, SH + "path"):
            if isinstance(path, NamedNode):
                yield path
    for ignored in given.members("ignoredProperties") or ():
        if not isinstance(ignored, NamedNode):
            raise given.wrong("ignoredProperties", ignored, "a list of IRIs")
        yield ignored


def _qualified(
    given: NodeParameters, path: Path | None, read: Callable[[Term], Shape]
) -> Iterator[Constraint]:
    graph = given.graph
    shapes = list(_nested(given.all("qualifiedValueShape"), read))
    disjoint = given.flag("qualifiedValueShapesDisjoint")
    if not shapes:
        return
    _need_path(given, "qualifiedValueShape", path)
    siblings: dict[Term, None] = {}
    for parent in graph.subjects(SH + "property", given.node) if disjoint else ():
        for other in graph.objects(parent, SH + "property"):
            siblings |= dict.fromkeys(graph.objects(other, SH + "qualifiedValueShape"))
    for shape in shapes:
        others = [other for other in siblings if other != shape.node]
        nodes = tuple(other.node for other in _nested(others, read))
        for name, at_most in (("qualifiedMinCount", False), ("qualifiedMaxCount", True)):
            bound = given.integer(name)
            if bound is not None:
                yield nested.Qualified(shape.node, nested.demand_of(shape), bound, at_most, nodes)


def _nested(nodes: Iterable[Term], read: Callable[[Term], Shape]) -> Iterator[Shape]:
    for node in nodes:
        yield read(node)


def _need_path(given: NodeParameters, name: str, path: Path | None) -> None:
    if path is None:
        raise fault(
            given.graph,
            given.node,
            f"sh:{name} is used in a node shape.",
            "It belongs to a property shape: put it beside an sh:path.",
        )
