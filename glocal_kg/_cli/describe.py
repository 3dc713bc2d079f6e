"""``glocal describe``: all that is said of a thing."""

from __future__ import annotations

from glocal_kg._cli.common import LANG, OWN, graph, width, write
from glocal_kg._cli.options import Option, Verb
from glocal_kg.errors import GlocalError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from glocal_kg._cli.options import Given

VERB = Verb(
    "describe THING [options]",
    "All that is said of a thing, both ways: named by IRI, prefix:name, or its name.",
    "glocal describe Kigali",
    [Option("--all", "all values of each property, in all languages"), *OWN, LANG],
    most=20,
)


def run(given: Given) -> int:
    """Describe one thing."""
    if not given.arguments:
        raise GlocalError("There is no thing.", remedy="Give its IRI, prefix:name, or name.")
    told = graph(given).describe(" ".join(given.arguments))
    write(told.to_text(width(), None if given.has("all") else 4))
    return 0
