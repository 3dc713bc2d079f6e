"""A file written whole: through links, with the permissions it had, into pipes as they are."""

from __future__ import annotations

import os
import stat
import threading

import pytest

from glocal_kg._rdf.writing.whole_file import expect_other, whole_file, write_whole
from glocal_kg.errors import GlocalError


def test_a_symbolic_link_stays_one_and_its_file_is_written(tmp_path):
    (tmp_path / "shared").mkdir()
    kept = tmp_path / "shared" / "graph.nt"
    kept.write_text("old")
    link = tmp_path / "graph.nt"
    link.symlink_to(kept)
    write_whole(link, "new")
    assert link.is_symlink()
    assert kept.read_text() == "new"
    kept.unlink()
    write_whole(link, "again")  # a link that leads nowhere yet
    assert link.is_symlink()
    assert kept.read_text() == "again"
    assert sorted(os.listdir(tmp_path)) == ["graph.nt", "shared"]
    assert os.listdir(tmp_path / "shared") == ["graph.nt"]


def test_a_file_keeps_its_permissions(tmp_path):
    path = tmp_path / "private.csv"
    path.write_text("old")
    path.chmod(0o640)
    write_whole(path, "new")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_file_that_must_not_be_written_is_left(tmp_path, monkeypatch):
    path = tmp_path / "kept.csv"
    path.write_text("old")
    monkeypatch.setattr(os, "access", lambda *given: False)  # root may write everything
    with pytest.raises(GlocalError, match="Permission denied"):
        write_whole(path, "new")
    assert path.read_text() == "old"
    assert os.listdir(tmp_path) == ["kept.csv"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_a_pipe_is_written_to_and_stays_one(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()))
    reader.start()
    write_whole(pipe, "rows")
    reader.join()
    assert read == [b"rows"]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_name_may_be_as_long_as_the_system_takes(tmp_path):
    path = tmp_path / ("é" * 120 + ".svg")
    write_whole(path, "x")
    assert path.read_text() == "x"


def test_two_threads_write_one_file_each_whole(tmp_path):
    path = tmp_path / "one.txt"
    with whole_file(path) as mine:
        mine.write(b"mine")
        other = threading.Thread(target=write_whole, args=(path, "other"))
        other.start()
        other.join()
        assert path.read_text() == "other"
    assert path.read_text() == "mine"


def test_what_was_read_is_not_written_over(tmp_path):
    table = tmp_path / "table.csv"
    table.write_text("a\n")
    (tmp_path / "link.csv").symlink_to(table)
    for path in (table, tmp_path / "link.csv", tmp_path / "." / "table.csv"):
        with pytest.raises(GlocalError, match="would be written over the table"):
            expect_other(path, table, "the table")
    with pytest.raises(GlocalError):  # a sheet in a folder that was read
        expect_other(tmp_path / "sheet.csv", tmp_path, "the folder")
    expect_other(tmp_path / "other.csv", table, "the table")
