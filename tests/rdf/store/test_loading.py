"""Every way of reading gives what the parser gives."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, parse

from glocal_kg._rdf.reading import Text, open_source
from glocal_kg._rdf.store import loading
from glocal_kg._rdf.store.cutting import Cutter
from glocal_kg._rdf.store.dictionary import Dictionary
from glocal_kg._rdf.store.facts import Facts
from glocal_kg._rdf.store.loading import quads_of
from glocal_kg._rdf.store.store import Store
from glocal_kg.errors import ReadError

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
    before = loading.PIECE, loading.MANY
    for size in (1, 100):
        loading.PIECE, loading.MANY = size, size
        try:
            found = read(Text(text, "ntriples"))
            again = read(Text(text, "turtle"))
        finally:
            loading.PIECE, loading.MANY = before
        assert named(found) == named(again) == named(turtle)
        nodes = {t for quad in found for t in quad.triple if isinstance(t, BlankNode)}
        assert len(nodes) == len({t for q in quads for t in q.triple if isinstance(t, BlankNode)})


def test_the_quick_way_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.nt"
    path.write_text("".join(f'<urn:a> <urn:b> "{n}"@en-GB .\n' for n in range(100)))

    def refuse(*_: object) -> None:
        raise AssertionError("read term by term")

    monkeypatch.setattr(loading, "numbered", refuse)
    assert len(read(path)) == 100


def test_a_piece_that_is_not_canonical_is_left_to_the_parser() -> None:
    store = Store()
    assert Cutter(check=True).rows([b"<urn:a> <urn:b>\n"], store.dictionary) is None
    assert len(store.dictionary) == 0


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
TEXTS = ['"x"', '"x"@en', '"x"@EN', '"x y"', '"1"^^<urn:t>', '"é"', '""', '""@en', '"a\\"b"']
WRONG = [
    "<x>", "<>", "<urn:a", "<urn:a>.#j>", "<urn:a>.#j", "<urn:a><urn:b>", r"<urn:\u0041>", "_:a.#x",
    "<urn:%zz>", "_:a.", "_:-", '"a"b"', '"abc', r'"\u0041"', r'"\n"', '"x"@', '"x"^^<y>', '"',
    '"x"@en--ltr', '"x"^^<urn:a>"', '"a\\', '"x".#c', '"#', '"\x85"', '"\ufffe"', '"a\tb"',
    '"x"^^<http://www.w3.org/2001/XMLSchema#string>', '"x"@en . #c', '"x" . <urn:a> <urn:a> _:a',
]  # fmt: skip


def test_what_is_cut_is_what_the_parser_reads() -> None:
    draw = random.Random(1)
    short = 0
    for _ in range(2000):
        lines = []
        for _ in range(draw.randint(1, 3)):
            any_term = TERMS + TEXTS + WRONG
            s, p = (draw.choice(TERMS if draw.random() < 0.95 else any_term) for _ in "sp")
            o = draw.choice(TERMS + TEXTS if draw.random() < 0.8 else any_term)
            lines.append(f"{s} {p} {o} .\n")
        text = "".join(lines).encode()
        dictionary = Dictionary()
        rows = Cutter(check=True).rows([text], dictionary)
        if rows is None:
            continue
        short += 1
        read = [list(map(str, quad.triple)) for quad in parse(text, RdfFormat.N_TRIPLES)]
        cut = [[str(dictionary[number]) for number in row] for row in rows.tolist()]
        assert [[t if t[:2] != "_:" else "_" for t in row] for row in cut] == [
            [t if t[:2] != "_:" else "_" for t in row] for row in read
        ]
    assert short > 300
