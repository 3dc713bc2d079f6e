"""The well-known vocabularies: which terms they have, so that a right one is never a finding.

``vocabularies.tsv`` has the terms of each, and ``*`` for vocabularies known by name only: too large
or too fast for a list, so any term may be asked of them. What rdflib lists of a vocabulary is in it
(a test holds the two together); here rdflib itself, which takes long to begin, is not needed.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

RDF_LANGUAGES = (
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "http://www.w3.org/2000/01/rdf-schema#",
    "http://www.w3.org/2002/07/owl#",
    "http://www.w3.org/2001/XMLSchema#",
)
"""The vocabularies that everything else is written in: nobody lists them as reused."""

GROWING = ("https://schema.org/", "http://schema.org/", "http://www.geonames.org/ontology#")
"""Vocabularies that grow faster than lists: only what looks misspelt is wrong there."""


@cache
def vocabularies() -> dict[str, tuple[str, frozenset[str] | None]]:
    """Namespace to usual prefix and local names; None for those known by name only.

    >>> prefix, names = vocabularies()["http://purl.org/dc/terms/"]
    >>> prefix, "created" in names
    ('dcterms', True)
    """
    from glocal_kg._study.generate import TERMS
    from glocal_kg._study.vocab import GLOCAL

    found: dict[str, tuple[str, frozenset[str] | None]] = {}
    table = Path(__file__).with_name("vocabularies.tsv").read_text(encoding="utf-8")
    for line in table.splitlines()[1:]:
        prefix, base, listed = line.split("\t")
        found[base] = (prefix, None if listed == "*" else frozenset(listed.split()))
    found["http://schema.org/"] = found["https://schema.org/"]
    found[str(GLOCAL)] = ("glocal", frozenset(TERMS))
    return found


def namespace(iri: str) -> str:
    """An IRI up to its last ``#`` or ``/``.

    >>> namespace("http://purl.org/dc/terms/created")
    'http://purl.org/dc/terms/'
    """
    return iri[: max(iri.rfind("#"), iri.rfind("/")) + 1]


def exists(iri: str) -> bool | None:
    """Whether a well-known vocabulary has a term; None where the vocabulary is not known.

    >>> exists("http://purl.org/dc/terms/created"), exists("http://purl.org/dc/terms/createt")
    (True, False)
    >>> exists("https://example.org/x") is None
    True
    """
    base = namespace(iri)
    known = vocabularies().get(base)
    if known is None:
        return None
    local = iri[len(base) :]
    if known[1] is None or not local or local in known[1]:
        return True
    if base in GROWING and not close_to(iri):
        return True
    return base == RDF_LANGUAGES[0] and local.startswith("_") and local[1:].isdigit()


def is_known(iri: str) -> bool:
    """Whether an IRI lies in a well-known vocabulary.

    >>> is_known("http://www.w3.org/2004/02/skos/core#prefLabel")
    True
    """
    return namespace(iri) in vocabularies()


def close_to(iri: str) -> str:
    """The term of the same vocabulary that looks most like a misspelt one; '' without any.

    >>> close_to("http://purl.org/dc/terms/createt")
    'created'
    """
    from difflib import get_close_matches

    names = vocabularies()[namespace(iri)][1] or frozenset()
    return next(iter(get_close_matches(iri[len(namespace(iri)) :], sorted(names), 1, 0.75)), "")


def meant_by(iri: str) -> str:
    """What may be meant by a term that its vocabulary has not; '' where nothing is like it.

    >>> meant_by("http://www.w3.org/2000/01/rdf-schema#Property")
    'rdf:Property'
    >>> meant_by("http://purl.org/dc/terms/createt")
    'created'
    """
    base = namespace(iri)
    if base in RDF_LANGUAGES:
        for other in RDF_LANGUAGES:
            prefix, names = vocabularies()[other]
            if iri[len(base) :] in (names or ()):
                return f"{prefix}:{iri[len(base) :]}"
    return close_to(iri)
