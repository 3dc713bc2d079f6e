"""Which step of semantic versioning a change is.

Removing or narrowing a term is major, adding one is minor, annotations are a patch. The same
holds for data: a thing that vanished is major, a new one minor, a corrected fact a patch.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from itertools import combinations

from pyoxigraph import RdfFormat, parse

from glocal_kg._publish.canonical import canonical_blanks
from glocal_kg._publish.changes import Change
from glocal_kg._publish.patch import Patch, group_subjects
from glocal_kg._publish.terms import RDF_TYPE, split_quad
from glocal_kg._rdf.namespaces import DCTERMS, OWL, RDF, RDFS, SCHEMA, SH, SKOS, VANN
from glocal_kg.errors import GlocalError

STEPS = ("none", "patch", "minor", "major")
_ANNOTATION_SPACES = tuple(
    str(space) for space in (DCTERMS, VANN, SCHEMA, "http://www.w3.org/2003/06/sw-vocab-status/ns#")
)
_ANNOTATIONS = {
    str(term)
    for term in (
        RDFS.label, RDFS.comment, RDFS.seeAlso, RDFS.isDefinedBy, OWL.versionInfo,
        OWL.versionIRI, OWL.priorVersion, OWL.backwardCompatibleWith, OWL.incompatibleWith,
        SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel, SKOS.definition, SKOS.example,
        SKOS.scopeNote, SKOS.note, SKOS.changeNote, SKOS.historyNote, SKOS.editorialNote,
        SH.message, SH.name, SH.description, SH.order, SH.group,
    )
}  # fmt: skip
_DISJOINT = (str(OWL.AllDisjointClasses), str(OWL.AllDisjointProperties))
_FIRST = str(RDF.first)
_BLANK = re.compile(r"_:c14n\d+")
_VERSION = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:[-+][0-9A-Za-z.+-]+)?\Z")


def step_of(entries: Iterable[Change], patch: Patch) -> str:
    """The step: none, patch, minor or major."""
    members = list(entries)
    new_terms = {f"<{entry.iri}>" for entry in members if entry.what == "added"}
    new_terms |= {f"<{entry.other}>" for entry in members if entry.what == "renamed"}
    steps = [_entry_step(entry, new_terms) for entry in members]
    steps.append(_group_step(patch, new_terms))
    if patch:
        steps.append("patch")
    return max(steps, key=STEPS.index, default="none")


def next_version(version: str, step: str) -> str:
    """The least version that may follow after a step.

    Before 1.0.0 a breaking change raises the second number and any other the third.

    >>> next_version("1.2.3", "major"), next_version("0.2.3", "major")
    ('2.0.0', '0.3.0')
    >>> next_version("1.2.3", "minor"), next_version("1.2.3", "none")
    ('1.3.0', '1.2.3')
    """
    major, minor, patch = numbers(version) or (0, 0, 0)
    if step == "none":
        return f"{major}.{minor}.{patch}"
    if major == 0:
        step = {"major": "minor", "minor": "patch"}.get(step, step)
    if step == "major":
        return f"{major + 1}.0.0"
    return f"{major}.{minor + 1}.0" if step == "minor" else f"{major}.{minor}.{patch + 1}"


def numbers(version: str) -> tuple[int, int, int] | None:
    """The three numbers of a semantic version, or None for other names.

    >>> numbers("1.10.0"), numbers("2026-11")
    ((1, 10, 0), None)
    """
    match = _VERSION.match(version)
    return (int(match[1]), int(match[2]), int(match[3])) if match else None


def _entry_step(entry: Change, new_terms: set[str]) -> str:
    if entry.what in ("removed", "renamed"):
        return "major"
    if entry.what in ("added", "deprecated"):
        return "minor"
    if not entry.term:
        return "patch"
    # Groups are judged for themselves; here only the plain statements count.
    removed = [line for line in entry.removed if "_:" not in line]
    added = [line for line in entry.added if "_:" not in line]
    steps = [_line_step(line, new_terms, added=False) for line in removed]
    steps += [_line_step(line, new_terms, added=True) for line in added]
    return max(steps, key=STEPS.index, default="patch")


def _line_step(line: str, new_terms: set[str], *, added: bool) -> str:
    _, predicate, rest = split_quad(line)[0].split(" ", 2)
    if is_annotation(predicate):
        return "patch"
    if added and rest[:-2] in new_terms:
        return "minor"  # an old term is set under a new one, which nothing relied on
    if predicate.startswith(f"<{SH}") and not added:
        return "minor"  # a shape that asks for less
    return "major"


def is_annotation(predicate: str) -> bool:
    """Whether a property, in brackets, explains a term and means nothing to a reasoner."""
    return predicate in _ANNOTATIONS or predicate[1:].startswith(_ANNOTATION_SPACES)


def _group_step(patch: Patch, new_terms: set[str]) -> str:
    """The step of axioms with blank nodes, once what merely moved or is new is set aside."""
    removed, added = _without_notes(patch.removed_groups), _without_notes(patch.added_groups)
    for group in list(removed):
        if group in added:
            removed.remove(group)
            added.remove(group)
    pairs_before = _disjoint_pairs(removed)
    pairs_after = {
        pair for pair in _disjoint_pairs(added) if not any(name in new_terms for name in pair)
    }
    steps = ["major"] if pairs_before != pairs_after else []
    for group, is_new in [(g, False) for g in removed] + [(g, True) for g in added]:
        subjects = group_subjects(group)
        of_new_terms = is_new and bool(subjects) and subjects <= new_terms
        asks_less = f"<{SH}" in group and (not is_new or _is_less(group, removed))
        small = _disjoint(group) or of_new_terms or asks_less
        steps.append("minor" if small else "major")
    return max(steps, key=STEPS.index, default="none")


def _is_less(group: str, others: list[str]) -> bool:
    """Whether some other group says all that this one says, and more."""
    mine = Counter(_BLANK.sub("_:", group).split("\n"))
    return any(mine <= Counter(_BLANK.sub("_:", other).split("\n")) for other in others)


def _without_notes(groups: Iterable[str]) -> list[str]:
    """Groups without their annotations, named anew."""
    found = []
    for group in groups:
        kept = [line for line in group.split("\n") if not is_annotation(line.split(" ", 2)[1])]
        if kept:
            text = "\n".join(kept)
            found.append("\n".join(canonical_blanks(parse(text, RdfFormat.N_QUADS))))
    return found


def _disjoint(group: str) -> bool:
    return any(
        line.split(" ", 2)[1] == RDF_TYPE and line.split(" ", 2)[2].startswith(_DISJOINT)
        for line in group.split("\n")
    )


def _disjoint_pairs(groups: Iterable[str]) -> set[tuple[str, str]]:
    pairs: set[tuple[str, str]] = set()
    for group in groups:
        if _disjoint(group):
            triples = (split_quad(line)[0].split(" ", 2) for line in group.split("\n"))
            members = sorted(o[:-2] for _, predicate, o in triples if predicate == _FIRST)
            pairs.update(combinations(members, 2))
    return pairs


def check_version(step: str, before: str, version: str) -> None:
    """Raise ``GlocalError`` where a version is too small a step after the one before.

    Versions that are no semantic versions are not judged.

    >>> check_version("patch", "1.0.0", "1.0.1")
    """
    if numbers(before) is None or numbers(version) is None:
        return
    least = next_version(before, step)
    if (numbers(version) or ()) < (numbers(least) or ()):
        raise GlocalError(
            f"Version {version} is too small a step after {before}: the change is {step}.",
            remedy=f"Publish it as {least} or later.",
        )
