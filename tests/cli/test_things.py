"""``glocal practices`` and ``glocal cities``, and the same in Python."""

import csv
import io
import json
import pickle
import subprocess
import sys
from pathlib import Path

import glocal_kg as gk
from glocal_kg._study.vocab import PREFIXES

MINE = """@prefix ex: <https://example.org/> .
ex:choirs a glocal:Practice ; rdfs:label "meeting of choirs"@en ; glocal:theme area:culture ;
    glocal:participant place:rome ; glocal:qualifiedParticipation [ a glocal:Participation ;
        glocal:ofParticipant ex:oslo ; glocal:inRole role:partner ] .
ex:oslo a glocal:City ; rdfs:label "Oslo"@en ; geo:lat 59.9 .
"""


def test_practices_and_cities_are_lists_and_tables() -> None:
    kg = gk.load()
    head = "".join(f"@prefix {p}: <{iri}> .\n" for p, iri in PREFIXES.items())
    kg.add(gk.Text(head + MINE, "turtle", name="mine.ttl"))
    practices, cities = kg.practices(source="mine"), kg.cities(source="mine")
    assert [one.label for one in practices] == ["meeting of choirs"]
    (record,) = practices.to_dicts()
    assert record["themes"] == "area:culture"
    assert record["participants"] == "https://example.org/oslo ; place:rome"
    assert record["start"] is None
    assert practices.origin()["made_by"] == "kg.practices(source='mine')"
    assert cities.to_pandas()["lat"].tolist() == [59.9]
    assert json.loads(cities.to_json())[0]["name"] == "Oslo"
    assert pickle.loads(pickle.dumps(cities)) == cities
    assert repr(cities) == "<1 thing: Oslo>"
    assert "Oslo" in cities._repr_html_()


def asked(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "glocal_kg", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_command_writes_the_same(tmp_path: Path) -> None:
    (row,) = csv.DictReader(io.StringIO(asked("practices", "--theme", "area:sport").stdout))
    assert row == {
        key: "" if value is None else value
        for key, value in gk.load().practices(theme="area:sport").to_dicts()[0].items()
    }
    empty = tmp_path / "empty.ttl"
    empty.write_text("<urn:a> <urn:b> <urn:c> .")
    none = asked("cities", "--source", "mine", "-d", str(empty))
    assert (none.returncode, none.stdout) == (1, "")
    assert "There are none" in none.stderr
