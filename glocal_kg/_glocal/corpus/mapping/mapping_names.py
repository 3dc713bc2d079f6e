"""Names of vocabularies in a mapping: what a wrong one was meant to be, which go unchecked."""

from __future__ import annotations

from difflib import get_close_matches

from glocal_kg._study.vocabularies import close_to, namespace, vocabularies

TYPE_CHECKING = False
if TYPE_CHECKING:
    from glocal_kg._glocal.corpus.mapping.mapping import Mapping


def nearest(iri: str) -> str:
    """The local name of the same vocabulary that is most like a wrong one, or "".

    >>> nearest("https://schema.org/telephon"), nearest("http://www.w3.org/2000/01/rdf-schema#xyz")
    ('telephone', '')
    """
    base = namespace(iri)
    names = vocabularies()[base][1] or ()
    return close_to(iri) or next(iter(get_close_matches(iri[len(base) :], sorted(names), 1)), "")


def unchecked(mapping: Mapping) -> list[str]:
    """The namespaces of its classes and properties whose terms are not known here, so that a
    misspelt one is not seen."""
    things = [thing for sheet in mapping.sheets for thing in sheet.things]
    named = [thing.kind for thing in things]
    named += [given.iri for thing in things for given in thing.properties]
    bases = dict.fromkeys(namespace(iri) for iri in named if iri)
    return [base for base in bases if vocabularies().get(base, ("", None))[1] is None]
