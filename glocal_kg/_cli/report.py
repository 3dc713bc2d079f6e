"""``glocal report``: one page on a corpus, as HTML or Markdown."""

from __future__ import annotations

from glocal_kg._cli.common import LANG, OWN, TIMEOUT, graph, on_terminal, tell, write
from glocal_kg._cli.options import Given, Option, Verb
from glocal_kg.errors import GlocalError

VERB = Verb(
    "report [FOLDER] [options]",
    "One page on a corpus that could go with a paper: what is in it and where from, findings,\n"
    "map, criteria with spread and agreement, networks, what was inferred, how to cite. FOLDER\n"
    "holds files of facts, or is one. The report is on --source, else on the files given, else on\n"
    "the whole graph. HTML that loads nothing from anywhere, or Markdown with its pictures beside\n"
    "it. Its sentences are in the first of --lang that is en, it or fr. The same corpus gives the\n"
    "same bytes. Exit code 1: validation found something in the corpus.",
    "glocal report corpus/ -o report.html\nglocal report corpus/ -o report.md --date 2026-11-30",
    [
        Option(
            "--output -o",
            "the page: .html or .md (default: HTML into a pipe)",
            value="FILE",
            writes=True,
        ),
        Option("--title", "the title of the page", value="TEXT"),
        Option("--date", "the date to print", value="DATE"),
        Option("--source", "report only on a graph, or mine", value="IRI", many=True),
        Option("--resamples", "resamples for intervals (default: 1000)", value="N"),
        Option("--seed", "the seed of what is drawn (default: 1)", value="N"),
        *OWN,
        LANG,
        TIMEOUT,
    ],
    most=1,
)


def run(given: Given) -> int:
    """Read the folder, gather, and write the page."""
    if not given.has("output") and on_terminal():
        raise GlocalError("A page needs a file.", remedy="glocal report corpus/ -o report.html")
    from glocal_kg._glocal.corpusreport.corpus_folder import corpus_files
    from glocal_kg._glocal.corpusreport.reporting import report
    from glocal_kg._glocal.source_graphs import named_sources

    files = corpus_files(given.arguments[0]) if given.arguments else []
    kg = graph(given, [str(one.path) for one in files])
    own = "mine" if files or given.has("data") else None
    made = report(
        kg,
        source=named_sources(kg, given.all("source") or own),
        title=given.one("title"),
        date=given.one("date"),
        files=files,
        seed=given.whole("seed", 1),
        resamples=given.whole("resamples", 1000),
    )
    for remark in made.remarks:
        tell(remark)
    if given.has("output"):
        write("\n".join(map(str, made.write(given.one("output")))))
    else:
        write(made.to_html(), data=True)
    return 1 if made.has_findings else 0
