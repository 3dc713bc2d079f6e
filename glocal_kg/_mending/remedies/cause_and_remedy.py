"""The words of a finding for whoever has to mend it: one sentence of cause, one of remedy."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode

from glocal_kg._engines.shacl.paths import Predicate
from glocal_kg._engines.shacl.rdf_terms import Term, choose_text, short
from glocal_kg._engines.shacl.report import Finding
from glocal_kg._mending.likeness.nearest import Nearest
from glocal_kg._mending.memory import remembered
from glocal_kg._mending.own import OwnFacts
from glocal_kg._mending.remedies.contradictions import Contradictions
from glocal_kg._mending.remedies.examples import Examples
from glocal_kg._mending.remedies.expected import properties, wanted
from glocal_kg._mending.remedies.turtle import fact, written
from glocal_kg._mending.remedies.wrong_values import BOUNDS, TURNED, WrongValues
from glocal_kg._rdf.labels import Labels
from glocal_kg._rdf.namespaces import GEO, RDF, RDFS, SKOS
from glocal_kg._study.migration import is_old, successor
from glocal_kg._study.vocab import GLOCAL, expand

TYPE_CHECKING = False
if TYPE_CHECKING:
    from glocal_kg._mending.country_said import Amiss

_OURS = re.compile(r"\bglocal:[a-z]\w*")
_IRI = re.compile(r"<?(?<![\"'])https?://[^\s<>,\"{}|^`\\]*[^\s<>,.;:\"{}|^`\\]>?")

_READ = frozenset(("known-properties", "subject-of-its-kind"))
"""Checks whose words tell what else need not be told; see ``once``."""
_ALONE = frozenset(("MinCount", "MaxCount", "UniqueLang", "Pattern", *BOUNDS))
"""Constraints whose words tell nothing of others."""


def can_wait(finding: Finding) -> bool:
    """Whether the words of a finding are for its reader alone, and rest on the facts alone."""
    if finding.cause or TURNED in finding.message:
        return False
    if finding.check == "described":  # a class is guessed by how often it is used
        return not str(finding.focus).startswith(f"<{GLOCAL}")
    if finding.check:
        return finding.check not in _READ
    return finding.rule in _ALONE and isinstance(finding.path, Predicate)


def with_successor(finding: Finding) -> Finding:
    """A finding about a name of an earlier edition says what to write in its place."""
    property_ = finding.path.iri if isinstance(finding.path, Predicate) else None
    for name in (property_, finding.focus):
        new = successor(name.value) if isinstance(name, NamedNode) else ""
        if new:
            told = f"Write {new}; glocal migrate rewrites the whole file."
            return replace(finding, remedy=told)
    return finding


@dataclass
class MistakeWords:
    """Says what is wrong, and what to write instead."""

    own: OwnFacts
    nearest: Nearest
    amiss: Amiss | None = None
    values: WrongValues = field(init=False)
    examples: Examples = field(init=False)

    def __post_init__(self) -> None:
        self.values = WrongValues(self.own, self.nearest, self.amiss)
        self.examples = Examples(self.own, self.nearest)
        self.memory = self.own.memory
        self.memory.actors[MistakeWords] = self

    def early(self, finding: Finding) -> Finding:
        """The finding as far as others rest on it: with its words, or else on its property."""
        told = finding.cause or finding.check or TURNED in finding.message
        if told or (finding.rule not in _ALONE and self.values.may_be_turned(finding)):
            return self.told(finding)
        return self._on_one_property(finding)

    def told(self, finding: Finding) -> Finding:
        """The finding with its cause and remedy; one that has a cause already stays."""
        if finding.cause:
            return replace(finding, label=finding.label or self._label(finding.focus))
        finding = self._on_one_property(with_successor(finding))
        cause, write = self._of(finding)
        cause = self._without_labels(finding, cause)
        cause = _IRI.sub(lambda found: short(NamedNode(found[0].strip("<>"))), cause)
        # A shape says in its message what to do; a check has a remedy beside its messages.
        told = None if finding.check else choose_text(finding.messages, ("en",))
        remedy = told.value if told is not None else finding.remedy
        remedy = _IRI.sub(lambda found: short(NamedNode(found[0].strip("<>"))), remedy)
        if write:
            remedy = f"{remedy.rstrip()} Write {write}".strip()
        label = self._nameless(finding.focus) if isinstance(finding.focus, BlankNode) else ""
        return replace(finding, cause=cause, remedy=remedy, label=label or finding.label)

    def _nameless(self, node: BlankNode) -> str:
        """What to call a thing without IRI: by its class, as it is written."""
        kinds = self.own.types(node)
        return f"[ a {short(kinds[0])} ]" if kinds else "[ ]"

    def _without_labels(self, finding: Finding, told: str) -> str:
        """A sentence without the marks that a store gives to things without IRI."""
        for node in (finding.focus, finding.value):
            if isinstance(node, BlankNode):
                told = told.replace(str(node), self._nameless(node))
        return told

    @remembered
    def _label(self, node: Term) -> str:
        labels = Labels(lambda: self.own.facts, self.own.languages)
        found = labels(node) if isinstance(node, NamedNode) else None
        return found.value if found is not None else ""

    def _on_one_property(self, finding: Finding) -> Finding:
        """The finding on the property that has the value, where the shape names several."""
        steps = properties(finding)
        if len(steps) < 2 or finding.value is None:
            return finding
        for p, back in steps:
            if not back and finding.value in self._values(finding.focus, p, back):
                return replace(finding, path=Predicate(p))
        return finding

    def _of(self, finding: Finding) -> tuple[str, str]:
        rule = str(finding.source_shape or "").rstrip(">").rpartition("/")[2]
        if rule == "known-properties":
            return self._known_properties(finding)
        if rule == "described":
            return self._described(finding)
        if rule == "subject-of-its-kind":
            return self._subject_of_its_kind(finding)
        if finding.rule == "Or" and finding.path is None:
            return self._incomplete(finding)
        if finding.rule in ("Class", "Or", "Xone", "Datatype", "NodeKind", "Node"):
            return self.values.told(finding)
        if finding.rule in BOUNDS:
            return self.values.bound(finding)
        if finding.rule == "MinCount":
            return self._missing(finding)
        if finding.rule == "MaxCount":
            return self._too_many(finding)
        if finding.rule == "UniqueLang":
            return self._twice(finding)
        if finding.rule == "Pattern" and finding.value is not None:
            return self.values.pattern(finding)
        return finding.message, Contradictions(self.own).write(rule, finding)

    # Names of ours

    def _known_properties(self, finding: Finding) -> tuple[str, str]:
        assert isinstance(finding.path, Predicate)
        wrong = finding.path.iri
        told = f"{short(wrong)} is no property of the ontology."
        if is_old(wrong.value):
            return f"{told} It is now {successor(wrong.value)}.", ""
        near = self.nearest.term(wrong.value, "property")
        if not near:
            return told, ""
        right = NamedNode(near)
        told = f"{told} Did you mean {short(right)}?"
        return told, fact(finding.focus, right, finding.value)

    def _described(self, finding: Finding) -> tuple[str, str]:
        wrong = finding.focus
        assert isinstance(wrong, NamedNode)
        p = finding.path.iri if isinstance(finding.path, Predicate) else RDF.type
        kind = "class" if p == RDF.type else "thing"
        if wrong.value.startswith(str(GLOCAL)):
            near: Term | None = None
            if not is_old(wrong.value):
                name = self.nearest.term(wrong.value, "class")
                near = NamedNode(name) if name else None
            told = f"{short(wrong)} is no {kind} of the ontology."
            if is_old(wrong.value):
                return f"{told} It is now {successor(wrong.value)}.", ""
        elif self.own.describes(wrong):
            return f"{short(wrong)} has no class: what is said of it tells not what it is.", ""
        else:
            near = self.nearest.thing(wrong.value, self._around(p, wrong))
            told = f"Nothing is said of {short(wrong)}."
        if near is None:
            return told, ""
        return f"{told} Did you mean {short(near)}?", fact(finding.value, p, near)

    def _around(self, p: NamedNode, wrong: NamedNode) -> tuple[NamedNode, ...]:
        """The classes of what stands at the other end of a property elsewhere."""
        return self._classes_at(p, wrong.value[: wrong.value.rfind("/") + 1])

    @remembered
    def _classes_at(self, p: NamedNode, base: str) -> tuple[NamedNode, ...]:
        found: dict[NamedNode, None] = {}
        for quad in self.own.facts.quads_for_pattern(None, p):
            thing = quad.object
            if isinstance(thing, NamedNode) and (
                thing.value.startswith(base) or not base.startswith("https://w3id.org/glocal/id/")
            ):
                found.update(dict.fromkeys(self.own.types(thing)))
        if not found:
            return (NamedNode(str(GLOCAL) + "Place"),) if "/place/" in base else ()
        return tuple(found)

    def _subject_of_its_kind(self, finding: Finding) -> tuple[str, str]:
        types = [one for one in self.own.types(finding.focus) if one in GLOCAL]
        cls, p = finding.value, finding.path
        is_ = f"is a {' and a '.join(map(short, types))}" if types else "has no class of ours"
        told = f"{short(finding.focus)} {is_}, and {p} belongs to a {short(cls)}."
        if not types or not isinstance(p, Predicate) or not isinstance(cls, NamedNode):
            return told, fact(finding.focus, RDF.type, cls)
        values = self._values(finding.focus, p.iri, False)
        around = next((one for one in values if self.nearest.is_a(one, (cls,))), None)
        if around is not None:
            told += f" It is {TURNED}."
            return told, fact(around, p.iri, finding.focus)
        link = self.nearest.between(finding.focus, cls)
        if link is None:
            return told, ""
        inner = f"[ a {short(cls)} ; {short(p.iri)} {short(values[0]) if values else '...'} ]"
        return told, fact(finding.focus, link, None, text=inner)

    def _incomplete(self, finding: Finding) -> tuple[str, str]:
        """Of the properties that the sentence of a shape asks for together, those that lack."""
        said = choose_text(finding.messages, ("en",))
        asked = list(dict.fromkeys(_OURS.findall(said.value))) if said is not None else []
        lacking = [one for one in asked if not self._values(finding.focus, expand(one), False)]
        if not lacking:
            return finding.message, ""
        name = finding.label or short(finding.focus)
        told = f"{name} has no {' and no '.join(lacking)}."
        forms = {
            "glocal:by": "<your-actor>",
            "glocal:confidence": "<from-0-to-1>",
            "glocal:reason": '"your words"@en',
        }
        if not all(one in forms for one in lacking):
            return told, ""
        first, *others = lacking
        text = " ; ".join([forms[first], *(f"{one} {forms[one]}" for one in others)])
        return told, fact(finding.focus, expand(first), None, text=text)

    # Counts

    def _missing(self, finding: Finding) -> tuple[str, str]:
        steps = properties(finding)
        name = finding.label or short(finding.focus)
        if not steps:
            return finding.message, ""
        p, back = steps[0]
        told = f"{name} has no {' or '.join(_step(one) for one in steps)}."
        if back:
            told = f"Nothing leads to {name} by {short(p)}."
        if self._values(finding.focus, p, back):
            told = f"{name} has too few {short(p)}: {finding.expected} is asked."
        if p == RDFS.label and not back:
            label = short(finding.focus).strip("<>").rstrip("/#").split("/")[-1].split(":")[-1]
            return told, f'{short(finding.focus)} rdfs:label "{label.replace("-", " ")}"@en .'
        if p == SKOS.definition and not back:
            return told, fact(finding.focus, p, None, text='"your words"@en')
        return told, self.examples.missing(
            finding.focus, p, back, wanted(self.own, finding).classes
        )

    def _too_many(self, finding: Finding) -> tuple[str, str]:
        steps = properties(finding)
        if not steps:
            return finding.message, ""
        p, back = steps[0]
        held = sorted(map(short, self._values(finding.focus, p, back)))
        if p in (GEO.lat, GEO.long) and not any("." in one for one in held):
            told = f"{len(held)} values of {finding.path} stand there: {', '.join(held[:4])}."
            return f"{told} A comma begins another value; a decimal number has a point: 45.07.", ""
        return f"{len(held)} values of {finding.path} stand there: {', '.join(held[:4])}.", ""

    def _twice(self, finding: Finding) -> tuple[str, str]:
        steps = properties(finding)
        held = self._values(finding.focus, *steps[0]) if steps else []
        by: dict[str, list[Literal]] = {}
        for one in held:
            if isinstance(one, Literal) and one.language:
                by.setdefault(one.language, []).append(one)
        double = next((sorted(some, key=str) for some in by.values() if len(some) > 1), [])
        if not double:
            return finding.message, ""
        both = " and ".join(map(written, double[:3]))
        told = f"{both} are two values of {finding.path} in one language."
        if steps[0][0] not in (RDFS.label, SKOS.prefLabel):  # what is no name has no other name
            return told, ""
        # What came with the package keeps its name; of two of one's own, the first stays.
        mine = [one for one in double if self.own.says(finding.focus, steps[0][0], one)]
        return told, fact(finding.focus, SKOS.altLabel, mine[-1]) if mine else ""

    def _values(self, node: Term, p: NamedNode, back: bool) -> list[Any]:
        facts = self.own.facts
        if back:
            return [quad.subject for quad in facts.quads_for_pattern(None, p, node)]
        return [quad.object for quad in facts.quads_for_pattern(node, p)]


def _step(step: tuple[NamedNode, bool]) -> str:
    return short(step[0])
