"""What the rows of one thing come to: each fact once, one value where one is meant, and a
record of everything that was made one."""

from __future__ import annotations

from collections import Counter

from glocal_kg._glocal.corpus.importing.record import Merge
from glocal_kg._glocal.corpus.importing.single_values import (
    by_kind,
    country_of,
    is_single,
    local,
    same_country,
)
from glocal_kg._glocal.corpus.matching.gazetteer import distance

TYPE_CHECKING = False
if TYPE_CHECKING:
    from glocal_kg._glocal.corpus.findings import Findings
    from glocal_kg._glocal.corpus.importing.record import Entity, Record
    from glocal_kg._glocal.corpus.mapping import MappedProperty
    from glocal_kg._glocal.corpus.mapping.cellvalue import CellValue

_SHOWN = 5  # rows named one by one
_SAME = 1.0  # kilometers within which two coordinates are one, rounded otherwise


def merge(entities: list[Entity], file: str, findings: Findings) -> list[Merge]:
    """Settle the values and links of each entity; returns the record of what was merged.

    Rows set aside are compared with those that are kept, but say nothing of what is kept.
    """
    merges: list[Merge] = []
    parts = _parts_of_others(entities)
    for entity in entities:
        if len(entity.records) == 1:
            record = entity.first
            entity.values = [(held.given, held.value) for held in record.values]
            entity.links = [
                (given, other.entity) for given, other in record.links if other.entity is not None
            ]
            continue
        merges += _settle(entity, file, findings)
        seen: set[tuple[str, bool, str]] = set()
        for record in entity.counting:
            for given, other in record.links:
                target = other.entity
                if target is None:
                    continue
                link = (given.iri, given.inverse, target.iri)
                if link not in seen:
                    seen.add(link)
                    entity.links.append((given, target))
        merges += _repeats(entity, file, findings)
        if entity.thing.name not in parts:
            merges += _said_again(entity, file, findings)
        _two_countries(entity, file, findings)
    return merges


def _looked_at(entity: Entity, findings: Findings) -> list[Record]:
    """The rows that are compared; in a template those set aside were told of by their cells."""
    kept = [record for record in entity.records if not record.aside]
    return kept if findings.template else entity.records


def _settle(entity: Entity, file: str, findings: Findings) -> list[Merge]:
    """One value where a thing has one, and what is told where its rows say several."""
    counting = {id(record) for record in entity.counting}
    values: dict[str, dict[CellValue, list[Record]]] = {}
    by_iri: dict[str, MappedProperty] = {}
    for record in _looked_at(entity, findings):
        for given, value, _ in record.values:
            by_iri.setdefault(given.iri, given)
            values.setdefault(given.iri, {}).setdefault(value, []).append(record)
    points = _pair(entity)
    merges: list[Merge] = []
    for iri, found in values.items():
        given = by_iri[iri]
        own = {
            value: rows
            for value, records in found.items()
            if (rows := [record for record in records if id(record) in counting])
        }
        if not given.one or len(own) < 2:
            entity.values += [(given, value) for value in own]
        if len(found) == 1:
            continue
        if given.one:
            kept = _most(own or found, points)
            merge = _conflict(entity, given, found, own, kept, file, findings)
            if len(own) > 1:
                entity.values.append((given, kept))
                merges.append(merge)
        elif is_single(given):
            for alike in by_kind(list(found)).values():
                _several(entity, given, {v: found[v] for v in alike}, own, file, findings)
    return merges


