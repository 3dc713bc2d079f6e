"""``glocal cities``: the cities of the graph as a table."""

from __future__ import annotations

from glocal_kg._cli.common import LANG, OWN, graph, listed
from glocal_kg._cli.options import Given, Option, Verb

VERB = Verb(
    "cities [options]",
    "The cities of the graph with their coordinates and what they lie in. Exit code 1: none.",
    "glocal cities --source mine -d my-cities.ttl",
    [
        Option("--source", "read only a graph, or mine", value="IRI", many=True),
        Option("--interpretations", "read interpretations too"),
        Option("--format -f", "how to write them", choices=("text", "csv", "json")),
        *OWN,
        LANG,
    ],
)


def run(given: Given) -> int:
    """List cities."""
    source = given.all("source") or None
    found = graph(given).cities(source=source, interpretations=given.has("interpretations"))
    return listed(given, found)
