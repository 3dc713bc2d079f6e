"""Vocabularies that only checks speak of, and properties that mean the same in several ones."""

from __future__ import annotations

from pyoxigraph import NamedNode

from glocal_kg._rdf.namespaces import DCTERMS, OWL, RDF, RDFS, SCHEMA, SKOS, VANN, Namespace

OWN = Namespace("own", "https://w3id.org/glocal/quality#")
"""The roles that things have in the material, for queries; see ``roles``."""

DC = Namespace("dc", "http://purl.org/dc/elements/1.1/")
OLD = Namespace("old", "http://schema.org/")
"""schema.org as many still write it."""
VS = Namespace("vs", "http://www.w3.org/2003/06/sw-vocab-status/ns#")
IAO_DEFINITION = NamedNode("http://purl.obolibrary.org/obo/IAO_0000115")

CLASSES = (OWL.Class, RDFS.Class)
OBJECT = (
    OWL.ObjectProperty, OWL.SymmetricProperty, OWL.TransitiveProperty, OWL.AsymmetricProperty,
    OWL.InverseFunctionalProperty, OWL.ReflexiveProperty, OWL.IrreflexiveProperty,
)  # fmt: skip
PROPERTIES = (
    *OBJECT, OWL.DatatypeProperty, OWL.AnnotationProperty, OWL.FunctionalProperty, RDF.Property,
    OWL.OntologyProperty, OWL.DeprecatedProperty,
)  # fmt: skip
DATATYPES = (RDFS.Datatype,)

LABELS = (RDFS.label, SKOS.prefLabel)
DEFINITIONS = (SKOS.definition, IAO_DEFINITION)
DESCRIPTIONS = (RDFS.comment, DCTERMS.description, SCHEMA.description, DC.description)
"""What defines a term that has no definition; beside one they say something else."""
TITLES = (DCTERMS.title, DC.title)
NOTES = (SKOS.scopeNote, SKOS.note, SKOS.editorialNote, RDFS.comment, VANN.usageNote)
MATCHES = (
    SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch,
    OWL.sameAs, SCHEMA.sameAs,
)  # fmt: skip
AXIOMS = (
    RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range, OWL.equivalentClass,
    OWL.equivalentProperty, OWL.inverseOf, OWL.disjointWith, OWL.propertyDisjointWith,
    OWL.complementOf, OWL.disjointUnionOf, OWL.propertyChainAxiom, OWL.hasKey,
)  # fmt: skip
"""Properties whose facts are axioms about their subject."""
