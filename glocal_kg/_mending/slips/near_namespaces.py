"""Namespaces that are nearly right: of names, and of the prefixes that a file declares."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property, lru_cache
from itertools import chain

import numpy as np
from pyoxigraph import NamedNode

from glocal_kg._engines.shacl.report import Finding
from glocal_kg._mending.own import OwnFacts
from glocal_kg._mending.slips.slip import slip
from glocal_kg._rdf.namespaces import OWL, RDF, RDFS
from glocal_kg._rdf.reading import Source
from glocal_kg._rdf.sparql.solution_table import unique
from glocal_kg._rdf.store.iri_spaces import spaces_of
from glocal_kg._rdf.store.pairs import Numbers, among
from glocal_kg._rdf.store.term_text import Term
from glocal_kg._study.vocab import BASE, GLOCAL, IMPORT, PREFIXES
from glocal_kg._study.vocabularies import namespace

LINKS = (OWL.imports, OWL.versionIRI, OWL.priorVersion, RDFS.isDefinedBy, RDFS.seeAlso)
"""What leads to a document, whose IRI is in no namespace."""


_FEW = 1 << 10
"""Of so few facts the terms are sorted together."""
_PART = 1 << 16
"""So many terms are read at once."""


@dataclass
class Namespaces:
    """Looks for wrong namespaces in the facts of one's own."""

    own: OwnFacts

    def found(self) -> Iterator[Finding]:
        """One finding for each namespace that is nearly right, and each prefix that is not."""
        for base, right in self._wrong.items():
            names = [iri for iri in self._names() if _begins(iri, base)]
            fact = self._first(names)
            if fact is None:
                continue
            prefix = next((p for p, iri in PREFIXES.items() if iri == right), "")
            uses = len(names)
            yield slip(
                "namespace",
                fact,
                f"{uses} name{'s begin' if uses > 1 else ' begins'} with <{base}>, which nobody"
                f" knows here; {prefix}: is <{right}>.",
                f"Write @prefix {prefix}: <{right}> .",
                value=NamedNode(base) if _is_iri(base) else None,
                expected=right,
            )
        yield from self._bare()
        for (prefix, base), right in self._declared.items():
            fact = self._first([iri for iri in self._names() if iri.startswith(base)])
            if fact is None:
                continue
            ends = "; the sign at its end is missing" if right[:-1] == base else ""
            yield slip(
                "namespace",
                fact,
                f"The file declares {prefix}: as <{base}>, and it is <{right}>{ends}.",
                f"Write @prefix {prefix}: <{right}> .",
                value=NamedNode(base),
                expected=right,
            )

    def _bare(self) -> Iterator[Finding]:
        """Short names that a file has as IRIs in full: <glocal:City>, or without @context."""
        if not self._read[1]:
            return
        known = {**PREFIXES, **self.own.prefixes}
        by: dict[str, list[str]] = {}
        for iri in self._read[1]:
            prefix, _, local = iri.partition(":")
            if prefix in known and local[:1].isalpha():
                by.setdefault(prefix, []).append(iri)
        for prefix, names in by.items():
            fact = self._first(names)
            if fact is not None:
                local = names[0].partition(":")[2]
                yield slip(
                    "namespace",
                    fact,
                    f"<{names[0]}> is an IRI in full: {prefix}: stands for nothing there.",
                    f"Write {names[0]} without the brackets; in JSON-LD declare {prefix} in the"
                    f" @context, in RDF/XML write {known[prefix]}{local}.",
                    value=NamedNode(names[0]),
                    expected=known[prefix] + local,
                )

    @cached_property
    def _wrong(self) -> dict[str, str]:
        """Namespaces of names that are nearly right, and the right ones."""
        return {base: right for base in self._read[0] if (right := meant(base))}

    @cached_property
    def _read(self) -> tuple[list[str], list[str]]:
        """The namespaces of the names, and the names without a slash.

        Which names are of documents matters only where any may be wrong; mostly none is.
        """
        dictionary = self.own.moment.dictionary
        bases, bare = spaces_of(dictionary, self._terms)
        if len(bare) or any(map(meant, bases)):
            bases, bare = spaces_of(dictionary, self._named)
        return bases, [text[1:-1] for text in dictionary.texts(bare)]

    @cached_property
    def _declared(self) -> dict[tuple[str, str], str]:
        """Prefixes of ours that a file declares as something else, and the right namespaces."""
        found: dict[tuple[str, str], str] = {}
        for source, home in self.own.kg.sources:
            if self.own.moment.find(home) not in self.own.graphs:
                continue
            for (prefix, base), right in _wrongly(source.prefixes).items():
                if base not in self._wrong:
                    found[prefix, base] = right
        return found

    @cached_property
    def _terms(self) -> Numbers:
        """The numbers of the terms in one's own facts."""
        rows = self.own.rows
        if len(rows) < _FEW:
            return unique(rows[:, :3].ravel())
        return unique(np.concatenate([unique(rows[:, column]) for column in range(3)]))

    @cached_property
    def _named(self) -> Numbers:
        """Those that are no documents, as the terms of headers are."""
        moment, added = self.own.moment, (self.own.whole or self.own).added
        selection = self.own.selection
        names = self._terms
        documents = [names[:0]]
        for p in LINKS:
            number = moment.find(p)
            if number is not None:
                documents.append(names[moment.probe(number, "o", names, selection)[0]])
                documents.append(added[added[:, 1] == number, 2])
        a, ontology = moment.find(RDF.type), moment.find(OWL.Ontology)
        if a is not None and ontology is not None:
            typed = added[(added[:, 1] == a) & (added[:, 2] == ontology), 0]
            every = unique(np.concatenate((moment.scan(None, a, ontology, selection)[0], typed)))
            said = (moment.scan(one, None, None, selection)[2] for one in every.tolist())
            documents += [every, *said]
            documents.append(added[among(added[:, 0], every), 2])
        return names[~among(names, unique(np.concatenate(documents)))]

    def _names(self) -> Iterator[str]:
        """The IRIs among them."""
        return chain.from_iterable(self._parts(self._named))

    def _parts(self, numbers: Numbers) -> Iterator[list[str]]:
        """The IRIs of some, a part after the other: they may be more than memory holds."""
        for start in range(0, len(numbers), _PART):
            texts = self.own.moment.dictionary.texts(numbers[start : start + _PART])
            # a namespace itself is right
            yield [t[1:-1] for t in texts if t[:1] == "<" and t[1:2] != "<" and t[-2] not in "/#"]

    def _first(self, names: list[str]) -> tuple[Term, NamedNode, Term] | None:
        """The first fact that has one of some names."""
        find, rows = self.own.moment.find, self.own.rows
        numbers = [find(NamedNode(iri)) for iri in names]
        met = np.isin(rows[:, :3], np.array(numbers, np.int32)).any(axis=1)
        return next(self.own.facts_of(rows[met][:1]), None)


