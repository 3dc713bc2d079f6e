"""``glocal report``: one page on a corpus, as HTML or Markdown."""

from __future__ import annotations

from glocal_kg._cli.common import LANG, graph, on_terminal, write
from glocal_kg._cli.options import Given, Option, Verb
from glocal_kg.errors import GlocalError

VERB = Verb(
    "report [FOLDER] [options]",
    "One page on a corpus that could go with a paper: what is in it and where from, findings,\n"
    "map, criteria with spread and agreement, networks, what was inferred, how to cite. FOLDER\n"
    "holds files of facts, or is one; without it the report is on the packaged graph. HTML that\n"
    "loads nothing from anywhere, or Markdown with its pictures beside it. Its sentences are in\n"
    "the first of --lang that is en, it or fr. The same corpus gives the same bytes. Exit code 1:\n"
    "validation found something in the corpus.",
    "glocal report corpus/ -o report.html\nglocal report corpus/ -o report.md --date 2026-11-30",
    [
        Option("--output -o", "the page: .html or .md (default: HTML into a pipe)", value="FILE"),
        Option("--title", "the title of the page", value="TEXT"),
        Option("--date", "the date to print", value="DATE"),
        Option("--resamples", "resamples for intervals (default: 1000)", value="N"),
        Option("--seed", "the seed of what is drawn (default: 1)", value="N"),
        LANG,
    ],
    most=1,
)


def run(given: Given) -> int:
    """Read the folder, gather, and write the page."""
    if not given.has("output") and on_terminal():
        raise GlocalError("A page needs a file.", remedy="glocal report corpus/ -o report.html")
    from glocal_kg._glocal.report.folder import corpus_files
    from glocal_kg._glocal.report.reporting import report

    files = corpus_files(given.arguments[0]) if given.arguments else []
    kg = graph(given, [str(one.path) for one in files])
    made = report(
        kg,
        source="mine" if files else None,
        title=given.one("title"),
        date=given.one("date"),
        files=files,
        seed=given.whole("seed", 1),
        resamples=given.whole("resamples", 1000),
    )
    if given.has("output"):
        write("\n".join(map(str, made.write(given.one("output")))))
    else:
        write(made.to_html(), data=True)
    return 1 if made.has_findings else 0
