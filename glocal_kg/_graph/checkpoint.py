"""The packaged facts with all that follows from them, as the files of a store.

Reading the sources and closing them is work that gives the same each time; the files made of
it are mapped at once. They carry the checksums of what they were made of (ontology, data and the
rules): where one file differs, the sources themselves are read, so no answer is ever of old
facts. ``make checkpoint`` makes the files again, and so does whatever builds the package.
"""

from __future__ import annotations

import os
from contextlib import suppress
from zlib import crc32

from glocal_kg._study import packaged
from glocal_kg.errors import GlocalError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from glocal_kg._rdf.store.store import State, Store

FOLDER, SOURCES = "checkpoint", "sources"
_KIND = "two graphs of what follows"
"""How the facts are laid out, which is part of what they are made of."""


def fill(store: Store) -> None:
    """Let an empty store hold the packaged facts, with what follows where that is at hand."""
    if is_current():
        from glocal_kg._rdf.store.mapped import begin

        # A file is missing or cut, or the checkpoint is being made: the sources are there.
        with suppress(GlocalError, FileNotFoundError):
            begin(store, packaged.place(FOLDER))
            return
    read(store)


def read(store: Store) -> None:
    """Read the packaged sources into an empty store."""
    import numpy as np

    from glocal_kg._rdf.reading import open_source
    from glocal_kg._rdf.store.loading import quads_of

    rows = [
        quads_of(open_source(path), store.dictionary, packaged.graph_of(path))
        for path in packaged.sources()
    ]
    store.edit(added=np.concatenate(rows))


def is_current() -> bool:
    """Whether there is a checkpoint, and was made of the sources as they are."""
    try:
        with open(os.path.join(packaged.place(FOLDER), SOURCES), "rb") as file:
            return file.read() == _sums()
    except FileNotFoundError:
        return False


def _sums() -> bytes:
    """What a checkpoint is made of: checksum, size and name of each file, a line each."""
    root = len(packaged.place(""))
    named = [(path[root:].replace(os.sep, "/"), path) for path in packaged.sources()]
    named += [(os.path.basename(path), path) for path in packaged.rules()]
    lines = [f"{_KIND}\n"]
    for name, path in sorted(named):
        with open(path, "rb", buffering=0) as file:
            data = file.read()
        lines.append(f"{crc32(data):08x} {len(data):>8} {name}\n")
    return "".join(lines).encode()


def make(folder: str) -> None:
    """Make the checkpoint in a folder; the same sources give the same bytes."""
    from pathlib import Path
    from shutil import rmtree

    from glocal_kg._graph.graph import Graph
    from glocal_kg._graph.inference import keep_unsaid
    from glocal_kg._rdf.store.disk import write_folder
    from glocal_kg._rdf.store.lock import Lock

    kg = Graph()
    read(kg._contents.store)
    keep_unsaid(kg._contents, [kg.infer(interpreted=read_too) for read_too in (False, True)])
    draft = Path(f"{folder}.new")
    rmtree(draft, ignore_errors=True)
    write_folder(draft, _named(kg._contents.store.moment))
    (draft / Lock.NAME).unlink()
    (draft / SOURCES).write_bytes(_sums())
    rmtree(folder, ignore_errors=True)
    draft.rename(folder)


def _named(state: State) -> State:
    """The same with names of blank nodes that do not differ from run to run.

    They are too long to be met by chance, as those that a parser gives.
    """
    from hashlib import sha256

    from glocal_kg._rdf.store.dictionary import Dictionary
    from glocal_kg._rdf.store.segment import Segment
    from glocal_kg._rdf.store.store import State

    texts = list(map(state.dictionary.text, range(state.term_count)))
    for number, text in enumerate(texts):
        if text.startswith(b"_:"):
            name = sha256(f"https://w3id.org/glocal/{number}".encode()).hexdigest()
            texts[number] = f"_:g{name[:31]}".encode()  # RDF/XML wants a letter first
    terms = Dictionary([Segment.of(texts)])
    return State(terms, dict(state.layers), (), state.followed, state.version)


if __name__ == "__main__":
    make(packaged.place(FOLDER))
