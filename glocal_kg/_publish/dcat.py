"""DCAT 3 and PROV: the release as a catalog lists it, with the fields DCAT-AP makes mandatory.

Sources: W3C, DCAT 3 (2024) and PROV-O (2013); SEMIC, DCAT-AP 3.
"""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode

from glocal_kg._publish.describing import SPDX, VCARD, Description, date, texts
from glocal_kg._publish.facts import File, ReleaseFacts
from glocal_kg._rdf.namespaces import DCAT, DCTERMS, FOAF, OWL, PROV, RDF, XSD

_PERIODICITY = NamedNode(f"{DCTERMS}accrualPeriodicity")
_MEDIA = "https://www.iana.org/assignments/media-types/"
_EU = "http://publications.europa.eu/resource/authority/"
_PACKED = {"gzip": "application/gzip", "zstd": "application/zstd"}
# ISO 639-1 to the language list of the Publications Office, for the official languages of the EU.
_LANGUAGES = {
    "bg": "BUL", "cs": "CES", "da": "DAN", "de": "DEU", "el": "ELL", "en": "ENG", "es": "SPA",
    "et": "EST", "fi": "FIN", "fr": "FRA", "ga": "GLE", "hr": "HRV", "hu": "HUN", "it": "ITA",
    "lt": "LIT", "lv": "LAV", "mt": "MLT", "nl": "NLD", "pl": "POL", "pt": "POR", "ro": "RON",
    "sk": "SLK", "sl": "SLV", "sv": "SWE",
}  # fmt: skip


def describe_dcat(facts: ReleaseFacts, out: Description) -> None:
    """Say in DCAT and PROV what a release is, who publishes it and where its files are."""
    about, me = facts.about, facts.about.dataset
    void = f"{about.base}void.ttl#"
    catalog, publisher = f"{void}catalog", f"{void}publisher"
    out.say(catalog, RDF.type, DCAT.Catalog)
    out.say(catalog, DCTERMS.title, *texts(about.title))
    out.say(catalog, DCTERMS.description, *texts(_described(facts)))
    out.say(catalog, DCTERMS.publisher, publisher)
    out.say(catalog, DCTERMS.license, about.license)
    out.say(catalog, FOAF.homepage, about.homepage)
    out.say(catalog, DCAT.dataset, me)
    out.say(publisher, RDF.type, FOAF.Organization, FOAF.Agent, PROV.Organization, VCARD.Kind)
    out.say(publisher, FOAF.name, Literal(about.publisher))
    out.say(publisher, FOAF.homepage, about.homepage)
    out.say(publisher, VCARD.fn, Literal(about.publisher))
    out.say(publisher, VCARD.hasURL, about.homepage)
    _say_dataset(facts, me, publisher, out)
    for file in facts.files:
        if file.part or file.path.startswith("tables/"):
            _say_distribution(facts, file, me, out)
    if about.endpoint:
        service = f"{void}service"
        out.say(catalog, DCAT.service, service)
        out.say(service, RDF.type, DCAT.DataService)
        out.say(service, DCTERMS.title, Literal("SPARQL", language="en"))
        out.say(service, DCAT.endpointURL, about.endpoint)
        out.say(service, DCAT.endpointDescription, f"{about.base}service.ttl")
        out.say(service, DCAT.servesDataset, me)
        out.say(service, DCTERMS.conformsTo, "https://www.w3.org/TR/sparql11-protocol/")
    _say_origin(facts, me, publisher, out)


def _described(facts: ReleaseFacts) -> dict[str, str]:
    return facts.about.description or {"en": summary(facts)}


def summary(facts: ReleaseFacts) -> str:
    """The release in one sentence, for graphs that have no description of their own."""
    number = len(facts.graphs)
    graphs = "one graph" if number == 1 else f"{number} named graphs"
    title = next(iter(facts.about.title.values()))
    return f"{title}, version {facts.about.version}: {facts.counts.triples:,} triples in {graphs}."


