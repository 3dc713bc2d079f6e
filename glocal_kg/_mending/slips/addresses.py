"""Addresses of the web that stand where a name does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

import numpy as np
from numpy.typing import NDArray
from pyoxigraph import Literal, NamedNode

from glocal_kg._engines.shacl.rdf_terms import short
from glocal_kg._engines.shacl.report import Finding
from glocal_kg._mending.own import OwnFacts
from glocal_kg._mending.remedies.turtle import quoted
from glocal_kg._mending.slips.slip import slip
from glocal_kg._rdf.namespaces import OWL, RDFS, SKOS
from glocal_kg._rdf.store.dictionary import Dictionary
from glocal_kg._rdf.store.pairs import Numbers

_NAMES = (RDFS.label, SKOS.prefLabel, SKOS.altLabel)
_ADDRESS = re.compile(r"\s*(?:https?://|www\.)[^\s<>\"{}|^`\\]+\s*", re.IGNORECASE)
_STARTS = ('"http', '"HTTP', '"Http', '"www.', '"WWW.', '"Www.', '" ')


def addresses(own: OwnFacts) -> Iterator[Finding]:
    """Names that are an address: the words of the address are the name, it is linked to."""
    numbers = own.literals_like(lambda text: text.startswith(_STARTS), _may_be_addresses)
    if not len(numbers):
        return
    named = own.of(*_NAMES)
    for s, p, o in own.facts_of(named[np.isin(named[:, 2], numbers)]):
        if not isinstance(o, Literal) or not _ADDRESS.fullmatch(o.value):
            continue
        address = o.value.strip()
        if not address.lower().startswith("http"):
            address = f"https://{address}"
        told = f"{short(o)} is an address, and {short(p)} has a name that people read."
        name = quoted(_name_in(address), o.language or "en")
        write = f"{short(s)} {short(p)} {name} ; rdfs:seeAlso {NamedNode(address)} ."
        remedy = f"Give the name, and link to the address. Write {write}"
        yield slip("address", (s, p, o), told, remedy, severity="warning")


def _may_be_addresses(terms: Dictionary, literals: Numbers) -> NDArray[np.bool_]:
    """Which of many literals begin as an address may, in letters of any size."""
    letters = terms.beginnings(literals, 5)[:, 1:]
    small = np.ascontiguousarray(letters | 0x20).view("V4")[:, 0]
    begins = np.frombuffer(b"httpwww.", "V4")
    may: NDArray[np.bool_] = letters[:, 0] == ord(" ")
    for begin in begins:
        may |= small == begin
    return may


_SAME = (OWL.sameAs, SKOS.exactMatch, SKOS.closeMatch)
_PAGES = (
    (re.compile(r"https?://(?:www|m)\.wikidata\.org/wiki/(Q\d+)"), "http://www.wikidata.org/entity/{}"),
    (re.compile(r"https://www\.wikidata\.org/entity/(Q\d+)"), "http://www.wikidata.org/entity/{}"),
    (re.compile(r"https?://www\.geonames\.org/(\d+)(?:/.*)?"), "https://sws.geonames.org/{}/"),
    (re.compile(r"https?://(?:\w+\.)?dbpedia\.org/page/(\S+)"), "http://dbpedia.org/resource/{}"),
    (re.compile(r"https?://viaf\.org/viaf/(\d+)/\S*"), "http://viaf.org/viaf/{}"),
)  # fmt: skip


def pages(own: OwnFacts) -> Iterator[Finding]:
    """Pages on a thing in place of the thing: of Wikidata, GeoNames and their like."""
    for fact in own.facts_of(own.of(*_SAME)):
        s, p, o = fact
        if not isinstance(o, NamedNode):
            continue
        for page, thing in _PAGES:
            if found := page.fullmatch(o.value):
                right = NamedNode(thing.format(found[1]))
                told = f"{short(o)} is a page on a thing, and not the IRI of that thing."
                write = f"Write {short(s)} {short(p)} {right} ."
                yield slip("address", fact, told, write, severity="warning")


def _name_in(address: str) -> str:
    """The words at the end of an address.

    >>> _name_in("https://example.org/pages/ville-verte.html"), _name_in("https://www.lyon.fr/")
    ('ville verte', 'lyon')
    """
    path = re.sub(r"[?#].*", "", address).partition("://")[2].rstrip("/")
    host, _, rest = path.partition("/")
    end = unquote(rest.rpartition("/")[2])
    words = re.sub(r"\.\w{2,5}$", "", end) if end else host.removeprefix("www.").split(".")[0]
    return " ".join(re.split(r"[-_+\s]+", words)).strip()
