"""The changes between two graphs, told in words, as a table, as JSON, and as RDF."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal, TypeAlias, get_args

from pyoxigraph import Quad

from glocal_kg._publish.compare.patch import Patch
from glocal_kg._publish.lines.markdown import plain
from glocal_kg._publish.lines.ntriples_text import iri, split_quad, value
from glocal_kg._rdf.escaping import visible
from glocal_kg._rdf.namespaces import RDFS, SKOS, Prefixes
from glocal_kg._rdf.namespaces import prefixes as in_use
from glocal_kg._rdf.writing.csv_text import csv_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    import pandas

What: TypeAlias = Literal["added", "removed", "changed", "renamed", "deprecated", "restored"]
Scope: TypeAlias = Literal["term", "foreign", "data"]
Step: TypeAlias = Literal["none", "patch", "minor", "major"]
WORDS: tuple[What, ...] = get_args(What)
SCOPES: tuple[Scope, ...] = get_args(Scope)
_SHOWN = 12
_LABELS = (str(SKOS.prefLabel), str(RDFS.label))


@dataclass(frozen=True)
class Difference:
    """What happened to one term or thing.

    ``what`` is one of ``WORDS``; ``scope`` is ``term``, ``data`` or ``foreign`` for terms of
    other vocabularies that the graph only repeats; ``removed`` and ``added`` are canonical
    N-Quads lines; ``other`` is the new name of what was renamed or the replacement of what was
    deprecated; ``label`` is its name, the old one where it was removed or renamed;
    ``was_deprecated`` tells whether it was marked as deprecated before. ``step`` is the step of
    semantic versioning that it asks for, and ``why`` the reason. ``prefixes`` are those that
    names are written with.
    """

    iri: str
    what: What
    scope: Scope
    removed: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    other: str = ""
    label: str = ""
    was_deprecated: bool = False
    step: Step = "none"
    why: str = ""
    prefixes: Prefixes = field(default_factory=in_use, repr=False, compare=False)

    def words(self) -> str:
        """The change in one line."""
        shorten = self.prefixes.shorten
        text = f"{self.what} {shorten(self.iri)}"
        if self.label:
            text += f' "{self.label}"'
        if self.other:
            text += f"{', now' if self.what == 'renamed' else ', use'} {shorten(self.other)}"
        return text

    def lines(self) -> list[str]:
        """The statements that went and came, each with - or + before it, prefixed names in it."""
        if self.what in ("added", "removed"):
            return []
        lines = [("-", line) for line in self.removed] + [("+", line) for line in self.added]
        return [f"{sign} {_short(line, self.iri, self.prefixes)}" for sign, line in lines]


def label_of(lines: Iterable[str]) -> str:
    """The English label among N-Quads lines, else the one without language, else any."""
    found: dict[str, str] = {}
    for line in lines:
        _, predicate, rest = split_quad(line)[0].split(" ", 2)
        if predicate in _LABELS and rest[0] == '"':
            text, _, language = value(rest[:-2])
            found[language] = text
    return found.get("en") or found.get("") or (found[min(found)] if found else "")


def _short(line: str, subject: str, prefixes: Prefixes) -> str:
    """A statement as people read it; its subject is left out where it is the one at hand."""
    s, p, o = split_quad(line)[0].split(" ", 2)
    terms = [term if term[0] != "<" else prefixes.shorten(iri(term)) for term in (s, p, o[:-2])]
    return " ".join(terms[1:] if iri(s) == subject else terms)


@dataclass(frozen=True, repr=False)
class Comparison:
    """All changes between two graphs.

    ``step`` is the step of semantic versioning: none, patch, minor or major, and ``why`` says
    what asks for it. ``patch`` is the difference itself, which can be applied.
    """

    entries: tuple[Difference, ...]
    patch: Patch
    step: Step
    why: str = ""

    def __bool__(self) -> bool:
        return bool(self.patch)

    def __repr__(self) -> str:
        return f"<Comparison: {_numbers(self.entries)}, step {self.step}>"

    def to_pandas(self) -> pandas.DataFrame:
        """A DataFrame, a row for each change; ``GlocalError`` without pandas."""
        from glocal_kg._rdf.frames import text_frame

        return text_frame(("scope", "change", "step", "why"), self._rows())

    def _repr_html_(self) -> str:
        from glocal_kg._rdf.writing.html import table

        return table(self._rows(), ("scope", "change", "step", "why"), repr(self)[1:-1])

    def _rows(self) -> list[tuple[object, ...]]:
        return [(one.scope, one.words(), one.step, one.why) for one in _in_order(self.entries)]

    @property
    def terms(self) -> list[Difference]:
        """The changes of the graph's own classes, properties, shapes and vocabularies."""
        return [entry for entry in self.entries if entry.scope == "term"]

    @property
    def data(self) -> list[Difference]:
        """The changes of things."""
        return [entry for entry in self.entries if entry.scope == "data"]

    @property
    def foreign(self) -> list[Difference]:
        """The changes of what the graph repeats from other vocabularies: no step asks for them."""
        return [entry for entry in self.entries if entry.scope == "foreign"]

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
        for title, entries in self._sections():
            if not entries and title == "Terms of others":
                continue
            lines.append(f"{title}: {_numbers(entries)}")
            for entry in _in_order(entries):
                lines.append(f"  {entry.words()}")
                statements = entry.lines()
                lines += [f"    {line}" for line in statements[:_SHOWN]]
                if len(statements) > _SHOWN:
                    lines.append(f"    and {len(statements) - _SHOWN} more, all with --format csv")
        axioms = self._axioms()
        if axioms:
            lines.append(axioms)
        lines.append(f"Step: {self._step()}")
        if self.vanished:
            lines.append(f"Removed without being deprecated first: {len(self.vanished)}")
        return visible("\n".join(lines) + "\n")

    def _sections(self) -> list[tuple[str, list[Difference]]]:
        return [("Terms", self.terms), ("Terms of others", self.foreign), ("Data", self.data)]

    def _step(self) -> str:
        return f"{self.step}: {self.why}" if self.why else self.step

    def to_csv(self) -> str:
        """One row per statement that was removed or added, with the term or thing it is of."""
        rows = [["scope", "what", "iri", "other", "sign", "subject", "property", "value", "graph"]]
        for entry in _in_order(self.entries):
            for sign, lines in (("-", entry.removed), ("+", entry.added)):
                for line in lines:
                    triple, graph = split_quad(line)
                    s, p, o = triple.split(" ", 2)
                    rows.append(
                        [entry.scope, entry.what, entry.iri, entry.other, sign, s, p, o[:-2], graph]
                    )
        return csv_text(rows)

    def to_json(self) -> str:
        """The changes as JSON: step, entries, and the difference in N-Quads."""
        content = {
            "step": self.step,
            "why": self.why,
            "entries": [
                {
                    "iri": entry.iri,
                    "what": entry.what,
                    "scope": entry.scope,
                    "step": entry.step,
                    "why": entry.why,
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
        lines.append(f"Step: {plain(self._step())}.")
        sections = (
            ("Ontology", self.terms), ("Terms of others", self.foreign), ("Data", self.data),
        )  # fmt: skip
        for title, entries in sections:
            if not entries:
                continue
            lines += ["", f"### {title}", ""]
            for word in WORDS:
                members = [entry for entry in entries if entry.what == word]
                if members:
                    lines += [f"#### {word.capitalize()}", ""]
                    lines += [f"- {plain(entry.words().partition(' ')[2])}" for entry in members]
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


def _numbers(entries: Iterable[Difference]) -> str:
    counts = Counter(entry.what for entry in entries)
    return ", ".join(f"{counts[word]} {word}" for word in WORDS if counts[word]) or "no difference"


def _in_order(entries: Iterable[Difference]) -> list[Difference]:
    return sorted(
        entries,
        key=lambda entry: (SCOPES.index(entry.scope), WORDS.index(entry.what), entry.iri),
    )
