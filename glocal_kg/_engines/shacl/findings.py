"""From columns of findings to findings for people: terms, labels, messages, nested details."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from pyoxigraph import Literal, NamedNode

from glocal_kg._engines.shacl.data import Data
from glocal_kg._engines.shacl.facets import unique
from glocal_kg._engines.shacl.paths import Path, Predicate
from glocal_kg._engines.shacl.report import Finding
from glocal_kg._engines.shacl.shape import Found
from glocal_kg._engines.shacl.sparql import Sparql
from glocal_kg._engines.shacl.terms import RDFS, Term, choose_text, short
from glocal_kg._engines.shacl.walk import follow, rows_of, values_of
from glocal_kg._rdf.store.index import Numbers

LABELS = (RDFS + "label", "http://www.w3.org/2004/02/skos/core#prefLabel")


def labels(data: Data, nodes: Numbers, languages: Sequence[str]) -> dict[int, str]:
    """The names of sorted distinct nodes in the order of languages the reader wants."""
    texts: dict[int, list[Literal]] = {}
    for iri in LABELS:
        keys = follow(data.index, data.code(NamedNode(iri)), nodes)
        owners, values = nodes[rows_of(keys)].tolist(), values_of(keys).tolist()
        for owner, value in zip(owners, values, strict=True):
            term = data.terms[value]
            if isinstance(term, Literal):
                texts.setdefault(owner, []).append(term)
    chosen = {node: choose_text(some, languages) for node, some in texts.items()}
    return {node: text.value for node, text in chosen.items() if text is not None}


class Writer:
    """Turns columns of findings into findings, with labels looked up once for all of them."""

    def __init__(self, data: Data, languages: Sequence[str]) -> None:
        self.data = data
        self.languages = languages
        self._labels: dict[int, str] = {}

    def write(self, found: Sequence[Found]) -> list[Finding]:
        """All findings, in order."""
        self._look_up(found)
        return [violation for part in found for violation in self._part(part)]

    def _look_up(self, found: Sequence[Found]) -> None:
        nodes = [part.focus for part in _with_nested(found)]
        focus = unique(np.concatenate(nodes)) if nodes else np.empty(0, np.int32)
        self._labels = labels(self.data, focus, self.languages)

    def by_node(self, nodes: Numbers, found: Sequence[Found]) -> dict[int, tuple[Finding, ...]]:
        """The findings by the one of ``nodes`` they were asked for."""
        written: dict[int, list[Finding]] = {}
        if found:
            self._look_up(found)
        for part in found:
            owners = nodes[part.rows].tolist()
            for owner, violation in zip(owners, self._part(part), strict=True):
                written.setdefault(owner, []).append(violation)
        return {owner: tuple(some) for owner, some in written.items()}

    def _part(self, found: Found) -> Iterator[Finding]:
        terms = self.data.terms
        shape, constraint = found.shape, found.constraint
        numbers = found.focus.tolist()
        values = [-1] * len(numbers) if found.values is None else found.values.tolist()
        paths = [-1] * len(numbers) if found.paths is None else found.paths.tolist()
        texts = found.texts or [shape.messages] * len(numbers)
        nested = self._nested(found)
        source = constraint.node if isinstance(constraint, Sparql) else None
        expected, iri = constraint.expected, constraint.iri
        remedies: dict[int, tuple[Path | None, str, str]] = {}
        for number, value, path_number, messages in zip(numbers, values, paths, texts, strict=True):
            if path_number not in remedies:
                path = shape.path if path_number < 0 else Predicate(terms[path_number])
                shown = "" if path is None else str(path)
                remedies[path_number] = (path, shown, constraint.remedy(shown))
            path, shown, remedy = remedies[path_number]
            term: Term | None = None if value < 0 else terms[value]
            message = choose_text(messages, self.languages)
            yield Finding(
                focus=terms[number],
                constraint=iri,
                source_shape=shape.node,
                shape=shape.title,
                path=path,
                value=term,
                message=message.value if message else constraint.problem(shown, short(term)),
                expected=expected,
                remedy=remedy,
                severity=shape.severity,
                label=self._labels.get(number, ""),
                messages=tuple(messages),
                source_constraint=source,
                details=tuple(nested.get(value, ())),
            )

    def _nested(self, found: Found) -> dict[int, list[Finding]]:
        """The details of a finding by the value they are about, only for values that failed."""
        details: dict[int, list[Finding]] = {}
        if found.nested is None or found.values is None:
            return details
        nodes, parts = found.nested
        failed = unique(found.values)
        for part in parts:
            owners = nodes[part.rows]
            items = np.flatnonzero(np.isin(owners, failed))
            if len(items):
                written = self._part(part.moved(items, part.rows[items]))
                for owner, violation in zip(owners[items].tolist(), written, strict=True):
                    details.setdefault(owner, []).append(violation)
        return details


def _with_nested(found: Sequence[Found]) -> Iterator[Found]:
    for part in found:
        yield part
        if part.nested is not None:
            yield from _with_nested(part.nested[1])
