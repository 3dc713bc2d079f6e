"""``glocal report``: one page on a corpus, as HTML or Markdown."""

from __future__ import annotations

from glocal_kg._cli.common import LANG, graph, on_terminal, write
from glocal_kg._cli.options import Given, Option, Verb
from glocal_kg.errors import GlocalError

VERB = Verb(
    "report FOLDER [options]",
    "One page on a corpus that could go with a paper: what is in it and where from, findings,\n"
    "map, criteria with spread and agreement, networks, what was inferred, how to cite. FOLDER\n"
    "holds files of facts, or is one. HTML that loads nothing from anywhere, or Markdown with its\n"
    "pictures beside it. The same corpus gives the same bytes. Exit code 1: validation found\n"
    "something in the corpus.",
    "glocal report corpus/ -o report.html\nglocal report corpus/ -o report.md --date 2026-11-30",
    [
        Option("--output -o", "the page: .html or .md (default: HTML into a pipe)", value="FILE"),
        Option("--title", "the title of the page", value="TEXT"),
        Option("--date", "the date to print", value="DATE"),
        Option("--resamples", "resamples for intervals (default: 1000)", value="N"),
        Option("--seed", "the seed of what is drawn (default: 1)", value="N"),
        LANG,
    ],
    least=1,
    most=1,
)


def run(given: Given) -> int:
    """Read the folder, gather, and write the page."""
    if not given.has("output") and on_terminal():
        raise GlocalError("A page needs a file.", remedy="glocal report corpus/ -o report.html")
    from glocal_kg._glocal.report.folder import corpus_files
    from glocal_kg._glocal.report.reporting import report

    files = corpus_files(given.arguments[0])
    kg = graph(given, [str(one.path) for one in files])
    made = report(
        kg,
        title=given.one("title", "Report on a corpus"),
        date=given.one("date"),
        files=files,
        seed=given.whole("seed", 1),
        resamples=given.whole("resamples", 1000),
    )
    if given.has("output"):
        write("\n".join(map(str, made.write(given.one("output")))))
    else:
        write(made.to_html(), data=True)
    (found,) = [one for one in made.document.sections if one.heading == "Findings"]
    return 1 if len(found.blocks) > 1 else 0
