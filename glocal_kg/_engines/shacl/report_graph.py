"""The standard SHACL validation report: a Report as an rdflib Graph, and back."""

from __future__ import annotations

from pyoxigraph import BlankNode, Literal, NamedNode

from glocal_kg._engines.shacl.paths import write_path
from glocal_kg._engines.shacl.rdf_terms import RDF, SH, XSD, Term, literals_as_written, to_rdflib
from glocal_kg._engines.shacl.report import SEVERITIES, Severity
from glocal_kg._rdf.namespaces import prefixes

TYPE_CHECKING = False
if TYPE_CHECKING:
    import rdflib

    from glocal_kg._engines.shacl.report import Finding, ValidationReport


def severity_iri(severity: Severity | NamedNode) -> NamedNode:
    """The IRI of a severity.

    >>> severity_iri("info").value
    'http://www.w3.org/ns/shacl#Info'
    """
    return severity if isinstance(severity, NamedNode) else NamedNode(SH + severity.capitalize())


def severity_of(iri: NamedNode) -> Severity | NamedNode:
    """The name of a severity, or the IRI itself where SHACL does not define it.

    >>> severity_of(NamedNode("http://www.w3.org/ns/shacl#Warning"))
    'warning'
    """
    return next((name for name in SEVERITIES if severity_iri(name) == iri), iri)


def write(report: ValidationReport) -> rdflib.Graph:
    """The report in the vocabulary of SHACL, section 3.6, nested details as sh:detail."""
    import rdflib

    with literals_as_written():
        return _written(report, rdflib.Graph())


def _written(report: ValidationReport, graph: rdflib.Graph) -> rdflib.Graph:
    for prefix, base in prefixes().items():
        graph.bind(prefix, base)
    top = BlankNode()
    boolean = Literal("true" if report.conforms else "false", datatype=NamedNode(XSD + "boolean"))
    _add(graph, top, RDF + "type", NamedNode(SH + "ValidationReport"))
    _add(graph, top, SH + "conforms", boolean)
    for found in report.results:
        _add(graph, top, SH + "result", _result(graph, found))
    return graph


def _add(graph: rdflib.Graph, s: Term, p: str, o: Term) -> None:
    graph.add((to_rdflib(s), to_rdflib(NamedNode(p)), to_rdflib(o)))


def _result(graph: rdflib.Graph, found: Finding) -> BlankNode:
    node = BlankNode()
    _add(graph, node, RDF + "type", NamedNode(SH + "ValidationResult"))
    _add(graph, node, SH + "focusNode", found.focus)
    _add(graph, node, SH + "resultSeverity", severity_iri(found.severity))
    _add(graph, node, SH + "sourceConstraintComponent", NamedNode(found.constraint))
    if found.source_shape is not None:
        _add(graph, node, SH + "sourceShape", found.source_shape)
    if found.source_constraint is not None:
        _add(graph, node, SH + "sourceConstraint", found.source_constraint)
    if found.value is not None:
        _add(graph, node, SH + "value", found.value)
    if found.path is not None:
        head, triples = write_path(found.path, BlankNode)
        _add(graph, node, SH + "resultPath", head)
        for triple in triples:
            _add(graph, *triple)
    messages = found.messages or ((Literal(found.message, language="en"),) if found.message else ())
    for message in messages:
        _add(graph, node, SH + "resultMessage", message)
    for detail in found.details:
        _add(graph, node, SH + "detail", _result(graph, detail))
    return node
