"""Every kind of source, and every kind of broken one: a clear error and a remedy."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import resource
import threading
import zipfile
from pathlib import Path
from typing import Any

import pytest
import zstandard
from pyoxigraph import Literal, NamedNode, Quad, Triple, parse
from rdflib import BNode, ConjunctiveGraph, Dataset, Graph, URIRef
from rdflib import Literal as RdflibLiteral

from glocal_kg._rdf.reading import Text, document, open_source
from glocal_kg.errors import ReadError

A, B, C = (NamedNode(f"urn:{name}") for name in "abc")
ONE = b"<urn:a> <urn:b> <urn:c> ."
RDF_XML = (
    b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="urn:">'
    b'<rdf:Description rdf:about="urn:a"><e:b rdf:resource="urn:c"/></rdf:Description>'
)


def quads(what, format=None, base=None):
    return list(open_source(what, format, base).quads())


def zipped(files):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.ttl", ONE),
        ("x.TTL", ONE),
        ("x.trig", ONE),
        ("x.nt", ONE),
        ("x.nq", ONE),
        ("x.ttl.gz", gzip.compress(ONE, mtime=0)),
        ("x.nq.gz", gzip.compress(ONE, mtime=0)),
        ("x.ttl.BZ2", bz2.compress(ONE)),
        ("x.nt.xz", lzma.compress(ONE)),
        ("x.ttl.zst", zstandard.compress(ONE) + zstandard.compress(b" ")),
        ("x.ttl.zip", zipped({"a.ttl": ONE})),
        ("x.zip", zipped({"__MACOSX/a.ttl": b"", "f/": b"", "f/a.nt": ONE})),
        ("x.rdf.gz", gzip.compress(RDF_XML + b"</rdf:RDF>", mtime=0)),
        ("x.jsonld", b'{"@id": "urn:a", "urn:b": {"@id": "urn:c"}}'),
        ("x.rdf", RDF_XML + b"</rdf:RDF>"),
        ("bom.ttl", b"\xef\xbb\xbf" + ONE),
    ],
)
def test_reads_every_format(name, content, tmp_path):
    path = tmp_path / name
    path.write_bytes(content)
    assert quads(path) == quads(str(path)) == [Quad(A, B, C)]


def test_a_format_can_be_named(tmp_path):
    path = tmp_path / "data.txt"
    path.write_bytes(ONE)
    assert quads(path, "turtle") == quads(path, "text/turtle") == [Quad(A, B, C)]


def test_text_rdflib_and_quads():
    assert quads(Text(ONE, "turtle")) == quads(Text(ONE.decode(), "nquads")) == [Quad(A, B, C)]
    graph = Graph().add((URIRef("urn:a"), URIRef("urn:b"), RdflibLiteral("x", lang="it")))
    assert quads(graph) == [Quad(A, B, Literal("x", language="it"))]
    dataset = Dataset()
    dataset.add((URIRef("urn:a"), URIRef("urn:b"), URIRef("urn:c"), URIRef("urn:g")))
    literal = RdflibLiteral("2002", datatype=URIRef("urn:d"))
    dataset.default_graph.add((BNode("n"), URIRef("urn:b"), literal))
    assert sorted(map(str, quads(dataset))) == [
        "<urn:a> <urn:b> <urn:c> <urn:g>",
        '_:n <urn:b> "2002"^^<urn:d>',
    ]
    assert quads([Triple(A, B, C), Quad(A, B, A)]) == [Quad(A, B, C), Quad(A, B, A)]


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("/tmp/My Cities (2).ttl.gz", "my-cities-2"),
        ("Città.nq", "città"),
        (".ttl", "unnamed"),
        ("a/data.ttl", "a/data"),
        ("./b//data.2020.nq.zst", "b/data-2020"),
        ("../c/x", "c/x"),
    ],
)
def test_slug_of_a_name(name, slug):
    assert open_source(Text(ONE, "turtle", name=name)).slug == slug


ENTITY = RDF_XML.partition(b"<rdf:Desc")[0] + (
    b'<rdf:Description rdf:about="urn:a"><e:b>&e;</e:b></rdf:Description></rdf:RDF>'
)
LAUGHS = (
    b"<!DOCTYPE r [<!ENTITY e0 'ha'>"
    + b"".join(b"<!ENTITY e%d '%s'>" % (i, b"&e%d;" % (i - 1) * 10) for i in range(1, 10))
    + b"<!ENTITY e '&e9;'>]>"
    + ENTITY
)
"""A billion laughs."""


@pytest.mark.parametrize(
    ("format", "text"),
    [
        ("turtle", "<> <urn:b> <c> ."),
        ("trig", "<> <urn:b> <c> ."),
        ("jsonld", '{"@id": "", "urn:b": {"@id": "c"}}'),
        ("rdfxml", RDF_XML.decode().replace("urn:a", "").replace("urn:c", "c") + "</rdf:RDF>"),
    ],
)
def test_relative_iris_start_from_the_base_or_the_file(format, text, tmp_path):
    with pytest.raises(ReadError, match=r"(?i)relative.*base="):
        quads(Text(text, format))
    base = "https://example.org/a/b"
    want = [Quad(NamedNode(base), B, NamedNode("https://example.org/a/c"))]
    assert quads(Text(text, format, base=base)) == quads(Text(text, format), base=base) == want
    path = tmp_path / "x y.txt"
    path.write_text(text)
    home = tmp_path.as_uri()
    assert quads(path, format) == [Quad(NamedNode(f"{home}/x%20y.txt"), B, NamedNode(f"{home}/c"))]
    assert quads(path, format, base) == want
    with pytest.raises(ReadError, match="no IRI in full"):
        quads(path, format, "data/")


def test_standard_input(monkeypatch):
    class Input:
        buffer = io.BytesIO(ONE)

    monkeypatch.setattr("sys.stdin", Input)
    assert quads("-", "turtle") == [Quad(A, B, C)]
    with pytest.raises(ReadError, match="does not tell its format"):
        quads("-")


@pytest.mark.parametrize(
    "pack", [gzip.compress, bz2.compress, lzma.compress, lambda content: content]
)
def test_pipes_may_be_packed(pack, monkeypatch, tmp_path):
    content = pack(ONE)

    class Input:
        buffer = io.BytesIO(content)

    monkeypatch.setattr("sys.stdin", Input)
    assert quads("-", "turtle") == [Quad(A, B, C)]
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=(content,))
    writer.start()
    assert quads(pipe, "turtle") == [Quad(A, B, C)]
    writer.join()


# Name, content, and what the error must say: the place, what is wrong, what to do.
def locked(content: bytes) -> bytes:
    """A zip whose only file says that it is encrypted."""
    whole = bytearray(content)
    for sign, flag in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        whole[whole.index(sign) + flag] |= 1
    return bytes(whole)


RDF = b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="urn:">'
LOCKED = locked(zipped({"a.ttl": ONE}))
LATIN = RDF + "\n<rdf:Description>\n<e:p>é</e:p></rdf:Description></rdf:RDF>".encode("latin1")
AND_FAR = RDF + b"\n" * 3001 + b"<rdf:Description><e:p>a & b</e:p></rdf:Description></rdf:RDF>"
GIVEN_TWICE = RDF + b'<rdf:Description><e:p e:q="y">x</e:p></rdf:Description></rdf:RDF>'
BROKEN = [
    ("a.ttl", b"@prefix e: <urn:> .\ne:a e:b ;; e:d .\n", r"a\.ttl:2:9: .*near `e:a e:b ;;"),
    ("prefix.ttl", b"e:a e:b e:c .", r":1:1: .*e: .*Declare the prefix"),
    ("j.ttl", b'{"@id": "urn:a"}', r"looks like JSON-LD: end its name in .jsonld, or give"),
    ("x.ttl", b"<?xml version='1.0'?><a/>", r"looks like RDF/XML"),
    ("page.ttl", b"<!DOCTYPE html><html></html>", r"web page"),
    ("e.ttl", b"", r"The file is empty"),
    ("blank.nq", b" \n\n", r"The file is empty"),
    ("c.ttl", b"# only a comment\n", r"holds no statements"),
    ("b.ttl", b"\0\1" * 500, r"binary file"),
    ("utf16.ttl", ONE.decode().encode("utf-16"), r"in UTF-16\. Save it in UTF-8"),
    ("packed.ttl", gzip.compress(ONE, mtime=0), r"binary file.*\.gz"),
    ("false.zip", ONE, r"suffix does not tell"),
    ("false.ttl.zip", ONE, r"cannot be read"),
    ("false.nt.xz", ONE, r"cannot be read"),
    ("false.nt.bz2", ONE, r"cannot be read"),
    ("false.nt.zst", ONE, r"cannot be read"),
    ("two.zip", zipped({"a.ttl": ONE, "b.ttl": ONE}), r"holds 2 files"),
    ("bomb.nt.gz", gzip.compress(b" " * (70 << 20), mtime=0), r"More than 67,108,864 bytes"),
    ("laughs.rdf", LAUGHS, r"amplification|hundred times"),
    (
        "outside.rdf",
        b'<!DOCTYPE r [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + ENTITY,
        r":1:\d+: .*outside of the document",
    ),
    ("unknown.rdf", b'<!DOCTYPE r SYSTEM "r.dtd">' + ENTITY, r"'&e;' is not declared"),
    ("code.rdf", b'<?xml version="1.0" encoding="x"?><a/>', r"encoding.*UTF-8"),
    ("code2.rdf", b'<?xml version="1.0" encoding="utf-7"?><a/>', r"encoding|well-formed"),
    ("plain.ttl.gz", ONE, r"cannot be read"),
    ("twice.ttl.gz.gz", gzip.compress(gzip.compress(ONE)), r"packed twice: it holds twice.ttl.gz"),
    ("twice.zip", zipped({"a.ttl.gz": gzip.compress(ONE)}), r"packed twice: it holds a.ttl.gz"),
    ("locked.zip", LOCKED, r"cannot be unpacked here.*encrypted.*Unpack it first"),
    ("wide.nt", ONE.decode().encode("utf-32"), r"in UTF-32\. Save it in UTF-8"),
    ("latin1.rdf", LATIN, r":3:\d+: .*not in UTF-8\. .*say in its first line"),
    ("and.rdf", AND_FAR, r":3002:\d+: .*Write &amp; for &"),
    ("attr.rdf", GIVEN_TWICE, r":1:\d+: .*attributes give the value already.* text 'x'"),
    ("cut.ttl.gz", gzip.compress(ONE * 100, mtime=0)[:-20], r"ends too early"),
    ("u.txt", ONE, r"suffix does not tell the format.*\.ttl.*turtle"),
    ("t.csv", ONE, r"This is a table, and no RDF"),
    ("broken.jsonld", b'{"@id": "urn:a",\n "urn:b": ', r":2:\d+: .*valid jsonld"),
    ("far.jsonld", b'{"@context": "http://x.org/c", "a": 1}', r"not fetched from the web"),
    ("cut.rdf", RDF_XML, r":1:\d+: .*not well-formed"),
    ("q.nq", ONE + b"\n<urn:a> oops .\n", r":2:9: .*near `<urn:a> oops"),
    ("latin1.ttl", '<urn:a> <urn:b> "é" .'.encode("latin1"), r":1:\d+: .*Save the file in UTF-8"),
    ("open.ttl", b'<urn:a> <urn:b> "' + b"a" * 20_000_000, r"longer than 16 MB"),
]


@pytest.mark.parametrize(("name", "content", "said"), BROKEN, ids=[row[0] for row in BROKEN])
def test_a_broken_file_tells_place_and_remedy(name, content, said, tmp_path):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(ReadError, match=said) as caught:
        quads(path)
    assert str(path) in str(caught.value)
    assert caught.value.remedy
    assert len(str(caught.value)) < 700 + len(str(path))


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("/nowhere/x.ttl", "no such file"),
        ("https://example.org/x.ttl", "Nothing is read from the web"),
        ("@prefix e: <urn:> .\n", "gk.Text"),
        ("x" * 5000, "File name too long"),
        ("a\0b.ttl", "null (byte|character)"),  # by Python's edition
        (os.sep, "is a folder"),
        ("/dev/null", "not a regular file"),
        (b"<urn:a> <urn:b> <urn:c> .", "gk.Text"),
        (7, "type int"),
    ],
)
def test_what_is_no_file_tells_what_to_give(what, said):
    with pytest.raises(ReadError, match=said) as caught:
        quads(what)
    assert len(str(caught.value)) < 400


def test_wrong_formats_and_items():
    with pytest.raises(ReadError, match=r"no RDF format 'csv'.*turtle"):
        Text(ONE, "csv")
    with pytest.raises(ReadError, match="no RDF format 'n3x'"):
        Text(ONE, "n3x")
    with pytest.raises(ReadError, match="Item 2 is of type str"):
        quads([Triple(A, B, C), "x"])
    with pytest.raises(ReadError, match="Leave out format"):
        quads(Text(ONE, "turtle"), "turtle")
    with pytest.raises(ReadError, match="is no graph"):
        quads(URIRef("urn:a"))


def test_a_hundred_megabytes_in_one_line_is_no_burden(tmp_path):
    path = tmp_path / "line.nq"
    with path.open("wb") as file:
        for _ in range(100):
            file.write(b"x" * 1_000_000)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(ReadError, match="longer than 16 MB"):
        quads(path)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 60_000  # kilobytes


def test_a_place_far_into_a_long_line_claims_no_column(tmp_path):
    path = tmp_path / "line.ttl"
    path.write_bytes(ONE + b" " * (1 << 24) + b"oops")
    with pytest.raises(ReadError, match="far into a very long line") as caught:
        quads(path)
    assert (caught.value.line, caught.value.column) == (1, None)


def test_a_file_that_may_not_be_read(tmp_path, monkeypatch):
    path = tmp_path / "secret.ttl"
    path.write_bytes(ONE)
    source = open_source(path)
    Path.unlink(path)  # gone between the look and the read
    with pytest.raises(ReadError, match="cannot be read"):
        list(source.quads())


@pytest.mark.parametrize(
    "text",
    ['{"urn:p":' * 20_000 + "1" + "}" * 20_000, "[" * 20_000, '{"urn:p": ["\\\\"' + ",[" * 20_000],
)
def test_json_too_deep_for_the_parser_is_an_error(text):
    with pytest.raises(ReadError, match="More than 150 brackets"):
        list(open_source(Text(text, "jsonld")).quads())


def test_brackets_in_texts_are_not_deep():
    nested = '{"@id": "urn:a", "urn:p": "' + "[" * 3_000_000 + '\\"{", "urn:q": {"@id": "urn:b"}}'
    assert len(list(open_source(Text(nested, "jsonld")).quads())) == 2


@pytest.mark.filterwarnings("ignore:Dataset.default_context is deprecated")
def test_n3_of_rdflib_is_refused_with_its_formulas():
    graph = Graph().parse(
        data="{ <urn:a> <urn:p> 1 } <urn:implies> { <urn:b> <urn:q> 2 } .", format="n3"
    )
    with pytest.raises(ReadError, match=r"\{...\}.*formula of N3"):
        quads(graph)
    graph = Graph().parse(data="?x <urn:p> 1 .", format="n3")
    with pytest.raises(ReadError, match="is not RDF"):
        quads(graph)


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
def test_a_conjunctive_graph_keeps_its_names():
    graph = ConjunctiveGraph()
    graph.default_context.add((URIRef("urn:a"), URIRef("urn:b"), URIRef("urn:c")))
    graph.get_context(URIRef("urn:g")).add((URIRef("urn:a"), URIRef("urn:b"), URIRef("urn:a")))
    assert sorted(map(str, quads(graph))) == [
        "<urn:a> <urn:b> <urn:a> <urn:g>",
        "<urn:a> <urn:b> <urn:c>",
    ]


@pytest.mark.parametrize("base", ["https://example.org/a b/", "rel/", "", "urn:a<b", 5])
def test_a_base_that_is_no_iri_is_told(base):
    with pytest.raises(ReadError, match=f"The base '{base}' is no IRI in full"):
        quads(Text("<> <p> 1 .", "turtle"), base=base)


@pytest.mark.parametrize("format", ["nquads", "trig"])
def test_the_parser_does_not_look_for_the_end_of_a_word_again_and_again(
    format: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "data.gz"
    path.write_bytes(gzip.compress(b"_:" * 100))
    given: list[object] = []

    def spy(what: object, *args: Any, **named: Any) -> object:
        given.append(what)
        return parse(what, *args, **named)

    monkeypatch.setattr(document, "parse", spy)
    for source in (open_source(path, format), open_source(Text("_:" * 100, format))):
        with pytest.raises(ReadError):
            list(source.quads())
    assert given == [b"_:" * 100] * 2
