"""Triple patterns with their terms as numbers, and which of them are to be joined yet."""

from __future__ import annotations

from copy import copy
from itertools import islice
from typing import Final

from pyoxigraph import NamedNode

from glocal_kg._rdf.sparql.algebra import Var
from glocal_kg._rdf.sparql.solution_table import SolutionTable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, KeysView
    from typing import Literal, TypeAlias

    from glocal_kg._rdf.sparql.algebra import Term, TriplePattern
    from glocal_kg._rdf.sparql.run import Evaluation
    from glocal_kg._rdf.sparql.solution_table import Column
    from glocal_kg._rdf.store.selection import Selection

    Side: TypeAlias = Literal["s", "o"]

CONSIDERED: Final = 100  # so many patterns are compared for the next place


class NumberedPattern:
    """A pattern with the numbers of its terms looked up; None stands for a variable or a path.

    ``hopeless`` says that a term of it is in no fact, ``is_plain`` that it is a triple whose
    variables are different.
    """

    __slots__ = (
        "facts", "hopeless", "is_plain", "is_triple", "names", "o", "o_name", "p", "p_name",
        "pattern", "s", "s_name",
    )  # fmt: skip

    def __init__(self, pattern: TriplePattern, find: Callable[[Term], int | None]) -> None:
        self.pattern = pattern
        self.facts: int | None = None  # how many there are, where that was asked
        s, p, o = pattern.s, pattern.p, pattern.o
        self.s: int | None = None
        self.p: int | None = None
        self.o: int | None = None
        self.s_name: str | None = None
        self.p_name: str | None = None
        self.o_name: str | None = None
        names: list[str] = []
        lost = False
        if isinstance(s, Var):
            self.s_name = s.name
            names.append(s.name)
        else:
            self.s = find(s)
            lost = self.s is None
        if isinstance(p, Var):
            self.p_name = p.name
            names.append(p.name)
        elif isinstance(p, NamedNode):
            self.p = find(p)
            lost = lost or self.p is None
        if isinstance(o, Var):
            self.o_name = o.name
            names.append(o.name)
        else:
            self.o = find(o)
            lost = lost or self.o is None
        self.names = tuple(names)
        self.is_triple = isinstance(p, (Var, NamedNode))  # and no path
        # A path can begin and end at a term that no fact has.
        self.hopeless = self.is_triple and lost
        self.is_plain = self.is_triple and (len(names) < 2 or len(names) == len({*names}))

    def of_predicate(self, p: int) -> NumberedPattern:
        """The same pattern where the variable of its predicate has a value."""
        found = copy(self)
        found.p, found.p_name = p, None
        found.names = tuple(name for name in (self.s_name, self.o_name) if name is not None)
        return found


def rows_of(pattern: TriplePattern, run: Evaluation, selection: Selection) -> int | None:
    """How many rows a pattern has by itself, for who needs no more; None: make them to see."""
    link = NumberedPattern(pattern, run.terms.find)
    if link.p is None or link.hopeless or (link.s is None) == (link.o is None):
        return None
    side: Side = "o" if link.s is None else "s"
    key = link.o if link.s is None else link.s
    return None if key is None else run.moment.how_many(link.p, side, key, selection)


class PatternsToCome:
    """The patterns still to come; those linked to the rows so far are known without a search."""

    def __init__(self, links: list[NumberedPattern], table: SolutionTable) -> None:
        self._links = dict.fromkeys(links)
        self._linked: dict[NumberedPattern, None] = {}
        self._with: dict[str, list[NumberedPattern]] = {}
        self._left: dict[str, int] = {}
        for link in links:
            for name in link.names:
                self._with.setdefault(name, []).append(link)
                self._left[name] = self._left.get(name, 0) + 1
            if not link.names:
                self._linked[link] = None
        for name in table.columns:
            self._link(name)

    def __bool__(self) -> bool:
        return bool(self._links)

    def candidates(self) -> list[NumberedPattern]:
        """Those that share a variable with the rows so far; where there is none, any."""
        return list(islice(self._linked or self._links, CONSIDERED))

    def all(self) -> list[NumberedPattern]:
        """All of them."""
        return list(self._links)

    def remove(self, link: NumberedPattern) -> None:
        """A pattern is joined: its variables are in the rows now."""
        del self._links[link]
        self._linked.pop(link, None)
        for name in link.names:
            self._left[name] -= 1
            if not self._left[name]:
                del self._left[name]
            self._link(name)

    def names(self) -> KeysView[str]:
        """The variables of the patterns still to come."""
        return self._left.keys()

    def _link(self, name: str) -> None:
        for link in self._with.pop(name, ()):
            if link in self._links:
                self._linked[link] = None


def named(pattern: TriplePattern, columns: list[Column], graph: str | None = None) -> SolutionTable:
    """The columns of a scan under the names of a pattern; where one stands twice, they agree.

    ``graph`` is the name of a fourth column.
    """
    found: dict[str, Column] = {}
    kept = None
    nodes: list[object] = [pattern.s, pattern.p, pattern.o]
    if graph is not None:
        nodes.append(Var(graph))
    for node, column in zip(nodes, columns, strict=True):
        if not isinstance(node, Var):
            continue
        if node.name in found:
            same = found[node.name] == column
            kept = same if kept is None else kept & same
        else:
            found[node.name] = column
    table = SolutionTable(len(columns[0]), found)
    return table if kept is None else table.where(kept)
