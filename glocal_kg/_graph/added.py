"""What adding a source says: how many statements it has, and in which graphs they are."""

from __future__ import annotations

from typing import Self

from pyoxigraph import NamedNode

from glocal_kg._rdf.counted import counted
from glocal_kg._rdf.namespaces import RDF
from glocal_kg._study.vocab import GLOCAL, INTERPRETATION

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from glocal_kg._rdf.reading import Source
    from glocal_kg._rdf.store.facts import Facts


class Added(int):
    """How many statements a source has: a number that also says where they went.

    >>> Added.of(3, [NamedNode("https://example.org/mine")])
    <Added: 3 statements in https://example.org/mine>
    """

    graphs: tuple[NamedNode, ...]
    new: int
    """How many were not there before."""
    notes: tuple[str, ...]
    """What a reader would trip over: a prefix of the source that means something else here, or
    interpretations that plain answers show."""

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
        placed = f" in {where}" if where else ""
        return f"<Added: {int(self):,} {what}{placed}{more}{before}{notes}>"


def remarks(
    source: Source, known: Mapping[str, str], facts: Facts, graphs: Sequence[NamedNode]
) -> tuple[str, ...]:
    """What is to be said of a source that was added to some graphs."""
    return (
        *_other_prefixes(source, known, facts, graphs),
        *_readings_among_facts(facts, graphs),
        *_directions_left_behind(source),
    )


def _directions_left_behind(source: Source) -> Iterator[str]:
    if source.undirected:
        many = counted(source.undirected, "text")
        yield (
            f"The base direction of {many} in {source.name} is left behind, as JSON-LD 1.1 says;"
            " Turtle and the other formats bring it along."
        )


def _other_prefixes(
    source: Source, known: Mapping[str, str], facts: Facts, graphs: Sequence[NamedNode]
) -> Iterator[str]:
    """A sentence for each prefix that a source has and uses otherwise than it is known here.

    rdflib gives each of its graphs some thirty prefixes, of which most are not used.
    """
    for prefix, iri in sorted(source.prefixes.items()):
        if known.get(prefix, iri) != iri and _is_used(iri, facts, graphs):
            yield (
                f"The prefix {prefix}: is <{iri}> in {source.name} and <{known[prefix]}> here,"
                f" in queries too; to ask for that of the file, kg.bind another prefix to it."
            )


def _is_used(namespace: str, facts: Facts, graphs: Sequence[NamedNode]) -> bool:
    """Whether a name of some graphs begins with a namespace; properties are looked at first."""
    import numpy as np

    from glocal_kg._rdf.store.facts import SAID
    from glocal_kg._rdf.store.selection import Selection

    moment = facts.moment
    numbers = tuple(n for one in graphs if (n := moment.find(one)) is not None)
    s, p, o = moment.scan(None, None, None, Selection(SAID.layers, numbers))
    return any(
        isinstance(term, NamedNode) and term.value.startswith(namespace)
        for column in (p, s, o)
        for part in np.array_split(np.unique(column), 1 + len(column) // 10_000)
        for term in moment.terms(part)
    )


def _readings_among_facts(facts: Facts, graphs: Sequence[NamedNode]) -> Iterator[str]:
    """How much that is read into texts stands where plain answers show it."""
    import numpy as np

    from glocal_kg._rdf.store.facts import SAID
    from glocal_kg._rdf.store.selection import ASSERTED, Selection

    moment = facts.moment
    way = moment.find(GLOCAL.interpretedFrom)
    if way is None:
        return
    numbers = tuple(n for one in graphs if (n := moment.find(one)) is not None)
    here = Selection((ASSERTED,), numbers)
    if not moment.count(None, way, None, here):
        return
    read = np.unique(moment.scan(None, way, None, here)[0])
    a, silence = moment.find(RDF.type), moment.find(GLOCAL.Silence)
    if len(read) and a is not None and silence is not None:
        read = read[~np.isin(read, moment.scan(None, a, silence, SAID)[0])]
    if len(read):
        many = "1 thing is" if len(read) == 1 else f"{len(read):,} things are"
        yield (
            f"{many} read into a text (glocal:interpretedFrom) and would be in plain answers:"
            f" write them in GRAPH <{INTERPRETATION}/your-name> {{ ... }}, in TriG."
        )
