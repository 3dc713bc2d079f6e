"""Named graphs, cut in pieces, say what the parser says, wherever pieces end."""

from __future__ import annotations

import gzip
import os
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as some
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, serialize

from glocal_kg._rdf.formats import by_code
from glocal_kg._rdf.reading import Text, open_source
from glocal_kg._rdf.store import cutting, loading, numbering
from glocal_kg._rdf.store.dictionary import Dictionary
from glocal_kg._rdf.store.fact_table import Layer
from glocal_kg._rdf.store.facts import Facts
from glocal_kg._rdf.store.loading import quads_of
from glocal_kg._rdf.store.numbering import Numbering
from glocal_kg._rdf.store.store import Store
from glocal_kg._rdf.store.turtle_cutting import TurtleCutter
from glocal_kg.errors import ReadError
from tests.rdf.store.as_parsed import BASE, HOME, canonical, expected, read
from tests.rdf.store.test_turtle import DIRECTIVES, NODES, SPACES, VALUES

P = "@prefix ex: <urn:x#> . @prefix : <urn:y#> .\n"
MANY = "".join(f"ex:a ex:b {n} .\n" for n in range(30))
KINDS = {
    "blocks": P + "ex:g { ex:a ex:b 1 . }\nex:h { ex:a ex:b 2 . ex:a ex:c 3 }\n{ ex:a ex:b 4 }",
    "empty blocks": P + "ex:g { } {} _:a { }\nex:h { ex:a ex:b 1 }",
    "only empty blocks": P + "ex:g { }\n{ }\n",
    "around blocks": P + "ex:a ex:b 1 . ex:g { ex:a ex:b 2 } ex:a ex:b 3 .\nex:g{:a :b 4}:a :b 5.",
    "the keyword": P + "GRAPH ex:g { ex:a ex:b 1 }\ngraph _:g {ex:a ex:b 2}\nGraph <h> { <a> a 3 }",
    "names like keywords": "@prefix graph: <urn:g#> . graph:a { graph:graph a graph:GRAPH }",
    "odd keyword": P + "gRaPh ex:g { ex:a ex:b 1 }\nex:a ex:b 2 .",
    "blank nodes": P + "_:a { _:a ex:b _:b }\n_:b { _:b ex:b _:a . }\n_:a ex:b _:b .",
    "graphs without a name": P + "[] { :a :b 1 }\n[ ] { :a :b [] } GRAPH [] { :a :b 3 }",
    "the home graph": P + "<urn:g> { ex:a ex:b 1, 2 }\n{ ex:a ex:b 2, 3 }\nex:a ex:b <urn:g> .",
    "prefixes amid blocks": P + "ex:g { ex:a ex:b 1 }\n@prefix ex: <urn:z#> .\nex:g { :a ex:b 1 }\n"
    "PREFIX ex: <http://z/>\nBASE <http://y/>\nex:g { ex:a <b> 1 }",
    "a long block": P + "ex:g {\n" + MANY + "}\n" + MANY,
    "long blocks": P + "ex:g {\n" + MANY + "}\n_:h {\n" + MANY + "}\n{\n" + MANY + "}\n",
    "a collection in a long block": P + f"ex:g {{\n{MANY}:a :b ( 1 ex:c ) .\n{MANY}}}\n",
    "collections in many": P + f"{{\n{MANY}:a :b ( 1 ) .\n}}\n_:x {{\n:a :b ( _:x ) .\n{MANY}}}\n",
    "brackets": P + "ex:g { [ :b 1 ] . [ :b [ :c 2 ] ] :b [] }\n_:a { _:a :b [ :c _:a ] }",
    "many semicolons": P + "ex:g { ex:a ex:b 1 ;; }\nex:h { ex:a ex:b 1 , 2 ; ex:c 3 ; . }",
    "braces in texts": P + 'ex:g { ex:a ex:b "}", "{ ex:a", """.\n}\n""" }\nex:a ex:b "ex:g {" .',
    "braces in comments": P + "ex:g { # }\nex:a ex:b 1 . # } .\n}\n# ex:h {\n# .\nex:a ex:b 2 .",
    "a comment in a block": P + "ex:g { # .\n ex:a ex:b 1 # .\n . # .\n } # .\n",
    "line ends": (P + "ex:g {\n" + MANY + "}\nex:a ex:b 2 .\n").replace("\n", "\r\n"),
    "no dots": P + "\n".join(f"ex:g{n} {{ ex:a ex:b {n} }}" for n in range(30)),
    "annotations": "<urn:g> { <urn:a> <urn:b> 1 {| <urn:c> 2 |} . }",
    "a triple term": "<urn:g> { <urn:a> <urn:b> <<( <urn:a> <urn:b> 1 )>> . }",
}  # fmt: skip


