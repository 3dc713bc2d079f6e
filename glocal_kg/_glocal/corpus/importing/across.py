"""What this file says of things that other files tell of: the same, something else, or the same
place as another thing. Nothing is made one unasked."""

from __future__ import annotations

from pyoxigraph import NamedNode

from glocal_kg._glocal.corpus.importing.elsewhere import Elsewhere
from glocal_kg._glocal.corpus.importing.quads import literal
from glocal_kg._glocal.corpus.matching import countries
from glocal_kg._glocal.corpus.matching.candidate import NEAR, alike
from glocal_kg._glocal.corpus.matching.gazetteer import distance
from glocal_kg._glocal.corpus.matching.matching import key_of
from glocal_kg._glocal.corpus.matching.review import NONE, Twin

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from glocal_kg._glocal.corpus.findings import Findings
    from glocal_kg._glocal.corpus.importing.record import Entity
    from glocal_kg._glocal.corpus.importing.result import Import

_ALIKE = 0.84  # likeness of names from which two places at one point may be one


def look_across(result: Import, others: Elsewhere) -> None:
    """Compare the things of an import with those of other graphs, and tell what is found."""
    file = result.book.path.name
    for entity in result.entities:
        if entity.first.wanted is not None:
            _twin(entity, result, others)
    told: dict[tuple[str, str], list[Entity]] = {}
    for entity in result.entities:
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
    for given, value in entity.values:
        if not given.one:
            continue
        known = others.values(entity.iri, NamedNode(given.iri))
        mine = value.text if not value.type else literal(value.text, value.type).value
        if not known or mine in known:
            continue
        record = next(r for r in entity.records if any(h.given.iri == given.iri for h in r.values))
        column = next(h.column for h in record.values if h.given.iri == given.iri)
        findings.add(
            file, record.sheet.name, record.place(column), "conflict", value=value.text,
            expected=f"{known[0]}, as {others.where(entity.iri)} has it",
            suggestion="Both were kept, each in the graph of its file: correct one of them.",
            row=record.row, column=column if column >= 0 else None,
        )  # fmt: skip


def _twin(entity: Entity, result: Import, others: Elsewhere) -> None:
    """Offer the thing of another graph that a place may be; or take it, where a person did."""
    wanted = entity.first.wanted
    assert wanted is not None
    if others.said(entity.iri):
        return  # it is the thing that the other file tells of
    key = f"{key_of(wanted)}|thing"
    decision = result.decisions.get(key)
    found = dict(_twins(entity, others))
    if decision and decision != NONE:
        entity.iri = decision
        found.setdefault(decision, "decided by a person")
    for iri, why in found.items():
        names = others.names(iri)
        result.twins.append(Twin(wanted, key, iri, names[0] if names else "", why))
    if decision or not found:
        return
    iri, why = next(iter(found.items()))
    record = entity.first
    column = record.columns.get("name", record.first)
    result.findings.add(
        result.book.path.name, record.sheet.name, record.place(column), "known-elsewhere",
        value=entity.name,
        suggestion=f"{others.where(iri)} has it as <{iri}> ({why}). They were kept apart; say in"
        " the review table whether they are one.",
        row=record.row, column=column,
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
