"""Items of the group "Reuse and links" that need more than a query."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from glocal_kg._publish.gathering.licenses import DOI
from glocal_kg._quality.fact_index import name
from glocal_kg._quality.item import Fault, Item, NotChecked, item
from glocal_kg._quality.lists import isbn_is_right, issn_is_right
from glocal_kg._quality.material import Material
from glocal_kg._quality.ontology_header import agent_fault
from glocal_kg._quality.other_vocabularies import MATCHES
from glocal_kg._rdf.namespaces import BIBO, OWL, RDF, SCHEMA
from glocal_kg._study.vocabularies import RDF_LANGUAGES, is_known, namespace, vocabularies

CATALOG = "catalog-v001.xml"
MANY = 50
"""So many links to one other dataset make a dataset part of the cloud of linked data."""

_ENTRY = re.compile(r'<uri\b[^>]*?\bname="([^"]*)"[^>]*?\buri="([^"]*)"')
_FORMS = (
    ("www.wikidata.org/entity/", r"[QPL][1-9][0-9]*", "Wikidata"),
    ("www.wikidata.org/wiki/", r"(Property:P|Lexeme:L|Q)[1-9][0-9]*", "Wikidata"),
    ("sws.geonames.org/", r"[1-9][0-9]*/?", "GeoNames"),
    ("www.geonames.org/", r"[1-9][0-9]*(/.*)?", "GeoNames"),
    ("viaf.org/viaf/", r"[1-9][0-9]*/?", "VIAF"),
    ("d-nb.info/gnd/", r"[0-9X-]+", "GND"),
    ("id.loc.gov/authorities/subjects/", r"sh[0-9]+", "LCSH"),
    ("id.loc.gov/vocabulary/iso639-1/", r"[a-z]{2}", "ISO 639-1"),
    ("eurovoc.europa.eu/", r"[1-9][0-9]*|c_[0-9a-f]{8}", "EuroVoc"),
    ("metadata.un.org/sdg/", r"[0-9]{1,2}(\.[0-9a-z]{1,2}){0,2}|[A-Z0-9_]+", "SDG"),
    ("metadata.un.org/thesaurus/", r"[0-9]{4,}", "UNBIS"),
    ("zbw.eu/stw/descriptor/", r"[0-9]{5}-[0-9]", "STW"),
    ("www.yso.fi/onto/yso/", r"p[0-9]+", "YSO"),
    ("doi.org/", DOI.pattern, "DOI"),
    ("dbpedia.org/resource/", r"[^\s<>\"{}|^`\\]+", "DBpedia"),
)


@item(
    88,
    "error",
    of="imports",
    remedy="Put the file beside the others and name it in catalog-v001.xml.",
)
def imports(m: Material) -> Iterator[Fault]:
    """Each import is at hand."""
    at_hand = {node.value for node in m.roles.ontologies}
    catalog: dict[str, Path] = {}
    for folder in {os.path.dirname(file.document.path or "") for file in m.files}:
        for place in (Path(folder), Path(folder).parent):
            if (place / CATALOG).is_file():
                text = (place / CATALOG).read_text("utf-8", "replace")
                catalog |= {iri: place / uri for iri, uri in _ENTRY.findall(text)}
    for node, value in m.facts.pairs(OWL.imports):
        iri = value.value if isinstance(value, NamedNode) else str(value)
        known = iri in at_hand or any(f"{iri.rstrip('#/')}{e}" in vocabularies() for e in "#/")
        if iri in catalog and not catalog[iri].is_file():
            yield Fault(name(node), f"{CATALOG} leads from {iri} to a file that is not there.")
        elif not known and iri not in catalog and catalog:
            yield Fault(name(node), f"It imports {iri}, which {CATALOG} does not name.")
        elif not known and iri not in catalog:  # most people check one file of several
            told = f"It imports {iri}, which was not looked at: no file of it was given."
            yield Fault(name(node), told, severity="info")


@item(
    89,
    "warning",
    of="terms",
    remedy="Tie a class or property to one of another vocabulary, or use its terms.",
)
def reused(m: Material) -> Iterator[Fault | str]:
    """Terms of other vocabularies are reused."""
    spaces = {
        namespace(value.value)
        for predicate, pairs in m.facts.by_predicate.items()
        for value in (predicate, *(value for _, value in pairs))
        if isinstance(value, NamedNode)
    }
    ours = {*RDF_LANGUAGES, *m.roles.term_spaces}
    foreign = sorted(vocabularies()[one][0] for one in spaces - ours if one in vocabularies())
    if foreign:
        yield ", ".join(foreign)
    else:
        subject = m.roles.root.value if m.roles.root else m.files[0].name
        yield Fault(subject, "It uses no term of another vocabulary.")


@item(
    92,
    "warning",
    of="links",
    remedy="Link more things to an authority such as Wikidata or GeoNames.",
)
def enough_links(m: Material) -> Iterator[Fault | str]:
    """Fifty links or more lead to one other dataset."""
    if len(m.roles.instances) < MANY:
        raise NotChecked(f"there are fewer than {MANY} things to link")
    hosts: Counter[str] = Counter()
    for _, value in m.facts.pairs(*MATCHES):
        if isinstance(value, NamedNode) and not m.roles.is_own(value.value):
            hosts[value.value.partition("://")[2].partition("/")[0]] += 1
    yield ", ".join(f"{number} to {host}" for host, number in hosts.most_common())
    most = hosts.most_common(1)
    if not most or most[0][1] < MANY:
        said = f"at most {most[0][1]} links lead to one, {most[0][0]}" if most else "there is none"
        subject = m.roles.root.value if m.roles.root else m.files[0].name
        yield Fault(subject, f"Of links to other datasets {said}.")


@item(93, "error", of="identifiers", remedy="Look the identifier up and correct it.")
def identifiers(m: Material) -> Iterator[Fault]:
    """Identifiers of others are well-formed."""
    for node in sorted(external(m), key=str):
        if fault := identifier_fault(node.value):
            yield Fault(node.value, fault)
    checks = ((BIBO.isbn, isbn_is_right, "ISBN"), (BIBO.isbn13, isbn_is_right, "ISBN"),
              (SCHEMA.isbn, isbn_is_right, "ISBN"), (BIBO.issn, issn_is_right, "ISSN"),
              (BIBO.doi, lambda text: DOI.fullmatch(text) is not None, "DOI"))  # fmt: skip
    for predicate, is_right, what in checks:
        for subject, value in m.facts.pairs(predicate):
            if isinstance(value, Literal) and not is_right(value.value):
                yield Fault(name(subject), f"'{value.value}' is no {what}.")


def identifier_fault(iri: str) -> str:
    """What is wrong with an IRI of a well-known authority; '' where nothing is.

    >>> identifier_fault("http://www.wikidata.org/entity/q220")
    "'q220' has not the form of an identifier of Wikidata."
    >>> identifier_fault("http://www.wikidata.org/entity/Q220")
    ''
    """
    bare = iri.partition("://")[2]
    for start, form, authority in _FORMS:
        if bare.startswith(start):
            rest = bare[len(start) :]
            if rest and not re.fullmatch(form, rest):
                return f"'{rest}' has not the form of an identifier of {authority}."
    return agent_fault(iri)


def external(m: Material) -> set[NamedNode]:
    """IRIs of others in the material: values that lie in no own space and no vocabulary."""
    return {
        value
        for predicate, pairs in m.facts.by_predicate.items()
        if predicate != RDF.type
        for _, value in pairs
        if isinstance(value, NamedNode)
        and not m.roles.is_own(value.value)
        and not (is_known(value.value) and "wikidata" not in value.value)
    }


ITEMS = tuple(value for value in tuple(globals().values()) if isinstance(value, Item))
