"""``glocal describe``: all that is said of a thing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glocal_kg._cli.common import LANG, OWN, graph, width, write
from glocal_kg._cli.options import Verb
from glocal_kg.errors import GlocalError

if TYPE_CHECKING:
    from glocal_kg._cli.options import Given

VERB = Verb(
    "describe THING [options]",
    "All that is said of a thing, both ways: named by IRI, prefix:name, or its name.",
    "glocal describe Kigali",
    [*OWN, LANG],
    most=1,
)


def run(given: Given) -> int:
    """Describe one thing."""
    if not given.arguments:
        raise GlocalError("There is no thing.", remedy="Give its IRI, prefix:name, or name.")
    write(graph(given).describe(" ".join(given.arguments)).to_text(width()))
    return 0
