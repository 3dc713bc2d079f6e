"""The reference engine: pyshacl on the same facts and shapes, to the same findings.

It is slow and independent, and so the judge of the fast engine. Everything is copied into
rdflib graphs of its own; nothing of the user's is touched.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from glocal_kg._engines.shacl.data import Data
from glocal_kg._engines.shacl.findings import labels
from glocal_kg._engines.shacl.node_places import fault
from glocal_kg._engines.shacl.paths import read_path
from glocal_kg._engines.shacl.queries import declared
from glocal_kg._engines.shacl.rdf_terms import (
    RDF,
    SH,
    Term,
    choose_text,
    from_rdflib,
    literals_as_written,
    short,
    to_rdflib,
)
from glocal_kg._engines.shacl.report import Finding
from glocal_kg._engines.shacl.report_graph import severity_of
from glocal_kg._engines.shacl.shape import Constraint, Shape
from glocal_kg._engines.shacl.shapes_graph import ShapesGraph
from glocal_kg._rdf.sparql.refused import service_at
from glocal_kg._rdf.sparql.tokens import QueryText
from glocal_kg.errors import QueryError, ShapesError

TYPE_CHECKING = False
if TYPE_CHECKING:
    import rdflib
    from rdflib.term import Node


def violations_of(
    data: Data, graph: ShapesGraph, shapes: Mapping[Term, Shape], languages: Sequence[str]
) -> list[Finding]:
    """What pyshacl finds, sorted, with labels as in every other report.

    Raises ShapesError where pyshacl refuses the shapes, or where a query in them could reach
    the network. Rules of the shapes graph are left out, since validation adds no facts.
    """
    import rdflib
    from pyshacl import validate

    from glocal_kg._rdf import looked_at

    _refuse_network(graph)
    facts, rules = looked_at.graph(), looked_at.graph()
    with literals_as_written():
        for s, p, o in data.index.columns().tolist():
            facts.add(_row(data.terms[s], data.terms[p], data.terms[o]))
        for triple in graph:
            row = _row(triple.subject, triple.predicate, triple.object)  # type: ignore[arg-type]  # no triple terms in shapes
            if triple.predicate.value != SH + "rule":
                rules.add(row)
        for prefix, iri in graph.prefixes.items():
            facts.bind(prefix, iri)
            rules.bind(prefix, iri)
        advanced = bool(
            graph.pairs(SH + "target")
            or graph.pairs(SH + "expression")
            or graph.instances(SH + "SPARQLFunction")
        )
        try:
            _, report, text = validate(facts, shacl_graph=rules, advanced=advanced)
        except Exception as error:
            text = getattr(error, "message", "") or str(error) or type(error).__name__
            raise ShapesError(
                f"pyshacl cannot use the shapes: {text}",
                remedy="Change what it names, or leave it to the fast engine.",
            ) from error
        if not isinstance(report, rdflib.Graph):
            raise ShapesError(f"pyshacl cannot use the shapes: {report}")
        return _Results(data, report, shapes, languages).all()


def _refuse_network(graph: ShapesGraph) -> None:
    """Raise ShapesError for a query, or a prefix of one, that could reach another server.

    rdflib has its own ideas of where a word ends, so SERVICE is looked for in the text as well.
    """
    for owner, declaration in graph.pairs(SH + "declare"):
        declared(graph, declaration, owner)
    for name in ("select", "ask"):
        for owner, query in graph.pairs(SH + name):
            if not isinstance(query, Literal):
                continue
            try:
                words = {t.text for t in QueryText(query.value).tokens() if t.kind == "word"}
            except QueryError as error:
                raise fault(graph, owner, error.message, error.remedy) from None
            found = sorted(words & {"SERVICE", "FROM", "LOAD"})
            if found or service_at(query.value) is not None:
                message = f"the query uses {', '.join(found) or 'SERVICE'}."
                raise fault(graph, owner, message, "Nothing is asked over the network.")


def _row(s: Term, p: Term, o: Term) -> tuple[Node, Node, Node]:
    return to_rdflib(s), to_rdflib(p), to_rdflib(o)


class _Results:
    """A report of pyshacl read back."""

    def __init__(
        self,
        data: Data,
        report: rdflib.Graph,
        shapes: Mapping[Term, Shape],
        languages: Sequence[str],
    ) -> None:
        self.data = data
        self.shapes = shapes
        self.languages = languages
        self.graph = ShapesGraph(
            Triple(*(from_rdflib(node) for node in row))  # type: ignore[arg-type]  # each part of its kind
            for row in report
        )

    def all(self) -> list[Finding]:
        found = []
        for top in self.graph.subjects(RDF + "type", NamedNode(SH + "ValidationReport")):
            found += [self._result(node) for node in self.graph.objects(top, SH + "result")]
        return sorted(
            found,
            key=lambda v: (short(v.source_shape), v.constraint, str(v.focus), str(v.value)),
        )

    def _one(self, node: Term, name: str) -> Term | None:
        found = self.graph.objects(node, SH + name)
        return found[0] if found else None

    def _result(self, node: Term) -> Finding:
        focus = self._one(node, "focusNode")
        constraint = self._one(node, "sourceConstraintComponent")
        severity = self._one(node, "resultSeverity")
        path = self._one(node, "resultPath")
        source = self._one(node, "sourceShape")
        assert focus is not None
        assert isinstance(constraint, NamedNode)
        texts = self.graph.objects(node, SH + "resultMessage")
        messages = tuple(text for text in texts if isinstance(text, Literal))
        chosen = choose_text(messages, self.languages)
        spoken = self._constraint(source, constraint.value)
        way = None if path is None else read_path(self.graph, path)
        return Finding(
            focus=focus,
            constraint=constraint.value,
            source_shape=source,
            shape=self.shapes[source].title if source and source in self.shapes else "",
            path=way,
            value=self._one(node, "value"),
            message=chosen.value if chosen else "",
            expected=spoken.expected if spoken else "",
            remedy=spoken.remedy("" if way is None else str(way)) if spoken else "",
            severity=severity_of(severity) if isinstance(severity, NamedNode) else "violation",
            label=self._label(focus),
            messages=messages,
            source_constraint=self._one(node, "sourceConstraint"),
            details=tuple(self._result(part) for part in self.graph.objects(node, SH + "detail")),
        )

    def _constraint(self, source: Term | None, component: str) -> Constraint | None:
        """The constraint that spoke, as far as our own reading of the shapes knows it."""
        shape = self.shapes.get(source) if source is not None else None
        known = shape.constraints if shape else ()
        return next((part for part in known if part.iri == component), None)

    def _label(self, focus: Term) -> str:
        import numpy as np

        number = self.data.terms.find(focus)
        if number is None or isinstance(focus, BlankNode | Literal):
            return ""
        return labels(self.data, np.array([number], np.int32), self.languages).get(number, "")
