"""The report in words, brought up to date from what has changed since the last one."""

from __future__ import annotations

from dataclasses import replace

from glocal_kg._engines.shacl.report import Finding
from glocal_kg._graph.graph import Graph
from glocal_kg._graph.validating import has_packaged
from glocal_kg._mending.likeness.nearest import Nearest
from glocal_kg._mending.memory import Memory, StandingAnswer
from glocal_kg._mending.once import ToldOnce
from glocal_kg._mending.own import OwnFacts
from glocal_kg._mending.remedies.cause_and_remedy import MistakeWords
from glocal_kg._mending.slips.followed_slips import FollowedSlips
from glocal_kg._mending.whereabouts import Placed, Places
from glocal_kg._study.packaged import is_packaged
from glocal_kg._telling.report import Report

TYPE_CHECKING = False
if TYPE_CHECKING:
    from glocal_kg._mending.slips.misplaced import Amiss


class ToldReport:
    """What was told of the findings on a graph, and which facts that rests on.

    A finding is known by the very object that it is, of which the answer keeps hold: so no other
    one can have its number.
    """

    def __init__(self, kg: Graph) -> None:
        self._settings = _settings(kg)
        self._version = kg.facts.version
        self._memory = Memory()
        self._slips = FollowedSlips(self._memory)
        self._once = ToldOnce()
        self._answers: dict[int, StandingAnswer] = {}
        self._places: Places = {}
        self._sources = kg.sources

    def follows(self, kg: Graph) -> bool:
        """Take up what has changed; False where all is to be told anew."""
        if _settings(kg) != self._settings:
            return False
        if kg.sources != self._sources:  # lines may be others now
            self._sources, self._places = kg.sources, {}
        changes = kg.facts.changes_since(self._version)
        if changes is None:
            return False
        rows = [row for side in changes for row in side.tolist()]
        if any(is_packaged(kg.facts.terms[graph]) for graph in {row[3] for row in rows}):
            return False
        term = kg.facts.terms.__getitem__
        self._memory.change(((s, p, o) for s, p, o, _ in rows), term)
        if rows:
            self._places = {}  # what is looked for in a file rests on facts too
        self._slips.change(rows, term)
        self._version = kg.facts.version
        return True

    def report(
        self, kg: Graph, found: Report, amiss: Amiss | None = None, *, checks: bool
    ) -> Report:
        """A report with its words, with the slips beside it, and each fault once."""
        own = OwnFacts(kg, memory=self._memory)
        own.moment.settled = own.others  # a change of these begins anew
        nearest = Nearest(own)
        MistakeWords(own, nearest)
        looked = checks and own.holds_any and has_packaged(kg)
        slips = self._slips.found(own, nearest, amiss) if looked else []
        every = [*slips, *found.results]
        findings = dict(zip(map(id, every), every, strict=True))
        kept = self._once.of(own, self._tell(findings))
        if self._places:
            self._places = {id(one): known for one in kept if (known := self._places.get(id(one)))}
        return replace(found, results=Placed(own, kept, self._places))

    def _tell(self, findings: dict[int, Finding]) -> list[Finding]:
        """The findings in words, in their order."""
        memory, answers = self._memory, self._answers
        for gone in answers.keys() - findings.keys():
            memory.drop(gone)
            del answers[gone]
        for number in [number for number in findings if number not in answers]:
            told = memory.ask(number, MistakeWords, MistakeWords.told, findings[number])
            answers[number] = told
        for answer in [answer for answer in answers.values() if answer.doubted]:
            memory.settled(answer)
        return [answers[number].value for number in findings]


def _settings(kg: Graph) -> tuple[object, ...]:
    """What else the words rest on: how names are shortened, in which language, what is ours."""
    return kg.prefixes, kg.languages, kg._contents.packaged
