"""Tables for people: on a terminal, in a notebook, and with names in the place of IRIs."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode

from glocal_kg._questions.answers.values import Term, plain, shown
from glocal_kg._rdf.escaping import is_backward, kept_apart, visible, width
from glocal_kg._rdf.writing.html import MOST
from glocal_kg.errors import ArgumentError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from glocal_kg._questions.answers.table import Table

SHOWN = ("names", "iris", "both")
GAP = 2
NARROWEST = 8


def text(table: Table, room: int, show: str = "") -> str:
    """The table in columns; long cells are wrapped, numbers stand to the right.

    An IRI is shown by its label, or as short name where its label stands in another column; by
    both where two things share a label. ``show`` is names, iris, or both.
    """
    cells = [list(row) for row in _cells(table, show)]
    widths = _widths([list(table.columns), *cells], room)
    numbers = [_is_number(table, place) for place in range(len(table.columns))]
    lines = [table.title] if table.title else []
    lines += _lines(list(table.columns), widths, numbers)
    lines.append((" " * GAP).join("─" * size for size in widths))
    for row in cells:
        lines += _lines(row, widths, numbers)
    lines.append(_closing(table))
    return "\n".join(lines)


def html(table: Table) -> str:
    """The table as HTML: nothing loaded from elsewhere, every value escaped.

    Of many rows the first are shown, and said how many there are: a page of all would stop the
    browser, and be kept with the notebook.
    """
    page = table[:MOST]
    head = "".join(f"<th>{_escaped(name)}</th>" for name in table.columns)
    body = []
    for terms, cells in zip(page.terms, _cells(page, twice=shared(table)), strict=True):
        row = (_html_cell(term, cell) for term, cell in zip(terms, cells, strict=True))
        body.append(f"<tr>{''.join(row)}</tr>")
    caption = f"<caption>{_escaped(table.title)}</caption>" if table.title else ""
    closing = _closing(table)
    if len(page) < len(table):
        closing = f"the first {MOST} of {closing}"
    return (
        f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table>"
        f"<p>{_escaped(closing)}</p>"
    )


def _html_cell(term: Term | None, cell: str) -> str:
    inner = _escaped(cell)
    if isinstance(term, NamedNode) and term.value.startswith(("http://", "https://")):
        href = _escaped(term.value)
        inner = f'<a href="{href}" title="{href}" rel="noopener">{inner}</a>'
    language = term.language if isinstance(term, Literal) else None
    said = f' lang="{_escaped(language)}"' if language else ""
    way = ' dir="auto"' if is_backward(cell) else ""
    return f"<td{said}{way}>{inner}</td>"


def _escaped(text: str) -> str:
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace('"', "&quot;")


def _closing(table: Table) -> str:
    if not table.terms:
        return "\n".join([table.note or "No rows.", *table.notes])
    counted = "1 row" if len(table) == 1 else f"{len(table)} rows"
    told = getattr(table._labels, "absent", str)()
    return "\n".join([counted, *table.notes, *([told] if told else [])])


def _cells(table: Table, show: str = "", twice: set[str] | None = None) -> list[list[str]]:
    """What to show for every cell: labels of a column's IRIs unless they stand beside it.

    ``twice`` are names that two things have, by default those of the table.
    """
    if show:
        check(show)
    if twice is None:
        twice = shared(table) if show in ("", "names") else set()
    columns: list[list[str]] = []
    for place in range(len(table.columns)):
        names = [visible(shown(row[place], table.prefixes)) for row in table.terms]
        labels = [table.label(row[place]) for row in table.terms]
        beside = not show and any(
            label is not None and label in map(plain, row[:place] + row[place + 1 :])
            for label, row in zip(labels, table.terms, strict=True)
        )
        columns.append(
            [
                name
                if label is None or beside or show == "iris"
                else f"{visible(label)} ({name})"
                if show == "both" or label in twice
                else visible(label)
                for name, label in zip(names, labels, strict=True)
            ]
        )
    return [list(row) for row in zip(*columns, strict=True)] if columns else []


def _is_number(table: Table, place: int) -> bool:
    terms = [row[place] for row in table.terms if row[place] is not None]
    return bool(terms) and all(
        isinstance(term, Literal) and _looks_numeric(term.value) and not term.language
        for term in terms
    )


def _looks_numeric(text: str) -> bool:
    return text.lstrip("+-").replace(".", "", 1).isdigit()


def _widths(rows: list[list[str]], most: int) -> list[int]:
    """Natural widths, the widest made narrower until the line fits."""
    widths = [max(map(_line_width, column)) for column in zip(*rows, strict=True)]
    room = most - GAP * (len(widths) - 1)
    while sum(widths) > room and max(widths) > NARROWEST:
        widest = widths.index(max(widths))
        rest = [size for place, size in enumerate(widths) if place != widest]
        target = max(room - sum(rest), max(rest, default=0) - 1, NARROWEST)
        widths[widest] = min(target, widths[widest] - 1)
    return widths


def _lines(cells: list[str], widths: list[int], numbers: list[bool]) -> list[str]:
    wrapped = [_wrap(cell, size) for cell, size in zip(cells, widths, strict=True)]
    lines = []
    for number in range(max(map(len, wrapped), default=0)):
        parts = []
        for cell, size, right in zip(wrapped, widths, numbers, strict=True):
            part = kept_apart(cell[number]) if number < len(cell) else ""
            blank = " " * (size - width(part))
            parts.append(blank + part if right else part + blank)
        lines.append((" " * GAP).join(parts).rstrip())
    return lines


def _wrap(text: str, room: int) -> list[str]:
    lines: list[str] = []
    for paragraph in text.splitlines() or [""]:
        line = ""
        for word in paragraph.split(" "):
            if width(word) > room:
                if line:
                    lines.append(line)
                    line = ""
                *full, word = _pieces(word, room)
                lines += full
            joined = f"{line} {word}" if line else word
            if width(joined) <= room:
                line = joined
            else:
                lines.append(line)
                line = word
        lines.append(line)
    return lines


def _pieces(word: str, room: int) -> Iterator[str]:
    """A word cut into pieces that fit, letter by letter: it may be millions long."""
    start, size = 0, 0
    for place, letter in enumerate(word):
        more = width(letter)
        if place > start and size + more > room:
            yield word[start:place]
            start, size = place, 0
        size += more
    yield word[start:]


def _line_width(text: str) -> int:
    return max(map(width, text.splitlines()), default=0)


def named(table: Table, show: str) -> Table:
    """A table whose things are shown as is asked; see ``Table.named``."""
    check(show)
    if show == "iris":
        return table
    made = table[:]
    columns: list[str] = []
    cells: list[list[Term | None]] = [[] for _ in table.terms]
    for place, name in enumerate(table.columns):
        column = [row[place] for row in table.terms]
        things = any(isinstance(term, NamedNode) for term in column)
        labels = [_label(table, term) for term in column]
        columns.append(name)
        if show == "both" and things:
            columns.append(f"{name}_label")
            for row, term, label in zip(cells, column, labels, strict=True):
                row += [term, label]
        else:
            for row, term, label in zip(cells, column, labels, strict=True):
                row.append(_short(table, term) if label is None else label)
    made.columns, made.terms = tuple(columns), [tuple(row) for row in cells]
    return made


def shared(table: Table) -> set[str]:
    """The names that two things of a table have."""
    of: dict[str, NamedNode] = {}
    twice: set[str] = set()
    for row in table.terms:
        for term in row:
            label = table.label(term)
            if label is None or not isinstance(term, NamedNode):
                continue
            if of.setdefault(label, term) != term:
                twice.add(label)
    return twice


def check(show: str) -> None:
    """``ArgumentError`` for what is no way to show a thing."""
    if show not in SHOWN:
        raise ArgumentError("show", show, "one of names, iris, both")


def _short(table: Table, term: Term | None) -> Term | None:
    """A thing without a name by its short IRI, where it has one."""
    if not isinstance(term, NamedNode):
        return term
    short = table.prefixes.shorten(term.value)
    return term if short == term.value else Literal(short)


def _label(table: Table, term: Term | None) -> Literal | None:
    found = table.label(term)
    return None if found is None else Literal(found)
