"""Stores on disk: what was confirmed is there, whatever happens to the process or the disk."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import textwrap
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from glocal_kg._rdf.store import disk as module
from glocal_kg._rdf.store.checking import check_folder
from glocal_kg._rdf.store.disk import open_folder
from glocal_kg._rdf.store.facts import Facts
from glocal_kg._rdf.store.journal import Journal, JournalRecord
from glocal_kg._rdf.store.loading import numbered
from glocal_kg._rdf.store.selection import INFERRED, Selection
from glocal_kg._rdf.store.store import Store
from glocal_kg.errors import GlocalError, NotFoundError

G = NamedNode("urn:g")
DECIMAL = NamedNode("http://www.w3.org/2001/XMLSchema#decimal")


def quad(number: int, graph: NamedNode = G) -> Quad:
    value = Literal(f"{number}.50", datatype=DECIMAL)
    return Quad(NamedNode(f"urn:s{number}"), NamedNode("urn:p"), value, graph)


def edit(store: Store, added: Sequence[Quad] = (), removed: Sequence[Quad] = ()) -> None:
    rows = (numbered(quads, store.dictionary, G) for quads in (added, removed))
    store.edit(*rows)


def quads(store: Store) -> set[Quad]:
    return set(Facts(store.moment))


def reread(folder: Path) -> set[Quad]:
    return quads(open_folder(folder, write=False))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "my.glocal"


@pytest.fixture
def store(folder: Path) -> Store:
    return open_folder(folder, write=True, create=True)


def close(store: Store) -> None:
    assert store.disk is not None
    store.disk.close(store.moment)


@pytest.mark.parametrize("kept", [0, 3, 200_000])
def test_every_change_is_there_when_it_is_opened_again(
    store: Store, folder: Path, kept: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("glocal_kg._rdf.store.store.KEPT", kept)  # beyond it, a checkpoint
    chance, there = random.Random(kept), set[Quad]()
    for _ in range(30):
        added = {quad(chance.randrange(40)) for _ in range(chance.choice([0, 1, 4]))}
        removed = set(chance.sample(sorted(there, key=str), min(2, len(there))))
        edit(store, sorted(added, key=str), sorted(removed, key=str))
        there = (there - removed) | added
        assert quads(store) == reread(folder) == there
    version = store.moment.version
    close(store)
    again = open_folder(folder, write=True)
    assert (quads(again), again.moment.version) == (there, version)
    edit(again, [quad(99)])
    assert reread(folder) == there | {quad(99)}
    assert list(check_folder(folder)) == []


def test_what_is_inferred_is_kept_until_a_fact_changes(store: Store, folder: Path) -> None:
    edit(store, [quad(1), quad(2)])
    graph = store.dictionary.add(NamedNode("urn:inferred"))
    selection = Selection((INFERRED,))
    store.follow(INFERRED, graph, [(0, 1, 0)], [])
    close(store)
    again = open_folder(folder, write=True)
    assert again.moment.count(None, None, None, selection) == 1
    assert again.moment.fresh(INFERRED)
    edit(again, [quad(3)])
    assert not again.moment.fresh(INFERRED)
    close(again)
    assert open_folder(folder, write=False).moment.count(None, None, None, selection) == 0


def test_one_writes_and_many_read(store: Store, folder: Path) -> None:
    edit(store, [quad(1)])
    with pytest.raises(GlocalError, match=rf"another writer: process {os.getpid()} on .*, since"):
        open_folder(folder, write=True)
    reader = open_folder(folder, write=False)
    edit(store, [quad(2)])
    assert quads(reader) == {quad(1)}
    with pytest.raises(GlocalError, match="not open to write"):
        edit(reader, [quad(3)])
    close(store)
    close(open_folder(folder, write=True))
    assert reread(folder) == {quad(1), quad(2)}


def test_a_cut_record_was_never_confirmed(store: Store, folder: Path) -> None:
    edit(store, [quad(1)])
    journal = folder / store.disk.manifest["journal"]
    whole = journal.stat().st_size
    edit(store, [quad(2), quad(3)])
    close_without_checkpoint(store)
    data = journal.read_bytes()
    for cut in range(whole, len(data)):
        journal.write_bytes(data[:cut])
        assert reread(folder) == {quad(1)}
    journal.write_bytes(data[:-1] + b"\xff")
    assert reread(folder) == {quad(1)}
    again = open_folder(folder, write=True)
    edit(again, [quad(4)])
    assert reread(folder) == {quad(1), quad(4)}


def close_without_checkpoint(store: Store) -> None:
    assert store.disk is not None
    assert store.disk.lock is not None
    store.disk.lock.release()


def test_damage_before_the_end_is_an_error(store: Store, folder: Path) -> None:
    for number in range(3):
        edit(store, [quad(number)])
    journal = folder / store.disk.manifest["journal"]
    data = bytearray(journal.read_bytes())
    data[20] ^= 1
    journal.write_bytes(data)
    with pytest.raises(GlocalError, match="record at byte 0 is damaged"):
        reread(folder)
    assert [problem.file for problem in check_folder(folder)] == [journal.name]


def test_a_flipped_bit_is_found(store: Store, folder: Path) -> None:
    edit(store, [quad(1)])
    close(store)
    for path in sorted(folder.iterdir()):
        data = bytearray(path.read_bytes())
        if path.name.startswith(("terms-", "facts-")) and data:
            data[-1] ^= 1
            path.write_bytes(data)
            assert [problem.file for problem in check_folder(folder)] == [path.name]
            data[-1] ^= 1
            path.write_bytes(data)


def test_what_is_no_store_is_told(tmp_path: Path, folder: Path) -> None:
    with pytest.raises(NotFoundError, match=r"There is no graph in .*: there is nothing"):
        open_folder(folder, write=True)
    (tmp_path / "x").write_text("mine")
    with pytest.raises(GlocalError, match="holds other files"):
        open_folder(tmp_path, write=True, create=True)
    close(open_folder(folder, write=True, create=True))
    manifest = folder / "manifest.json"
    text = manifest.read_text()
    manifest.write_text(text.replace('"version": 1', '"version": 2'))
    with pytest.raises(GlocalError, match="has format 2"):
        open_folder(folder, write=True)
    manifest.write_text(text[:-10])
    with pytest.raises(GlocalError, match=r"is no JSON.*Nothing was changed.*glocal check"):
        open_folder(folder, write=True)


@pytest.mark.parametrize("step", range(12))
def test_a_checkpoint_that_breaks_off_changes_nothing(
    store: Store, folder: Path, step: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(store, [quad(1)])
    steps = iter(range(step))
    write = module.write_file

    def breaks(*given: object) -> object:
        if next(steps, None) is None:
            raise OSError(28, "No space left on device")
        return write(*given)

    monkeypatch.setattr(module, "write_file", breaks)
    monkeypatch.setattr("glocal_kg._rdf.store.store.KEPT", 0)
    try:
        edit(store, [quad(2)])
        done = True
    except GlocalError as error:
        assert "No space left" in error.message  # noqa: PT017 - or the edit is made
        done = False
    expected = {quad(1), quad(2)} if done else {quad(1)}
    assert quads(store) == reread(folder) == expected
    monkeypatch.undo()
    edit(store, [quad(3)])
    assert quads(store) == reread(folder) == {*expected, quad(3)}


def test_an_interrupt_between_disk_and_memory_forgets_both(store: Store, folder: Path) -> None:
    disk = store.disk
    assert disk is not None
    edit(store, [quad(1)])

    class Interrupted:
        def keep(self, *given: object) -> None:
            disk.keep(*given)
            raise KeyboardInterrupt

    store.disk = Interrupted()
    with pytest.raises(KeyboardInterrupt):
        edit(store, [quad(2)])
    store.disk = disk
    assert quads(store) == {quad(1)}
    edit(store, [quad(3)])
    assert quads(store) == reread(folder) == {quad(1), quad(3)}


WRITER = """
import sys
from pathlib import Path
import numpy as np
from pyoxigraph import Literal, NamedNode, Quad
from glocal_kg._rdf.store import disk, store as module
from glocal_kg._rdf.store.loading import numbered

