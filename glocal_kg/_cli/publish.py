"""``glocal publish``: a release as a folder of linked data; ``--verify`` checks one."""

from __future__ import annotations

import signal

from glocal_kg._cli.common import OWN, TIMEOUT, graph, tell, write
from glocal_kg._cli.options import Given, Option, Verb
from glocal_kg._cli.progress import Progress
from glocal_kg._study import packaged
from glocal_kg._study.vocab import GLOCAL
from glocal_kg.errors import GlocalError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from types import FrameType

    from pyoxigraph import Quad

    from glocal_kg._kg import KnowledgeGraph

_ABOUT = (
    Option("--title", "title, where the graph has none", value="TEXT"),
    Option("--description", "description, where the graph has none", value="TEXT"),
    Option("--license", "license, where the graph names none", value="IRI"),
    Option("--publisher", "who publishes, where the graph does not say", value="NAME"),
    Option("--homepage", "web page of the project", value="IRI"),
    Option("--keywords", "keywords, separated by commas", value="WORDS"),
    Option("--themes", "data themes of the EU by their codes, as SOCI,REGI", value="CODES"),
    Option("--spatial", "place that the data are of, as GeoNames has it", value="IRI"),
    Option("--endpoint", "SPARQL endpoint that serves the graph", value="IRI"),
    Option("--base-url", "address the folder will have on the web", value="IRI"),
)
VERB = Verb(
    "publish FOLDER [FILE...] [options]",
    "Publish the packaged graph and, apart from it, what follows from it; or only graphs of your\n"
    "own from FILEs, which are streamed, as they are: glocal validate says what is wrong in them.\n"
    "The folder appears whole or not at all. With --verify, check a release, ours or another's.\n"
    "Exit code 0: fine, 1: findings of --verify, 2: cannot run.",
    "glocal publish dist/ --version 0.1.0\n"
    "glocal publish dist/ my.nq --version 1.0.0 --date 2026-01-31 --title Mine ...\n"
    "glocal publish --verify dist/",
    [
        Option("--version", "version (default: the ontology's)", value="X.Y.Z"),
        Option("--date", "date (default: the ontology's, never today)", value="Y-M-D"),
        Option("--previous", "release before, for the change log", value="PATH"),
        Option(
            "--allow-removal",
            "publish even if a term vanished without being deprecated",
            only="previous",
        ),
        Option("--replace", "put the release in the place of an older one"),
        Option("--infer", "infer from FILEs too; holds them in memory", only="FILE"),
        Option("--asserted", "leave out what follows from the packaged graph", without="FILE"),
        Option("--compress", "compressed copies", choices=("gzip", "zstd", "none")),
        Option("--parquet", "write the tables as Parquet too"),
        Option("--queries", "folder of query files of your own", value="FOLDER"),
        Option("--verify", "check the release in FOLDER, change nothing", alone="FOLDER"),
        *_ABOUT,
        *OWN,
        TIMEOUT,
    ],
    least=1,
    most=None,
    reads_input=True,
)


def run(given: Given) -> int:
    """Publish, or verify a release and list the findings."""
    if given.has("verify"):
        return _verify(given)
    from glocal_kg._publish import publish
    from glocal_kg._rdf.counted import counted

    folder, *files = given.arguments
    prefixes: dict[str, str] = {}
    source, inferred = _sources(given, files, prefixes)
    # An end from outside must clean up as an interruption at the keyboard does.
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)  # Windows has no SIGHUP, and nohup ignores it
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _stop)
    with Progress() as progress:
        release = publish(
            source,
            folder,
            version=given.one("version") or None,
            date=given.one("date") or None,
            inferred=inferred,
            previous=given.one("previous") or None,
            allow_removal=given.has("allow-removal"),
            replace=given.has("replace"),
            compression=given.one("compress", "gzip"),
            parquet=given.has("parquet"),
            queries=given.one("queries") or (None if files else packaged.folder("queries")),
            about=_about(given),
            prefixes=prefixes,
            progress=progress.tell,
        )
    facts = release.facts
    write(
        f"{folder}: {release.version}, {counted(facts.counts.triples, 'triple')}"
        f" in {counted(len(facts.graphs), 'graph')}, {counted(len(facts.files) + 1, 'file')},"
        f" RDFC-1.0 SHA-256 {release.hash}"
    )
    if release.changes is not None:
        step = release.changes.step
        said = "nothing changed" if step == "none" else f"{step} step"
        write(f"Since {given.one('previous')}: {said}.")
    for note in release.notes:
        tell(note)
    if files and any(name.startswith(str(GLOCAL)) for name in facts.counts.classes):
        tell(f"Published as it is, not validated. What is wrong: glocal validate {' '.join(files)}")
    return 0


def _verify(given: Given) -> int:
    from glocal_kg._publish import verify

    if len(given.arguments) > 1:
        raise GlocalError("--verify takes one folder.", remedy="See glocal publish --help.")
    with Progress() as progress:
        findings = verify(given.arguments[0], progress=progress.tell)
    for finding in findings:
        write(str(finding))
    if not findings:
        write(f"{given.arguments[0]}: nothing wrong.")
    return 1 if findings else 0


def _about(given: Given) -> dict[str, str]:
    keys = {"base-url": "base"}
    return {
        keys.get(option.key, option.key): given.one(option.key)
        for option in _ABOUT
        if given.has(option.key)
    }


def _sources(
    given: Given, files: list[str], prefixes: dict[str, str]
) -> tuple[KnowledgeGraph | Iterable[Quad], Iterable[Quad] | None]:
    """What is asserted, and what follows from it where that is wanted.

    FILEs are streamed; they are held in memory only to infer from them.
    """
    if not files:
        kg = graph(given)
        if not given.has("asserted"):
            kg.infer()
        return kg, None
    for name in ("graph", "data"):
        if given.has(name):
            raise GlocalError(
                f"FILEs are published without --{name}, which is for what is published with the"
                " packaged graph or in its place.",
                remedy="Give one of both.",
            )
    how = given.one("data-format") or None, given.one("base") or None
    if not given.has("infer"):
        return _stream(files, prefixes, *how), None
    from glocal_kg._kg import KnowledgeGraph
    from glocal_kg._publish.publishing import inferred_of

    kg = KnowledgeGraph()
    for path in files:
        kg.add(path, how[0], base=how[1])
    kg.infer()
    return _stream(files, prefixes, *how), inferred_of(kg)


def _stream(
    files: list[str], prefixes: dict[str, str], format: str | None, base: str | None
) -> Iterator[Quad]:
    """The quads of the files; ``prefixes`` gets those that the files declare, on the way."""
    from glocal_kg._rdf.reading import open_source

    for source in [open_source(path, format, base) for path in files]:
        yield from source.quads()
        prefixes.update(source.prefixes)


def _stop(_: int, __: FrameType | None) -> None:
    raise KeyboardInterrupt
