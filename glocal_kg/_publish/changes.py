"""The changes between two graphs, told in words, as a table, as JSON, and as RDF."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import Quad

from glocal_kg._publish.patch import Patch
from glocal_kg._publish.terms import split_quad, value
from glocal_kg._rdf.namespaces import RDFS, SKOS
from glocal_kg._study.vocab import shorten

WORDS = ("added", "removed", "changed", "renamed", "deprecated")
_LABELS = (str(SKOS.prefLabel), str(RDFS.label))


@dataclass(frozen=True)
class Change:
    """What happened to one term or thing.

    ``what`` is one of ``WORDS``; ``removed`` and ``added`` are canonical N-Quads lines;
    ``other`` is the new name of what was renamed or the replacement of what was deprecated;
    ``was_deprecated`` tells whether it was marked as deprecated before.
    """

    iri: str
    what: str
    term: bool
    removed: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    other: str = ""
    was_deprecated: bool = False

    @property
    def label(self) -> str:
        """The English label, else any other, as far as it is among the changed statements."""
        found: dict[str, str] = {}
        for line in (*self.removed, *self.added):
            triple = split_quad(line)[0]
            _, predicate, rest = triple.split(" ", 2)
            if predicate in _LABELS and rest[0] == '"':
                text, _, language = value(rest[:-2])
                found[language] = text
        return found.get("en") or (found[min(found)] if found else "")

    def words(self) -> str:
        """The change in one line."""
        text = f"{self.what} {shorten(self.iri)}"
        if self.label:
            text += f' "{self.label}"'
        if self.other:
            text += f"{', now' if self.what == 'renamed' else ', use'} {shorten(self.other)}"
        if self.what == "changed":
            text += f" (+{len(self.added)} -{len(self.removed)})"
        return text


@dataclass(frozen=True)
class Changes:
    """All changes between two graphs.

    ``step`` is the step of semantic versioning: none, patch, minor or major. ``patch`` is the
    difference itself, which can be applied.
    """

    entries: tuple[Change, ...]
    patch: Patch
    step: str

    def __bool__(self) -> bool:
        return bool(self.patch)

    @property
    def terms(self) -> list[Change]:
        """The changes of classes, properties, shapes and vocabularies."""
        return [entry for entry in self.entries if entry.term]

    @property
    def data(self) -> list[Change]:
        """The changes of everything else."""
        return [entry for entry in self.entries if not entry.term]

    @property
    def vanished(self) -> list[str]:
        """The terms whose name is gone and which were not deprecated before."""
        return [
            entry.iri
            for entry in self.terms
            if entry.what in ("removed", "renamed") and not entry.was_deprecated
        ]

    def apply(self, quads: Iterable[Quad]) -> list[Quad]:
        """The new graph, from the old one. Raises ``GlocalError`` where it does not fit."""
        return self.patch.apply(quads)

    def to_text(self) -> str:
        """The changes in words: terms apart from data, and the step."""
        if not self:
            return "No difference.\n"
        lines: list[str] = []
        for title, entries in (("Terms", self.terms), ("Data", self.data)):
            lines.append(f"{title}: {_numbers(entries)}")
            lines += [f"  {entry.words()}" for entry in _in_order(entries)]
        axioms = self._axioms()
        if axioms:
            lines.append(axioms)
        lines.append(f"Step: {self.step}")
        if self.vanished:
            lines.append(f"Removed without being deprecated first: {len(self.vanished)}")
        return "\n".join(lines) + "\n"

    def to_csv(self) -> str:
        """One row per statement that was removed or added, with the term or thing it is of."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(
            ["scope", "what", "iri", "other", "sign", "subject", "property", "value", "graph"]
        )
        for entry in _in_order(self.entries):
            scope = "term" if entry.term else "data"
            for sign, lines in (("-", entry.removed), ("+", entry.added)):
                for line in lines:
                    triple, graph = split_quad(line)
                    s, p, o = triple.split(" ", 2)
                    writer.writerow(
                        [scope, entry.what, entry.iri, entry.other, sign, s, p, o[:-2], graph]
                    )
        return out.getvalue()

    def to_json(self) -> str:
        """The changes as JSON: step, entries, and the difference in N-Quads."""
        content = {
            "step": self.step,
            "entries": [
                {
                    "iri": entry.iri,
                    "what": entry.what,
                    "scope": "term" if entry.term else "data",
                    "label": entry.label,
                    "other": entry.other,
                    "removed": list(entry.removed),
                    "added": list(entry.added),
                }
                for entry in _in_order(self.entries)
            ],
            "patch": {
                "removed": list(self.patch.removed),
                "added": list(self.patch.added),
                "removed groups": list(self.patch.removed_groups),
                "added groups": list(self.patch.added_groups),
            },
        }
        return json.dumps(content, ensure_ascii=False, indent=2) + "\n"

    def to_trig(self) -> str:
        """The difference as RDF that ``read_patch`` reads back."""
        return self.patch.to_trig()

    def changelog(self, version: str, date: str) -> str:
        """A section of a change log, terms apart from data."""
        lines = [f"## {version} - {date}", ""]
        if not self:
            return "\n".join([*lines, "No difference to the release before."]) + "\n"
        lines.append(f"Step: {self.step}.")
        for title, entries in (("Ontology", self.terms), ("Data", self.data)):
            if not entries:
                continue
            lines += ["", f"### {title}", ""]
            for word in WORDS:
                members = [entry for entry in entries if entry.what == word]
                if members:
                    lines += [f"#### {word.capitalize()}", ""]
                    lines += [f"- {entry.words().partition(' ')[2]}" for entry in members]
                    lines.append("")
            lines.pop()
        axioms = self._axioms()
        if axioms:
            lines += ["", axioms + "."]
        return "\n".join(lines) + "\n"

    def _axioms(self) -> str:
        removed, added = len(self.patch.removed_groups), len(self.patch.added_groups)
        if not removed and not added:
            return ""
        return f"Axioms and other structures with blank nodes: {added} added, {removed} removed"


def _numbers(entries: Iterable[Change]) -> str:
    counts = Counter(entry.what for entry in entries)
    return ", ".join(f"{counts[word]} {word}" for word in WORDS if counts[word]) or "no difference"


def _in_order(entries: Iterable[Change]) -> list[Change]:
    return sorted(entries, key=lambda entry: (not entry.term, WORDS.index(entry.what), entry.iri))
