"""Changes to a graph as one: gathered first, then all of them kept, or none."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from pyoxigraph import Literal, NamedNode, Quad

from glocal_kg._glocal.asking import Asks
from glocal_kg._glocal.things.kinds import kind_of
from glocal_kg._glocal.things.reading import get
from glocal_kg._glocal.things.thing import GLOCAL, RDFS, TYPE, Thing, changes
from glocal_kg.errors import GlocalError, NotFoundError, ParameterError

T = TypeVar("T", bound=Thing)
Apply = Callable[[list[Quad], list[Quad]], Any]


class Edit:
    """A change of a graph that is kept whole at the end of its ``with``, or not at all.

    Made by ``kg.edit(source=...)``; ``source`` is the graph of what is new. An error inside the
    ``with`` leaves the graph as it was. ``added`` and ``removed`` are the facts gathered so far.
    """

    def __init__(self, kg: Asks, apply: Apply, source: str = "") -> None:
        self._kg = kg
        self._apply = apply
        self._open = True
        self.source = source
        self.added: dict[Quad, None] = {}
        self.removed: dict[Quad, None] = {}

    def __enter__(self) -> Edit:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        self._open = False
        if kind is None and (self.added or self.removed):
            self._apply(list(self.added), list(self.removed))

    def new(self, kind: str, iri: str, label: str, language: str = "") -> Thing:
        """A thing of a class of ours, such as ``Practice``, with a name; not yet put.

        Raises ``ParameterError`` where the edit has no source, ``GlocalError`` where something
        is said of the IRI already.
        """
        if not self.source:
            raise ParameterError("The edit has no source.", remedy="Use kg.edit(source=...).")
        if self._as_it_stands(iri) is not None:
            raise GlocalError(f"Something is said of {iri} already.", remedy="Use kg.get.")
        graph, node = NamedNode(self.source), NamedNode(iri)
        name = Literal(label, language=language) if language else Literal(label)
        facts = (
            Quad(node, NamedNode(TYPE), NamedNode(GLOCAL + kind), graph),
            Quad(node, NamedNode(RDFS + "label"), name, graph),
        )
        return kind_of((GLOCAL + kind,))(iri, facts, tuple(self._kg.languages))

    def put(self, *things: Thing) -> None:
        """Put things in the place of what stands of them in their graphs.

        An unchanged thing changes nothing. What graphs say that the thing was not read from, such
        as interpretations, stays.
        """
        for thing in things:
            gone, come = changes(self._as_it_stands(thing.iri), thing)
            graphs = {quad.graph_name for quad in thing.read_from}
            self.discard(quad for quad in gone if quad.graph_name in graphs)
            self.add(come)

    def remove(self, thing: Thing) -> None:
        """Remove all that is said of a thing; what others say of it as their value stays."""
        self.discard(changes(self._as_it_stands(thing.iri), None)[0])

    def add(self, quads: Iterable[Quad]) -> None:
        """Add facts."""
        self._refuse_late()
        for quad in quads:
            self.removed.pop(quad, None)
            self.added[quad] = None

    def discard(self, quads: Iterable[Quad]) -> None:
        """Take facts away."""
        self._refuse_late()
        for quad in quads:
            if quad in self.added:
                del self.added[quad]
            else:
                self.removed[quad] = None

    def _as_it_stands(self, iri: str) -> Thing | None:
        try:
            return get(self._kg, iri, interpretations=True)
        except NotFoundError:
            return None

    def _refuse_late(self) -> None:
        if not self._open:
            raise GlocalError("The edit is over.", remedy="Open another: with kg.edit() as edit.")
