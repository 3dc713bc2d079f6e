"""Contexts taken up one after another: ``@context`` in its forms, and where it may stand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from glocal_kg._rdf.reading.jsonld.context import KEYWORDS, ActiveContext
from glocal_kg._rdf.reading.jsonld.faults import JsonLdFault, shown
from glocal_kg._rdf.reading.jsonld.json_lines import PlacedObject
from glocal_kg._rdf.reading.jsonld.term_definitions import Definitions
from glocal_kg._rdf.sparql.iris import is_absolute, resolved

Load = Callable[[str], Any]
"""Gives the document at an address."""

_MOST: Final = 50  # contexts that refer to contexts
_SETTINGS: Final = {
    "@base", "@direction", "@import", "@language", "@propagate", "@protected", "@version",
    "@vocab",
}  # fmt: skip


def processed(
    active: ActiveContext,
    local: Any,
    address: str | None,
    load: Load,
    *,
    visited: tuple[str, ...] = (),
    override: bool = False,
    propagate: bool = True,
    validate: bool = True,
) -> ActiveContext:
    """A context with a local one taken up.

    ``address`` is that of the document that ``local`` stands in; ``visited`` are the addresses
    on the way to it. ``override``: protected terms may change; ``propagate``: it also holds in
    the nodes below; ``validate``: contexts within it are looked at too.
    """
    result = active.copy()
    if isinstance(local, dict) and "@propagate" in local:
        if not isinstance(local["@propagate"], bool):
            raise JsonLdFault(f"@propagate is {shown(local['@propagate'])}, not true or false")
        propagate = local["@propagate"]
    if not propagate and result.previous is None:
        result.previous = active
    for one in local if isinstance(local, list) else [local]:
        if one is None:
            if not override and any(term.protected for term in active.terms.values()):
                raise JsonLdFault("a context of null would undo protected terms")
            before = result
            result = ActiveContext(active.own_base, active.own_base)
            result.previous = None if propagate else before
        elif isinstance(one, str):
            result = _referred(result, one, address, load, visited, validate)
        elif isinstance(one, dict):
            result = _taken_up(result, one, address, load, visited, override, validate)
        else:
            raise JsonLdFault(f"a context is {shown(one)}, neither an object nor an address")
    return result


def _referred(
    result: ActiveContext,
    reference: str,
    address: str | None,
    load: Load,
    visited: tuple[str, ...],
    validate: bool,
) -> ActiveContext:
    """With a context of another document."""
    where = _full(reference, address)
    if not validate and where in visited:
        return result
    if len(visited) > _MOST:
        raise JsonLdFault(f"contexts refer to contexts more than {_MOST} times, last '{where}'")
    document = load(where)
    if not isinstance(document, dict) or "@context" not in document:
        raise JsonLdFault(f"the document '{where}' has no @context")
    context = document["@context"]
    return processed(result, context, where, load, visited=(*visited, where), validate=validate)


def _full(reference: str, address: str | None) -> str:
    where = resolved(reference, address) if address is not None else reference
    if is_absolute(where):
        return where
    raise JsonLdFault(
        f"the context '{reference}' is relative and has no base",
        'Write the "@context" into the text, or give base=.',
    )


def _taken_up(
    result: ActiveContext,
    local: dict[str, Any],
    address: str | None,
    load: Load,
    visited: tuple[str, ...],
    override: bool,
    validate: bool,
) -> ActiveContext:
    """With a context written out."""
    if "@version" in local and (local["@version"] != 1.1 or isinstance(local["@version"], bool)):
        raise JsonLdFault(f"@version is {shown(local['@version'])}, not 1.1")
    if "@import" in local:
        local = {**_imported(local["@import"], address, load), **local}
    if "@base" in local and not visited:
        result.base = _base(local["@base"], result.base)
    if "@vocab" in local:
        result.vocab = _vocab(local["@vocab"], result)
    if "@language" in local:
        if local["@language"] is not None and not isinstance(local["@language"], str):
            raise JsonLdFault(f"@language is {shown(local['@language'])}, not a text")
        result.language = local["@language"]
    if "@direction" in local:
        if local["@direction"] not in (None, "ltr", "rtl"):
            raise JsonLdFault(f"@direction is {shown(local['@direction'])}, not ltr or rtl")
        result.direction = local["@direction"]
    if not isinstance(local.get("@propagate", True), bool):
        raise JsonLdFault(f"@propagate is {shown(local['@propagate'])}, not true or false")
    protected = local.get("@protected", False)

    def check(context: Any) -> None:
        processed(result, context, address, load, visited=visited, override=True, validate=False)

    definitions = Definitions(
        result, local, address, protected, override, check if validate else None
    )
    for term in local:
        if term not in _SETTINGS:
            try:
                definitions.define(term)
            except JsonLdFault as fault:
                if fault.line is None and isinstance(local, PlacedObject):
                    fault.line = local.line_of(term)
                raise
    result._known.clear()
    return result


def _imported(reference: Any, address: str | None, load: Load) -> dict[str, Any]:
    if not isinstance(reference, str):
        raise JsonLdFault(f"@import is {shown(reference)}, not an address")
    where = _full(reference, address)
    document = load(where)
    context = document.get("@context") if isinstance(document, dict) else None
    if not isinstance(context, dict):
        raise JsonLdFault(f"the document '{where}' has no context that can be imported")
    if "@import" in context:
        raise JsonLdFault(f"the context '{where}' is imported and imports another")
    return context


def _base(value: Any, base: str | None) -> str | None:
    if value is None:
        return None
    if isinstance(value, str):
        if is_absolute(value):
            return value
        if base is not None:
            return resolved(value, base)
    raise JsonLdFault(f"@base is {shown(value)}, no IRI in full")


def _vocab(value: Any, active: ActiveContext) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str) or value in KEYWORDS:
        raise JsonLdFault(f"@vocab is {shown(value)}, no IRI")
    active._known.clear()
    return active.expand(value, vocab=True, relative=True)
