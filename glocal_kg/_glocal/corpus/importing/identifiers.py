"""Identifiers that two things share: one of them has the other's."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from glocal_kg._glocal.corpus.findings import Findings
    from glocal_kg._glocal.corpus.importing.record import Entity, Record

# The last parts of properties whose values are of one thing alone.
_NAMES = frozenset(("identifier", "notation", "sameAs", "exactMatch"))


def check_identifiers(entities: list[Entity], file: str, findings: Findings) -> None:
    """Tell of identifiers that two things of one kind have."""
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
                    continue
                findings.add(
                    file, record.spot[0], record.place(column), "identifier-shared",
                    value=value.text,
                    suggestion=f"{other.name} (row {other.first.spot[1]}) has it too.",
                    row=record.row, column=column if column >= 0 else None,
                )  # fmt: skip
