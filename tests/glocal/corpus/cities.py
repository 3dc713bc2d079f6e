"""Cities in tables of every format, with rows at fault, and the mapping that reads them."""

import csv
import zipfile
from xml.sax.saxutils import escape

import openpyxl

from glocal_kg._glocal.corpus.mapping.from_yaml import mapping_of

CITIES = """
language: en
base: https://example.org/
missing: ["n/a"]
things:
  city:
    class: glocal:City
    key: [id]
    columns:
      id: dcterms:identifier
      name: {property: rdfs:label, required: true}
      inhabitants: {property: gn:population, type: whole}
      area: {property: schema:size, type: number}
      joined: {property: schema:startDate, type: date}
      left: {property: schema:endDate, type: date}
      status: {property: schema:status, values: {member: ex:Member, guest: ex:Guest}}
prefixes: {ex: https://example.org/}
"""
HEADER = ["id", "name", "inhabitants", "area", "joined", "left", "status", "mayor"]
GOOD = ["00123", "Turin", "870456", "130.17", "2003-02-01", "", "member", "x@example.org"]


def csv_of(path, rows, mark=",", encoding="utf-8"):
    with path.open("w", newline="", encoding=encoding) as out:
        csv.writer(out, delimiter=mark).writerows(rows)
    return path


def xlsx_of(path, rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append([value or None for value in row])
    book.save(path)
    return path


def mapping(text=CITIES):
    return mapping_of(text, "m.yaml", "m")


def facts(kg):
    return {
        (q.subject.value, q.predicate.value.rpartition("#")[2].rpartition("/")[2], q.object.value)
        for q in kg.facts
        if q.subject.value.startswith("https://example.org/")
    }


BAD = [
    (["1", "", "5", "", "", "", "member", ""], "B", "required"),
    (["2", "A", "12.5", "", "", "", "", ""], "C", "not-whole"),
    (["3", "A", "20493.0", "", "", "", "", ""], "C", "not-whole"),
    (["4", "A", "1,234", "", "", "", "", ""], "C", "number-unclear"),
    (["5", "A", "-", "", "", "", "", ""], "C", "not-a-number"),
    (["6", "A", "null", "", "", "", "", ""], "C", "not-a-number"),
    (["7", "A", "5", "12 km", "", "", "", ""], "D", "not-a-number"),
    (["8", "A", "5", "12,5", "", "", "", ""], "D", "not-a-number"),
    (["9", "A", "5", "25%", "", "", "", ""], "D", "not-a-number"),
    (["10", "A", "5", "", "01/02/2003", "", "", ""], "E", "date-unclear"),
    (["11", "A", "5", "", "01/02/03", "", "", ""], "E", "date-unclear"),
    (["12", "A", "5", "", "2003", "", "", ""], "E", "not-a-date"),
    (["13", "A", "5", "", "2003-02-30", "", "", ""], "E", "not-a-date"),
    (["14", "A", "5", "", "2003-02-01", "2002-01-01", "", ""], "F", "ends-before-start"),
    (["15", "A", "5", "", "", "", "membr", ""], "G", "not-listed"),
    (["16", "#REF!", "5", "", "", "", "", ""], "B", "error-cell"),
    (["17", "A", "#DIV/0!", "", "", "", "", ""], "C", "error-cell"),
    (["18", "A", "5", "١٢", "", "", "", ""], "D", "not-a-number"),
]


def ods_of(path, rows):
    """A spreadsheet of texts, in the least that its format asks for."""
    names = "urn:oasis:names:tc:opendocument:xmlns:"
    made = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{escape(value)}</text:p>'
            "</table:table-cell>" if value else "<table:table-cell/>"
            for value in row
        )
        + "</table:table-row>"
        for row in rows
    )  # fmt: skip
    xml = (
        f'<office:document-content xmlns:office="{names}office:1.0"'
        f' xmlns:table="{names}table:1.0" xmlns:text="{names}text:1.0"><office:body>'
        f'<office:spreadsheet><table:table table:name="a">{made}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("content.xml", xml)
    return path
