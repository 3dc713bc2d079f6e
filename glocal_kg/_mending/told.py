"""The report in words, brought up to date from what has changed since the last one."""

from __future__ import annotations

from _thread import RLock
from collections.abc import Sequence
from dataclasses import replace

from glocal_kg._engines.shacl.finding_parts import Part, PartsOfNow, parts_of
from glocal_kg._engines.shacl.report import Finding
from glocal_kg._graph.graph import Graph
from glocal_kg._mending.likeness.nearest import Nearest
from glocal_kg._mending.memory import Memory, StandingAnswer
from glocal_kg._mending.once import ToldOnce
from glocal_kg._mending.own import OwnFacts
from glocal_kg._mending.remedies.cause_and_remedy import MistakeWords, can_wait
from glocal_kg._mending.slips.followed_slips import FollowedSlips
from glocal_kg._mending.whereabouts import Placed, Places
from glocal_kg._rdf.deadline import awaited
from glocal_kg._rdf.namespaces import using
from glocal_kg._study.packaged import is_packaged
from glocal_kg._telling.report import Report

TYPE_CHECKING = False
if TYPE_CHECKING:
    from glocal_kg._mending.country_said import Amiss


class ToldReport:
    """What was told of the findings on a graph, and which facts that rests on.

    Words that are for a reader alone are made when somebody reads them, of the facts of the
    report: from what is remembered, as long as these are the facts of now.
    """

    def __init__(self, kg: Graph) -> None:
        self._settings = _settings(kg)
        self._version = kg.facts.version
        self._memory = Memory()
        self._slips = FollowedSlips(self._memory)
        self._once = ToldOnce()
        self._found = PartsOfNow()
        self._told: dict[int, tuple[Part, Part]] = {}  # parts, and the same as far as told
        self._answers: dict[int, StandingAnswer] = {}  # for those whose words may not wait
        self._places: Places = {}
        self._sources = kg.sources
        self._amiss: Amiss | None = None
        self._lock = RLock()  # held while anything is asked of the memory

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
        term = kg.facts.terms.__getitem__
        if any(is_packaged(term(graph)) for graph in {row[3] for row in rows}):
            return False
        if not rows:
            self._version = kg.facts.version
            return True
        with awaited(self._lock):
            self._memory.change(((s, p, o) for s, p, o, _ in rows), term)
            self._places = {}  # what is looked for in a file rests on facts too
            self._slips.change(rows, term)
            self._version = kg.facts.version
        return True

    def report(
        self, kg: Graph, found: Report, amiss: Amiss | None = None, *, checks: bool
    ) -> Report:
        """A report with its words, with the slips beside it, and each fault once."""
        with awaited(self._lock):
            own = OwnFacts(kg, memory=self._memory)
            own.moment.settled = own.others  # a change of these begins anew
            nearest = Nearest(own)
            self._amiss = amiss
            MistakeWords(own, nearest, amiss)
            looked = checks and own.holds_any and own.others.graphs  # the package is there
            slips = self._slips.found(own, nearest, amiss) if looked else ()
            kept = self._once.of(own, self._tell([slips, *parts_of(found.results)]))
            results = Placed(own, kept, self._places, self._worded)
        return replace(found, results=results)

    def _tell(self, parts: list[Part]) -> list[Part]:
        """The findings in their order, in words where these tell what else is told."""
        memory, answers, known = self._memory, self._answers, self._told
        new, gone = self._found.change(parts)
        for one in gone:
            early = answers.pop(id(one), None)
            if early is not None:
                memory.drop(id(one))
            memory.drop((id(one if early is None else early.value), "read"))
        doubted = [(number, answer) for number, answer in answers.items() if answer.doubted]
        others = [number for number, answer in doubted if self._is_other(answer)]
        for part in self._found.with_any(others):
            known.pop(id(part), None)
        for one in new:
            if not can_wait(one):
                asked = MistakeWords.early, one
                answers[id(one)] = memory.ask(id(one), MistakeWords, *asked)
        self._told = {id(part): known.get(id(part)) or self._both(part) for part in parts}
        return [told for _, told in self._told.values()]

    def _is_other(self, answer: StandingAnswer) -> bool:
        before = answer.value
        if self._memory.settled(answer).value is before:
            return False
        self._memory.drop((id(before), "read"))
        return True

    def _both(self, part: Part) -> tuple[Part, Part]:
        """A part, and the same as far as it is told."""
        answers = self._answers
        return part, tuple(one if can_wait(one) else answers[id(one)].value for one in part)

    def _worded(self, own: OwnFacts, findings: Sequence[Finding]) -> list[Finding]:
        """The findings of a report on these facts, with the words that could wait."""
        with using(own.prefixes):
            with awaited(self._lock):
                if own.moment.version == self._version:
                    return [one if one.cause else self._read(one) for one in findings]
            own = own.apart()
            words = MistakeWords(own, Nearest(own), self._amiss)
            return [one if one.cause else words.told(one) for one in findings]

    def _read(self, finding: Finding) -> Finding:
        key = id(finding), "read"
        told: Finding = self._memory.ask(key, MistakeWords, MistakeWords.told, finding).value
        return told


def _settings(kg: Graph) -> tuple[object, ...]:
    """What else the words rest on: how names are shortened, in which language, what is ours."""
    return kg.prefixes, kg.languages, kg._contents.packaged
