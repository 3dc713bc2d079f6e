"""A proof as text for people: each fact, "because", and what it rests on.

What makes a proof long is left to its other forms: the triples of an axiom become one sentence
(see :mod:`.phrasing`), steps to and from classes without a name become one step, and so do the
links of a transitive relation and the classes between two. What comes again is told once and
then referred to by number.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from textwrap import wrap

from pyoxigraph import BlankNode

from glocal_kg._engines.rl.proof import ASSERTED, OriginOf, Proof, Step
from glocal_kg._engines.rl.rules import BY_NAME
from glocal_kg._rdf.escaping import escape
from glocal_kg._rdf.store.index import Triple
from glocal_kg._telling.phrasing import CELLS, DEFINES, Phrasing
from glocal_kg._telling.rule_words import WORDS
from glocal_kg._telling.term_names import code

_LINKED = ("prp-trp", "eq-trans", "cax-sco")
"""Rules whose steps in a row are told as one."""
_PASSAGES = 3
"""Sources of one fact that are named in the text; the rest are counted."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the text: how deep it stands, whether it ends its branch, and its words."""

    depth: int
    last: bool
    text: str


@dataclass(slots=True)
class _Basis:
    """What a fact rests on, once the steps in between are folded away."""

    axioms: list[Triple]
    facts: list[Step]
    rules: list[str]


