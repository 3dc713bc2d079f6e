"""VoID: what is in the graph, in numbers, by class, property and class or datatype of values.

Partitions nest class, property, object class, and ``void-ext:datatypePartition`` for
literals: the form in which the SPARQL editor of SIB reads a graph's schema.
Sources: W3C Interest Group Note VoID (2011); http://ldf.fi/void-ext.
"""

from __future__ import annotations

from pyoxigraph import BlankNode, Literal

from glocal_kg._publish.descriptions.statements import FORMATS, SD, VOID_EXT, Statements, texts
from glocal_kg._publish.gathering.counts import ANY, Counts, PropertyCount, namespace
from glocal_kg._publish.gathering.release_facts import GraphFacts, PartFacts, ReleaseFacts
from glocal_kg._rdf.namespaces import DCTERMS, FOAF, RDF, VOID

_FORMAT_NAMES = {
    "text/turtle": "Turtle",
    "application/n-triples": "N-Triples",
    "application/rdf+xml": "RDF_XML",
    "application/trig": "TriG",
    "application/n-quads": "N-Quads",
    "application/ld+json": "JSON-LD",
}


def describe_void(facts: ReleaseFacts, out: Statements) -> None:
    """Say in VoID what a release holds: the dataset, its subsets, partitions and linksets."""
    about, me = facts.about, facts.about.dataset
    out.say(f"{about.base}void.ttl", RDF.type, VOID.DatasetDescription)
    out.say(f"{about.base}void.ttl", FOAF.primaryTopic, me)
    out.say(me, RDF.type, VOID.Dataset)
    out.say(me, FOAF.homepage, about.homepage)
    out.say(me, VOID.uriSpace, Literal(about.space))
    if facts.counts.example:
        out.say(me, VOID.exampleResource, facts.counts.example)
    dumps = [file for file in facts.files if file.part == facts.whole.name]
    for name in sorted({_FORMAT_NAMES[file.media_type] for file in dumps}):
        out.say(me, VOID.feature, FORMATS[name])
    for file in dumps:
        out.say(me, VOID.dataDump, about.base + file.path)
    if about.endpoint:
        out.say(me, VOID.sparqlEndpoint, about.endpoint)
    for space in facts.counts.namespaces:
        out.say(me, VOID.vocabulary, space)
    _say_counts(me, facts.counts, out)
    for graph in facts.graphs:
        out.say(me, VOID.subset, graph_iri(facts, graph))
    for graph in facts.graphs:
        _say_graph(facts, graph, out)
    for part in facts.parts[1:]:
        _say_part(facts, part, out)
    _say_partitions(me, facts.counts, out)
    _say_links(f"{about.base}void.ttl#links-", me, facts.counts, out)


def _say_counts(subject: str, counts: Counts, out: Statements) -> None:
    out.say(subject, VOID.triples, counts.triples)
    out.say(subject, VOID.entities, counts.entities)
    out.say(subject, VOID.classes, len(counts.classes))
    out.say(subject, VOID.properties, len(counts.properties[ANY]))
    out.say(subject, VOID.distinctSubjects, counts.subjects)
    out.say(subject, VOID.distinctObjects, counts.objects)


def graph_iri(facts: ReleaseFacts, graph: GraphFacts) -> str:
    """The IRI a release describes a graph under: never the graph's own, which has its facts."""
    return f"{facts.about.base}void.ttl#graph-{graph.slug}"


def _say_graph(facts: ReleaseFacts, graph: GraphFacts, out: Statements) -> None:
    me = graph_iri(facts, graph)
    out.say(me, RDF.type, VOID.Dataset)
    out.say(me, DCTERMS.title, *texts(graph.title or {"": graph.slug}))
    if graph.name and not graph.name.startswith("_:"):
        out.say(me, SD.name, graph.name)
    _say_dumps(facts, me, facts.part_of(graph), out)
    _say_counts(me, graph.counts, out)


