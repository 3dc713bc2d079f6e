"""The command called in this process: what it prints, where, and the exit code."""

from __future__ import annotations

import io
import sys
from subprocess import CompletedProcess
from unittest.mock import patch

from glocal_kg._cli import run

CLASSES = "SELECT ?c { VALUES ?c { glocal:City glocal:Practice } ?c a owl:Class } ORDER BY ?c"


def glocal(*words: object, text: str | None = None) -> CompletedProcess[str]:
    """What a verb prints into pipes; ``text`` is what it reads."""
    streams = [io.TextIOWrapper(io.BytesIO(), "utf-8", newline="") for _ in range(3)]
    given, out, err = streams
    given.buffer.write((text or "").encode())
    given.seek(0)
    arguments = list(map(str, words))
    with patch.multiple(sys, stdin=given, stdout=out, stderr=err):
        code = run(arguments)
    printed = []
    for stream in (out, err):
        stream.flush()
        printed.append(stream.buffer.getvalue().decode("utf-8"))
    return CompletedProcess(arguments, code, *printed)


def fails(*words: object, said: str, text: str | None = None) -> None:
    """The verb ends with 2, and all it prints is one message with these words."""
    run = glocal(*words, text=text)
    assert run.returncode == 2, run.stdout + run.stderr
    assert run.stdout == ""
    assert run.stderr.startswith("glocal: ")
    assert said in run.stderr
