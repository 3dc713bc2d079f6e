"""``glocal validate``: the facts against the shapes and checks."""

from __future__ import annotations

from glocal_kg._cli.common import LANG, OWN, TIMEOUT, graph, on_terminal, tell, write
from glocal_kg._cli.options import Given, Option, Verb, expect_effect_on
from glocal_kg._cli.progress import Progress
from glocal_kg._rdf.counted import counted
from glocal_kg._rdf.namespaces import shorten
from glocal_kg.errors import GlocalError

VERB = Verb(
    "validate [FILE...] [options]",
    "Say what is wrong with your files, beside the packaged facts, by shapes and checks; without\n"
    "a file, with the packaged facts themselves. With --shapes of your own, your files alone are\n"
    "validated, unless --packaged adds the packaged facts. A report to read on a terminal, CSV in\n"
    "a pipe. Exit code 0: no violation (warnings and infos are shown), 1: violations, 2: cannot\n"
    "run.",
    "glocal validate my-practices.ttl\nglocal validate\nglocal validate my.ttl --shapes shapes.ttl",
    [
        Option("--all", "each finding, where there are many; else kind by kind"),
        Option("--shapes", "shapes of your own instead of the packaged ones", value="FILE"),
        Option(
            "--packaged",
            "with --shapes: the packaged facts too, beside your files",
            only="shapes",
            without="graph",
        ),
        Option(
            "--facts", "which facts to look at (default: asserted)", choices=("asserted", "all")
        ),
        Option("--engine", "the validator; pyshacl is slow", choices=("fast", "pyshacl")),
        Option("--no-checks", "shapes only, without the set-based checks", without="shapes"),
        Option("--format -f", "how to write it", choices=("text", "csv", "json", "turtle")),
        *OWN,
        LANG,
        TIMEOUT,
    ],
    most=None,
    reads_input=True,
)


def run(given: Given) -> int:
    """Validate, and write the report."""
    shapes, own = given.one("shapes"), [*given.arguments, *given.all("data")]
    if given.has("packaged") and not own:
        raise GlocalError(
            "--packaged has no effect without files of your own: the packaged facts are there.",
            remedy="Leave it out.",
        )
    format = given.one("format") or ("text" if on_terminal() else "csv")
    if format != "text":
        expect_effect_on(given, format, "all", "has each finding")
    packaged = not (shapes and own) or given.has("packaged")
    kg = graph(given, given.arguments, packaged=packaged)
    facts = given.one("facts", "asserted")
    with Progress() as progress:
        if facts == "all":
            progress.tell("inferring")
            kg.infer()
        progress.tell("validating")
        report = kg.validate(
            shapes or None,
            facts,  # type: ignore[arg-type]  # who gives another word is told
            given.one("engine", "fast"),  # type: ignore[arg-type]  # who gives another word is told
            checks=not given.has("no-checks"),
            source="mine" if own and not shapes else None,
        )
    if shapes or own:
        there = given.one("graph") or ("the packaged facts" if packaged else "")
        by = shapes or (f"the shapes in {there}" if given.has("graph") else "the packaged shapes")
        judged = _judged(own, there, len(kg), by)
        if format == "text":
            write(f"{judged}\n\n")
        else:
            tell(judged)
    if format == "turtle":
        write(report.to_graph().serialize(format="turtle"), data=True)
    elif format == "text":
        write(report.to_text(None if given.has("all") else 20))
    else:
        write(getattr(report, f"to_{format}")(), data=True)
    if format == "csv":
        if report.things is not None:
            tell(report.to_text(0).partition("\n")[0])
        elif shapes:
            looked = (
                f"{number:,} by {shorten(shape)}" for shape, number in report.looked_at.items()
            )
            tell(f"nodes looked at: {', '.join(looked)}.")
        for doubt in report.doubts:
            tell(doubt)
    return 1 if report.at_least("violation") else 0


def _judged(own: list[str], there: str, facts: int, shapes: str) -> str:
    """Which facts were validated, ``there`` and in files, and against what."""
    files = ", ".join(own)
    what = f"{there} and {files}" if there and own else there or f"{files} alone"
    return f"Validated {what} ({counted(facts, 'fact')}) against {shapes}."
