"""Namespaces as closed lists of terms, and prefixes: what shortens an IRI and what expands a name.

A closed namespace knows its terms, so a misspelt one fails where it is written and not as an
empty answer later. Which prefixes are known is a value, ``Prefixes``; like the context of
``decimal``, the one in use is that of the running call (``using``), else that of the program
(``set_default``), else ``STANDARD``.

>>> RDFS.lable
Traceback (most recent call last):
    ...
AttributeError: rdfs: has no term 'lable'. Did you mean 'label'?
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextvars import ContextVar

from pyoxigraph import NamedNode

from glocal_kg._rdf.arguments import PAIRS, TEXT, expect


class Namespace:
    """A prefix, its IRI and the terms it may be used with; no list means any term.

    >>> Namespace("ex", "https://example.org/", "a b").a
    <NamedNode value=https://example.org/a>
    """

    def __init__(self, prefix: str, iri: str, terms: str | None = None) -> None:
        self._prefix = prefix
        self._iri = iri
        self._terms = None if terms is None else frozenset(terms.split())

    def __getattr__(self, name: str) -> NamedNode:
        if name.startswith("__"):
            raise AttributeError(name)
        terms = self._names()
        if terms is not None and name not in terms:
            from difflib import get_close_matches

            close = get_close_matches(name, sorted(terms), 3)
            hint = f" Did you mean {' or '.join(map(repr, close))}?" if close else ""
            # With a name Python does not add its own suggestion to ours.
            raise AttributeError(f"{self._prefix}: has no term {name!r}.{hint}", name=name)
        node = NamedNode(self._iri + name)
        self.__dict__[name] = node
        return node

    def __getitem__(self, name: str) -> NamedNode:
        """The same, for names that are no Python names: ``SH["in"]``, ``PRACTICE["x-y"]``."""
        return self.__getattr__(name)

    def __contains__(self, node: object) -> bool:
        """True for a node of this namespace that is one of its terms."""
        if not isinstance(node, NamedNode) or not node.value.startswith(self._iri):
            return False
        terms = self._names()
        return terms is None or node.value[len(self._iri) :] in terms

    def __dir__(self) -> list[str]:
        return sorted(self._names() or ())

    def __str__(self) -> str:
        return self._iri

    def __repr__(self) -> str:
        return f"Namespace({self._prefix!r}, {self._iri!r})"

    def _names(self) -> frozenset[str] | None:
        return self._terms


RDF = Namespace(
    "rdf",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "type first rest nil value subject predicate object Property Statement List langString"
    " dirLangString HTML XMLLiteral JSON PlainLiteral CompoundLiteral direction language"
    " Alt Bag Seq reifies",
)
RDFS = Namespace(
    "rdfs",
    "http://www.w3.org/2000/01/rdf-schema#",
    "Class Resource Literal Datatype Container ContainerMembershipProperty subClassOf"
    " subPropertyOf domain range label comment seeAlso isDefinedBy member",
)
OWL = Namespace(
    "owl",
    "http://www.w3.org/2002/07/owl#",
    "AllDifferent AllDisjointClasses AllDisjointProperties Annotation AnnotationProperty"
    " AsymmetricProperty Axiom Class DataRange DatatypeProperty DeprecatedClass"
    " DeprecatedProperty FunctionalProperty InverseFunctionalProperty IrreflexiveProperty"
    " NamedIndividual NegativePropertyAssertion Nothing ObjectProperty Ontology"
    " OntologyProperty ReflexiveProperty Restriction SymmetricProperty Thing"
    " TransitiveProperty allValuesFrom annotatedProperty annotatedSource annotatedTarget"
    " assertionProperty backwardCompatibleWith bottomDataProperty bottomObjectProperty"
    " cardinality complementOf datatypeComplementOf deprecated differentFrom disjointUnionOf"
    " disjointWith distinctMembers equivalentClass equivalentProperty hasKey hasSelf hasValue"
    " imports incompatibleWith intersectionOf inverseOf maxCardinality"
    " maxQualifiedCardinality members minCardinality minQualifiedCardinality onClass"
    " onDataRange onDatatype onProperties onProperty oneOf priorVersion propertyChainAxiom"
    " propertyDisjointWith qualifiedCardinality rational real sameAs someValuesFrom"
    " sourceIndividual targetIndividual targetValue topDataProperty topObjectProperty"
    " unionOf versionIRI versionInfo withRestrictions",
)
XSD = Namespace(
    "xsd",
    "http://www.w3.org/2001/XMLSchema#",
    "anyAtomicType anySimpleType anyType anyURI base64Binary boolean byte date dateTime"
    " dateTimeStamp dayTimeDuration decimal double duration float gDay gMonth gMonthDay gYear"
    " gYearMonth hexBinary int integer language long maxExclusive maxInclusive maxLength"
    " minExclusive minInclusive minLength length pattern Name NCName NMTOKEN negativeInteger"
    " nonNegativeInteger nonPositiveInteger normalizedString positiveInteger QName short"
    " string time token unsignedByte unsignedInt unsignedLong unsignedShort"
    " yearMonthDuration",
)
SKOS = Namespace(
    "skos",
    "http://www.w3.org/2004/02/skos/core#",
    "Collection Concept ConceptScheme OrderedCollection altLabel broadMatch broader"
    " broaderTransitive changeNote closeMatch definition editorialNote exactMatch example"
    " hasTopConcept hiddenLabel historyNote inScheme mappingRelation member memberList"
    " narrowMatch narrower narrowerTransitive notation note prefLabel related relatedMatch"
    " scopeNote semanticRelation topConceptOf",
)
DCTERMS = Namespace(
    "dcterms",
    "http://purl.org/dc/terms/",
    "abstract accessRights alternative audience available bibliographicCitation conformsTo"
    " contributor coverage created creator date dateAccepted dateCopyrighted dateSubmitted"
    " description educationLevel extent format hasFormat hasPart hasVersion identifier"
    " isFormatOf isPartOf isReferencedBy isReplacedBy isRequiredBy isVersionOf issued language"
    " license mediator medium modified provenance publisher references relation replaces"
    " requires rights rightsHolder source spatial subject tableOfContents temporal title type"
    " valid accrualMethod accrualPeriodicity accrualPolicy instructionalMethod"
    " Agent AgentClass BibliographicResource FileFormat Frequency Jurisdiction LicenseDocument"
    " LinguisticSystem Location LocationPeriodOrJurisdiction MediaType MediaTypeOrExtent"
    " MethodOfAccrual MethodOfInstruction PeriodOfTime PhysicalMedium PhysicalResource Policy"
    " ProvenanceStatement RightsStatement SizeOrDuration Standard"
    " DCMIType DDC IMT LCC LCSH MESH NLM TGN UDC Box ISO3166 ISO639-2 ISO639-3 Period Point"
    " RFC1766 RFC3066 RFC4646 RFC5646 URI W3CDTF",
)
PROV = Namespace(
    "prov",
    "http://www.w3.org/ns/prov#",
    "Activity Agent Association Attribution Bundle Collection Derivation Entity Generation"
    " Influence Organization Person Plan PrimarySource Quotation Revision Role SoftwareAgent"
    " Usage actedOnBehalfOf agent alternateOf atLocation atTime endedAtTime entity generated"
    " generatedAtTime hadActivity hadMember hadPlan hadPrimarySource hadRole hadUsage influenced"
    " qualifiedAssociation qualifiedAttribution qualifiedDerivation qualifiedGeneration"
    " qualifiedUsage specializationOf startedAtTime used value wasAssociatedWith"
    " wasAttributedTo wasDerivedFrom wasGeneratedBy wasInfluencedBy wasInformedBy"
    " wasQuotedFrom wasRevisionOf",
)
SH = Namespace(
    "sh",
    "http://www.w3.org/ns/shacl#",
    "AbstractResult BlankNode BlankNodeOrIRI BlankNodeOrLiteral IRI IRIOrLiteral Info Literal"
    " NodeKind NodeShape PrefixDeclaration PropertyGroup PropertyShape SPARQLConstraint"
    " SPARQLExecutable SPARQLAskExecutable SPARQLSelectExecutable SPARQLConstructExecutable"
    " Shape ValidationReport ValidationResult Violation Warning Severity and"
    " alternativePath ask class closed conforms construct datatype deactivated declare"
    " defaultValue description detail disjoint entailment equals flags focusNode group"
    " hasValue ignoredProperties in inversePath languageIn lessThan lessThanOrEquals maxCount"
    " maxExclusive maxInclusive maxLength message minCount minExclusive minInclusive minLength"
    " name namespace node nodeKind not oneOrMorePath or order path pattern prefix prefixes"
    " property qualifiedMaxCount qualifiedMinCount qualifiedValueShape"
    " qualifiedValueShapesDisjoint result resultMessage resultPath resultSeverity select"
    " severity shapesGraph shapesGraphWellFormed sourceConstraint sourceConstraintComponent"
    " sourceShape sparql targetClass targetNode targetObjectsOf targetSubjectsOf uniqueLang"
    " value xone zeroOrMorePath zeroOrOnePath",
)

# Vocabularies of others that are used by a few terms: any term may be asked of them.
FOAF = Namespace("foaf", "http://xmlns.com/foaf/0.1/")
ORG = Namespace("org", "http://www.w3.org/ns/org#")
GEO = Namespace(
    "geo",
    "http://www.w3.org/2003/01/geo/wgs84_pos#",
    "Event Point SpatialThing TemporalThing alt lat lat_long location long time",
)
SCHEMA = Namespace("schema", "https://schema.org/")
GN = Namespace("gn", "http://www.geonames.org/ontology#")
BIBO = Namespace("bibo", "http://purl.org/ontology/bibo/")
VANN = Namespace("vann", "http://purl.org/vocab/vann/")
VOID = Namespace("void", "http://rdfs.org/ns/void#")
DCAT = Namespace("dcat", "http://www.w3.org/ns/dcat#")
TIME = Namespace("time", "http://www.w3.org/2006/time#")
FABIO = Namespace("fabio", "http://purl.org/spar/fabio/")
SEMAPV = Namespace("semapv", "https://w3id.org/semapv/vocab/")
SSSOM = Namespace("sssom", "https://w3id.org/sssom/")
VS = Namespace("vs", "http://www.w3.org/2003/06/sw-vocab-status/ns#")

_VOCABULARIES = (
    RDF, RDFS, OWL, XSD, SKOS, DCTERMS, PROV, SH, FOAF, ORG, GEO, SCHEMA, GN, BIBO, VANN, VOID,
    DCAT, TIME, FABIO, SEMAPV, SSSOM, VS,
)  # fmt: skip


class Prefixes(Mapping[str, str]):
    """Prefix to IRI; never changed, so it can be shared.

    >>> Prefixes({"ex": "https://example.org/"}).shorten("https://example.org/rome")
    'ex:rome'
    """

    def __init__(self, pairs: Mapping[str, str]) -> None:
        expect("pairs", pairs, PAIRS)
        self._pairs = dict(pairs)
        self._by_iri = {iri: prefix for prefix, iri in self._pairs.items()}
        self._hash = hash(frozenset(self._pairs.items()))

    def __getitem__(self, prefix: str) -> str:
        return self._pairs[prefix]

    def __iter__(self) -> Iterator[str]:
        return iter(self._pairs)

    def __len__(self) -> int:
        return len(self._pairs)

    def __repr__(self) -> str:
        return f"Prefixes({self._pairs!r})"

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, Mapping) and self._pairs == dict(other))

    def and_also(self, more: Mapping[str, str]) -> Prefixes:
        """These prefixes and more; where both have one, the new one counts."""
        expect("more", more, PAIRS)
        return Prefixes({**self._pairs, **more}) if more else self

    def expand(self, name: str) -> NamedNode:
        """The IRI a prefixed name stands for.

        Raises ``ValueError`` where the prefix is unknown or the result is no IRI.

        >>> STANDARD.expand("skos:Concept")
        <NamedNode value=http://www.w3.org/2004/02/skos/core#Concept>
        >>> STANDARD.expand("nowhere:rome")
        Traceback (most recent call last):
            ...
        ValueError: 'nowhere:' is not a known prefix
        """
        expect("name", name, TEXT)
        prefix, colon, local = name.partition(":")
        if not colon:
            raise ValueError(f"{name!r} has no prefix")
        if prefix not in self._pairs:
            raise ValueError(f"'{prefix}:' is not a known prefix")
        return NamedNode(self._pairs[prefix] + local)

    def shorten(self, iri: str) -> str:
        """An IRI as prefixed name where a known prefix fits, else the IRI itself.

        >>> STANDARD.shorten("http://www.w3.org/2004/02/skos/core#Concept")
        'skos:Concept'
        >>> STANDARD.shorten("https://example.org/x")
        'https://example.org/x'
        """
        if not isinstance(iri, str):
            expect("iri", iri, TEXT)
        cut = max(iri.rfind("#"), iri.rfind("/")) + 1
        prefix = self._by_iri.get(iri[:cut])
        local = iri[cut:]
        if prefix is None or not local or not local.replace("-", "").replace("_", "").isalnum():
            return iri
        return f"{prefix}:{local}"


STANDARD = Prefixes({space._prefix: str(space) for space in _VOCABULARIES})
"""The prefixes of the vocabularies above."""

_in_use: ContextVar[Prefixes | None] = ContextVar("prefixes", default=None)
_default = STANDARD


def prefixes() -> Prefixes:
    """The prefixes of the running call, or those of the program."""
    return _in_use.get() or _default


def set_default(prefixes: Prefixes) -> None:
    """Make these the prefixes of the program, for calls that name none."""
    global _default
    _default = prefixes


class using:
    """Use some prefixes while a block runs, in this thread and task only.

    >>> with using(Prefixes({"ex": "https://example.org/"})):
    ...     shorten("https://example.org/rome")
    'ex:rome'
    """

    def __init__(self, prefixes: Prefixes) -> None:
        self._prefixes = prefixes

    def __enter__(self) -> Prefixes:
        self._token = _in_use.set(self._prefixes)
        return self._prefixes

    def __exit__(self, *_: object) -> None:
        _in_use.reset(self._token)


def expand(name: str) -> NamedNode:
    """``Prefixes.expand`` with the prefixes of the running call."""
    return prefixes().expand(name)


def shorten(iri: str) -> str:
    """``Prefixes.shorten`` with the prefixes of the running call."""
    return prefixes().shorten(iri)
