"""Files are read for the lines of findings when somebody looks at one, and then once."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

import glocal_kg as gk
from glocal_kg._mending import whereabouts

TEXT = """@prefix glocal: <https://w3id.org/glocal/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .

<urn:one> a glocal:City ; rdfs:label "one"@en .

<urn:two> a glocal:City ;
    glocal:locatedIn <urn:two> .
"""


def test_lines_are_looked_for_when_they_are_wanted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[object] = []
    positions = whereabouts.Positions
    monkeypatch.setattr(
        whereabouts, "Positions", lambda *told: read.append(told) or positions(*told)
    )
    file = tmp_path / "mine.ttl"
    file.write_text(TEXT, encoding="utf-8")
    kg = gk.load()
    kg.add(file)
    report = kg.validate()
    assert len(report.results) > 1
    assert not report.conforms
    assert not read
    found = [one for one in report.results if "itself" in one.message]
    assert [(Path(one.source).name, one.line) for one in found] == [("mine.ttl", 7)]
    assert report.results[0] in report.results[:1]
    assert len(read) == 1
    again = pickle.loads(pickle.dumps(report))
    assert again.results == list(report.results)
    assert report.results == again.results


def test_what_is_said_of_others_is_passed_over() -> None:
    from glocal_kg._rdf.reading.positions import _met

    text = "@prefix e: <urn:e:> .\n" + "".join(
        f'e:s{n} e:p \'a. # <b\' , """x "y" .\n"""@en , 1.5 , <urn:a#b.c> , [ e:q ( {n} ) ] .'
        f" # e:s1 e:p 'no' .\ne:g{n} {{ e:t{n} e:p e:o.{n} . }}\n"
        for n in range(9)
    )
    every = [met for met in _met(text, "") if met[1] in {"urn:e:s4", "urn:e:t4"}]
    assert len(every) > 9
    wanted = frozenset({"urn:e:s4", "urn:e:t4"})
    assert [met for met in _met(text, "", wanted) if met[1] in wanted] == every


XML = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
  xmlns:glocal="https://w3id.org/glocal/ontology#">
<!-- urn:two glocal:locatedIn urn:two -->
<glocal:City rdf:about="urn:two">
  <glocal:locatedIn rdf:resource="urn:two"/>
</glocal:City>
</rdf:RDF>
"""
JSON = """[{"@id": "urn:two", "urn:locatedIn": "urn:two",
"@type": "https://w3id.org/glocal/ontology#City",
"https://w3id.org/glocal/ontology#locatedIn": {"@id": "urn:two"}}]
"""


@pytest.mark.parametrize(
    ("text", "format", "line"), [(TEXT, "turtle", 7), (XML, "rdfxml", 5), (JSON, "jsonld", 3)]
)
def test_the_line_is_that_of_the_fact_in_every_format(text: str, format: str, line: int) -> None:
    kg = gk.load()
    kg.add(gk.Text(text, format, name="my"))
    report = kg.validate(source="mine")
    (found,) = [one for one in report.results if "itself" in one.message]
    assert found.place == f"my:{line}"
    assert f"my:{line}  " in report.to_text(None)


def test_the_file_is_told_where_no_line_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whereabouts.Positions, "line", lambda *_: None)
    kg = gk.load()
    kg.add(gk.Text(XML, "rdfxml", name="my.rdf"))
    kg.add(gk.Text(JSON.replace("urn:two", "urn:three"), "jsonld", name="other.jsonld"))
    report = kg.validate(source="mine")
    assert {str(one.focus): one.place for one in report.results} == {
        "<urn:two>": "my.rdf",
        "<urn:three>": "other.jsonld",
    }
