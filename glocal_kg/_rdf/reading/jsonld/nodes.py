"""Expanded nodes and values: what they hold, and that it fits together."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from glocal_kg._rdf.reading.jsonld.context import UNSET, ActiveContext, Term
from glocal_kg._rdf.reading.jsonld.faults import JsonLdFault, shown


class ExpandedNode(dict[str, Any]):
    """An expanded object. Where the document has lines it knows its own, and those of its types."""

    line = 0
    """The line that names it or has its value."""
    lines_of_types: Mapping[str, int] = MappingProxyType({})


NO_TERM: Final = Term(None)
_VALUE_KEYS: Final = {"@direction", "@index", "@language", "@type", "@value"}


def listed(value: Any) -> list[Any]:
    """A value as a list of values."""
    return value if isinstance(value, list) else [value]


def value_of(active: ActiveContext, above: str, value: Any, line: int = 0) -> ExpandedNode:
    """A text, number or truth value as a node or value object."""
    found = _value_of(active, above, value)
    if line:
        found.line = line
    return found


def _value_of(active: ActiveContext, above: str, value: Any) -> ExpandedNode:
    definition = active.of(above) or NO_TERM
    kind = definition.kind
    if isinstance(value, str):
        if kind == "@id":
            return ExpandedNode({"@id": active.expand(value, relative=True)})
        if kind == "@vocab":
            return ExpandedNode({"@id": active.expand(value, vocab=True, relative=True)})
    found = ExpandedNode({"@value": value})
    if kind not in (None, "@id", "@vocab", "@none"):
        found["@type"] = kind
    elif isinstance(value, str):
        language, direction = definition.language, definition.direction
        language = active.language if language is UNSET else language
        direction = active.direction if direction is UNSET else direction
        if language is not None:
            found["@language"] = language
        if direction is not None:
            found["@direction"] = direction
    return found


def finished(result: ExpandedNode, above: str | None) -> Any:
    """An expanded object, looked at as a whole: a value, a list or set, or a node."""
    if "@value" in result:
        return _value(result, above)
    if "@set" in result or "@list" in result:
        if len(result.keys() - {"@index"}) > 1:
            raise JsonLdFault("a list or set has more entries than @index")
        if "@set" in result:
            return result["@set"]
    if result.keys() == {"@language"}:
        return None
    if (above is None or above == "@graph") and (
        not result or "@list" in result or result.keys() == {"@id"}
    ):
        return None
    return result


def _value(result: ExpandedNode, above: str | None) -> Any:
    kinds = result.get("@type")
    more = sorted(result.keys() - _VALUE_KEYS)
    if more:
        raise JsonLdFault(f"an object with @value also has {more[0]}")
    if kinds is not None and ("@language" in result or "@direction" in result):
        raise JsonLdFault("an object with @value has both @type and @language or @direction")
    if kinds is not None:
        if len(kinds) != 1:
            raise JsonLdFault(f"an object with @value has {len(kinds)} types")
        result["@type"] = kinds[0]
        if kinds[0] == "@json":
            return result
    value = result["@value"]
    if value is None or value == []:
        return None
    if "@language" in result and not isinstance(value, str):
        raise JsonLdFault(f"{shown(value)} has a language, but is no text")
    if above is None or above == "@graph":
        return None
    return result


def is_node(value: Any) -> bool:
    """Whether an expanded object is a node, neither a value nor a list."""
    return isinstance(value, dict) and not value.keys() & {"@value", "@list", "@set"}
