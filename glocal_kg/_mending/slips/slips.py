"""Slips that no shape can see, because they keep a fact out of every shape's sight.

A term that a known vocabulary does not have, a namespace that is nearly right, a thing without a
class, a property of another vocabulary where ours is read, a datatype or language that there is
not, a text in another language than it says.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from pyoxigraph import NamedNode

from glocal_kg._engines.shacl.rdf_terms import short as shown
from glocal_kg._engines.shacl.report import Finding, Severity
from glocal_kg._mending.likeness.nearest import READ, Nearest
from glocal_kg._mending.own import OwnFacts
from glocal_kg._mending.remedies.turtle import written
from glocal_kg._mending.slips.addresses import addresses, pages
from glocal_kg._mending.slips.bracketed import bracketed
from glocal_kg._mending.slips.circles import circles
from glocal_kg._mending.slips.ends import Ends
from glocal_kg._mending.slips.habits import Habits
from glocal_kg._mending.slips.literal_slips import fault_of, with_fault_perhaps
from glocal_kg._mending.slips.misplaced import misplaced
from glocal_kg._mending.slips.near_namespaces import Namespaces, meant
from glocal_kg._mending.slips.our_terms import changed_terms
from glocal_kg._mending.slips.points import points
from glocal_kg._mending.slips.slip import slip
from glocal_kg._rdf.namespaces import RDF, RDFS, SKOS
from glocal_kg._rdf.sparql.solution_table import unique
from glocal_kg._rdf.store.facts import SAID
from glocal_kg._rdf.store.pairs import among
from glocal_kg._rdf.store.term_text import Term
from glocal_kg._study.vocab import BASE, GLOCAL
from glocal_kg._study.vocabularies import exists, namespace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from glocal_kg._mending.country_said import Amiss

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
        yield from Habits(self.own, self.nearest).found()
        yield from bracketed(self.own)
        yield from points(self.own)
        yield from misplaced(self.own, self.amiss)
        yield from circles(self.own)
        yield from changed_terms(self.own)
        yield from addresses(self.own)
        yield from pages(self.own)
        yield from self._literals()

    # Names

    def _terms(self) -> Iterator[Finding]:
        """Properties and classes that their vocabulary does not have."""
        rows = self.own.rows
        a = self.own.moment.find(RDF.type)
        classes = unique(self.own.of(RDF.type)[:, 2]).tolist()
        for kind, named in (
            ("property", self.own.named_properties.items()),
            ("class", zip(self.own.moment.terms(classes), classes, strict=True)),
        ):
            for term, number in named:
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
        if _may_exist(term):
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
        typed = unique(self.own.of(RDF.type)[:, 0])
        bare = self.own.about[~among(self.own.about, typed)]  # here, but perhaps not elsewhere
        if a is not None and len(bare):
            bare = np.delete(bare, moment.probe(a, "s", bare, SAID)[0])
        graphs = set(self.own.moment.graphs(SAID).tolist()) if len(bare) else ()
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

    # Literals

    def _literals(self) -> Iterator[Finding]:
        """Datatypes, languages and texts that are not what they say."""
        faults: dict[int, tuple[str, str, str, Severity]] = {}
        moment = self.own.moment
        for number in with_fault_perhaps(moment.dictionary, self.own.literals):
            fault = fault_of(moment.term(number))
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


@lru_cache(maxsize=4096)
def _may_exist(term: NamedNode) -> bool:
    """Whether a term is one of its vocabulary, of none that is known, or told elsewhere."""
    if term.value.startswith(BASE) or meant(namespace(term.value)):
        return True  # told by the checks, or as a namespace
    return exists(term.value) is not False


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
