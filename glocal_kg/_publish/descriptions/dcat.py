"""DCAT 3: the release as a catalog lists it, with the fields and types that DCAT-AP asks for.

Sources: W3C, DCAT 3 (2024); SEMIC, DCAT-AP 3.
"""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode

from glocal_kg._publish.descriptions.origin import say_origin
from glocal_kg._publish.descriptions.statements import (
    SPDX,
    VCARD,
    Statements,
    date,
    say_checksum,
    texts,
)
from glocal_kg._publish.gathering.licenses import license_asks
from glocal_kg._publish.gathering.parts import FOLLOWS, FOLLOWS_INTERPRETED, PLAIN
from glocal_kg._publish.gathering.project import EARTH
from glocal_kg._publish.gathering.release_facts import (
    About,
    Agent,
    PartFacts,
    ReleaseFacts,
    ReleaseFile,
    Texts,
    english,
)
from glocal_kg._rdf.counted import counted
from glocal_kg._rdf.namespaces import DCAT, DCTERMS, FOAF, OWL, PROV, RDF, SKOS, XSD

_MEDIA = "https://www.iana.org/assignments/media-types/"
_EU = "http://publications.europa.eu/resource/authority/"
_THEMES = f"{_EU}data-theme"
_IRREGULAR = f"{_EU}frequency/IRREG"
_FILE_TYPE = f"{_EU}file-type/"
_FILE_TYPES = {
    "text/turtle": "RDF_TURTLE", "application/n-triples": "RDF_N_TRIPLES",
    "application/n-quads": "RDF_N_QUADS", "application/trig": "RDF_TRIG",
    "application/rdf+xml": "RDF_XML", "application/ld+json": "JSON_LD", "text/csv": "CSV",
    "application/json": "JSON",
}  # fmt: skip
_WKT = "http://www.opengis.net/ont/geosparql#wktLiteral"
_ALL_OF_IT = "POLYGON((-180 -90, 180 -90, 180 90, -180 90, -180 -90))"
_PACKED = {"gzip": "application/gzip", "zstd": "application/zstd"}
_PARTS = {
    "ontology": "the ontology",
    "alignments": "alignments with other vocabularies",
    "shapes": "the shapes",
    "vocabularies": "the vocabularies",
    "data": "the data without ontology and vocabularies",
    "interpretation": "what is read into the sources",
    PLAIN: "all but what is read into the sources",
    FOLLOWS: "what follows from it",
    FOLLOWS_INTERPRETED: "what follows only with what is read into the sources",
}
# ISO 639-1 to the language list of the Publications Office, for the official languages of the EU.
_LANGUAGES = {
    "bg": "BUL", "cs": "CES", "da": "DAN", "de": "DEU", "el": "ELL", "en": "ENG", "es": "SPA",
    "et": "EST", "fi": "FIN", "fr": "FRA", "ga": "GLE", "hr": "HRV", "hu": "HUN", "it": "ITA",
    "lt": "LIT", "lv": "LAV", "mt": "MLT", "nl": "NLD", "pl": "POL", "pt": "POR", "ro": "RON",
    "sk": "SLK", "sl": "SLV", "sv": "SWE",
}  # fmt: skip


