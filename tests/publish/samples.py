"""Graphs to publish: a small sample with everything that is hard, and random ones."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, parse

from glocal_kg._publish import Release
from glocal_kg._publish import publish as really_publish

HERE = Path(__file__).parent
SAMPLE = HERE / "sample.trig"
QUERIES = HERE / "queries"

settings.register_profile(
    "release",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    max_examples=60,
    derandomize=True,
)
settings.load_profile("release")


def publish(source: Any, folder: Any, **given: Any) -> Release:
    """Publish with an address, which no graph but our own can say of itself."""
    version = given.get("version") or "1.0.0"
    about = {"base": f"https://example.org/sample/release/{version}/", **given.pop("about", {})}
    return really_publish(source, folder, about=about, **given)


def sample() -> list[Quad]:
    return list(parse(path=str(SAMPLE), format=RdfFormat.TRIG))


def edited(*changes: tuple[str, str]) -> list[Quad]:
    """The sample after replacing texts in its file."""
    text = SAMPLE.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return list(parse(text, RdfFormat.TRIG))


# Random graphs. Terms are few, so that statements share them and blank nodes form knots.
_SPACE = "https://example.org/sample/"
nodes = st.sampled_from([NamedNode(f"{_SPACE}id/{name}") for name in ("a", "b", "c/d", "e-1")])
blanks = st.sampled_from([BlankNode(name) for name in ("x", "y", "z", "w")])
predicates = st.sampled_from(
    [NamedNode(f"{_SPACE}terms#{name}") for name in ("p", "q", "people", "twinOf")]
    + [
        NamedNode("http://www.w3.org/2000/01/rdf-schema#label"),
        NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#first"),
        NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#rest"),
    ]
)
TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
classes = st.sampled_from([NamedNode(f"{_SPACE}terms#{name}") for name in ("City", "Capital")])
texts = st.text(st.characters(exclude_categories=("Cs",)), max_size=8)
datatypes = st.sampled_from(
    [
        NamedNode(f"http://www.w3.org/2001/XMLSchema#{name}")
        for name in ("integer", "decimal", "boolean", "date", "gYear")
    ]
    + [NamedNode("https://example.org/own")]
)
literals = (
    st.builds(Literal, texts)
    | st.builds(lambda text, tag: Literal(text, language=tag), texts, st.sampled_from(["en", "it"]))
    | st.builds(
        lambda text, kind: Literal(text, datatype=kind),
        st.sampled_from(["1", "01", "-5", "1.50", "true", "2026", "2026-01-31", "x"]) | texts,
        datatypes,
    )
)
graph_names = st.sampled_from(
    [NamedNode(f"{_SPACE}graph/one"), NamedNode(f"{_SPACE}graph/two"), DefaultGraph()]
)
subjects = nodes | blanks
statements = st.builds(
    Quad,
    subjects,
    predicates,
    subjects | literals | st.just(NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#nil")),
    graph_names,
) | st.builds(Quad, subjects, st.just(TYPE), classes | blanks, graph_names)
graphs = st.lists(statements, min_size=1, max_size=14, unique=True)
