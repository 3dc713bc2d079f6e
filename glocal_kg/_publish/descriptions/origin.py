"""PROV: where a release comes from: the graphs, the software, and the canonical form of each part.

Source: W3C, PROV-O (2013).
"""

from __future__ import annotations

from pyoxigraph import Literal

from glocal_kg._publish.descriptions.statements import Statements, say_checksum
from glocal_kg._publish.gathering.release_facts import ReleaseFacts
from glocal_kg._rdf.namespaces import DCTERMS, FOAF, OWL, PROV, RDF, XSD

_CANON = "https://www.w3.org/TR/rdf-canon/"


def say_origin(facts: ReleaseFacts, me: str, publisher: str, out: Statements) -> None:
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
    say_checksum(software, digest, out)
    out.say(_CANON, RDF.type, DCTERMS.Standard)
    for part in facts.parts:
        if part.name.startswith("graphs/"):
            continue
        entity = f"{void}canonical-{part.name.replace('/', '-')}"
        out.say(entity, RDF.type, PROV.Entity)
        out.say(entity, PROV.wasGeneratedBy, activity)
        out.say(entity, PROV.specializationOf, me)
        out.say(entity, DCTERMS.conformsTo, _CANON)
        title = f"Canonical N-Quads (RDFC-1.0) of part {part.name}"
        out.say(entity, DCTERMS.title, Literal(title, language="en"))
        say_checksum(entity, part.hash, out)
