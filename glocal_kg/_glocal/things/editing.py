"""Things put into a graph, changed and taken away: within an edit, all of it or nothing."""

from __future__ import annotations

from dataclasses import replace
from difflib import get_close_matches

from pyoxigraph import Literal, NamedNode, Quad

from glocal_kg._glocal.row_queries import iri, rows
from glocal_kg._glocal.things.from_graph import get
from glocal_kg._glocal.things.kinds import KINDS, kind_of
from glocal_kg._glocal.things.thing import GLOCAL, RDFS, TYPE, Thing, changes
from glocal_kg._graph import editing
from glocal_kg.errors import GlocalError, NotFoundError, ParameterError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from os import PathLike

    from glocal_kg._graph.graph import Graph


class Edit(editing.GraphEdit):
    """An edit that knows things: ``new`` makes one, ``put`` puts it, ``remove`` takes it away.

    Made by ``kg.edit(source=...)``; ``source`` is the graph of what is new. An error inside the
    ``with`` leaves the graph as it was.
    """

    def __init__(self, graph: Graph, source: str = "") -> None:
        super().__init__(graph, source or None)
        self.source = source

    def new(self, kind: str, iri: str, label: str, language: str = "") -> Thing:
        """A thing of a class of ours, such as ``Practice``, with a name; not yet put.

        Raises ``ParameterError`` where the edit has no source and for a class that is none,
        ``GlocalError`` where something is said of the IRI already.
        """
        if not self.source:
            raise ParameterError("The edit has no source.", remedy="Use kg.edit(source=...).")
        if self._as_it_stands(iri) is not None:
            raise GlocalError(f"Something is said of {iri} already.", remedy="Use kg.get.")
        self._need_class(kind)
        graph, node = NamedNode(self.source), NamedNode(iri)
        name = Literal(label, language=language) if language else Literal(label)
        facts = (
            Quad(node, NamedNode(TYPE), NamedNode(GLOCAL + kind), graph),
            Quad(node, NamedNode(RDFS + "label"), name, graph),
        )
        return kind_of((GLOCAL + kind,))(iri, facts, tuple(self.graph.languages))

    def put(self, *things: Thing) -> None:
        """Put things in the place of what stands of them in their graphs.

        An unchanged thing changes nothing. What graphs say that the thing was not read from, such
        as interpretations, stays.
        """
        for thing in things:
            gone, come = changes(self._before(thing), thing)
            graphs = {quad.graph_name for quad in thing.read_from}
            self.graph.remove(quad for quad in gone if quad.graph_name in graphs)
            self.graph.add(come)

    def remove(self, what: Thing | Iterable[Quad] | str | PathLike[str]) -> int:
        """Remove quads, or all that is said of a thing; what others say of it stays."""
        if isinstance(what, Thing):
            return self.graph.remove(changes(self._before(what), None)[0])
        return self.graph.remove(what)

    def _need_class(self, kind: str) -> None:
        known = set(KINDS)
        if kind not in known:
            asked = rows(self.graph, "SELECT DISTINCT ?class { ?class a owl:Class }")
            names = (iri(row["class"]) for row in asked)
            known |= {name.removeprefix(GLOCAL) for name in names if name.startswith(GLOCAL)}
        if kind not in known:
            close = get_close_matches(kind, sorted(known), 3) or sorted(KINDS)
            raise ParameterError(
                f"There is no class glocal:{kind}.", remedy=f"Take {', '.join(close)}."
            )

    def _before(self, thing: Thing) -> Thing | None:
        """What is said of it now; of a node without a name, which cannot be asked for, what was."""
        if thing.iri.startswith("_:"):
            return replace(thing, facts=thing.read_from)
        return self._as_it_stands(thing.iri)

    def _as_it_stands(self, iri: str) -> Thing | None:
        try:
            return get(self.graph, iri, interpretations=True)
        except NotFoundError:
            return None
