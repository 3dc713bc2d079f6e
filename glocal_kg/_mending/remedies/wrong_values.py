"""What is wrong with a value, and what to write in its place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from operator import ge, gt, le, lt
from urllib.parse import unquote

from pyoxigraph import BlankNode, Literal, NamedNode

from glocal_kg._engines.shacl.literals import is_legal
from glocal_kg._engines.shacl.paths import Predicate
from glocal_kg._engines.shacl.rdf_terms import RDF as RDF_
from glocal_kg._engines.shacl.rdf_terms import XSD, Term, short
from glocal_kg._engines.shacl.report import Finding
from glocal_kg._mending.country_said import country_of
from glocal_kg._mending.likeness.nearest import Nearest
from glocal_kg._mending.own import OwnFacts
from glocal_kg._mending.remedies.examples import ONE_OF, blank
from glocal_kg._mending.remedies.expected import AnyOf, properties, wanted
from glocal_kg._mending.remedies.turtle import fact, quoted, written
from glocal_kg._mending.remedies.written_values import as_point, form_of, no_day, readings
from glocal_kg._rdf.namespaces import GEO, RDF, SCHEMA
from glocal_kg._rdf.store.term_text import AnyTerm
from glocal_kg._study.vocab import GLOCAL, RESOURCE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from glocal_kg._mending.country_said import Amiss

BOUNDS = {
    "MinInclusive": "less than",
    "MaxInclusive": "more than",
    "MinExclusive": "not more than",
    "MaxExclusive": "not less than",
}
_KEEPS = {"MinInclusive": ge, "MaxInclusive": le, "MinExclusive": gt, "MaxExclusive": lt}
_NUMBERS = frozenset(XSD + name for name in ("integer", "decimal", "double", "float"))

TURNED = "the wrong way round"
"""What is said of a fact that holds with its two ends exchanged."""


@dataclass
class WrongValues:
    """Says what is wrong with values."""

    own: OwnFacts
    nearest: Nearest
    amiss: Amiss | None = None

    def may_be_turned(self, finding: Finding) -> bool:
        """Whether what is told of a finding may be that a fact is the wrong way round."""
        return finding.value is not None and bool(self.own.types(finding.value))

    def told(self, finding: Finding) -> tuple[str, str]:
        """Cause and remedy for a value of another class, datatype or kind of node."""
        if finding.path is None:  # of the thing as a whole the shape speaks best
            return finding.message, ""
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
                return told, fact(finding.focus, p, near, back=back)
            told += f", so nobody knows that it is a {classes}."
            if value.value.startswith(RESOURCE) and (known := self.nearest.namesakes(value.value)):
                some = ", ".join(map(short, known))
                told = f"Nothing is said of {short(value)}. There are {some}."
                return told, fact(finding.focus, p, None, text=ONE_OF, back=back)
            name = unquote(" ".join(value.value.rstrip("/#").replace("#", "/").split("/")[-1:]))
            name = re.sub(r"[.](?:pdf|html?|docx?|odt|txt)$", "", name, flags=re.IGNORECASE)
            first = _usual(wish.classes)
            label = name.replace("-", " ").replace("_", " ").title()
            label = "its name" if re.fullmatch(r"[A-Z]?\d+", label) else label
            return told, f'{short(value)} a {short(first)} ; rdfs:label "{label}"@en .'
        types = " and a ".join(map(short, self.own.types(value)))
        is_ = f"is a {types}, not a" if types else "has no class, and should be a"
        told = f"{short(value)} {is_} {classes}."
        if not types:
            return self._classless(finding, value, wish.classes, told)
        if value == finding.focus:
            return f"{told} It points at itself.", ""
        if p is not None and not back and self._is_around(finding.focus, p, value, wish.classes):
            told += f" It is {TURNED}."
            return told, fact(value, p, finding.focus)
        ours = [one for kind in self.own.types(value) if (one := self.nearest.ours(kind.value))]
        if ours and not any(kind in GLOCAL for kind in self.own.types(value)):
            return told, fact(value, RDF.type, ours[0])
        if isinstance(value, NamedNode) and not back:
            other = self.nearest.beside(value, wish.classes, but=finding.focus)
            if other is not None:
                return told, fact(finding.focus, p, other)
            inner = self._around(value, wish.classes)
            if inner:
                return told, fact(finding.focus, p, None, text=inner)
            link = self.nearest.link(finding.focus, value, p)
            if link is not None:
                return told, fact(finding.focus, link, value)
        return told, ""

    def _around(self, value: NamedNode, classes: tuple[NamedNode, ...]) -> str:
        """A node of a class that leads to a thing, in brackets: a participation of a city."""
        for kind in classes:
            links = self.nearest.leading(kind, value)
            if links:
                return f"[ a {short(kind)} ; {short(links[0])} {short(value)} ]"
        return ""

    def _is_around(
        self, focus: Term, p: NamedNode, value: Term, classes: tuple[NamedNode, ...]
    ) -> bool:
        """Whether a fact holds with its two ends exchanged."""
        fits = self.nearest.is_a(focus, classes)
        return fits and not self.nearest.is_a(value, classes) and self.nearest.has_usually(value, p)

    def _classless(
        self, finding: Finding, value: Term, classes: tuple[NamedNode, ...], told: str
    ) -> tuple[str, str]:
        """What to write for a value without a class: that of what is said of it, if it tells."""
        kind = self.nearest.class_by(value)
        name = "[]" if isinstance(value, BlankNode) else short(value)
        if kind is None or kind in self.nearest.all_below(classes):
            kind = kind if kind is not None and kind in classes else _usual(classes)
            if isinstance(value, BlankNode) and finding.path is not None:
                inner = self._inside(kind, value)
                return told, f"{short(finding.focus)} {finding.path} {inner} ."
            return told, f"{name} a {short(kind)} ."
        told += f" By what is said of it, it is a {short(kind)}."
        link = self.nearest.between(finding.focus, kind)
        if link is None:
            return told, ""
        return told, f"{short(finding.focus)} {short(link)} {self._inside(kind, value)} ."

    def _inside(self, kind: NamedNode, node: AnyTerm) -> str:
        """A thing in brackets: its class, and what is said of it without brackets of its own."""
        said = sorted(
            f"{short(quad.predicate)} {written(quad.object)}"
            for quad in self.own.facts.quads_for_pattern(node)
            if isinstance(quad.object, NamedNode | Literal) and quad.predicate != RDF.type
        )
        return f"[ {' ; '.join([f'a {short(kind)}', *said[:_LONGEST]])} ]"

    def _text(
        self, finding: Finding, value: Literal, wish: AnyOf, p: NamedNode | None
    ) -> tuple[str, str]:
        if wish.classes and not wish.datatypes:
            classes = " or a ".join(map(short, wish.classes))
            told = f"{short(value)} is text, and {finding.path} leads to a {classes}."
            near = self.nearest.thing(value.value, wish.classes)
            if near is not None:
                return told, fact(finding.focus, p, near)
            parts = _PARTED.split(value.value)
            things = [self.nearest.thing(part, wish.classes) for part in parts]
            if len(parts) > 1 and all(things):
                return told, fact(finding.focus, p, None, text=" , ".join(map(short, things)))
            kind = _usual(wish.classes)
            name = quoted(value.value, value.language or "en")
            new = f"{blank(kind)} a {short(kind)} ; rdfs:label {name} ."
            link = fact(finding.focus, p, None, text=blank(kind))
            return told, f"{link} {new}" if link else ""
        if not wish.datatypes:
            return finding.message, ""
        names = " or ".join(map(short, wish.datatypes))
        written = short(value.datatype) if not value.language else "text with a language"
        if value.datatype in wish.datatypes:
            told = (
                f"{short(value)} is not written as {written} is: {form_of(value.datatype.value)}."
            )
            if why := no_day(value.value):
                told = f"{short(value)} is no {written}: {why}."
        elif value.datatype.value == XSD + "string":
            told = f"{short(value)} is plain text, not {names}."
        else:
            told = f"{short(value)} is {written}, not {names}."
        if RDF_ + "langString" in [one.value for one in wish.datatypes]:
            right = quoted(value.value, "en")
        else:
            types = [one.value for one in wish.datatypes]
            both = readings(value.value, types) if p not in _SMALL else []
            if len(both) > 1:
                told += " It can be read in two ways; the source knows which is meant."
                return told, " or ".join(fact(finding.focus, p, None, text=one) for one in both)
            right = next(iter(readings(value.value, types)), "")
        if p is None:
            return told, ""
        if p == SCHEMA.startDate and (years := _SPAN.fullmatch(value.value.strip())):
            first, last = (f'"{year}"^^xsd:gYear' for year in years.groups())
            right = f"{first} ; schema:endDate {last}"
        if p == GLOCAL.confidence:
            right = _share(right)
        return told, fact(finding.focus, p, None, text=right)

    def bound(self, finding: Finding) -> tuple[str, str]:
        """The same for a number that is too small or too large, or is none."""
        value = finding.value
        if not isinstance(value, Literal):
            return finding.message, ""
        if value.datatype.value not in _NUMBERS or not is_legal(value.value, value.datatype.value):
            kind = "plain text" if value.datatype.value == XSD + "string" else short(value.datatype)
            told = f"{short(value)} is {kind}, not a number."
            right = next(iter(readings(value.value, [XSD + "decimal", XSD + "integer"])), "")
            steps = properties(finding)
            both = as_point(value.value)
            if both is not None:
                return told, f"{short(finding.focus)} geo:lat {both[0]} ; geo:long {both[1]} ."
            return told, fact(finding.focus, steps[0][0], None, text=right) if steps else ""
        bound = finding.expected.rpartition(" ")[2].split("^^")[0].strip('"')
        told = f"{value.value} is {BOUNDS[finding.rule]} {bound}."
        if finding.path == Predicate(GLOCAL.confidence):
            return told, fact(finding.focus, GLOCAL.confidence, None, text=_share(value.value))
        return told, self._exchanged(finding, bound)

    def _exchanged(self, finding: Finding, bound: str) -> str:
        """Latitude and longitude the other way round, where the latitude can only be a longitude.

        The point then keeps the bound, and is in its country as far as that can be told. What is
        a point as it stands may be right, and the bound be another's wish; whether such a point
        is in its country, a check of its own tells.
        """
        lat, long = (self._number(finding.focus, p) for p in (GEO.lat, GEO.long))
        if finding.path != Predicate(GEO.lat) or not lat or not long:
            return ""
        point = float(long), float(lat)
        turned = abs(point[0]) <= 90 < abs(point[1]) <= 180
        if not turned or not _KEEPS[finding.rule](point[0], float(bound)):
            return ""
        country = country_of(self.own, finding.focus)
        if country and self.amiss is not None and self.amiss(point, country) is not None:
            return ""
        return f"{short(finding.focus)} geo:lat {long} ; geo:long {lat} ."

    def _number(self, thing: Term, p: NamedNode) -> str:
        """The one number that a thing has at a property; "" for none, or several."""
        quads = self.own.facts.quads_for_pattern(thing, p)
        held = {quad.object.value for quad in quads if isinstance(quad.object, Literal)}
        return held.pop() if len(held) == 1 and all(map(_BARE.fullmatch, held)) else ""

    def pattern(self, finding: Finding) -> tuple[str, str]:
        """The same for a text that is not written as it should be."""
        text = getattr(finding.value, "value", "")
        tag = getattr(finding.value, "language", None)
        if not text.strip():
            return f"The text of {finding.path} is {'only blanks' if text else 'empty'}.", ""
        if text.strip().splitlines()[1:] and isinstance(finding.path, Predicate):
            right = quoted(" ".join(text.split()), tag or "")
            told = f"{right} has a line break between its words; it is written in one line."
            return told, fact(finding.focus, finding.path.iri, None, text=right)
        if text != text.strip() and isinstance(finding.path, Predicate):
            right = quoted(text.strip(), tag or "")
            told = f"{short(finding.value)} begins or ends with a blank."
            return told, fact(finding.focus, finding.path.iri, None, text=right)
        return f"{short(finding.value)} is not written as {finding.path} is.", ""


_BARE = re.compile(r"[+-]?\d*\.?\d+")
_LONGEST = 20
_SMALL = (GEO.lat, GEO.long, GLOCAL.confidence)
"""Properties whose values are no thousands."""
_PARTED = re.compile(r"\s*(?:[,;/&]|\band\b|\be\b|\bet\b)\s*")
_SPAN = re.compile(r"(\d{4})\s*[-–—/]\s*(\d{4})")


def _share(text: str) -> str:
    """A confidence as a share of one, also where it is in percent; "" where it cannot be one."""
    number = text.strip('"').partition('"')[0]
    try:
        percent = float(number)
    except ValueError:
        return text
    if 0 <= percent <= 1:
        return text
    return f"{percent / 100:.2f}" if 2 <= percent <= 100 else ""


def _usual(classes: tuple[NamedNode, ...]) -> NamedNode:
    """The class to write where several would do: a place is most often a city."""
    place = NamedNode(str(GLOCAL) + "Place")
    return NamedNode(str(GLOCAL) + "City") if place in classes else classes[0]
