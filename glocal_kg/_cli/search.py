"""``glocal search``: things by words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glocal_kg._cli.common import LANG, OWN, graph, write
from glocal_kg._cli.options import Option, Verb
from glocal_kg.errors import GlocalError

if TYPE_CHECKING:
    from glocal_kg._cli.options import Given

VERB = Verb(
    "search WORDS [options]",
    "Things whose names, definitions or sentences have the words; accents and slips are forgiven.",
    "glocal search 'citta glocale'",
    [Option("--limit", "so many at most (default: 20)", value="N"), *OWN, LANG],
    most=20,
)


def run(given: Given) -> int:
    """Search by words."""
    if not given.arguments:
        raise GlocalError("There are no words.", remedy="Give the words to look for.")
    hits = graph(given).search(" ".join(given.arguments), given.whole("limit", 20))
    write("\n".join(f"{hit.name}\t{hit.iri}" for hit in hits) or "Nothing is found.")
    return 0
