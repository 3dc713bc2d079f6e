"""What this file says of things that other files tell of: the same, something else, or the same
place as another thing. Nothing is made one unasked."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode

from glocal_kg._glocal.corpus.importing.elsewhere import Elsewhere
from glocal_kg._glocal.corpus.importing.quads import literal
from glocal_kg._glocal.corpus.importing.single_values import (
    agree,
    country_of,
    is_single,
    same_country,
)
from glocal_kg._glocal.corpus.matching import countries
from glocal_kg._glocal.corpus.matching.candidate import NEAR, alike
from glocal_kg._glocal.corpus.matching.gazetteer import distance
from glocal_kg._glocal.corpus.matching.matching import key_of
from glocal_kg._glocal.corpus.matching.review import NONE, Twin

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import Quad

    from glocal_kg._glocal.corpus.findings import Findings
    from glocal_kg._glocal.corpus.importing.record import Entity, Record
    from glocal_kg._glocal.corpus.importing.result import Import
    from glocal_kg._glocal.corpus.mapping import MappedProperty
    from glocal_kg._glocal.corpus.mapping.cellvalue import CellValue

_FEW = 20  # places of another file that are told one by one
_ALIKE = 0.84  # likeness of names from which two places at one point may be one


def look_across(result: Import, entities: list[Entity], others: Elsewhere) -> None:
    """Compare the things of an import with those of other graphs, and tell what is found."""
    file = result.book.name
    offered: dict[str, list[tuple[Entity, str, str]]] = {}
    for entity in entities:
        if entity.first.wanted is not None:
            twin = _twin(entity, result, others)
            if twin is not None:
                offered.setdefault(others.file(twin[0]), []).append((entity, *twin))
    for other, twins in offered.items():
        _offer(other, twins, others, file, result.findings)
    told: dict[tuple[str, str], list[Entity]] = {}
    for entity in entities:
        if all(record.thing.reference for record in entity.records):
            continue
        if others.told(entity.iri):
            told.setdefault((others.file(entity.iri), entity.thing.pool), []).append(entity)
            _contradiction(entity, file, others, result.findings)
    for (other, pool), entities in told.items():
        first = entities[0].first
        many = "one thing" if len(entities) == 1 else f"{len(entities)} things"
        result.findings.add(
            file, first.sheet.name, first.place(first.first), "repeated", value=entities[0].name,
            suggestion=f"{others.where(entities[0].iri)} tells of it too: {many} of {pool} are"
            f" in both files. To replace what {other} says, import under its name.",
            row=first.row, column=first.first,
        )  # fmt: skip


def _contradiction(entity: Entity, file: str, others: Elsewhere, findings: Findings) -> None:
    """Tell of values that differ from another file's where a thing has one."""
    seen = set()
    for record in entity.records:
        for given, value, column in record.values:
            if (given.iri, value) in seen or not is_single(given):
                continue
            seen.add((given.iri, value))
            known = _rivals(given, value, others.said(entity.iri))
            if known:
                _told_otherwise(
                    entity, record, column, "conflict", value.text, known, others, file, findings
                )
    mine = next(((name, r) for r in entity.records if (name := country_of(r))), None)
    theirs = others.country(entity.iri)
    if mine is not None and theirs and not same_country(mine[0], theirs):
        column = mine[1].columns.get("country", -1)
        there = countries.names(theirs)
        _told_otherwise(
            entity, mine[1], column, "two-countries", mine[0], there, others, file, findings
        )


def _rivals(given: MappedProperty, value: CellValue, said: list[Quad]) -> str:
    """What other graphs say instead of a value; "" where they say it, or nothing."""
    mine = literal(value.text, value.type) if value.type else NamedNode(value.text)
    found = []
    for quad in said:
        term = quad.object
        if quad.predicate.value != given.iri or type(term) is not type(mine):
            continue
        if isinstance(term, Literal) and isinstance(mine, Literal):
            if term.language != mine.language:
                continue
            if agree(mine.value, term.value, value.type):
                return ""
        elif term == mine:
            return ""
        found.append(str(getattr(term, "value", term)))
    return found[0] if found else ""


