"""From columns of findings to findings for people: terms, labels, messages, nested details."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from pyoxigraph import Literal

from glocal_kg._engines.shacl.data import Data
from glocal_kg._engines.shacl.paths import Path, Predicate
from glocal_kg._engines.shacl.rdf_terms import Term, choose_text, short
from glocal_kg._engines.shacl.report import Finding
from glocal_kg._engines.shacl.shape import Found
from glocal_kg._engines.shacl.sparql import Sparql
from glocal_kg._engines.shacl.walk import follow, rows_of, values_of
from glocal_kg._rdf.deadline import looking
from glocal_kg._rdf.sparql.solution_table import unique
from glocal_kg._rdf.store.index import Numbers

_DETAILS = 50  # findings below one finding
_FEW = 16  # so many nodes are looked at one by one


def labels(data: Data, nodes: Numbers, languages: Sequence[str]) -> dict[int, str]:
    """The names of sorted distinct nodes in the order of languages the reader wants."""
    texts: dict[int, list[Literal]] = {}
    few, each_object = nodes.tolist() if len(nodes) < _FEW else (), data.index.each_object
    for p in data.label_properties():
        pairs: Iterable[tuple[int, int]] = (
            (node, value) for node in few for value in each_object(node, p)
        )
        if not few:
            keys = follow(data.index, p, nodes)
            pairs = zip(nodes[rows_of(keys)].tolist(), values_of(keys).tolist(), strict=True)
        for owner, value in pairs:
            term = data.terms[value]
            if isinstance(term, Literal):
                texts.setdefault(owner, []).append(term)
    chosen = {node: choose_text(some, languages) for node, some in texts.items()}
    return {node: text.value for node, text in chosen.items() if text is not None}


class FindingsWriter:
    """Turns columns of findings into findings, with labels looked up once for all of them.

    Nested findings are written once, however many lead to them, and at most ``_DETAILS`` are
    kept below one finding: shapes that use each other would unfold into millions.
    """

    def __init__(self, data: Data, languages: Sequence[str]) -> None:
        self.data = data
        self.languages = languages
        self._labels: dict[int, str] = {}
        self._written: dict[int, dict[int, Finding]] = {}

    def write(self, found: Sequence[Found]) -> list[Finding]:
        """All findings, in order."""
        self._look_up(found)
        return [finding for part in found for finding in self._whole(part)]

    def by_node(self, nodes: Numbers, found: Sequence[Found]) -> dict[int, tuple[Finding, ...]]:
        """The findings by the one of ``nodes`` they were asked for."""
        written: dict[int, list[Finding]] = {}
        if found:
            self._look_up(found)
        for part in found:
            owners = nodes[part.rows].tolist()
            for owner, finding in zip(owners, self._whole(part), strict=True):
                written.setdefault(owner, []).append(finding)
        return {owner: tuple(some) for owner, some in written.items()}

    def _look_up(self, found: Sequence[Found]) -> None:
        nodes = [part.focus for part in _with_nested(found, set())]
        focus = unique(np.concatenate(nodes)) if nodes else np.empty(0, np.int32)
        self._labels = labels(self.data, focus, self.languages)

    def _whole(self, found: Found) -> Iterator[Finding]:
        yield from self._items(found, range(len(found.focus)))
        self._written.clear()

    def _items(self, found: Found, items: Sequence[int]) -> Iterator[Finding]:
        terms = self.data.terms
        shape, constraint = found.shape, found.constraint
        nested = self._nested(found, items)
        source = constraint.node if isinstance(constraint, Sparql) else None
        expected, iri, title = constraint.expected, constraint.iri, shape.title
        usual = choose_text(shape.messages, self.languages)
        remedies: dict[int, tuple[Path | None, str, str]] = {}
        numbers = found.focus[items].tolist()
        values = _chosen(found.values, items)
        paths = _chosen(found.paths, items)
        for item, number, value, path_number in looking(
            zip(items, numbers, values, paths, strict=True), 256
        ):
            if path_number not in remedies:
                path = shape.path if path_number < 0 else Predicate(terms[path_number])
                shown = "" if path is None else str(path)
                remedies[path_number] = (path, shown, constraint.remedy(shown))
            path, shown, remedy = remedies[path_number]
            term: Term | None = None if value < 0 else terms[value]
            messages, message = shape.messages, usual
            if found.texts is not None:
                messages = found.texts[item]
                message = choose_text(messages, self.languages)
            details, left_out = _bounded(nested.get(value, ()))
            yield Finding(
                focus=terms[number],
                constraint=iri,
                source_shape=shape.node,
                shape=title,
                path=path,
                value=term,
                message=message.value if message else constraint.problem(shown, short(term)),
                expected=expected,
                remedy=remedy,
                severity=shape.severity,
                label=self._labels.get(number, ""),
                messages=tuple(messages),
                source_constraint=source,
                details=details,
                details_left_out=left_out,
            )

    def _nested(self, found: Found, items: Sequence[int]) -> dict[int, list[Finding]]:
        """The details of findings by the value they are about, only for values that failed."""
        details: dict[int, list[Finding]] = {}
        if found.nested is None or found.values is None:
            return details
        nodes, parts = found.nested
        failed = unique(found.values[items])
        for part in parts:
            owners = nodes[part.rows]
            places = np.flatnonzero(np.isin(owners, failed)).tolist()
            known = self._written.setdefault(id(part), {})
            missing = [place for place in places if place not in known]
            if missing:
                known.update(zip(missing, self._items(part, missing), strict=True))
            for place, owner in zip(places, owners[places].tolist(), strict=True):
                details.setdefault(owner, []).append(known[place])
        return details


def _chosen(column: Numbers | None, items: Sequence[int]) -> list[int]:
    return [-1] * len(items) if column is None else column[items].tolist()


def _bounded(details: Sequence[Finding]) -> tuple[tuple[Finding, ...], int]:
    """The first details, as many as may be kept with all below them; and how many are left out."""
    room = _DETAILS
    for place, detail in enumerate(details):
        room -= _size(detail)
        if room < 0:
            return tuple(details[:place]), len(details) - place
    return tuple(details), 0


def _size(finding: Finding) -> int:
    return 1 + sum(map(_size, finding.details))


def _with_nested(found: Sequence[Found], seen: set[int]) -> Iterator[Found]:
    for part in found:
        if id(part) in seen:
            continue
        seen.add(id(part))
        yield part
        if part.nested is not None:
            yield from _with_nested(part.nested[1], seen)