@pytest.fixture(params=[1 << 19, 1, 40, 300])
def size(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(loading, "PIECE", request.param)
    return int(request.param)


@pytest.mark.parametrize("kind", KINDS)
def test_trig_says_what_the_parser_says(kind: str, size: int) -> None:
    text = KINDS[kind].encode()
    assert read(text, "trig") == expected(text, "trig")


BAD = [
    "<urn:g> {", "}", "{ {", "{ } }", "{ { } }", "<urn:g> { <urn:a> a 1 . . }", "{ . }", "{ } .",
    "GRAPH { <urn:a> a 1 }", "GRAPH <urn:g> <urn:a> a 1 .", "GRAPH GRAPH <urn:g> { }", "GRAPH",
    "'g' { <urn:a> a 1 }", "1 { }", "a { }", "() { }", "[ a 1 ] { }", "<urn:g> { <urn:a> a }",
    "<urn:g> { <urn:a> a 1 , }", "<urn:g> { <urn:a> }", "<urn:g> { ; }", "<urn:a> a 1 { }",
    "<urn:a> a <urn:g> { <urn:a> a 1 }", "<urn:a> a 1 <urn:g> { }", "<urn:g> <urn:h> { }",
    "<urn:g> { @prefix a: <urn:a> . }", "<urn:g> { <urn:a> a 1 .\nPREFIX a: <urn:a>\n}",
    "GRAPH . { }", "<urn:g> { GRAPH <urn:h> { } }", "<urn:g> { GRAPH }", "<urn:g> ; { }",
    "<urn:g> { <urn:a> a [ }", "<urn:g> { <urn:a> a [ a 1 } ]", "[ { } ] a 1 .",
    "<urn:g> { <urn:a> a 1 } }", "<urn:g> { <urn:a> a 'x }", "<urn:g> ( ) { }",
    "<urn:a> a 1 }", "<urn:g> { <urn:a> a GRAPH . }", "<urn:g> { <urn:a> a 1 . } . <urn:a> a 1 .",
]  # fmt: skip


@pytest.mark.parametrize("bad", BAD)
def test_an_error_is_the_one_that_the_parser_has(bad: str, size: int) -> None:
    many = "".join(f"<urn:a> <urn:b> 'n{n}' .\n" for n in range(20))
    blocks = f"<urn:g> {{\n{many}}}\n"
    for text in (bad, many + bad, blocks + bad + "\n" + blocks, f"{blocks}<urn:g> {{\n{many}{bad}"):
        if expected(text.encode(), "trig") is not None:
            continue  # as what comes behind, it may be right
        with pytest.raises(ReadError) as theirs:
            list(open_source(Text(text, "trig", base=BASE)).quads())
        with pytest.raises(ReadError) as ours:
            quads_of(open_source(Text(text, "trig", base=BASE)), Dictionary(), HOME)
        assert str(ours.value) == str(theirs.value)


def test_an_odd_piece_of_a_long_block_is_left_to_the_parser_and_no_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(loading, "PIECE", 100)
    parsed, pieces = TurtleCutter._parsed, []
    monkeypatch.setattr(
        TurtleCutter, "_parsed", lambda self, text: pieces.append(text) or parsed(self, text)
    )
    text = KINDS["a collection in a long block"].encode()
    assert read(text, "trig") == expected(text, "trig")
    assert len(pieces) == 1
    assert len(pieces[0]) < 250


@some.composite
def documents(draw: some.DrawFn) -> str:
    """TriG as people and tools write it, and some that is none."""
    node, value, name = map(
        some.sampled_from, (NODES, VALUES, [*NODES[:9], "_:a", "_:0", "[]", ""])
    )
    parts = ["@prefix ex: <urn:x#> .", "@prefix : <urn:x/> ."]

    def statements() -> None:
        for _ in range(draw(some.integers(0, 3))):
            parts.append(draw(node))
            for _ in range(draw(some.integers(1, 2))):
                parts.extend([draw(some.sampled_from(["a", *NODES[:8]])), draw(node | value), ","])
                parts.extend([draw(node), ";"])
            parts[-1] = "."

    for _ in range(draw(some.integers(1, 4))):
        statements()
        if draw(some.integers(0, 4)) == 0:
            parts.append(draw(some.sampled_from(DIRECTIVES)))
        label = draw(name)
        parts.extend(["GRAPH", label] if label and draw(some.booleans()) else [label])
        parts.append("{")
        statements()
        if parts[-1] == "." and draw(some.booleans()):
            del parts[-1]
        parts.append("}")
    if draw(some.integers(0, 9)) == 0:  # a slip of the pen
        parts.pop(draw(some.integers(2, len(parts) - 1)))
    return "".join(part + draw(SPACES) for part in parts)


@settings(max_examples=100)
@given(documents(), some.sampled_from([1, 10, 60, 1 << 18]))
def test_any_trig_says_what_the_parser_says(text: str, size: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loading, "PIECE", size)
        patch.setattr(numbering, "MANY", size)
        assert read(text.encode(), "trig") == expected(text.encode(), "trig")


@settings(max_examples=100)
@given(
    some.text(some.sampled_from("<>\"'@:.;,[]{}()a1#\\_\n g"), max_size=30),
    some.sampled_from(["", "<urn:g> {\n"]),
)
def test_any_text_says_what_the_parser_says(text: str, begin: str) -> None:
    end = "}" if begin else ""
    whole = f"@prefix : <urn:x#> .\n{begin}:a :b 'c' .\n{text}\n:a :b 'd' .\n{end}".encode()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loading, "PIECE", 1)
        assert read(whole, "trig") == expected(whole, "trig")


