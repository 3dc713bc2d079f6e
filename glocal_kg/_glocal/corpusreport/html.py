"""A document as one HTML page that loads nothing from anywhere."""

from __future__ import annotations

from glocal_kg._glocal.corpusreport.plain_page import (
    Cell,
    Figure,
    PageTable,
    ReportDocument,
    Section,
    origin,
    shown,
)
from glocal_kg._glocal.corpusreport.words import ReportWords
from glocal_kg._rdf.escaping import escape

_STYLE = """
:root { color-scheme: light; }
body { font: 16px/1.5 'Source Sans 3', 'Source Sans Pro', 'Helvetica Neue', Arial, sans-serif;
  color: #1c1e26; background: #ffffff; max-width: 62rem; margin: 0 auto; padding: 1.5rem; }
h1 { font-size: 2rem; line-height: 1.2; margin-bottom: 0.2rem; }
h2 { margin-top: 2.5rem; border-bottom: 2px solid #0072b2; padding-bottom: 0.2rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; margin: 0.5rem 0; }
caption { text-align: left; font-weight: 600; padding: 0.4rem 0; }
th, td { text-align: left; padding: 0.25rem 0.9rem 0.25rem 0; border-bottom: 1px solid #c9ccd6;
  vertical-align: top; }
td.number { text-align: right; font-variant-numeric: tabular-nums; }
figure { margin: 1rem 0; }
figure svg { width: 100%; min-width: 42rem; height: auto; }
figcaption { font-weight: 600; }
.origin { color: #4d505e; font-size: 0.85rem; overflow-wrap: anywhere; margin-top: 0; }
nav ol { padding-left: 1.2rem; }
@media print { figure svg { min-width: 0; }
  body { max-width: none; padding: 0; } h2 { break-after: avoid; }
  figure, table { break-inside: avoid; } nav { display: none; } }
""".strip()


def html(document: ReportDocument) -> str:
    """The page; pictures are part of it, and nothing is loaded from elsewhere."""
    contents = "".join(
        f'<li><a href="#section-{number}">{escape(section.heading)}</a></li>'
        for number, section in enumerate(document.sections, 1)
    )
    said = document.said
    sections = [_section(number, one, said) for number, one in enumerate(document.sections, 1)]
    return "\n".join(
        [
            "<!DOCTYPE html>",
            f'<html lang="{said.language}">',
            "<head>",
            '<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(document.title)}</title>",
            f"<style>{_STYLE}</style>",
            "</head>",
            "<body>",
            "<header>",
            f"<h1>{escape(document.title)}</h1>",
            f"<p>{escape(document.subtitle)}</p>",
            "</header>",
            f'<nav aria-label="{said.parts}"><ol>{contents}</ol></nav>',
            "<main>",
            *sections,
            "</main>",
            "</body>",
            "</html>",
            "",
        ]
    )


def _section(number: int, section: Section, said: ReportWords) -> str:
    lines = [f'<section id="section-{number}">', f"<h2>{escape(section.heading)}</h2>"]
    for block in section.blocks:
        if isinstance(block, PageTable):
            lines.append(_table(block, said))
        elif isinstance(block, Figure):
            lines.append(_figure(block, said))
        else:
            lines.append(f"<p>{escape(block)}</p>")
    return "\n".join([*lines, "</section>"])


def _table(table: PageTable, said: ReportWords) -> str:
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in table.columns)
    body = "\n".join(
        "<tr>" + "".join(_cell(cell, said) for cell in row) + "</tr>" for row in table.rows
    )
    return (
        f'<div class="wide"><table><caption>{escape(table.caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>\n{body}\n</tbody></table></div>"
        f"{_origin(table, said)}"
    )


def _cell(cell: Cell, said: ReportWords) -> str:
    number = ' class="number"' if isinstance(cell, int | float) else ""
    return f"<td{number}>{escape(shown(cell, said))}</td>"


def _figure(figure: Figure, said: ReportWords) -> str:
    return (
        f'<figure><div class="wide">{figure.picture.svg.strip()}</div>\n'
        f"<figcaption>{escape(figure.caption)}</figcaption>"
        f"{_origin(figure, said)}</figure>"
    )


def _origin(block: PageTable | Figure, said: ReportWords) -> str:
    told = origin(block, said)
    return f'<p class="origin">{escape(told)}</p>' if told else ""
