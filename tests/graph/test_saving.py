"""What is written: which facts, in which order, whole or not at all."""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad

import glocal_kg as gk
from glocal_kg._graph import saving

EX = "https://example.org/"
AXIOM = "<urn:City> <http://www.w3.org/2000/01/rdf-schema#subClassOf> <urn:Place> ."


def city(name: str, graph: str) -> Quad:
    a = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    return Quad(NamedNode(EX + name), a, NamedNode("urn:City"), NamedNode(EX + graph))


@pytest.fixture
def kg() -> gk.KnowledgeGraph:
    graph = gk.KnowledgeGraph()
    graph.add([city("rome", "g"), city("oslo", "h"), city("é", "h")])
    graph.add(gk.Text(AXIOM, "turtle", name="axioms"))
    return graph


@pytest.mark.parametrize("suffix", ["nt", "nt.gz", "ttl"])
def test_what_follows_is_written_alone(kg: gk.KnowledgeGraph, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"inferred.{suffix}"
    assert kg.write(path, facts="inferred") == len(list(kg.infer())) == 3
    again = gk.KnowledgeGraph()
    again.add(path, graph="urn:again")
    assert {quad.triple for quad in again.facts} == {quad.triple for quad in kg.infer()}


def test_all_facts_are_those_asserted_and_those_that_follow(kg: gk.KnowledgeGraph) -> None:
    written = {facts: io.BytesIO() for facts in ("asserted", "inferred", "all")}
    counts = {facts: kg.write(out, facts=facts, format="nquads") for facts, out in written.items()}
    assert counts == {"asserted": 4, "inferred": 3, "all": 7}
    said, follows, both = (written[one].getvalue().splitlines() for one in counts)
    triples = [line.rpartition(b" <")[0] for line in (*said, *follows)]
    assert sorted(triples) == [line.rpartition(b" <")[0] for line in both]


def test_the_order_is_that_of_the_texts_whatever_was_read_first(kg: gk.KnowledgeGraph) -> None:
    other = gk.KnowledgeGraph()
    other.add(gk.Text(AXIOM, "turtle", name="axioms"))
    other.add([city("é", "h"), city("oslo", "h"), city("rome", "g")])
    for format in ("nquads", "trig", "jsonld"):
        first, second = io.StringIO(), io.StringIO()
        kg.write(first, format=format)
        other.write(second, format=format)
        assert first.getvalue() == second.getvalue() != ""


def test_a_packed_file_is_the_same_each_time(kg: gk.KnowledgeGraph, tmp_path: Path) -> None:
    for name in ("one.nq.gz", "two.nq.gz"):
        kg.write(tmp_path / name)
    one = (tmp_path / "one.nq.gz").read_bytes()
    assert one == (tmp_path / "two.nq.gz").read_bytes()
    out = io.BytesIO()
    kg.write(out, format="nquads")
    assert gzip.decompress(one) == out.getvalue()


def test_what_is_interrupted_leaves_what_stood(
    kg: gk.KnowledgeGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(_: object) -> Iterator[bytes]:
        yield b"<urn:half>"
        raise KeyboardInterrupt

    path = tmp_path / "mine.nq"
    path.write_bytes(b"before")
    monkeypatch.setattr(saving, "lines", interrupted)
    with pytest.raises(KeyboardInterrupt):
        kg.write(path)
    assert [one.name for one in tmp_path.iterdir()] == ["mine.nq"]
    assert path.read_bytes() == b"before"


def test_what_cannot_be_asked_for_is_said(kg: gk.KnowledgeGraph, tmp_path: Path) -> None:
    with pytest.raises(gk.ArgumentError, match="one of asserted, inferred, all"):
        kg.write(tmp_path / "x.nq", facts="deduced")
    with pytest.raises(gk.ArgumentError, match="not those of one graph"):
        kg.write(tmp_path / "x.nq", facts="inferred", graph=EX + "g")
    with pytest.raises(gk.GlocalError, match="holds one graph"):
        kg.write(tmp_path / "x.nt", facts="all")
    with pytest.raises(gk.ArgumentError, match="a path or a file object"):
        kg.write(7, format="nquads")
    assert not list(tmp_path.iterdir())


def test_what_follows_with_readings_is_written_when_asked_for() -> None:
    kg = gk.load()
    with_readings = kg.infer(interpreted=True).inferred
    counts = {}
    for interpreted in (False, True):
        out = io.BytesIO()
        counts[interpreted] = kg.write(
            out, facts="inferred", interpreted=interpreted, format="ntriples"
        )
        assert len(set(out.getvalue().splitlines())) == counts[interpreted]
    assert counts == {False: kg.infer().inferred, True: with_readings}
    assert counts[True] > counts[False]
    for facts in ("asserted", "all"):
        with pytest.raises(gk.ArgumentError, match="interpreted takes False beside"):
            kg.write(io.BytesIO(), facts=facts, interpreted=True, format="nquads")


def test_what_is_no_target_is_told_as_that(kg: gk.KnowledgeGraph) -> None:
    for wrong in (None, 5):
        with pytest.raises(gk.ArgumentError, match="target takes a path or a file object"):
            kg.write(wrong)


@pytest.mark.parametrize("packing", [".gz", ".bz2", ".xz", ".zst", ".zip"])
@pytest.mark.parametrize("suffix", [".nq", ".trig", ".jsonld"])
def test_what_is_packed_is_read_again(
    packing: str, suffix: str, kg: gk.KnowledgeGraph, tmp_path: Path
) -> None:
    pytest.importorskip("zstandard", reason="zstandard is not installed")
    path = tmp_path / f"ünique{suffix}{packing}"
    assert kg.write(path) == len(kg)
    again = gk.KnowledgeGraph()
    again.add(path)
    assert {str(quad) for quad in again.facts} == {str(quad) for quad in kg.facts}
    before = path.read_bytes()
    kg.write(path)
    assert path.read_bytes() == before


def test_a_zip_names_the_file_in_it_by_its_format(kg: gk.KnowledgeGraph, tmp_path: Path) -> None:
    kg.write(tmp_path / "all.zip", format="nquads")
    again = gk.KnowledgeGraph()
    again.add(tmp_path / "all.zip")
    assert len(again) == len(kg)


def test_a_folder_that_is_not_there_is_told_before_anything_else(tmp_path: Path) -> None:
    kg = gk.KnowledgeGraph()
    kg.add([city("rome", "g"), city("oslo", "h")])
    for name in ("out.nt", "out.ttl", "out.trig"):
        with pytest.raises(gk.GlocalError, match=r"there is no folder .*nowhere") as caught:
            kg.write(tmp_path / "nowhere" / name)
        assert "several" not in str(caught.value)
    with pytest.raises(gk.GlocalError, match="holds one graph, and there are several"):
        kg.write(tmp_path / "out.nt")
