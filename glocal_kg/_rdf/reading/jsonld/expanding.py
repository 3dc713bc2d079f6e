"""Expansion: a document without contexts, in which each property and type is its IRI."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from glocal_kg._rdf.reading.jsonld.context import KEYWORDS, UNSET, ActiveContext, Term
from glocal_kg._rdf.reading.jsonld.contexts import Load, processed
from glocal_kg._rdf.reading.jsonld.faults import JsonLdFault, shown
from glocal_kg._rdf.reading.jsonld.json_lines import PlacedList, PlacedObject
from glocal_kg._rdf.reading.jsonld.nodes import (
    NO_TERM,
    ExpandedNode,
    finished,
    is_node,
    listed,
    value_of,
)

T = TypeVar("T")


class Expansion:
    """Expands one document; ``address`` is its own, ``load`` gives documents of contexts."""

    def __init__(self, address: str | None, load: Load) -> None:
        self.address = address
        self.load = load
        self.line = 0
        """Where the value stands that is expanded, if the document has lines."""

    def document(self, document: Any, active: ActiveContext) -> list[ExpandedNode]:
        """The nodes of a whole document."""
        self.line = getattr(document, "line", 0)
        found = self.expanded(active, None, document)
        if isinstance(found, dict) and found.keys() == {"@graph"}:
            found = found["@graph"]
        return [] if found is None else listed(found)

    def expanded(
        self, active: ActiveContext, above: str | None, element: Any, mapped: bool = False
    ) -> Any:
        """What an element stands for under the property ``above``; None where it says nothing.

        ``mapped``: it is an entry of a map by index, id or type.
        """
        if element is None:
            return None
        if isinstance(element, list):
            return self._array(active, above, element, mapped)
        if isinstance(element, dict):
            return self._object(active, above, element, mapped)
        if above is None or above == "@graph":
            return None
        definition = active.of(above) or NO_TERM
        if definition.context is not UNSET:
            active = self._of_property(active, definition)
        return value_of(active, above, element, self.line)

    def _of_property(self, active: ActiveContext, definition: Term) -> ActiveContext:
        """With the context that a property brings for its values."""
        local, address = definition.context, definition.address
        return processed(active, local, address, self.load, override=True)

    def _of_type(self, active: ActiveContext, definition: Term) -> ActiveContext:
        """With the context that a type brings for its nodes, but not for those below them."""
        local, address = definition.context, definition.address
        return processed(active, local, address, self.load, propagate=False)

    def _array(
        self, active: ActiveContext, above: str | None, items: list[Any], mapped: bool
    ) -> Any:
        found = []
        in_list = "@list" in (active.of(above) or NO_TERM).container
        for item in self._items(items):
            one = self.expanded(active, above, item, mapped)
            if in_list and isinstance(one, list):
                found.append(self._made({"@list": one}))
            elif one is not None:
                found += listed(one)
        return found

    def _object(
        self, active: ActiveContext, above: str | None, element: dict[str, Any], mapped: bool
    ) -> Any:
        result = self._made({})
        scope = active.of(above) or NO_TERM
        if active.previous is not None and not mapped:
            keys = [active.expand(key, vocab=True) for key in element]
            if "@value" not in keys and keys != ["@id"]:
                active = active.previous
        if scope.context is not UNSET:
            active = self._of_property(active, scope)
        if "@context" in element:
            line = self.line
            if isinstance(element, PlacedObject):
                self.line = element.line_of("@context")
            active = processed(active, element["@context"], self.address, self.load)
            self.line = line
        of_types, input_type = active, None
        for key in sorted(element):
            if active.expand(key, vocab=True) != "@type":
                continue
            names = [name for name in listed(element[key]) if isinstance(name, str)]
            for name in sorted(names):
                kind = of_types.of(name) or NO_TERM
                if kind.context is not UNSET:
                    active = self._of_type(active, kind)
            if input_type is None and names:
                input_type = active.expand(names[-1], vocab=True)
        self._entries(active, of_types, above, element, result, input_type)
        return finished(result, above)

    def _entries(
        self,
        active: ActiveContext,
        of_types: ActiveContext,
        above: str | None,
        element: dict[str, Any],
        result: ExpandedNode,
        input_type: str | None,
    ) -> None:
        """Take up the entries of an object, those nested in it too."""
        nested = []
        for key, value in self._pairs(element):
            if key == "@context":
                continue
            name = active.expand(key, vocab=True)
            if name is None:
                continue
            if name == "@nest":
                nested.append(key)
            elif name in KEYWORDS:
                self._keyword(active, of_types, above, name, value, result, input_type)
            elif ":" in name:
                self.property(active, key, name, value, result)
        for key in nested:
            definition, inner = active.of(key) or NO_TERM, active
            if definition.context is not UNSET:
                inner = self._of_property(active, definition)
            for value in listed(element[key]):
                if not isinstance(value, dict) or any(
                    inner.expand(entry, vocab=True) == "@value" for entry in value
                ):
                    raise JsonLdFault(f"the nested '{key}' is {shown(value)}, no node")
                self._entries(inner, of_types, above, value, result, input_type)

    # Keywords

    def _keyword(
        self,
        active: ActiveContext,
        of_types: ActiveContext,
        above: str | None,
        name: str,
        value: Any,
        result: ExpandedNode,
        input_type: str | None,
    ) -> None:
        if above == "@reverse":
            raise JsonLdFault(f"@reverse holds {name}, where only properties can stand")
        if name in result and name not in ("@included", "@type"):
            raise JsonLdFault(f"two entries of one object stand for {name}")
        if name == "@id":
            if not isinstance(value, str):
                raise JsonLdFault(f"@id is {shown(value)}, not a text")
            result[name] = active.expand(value, relative=True)
            self._stands_here(result)
        elif name == "@type":
            for kind in listed(value):
                if not isinstance(kind, str):
                    raise JsonLdFault(f"@type is {shown(kind)}, not a text")
            kinds = list(result.get(name, ()))
            for one in self._items(listed(value)):
                kind = of_types.expand(one, vocab=True, relative=True)
                if kind is not None:
                    kinds.append(kind)
                    if self.line:
                        result.lines_of_types = {kind: self.line, **result.lines_of_types}
            result[name] = kinds
        elif name == "@graph":
            found = self.expanded(active, "@graph", value)
            result[name] = [] if found is None else listed(found)
        elif name == "@included":
            found = self.expanded(active, None, value)
            nodes = [] if found is None else listed(found)
            if found is None or not all(is_node(node) for node in nodes):
                raise JsonLdFault(f"@included is {shown(value)}, no nodes")
            result[name] = [*result.get(name, ()), *nodes]
        elif name == "@value":
            if input_type != "@json" and isinstance(value, (dict, list)):
                raise JsonLdFault(f"@value is {shown(value)}, neither a text nor a number")
            result[name] = value
            self._stands_here(result)
        elif name in ("@language", "@index", "@direction"):
            fits = value in ("ltr", "rtl") if name == "@direction" else isinstance(value, str)
            if not fits:
                raise JsonLdFault(f"{name} is {shown(value)}")
            result[name] = value
        elif name == "@list":
            if above is not None and above != "@graph":
                found = self.expanded(active, above, value)
                result[name] = [] if found is None else listed(found)
        elif name == "@set":
            result[name] = self.expanded(active, above, value)
        elif name == "@reverse":
            self._reverse(active, value, result)

    def _reverse(self, active: ActiveContext, value: Any, result: ExpandedNode) -> None:
        if not isinstance(value, dict):
            raise JsonLdFault(f"@reverse is {shown(value)}, no object")
        found = self.expanded(active, "@reverse", value) or {}
        for name, items in found.pop("@reverse", {}).items():  # twice reversed
            result.setdefault(name, []).extend(items)
        for name, items in found.items():
            self._add_reverse(result, name, listed(items))

    @staticmethod
    def _add_reverse(result: ExpandedNode, name: str, items: list[Any]) -> None:
        for item in items:
            if "@value" in item or "@list" in item:
                raise JsonLdFault(f"the reverse property {name} has a value that is no node")
        result.setdefault("@reverse", {}).setdefault(name, []).extend(items)

    # Properties

    def property(
        self, active: ActiveContext, key: str, name: str, value: Any, result: ExpandedNode
    ) -> None:
        """Take up what a node says by a key that stands for a property."""
        definition, line = active.of(key) or NO_TERM, self.line
        container = definition.container
        if definition.kind == "@json":
            found: Any = self._made({"@value": value, "@type": "@json"})
        elif "@language" in container and isinstance(value, dict):
            found = list(self._language_map(active, definition, value))
        elif container & {"@index", "@id", "@type"} and isinstance(value, dict):
            found = list(self._map(active, key, definition, value))
        else:
            found = self.expanded(active, key, value)
        if found is None:
            return
        if "@list" in container and not (isinstance(found, dict) and "@list" in found):
            found = self._made({"@list": listed(found)}, line)
        if "@graph" in container and not container & {"@id", "@index"}:
            found = [self._made({"@graph": listed(one)}, line) for one in listed(found)]
        if definition.reverse:
            self._add_reverse(result, name, listed(found))
        else:
            result.setdefault(name, []).extend(listed(found))

    def _language_map(
        self, active: ActiveContext, definition: Term, value: dict[str, Any]
    ) -> Iterator[ExpandedNode]:
        given = definition.direction
        direction = active.direction if given is UNSET else given
        for language, texts in self._pairs(value):
            for text in self._items(listed(texts)):
                if text is None:
                    continue
                if not isinstance(text, str):
                    raise JsonLdFault(f"{shown(text)} stands in a map by language, but is no text")
                found = self._made({"@value": text})
                if active.expand(language, vocab=True) != "@none":
                    found["@language"] = language
                if direction is not None:
                    found["@direction"] = direction
                yield found

    def _map(
        self, active: ActiveContext, key: str, definition: Term, value: dict[str, Any]
    ) -> Iterator[ExpandedNode]:
        """The nodes of a map by index, id or type."""
        container = definition.container
        for entry, items in self._pairs(value):
            inner = active
            if "@type" in container:
                inner = active.previous or active
                kind = inner.of(entry) or NO_TERM
                if kind.context is not UNSET:
                    inner = self._of_type(inner, kind)
            meant = active.expand(entry, vocab=True)
            found = self.expanded(inner, key, listed(items), mapped=True)
            for item in found or ():
                if "@graph" in container and "@graph" not in item:
                    item = self._made({"@graph": [item]}, item.line)
                if meant != "@none":
                    self._keyed(active, definition, entry, meant, item)
                yield item

    @staticmethod
    def _keyed(
        active: ActiveContext, definition: Term, entry: str, meant: str | None, item: ExpandedNode
    ) -> None:
        """Give a node of a map what its key says of it."""
        container = definition.container
        if "@index" in container and definition.index is not None:
            name = active.expand(definition.index, vocab=True) or ""
            if "@value" in item:
                raise JsonLdFault(f"a value stands in a map by {definition.index}, but is no node")
            own = value_of(active, definition.index, entry, item.line)
            item[name] = [own, *item.get(name, ())]
        elif "@index" in container:
            item.setdefault("@index", entry)
        elif "@id" in container:
            if "@id" not in item:
                item["@id"] = active.expand(entry, relative=True)
        elif "@type" in container:
            item["@type"] = [meant, *item.get("@type", ())]

    # Lines

    def _stands_here(self, node: ExpandedNode) -> None:
        if self.line:
            node.line = self.line

    def _made(self, entries: dict[str, Any], line: int = 0) -> ExpandedNode:
        found = ExpandedNode(entries)
        if self.line:
            found.line = line or self.line
        return found

    def _pairs(self, element: dict[str, Any]) -> Iterable[tuple[str, Any]]:
        """The entries of an object of the document; each is gone to in its line."""
        if isinstance(element, PlacedObject):
            return self._gone_to(element.lines, element.items())
        return element.items()

    def _items(self, items: list[Any]) -> Iterable[Any]:
        return self._gone_to(items.lines, items) if isinstance(items, PlacedList) else items

    def _gone_to(self, lines: list[int], parts: Iterable[T]) -> Iterator[T]:
        for self.line, part in zip(lines, parts, strict=False):
            yield part
