"""The active context of JSON-LD: what terms mean at one place of a document."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any, Final

from glocal_kg._rdf.reading.written_terms import KNOWN
from glocal_kg._rdf.sparql.iris import is_absolute, resolved

KEYWORDS: Final = frozenset({
    "@base", "@container", "@context", "@direction", "@graph", "@id", "@import", "@included",
    "@index", "@json", "@language", "@list", "@nest", "@none", "@prefix", "@propagate",
    "@protected", "@reverse", "@set", "@type", "@value", "@version", "@vocab",
})  # fmt: skip
_LIKE_KEYWORD: Final = re.compile("@[A-Za-z]+")


class Unset:
    """Stands for what a definition does not say, where None says "none"."""

    def __repr__(self) -> str:
        return "unset"


UNSET: Final = Unset()


@dataclass(frozen=True, slots=True)
class Term:
    """What a term means: its IRI or keyword, and how its values are written."""

    iri: str | None
    reverse: bool = False
    kind: str | None = None
    """What its values are: "@id", "@vocab", "@json", "@none" or a datatype."""
    language: str | Unset | None = UNSET
    direction: str | Unset | None = UNSET
    container: frozenset[str] = frozenset()
    index: str | None = None
    nest: str | None = None
    prefix: bool = False
    protected: bool = False
    context: Any = UNSET
    """The context of its values."""
    address: str | None = None
    """The address of the document that ``context`` stands in."""


@dataclass(slots=True)
class ActiveContext:
    """The terms, and what holds without a term: base, vocabulary, language, direction."""

    base: str | None
    own_base: str | None
    """The base of the document, to which a context of null goes back."""
    vocab: str | None = None
    language: str | None = None
    direction: str | None = None
    terms: dict[str, Term] = field(default_factory=dict)
    previous: ActiveContext | None = None
    """The context that comes back with the next node, where this one does not reach further."""
    _known: dict[tuple[str, bool, bool], str | None] = field(default_factory=dict)

    def copy(self) -> ActiveContext:
        """A context of its own with the same terms."""
        return replace(self, terms=dict(self.terms), _known={})

    def of(self, term: str | None) -> Term | None:
        """The definition of a term."""
        return self.terms.get(term) if term is not None else None

    def expand(self, value: str, *, vocab: bool = False, relative: bool = False) -> str | None:
        """The IRI, blank node or keyword that a text stands for; itself where it is none.

        ``vocab``: it may be a term; ``relative``: it starts from the base.

        >>> ActiveContext("http://a/b", None).expand("c", relative=True)
        'http://a/c'
        """
        key = (value, vocab, relative)
        if key not in self._known:
            if len(self._known) >= KNOWN:
                self._known.clear()
            self._known[key] = self._expanded(value, vocab, relative)
        return self._known[key]

    def _expanded(self, value: str, vocab: bool, relative: bool) -> str | None:
        if value in KEYWORDS:
            return value
        if _LIKE_KEYWORD.fullmatch(value):
            return None
        definition = self.terms.get(value)
        if definition is not None and (vocab or definition.iri in KEYWORDS):
            return definition.iri
        if ":" in value[1:]:
            prefix, _, suffix = value.partition(":")
            if prefix == "_" or suffix.startswith("//"):
                return value
            meant = self.terms.get(prefix)
            if meant is not None and meant.iri is not None and meant.prefix:
                return meant.iri + suffix
            if is_absolute(value):
                return value
        if vocab and self.vocab is not None:
            return self.vocab + value
        if relative and self.base is not None:
            return resolved(value, self.base)
        return value


def like_keyword(value: str) -> bool:
    """Whether a text has the form of a keyword, which JSON-LD passes over."""
    return value not in KEYWORDS and _LIKE_KEYWORD.fullmatch(value) is not None
