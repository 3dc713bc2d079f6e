"""The knowledge graph as an rdflib ``Dataset``: the same store, and writes that go through us.

oxrdflib shows an Oxigraph store to rdflib without a copy. Its writes would pass the table of
facts by; here they go to facts and index together, so that the two never disagree.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pyoxigraph
import rdflib
from oxrdflib import OxigraphStore
from pyoxigraph import NamedNode, Quad, RdfFormat

from glocal_kg._rdf.formats import RDF_FORMATS
from glocal_kg._rdf.reading import Text, open_source
from glocal_kg._rdf.store.quads import QuadStore
from glocal_kg._study.vocab import IMPORT, PREFIXES
from glocal_kg.errors import GlocalError


def dataset_of(quads: QuadStore) -> rdflib.Dataset:
    """An rdflib ``Dataset`` on facts and index; its default graph is the union of all."""
    dataset = rdflib.Dataset(store=_View(quads), default_union=True)
    for prefix, iri in PREFIXES.items():
        dataset.bind(prefix, iri, override=True)
    return dataset


class _View(OxigraphStore):
    """oxrdflib's store with our index in it, behind a door that lets writes pass to the facts."""

    def __init__(self, quads: QuadStore) -> None:
        self._door = _Door(quads)
        super().__init__(store=self._door)  # type: ignore[arg-type]

    def addN(self, quads: Iterable[Any]) -> None:
        # A list: oxrdflib goes through the quads twice.
        super().addN(list(quads))

    def update(self, *_: object, **__: object) -> None:
        """Refused: one update would be many writes, and half of them could fail."""
        raise GlocalError(
            "SPARQL updates are not possible on the dataset of a knowledge graph.",
            remedy="Use kg.add() and kg.remove(), or add and remove of the dataset.",
        )


class _Door:
    """Stands for ``pyoxigraph.Store``: reads go to the index, writes to facts and index."""

    def __init__(self, quads: QuadStore) -> None:
        self._quads = quads
        index = quads.index
        self.quads_for_pattern = index.quads_for_pattern
        self.named_graphs = index.named_graphs
        self.contains_named_graph = index.contains_named_graph
        self.dump = index.dump

    def query(self, text: str, **options: Any) -> Any:
        """Ask the index; ``QueryError`` for what would reach the network."""
        from glocal_kg._rdf.sparql.refused import refuse

        refuse(text, self._quads.index.contains_named_graph)
        return self._quads.index.query(text, **options)

    def __len__(self) -> int:
        return len(self._quads.index)

    def __iter__(self) -> Iterator[Quad]:
        return iter(self._quads.index)

    def __contains__(self, quad: Quad) -> bool:
        return quad in self._quads.index

    def add(self, quad: Quad) -> None:
        """Assert one quad."""
        self._quads.edit(added=[quad])

    def extend(self, quads: Iterable[Quad]) -> None:
        """Assert quads."""
        self._quads.edit(added=quads)

    def remove(self, quad: Quad) -> None:
        """Take back one quad, in whichever form its literal was written."""
        self._quads.edit(removed=self._quads.written_as(quad))

    def load(
        self,
        input: Any = None,
        format: RdfFormat | None = None,
        *,
        path: str | None = None,
        base_iri: str | None = None,
        to_graph: NamedNode | None = None,
    ) -> None:
        """Read a document, all or nothing."""
        code = next(known.code for known in RDF_FORMATS if known.rdf == format)
        if path is not None:
            source = open_source(path, code)
        else:
            content = input if isinstance(input, (bytes, str)) else input.read()
            source = open_source(Text(content, code, name="rdflib"))
        target = to_graph if isinstance(to_graph, NamedNode) else NamedNode(IMPORT + source.slug)
        self._quads.read(source, target)

    bulk_load = load

    def add_graph(self, graph: pyoxigraph.NamedNode | pyoxigraph.BlankNode) -> None:
        """Nothing: a graph is there once it holds a fact."""

    def remove_graph(self, graph: pyoxigraph.NamedNode | pyoxigraph.BlankNode) -> None:
        """Take back all facts of a graph."""
        self._quads.edit(removed=self._quads.facts.of_graphs([graph]))