def _pair(entity: Entity) -> set[int]:
    """The rows with the coordinate that most rows have, so that both its numbers go together."""
    counted = Counter(record.point for record in entity.counting if record.point)
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
    own: dict[CellValue, list[Record]],
    kept: CellValue,
    file: str,
    findings: Findings,
) -> Merge:
    others = {value: rows for value, rows in found.items() if value != kept}
    rivals = {value: rows for value, rows in own.items() if value != kept}
    told = "; ".join(f"{value.text} ({rows_of(rows)})" for value, rows in rivals.items())
    most = max(map(len, rivals.values()), default=0)
    why = "most rows have it" if len(own.get(kept, ())) > most else "the first row has it"
    why = why if rivals else "the other row is set aside"
    first = next(iter(others.values()))[0]
    name = local(given.iri)
    was = f"{kept.text} was kept, for {why} ({rows_of(found[kept])})."
    if entity.first.aside:
        was = f"{rows_of(found[kept]).capitalize()} {'have' if len(found[kept]) > 1 else 'has'}"
        was += f" {kept.text}; all of these rows are set aside."
    column = next((held.column for held in first.values if held.given.iri == given.iri), -1)
    findings.add(
        file, first.sheet.name, first.place(column), "conflict",
        value=next(iter(others)).text,
        expected=f"one {name} of {entity.name} in all its rows",
        suggestion=was, row=first.row, column=column if column >= 0 else None,
    )  # fmt: skip
    rows = rows_of(entity.counting)
    return Merge(entity.iri, entity.name, rows, name, kept.text, told, why)


def _several(
    entity: Entity,
    given: MappedProperty,
    found: dict[CellValue, list[Record]],
    own: dict[CellValue, list[Record]],
    file: str,
    findings: Findings,
) -> None:
    """Tell of values that differ from row to row, though a thing may have several."""
    rows = [
        [h.value for h in r.values if h.given.iri == given.iri and h.value in found]
        for r in entity.records
    ]
    told_by = [values for values in rows if values]
    if len(found) < 2 or all(values == told_by[0] for values in told_by):
        return  # several in each row, and the same ones
    first = list(found.values())[1][0]
    told = ", ".join(f"{value.text} ({rows_of(rows)})" for value, rows in found.items())
    were = "All were kept" if len(own) >= len(found) else "The rows say"
    column = next((held.column for held in first.values if held.given.iri == given.iri), -1)
    two = "If they are two things, give each a key of its own. "
    told += f". {two}" if local(given.iri) == "label" else ". "
    findings.add(
        file, first.sheet.name, first.place(column), "conflict",
        value=list(found)[1].text,
        expected=f"one {local(given.iri)} of {entity.name} in all its rows",
        suggestion=f"{were}: {told}Say one: true in the mapping where there is but one.",
        row=first.row, column=column if column >= 0 else None,
    )  # fmt: skip


def _two_countries(entity: Entity, file: str, findings: Findings) -> None:
    """Tell of a place whose rows name two countries."""
    named = [(country, r) for r in _looked_at(entity, findings) if (country := country_of(r))]
    for country, record in named[1:]:
        first, other = named[0]
        if same_country(country, first):
            continue
        linked = next((o.first for g, o in record.links if local(g.iri) == "locatedIn"), -1)
        column = record.columns.get("country", linked)
        findings.add(
            file, record.sheet.name, record.place(column), "two-countries", value=country,
            suggestion=f"{rows_of([other]).capitalize()} has {entity.name} in {first}: correct"
            " one, or tell the two apart by key: in the mapping.",
            row=record.row, column=column if column >= 0 else None,
        )  # fmt: skip
        return


