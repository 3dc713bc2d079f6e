"""A graph of facts: what is in it, and the verbs that change it.

Every verb has one meaning and no side effect beyond it: ``add`` does not infer, ``validate``
does not change, inferred facts never mix with asserted ones.
"""

from __future__ import annotations

import os
from _thread import allocate_lock
from contextlib import contextmanager

from pyoxigraph import BlankNode, DefaultGraph, NamedNode

from glocal_kg._graph.concluding import Concluding
from glocal_kg._graph.naming import graph_name
from glocal_kg._graph.read_sources import ReadSources
from glocal_kg._rdf.arguments import LANGUAGES, expect, takes
from glocal_kg._study.vocab import PREFIXES
from glocal_kg.errors import ArgumentError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from os import PathLike
    from typing import BinaryIO, Literal, Self, TextIO

    import rdflib
    from pyoxigraph import Quad

    from glocal_kg._graph.added import Added
    from glocal_kg._graph.editing import Change, GraphEdit
    from glocal_kg._graph.inference import Inference
    from glocal_kg._graph.validating import Followed
    from glocal_kg._rdf.reading import Readable, Source
    from glocal_kg._rdf.store.facts import Facts


class Graph(Concluding):
    """Named graphs of asserted facts, with what can be asked of them.

    ``languages`` is the order in which labels are chosen.

    >>> from glocal_kg import Text
    >>> kg = Graph()
    >>> kg.add(Text("place:rome a glocal:City .", "turtle"))
    Traceback (most recent call last):
        ...
    glocal_kg.errors.ReadError: text:1:1: ... The prefix place: has not been declared...
    >>> kg.add(Text("<urn:rome> a <urn:City> .", "turtle"))
    <Added: 1 statement in https://w3id.org/glocal/graph/import/text>
    >>> kg.query("SELECT ?x { ?x a <urn:City> }").column("x")
    [<NamedNode value=urn:rome>]
    """

    def __init__(self, *, languages: Sequence[str] = ("en",)) -> None:
        from glocal_kg._graph.contents import Contents  # with numpy, when a graph is made

        expect("languages", languages, LANGUAGES)
        self.languages = tuple(languages)
        self._prefixes = PREFIXES
        self._inferences: dict[bool, Inference] = {}  # without and with readings
        self._listeners: list[Callable[[Change], object]] = []
        self._read = ReadSources()
        self._followed: Followed | None = None  # the last validation, for validate
        self._told: object = None  # the same in words, where these are followed
        self._contents = Contents()
        self._taking = allocate_lock()  # held while one takes what is kept of a validation

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let others write to the folder of a graph that was opened; then it only answers."""
        if self._contents.writes:
            from glocal_kg._graph.inference import keep_unsaid

            keep_unsaid(self._contents, self._inferences.values())
        self._contents.close()

    # What is in it

    @property
    def facts(self) -> Facts:
        """The asserted facts of now, every literal as written; they stay what they are."""
        return self._contents.facts()

    @property
    def dataset(self) -> rdflib.Dataset:
        """A real rdflib ``Dataset`` on the same facts, without a copy.

        It has all that is asserted, and what follows from the sources in a graph of its own. Its
        default graph is the union of all graphs, so it sees what is read into the sources, too,
        as ``select`` does only with ``interpreted=True``. What is written to it is written here;
        an update in SPARQL is refused.
        """
        from glocal_kg._graph.dataset import dataset_of

        return dataset_of(self._contents, self.seen)

    @property
    def sources(self) -> list[tuple[Source, NamedNode]]:
        """The files and texts read since the graph is open, with the graph of what names none."""
        return self._read.told()

    def facts_graphs(self) -> list[NamedNode | BlankNode | DefaultGraph]:
        """The names of the graphs that hold asserted facts, sorted."""
        return [DefaultGraph(), *self.facts.graphs()]

    def __len__(self) -> int:
        """How many facts are asserted (one in two graphs counts twice)."""
        return len(self.facts)

    def __repr__(self) -> str:
        from glocal_kg._rdf.counted import counted

        state = "nothing inferred" if self.inference is None else repr(self.inference)
        return f"<{type(self).__name__}: {counted(len(self), 'fact')}, {state}>"

    # Change

    def add(
        self,
        source: Readable,
        format: str | None = None,
        graph: str | NamedNode | None = None,
        base: str | None = None,
    ) -> Added:
        """Add all statements of a source, or none; says how many it has, and in which graph.

        ``source`` is a path (``-`` for standard input), a ``Text``, an rdflib graph, or quads or
        triples. Statements in named graphs stay in them; all others go to ``graph``, by default
        ``https://w3id.org/glocal/graph/import/<file name>``, with the folders of a relative
        path before the name. ``base`` is what relative IRIs start from where the source
        declares nothing itself; by default the address of the file. Prefixes that it declares
        are known from then on, where the name is free; ``notes`` tell of others, and of
        interpretations that plain answers would show. Raises ``ReadError``, also where another
        file of the same name has that graph already.
        """
        from glocal_kg._graph.added import Added, remarks
        from glocal_kg._rdf.reading import open_source

        opened = open_source(source, format, base)
        target = self._read.home(opened) if graph is None else graph_name(graph)
        with self._changing(), self._known(opened, target):
            count, graphs, new = self._contents.read(opened, target)
        return Added.of(count, graphs, new, remarks(opened, self.prefixes, self.facts, graphs))

    def replace(
        self,
        source: Readable,
        format: str | None = None,
        graph: str | NamedNode | None = None,
        base: str | None = None,
    ) -> tuple[int, int]:
        """Put a source in the place of what stands in its graphs; all of it, or nothing.

        Takes what ``add`` takes, and puts it where ``add`` does. Only what differs changes, so
        ``infer`` and ``validate`` afterwards look at the difference alone; the blank nodes of a
        file are new where anything in it is. Returns how many facts were new and how many went.
        Raises ``ReadError``, and ``NotFoundError`` for a file that was never added; a text or
        a graph that is named may be new.
        """
        from glocal_kg._rdf.reading import open_source

        opened = open_source(source, format, base)
        target = self._read.home(opened) if graph is None else graph_name(graph)
        whole = graph is not None or opened.address != ""
        absent = self._read.unknown(opened) if graph is None else None
        with self._changing(), self._known(opened, target):
            change = self._contents.replace(opened, target, whole=whole, absent=absent)
        return change.count_added, change.count_removed

    def remove(self, quads: Iterable[Quad] | str | PathLike[str]) -> int:
        """Remove asserted quads, or all of a file; returns how many were there.

        A file is named as it was added. Raises ``ReadError``, and ``NotFoundError`` for a file
        that was not.
        """
        from glocal_kg._rdf.reading import open_source

        if isinstance(quads, str | os.PathLike):
            return self.clear(os.fspath(quads))
        with self._changing():
            return self._contents.edit(removed=open_source(quads).quads()).count_removed

    def graphs(self) -> list[NamedNode]:
        """The names of the graphs that hold asserted facts, sorted."""
        from glocal_kg._rdf.listed import Listed

        return Listed(name for name in self.facts.graphs() if isinstance(name, NamedNode))

    def graph_named(self, name: str | NamedNode) -> NamedNode:
        """A graph that holds facts: by its IRI, its last part, prefix:name, or a file's name.

        Raises ``NotFoundError`` with the nearest ones.
        """

        from glocal_kg._graph.naming import graph_named

        return graph_named(self, name, self._read.homes)

    def clear(self, graph: str | NamedNode) -> int:
        """Remove all facts of a graph, named as for ``graph_named``; returns how many."""
        from glocal_kg._graph.naming import graph_named

        self._contents.expect_no_edit()
        name = graph_named(self, graph, self._read.homes, to_change=True)
        return self.remove(self.facts.of_graphs([name]))

    @takes()
    def write(
        self,
        target: str | PathLike[str] | BinaryIO | TextIO,
        *,
        graph: str | NamedNode | None = None,
        format: str | None = None,
        facts: Literal["asserted", "inferred", "all"] = "asserted",
        interpreted: bool = False,
    ) -> int:
        """Write the asserted facts, or those of one graph, with the prefixes of this graph.

        ``facts`` "inferred" writes what follows from the sources instead, worked out first where
        need be, and with ``interpreted`` what follows with what is read into them too; "all" writes
        what is asserted and all that follows, readings included. The suffix of a path tells the
        format, else ``format`` does, and how the file is packed (``.nq.zst``). Facts stand in the
        order of their texts, so the same facts give the same bytes; a file is written whole or
        not at all. Returns how many facts it has.
        """
        from glocal_kg._graph.saving import write

        return write(self, target, graph, format, facts, interpreted)

    def copy(self) -> Self:
        """A graph with the same facts that changes on its own; it costs next to nothing."""
        other = type(self)(languages=self.languages)
        other._prefixes = self._prefixes
        other._read = self._read.copy()
        other._contents = self._contents.fork()
        return other

    __copy__ = copy

    def __deepcopy__(self, _: object) -> Self:
        return self.copy()

    def bind(self, prefix: str, iri: str) -> None:
        """Know a prefix: in queries, parameters, texts, and what is written.

        A graph on disk keeps it, as it keeps those of the files that were added.
        """
        from pyoxigraph import NamedNode

        if not isinstance(prefix, str) or set(prefix) & set(" :<>\n"):
            raise ArgumentError("prefix", prefix, "a name without colon, such as 'ex'")
        try:
            NamedNode(iri)
        except (TypeError, ValueError):
            raise ArgumentError("iri", iri, "an IRI in full") from None
        self.prefixes = self.prefixes.and_also({prefix: iri})

    def edit(self, *, source: str = "") -> GraphEdit:
        """Several changes as one: all of them or, after an error, none.

        ``source`` names the graph of statements that name none. See ``GraphEdit``.
        """
        from glocal_kg._graph.editing import GraphEdit

        return GraphEdit(self, source or None)

    def subscribe(self, told: Callable[[Change], object]) -> Callable[[], None]:
        """Call a function after each change of asserted facts; what comes back ends that.

        The change is made by then, and stands. An error of the function goes to whoever made the
        change, with a note that says so, after all others are told.
        """
        from glocal_kg._graph.editing import subscribe

        return subscribe(self, told)

    # Inside

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """Tell those who asked to know what a change did, once it is done."""
        if not self._listeners:
            yield
            return
        from glocal_kg._graph.editing import change_between, tell

        before = self._contents.store.moment
        yield
        change = change_between(before, self._contents.store.moment)
        if change:
            tell(self, change)

    @contextmanager
    def _known(self, source: Source, target: NamedNode) -> Iterator[None]:
        """Remember a source once it is read, and the prefixes it declares that are new here."""
        try:
            yield
        except BaseException:  # Ctrl-C too: nothing of it is here
            self._read.leave(source, target)
            raise
        self._read.know(source, target)
        named = set(self.prefixes.values())
        free = ((prefix, iri) for prefix, iri in source.prefixes.items() if iri not in named)
        new = {prefix: iri for prefix, iri in free if prefix not in self.prefixes}
        self.prefixes = self.prefixes.and_also(new)
