"""Turtle cut into tokens says what the parser says, wherever pieces end."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from pyoxigraph import NamedNode

from glocal_kg._rdf.reading import Text, open_source
from glocal_kg._rdf.reading.turtle_tokens import FULL, PLAIN, tokens_of
from glocal_kg._rdf.store import loading, numbering
from glocal_kg._rdf.store.facts import Facts
from glocal_kg._rdf.store.loading import quads_of
from glocal_kg._rdf.store.store import Store
from glocal_kg._rdf.store.turtle_cutting import TurtleCutter
from glocal_kg.errors import ReadError
from tests.rdf.store.as_parsed import BASE, expected, read

ROOT = Path(__file__).parents[3]
SIZES = 1 << 19, 1, 40


@pytest.fixture(params=SIZES)
def size(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(loading, "PIECE", request.param)
    return int(request.param)


P = "@prefix ex: <urn:x#> . @prefix : <urn:y#> .\n"
LONG = '"""a\n<urn:a> <urn:b> "c" .\n# d\n\'\'\' "e" ""\\" .\n"""'
KINDS = {
    "short names": P + "ex:a ex:b ex:c , :d ; a ex:C , : .\n:x ex:b.c ex:a-1 ; :p ex:p:q .",
    "no space": P + 'ex:a a<urn:c>;ex:b"d"@en,"e"^^ex:t,_:f.<urn:a><urn:b>1.<urn:a><urn:b>ex:c.',
    "many semicolons": P + "ex:a ex:b 1 ; ; ex:c 2 ;; .\nex:a ex:b 1 ;.",
    "numbers": P + "ex:a ex:b 1, 1.0, 1e0, 01, +1, -1.5E-3, .5, true, false, 1.\nex:c ex:d 2.5.",
    "comments": P + "# a . b\nex:a # 'x\n ex:b# \"y\n 1 #.\n. # end .\n#\n",
    "last comment": P + "ex:a ex:b 1 . # x y z .",
    "quotes": P + r"""ex:a ex:b 'x', '''y'z''', "\"", "a'b", '"', "", '', "\u00e9\n\\", '\''.""",
    "long": P + f"ex:a ex:b {LONG} .\nex:a ex:c {LONG}@en .\n",
    "languages": P + 'ex:a ex:b "x"@EN-us, "x"@en-US, "x"@en-us, "x"@de-1901--ltr .',
    "types": P + 'ex:a ex:b "1"^^ex:t, "1"^^<urn:x#t>, "1"^^<t>, "1" ^^ ex:t, "1"^^\n<urn:t> .'
    '\nex:a ex:b "s"^^<http://www.w3.org/2001/XMLSchema#string>, "s" .',
    "one term in many forms": P + "ex:a a 1 . <urn:x#a> <urn:x#b> ex:a . ex:a ex:b 1, '1' .\n"
    "ex:a <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "
    '"1"^^<http://www.w3.org/2001/XMLSchema#integer> .',
    "prefix anew": P + "ex:a ex:b ex:c .\n@prefix ex: <urn:z#> .\nex:a ex:b ex:c .\n"
    "PREFIX ex: <http://z/>\nex:a ex:b ex:c .",
    "base": "<a> <#b> <> .\n@base <http://b/c/d> .\n<a> <#b> <../e>, <//f/g>, <?h> .\n"
    "base <i>\n<a> <b> <c> . prefix : <j> :a :b :c .",
    "base behind a prefix": "@prefix : <#> . @base <http://b/> . :a :b <c> .",
    "directives with comments": "# x\n@prefix # y\n : <urn:#> # z .\n .\n:a :b :c .",
    "dots in IRIs": "<http://a/../b> <http://a/./c> <HTTP:x> , <urn:a/../b> .",
    "escapes": P + r"<urn:\u0041> ex:a\,b ex:%41 , ex:\~ , ex:a\. , <urn:é>, ex:é, :é.é .",
    "blank nodes": P + "_:a ex:b _:c , _:0 , _:a.b .\n_:c ex:b _:a .\n_:é ex:b [] .",
    "brackets": P + "[] ex:a [] . [ ex:b 1 ] .\n[ ex:b 1 ] ex:c [ ex:d [ ex:e 1, [] ; ] ; a ex:f ],"
    " [ ex:g [] ] .\nex:a ex:b [ ex:b ex:c ; ex:b [ ex:b [ ex:b 1 ] ] ] ; ex:c 2 .",
    "collections": P + "ex:a ex:b ( 1 [ ex:c 2 ] ( ) ex:d ) .\n( 1 ) ex:b () .\nex:a ex:b 1 .",
    "line ends": (P + "ex:a ex:b 1 ;\nex:c 2 .\nex:d ex:e ''' f\n''' .\n").replace("\n", "\r\n"),
    "old line ends": (P + "ex:a ex:b 1 . # x\nex:c ex:d 2 .\n").replace("\n", "\r"),
    "byte order mark": "\ufeff" + P + "ex:a ex:b 1 .",
    "letters": P + 'ex:a ex:b "é 文 🦋 \u2028 \ufffd", "\ufffe", "\x7f", "a\tb", "\ufeff" .',
    "controls": P + 'ex:a ex:b "\x01\x0c\x1f" .',
    "empty": "",
    "spaces": " \n\t\n# x",
    "only prefixes": P,
    "annotation": "<urn:a> <urn:b> 1 {| <urn:c> 2 |} .",
    "reifier": "<urn:a> <urn:b> <urn:c> ~ <urn:d> .",
    "triple term": "<urn:a> <urn:b> <<( <urn:a> <urn:b> 1 )>> .",
    "version": 'VERSION "1.2"\n<urn:a> <urn:b> 1 .',
    "a prefix named prefix": "@prefix prefix: <urn:p#> . prefix:a prefix:b prefix:base .",
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_turtle_says_what_the_parser_says(kind: str, size: int) -> None:
    text = KINDS[kind].encode()
    assert read(text) == expected(text.removeprefix(b"\xef\xbb\xbf"))


BAD = [
    "ex:a ex:b ex:c .", "<urn:a> <urn:b> .", "<urn:a> <urn:b> <urn:c>", "<urn:a> 1 2 .", "1 a 2 .",
    "_:a _:b 1 .", "a a a .", "<urn:a> true 1 .", "<urn:a> <urn:b> a .", "[ <urn:a> 1 . ] .",
    "[] .", "[ ; ] <urn:a> 1 .", "[ <urn:a> ] .", "<urn:a> [] 1 .", "<urn:a> a [ a 1 .", "] .",
    "<urn:a> <urn:b> 1 ] .", "<urn:a> <urn:b> , .", "<urn:a> <urn:b> 1 , .", "<urn:a> ; .", "; .",
    "<urn:a> <urn:b> 1 2 .", "<urn:a> <urn:b> 1 . .", "<urn:a> <urn:b> 1 . ; <urn:c> 2 .",
    "<urn:a> <urn:b> <c d> .", "<urn:a> <urn:b> <urn:\n> .", "<urn:a> <urn:b> <urn:{}> .",
    "<urn:a> <urn:b> 'x .", '<urn:a> <urn:b> "x\ny" .', r'<urn:a> <urn:b> "\x" .', "<urn:a>",
    "<urn:a> <urn:b> 'x'@ .", "<urn:a> <urn:b> 'x'@abcdefghi .", "<urn:a> <urn:b> 'x'^^1 .",
    "<urn:a> <urn:b> 'x'^^ex:t .", "<urn:a> <urn:b> 'x''y' .", '<urn:a> <urn:b> """x .', "oops",
    "<urn:a> <urn:b> 1a .", "<urn:a> <urn:b> 1.e .", "<urn:a> <urn:b> TRUE .",
    "<urn:a> A <urn:b> .",
    "<urn:a> <urn:b> <urn:c>, .", "@prefix ex: <urn:x> <urn:a> <urn:b> 1 .", "PREFIX a: <urn:> .",
    "@prefix ex <urn:x> .", "@PREFIX ex: <urn:x> .", "@base <a b> .", "<urn:a> <urn:b> ( 1 .",
    "<urn:a> <urn:b> '\\ud800' .", "<urn:a> <urn:b> 1 \x0c.", "<urn:a> <urn:b> 1 .\0", "{ }",
    "<urn:g> { <urn:a> <urn:b> 1 }", "<urn:a> <urn:b> “x” .", "<urn:a> <urn:b> _:a. .",
    "@prefix e: <http://e:8> . <urn:a> <urn:b> e:a .", "<urn:a> <urn:b> <http://a:b> .",
]  # fmt: skip


@pytest.mark.parametrize("bad", BAD)
def test_an_error_is_the_one_that_the_parser_has(bad: str, size: int) -> None:
    many = "".join(f"<urn:a> <urn:b> 'n{n}' .\n" for n in range(20))
    for text in (bad, many + bad, bad + "\n" + many, many + bad + "\n" + many):
        if expected(text.encode()) is not None:
            continue  # as what comes behind, it may be right
        with pytest.raises(ReadError) as theirs:
            list(open_source(Text(text, "turtle", base=BASE)).quads())
        with pytest.raises(ReadError) as ours:
            quads_of(
                open_source(Text(text, "turtle", base=BASE)), Store().dictionary, NamedNode("urn:g")
            )
        assert str(ours.value) == str(theirs.value)


SPACES = some.sampled_from(
    [" "] * 6 + ["", "\n", "\t", "\r\n", " # a 'b' .\n", "\n#\n", "  \n .\n"]
)
NODES = ["<urn:a>", "<urn:b>", "<c>", "<#d>", "ex:a", "ex:b.c", ":", ":é", "ex:1", r"ex:\,", "_:a",
    "_:b.c", "[]", "ex:a:b", "<urn:x/a>", "ex:%20", "_:0"]  # fmt: skip
VALUES = ['"x"', "'x'", '"a . b"', '"a ; # b"', '"""c\n<d> .\n"""', "'''e'f'''", r'"\"g\u00e9"',
    '"x"@en', '"x"@EN', '"1"^^ex:t', '"1"^^<urn:t>', "1", "1.5", "-1e3", "true", "()", "( 1 ex:a )",
    '""', "'\"'", '"é"', '"<h>"', "'it''s'", '"\t"', "+.5"]  # fmt: skip
DIRECTIVES = ["@prefix ex: <urn:x/> .", "@prefix ex: <urn:y#> .", "PREFIX : <urn:z#>\n",
    "@base <http://b/c> .", "base <http://d/>\n", "prefix ex: <e/>\n"]  # fmt: skip


@some.composite
def documents(draw: some.DrawFn) -> str:
    """Turtle as people and tools write it, and some that is none."""
    node, value, space = some.sampled_from(NODES), some.sampled_from(VALUES), SPACES
    parts = ["@prefix ex: <urn:x#> .", "@prefix : <urn:x/> ."]

    def verbs(depth: int) -> None:
        for _ in range(draw(some.integers(1, 3))):
            parts.append(draw(some.sampled_from(["a", *NODES[:8]])))
            for _ in range(draw(some.integers(1, 2))):
                if depth < 3 and draw(some.integers(0, 7)) == 0:
                    parts.append("[")
                    verbs(depth + 1)
                    parts.append("]")
                else:
                    parts.append(draw(node | value))
                parts.append(",")
            parts[-1] = ";"
        if draw(some.booleans()):
            del parts[-1]

    for _ in range(draw(some.integers(1, 5))):
        if draw(some.integers(0, 5)) == 0:
            parts.append(draw(some.sampled_from(DIRECTIVES)))
        parts.append(draw(node))
        verbs(0)
        parts.append(".")
    if draw(some.integers(0, 9)) == 0:  # a slip of the pen
        parts.pop(draw(some.integers(2, len(parts) - 1)))
    return "".join(part + draw(space) for part in parts)


@settings(max_examples=60)
@given(documents(), some.sampled_from([1, 10, 60, 1 << 18]))
def test_any_turtle_says_what_the_parser_says(text: str, size: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loading, "PIECE", size)
        patch.setattr(numbering, "MANY", size)
        assert read(text.encode()) == expected(text.encode())


@settings(max_examples=60)
@given(some.text(some.sampled_from("<>\"'@prefix: .;,[]()a1#\\^_-\n\r é"), max_size=40))
def test_any_text_says_what_the_parser_says(text: str) -> None:
    whole = f"@prefix : <urn:x#> .\n:a :b 'c' .\n{text}\n:a :b 'd' .\n".encode()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loading, "PIECE", 1)
        assert read(whole) == expected(whole)


