"""What real lists of cities get wrong is told; what only looks odd is not."""

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

import glocal_kg as gk
from glocal_kg._glocal.corpus.importing import import_table
from glocal_kg._glocal.corpus.mapping.from_yaml import mapping_of, read_mapping

HERE = Path(__file__).resolve()
REAL = next(
    (up / "shared/realdata" for up in HERE.parents if (up / "shared/realdata").is_dir()), None
)
real = pytest.mark.skipif(REAL is None, reason="../shared/realdata is not here")

PLACES = """
language: en
base: https://example.org/
things:
  city:
    class: glocal:City
    key: [name, country, id]
    apart: 15
    columns:
      name: rdfs:label
      lat: geo:lat
      long: geo:long
      id: dcterms:identifier
    match: {name: name, country: country, latitude: lat, longitude: long, when: year}
"""
HEADER = "name,country,lat,long,year,id"


def _rules(tmp_path, *rows):
    path = tmp_path / "a.csv"
    path.write_text("\n".join([HEADER, *rows]), encoding="utf-8")
    result = import_table(gk.KnowledgeGraph(), path, mapping_of(PLACES, "m.yaml", "m"))
    matching = ("match-offered", "not-in-gazetteer")
    return [(f.cell, f.rule) for f in result.findings if f.rule not in matching], result


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        ("Brescia,Italy,10.219287,45.539723,,1", "swapped"),
        ("Moldova Nouă,Romania,21,44,,1", "swapped"),
        ("Ciudad Juárez,Mexico,31.65394,106.40636,,1", "lost-sign"),
        ("Rosario,Argentina,32.94682,-60.63932,,1", "lost-sign"),
        ("Eger,Hungary,47,20,,1", "whole-degrees"),
        ("Valdagno,Italy,42.6384261,12.674297,,1", "country-center"),
        ("Turin,Italy,48.85,2.35,,1", "outside-country"),
        ("Turin,Ruritania,45.07,7.69,,1", "country-unknown"),
        ("Novara di Sicilia,t430222130,38.01,15.13,,1", "country-absent"),
        ("Košice,Kingdom of Hungary,48.71,21.26,1900,1", "country-former"),
        ("Košice,Slovakia,48.71,21.26,1950,1", "country-before-it-was"),
    ],
)
def test_what_is_wrong_is_told(tmp_path, row, rule):
    found, _ = _rules(tmp_path, row)
    assert rule in [name for _, name in found]


@pytest.mark.parametrize(
    "row",
    [
        "Saint-Denis,France,-20.88,55.45,,1",
        "Nouméa,France,-22.27,166.44,,1",
        "Nuuk,Denmark,64.18,-51.72,,1",
        "Windhoek,NA,-22.56,17.08,1995,1",
        "Turin,Italy,45.07,7.69,1900,1",
        "Athens,Greece,37.98333,23.73333,,1",
        "Ayers Rock,Australia,-25.34,131.03,,1",
    ],
)
def test_what_is_right_is_let_be(tmp_path, row):
    found, _ = _rules(tmp_path, row)
    assert found == []


def test_what_the_gazetteer_does_not_have_is_named_and_listed_to_be_decided(tmp_path):
    _, result = _rules(tmp_path, "Ayers Rock,Australia,-25.34,131.03,,1", "Turin,Italy,,,,2")
    [finding] = result.findings.of("not-in-gazetteer")
    assert (finding.cell, finding.value, finding.level) == ("A2", "Ayers Rock", "note")
    assert not result.findings.stopping
    path = tmp_path / "review.csv"
    path.write_text(result.review())
    [row] = csv.DictReader(path.read_text().splitlines())
    assert (row["name"], row["verdict"], row["decision"]) == ("Ayers Rock", "refused", "")
    uluru = "https://sws.geonames.org/2154933/"
    path.write_text(result.review().replace("\n,Ayers", f"\n{uluru},Ayers"))
    mapping = mapping_of(PLACES, "m.yaml", "m")
    import_table(None, tmp_path / "a.csv", mapping, decisions=path)
    assert uluru in import_table(None, tmp_path / "a.csv", mapping, decisions=path).review()


