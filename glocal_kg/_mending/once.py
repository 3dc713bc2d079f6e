"""One fault, one finding: what several rules say of one value, and what only follows from it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pyoxigraph import Literal, NamedNode

from glocal_kg._engines.shacl.paths import Predicate
from glocal_kg._engines.shacl.report import Finding
from glocal_kg._engines.shacl.terms import Term
from glocal_kg._mending.own import Own
from glocal_kg._mending.wanted import properties
from glocal_kg._rdf.namespaces import RDF, shorten

_TELLING = ("Datatype", "NodeKind", "Class", "Or", "Xone", "Node", "Pattern")
"""Rules by how much they tell of a value; a bound that text passes tells nothing."""


def once(own: Own, findings: Iterable[Finding]) -> list[Finding]:
    """The findings, those left out that another one causes or says better."""
    found = list(findings)
    strange = _strange(own, found)
    told = {one.value for one in found if one.rule in _TELLING}
    slips = _misspelt(found)
    return _best_of_each(
        [
            one
            for one in found
            if not _follows_from_class(one, strange)
            and not (_check(one) == "described" and one.focus in told)
            and not (one.rule == "MinCount" and _is_meant(one, slips.get(one.focus, "")))
        ]
    )


def _check(finding: Finding) -> str:
    name = finding.source_shape
    return name.value.rpartition("/")[2] if isinstance(name, NamedNode) else ""


def _strange(own: Own, found: Sequence[Finding]) -> set[object]:
    """Things whose class does not exist, or that have none: their own finding says so."""
    strange: set[object] = set()
    for one in found:
        if _check(one) == "class" or (_check(one) == "term" and one.path == Predicate(RDF.type)):
            strange.add(one.focus)
        elif _check(one) == "described" and one.path == Predicate(RDF.type):
            strange |= {
                quad.subject for quad in own.facts.quads_for_pattern(None, RDF.type, one.focus)
            }
    return strange


def _follows_from_class(finding: Finding, strange: set[object]) -> bool:
    if _check(finding) == "subject-of-its-kind":
        return finding.focus in strange
    return finding.rule in ("Class", "Or", "Xone", "Node") and finding.value in strange


def _misspelt(found: Sequence[Finding]) -> dict[Term, str]:
    """By thing, what is said of properties of it that do not exist."""
    said: dict[Term, str] = {}
    for one in found:
        if _check(one) in ("term", "known-properties"):
            said[one.focus] = f"{said.get(one.focus, '')} {one.cause} {one.remedy}"
    return said


def _is_meant(finding: Finding, said: str) -> bool:
    """Whether what is missing is what a misspelt property was meant to give."""
    return any(shorten(p.value) in said.replace("?", "").split() for p, _ in properties(finding))


def _best_of_each(found: Sequence[Finding]) -> list[Finding]:
    """Of all that is said of one value of one property, what tells most."""
    best: dict[tuple[object, ...], Finding] = {}
    for number, one in enumerate(found):
        same = isinstance(one.value, Literal) and one.rule not in ("SPARQL", "UniqueLang")
        key: tuple[object, ...] = (number,)
        if same or _check(one) == "datatype":
            key = (one.focus, tuple(iri for iri, _ in properties(one)), one.value)
        other = best.get(key)
        if other is None or _rank(one) < _rank(other):
            best[key] = one
    kept = set(map(id, best.values()))
    return [one for one in found if id(one) in kept]


def _rank(finding: Finding) -> int:
    return _TELLING.index(finding.rule) if finding.rule in _TELLING else len(_TELLING)
