"""The SPARQL service description of a release: which graphs an endpoint that serves it has.

Source: W3C, SPARQL 1.1 Service Description (2013).
"""

from __future__ import annotations

from glocal_kg._publish.descriptions.statements import FORMATS, SD, Statements
from glocal_kg._publish.descriptions.void import graph_iri
from glocal_kg._publish.gathering.release_facts import ReleaseFacts
from glocal_kg._rdf.namespaces import RDF, VOID

_RESULTS = (
    "SPARQL_Results_XML", "SPARQL_Results_JSON", "SPARQL_Results_CSV", "SPARQL_Results_TSV",
    "Turtle", "N-Triples", "RDF_XML", "JSON-LD",
)  # fmt: skip


def describe_service(facts: ReleaseFacts) -> Statements:
    """The service that serves a release. It has an address only where one was given."""
    out = Statements()
    stem = f"{facts.about.base}service.ttl#"
    service, dataset = f"{stem}service", f"{stem}dataset"
    out.say(service, RDF.type, SD.Service)
    if facts.about.endpoint:
        out.say(service, SD.endpoint, facts.about.endpoint)
    out.say(service, SD.supportedLanguage, SD.SPARQL11Query)
    for name in _RESULTS:
        out.say(service, SD.resultFormat, FORMATS[name])
    out.say(service, SD.defaultDataset, dataset)
    out.say(dataset, RDF.type, SD.Dataset)
    out.say(dataset, SD.defaultGraph, f"{stem}default-graph")
    out.say(f"{stem}default-graph", RDF.type, SD.Graph)
    for graph in facts.graphs:
        if not graph.name:
            out.say(f"{stem}default-graph", VOID.triples, graph.counts.triples)
        elif not graph.name.startswith("_:"):
            node = f"{stem}graph-{graph.slug}"
            out.say(dataset, SD.namedGraph, node)
            out.say(node, RDF.type, SD.NamedGraph)
            out.say(node, SD.name, graph.name)
            out.say(node, SD.graph, graph_iri(facts, graph))
            out.say(graph_iri(facts, graph), RDF.type, SD.Graph)
            out.say(graph_iri(facts, graph), VOID.triples, graph.counts.triples)
    return out