def _wrongly(declared: Mapping[str, str]) -> dict[tuple[str, str], str]:
    """Of some prefixes those of ours that are declared as something else, and what they are."""
    known = ((prefix, base, PREFIXES.get(prefix, base)) for prefix, base in declared.items())
    return {
        (prefix, base): right
        for prefix, base, right in known
        if right != base and _is_slip(base, right)
    }


def declares_wrong(sources: Iterable[tuple[Source, NamedNode]]) -> bool:
    """Whether any source declares a prefix of ours as something else."""
    return any(_wrongly(source.prefixes) for source, _ in sources)


def _begins(iri: str, base: str) -> bool:
    return iri.startswith(base) and namespace(iri) == base


def _is_slip(base: str, right: str) -> bool:
    """Whether one namespace stands for another by a slip: a kind of ours, or the end missing."""
    if _plain(base) == _plain(right):
        return base != "http://schema.org/"  # as many write it; names tell of it
    of_ours = (f"{BASE}id/", f"{BASE}ontology")
    return base.startswith(of_ours) and right.startswith(of_ours)


@lru_cache(maxsize=4096)
def meant(base: str) -> str:
    """The namespace that a wrong one nearly is; empty for any other."""
    if base in _KNOWN_BASES or base.startswith(_IMPORTED):
        return ""
    plain = _plain(base)
    for right in _KNOWN_BASES:
        if _plain(right) == plain:
            return right
    if base.startswith((BASE + "graph/", BASE + "id/")):
        return ""  # a graph, or a kind of things that nobody has yet
    if plain.startswith("w3id.org/glocal"):
        parts = set(plain.split("/"))
        near = [iri for prefix, iri in PREFIXES.items() if prefix in parts - {"glocal", "graph"}]
        return near[0] if near else "" if parts & {"graph", "id"} else str(GLOCAL)
    for right in _KNOWN_BASES:
        if right[:12] == base[:12] and SequenceMatcher(None, right, base).ratio() > 0.93:
            return right
    return ""


_IMPORTED = (f"{BASE}import/", IMPORT)  # what an import calls its things, and its graph
_KNOWN_BASES = tuple(dict.fromkeys([*PREFIXES.values(), "http://schema.org/"]))[:-1]


def _plain(iri: str) -> str:
    return iri.partition("://")[2].removeprefix("www.").rstrip("/#").lower()


def _is_iri(text: str) -> bool:
    try:
        NamedNode(text)
    except ValueError:
        return False
    return True