def _repeats(entity: Entity, file: str, findings: Findings) -> list[Merge]:
    """What to record where several rows tell of a thing that has no other columns, or points
    that differ a little."""
    records, counting = _looked_at(entity, findings), entity.counting
    found = []
    if len(entity.thing.key) > 1 and any(part.startswith("@") for part in entity.thing.key):
        ways = {record.key for record in records}
        why = "the same two, once in each direction" if len(ways) > 1 else "the same two again"
        if len(counting) > 1:
            many = str(len(counting))
            found.append(Merge(entity.iri, entity.told, rows_of(counting), "", "one", many, why))
        if len(records) > 1:
            later = records[1]
            findings.add(
                file, later.sheet.name, later.place(-1), "repeated", value=entity.told,
                suggestion=f"{rows_of(records)} say it; it is one ({why}).",
                row=later.row,
            )  # fmt: skip
    points = list(dict.fromkeys(record.point for record in records if record.point))
    if len(points) < 2:
        return found
    far = max(distance(points[0], other) for other in points[1:])
    if not entity.thing.latitude and far > _SAME:  # as no property, it is no conflict of values
        _two_points(entity, records, points[:2], file, findings)
    points = list(dict.fromkeys(record.point for record in counting if record.point))
    if len(points) > 1:
        far = max(distance(points[0], other) for other in points[1:])
        found.append(
            Merge(
                entity.iri,
                entity.name,
                rows_of(counting),
                "coordinate",
                f"{points[0][0]:g} {points[0][1]:g}",
                "; ".join(f"{point[0]:g} {point[1]:g}" for point in points[1:]),
                f"one name, and {far:.1f} km apart at most",
            )
        )
    return found


def _parts_of_others(entities: list[Entity]) -> set[str]:
    """The things of a mapping that others of their row lead to: many rows may name one city."""
    return {
        other.thing.name
        for entity in entities
        for record in entity.records
        for other in (*(linked for _, linked in record.links), *record.parts)
        if other is not None
    }


def _said_again(entity: Entity, file: str, findings: Findings) -> list[Merge]:
    """Tell of rows that say nothing of what they are about that rows above them do not say.

    A practice of two rows that each add a participant is told in two rows, and not repeated.
    """
    if any(part.startswith("@") for part in entity.thing.key):
        return []  # told as the same two again
    told: set[tuple[object, ...]] = set()
    first: Record | None = None
    rows: dict[object, Record] = {}  # that repeat it, each once
    for record in entity.counting:
        said: set[tuple[object, ...]] = {(held.given.iri, held.value) for held in record.values}
        said |= {
            (given.iri, given.inverse, other.entity.iri if other.entity else "")
            for given, other in record.links
        }
        if not record.thing.reference:
            if first is None:
                first = record
            elif said <= told and record.spot != first.spot:
                rows.setdefault(record.spot, record)
        told |= said
    again = list(rows.values())
    if first is None or not again:
        return []
    both = [first, *again]
    findings.add(
        file, again[0].sheet.name, again[0].place(-1), "repeated", value=entity.told,
        suggestion=f"{rows_of(both).capitalize()} say the same of it; it is one.",
        row=again[0].row,
    )  # fmt: skip
    return [
        Merge(entity.iri, entity.told, rows_of(both), "", "one", str(len(both)), "the same again")
    ]


def _two_points(
    entity: Entity,
    records: list[Record],
    points: list[tuple[float, float]],
    file: str,
    findings: Findings,
) -> None:
    """Tell of a place that is at two points by its rows, of which matching takes the first."""
    one, two = (next(r for r in records if r.point == point) for point in points)
    column = two.columns["latitude"]
    findings.add(
        file, two.sheet.name, two.place(column), "conflict",
        value=f"{points[1][0]:g} {points[1][1]:g}",
        expected=f"one coordinate of {entity.name} in all its rows",
        suggestion=f"{rows_of([one]).capitalize()} has {points[0][0]:g} {points[0][1]:g},"
        f" {distance(*points):.0f} km away, by which it was looked up.",
        row=two.row, column=column,
    )  # fmt: skip


def rows_of(records: list[Record]) -> str:
    """Rows as a person reads them: row 5, or rows 5, 7 and 12."""
    numbers = sorted({record.spot[1] for record in records})
    if len(numbers) == 1:
        return f"row {numbers[0]}"
    shown = [str(number) for number in numbers[:_SHOWN]]
    if len(numbers) > _SHOWN:
        return f"rows {', '.join(shown)} and {len(numbers) - _SHOWN} more"
    return f"rows {', '.join(shown[:-1])} and {shown[-1]}"
