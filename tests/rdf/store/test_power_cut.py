"""A power cut at any moment: what was forced to the disk is there, and the rest only perhaps.

A disk keeps what was synced. What was written since may be there in part, and so may names that
came, moved or went in a folder that was not synced. Here each sync, move and removal of a writer
is watched, and before and after each the folders that a cut could leave are made and opened.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from glocal_kg._rdf.store import disk as module
from glocal_kg._rdf.store.checking import check_folder
from glocal_kg._rdf.store.disk import open_folder
from glocal_kg._rdf.store.facts import Facts
from glocal_kg._rdf.store.loading import numbered
from glocal_kg._rdf.store.store import Store
from glocal_kg.errors import GlocalError, NotFoundError

G, P = NamedNode("urn:g"), NamedNode("urn:p")

Names = dict[str, int]
"""The paths below a folder, each with its file."""

Contents = dict[int, bytes]
"""What is in a file."""


@dataclass
class Cut:
    """What is surely on the disk, what is there if all was written, and what was confirmed."""

    kept: tuple[Names, Contents]
    now: tuple[Names, Contents]
    folders: set[int]
    confirmed: int

    def left(self, chance: random.Random, how: str) -> dict[str, bytes | None]:
        """The files that may be there after a cut: the least, the most, or some of all."""
        names: Names = {}
        for name in sorted({*self.kept[0], *self.now[0]}):
            from_now = chance.random() < 0.5 if how == "some" else how in ("most", "names")
            file = self.now[0].get(name) if from_now else self.kept[0].get(name)
            if file is not None:
                names[name] = file
        found: dict[str, bytes | None] = {}
        for name, file in names.items():
            if str(Path(name).parent) not in {".", *found}:
                continue  # its folder is not there
            if file in self.folders:
                found[name] = None
                continue
            old = self.kept[1].get(file, b"")
            new = self.now[1].get(file, old)
            if how == "some":
                more = new[len(old) :]
                new = old + chance.choice(
                    [b"", more, more[: chance.randrange(200)], bytes(len(more))]
                )
            found[name] = new if how in ("most", "contents", "some") else old
        return found


class Watched:
    """A disk below ``root``: which of its names and contents were synced."""

    def __init__(self, root: Path, links: Path) -> None:
        self.root, self.links = root, links
        self.names: Names = {}
        self.contents: Contents = {}
        self.folders: set[int] = set()
        self.cuts: list[Cut] = []
        self.confirmed = -1  # the store itself is there with 0

    def look(self) -> tuple[Names, Contents]:
        """All that was written."""
        names: Names = {}
        contents: Contents = {}
        for path in self.root.rglob("*"):
            file = path.stat().st_ino
            names[str(path.relative_to(self.root))] = file
            if path.is_dir():
                self.folders.add(file)
                continue
            contents[file] = path.read_bytes()
            if not (self.links / str(file)).exists():
                os.link(path, self.links / str(file))  # so that no number is given twice
        return names, contents

    def cut(self) -> None:
        """Remember what a cut may leave now."""
        kept = (dict(self.names), dict(self.contents))
        self.cuts.append(Cut(kept, self.look(), self.folders, self.confirmed))

    def synced(self, number: int) -> None:
        """A file or a folder was synced."""
        file = os.fstat(number).st_ino
        names, contents = self.look()
        if file in contents:
            self.contents[file] = contents[file]
            return
        folder = next((name for name, other in names.items() if other == file), ".")
        inside = {name: other for name, other in names.items() if str(Path(name).parent) == folder}
        gone = {name for name in self.names if str(Path(name).parent) == folder} - inside.keys()
        self.names = {name: n for name, n in self.names.items() if name not in gone} | inside

    def watch(self, patch: pytest.MonkeyPatch, name: str) -> None:
        """Let a function of the system be a moment at which the power may go."""
        real: Callable[..., Any] = getattr(os, name)

        def watched(*given: Any, **named: Any) -> Any:
            self.cut()
            done = real(*given, **named)
            if name == "fsync":
                self.synced(*given)
            self.cut()
            return done

        patch.setattr(os, name, watched)


def quads_of(change: int) -> list[Quad]:
    return [Quad(NamedNode(f"urn:s{change}"), P, Literal(str(n)), G) for n in range(change % 7 + 1)]


def edit(store: Store, change: int) -> None:
    """The facts of a change come; each third also takes those of the one before away."""
    away = quads_of(change - 1) if change % 3 == 0 else []
    rows = (numbered(quads, store.dictionary, G) for quads in (quads_of(change), away))
    store.edit(*rows)


def after(changes: int) -> frozenset[Quad]:
    """What is there after so many changes."""
    found: set[Quad] = set()
    for change in range(1, changes + 1):
        found |= set(quads_of(change))
        if change % 3 == 0:
            found -= set(quads_of(change - 1))
    return frozenset(found)


@pytest.fixture
def watched(tmp_path: Path) -> Watched:
    for name in ("disk", "links"):
        (tmp_path / name).mkdir()
    return Watched(tmp_path / "disk", tmp_path / "links")


CHANGES = 12


def write(watched: Watched, patch: pytest.MonkeyPatch) -> None:
    """Make a store, change it so that it makes checkpoints too, and close it."""
    patch.setattr(module, "LONG", 500)
    for name in ("fsync", "replace", "unlink"):
        watched.watch(patch, name)
    store = open_folder(watched.root / "far" / "my.glocal", write=True, create=True)
    watched.confirmed = 0
    for change in range(1, CHANGES + 1):
        edit(store, change)
        watched.confirmed = change
    assert store.disk is not None
    store.disk.close(store.moment)
    watched.cut()
    patch.undo()


def test_what_was_confirmed_survives_a_power_cut(
    watched: Watched, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(watched, monkeypatch)
    states = {after(changes): changes for changes in range(CHANGES + 1)}
    assert len(states) == CHANGES + 1
    chance, made = random.Random(1), 0
    ways = ["least", "most", "names", "contents", *["some"] * 3]
    for number, cut in enumerate(watched.cuts):
        for way, how in enumerate(ways):
            root = tmp_path / f"left-{number}-{way}"
            root.mkdir()
            for name, content in sorted(cut.left(chance, how).items()):
                if content is None:
                    (root / name).mkdir()
                else:
                    (root / name).write_bytes(content)
            folder = root / "far" / "my.glocal"
            try:
                store = open_folder(folder, write=False)
            except NotFoundError:
                assert cut.confirmed < 0, f"the store is gone after {cut.confirmed} changes"
                store = open_folder(folder, write=True, create=True)  # nothing is in the way
            found = states[frozenset(Facts(store.moment))]
            assert cut.confirmed <= found <= cut.confirmed + 1
            assert list(check_folder(folder)) == []
            made += 1
    assert made > 400


def test_a_disk_that_fails_after_the_move_loses_no_later_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "my.glocal"
    store = open_folder(folder, write=True, create=True)
    edit(store, 1)
    calls = []

    def fails(_: Path) -> None:
        calls.append(1)
        if len(calls) == 2:  # the manifest is in its new place, and nobody knows for how long
            raise OSError(5, "Input/output error")

    monkeypatch.setattr(module, "sync_folder", fails)
    monkeypatch.setattr(module, "LONG", 0)  # a checkpoint
    with pytest.raises(GlocalError, match="Input/output error"):
        edit(store, 2)
    assert frozenset(Facts(store.moment)) == after(1)
    monkeypatch.setattr(module, "LONG", 1 << 22)
    edit(store, 3)  # which goes where the next reader looks for it
    assert frozenset(Facts(store.moment)) == (after(1) | set(quads_of(3)))
    assert frozenset(Facts(open_folder(folder, write=False).moment)) == frozenset(
        Facts(store.moment)
    )
    assert list(check_folder(folder)) == []
