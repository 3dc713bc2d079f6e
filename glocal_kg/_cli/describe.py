"""``glocal describe``: all that is said of a thing."""

from __future__ import annotations

from glocal_kg._cli.common import LANG, OWN, graph, width, write, write_table
from glocal_kg._cli.options import Option, Verb, expect_effect_on
from glocal_kg.errors import GlocalError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from glocal_kg._cli.options import Given

FORMATS = ("text", "csv", "tsv", "json")

VERB = Verb(
    "describe THING [options]",
    "All that is said of a thing, both ways: named by IRI, prefix:name, or its name.",
    "glocal describe Kigali",
    [
        Option("--all", "all values of each property, in all languages"),
        Option("--format -f", "how to write it (default: text)", choices=FORMATS),
        *OWN,
        LANG,
    ],
    most=20,
)


def run(given: Given) -> int:
    """Describe one thing."""
    if not given.arguments:
        raise GlocalError("There is no thing.", remedy="Give its IRI, prefix:name, or name.")
    format = given.one("format", "text")
    if format != "text":
        expect_effect_on(given, format, "all", "has all values")
    kg = graph(given)
    told = kg.describe(" ".join(given.arguments))
    if format != "text":
        write_table(told.to_table(), format, "iris")
        return 0
    write(told.to_text(width(), None if given.has("all") else 4))
    return 0
