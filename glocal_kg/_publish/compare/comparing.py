"""Compare two graphs: which terms and things were added, removed, changed, renamed, deprecated.

Both sides are sorted streams that are walked side by side, so memory holds the differences
and the statements with blank nodes, not the graphs.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

from pyoxigraph import Quad

from glocal_kg._publish.compare.changes import Comparison, Difference, Scope, What, label_of
from glocal_kg._publish.compare.patch import Patch, ground_lines, group_subjects, group_texts
from glocal_kg._publish.compare.renames import find_renames
from glocal_kg._publish.compare.semver import step_of, with_steps
from glocal_kg._publish.compare.sources import quads_of
from glocal_kg._publish.gathering.ownership import Ownership
from glocal_kg._publish.gathering.parts import MARKS, role_of
from glocal_kg._publish.lines.external_sort import sort_lines
from glocal_kg._publish.lines.ntriples_text import RDF_TYPE, iri, split_quad, value
from glocal_kg._rdf.namespaces import DCTERMS, OWL, RDF, RDFS, SH, SKOS, VANN, using
from glocal_kg._rdf.namespaces import prefixes as in_use

TYPE_CHECKING = False
if TYPE_CHECKING:
    from glocal_kg._graph.graph import Graph

_SCHEMA = {
    str(term)
    for term in (
        OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty, RDFS.Class,
        RDF.Property, RDFS.Datatype, SH.NodeShape, SH.PropertyShape, SKOS.ConceptScheme,
    )
}  # fmt: skip
_DEPRECATED, _REPLACED = str(OWL.deprecated), str(DCTERMS.isReplacedBy)
_DEPRECATED_KINDS = (str(OWL.DeprecatedClass), str(OWL.DeprecatedProperty))
_HEADER, _SPACE = str(OWL.Ontology), str(VANN.preferredNamespaceUri)
# The graphs whose subjects are all terms; a mapping is data about two of them.
_TERMS = ("ontology", "shapes", "vocabularies")


def compare(
    old: Graph | Iterable[Quad] | str | os.PathLike[str],
    new: Graph | Iterable[Quad] | str | os.PathLike[str],
) -> Comparison:
    """What has to change in one graph to become another, and what that means.

    A side is a knowledge graph, quads, a file, or the folder of a release, of which the
    asserted statements are taken. Blank nodes are compared by what is said about them, not
    by their labels. Names are written with the prefixes of both; the new ones count.

    >>> from pyoxigraph import Literal, NamedNode
    >>> thing = NamedNode("https://example.org/thing")
    >>> label = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
    >>> changes = compare([Quad(thing, label, Literal("a"))], [Quad(thing, label, Literal("b"))])
    >>> [(entry.what, entry.iri) for entry in changes.entries]
    [('changed', 'https://example.org/thing')]
    """
    with TemporaryDirectory(prefix="glocal-") as folder:
        was: dict[str, str] = {}
        now: dict[str, str] = {}
        return compare_streams(quads_of(old, was), quads_of(new, now), Path(folder), (was, now))


def compare_streams(
    old: Iterable[Quad],
    new: Iterable[Quad],
    work: Path,
    prefixes: Iterable[Mapping[str, str]] = (),
) -> Comparison:
    """``compare`` for two streams of quads; ``work`` is for temporary files.

    ``prefixes`` are asked once both are read, when they are known.
    """
    before, after = _ComparedGraph(old, work), _ComparedGraph(new, work)
    removed_groups = before.groups - after.groups
    added_groups = after.groups - before.groups
    removed: list[str] = []
    added: list[str] = []
    pairs: dict[str, _SubjectPair] = {}
    watched = {s for group in removed_groups + added_groups for s in group_subjects(group)}
    for subject, one, other in _walk(before.lines(), after.lines()):
        if subject in watched or one != other:
            pair = pairs[subject] = _SubjectPair(one, other)
            removed += pair.removed
            added += pair.added
    for subject in watched:
        pairs.setdefault(subject, _SubjectPair([], []))
    patch = Patch(
        tuple(removed), tuple(added),
        tuple(sorted(removed_groups.elements())), tuple(sorted(added_groups.elements())),
    )  # fmt: skip
    _attach(pairs, removed_groups, before.groups, added_groups, after.groups)
    own = Ownership(
        before.ontologies | after.ontologies,
        [*before.declared, *after.declared],
        before.spaces | after.spaces,
    )
    known = in_use()
    for more in prefixes:
        known = known.and_also(more)
    with using(known):
        found = _entries(pairs, before.term_graphs() | after.term_graphs(), own)
        entries = with_steps(replace(one, prefixes=known) for one in found)
        return Comparison(tuple(entries), patch, *step_of(entries, patch))


class _ComparedGraph:
    """One graph to compare: sorted lines, groups with blank nodes, and the kinds of graphs.

    Once its lines were read, ``ontologies`` are the IRIs of its headers, ``declared`` those of
    the terms it declares, and ``spaces`` the namespaces it calls its own.
    """

    def __init__(self, quads: Iterable[Quad], work: Path) -> None:
        blanks: list[Quad] = []
        self._lines = sort_lines(ground_lines(quads, blanks), work)
        self.groups = Counter(group_texts(blanks))
        self._kinds: dict[str, set[str]] = {}
        self.ontologies: set[str] = set()
        self.declared: set[str] = set()
        self.spaces: set[str] = set()
        for group in self.groups:
            for line in group.split("\n"):
                self._notice(line)

    def lines(self) -> Iterator[str]:
        """The lines without blank nodes, once."""
        for line in self._lines:
            self._notice(line)
            yield line

    def term_graphs(self) -> set[str]:
        """The named graphs that hold an ontology, shapes or vocabularies."""
        return {name for name, kinds in self._kinds.items() if name and role_of(kinds) in _TERMS}

    def _notice(self, line: str) -> None:
        if RDF_TYPE in line:
            triple, name = split_quad(line)
            subject, _, kind = triple[:-2].split(" ", 2)
            if kind in MARKS:
                self._kinds.setdefault(name, set()).add(kind)
            if kind == _HEADER and subject[0] == "<":
                self.ontologies.add(iri(subject))
            elif kind in _SCHEMA and subject[0] == "<":
                self.declared.add(iri(subject))
        elif _SPACE in line:
            object_ = split_quad(line)[0].split(" ", 2)[2][:-2]
            self.spaces.add(value(object_).text if object_[0] == '"' else iri(object_))


@dataclass
class _SubjectPair:
    """What both graphs say about a subject: whole lines, and groups where they differ."""

    old: list[str]
    new: list[str]
    removed: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    was: bool = False
    is_: bool = False

    def __post_init__(self) -> None:
        one, other = set(self.old), set(self.new)
        self.removed = [line for line in self.old if line not in other]
        self.added = [line for line in self.new if line not in one]
        self.was, self.is_ = bool(self.old), bool(self.new)


def _walk(
    old: Iterable[str], new: Iterable[str]
) -> Iterator[tuple[str, list[str], list[str]]]:  # fmt: skip
    """Every subject with its lines on both sides."""
    left = groupby(old, key=_subject)
    right = groupby(new, key=_subject)
    one, other = next(left, None), next(right, None)
    while one or other:
        if other is None or (one is not None and one[0] < other[0]):
            assert one is not None  # the loop ends when both are
            yield one[0], list(one[1]), []
            one = next(left, None)
        elif one is None or other[0] < one[0]:
            yield other[0], [], list(other[1])
            other = next(right, None)
        else:
            yield one[0], list(one[1]), list(other[1])
            one, other = next(left, None), next(right, None)


def _subject(line: str) -> str:
    return line[: line.index(" ")]


def _attach(
    pairs: dict[str, _SubjectPair],
    removed: Counter[str],
    old: Counter[str],
    added: Counter[str],
    new: Counter[str],
) -> None:
    """Give each changed group to the subjects it speaks about."""
    for group in removed.elements():
        for subject in group_subjects(group):
            pairs[subject].removed += group.split("\n")
    for group in added.elements():
        for subject in group_subjects(group):
            pairs[subject].added += group.split("\n")
    for group in old:
        for subject in group_subjects(group) & pairs.keys():
            pairs[subject].was = True
    for group in new:
        for subject in group_subjects(group) & pairs.keys():
            pairs[subject].is_ = True


def _entries(
    pairs: dict[str, _SubjectPair], term_graphs: set[str], own: Ownership
) -> list[Difference]:
    gone = {name: pair.old for name, pair in pairs.items() if pair.was and not pair.is_}
    come = {name: pair.new for name, pair in pairs.items() if pair.is_ and not pair.was}
    renamed = find_renames(gone, come)
    targets = set(renamed.values())
    entries = []
    for subject in sorted(pairs):
        if subject in targets:
            continue
        pair = pairs[subject]
        what: What = "changed"
        other = ""
        extra: tuple[str, ...] = ()
        if subject in renamed:
            what, other = "renamed", iri(renamed[subject])
            extra = tuple(pairs[renamed[subject]].added)
        elif subject in gone:
            what = "removed"
        elif subject in come:
            what = "added"
        elif _deprecated(pair.added) and not _deprecated(pair.old):
            what, other = "deprecated", iri(_object(pair.new, _REPLACED) or "<>")
        elif _deprecated(pair.removed) and not _deprecated(pair.new):
            what = "restored"
        old_lines, new_lines = tuple(pair.removed), (*pair.added, *extra)
        scope: Scope = "data"
        if _is_term((*pair.old, *pair.new, *old_lines, *new_lines), term_graphs):
            scope = "term" if subject[0] != "<" or own(iri(subject)) else "foreign"
        entries.append(
            Difference(
                iri(subject), what, scope, old_lines, new_lines, other,
                label=label_of(pair.new) or label_of(pair.old),
                was_deprecated=_deprecated(pair.old),
            )
        )  # fmt: skip
    return entries


def _deprecated(lines: Iterable[str]) -> bool:
    """Whether some line marks its subject as deprecated, by property or by class."""
    for line in lines:
        _, predicate, rest = line.split(" ", 2)
        if predicate == _DEPRECATED and rest.startswith(('"true"', '"1"')):
            return True
        if predicate == RDF_TYPE and rest.startswith(_DEPRECATED_KINDS):
            return True
    return False


def _object(lines: Iterable[str], predicate: str) -> str:
    for line in lines:
        if line.split(" ", 2)[1] == predicate:
            return split_quad(line)[0].split(" ", 2)[2][:-2]
    return ""


def _is_term(lines: Iterable[str], term_graphs: set[str]) -> bool:
    for line in lines:
        triple, graph = split_quad(line)
        if graph in term_graphs:
            return True
        _, predicate, rest = triple.split(" ", 2)
        if predicate == RDF_TYPE and rest[:-2] in _SCHEMA:
            return True
    return False
