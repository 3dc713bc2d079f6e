"""``glocal search``: things by words."""

from __future__ import annotations

from glocal_kg._cli.common import LANG, OWN, graph, on_terminal, tell, write_table
from glocal_kg._cli.options import Option, Verb
from glocal_kg.errors import GlocalError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from glocal_kg._cli.options import Given

FORMATS = ("table", "csv", "tsv", "json")

VERB = Verb(
    "search WORDS [options]",
    "Things whose names, definitions or sentences have the words; accents and slips are forgiven.",
    "glocal search 'citta glocale'",
    [
        Option("--format -f", "how to write it (in a pipe: csv)", choices=FORMATS),
        Option("--limit", "so many at most (default: 20)", value="N"),
        *OWN,
        LANG,
    ],
    most=20,
)


def run(given: Given) -> int:
    """Search by words."""
    if not given.arguments:
        raise GlocalError("There are no words.", remedy="Give the words to look for.")
    kg = graph(given)
    hits = kg.search(" ".join(given.arguments), given.whole("limit", 20))
    from pyoxigraph import Literal, NamedNode

    from glocal_kg._questions.answers.table import Table

    rows = []
    for hit in hits:
        text = Literal(hit.text, language=hit.language) if hit.language else Literal(hit.text)
        rows.append((Literal(hit.name), NamedNode(hit.iri), text, Literal(hit.language)))
    table = Table(("name", "iri", "text", "language"), rows)
    table.prefixes = kg.prefixes
    write_table(table, given.one("format") or ("table" if on_terminal() else "csv"), "iris")
    if hits.note or not hits:
        tell(hits.note or "Nothing is found.")
    return 0
