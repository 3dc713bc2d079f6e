"""What the ontology and its shapes say of a column: required, type, help, and its list."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from glocal_kg._glocal.corpus.mapping.usual_properties import known
from glocal_kg._study.vocab import BASE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from glocal_kg._glocal.corpus.mapping import MappedProperty

_SH = "http://www.w3.org/ns/shacl#"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_LABELS = (_RDFS + "label", _SKOS + "prefLabel")


class Expected(NamedTuple):
    """What a shape says of a property of a class."""

    required: bool
    one: bool
    least: float | None
    most: float | None
    message: str
    datatype: bool = False
    kind: str = ""  # the class its values are of
    choices: tuple[str, ...] = ()  # the IRIs or texts that it lists


@cache
def _statements() -> dict[str, dict[str, list[object]]]:
    """Everything packaged: subject, predicate, values."""
    from pyoxigraph import parse

    from glocal_kg._study.packaged import files, format_of

    found: dict[str, dict[str, list[object]]] = {}
    paths = [*files("ontology", ".ttl"), *files("data", ".trig", ".ttl")]
    for path in paths:
        for quad in parse(path=path, format=format_of(path), rename_blank_nodes=True):
            held = found.setdefault(str(quad.subject), {})
            held.setdefault(quad.predicate.value, []).append(quad.object)
    return found


def _values(subject: object, *predicates: str) -> list[object]:
    held = _statements().get(str(subject), {})
    return [value for predicate in predicates for value in held.get(predicate, [])]


def _node(iri: str) -> str:
    return f"<{iri}>"


def _text(values: list[object], language: str = "en") -> str:
    """The English text among values, or one without language."""
    texts = [value for value in values if hasattr(value, "language")]
    wanted = [value for value in texts if value.language in (language, None)]
    return str(wanted[0].value) if wanted else ""  # type: ignore[attr-defined]  # terms that have a value


def label(iri: str) -> str:
    """The English label of a thing, or the last part of its IRI.

    >>> label("https://w3id.org/glocal/ontology#City")
    'city'
    """
    found = _text(_values(_node(iri), *_LABELS))
    return found or iri.replace("#", "/").rpartition("/")[2]


def help_of(iri: str) -> str:
    """What a property means, by its definition."""
    return _text(_values(_node(iri), _SKOS + "definition", _RDFS + "comment"))


def instances(kind: str) -> dict[str, str]:
    """The things of a class that are packaged, by English label: the list of a drop-down."""
    found: dict[str, str] = {}
    for subject, held in _statements().items():
        kinds = [getattr(value, "value", "") for value in held.get(_RDF + "type", [])]
        if kind in kinds and subject.startswith(f"<{BASE}"):
            iri = subject[1:-1]
            found.setdefault(label(iri), iri)
    return dict(sorted(found.items()))


@cache
def said(kind: str) -> dict[str, Expected]:
    """What the shapes of a class, and of its superclasses, say of its properties, by IRI."""
    kinds = {kind}
    waiting = [kind]
    while waiting:
        for above in _values(_node(waiting.pop()), _RDFS + "subClassOf"):
            iri = getattr(above, "value", "")
            if iri and iri not in kinds:
                kinds.add(iri)
                waiting.append(iri)
    found: dict[str, Expected] = {}
    for held in _statements().values():
        targets = {getattr(value, "value", "") for value in held.get(_SH + "targetClass", [])}
        if not targets & kinds:
            continue
        for shape in held.get(_SH + "property", []):
            for path in _paths(shape):
                found[path] = _together(found.get(path), _said(shape))
    return found


def _paths(shape: object) -> list[str]:
    """The property of a shape; of alternatives the first, which is the plain one."""
    from pyoxigraph import NamedNode

    for path in _values(shape, _SH + "path"):
        if isinstance(path, NamedNode):
            return [path.value]
        for alternatives in _values(path, _SH + "alternativePath"):
            first = _values(alternatives, _RDF + "first")
            if first and isinstance(first[0], NamedNode):
                return [first[0].value]
    return []


def _said(shape: object) -> Expected:
    def number(name: str) -> float | None:
        values = _values(shape, _SH + name)
        return float(values[0].value) if values else None  # type: ignore[attr-defined]  # terms that have a value

    return Expected(
        (number("minCount") or 0) > 0,
        number("maxCount") == 1,
        number("minInclusive"),
        number("maxInclusive"),
        _text(_values(shape, _SH + "message")),
        bool(_values(shape, _SH + "datatype")),
        next((str(value)[1:-1] for value in _values(shape, _SH + "class")), ""),
        tuple(_listed(shape)),
    )


def _listed(shape: object) -> Iterator[str]:
    """The members of the list under sh:in."""
    rest = _values(shape, _SH + "in")
    while rest and (first := _values(rest[0], _RDF + "first")):
        yield str(first[0].value)  # type: ignore[attr-defined]  # terms that have a value
        rest = _values(rest[0], _RDF + "rest")


def _together(one: Expected | None, other: Expected) -> Expected:
    if one is None:
        return other
    return Expected(
        one.required or other.required,
        one.one or other.one,
        one.least if other.least is None else other.least,
        one.most if other.most is None else other.most,
        one.message or other.message,
        one.datatype or other.datatype,
        one.kind or other.kind,
        one.choices or other.choices,
    )


def property_of(iri: str) -> MappedProperty:
    """The property with the type the shapes give it."""
    from dataclasses import replace

    return replace(known(iri), iri=iri)


@cache
def version() -> str:
    """The version of the ontology that a template is made from."""
    values = _values(_node(BASE + "ontology"), "http://www.w3.org/2002/07/owl#versionInfo")
    return str(values[0].value) if values else ""  # type: ignore[attr-defined]  # terms that have a value


@cache
def renamed() -> dict[str, str]:
    """Properties and classes of older editions, and what they are today."""
    import csv
    import os

    from glocal_kg._study.packaged import folder
    from glocal_kg._study.vocab import expand

    path = os.path.join(folder("ontology"), "migration.tsv")
    if not os.path.exists(path):
        return {}
    found: dict[str, str] = {}
    with open(path, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            try:
                found.setdefault(expand(row["old"]).value, expand(row["new"]).value)
            except (ValueError, KeyError):  # an address, or a rule with no name of today
                continue
    return found
