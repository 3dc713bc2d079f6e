"""What people write for our terms, after other vocabularies and in other languages."""

from __future__ import annotations

from collections.abc import Mapping

from pyoxigraph import NamedNode

from glocal_kg._study.vocab import GLOCAL, PREFIXES, expand

CALLED = {
    "town": "City", "village": "City", "municipality": "City", "metropolis": "City",
    "country": "Place", "region": "Place", "location": "Place", "continent": "Place",
    "organization": "Organization", "organisation": "Organization",
    "ngo": "Actor", "company": "Actor",
    "institution": "Actor", "agent": "Actor", "initiative": "Practice", "activity": "Practice",
    "partnership": "Practice", "document": "Source", "report": "Source", "page": "Passage",
    "involvement": "Participation", "human": "Person", "theme": "AreaOfAttraction",
    "project": "Project", "programme": "Program", "stadt": "City", "gemeinde": "City",
    "ciudad": "City", "cidade": "City", "comune": "City", "commune": "City",
    "administrativearea": "Place", "populatedplace": "City", "settlement": "City",
    "praxis": "Practice", "practica": "Practice", "ort": "Place", "lugar": "Place",
    "akteur": "Actor", "quelle": "Source", "fuente": "Source", "creativework": "Source",
    "book": "Source", "article": "Source", "governmentorganization": "Government",
    "partner": "Actor", "group": "Actor", "association": "Actor",
}  # fmt: skip
"""What people call things that have another name here."""

CALLED_SO = {
    "partner": "participant", "partners": "participant", "haspartner": "participant",
    "member": "participant", "topic": "theme", "country": "locatedIn", "location": "locatedIn",
}  # fmt: skip
"""The same of properties."""

INSTEAD = {
    "dcterms:date": "schema:startDate", "dcterms:created": "schema:startDate",
    "schema:dateCreated": "schema:startDate", "prov:startedAtTime": "schema:startDate",
    "prov:endedAtTime": "schema:endDate", "schema:startTime": "schema:startDate",
    "schema:endTime": "schema:endDate", "schema:datePublished": "dcterms:date",
    "dcterms:issued": "dcterms:date", "schema:name": "rdfs:label", "foaf:name": "rdfs:label",
    "dcterms:title": "rdfs:label", "rdfs:comment": "skos:definition",
    "dcterms:description": "skos:definition", "schema:description": "skos:definition",
    "schema:latitude": "geo:lat", "schema:longitude": "geo:long",
    "schema:location": "glocal:locatedIn", "dcterms:spatial": "glocal:locatedIn",
    "schema:containedInPlace": "glocal:locatedIn", "dcterms:subject": "glocal:theme",
    "schema:about": "glocal:theme", "dcterms:source": "glocal:statedIn",
    "schema:participant": "glocal:participant", "dcterms:coverage": "glocal:locatedIn",
}  # fmt: skip
"""What people write after other vocabularies, and what is read here."""


def usual(iri: str, names: Mapping[str, NamedNode]) -> list[NamedNode]:
    """Our term that is meant by one of another vocabulary or language, if it is among names.

    >>> label = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
    >>> usual("https://schema.org/name", {label.value: label}) == [label]
    True
    """
    name = PREFIXES.shorten(iri)
    ours = "rdfs:label" if name == "skos:prefLabel" else INSTEAD.get(name, "")
    local = iri[max(iri.rfind("#"), iri.rfind("/")) + 1 :]
    called = [CALLED_SO.get(local.lower(), ""), CALLED.get(local.lower(), "")]
    meant = [expand(ours).value] if ours else [str(GLOCAL) + one for one in called if one]
    return [names[one] for one in meant if one in names][:1]
