"""Items of the group "Identity and IRIs" that need more than a query."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode

from glocal_kg._engines.shacl.patterns import check_pattern, without_match
from glocal_kg._quality.fact_index import name
from glocal_kg._quality.item import Fault, Item, NotChecked, item
from glocal_kg._quality.lists import PERSISTENT_HOSTS
from glocal_kg._quality.material import Material
from glocal_kg._quality.other_vocabularies import AXIOMS
from glocal_kg._quality.roles import Roles
from glocal_kg._rdf.namespaces import OWL, RDF, RDFS, SH, VANN, VOID
from glocal_kg._study.vocab import KINDS, RESOURCE, shorten
from glocal_kg._study.vocabularies import RDF_LANGUAGES, is_known, namespace, vocabularies

_EXTENSION = re.compile(r"\.(owl|ttl|rdf|xml|n3|nt|nq|trig|json|jsonld|html?|php|aspx?|jsp)$", re.I)
_VERSION = re.compile(r"v?\d+(\.\d+){0,3}([-+][0-9A-Za-z.-]+)?|\d{4}-\d{2}-\d{2}")
_STYLES = {
    "UpperCamel": re.compile(r"[A-Z][A-Za-z0-9]*"),
    "lowerCamel": re.compile(r"[a-z][A-Za-z0-9]*"),
    "snake_case": re.compile(r"[a-z0-9]+(_[a-z0-9]+)*"),
    "Upper_Snake": re.compile(r"[A-Z][A-Za-z0-9]*(_[A-Za-z0-9]+)*"),
    "kebab-case": re.compile(r"[a-z0-9]+(-[a-z0-9]+)*"),
    "a code with a number": re.compile(r"[A-Za-z]+[_-]?[0-9]+"),
}


@item(4, "error", of="ontologies", remedy="Use an IRI below w3id.org, purl.org or a like host.")
def persistent(m: Material) -> Iterator[Fault]:
    """The IRI of an ontology lies on a host that promises to keep it."""
    for node in m.roles.ontologies:
        scheme, _, rest = node.value.partition("://")
        host = rest.partition("/")[0].lower()
        if scheme not in ("http", "https"):
            yield Fault(node.value, f"Its scheme is {scheme}, not http or https.")
        elif host not in PERSISTENT_HOSTS and not host.endswith(
            tuple(f".{known}" for known in PERSISTENT_HOSTS)
        ):
            told = f"Whether somebody promises that IRIs on {host} last is not known here."
            yield Fault(node.value, told, severity="info")


@item(5, "warning", of="names", remedy="Leave the extension out; let the server choose the format.")
def extension(m: Material) -> Iterator[Fault]:
    """No file extension in the IRI of an ontology or term."""
    for node in m.roles.ontologies + m.roles.terms:
        if _EXTENSION.search(node.value.rstrip("#/")):
            yield Fault(node.value, "Its IRI ends in a file extension.")


@item(
    8, "warning", of="prefixes", remedy="Use the usual namespace for the prefix, or another prefix."
)
def prefixes(m: Material) -> Iterator[Fault]:
    """Prefixes are well-formed and mean what they mean everywhere."""
    usual = {prefix: base for base, (prefix, terms) in vocabularies().items() if terms is not None}
    spaces = {_bare(base): base for base in vocabularies()}
    meant: dict[str, dict[str, str]] = defaultdict(dict)
    for file in m.files:
        for prefix, base in file.prefixes:
            meant[prefix].setdefault(base, file.name)
    for node in m.roles.ontologies:
        for value in m.facts.texts(node, VANN.preferredNamespacePrefix):
            if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_.-]*", value.value):
                yield Fault(node.value, f"Its preferred prefix '{value.value}' is not well-formed.")
            if value.value in usual and usual[value.value] not in m.roles.term_spaces:
                yield Fault(
                    node.value,
                    f"Its preferred prefix '{value.value}' stands for {usual[value.value]}.",
                )
    for prefix, bases in sorted(meant.items()):
        first = next(iter(bases.values()))
        for base, file_name in bases.items():
            known = spaces.get(_bare(base))
            if known is not None and base not in vocabularies():
                yield Fault(file_name, f"'{prefix}:' is {base}; the vocabulary is {known}.")
            elif prefix in usual and base != usual[prefix] and base not in vocabularies():
                yield Fault(file_name, f"'{prefix}:' is {base}, elsewhere {usual[prefix]}.")
        if len(bases) > 1 and prefix:
            yield Fault(first, f"'{prefix}:' means {' and '.join(sorted(bases))}.")


@item(
    10,
    "error",
    of="ontologies",
    remedy="Write one version into owl:versionInfo and owl:versionIRI.",
)
def version(m: Material) -> Iterator[Fault]:
    """The version is a semantic version or date, the same everywhere."""
    for node in m.roles.ontologies:
        versions = m.facts.texts(node, OWL.versionInfo)
        if not versions:
            yield Fault(node.value, "It has no owl:versionInfo.")
        for value in versions:
            if not _VERSION.fullmatch(value.value):
                yield Fault(node.value, f"'{value.value}' is neither a version nor a date.")
            for other in m.facts.nodes(node, OWL.versionIRI):
                if value.value not in other.value:
                    yield Fault(node.value, f"owl:versionIRI does not name {value.value}.")
    if m.packaged and m.roles.root is not None:
        from glocal_kg._version import version

        said = [value.value for value in m.facts.texts(m.roles.root, OWL.versionInfo)]
        if said and version() not in said:
            yield Fault(m.roles.root.value, f"It is {said[0]}, the package {version()}.")


@item(
    11,
    "warning",
    of="previous",
    remedy="Name the version IRI of the release before in owl:priorVersion.",
)
def prior(m: Material) -> Iterator[Fault]:
    """The version before is named and at hand."""
    before = {quad.object for quad in m.before if quad.predicate == OWL.versionIRI}
    if not before:
        raise NotChecked("the release before has no version IRI")
    for node in [m.roles.root] if m.roles.root else []:
        named = m.facts.nodes(node, OWL.priorVersion)
        if not named:
            yield Fault(node.value, "It does not name the version before.")
        for other in named:
            if other not in before:
                yield Fault(node.value, f"{other.value} is not the version in the release before.")


@item(12, "warning", of="terms", remedy="Name it as the other terms of its kind.")
def naming(m: Material) -> Iterator[Fault]:
    """Terms of one kind are named in one way."""
    for what, nodes in (("classes", m.roles.classes), ("properties", m.roles.properties)):
        names = {node: node.value[len(namespace(node.value)) :] for node in nodes}
        fits = {
            style: {node for node, name in names.items() if pattern.fullmatch(name)}
            for style, pattern in _STYLES.items()
        }
        usual = max(fits, key=lambda style: len(fits[style]))
        if len(fits[usual]) * 3 < len(names) * 2:
            subject = m.roles.root.value if m.roles.root else m.files[0].name
            said = f"Of {len(names)} {what} only {len(fits[usual])} are in {usual}."
            yield Fault(subject, said, "Decide for one way, and keep to it.")
            continue
        for node in names.keys() - fits[usual]:
            yield Fault(node.value, f"It is not in {usual}, as other {what} are.")


@item(
    13,
    "error",
    of="instances",
    remedy="State it with void:uriSpace or sh:declare, and give things such IRIs.",
)
def policy(m: Material) -> Iterator[Fault]:
    """The form of identifiers is stated, and each thing keeps it."""
    facts = m.facts
    things = m.roles.instances
    spaces = {v.value for _, v in facts.pairs(VOID.uriSpace) if isinstance(v, Literal)}
    declared = tuple(v.value for _, v in facts.pairs(SH.namespace) if isinstance(v, Literal))
    # Prefixes are declared for many ends; where most things keep to them, they are the policy.
    if sum(node.value.startswith(declared) for node in things) * 2 > len(things):
        spaces |= set(declared)
    patterns = [
        (subject, value)
        for subject, value in facts.pairs(VOID.uriRegexPattern)
        if isinstance(value, Literal)
    ]
    rest = {node.value for node in things}
    ours = {iri for iri in rest if iri.startswith(RESOURCE)}
    if ours and not m.packaged:
        if not spaces and not patterns:
            rest = ours  # of these alone the form is stated: by us
        spaces |= {f"{RESOURCE}{kind}/" for kind in KINDS}
    if not spaces and not patterns:
        raise NotChecked("no form is stated (void:uriSpace, void:uriRegexPattern or sh:declare)")
    for subject, pattern in patterns:
        wrong = check_pattern(pattern.value, "")
        if wrong is not None:
            yield Fault(name(subject), *wrong)
        else:
            rest = without_match(sorted(rest), pattern.value, "")
    for iri in sorted(rest):
        space = max((one for one in spaces if iri.startswith(one)), key=len, default=None)
        if space is None:
            yield Fault(iri, "It has none of the stated forms.")
        elif not re.fullmatch(r"[^/#?\s]+", iri[len(space) :]):
            yield Fault(iri, f"Below {space} it is not one name.")


_DECLARED = {
    OWL.Thing: OWL.Class,
    OWL.Nothing: OWL.Class,
    OWL.topObjectProperty: OWL.ObjectProperty,
    OWL.bottomObjectProperty: OWL.ObjectProperty,
    OWL.topDataProperty: OWL.DatatypeProperty,
    OWL.bottomDataProperty: OWL.DatatypeProperty,
    RDFS.Literal: RDFS.Datatype,
}
"""What editors declare though OWL 2 has it from the start (its Structural Specification, 5)."""


@item(
    14,
    "error",
    of="statements",
    remedy="Make the axiom about a term of your own, below or equal to theirs.",
)
def own_only(m: Material) -> Iterator[Fault]:
    """Nothing of others is redefined."""
    for predicate in AXIOMS:
        for node, _ in m.facts.pairs(predicate):
            if isinstance(node, NamedNode) and is_known(node.value) and not _ours(m, node.value):
                yield Fault(node.value, f"{shorten(predicate.value)} is said of a term of others.")
    for subject in m.facts.by_subject:
        if isinstance(subject, NamedNode) and namespace(subject.value) in RDF_LANGUAGES[:3]:
            known = {RDF.Property, OWL.AnnotationProperty, _DECLARED.get(subject)}
            if not known.issuperset(m.facts.types(subject)):
                yield Fault(subject.value, "It belongs to the language of RDF itself.")


@item(
    16,
    "error",
    of="previous",
    remedy="Bring it back, with owl:deprecated true and what replaces it.",
)
def vanished(m: Material) -> Iterator[Fault]:
    """No identifier of the release before has vanished."""
    from glocal_kg._quality.fact_index import FactIndex

    before = Roles(FactIndex(m.before))
    for node in before.ontologies + before.terms + before.instances:
        if node not in m.facts.by_subject:
            yield Fault(node.value, "It was in the release before and is gone.")


@item(17, "error", of="statements", remedy="Write the IRI in one form everywhere.")
def iris(m: Material) -> Iterator[Fault]:
    """IRIs are normal, without blanks, and no two differ in http and https alone."""
    nodes = {
        term.value
        for subject, predicate, value in m.facts
        for term in (subject, predicate, value)
        if isinstance(term, NamedNode)
    }
    spaces = {_bare(base): base for base in vocabularies()}
    for iri in sorted(nodes):
        if unicodedata.normalize("NFC", iri) != iri:
            yield Fault(iri, "It is not in Unicode's normal form NFC.")
        if any(letter.isspace() for letter in iri):
            yield Fault(iri, "There is a blank in it.")
        elif "%20" in iri:
            yield Fault(iri, "There is a blank in it, written %20.", severity="warning")
        if iri.startswith("file:"):
            yield Fault(iri, "It names a file on somebody's machine.")
        if iri.startswith("http://") and f"https://{iri[7:]}" in nodes:
            yield Fault(iri, "It is there with http and with https.")
        base = namespace(iri)
        known = spaces.get(_bare(base))
        if known is not None and base not in vocabularies():
            names = vocabularies()[known][1] or ()
            if iri[len(base) :] in names and known not in m.roles.term_spaces:
                yield Fault(iri, f"The vocabulary that has this term is {known}.")


@item(19, "info", of="terms", remedy="Keep to one of the two for terms.")
def hash_or_slash(m: Material) -> Iterator[Fault]:
    """Terms use either hash or slash."""
    marks = Counter(namespace(node.value)[-1:] for node in m.roles.terms)
    if len(marks) > 1:
        usual = marks.most_common(1)[0][0]
        for node in m.roles.terms:
            if namespace(node.value)[-1:] != usual:
                yield Fault(node.value, f"Other terms stand behind '{usual}'.")


def _ours(m: Material, iri: str) -> bool:
    return namespace(iri) in m.roles.term_spaces


def _bare(base: str) -> str:
    """A namespace without scheme and end, to find one that is nearly right."""
    return base.partition("://")[2].rstrip("#/").lower()


ITEMS = tuple(value for value in tuple(globals().values()) if isinstance(value, Item))
