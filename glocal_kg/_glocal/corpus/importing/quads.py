"""From entities to facts: a named graph of what the rows say, and where each of it stands."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode, Quad

from glocal_kg._glocal.corpus.mapping.mapped_things import slug
from glocal_kg._rdf.namespaces import DCTERMS, PROV, RDF, RDFS, SCHEMA, XSD
from glocal_kg._study.vocab import BASE, IMPORT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from glocal_kg._glocal.corpus.importing.record import Entity
    from glocal_kg._glocal.corpus.mapping import Mapping
    from glocal_kg._glocal.corpus.mapping.cellvalue import CellValue
    from glocal_kg._glocal.corpus.tables import Book

ONTOLOGY = BASE + "ontology#"
SOURCE = NamedNode(ONTOLOGY + "Source")
PASSAGE = NamedNode(ONTOLOGY + "Passage")
FROM_SOURCE = NamedNode(ONTOLOGY + "fromSource")
STATED_IN = NamedNode(ONTOLOGY + "statedIn")


def graph_of(name: str) -> NamedNode:
    """The named graph of an import, by the name of its file.

    >>> graph_of("My cities")
    <NamedNode value=https://w3id.org/glocal/graph/import/my-cities>
    """
    return NamedNode(IMPORT + slug(name))


class ImportQuads:
    """Makes the quads of one import, in a fixed order."""

    def __init__(self, book: Book, mapping: Mapping, graph: NamedNode, when: str) -> None:
        self._book = book
        self._mapping = mapping
        self._graph = graph
        self._when = when
        name = graph.value.rstrip("/").rpartition("/")[2]
        self._base = f"{BASE}import/{name}/"
        self._source = NamedNode(f"{self._base}source")
        self._nodes: dict[str, NamedNode] = {}
        self._literals: dict[CellValue, Literal] = {}
        self._rows: dict[tuple[str, int], NamedNode] = {}

    def quads(self, entities: Iterable[Entity]) -> Iterator[Quad]:
        """All facts of the import: things, rows, and the import itself, one after the other."""
        graph = self._graph
        for entity in entities:
            subject = self._node(entity.iri)
            for kind in {record.thing.kind: None for record in entity.records}:
                if kind:
                    yield Quad(subject, RDF.type, self._node(kind), graph)
            for given, value in entity.values:
                obj = self._node(value.text) if not value.type else self._literal(value)
                yield Quad(subject, self._node(given.iri), obj, graph)
            for given, other in entity.links:
                target = self._node(other.iri)
                one, two = (target, subject) if given.inverse else (subject, target)
                yield Quad(one, self._node(given.iri), two, graph)
            if entity.match is not None and entity.match.place is not None:
                asked = entity.first.thing.match
                if asked is not None:
                    target = self._node(entity.match.place.iri)
                    yield Quad(subject, self._node(asked.link), target, graph)
            for record in entity.records:
                if record.thing.reference:
                    continue  # a row that names a thing says nothing of it
                yield Quad(subject, STATED_IN, self._row(record.spot), graph)
        yield from self._of_import()
        for spot, node in self._rows.items():
            yield from self._of_row(spot, node)

    def _row(self, spot: tuple[str, int]) -> NamedNode:
        node = self._rows.get(spot)
        if node is None:
            node = NamedNode(f"{self._base}{slug(spot[0])}/{spot[1]}")
            self._rows[spot] = node
        return node

    def _of_row(self, spot: tuple[str, int], node: NamedNode) -> list[Quad]:
        sheet, number = spot
        file = self._book.name
        where = file if len(self._book.sheets) == 1 else f"{file}, sheet {sheet}"
        graph = self._graph
        return [
            Quad(node, RDF.type, PASSAGE, graph),
            Quad(node, RDFS.label, Literal(f"{where}, row {number}"), graph),
            Quad(node, FROM_SOURCE, self._source, graph),
            Quad(node, DCTERMS.identifier, Literal(f"{sheet}!{number}"), graph),
        ]

    def _of_import(self) -> list[Quad]:
        graph, source = self._graph, self._source
        file, mapping = self._book.name, self._mapping
        activity = NamedNode(f"{self._base}import")
        plan = NamedNode(f"{self._base}mapping")
        quads = [
            Quad(graph, DCTERMS.title, Literal(f"Import of {file}", language="en"), graph),
            Quad(graph, PROV.wasDerivedFrom, source, graph),
            Quad(graph, PROV.wasGeneratedBy, activity, graph),
            Quad(source, RDF.type, SOURCE, graph),
            Quad(source, RDFS.label, Literal(file), graph),
            Quad(source, SCHEMA.sha256, Literal(self._book.sha256), graph),
            Quad(plan, RDF.type, PROV.Plan, graph),
            Quad(plan, RDFS.label, Literal(f"Mapping {mapping.name}", language="en"), graph),
            Quad(plan, SCHEMA.sha256, Literal(mapping.sha256), graph),
            Quad(activity, RDF.type, PROV.Activity, graph),
            Quad(activity, RDFS.label, Literal(f"Import of {file}", language="en"), graph),
            Quad(activity, PROV.used, source, graph),
            Quad(activity, PROV.used, plan, graph),
        ]
        if self._when:
            kind = XSD.dateTime if "T" in self._when else XSD.date
            when = Literal(self._when, datatype=kind)
            quads.append(Quad(graph, DCTERMS.created, when, graph))
        return quads

    def _literal(self, value: CellValue) -> Literal:
        found = self._literals.get(value)
        if found is None:
            found = self._literals[value] = literal(value.text, value.type)
        return found

    def _node(self, iri: str) -> NamedNode:
        node = self._nodes.get(iri)
        if node is None:
            node = NamedNode(iri)
            self._nodes[iri] = node
        return node


def literal(text: str, type: str) -> Literal:
    """A literal of a datatype, or of a language where the type is ``@`` and its tag.

    >>> literal("Turin", "@en")
    <Literal value=Turin language=en>
    """
    if type.startswith("@"):
        return Literal(text, language=type[1:])
    return Literal(text, datatype=NamedNode(type))
