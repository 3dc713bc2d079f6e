"""RDF/XML: the suite of the W3C, and what XML makes of a file before RDF does."""

from __future__ import annotations

import os
import sys
from io import BytesIO
from pathlib import Path

import pytest
from pyoxigraph import (
    CanonicalizationAlgorithm,
    Dataset,
    Literal,
    NamedNode,
    Quad,
    RdfFormat,
    Store,
    parse,
)

import glocal_kg as gk
from glocal_kg._rdf.reading import Text, open_source
from glocal_kg._rdf.reading.rdfxml import texts_of, triples_of
from glocal_kg._rdf.reading.rdfxml_scope import RDF
from glocal_kg._rdf.reading.xml_events import XmlError
from glocal_kg.errors import ReadError

SUITE = Path(os.environ.get("GLOCAL_RDF_TESTS", "no folder")) / "rdf/rdf11/rdf-xml"
BASE = "https://w3c.github.io/rdf-tests/rdf/rdf11/rdf-xml/"
MF, RDFT = (
    "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#",
    "http://www.w3.org/ns/rdftest#",
)


def canonical(statements) -> Dataset:
    dataset = Dataset(Quad(*statement) for statement in statements)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return dataset


@pytest.mark.skipif(
    not SUITE.is_dir(), reason="GLOCAL_RDF_TESTS names no checkout of the W3C's rdf-tests"
)
def test_the_suite_of_the_w3c() -> None:
    manifest = Store()
    manifest.load(
        path=str(SUITE / "manifest.ttl"), format=RdfFormat.TURTLE, base_iri=BASE + "manifest.ttl"
    )

    def file(test, name) -> str:
        (quad,) = manifest.quads_for_pattern(test, NamedNode(MF + name), None, None)
        return quad.object.value

    kinds = {"TestXMLEval": [], "TestXMLNegativeSyntax": []}
    for kind, tests in kinds.items():
        found = manifest.quads_for_pattern(None, NamedNode(RDF + "type"), NamedNode(RDFT + kind))
        tests += [quad.subject for quad in found]
    assert {kind: len(tests) for kind, tests in kinds.items()} == {
        "TestXMLEval": 126, "TestXMLNegativeSyntax": 40,
    }  # fmt: skip
    for kind, tests in kinds.items():
        for test in tests:
            address = file(test, "action")
            content = (SUITE / address.removeprefix(BASE)).read_bytes()
            if kind == "TestXMLNegativeSyntax":
                with pytest.raises(XmlError):
                    list(triples_of(BytesIO(content), address))
                continue
            result = SUITE / file(test, "result").removeprefix(BASE)
            wanted = canonical(parse(path=str(result), format=RdfFormat.N_TRIPLES))
            assert canonical(triples_of(BytesIO(content), address)) == wanted, address


def values(
    body: str, head: str = "", attributes: str = "", encoding: str = "utf-8"
) -> list[Literal]:
    """The objects of a document about one thing."""
    text = (
        f'{head}<rdf:RDF xmlns:rdf="{RDF}" xmlns:e="urn:e:" {attributes}>'
        f'<rdf:Description rdf:about="urn:a">{body}</rdf:Description></rdf:RDF>'
    )
    quads = open_source(Text(text.encode(encoding), "rdfxml")).quads()
    return [quad.object for quad in quads]


def xml(text: str) -> Literal:
    return Literal(text, datatype=NamedNode(RDF + "XMLLiteral"))


@pytest.mark.parametrize(
    ("body", "value"),
    [
        ("<e:p>one\r\ntwo\rthree</e:p>", Literal("one\ntwo\nthree")),
        ("<e:p>one<!-- no -->two<?no no?>three</e:p>", Literal("onetwothree")),
        ("<e:p><![CDATA[a < b]]> &amp; c</e:p>", Literal("a < b & c")),
        ('<e:p xml:lang="">x</e:p>', Literal("x")),
        ('<e:p xml:lang="de-AT">x</e:p>', Literal("x", language="de-at")),
        ("<e:p> </e:p>", Literal(" ")),
        ("<e:p/>", Literal("")),
        ('<e:p rdf:parseType="Literal"><b x="1" a=\'2\'/> &lt;</e:p>',
         xml('<b a="2" x="1"></b> &lt;')),
        ('<e:p rdf:parseType="Whatever"><e:q/></e:p>', xml('<e:q xmlns:e="urn:e:"></e:q>')),
        ('<e:p rdf:parseType="Literal"><!--c--><?p d?><![CDATA[<]]></e:p>',
         xml("<!--c--><?p d?>&lt;")),
        ('<e:p rdf:parseType="Literal"><x xmlns="urn:d"><y xmlns=""/></x></e:p>',
         xml('<x xmlns="urn:d"><y xmlns=""></y></x>')),
    ],
)  # fmt: skip
def test_values(body, value) -> None:
    assert values(body, attributes='xml:lang="en"' if "lang" in body else "") == [value]


