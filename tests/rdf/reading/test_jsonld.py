"""JSON-LD: what its parser stumbles over, and all or nothing."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode

from glocal_kg._rdf.reading import Text, open_source
from glocal_kg.errors import ReadError

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"


def read(text: str, base: str | None = None) -> list[str]:
    quads = open_source(Text(text, "jsonld", base=base)).quads()
    return sorted(str(quad).replace(RDF, "rdf:") for quad in quads)


TYPE_MAP = """{"@context": {"@vocab": "http://v/", "p": {"@id": "http://p", "@container": "@type"}},
"@id": "http://a", "p": {"http://T": {"@id": "http://b"}, "@none": {"@id": "http://c"}}}"""


@pytest.mark.parametrize(
    ("text", "base", "wanted"),
    [
        ('{"http://p": 1, "@id": "http://a", "@type": "http://T"}', None,
         ['<http://a> <http://p> "1"^^<http://www.w3.org/2001/XMLSchema#integer>',
          "<http://a> <rdf:type> <http://T>"]),
        (TYPE_MAP, None,
         ["<http://a> <http://p> <http://b>", "<http://a> <http://p> <http://c>",
          "<http://b> <rdf:type> <http://T>"]),
        ('{"@context": {"@base": "http://a/b/./c"}, "@id": "g", "http://p": {"@id": "../h"}}',
         None, ["<http://a/b/g> <http://p> <http://a/h>"]),
        ('{"@id": "g", "http://p": {"@id": "http://a/./x"}}', "http://a/b/./c?q",
         ["<http://a/b/g> <http://p> <http://a/./x>"]),
        ('{"@id": "http://a", "http://p": {"@value": "x", "@language": "ar", '
         '"@direction": "rtl"}}', None, ['<http://a> <http://p> "x"@ar']),
    ],
)  # fmt: skip
def test_is_read_as_the_standard_has_it(text, base, wanted) -> None:
    assert read(text, base) == wanted


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[{"@id": "http://a/x y", "http://p": 1}, {"@id": "http://b", "http://p": 2}]',
         "'http://a/x y' is no IRI"),
        ('{"@context": {"id": "@id"}, "id": "http://a/<x>", "http://p": 1}', "is no IRI"),
        ('{"@id": "http://a", "@type": ["http://T", "http://a b"], "http://p": 1}', "is no IRI"),
        ('{"@id": "http://a", "http://p q": 1}', "property 'http://p q'"),
        ('{"@id": "http://a", "http://p": {"@value": "x", "@language": "a b"}}', "language tag"),
    ],
)  # fmt: skip
def test_nothing_is_dropped_in_silence(text, said) -> None:
    with pytest.raises(ReadError, match=said) as caught:
        read(text)
    assert caught.value.remedy


def test_errors_keep_the_lines_of_the_file() -> None:
    with pytest.raises(ReadError) as caught:
        read('{"@id": "urn:a",\n "urn:b": 1,\n "@graph": {"@value": 1, "@id": "x"}}')
    assert caught.value.line is None or caught.value.line >= 1
    with pytest.raises(ReadError) as caught:
        read('{"@id": "urn:a",\n "urn:b" 1}')
    assert caught.value.line == 2


def test_values_stay_as_they_are() -> None:
    text = '{"@id": "urn:a", "urn:p": [1.50, 12345678901234567890, "città \\ud83c\\udf3b", true]}'
    objects = {q.object for q in open_source(Text(text, "jsonld")).quads()}
    assert Literal("città 🌻") in objects
    xsd = "http://www.w3.org/2001/XMLSchema#"
    assert Literal("12345678901234567890", datatype=NamedNode(xsd + "integer")) in objects