def test_what_several_rows_have_in_common_is_told(tmp_path):
    found, result = _rules(
        tmp_path,
        "Yalta,Ukraine,44.5,34.16,,1",
        "Yalta,Russia,44.5,34.16,,2",
        "A,Italy,45.1,7.6,,3",
        "B,Italy,45.1,7.6,,4",
        "C,Italy,45.1,7.6,,4",
        "Half,Italy,45.1,,,5",
        "Cerretto,Italy,44.57,8.1,,6",
        "CERRETTO,Italy,44.58,8.09,,7",
    )
    assert Counter(rule for _, rule in found) == {
        "two-countries": 1,
        "outside-country": 1,
        "one-point": 3,
        "one-name-two-spellings": 1,
        "identifier-shared": 1,
        "half-coordinate": 1,
    }
    assert ("D7", "half-coordinate") in found
    assert result.set_aside == 1


PAIRS = """
base: https://example.org/
things:
  a: {as: city, class: glocal:City, key: [a, ca], apart: 15,
      columns: {a: rdfs:label, lat: geo:lat, long: geo:long}}
  b: {as: city, class: glocal:City, key: [b, cb], columns: {b: rdfs:label}}
  pair:
    class: glocal:Practice
    key: ["@a", "@b"]
    symmetric: true
    differ: [a, b]
    joined: [{columns: [a, b], property: rdfs:label, with: " – ", sorted: true}]
    links: {glocal:participant: [a, b]}
"""


