"""A store on disk: a folder with a manifest, sorted arrays mapped into memory, and a journal.

The manifest names the files of one checkpoint with their sizes and checksums; it is replaced as
the last step of a checkpoint, in one move. Later changes are in the journal. So whatever ends a
process, and whenever, the folder holds what was confirmed. ``docs/store.md`` describes the files.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from glocal_kg._rdf.store.facts import SAID
from glocal_kg._rdf.store.journal import Journal, JournalRecord, records
from glocal_kg._rdf.store.lock import Lock
from glocal_kg._rdf.store.manifest import (
    FORMAT,
    MANIFEST,
    VERSION,
    read_manifest,
    sync_folder,
    write_file,
)
from glocal_kg._rdf.store.mapped import PARTS, begin
from glocal_kg._rdf.store.remains import (
    is_ours,
    names_in,
    other_files,
    parts_in,
    without_manifest,
)
from glocal_kg._rdf.store.segment import Segment
from glocal_kg._rdf.store.selection import ASSERTED
from glocal_kg._rdf.store.store import Delta, Saved, State, Store
from glocal_kg._rdf.store.term_text import AnyTerm
from glocal_kg.errors import GlocalError

LONG = 1 << 22  # bytes of journal; a longer one is made into a checkpoint


class Disk:
    """The folder of one store, open to read or, with ``lock``, to write."""

    def __init__(self, folder: Path, manifest: dict[str, Any], lock: Lock | None = None) -> None:
        self.folder = folder
        self.manifest = manifest
        self.lock = lock
        self.prefixes: dict[str, str] = manifest.get("prefixes", {})
        self._journal: Journal | None = None
        self._segments: list[tuple[Segment, dict[str, Any]]] = []

    # Writing

    def keep(self, before: State, after: State, change: Delta) -> Saved:
        """Have a change on the disk before anybody sees it; ``GlocalError`` where it cannot."""
        assert self.lock is not None
        saved = before.saved
        try:
            if (
                saved is None
                or saved.generation != self.manifest["generation"]
                or saved.place > LONG
                or change.added is None
                or change.removed is None
            ):
                return self.checkpoint(after)
            assert self._journal is not None
            terms = after.dictionary
            texts = [terms.text(number) for number in range(saved.terms, after.term_count)]
            record = JournalRecord(after.version, saved.terms, texts, change.added, change.removed)
            place = self._journal.append(saved.place, record)
            return Saved(saved.generation, place, after.term_count)
        except OSError as error:
            raise _unwritten(self.folder, error) from None

    def checkpoint(self, state: State) -> Saved:
        """Write a state as new files and let the manifest name them. Raises ``OSError``."""
        generation = self.manifest["generation"] + 1
        files: dict[str, dict[str, int]] = {}
        try:
            state.dictionary.rest()
            terms = [self._segment(s, generation, files) for s in state.dictionary.segments]
            facts = self._facts(state, generation, files)
            journal = f"journal-{generation}"
            write_file(self.folder / journal, [])
            sync_folder(self.folder)
            manifest = {
                "format": FORMAT, "version": VERSION, "generation": generation,
                "changes": state.version, "followed": state.followed, "layers": facts,
                "terms": [entry for _, entry in terms], "facts": f"facts-{generation}",
                "journal": journal, "files": files, "prefixes": self.prefixes,
            }  # fmt: skip
            self._put(manifest)
            self.manifest, self._segments = manifest, terms  # whatever fails from here on
        except OSError:
            for name in files.keys() - self.manifest.get("files", {}).keys():
                with suppress(OSError):
                    (self.folder / name).unlink()
            raise
        sync_folder(self.folder)
        self._follow_journal()
        self.sweep()
        return Saved(generation, 0, sum(entry["count"] for _, entry in terms))

    def call(self, prefixes: dict[str, str]) -> None:
        """Have on the disk what names in the graph are written with; ``GlocalError`` if not.

        What could not be written now is written with the next checkpoint.
        """
        self.prefixes = prefixes
        if self.lock is None or prefixes == self.manifest.get("prefixes", {}):
            return
        manifest = {**self.manifest, "prefixes": prefixes}
        try:
            self._put(manifest)
            self.manifest = manifest
            sync_folder(self.folder)
        except OSError as error:
            raise GlocalError(
                f"The prefixes of {self.folder} cannot be written: {error.strerror or error}. The"
                " facts are there.",
                remedy="Make room on the disk, or check its permissions, and close the graph.",
            ) from None

    def _put(self, manifest: dict[str, Any]) -> None:
        """Let a manifest take the place of the one before, in one move. Raises ``OSError``."""
        draft = self.folder / f"{MANIFEST}.new"
        write_file(draft, [json.dumps(manifest, indent=1).encode()])
        draft.replace(self.folder / MANIFEST)

    def _segment(
        self, segment: Segment, generation: int, files: dict[str, dict[str, int]]
    ) -> tuple[Segment, dict[str, Any]]:
        for known, entry in self._segments:
            if known is segment:  # it is on the disk, and never changes
                names = [f"{entry['name']}.{part}" for part, _ in PARTS]
                files |= {name: self.manifest["files"][name] for name in names}
                return known, entry
        name = f"terms-{generation}-{len(files)}"
        arrays = (segment.blob, segment.starts, segment.hashes, segment.order)
        for (part, _), array in zip(PARTS, arrays, strict=True):
            files[f"{name}.{part}"] = write_file(self.folder / f"{name}.{part}", [array])
        return segment, {"name": name, "count": len(segment)}

    def _facts(self, state: State, generation: int, files: dict[str, Any]) -> list[str]:
        """Write all pairs, and where those of each layer, graph and predicate begin."""
        index: list[tuple[int, int, int, int, int]] = []
        names = [name for name in state.layers if name in SAID.layers or state.fresh(name)]

        def pairs() -> Iterator[NDArray[Any]]:
            start = 0
            for number, name in enumerate(names):
                for graph, table in sorted(state.layers[name].graphs.items()):
                    for p in table.predicates():
                        keys = table.relation(p).keys
                        index.append((number, graph, p, start, len(keys)))
                        start += len(keys)
                        yield keys

        name = f"facts-{generation}"
        files[f"{name}.pairs"] = write_file(self.folder / f"{name}.pairs", pairs())
        rows = np.array(index, np.int64).reshape(-1, 5)
        files[f"{name}.index"] = write_file(self.folder / f"{name}.index", [rows])
        return names

    def sweep(self) -> None:
        """Remove files that an interrupted checkpoint or the one before has left."""
        named = {*self.manifest["files"], self.manifest["journal"]}
        for path in self.folder.iterdir():
            if path.name not in named and is_ours(path.name):
                with suppress(OSError):
                    path.unlink()

    def _follow_journal(self) -> None:
        if self._journal is not None:
            self._journal.close()
        self._journal = Journal(self.folder / self.manifest["journal"])

    def close(self, state: State) -> None:
        """Make a short journal of the changes, and let others write."""
        if self.lock is None:
            return
        try:
            kept = state.saved is not None and not state.saved.place
            said = self.prefixes == self.manifest.get("prefixes", {})
            if not (kept and said) or state.followed != self.manifest["followed"]:
                self.checkpoint(state)
        except OSError as error:
            raise _unwritten(self.folder, error) from None
        finally:
            if self._journal is not None:
                self._journal.close()
            self._journal = None
            self.lock.release()
            self.lock = None

    # Reading

    def load(self, store: Store) -> None:
        """Let a store hold what the folder holds; ``FileNotFoundError`` where files have gone."""
        manifest, folder = self.manifest, self.folder
        begin(store, folder, manifest)
        store.prefixes = self.prefixes
        self._segments = list(zip(store.dictionary.segments, manifest["terms"], strict=True))
        data = (folder / manifest["journal"]).read_bytes()
        end = 0
        balance: dict[tuple[int, ...], bool] = {}
        version = manifest["changes"]
        for record, place in records(data, manifest["journal"]):
            end = place
            store.dictionary.extend(record.first, record.texts)
            for rows, there in ((record.removed, False), (record.added, True)):
                balance |= dict.fromkeys(map(tuple, rows.tolist()), there)
            version = record.version
        sides = ([row for row, there in balance.items() if there is want] for want in (True, False))
        added, removed = (np.array(rows, np.int32).reshape(-1, 4) for rows in sides)
        if balance:
            store.edit(added, removed)
        saved = Saved(manifest["generation"], end, len(store.dictionary))
        now = store.moment
        store.moment = State(
            store.dictionary, dict(now.layers), (), manifest["followed"], version, saved
        )
        if self.lock is None:
            store.closed = True
            return
        self._follow_journal()
        self.sweep()
        store.disk = self


def open_folder(
    path: str | os.PathLike[str],
    *,
    write: bool,
    create: bool = False,
    layer_of: Callable[[AnyTerm], str] = lambda _: ASSERTED,
) -> Store:
    """The store in a folder.

    With ``write`` nobody else may write meanwhile; many may read, each what was there when they
    opened it. Raises ``NotFoundError`` where there is no store, ``GlocalError`` where it is
    damaged, of a later format, or open to another writer (with its process and host).
    """
    folder = Path(path)
    if create and not write:
        raise GlocalError(
            "create=True and read_only=True exclude each other: a new folder would stay empty.",
            remedy="Leave one out.",
        )
    if MANIFEST not in names_in(folder):
        if not create or parts_in(folder):
            raise without_manifest(folder)
        _create(folder)
    lock = Lock(folder) if write else None
    try:
        for attempt in range(10):  # a writer may replace the files while we open them
            store = Store(layer_of=layer_of)
            try:
                Disk(folder, read_manifest(folder), lock).load(store)
                return store
            except FileNotFoundError as error:
                if attempt == 9 or lock is not None:
                    raise GlocalError(
                        f"{error.filename} is missing.",
                        remedy=f"Take the folder from a backup; glocal check {folder} tells what"
                        " else is damaged.",
                    ) from None
        raise AssertionError
    except BaseException:
        if lock is not None:
            lock.release()
        raise


def _create(folder: Path) -> None:
    others = [name for name in names_in(folder) if name != Lock.NAME and not is_ours(name)]
    if others:
        raise other_files(folder, others)
    write_folder(folder, Store().moment)


def write_folder(folder: Path, state: State) -> None:
    """Write a state into a new folder; what an interrupted attempt has left goes."""
    made = [path for path in (folder, *folder.parents) if not path.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritten(folder, error) from None
    lock = Lock(folder)
    try:
        Disk(folder, {"generation": 0}, lock).close(state)
        for path in made:  # a folder, too, is only there when its parent says so
            sync_folder(path.parent)
    finally:
        lock.release()


def _unwritten(folder: Path, error: OSError) -> GlocalError:
    return GlocalError(
        f"{folder} cannot be written: {error.strerror or error}. Nothing has changed.",
        remedy="Make room on the disk, or check its permissions.",
    )
