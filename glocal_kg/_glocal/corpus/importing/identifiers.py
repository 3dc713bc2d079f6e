"""Identifiers that two things share: one of them has the other's."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection

    from glocal_kg._glocal.corpus.findings import Findings
    from glocal_kg._glocal.corpus.importing.elsewhere import Elsewhere
    from glocal_kg._glocal.corpus.importing.record import Entity, Record
    from glocal_kg._glocal.corpus.mapping.cellvalue import CellValue

# The last parts of properties whose values are of one thing alone.
_NAMES = frozenset(("identifier", "notation", "sameAs", "exactMatch"))


def check_identifiers(
    entities: list[Entity],
    file: str,
    findings: Findings,
    others: Elsewhere | None = None,
    offered: Collection[str] = (),
) -> None:
    """Tell of identifiers that two things of one kind have, here or in other graphs; not of
    things ``offered`` as one already."""
    first: dict[tuple[str, str, str], tuple[Entity, Record]] = {}
    of_one: dict[str, bool] = {}
    for entity in entities:
        for record in entity.records:
            for given, value, column in record.values:
                if given.iri not in of_one:
                    of_one[given.iri] = given.iri.replace("#", "/").rpartition("/")[2] in _NAMES
                if not of_one[given.iri]:
                    continue
                key = (entity.thing.pool, given.iri, value.text)
                other = first.setdefault(key, (entity, record))[0]
                if other is entity:
                    if others is not None and record is entity.first:
                        found = _elsewhere(record, given.iri, value, others)
                        if found and found not in offered:
                            _shared(record, value.text, column, file, findings, others, found)
                    continue
                findings.add(
                    file, record.spot[0], record.place(column), "identifier-shared",
                    value=value.text,
                    suggestion=f"{other.name} (row {other.first.spot[1]}) has it too.",
                    row=record.row, column=column if column >= 0 else None,
                )  # fmt: skip


def _elsewhere(record: Record, property: str, value: CellValue, others: Elsewhere) -> str:
    """The other thing of this kind that has an identifier in another graph, or ""."""
    from pyoxigraph import NamedNode

    from glocal_kg._glocal.corpus.importing.quads import literal

    own = record.entity.iri if record.entity else ""
    term = literal(value.text, value.type) if value.type else NamedNode(value.text)
    found = (iri for iri in others.with_value(property, term) if iri != own)
    return next((iri for iri in found if record.thing.kind in others.kinds(iri)), "")


def _shared(
    record: Record,
    value: str,
    column: int,
    file: str,
    findings: Findings,
    others: Elsewhere,
    iri: str,
) -> None:
    name = next(iter(others.names(iri)), iri)
    findings.add(
        file, record.sheet.name, record.place(column), "identifier-shared", value=value,
        suggestion=f"{name} ({others.where(iri)}) has it too.",
        row=record.row, column=column if column >= 0 else None,
    )  # fmt: skip
