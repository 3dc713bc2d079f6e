"""The W3C suites for SHACL Core and SHACL-SPARQL, read in place; reports compared as graphs."""

from __future__ import annotations

from pathlib import Path

import pytest
import rdflib
from rdflib.compare import isomorphic
from rdflib.namespace import RDF, RDFS, SH, Namespace

from glocal_kg._engines.shacl import ShapesError
from glocal_kg._engines.shacl.rdf_terms import to_rdflib
from tests.engines.shacl.tools import facts_of, report_of

W3C = Path(__file__).resolve().parents[4] / "shared" / "w3c"
SUITES = {"shacl-core": 98, "shacl-sparql": 23}
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


def cases(suite: str) -> list[Path]:
    """Every file of a suite that holds a test, also those that its manifests leave out."""
    files = sorted((W3C / suite).rglob("*.ttl"))
    return [path for path in files if "sht:Validate" in path.read_text(encoding="utf-8")]


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


@pytest.mark.skipif(not W3C.exists(), reason=f"the W3C suites are not at {W3C}")
@pytest.mark.parametrize("suite", SUITES)
def test_the_suites_are_whole(suite: str) -> None:
    assert len(cases(suite)) == SUITES[suite]


@pytest.mark.skipif(not W3C.exists(), reason=f"the W3C suites are not at {W3C}")
@pytest.mark.parametrize(
    "path",
    [path for suite in SUITES for path in cases(suite)] if W3C.exists() else [],
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
        if manifest.value(entry, MF.result) == SHT.Failure:
            with pytest.raises(ShapesError):
                report_of(data, shapes)
            continue
        report = report_of(data, shapes)
        expected = rdflib.Graph()
        copy_tree(manifest, manifest.value(entry, MF.result), expected)
        with_messages = (None, SH.resultMessage, None) in expected
        ours = comparable(report.to_graph(), with_messages)
        theirs = comparable(expected, with_messages)
        label = manifest.value(entry, RDFS.label)
        assert report.engines == ("fast",)
        assert isomorphic(ours, theirs), f"{label}\n{ours.serialize()}\n{theirs.serialize()}"
