"""RDF 1.2: the direction of texts is read; triple terms are refused where they stand."""

from __future__ import annotations

import pytest

import glocal_kg as gk

XML = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://ex/"'
    ' xmlns:its="http://www.w3.org/2005/11/its" {}>\n'
    '<rdf:Description rdf:about="urn:a"{}>{}</rdf:Description></rdf:RDF>'
)
NEW, RTL = 'rdf:version="1.2"', 'its:version="2.0" its:dir="rtl"'


def read(text: str, format: str) -> list[str]:
    kg = gk.KnowledgeGraph()
    kg.add(gk.Text(text, format, name="file"))
    return [str(quad.object) for quad in kg.facts]


@pytest.mark.parametrize(
    ("whole", "node", "inner", "found"),
    [
        (f'{NEW} {RTL} xml:lang="ar"', "", "<e:p>x</e:p>", '"x"@ar--rtl'),
        (f"{RTL} xml:lang='ar'", "", "<e:p>x</e:p>", '"x"@ar'),
        (NEW, f" {RTL}", '<e:p xml:lang="ar">x</e:p>', '"x"@ar--rtl'),
        (NEW, f" {RTL}", '<e:p xml:lang="en" its:dir="ltr">x</e:p>', '"x"@en--ltr'),
        (NEW, f" {RTL}", '<e:p xml:lang="ar" its:dir="">x</e:p>', '"x"@ar'),
        ("", "", f'<e:p xml:lang="ar" {NEW} {RTL}>x</e:p>', '"x"@ar--rtl'),
        (f'{NEW} {RTL} xml:lang="ar"', ' e:p="x"', "", '"x"@ar--rtl'),
        (f"{NEW} {RTL}", "", "<e:p>x</e:p>", '"x"'),
        (f"{NEW} {RTL}", "", '<e:p rdf:datatype="urn:t">x</e:p>', '"x"^^<urn:t>'),
        ("", f' {NEW} {RTL} xml:lang="ar"', "<e:p>x</e:p>", '"x"@ar--rtl'),
    ],
)
def test_directions_of_rdf_xml(whole: str, node: str, inner: str, found: str) -> None:
    assert read(XML.format(whole, node, inner), "rdfxml") == [found]


def test_before_1_2_a_direction_is_a_property_as_any_other() -> None:
    assert read(XML.format("", ' its:dir="rtl"', ""), "rdfxml") == ['"rtl"']


@pytest.mark.parametrize(
    ("text", "format", "said"),
    [
        ("<urn:a> <urn:p> 1 .\n<urn:a> <urn:p> <<( <urn:b> <urn:c> 1 )>> .", "turtle", ":2:17: "),
        ("<urn:a> <urn:p> '~{|' ;\n  <urn:q> 2 ~ <urn:r> .", "turtle", ":2:13: "),
        ("# <<\n<urn:a> <urn:p> 1 {| <urn:q> 2 |} .", "turtle", ":2:19: "),
        ("<urn:g> {\n<< <urn:a> <urn:p> 1 >> <urn:q> 2 }", "trig", ":2:1: "),
        ("<urn:a> <urn:p> <<( <urn:b> <urn:c> <urn:d> )>> .\n", "ntriples", ":1:17: "),
        ("<urn:a> <urn:p> <<( <urn:b> <urn:c> <urn:d> )>> <urn:g> .\n", "nquads", ":1:17: "),
        (XML.format("", "", '<e:p rdf:annotation="urn:r">x</e:p>'), "rdfxml", r":2:\d+: "),
        (XML.format("", "", '<e:p rdf:annotationNodeID="r">x</e:p>'), "rdfxml", r":2:\d+: "),
        (XML.format(NEW, "", '<e:p rdf:parseType="Triple"/>'), "rdfxml", r":2:\d+: "),
    ],
)
def test_triple_terms_are_refused_where_they_stand(text: str, format: str, said: str) -> None:
    with pytest.raises(gk.errors.ReadError, match=f"^file{said}.*RDF 1.2.*node of its own"):
        read(text, format)


def test_a_direction_that_is_none_is_refused() -> None:
    with pytest.raises(gk.errors.ReadError, match=r":1:\d+: .*'up', not ltr or rtl"):
        read(XML.format(f'{NEW} its:dir="up"', "", ""), "rdfxml")
