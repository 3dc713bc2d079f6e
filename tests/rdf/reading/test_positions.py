"""The line of each fact is found, in every syntax that has lines."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pyoxigraph as ox
import pytest

from glocal_kg import Text
from glocal_kg._rdf.reading import open_source
from glocal_kg._rdf.reading.met import NODE
from glocal_kg._rdf.reading.positions import Positions, _met
from glocal_kg._study import packaged

EX = "https://example.org/"
TURTLE = '''@prefix ex: <https://example.org/> . # a comment with a . and a ;
BASE <https://example.org/>
ex:a a ex:C ;
    ex:p "x # no comment" ,
        """several
lines""" ;
    ex:q [ ex:r <b> ; ex:r 1.5 ] .

<b> ex:list ( ex:a
    ex:c ) ; ex:escaped "\\u00e9\\n" .
'''


def lines(text: str, code: str, *wanted: str) -> Positions:
    return Positions(open_source(Text(text, code)), {EX + name for name in wanted})


def test_turtle() -> None:
    found = lines(TURTLE, "turtle", "a", "b")
    assert found.line(f"{EX}a") == 3
    assert found.line(f"{EX}a", f"{EX}p", "x # no comment") == 4
    assert found.line(f"{EX}a", f"{EX}p", "several\nlines") == 5
    assert found.line(f"{EX}a", f"{EX}q", NODE) == 7
    assert found.line(f"{EX}b", f"{EX}list", f"{EX}c") == 10
    assert found.line(f"{EX}b", f"{EX}escaped", "é\n") == 10
    assert found.line(f"{EX}a", f"{EX}nothing") is None
    assert found.line(f"{EX}c") is None  # nobody asked
    assert found.naming("<https://example.org/>") == 1


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("ntriples", f'<{EX}z> <{EX}p> "1" .\n<{EX}a> <{EX}p> "2" .\n'),
        ("nquads", f'<{EX}z> <{EX}p> "1" <{EX}g> .\n<{EX}a> <{EX}p> "2" <{EX}g> .\n'),
        ("trig", f'<{EX}g> {{\n<{EX}a> <{EX}p> "2" }}\n'),
        (
            "rdfxml",
            '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="'
            f'{EX}">\n<r:Description r:about="{EX}a"><e:p>2</e:p></r:Description></r:RDF>',
        ),
        ("jsonld", f'{{"@id":\n"{EX}a", "{EX}p": "2"}}'),
    ],
)
def test_other_syntaxes(code: str, text: str) -> None:
    found = lines(text, code, "a")
    assert found.line(f"{EX}a", f"{EX}p", "2") == 2


def test_all_packaged_facts_are_met() -> None:
    """What is cut into tokens here is what the parser reads."""
    for path in packaged.files("data", ".trig")[:12]:
        document = open_source(path)
        with document.open() as stream:
            met = {row[1:] for row in _met(stream.read().decode(), document.base or "")}
        for quad in document.quads():
            if isinstance(quad.subject, ox.NamedNode) and not isinstance(quad.object, ox.BlankNode):
                assert (quad.subject.value, quad.predicate.value, quad.object.value) in met


def test_a_document_of_one_fact_a_line_is_never_held_whole(tmp_path: Path) -> None:
    path, long = tmp_path / "many.nt", "long " * 40
    with path.open("w") as out:
        out.writelines(f'<{EX}z{i}> <{EX}p> "{long}" .\n' for i in range(20_000))
        out.write(f"<{EX}a> <{EX}p> <urn:new> .\n")
    tracemalloc.start()
    try:
        found = Positions(open_source(path), {f"{EX}a"})
        assert found.line(f"{EX}a") == found.naming("urn:new") == 20_001
        assert tracemalloc.get_traced_memory()[1] < path.stat().st_size / 4
    finally:
        tracemalloc.stop()


RDF_XML = """<!DOCTYPE r:RDF [<!ENTITY ex "https://example.org/">]>
<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xml:base='https://example.org/x'>
<r:Description r:about="{}"/>
</r:RDF>
"""
JSON_LD = """{{"@context": {{"@base": "https://example.org/b/", "ex": "https://example.org/",
"@vocab": "https://example.org/v#"}},
"@id": "{}", "p": 1}}
"""


@pytest.mark.parametrize(
    ("code", "text", "written", "name"),
    [
        ("rdfxml", RDF_XML, "#p1", "x#p1"),
        ("rdfxml", RDF_XML, "", "x"),
        ("rdfxml", RDF_XML, "../p1", "p1"),
        ("rdfxml", RDF_XML, "&ex;p1", "p1"),
        ("rdfxml", RDF_XML, "&ex;&#233;", "é"),
        ("rdfxml", RDF_XML, "https://example.org/?a&amp;b", "?a&b"),
        ("rdfxml", RDF_XML.replace("r:about", "r:ID"), "p1", "x#p1"),
        ("rdfxml", RDF_XML.replace('r:about="{}"', "r:about='{}'"), "p1", "p1"),
        ("jsonld", JSON_LD, "#p1", "b/#p1"),
        ("jsonld", JSON_LD, "p1", "b/p1"),
        ("jsonld", JSON_LD, "../p1", "p1"),
        ("jsonld", JSON_LD, "ex:p1", "p1"),
        ("jsonld", JSON_LD, "\\u00e9", "b/é"),
        ("jsonld", JSON_LD.replace('"https://example.org/",', 
         '{{"@id": "https://example.org/", "@prefix": true}},'),
         "ex:p1", "p1"),
    ],
)  # fmt: skip
def test_a_name_is_met_in_each_form_it_is_written_in(
    code: str, text: str, written: str, name: str
) -> None:
    document = open_source(Text(text.format(written), code))
    assert Positions(document, {EX + name}).line(EX + name) == 3


XML_FACTS = """<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="https://example.org/">
<e:C r:about="https://example.org/b"/>
<e:C r:about="https://example.org/a"
     e:given="x">
  <e:p>first</e:p> <!-- e:p second -->
  <e:q r:resource="https://example.org/b"/>
  <e:p>second
