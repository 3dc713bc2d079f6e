"""``glocal import``: a table of your own to a graph one can trust."""

from __future__ import annotations

import os
import shlex
import shutil
import warnings

from glocal_kg._cli.common import on_terminal, tell, write
from glocal_kg._cli.options import Given, Option, Verb
from glocal_kg._cli.progress import Progress
from glocal_kg._rdf.escaping import file_stem
from glocal_kg._rdf.formats import by_suffix
from glocal_kg._rdf.writing.whole_file import write_whole
from glocal_kg.errors import GlocalError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path

    from glocal_kg._glocal.corpus.importing import Import
    from glocal_kg._kg import KnowledgeGraph

VERB = Verb(
    "import TABLE [options]",
    "Import a table (CSV, TSV, XLSX, ODS, YAML, JSON) by a mapping, or a filled template without\n"
    "one, as a named graph. Every problem is told at once; rows with errors or questions are set\n"
    "aside. Exit code 0: all rows are kept, 1: some are not, 2: cannot run.",
    "glocal import cities.xlsx --draft cities.yaml\n"
    "glocal import cities.xlsx -m cities.yaml -o cities.trig --aside rest.xlsx\n"
    "glocal import corpus.xlsx -o corpus.trig",
    [
        Option("--mapping -m", "what the columns are", value="FILE"),
        Option(
            "--draft",
            "write a first mapping to edit, and import nothing",
            value="FILE",
            writes=True,
            alone="TABLE",
        ),
        Option(
            "--output -o",
            "the file of the graph, of any RDF format; in .trig and .nq other\n"
            "imports stay beside it",
            value="FILE",
            writes=True,
        ),
        Option(
            "--graph", "a graph on disk that it goes into, made where there is none", value="FOLDER"
        ),
        Option("--name", "the name of the graph (default: that of the table)", value="NAME"),
        Option("--when", "the date of the import, to be recorded", value="DATE"),
        Option("--all-or-nothing", "keep nothing unless all rows are good"),
        Option(
            "--gazetteer",
            "a table of places instead of the packaged one",
            value="FILE",
            without="no-match",
        ),
        Option("--no-match", "do not look places up"),
        Option(
            "--review",
            "decisions on places: read, and written again",
            value="FILE",
            writes=True,
            without="no-match",
        ),
        Option(
            "--aside", "write the rows set aside, to correct and import", value="FILE", writes=True
        ),
        Option(
            "--marked", "write a copy of the workbook with marked cells", value="FILE", writes=True
        ),
        Option("--merged", "write what was made one, and why, as CSV", value="FILE", writes=True),
        Option("--report", "write all findings, as .csv, .json or .txt", value="FILE", writes=True),
        Option("--format -f", "how to show findings", choices=("text", "csv", "json")),
    ],
    least=1,
    most=1,
)
_ENDINGS = {
    "report": (".csv", ".json", ".txt"),
    "merged": (".csv", ".txt"),
    "review": (".csv", ".txt"),
}
_FEW = 5  # findings of each rule that a terminal shows


def run(given: Given) -> int:
    """Import, and write what was asked for."""
    table = given.arguments[0]
    if given.has("draft"):
        return _draft(table, given.one("draft"))
    output, folder = given.one("output"), given.one("graph")
    _expect_endings(given)
    result = _import(given, table, output, folder)
    format = given.one("format") or ("text" if on_terminal() else "csv")
    text = format == "text"
    write(_shown(result) if text else getattr(result.findings, format)(), data=not text)
    tell(result.summary())
    if result.kept and not output and not folder:
        tell("The facts are in no file: give one with -o FILE, or a graph on disk with --graph.")
    return 1 if result.findings.stopping else 0


