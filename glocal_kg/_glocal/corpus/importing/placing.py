"""Places of an import and the gazetteer: each is looked up by what its rows come to."""

from __future__ import annotations

from glocal_kg._glocal.corpus.matching import Gazetteer, match_country, match_places
from glocal_kg._glocal.corpus.matching.gazetteer import from_table, packaged

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from os import PathLike

    from glocal_kg._glocal.corpus.importing.record import Entity
    from glocal_kg._glocal.corpus.importing.result import Import
    from glocal_kg._glocal.corpus.matching import Wanted


def as_gazetteer(given: Gazetteer | str | PathLike[str] | None) -> Gazetteer:
    """A gazetteer by itself, from a table, or the packaged one."""
    if given is None:
        return packaged()
    return given if isinstance(given, Gazetteer) else from_table(given)


def match_entities(
    result: Import, things: list[Entity], gazetteer: Gazetteer, say: Callable[[str], None]
) -> None:
    """Give each thing whose mapping says match: its match; offers become findings."""
    every = [entity for entity in things if _is_place(entity)]
    entities = [entity for entity in every if entity.first.columns.get("name") is not None]
    for entity in every:
        if entity.first.wanted is not None and "name" not in entity.first.columns:
            entity.match = match_country(entity.first.wanted)
    wanted = [_wanted(entity) for entity in entities]
    found = match_places(
        wanted,
        gazetteer,
        result.decisions,
        lambda done: say(f"matching places: {done:,} of {len(wanted):,}"),
    )
    for entity, match in zip(entities, found, strict=True):
        entity.match = match
        if match.verdict != "offered" or _may_be_settled(entity):
            continue
        record, best = entity.first, match.best
        column = record.columns["name"]
        told = f" Is it {best.place.name} ({best.place.iri})?" if best else ""
        result.findings.add(
            result.book.name, record.sheet.name, record.place(column), "match-offered",
            value=entity.name, suggestion=f"{match.why[0].upper()}{match.why[1:]}.{told}",
            row=record.row, column=column,
        )  # fmt: skip
    result.matches = [
        entity.match for entity in every if entity.match is not None and not _may_be_settled(entity)
    ]
    _not_found(every, result)
    _one_place_twice(every, result)
    _one_place_with_itself(things, result)


def _not_found(entities: list[Entity], result: Import) -> None:
    """Tell which places the gazetteer does not have."""
    for entity in entities:
        if entity.match is None or entity.match.verdict != "refused":
            continue
        if entity.first.doubts & {"name", "country"}:
            continue
        record, why = entity.first, entity.match.why
        column = record.columns.get("name", record.first)
        result.findings.add(
            result.book.name, record.sheet.name, record.place(column), "not-in-gazetteer",
            value=entity.name, suggestion=f"{why[0].upper()}{why[1:]}; it was imported unmatched.",
            row=record.row, column=column,
        )  # fmt: skip


def _one_place_twice(entities: list[Entity], result: Import) -> None:
    """Tell of two things that are one place of the gazetteer: a country has two names, say."""
    first: dict[tuple[str, str], Entity] = {}
    spelled = result.findings.of("one-name-two-spellings")
    told = {(finding.sheet, finding.row, finding.column) for finding in spelled}
    for entity in entities:
        if entity.match is None or entity.match.place is None:
            continue
        other = first.setdefault((entity.thing.pool, entity.match.place.iri), entity)
        if other is entity:
            continue
        record = entity.first
        column = record.columns.get("name", record.first)
        if (record.sheet.name, record.row, column) in told:
            continue
        result.findings.add(
            result.book.name, record.sheet.name, record.place(column),
            "one-name-two-spellings", value=entity.told,
            suggestion=f"'{other.told}' (row {other.first.row}) is the same place of the"
            " gazetteer; write both alike if they are one; they were kept apart.",
            row=record.row, column=column,
        )  # fmt: skip


def _one_place_with_itself(things: list[Entity], result: Import) -> None:
    """Tell of partners that are one place of the gazetteer, though their names or keys differ."""
    for entity in things:
        if not entity.thing.differ:
            continue
        for record in entity.records:
            partners = [part.entity for part in record.parts if part and part.entity]
            found = {p.match.place.iri for p in partners if p.match and p.match.place}
            if len(partners) != 2 or partners[0] is partners[1] or len(found) != 1:
                continue
            if any(p.match is None or p.match.place is None for p in partners):
                continue
            column = record.columns.get("name", record.first)
            result.findings.add(
                result.book.name, record.sheet.name, record.place(column), "to-itself",
                value=" and ".join(partner.name for partner in partners), level="warning",
                suggestion="Both are one place of the gazetteer; correct one, or remove the row.",
                row=record.row, column=column,
            )  # fmt: skip


def _may_be_settled(entity: Entity) -> bool:
    """Whether a cell that has to be corrected may say which place is meant; where there is a
    coordinate, neither population nor time does."""
    doubts, wanted = entity.first.doubts, entity.first.wanted
    pointed = wanted is not None and wanted.point is not None
    return bool(doubts - {"population", "when"} if pointed else doubts)


def _is_place(entity: Entity) -> bool:
    """Whether a thing is to be looked up; of actors only those that lie somewhere."""
    wanted = entity.first.wanted
    if wanted is None or not entity.first.thing.match:
        return False
    return bool(entity.first.thing.kind or wanted.country or wanted.point)


def _wanted(entity: Entity) -> Wanted:
    """What is known of a place from all its rows."""
    first = entity.first.wanted
    assert first is not None
    for record in entity.counting[1:]:
        other = record.wanted
        if other is None:
            continue
        if first.point is None and other.point is not None:
            first = first._replace(latitude=other.latitude, longitude=other.longitude)
        if first.population is None:
            first = first._replace(population=other.population)
        if first.year is None:
            first = first._replace(year=other.year)
    return first