lines</e:p>
  <e:r>
    <e:D><e:p>second</e:p>
      <e:s r:parseType="Resource">
        <e:p>third</e:p></e:s></e:D>
  </e:r>
  <e:xml r:parseType="Literal"><e:p>
    first</e:p></e:xml>
  <e:t
    >fourth</e:t>
</e:C>
<r:Description r:about="https://example.org/a"><e:p>fifth</e:p></r:Description>
</r:RDF>
"""
JSON_FACTS = """{"@context": {"e": "https://example.org/", "p": "e:p", "l": {"@id": "e:l",
  "@container": "@language"}, "by": {"@reverse": "e:by"}, "@vocab": "https://example.org/"},
"@graph": [{"@id": "e:b", "e:p": "first"},
{
 "p": ["first",
   "second\\nlines", 3,
   {"@value": true}],
 "@type": ["C",
   "D"],
 "@id": "e:a", "q":
   {"@id": "e:b",
    "p": "second"},
 "l": {"en": "one",
   "it": ["uno",
     "due"]},
 "r": {
   "p": "inside"},
 "n": {"@list": ["listed"]},
 "by": {"@id":
   "e:c"}
}]}
"""


@pytest.mark.parametrize(
    ("code", "text", "facts"),
    [
        (
            "rdfxml",
            XML_FACTS,
            [
                (2, "b"), (3, "a"), (3, "a", "given", "x"), (5, "a", "p"), (5, "a", "p", "first"),
                (7, "a", "p", "second\nlines"), (6, "a", "q", "b"), (9, "a", "r"),
                (10, "a", "r", NODE), (10, NODE, "p", "second"), (11, NODE, "s", NODE),
                (12, NODE, "p", "third"), (14, "a", "xml"), (16, "a", "t", "fourth"),
                (19, "a", "p", "fifth"), (None, "a", "p", "third"), (None, "a", "s"),
            ],
        ),
        (
            "jsonld",
            JSON_FACTS,
            [
                (3, "b"), (3, "b", "p", "first"), (10, "a"), (5, "a", "p"),
                (5, "a", "p", "first"), (6, "a", "p", "second\nlines"), (6, "a", "p", "3"),
                (7, "a", "p", "true"), (11, "a", "q", "b"), (12, "b", "p", "second"),
                (13, "a", "l", "one"), (14, "a", "l", "uno"), (15, "a", "l", "due"),
                (16, "a", "r", NODE), (17, NODE, "p", "inside"), (18, "a", "n"),
                (20, "c", "by", "a"), (None, "a", "p", "second"),
            ],
        ),
    ],
)  # fmt: skip
def test_each_fact_has_its_own_line(code: str, text: str, facts: list) -> None:
    """Not that in which its words are first written, which stand in other facts too."""
    found = Positions(open_source(Text(text, code)), {f"{EX}{name}" for name in "abc"} | {NODE})
    wanted = {NODE: NODE, "b": f"{EX}b", "a": f"{EX}a"}
    got = [
        (
            found.line(*(
                wanted.get(part, part) if at == 2 else part if part == NODE else EX + part
                for at, part in enumerate(parts)
            )),
            *parts,
        )
        for _, *parts in facts
    ]  # fmt: skip
    assert got == facts


TYPES = """[
{"@id": "urn:a", "@type": [
 "urn:C", "urn:D",
 "urn:C"]}]
"""


def test_each_type_has_its_own_line() -> None:
    found = Positions(open_source(Text(TYPES, "jsonld")), {"urn:a"})
    a = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
    assert [found.line("urn:a", a, kind) for kind in ("urn:C", "urn:D")] == [3, 3]
    assert found.line("urn:a") == 2


@pytest.mark.parametrize("code", ["rdfxml", "jsonld"])
def test_a_file_that_changed_since_has_the_lines_that_are_there(code: str, tmp_path: Path) -> None:
    text = {"rdfxml": XML_FACTS, "jsonld": JSON_FACTS}[code]
    path = tmp_path / ("my" + {"rdfxml": ".rdf", "jsonld": ".jsonld"}[code])
    path.write_text(text, encoding="utf-8")
    document = open_source(path)
    assert list(document.quads())
    path.write_text(text[: len(text) // 2], encoding="utf-8")
    line = Positions(document, {f"{EX}a"}).line(f"{EX}a", f"{EX}p", "first")
    assert line == {"rdfxml": 5, "jsonld": None}[code]
