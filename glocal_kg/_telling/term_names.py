"""Names of things and verbs for properties: from labels, else from IRIs."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode

from glocal_kg._engines.rl.rules import PREFIXES
from glocal_kg._rdf.namespaces import shorten
from glocal_kg._rdf.store.term_text import Term
from glocal_kg._telling.english import spaced, verb

Labels: TypeAlias = Callable[[NamedNode], Literal | None]
"""The label of a thing, with its language; None where it has none."""

Look: TypeAlias = Callable[[Term, str], list[Term]]
"""The values of a thing for a predicate such as ``owl:onProperty``, in a fixed order."""

_VERBS = {
    "owl:sameAs": "is the same as",
    "owl:differentFrom": "is different from",
    "rdfs:seeAlso": "is described further in",
    "rdfs:isDefinedBy": "is defined by",
}
EMPTY = "member of the empty class"
_IRIS = {iri: prefix for prefix, iri in PREFIXES.items()}
LONGEST = 120
"""Characters of a literal that are shown."""


class Naming:
    """Names of single terms.

    ``labels`` gives labels of things, ``words`` those of properties and classes, which take part
    in English sentences; ``look`` what the ontology says of a blank node or a class.
    One naming serves one text: two things of one name are told apart by their IRIs.
    """

    def __init__(
        self, labels: Labels | None = None, look: Look | None = None, words: Labels | None = None
    ) -> None:
        self._labels = labels or (lambda node: None)
        self._words = words or self._labels
        self._look = look or (lambda term, predicate: [])
        self._nouns: dict[str, Term] = {}
        self._verbs: dict[str, Term] = {}

    def statement(self, subject: str, p: Term, object: str) -> str:
        """A property between two things, in words; an inverse without a name is turned round."""
        for other in self._look(p, "owl:inverseOf") if isinstance(p, BlankNode) else ():
            if isinstance(other, NamedNode):
                return f"{object} {self.verb(other)} {subject}"
        return f"{subject} {self.verb(p)} {object}"

    def verb(self, p: Term) -> str:
        """A property as a verb; a label in another language than English is quoted."""
        if not isinstance(p, NamedNode):
            return "is related to"
        known = _VERBS.get(code(p))
        if known is not None:
            return known
        label = self._words(p)
        if label is None:
            told = verb(short(p))
        else:
            told = verb(label.value) if is_english(label) else f"“{label.value}”"
        return self._only(told, p, self._verbs)

    def name(self, term: Term) -> str:
        """A thing by its label; without one, the end of its IRI. Texts are quoted."""
        if isinstance(term, NamedNode):
            label = self._labels(term)
            told = _local(term) if label is None else " ".join(label.value.split())
            if told.endswith((".", "!", "?")):  # a whole sentence for a name
                told = f"“{told}”"
            return self._only(told, term, self._nouns)
        if isinstance(term, Literal):
            text = " ".join(term.value.split())
            text = text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
            plain = term.datatype.value.removeprefix(PREFIXES["xsd"]) not in ("string", "anyURI")
            return text if plain and not term.language else f"“{text}”"
        return str(term)

    def noun(self, c: Term) -> str:
        """A class with a name as a noun: "city"."""
        if code(c) == "owl:Nothing":
            return EMPTY
        label = self._words(c) if isinstance(c, NamedNode) else None
        if label is None or not isinstance(c, NamedNode):
            return self.name(c)
        told = self._only(" ".join(label.value.split()), c, self._nouns)
        return told if is_english(label) else f"“{told}”"

    def _only(self, told: str, term: NamedNode, taken: dict[str, Term]) -> str:
        """The words, with the IRI where they already stand for something else."""
        if taken.setdefault(told, term) == term:
            return told
        return f"{told} ({shorten(term.value)})"

    def _list(self, cell: Term) -> list[Term]:
        """The members of a list, as far as it can be read."""
        members: list[Term] = []
        seen: set[Term] = set()
        while cell not in seen:
            seen.add(cell)
            members += self._look(cell, "rdf:first")[:1]
            after = self._look(cell, "rdf:rest")
            if not after:
                break
            cell = after[0]
        return members


def code(term: Term) -> str:
    """A term of RDF, RDFS, OWL or XSD as the rules name it, ``owl:Thing``; else empty."""
    if not isinstance(term, NamedNode):
        return ""
    cut = term.value.rfind("#") + 1
    prefix = _IRIS.get(term.value[:cut])
    return f"{prefix}:{term.value[cut:]}" if prefix else ""


def short(term: Term) -> str:
    """A name for a term without labels: the end of its IRI, or the literal as written.

    >>> short(NamedNode("https://example.org/id/place/rome"))
    'rome'
    """
    if isinstance(term, NamedNode):
        return term.value.rstrip("/#").replace("#", "/").rsplit("/", 1)[-1]
    return term.value if isinstance(term, Literal) else str(term)


def _local(term: NamedNode) -> str:
    """The end of an IRI; the terms of RDF, RDFS, OWL and XSD as words."""
    known = code(term)
    return spaced(short(term)).lower() if known and known[:3] != "xsd" else short(term)


def is_english(label: Literal) -> bool:
    """Whether a label can take part in an English sentence as it is."""
    return not label.language or label.language.split("-")[0] == "en"
