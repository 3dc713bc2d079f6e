"""Alignments in the form of SSSOM: one set of mappings, as a table and as RDF by its schema.

The graph may say its mappings with the names of the table's columns (``sssom:subject_id``) or
as the schema does in RDF (``owl:annotatedSource``).
Source: Simple Standard for Sharing Ontological Mappings 1.0.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from glocal_kg._publish.descriptions.statements import Statements
from glocal_kg._publish.gathering.release_facts import About, english
from glocal_kg._publish.gathering.release_prefixes import Shortener
from glocal_kg._publish.lines.ntriples_text import by_subject, iri, value
from glocal_kg._rdf.namespaces import DCTERMS, OWL, RDF, RDFS, SKOS, SSSOM, XSD
from glocal_kg._rdf.writing.csv_text import csv_text

_SSSOM = str(SSSOM)
# Each column, with the property of the schema and others that graphs use for it.
_SLOTS = {
    "subject_id": (OWL.annotatedSource,),
    "subject_label": (),
    "predicate_id": (OWL.annotatedProperty,),
    "object_id": (OWL.annotatedTarget,),
    "object_label": (),
    "mapping_justification": (),
    "author_id": (NamedNode("http://purl.org/pav/authoredBy"),),
    "reviewer_id": (),
    "subject_source": (),
    "object_source": (),
    "mapping_tool": (),
    "mapping_date": (DCTERMS.created,),
    "confidence": (),
    "comment": (RDFS.comment,),
}
_SEVERAL = frozenset({"author_id", "reviewer_id"})  # as the schema has it; split by | in a table
_LABELS = (str(SKOS.prefLabel), str(RDFS.label))
_NEEDED = ("subject_id", "predicate_id", "object_id")

Cell = tuple[str, str]
"""A text or IRI, and its datatype ('' for an IRI)."""
Row = dict[str, list[Cell]]
"""A mapping: column to what stands in it."""


@dataclass(frozen=True)
class Alignments:
    """The mappings of a graph, sorted."""

    rows: tuple[Row, ...]

    @property
    def columns(self) -> list[str]:
        """The columns that some mapping fills."""
        return [name for name in _SLOTS if any(name in row for row in self.rows)]


def read_alignments(lines: Iterable[str], labels: Mapping[str, str]) -> Alignments:
    """The mappings among sorted N-Triples lines; ``labels`` are those of subjects by IRI."""
    rows = []
    for _, pairs in by_subject(lines):
        row: Row = {}
        for column, others in _SLOTS.items():
            names = {f"{_SSSOM}{column}", *(other.value for other in others)}
            said = [o for predicate, o in pairs if iri(predicate) in names and o[0] != "_"]
            if said:
                row[column] = _cells(said, several=column in _SEVERAL)
        if all(name in row for name in _NEEDED):
            if "mapping_date" in row:  # the standard has days, not moments
                row["mapping_date"] = [(row["mapping_date"][0][0][:10], XSD.date.value)]
            label = labels.get(row["subject_id"][0][0])
            if label and "subject_label" not in row:
                row["subject_label"] = [(label, XSD.string.value)]
            if "mapping_justification" not in row:
                row["mapping_justification"] = [(_UNSPECIFIED, "")]
            rows.append(row)
    rows.sort(key=lambda row: [row.get(column, [("", "")])[0][0] for column in _SLOTS])
    return Alignments(tuple(rows))


def labels_of(lines: Iterable[str]) -> dict[str, str]:
    """A label of each thing, from sorted N-Triples lines; preferred ones first, then English."""
    found: dict[str, str] = {}
    for subject, pairs in by_subject(lines):
        for name in _LABELS:
            texts = [o for p, o in pairs if p == name and o[0] == '"']
            if texts:
                found.setdefault(iri(subject), _cells(texts, several=False)[0][0])
    return found


def as_table(alignments: Alignments, about: About, known: Shortener) -> str:
    """The mappings as SSSOM/TSV: the set in a YAML header, one row a mapping, CURIEs for IRIs.

    ``known`` shortens IRIs, and holds the prefixes it used afterwards.
    """
    columns = alignments.columns
    rows: list[list[str]] = [[*columns]]
    for row in alignments.rows:
        told = {
            column: "|".join(_cell_text(column, cell, known) for cell in cells)
            for column, cells in row.items()
        }
        rows.append([told.get(column, "") for column in columns])
    head = ["curie_map:"]
    head += [f"  {prefix}: {space}" for prefix, space in sorted(known.used.items())]
    head += [
        f"mapping_set_id: {_set(about)}",
        f'mapping_set_version: "{about.version}"',
        f"mapping_set_title: {_text(_title(about))}",
        f"license: {about.license}",
    ]
    head.append(f'publication_date: "{about.issued}"')
    return "".join(f"#{line}\n" for line in head) + csv_text(rows, delimiter="\t")


def as_rdf(alignments: Alignments, about: About) -> Statements:
    """The mappings as the schema of SSSOM writes them in RDF."""
    out = Statements()
    me = _set(about)
    out.say(me, RDF.type, SSSOM.MappingSet)
    out.say(me, DCTERMS.title, Literal(_title(about)))
    out.say(me, OWL.versionInfo, Literal(about.version))
    out.say(me, DCTERMS.license, about.license)
    out.say(me, DCTERMS.issued, Literal(about.issued, datatype=XSD.date))
    for row in alignments.rows:
        node = out.blank()
        out.say(me, SSSOM.mappings, node)
        out.say(node, RDF.type, OWL.Axiom)
        for column, cells in row.items():
            others = _SLOTS[column]
            predicate = others[0] if others else SSSOM[column]
            for text, datatype in cells:
                if datatype:
                    out.say(node, predicate, Literal(text, datatype=NamedNode(datatype)))
                else:
                    out.say(node, predicate, text)
    return out


_UNSPECIFIED = "https://w3id.org/semapv/vocab/UnspecifiedMatching"


def _cells(objects: list[str], *, several: bool) -> list[Cell]:
    """What stands in a column; where there is room for one, that in English comes first."""
    found = []
    for object_ in objects:
        if object_[0] == "<":
            found.append((0, "", iri(object_), ""))
            continue
        text, datatype, language = value(object_)
        rank = 0 if language.startswith("en") else 1 if not language else 2
        found.append((rank, language, text, XSD.string.value if language else datatype))
    cells = [(text, datatype) for _, _, text, datatype in sorted(found)]
    return cells if several else cells[:1]


def _cell_text(column: str, cell: Cell, known: Shortener) -> str:
    text, datatype = cell
    if not datatype:
        return known.curie(text)
    return text.replace("|", "\\|") if column in _SEVERAL else text  # where a table is split


def _set(about: About) -> str:
    return f"{about.base}alignments.sssom.tsv"


def _title(about: About) -> str:
    return f"{english(about.title)}: alignments"


def _text(text: str) -> str:
    import json

    return json.dumps(text, ensure_ascii=False)
