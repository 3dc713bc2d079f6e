"""RDF/XML out: well-formed and the same graph, or an error before anything is written."""

from __future__ import annotations

import pytest
from pyoxigraph import BaseDirection, BlankNode, Literal, NamedNode, Triple

from glocal_kg._rdf.reading import Text, open_source
from glocal_kg._rdf.writing.rdfxml import NotExpressible, rdfxml

A, P = NamedNode('urn:a?x=1&y="'.replace('"', "'")), NamedNode("urn:n#p")
XSD = "http://www.w3.org/2001/XMLSchema#"


@pytest.mark.parametrize(
    "triple",
    [
        Triple(A, P, A),
        Triple(A, P, Literal(" a <b> & \r\n\t]]> \"' ")),
        Triple(A, P, Literal("", language="de-at")),
        Triple(A, P, Literal("x", language="ar", direction=BaseDirection.RTL)),
        Triple(A, P, Literal("1.50", datatype=NamedNode(XSD + "decimal"))),
        Triple(A, P, Literal("<b/>", datatype=NamedNode("urn:d&e"))),
        Triple(A, NamedNode("urn:n#1st"), Literal("x")),
        Triple(A, NamedNode("https://example.org/città"), Literal("\U0001f33b")),
        Triple(A, NamedNode("urn:p"), Literal("x")),
        Triple(A, NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#_1"), Literal("x")),
    ],
)
@pytest.mark.parametrize("prefixes", [{}, {"n": "urn:n#", "": "urn:", "1": "urn:1"}])
def test_is_read_back_as_it_was(triple, prefixes) -> None:
    written = rdfxml([triple], prefixes)
    assert [quad.triple for quad in open_source(Text(written, "rdfxml")).quads()] == [triple]


def test_blank_nodes_keep_their_links() -> None:
    one, two = BlankNode("1a"), BlankNode("b")
    written = rdfxml([Triple(one, P, two), Triple(two, P, one)], {})
    back = [quad.triple for quad in open_source(Text(written, "rdfxml")).quads()]
    assert back[0].subject == back[1].object != back[0].object == back[1].subject


@pytest.mark.parametrize(
    ("predicate", "value", "said"),
    [
        ("urn:n#", "x", "XML name"),
        ("urn:n#\U0001f33b", "x", "XML name"),
        ("urn:n#\u0132", "x", "XML name"),
        ("https://example.org/a/", "x", "XML name"),
        ("https://example.org/a?1", "x", "XML name"),
        ("http://www.w3.org/1999/02/22-rdf-syntax-ns#li", "x", "means something else"),
        ("http://www.w3.org/2000/xmlns/p", "x", "means something else"),
        ("urn:n#p", "\ufffe", r"U\+FFFE"),
        ("urn:n#p", "\x0b", r"U\+000B"),
    ],
)
def test_what_xml_cannot_write(predicate, value, said) -> None:
    with pytest.raises(NotExpressible, match=said) as caught:
        rdfxml([Triple(A, NamedNode(predicate), Literal(value))], {})
    assert "turtle" in caught.value.remedy
