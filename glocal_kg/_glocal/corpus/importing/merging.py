"""What the rows of one thing come to: each fact once, one value where one is meant, and a
record of everything that was made one."""

from __future__ import annotations

from collections import Counter

from glocal_kg._glocal.corpus.importing.record import Merge
from glocal_kg._glocal.corpus.matching.gazetteer import distance

TYPE_CHECKING = False
if TYPE_CHECKING:
    from glocal_kg._glocal.corpus.findings import Findings
    from glocal_kg._glocal.corpus.importing.record import Entity, Record
    from glocal_kg._glocal.corpus.mapping import MappedProperty
    from glocal_kg._glocal.corpus.mapping.cellvalue import CellValue

_SHOWN = 5  # rows named one by one


def merge(entities: list[Entity], file: str, findings: Findings) -> list[Merge]:
    """Settle the values and links of each entity; returns the record of what was merged."""
    merges: list[Merge] = []
    for entity in entities:
        if len(entity.records) == 1:
            record = entity.first
            entity.values = [(held.given, held.value) for held in record.values]
            entity.links = [
                (given, other.entity) for given, other in record.links if other.entity is not None
            ]
            continue
        values: dict[str, dict[CellValue, list[Record]]] = {}
        by_iri: dict[str, MappedProperty] = {}
        for record in entity.records:
            for given, value, _ in record.values:
                by_iri.setdefault(given.iri, given)
                values.setdefault(given.iri, {}).setdefault(value, []).append(record)
        points = _pair(entity)
        for iri, found in values.items():
            given = by_iri[iri]
            if len(found) == 1 or not given.one:
                entity.values += [(given, value) for value in found]
                if len(found) > 1 and given.type in ("whole", "number") and not given.split:
                    _several(entity, given, found, file, findings)
                continue
            kept = _most(found, points)
            entity.values.append((given, kept))
            merges.append(_conflict(entity, given, found, kept, file, findings))
        seen: set[tuple[str, bool, str]] = set()
        for record in entity.records:
            for given, other in record.links:
                target = other.entity
                if target is None:
                    continue
                link = (given.iri, given.inverse, target.iri)
                if link not in seen:
                    seen.add(link)
                    entity.links.append((given, target))
        merges += _repeats(entity, file, findings)
    return merges


def _pair(entity: Entity) -> set[int]:
    """The rows with the coordinate that most rows have, so that both its numbers go together."""
    counted = Counter(record.point for record in entity.records if record.point)
    if len(counted) < 2:
        return set()
    best = counted.most_common(1)[0][0]
    return {id(record) for record in entity.records if record.point == best}


def _most(found: dict[CellValue, list[Record]], points: set[int]) -> CellValue:
    """The value that most rows have, or the first of these."""

    def rank(value: CellValue) -> tuple[bool, int]:
        rows = found[value]
        return any(id(record) in points for record in rows), len(rows)

    return max(found, key=rank)


def _conflict(
    entity: Entity,
    given: MappedProperty,
    found: dict[CellValue, list[Record]],
    kept: CellValue,
    file: str,
    findings: Findings,
) -> Merge:
    others = {value: rows for value, rows in found.items() if value != kept}
    told = "; ".join(f"{value.text} ({rows_of(rows)})" for value, rows in others.items())
    many = len(found[kept])
    why = "most rows have it" if many > max(map(len, others.values())) else "the first row has it"
    first = next(iter(others.values()))[0]
    name = _local(given)
    column = next((held.column for held in first.values if held.given.iri == given.iri), -1)
    findings.add(
        file, first.sheet.name, first.place(column), "conflict",
        value=next(iter(others)).text,
        expected=f"one {name} of {entity.name} in all its rows",
        suggestion=f"{kept.text} was kept, for {why} ({rows_of(found[kept])}).",
        row=first.row, column=column if column >= 0 else None,
    )  # fmt: skip
    rows = rows_of(entity.records)
    return Merge(entity.iri, entity.name, rows, name, kept.text, told, why)


def _several(
    entity: Entity,
    given: MappedProperty,
    found: dict[CellValue, list[Record]],
    file: str,
    findings: Findings,
) -> None:
    """Tell of numbers that differ from row to row, though a thing may have several."""
    rows = [[h.value for h in r.values if h.given.iri == given.iri] for r in entity.records]
    told_by = [values for values in rows if values]
    if all(values == told_by[0] for values in told_by):
        return  # several in each row, and the same ones
    first = list(found.values())[1][0]
    told = ", ".join(f"{value.text} ({rows_of(rows)})" for value, rows in found.items())
    column = next((held.column for held in first.values if held.given.iri == given.iri), -1)
    findings.add(
        file, first.sheet.name, first.place(column), "conflict",
        value=list(found)[1].text,
        expected=f"one {_local(given)} of {entity.name} in all its rows",
        suggestion=f"All were kept: {told}. Say one: true in the mapping where there is but one.",
        row=first.row, column=column if column >= 0 else None,
    )  # fmt: skip


def _repeats(entity: Entity, file: str, findings: Findings) -> list[Merge]:
    """What to record where several rows tell of a thing that has no other columns, or points
    that differ a little."""
    records = entity.records
    if len(records) < 2:
        return []
    found = []
    if len(entity.thing.key) > 1 and any(part.startswith("@") for part in entity.thing.key):
        ways = {record.key for record in records}
        why = "the same two, once in each direction" if len(ways) > 1 else "the same two again"
        found.append(
            Merge(entity.iri, _told(entity), rows_of(records), "", "one", str(len(records)), why)
        )
        later = records[1]
        findings.add(
            file, later.sheet.name, later.place(-1), "repeated", value=_told(entity),
            suggestion=f"{rows_of(records)} say it; it is one ({why}).",
            row=later.row,
        )  # fmt: skip
    points = list(dict.fromkeys(record.point for record in records if record.point))
    if len(points) > 1:
        far = max(distance(points[0], other) for other in points[1:])
        found.append(
            Merge(
                entity.iri,
                entity.name,
                rows_of(records),
                "coordinate",
                f"{points[0][0]:g} {points[0][1]:g}",
                "; ".join(f"{point[0]:g} {point[1]:g}" for point in points[1:]),
                f"one name, and {far:.1f} km apart at most",
            )
        )
    return found


def _told(entity: Entity) -> str:
    return " and ".join(part.replace("\x1f", ", ") for part in entity.key)


def rows_of(records: list[Record]) -> str:
    """Rows as a person reads them: row 5, or rows 5, 7 and 12."""
    numbers = sorted({record.spot[1] for record in records})
    if len(numbers) == 1:
        return f"row {numbers[0]}"
    shown = [str(number) for number in numbers[:_SHOWN]]
    if len(numbers) > _SHOWN:
        return f"rows {', '.join(shown)} and {len(numbers) - _SHOWN} more"
    return f"rows {', '.join(shown[:-1])} and {shown[-1]}"


def _local(given: MappedProperty) -> str:
    return given.iri.replace("#", "/").rpartition("/")[2]
