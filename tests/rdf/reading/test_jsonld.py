"""JSON-LD: as the standard has it, and all or nothing.

Set GLOCAL_JSONLD_TESTS to a copy of https://github.com/w3c/json-ld-api to run the W3C's tests.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path

import pytest
from pyoxigraph import (
    CanonicalizationAlgorithm,
    Dataset,
    Literal,
    NamedNode,
    Quad,
    RdfFormat,
    parse,
)

from glocal_kg._rdf.reading import Text, open_source
from glocal_kg._rdf.reading.jsonld.expanding import Expansion
from glocal_kg._rdf.reading.jsonld.plain_nodes import PlainNodes
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


LOST = [
    ('[{"@id": "http://a/x y", "http://p": 1}, {"@id": "http://b", "http://p": 2}]',
     "'http://a/x y' is no IRI"),
    ('{"@context": {"id": "@id"}, "id": "http://a/<x>", "http://p": 1}', "is no IRI"),
    ('{"@id": "http://a", "@type": ["http://T", "http://a b"], "http://p": 1}', "is no IRI"),
    ('{"@id": "http://a", "http://p q": 1}', "property 'http://p q'"),
    ('{"@id": "http://a", "http://p": {"@value": "x", "@language": "a b"}}', "language tag"),
    # Where a context makes the IRI, the language or the datatype of it:
    ('{"@context": {"p": {"@id": "urn:p", "@type": "@id"}}, "@id": "urn:a", "p": "http://x y"}',
     "'http://x y' is no IRI"),
    ('{"@context": {"p": {"@id": "urn:p", "@type": "@id", "@container": "@list"}},'
     '"@id": "urn:a", "p": ["urn:ok", "http://x y"]}', "is no IRI"),
    ('{"@context": {"@vocab": "http://x y/"}, "@id": "urn:a", "q": 1}', "property 'http://x y/q'"),
    ('{"@context": {"ex": "http://x y/"}, "@id": "ex:a", "urn:p": 1}', "'http://x y/a' is no IRI"),
    ('{"@context": {"@language": "a b"}, "@id": "urn:a", "urn:p": "x"}', "no language tag"),
    ('{"@context": {"p": {"@id": "urn:p", "@container": "@language"}},'
     '"@id": "urn:a", "p": {"a b": "x"}}', "no language tag"),
    ('{"@id": "urn:a", "urn:p": {"@value": "5", "@type": "foo"}}', "'foo' is relative"),
    ('{"@id": "urn:a", "@reverse": {"urn:p": {"@id": "http://x y"}}}', "is no IRI"),
    ('{"@id": "http://x y", "@graph": {"@id": "urn:a", "urn:p": 1}}', "is no IRI"),
    ('{"@id": "urn:a", "_:b": 1}', "'_:b' is a blank node"),
    ('{"@id": "urn:a", "urn:p": 1, "urn:p": 2}', "stands twice"),
    ('{"@id": "urn:a", "urn:p": 1e400}', "larger than a double"),
    ('{"@id": "urn:a", "urn:p": ' + "9" * 5000 + "}", "a number has 5,000 digits"),
    ('{"@id": "urn:a", "urn:p": NaN}', "NaN is no number"),
    ('{"@id": "urn:a", "urn:p": "\\ud800"}', "half a character"),
    ('{"@context": "c.jsonld", "@id": "urn:a"}', "relative and has no base"),
    ('{"@context": "https://schema.org", "@id": "urn:a"}', "not fetched from the web"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "said"), LOST)
def test_nothing_is_dropped_in_silence(text, said) -> None:
    with pytest.raises(ReadError, match=said) as caught:
        read(text)
    assert caught.value.remedy


def test_errors_keep_the_lines_of_the_file() -> None:
    with pytest.raises(ReadError) as caught:
        read('{"@id": "urn:a",\n "urn:b" 1}')
    assert caught.value.line == 2


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('{"@context": {\n"a": "urn:a",\n"b": 5}, "@id": "urn:s"}', 3),
        ('{"@context": [{\n"@protected": true, "n": "urn:n"},\n{"n": "urn:m"}], "n": 1}', 3),
        ('{"@context":\n{"@vocab": "urn:v:", "x": {"@id": "urn:x",\n"@context":\n{"y": 1}}}}', 4),
        ('{\n"@context": {"@language": 5}, "@id": "urn:s"}', 2),
        ('{"@id": "urn:s",\n"urn:p": {"@value": "x",\n"@id": "urn:y"}}', 3),
        ('{"@id": "urn:s",\n"urn:p": 1,\n"urn:q": [{"urn:p": 1,\n"urn:p": 2}]}', 4),
        ('{"@id": "urn:s",\n"urn:p": [1,\nNaN]}', 3),
        ('{"@id": "urn:s",\n"urn:p": 1' + "0" * 9999 + "}", 2),
        ('[{"@id": "urn:s", "urn:p": 1},\n{"@id": "relative", "urn:p": 1}]', 2),
        ('{"@id": "urn:s",\n"urn:p": 1,\n"urn:q": {"@value": "x",\n"@language": "a b"}}', 3),
        ('{"@id": "urn:s",\n"urn:p": 1,\n"urn:q r": 2}', 3),
        ('{"@id": "urn:s",\n"@graph": [\n{"@id": "urn:a b", "urn:p": 1}]}', 3),
        ('{"@id": "urn:s",\n"@type": ["urn:a",\n5]}', 2),
        ('{"@id": "urn:s",\n"urn:p": 1,\n"@reverse": 5}', 3),
    ],
)
def test_what_is_wrong_is_told_with_its_line(text, line) -> None:
    with pytest.raises(ReadError) as caught:
        list(open_source(Text(text, "jsonld")).quads())
    assert caught.value.line == line


def test_values_stay_as_they_are() -> None:
    text = '{"@id": "urn:a", "urn:p": [1.50, 12345678901234567890, "città \\ud83c\\udf3b", true]}'
    objects = {q.object for q in open_source(Text(text, "jsonld")).quads()}
    assert Literal("città 🌻") in objects
    xsd = "http://www.w3.org/2001/XMLSchema#"
    assert Literal("12345678901234567890", datatype=NamedNode(xsd + "integer")) in objects


def test_contexts_beside_a_file_are_read_and_no_others(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "terms").mkdir()
    inner = '{"@context": {"@vocab": "urn:v:", "knows": {"@context": "context.jsonld"}}}'
    (tmp_path / "data" / "terms" / "context.jsonld").write_text(inner)
    (tmp_path / "outside.jsonld").write_text(inner)
    file = tmp_path / "data" / "x.jsonld"
    file.write_text(
        '{"@context": "terms/context.jsonld", "@id": "urn:a", "knows": {"@id": "urn:b", "p": 1}}'
    )
    for base in (None, "https://example.org/release/x.jsonld"):
        assert {str(q.predicate) for q in open_source(file, base=base).quads()} == {
            "<urn:v:knows>", "<urn:v:p>",
        }  # fmt: skip
    for place in ("../outside.jsonld", "terms/none.jsonld"):
        file.write_text(json.dumps({"@context": place, "@id": "urn:a", "p": 1}))
        with pytest.raises(ReadError, match="context"):
            list(open_source(file).quads())


def test_deep_documents_are_read_or_told() -> None:
    deep = '{"urn:p": [' * 75 + "1" + "]}" * 75
    assert len(read(deep)) == 75
    chained = {f"t{n}": f"t{n + 1}:" for n in range(8_000)}
    with pytest.raises(ReadError, match="too deep"):
        read(json.dumps({"@context": chained, "@id": "urn:a", "t0": 1}))


CONTEXT = {
    "@vocab": "urn:v:", "@language": "en", "id": "@id", "a": "@type", "ex": "http://e/",
    "ref": {"@type": "@id"}, "term": {"@type": "@vocab"}, "day": {"@type": "ex:day"},
    "plain": {"@language": None}, "spoken": {"@language": "EN-us"}, "dir": {"@direction": "rtl"},
    "set": {"@container": "@set"}, "list": {"@container": "@list"}, "any": {"@type": "@none"},
    "back": {"@reverse": "urn:v:forth"}, "lang": {"@container": "@language"}, "gone": None,
    "json": {"@type": "@json"}, "index": {"@container": "@index"}, "bad": "http://b d",
    "odd": {"@language": "not a tag"}, "oddly": {"@type": "urn:a b"},
}  # fmt: skip
VALUES = [
    1, 1.5, 1e30, True, None, "x", 'say "\\\n\t\x7f', "\ufffe città 🌻", "urn:x", "ex:x", "_:x",
    "id", "@on", [], ["x", None, 2], [["x", ["y"]]], {}, {"id": "urn:x"}, {"@id": "ex:x"},
    {"@id": ["urn:x"]}, {"@id": 5}, {"@id": "@on"}, {"@id": "rel"}, {"@id": "urn:a b"},
    {"@id": None}, {"id": "_:x"}, {"@id": "urn:x", "a": "Kind", "p": "y"}, {"a": ["Kind", "@on"]},
    {"@type": 5}, {"a": "urn:a b"}, {"@id": "urn:x", "id": "urn:y"}, {"@value": "x"},
    {"@value": 2}, {"@value": None},
    {"@value": "x", "@language": "en"}, {"@language": "en", "@value": "x"}, {"@language": "en"},
    {"@value": "x", "@type": "ex:t"}, {"@type": "t", "@value": "x"},
    {"@value": "x", "@type": "@on"},
    {"@value": "x", "@type": "_:t"}, {"@value": "x", "@type": "urn:a b"}, {"@value": "x", "a": "t"},
    {"@value": "x", "@language": "a b"}, {"@value": 1, "@language": "en"}, {"@value": "x", "p": 1},
    {"@value": "x", "@direction": "rtl"}, {"@value": "x", "@index": "i"}, {"@value": {}},
    {"@value": "x", "@language": "en", "@type": "t"}, {"@value": {"b": 1}, "@type": "@json"},
    {"@list": ["x", {"id": "urn:y"}]}, {"@set": ["x"]}, {"@set": None},
    {"p": {"p": {"ref": "ex:x"}}},
    {"@graph": {"p": 1}}, {"@included": {"p": 1}}, {"@reverse": {"p": {"id": "urn:y"}}},
    {"@context": {"p": "urn:other"}, "p": 1}, {"@nest": {"p": 1}}, {"en": "x", "@none": "y"},
    {"bad": None}, {"bad": []}, {"bad": {"@value": None}}, {"gone": {"bad": 1}}, {"p": "\ud800"},
]  # fmt: skip


def in_both_ways(document: object, monkeypatch, base: str | None = "http://base/") -> list[object]:
    """What is read on the short way, and by way of expansion: statements, or the error."""
    found: list[object] = []
    for short in (True, False):
        with monkeypatch.context() as patched:
            if not short:
                patched.setattr(PlainNodes, "written", lambda self, node: False)
            source = open_source(Text(json.dumps(document), "jsonld", base=base))
            try:
                found.append((canonical(source.quads()), source.undirected))
            except ReadError as error:
                found.append(str(error))
    return found


@pytest.mark.parametrize("value", VALUES, ids=str)
def test_the_short_way_says_the_same(value: object, monkeypatch) -> None:
    for key in ("p", "@id", *CONTEXT):
        context = {one: CONTEXT[one] for one in ("@vocab", "id", "a", "ex", key) if one in CONTEXT}
        node = {key: value, "q": {"id": "urn:s", key: value}}
        nodes = {"@context": context, "@graph": [{"@id": "urn:o", "p": "before"}, node]}
        for document in (nodes, {"@context": context, **node}):
            short, whole = in_both_ways(document, monkeypatch)
            assert short == whole, document
    short, whole = in_both_ways([{"@id": "urn:a", "urn:p": value}, value], monkeypatch)
    assert short == whole


def test_plain_nodes_go_the_short_way(monkeypatch) -> None:
    """Expansion takes three times as long."""
    node = {"@id": "ex:a", "a": "K", "p": ["x", {"@value": "y", "@type": "t"}], "ref": "ex:b"}
    document = {"@context": CONTEXT, "@graph": [node, {"p": node}, {"p": {"@id": "ex:c"}}]}
    monkeypatch.setattr(Expansion, "expanded", None)
    assert len(read(json.dumps(document))) == 10


# What the W3C's tests want and we do not do.
_NOT_OURS = {
    # Options: processing as in JSON-LD 1.0, predicates that are blank nodes, a context from
    # outside, and directions of text, which RDF 1.1 does not know.
    "tc029", "te075", "te077", "tep02", "ter21", "ter42", "ttn01",
    "tdi09", "tdi10", "tdi11", "tdi12",
    # What is no IRI or language, or relative without a base, is dropped; here it is an error.
    "te060", "te068", "te111", "te112", "tli12", "tli14",
    "twf01", "twf02", "twf03", "twf04", "twf05", "twf07",
}  # fmt: skip
_SUITE = Path(os.environ.get("GLOCAL_JSONLD_TESTS", "absent")) / "tests"


@pytest.mark.parametrize("name", ["x%00y", "x" * 3000, "./", "%2e%2e/x", "%FF"])
def test_a_context_that_can_be_no_file_is_told(tmp_path: Path, name: str) -> None:
    path = tmp_path / "a.jsonld"
    path.write_text(f'{{"@context": "{name}", "@id": "urn:a", "urn:p": 1}}')
    with pytest.raises(ReadError, match="its context") as caught:
        list(open_source(path).quads())
    assert len(str(caught.value)) < 600


@pytest.mark.skipif(not _SUITE.is_dir(), reason="GLOCAL_JSONLD_TESTS names no copy of the tests")
def test_the_suite_of_the_w3c() -> None:
    manifest = json.loads((_SUITE / "toRdf-manifest.jsonld").read_bytes())
    failed, passed = set(), 0
    for case in manifest["sequence"]:
        options = case.get("option", {})
        if options.get("specVersion") == "json-ld-1.0":
            continue
        base = options.get("base", manifest["baseIri"] + case["input"])
        try:
            found = canonical(open_source(_SUITE / case["input"], base=base).quads())
        except ReadError as error:
            found = set() if "no statements" in str(error) else None
        if "jld:PositiveEvaluationTest" not in case["@type"]:
            right = (found is None) is ("jld:NegativeEvaluationTest" in case["@type"])
        else:
            wanted = (_SUITE / case["expect"]).read_bytes()
            generalized = options.get("produceGeneralizedRdf", False)
            right = not generalized and found == canonical(parse(wanted, RdfFormat.N_QUADS))
        passed += right
        if not right:
            failed.add(case["@id"].removeprefix("#"))
    assert failed == _NOT_OURS
    assert passed == 433


def canonical(quads: Iterable[Quad]) -> set[str]:
    dataset = Dataset(quads)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return set(map(str, dataset))
