"""What the trade's properties take, so that a mapping need not say it."""

from __future__ import annotations

from functools import cache

from glocal_kg._glocal.corpus.mapping.mapping import MappedProperty, Type

_GEO = "http://www.w3.org/2003/01/geo/wgs84_pos#"
_DATATYPES: dict[str, Type] = {
    "integer": "whole",
    "nonNegativeInteger": "whole",
    "positiveInteger": "whole",
    "int": "whole",
    "decimal": "number",
    "double": "number",
    "float": "number",
    "date": "date",
    "gYear": "year",
    "boolean": "boolean",
    "anyURI": "address",
    "string": "identifier",
}
_ALWAYS: dict[str, MappedProperty] = {
    _GEO + "lat": MappedProperty(_GEO + "lat", type="number", one=True, least=-90, most=90),
    _GEO + "long": MappedProperty(_GEO + "long", type="number", one=True, least=-180, most=180),
    "http://www.w3.org/2004/02/skos/core#notation": MappedProperty("", type="identifier"),
    "http://purl.org/dc/terms/identifier": MappedProperty("", type="identifier"),
}


def known(iri: str) -> MappedProperty:
    """The property as the ontology's shapes have it: its type and whether there is one value.

    >>> known("http://www.w3.org/2003/01/geo/wgs84_pos#lat").most
    90
    """
    return _ALWAYS.get(iri) or _of_shapes().get(iri) or MappedProperty(iri)


@cache
def _of_shapes() -> dict[str, MappedProperty]:
    """Types of properties by the packaged shapes: datatype, and how many values at most."""
    from pyoxigraph import Literal, NamedNode, parse

    from glocal_kg._study.packaged import files, format_of

    sh = "http://www.w3.org/ns/shacl#"
    said: dict[object, dict[str, object]] = {}
    for path in files("ontology", ".ttl"):
        if "shapes" not in path:
            continue
        for quad in parse(path=path, format=format_of(path)):
            if quad.predicate.value.startswith(sh):
                name = quad.predicate.value.removeprefix(sh)
                said.setdefault(quad.subject, {})[name] = quad.object
    found: dict[str, MappedProperty] = {}
    clashing: set[str] = set()
    for facts in said.values():
        path_node = facts.get("path")
        if not isinstance(path_node, NamedNode):
            continue
        datatype, most = facts.get("datatype"), facts.get("maxCount")
        kind: Type = "text"
        if isinstance(datatype, NamedNode):
            kind = _DATATYPES.get(datatype.value.rpartition("#")[2], "text")
        one = isinstance(most, Literal) and most.value == "1"
        made = MappedProperty(path_node.value, type=kind, one=one)
        if found.setdefault(made.iri, made) != made:
            clashing.add(made.iri)
    return {iri: made for iri, made in found.items() if iri not in clashing}
