"""The words of a finding for whoever has to mend it: one sentence of cause, one of remedy."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode

from glocal_kg._engines.shacl.literals import is_legal
from glocal_kg._engines.shacl.paths import Predicate
from glocal_kg._engines.shacl.report import Finding
from glocal_kg._engines.shacl.terms import RDF as RDF_
from glocal_kg._engines.shacl.terms import XSD, Term, choose_text, short
from glocal_kg._mending.nearest import Nearest
from glocal_kg._mending.own import Own
from glocal_kg._mending.values import as_type, form_of
from glocal_kg._mending.wanted import AnyOf, properties, wanted
from glocal_kg._rdf.namespaces import RDF, RDFS
from glocal_kg._study.migration import is_old, successor
from glocal_kg._study.vocab import GLOCAL, RESOURCE

_BOUNDS = {
    "MinInclusive": "less than",
    "MaxInclusive": "more than",
    "MinExclusive": "not more than",
    "MaxExclusive": "not less than",
}
_IRI = re.compile(r"<?https?://[^\s<>,]*[^\s<>,.;:]>?")
_NUMBERS = frozenset(XSD + name for name in ("integer", "decimal", "double", "float"))


@dataclass
class Words:
    """Says what is wrong, and what to write instead."""

    own: Own
    nearest: Nearest
    _ends: dict[tuple[NamedNode, str], tuple[NamedNode, ...]] = field(default_factory=dict)

    def told(self, finding: Finding) -> Finding:
        """The finding with its cause and remedy; one that has a cause already stays."""
        if finding.cause:
            return replace(finding, label=finding.label or self._label(finding.focus))
        finding = self._on_one_property(finding)
        cause, write = self._of(finding)
        cause = _IRI.sub(lambda found: short(NamedNode(found[0].strip("<>"))), cause)
        of_check = finding.shape.startswith("check ")  # which has a remedy beside its messages
        told = None if of_check else choose_text(finding.messages, ("en",))
        remedy = told.value if told is not None else finding.remedy
        if write:
            remedy = f"{remedy.rstrip()} Write {write}".strip()
        return replace(finding, cause=cause, remedy=remedy)

    def _label(self, node: Term) -> str:
        found = self.own.kg.labels(node) if isinstance(node, NamedNode) else None
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
        if finding.rule in ("Class", "Or", "Xone", "Datatype", "NodeKind", "Node"):
            return self._value(finding)
        if finding.rule in _BOUNDS:
            return self._bound(finding)
        if finding.rule == "MinCount":
            return self._missing(finding)
        if finding.rule == "MaxCount":
            return self._too_many(finding)
        if finding.rule == "UniqueLang":
            return self._twice(finding)
        if finding.rule == "Pattern" and finding.value is not None:
            return f"{short(finding.value)} is not written as {finding.path} is.", ""
        return finding.message, ""

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
        return told, self._fact(finding.focus, right, finding.value)

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
        else:
            near = self.nearest.thing(wrong.value, self._around(p, wrong))
            told = f"Nothing is said of {short(wrong)}."
        if near is None:
            return told, ""
        return f"{told} Did you mean {short(near)}?", self._fact(finding.value, p, near)

    def _around(self, p: NamedNode, wrong: NamedNode) -> tuple[NamedNode, ...]:
        """The classes of what stands at the other end of a property elsewhere."""
        base = wrong.value[: wrong.value.rfind("/") + 1]
        if (p, base) not in self._ends:
            self._ends[p, base] = self._classes_at(p, base)
        return self._ends[p, base]

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
        return told, self._fact(finding.focus, RDF.type, cls)

    # Values

    def _value(self, finding: Finding) -> tuple[str, str]:
        value, wish = finding.value, wanted(self.own, finding)
        steps = properties(finding)
        p, back = steps[0] if steps else (None, False)
        if isinstance(value, Literal):
            return self._text(finding, value, wish, p)
        if not isinstance(value, NamedNode | BlankNode):
            return finding.message, ""
        if not wish.classes:
            told = f"{short(value)} is a thing, and {finding.path} has a text or number."
            return told, ""
        classes = " or a ".join(map(short, wish.classes))
        if not self.own.describes(value):
            near = self.nearest.thing(value.value, wish.classes)
            told = f"Nothing is said of {short(value)}"
            if near is not None:
                told += f". Did you mean {short(near)}?"
                return told, self._fact(finding.focus, p, near, back=back)
            told += f", so nobody knows that it is a {classes}."
            if value.value.startswith(RESOURCE) and (known := self.nearest.namesakes(value.value)):
                some = ", ".join(map(short, known))
                return f"Nothing is said of {short(value)}. There are {some}.", ""
            name = " ".join(value.value.rstrip("/#").replace("#", "/").split("/")[-1:])
            first = _usual(wish.classes)
            label = name.replace("-", " ").replace("_", " ").title()
            return told, f'{short(value)} a {short(first)} ; rdfs:label "{label}"@en .'
        types = " and a ".join(map(short, self.own.types(value)))
        is_ = f"is a {types}, not a" if types else "has no class, and should be a"
        told = f"{short(value)} {is_} {classes}."
        if not types:
            return told, f"{short(value)} a {short(_usual(wish.classes))} ."
        if isinstance(value, NamedNode) and not back:
            other = self.nearest.beside(value, wish.classes)
            if other is not None:
                return told, self._fact(finding.focus, p, other)
            link = self.nearest.link(finding.focus, value, p)
            if link is not None:
                return told, self._fact(finding.focus, link, value)
        return told, ""

    def _text(
        self, finding: Finding, value: Literal, wish: AnyOf, p: NamedNode | None
    ) -> tuple[str, str]:
        if wish.classes and not wish.datatypes:
            classes = " or a ".join(map(short, wish.classes))
            told = f"{short(value)} is text, and {finding.path} leads to a {classes}."
            near = self.nearest.thing(value.value, wish.classes)
            return told, self._fact(finding.focus, p, near) if near is not None else ""
        if not wish.datatypes:
            return finding.message, ""
        names = " or ".join(map(short, wish.datatypes))
        written = short(value.datatype) if not value.language else "text with a language"
        if value.datatype in wish.datatypes:
            form = form_of(value.datatype.value)
            told = f"{short(value)} is not written as {written} is: {form}."
        elif value.datatype.value == XSD + "string":
            told = f"{short(value)} is plain text, not {names}."
        else:
            told = f"{short(value)} is {written}, not {names}."
        if RDF_ + "langString" in [one.value for one in wish.datatypes]:
            right = f'"{value.value}"@en'
        else:
            right = as_type(value.value, [one.value for one in wish.datatypes])
        if p is None:
            return told, ""
        return told, f"{short(finding.focus)} {short(p)} {right} ."

    def _bound(self, finding: Finding) -> tuple[str, str]:
        value = finding.value
        if not isinstance(value, Literal):
            return finding.message, ""
        if value.datatype.value not in _NUMBERS or not is_legal(value.value, value.datatype.value):
            kind = "plain text" if value.datatype.value == XSD + "string" else short(value.datatype)
            told = f"{short(value)} is {kind}, not a number."
            right = as_type(value.value, [XSD + "decimal", XSD + "integer"])
            steps = properties(finding)
            return told, self._fact(finding.focus, steps[0][0], None, text=right) if steps else ""
        bound = finding.expected.rpartition(" ")[2].split("^^")[0].strip('"')
        return f"{value.value} is {_BOUNDS[finding.rule]} {bound}.", ""

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
        example = self._example(p, back)
        if example is None:
            return told, ""
        return told, self._fact(finding.focus, p, example, back=back)

    def _too_many(self, finding: Finding) -> tuple[str, str]:
        steps = properties(finding)
        if not steps:
            return finding.message, ""
        p, back = steps[0]
        held = sorted(map(short, self._values(finding.focus, p, back)))
        return f"{len(held)} values of {finding.path} stand there: {', '.join(held[:4])}.", ""

    def _twice(self, finding: Finding) -> tuple[str, str]:
        steps = properties(finding)
        held = self._values(finding.focus, *steps[0]) if steps else []
        by: dict[str, list[str]] = {}
        for one in held:
            if isinstance(one, Literal) and one.language:
                by.setdefault(one.language, []).append(f'"{one.value}"@{one.language}')
        double = next((sorted(some) for some in by.values() if len(some) > 1), [])
        if not double:
            return finding.message, ""
        told = f"{' and '.join(double[:3])} are two values of {finding.path} in one language."
        return told, f"{short(finding.focus)} skos:altLabel {double[1]} ."

    def _values(self, node: Term, p: NamedNode, back: bool) -> list[Any]:
        facts = self.own.facts
        if back:
            return [quad.subject for quad in facts.quads_for_pattern(None, p, node)]
        return [quad.object for quad in facts.quads_for_pattern(node, p)]

    def _example(self, p: NamedNode, back: bool) -> Term | None:
        """What stands at the other end of a property in one's own file, else in the study."""
        moment = self.own.moment
        number = moment.find(p)
        if number is None:
            return None
        for selection in (self.own.selection, self.own.facts.selection):
            columns = moment.scan(None, number, None, selection)
            ends = columns[0] if back else columns[2]
            if len(ends):
                return moment.term(int(ends.min()))  # type: ignore[no-any-return]
        return None

    def _fact(
        self,
        subject: Term | None,
        p: NamedNode | None,
        value: Term | None,
        *,
        back: bool = False,
        text: str = "",
    ) -> str:
        """A fact in Turtle."""
        if subject is None or p is None or (value is None and not text):
            return ""
        s, o = short(subject), text or short(value)
        if isinstance(subject, BlankNode):
            s = "[]"
        verb = "a" if p == RDF.type else short(p)
        return f"{o} {verb} {s} ." if back else f"{s} {verb} {o} ."


def _step(step: tuple[NamedNode, bool]) -> str:
    return short(step[0])


def _usual(classes: tuple[NamedNode, ...]) -> NamedNode:
    """The class to write where several would do: a place is most often a city."""
    place = NamedNode(str(GLOCAL) + "Place")
    return NamedNode(str(GLOCAL) + "City") if place in classes else classes[0]
