"""Items of the group "Instance data" about things: described, conforming, complete."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache

from pyoxigraph import BlankNode, Literal, NamedNode

from glocal_kg._quality.fact_index import FactIndex, Node, Term, name
from glocal_kg._quality.item import Fault, Item, NotChecked, item
from glocal_kg._quality.material import Material
from glocal_kg._quality.other_vocabularies import LABELS, NOTES, TITLES
from glocal_kg._rdf.counted import counted
from glocal_kg._rdf.namespaces import (
    DCAT,
    DCTERMS,
    FOAF,
    OWL,
    PROV,
    RDF,
    RDFS,
    SCHEMA,
    SH,
    SKOS,
    VOID,
)
from glocal_kg._study.vocab import GLOCAL, RESOURCE, shorten
from glocal_kg._study.vocabularies import namespace

_SOURCES = (
    DCTERMS.source, DCTERMS.creator, DCTERMS.publisher, DCTERMS.isReferencedBy, DCTERMS.provenance,
    PROV.wasDerivedFrom, PROV.hadPrimarySource, PROV.wasAttributedTo, PROV.wasGeneratedBy,
    RDFS.isDefinedBy, SKOS.inScheme, SCHEMA.isBasedOn, SCHEMA.creator, GLOCAL.attestedIn,
    GLOCAL.statedIn, GLOCAL.reportedIn, GLOCAL.interpretedFrom, GLOCAL.reason, GLOCAL.fromSource,
)  # fmt: skip
_SAYS = (GLOCAL.asserts, GLOCAL.denies)  # what is said comes from where somebody says it
_HEADERS = (OWL.Ontology, VOID.Dataset, DCAT.Dataset, SKOS.ConceptScheme)
_NAMES = (*LABELS, *TITLES, FOAF.name, SCHEMA.name)
_DOCUMENTS = {
    RDF.type, OWL.versionIRI, OWL.priorVersion, OWL.imports, OWL.backwardCompatibleWith,
    OWL.incompatibleWith, RDFS.seeAlso, RDFS.isDefinedBy, DCTERMS.license, FOAF.homepage, FOAF.page,
    FOAF.depiction, FOAF.logo, FOAF.img, SCHEMA.codeRepository, SCHEMA.url, SCHEMA.image,
    SCHEMA.contentUrl, DCAT.accessURL, DCAT.downloadURL, DCAT.landingPage, DCAT.endpointURL,
    VOID.dataDump, VOID.sparqlEndpoint, SH.namespace,
}  # fmt: skip
"""Properties whose value is a document or a version, which no graph need describe."""

_PERSONAL = re.compile(
    r"mbox(_sha1sum)?|e-?mail|hasEmail|phone|telephone|hasTelephone|faxNumber|tel|adr|hasAddress"
    r"|streetAddress|street-address|birthDate|birthday|bday|birthPlace|deathDate|gender"
    r"|nationality|taxID|homeLocation|netWorth|healthCondition|religion"
)
_EMAIL = re.compile(r"[\w+-]@[\w-]+\.\w")
_ORGANIZATIONS = ("Organization", "Kind", "Agency", "Government", "Corporation")


@item(95, "error", of="instances", remedy="Correct the data where the message says so.")
def conforms(m: Material) -> Iterator[Fault | str]:
    """The data conform to their shapes."""
    from glocal_kg._engines.shacl import ShapesError
    from glocal_kg._kg import KnowledgeGraph
    from glocal_kg._opening import load

    glocal = any(node.value.startswith(str(GLOCAL)) for node in m.facts.by_predicate) or any(
        isinstance(kind, NamedNode) and kind in GLOCAL for _, kind in m.facts.pairs(RDF.type)
    )
    kg = KnowledgeGraph() if m.packaged or m.roles.shapes else load()
    if not m.packaged and not m.roles.shapes and not glocal:
        raise NotChecked("there is no shape, and no term of the glocal ontology is used")
    kg.add(m.quads)
    shapes = m.quads if m.roles.shapes and not m.packaged else None
    ours = set(m.facts.by_subject)
    engines = ("fast", "pyshacl") if m.thorough else ("fast",)
    seen: list[set[tuple[str, str, str]]] = []
    for engine in engines:
        try:
            report = kg.validate(shapes, engine=engine)  # type: ignore[arg-type]  # one of the two
        except ShapesError as error:
            subject = error.shape.strip("<>") or m.files[0].name
            yield Fault(subject, str(error), "Correct the shape.")
            return
        nodes = counted(sum(report.looked_at.values()), "node")
        yield f"{engine}: {counted(len(report.looked_at), 'shape')} looked at {nodes}"
        found = [one for one in report.results if one.focus in ours]
        seen.append({(str(o.focus), str(o.path), o.constraint) for o in found})
        if engine == "fast":
            for one in found:
                subject = name(one.focus)
                severity = one.severity if one.severity in ("warning", "info") else "error"
                yield Fault(subject, one.message, one.remedy, severity)  # type: ignore[arg-type]  # one of the three
    for focus, path, constraint in sorted(seen[0] ^ seen[-1]):
        yield Fault(focus.strip("<>"), f"The engines disagree on {constraint} of {path}.")


@item(97, "error", of="literals", remedy="Correct the value, or give it the datatype it has.")
def literals(m: Material) -> Iterator[Fault]:
    """Literals are valid for their datatypes."""
    from glocal_kg._engines.shacl.literals import is_legal

    for subject, predicate, value in m.facts:
        if isinstance(value, Literal) and not is_legal(value.value, value.datatype.value):
            kind = shorten(value.datatype.value)
            path = shorten(predicate.value)
            yield Fault(name(subject), f"'{value.value}', its {path}, is no {kind}.")


@item(98, "error", of="instances", remedy="Correct the IRI, or describe the thing.")
def dangling(m: Material) -> Iterator[Fault]:
    """Each own thing that is named is described."""
    there = m.facts.by_subject.keys() | m.facts.by_predicate.keys()
    graphs = {quad.graph_name for quad in m.quads}
    told: set[NamedNode] = set()
    for predicate, pairs in m.facts.by_predicate.items():
        for subject, value in pairs if predicate not in _DOCUMENTS else ():
            if not isinstance(value, NamedNode) or value in there or value in told | graphs:
                continue
            ours = namespace(value.value) in m.roles.instance_spaces
            if value.value.startswith(RESOURCE) and not m.packaged:
                ours = value not in _packaged_things()
            if ours:
                told.add(value)
                path = shorten(predicate.value)
                yield Fault(
                    value.value, f"{name(subject)} names it ({path}); nothing says what it is."
                )


@item(
    99,
    "error",
    of="instances",
    remedy="Add rdf:type and a label, or say in a note of its class that its members need no label;"
    " name the source of the thing or of its graph.",
)
def described(m: Material) -> Iterator[Fault]:
    """Each thing has a class, a label and a source."""
    facts = m.facts
    for subject in facts.by_subject:
        own = isinstance(subject, NamedNode) and namespace(subject.value) in m.roles.instance_spaces
        if own and not facts.types(subject) and subject not in facts.by_predicate:
            yield Fault(name(subject), "It has no class.")
    unlabeled = _unlabeled(facts)
    for node in m.roles.instances:
        if facts.values(node, *_NAMES) or not unlabeled.isdisjoint(kinds := facts.types(node)):
            continue
        ours = not m.packaged and any(str(kind).startswith(f"<{GLOCAL}") for kind in kinds)
        if not ours or _packaged_unlabeled().isdisjoint(kinds):
            yield Fault(node.value, "It has no label.")
    sourced = {quad.graph_name for quad in m.quads if _says_source(facts, quad.graph_name)}
    headers = set(facts.typed(*_HEADERS))
    sourced |= {
        q.graph_name for q in m.quads if q.subject in headers and _says_source(facts, q.subject)
    }
    homes: dict[object, set[object]] = defaultdict(set)
    for quad in m.quads:
        homes[quad.subject].add(quad.graph_name)
    bare: dict[str, list[NamedNode]] = defaultdict(list)
    sources = set(facts.typed(GLOCAL.Source))  # where things come from, and from nowhere themselves
    # What differs between texts is a part of the passage that it is found in.
    sources |= {one for one in facts.typed(GLOCAL.Variant) if facts.values(one, GLOCAL.partOf)}
    for node in m.roles.instances:
        if node in sources or homes[node] & sourced or _says_source(facts, node):
            continue
        if not any(_says_source(facts, who) for way in _SAYS for who in facts.subjects(way, node)):
            bare[min(map(name, homes[node]))].append(node)
    for graph, nodes in sorted(bare.items()):
        file = next((one.name for one in m.files if one.graph.value == graph), graph)
        some = f"{len(nodes)} thing(s) in it, such as {name(min(nodes, key=str))}"
        yield Fault(file, f"It names no source for itself, nor for {some}.")


@item(
    106,
    "info",
    of="instances",
    remedy="Give an example, or say that the term is for the data of others.",
)
def coverage(m: Material) -> Iterator[Fault | str]:
    """Classes have members and properties are used."""
    facts, roles = m.facts, m.roles
    if not roles.terms:
        raise NotChecked("no class or property is defined")
    met = {kind for _, kind in facts.pairs(RDF.type)}
    met |= {up for kind in met for up in facts.above(kind, RDFS.subClassOf)}
    met |= {node for node, _ in facts.pairs(OWL.equivalentClass, OWL.propertyChainAxiom)}
    met |= {node for pair in facts.pairs(OWL.inverseOf) for node in pair}
    met |= facts.by_predicate.keys() | {node for node, _ in facts.pairs(OWL.deprecated)}
    met |= {up for node in facts.by_predicate for up in facts.above(node, RDFS.subPropertyOf)}
    subject = roles.root.value if roles.root else roles.term_spaces[0]
    for what, nodes in (
        ("classes with members", roles.classes),
        ("properties in use", roles.properties),
    ):
        bare = [shorten(node.value) for node in nodes if node not in met]
        yield f"{len(nodes) - len(bare)} of {len(nodes)} {what}"
        if bare:
            yield Fault(
                subject, f"{len(bare)} of {len(nodes)} are no {what}: {', '.join(bare[:9])}."
            )


@item(
    109,
    "warning",
    of="statements",
    remedy="Take it out, unless the person agreed to have it published.",
)
def personal(m: Material) -> Iterator[Fault]:
    """No personal data stand in the open."""
    for predicate, pairs in m.facts.by_predicate.items():
        field = _PERSONAL.fullmatch(predicate.value[len(namespace(predicate.value)) :])
        nameless = Counter[str]()
        for subject, value in pairs:
            if field and isinstance(subject, BlankNode) and not _is_organization(m, subject):
                nameless[str(getattr(value, "value", value))] += 1
            elif field and not _is_organization(m, subject):
                yield Fault(
                    name(subject), f"It has a field for personal data: {shorten(predicate.value)}."
                )
            elif isinstance(value, Literal) and not field and _EMAIL.search(value.value):
                yield Fault(
                    name(subject), f"There is an address of mail in {shorten(predicate.value)}."
                )
        for text, number in sorted(nameless.items()):
            several = f" ({number} times)" if number > 1 else ""
            yield Fault(
                "_:", f"Personal data of somebody: {shorten(predicate.value)} {text}{several}."
            )


@item(
    87,
    "error",
    of="questions",
    remedy="Say in the header why the answer is right, and what no rows mean.",
)
def questions(m: Material) -> Iterator[Fault]:
    """Each question has a reason and an answer."""
    from glocal_kg._kg import KnowledgeGraph
    from glocal_kg._questions import find, names
    from glocal_kg.errors import QueryError

    kg = KnowledgeGraph()
    kg.add(m.quads)
    for question in map(find, names()):
        subject = f"queries/{question.name}.rq"
        if not question.reason:
            yield Fault(subject, "It does not say why its answer is right.")
        try:
            table = kg.answer(question, question.examples[0] if question.examples else {})
        except QueryError as error:
            yield Fault(subject, f"It cannot be asked: {error}")
            continue
        if not len(table) and not question.empty:
            yield Fault(subject, "It has no answer and does not say what that means.")


def _says_source(facts: FactIndex, node: object) -> bool:
    return isinstance(node, (NamedNode, BlankNode)) and bool(facts.values(node, *_SOURCES))


def _is_organization(m: Material, subject: Node) -> bool:
    return any(str(kind).rstrip(">").endswith(_ORGANIZATIONS) for kind in m.facts.types(subject))


def _unlabeled(facts: FactIndex) -> frozenset[Term]:
    """The classes whose note says that their members need no label."""
    return frozenset(
        node
        for node, note in facts.pairs(*NOTES)
        if isinstance(note, Literal) and re.search(r"\bno label\b", note.value, re.I)
    )


@cache
def _packaged_unlabeled() -> frozenset[Term]:
    from glocal_kg._quality.material import packaged_files

    quads = (quad for file in packaged_files(data=False) for quad in file.quads)
    return _unlabeled(FactIndex(quads))


@cache
def _packaged_things() -> frozenset[object]:
    from glocal_kg._quality.material import packaged_files

    return frozenset(quad.subject for file in packaged_files() for quad in file.quads)


ITEMS = tuple(value for value in tuple(globals().values()) if isinstance(value, Item))
