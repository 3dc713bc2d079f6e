"""What to write where something is missing: one's own thing where only one fits, else a blank.

Nothing is made up: what nobody but the user can know stands as ``<your-passage>``, which is Turtle
as it is and means nothing until it is filled in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from glocal_kg._engines.shacl.rdf_terms import XSD, Term, short
from glocal_kg._mending.likeness.kinds_and_links import ENOUGH
from glocal_kg._mending.likeness.nearest import Nearest
from glocal_kg._mending.own import OwnFacts
from glocal_kg._mending.remedies.turtle import fact
from glocal_kg._rdf.namespaces import OWL, RDF, RDFS
from glocal_kg._study.vocab import GLOCAL

ONE_OF = "<one-of-these>"
"""Stands for one of the things that were just named."""
_WORDS = re.compile(r"(?<=[a-z])(?=[A-Z])")
_LINKING = re.compile("(?<=[#/])(?:of|has|in|on|by)(?=[A-Z])")
_PASSAGES = (GLOCAL.statedIn, GLOCAL.reportedIn, GLOCAL.interpretedFrom)


def blank(kind: NamedNode) -> str:
    """The place of a thing of the user's: ``<your-passage>``."""
    name = kind.value[max(kind.value.rfind("#"), kind.value.rfind("/")) + 1 :]
    return f"<your-{_WORDS.sub('-', name).lower()}>"


@dataclass
class Examples:
    """Finds what could stand at an end of a property where nothing does."""

    own: OwnFacts
    nearest: Nearest

    def missing(
        self, focus: Term, p: NamedNode, back: bool, classes: tuple[NamedNode, ...] = ()
    ) -> str:
        """The Turtle for a fact that is missing; "" where nothing can be said of its value.

        ``classes`` are those of what is wanted, where the property itself does not say.
        """
        kind = self._kind(p, back) or (classes[0] if classes else None)
        mine = self._mine(focus, p, back, kind)
        if mine is not None:
            return fact(focus, p, mine, back=back)
        if kind is None:
            links = self.own.facts.quads_for_pattern(p, RDF.type, OWL.ObjectProperty)
            kind = NamedNode(_LINKING.sub("", p.value)) if any(True for _ in links) else None
        if kind is None:
            return ""
        if kind.value.startswith((XSD, "http://www.w3.org/1999/02/22-rdf-syntax-ns#")):
            text = '"your words"@en' if kind.value.endswith("#langString") else ""
            text = text or f'"..."^^{short(kind)}'
            return fact(focus, p, None, text=text) if not back else ""
        name = blank(kind)
        written = fact(focus, p, None, text=name, back=back)
        if kind == GLOCAL.Passage:
            source = self._mine(focus, GLOCAL.fromSource, False, GLOCAL.Source)
            written += f' {name} a glocal:Passage ; rdfs:label "its page"@en ; '
            written += f"glocal:fromSource {short(source) if source else blank(GLOCAL.Source)} ."
            if source is None:
                written += f' {blank(GLOCAL.Source)} a glocal:Source ; rdfs:label "its title"@en .'
        return written

    def _kind(self, p: NamedNode, back: bool) -> NamedNode | None:
        """The class of what stands at an end of a property."""
        if p in _PASSAGES and not back:
            return GLOCAL.Passage
        quads = self.own.facts.quads_for_pattern(p, RDFS.domain if back else RDFS.range)
        found = [quad.object for quad in quads if isinstance(quad.object, NamedNode)]
        return min(found, key=str, default=None)

    def _mine(self, focus: Term, p: NamedNode, back: bool, kind: NamedNode | None) -> Term | None:
        """The one thing of the user's that stands there elsewhere, or is of the class."""
        found = [one for one in self.nearest.ends(p, "s" if back else "o") if one != focus]
        if not found and kind is not None:
            found = [one for one in self.nearest.things_of(kind) if one != focus]
        fit = [one for one in found if not isinstance(one, Literal)]
        return fit[0] if len(fit) == 1 and len(found) < ENOUGH - 1 else None


__all__ = ["Examples"]
