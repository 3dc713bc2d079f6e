"""Which step of semantic versioning a change is.

Removing or narrowing a term is major, adding one is minor, annotations are a patch. The same
holds for data: a thing that vanished is major, a new one minor, a corrected fact a patch.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from itertools import combinations
from typing import get_args

from pyoxigraph import RdfFormat, parse

from glocal_kg._publish.compare.changes import Difference, Step
from glocal_kg._publish.compare.patch import Patch, group_subjects
from glocal_kg._publish.lines.canonical import canonical_blanks
from glocal_kg._publish.lines.ntriples_text import RDF_TYPE, iri, split_quad
from glocal_kg._rdf.namespaces import DCTERMS, OWL, RDF, RDFS, SCHEMA, SH, SKOS, VANN, shorten
from glocal_kg.errors import GlocalError

STEPS: tuple[Step, ...] = get_args(Step)
_ANNOTATION_SPACES = tuple(
    str(space) for space in (DCTERMS, VANN, SCHEMA, "http://www.w3.org/2003/06/sw-vocab-status/ns#")
)
_ANNOTATIONS = {
    str(term)
    for term in (
        RDFS.label, RDFS.comment, RDFS.seeAlso, RDFS.isDefinedBy, OWL.versionInfo, OWL.deprecated,
        OWL.versionIRI, OWL.priorVersion, OWL.backwardCompatibleWith, OWL.incompatibleWith,
        SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel, SKOS.definition, SKOS.example,
        SKOS.scopeNote, SKOS.note, SKOS.changeNote, SKOS.historyNote, SKOS.editorialNote,
        SH.message, SH.name, SH.description, SH.order, SH.group,
    )
}  # fmt: skip
_DISJOINT = (str(OWL.AllDisjointClasses), str(OWL.AllDisjointProperties))
_FIRST = str(RDF.first)
_BLANK = re.compile(r"_:c14n\d+")
_NUMBER = r"(0|[1-9]\d*)"
_VERSION = re.compile(rf"{_NUMBER}(?:\.{_NUMBER}(?:\.{_NUMBER}(?:[-+][0-9A-Za-z.+-]+)?)?)?\Z", re.A)


def with_steps(entries: Iterable[Difference]) -> list[Difference]:
    """The changes, each with its step and the reason for it."""
    members = list(entries)
    new_terms = _new_terms(members)
    return [_with_step(entry, new_terms) for entry in members]


def step_of(entries: Iterable[Difference], patch: Patch) -> tuple[Step, str]:
    """The step that changes ask for, none, patch, minor or major, and what asks for it."""
    members = list(entries)
    reasons: list[tuple[Step, str]] = [
        (entry.step, f"{shorten(entry.iri)}: {entry.why}") for entry in members
    ]
    foreign = {f"<{entry.iri}>" for entry in members if entry.scope == "foreign"}
    reasons.append(_group_step(patch, _new_terms(members), foreign))
    if patch:
        reasons.append(("patch", "statements differ"))
    found = max((step for step, _ in reasons), key=STEPS.index, default=STEPS[0])
    told = [why for step, why in reasons if step == found]
    if found == "none":
        return found, ""
    more = f", and {len(told) - 1} more like it" if len(told) > 1 else ""
    return found, told[0] + more


def _new_terms(entries: Iterable[Difference]) -> set[str]:
    new = {f"<{entry.iri}>" for entry in entries if entry.what == "added"}
    return new | {f"<{entry.other}>" for entry in entries if entry.what == "renamed"}


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
    """The three numbers of a version, 0 for those left out; None for names and dates.

    >>> numbers("1.10.0"), numbers("29.4"), numbers("2026-11")
    ((1, 10, 0), (29, 4, 0), None)
    """
    match = _VERSION.match(version)
    return (int(match[1]), int(match[2] or 0), int(match[3] or 0)) if match else None


def _with_step(entry: Difference, new_terms: set[str]) -> Difference:
    step, why = _entry_step(entry, new_terms)
    return replace(entry, step=step, why=why)


def _entry_step(entry: Difference, new_terms: set[str]) -> tuple[Step, str]:
    if entry.scope == "foreign":
        return "patch", "a term of another vocabulary, which is kept there"
    if entry.what in ("removed", "renamed"):
        return "major", f"it was {entry.what}, and who used it has to change"
    if entry.what == "added":
        return "minor", "it is new"
    if entry.what in ("deprecated", "restored"):
        return "minor", f"it is {entry.what}"
    if entry.scope == "data":
        return "patch", "facts about it differ"
    # Groups are judged for themselves; here only the plain statements count.
    removed = [line for line in entry.removed if "_:" not in line]
    added = [line for line in entry.added if "_:" not in line]
    steps = [_line_step(line, new_terms, added=False) for line in removed]
    steps += [_line_step(line, new_terms, added=True) for line in added]
    return max(steps, key=lambda one: STEPS.index(one[0]), default=("patch", "only its axioms"))


def _line_step(line: str, new_terms: set[str], *, added: bool) -> tuple[Step, str]:
    _, predicate, rest = split_quad(line)[0].split(" ", 2)
    name, did = shorten(iri(predicate)), "gained" if added else "lost"
    if is_annotation(predicate):
        return "patch", f"its {name} differs"
    if added and rest[:-2] in new_terms:
        return "minor", f"it {did} a {name} that is new"  # nothing relied on that
    if predicate.startswith(f"<{SH}") and not added:
        return "minor", f"it {did} a {name}: it asks for less"
    return "major", f"it {did} a {name}, so it means something else"


def is_annotation(predicate: str) -> bool:
    """Whether a property, in brackets, explains a term and means nothing to a reasoner."""
    return predicate in _ANNOTATIONS or predicate[1:].startswith(_ANNOTATION_SPACES)


def _group_step(patch: Patch, new_terms: set[str], foreign: set[str]) -> tuple[Step, str]:
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
    disjoint: tuple[Step, str] = ("major", "other classes are disjoint")
    steps = [disjoint] if pairs_before != pairs_after else []
    for group, is_new in [(g, False) for g in removed] + [(g, True) for g in added]:
        subjects = group_subjects(group)
        if subjects and subjects <= foreign:
            continue
        of_new_terms = is_new and bool(subjects) and subjects <= new_terms
        asks_less = f"<{SH}" in group and (not is_new or _is_less(group, removed))
        small = _disjoint(group) or of_new_terms or asks_less
        about = ", ".join(shorten(iri(subject)) for subject in sorted(subjects)) or "no term"
        why = f"an axiom about {about} was {'added' if is_new else 'removed'}"
        steps.append(("minor" if small else "major", why))
    return max(steps, key=lambda one: STEPS.index(one[0]), default=("none", ""))


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
