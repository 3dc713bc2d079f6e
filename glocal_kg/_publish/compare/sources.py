"""The asserted statements of what people name: a graph, quads, a file, or a release folder."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from pyoxigraph import Quad

from glocal_kg._rdf.arguments import LIST, Kind, expect, path_of
from glocal_kg._rdf.reading import open_source
from glocal_kg._rdf.reading.document import Source
from glocal_kg.errors import NotFoundError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from glocal_kg._graph.graph import Graph


def _are_quads(given: object) -> bool:
    """Whether it can be gone through, and begins with a quad where that can be seen."""
    first = next(iter(given), None) if isinstance(given, list | tuple) else None
    return LIST.fits(given) and isinstance(first, Quad | None)


QUADS = Kind("quads", _are_quads)
_SOURCE = Kind("a graph, quads, or a path", lambda x: hasattr(x, "facts") or QUADS.fits(x))
_WHOLE = ("all.nq", "all.nq.gz", "all.nq.zst", "all.trig", "all.jsonld", "data.nq.gz", "data.nq")


def quads_of(
    what: Graph | Iterable[Quad] | str | os.PathLike[str], prefixes: dict[str, str] | None = None
) -> Iterator[Quad]:
    """The asserted quads of a knowledge graph, quads, a file or the folder of a release.

    ``prefixes`` is given those that it has, at the end.
    Raises ``NotFoundError`` for a folder without a dump of the whole, ``ReadError`` for a file
    that cannot be read.
    """
    if isinstance(what, (str, os.PathLike)):
        path = path_of("source", what)
        if path.is_dir():
            path = whole_dump(path)
        return _read(open_source(path), {} if prefixes is None else prefixes)
    expect("source", what, _SOURCE)
    if isinstance(what, Iterable):
        return iter(what)
    if prefixes is not None:
        prefixes.update(what.prefixes)
    return iter(what.facts)


def _read(source: Source, prefixes: dict[str, str]) -> Iterator[Quad]:
    yield from source.quads()
    prefixes.update(source.prefixes)


def whole_dump(folder: Path) -> Path:
    """The file in a release folder that holds all asserted statements with graph names.

    Raises ``NotFoundError`` where there is none.
    """
    for name in _WHOLE:
        if (folder / name).is_file():
            return folder / name
    raise NotFoundError(
        f"{folder} holds no dump of the whole graph.",
        remedy=f"Name a file, or a folder with one of: {', '.join(_WHOLE)}.",
    )
