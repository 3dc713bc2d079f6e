"""Names of things that other rows tell of: one that nobody tells of is a slip."""

from __future__ import annotations

from glocal_kg._glocal.corpus.mapping.mapped_things import slug
from glocal_kg._glocal.corpus.mapping.text_values import meant_or_parted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from glocal_kg._glocal.corpus.findings import Findings
    from glocal_kg._glocal.corpus.importing.elsewhere import Elsewhere
    from glocal_kg._glocal.corpus.importing.record import Key, Record, Spot


def check_references(
    others: Elsewhere | None, records: list[Record], file: str, findings: Findings
) -> None:
    """Names that neither a row nor another graph tells of are errors: a slip would make a thing
    nobody knows. Rows that were set aside name things that the import of another file made; what
    an earlier import of this name made goes with this one."""
    told = {(r.thing.pool, r.key) for r in records if not r.thing.reference}
    names: dict[str, list[str]] = {}
    known: dict[str, list[str]] = {}  # by the beginning of their IRIs, those of the graph
    for pool, key in told:
        names.setdefault(pool, []).append(", ".join(key))
    for record in records:
        if not record.thing.reference or (record.thing.pool, record.key) in told:
            continue
        if others is not None and _in_graph(others, record):
            told.add((record.thing.pool, record.key))
            continue
        base, pool = record.thing.base, record.thing.pool
        if others is not None and base not in known:
            known[base] = others.names_below(base)
        given = [*names.get(pool, []), *known.get(base, [])]
        hint = meant_or_parted(record.told, given, record.thing.split)
        hint = f"{hint} Else tell" if hint else "Tell"
        _unknown(
            record, file, findings,
            f"{hint} of it under {pool}, or import into the file that has it (-o).",
        )  # fmt: skip


def check_waiting(
    others: Elsewhere | None,
    records: list[Record],
    aside: set[Spot],
    file: str,
    findings: Findings,
) -> bool:
    """Rows that name a thing whose own row is set aside go with it, so that what is kept says
    nothing of what is not, and the rows set aside import together. Whether there are any."""
    told: dict[tuple[str, Key], Record] = {}
    kept = set()
    for record in records:
        if not record.thing.reference:
            told.setdefault((record.thing.pool, record.key), record)
            if record.spot not in aside:
                kept.add((record.thing.pool, record.key))
    found = False
    for record in records:
        named = (record.thing.pool, record.key)
        if not record.thing.reference or record.spot in aside or named in kept:
            continue
        if named not in told or (others is not None and _in_graph(others, record)):
            continue
        found = True
        where = f"row {told[named].row} of {told[named].sheet.name}"
        _unknown(
            record, file, findings,
            f"Correct {where}, which tells of it and is set aside; this row goes with it.",
        )  # fmt: skip
    return found


def _unknown(record: Record, file: str, findings: Findings, suggestion: str) -> None:
    column = record.columns["name"]
    findings.add(
        file, record.sheet.name, record.place(column), "link-unknown",
        value=record.told, expected=f"a name that stands under {record.thing.pool}",
        suggestion=suggestion, row=record.row, column=column,
    )  # fmt: skip


def _in_graph(others: Elsewhere, record: Record) -> bool:
    """Whether another graph has the thing that a name would get the IRI of, under this name."""
    return record.told in others.names(record.thing.base + slug(" ".join(record.key)))
