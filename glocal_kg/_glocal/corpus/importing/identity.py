"""Which records are of one thing, and the IRI it gets: names decide, and distance where asked.

Two things never get one IRI: where two keys would, all but the first carry a mark of their own,
and so does one that has the key of another thing of another graph.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict

from glocal_kg._glocal.corpus.importing.record import JOIN, Entity
from glocal_kg._glocal.corpus.mapping.mapped_things import slug
from glocal_kg._glocal.corpus.mapping.text_values import invisible
from glocal_kg._glocal.corpus.matching.gazetteer import distance
from glocal_kg._rdf.namespaces import RDFS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from glocal_kg._glocal.corpus.findings import Findings
    from glocal_kg._glocal.corpus.importing.elsewhere import Elsewhere
    from glocal_kg._glocal.corpus.importing.record import Key, Record
    from glocal_kg._glocal.corpus.mapping import ThingMapping


def group(
    records: list[Record], file: str, findings: Findings, others: Elsewhere | None = None
) -> list[Entity]:
    """The entities of records, each with its IRI, in the order of their first rows; none has
    the IRI that a thing of another name, or far away, has in ``others``."""
    pools: dict[str, list[Record]] = {}
    for record in records:
        pools.setdefault(record.thing.pool, []).append(record)
    entities: list[Entity] = []
    # Things of their own first: the keys of others need their entities.
    for pool in sorted(pools.values(), key=lambda pool: any(pool[0].parts)):
        keyed: dict[Key, list[Record]] = {}
        for record in pool:
            keyed.setdefault(_key(record), []).append(record)
        entities += _name(keyed, file, findings, others)
    return entities


def _key(record: Record) -> Key:
    """What a record is grouped by; for things of the row in it, the ends of their IRIs.

    Two cities may have one name, so the names of two partners do not tell a partnership.
    """
    if not any(record.parts):
        return record.key
    key = [
        text if other is None or other.entity is None else other.entity.iri.rpartition("/")[2]
        for text, other in zip(record.key, record.parts, strict=True)
    ]
    return tuple(sorted(key) if record.thing.symmetric else key)


def slug_of(record: Record) -> str:
    """The end of the IRI of a thing by its row alone, where no other thing has its name."""
    key = [
        text if other is None else slug(" ".join(other.key))
        for text, other in zip(record.key, record.parts, strict=True)
    ]
    return _slug(tuple(sorted(key) if record.thing.symmetric else key))


def _name(
    keyed: dict[Key, list[Record]], file: str, findings: Findings, others: Elsewhere | None
) -> list[Entity]:
    slugs: dict[str, list[Key]] = defaultdict(list)
    for key in keyed:
        slugs[_slug(key)].append(key)
    found: list[Entity] = []
    for key, records in keyed.items():
        thing = records[0].thing
        name = _slug(key)
        alike = sorted(slugs[name], key=lambda k: (bool(invisible("".join(k))), k))
        if len(alike) > 1 and key != alike[0]:
            name += _mark(key)
            if not any(records[0].parts):
                _two_spellings(records[0], alike[0], file, findings)
        elif others is not None and _of_another_name(records[0], thing.base + name, others):
            name += _mark(key)
        groups = _apart(records, thing.apart)
        for number, part in enumerate(groups):
            own = name
            if len(groups) > 1:
                own += _suffix(part[0])
                if number:
                    _two_of_one_name(part, groups, file, findings)
            elif others is not None and _far_from(part, thing, thing.base + own, others):
                own += _suffix(next(record for record in part if record.point))
            entity = Entity(thing, _shown(part[0]), list(part), thing.base + own)
            entity.records.sort(key=lambda record: (record.aside, record.thing.reference))
            for record in part:
                record.entity = entity
            found.append(entity)
    return found


def _mark(key: Key) -> str:
    return "-" + hashlib.sha256(JOIN.join(key).encode()).hexdigest()[:6]


def _of_another_name(record: Record, iri: str, others: Elsewhere) -> bool:
    """Whether a thing of another graph has this IRI by another spelling of its name; only
    where the name is what the thing is known by."""
    label = next((h for h in record.values if h.given.iri == RDFS.label.value), None)
    if label is None or label.column != record.first or any(record.parts):
        return False
    names = others.names(iri)
    return bool(names) and label.value.text not in names


def _far_from(part: list[Record], thing: ThingMapping, iri: str, others: Elsewhere) -> bool:
    """Whether the thing of another graph that has this IRI is too far away to be the same."""
    here = next((record.point for record in part if record.point), None)
    there = others.point(iri) if here and thing.apart is not None else None
    return bool(here and there and distance(here, there) > (thing.apart or 0.0))


def _shown(record: Record) -> Key:
    return tuple(sorted(record.key)) if record.thing.symmetric else record.key


def _slug(key: Key) -> str:
    return slug(" ".join(key).replace(JOIN, " "))


def _apart(records: list[Record], apart: float | None) -> list[list[Record]]:
    """Records of one key in groups whose points are no farther apart than is allowed."""
    points = dict.fromkeys(record.point for record in records if record.point)
    if apart is None or len(points) < 2:
        return [records]
    groups: list[list[tuple[float, float]]] = []
    for point in points:
        near = [part for part in groups if any(distance(point, other) <= apart for other in part)]
        joined = [point, *(other for part in near for other in part)]
        groups = [part for part in groups if part not in near] + [joined]
    if len(groups) == 1:
        return [records]
    found = [[r for r in records if r.point in part] for part in groups]
    without = [record for record in records if record.point is None]
    if without:  # asked about before: see unclear
        found.append(without)
    return sorted(found, key=lambda part: part[0].spot[1])


def unclear(records: list[Record]) -> list[Record]:
    """Records without a coordinate whose name several places have that are far apart."""
    keyed: dict[tuple[str, Key], list[Record]] = defaultdict(list)
    for record in records:
        if record.thing.apart is not None:
            keyed[record.thing.pool, record.key].append(record)
    found = []
    for same in keyed.values():
        without = [record for record in same if record.point is None]
        if without and len(_apart([r for r in same if r.point], same[0].thing.apart)) > 1:
            found += without
    return found


def _suffix(record: Record) -> str:
    if record.point is None:
        return "-somewhere"
    latitude, longitude = record.point
    north = "n" if latitude >= 0 else "s"
    east = "e" if longitude >= 0 else "w"
    written = f"-{abs(latitude):.2f}{north}-{abs(longitude):.2f}{east}"
    return written.replace(".", "-")


def _two_of_one_name(
    part: list[Record], groups: list[list[Record]], file: str, findings: Findings
) -> None:
    first, other = groups[0][0], part[0]
    if first.point is None or other.point is None:
        return
    column = other.columns.get("latitude", 0)
    findings.add(
        file, other.spot[0], other.place(column), "two-of-one-name", value=other.told,
        suggestion=f"It is {distance(first.point, other.point):.0f} km from the one in row"
        f" {first.spot[1]}, so they are two places.",
        row=other.spot[1], column=column,
    )  # fmt: skip


def _two_spellings(record: Record, other: Key, file: str, findings: Findings) -> None:
    column = record.columns.get("name", -1)
    findings.add(
        file, record.spot[0], record.place(column), "one-name-two-spellings",
        value=record.told,
        suggestion=f"Spell it as '{', '.join(other)}' if they are one; they"
        " were kept apart.",
        row=record.row, column=column if column >= 0 else None,
    )  # fmt: skip
