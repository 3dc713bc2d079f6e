"""Terms of a context defined from what it says of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

from glocal_kg._rdf.reading.jsonld.context import KEYWORDS, UNSET, ActiveContext, Term, like_keyword
from glocal_kg._rdf.reading.jsonld.faults import JsonLdFault, shown
from glocal_kg._rdf.sparql.iris import is_absolute

_ENTRIES: Final = {
    "@id", "@reverse", "@container", "@context", "@direction", "@index", "@language", "@nest",
    "@prefix", "@protected", "@type",
}  # fmt: skip
_CONTAINERS: Final = {"@graph", "@id", "@index", "@language", "@list", "@set", "@type"}
_AFTER_PREFIX: Final = (":", "/", "?", "#", "[", "]", "@")


class Definitions:
    """Defines the terms of one local context, each after the terms that it uses.

    ``check`` looks at a context within a definition; None where it was looked at before.
    """

    def __init__(
        self,
        active: ActiveContext,
        local: dict[str, Any],
        address: str | None,
        protected: Any,
        override: bool,
        check: Callable[[Any], None] | None,
    ) -> None:
        self.active = active
        self.local = local
        self.address = address
        self.protected = _boolean(protected, "@protected")
        self.override = override
        self.check = check
        self._done: dict[str, bool] = {}

    def define(self, term: str) -> None:
        """Put a term of the local context into the active one."""
        if term in self._done:
            if not self._done[term]:
                raise JsonLdFault(f"the term '{term}' is defined by itself")
            return
        if term == "":
            raise JsonLdFault("a term of the context is empty")
        self._done[term] = False
        value = self.local[term]
        if term == "@type":
            _check_type_term(value)
        elif term in KEYWORDS:
            raise JsonLdFault(f"the context defines the keyword '{term}'")
        elif like_keyword(term):
            return
        before = self.active.terms.pop(term, None)
        found = self._defined(term, value)
        if found is not None:
            if before is not None and before.protected and not self.override:
                if replace(found, protected=True) != before:
                    raise JsonLdFault(f"the term '{term}' is protected and defined again")
                found = before
            self.active.terms[term] = found
            self.active._known.clear()
        self._done[term] = True

    def _defined(self, term: str, value: Any) -> Term | None:
        simple = isinstance(value, str)
        if value is None or simple:
            value = {"@id": value}
        if not isinstance(value, dict):
            raise JsonLdFault(f"the term '{term}' is {shown(value)}, neither an IRI nor an object")
        for key in value:
            if key not in _ENTRIES:
                raise JsonLdFault(f"the definition of '{term}' has the unknown entry '{key}'")
        protected = self.protected
        if "@protected" in value:
            protected = _boolean(value["@protected"], f"@protected of '{term}'")
        kind = self._kind(term, value)
        if "@reverse" in value:
            return self._reversed(term, value, kind, protected)
        meant = self._iri(term, value, simple)
        if meant is None:
            return None
        iri, prefix = meant
        container = _container(term, value)
        if "@type" in container:
            kind = kind or "@id"
            if kind not in ("@id", "@vocab"):
                raise JsonLdFault(f"the values of '{term}' are kept by type, but are no nodes")
        return Term(
            iri,
            kind=kind,
            language=self._text_of(term, value, "@language"),
            direction=self._text_of(term, value, "@direction"),
            container=container,
            index=self._index(term, value, container),
            nest=_nest(term, value),
            prefix=_prefix(term, value, iri, prefix),
            protected=protected,
            context=self._scoped(term, value),
            address=self.address,
        )

    def _scoped(self, term: str, value: dict[str, Any]) -> Any:
        if "@context" in value and self.check is not None:
            try:
                self.check(value["@context"])
            except JsonLdFault as fault:
                raise JsonLdFault(
                    f"in the context of the term '{term}': {fault}", fault.remedy, fault.line
                ) from None
        return value.get("@context", UNSET)

    def _expand(self, value: str) -> str | None:
        """An IRI of the local context, with the terms it uses defined first."""
        if value in KEYWORDS or like_keyword(value):
            return self.active.expand(value)
        if value in self.local and not self._done.get(value):
            self.define(value)
        prefix, _, suffix = value.partition(":")
        may_be = prefix != value and not suffix.startswith("//")
        if may_be and prefix in self.local and not self._done.get(prefix):
            self.define(prefix)
        return self.active.expand(value, vocab=True)

    def _kind(self, term: str, value: dict[str, Any]) -> str | None:
        if "@type" not in value:
            return None
        kind = value["@type"]
        expanded = self._expand(kind) if isinstance(kind, str) else None
        if expanded in ("@id", "@vocab", "@json", "@none"):
            return expanded
        if expanded is None or expanded.startswith("_:") or not is_absolute(expanded):
            raise JsonLdFault(f"the type {shown(kind)} of the term '{term}' is no IRI")
        return expanded

    def _reversed(
        self, term: str, value: dict[str, Any], kind: str | None, protected: bool
    ) -> Term | None:
        if "@id" in value or "@nest" in value:
            raise JsonLdFault(f"the term '{term}' is a reverse property and has @id or @nest")
        reverse = value["@reverse"]
        if not isinstance(reverse, str):
            raise JsonLdFault(f"@reverse of '{term}' is {shown(reverse)}, no IRI")
        if like_keyword(reverse):
            return None
        iri = self._expand(reverse)
        if iri is None or not is_absolute(iri):
            raise JsonLdFault(f"@reverse of '{term}' is {shown(reverse)}, no IRI")
        container = value.get("@container")
        if container not in (None, "@set", "@index"):
            raise JsonLdFault(f"the reverse property '{term}' has the container {shown(container)}")
        own = frozenset([container]) if container else frozenset()
        scoped = self._scoped(term, value)
        return Term(
            iri, reverse=True, kind=kind, container=own, protected=protected, context=scoped,
            index=self._index(term, value, own), address=self.address,
        )  # fmt: skip

    def _iri(
        self, term: str, value: dict[str, Any], simple: bool
    ) -> tuple[str | None, bool] | None:
        """The IRI of a term, and whether it may be a prefix; None where it is to be passed over."""
        if "@id" in value and value["@id"] != term:
            given = value["@id"]
            if given is None:
                return None, False
            if not isinstance(given, str):
                raise JsonLdFault(f"@id of the term '{term}' is {shown(given)}, not a text")
            if like_keyword(given):
                return None
            iri = self._expand(given)
            if iri is None or not (iri in KEYWORDS or is_absolute(iri)):
                raise JsonLdFault(f"the term '{term}' stands for {shown(given)}, which is no IRI")
            if iri == "@context":
                raise JsonLdFault(f"the term '{term}' stands for @context")
            if ":" in term[1:-1] or "/" in term:
                self._done[term] = True
                if self._expand(term) != iri:
                    raise JsonLdFault(
                        f"the term '{term}' is an IRI and stands for another, '{iri}'"
                    )
            ends = iri.endswith(_AFTER_PREFIX) or iri.startswith("_:")
            return iri, ":" not in term and "/" not in term and simple and ends
        if ":" in term[1:]:
            prefix, _, suffix = term.partition(":")
            if prefix in self.local and not self._done.get(prefix):
                self.define(prefix)
            known = self.active.terms.get(prefix)
            return (known.iri + suffix if known is not None and known.iri else term), False
        if "/" in term:
            iri = self.active.expand(term, vocab=True)
            if iri is None or not is_absolute(iri):
                raise JsonLdFault(f"the term '{term}' is no IRI")
            return iri, False
        if term == "@type":
            return "@type", False
        if self.active.vocab is None:
            raise JsonLdFault(f"the term '{term}' stands for no IRI, and there is no @vocab")
        return self.active.vocab + term, False

    def _index(self, term: str, value: dict[str, Any], container: frozenset[str]) -> str | None:
        if "@index" not in value:
            return None
        index = value["@index"]
        iri = self._expand(index) if isinstance(index, str) else None
        if "@index" not in container or iri is None or iri in KEYWORDS or not is_absolute(iri):
            raise JsonLdFault(f"@index of the term '{term}' is {shown(index)}, no property")
        return str(index)

    def _text_of(self, term: str, value: dict[str, Any], key: str) -> Any:
        if key not in value or "@type" in value:
            return UNSET
        given = value[key]
        fits = given in ("ltr", "rtl") if key == "@direction" else isinstance(given, str)
        if given is not None and not fits:
            raise JsonLdFault(f"{key} of the term '{term}' is {shown(given)}")
        return given


def _boolean(value: Any, name: str) -> bool:
    if not isinstance(value, bool):
        raise JsonLdFault(f"{name} is {shown(value)}, not true or false")
    return value


def _check_type_term(value: Any) -> None:
    fits = isinstance(value, dict) and value and value.keys() <= {"@container", "@protected"}
    if not fits or value.get("@container", "@set") not in ("@set", ["@set"]):
        raise JsonLdFault("the context defines the keyword '@type'")


def _container(term: str, value: dict[str, Any]) -> frozenset[str]:
    given = value.get("@container")
    if "@container" not in value:
        return frozenset()
    parts = given if isinstance(given, list) else [given]
    if all(isinstance(part, str) and part in _CONTAINERS for part in parts):
        found = frozenset(parts)
        others = found - {"@set"}
        if len(found) == 1 or (others <= {"@graph", "@id"} and "@graph" in others):
            return found
        if others <= {"@graph", "@index"} and "@graph" in others:
            return found
        if "@set" in found and "@list" not in found and len(others) == 1:
            return found
    raise JsonLdFault(f"the container of '{term}' is {shown(given)}")


def _nest(term: str, value: dict[str, Any]) -> str | None:
    given = value.get("@nest")
    if "@nest" in value and (
        not isinstance(given, str) or (given in KEYWORDS and given != "@nest")
    ):
        raise JsonLdFault(f"@nest of the term '{term}' is {shown(given)}")
    return given


def _prefix(term: str, value: dict[str, Any], iri: str | None, may_be: bool) -> bool:
    if "@prefix" not in value:
        return may_be
    if ":" in term or "/" in term:
        raise JsonLdFault(f"the term '{term}' has ':' or '/' in it and is no prefix")
    given = _boolean(value["@prefix"], f"@prefix of '{term}'")
    if given and iri in KEYWORDS:
        raise JsonLdFault(f"the prefix '{term}' stands for a keyword")
    return given
