"""Items about the words of terms: labels, definitions, languages, telling names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode

from glocal_kg._quality.fact_index import Node, local_name, name
from glocal_kg._quality.item import Fault, Item, NotChecked, item
from glocal_kg._quality.material import Material
from glocal_kg._quality.other_vocabularies import DEFINITIONS, DESCRIPTIONS, LABELS, TITLES
from glocal_kg._rdf.languages import language_fault
from glocal_kg._rdf.namespaces import RDFS, SKOS
from glocal_kg._study.vocab import shorten

_NO_WORDS = ("zh", "ja", "th", "lo", "km", "my")
"""Languages that put no blanks between words."""

_IS_A = re.compile(r"is|is_?a|isA|is_?an|instanceOf|kindOf|isKindOf|is_kind_of", re.I)
_AND_OR = re.compile(r"[a-z](And|Or)[A-Z]|[_-](and|or)[_-]")
_REST = re.compile(r"misc(ellaneous)?|other|others|unknown|various|other_?things?", re.I)
_OTHER = re.compile(r"(Misc|Miscellaneous|Other|Unknown)[A-Z_].*|.*(Misc|Miscellaneous|Other)")
_SETS_APART = re.compile(
    r".*[a-z]Of|locatedIn|where|spatial|location|atLocation|based_near|place|object_id"
)
"""Names of properties that say where a thing lies or to what it belongs: two rooms called
kitchen in two houses are two rooms."""

_BUILT_IN = re.compile(
    r"bool(ean)?|int(eger)?|string|text|float|double|decimal|number|date_?time|date|time|year"
    r"|duration|ur[il]|iri|literal|datatype|list|array",
    re.I,
)


@item(
    45,
    "error",
    of="root",
    remedy="Add or merge labels; the languages of the ontology's title are promised.",
)
def languages(m: Material) -> Iterator[Fault]:
    """Each promised language has a label, and no language two."""
    promised = {
        text.language for node in m.roles.ontologies for text in m.facts.texts(node, *TITLES)
    } - {None}
    if not promised:
        raise NotChecked("the title of the ontology promises no language")
    for node in dict.fromkeys([*m.roles.terms, *m.roles.concepts]):
        texts = m.facts.texts(node, *LABELS)
        said = {text.language for text in texts}
        missing = promised - said
        # A label without a language is one in any of them, as older ontologies have it.
        if missing and texts and None not in said:  # no label at all is another item's finding
            yield Fault(name(node), f"It has no label in {', '.join(sorted(map(str, missing)))}.")
        for predicate in LABELS:
            tags = [text.language for text in m.facts.texts(node, predicate)]
            for tag in sorted({str(tag) for tag in tags if tags.count(tag) > 1}):
                yield Fault(
                    name(node), f"It has two labels in '{tag}' ({shorten(predicate.value)})."
                )


@item(47, "warning", of="terms", remedy="Say what sets the term apart from its neighbors.")
def definitions(m: Material) -> Iterator[Fault]:
    """A definition says more than the label, in five words or more, and only once."""
    seen: dict[tuple[str, str | None], Node] = {}
    for node in m.roles.terms:
        labels = {_plain(text.value) for text in m.facts.texts(node, *LABELS)}
        told = m.facts.texts(node, *DEFINITIONS) or m.facts.texts(node, *DESCRIPTIONS)
        for text in told:
            if _plain(text.value) in labels:
                yield Fault(node.value, f"The definition repeats the label: '{text.value}'.")
            elif len(text.value.split()) < 5 and not str(text.language).startswith(_NO_WORDS):
                yield Fault(node.value, f"The definition is short: '{text.value}'.")
            other = seen.setdefault((_plain(text.value), text.language), node)
            if other != node:
                yield Fault(node.value, f"{name(other)} has the same definition.")


@item(48, "warning", of="terms", remedy="Find the words that tell the two apart, or merge them.")
def unique_labels(m: Material) -> Iterator[Fault]:
    """No two terms share a label."""
    seen: dict[tuple[str, str | None], Node] = {}
    for node in m.roles.terms:
        for text in m.facts.texts(node, RDFS.label, SKOS.prefLabel):
            other = seen.setdefault((text.value, text.language), node)
            if other != node:
                tag = f"@{text.language}" if text.language else ""
                yield Fault(node.value, f'{name(other)} is called "{text.value}"{tag} too.')


@item(50, "error", of="literals", remedy="Use the tag of the language registry, such as en-GB.")
def language_tags(m: Material) -> Iterator[Fault]:
    """Language tags are those of BCP 47."""
    users: dict[str, Node] = {}
    for subject, _, value in m.facts:
        if isinstance(value, Literal) and value.language:
            users.setdefault(value.language, subject)
    for tag, subject in sorted(users.items()):
        if fault := language_fault(tag):
            yield Fault(name(subject), f"The language tag '{tag}' is wrong: {fault}.")


@item(60, "error", of="properties", remedy="Use rdf:type or rdfs:subClassOf.")
def is_a(m: Material) -> Iterator[Fault]:
    """No property is called 'is' or 'is a'."""
    for node in m.roles.properties:
        if _IS_A.fullmatch(local_name(node)):
            yield Fault(node.value, "Its name says what rdf:type or rdfs:subClassOf say.")


@item(61, "info", of="classes", remedy="Make it two classes, or name what the two have in common.")
def and_or(m: Material) -> Iterator[Fault]:
    """No class is two classes joined by 'and' or 'or'."""
    for node in m.roles.classes:
        if _AND_OR.search(local_name(node)):
            yield Fault(node.value, "Its name joins two things.")


@item(
    62,
    "info",
    of="classes",
    remedy="Say what its members are; whatever is left over belongs to the parent.",
)
def leftovers(m: Material) -> Iterator[Fault]:
    """No class is a heap of what is left over."""
    for node in m.roles.classes:
        if _REST.fullmatch(local_name(node)) or _OTHER.fullmatch(local_name(node)):
            yield Fault(node.value, "Its name says only what its members are not.")


@item(71, "warning", of="terms", remedy="Merge the two, or find the words that tell them apart.")
def near_duplicates(m: Material) -> Iterator[Fault]:
    """No two terms have nearly the same label."""
    for nodes in (m.roles.classes, m.roles.properties):
        seen: dict[tuple[str, str | None], tuple[NamedNode, str]] = {}
        for node in nodes:
            for text in m.facts.texts(node, *LABELS):
                key = (_stemmed(text.value), text.language)
                other, word = seen.setdefault(key, (node, text.value))
                if other != node and word != text.value:
                    yield Fault(node.value, f"'{text.value}' is nearly '{word}' of {name(other)}.")


@item(82, "warning", of="classes", remedy="Use the datatype of XML Schema.")
def built_in(m: Material) -> Iterator[Fault]:
    """No class stands for a built-in datatype."""
    for node in m.roles.classes:
        if _BUILT_IN.fullmatch(local_name(node)):
            yield Fault(node.value, "Its name is that of a datatype.")


@item(105, "warning", of="instances", remedy="Merge the two, or tell them apart by their labels.")
def duplicates(m: Material) -> Iterator[Fault]:
    """No two things of one class, place and whole have the same name."""
    places = [p for p in m.facts.by_predicate if _SETS_APART.fullmatch(local_name(p))]
    seen: dict[tuple[object, ...], dict[NamedNode, str]] = defaultdict(dict)
    for node in m.roles.instances:
        where = frozenset(m.facts.values(node, *places))
        kinds = frozenset(m.facts.types(node))
        for text in m.facts.texts(node, *LABELS):
            key = (_plain(text.value), text.language, kinds, where)
            seen[key].setdefault(node, text.value)
    told: set[tuple[NamedNode, NamedNode]] = set()
    for nodes in seen.values():
        first, *others = nodes
        for node in others:
            if (first, node) not in told:
                told.add((first, node))
                yield Fault(node.value, f"{name(first)} is called '{nodes[node]}' too.")


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^\w\s]", " ", text.casefold()).split())


def _stemmed(text: str) -> str:
    words = _plain(text.replace("_", " ")).split()
    return " ".join(re.sub(r"ies$", "y", re.sub(r"(?<=[a-z]{2})(?<!s)s$", "", w)) for w in words)


ITEMS = tuple(value for value in tuple(globals().values()) if isinstance(value, Item))
