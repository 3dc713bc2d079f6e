"""Every way of reading gives what the parser gives."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as some
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, parse

from glocal_kg._rdf.reading import Text, open_source
from glocal_kg._rdf.reading.document import Document
from glocal_kg._rdf.store import cutting, loading
from glocal_kg._rdf.store.cutting import Cutter
from glocal_kg._rdf.store.facts import Facts
from glocal_kg._rdf.store.loading import quads_of
from glocal_kg._rdf.store.store import Store
from glocal_kg.errors import ReadError
from tests.rdf.store import as_parsed

G = NamedNode("urn:g")


def read(source: object) -> set[Quad]:
    store = Store()
    store.edit(added=quads_of(open_source(source), store.dictionary, G))
    return set(Facts(store.moment))


def parsed(text: str, format: RdfFormat = RdfFormat.N_TRIPLES) -> set[Quad]:
    return {Quad(*quad.triple, G) for quad in parse(text, format)}


ODD = {
    "escapes": r'<urn:a> <urn:b> "caf\u00e9 \U0001F98B \t\"x\"" .' + "\n",
    "language": '<urn:a> <urn:b> "colour"@en-GB , "color"@en-US .\n'.replace(
        " ,", " .\n<urn:a> <urn:b>"
    ),
    "comments": "# one\n<urn:a> <urn:b> <urn:c> . # two\n\n<urn:a> <urn:b> <urn:d> .\n",
    "comment of four words": "# a b .\n<urn:a> <urn:b> <urn:c> .\n",
    "tabs": "<urn:a>\t<urn:b>\t<urn:c> .\n",
    "no space": "<urn:a><urn:b><urn:c>.\n<urn:a> <urn:b> <urn:d> .\n",
    "line ends": "<urn:a> <urn:b> <urn:c> .\r\n<urn:a> <urn:b> <urn:d> .\r\n",
    "no last line end": '<urn:a> <urn:b> "x . y" .\n<urn:a> <urn:b> <urn:d> .',
    "one text in two forms": '<urn:a> <urn:b> "é" .\n<urn:a> <urn:b> "\\u00e9" .\n',
    "a graph within": '<urn:a> <urn:b> "x <urn:c>" .\n<urn:a> <urn:b> "_:x _:y"@en .\n',
    "a mark within": '<urn:a> <urn:b> "x .\\n<urn:c>" .\n',
    "string as such": '<urn:a> <urn:b> "x"^^<http://www.w3.org/2001/XMLSchema#string> .\n',
}


@pytest.mark.parametrize("kind", ODD)
def test_odd_n_triples_are_read_as_the_parser_reads_them(kind: str) -> None:
    assert read(Text(ODD[kind], "ntriples")) == parsed(ODD[kind])


BAD = {
    "a literal as subject": '<urn:a> <urn:b> "c" .\n"c" <urn:b> <urn:a> .\n',
    "a blank node as predicate": "_:a <urn:b> <urn:c> .\n<urn:c> _:a <urn:c> .\n",
    "no end": "<urn:a> <urn:b> <urn:c> .\n<urn:a> <urn:b> <urn:c>\n",
    "two statements": "<urn:a> <urn:b> <urn:c> . <urn:a> <urn:b> oops .\n",
    "no IRI": "<urn:a> <urn:b> <urn:c d> .\n",
    "relative": "<urn:a> <urn:b> <c> .\n",
    "triple term": "<urn:a> <urn:b> <<( <urn:a> <urn:b> <urn:c> )>> .\n",
}


@pytest.mark.parametrize("kind", BAD)
def test_bad_n_triples_are_an_error_wherever_they_stand(kind: str) -> None:
    many = "".join(f"<urn:a> <urn:b> <urn:c{n}> .\n" for n in range(50))
    with pytest.raises(ReadError):
        read(Text(many + BAD[kind], "ntriples"))


NODES = some.sampled_from([*(NamedNode(f"urn:n{n}") for n in range(4)), *map(BlankNode, "xyz")])
LITERALS = some.builds(
    Literal, some.text(some.characters(exclude_categories=["Cs"], max_codepoint=400))
)
QUADS = some.builds(Quad, NODES, some.just(NamedNode("urn:p")), NODES | LITERALS)


def named(quads: set[Quad]) -> set[tuple[str, ...]]:
    """Quads with blank nodes told by what is said of them alone: enough to compare."""
    return {
        tuple("_" if isinstance(t, BlankNode) else str(t) for t in quad.triple) for quad in quads
    }


@given(some.lists(QUADS, min_size=1, max_size=30))
def test_pieces_of_any_size_give_the_same(quads: list[Quad]) -> None:
    text = "".join(f"{quad} .\n" for quad in quads)
    turtle = read(Text(text, "turtle"))
    assert named(turtle) == named(set(quads))
    before = loading.PIECE, cutting.TOGETHER
    for size in (1, 100):
        loading.PIECE, cutting.TOGETHER = size, size
        try:
            found = read(Text(text, "ntriples"))
            again = read(Text(text, "turtle"))
        finally:
            loading.PIECE, cutting.TOGETHER = before
        assert named(found) == named(again) == named(turtle)
        nodes = {t for quad in found for t in quad.triple if isinstance(t, BlankNode)}
        assert len(nodes) == len({t for q in quads for t in q.triple if isinstance(t, BlankNode)})


GRAPHS = "<urn:a> <urn:b> <urn:c> .", '<urn:a> <urn:b> "c" <urn:h> .', "_:a <urn:b> <urn:c> _:g ."
QUICK = {
    "ntriples": GRAPHS[:1],
    "nquads": (*GRAPHS, '<urn:a> <urn:b> "a <b .!"@en-GB <urn:h!> .'),
    "turtle": ("<urn:a> <urn:b> <urn:c> .", "_:a a [] ."),
    "trig": ("<urn:a> a 1 . <urn:h> {", "_:a a 2 .", "<b> a [ a 3 ] } { } GRAPH _:b { <a> a 4 }"),
}


@pytest.mark.parametrize("format", QUICK)
def test_the_quick_way_is_taken(format: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the parser no statements are asked."""

    def refuse(*_: object) -> None:
        raise AssertionError("read by the parser")

    monkeypatch.setattr(Document, "quads", refuse)
    monkeypatch.setattr(Document, "written", refuse)
    monkeypatch.setattr(Cutter, "_parsed", refuse)
    text = "".join(f"{line}\n" for line in QUICK[format] * 3).encode()
    assert as_parsed.read(text, format) == as_parsed.expected(text, format)


