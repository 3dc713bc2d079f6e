"""A look at the facts that a query saw, and at those that only a switch would show."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from pyoxigraph import Literal, NamedNode

from glocal_kg._questions.notes.query_parts import occurs
from glocal_kg._questions.notes.written import name_of
from glocal_kg._rdf.namespaces import RDF
from glocal_kg._rdf.sparql.algebra import Var
from glocal_kg._rdf.store.facts import Facts
from glocal_kg._rdf.store.selection import ASSERTED, INFERRED, INTERPRETED, Selection
from glocal_kg._study.vocab import GLOCAL

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection

    from glocal_kg._questions.parameters import Bound
    from glocal_kg._rdf.sparql.algebra import Term
    from glocal_kg._rdf.store.moment import Column

_ASSERTED_TOO = "inferred=True, or without --asserted"
_KINDS = 4
"""So many classes are named."""


@dataclass
class Looking:
    """What the facts have of terms, patterns and classes."""

    facts: Facts
    given: dict[str, Bound]
    taken: Collection[str] = frozenset()
    """The names of the variables of the query."""

    def term_of(self, node: object) -> Term | None:
        """The term that stands in a pattern, or the value given for its variable."""
        if isinstance(node, Var):
            return self.given.get(node.name)
        return node if isinstance(node, NamedNode | Literal) else None

    def occurs(self, term: Term) -> bool:
        """Whether a term is in any fact, seen or not."""
        return occurs(self.facts.moment, term)

    def has(self, p: NamedNode) -> bool:
        """Whether a property has facts that are seen."""
        return self.counted(None, p, None, self.facts.selection) > 0

    def counted(self, s: Term | None, p: Term, o: Term | None, selection: Selection) -> int:
        """About how many facts of a selection have these parts; none only where there is none."""
        find = self.facts.moment.find
        a, b, c = (None if term is None else find(term) for term in (s, p, o))
        if b is None or (s is not None and a is None) or (o is not None and c is None):
            return 0
        return self.facts.moment.count(a, b, c, selection)

    def elsewhere(self, s: Term | None, p: Term, o: Term | None) -> str:
        """The switch that shows a fact which is not seen, in words; empty where none does."""
        layers = self.facts.selection.layers
        if ASSERTED in layers and self.facts.selection.graphs is None:
            if self._lacks_what_follows and self.counted(s, p, o, Selection((INFERRED,))):
                return f"what follows is seen: {_ASSERTED_TOO}"
            if INTERPRETED not in layers and self.counted(s, p, o, Selection((INTERPRETED,))):
                return "interpretations are seen: interpreted=True, or --interpreted"
        return ""

    @property
    def may_follow(self) -> str:
        """The switch that works out what follows, where nobody has; empty where it is known."""
        unknown = self._lacks_what_follows and not self.facts.moment.fresh(INFERRED)
        return _ASSERTED_TOO if unknown else ""

    @property
    def _lacks_what_follows(self) -> bool:
        seen = self.facts.selection
        return seen.graphs is None and ASSERTED in seen.layers and INFERRED not in seen.layers

    def related(self, node: NamedNode, by: NamedNode) -> list[NamedNode]:
        """The terms below one."""
        quads = self.facts.quads_for_pattern
        found = {quad.subject for quad in quads(None, by, node)}
        return sorted((one for one in found if isinstance(one, NamedNode) and one != node), key=str)

    def ends(self, p: NamedNode) -> tuple[Column, Column]:
        """The subjects and the values of a property, by their numbers."""
        columns = self.facts.moment.scan(
            None, self.facts.moment.find(p), None, self.facts.selection
        )
        return columns[0], columns[2]

    def kinds(self, things: Column) -> list[NamedNode]:
        """Our classes that are written of some things, those of most of them first."""
        moment = self.facts.moment
        a = moment.find(RDF.type)
        if a is None:
            return []
        typed, _, kinds = moment.scan(None, a, None, Selection((ASSERTED,)))
        found, counts = np.unique(kinds[np.isin(typed, things)], return_counts=True)
        terms = moment.terms(found[np.argsort(-counts, kind="stable")].tolist())
        return [one for one in terms if isinstance(one, NamedNode) and one in GLOCAL]

    def used_of(self, p: NamedNode) -> str:
        """Whose property it is, in words; empty where its subjects have no class of ours."""
        kinds = self.kinds(self.ends(p)[0])
        if not kinds:
            return ""
        more = " and others" if len(kinds) > _KINDS else ""
        return f"{name_of(p)} is used of {', '.join(map(name_of, kinds[:_KINDS]))}{more}."


__all__ = ["Looking"]