module.KEPT, disk.LONG = 40, 2000  # checkpoints among the small changes
store = disk.open_folder(Path(sys.argv[1]), write=True)
start = int(sys.argv[2])
p, g = NamedNode("urn:p"), NamedNode("urn:g")
for number in range(start, start + 10_000):
    new = [Quad(NamedNode(f"urn:s{number}"), p, Literal(str(n)), g) for n in range(number % 60 + 1)]
    store.edit(numbered(new, store.dictionary, g))
    print(number, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL on Windows")
def test_what_was_confirmed_survives_a_kill(store: Store, folder: Path) -> None:
    close(store)
    chance, start = random.Random(1), 0
    for _ in range(12):
        run = [sys.executable, "-c", WRITER, str(folder), str(start)]
        with subprocess.Popen(run, stdout=subprocess.PIPE, text=True) as writer:
            assert writer.stdout is not None
            for _ in range(chance.randrange(1, 25)):
                writer.stdout.readline()
            writer.send_signal(signal.SIGKILL)
            confirmed = start + sum(1 for _ in writer.stdout)
        found: dict[int, int] = {}
        for one in reread(folder):
            number = int(one.subject.value[5:])
            found[number] = found.get(number, 0) + 1
        assert list(check_folder(folder)) == []
        assert sorted(found) == list(range(len(found)))
        assert all(count == number % 60 + 1 for number, count in found.items()), "half a change"
        assert len(found) >= confirmed
        start = len(found)


FULL = """
import resource, signal, sys
from pathlib import Path
from pyoxigraph import Literal, NamedNode, Quad
from glocal_kg._rdf.store.disk import open_folder
from glocal_kg._rdf.store.facts import Facts
from glocal_kg._rdf.store.loading import numbered
from glocal_kg.errors import GlocalError

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
store = open_folder(Path(sys.argv[1]), write=True)
resource.setrlimit(resource.RLIMIT_FSIZE, (5000, 5000))
p, g = NamedNode("urn:p"), NamedNode("urn:g")
for number in range(1000):
    before = set(Facts(store.moment))
    try:
        quads = [Quad(NamedNode(f"urn:s{number}"), p, Literal(str(n)), g) for n in range(5)]
        store.edit(numbered(quads, store.dictionary, g))
    except GlocalError as error:
        assert set(Facts(store.moment)) == before
        print(len(before), error.message)
        break
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no RLIMIT_FSIZE on Windows")
def test_a_full_disk_is_an_error_and_changes_nothing(store: Store, folder: Path) -> None:
    close(store)
    run = [sys.executable, "-c", textwrap.dedent(FULL), str(folder)]
    said = subprocess.run(run, capture_output=True, text=True, check=True).stdout
    count, _, message = said.partition(" ")
    assert int(count) > 20
    assert "cannot be written: File too large. Nothing has changed." in message
    assert len(reread(folder)) == int(count)
    assert list(check_folder(folder)) == []


def test_the_script_of_the_docs_gives_n_quads_without_this_library(
    store: Store, folder: Path, tmp_path: Path
) -> None:
    docs = Path(__file__).parents[3] / "docs" / "store.md"
    script = docs.read_text("utf-8").split("```python\n# python to_nquads.py")[1]
    program = tmp_path / "to_nquads.py"
    program.write_text("#" + script.split("```")[0], "utf-8")
    assert "glocal_kg" not in program.read_text("utf-8")
    written = Literal('a "b"\n\u00e9', language="en-gb")
    edit(store, [quad(1), quad(2), Quad(G, G, written, NamedNode("urn:h"))])
    close(store)
    again = open_folder(folder, write=True)
    edit(again, [quad(3), quad(4)], [quad(2)])
    edit(again, [], [quad(4)])

    def dumped() -> set[Quad]:
        run = [sys.executable, "-I", str(program), str(folder)]
        out = subprocess.run(run, capture_output=True, check=True).stdout
        return set(parse(out, RdfFormat.N_QUADS))

    assert dumped() == quads(again)
    close(again)
    assert dumped() == quads(again)


def test_a_change_is_synced_before_it_returns(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[int] = []
    real = os.fsync
    monkeypatch.setattr(os, "fsync", lambda file: (synced.append(file), real(file)))
    edit(store, [quad(1)])
    assert synced


def test_a_record_that_breaks_off_is_cut_from_the_journal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    none = np.empty((0, 4), np.int32)
    record = JournalRecord(1, 0, [], none, none)
    journal = Journal(tmp_path / "journal")
    end = journal.append(0, record)
    real = os.write

    def half(file: int, data: memoryview) -> int:
        real(file, data[:5])
        raise OSError("no room")

    monkeypatch.setattr(os, "write", half)
    with pytest.raises(OSError, match="no room"):
        journal.append(end, record)
    assert journal.path.stat().st_size == end
    journal.close()
