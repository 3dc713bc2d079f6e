"""Reading shapes: from the triples of a shapes graph to plans, with errors that name the shape."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pyoxigraph import Literal, NamedNode

from glocal_kg._engines.shacl import constraints_set as sets
from glocal_kg._engines.shacl import constraints_shape as nested
from glocal_kg._engines.shacl import constraints_value as values
from glocal_kg._engines.shacl.constraints_value import NODE_KINDS, RANGES
from glocal_kg._engines.shacl.errors import ShapesError
from glocal_kg._engines.shacl.literals import is_legal
from glocal_kg._engines.shacl.paths import Path, read_path
from glocal_kg._engines.shacl.patterns import check_pattern
from glocal_kg._engines.shacl.report_graph import severity_name
from glocal_kg._engines.shacl.shape import Constraint, Shape, Target
from glocal_kg._engines.shacl.shapes_graph import ShapesGraph
from glocal_kg._engines.shacl.sparql import read_sparql
from glocal_kg._engines.shacl.terms import OWL, RDF, RDFS, SH, XSD, Term, short

_TARGETS = {
    "targetNode": "node",
    "targetClass": "class",
    "targetSubjectsOf": "subjects",
    "targetObjectsOf": "objects",
}
_INTEGERS = ("integer", "nonNegativeInteger", "positiveInteger", "int", "long", "short", "byte")
_DEPTH = 100  # shapes inside shapes
_SIZE = 100_000  # nested shapes in all, each counted as often as it is used


class Reader:
    """Reads every shape that a target leads to; ill-formed shapes nobody uses do no harm.

    ``beyond`` are the reasons, if any, why only the reference engine can run these shapes.
    """

    def __init__(self, graph: ShapesGraph) -> None:
        self.graph = graph
        self.shapes: dict[Term, Shape] = {}
        self.beyond = list(self._foreign())
        self._open: list[Term] = []
        self._sizes: dict[Term, int] = {}

    def roots(self) -> list[Shape]:
        """The shapes with targets, in the order of the graph, with all shapes they need.

        Raises ShapesError for anything that breaks the rules of SHACL, and for recursion.
        """
        for entailment in self.graph.pairs(SH + "entailment"):
            raise ShapesError(
                f"The shapes graph asks for the entailment {short(entailment[1])}.",
                shape=str(entailment[0]),
                remedy="Validation does not infer. Infer first, then validate all facts, and "
                "remove sh:entailment.",
            )
        targets = self._targets()
        for node in targets:
            self._read(node)
        return [self.shapes[node] for node in targets]

    def _foreign(self) -> Iterator[str]:
        """What SHACL-SPARQL and its kin define on their own, as reasons to ask another engine."""
        graph = self.graph
        for component in graph.subjects(RDF + "type", NamedNode(SH + "ConstraintComponent")):
            for parameter in graph.objects(component, SH + "parameter"):
                for path in graph.objects(parameter, SH + "path"):
                    if isinstance(path, NamedNode) and graph.pairs(path.value):
                        yield f"the constraint component {short(component)} is defined in SPARQL"
        for node, _ in graph.pairs(SH + "target"):
            yield f"the target of {short(node)} is defined in SPARQL"

    def _targets(self) -> dict[Term, list[Target]]:
        found: dict[Term, list[Target]] = {}
        for name, kind in _TARGETS.items():
            for node, term in self.graph.pairs(SH + name):
                if kind != "node" and not isinstance(term, NamedNode):
                    raise _wrong(node, name, term, "the IRI of a class or property")
                found.setdefault(node, []).append(Target(kind, term))
        for node in self._implicit_classes():
            found.setdefault(node, []).append(Target("class", node))
        self._targets_of = found
        return found

    def _implicit_classes(self) -> Iterator[Term]:
        graph = self.graph
        kinds: dict[Term, None] = {NamedNode(RDFS + "Class"): None, NamedNode(OWL + "Class"): None}
        queue = list(kinds)
        while queue:
            for sub in graph.subjects(RDFS + "subClassOf", queue.pop()):
                if sub not in kinds:
                    kinds[sub] = None
                    queue.append(sub)
        shapes = {NamedNode(SH + "NodeShape"), NamedNode(SH + "PropertyShape")}
        for node, kind in graph.pairs(RDF + "type"):
            if kind in shapes and any(t in kinds for t in graph.objects(node, RDF + "type")):
                yield node

    def _read(self, node: Term) -> None:
        if node in self._open:
            circle = [*self._open[self._open.index(node) :], node]
            raise ShapesError(
                f"The shape {short(node)} refers to itself: {' > '.join(map(short, circle))}.",
                shape=str(node),
                remedy="SHACL does not define recursive shapes. Break the circle, for example "
                "with sh:class in place of sh:node.",
            )
        if node in self.shapes:
            return
        if isinstance(node, Literal):
            raise ShapesError(f"{short(node)} is used as a shape.", shape=str(node))
        if len(self._open) == _DEPTH:
            raise _too_much(self._open[0], f"nests shapes more than {_DEPTH} deep")
        self._open.append(node)
        shape = self.shapes[node] = self._shape(node)
        self._open.pop()
        inner = [self._sizes[used] for part in shape.constraints for used in part.uses()]
        self._sizes[node] = 1 + sum(inner)
        if self._sizes[node] > _SIZE:
            raise _too_much(node, f"unfolds into more than {_SIZE:,} nested shapes")

    def _shape(self, node: Term) -> Shape:
        graph = self.graph
        head = graph.one(node, "path")
        path = None if head is None else read_path(graph, head)
        severity = graph.one(node, "severity")
        if severity is not None and not isinstance(severity, NamedNode):
            raise _wrong(node, "severity", severity, "an IRI such as sh:Warning")
        deactivated = graph.flag(node, "deactivated")
        return Shape(
            node=node,
            path=path,
            targets=tuple(self._targets_of.get(node, ())),
            constraints=() if deactivated else tuple(self._constraints(node, path)),
            severity=severity_name(severity.value) if severity else "violation",
            messages=tuple(
                m for m in graph.objects(node, SH + "message") if isinstance(m, Literal)
            ),
            owner=next((n for n in reversed(self._open) if isinstance(n, NamedNode)), None),
            deactivated=deactivated,
        )

    def _constraints(self, node: Term, path: Path | None) -> Iterator[Constraint]:
        yield from self._on_values(node)
        yield from self._on_sets(node, path)
        yield from self._on_shapes(node, path)
        for query in self.graph.objects(node, SH + "sparql"):
            constraint = read_sparql(self.graph, query, node, path)
            if isinstance(constraint, str):
                self.beyond.append(constraint)
            elif constraint is not None:
                yield constraint

    def _on_values(self, node: Term) -> Iterator[Constraint]:
        graph = self.graph
        for cls in self._iris(node, "class"):
            yield values.Class(cls)
        for datatype in self._iris(node, "datatype", once=True):
            yield values.Datatype(datatype)
        for kind in self._iris(node, "nodeKind", once=True):
            name = kind.value.removeprefix(SH)
            if name not in NODE_KINDS:
                kinds = ", ".join(f"sh:{known}" for known in NODE_KINDS)
                raise _wrong(node, "nodeKind", kind, f"one of {kinds}")
            yield values.NodeKind(name)
        for component in RANGES:
            name = component[0].lower() + component[1:]
            bound = graph.one(node, name)
            if bound is not None:
                if not isinstance(bound, Literal):
                    raise _wrong(node, name, bound, "a literal")
                yield values.Range(component, bound)
        for component in ("MinLength", "MaxLength"):
            name = component[0].lower() + component[1:]
            length = self._integer(node, name)
            if length is not None:
                yield values.Length(component, length)
        yield from self._pattern(node)
        tags = graph.one(node, "languageIn")
        if tags is not None:
            yield values.LanguageIn(tuple(self._texts(node, "languageIn", tags)))
        members = graph.one(node, "in")
        if members is not None:
            yield values.In(tuple(graph.list_of(members, node)))

    def _pattern(self, node: Term) -> Iterator[Constraint]:
        pattern, flags = self.graph.one(node, "pattern"), self.graph.one(node, "flags")
        if pattern is None:
            return
        if not isinstance(pattern, Literal):
            raise _wrong(node, "pattern", pattern, "a text")
        text = flags.value if isinstance(flags, Literal) else ""
        check_pattern(pattern.value, text, short(node))
        yield values.Pattern(pattern.value, text)

    def _on_sets(self, node: Term, path: Path | None) -> Iterator[Constraint]:
        graph = self.graph
        makers: dict[str, Callable[[int], Constraint]] = {
            "minCount": sets.MinCount,
            "maxCount": sets.MaxCount,
        }
        for name, make in makers.items():
            bound = self._integer(node, name)
            if bound is not None:
                _need_path(node, name, path)
                yield make(bound)
        for value in graph.objects(node, SH + "hasValue"):
            yield sets.HasValue(value)
        if graph.flag(node, "uniqueLang"):
            _need_path(node, "uniqueLang", path)
            yield sets.UniqueLang()
        for other in self._iris(node, "equals"):
            yield sets.Equals(other)
        for other in self._iris(node, "disjoint"):
            yield sets.Disjoint(other)
        for name, or_equals in (("lessThan", False), ("lessThanOrEquals", True)):
            for other in self._iris(node, name):
                _need_path(node, name, path)
                yield sets.LessThan(other, or_equals)
        if graph.flag(node, "closed"):
            yield sets.Closed(tuple(self._allowed(node)))

    def _allowed(self, node: Term) -> Iterator[NamedNode]:
        graph = self.graph
        for shape in graph.objects(node, SH + "property"):
            for path in graph.objects(shape, SH + "path"):
                if isinstance(path, NamedNode):
                    yield path
        head = graph.one(node, "ignoredProperties")
        for ignored in graph.list_of(head, node) if head is not None else ():
            if not isinstance(ignored, NamedNode):
                raise _wrong(node, "ignoredProperties", ignored, "a list of IRIs")
            yield ignored

    def _on_shapes(self, node: Term, path: Path | None) -> Iterator[Constraint]:
        graph = self.graph
        for shape in self._nested(graph.objects(node, SH + "node")):
            if self.shapes[shape].path is not None:
                raise ShapesError(
                    f"{short(node)}: sh:node leads to {short(shape)}, which has an sh:path.",
                    shape=str(node),
                    remedy="Use sh:property for a property shape.",
                )
            yield nested.Node(shape)
        for shape in self._nested(graph.objects(node, SH + "not")):
            yield nested.Not(shape)
        for component in ("And", "Or", "Xone"):
            for head in graph.objects(node, SH + component.lower()):
                members = graph.list_of(head, node)
                yield nested.Logic(component, tuple(self._nested(members)))
        for shape in self._nested(graph.objects(node, SH + "property")):
            if self.shapes[shape].path is None:
                raise ShapesError(
                    f"{short(node)}: sh:property leads to {short(shape)}, which has no sh:path.",
                    shape=str(node),
                    remedy="Give it an sh:path, or use sh:node for a node shape.",
                )
            yield nested.Property(shape)
        yield from self._qualified(node, path)

    def _qualified(self, node: Term, path: Path | None) -> Iterator[Constraint]:
        graph = self.graph
        shapes = list(self._nested(graph.objects(node, SH + "qualifiedValueShape")))
        if not shapes:
            return
        _need_path(node, "qualifiedValueShape", path)
        siblings: dict[Term, None] = {}
        if graph.flag(node, "qualifiedValueShapesDisjoint"):
            for parent in graph.subjects(SH + "property", node):
                for other in graph.objects(parent, SH + "property"):
                    found = graph.objects(other, SH + "qualifiedValueShape")
                    siblings |= dict.fromkeys(found)
        for shape in shapes:
            others = tuple(self._nested([other for other in siblings if other != shape]))
            for name, at_most in (("qualifiedMinCount", False), ("qualifiedMaxCount", True)):
                bound = self._integer(node, name)
                if bound is not None:
                    yield nested.Qualified(shape, bound, at_most, others)

    def _nested(self, shapes: list[Term]) -> Iterator[Term]:
        for shape in shapes:
            self._read(shape)
            yield shape

    def _iris(self, node: Term, name: str, once: bool = False) -> Iterator[NamedNode]:
        if once:
            self.graph.one(node, name)
        for term in self.graph.objects(node, SH + name):
            if not isinstance(term, NamedNode):
                raise _wrong(node, name, term, "an IRI")
            yield term

    def _integer(self, node: Term, name: str) -> int | None:
        term = self.graph.one(node, name)
        if term is None:
            return None
        kind = term.datatype.value.removeprefix(XSD) if isinstance(term, Literal) else ""
        if kind not in _INTEGERS or not is_legal(term.value, XSD + "integer"):
            raise _wrong(node, name, term, "a whole number")
        return int(term.value)

    def _texts(self, node: Term, name: str, head: Term) -> Iterator[str]:
        for term in self.graph.list_of(head, node):
            if not isinstance(term, Literal):
                raise _wrong(node, name, term, "a list of texts")
            yield term.value


def _too_much(node: Term, fault: str) -> ShapesError:
    return ShapesError(
        f"{short(node)} {fault}.",
        shape=str(node),
        remedy="Use each nested shape fewer times, or split the shape.",
    )


def _need_path(node: Term, name: str, path: Path | None) -> None:
    if path is None:
        raise ShapesError(
            f"{short(node)}: sh:{name} is used in a node shape.",
            shape=str(node),
            remedy="It belongs to a property shape: put it beside an sh:path.",
        )


def _wrong(node: Term, name: str, term: Term, wanted: str) -> ShapesError:
    return ShapesError(
        f"{short(node)}: sh:{name} is {short(term)}.",
        shape=str(node),
        remedy=f"Give {wanted}.",
    )