TERMS = some.sampled_from(
    [*map(NamedNode, ["urn:a", "urn:g", "http://e/x!"]), *map(BlankNode, "ab")]
)
TEXTS = some.lists(
    some.sampled_from(["<b", "<urn:a>", "_:a", ".", "}", "{", '"', "\n", "\\", "!", "é"])
)
LITERALS = some.builds(
    lambda words, kind: Literal(" ".join(words), **kind), TEXTS,
    some.sampled_from([{}, {"language": "en"}, {"datatype": NamedNode("urn:t")}]),
)  # fmt: skip
QUADS = some.builds(
    Quad, TERMS, some.sampled_from([NamedNode("urn:p"), NamedNode("urn:q")]), TERMS | LITERALS,
    TERMS | some.just(DefaultGraph()),
)  # fmt: skip


@settings(max_examples=100)
@given(some.lists(QUADS, min_size=1, max_size=20), some.sampled_from([1, 50, 1 << 18]))
def test_quads_are_the_same_in_every_format(quads: list[Quad], size: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loading, "PIECE", size)
        patch.setattr(cutting, "TOGETHER", size)
        for format in ("nquads", "trig", "ntriples", "turtle"):
            known = by_code(format)
            some_of_them = quads if known.named_graphs else [Quad(*quad.triple) for quad in quads]
            text = serialize(some_of_them, format=known.rdf)
            assert text is not None
            assert read(text, format) == expected(text, format)


def test_a_graph_for_each_statement_changes_the_layer_once(monkeypatch: pytest.MonkeyPatch) -> None:
    changed, times = Layer.changed, []
    monkeypatch.setattr(
        Layer, "changed", lambda self, changes: times.append(1) or changed(self, changes)
    )
    text = "".join(f'<urn:a{n % 7}> <urn:b> "{n}" <urn:g{n}> .\n' for n in range(300))
    assert read(text.encode(), "nquads") == expected(text.encode(), "nquads")
    assert len(times) == 1


@pytest.mark.parametrize("format", ["nquads", "trig"])
def test_an_interrupt_adds_nothing(format: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "PIECE", 100)
    numbered, times = Numbering.numbered, count(1)

    def interrupted(self: Numbering, texts: list[bytes], *, trusted: bool = False) -> object:
        if next(times) == 5:
            raise KeyboardInterrupt
        return numbered(self, texts, trusted=trusted)

    monkeypatch.setattr(Numbering, "numbered", interrupted)
    text = "".join(f"<urn:a> <urn:b> <urn:c{n}> .\n" for n in range(50))
    dictionary = Dictionary()
    with pytest.raises(KeyboardInterrupt):
        quads_of(open_source(Text(text, format)), dictionary, HOME)
    assert len(dictionary) == 0


@pytest.mark.parametrize("pack", [bytes, gzip.compress, zstandard.compress])
@pytest.mark.parametrize("kind", ["a long block", "collections in many"])
def test_packed_files_say_the_same(
    kind: str, pack: Callable[[bytes], bytes], size: int, tmp_path: Path
) -> None:
    text = KINDS[kind].encode()
    path = tmp_path / {gzip.compress: "x.trig.gz", bytes: "x.trig"}.get(pack, "x.trig.zst")
    path.write_bytes(pack(text))
    store = Store()
    store.edit(added=quads_of(open_source(path), store.dictionary, HOME))
    assert canonical(list(Facts(store.moment))) == expected(text, "trig")
    path.write_bytes(pack(text + b"<urn:g> {"))
    with pytest.raises(ReadError, match=r"x\.trig.*:\d+"):
        quads_of(open_source(path), dictionary := Dictionary(), HOME)
    assert len(dictionary) == 0


_FOLDER = os.environ.get("W3C_RDF_TESTS", "")
_SUITES = sorted(Path(_FOLDER).glob("rdf/rdf1*/rdf-*/**/*.*")) if _FOLDER else []
_FORMATS = {".nt": "ntriples", ".nq": "nquads", ".trig": "trig"}


@pytest.mark.skipif(not _SUITES, reason="W3C_RDF_TESTS names no copy of the W3C's tests")
def test_the_suites_of_the_w3c_say_what_the_parser_says(size: int) -> None:
    paths = [path for path in _SUITES if path.suffix in _FORMATS]
    assert len(paths) > 500
    for path in paths:
        text, format = path.read_bytes(), _FORMATS[path.suffix]
        assert read(text, format) == expected(text, format), path