def _told_otherwise(
    entity: Entity,
    record: Record,
    column: int,
    rule: str,
    value: str,
    known: str,
    others: Elsewhere,
    file: str,
    findings: Findings,
) -> None:
    kept = "Both were kept, each in the graph of its file: correct one of them."
    findings.add(
        file, record.sheet.name, record.place(column), rule, value=value,
        expected=f"{known}, as {others.where(entity.iri)} has it",
        suggestion=f"Correct one of the two: {known} stands in the graph of the other file."
        if record.aside else kept,
        row=record.row, column=column if column >= 0 else None,
    )  # fmt: skip


def _twin(entity: Entity, result: Import, others: Elsewhere) -> tuple[str, str] | None:
    """The thing of another graph that a place may be, and why, where a person has to say;
    where one did, it is taken."""
    wanted = entity.first.wanted
    assert wanted is not None
    if others.said(entity.iri):
        return None  # it is the thing that the other file tells of
    key = f"{key_of(wanted)}|thing"
    decision = result.decisions.get(key)
    found = dict(_twins(entity, others))
    if decision and decision != NONE:
        entity.iri = decision
        found.setdefault(decision, "decided by a person")
    for iri, why in found.items():
        names = others.names(iri)
        result.twins.append(Twin(wanted, key, iri, names[0] if names else "", why))
    return None if decision else next(iter(found.items()), None)


def _offer(
    other: str,
    twins: list[tuple[Entity, str, str]],
    others: Elsewhere,
    file: str,
    findings: Findings,
) -> None:
    """Tell of places that another file has too, one by one where they are few."""
    for entity, iri, why in twins if len(twins) <= _FEW else twins[:1]:
        record = entity.first
        column = record.columns.get("name", record.first)
        told = f"{others.where(iri)} has it as <{iri}> ({why}). They were kept apart; say in the"
        told += " review table whether they are one."
        if len(twins) > _FEW:
            told = (
                f"{len(twins):,} places may be in {other} too, {entity.name} as <{iri}> ({why})"
                " the first of them. They were kept apart; the review table (--review) lists"
                " each, to say whether they are one."
            )
        findings.add(
            file, record.sheet.name, record.place(column), "known-elsewhere", value=entity.name,
            suggestion=told, row=record.row, column=column,
        )  # fmt: skip


def _twins(entity: Entity, others: Elsewhere) -> Iterator[tuple[str, str]]:
    """The things of other graphs that a place may be, each with the reason."""
    wanted, match = entity.first.wanted, entity.match
    assert wanted is not None
    asked = entity.first.thing.match
    link = asked.link if asked else ""
    matched = match.place.iri if match and match.place and asked else ""
    seen = {entity.iri}
    if matched:
        for iri in others.with_value(link, NamedNode(matched)):
            if iri not in seen:
                seen.add(iri)
                yield iri, "both are one place of the gazetteer"
    own = _code(wanted.country)
    is_country = "name" not in entity.first.columns
    point = next((record.point for record in entity.records if record.point), None)
    for iri in others.named(entity.name):
        if iri in seen or others.is_country(iri) != is_country:
            continue
        if is_country and others.is_packaged(iri):  # nobody has to say that Italy is Italy
            continue
        there = others.point(iri)
        far = distance(point, there) if point and there else None
        where = others.country(iri)
        apart = bool(own and where and own != where) or (
            bool(matched) and _matched_to_another(iri, link, matched, others)
        )
        if (far is None and not apart) or (far is not None and far <= NEAR):
            seen.add(iri)
            yield iri, "the name is the same" + (f", {far:.0f} km away" if far is not None else "")
    if point is None or is_country or len(seen) > 1:
        return
    for iri, there in others.around(point):
        if abs(point[0] - there[0]) > NEAR / 111 or iri in seen or distance(point, there) > NEAR:
            continue
        likeness = max((alike(entity.name, name) for name in others.names(iri)), default=0.0)
        if likeness >= _ALIKE and not others.is_country(iri):
            seen.add(iri)
            yield iri, f"the name is alike, {distance(point, there):.0f} km away"


def _matched_to_another(iri: str, link: str, matched: str, others: Elsewhere) -> bool:
    known = others.values(iri, NamedNode(link))
    base = matched.rpartition("/")[0].rpartition("/")[0]
    return matched not in known and any(one.startswith(base) for one in known)


def _code(country: str) -> str:
    state = countries.state(country) if country else None
    return state.code if state else ""
