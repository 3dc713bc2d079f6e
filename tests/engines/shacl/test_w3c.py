"""The W3C SHACL Core suite, read in place; the reports are compared as graphs."""

from __future__ import annotations

from pathlib import Path

import pytest
import rdflib
from rdflib.compare import isomorphic
from rdflib.namespace import RDF, RDFS, SH, Namespace

from glocal_kg._engines.shacl.terms import to_rdflib
from tests.engines.shacl.tools import facts_of, report_of

SUITE = Path(__file__).resolve().parents[4] / "shared" / "w3c" / "shacl-core"
MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
SHT = Namespace("http://www.w3.org/ns/shacl-test#")
KEPT = {
    SH.focusNode,
    SH.resultPath,
    SH.value,
    SH.sourceShape,
    SH.sourceConstraintComponent,
    SH.resultSeverity,
}


def parse(path: Path) -> rdflib.Graph:
    """A file with every literal as written, which rdflib's own reader does not keep."""
    graph = rdflib.Graph()
    for quad in facts_of(path.read_bytes(), path.as_uri()):
        graph.add(tuple(to_rdflib(term) for term in (quad.subject, quad.predicate, quad.object)))
    return graph


def cases() -> list[Path]:
    """Every file that holds a test, found by following mf:include from the top manifest."""
    found, queue = [], [SUITE / "manifest.ttl"]
    while queue:
        manifest = queue.pop(0)
        graph = parse(manifest)
        for included in graph.objects(None, MF.include):
            queue.append(Path(rdflib.URIRef(included).removeprefix("file://")))
        if (None, RDF.type, SHT.Validate) in graph:
            found.append(manifest)
    return sorted(found)


def comparable(graph: rdflib.Graph, messages: bool) -> rdflib.Graph:
    """The part of a report that the suite compares; messages only where it expects them."""
    kept = rdflib.Graph()
    report = graph.value(None, RDF.type, SH.ValidationReport)
    assert report is not None
    kept.add((report, SH.conforms, graph.value(report, SH.conforms)))
    for result in graph.objects(report, SH.result):
        kept.add((report, SH.result, result))
        for p, o in graph.predicate_objects(result):
            if p in KEPT or (messages and p == SH.resultMessage):
                kept.add((result, p, o))
            if p == SH.resultPath:
                copy_tree(graph, o, kept)
    return kept


def copy_tree(graph: rdflib.Graph, node: rdflib.term.Node, into: rdflib.Graph) -> None:
    if isinstance(node, rdflib.BNode):
        for p, o in graph.predicate_objects(node):
            if (node, p, o) not in into:
                into.add((node, p, o))
                copy_tree(graph, o, into)


@pytest.mark.skipif(not SUITE.exists(), reason=f"the W3C suite is not at {SUITE}")
@pytest.mark.parametrize(
    "path",
    cases() if SUITE.exists() else [],
    ids=lambda path: f"{path.parent.name}/{path.stem}",
)
def test_w3c(path: Path) -> None:
    manifest = parse(path)
    for entry in manifest.subjects(RDF.type, SHT.Validate):
        action = manifest.value(entry, MF.action)
        files = [
            Path(str(manifest.value(action, p)).removeprefix("file://"))
            for p in (SHT.dataGraph, SHT.shapesGraph)
        ]
        data, shapes = (facts_of(file.read_bytes(), file.as_uri()) for file in files)
        report = report_of(data, shapes)
        expected = rdflib.Graph()
        copy_tree(manifest, manifest.value(entry, MF.result), expected)
        with_messages = (None, SH.resultMessage, None) in expected
        ours = comparable(report.to_graph(), with_messages)
        theirs = comparable(expected, with_messages)
        label = manifest.value(entry, RDFS.label)
        assert report.engines == ("fast",)
        assert isomorphic(ours, theirs), f"{label}\n{ours.serialize()}\n{theirs.serialize()}"