def _say_part(facts: ReleaseFacts, part: PartFacts, out: Statements) -> None:
    """A part of several graphs, or what was inferred; single graphs have their own entry."""
    if part.name.startswith("graphs/"):
        return
    me = f"{facts.about.base}void.ttl#{part.name}"
    # What was inferred stands beside the dataset: it is no part of what was asserted.
    if not part.inferred:
        out.say(facts.about.dataset, VOID.subset, me)
    out.say(me, RDF.type, VOID.Dataset)
    out.say(me, DCTERMS.title, Literal(part.name, language="en"))
    out.say(me, VOID.triples, part.triples)
    _say_dumps(facts, me, part.name, out)


def _say_dumps(facts: ReleaseFacts, subject: str, part: str, out: Statements) -> None:
    for file in facts.files:
        if part and file.part == part:
            out.say(subject, VOID.dataDump, facts.about.base + file.path)


def _say_partitions(me: str, counts: Counts, out: Statements) -> None:
    """By property over all, then by class: which properties lead where, how often."""
    for name, used in sorted(counts.properties[ANY].items()):
        partition = out.blank()
        out.say(me, VOID.propertyPartition, partition)
        out.say(partition, VOID.property, name)
        out.say(partition, VOID.triples, used.triples)
        out.say(partition, VOID.distinctSubjects, used.subjects)
        out.say(partition, VOID.distinctObjects, used.objects)
    for class_, members in sorted(counts.classes.items()):
        partition = out.blank()
        out.say(me, VOID.classPartition, partition)
        out.say(partition, VOID["class"], class_)
        out.say(partition, VOID.entities, members)
        out.say(partition, VOID.triples, counts.class_triples[class_])
        for name, used in sorted(counts.properties[class_].items()):
            inner = out.blank()
            out.say(partition, VOID.propertyPartition, inner)
            _say_property(inner, name, used, out)


def _say_property(partition: BlankNode, name: str, used: PropertyCount, out: Statements) -> None:
    out.say(partition, VOID.property, name)
    out.say(partition, VOID.triples, used.triples)
    for class_, triples in sorted(used.classes.items()):
        inner = out.blank()
        out.say(partition, VOID.classPartition, inner)
        out.say(inner, VOID["class"], class_)
        out.say(inner, VOID.triples, triples)
    for datatype, triples in sorted(used.datatypes.items()):
        inner = out.blank()
        out.say(partition, VOID_EXT.datatypePartition, inner)
        out.say(inner, VOID_EXT.datatype, datatype)
        out.say(inner, VOID.triples, triples)


def _say_links(stem: str, me: str, counts: Counts, out: Statements) -> None:
    targets = sorted({space for space, _ in counts.links})
    for target in targets:
        node = f"{stem}target-{_tag(target)}"
        out.say(node, RDF.type, VOID.Dataset)
        out.say(node, VOID.uriSpace, Literal(target))
    for (target, predicate), triples in sorted(counts.links.items()):
        linkset = f"{stem}{_tag(target)}-{_tag(predicate)}"
        out.say(me, VOID.subset, linkset)
        out.say(linkset, RDF.type, VOID.Linkset)
        out.say(linkset, VOID.subjectsTarget, me)
        out.say(linkset, VOID.objectsTarget, f"{stem}target-{_tag(target)}")
        out.say(linkset, VOID.linkPredicate, predicate)
        out.say(linkset, VOID.triples, triples)


def _tag(name: str) -> str:
    """A readable, unmistakable fragment for an IRI: its prefixed name, else a hash of it."""
    from hashlib import sha256

    from glocal_kg._study.vocab import shorten

    short = shorten(name)
    if short != name:
        return short.replace(":", "-")
    local = "".join(c for c in name[len(namespace(name)) :] if c.isascii() and c.isalnum())
    return f"{local}-{sha256(name.encode()).hexdigest()[:8]}".lstrip("-")
