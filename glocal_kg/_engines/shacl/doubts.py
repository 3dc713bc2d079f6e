"""Doubts about a shapes graph: misspelt terms, shapes without use or without nodes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches

from pyoxigraph import NamedNode

from glocal_kg._engines.shacl.report import Doubt
from glocal_kg._engines.shacl.shape import Shape
from glocal_kg._engines.shacl.shapes_graph import ShapesGraph
from glocal_kg._engines.shacl.terms import RDF, SH, Term, plain, short
from glocal_kg._engines.shacl.unsatisfiable import about_shapes

_PARAMETERS = """
    and class closed datatype disjoint equals flags hasValue ignoredProperties in languageIn
    lessThan lessThanOrEquals maxCount maxExclusive maxInclusive maxLength minCount minExclusive
    minInclusive minLength node nodeKind not or pattern property qualifiedMaxCount
    qualifiedMinCount qualifiedValueShape qualifiedValueShapesDisjoint sparql uniqueLang xone
"""
_OTHERS = """
    alternativePath annotationProperty annotationValue annotationVarName ask conforms
    construct condition declare deactivated defaultValue description detail entailment expression
    filterShape focusNode group intersection inversePath js jsFunctionName jsLibrary jsLibraryURL
    labelTemplate message name namespace nodes nodeValidator object oneOrMorePath optional order
    parameter path predicate prefix prefixes propertyValidator result resultAnnotation
    resultMessage resultPath resultSeverity returnType rule select severity shapesGraph
    shapesGraphWellFormed sourceConstraint sourceConstraintComponent sourceShape subject
    suggestedShapesGraph target targetClass targetNode targetObjectsOf targetSubjectsOf this
    union update validator value zeroOrMorePath zeroOrOnePath
    AbstractResult BlankNode BlankNodeOrIRI BlankNodeOrLiteral ConstraintComponent Function IRI
    IRIOrLiteral Info JSConstraint JSExecutable JSFunction JSLibrary JSRule JSTarget JSTargetType
    JSValidator Literal NodeKind NodeShape Parameter Parameterizable PrefixDeclaration
    PropertyGroup PropertyShape ResultAnnotation Rule SPARQLAskExecutable SPARQLAskValidator
    SPARQLConstraint SPARQLConstructExecutable SPARQLExecutable SPARQLFunction SPARQLRule
    SPARQLSelectExecutable SPARQLSelectValidator SPARQLTarget SPARQLTargetType
    SPARQLUpdateExecutable Severity Shape Target TargetType TripleRule ValidationReport
    ValidationResult Validator Violation Warning
"""
_KNOWN = frozenset((_PARAMETERS + _OTHERS).split())
_SHOWN = 25  # misspelt terms that are named one by one
_IGNORED = {
    "rule": "Rules (sh:rule) are not run by a validation.",
    "js": "JavaScript is never run.",
}


def about_graph(
    graph: ShapesGraph, roots: Sequence[Shape], shapes: Mapping[Term, Shape]
) -> list[Doubt]:
    """What is doubtful in a shapes graph whatever the data."""
    return [
        *_misspelt(graph),
        *_not_run(graph),
        *_without_target(graph, shapes),
        *about_shapes(roots, shapes),
    ]


def about_targets(roots: Sequence[Shape], looked_at: Mapping[str, int]) -> list[Doubt]:
    """Shapes that looked at no node: a report that conforms says nothing about them."""
    found = []
    for shape in roots:
        if shape.deactivated or looked_at.get(plain(shape.node)):
            continue
        targets = ", ".join(_target_text(target.kind, target.term) for target in shape.targets)
        found.append(
            Doubt(
                "no-nodes",
                f"{short(shape.node)} looked at no node (target: {targets}).",
                plain(shape.node),
                "Check the target, or add data for it.",
            )
        )
    return found


def _target_text(kind: str, term: Term) -> str:
    words = {"node": "", "class": "class ", "subjects": "subjects of ", "objects": "objects of "}
    return words[kind] + short(term)


def _misspelt(graph: ShapesGraph) -> list[Doubt]:
    places: dict[str, Term] = {}
    for triple in graph:
        for term in (triple.predicate, triple.object, triple.subject):
            if isinstance(term, NamedNode) and term.value.startswith(SH):
                name = term.value[len(SH) :]
                known = name in _KNOWN or name.endswith("ConstraintComponent")
                if not known and not name.endswith(("-subject", "-path")):
                    places.setdefault(name, triple.subject)  # type: ignore[arg-type]
    found = []
    for name, node in list(places.items())[:_SHOWN]:
        close = get_close_matches(name, _KNOWN, 1, 0.6)
        hint = f"Did you mean sh:{close[0]}?" if close else "Remove it, or correct its name."
        text = f"SHACL has no sh:{name}; it was used at {short(node)} and had no effect."
        found.append(Doubt("misspelt", text, plain(node), hint))
    if len(places) > _SHOWN:
        text = f"SHACL does not have {len(places) - _SHOWN} more of the terms used."
        found.append(Doubt("misspelt", text))
    return found


def _not_run(graph: ShapesGraph) -> list[Doubt]:
    return [
        Doubt("not-run", text, plain(graph.pairs(SH + name)[0][0]))
        for name, text in _IGNORED.items()
        if graph.pairs(SH + name)
    ]


def _without_target(graph: ShapesGraph, shapes: Mapping[Term, Shape]) -> list[Doubt]:
    kinds = (NamedNode(SH + "NodeShape"), NamedNode(SH + "PropertyShape"))
    typed = dict.fromkeys(node for kind in kinds for node in graph.subjects(RDF + "type", kind))
    return [
        Doubt(
            "no-target",
            f"{short(node)} has no target and no shape with a target uses it.",
            plain(node),
            "Give it a target, such as sh:targetClass, or remove it.",
        )
        for node in typed
        if node not in shapes
    ]
