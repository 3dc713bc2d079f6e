"""One run of a query: the data it sees, its terms, its limits, its clock."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
from pyoxigraph import BlankNode, DefaultGraph, Literal

from glocal_kg._rdf.namespaces import XSD
from glocal_kg._rdf.sparql.query_terms import QueryTerms

TYPE_CHECKING = False
if TYPE_CHECKING:
    from glocal_kg._rdf.sparql.limits import Limits
    from glocal_kg._rdf.sparql.solution_table import Column
    from glocal_kg._rdf.store.moment import Moment
    from glocal_kg._rdf.store.selection import Selection


class Evaluation:
    """What all parts of an evaluation share.

    ``default`` is what patterns outside GRAPH see, ``named`` where GRAPH looks, ``graphs`` the
    numbers of the graphs that GRAPH knows, or None for all that hold facts.
    """

    def __init__(
        self,
        moment: Moment,
        default: Selection,
        named: Selection,
        graphs: tuple[int, ...] | None,
        limits: Limits,
        base: str | None = None,
    ) -> None:
        self.moment = moment
        self.default = default
        self.named = named
        self.limits = limits
        self.base = base
        self.given: frozenset[str] = frozenset()  # variables with one value in the whole query
        self.terms = QueryTerms(moment, limits.check)
        self._graphs = graphs
        self._now: Literal | None = None
        self._nodes = 0
        self.row_nodes: dict[tuple[int, str], BlankNode] = {}
        """What BNODE("x") is in a row of the table that is worked on; another has other rows."""

    @property
    def graphs(self) -> tuple[int, ...]:
        """The numbers of the named graphs."""
        if self._graphs is None:
            own = self.moment.find(DefaultGraph())
            found = self.moment.graphs(self.named).tolist()
            self._graphs = tuple(graph for graph in found if graph != own)
        return self._graphs

    @property
    def now(self) -> Literal:
        """NOW(): the same moment in the whole query."""
        if self._now is None:
            text = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
            self._now = Literal(text, datatype=XSD.dateTime)
        return self._now

    def scan(
        self, s: int | None, p: int | None, o: int | None, selection: Selection
    ) -> tuple[Column, Column, Column]:
        """The distinct triples that have these parts, in columns.

        Who asks first lets the rows of a predicate be put together: between two of them the clock
        is looked at.
        """
        if s is None and p is None and o is None:
            for predicate in self.moment.predicates(selection):
                self.limits.check()
                self.moment.pairs(predicate, selection)
        return self.moment.scan(s, p, o, selection)

    def new_nodes(self, count: int) -> Column:
        """So many of these, as numbers."""
        numbers = np.empty(count, np.int32)
        for place in range(count):
            if not place & 0xFFF:
                self.limits.check()
            numbers[place] = self.terms.number(self.new_node())
        return numbers

    def new_node(self) -> BlankNode:
        """A blank node that no fact and no other row has."""
        while True:
            self._nodes += 1
            node = BlankNode(f"q{self._nodes}")
            if self.moment.find(node) is None:
                return node