def test_attributes_are_normalized() -> None:
    text = (
        f'<rdf:RDF xmlns:rdf="{RDF}" xmlns:e="urn:e:">'
        '<rdf:Description rdf:about="urn:a" e:p="one\ttwo\r\nthree&#10;four"/></rdf:RDF>'
    )
    (quad,) = open_source(Text(text, "rdfxml")).quads()
    assert quad.object == Literal("one two three\nfour")


def test_the_dtd_of_the_document_counts() -> None:
    head = (
        "<!DOCTYPE rdf:RDF [<!ENTITY n 'urn:n#'><!ENTITY m \"&n;m\">"
        "<!ATTLIST e:p xml:lang NMTOKEN 'it'>]>"
    )
    assert values("<e:p>&m;</e:p>", head) == [Literal("urn:n#m", language="it")]
    resource = '<e:p rdf:resource="&n;x" xml:lang=""/>'
    assert values(resource, head) == [NamedNode("urn:n#x")]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "iso-8859-1", "cp1252"])
def test_encodings(encoding) -> None:
    name = {"utf-8-sig": "utf-8", "utf-16-le": "utf-16", "cp1252": "windows-1252"}
    head = f'<?xml version="1.0" encoding="{name.get(encoding, encoding)}"?>'
    found = values("<e:p>città</e:p>", ("\ufeff" if encoding == "utf-16-le" else "") + head,
                   encoding=encoding)  # fmt: skip
    assert found == [Literal("città")]


def test_a_relative_base_starts_from_the_one_around() -> None:
    text = (
        f'<rdf:RDF xmlns:rdf="{RDF}" xmlns:e="urn:e:" xml:base="../b/c#d">'
        '<rdf:Description rdf:ID="x" xml:base="e/"><e:p rdf:resource="f"/></rdf:Description>'
        "</rdf:RDF>"
    )
    quads = list(open_source(Text(text, "rdfxml", base="http://h/a/z")).quads())
    assert quads == [
        Quad(NamedNode("http://h/b/e/#x"), NamedNode("urn:e:p"), NamedNode("http://h/b/e/f"))
    ]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("<e:p>x<e:q/></e:p>", "text and a node at once"),
        ("<e:p><e:C/><e:C/></e:p>", "more than one value"),
        ('<e:p q="x"/>', "attribute q has no namespace"),
        ('<e:p rdf:resource="urn:x" rdf:nodeID="y"/>', "both name"),
        ('<e:p rdf:parseType="Literal" rdf:resource="urn:x"/>', "beside rdf:parseType"),
        ('<e:p rdf:resource="a b"/>', "no base"),
        ('<e:p rdf:resource="urn:a b"/>', "is no IRI"),
        ('<e:p rdf:nodeID="1"/>', "is no name"),
        ('<e:p xml:lang="not a tag">x</e:p>', "no language tag"),
        ('<e:p><rdf:Description rdf:ID="x"/></e:p>', "no base"),
        ("text", "stands where there can be none"),
        ("<rdf:aboutEach/>", "is no property"),
    ],
)
def test_errors_name_the_place(body, said) -> None:
    with pytest.raises(ReadError, match=said) as caught:
        values("\n\n" + body)
    assert caught.value.line == 3
    assert caught.value.column
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("subset", "value"),
    [
        ("<!ENTITY % d '<!ENTITY a \"x\">'>%d;", "x"),
        ("<!ENTITY % c '&#60;!ENTITY a \"x\">'><!ENTITY % d '&#37;c;'>%d;", "x"),
        # What stands outside is not fetched, so nothing that it may declare is known.
        ("<!ENTITY % d SYSTEM 'http://example.org/d'>%d;", None),
        ("<!ENTITY % d \"<!ENTITY a SYSTEM 'http://example.org/'>\">%d;", None),
        ("<!ENTITY % a '&#37;b;'><!ENTITY % b '&#37;a;'>%a;<!ENTITY a 'x'>", None),
    ],
)
def test_parameter_entities(subset: str, value: str | None) -> None:
    """They may stand between the declarations of a document's own DTD (XML 1.0, 2.8)."""
    head = f"<!DOCTYPE rdf:RDF [{subset}]>"
    body = "<e:p>&a;</e:p>"
    if value is None:
        with pytest.raises(ReadError):
            values(body, head)
    else:
        assert [literal.value for literal in values(body, head)] == [value]


