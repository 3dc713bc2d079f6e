"""Tables in the W3C formats for query results."""

from __future__ import annotations

import numpy as np
from pyoxigraph import BlankNode, Literal, NamedNode

from glocal_kg._questions.answers.values import Term, plain
from glocal_kg.errors import GlocalError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from glocal_kg._questions.answers.table import Table
    from glocal_kg._rdf.sparql.term_columns import TermColumn

_MARKS = ',"\n\r'
"""A cell that has one of these is quoted."""
_STRING = "http://www.w3.org/2001/XMLSchema#string"
_ITS = 'xmlns:its="http://www.w3.org/2005/11/its" its:version="2.0"'
"""What an element needs that says the direction of its text (SPARQL 1.2 Query Results XML)."""


def csv(table: Table) -> str:
    """SPARQL 1.1 Query Results CSV."""
    columns = table._cells.columns
    if columns is None:
        lines = (",".join(map(_csv_cell, row)) for row in table.terms)
        return "\n".join([_csv_head(table), *lines, ""])
    width, rows = 2 * len(columns), len(columns[0])
    pieces = [","] * (width * rows)
    for place, column in enumerate(columns):
        pieces[2 * place :: width] = _csv_column(column)
    pieces[width - 1 :: width] = ["\n"] * rows
    return "".join([_csv_head(table), "\n", *pieces])


def _csv_head(table: Table) -> str:
    return ",".join(map(_csv_text, table.columns))


def _csv_column(column: TermColumn) -> list[str]:
    """The cell of each row; each different term is written once."""
    texts, places = column.plain(plain)
    together = "".join(texts)
    if any(mark in together for mark in _MARKS):
        texts = list(map(_csv_text, texts))
    cells: list[str] = np.array(texts, object)[places].tolist()
    return cells


def _csv_cell(term: Term | None) -> str:
    return _csv_text(plain(term))


def _csv_text(text: str) -> str:
    if any(mark in text for mark in _MARKS):
        return '"' + text.replace('"', '""') + '"'
    return text


def tsv(table: Table) -> str:
    """SPARQL 1.1 Query Results TSV."""
    lines = ["\t".join(f"?{name}" for name in table.columns)]
    for row in table.terms:
        lines.append("\t".join("" if term is None else str(term) for term in row))
    return "".join(f"{line}\n" for line in lines)


def json(table: Table) -> str:
    """SPARQL 1.1 Query Results JSON."""
    from json import dumps

    bindings = [
        {name: _json_term(term) for name, term in _bound(table, row)} for row in table.terms
    ]
    document = {"head": {"vars": list(table.columns)}, "results": {"bindings": bindings}}
    return dumps(document, ensure_ascii=False, indent=1) + "\n"


def _json_term(term: Term) -> dict[str, object]:
    if isinstance(term, NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, Literal):
        found: dict[str, object] = {"type": "literal", "value": term.value}
        if term.language:
            found["xml:lang"] = term.language
            if term.direction:
                found["its:dir"] = str(term.direction)
        elif term.datatype.value != _STRING:
            found["datatype"] = term.datatype.value
        return found
    parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
    return {"type": "triple", "value": {name: _json_term(part) for name, part in parts.items()}}


def xml(table: Table) -> str:
    """SPARQL Query Results XML Format. Raises ``GlocalError`` for what XML cannot write."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>']
    lines.append('<sparql xmlns="http://www.w3.org/2005/sparql-results#">')
    names = "".join(f'<variable name="{name}"/>' for name in table.columns)
    lines.append(f"<head>{names}</head>\n<results>")
    for number, row in enumerate(table.terms, 1):
        cells = (_xml_cell(name, term, number) for name, term in _bound(table, row))
        lines.append(f"<result>{''.join(cells)}</result>")
    lines.append("</results>\n</sparql>\n")
    return "\n".join(lines)


def _xml_cell(name: str, term: Term, row: int) -> str:
    from glocal_kg._rdf.writing.rdfxml import NotExpressible

    try:
        return f'<binding name="{name}">{_xml_term(term)}</binding>'
    except NotExpressible as error:
        raise GlocalError(
            f"Row {row}, column ?{name}: {error.message}", remedy="Write json, tsv or csv."
        ) from None


def _xml_term(term: Term) -> str:
    if isinstance(term, NamedNode):
        return f"<uri>{_escaped(term.value)}</uri>"
    if isinstance(term, BlankNode):
        return f"<bnode>{_escaped(term.value)}</bnode>"
    if isinstance(term, Literal):
        attribute = ""
        if term.language:
            attribute = f' xml:lang="{_escaped(term.language)}"'
            if term.direction:
                attribute += f' {_ITS} its:dir="{term.direction}"'
        elif term.datatype.value != _STRING:
            attribute = f' datatype="{_escaped(term.datatype.value)}"'
        return f"<literal{attribute}>{_escaped(term.value)}</literal>"
    parts = zip(("subject", "predicate", "object"), term, strict=True)
    return f"<triple>{''.join(f'<{n}>{_xml_term(t)}</{n}>' for n, t in parts)}</triple>"


def _escaped(content: str) -> str:
    from glocal_kg._rdf.writing.rdfxml import text  # only XML needs it

    return text(content).replace('"', "&quot;")


def _bound(table: Table, row: tuple[Term | None, ...]) -> list[tuple[str, Term]]:
    return [(name, term) for name, term in zip(table.columns, row, strict=True) if term is not None]
