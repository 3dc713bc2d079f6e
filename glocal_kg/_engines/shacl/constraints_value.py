"""Constraints on each value by itself: SHACL sections 4.1, 4.3, 4.4 and sh:in."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from pyoxigraph import Literal, NamedNode

from glocal_kg._engines.shacl.facets import BLANK, IRI, LITERAL
from glocal_kg._engines.shacl.rdf_terms import RDF, Term, short
from glocal_kg._engines.shacl.shape import Mask, NestedShapes, ValueConstraint
from glocal_kg._rdf.counted import counted
from glocal_kg._rdf.store.index import Numbers

_SHOWN = 8  # members of sh:in that a text lists


class Class(ValueConstraint):
    """sh:class: the value is a SHACL instance of a class."""

    component: ClassVar[str] = "Class"
    cls: Term

    @property
    def expected(self) -> str:
        """What was expected."""
        return f"a node of class {short(self.cls)}"

    def remedy(self, path: str) -> str:
        """What to do."""
        where = f" of {path}" if path else ""
        return f"Give the value{where} the type {short(self.cls)}, or link another node."

    def fails(self, run: NestedShapes, values: Numbers) -> Mask:
        """Which values are no instances."""
        return ~run.data.is_instance(values, run.data.code(self.cls))


class Datatype(ValueConstraint):
    """sh:datatype: the value is a literal of a datatype, legally written."""

    component: ClassVar[str] = "Datatype"
    datatype: NamedNode

    @property
    def expected(self) -> str:
        """What was expected."""
        if self.datatype.value == RDF + "langString":
            return "a text with a language tag"
        return f"a literal of {short(self.datatype)} in its legal form"

    def fails(self, run: NestedShapes, values: Numbers) -> Mask:
        """Which values are something else, or ill-formed."""
        return ~run.data.facets.has_datatype(values, self.datatype.value)


NODE_KINDS = {
    "IRI": ((IRI,), "an IRI"),
    "BlankNode": ((BLANK,), "a blank node"),
    "Literal": ((LITERAL,), "a literal"),
    "BlankNodeOrIRI": ((BLANK, IRI), "an IRI or a blank node"),
    "BlankNodeOrLiteral": ((BLANK, LITERAL), "a literal or a blank node"),
    "IRIOrLiteral": ((IRI, LITERAL), "an IRI or a literal"),
}


class NodeKind(ValueConstraint):
    """sh:nodeKind: the value is an IRI, a blank node, a literal, or one of two of these."""

    component: ClassVar[str] = "NodeKind"
    kind: str

    @property
    def expected(self) -> str:
        """What was expected."""
        return NODE_KINDS[self.kind][1]

    @property
    def kinds(self) -> tuple[int, ...]:
        """The kinds that are taken, as the facet ``kind`` numbers them."""
        return NODE_KINDS[self.kind][0]

    def fails(self, run: NestedShapes, values: Numbers) -> Mask:
        """Which values are of another kind."""
        return ~run.data.facets.has(values, lambda profile: profile.kind in self.kinds)


RANGES = {
    "MinExclusive": ("greater than", ">"),
    "MinInclusive": ("at least", ">="),
    "MaxExclusive": ("less than", "<"),
    "MaxInclusive": ("at most", "<="),
}


class Range(ValueConstraint):
    """sh:minExclusive and its three relatives; what cannot be compared fails."""

    component: str  # type: ignore[misc]  # a field where the base has a constant
    bound: Literal

    @property
    def expected(self) -> str:
        """What was expected."""
        return f"{RANGES[self.component][0]} {short(self.bound)}"

    def fails(self, run: NestedShapes, values: Numbers) -> Mask:
        """Which values are outside, or have no order with the bound."""
        bound = np.full(1, run.data.code(self.bound), np.int32)
        sign = RANGES[self.component][1]
        return ~run.data.facets.compare(sign, values, np.broadcast_to(bound, values.shape))


class Length(ValueConstraint):
    """sh:minLength and sh:maxLength, in code points; a blank node has no length and fails."""

    component: str  # type: ignore[misc]  # a field where the base has a constant
    bound: int

    @property
    def expected(self) -> str:
        """What was expected."""
        how = "at least" if self.component == "MinLength" else "at most"
        return f"a text of {how} {counted(self.bound, 'character')}"

    def fails(self, run: NestedShapes, values: Numbers) -> Mask:
        """Which values are too short or too long."""
        length = run.data.facets.length(values)
        outside = length < self.bound if self.component == "MinLength" else length > self.bound
        bad: Mask = outside | (length < 0)
        return bad


class Pattern(ValueConstraint):
    """sh:pattern with sh:flags, by the REGEX of SPARQL."""

    component: ClassVar[str] = "Pattern"
    pattern: str
    flags: str = ""

    @property
    def expected(self) -> str:
        """What was expected."""
        flags = f" (flags {self.flags})" if self.flags else ""
        return f"a text that matches {self.pattern}{flags}"

    def fails(self, run: NestedShapes, values: Numbers) -> Mask:
        """Which values do not match."""
        return ~run.data.facets.matches(values, self.pattern, self.flags)


class LanguageIn(ValueConstraint):
    """sh:languageIn: a text in one of some languages, a region counting as its language."""

    component: ClassVar[str] = "LanguageIn"
    ranges: tuple[str, ...]

    @property
    def expected(self) -> str:
        """What was expected."""
        return f"a text in the language {', '.join(self.ranges)}"

    def _fits(self, tag: str) -> bool:
        bases = [wanted.lower() for wanted in self.ranges]
        return tag != "" and any(
            base == "*" or tag == base or tag.startswith(base + "-") for base in bases
        )

    def fails(self, run: NestedShapes, values: Numbers) -> Mask:
        """Which values have no language, or another one."""
        return ~run.data.facets.has(values, lambda profile: self._fits(profile.language))


class In(ValueConstraint):
    """sh:in: the value is one of a list of terms."""

    component: ClassVar[str] = "In"
    members: tuple[Term, ...]

    @property
    def expected(self) -> str:
        """What was expected."""
        shown = ", ".join(short(member) for member in self.members[:_SHOWN])
        more = len(self.members) - _SHOWN
        return f"one of {shown}" + (f" and {more} more" if more > 0 else "")

    def fails(self, run: NestedShapes, values: Numbers) -> Mask:
        """Which values are not in the list."""
        return ~np.isin(values, run.data.codes(self.members))