def describe_dcat(facts: ReleaseFacts, out: Statements) -> None:
    """Say in DCAT and PROV what a release is, who made it and where its files are.

    The release is one dataset, and its distributions are the files that hold all of it. Parts
    of several graphs, what was inferred, and the tables are datasets of their own.
    """
    about, me = facts.about, facts.about.dataset
    void = f"{about.base}void.ttl#"
    catalog = f"{void}catalog"
    publisher = agent_iri(about, about.publisher)
    out.say(catalog, RDF.type, DCAT.Catalog)
    _say_described(facts, catalog, about.title, _described(facts), out)
    _say_languages(facts, catalog, out)
    out.say(catalog, DCTERMS.issued, date(about.issued))
    out.say(catalog, DCTERMS.modified, date(about.issued))
    out.say(catalog, FOAF.homepage, about.homepage)
    if about.spatial:
        out.say(catalog, DCTERMS.spatial, about.spatial)
    if about.themes:
        out.say(catalog, DCAT.themeTaxonomy, _THEMES)
    out.say(catalog, DCAT.dataset, me)
    for agent in dict.fromkeys((about.publisher, *about.creators, *about.contributors)):
        _say_agent(about, agent, out)
    _say_dataset(facts, me, publisher, out)
    for part in facts.parts[1:]:
        if not part.name.startswith("graphs/"):
            _say_part(facts, catalog, part, out)
    if facts.tables:
        _say_tables(facts, catalog, out)
    if about.endpoint:
        service = f"{void}service"
        protocol = "https://www.w3.org/TR/sparql11-protocol/"
        out.say(catalog, DCAT.service, service)
        out.say(service, RDF.type, DCAT.DataService)
        out.say(service, DCTERMS.title, Literal("SPARQL", language="en"))
        out.say(service, DCAT.endpointURL, about.endpoint)
        out.say(service, DCAT.endpointDescription, f"{about.base}service.ttl")
        out.say(service, DCAT.servesDataset, me)
        out.say(service, DCTERMS.conformsTo, protocol)
        out.say(protocol, RDF.type, DCTERMS.Standard)
    say_origin(facts, me, publisher, out)
    _say_kinds(facts, out)


def agent_iri(about: About, agent: Agent) -> str:
    """The address of somebody: as the graph names them, else one within the description."""
    if agent.iri:
        return agent.iri
    known = dict.fromkeys((about.publisher, *about.creators, *about.contributors))
    return f"{about.base}void.ttl#agent-{list(known).index(agent) + 1}"


def _say_agent(about: About, agent: Agent, out: Statements) -> None:
    me = agent_iri(about, agent)
    if agent.kind == "Person":
        out.say(me, RDF.type, FOAF.Person, FOAF.Agent, PROV.Person, VCARD.Kind)
    else:
        out.say(me, RDF.type, FOAF.Organization, FOAF.Agent, PROV.Organization, VCARD.Kind)
    out.say(me, FOAF.name, Literal(agent.name))
    out.say(me, VCARD.fn, Literal(agent.name))
    if agent.given and agent.family:
        out.say(me, FOAF.givenName, Literal(agent.given))
        out.say(me, FOAF.familyName, Literal(agent.family))
    if agent.homepage:
        out.say(me, FOAF.homepage, agent.homepage)
        out.say(agent.homepage, RDF.type, FOAF.Document)
    # Where to ask; DCAT-AP wants an address or a letter box.
    out.say(me, VCARD.hasURL, agent.address or about.homepage)


def _described(facts: ReleaseFacts) -> dict[str, str]:
    return facts.about.description or {"en": summary(facts)}


def summary(facts: ReleaseFacts) -> str:
    """The release in one sentence, for graphs that have no description of their own."""
    number = len(facts.graphs)
    graphs = "one graph" if number == 1 else f"{number} named graphs"
    title = next(iter(facts.about.title.values()))
    triples = counted(facts.counts.triples, "triple")
    return f"{title}, version {facts.about.version}: {triples} in {graphs}."


def _say_described(
    facts: ReleaseFacts, me: str, title: Texts, description: Texts, out: Statements
) -> None:
    """What a catalog, a dataset and a series of datasets all have to say."""
    about = facts.about
    out.say(me, DCTERMS.title, *texts(title))
    out.say(me, DCTERMS.description, *texts(description))
    out.say(me, DCTERMS.publisher, agent_iri(about, about.publisher))
    out.say(me, DCTERMS.license, about.license)


