"""Rows of a template on things that another file tells of already: a name once, one value."""

from __future__ import annotations

from glocal_kg._glocal.corpus.importing.consistency import NAMED, ONE
from glocal_kg._glocal.corpus.importing.identity import slug_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from glocal_kg._glocal.corpus.findings import Findings
    from glocal_kg._glocal.corpus.importing.elsewhere import Elsewhere
    from glocal_kg._glocal.corpus.importing.record import Record


def check_told_before(
    records: list[Record], file: str, findings: Findings, others: Elsewhere
) -> None:
    """Tell of rows that say something else of a thing than the row of another file, by which a
    name would mean two things. A row that says the same as before is no error."""
    for record in records:
        iri = _iri(record)
        if record.thing.reference or not others.told(iri):
            continue
        said = {(q.predicate.value, _text(q.object)) for q in others.said(iri)}
        where = others.where(iri)
        if record.thing.pool in NAMED and record.told in others.names(iri):
            if not _facts(record) <= said:
                findings.add(
                    file, record.sheet.name, record.place(record.first), "name-twice",
                    value=record.told,
                    suggestion=f"{where} has it and says something else: put both into one row,"
                    " or tell them apart. To replace that file, import under its name.",
                    row=record.row, column=record.first,
                )  # fmt: skip
            continue
        for held in record.values:
            known = [text for property, text in said if property == held.given.iri]
            one = held.given.one or held.given.iri in ONE
            mine = held.value.text
            if held.column < 0 or not one or not known or mine in known:
                continue
            findings.add(
                file, record.sheet.name, record.place(held.column), "conflict", level="error",
                value=mine, expected=f"{sorted(known)[0]}, as {where} has it",
                suggestion="Both rows tell of one thing: correct one of them, or remove it.",
                row=record.row, column=held.column,
            )  # fmt: skip


def _facts(record: Record) -> set[tuple[str, str]]:
    """What a row says of its thing, but for where it says it."""
    told = {(held.given.iri, held.value.text) for held in record.values}
    return told | {(given.iri, _iri(other)) for given, other in record.links if not given.inverse}


def _iri(record: Record) -> str:
    """The IRI that the thing of a row has where no other has its name."""
    return record.thing.base + slug_of(record)


def _text(term: object) -> str:
    return str(getattr(term, "value", term))
