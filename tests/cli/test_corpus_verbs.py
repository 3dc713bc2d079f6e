"""``glocal rate``, ``network`` and ``map --world``: output, files and exit codes."""

from __future__ import annotations

import csv
import io
import json

import networkx as nx
import pytest

import glocal_kg as gk
from glocal_kg._cli import run
from tests.cli.calling import fails

TABLE = "unit,ann,bob\nfair,1,2\nfarm,3,3\nport,2,\n"
TWINS = """@prefix glocal: <https://w3id.org/glocal/ontology#> .
@prefix geo: <http://www.w3.org/2003/01/geo/wgs84_pos#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix ex: <https://example.org/> .
ex:a a glocal:City ; rdfs:label "A" ; geo:lat 1.0 ; geo:long 2.0 .
ex:b a glocal:City ; rdfs:label "B" ; geo:lat 3.0 ; geo:long -170.0 .
ex:t a glocal:Practice ; rdfs:label "T" ; glocal:participant ex:a , ex:b .
"""


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "ratings.csv"
    path.write_text(TABLE, encoding="utf-8")
    return str(path)


@pytest.fixture
def twins(tmp_path):
    path = tmp_path / "twins.ttl"
    path.write_text(TWINS, encoding="utf-8")
    return str(path)


def test_a_table_is_rated(table, capsys):
    assert run(["rate", table, "--scale", "1-3", "-f", "text", "--resamples", "20"]) == 0
    shown = capsys.readouterr().out
    assert "alpha ordinal" in shown
    assert "seed 1" in shown
    assert run(["rate", table, "--scale", "1-3", "-c", "cohen"]) == 0
    (row,) = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert (row["coefficient"], row["units"]) == ("cohen", "3")
    assert run(["rate", table, "-c", "cohen", "-f", "json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["coefficient"] == "cohen"


def test_scores_are_drawn_and_figures_recorded(table, tmp_path, capsys):
    picture, record = tmp_path / "scores.svg", tmp_path / "figures.trig"
    told = ["rate", table, "--scale", "1-3", "--resamples", "20", "--record", str(record)]
    assert run([*told, "--picture", str(picture)]) == 2
    assert "Add --date" in capsys.readouterr().err
    told += ["--date", "2026-11-30", "--about", "https://example.org/table"]
    assert run(told) == 0
    kg = gk.KnowledgeGraph()
    kg.add(record)
    asked = "SELECT ?m { ?m <http://www.w3.org/ns/dqv#value> ?value }"
    assert len(kg.query(asked)) > 10
    assert "Scores by criterion" in picture.read_text(encoding="utf-8")


def test_no_ratings_is_a_finding_and_a_wrong_table_is_an_error(table, tmp_path, capsys):
    assert run(["rate"]) == 1
    assert "no ratings" in capsys.readouterr().out
    assert run(["rate", table, "--scale", "1-2"]) == 2
    assert "ratings.csv:3: ann gave farm the value '3'" in capsys.readouterr().err
    assert run(["rate", "--scale", "1-5"]) == 2
    assert "Give the table" in capsys.readouterr().err
    assert run(["rate", str(tmp_path / "none.csv")]) == 2
    assert run(["rate", table, "-c", "kappa"]) == 2
    assert "no coefficient 'kappa'" in capsys.readouterr().err


def test_a_network_is_measured_or_written(twins, tmp_path, capsys):
    assert run(["network", "--source", "mine", "-d", twins, "-f", "json"]) == 0
    nodes = json.loads(capsys.readouterr().out)
    assert [node["name"] for node in nodes] == ["A", "B"]
    target = tmp_path / "net.gexf"
    assert run(["network", "--source", "mine", "-d", twins, "-o", str(target)]) == 0
    assert nx.read_gexf(target).number_of_edges() == 1
    assert run(["network", "friends"]) == 2
    assert "no network of 'friends'" in capsys.readouterr().err
    assert run(["network", "--source", "https://example.org/none"]) == 1


def test_a_world_map_is_drawn(twins, tmp_path, capsys):
    target = tmp_path / "world.svg"
    assert run(["map", str(target), "--world", "--source", "mine", "-d", twins]) == 0
    assert "Places: 2; partnerships between them: 1." in target.read_text(encoding="utf-8")
    assert run(["map", str(target), "--arcs", "straight"]) == 2
    assert "--arcs has no effect without --world" in capsys.readouterr().err
    assert run(["map", str(target), "--world", "--map", "map:x"]) == 2


@pytest.mark.parametrize("option", [("--sample", "5"), ("--seed", "2"), ("--format", "csv")])
def test_what_only_measures_take_is_told_beside_a_file(option, tmp_path):
    file = tmp_path / "net.graphml"
    fails("network", "-o", file, *option, said=f"{option[0]} has no effect beside --output")
    assert not file.exists()
