"""A terminal is told what takes a while; a pipe gets nothing but the answer."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pty = pytest.importorskip("pty", reason="this system has no terminals of this kind")

ROOT = Path(__file__).parents[2]
FACTS = "<urn:a> <urn:b> <urn:c> .\n"
VERBS = [
    (["infer", "-f", "summary"], [b"reading my.nt", b"inferring"]),
    (["validate", "--no-checks"], [b"reading my.nt", b"validating"]),
]


def command(folder: Path, verb: list[str], err: int) -> bytes:
    (folder / "my.nt").write_text(FACTS)
    start = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r}); import glocal_kg._cli as cli; cli.main()"
    )
    call = [sys.executable, "-c", start, *verb, "my.nt"]
    return subprocess.run(call, cwd=folder, stdout=subprocess.PIPE, stderr=err).stdout


@pytest.mark.parametrize(("verb", "said"), VERBS)
def test_a_terminal_is_told(verb, said, tmp_path):
    ours, theirs = pty.openpty()
    answer = command(tmp_path, verb, theirs)
    os.close(theirs)
    shown = os.read(ours, 100_000)
    for words in said:
        assert b"\r\x1b[K" + words in shown
        assert words not in answer
    last = shown.rpartition(b"\r\x1b[K")[2]
    assert not any(words in last for words in said), "the line goes before the answer comes"
    os.close(ours)


@pytest.mark.parametrize(("verb", "said"), VERBS)
def test_a_pipe_is_not(verb, said, tmp_path):
    err = tmp_path / "err"
    with err.open("wb") as file:
        command(tmp_path, verb, file.fileno())
    assert b"\x1b" not in err.read_bytes()
