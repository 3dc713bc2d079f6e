"""Slips that no shape can see, because they keep a fact out of every shape's sight.

A term that a known vocabulary does not have, a namespace that is nearly right, a thing without a
class, a property of another vocabulary where ours is read, a datatype or language that there is
not, a text in another language than it says.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from pyoxigraph import NamedNode

from glocal_kg._engines.shacl.facets import unique
from glocal_kg._engines.shacl.rdf_terms import SH
from glocal_kg._engines.shacl.rdf_terms import short as shown
from glocal_kg._engines.shacl.report import Finding, Severity
from glocal_kg._mending.addresses import addresses
from glocal_kg._mending.ends import Ends
from glocal_kg._mending.literal_slips import fault_of, may_have_fault
from glocal_kg._mending.misplaced import misplaced
from glocal_kg._mending.near_namespaces import Namespaces, meant
from glocal_kg._mending.nearest import READ, Nearest
from glocal_kg._mending.own import OwnFacts
from glocal_kg._mending.points import points
from glocal_kg._mending.slip import slip
from glocal_kg._mending.turtle import written
from glocal_kg._rdf.namespaces import RDF, RDFS, SKOS
from glocal_kg._rdf.store.facts import SAID
from glocal_kg._rdf.store.pairs import Numbers
from glocal_kg._rdf.store.term_text import Term
from glocal_kg._study.usual import INSTEAD
from glocal_kg._study.vocab import BASE, GLOCAL, PREFIXES, expand
from glocal_kg._study.vocabularies import exists, namespace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from glocal_kg._mending.misplaced import Amiss

_SHAPE = ("targetClass", "property", "path")
_PLACES = frozenset((GLOCAL.Place, GLOCAL.City, GLOCAL.Government))
_TEXT = (RDFS.label, SKOS.prefLabel, SKOS.altLabel, SKOS.definition, RDFS.comment)


@dataclass
class Slips:
    """Looks for slips in the facts of one's own."""

    own: OwnFacts
    nearest: Nearest
    amiss: Amiss | None = None

    def found(self) -> Iterator[Finding]:
        """All slips, those of names first."""
        rows = self.own.rows
        if not len(rows):
            return
        yield from Namespaces(self.own).found()
        yield from self._terms()
        yield from self._untyped()
        yield from Ends(self.own, self.nearest).found()
        yield from self._habits()
        yield from points(self.own)
        yield from misplaced(self.own, self.amiss)
        yield from addresses(self.own)
        yield from self._literals()

    # Names

    def _terms(self) -> Iterator[Finding]:
        """Properties and classes that their vocabulary does not have."""
        rows = self.own.rows
        a = self.own.moment.find(RDF.type)
        for kind, numbers in (
            ("property", unique(rows[:, 1])),
            ("class", unique(rows[rows[:, 1] == a, 2])),
        ):
            for number in numbers.tolist():
                term = self.own.moment.term(number)
                if not isinstance(term, NamedNode) or self._exists(term):
                    continue
                column = 1 if kind == "property" else 2
                mine = rows[(rows[:, column] == number) & ((column == 1) | (rows[:, 1] == a))]
                for fact in self.own.facts_of(mine):
                    near = self.nearest.term(term.value, kind)
                    cause, remedy = _no_such(term, kind, near, fact)
                    yield slip("term", fact, cause, remedy)

    def _exists(self, term: NamedNode) -> bool:
        """Whether a term is one of its vocabulary, or of none that is known."""
        if term.value.startswith(BASE) or meant(namespace(term.value)):
            return True  # told by the checks, or as a namespace
        if exists(term.value) is not False:
            return True
        number = self.own.moment.find(term)
        return number is not None and self._packaged_has(number)

    def _packaged_has(self, number: int) -> bool:
        count, others = self.own.moment.count, self.own.others
        ways = ((None, number, None), (None, None, number), (number, None, None))
        return any(count(s, p, o, others) for s, p, o in ways)

    # Things

    def _untyped(self) -> Iterator[Finding]:
        """Things that something is said of, and that are of no class."""
        moment = self.own.moment
        a = moment.find(RDF.type)
        bare = self.own.about
        if a is not None:
            bare = np.delete(bare, moment.probe(a, "s", bare, SAID)[0])
        graphs = set(self.own.moment.graphs(SAID).tolist())
        for number in bare.tolist():
            thing = moment.term(number)
            if not isinstance(thing, NamedNode) or number in graphs:
                continue
            facts = list(self.own.facts_of(self.own.rows[self.own.rows[:, 0] == number]))
            if not any(p in GLOCAL or p in _TEXT or p in READ for _, p, _ in facts):
                continue
            told = f"{shown(thing)} has no class, so no question finds it."
            remedy = "Say what it is: add its class, as a statement with a."
            if self.own.speaks_ours:
                kind = self.nearest.class_by(thing)
                if kind is None and all(p in _TEXT for _, p, _ in facts):
                    kind = GLOCAL.Practice  # of a bare name nothing is told: the main job
                if kind is not None:
                    remedy = f"Say what it is. Write {shown(thing)} a {shown(kind)} ."
            yield slip("class", (thing, RDF.type, None), told, remedy)

    def _habits(self) -> Iterator[Finding]:
        """Properties of other vocabularies on things of ours, where another is read."""
        moment, rows = self.own.moment, self.own.rows
        for p in unique(rows[:, 1]).tolist():
            name = PREFIXES.shorten(moment.term(p).value)
            if name not in INSTEAD:
                continue
            ours, mine = INSTEAD[name], rows[rows[:, 1] == p]
            right = moment.find(expand(ours))
            known: dict[tuple[int, ...], list[NamedNode]] = {}
            classes = self._classes_of(mine[:, 0])
            for row in mine.tolist():
                types = classes[row[0]]
                if types not in known:
                    known[types] = self._misled(p, right, types)
                kinds = known[types]
                if not kinds or len(moment.scan(row[0], right, None, SAID)[0]):
                    continue
                (fact,) = self.own.facts_of([row])
                yield slip(
                    "habit",
                    fact,
                    f"No question reads {name} of a {shown(kinds[0])}; {ours} is read.",
                    f"Write {shown(fact[0])} {ours} {written(fact[2])} .",
                    severity="warning",
                )

    def _classes_of(self, things: Numbers) -> dict[int, tuple[int, ...]]:
        """The classes that things are said to have, in numbers."""
        found: dict[int, tuple[int, ...]] = dict.fromkeys(things.tolist(), ())
        a = self.own.moment.find(RDF.type)
        if a is not None:
            once = unique(things)
            places, classes = self.own.moment.probe(a, "s", once, SAID)
            for thing, cls in zip(once[places].tolist(), classes.tolist(), strict=True):
                found[thing] += (cls,)
        return {thing: tuple(sorted(some)) for thing, some in found.items()}

    def _misled(self, p: int, right: int | None, types: tuple[int, ...]) -> list[NamedNode]:
        """Our classes of a thing for which the one property is not read and the other is."""
        terms = self.own.moment.terms(types)
        kinds = sorted((one for one in terms if isinstance(one, NamedNode)), key=str)
        kinds = [one for one in kinds if one in GLOCAL]
        # Of some things ours is not read either: the date of an assessment.
        if not kinds or right is None or self._is_usual(p, kinds):
            return []
        return kinds if self._is_usual(right, self._related(kinds)) else []

    def _related(self, kinds: list[NamedNode]) -> list[NamedNode]:
        """Classes with those above and below them."""
        ask = self.own.facts.quads_for_pattern
        found = dict.fromkeys(kinds)
        for up in (True, False):
            waiting = list(kinds)
            while waiting:
                one = waiting.pop()
                quads = ask(one, RDFS.subClassOf) if up else ask(None, RDFS.subClassOf, one)
                for near in (quad.object if up else quad.subject for quad in quads):
                    if isinstance(near, NamedNode) and near not in found:
                        found[near] = None
                        waiting.append(near)
        return list(found)

    def _is_usual(self, p: int, kinds: list[NamedNode]) -> bool:
        """Whether packaged things of these classes have the property too, or shapes ask for it."""
        moment = self.own.moment
        a = moment.find(RDF.type)
        numbers = [moment.find(kind) for kind in kinds]
        if any(self._is_asked_for(p, kind) for kind in numbers):
            return True
        subjects = moment.scan(None, p, None, self.own.others)[0]
        classes = moment.probe(a, "s", unique(subjects), SAID)[1] if a is not None else subjects[:0]
        return bool(np.isin(classes, [number for number in numbers if number is not None]).any())

    def _is_asked_for(self, p: int, kind: int | None) -> bool:
        """Whether a shape of a class speaks of a property."""
        moment = self.own.moment
        target, asks, path = (moment.find(NamedNode(SH + name)) for name in _SHAPE)
        if kind is None or target is None or asks is None or path is None:
            return False
        shapes = moment.scan(None, target, kind, SAID)[0]
        parts = moment.probe(asks, "s", shapes, SAID)[1]
        return bool(np.isin(parts, moment.scan(None, path, p, SAID)[0]).any())

    # Literals

    def _literals(self) -> Iterator[Finding]:
        """Datatypes, languages and texts that are not what they say."""
        faults: dict[int, tuple[str, str, str, Severity]] = {}
        for number, text in self.own.literals:
            fault = fault_of(self.own.moment.term(number)) if may_have_fault(text) else None
            if fault is not None:
                faults[number] = fault
        if not faults:
            return
        rows = self.own.rows[np.isin(self.own.rows[:, 2], list(faults))]
        labels = frozenset(map(self.own.moment.find, _TEXT))
        for row, fact in zip(rows.tolist(), self.own.facts_of(rows), strict=True):
            name, cause, remedy, severity = faults[row[2]]
            guessed = name == "language" and severity == "info"
            named = fact[1] in _TEXT[:3] and _PLACES & set(self.own.types(fact[0]))
            if guessed and (row[1] not in labels or named):
                continue  # names of places are in no language: Rothenburg ob der Tauber
            write = f"Write {shown(fact[0])} {shown(fact[1])} {remedy} ."
            write = write if remedy else "Correct it after the source."
            yield slip(name, fact, cause, write, severity=severity)


def _no_such(
    term: NamedNode, kind: str, near: str, fact: tuple[Term, NamedNode, Term]
) -> tuple[str, str]:
    """Cause and remedy for a term that its vocabulary does not have."""
    told = f"{shown(term)} does not exist: its vocabulary has no such {kind}."
    if not near:
        return told, f"Take a {kind} that exists; glocal terms lists them."
    right = shown(NamedNode(near))
    s, o = shown(fact[0]), written(fact[2])
    write = f"{s} {right} {o}" if kind == "property" else f"{s} a {right}"
    return told, f"Did you mean {right}? Write {write} ."
