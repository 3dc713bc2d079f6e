"""One fault, one finding: what several rules say of one value, and what only follows from it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pyoxigraph import BlankNode, Literal, NamedNode

from glocal_kg._engines.shacl.finding_parts import FindingParts, Part, PartsOfNow
from glocal_kg._engines.shacl.paths import Predicate
from glocal_kg._engines.shacl.rdf_terms import Term
from glocal_kg._engines.shacl.report import Finding
from glocal_kg._mending.own import OwnFacts
from glocal_kg._mending.remedies.expected import properties
from glocal_kg._mending.remedies.wrong_values import TURNED
from glocal_kg._rdf.namespaces import RDF, shorten

_TYPE = Predicate(RDF.type)
_TELLING = ("Datatype", "NodeKind", "Class", "Or", "Xone", "Node", "Pattern")
"""Rules by how much they tell of a value; a bound that text passes tells nothing."""


class ToldOnce:
    """The findings without those that another one causes, followed from one report to the next.

    Whether a finding is told rests on those that speak of the same things, as focus or as value;
    but for some whose reach is further, and where there is one of these, all are looked at.
    """

    def __init__(self) -> None:
        self._told = PartsOfNow()
        self._about: dict[Term, dict[int, Finding]] = {}
        self._far: set[int] = set()
        self._left_out: set[int] = set()

    def of(self, own: OwnFacts, parts: list[Part]) -> FindingParts:
        """Those to tell, in their order; a finding is known by the very object that it is."""
        new, gone = self._told.change(parts)
        about = self._about
        for one in gone:
            for thing in _things(one):
                del about[thing][id(one)]
        for one in new:
            for thing in _things(one):
                about.setdefault(thing, {})[id(one)] = one
        left = set(map(id, gone))
        self._left_out -= left
        far = self._far - left | {id(one) for one in new if _reaches_far(one)}
        if far or self._far:
            self._decide(own, {id(one): one for part in parts for one in part})
        else:
            touched = {thing for one in (*new, *gone) for thing in _things(one)}
            self._decide(own, {n: one for thing in touched for n, one in about[thing].items()})
        self._far = far
        for thing in {thing for one in gone for thing in _things(one)}:
            if not about[thing]:
                del about[thing]
        out = self._left_out
        cut = {
            id(part): tuple(one for one in part if id(one) not in out)
            for part in self._told.with_any(out)
        }
        return FindingParts(cut.get(id(part), part) for part in parts)

    def _decide(self, own: OwnFacts, some: dict[int, Finding]) -> None:
        """Which of some findings to tell."""
        if not some:
            return
        things = {thing for one in some.values() for thing in _things(one)}
        beside = {number for thing in things for number in self._about[thing]}
        near = self._told.with_any(beside)
        ordered = (one for part in near for one in part if id(one) in beside)
        told = set(map(id, once(own, ordered)))
        self._left_out -= some.keys()
        self._left_out.update(number for number in some if number not in told)


def _things(one: Finding) -> tuple[Term, ...]:
    """What a finding speaks of."""
    if one.value is None or isinstance(one.value, Literal):
        return (one.focus,)
    return (one.focus, one.value) if one.focus != one.value else (one.focus,)


def _reaches_far(one: Finding) -> bool:
    """Whether a finding tells of all things of a class, or of a namespace."""
    return one.check == "namespace" or (one.check == "described" and one.path == _TYPE)


def once(own: OwnFacts, findings: Iterable[Finding]) -> list[Finding]:
    """The findings, those left out that another one causes or says better."""
    found = list(findings)
    strange = _strange(own, found)
    valued: set[tuple[object, ...]] = {
        (one.focus, p, one.value)
        for one in found
        if one.rule in _TELLING and one.check not in ("range", "kind", "list")
        for p, _ in properties(one)
    }
    lists = {(one.focus, one.path, one.value) for one in found if one.check == "list"}
    told = {one.value for one in found if one.rule in _TELLING}
    slips = _misspelt(found)
    turned: set[tuple[object, ...]] = {
        (one.value, p) for one in found if TURNED in one.cause for p, _ in properties(one)
    }
    kinded = {one.focus for one in found if one.check == "kind" and one.path == _TYPE}
    nameless = {one for one in told if isinstance(one, BlankNode)}
    moved = {
        one.value.value: one.expected
        for one in found
        if one.check == "namespace" and isinstance(one.value, NamedNode)
    }
    return _best_of_each(
        [
            one
            for one in found
            if not _follows_from_class(one, strange)
            and not (
                one.check == "described"
                and (one.focus in told or one.focus in strange or one.value in kinded)
            )
            and not (one.rule == "MinCount" and _is_meant(one, slips.get(one.focus, "")))
            and not _follows_from_namespace(own, one, moved)
            and not _said_by_shape(one, valued)
            and not (one.rule in _TELLING and (one.focus, one.path, one.value) in lists)
            and not (
                one.rule == "MinCount" and turned & {(one.focus, p) for p, _ in properties(one)}
            )
            and not (one.check == "other-class" and one.focus in told)
            and not (one.check == "class" and "rdf:type?" in slips.get(one.focus, ""))
            and not (one.check == "subject-of-its-kind" and one.focus in nameless)
        ]
    )


def _strange(own: OwnFacts, found: Sequence[Finding]) -> set[object]:
    """Things whose class does not exist, or that have none: their own finding says so."""
    strange: set[object] = set()
    for one in found:
        of_class = one.check in ("term", "kind") and one.path == _TYPE
        if one.check == "class" or of_class:
            strange.add(one.focus)
        elif one.check == "described" and one.path == _TYPE:
            strange |= {
                quad.subject for quad in own.facts.quads_for_pattern(None, RDF.type, one.focus)
            }
    return strange


def _follows_from_class(finding: Finding, strange: set[object]) -> bool:
    if finding.check == "subject-of-its-kind":
        return finding.focus in strange
    return finding.rule in ("Class", "Or", "Xone", "Node") and finding.value in strange


def _follows_from_namespace(own: OwnFacts, finding: Finding, moved: dict[str, str]) -> bool:
    """Whether a wrong namespace, told by itself, is all that is wrong."""
    if not moved or finding.check == "namespace":
        return False
    if finding.rule == "MinCount":
        wrong = {
            base + p.value[len(right) :]
            for p, _ in properties(finding)
            for base, right in moved.items()
            if p.value.startswith(right)
        }
        said = own.facts.quads_for_pattern(finding.focus)
        return any(quad.predicate.value in wrong for quad in said)
    for node in (finding.value, finding.focus):
        for base, right in moved.items():
            if isinstance(node, NamedNode) and node.value.startswith(base):
                return own.describes(NamedNode(right + node.value[len(base) :]))
    return False


def _said_by_shape(finding: Finding, valued: set[tuple[object, ...]]) -> bool:
    """Whether a shape says of a value what was found without one."""
    if finding.check != "range":
        return False
    return any((finding.focus, p, finding.value) in valued for p, _ in properties(finding))


def _misspelt(found: Sequence[Finding]) -> dict[Term, str]:
    """By thing, what is said of properties of it that do not exist."""
    said: dict[Term, str] = {}
    for one in found:
        if one.check in ("term", "known-properties"):
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
        if same or one.check == "datatype":
            along = tuple(iri for iri, _ in properties(one)) or str(one.path or "")
            key = (one.focus, along, one.value)
        other = best.get(key)
        if other is None or _rank(one) < _rank(other):
            best[key] = one
    kept = set(map(id, best.values()))
    return [one for one in found if id(one) in kept]


def _rank(finding: Finding) -> int:
    return _TELLING.index(finding.rule) if finding.rule in _TELLING else len(_TELLING)