def _say_dataset(facts: ReleaseFacts, me: str, publisher: str, out: Description) -> None:
    about = facts.about
    out.say(me, RDF.type, DCAT.Dataset)
    out.say(me, DCTERMS.title, *texts(about.title))
    out.say(me, DCTERMS.description, *texts(_described(facts)))
    out.say(me, DCTERMS.identifier, Literal(me, datatype=XSD.anyURI))
    out.say(me, DCTERMS.publisher, publisher)
    out.say(me, DCTERMS.creator, publisher)
    out.say(me, DCAT.contactPoint, publisher)
    out.say(me, DCTERMS.license, about.license)
    out.say(me, DCTERMS.issued, date(about.issued))
    out.say(me, DCTERMS.modified, date(about.issued))
    out.say(me, _PERIODICITY, f"{_EU}frequency/IRREG")
    out.say(me, DCAT.landingPage, about.homepage)
    for word in about.keywords:
        out.say(me, DCAT.keyword, Literal(word, language="en"))
    out.say(me, DCAT.theme, *about.themes)
    for tag in sorted(facts.counts.languages):
        code = _LANGUAGES.get(tag.partition("-")[0])
        plain = tag.partition("-")[0]
        loc = f"http://id.loc.gov/vocabulary/iso639-1/{plain}"
        out.say(me, DCTERMS.language, f"{_EU}language/{code}" if code else loc)
    if about.spatial:
        out.say(me, DCTERMS.spatial, about.spatial)
    if facts.counts.years:
        period = f"{about.base}void.ttl#period"
        out.say(me, DCTERMS.temporal, period)
        out.say(period, RDF.type, DCTERMS.PeriodOfTime)
        for name, year in zip(("startDate", "endDate"), facts.counts.years, strict=True):
            out.say(period, DCAT[name], Literal(year, datatype=XSD.gYear))
    out.say(me, DCAT.version, Literal(about.version))
    out.say(me, OWL.versionInfo, Literal(about.version))
    out.say(me, DCAT.inSeries, about.series)
    out.say(about.series, RDF.type, DCAT.DatasetSeries)
    out.say(about.series, DCTERMS.title, *texts(about.title))
    out.say(about.series, DCTERMS.description, *texts(_described(facts)))
    out.say(about.series, DCTERMS.publisher, publisher)
    if about.previous:
        out.say(me, DCAT.previousVersion, about.previous)
        out.say(me, PROV.wasRevisionOf, about.previous)
    if about.ontology:
        out.say(me, DCTERMS.conformsTo, about.ontology)


def _say_distribution(facts: ReleaseFacts, file: File, me: str, out: Description) -> None:
    address = facts.about.base + file.path
    checksum = f"{facts.about.base}void.ttl#checksum-{file.path.replace('/', '-')}"
    out.say(me, DCAT.distribution, address)
    out.say(address, RDF.type, DCAT.Distribution)
    out.say(address, DCTERMS.title, Literal(f"{file.path}: {file.label}", language="en"))
    out.say(address, DCAT.accessURL, address)
    out.say(address, DCAT.downloadURL, address)
    out.say(address, DCAT.mediaType, _MEDIA + file.media_type)
    if file.packed:
        out.say(address, DCAT.compressFormat, _MEDIA + _PACKED[file.packed])
    out.say(address, DCAT.byteSize, Literal(str(file.size), datatype=XSD.nonNegativeInteger))
    out.say(address, DCTERMS.license, facts.about.license)
    out.say(address, DCTERMS.issued, date(facts.about.issued))
    out.say(address, SPDX.checksum, checksum)
    out.say(checksum, RDF.type, SPDX.Checksum)
    out.say(checksum, SPDX.algorithm, SPDX.checksumAlgorithm_sha256)
    out.say(checksum, SPDX.checksumValue, Literal(file.sha256, datatype=XSD.hexBinary))


def _say_origin(facts: ReleaseFacts, me: str, publisher: str, out: Description) -> None:
    """Where the release comes from: an activity, the graphs it used and the software."""
    void = f"{facts.about.base}void.ttl#"
    activity, software = f"{void}publishing", f"{void}software"
    out.say(me, RDF.type, PROV.Entity)
    out.say(me, PROV.wasGeneratedBy, activity)
    out.say(me, PROV.wasAttributedTo, publisher)
    out.say(activity, RDF.type, PROV.Activity)
    out.say(activity, PROV.wasAssociatedWith, software, publisher)
    for graph in facts.graphs:
        if graph.name and not graph.name.startswith("_:"):
            out.say(activity, PROV.used, graph.name)
    moment = Literal(f"{facts.about.issued}T00:00:00Z", datatype=XSD.dateTime)
    out.say(activity, PROV.endedAtTime, moment)
    out.say(software, RDF.type, PROV.SoftwareAgent)
    name, version, digest = facts.software.split(" ")
    out.say(software, FOAF.name, Literal(name))
    out.say(software, OWL.versionInfo, Literal(version))
    _say_checksum(software, digest, out)
    for part in facts.parts:
        entity = f"{void}canonical-{part.name.replace('/', '-')}"
        out.say(entity, RDF.type, PROV.Entity)
        out.say(entity, PROV.wasGeneratedBy, activity)
        out.say(entity, PROV.specializationOf, me)
        out.say(entity, DCTERMS.conformsTo, "https://www.w3.org/TR/rdf-canon/")
        title = f"Canonical N-Quads (RDFC-1.0) of part {part.name}"
        out.say(entity, DCTERMS.title, Literal(title, language="en"))
        _say_checksum(entity, part.hash, out)


def _say_checksum(subject: str, digest: str, out: Description) -> None:
    checksum = f"{subject}-checksum"
    out.say(subject, SPDX.checksum, checksum)
    out.say(checksum, RDF.type, SPDX.Checksum)
    out.say(checksum, SPDX.algorithm, SPDX.checksumAlgorithm_sha256)
    out.say(checksum, SPDX.checksumValue, Literal(digest, datatype=XSD.hexBinary))
