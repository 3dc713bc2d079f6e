"""A file that is read again says nothing new, blank nodes or not."""

from __future__ import annotations

from pathlib import Path

import pytest

import glocal_kg as gk

FORMS = {
    "mine.ttl": '<urn:a> <urn:p> [ <urn:q> "x" ] , [ <urn:q> "x" ] , ( 1 2 ) .',
    "mine.nt": '_:a <urn:p> _:b .\n_:b <urn:p> "x" .\n',
    "mine.trig": "<urn:g> { <urn:a> <urn:p> [ <urn:q> 1 ] } <urn:a> <urn:p> [ <urn:q> 2 ] .",
    "mine.nq": "_:a <urn:p> _:b <urn:g> .\n_:b <urn:p> _:a .\n",
    "mine.jsonld": '{"@id": "urn:a", "urn:p": [{"urn:q": 1}, {"@list": [1, 2]}]}',
    "mine.rdf": '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:u="urn:u:">'
    '<rdf:Description rdf:about="urn:a"><u:p rdf:parseType="Resource"><u:q>x</u:q></u:p>'
    "</rdf:Description></rdf:RDF>",
}


@pytest.mark.parametrize("name", FORMS)
def test_the_same_file_says_nothing_new(name: str, tmp_path: Path) -> None:
    file = tmp_path / name
    file.write_text(FORMS[name], encoding="utf-8")
    kg = gk.KnowledgeGraph()
    first = kg.add(file)
    held = len(kg)
    assert first.new == held > 0
    again = kg.add(file)
    assert (int(again), again.new, len(kg)) == (int(first), 0, held)
    assert repr(again).endswith(", all there before>")
    assert kg.replace(file) == (0, 0)
    other = gk.KnowledgeGraph()
    other.add(file)
    assert set(other.facts) == set(kg.facts)


def test_what_was_changed_or_goes_elsewhere_shares_no_node(tmp_path: Path) -> None:
    file = tmp_path / "mine.ttl"
    file.write_text("<urn:a> <urn:p> [ <urn:q> 1 ] .", encoding="utf-8")
    kg = gk.KnowledgeGraph()
    kg.add(file)
    kg.add(file, graph="urn:elsewhere")
    file.write_text("<urn:a> <urn:p> [ <urn:q> 2 ] .", encoding="utf-8")
    kg.add(file)
    table = kg.query(
        "SELECT ?node (COUNT(*) AS ?n) { GRAPH ?g { ?node <urn:q> ?v } } GROUP BY ?node"
    )
    assert [row.n for row in table] == [1, 1, 1]


def test_two_files_with_the_same_labels_share_no_node(tmp_path: Path) -> None:
    kg = gk.KnowledgeGraph()
    for name in ("one.nt", "two.nt"):
        (tmp_path / name).write_text(f'_:a <urn:p> "{name}" .\n', encoding="utf-8")
        kg.add(tmp_path / name)
    assert len(kg.query("SELECT DISTINCT ?x { ?x ?p ?o }")) == 2
