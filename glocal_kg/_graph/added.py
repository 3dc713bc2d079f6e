"""What adding a source says: how many statements it has, and in which graphs they are."""

from __future__ import annotations

from typing import Self

from pyoxigraph import NamedNode

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from glocal_kg._rdf.reading import Source


class Added(int):
    """How many statements a source has: a number that also says where they went.

    >>> Added.of(3, [NamedNode("https://example.org/mine")])
    <Added: 3 statements in https://example.org/mine>
    """

    graphs: tuple[NamedNode, ...]
    new: int
    """How many were not there before."""
    notes: tuple[str, ...]
    """What a reader would trip over: a prefix of the source that means something else here."""

    @classmethod
    def of(
        cls,
        count: int,
        graphs: list[NamedNode],
        new: int | None = None,
        notes: tuple[str, ...] = (),
    ) -> Self:
        """A count with the graphs that the statements are in; without ``new`` all are new."""
        made = cls(count)
        made.graphs = tuple(graphs)
        made.new = count if new is None else new
        made.notes = notes
        return made

    @property
    def graph(self) -> NamedNode | None:
        """The graph, where there is just one; else None, and ``graphs`` has them all."""
        return self.graphs[0] if len(self.graphs) == 1 else None

    def __repr__(self) -> str:
        where = ", ".join(graph.value for graph in self.graphs[:3])
        more = f" and {len(self.graphs) - 3} more" if len(self.graphs) > 3 else ""
        what = "statement" if self == 1 else "statements"
        before = "" if self.new or not self else ", all there before"
        notes = "".join(f". {note.rstrip('.')}" for note in self.notes)
        return f"<Added: {int(self):,} {what} in {where}{more}{before}{notes}>"


def other_prefixes(source: Source, known: Mapping[str, str]) -> tuple[str, ...]:
    """A sentence for each prefix that a source declares otherwise than it is known here."""
    return tuple(
        f"The prefix {prefix}: is <{iri}> in {source.name} and <{known[prefix]}> here,"
        f" in queries too; to ask for that of the file, kg.bind another prefix to it."
        for prefix, iri in sorted(source.prefixes.items())
        if known.get(prefix, iri) != iri
    )