class Prose:
    """The text of one proof; ``origin`` says where asserted facts stand."""

    def __init__(
        self, proof: Proof, phrasing: Phrasing, origin: OriginOf | None = None, rules: bool = False
    ) -> None:
        self._proof = proof
        self._phrasing = phrasing
        self._origin = origin or (lambda s, p, o: [])
        self._rules = rules
        self._parts: dict[Triple, _Basis] = {}
        self._sources: set[str] = set()
        self._briefs: dict[str, str] = {}
        self._numbers: dict[object, int] = {}
        self._told: set[object] = set()
        self._often = self._count()

    # Text

    def text(self, width: int | None = None) -> str:
        """The proof as a tree of lines, no wider than ``width`` where that is given."""
        out: list[str] = []
        bars: list[str] = []
        lines = self.lines()
        for line, after in zip(lines, [*lines[1:], None], strict=True):
            del bars[max(line.depth - 1, 0) :]
            before = "".join(bars)
            if line.depth:
                first = before + ("└─ " if line.last else "├─ ")
                bars.append("   " if line.last else "│  ")
            else:
                first = ""
            hanging = "".join(bars) + ("│  " if after and after.depth > line.depth else "  ")
            out += _wrapped(line.text, first, hanging, width)
        if self._sources:
            out += ["", "Sources"]
            for source in sorted(self._sources):
                out += _wrapped(source, "  ", "    ", width)
        if not self._proof.shortest:
            out.append("There may be a shorter proof.")
        return "\n".join(out)

    def html(self) -> str:
        """The proof as nested lists, for a notebook."""
        out: list[str] = []
        depth = -1
        for line in self.lines():
            if line.depth > depth:
                out.append("<ul><li>")
            else:
                out.append("</li></ul>" * (depth - line.depth) + "</li><li>")
            out.append(escape(line.text))
            depth = line.depth
        out.append("</li></ul>" * (depth + 1))
        if self._sources:
            out.append("<p>Sources</p><ul>")
            out += [f"<li>{escape(source)}</li>" for source in sorted(self._sources)]
            out.append("</ul>")
        if not self._proof.shortest:
            out.append("<p>There may be a shorter proof.</p>")
        return "".join(out)

    def notes(self) -> list[str]:
        """What stands below the lines, once they are told: the sources in full."""
        notes = [f"Source: {source}" for source in sorted(self._sources)]
        return notes if self._proof.shortest else [*notes, "There may be a shorter proof."]

    def lines(self) -> list[Line]:
        """The lines from the proved fact down to what is asserted."""
        return list(self._lines())

    def _lines(self) -> Iterator[Line]:
        self._told.clear()
        todo: list[tuple[int, bool, Step | Triple]] = [(0, True, self._proof.root)]
        while todo:
            depth, last, item = todo.pop()
            if not isinstance(item, Step):
                yield Line(depth, last, self._axiom(item))
                continue
            text, part = self._fact(self._plain(item))
            yield Line(depth, last, text)
            if part is not None:
                below: list[Step | Triple] = [*part.axioms, *part.facts]
                for place, one in reversed(list(enumerate(below))):
                    todo.append((depth + 1, place == len(below) - 1, one))

    def _fact(self, step: Step) -> tuple[str, _Basis | None]:
        """The words of a fact, and what to tell below it, if that was not told before."""
        told = self._sentence(step.fact)
        if step.rule == ASSERTED:
            return told + self._where(step.fact), None
        if step.fact in self._told:
            return f"{told}, see [{self._numbers[step.fact]}]", None
        part = self._part(step)
        told = self._numbered(step.fact) + told
        words = [WORDS[one] + (f", {one}" if self._rules else "") for one in part.rules]
        if not part.axioms and not part.facts:
            return f"{told}, always ({'; '.join(words)})", None
        rules = f" ({'; '.join(words)})" if self._rules else ""
        return f"{told}, because{rules}", part

    def _axiom(self, fact: Triple) -> str:
        sentence = self._sentence(fact)
        if sentence in self._told:
            return f"by [{self._numbers[sentence]}]"
        return self._numbered(sentence) + sentence + self._where(fact)

    def _numbered(self, key: object) -> str:
        self._told.add(key)
        if self._often[key] < 2:
            return ""
        return f"[{self._numbers.setdefault(key, len(self._numbers) + 1)}] "

    def _sentence(self, fact: Triple) -> str:
        return self._phrasing.fact(*self._proof.fact(fact))

    def _where(self, fact: Triple) -> str:
        """The sources of a fact in brackets, in short; in full where two would read the same."""
        places: dict[str, list[str]] = {}  # "stated on": ["slide 41", "slide 43"]
        for one in self._origin(*self._proof.fact(fact)):
            full = one.text or one.passage or one.graph
            brief, whole = one.brief or full, one.passage or one.graph
            if self._briefs.setdefault(brief, whole) != whole:
                places.setdefault("", []).append(full)
            elif one.source:
                verb, preposition, place = brief.split(" ", 2)
                places.setdefault(f"{verb} {preposition} ", []).append(place)
                if place != one.source:
                    self._sources.add(one.source)
            elif brief:
                places.setdefault("", []).append(brief)
        told = [way + _few(named) for way, named in places.items()]
        return f" ({'; '.join(told)})" if told else ""

    # Folding

    def _count(self) -> Counter[object]:
        """How often each explained fact and each axiom comes, told once each."""
        count: Counter[object] = Counter()
        todo = [self._proof.root]
        while todo:
            step = self._plain(todo.pop())
            if step.rule == ASSERTED:
                continue
            count[step.fact] += 1
            if count[step.fact] == 1:
                part = self._part(step)
                count.update(map(self._sentence, part.axioms))
                todo += part.facts
        return count

    def _plain(self, step: Step) -> Step:
        """The step itself, or the one below it that says the same in the same words."""
        while step.rule != ASSERTED:
            part = self._part(step)
            if part.axioms or len(part.facts) != 1:
                break
            (below,) = part.facts
            if self._sentence(below.fact) != self._sentence(step.fact):
                break
            step = below
        return step

    def _part(self, step: Step) -> _Basis:
        if step.fact not in self._parts:
            self._parts[step.fact] = self._fold(step)
        return self._parts[step.fact]

    def _fold(self, step: Step) -> _Basis:
        part = _Basis([], [], [])
        seen: set[Triple] = set()
        sentences: set[str] = set()
        todo: list[tuple[Step, Step | None, bool]] = [(step, None, False)]
        while todo:
            one, above, axiom = todo.pop()
            if one.fact in seen:
                continue
            seen.add(one.fact)
            if above is not None and not self._is_folded(one, above, axiom):
                if one.rule == ASSERTED and axiom:
                    sentence = self._sentence(one.fact)
                    if not self._is_plumbing(one.fact) and sentence not in sentences:
                        sentences.add(sentence)
                        part.axioms.append(one.fact)
                else:
                    part.facts.append(one)
                continue
            if one.rule not in part.rules:
                part.rules.append(one.rule)
            axioms = _axioms(one, self._proof)
            below = [(premise, one, place < axioms) for place, premise in enumerate(one.premises)]
            # From the narrow class to the wide one; all else in the order of the rule.
            todo += below if one.rule == "cax-sco" else reversed(below)
        return part

    def _is_folded(self, one: Step, above: Step, axiom: bool) -> bool:
        """Whether a step is told together with the one above it."""
        if one.rule == ASSERTED:
            return False
        if axiom:
            return one.rule.startswith("scm-")
        _, p, o = self._proof.fact(one.fact)
        if isinstance(o, BlankNode) and code(p) == "rdf:type":
            return True
        return one.rule in _LINKED and one.rule == above.rule and one.fact[1] == above.fact[1]

    def _is_plumbing(self, fact: Triple) -> bool:
        """Whether a fact only helps to write an axiom: a cell of a list, part of a class."""
        s, p, _ = self._proof.fact(fact)
        if code(p) in DEFINES:
            return self._phrasing.definition(s) is None
        return code(p) in CELLS


def _few(places: list[str]) -> str:
    places = list(dict.fromkeys(places))
    if len(places) > _PASSAGES + 1:
        places = [*places[:_PASSAGES], f"{len(places) - _PASSAGES} more"]
    return (" and " if any("," in place for place in places) else ", ").join(places)


def _axioms(step: Step, proof: Proof) -> int:
    """How many premises of a step, from the first, are about the ontology."""
    rule = BY_NAME[step.rule]
    if step.rule.startswith("scm-"):
        return len(step.premises)
    if step.rule.startswith("cax-"):
        return 1
    count = len(rule.given)
    if rule.members:  # the cells of the list come next, two facts each
        while count < len(step.premises):
            count += 2
            if code(proof.fact(step.premises[count - 1].fact)[2]) == "rdf:nil":
                break
    return count


def _wrapped(text: str, first: str, hanging: str, width: int | None) -> list[str]:
    if width is None:
        return [first + text]
    room = max(width, len(hanging) + 30)
    return wrap(
        text,
        room,
        initial_indent=first,
        subsequent_indent=hanging,
        break_long_words=False,
        break_on_hyphens=False,
    )
