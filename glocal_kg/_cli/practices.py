"""``glocal practices``: the practices of the graph as a table."""

from __future__ import annotations

from glocal_kg._cli.common import LANG, OWN, graph, listed
from glocal_kg._cli.options import Given, Option, Verb

VERB = Verb(
    "practices [options]",
    "The practices of the graph with their themes, participants and dates. Exit code 1: none.",
    "glocal practices --source mine -d my-practices.ttl\nglocal practices --theme area:sport",
    [
        Option("--theme", "only those with a theme", value="IRI"),
        Option("--participant", "only those that somebody takes part in", value="IRI"),
        Option("--source", "read only a graph, or mine", value="IRI", many=True),
        Option("--interpretations", "read interpretations too"),
        Option("--format -f", "how to write them", choices=("text", "csv", "json")),
        *OWN,
        LANG,
    ],
)


def run(given: Given) -> int:
    """List practices."""
    return listed(
        given,
        graph(given).practices(
            source=given.all("source") or None,
            theme=given.one("theme", "") or None,
            participant=given.one("participant", "") or None,
            interpretations=given.has("interpretations"),
        ),
    )
