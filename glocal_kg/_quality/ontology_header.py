"""Items of the group "Ontology header" that need more than a query."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from pyoxigraph import BlankNode, Literal, NamedNode

from glocal_kg._publish.gathering.licenses import DOI, license_of
from glocal_kg._quality.fact_index import Node, Term
from glocal_kg._quality.item import Fault, Item, Severity, item
from glocal_kg._quality.lists import orcid_is_right, ror_is_right
from glocal_kg._quality.material import Material
from glocal_kg._quality.other_vocabularies import DC, OLD
from glocal_kg._rdf.namespaces import BIBO, DCTERMS, FOAF, OWL, RDFS, SCHEMA, Namespace
from glocal_kg._study.vocab import shorten
from glocal_kg._study.vocabularies import exists, meant_by

_CC = Namespace("cc", "http://creativecommons.org/ns#")
_LICENSES = (DCTERMS.license, SCHEMA.license, OLD.license, _CC.license)
_CREATORS = (
    DCTERMS.creator, SCHEMA.creator, SCHEMA.author, OLD.creator, OLD.author, DC.creator,
)  # fmt: skip
_NAMES = (FOAF.name, SCHEMA.name, OLD.name, RDFS.label)
_DATED = (DCTERMS.modified, SCHEMA.dateModified, DCTERMS.issued, DCTERMS.created)
_IDENTIFIERS = (BIBO.doi, DCTERMS.identifier, SCHEMA.identifier, OWL.sameAs)
_DATE = re.compile(r"(-?\d{4,})(?:-(\d\d))?(?:-(\d\d))?")


@item(
    22,
    "error",
    of="ontologies",
    remedy="Name an open license by its IRI in dcterms:license, such as CC BY 4.0.",
)
def license_(m: Material) -> Iterator[Fault]:
    """The license is named by its IRI, known and open."""
    for node in m.roles.ontologies:
        values = m.facts.values(node, *_LICENSES)
        if not values:
            rights = m.facts.texts(node, DCTERMS.rights, DC.rights)
            only = f", only rights in a text: '{rights[0].value[:60]}'" if rights else ""
            yield Fault(node.value, f"It names no license{only}.")
        for value in values:
            text = value.value if isinstance(value, (NamedNode, Literal)) else "without a name"
            if not isinstance(value, NamedNode) and not text.startswith("http"):
                yield Fault(node.value, f"Its license is only a text: '{text[:60]}'.")
                continue
            known = license_of(text)
            if known is None:
                told = f"{text} is no license that is known here."
                yield Fault(node.value, told, severity="info")
            elif not known[1]:
                yield Fault(node.value, f"{known[0]} is not open: it forbids trade or changes.")


@item(
    24,
    "error",
    of="ontologies",
    remedy="Name the creator in dcterms:creator by an IRI, such as an ORCID.",
)
def creator(m: Material) -> Iterator[Fault]:
    """The creator is named by an IRI, and its digits check."""
    for node in m.roles.ontologies:
        values = [
            one
            for value in m.facts.values(node, *_CREATORS)
            for one in m.facts.members(value) or [value]
        ]
        if not values:
            yield Fault(node.value, "It names no creator.")
        for value in values:
            if isinstance(value, Literal):
                yield Fault(node.value, f"Its creator is only a text: '{value.value[:60]}'.")
            elif isinstance(value, BlankNode):
                called = m.facts.texts(value, *_NAMES)
                told = f"'{called[0].value[:60]}' has no IRI" if called else "has no name"
                yield Fault(node.value, f"Its creator {told}.")
            elif isinstance(value, NamedNode) and (fault := agent_fault(value.value)):
                yield Fault(node.value, fault)


@item(29, "warning", of="ontologies", remedy="Correct dcterms:modified.")
def modified(m: Material) -> Iterator[Fault]:
    """The last change is dated, after the beginning and not in the future."""
    for node in m.roles.ontologies:
        created = _dates(m, node, DCTERMS.created)
        changed = _dates(m, node, DCTERMS.modified, SCHEMA.dateModified)
        if not changed:
            yield Fault(node.value, "It has no dcterms:modified.")
        for day in changed:
            if created and day < min(created):
                yield Fault(node.value, f"It was changed on {day}, before it was created.")
            if day > m.today:
                yield Fault(node.value, f"It was changed on {day}, which is yet to come.")


@item(
    31, "warning", of="root", remedy="Deposit a release in an archive and name its DOI in bibo:doi."
)
def doi(m: Material) -> Iterator[Fault]:
    """The ontology has a DOI, and it is well-formed."""
    node = m.roles.root
    assert node is not None  # the scope is the root
    found = []
    for predicate in _IDENTIFIERS:
        for value in m.facts.values(node, predicate):
            text = value.value if isinstance(value, (NamedNode, Literal)) else ""
            bare = re.sub(r"^(https?://(dx\.)?doi\.org/|doi:)", "", text)
            if predicate == BIBO.doi or bare != text:
                found.append(bare)
    if not found:
        yield Fault(node.value, "It has no DOI.")
    for bare in found:
        if not DOI.fullmatch(bare):
            yield Fault(node.value, f"'{bare}' is no DOI.")


@item(39, "error", of="ontologies", remedy="Use a term of dcterms, owl, vann, schema or the like.")
def known_words(m: Material) -> Iterator[Fault]:
    """The header uses terms of well-known vocabularies that exist."""
    for node in m.roles.ontologies:
        for predicate in m.facts.by_subject[node]:
            there = exists(predicate.value)
            if there is None and predicate not in m.roles.properties:
                told = f"{predicate.value} is of no vocabulary that is known here."
                yield Fault(node.value, told, severity="warning")
            elif there is False:
                meant = meant_by(predicate.value)
                asked = f" Is {meant} meant?" if meant else ""
                yield Fault(node.value, f"There is no {shorten(predicate.value)}.{asked}")


@item(40, "info", of="root", remedy="Issue a new version, or say that it is no longer maintained.")
def age(m: Material) -> Iterator[Fault]:
    """The latest version is not old."""
    node = m.roles.root
    assert node is not None  # the scope is the root
    days = _dates(m, node, *_DATED)
    if not days:
        yield Fault(node.value, "It has no date.", severity="warning")
    else:
        years = (m.today - max(days)).days // 365
        severities: tuple[Severity, ...] = ("info", "warning", "error")
        if years >= 1:
            yield Fault(
                node.value,
                f"It was last changed on {max(days)}.",
                severity=severities[min(years, 3) - 1],
            )


def agent_fault(iri: str) -> str:
    """What is wrong with the identifier of a person or organization; '' where nothing is.

    >>> agent_fault("https://orcid.org/0000-0002-1825-0098")
    'The last digit of the ORCID 0000-0002-1825-0098 does not check.'
    """
    host, _, rest = iri.partition("://")[2].partition("/")
    host = host.removeprefix("www.")
    rest = rest.rstrip("/")
    if host == "orcid.org" and not orcid_is_right(rest):
        return f"The last digit of the ORCID {rest} does not check."
    if host in ("isni.org", "isni-url.oclc.nl"):
        digits = rest.removeprefix("isni/")
        if not orcid_is_right(digits):
            return f"The last digit of the ISNI {digits} does not check."
    if host == "ror.org" and not ror_is_right(rest):
        return f"The ROR identifier {rest} does not check."
    return ""


def day_of(value: Term) -> datetime.date | None:
    """The first day that a date literal can mean; None for what is no date of our calendar.

    >>> day_of(Literal("2004-05", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#gYearMonth")))
    datetime.date(2004, 5, 1)
    """
    match = _DATE.match(value.value) if isinstance(value, Literal) else None
    if match is None:
        return None
    try:
        return datetime.date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
    except (ValueError, OverflowError):  # a month 13, or a year beyond our calendar
        return None


def _dates(m: Material, node: Node, *predicates: NamedNode) -> list[datetime.date]:
    found = [day_of(value) for value in m.facts.values(node, *predicates)]
    return [day for day in found if day is not None]


ITEMS = tuple(value for value in tuple(globals().values()) if isinstance(value, Item))
