"""Streams: sorting and publishing hold a bounded part of a graph in memory."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from glocal_kg._publish import verify
from glocal_kg._publish.dumps import jsonld_stream
from glocal_kg._publish.gathering import parts
from glocal_kg._publish.lines.external_sort import sort_lines
from glocal_kg._publish.lines.ntriples_text import split_quad, term_of, value
from tests.publish.samples import literals, nodes, publish

TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
SPACE = "https://example.org/many/"
ABOUT = {"title": "Many", "publisher": "Me", "license": "https://example.org/license"}


@given(st.lists(st.text(st.characters(exclude_characters="\n", exclude_categories=("Cs",)))))
def test_sorting_in_pieces_is_sorting(lines: list[str]) -> None:
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        found = list(sort_lines(lines, Path(folder), run_characters=4))
        assert found == sorted(set(lines))
        assert list(Path(folder).iterdir()) == []


@given(nodes, literals | nodes, st.sampled_from(["", f"{SPACE}graph", "_:g"]))
def test_a_line_is_taken_apart_as_it_was_put_together(
    subject: NamedNode, object_: Literal | NamedNode, graph: str
) -> None:
    name = BlankNode("g") if graph == "_:g" else NamedNode(graph) if graph else None
    quad = Quad(subject, TYPE, object_, name)
    triple, found = split_quad(f"{quad} .")
    assert triple == f"{quad.triple} ."
    assert found == term_of(graph)
    if isinstance(object_, Literal):
        parts_ = value(str(object_))
        assert parts_.text == object_.value
        assert parts_.datatype == object_.datatype.value
        assert parts_.language == (object_.language or "")


def many(number: int, length: int = 40) -> Iterator[Quad]:
    for index in range(number):
        thing = NamedNode(f"{SPACE}thing/{index}")
        yield Quad(thing, TYPE, NamedNode(f"{SPACE}terms#Thing"))
        for name in ("a", "b", "c"):
            text = Literal(f"{name} {index} " + "x" * length)
            yield Quad(thing, NamedNode(f"{SPACE}terms#{name}"), text)


def peak_of_publishing(number: int, folder: Path) -> int:
    """The most memory at a time; long texts fill it with few statements."""
    quads = many(number, length=4_000)
    tracemalloc.start()
    try:
        publish(quads, folder, version="1.0.0", date="2026-01-31", about=ABOUT)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(("held", "grows"), [("a part", False), ("lines", True), ("nodes", True)])
def test_memory_does_not_grow_with_the_graph(
    held: str, grows: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor would it pass where sorting, or reading JSON-LD, held all: both are tried."""
    everything = 10**9
    nodes, characters = (
        everything if held == "nodes" else 10,
        everything if held == "lines" else 100_000,
    )
    monkeypatch.setattr(jsonld_stream, "NODES_AT_ONCE", nodes)
    monkeypatch.setattr(sort_lines, "__defaults__", (characters,))
    publish(many(1), tmp_path / "first", version="1.0.0", date="2026-01-31", about=ABOUT)
    less, more = (peak_of_publishing(number, tmp_path / str(number)) for number in (40, 240))
    assert (more > less * 1.5) == grows, "six times the graph, about the same memory"


def test_more_graphs_than_files_can_be_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "OPEN_FILES", 3)
    quads = [
        Quad(quad.subject, quad.predicate, quad.object, NamedNode(f"{SPACE}graph/{number % 7}"))
        for number, quad in enumerate(many(20))
    ]
    release = publish(quads, tmp_path / "dist", version="1.0.0", date="2026-01-31", about=ABOUT)
    assert len(release.facts.graphs) == 7
    assert verify(tmp_path / "dist") == []