@pytest.mark.parametrize("body", ["<e:p>{}</e:p>", '<e:q e:p="{}"/>'])
def test_values_are_written_as_by_the_parser(body: str) -> None:
    """What must be escaped in N-Triples is, wherever it stands; all else is as it was."""
    letters = [chr(code) for code in [9, 10, 13, *range(32, 0x300), 0xFEFF, 0xFFFD, 0x1F33B]]
    texts = [one for letter in letters for one in (letter, f"a{letter}b", f'"{letter}@en')]
    written = ["".join(f"&#{ord(letter)};" for letter in text) for text in texts]
    kg = gk.KnowledgeGraph()
    text = f'<r:RDF xmlns:r="{RDF}" xmlns:e="urn:e:">' + "".join(
        f'<r:Description r:about="urn:{at}">{body.format(one)}</r:Description>'
        for at, one in enumerate(written)
    )
    kg.add(gk.Text(text + "</r:RDF>", "rdfxml"))
    assert {quad.object for quad in kg.facts if quad.predicate.value == "urn:e:p"} == set(
        map(Literal, texts)
    )


def test_a_plain_statement_takes_two_steps_of_python() -> None:
    """One where its element begins and one where it ends: a step more is a tenth of the time."""
    body = (
        '<e:p rdf:resource="urn:x"/>\n<e:p>x</e:p>\n<e:p xml:lang="en">x</e:p>\n'
        '<e:p rdf:datatype="urn:t">x</e:p>\n'
    )
    text = (
        f'<rdf:RDF xmlns:rdf="{RDF}" xmlns:e="urn:e:"><rdf:Description rdf:about="urn:a">'
        f"{body * 1000}</rdf:Description></rdf:RDF>"
    )
    calls = 0

    def called(frame, event, argument) -> None:
        nonlocal calls
        calls += event == "call"

    sys.setprofile(called)
    try:
        found = sum(map(len, texts_of(BytesIO(text.encode())))) // 3
    finally:
        sys.setprofile(None)
    assert found == 4000
    assert calls < 2.1 * found


@pytest.mark.parametrize(
    "body",
    [
        f'<x:a xmlns:x="urn:{"n" * 300_000}">' + "<x:b><x:a/></x:b>" * 1000 + "</x:a>",
        f'<e:a xmlns:x="urn:{"n" * 300_000}">' + '<e:b x:p="1"/>' * 1000 + "</e:a>",
    ],
)
def test_long_names_do_not_make_a_document_a_hundred_times_as_large(body: str) -> None:
    text = f'<r:RDF xmlns:r="{RDF}" xmlns:e="urn:e:">\n{body}</r:RDF>'
    with pytest.raises(ReadError, match="a hundred times") as caught:
        list(open_source(Text(text, "rdfxml")).quads())
    assert caught.value.line == 2


def test_text_is_judged_where_it_stands() -> None:
    """Also where a comment, or the end of a piece of the document, comes behind it."""
    blanks = " " * 70_000
    assert values(f"<e:p>{blanks}x<!-- -->{blanks}</e:p>") == [Literal(f"{blanks}x{blanks}")]
    assert values(f"{blanks}<e:p/>{blanks}<!-- -->{blanks}") == [Literal("")]
    for body in ("<e:p/>x\n<!--\n--><e:p/>", "<e:p><e:C/>x\n<?p?></e:p>", "<e:p/>x\n\n<e:p/>"):
        with pytest.raises(ReadError, match="'x' stands where there can be none") as caught:
            values(body)
        assert caught.value.line == body.count("\n") + 1