def _say_dataset(facts: ReleaseFacts, me: str, publisher: str, out: Statements) -> None:
    about = facts.about
    out.say(me, RDF.type, DCAT.Dataset)
    _say_described(facts, me, about.title, _described(facts), out)
    out.say(me, DCTERMS.identifier, Literal(me, datatype=XSD.anyURI))
    if about.doi:
        out.say(
            me, DCTERMS.identifier, Literal(f"https://doi.org/{about.doi}", datatype=XSD.anyURI)
        )
    out.say(me, DCTERMS.creator, *(agent_iri(about, agent) for agent in about.creators))
    out.say(me, DCTERMS.contributor, *(agent_iri(about, agent) for agent in about.contributors))
    out.say(me, DCTERMS.bibliographicCitation, Literal(about.cite_as))
    out.say(me, PROV.wasDerivedFrom, *about.sources)
    out.say(me, DCTERMS.subject, *about.subjects)
    _say_common(facts, me, out)
    out.say(me, DCAT.landingPage, about.homepage)
    out.say(me, OWL.versionInfo, Literal(about.version))
    out.say(me, DCAT.inSeries, about.series)
    out.say(about.series, RDF.type, DCAT.DatasetSeries)
    _say_described(facts, about.series, about.title, _described(facts), out)
    out.say(about.series, DCAT.contactPoint, publisher)
    out.say(about.series, DCTERMS.accrualPeriodicity, _IRREGULAR)
    if about.previous:
        out.say(me, DCAT.previousVersion, about.previous)
        out.say(me, PROV.wasRevisionOf, about.previous)
    if about.ontology:
        out.say(me, DCTERMS.conformsTo, about.ontology)
    for file in facts.files:
        if file.part == facts.whole.name:
            _say_distribution(facts, file, me, out)


def _say_part(facts: ReleaseFacts, catalog: str, part: PartFacts, out: Statements) -> None:
    """A part as a dataset of its own, so that no harvester takes it for the whole."""
    me = f"{facts.about.base}void.ttl#{part.name}"
    what = _PARTS.get(part.name, part.name)
    title = f"{english(facts.about.title)}: {what}"
    triples = counted(part.triples, "triple")
    text = f"{title}. {triples}, a part of version {facts.about.version}."
    if part.inferred:
        among = "is" if part.triples == 1 else "are"
        text = f"{title}. {triples} that {among} not among the asserted ones."
    _say_own(facts, catalog, me, title, text, out)
    out.say(me, PROV.wasDerivedFrom if part.inferred else DCTERMS.isPartOf, facts.about.dataset)
    if not part.inferred:
        out.say(facts.about.dataset, DCTERMS.hasPart, me)
    for file in facts.files:
        if file.part == part.name:
            _say_distribution(facts, file, me, out)


def _say_tables(facts: ReleaseFacts, catalog: str, out: Statements) -> None:
    """The tables as one dataset: their data package says where each lies and what it holds."""
    me = f"{facts.about.base}void.ttl#tables"
    title = f"{english(facts.about.title)}: tables"
    text = f"{title}. The data as {len(facts.tables)} tables in CSV, with a data package."
    _say_own(facts, catalog, me, title, text, out)
    out.say(me, PROV.wasDerivedFrom, facts.about.dataset)
    package = next(file for file in facts.files if file.path == "tables/datapackage.json")
    _say_distribution(facts, package, me, out)
    standard = "https://specs.frictionlessdata.io/data-package/"
    out.say(facts.about.base + package.path, DCTERMS.conformsTo, standard)
    out.say(standard, RDF.type, DCTERMS.Standard)


def _say_own(
    facts: ReleaseFacts, catalog: str, me: str, title: str, text: str, out: Statements
) -> None:
    out.say(catalog, DCAT.dataset, me)
    out.say(me, RDF.type, DCAT.Dataset)
    _say_described(facts, me, {"en": title}, {"en": text}, out)
    out.say(me, DCTERMS.identifier, Literal(me, datatype=XSD.anyURI))
    _say_common(facts, me, out)


