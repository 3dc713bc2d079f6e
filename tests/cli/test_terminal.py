"""What reaches a terminal: signs of strangers are shown, they never act."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import glocal_kg as gk
from glocal_kg._cli import run

BAD = "\x1b]0;owned\x07\x1b[31m\u202edetrevni\u2066\x9b1m"
ACTING = set("\x1b\x07\x9b\u202e\u2066")
DATA = f"""@prefix : <https://example.org/x#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<https://example.org/x> a owl:Ontology ; rdfs:label "{BAD}"@en .
:A a owl:Class ; rdfs:label "A{BAD}"@en ; owl:disjointWith :B .
:B a owl:Class ; rdfs:label "B{BAD}"@en .
:a a :A , :B ; rdfs:label "{BAD}"@en .
:C rdfs:subClassOf :A . :c a :C ; rdfs:label "c{BAD}"@en .
"""
SHAPES = f"""@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix : <https://example.org/x#> .
:S a sh:NodeShape ; sh:targetClass :A ; sh:property [ sh:path :p ; sh:minCount 1 ;
  sh:message "{BAD}" ] .
"""


@pytest.fixture
def files(tmp_path: Path) -> dict[str, str]:
    found = {"data.ttl": DATA, "other.ttl": DATA.replace(":c a", ":d a"), "shapes.ttl": SHAPES}
    for name, text in found.items():
        (tmp_path / name).write_text(text.replace("\x07", "\\u0007"), encoding="utf-8")
    return {name: str(tmp_path / name) for name in found}


@pytest.mark.parametrize(
    "words",
    [
        ["validate", "data.ttl", "--shapes", "shapes.ttl", "-f", "text"],
        ["infer", "data.ttl", "-f", "summary"],
        ["check", "data.ttl", "--all"],
        ["compare", "data.ttl", "other.ttl", "-f", "text"],
        ["query", f"SELECT * {{ ?s ?p {BAD} }}"],
        ["query", f"SELECT (1 AS ?{BAD}x) {{}}"],
        ["info", f"--{BAD}"],
        [BAD],
    ],
    ids=lambda words: words[0][:8],
)
def test_no_sign_acts_on_a_terminal(
    words: list[str], files: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    run([files.get(word, word) for word in words])
    said = capsys.readouterr()
    assert said.out + said.err
    assert not ACTING & set(said.out + said.err)


def test_a_picture_of_a_stranger_is_well_formed() -> None:
    from xml.dom.minidom import parseString

    from pyoxigraph import NamedNode

    from glocal_kg import KnowledgeGraph
    from glocal_kg._rdf.reading import Text

    kg = KnowledgeGraph()
    kg.add(Text(DATA.replace("\x07", "\\u0007"), "turtle"))
    kg.infer()
    space = "https://example.org/x#"
    type_ = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    told = kg.explain(NamedNode(f"{space}c"), type_, NamedNode(f"{space}A"))
    parseString(told.to_svg())
    assert not ACTING & set(told.to_svg())


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="this system has no /dev/full")
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_full_disk_is_told(unbuffered: str) -> None:
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "glocal_kg", "query", "map/principles"],
            env={**os.environ, "PYTHONUNBUFFERED": unbuffered,
                 "PYTHONPATH": str(Path(__file__).parents[2])},
            stdout=full, stderr=subprocess.PIPE, check=False,
        )  # fmt: skip
    assert done.returncode == 2
    assert b"cannot be written" in done.stderr


def test_unbuffered_output_is_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """A write that takes a part only is gone on with, as it is on a disk that gets full."""
    from io import RawIOBase, TextIOWrapper

    from glocal_kg._cli.common import write

    class Slow(RawIOBase):
        taken = b""

        def writable(self) -> bool:
            return True

        def write(self, content: bytes) -> int:
            self.taken += bytes(content[:7])
            return min(7, len(content))

    slow = Slow()
    monkeypatch.setattr(sys, "stdout", TextIOWrapper(slow, "utf-8", write_through=True))
    write("one line that is longer than a piece")
    assert slow.taken == b"one line that is longer than a piece\n"


def test_a_folder_in_which_all_is_well_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = str(tmp_path / "my.glocal")
    gk.open(folder, create=True).close()
    assert run(["check", folder]) == 0
    assert capsys.readouterr().out == f"{folder}: every file has its checksum.\n"
