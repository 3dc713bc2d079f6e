"""The butterfly of a corpus, and two side by side."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

import glocal_kg as gk
from glocal_kg._cli import run
from glocal_kg._glocal.butterfly import draw
from glocal_kg._glocal.butterfly.pair import side_by_side
from glocal_kg._glocal.butterfly.practice_counts import count_practices

AREA = "https://w3id.org/glocal/id/area/"
MINE = """@prefix glocal: <https://w3id.org/glocal/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix area: <https://w3id.org/glocal/id/area/> .
@prefix ex: <https://example.org/> .
ex:a a glocal:Practice ; rdfs:label "a" ; glocal:theme area:culture , area:sport .
ex:b a glocal:Project ; rdfs:label "b" ; glocal:theme ex:choirs .
ex:c a glocal:Practice ; rdfs:label "c" ; glocal:theme ex:trade .
ex:d a glocal:Practice ; rdfs:label "d" .
ex:choirs skos:broader ex:music . ex:music skos:closeMatch area:culture .
"""


@pytest.fixture
def mine(tmp_path):
    path = tmp_path / "mine.ttl"
    path.write_text(MINE, encoding="utf-8")
    return path


@pytest.fixture
def kg(mine):
    found = gk.load()
    found.add(mine)
    return found


def test_practices_are_counted_by_area_over_broader_and_matching_themes(kg):
    areas = [AREA + "culture", AREA + "sport", AREA + "tourism"]
    counts = count_practices(kg, areas, "mine")
    assert counts.areas == {areas[0]: 2, areas[1]: 1, areas[2]: 0}
    assert counts.others == 2


@pytest.mark.parametrize(
    ("language", "name", "note"),
    [
        ("en", "culture (2)", "practices of the corpus in it; 2 in none"),
        ("it", "cultura (2)", "in nessuna: 2"),
        ("fr", "culture (2)", "dans aucun : 2"),
    ],
)
def test_numbers_stand_beside_the_areas_and_the_note_says_of_what(kg, language, name, note):
    svg = draw(kg, language=language, practices="mine").svg
    ElementTree.fromstring(svg)
    assert name in svg
    assert note in svg
    assert draw(kg, language=language, practices="mine").svg == svg
    assert "(2)" not in draw(kg, language=language).svg


def test_two_pictures_are_one_and_their_ids_apart(kg):
    left, right = kg.map(practices="mine"), kg.map(language="it")
    both = side_by_side(left, right, ("Mine & yours", "Italian"))
    root = ElementTree.fromstring(both.svg)
    ids = [node.get("id") for node in root.iter() if node.get("id")]
    assert len(set(ids)) == len(ids)
    assert {name.rpartition("-")[2] for name in ids} == {"a", "b"}
    assert both.size == (left.size[0] + right.size[0] + 40, left.size[1] + 70)
    for node in root.iter():
        for name in ("aria-labelledby", "aria-describedby"):
            assert set((node.get(name) or "").split()) <= set(ids)
        fill = node.get("fill") or ""
        if fill.startswith("url(#"):
            assert fill[5:-1] in ids
    assert both.png(width=600)[:4] == b"\x89PNG"


def test_two_corpora_from_the_command(mine, tmp_path, capsys):
    other = tmp_path / "other.ttl"
    other.write_text(MINE.replace("area:sport", "area:tourism"), encoding="utf-8")
    target = tmp_path / "both.svg"
    told = ["map", str(target), "--practices", "mine", "-d", str(mine), "--beside", str(other)]
    assert run(told) == 0
    svg = target.read_text(encoding="utf-8")
    assert "mine.ttl</text>" in svg
    assert "other.ttl</text>" in svg
    assert run(["map", str(target), "--world", "--practices", "mine"]) == 2
    assert "--practices has no effect beside --world. Leave one of them out." in (
        capsys.readouterr().err
    )
