"""Those who made, helped with and publish a graph, as its header names them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from glocal_kg._publish.gathering.release_facts import Agent, Headers
from glocal_kg._publish.lines.ntriples_text import RDF_TYPE, by_subject, iri, value
from glocal_kg._rdf.namespaces import DCTERMS, FOAF, RDFS, SCHEMA, SKOS

_SPACES = {
    "dcterms": str(DCTERMS), "dc": "http://purl.org/dc/elements/1.1/", "foaf": str(FOAF),
    "rdfs": str(RDFS), "skos": str(SKOS), "schema": str(SCHEMA), "sdo": "http://schema.org/",
    "pav": "http://purl.org/pav/", "vcard": "http://www.w3.org/2006/vcard/ns#",
}  # fmt: skip


def properties(names: str) -> tuple[str, ...]:
    """The IRIs of prefixed names, in order of preference.

    >>> properties("dcterms:creator dc:creator")[1]
    'http://purl.org/dc/elements/1.1/creator'
    """
    pairs = (name.split(":") for name in names.split())
    return tuple(_SPACES[prefix] + local for prefix, local in pairs)


CREATOR = properties(
    "dcterms:creator dc:creator schema:creator sdo:creator schema:author sdo:author"
    " pav:authoredBy pav:createdBy foaf:maker"
)
CONTRIBUTOR = properties(
    "dcterms:contributor dc:contributor schema:contributor sdo:contributor pav:contributedBy"
)
PUBLISHER = properties("dcterms:publisher dc:publisher schema:publisher sdo:publisher")
_NAME = properties("foaf:name schema:name sdo:name vcard:fn skos:prefLabel rdfs:label")
_GIVEN = properties("foaf:givenName schema:givenName sdo:givenName foaf:firstName")
_FAMILY = properties("foaf:familyName schema:familyName sdo:familyName foaf:lastName")
_HOMEPAGE = properties("foaf:homepage schema:url sdo:url vcard:hasURL foaf:workplaceHomepage")
_ASKED = {*_NAME, *_GIVEN, *_FAMILY, *_HOMEPAGE, RDF_TYPE[1:-1]}


def read_agents(lines: Iterable[str], headers: Headers) -> dict[str, dict[str, list[str]]]:
    """The headers together with what the graph says about those they name.

    ``lines`` are sorted N-Triples.
    """
    found = {name: dict(header) for name, header in headers.items()}
    wanted = {
        iri(term)
        for header in headers.values()
        for role in (*CREATOR, *CONTRIBUTOR, *PUBLISHER)
        for term in header.get(role, ())
        if term[0] != '"'
    }
    if wanted:
        for subject, pairs in by_subject(lines):
            if iri(subject) in wanted:
                said = found.setdefault(iri(subject), {})
                for predicate, object_ in pairs:
                    if iri(predicate) in _ASKED:
                        said.setdefault(iri(predicate), []).append(object_)
    return found


def agents(headers: Headers, root: str, role: Iterable[str], kind: str) -> tuple[Agent, ...]:
    """Those whom the header ``root`` names in a role, one of the lists above, by name.

    ``kind`` is what they are, ``Person`` or ``Organization``, where the graph does not say.
    """
    terms = {term for name in role for term in headers.get(root, {}).get(name, ())}
    found = {_agent(term, headers, kind) for term in terms}
    return tuple(sorted(found, key=lambda agent: (agent.family or agent.name, agent.name)))


def _agent(term: str, headers: Headers, kind: str) -> Agent:
    text = value(term).text.strip() if term[0] == '"' else iri(term)
    if term[0] == '"' and not text.startswith(("http://", "https://")):
        return Agent(text, kind=kind)
    address = "" if text.startswith("_:") else text
    said = headers.get(text, {})
    given, family = first(said, _GIVEN), first(said, _FAMILY)
    name = first(said, _NAME) or f"{given} {family}".strip()
    return Agent(
        name or address,
        address,
        _kind(address, said) or kind,
        given,
        family,
        first(said, _HOMEPAGE),
    )


def _kind(address: str, said: Mapping[str, list[str]]) -> str:
    types = " ".join(said.get(RDF_TYPE[1:-1], ()))
    if "Organization" in types or "Organisation" in types or "ror.org/" in address:
        return "Organization"
    return "Person" if "Person>" in types or "orcid.org/" in address else ""


def first(said: Mapping[str, list[str]], names: Iterable[str]) -> str:
    """The text or address under the first property that has one: in English, else in code order."""
    for name in names:
        terms = sorted(said.get(name, ()))
        for term in [*(term for term in terms if term.endswith('"@en')), *terms]:
            text = value(term).text if term[0] == '"' else iri(term)
            if text.strip() and not text.startswith("_:"):
                return text.strip()
    return ""
