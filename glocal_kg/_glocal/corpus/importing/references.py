"""Names of things that other rows tell of: one that nobody tells of is a slip."""

from __future__ import annotations

from difflib import get_close_matches

from glocal_kg._glocal.corpus.mapping.things import slug

TYPE_CHECKING = False
if TYPE_CHECKING:
    from glocal_kg._glocal.corpus.findings import Findings
    from glocal_kg._glocal.corpus.importing.record import Record
    from glocal_kg._graph.graph import Graph


def check_references(
    kg: Graph | None, records: list[Record], file: str, findings: Findings
) -> None:
    """Names that neither a row nor the graph tells of are errors: a slip would make a thing
    nobody knows. Rows that were set aside name things that an earlier import made."""
    told = {(r.thing.pool, r.key) for r in records if not r.thing.reference}
    names: dict[str, list[str]] = {}
    for pool, key in told:
        names.setdefault(pool, []).append(", ".join(key))
    for record in records:
        if not record.thing.reference or (record.thing.pool, record.key) in told:
            continue
        if kg is not None and _in_graph(kg, record):
            told.add((record.thing.pool, record.key))
            continue
        name = ", ".join(record.key)
        close = get_close_matches(name, names.get(record.thing.pool, []), 1)
        hint = f"Did you mean '{close[0]}'?" if close else f"Tell of it under {record.thing.pool}."
        column = record.columns["name"]
        findings.add(
            file, record.sheet.name, record.place(column), "link-unknown", value=name,
            expected=f"a name that stands under {record.thing.pool}", suggestion=hint,
            row=record.row, column=column,
        )  # fmt: skip


def _in_graph(kg: Graph, record: Record) -> bool:
    """Whether the graph has the thing that a name would get the IRI of, under this name."""
    from pyoxigraph import Literal, NamedNode

    from glocal_kg._rdf.namespaces import RDFS

    named = NamedNode(record.thing.base + slug(" ".join(record.key)))
    labels = kg.facts.quads_for_pattern(s=named, p=RDFS.label)
    name = ", ".join(record.key)
    return any(isinstance(q.object, Literal) and q.object.value == name for q in labels)