def _say_common(facts: ReleaseFacts, me: str, out: Statements) -> None:
    """What holds for the release and for each of its parts."""
    about = facts.about
    out.say(me, DCAT.contactPoint, agent_iri(about, about.publisher))
    out.say(me, DCTERMS.issued, date(about.issued))
    out.say(me, DCTERMS.modified, date(about.issued))
    out.say(me, DCTERMS.accrualPeriodicity, _IRREGULAR)
    for word in about.keywords:
        out.say(me, DCAT.keyword, Literal(word, language="en"))
    out.say(me, DCAT.theme, *about.themes)
    _say_languages(facts, me, out)
    if about.spatial:
        out.say(me, DCTERMS.spatial, about.spatial)
    if facts.counts.years:
        period = out.blank()
        out.say(me, DCTERMS.temporal, period)
        out.say(period, RDF.type, DCTERMS.PeriodOfTime)
        for name, year in zip(("startDate", "endDate"), facts.counts.years, strict=True):
            out.say(period, DCAT[name], Literal(year, datatype=XSD.gYear))
    out.say(me, DCAT.version, Literal(about.version))


def _say_languages(facts: ReleaseFacts, me: str, out: Statements) -> None:
    for tag in sorted(facts.counts.languages):
        plain = tag.partition("-")[0]
        code = _LANGUAGES.get(plain)
        loc = f"http://id.loc.gov/vocabulary/iso639-1/{plain}"
        name = f"{_EU}language/{code}" if code else loc
        out.say(me, DCTERMS.language, name)
        out.say(name, RDF.type, DCTERMS.LinguisticSystem)


def _say_distribution(facts: ReleaseFacts, file: ReleaseFile, me: str, out: Statements) -> None:
    address = facts.about.base + file.path
    media = _MEDIA + file.media_type
    out.say(me, DCAT.distribution, address)
    out.say(address, RDF.type, DCAT.Distribution)
    out.say(address, DCTERMS.title, Literal(file.path))
    out.say(address, DCTERMS.description, Literal(file.label, language="en"))
    out.say(address, DCAT.accessURL, address)
    out.say(address, DCAT.downloadURL, address)
    out.say(address, DCAT.mediaType, media)
    out.say(media, RDF.type, DCTERMS.MediaType)
    if file.media_type in _FILE_TYPES:
        kind = _FILE_TYPE + _FILE_TYPES[file.media_type]
        out.say(address, DCTERMS.format, kind)
        out.say(kind, RDF.type, DCTERMS.MediaTypeOrExtent)
    if file.packed:
        packed = _MEDIA + _PACKED[file.packed]
        out.say(address, DCAT.compressFormat, packed)
        out.say(packed, RDF.type, DCTERMS.MediaType)
    out.say(address, DCAT.byteSize, Literal(str(file.size), datatype=XSD.nonNegativeInteger))
    out.say(address, DCTERMS.license, facts.about.license)
    say_checksum(address, file.sha256, out)


def _say_kinds(facts: ReleaseFacts, out: Statements) -> None:
    """What the things named here are, which DCAT-AP asks for."""
    about = facts.about
    out.say(about.license, RDF.type, DCTERMS.LicenseDocument)
    asks = license_asks(about.license)
    if asks:
        kind = f"http://purl.org/adms/licencetype/{asks}"
        out.say(about.license, DCTERMS.type, kind)
        out.say(kind, RDF.type, SKOS.Concept)
        out.say(kind, SKOS.prefLabel, Literal(asks, language="en"))
    out.say(about.homepage, RDF.type, FOAF.Document)
    out.say(_IRREGULAR, RDF.type, DCTERMS.Frequency)
    out.say(SPDX.checksumAlgorithm_sha256, RDF.type, SPDX.ChecksumAlgorithm)
    if about.spatial:
        out.say(about.spatial, RDF.type, DCTERMS.Location)
    if about.spatial == EARTH:
        out.say(EARTH, DCAT.bbox, Literal(_ALL_OF_IT, datatype=NamedNode(_WKT)))
    if about.themes:
        out.say(_THEMES, RDF.type, SKOS.ConceptScheme)
        out.say(_THEMES, DCTERMS.title, Literal("Data theme", language="en"))
    for theme, name in about.themes.items():
        out.say(theme, RDF.type, SKOS.Concept)
        out.say(theme, SKOS.prefLabel, Literal(name, language="en"))
        out.say(theme, SKOS.inScheme, _THEMES)
    if about.ontology:
        out.say(about.ontology, RDF.type, DCTERMS.Standard)
