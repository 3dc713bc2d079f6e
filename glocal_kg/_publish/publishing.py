"""Publish: from statements to a folder that appears whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import BlankNode, NamedNode, Quad

from glocal_kg._graph.graph import Graph
from glocal_kg._publish.assembling import describe_release
from glocal_kg._publish.compare.changes import Comparison
from glocal_kg._publish.compare.sources import QUADS
from glocal_kg._publish.descriptions.linked_questions import read_questions
from glocal_kg._publish.drafts import draft_beside
from glocal_kg._publish.dumps.dumps import COMPRESSIONS
from glocal_kg._publish.folder import Folder
from glocal_kg._publish.gathering.about import check_header, gather, read_headers, root_header
from glocal_kg._publish.gathering.agents import read_agents
from glocal_kg._publish.gathering.counts import count, space_of
from glocal_kg._publish.gathering.licenses import license_name
from glocal_kg._publish.gathering.parts import (
    GraphFile,
    inferred_parts,
    parts_of,
    triples_of,
    write_graphs,
)
from glocal_kg._publish.gathering.release_facts import About, ReleaseFacts
from glocal_kg._publish.history import Previous, check_step
from glocal_kg._publish.lines.sums import SUMS, files_in, read_sums
from glocal_kg._rdf.arguments import CALL, PATH, expect, path_of, takes
from glocal_kg._rdf.counted import counted
from glocal_kg._rdf.deadline import looking, within
from glocal_kg._study.packaged import is_packaged
from glocal_kg._study.vocab import BASE, INFERRED_INTERPRETED, is_interpretation
from glocal_kg.errors import GlocalError


@dataclass(frozen=True)
class Release:
    """A release on disk: its folder, its facts and what changed since the one before.

    ``notes`` say what was left out and why.
    """

    folder: Path
    facts: ReleaseFacts
    changes: Comparison | None
    notes: tuple[str, ...] = ()

    @property
    def version(self) -> str:
        """The version of the release."""
        return self.facts.about.version

    @property
    def hash(self) -> str:
        """SHA-256 of the canonical N-Quads of all asserted statements (RDFC-1.0)."""
        return self.facts.whole.hash


@takes(
    inferred=QUADS.or_none(),
    previous=PATH.or_none(),
    queries=PATH.or_none(),
    progress=CALL.or_none(),
)
def publish(
    source: Graph | Iterable[Quad],
    folder: str | os.PathLike[str],
    *,
    version: str | None = None,
    date: str | None = None,
    inferred: Iterable[Quad] | None = None,
    previous: str | os.PathLike[str] | None = None,
    allow_removal: bool = False,
    replace: bool = False,
    compression: str = "gzip",
    parquet: bool = False,
    queries: str | os.PathLike[str] | None = None,
    about: Mapping[str, str] | None = None,
    prefixes: Mapping[str, str] | None = None,
    progress: Callable[[str], None] | None = None,
    timeout: float | None = None,
) -> Release:
    """Write a release of asserted statements and, apart from them, of inferred ones.

    ``source`` is a knowledge graph, with what it has inferred, or quads; quads may be a stream
    of any length, with ``inferred`` beside it. ``version`` and ``date`` (year-month-day) are
    those the graph gives for itself where they are not given; the date of today is never used.
    ``previous`` is the release before, a folder or a file: the change log is written from the
    difference. ``compression`` is ``gzip``, ``zstd`` or ``none``; ``queries`` a folder of query
    files. ``about`` holds what the graph does not say of itself: title, description, license,
    publisher, homepage, base, keywords, themes, spatial, endpoint. ``prefixes`` are those to
    write names with, by default those of the graph; they are read when the quads have been.
    ``progress`` is told what is being written.

    The same arguments give the same bytes. The folder is made beside its place and renamed at
    the end; after an error or an interruption nothing is left. ``timeout`` is in seconds: beyond
    it ``TimeLimitError`` is raised.

    Raises ``GlocalError`` where the folder exists and ``replace`` is not set, where something
    mandatory is not known, where a term vanished that was not deprecated before (unless
    ``allow_removal``), where the version is too small a step, and where a written file does
    not hold the same graph when it is read back.

    >>> from pyoxigraph import Literal, NamedNode
    >>> thing = NamedNode("https://example.org/data/thing")
    >>> name = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
    >>> about = {"title": "Things", "publisher": "Example", "base": "https://example.org/data/1/",
    ...          "license": "https://creativecommons.org/publicdomain/zero/1.0/"}
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as place:
    ...     release = publish([Quad(thing, name, Literal("Thing", language="en"))],
    ...                       place + "/dist", version="1.0.0", date="2026-01-31", about=about)
    ...     (release.folder / "all.nt").read_text()
    '<https://example.org/data/thing> <http://www.w3.org/2000/01/rdf-schema#label> "Thing"@en .\\n'
    """
    target = path_of("folder", folder).resolve()  # a link stays, and leads to the release
    _check_target(target, replace=replace)
    if compression not in COMPRESSIONS:
        raise GlocalError(
            f"There is no compression {compression!r}.", remedy=f"Use {', '.join(COMPRESSIONS)}."
        )
    questions = read_questions(Path(queries)) if queries is not None else []
    before = Previous(previous) if previous is not None else None
    graph = source if isinstance(source, Graph) else None
    if inferred is None:
        _expect_fresh(graph)  # before the long work, not after it
    tick = progress or (lambda _: None)
    with within(timeout, "To publish"), draft_beside(target) as place:
        work, draft = place / "work", place / "release"
        tick("sorting")
        graphs = write_graphs(_told(_asserted(source), tick), work)
        if not graphs:
            raise GlocalError(
                "There is nothing to publish: the graph is empty.", remedy="Add facts first."
            )
        everything = work / "all.nq"
        headers = read_headers(triples_of(everything), [one.name for one in graphs])
        headers = read_agents(triples_of(everything), headers)
        root = root_header(headers)
        parts = parts_of(graphs, work, root=root)
        closed = inferred_of(graph) if inferred is None else inferred
        parts += inferred_parts(write_graphs(closed, work / "closed"), work / "closed")
        tick("counting")
        counts = count(parts[0].triple_lines(), work, space=space_of(root))
        said, notes = gather(
            headers, counts.space, version=version, date=date, given=about or {},
            previous=before.address if before else "",
        )  # fmt: skip
        changes = None
        if before:
            tick(f"comparing with {before.name}")
            changes = before.changes(parts[0].canonical, work)
            check_step(changes, before.version, said.version, allow_removal=allow_removal)
        out = Folder(draft, work, compression, parquet, tick)
        out.notes += [*notes, *check_header(headers, said.version), *_guests(graphs, said)]
        facts = describe_release(
            out, graphs, parts, said, counts, headers, questions, graph, changes,
            before.changelog if before else "", prefixes or getattr(graph, "prefixes", {}),
        )  # fmt: skip
        _put(draft, target, replace=replace)
    return Release(target, facts, changes, facts.notes)


def _asserted(source: Graph | Iterable[Quad]) -> Iterable[Quad]:
    if isinstance(source, Graph):
        return source.facts
    expect("source", source, QUADS)
    return source


def inferred_of(graph: Graph | None) -> Iterator[Quad]:
    """What a knowledge graph has inferred, and what else follows from what is read into it.

    Nothing is inferred from a graph that has inferred nothing yet. Raises ``GlocalError``
    where facts have changed since. Facts about things without a name, such as classes that are
    descriptions, are left out: a blank node of one file is none of another, so nothing would say
    what they are about.
    """
    inference = graph.inference if graph is not None else None
    if graph is None or inference is None:
        return
    _expect_fresh(graph)
    yield from filter(_is_named, inference)
    if any(is_interpretation(name.value) for name in graph.graphs()):
        more = graph.infer(inference.engine, interpreted=True)  # with what follows without them
        others = (quad for quad in more if quad.graph_name == INFERRED_INTERPRETED)
        yield from filter(_is_named, others)


def _expect_fresh(graph: Graph | None) -> None:
    if graph is not None and graph.inference is not None and graph.inference.stale:
        raise GlocalError(
            "Facts changed after the last infer(), so inferred facts are out of date.",
            remedy="Call kg.infer() again before publishing.",
        )


def _is_named(quad: Quad) -> bool:
    return not (isinstance(quad.subject, BlankNode) or isinstance(quad.object, BlankNode))


def _told(quads: Iterable[Quad], tick: Callable[[str], None]) -> Iterator[Quad]:
    for number, quad in enumerate(looking(quads), 1):
        if number % 100_000 == 0:
            tick(f"read {number:,} statements")
        yield quad


def _check_target(target: Path, *, replace: bool) -> None:
    if not target.parent.is_dir():
        raise GlocalError(f"The folder {target.parent} does not exist.", remedy="Make it first.")
    for outer in target.parents:
        if (outer / SUMS).is_file() and (outer / "void.ttl").is_file():
            raise GlocalError(
                f"{target} lies in the release {outer}, which would not be whole any more.",
                remedy="Choose a folder beside it.",
            )
    if not target.exists():
        return
    if not target.is_dir():
        raise GlocalError(f"{target} is a file.", remedy="Choose the name of a folder.")
    if any(target.iterdir()):
        if not replace:
            raise GlocalError(
                f"{target} exists and is not empty.",
                remedy="Choose a new folder, or say --replace to put this release in its place.",
            )
        if not (target / SUMS).is_file():
            raise GlocalError(
                f"{target} is not replaced: it does not look like a release, it has no {SUMS}.",
                remedy="Choose a new folder.",
            )
        _expect_no_others(target)


def _expect_no_others(target: Path) -> None:
    """Raise ``GlocalError`` where a release has files that are none of its own: they would go."""
    try:
        own = {SUMS, *read_sums((target / SUMS).read_text("utf-8"))}
    except (ValueError, OSError) as error:
        raise GlocalError(
            f"{target} is not replaced: its {SUMS} cannot be read: {error}.",
            remedy="Choose a new folder.",
        ) from None
    others = [name for name in files_in(target) if name not in own]
    if others:
        more = f" and {counted(len(others) - 3, 'more file')}" if others[3:] else ""
        raise GlocalError(
            f"{target} is not replaced: {', '.join(others[:3])}{more} in it are of no release"
            " and would be lost.",
            remedy="Move them elsewhere, or choose a new folder.",
        )


def _guests(graphs: list[GraphFile], said: About) -> Iterator[str]:
    """What is somebody's own in a release that speaks of itself as the packaged graph does."""
    mine = [one for one in graphs if not (one.name and is_packaged(NamedNode(one.name)))]
    if not mine or len(mine) == len(graphs) or said.space != BASE:
        return
    many = counted(sum(one.triples for one in mine), "statement")
    names = ", ".join(f"<{one.name}>" if one.name else "the default graph" for one in mine[:3])
    more = f" and {counted(len(mine) - 3, 'more graph')}" if mine[3:] else ""
    title = said.title.get("en") or next(iter(said.title.values()))
    yield (
        f"{many} of yours are in this release, in {names}{more}, as they are, not validated: they"
        f" go out under the title {title!r}, the publisher {said.publisher.name!r} and the license"
        f" {license_name(said.license)}. What is wrong in them: kg.validate(), or glocal validate"
        " FILE. To publish them with a title, publisher and license of your own, give these, and"
        " the files alone: glocal publish FOLDER FILE --title --publisher --license --base-url."
    )


def _put(draft: Path, target: Path, *, replace: bool) -> None:
    """Move the finished folder to its place; an older release stays until that has worked.

    What another process has put there meanwhile is not replaced unasked.
    """
    _check_target(target, replace=replace)
    old = draft.parent / "old"
    try:
        if target.exists() and replace:
            target.rename(old)
        elif target.exists():
            target.rmdir()  # it was empty when it was looked at
        draft.rename(target)
    except OSError:
        if target.exists():
            raise GlocalError(
                f"{target} was written by another run meanwhile.",
                remedy="Look at what is there; then choose a new folder, or say --replace.",
            ) from None
        if old.exists():
            old.rename(target)
        raise
