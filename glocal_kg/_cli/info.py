"""``glocal info``: what is in the graph, graph by graph."""

from __future__ import annotations

from pyoxigraph import DefaultGraph, Literal, NamedNode

from glocal_kg._cli.common import LANG, OWN, graph, on_terminal, width, write
from glocal_kg._cli.options import Given, Option, Verb
from glocal_kg._graph.checkpoint import is_current
from glocal_kg._questions.answers.table import Table
from glocal_kg._questions.question import names
from glocal_kg._rdf.counted import counted
from glocal_kg._rdf.namespaces import XSD
from glocal_kg._study import packaged

TYPE_CHECKING = False
if TYPE_CHECKING:
    from glocal_kg._kg import KnowledgeGraph

COVERAGE = "evidence/coverage"
STUDIED = ("source:deck", "source:article")

VERB = Verb(
    "info [options]",
    "What the graph holds: its named graphs with their number of facts, terms and questions.\n"
    "A table on a terminal, CSV in a pipe.",
    "glocal info\nglocal info --coverage",
    [
        Option("--coverage", "what is recorded of every slide and paragraph of the sources"),
        *OWN,
        LANG,
        Option("--format -f", "how to write it", choices=("table", "csv", "tsv", "json", "xml")),
    ],
)


def run(given: Given) -> int:
    """Count, and write."""
    kg = graph(given)
    table = coverage(kg) if given.has("coverage") else graphs(kg)
    format = given.one("format") or ("table" if on_terminal() else "csv")
    if format != "table":
        write(getattr(table, f"to_{format}")(), data=True)
        return 0
    text = table.to_text(width())
    if not given.has("coverage"):
        modules = len(packaged.files("ontology", ".ttl"))
        facts = counted(len(kg), "asserted fact")
        text += f"\n{facts}, {modules} ontology files, {len(names())} questions"
        if not given.one("graph") and not is_current():
            text += (
                "\nThe packaged files are read at each start: their checkpoint is missing or was "
                "made of others.\n`python -m glocal_kg._graph.checkpoint` makes it."
            )
    write(text)
    return 0


def coverage(kg: KnowledgeGraph) -> Table:
    """What is recorded of every slide and paragraph, source by source."""
    tables = [kg.run(COVERAGE, source=source) for source in STUDIED]
    rows = [row for table in tables for row in table.terms]
    title = "What is recorded of every slide and paragraph"
    return Table(tables[0].columns, rows, title=title, labels=kg.labels)


def graphs(kg: KnowledgeGraph) -> Table:
    """The named graphs, what describes them, and how many facts each holds."""
    rows, facts = [], kg.facts
    for name in kg.facts_graphs():
        number = facts.moment.find(name)
        if number is None:
            continue
        count = facts.moment.count(None, None, None, facts.selection.but(graphs=(number,)))
        if not count:
            continue
        label = kg.labels(name) if isinstance(name, NamedNode) else None
        shown = Literal("default graph") if isinstance(name, DefaultGraph) else name
        rows.append((shown, label, Literal(str(count), datatype=XSD.integer)))
    return Table(["graph", "title", "facts"], rows, title="What is in the graph")