def _import(given: Given, table: str, output: str, folder: str) -> Import:
    """Import, and write the files that were asked for."""
    with Progress() as progress:
        if output and os.path.exists(output):
            progress.tell(f"reading {output}")
        new = bool(folder) and not os.path.exists(folder)
        kg = _graph(output, folder)
        try:
            result = kg.import_table(
                table,
                given.one("mapping") or None,
                name=given.one("name") or None,
                when=given.one("when"),
                rows="all" if given.has("all-or-nothing") else "good",
                gazetteer=given.one("gazetteer") or None,
                match=not given.has("no-match"),
                decisions=given.one("review") or None,
                tell=progress.tell,
            )
        except BaseException:
            kg.close()
            if new and not len(kg):  # it was made for this, and nothing came into it
                shutil.rmtree(folder)
            raise
        progress.tell("writing")
        if output and result.kept:
            written = by_suffix(output)
            several = written is not None and written.named_graphs
            kg.write(output, graph=None if several else result.graph)
        kg.close()
        _write_files(given, result)
    return result


def _expect_endings(given: Given) -> None:
    """Raise ``GlocalError`` where a file would be called what it is not."""
    for name, endings in _ENDINGS.items():
        ending = os.path.splitext(given.one(name))[1].lower()
        if ending and ending not in endings and not _is_special(given.one(name)):
            raise GlocalError(
                f"--{name} cannot be written as '{given.one(name)}'.",
                remedy=f"Give a name that ends in {' or '.join(endings)}.",
            )


def _is_special(path: str) -> bool:
    return os.path.exists(path) and not os.path.isfile(path)  # a pipe, /dev/null


def _draft(table: str, path: str) -> int:

    from glocal_kg import draft_mapping

    if os.path.exists(path):
        raise GlocalError(
            f"{path} is there already, and may have been edited.", remedy="Name another file."
        )
    name = file_stem(path).removesuffix(".mapping")
    write_whole(path, draft_mapping(table, name))
    then = f"glocal import {shlex.quote(table)} -m {shlex.quote(path)}"
    tell(f"Wrote {path}; edit it, then: {then}")
    return 0


def _graph(output: str, folder: str) -> KnowledgeGraph:
    """The graph that the import goes into, with what the output file holds already."""
    from glocal_kg import KnowledgeGraph
    from glocal_kg._rdf.formats import RDF_FORMATS

    if folder:
        from glocal_kg._opening import open

        kg = open(folder, create=True)
    else:
        kg = KnowledgeGraph()
    if not output:
        return kg
    format = by_suffix(output)
    if format is None:
        endings = ", ".join(known.suffix for known in RDF_FORMATS)
        raise GlocalError(f"The ending of '{output}' is of no graph.", remedy=f"Take {endings}.")
    if os.path.exists(output):
        if not format.named_graphs:
            raise GlocalError(
                f"{output} is there already, and {format.code} does not keep imports apart.",
                remedy="Remove it, or name a file that ends in .trig, to which imports are added.",
            )
        kg.add(output)
    return kg


def _write_files(given: Given, result: Import) -> None:
    if given.has("review"):
        write_whole(given.one("review"), result.review())
    if given.has("merged"):
        write_whole(given.one("merged"), result.merges_csv())
    if given.has("report"):
        path = given.one("report")
        kind = path.rpartition(".")[2]
        if kind in ("csv", "json"):
            write_whole(path, getattr(result.findings, kind)())
        else:
            write_whole(path, f"{result.findings}\n")
    if given.has("aside"):
        _tell_place("rows set aside", given.one("aside"), result.write_aside(given.one("aside")))
    if given.has("marked"):
        with warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("always")
            made = result.mark(given.one("marked"))
        _tell_place("marked copy", given.one("marked"), made)
        for warning in told:
            tell(warning.message)


def _tell_place(what: str, asked: str, made: Path | None) -> None:
    """Say where something is whose name got the ending of what it is."""
    if made is not None and made.name != os.path.basename(asked):
        tell(f"The {what}: {made}.")


def _shown(result: Import) -> str:
    """The findings as a person reads them: the first of each rule, and how many more."""
    seen: dict[str, int] = {}
    lines = []
    for finding in result.findings:
        seen[finding.rule] = seen.get(finding.rule, 0) + 1
        if finding.stops or seen[finding.rule] <= _FEW:
            lines.append(str(finding))
    more = [f"{count - _FEW} more of {rule}" for rule, count in seen.items() if count > _FEW]
    if more:
        lines.append(f"Not shown: {', '.join(more)} (--report writes all).")
    return "\n".join(lines)