@pytest.mark.parametrize("kind", [
    "short names", "no space", "many semicolons", "comments", "quotes", "long", "languages",
    "base behind a prefix", "escapes", "blank nodes", "brackets", "line ends", "letters",
    "one term in many forms",
])  # fmt: skip
def test_the_quick_way_is_taken(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    text = KINDS[kind]

    def refuse(*_: object) -> None:
        raise AssertionError("read by the parser")

    monkeypatch.setattr(TurtleCutter, "_parsed", refuse)
    assert read(text.encode()) == expected(text.encode())


def test_a_piece_that_is_odd_is_left_to_the_parser_and_no_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(loading, "PIECE", 100)
    text = P + "".join(f"ex:a ex:b {n if n != 50 else '( 1 2 )'} .\n" for n in range(100))
    pieces: list[bytes] = []
    parsed = TurtleCutter._parsed
    monkeypatch.setattr(
        TurtleCutter, "_parsed", lambda self, piece: pieces.append(piece) or parsed(self, piece)
    )
    assert read(text.encode()) == expected(text.encode())
    assert len(pieces) == 1
    assert b"( 1 2 )" in pieces[0]
    assert len(pieces[0]) < 150


def test_triple_terms_in_each_other_do_not_end_the_process() -> None:
    many = 20_000
    for open_, close in (("<<( <urn:a> <urn:b> ", " )>>"), ("<<(", ")>>"), ("<< ", " >>")):
        text = f"<urn:a> <urn:b> 1 .\n<urn:a> <urn:b> {open_ * many}<urn:c>{close * many} .\n"
        assert read(text.encode()) is None


def test_prefixes_are_known_afterwards() -> None:
    text = "@prefix a: <urn:a#> . a:b a:c ( 1 ) .\nPREFIX d: <e/>\nd:f a:c 1 ."
    source = open_source(Text(text, "turtle", base=BASE))
    quads_of(source, Store().dictionary, NamedNode("urn:g"))
    assert source.prefixes == {"a": "urn:a#", "d": "http://example.org/data/e/"}


def test_the_same_turtle_again_says_nothing_new() -> None:
    text = P + "_:a ex:b [ ex:c ( 1 _:a ) ] , [] .\n"
    store = Store()
    for _ in "ab":
        rows = quads_of(open_source(Text(text, "turtle")), store.dictionary, NamedNode("urn:g"))
        store.edit(added=rows)
    assert len(Facts(store.moment)) == 7


@pytest.mark.parametrize("pattern", [PLAIN, FULL])
def test_no_byte_is_passed_over(pattern: object) -> None:
    text = b'ex:a \x00\x0c ex:b "c'
    assert b"".join(tokens_of(text, pattern)) == text.replace(b" ", b"")


@pytest.mark.parametrize("path", sorted(ROOT.glob("ontology/**/*.ttl")), ids=lambda p: p.name)
def test_our_own_files_say_what_the_parser_says(path: Path) -> None:
    text = path.read_bytes()
    assert read(text) == expected(text)


_FOLDER = os.environ.get("W3C_RDF_TESTS", "")
_SUITES = sorted(Path(_FOLDER).glob("rdf/rdf1*/rdf-turtle/**/*.ttl")) if _FOLDER else []


@pytest.mark.skipif(not _SUITES, reason="W3C_RDF_TESTS names no copy of the W3C's tests")
def test_the_suites_of_the_w3c_say_what_the_parser_says(size: int) -> None:
    for path in _SUITES:
        text = path.read_bytes()
        assert read(text) == expected(text), path
