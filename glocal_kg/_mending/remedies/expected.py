"""What a shape wanted of a value: the classes, datatypes and kinds of node that it names."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import BlankNode, NamedNode

from glocal_kg._engines.shacl.paths import AlternativePath, InversePath, Predicate
from glocal_kg._engines.shacl.report import Finding
from glocal_kg._mending.own import OwnFacts
from glocal_kg._rdf.namespaces import SH


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Classes and datatypes, any of which would do; ``literal`` where no thing would."""

    classes: tuple[NamedNode, ...]
    datatypes: tuple[NamedNode, ...]


def wanted(own: OwnFacts, finding: Finding) -> AnyOf:
    """What the shape of a finding, and the shapes nested in it, ask of a value."""
    classes: dict[NamedNode, None] = {}
    datatypes: dict[NamedNode, None] = {}
    shapes = [one.source_shape for one in (finding, *finding.details)]
    for shape in shapes:
        if not isinstance(shape, NamedNode | BlankNode):
            continue
        for quad in own.facts.quads_for_pattern(shape, SH["class"]):
            if isinstance(quad.object, NamedNode):
                classes[quad.object] = None
        for quad in own.facts.quads_for_pattern(shape, SH.datatype):
            if isinstance(quad.object, NamedNode):
                datatypes[quad.object] = None
    return AnyOf(tuple(classes), tuple(datatypes))


def properties(finding: Finding) -> list[tuple[NamedNode, bool]]:
    """The properties that a path of one step names, and whether it is walked backward.

    ``rdfs:label|skos:prefLabel`` gives both; a longer path gives none.
    """
    path = finding.path
    choices = path.choices if isinstance(path, AlternativePath) else (path,)
    found: list[tuple[NamedNode, bool]] = []
    for choice in choices:
        back = isinstance(choice, InversePath)
        step = choice.path if isinstance(choice, InversePath) else choice
        if isinstance(step, Predicate):
            found.append((step.iri, back))
    return found
