"""What adding a source says: how many statements it has, and in which graphs they are."""

from __future__ import annotations

from typing import Self

from pyoxigraph import NamedNode


class Added(int):
    """How many statements a source has: a number that also says where they went.

    >>> Added.of(3, [NamedNode("https://example.org/mine")])
    <Added: 3 statements in https://example.org/mine>
    """

    graphs: tuple[NamedNode, ...]

    @classmethod
    def of(cls, count: int, graphs: list[NamedNode]) -> Self:
        """A count with the graphs that the statements are in."""
        made = cls(count)
        made.graphs = tuple(graphs)
        return made

    @property
    def graph(self) -> NamedNode | None:
        """The graph, where there is just one; else None, and ``graphs`` has them all."""
        return self.graphs[0] if len(self.graphs) == 1 else None

    def __repr__(self) -> str:
        where = ", ".join(graph.value for graph in self.graphs[:3])
        more = f" and {len(self.graphs) - 3} more" if len(self.graphs) > 3 else ""
        what = "statement" if self == 1 else "statements"
        return f"<Added: {int(self):,} {what} in {where}{more}>"