def test_partnerships_are_one_in_both_directions_and_never_with_oneself(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(
        "a,ca,lat,long,b,cb\n"
        "Turin,Italy,45.07,7.69,Lyon,France\n"
        "Lyon,France,45.75,4.85,Turin,Italy\n"
        "Turin,Italy,45.0703,7.6868,Lyon,France\n"
        "Turin,Italy,45.07,7.69,Turin,Italy\n"
    )
    kg = gk.KnowledgeGraph()
    result = import_table(kg, path, mapping_of(PAIRS, "m.yaml", "m"))
    assert result.counts() == {"city": 2, "pair": 1}
    assert [f.cell for f in result.findings.of("to-itself")] == ["E5"]
    told = [(merge.rows, merge.property, merge.why) for merge in result.merges]
    assert ("rows 2, 3 and 4", "", "the same two, once in each direction") in told
    assert any(prop == "lat" and why == "the first row has it" for _, prop, why in told)
    assert "thing,name,rows,property,kept,others,why" in result.merges_csv()
    partners = kg.query("SELECT ?p { ?x glocal:participant ?p } ORDER BY ?p").column("p")
    assert [p.value.rpartition("/")[2] for p in partners] == ["lyon-france", "turin-italy"]


def test_two_places_of_one_name_stay_two_and_one_without_coordinate_is_asked_about(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(
        "a,ca,lat,long,b,cb\n"
        "Neustadt,Germany,49.35,8.14,Lyon,France\n"
        "Neustadt,Germany,54.11,10.81,Turin,Italy\n"
        "Neustadt,Germany,,,Oslo,Norway\n"
    )
    result = import_table(None, path, mapping_of(PAIRS, "m.yaml", "m"))
    names = [entity.iri.rpartition("/")[2] for entity in result.entities]
    assert "neustadt-germany-49-35n-8-14e" in names
    assert "neustadt-germany-54-11n-10-81e" in names
    assert [f.cell for f in result.findings.of("place-unclear")] == ["A4"]
    assert len(result.findings.of("two-of-one-name")) == 1


@real
@pytest.mark.slow
def test_the_signatories_go_in_and_their_slips_are_found():
    kg = gk.KnowledgeGraph()
    result = import_table(kg, REAL / "gcom-signatories-excerpt/signatories.xlsx", "signatories")
    assert result.counts() == {
        "country": 44, "city": 984, "area": 24, "government": 984, "network": 135, "covenant": 1008,
    }  # fmt: skip
    assert not result.findings.stopping
    by_rule = {}
    for finding in result.findings:
        by_rule.setdefault(finding.rule, set()).add(finding.cell)
    assert by_rule["swapped"] == {"H37", "H278", "H615"}
    assert by_rule["country-center"] == {"H2", "H3", "H4", "H580"}
    assert by_rule["one-point"] == {"H2", "H3", "H4"}
    assert {"H98", "H207", "H463", "H606"} <= by_rule["whole-degrees"]
    assert by_rule["one-name-two-spellings"] == {"B935"}  # CERRETTO LANGHE, again
    assert "outside-country" not in by_rule
    # The first row, cell by cell.
    row = kg.query(
        'SELECT ?name ?date { ?s skos:notation "20498" ; rdfs:label ?name .'
        " ?p glocal:participant ?s ; schema:startDate ?date }"
    )
    assert [str(date) for date in row.column("date")] == ["2012-09-12"]


@real
@pytest.mark.slow
def test_the_sister_cities_go_in_by_the_mapping_of_ours(tmp_path):
    lines = (REAL / "wikidata-sister-cities-eu/sistercities.tsv").read_text("utf-8").splitlines()
    told = re.compile("Tilburg|Blagoevgrad")
    some = [line for n, line in enumerate(lines) if n % 24 == 0 or told.search(line)]
    path = tmp_path / "sistercities.tsv"
    path.write_text("\n".join(some) + "\n", encoding="utf-8")
    kg = gk.KnowledgeGraph()
    result = import_table(kg, path, read_mapping("sister-cities"))
    rows = [list(row) for row in csv.reader(some, delimiter="\t", quoting=csv.QUOTE_NONE)][1:]
    countries = {row[1] for row in rows} | {row[9] for row in rows}
    assert result.counts()["country"] == sum(not name.startswith("t43") for name in countries)
    names = {(row[0], row[1]) for row in rows} | {(row[5], row[9]) for row in rows}
    assert {entity.key for entity in result.entities if entity.thing.pool == "city"} == names
    pairs = {frozenset(((row[0], row[1]), (row[5], row[9]))) for row in rows}
    assert result.counts()["partnership"] >= len(pairs)
    assert result.counts()["government"] == result.counts()["city"]
    [tilburg] = [f for f in result.findings.of("one-name-two-spellings") if "Tilb" in f.value]
    assert "Kingdom of the Netherlands" in tilburg.suggestion
    partners = kg.query(
        "SELECT ?city { ?p rdfs:label 'Blagoevgrad – Székesfehérvár'@en ;"
        " glocal:participant/glocal:governs/rdfs:label ?city } ORDER BY ?city"
    )
    assert [str(name) for name in partners.column("city")] == ["Blagoevgrad", "Székesfehérvár"]
    assert not result.findings.stopping
    assert result.merges
    again = import_table(kg, path, read_mapping("sister-cities"))
    assert (again.added, again.removed) == (0, 0)


def test_partners_of_one_name_make_partnerships_of_their_own(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(
        "a,ca,lat,long,b,cb\n"
        "Neustadt,Germany,49.35,8.14,Lyon,France\n"
        "Neustadt,Germany,54.11,10.81,Lyon,France\n"
    )
    kg = gk.KnowledgeGraph()
    result = import_table(kg, path, mapping_of(PAIRS, "m.yaml", "m"))
    assert result.counts() == {"city": 3, "pair": 2}
    counted = kg.query("SELECT (COUNT(?p) AS ?n) { ?x glocal:participant ?p } GROUP BY ?x").column(
        "n"
    )
    assert [str(n) for n in counted] == ["2", "2"]


GOVERNED = PAIRS.replace(
    "  pair:",
    """  rule a: {as: rule, class: glocal:Government, key: "@a", links: {glocal:governs: a},
      columns: {a: {property: rdfs:label, text: "City government of {}", language: en}}}
  rule b: {as: rule, class: glocal:Government, key: "@b", links: {glocal:governs: b},
      columns: {b: {property: rdfs:label, text: "City government of {}", language: en}}}
  pair:""",
).replace("participant: [a, b]", 'participant: ["rule a", "rule b"]')


def test_partnerships_are_of_city_governments_and_concern_their_cities(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(
        "a,ca,lat,long,b,cb\nTurin,Italy,45.07,7.69,Lyon,France\nLyon,France,,,Turin,Italy\n"
    )
    kg = gk.load()
    result = import_table(kg, path, mapping_of(GOVERNED, "m.yaml", "m"))
    assert result.counts() == {"city": 2, "rule": 2, "pair": 1}
    # A government that several rows have is no partnership that is repeated.
    assert [merge.property for merge in result.merges] == [""]
    kg.infer()
    found = kg.query(
        "SELECT ?name { ?pair glocal:participant/rdfs:label 'City government of Turin'@en ;"
        " glocal:concerns ?city . ?city a glocal:City ; rdfs:label ?name } ORDER BY ?name"
    )
    assert [str(name) for name in found.column("name")] == ["Lyon", "Turin"]
    assert kg.validate().conforms
    net = kg.network(source=result.graph.value)
    assert [data.get("lat") for _, data in sorted(net.nodes(data=True))][-1] == 45.07


def test_a_partner_that_is_the_city_itself_by_the_gazetteer_is_told(tmp_path):
    text = """
base: https://example.org/
things:
  home: {as: city, class: glocal:City, key: Stadt, columns: {Stadt: rdfs:label},
         match: {name: Stadt, in: DE}}
  partner: {as: city, class: glocal:City, key: [Partner, Land], columns: {Partner: rdfs:label},
            match: {name: Partner, country: Land}}
  pair: {class: glocal:Practice, key: ["@home", "@partner"], symmetric: true,
         differ: [home, partner], links: {glocal:participant: [home, partner]}}
"""
    path = tmp_path / "a.csv"
    path.write_text("Stadt,Partner,Land\nDresden,Dresden,Deutschland\nDresden,Metz,Frankreich\n")
    result = import_table(None, path, mapping_of(text, "m.yaml", "m"))
    [told] = result.findings.of("to-itself")
    assert (told.level, told.value) == ("warning", "Dresden and Dresden")


@pytest.mark.parametrize("rows", ["good", "all"])
def test_rows_that_are_set_aside_are_told_all_that_is_wrong_with_them(tmp_path, rows):
    path = tmp_path / "a.csv"
    path.write_text(
        "name,country,lat,long,people\n"
        "Turin,Italy,45.07,7.69,1\n"
        "Oslo,Norway,59.91,-10.75,many\n"
        "Pécs,Kingdom of Hungary,18.23,46.07,x\n",
        encoding="utf-8",
    )
    mapping = """
base: https://example.org/
things: {city: {class: glocal:City, key: name, match: {name: name, country: country},
         columns: {name: rdfs:label, lat: geo:lat, long: geo:long,
                   people: {property: gn:population, type: whole}}}}
"""
    result = import_table(None, path, mapping_of(mapping, "m.yaml", "m"), rows=rows)
    assert [(f.cell, f.rule) for f in result.findings] == [
        ("E3", "not-a-number"),
        ("E4", "not-a-number"),
        ("A3", "match-offered"),
        ("A4", "match-offered"),
        ("D3", "lost-sign"),
        ("C4", "swapped"),
        ("B4", "country-former"),
    ]
    assert len(result.entities) == (1 if rows == "good" else 0)
