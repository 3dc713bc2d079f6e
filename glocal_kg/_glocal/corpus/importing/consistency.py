"""What the rows of a template may not say, though each cell is good by itself.

A foreign table may repeat and contradict itself, and its rows are put together. A template is
one's own: what would not conform once imported is told by its cell, and its row set aside.
"""

from __future__ import annotations

from glocal_kg._glocal.corpus.templates.ontology import label
from glocal_kg._rdf.namespaces import RDF, SCHEMA
from glocal_kg._study.vocab import BASE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from glocal_kg._glocal.corpus.findings import Findings
    from glocal_kg._glocal.corpus.importing.record import Held, Key, Record

_G = BASE + "ontology#"
_LOCATED, _GOVERNS, _TYPE = _G + "locatedIn", _G + "governs", RDF.type.value
_LOWEST, _HIGHEST, _SCORE = _G + "lowestScore", _G + "highestScore", _G + "score"
ONE = {SCHEMA.startDate.value, SCHEMA.endDate.value}  # a partnership has one of each
_PLACES = {_G + "City", _G + "Place"}
NAMED = ("practices", "actors")  # sheets with a column that names the thing of a row


def check_consistency(records: list[Record], file: str, findings: Findings) -> None:
    """Tell of names that stand twice, of rows that contradict others, of scores beyond their
    scale, and of what a thing of its kind has to have or cannot have."""
    first: dict[tuple[str, Key], Record] = {}
    values: dict[tuple[str, Key, str], tuple[Held, Record]] = {}
    for record in records:
        if record.thing.reference:
            continue
        key = tuple(sorted(record.key)) if record.thing.symmetric else record.key
        if record.thing.pool in NAMED:
            _named_once(record, first.setdefault((record.thing.pool, key), record), file, findings)
        else:
            _said_alike(record, key, values, file, findings)
        if record.thing.pool == "ratings":
            _within_scale(record, file, findings)
        if record.thing.pool == "actors":
            _of_its_kind(record, file, findings)


def _named_once(record: Record, first: Record, file: str, findings: Findings) -> None:
    if first is not record:
        findings.add(
            file, record.sheet.name, record.place(record.first), "name-twice",
            value=record.told,
            suggestion=f"Row {first.row} has it too: put both into one row, or tell them apart.",
            row=record.row, column=record.first,
        )  # fmt: skip


def _said_alike(
    record: Record,
    key: Key,
    values: dict[tuple[str, Key, str], tuple[Held, Record]],
    file: str,
    findings: Findings,
) -> None:
    """Two rows of one partnership, rating or scale have the same value where it has one."""
    for held in record.values:
        if held.column < 0 or not (held.given.one or held.given.iri in ONE):
            continue
        other, where = values.setdefault((record.thing.pool, key, held.given.iri), (held, record))
        if other.value != held.value:
            findings.add(
                file, record.sheet.name, record.place(held.column), "conflict", level="error",
                value=held.value.text, expected=f"{other.value.text}, as row {where.row} has it",
                suggestion="Both rows tell of one thing: correct one of them, or remove it.",
                row=record.row, column=held.column,
            )  # fmt: skip


def _within_scale(record: Record, file: str, findings: Findings) -> None:
    score = _held(record, _SCORE)
    scale = next((other for _, other in record.links if other.thing.pool == "scale"), None)
    if scale is None:
        return
    lowest, highest = _held(scale, _LOWEST), _held(scale, _HIGHEST)
    if lowest is None or highest is None:
        return
    low, high = float(lowest.value.text), float(highest.value.text)
    if low >= high:
        odd, expected = highest, f"a highest score above {lowest.value.text}, the lowest"
    elif score is not None and not low <= float(score.value.text) <= high:
        odd = score
        expected = f"a score from {lowest.value.text} to {highest.value.text}, as its scale says"
    else:
        return
    findings.add(
        file, record.sheet.name, record.place(odd.column), "out-of-range", value=odd.value.text,
        expected=expected, suggestion="Correct the score, or the ends of the scale.",
        row=record.row, column=odd.column,
    )  # fmt: skip


def _of_its_kind(record: Record, file: str, findings: Findings) -> None:
    """A government governs something; a country is that of a place, and of nothing else."""
    kind = _held(record, _TYPE)
    if kind is None or kind.value.text in _PLACES:
        return
    if kind.value.text == _G + "Government" and not any(g.iri == _GOVERNS for g, _ in record.links):
        findings.add(
            file, record.sheet.name, record.place(kind.column), "required",
            value=record.told, expected="the place it governs, in the column 'governs'",
            suggestion="Name the city or place, and tell of it in a row of its own.",
            row=record.row, column=kind.column,
        )  # fmt: skip
    country = next((other for given, other in record.links if given.iri == _LOCATED), None)
    if country is not None:
        record.links = [link for link in record.links if link[1] is not country]
        findings.add(
            file, record.sheet.name, record.place(country.first), "country-of-no-place",
            value=country.told,
            suggestion=f"It was left out, for the row is of kind {label(kind.value.text)}.",
            row=record.row, column=country.first,
        )  # fmt: skip
    record.wanted = None  # a bank that is called as a town is no place of the gazetteer


def _held(record: Record, iri: str) -> Held | None:
    return next((held for held in record.values if held.given.iri == iri), None)
