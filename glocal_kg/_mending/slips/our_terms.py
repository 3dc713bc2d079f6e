"""Facts of one's own that change what a term of the ontology means, for all who use it."""

from __future__ import annotations

from collections.abc import Iterator

from glocal_kg._engines.shacl.rdf_terms import short
from glocal_kg._engines.shacl.report import Finding
from glocal_kg._mending.own import OwnFacts
from glocal_kg._mending.slips.slip import slip
from glocal_kg._rdf.namespaces import OWL, RDFS
from glocal_kg._study.vocab import GLOCAL

_BETWEEN = (
    RDFS.subClassOf, RDFS.subPropertyOf, OWL.equivalentClass, OWL.equivalentProperty,
    OWL.disjointWith, OWL.inverseOf, OWL.sameAs,
)  # fmt: skip
_OF_ENDS = (RDFS.domain, RDFS.range)


def changed_terms(own: OwnFacts) -> Iterator[Finding]:
    """What is said anew of two terms of ours, or of the ends of a property.

    Names in other languages and matches with other vocabularies change nothing; nor do classes
    and properties of one's own below ours.
    """
    for fact in own.facts_of(own.of(*_BETWEEN, *_OF_ENDS)):
        s, p, o = fact
        if s not in GLOCAL or not (o in GLOCAL or p in _OF_ENDS):
            continue
        if own.packaged_has(*fact):
            continue  # a copy of the ontology
        told = f"{short(s)} is a term of the ontology, and {short(p)} {short(o)} changes it."
        remedy = f"Leave it out, or say it of a term of your own below {short(s)}."
        yield slip("ontology", fact, told, remedy)