def test_a_piece_that_is_not_canonical_is_left_to_the_parser_and_no_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(loading, "PIECE", 100)
    parsed, pieces = Cutter._parsed, []
    monkeypatch.setattr(
        Cutter, "_parsed", lambda self, text: pieces.append(text) or parsed(self, text)
    )
    lines = [f"<urn:a> <urn:b> _:c{n % 7} <urn:g{n}> .\n" for n in range(100)]
    text = "".join([*lines[:50], "# odd\n", *lines[50:]]).encode()
    assert as_parsed.read(text, "nquads") == as_parsed.expected(text, "nquads")
    assert len(pieces) == 1
    assert len(pieces[0]) < 200


@pytest.mark.parametrize("text", ["<urn:a> <urn:b> <urn:c> . oops", "{ <urn:a> <urn:b> oops }"])
def test_a_failed_read_adds_no_term(text: str) -> None:
    store = Store()
    with pytest.raises(ReadError):
        quads_of(open_source(Text(text, "trig")), store.dictionary, G)
    assert len(store.dictionary) == 0


def test_named_graphs_keep_their_name_and_the_default_graph_goes_to_the_target() -> None:
    a = "<urn:a> <urn:b>"
    text = f"{a} <urn:c> . <urn:g> {{ {a} <urn:d> }} <urn:h> {{ {a} 1 }}"
    store = Store()
    store.edit(added=quads_of(open_source(Text(text, "trig")), store.dictionary, G))
    names = [quad.graph_name.value for quad in Facts(store.moment)]
    assert sorted(names) == ["urn:g", "urn:g", "urn:h"]


TERMS = ["<urn:a>", "<urn:b>", "<http://e/x>", "<urn:é>", "_:a", "_:b"]
TEXTS = [
    '"a <b"', '"a <b"@en', '"a> <b"^^<urn:t>', '"_:a _:b"@en', '"a _:b"', '"!"', '"x"', '"x"@en',
    '"x"@EN', '"x y"', '"1"^^<urn:t>', '"é"', '""', '""@en', '"a\\"b"',
]  # fmt: skip
WRONG = [
    "<x>", "<>", "<urn:a", "<urn:a>.#j>", "<urn:a>.#j", "<urn:a><urn:b>", r"<urn:\u0041>", "_:a.#x",
    "<urn:%zz>", "_:a.", "_:-", '"a"b"', '"abc', r'"\u0041"', r'"\n"', '"x"@', '"x"^^<y>', '"',
    '"x"@en--ltr', '"x"^^<urn:a>"', '"a\\', '"x".#c', '"#', '"\x85"', '"\ufffe"', '"a\tb"',
    '"x"^^<http://www.w3.org/2001/XMLSchema#string>', '"x"@en . #c', '"x" . <urn:a> <urn:a> _:a',
]  # fmt: skip


@pytest.mark.parametrize("format", ["ntriples", "nquads"])
def test_what_is_cut_is_what_the_parser_reads(format: str) -> None:
    draw = random.Random(1)
    fine = 0
    for _ in range(2000):
        lines = []
        for _ in range(draw.randint(1, 3)):
            any_term = TERMS + TEXTS + WRONG
            s, p, g = (draw.choice(TERMS if draw.random() < 0.95 else any_term) for _ in "spg")
            o = draw.choice(TERMS + TEXTS if draw.random() < 0.8 else any_term)
            graph = f" {g}" if draw.random() < (0.5 if format == "nquads" else 0.02) else ""
            lines.append(f"{s} {p} {o}{graph} .\n")
        text = "".join(lines).encode()
        found = as_parsed.read(text, format)
        assert found == as_parsed.expected(text, format), text
        fine += found is not None
    assert fine > 300
