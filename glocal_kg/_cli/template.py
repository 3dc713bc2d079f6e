"""``glocal template``: sheets to fill in with practices of your own."""

from __future__ import annotations

import shlex

from glocal_kg._cli.common import tell
from glocal_kg._cli.options import Given, Option, Verb

VERB = Verb(
    "template PATH [options]",
    "Write a template for practices, actors, partnerships and ratings: a workbook (.xlsx) with\n"
    "help and drop-downs, or a folder of CSV. Filled in, it imports without a mapping.",
    "glocal template corpus.xlsx\nglocal template corpus-folder --examples",
    [Option("--examples", "with a few rows filled in")],
    least=1,
    most=1,
)


def run(given: Given) -> int:
    """Write the template."""
    from glocal_kg._glocal.corpus.templates import template

    path = template(given.arguments[0], examples=given.has("examples"))
    tell(f"Wrote {path}; fill it in, then: glocal import {shlex.quote(str(path))} -o corpus.trig")
    return 0
