"""``glocal validate``: the facts against the shapes and checks."""

from __future__ import annotations

import sys

from glocal_kg._cli.common import DATA, LANG, graph, on_terminal, write
from glocal_kg._cli.options import Given, Option, Verb
from glocal_kg._cli.progress import Progress

VERB = Verb(
    "validate [FILE...] [options]",
    "Validate the packaged facts, together with your files, against shapes and checks. A report\n"
    "to read on a terminal, CSV in a pipe. Exit code 0: no violation (warnings and infos are\n"
    "shown), 1: violations, 2: cannot run.",
    "glocal validate\nglocal validate my-practices.ttl\nglocal validate my.ttl --shapes shapes.ttl",
    [
        Option("--shapes", "shapes of your own instead of the packaged ones", value="FILE"),
        Option(
            "--facts", "which facts to look at (default: asserted)", choices=("asserted", "all")
        ),
        Option("--engine", "the validator; pyshacl is slow", choices=("fast", "pyshacl")),
        Option("--no-checks", "shapes only, without the set-based checks"),
        Option("--format -f", "how to write it", choices=("text", "csv", "json", "turtle")),
        DATA,
        LANG,
    ],
    most=None,
)


def run(given: Given) -> int:
    """Validate, and write the report."""
    only_shapes = given.has("no-checks") or given.has("shapes")
    kg = graph(given, given.arguments, index="later" if only_shapes else "now")
    facts = given.one("facts", "asserted")
    with Progress() as progress:
        if facts == "all":
            progress.tell("inferring")
            kg.infer()
        progress.tell("validating")
        report = kg.validate(
            given.one("shapes") or None,
            facts,  # type: ignore[arg-type]
            given.one("engine", "fast"),  # type: ignore[arg-type]
            checks=not given.has("no-checks"),
        )
    format = given.one("format") or ("text" if on_terminal() else "csv")
    if format == "turtle":
        write(report.to_graph().serialize(format="turtle"))
    else:
        write(getattr(report, f"to_{format}")())
    if format == "csv":
        for doubt in report.doubts:
            print(f"glocal: {doubt}", file=sys.stderr)
    return 1 if report.at_least("violation") else 0
