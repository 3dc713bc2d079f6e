"""From one row to many things: several of a cell, nested lists, words for values, no key."""

import json
from pathlib import Path

import pytest

import glocal_kg as gk
from glocal_kg._glocal.corpus.importing import import_table
from glocal_kg._glocal.corpus.mapping.from_yaml import mapping_of
from glocal_kg.errors import ReadError
from tests.glocal.corpus.cities import CITIES, GOOD, HEADER, csv_of, facts, mapping

MANY = """
language: de
decimal: ","
dates: day first
base: https://example.org/
things:
  practice:
    class: glocal:Practice
    key: Nr
    columns:
      Name: {property: rdfs:label, split: " / "}
      Beginn: {property: schema:startDate, type: when}
      Kosten: {property: schema:amount, type: number, grouping: "."}
    joined: [{columns: [Ort, Land], property: schema:address, with: ", "}]
    constants: {schema:inLanguage: de, glocal:theme: area:culture}
    links: {glocal:participant: city}
  city:
    class: glocal:City
    each: Partner
    split: ";"
    key: Partner
    columns: {Partner: rdfs:label}
    links: {"^schema:knows": practice}
"""


def test_one_thing_from_many_columns_and_many_from_one_cell(tmp_path):
    header = ["Nr", "Name", "Beginn", "Kosten", "Ort", "Land", "Partner"]
    row = ["1", "Chöre / choirs", "01.02.2003", "1.234,5", "Köln", "DE", "Turin; Łódź ;"]
    path = csv_of(tmp_path / "a.csv", [header, row], ";", "utf-8-sig")
    kg = gk.KnowledgeGraph()
    result = import_table(kg, path, mapping(MANY))
    assert result.findings.stopping == []
    practice = "https://example.org/practice/1"
    said = {(p, o) for s, p, o in facts(kg) if s == practice}
    assert said >= {
        ("label", "Chöre"), ("label", "choirs"), ("startDate", "2003-02-01"),
        ("amount", "1234.5"), ("address", "Köln, DE"), ("inLanguage", "de"),
        ("participant", "https://example.org/city/turin"),
        ("participant", "https://example.org/city/lodz"),
        ("theme", "https://w3id.org/glocal/id/area/culture"),
        ("knows", "https://example.org/city/turin"),
    } - {("knows", "https://example.org/city/turin")}  # fmt: skip
    assert ("https://example.org/practice/1", "knows", "https://example.org/city/turin") in {
        (s, p, o) for s, p, o in facts(kg)
    }
    label = kg.query('ASK { ?x rdfs:label "Chöre"@de }')
    assert label


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("things: {a: {class: glocal:City, key: x, colums: {}}}", "'colums' is no key of 'a'"),
        ("things: {a: {class: nowhere:City, key: x}}", "'nowhere:' is not a known prefix"),
        ("things: {a: {class: glocal:City}}", "'key' of 'a' is missing"),
        ("decimal: x\nthings: {}", "The decimal mark"),
        ("things: {a: {class: glocal:City, key: '@b'}}", "'@b' names no thing"),
        ("a: [", "This is not YAML"),
        ("things: {}\nthings: {}", "stands twice"),
        ("things: {a: {class: glocal:City, key: x, columns: {n: {property: rdfs:label, type: t}}}}",
         "'t' is no type"),
    ],
)  # fmt: skip
def test_a_mapping_that_is_wrong_says_the_line(text, told):
    with pytest.raises(ReadError, match=r"^m.yaml:\d") as caught:
        mapping(text)
    assert told in str(caught.value)


NESTED = """
sheet: twins
prefixes: {entity: "http://www.wikidata.org/entity/"}
language: en
base: https://example.org/
things:
  home: {as: city, class: glocal:City, key: name,
    columns: {name: rdfs:label, at: [{property: geo:lat, part: 1}, {property: geo:long, part: 2}]},
    match: {name: name, in: Bulgaria, latitude: at, longitude: at}}
  partner: {as: city, class: glocal:City, key: [twins.name, twins.country],
    columns: {twins.name: rdfs:label,
      twins.qid: {property: skos:exactMatch, type: iri, text: "entity:{}"}},
    match: {name: twins.name, country: twins.country, latitude: twins.lat}}
"""


def test_nested_lists_have_parts_a_country_of_all_rows_and_words_around_a_value(tmp_path):
    path = tmp_path / "a.json"
    twin = {"name": "Ankara", "country": "Turkey", "qid": "Q3640", "lat": "north"}
    path.write_text(json.dumps([{"name": "Sofia", "at": [42.6977, 23.3219], "twins": [twin]}]))
    result = import_table(None, path, mapping(NESTED), match=False)
    # A coordinate that nothing but the match reads is told of all the same.
    assert [(f.cell, f.rule) for f in result.findings.stopping] == [
        ("/0/twins/0/lat", "not-a-number")
    ]
    path.write_text(path.read_text().replace('"north"', "39.93"))
    result = import_table(None, path, mapping(NESTED))
    [sofia, ankara] = result.entities
    assert sofia.first.wanted == gk.Wanted("Sofia", "Bulgaria", 42.6977, 23.3219)
    assert sofia.match.verdict == "accepted"
    assert [value.text for _, value in sofia.values] == ["Sofia", "42.6977", "23.3219"]
    assert ankara.values[1][1].text == "http://www.wikidata.org/entity/Q3640"
    unknown = import_table(None, path, mapping(NESTED.replace("entity:{}", "entiti:{}")))
    assert [f.rule for f in unknown.findings.stopping] == ["not-an-address"]
    with pytest.raises(ReadError, match="no country that is known"):
        mapping(NESTED.replace("in: Bulgaria", "in: Ruritania"))


@pytest.mark.parametrize(
    ("language", "written", "read"),
    [
        ("es", "1º de agosto de 2003", "2003-08-01"),
        ("es", "enero de 1990", "1990-01"),
        ("fr", "1er février 2003", "2003-02-01"),
        ("fr", "3 AOUT 1975", "1975-08-03"),
        ("de", "5. März 1963", "1963-03-05"),
        ("pl", "7 lutego 2001", "2001-02-07"),
        ("it", "12 giugno 2003", "2003-06-12"),
        ("en", "June 2003", "2003-06"),
        ("", "12 Jun 2003", "2003-06-12"),
    ],
)
def test_months_have_the_names_of_the_language(tmp_path, language, written, read):
    text = f"""
language: {language or '""'}
things: {{a: {{class: glocal:Practice, key: id,
  columns: {{on: {{property: schema:startDate, type: when}}}}}}}}
"""
    path = csv_of(tmp_path / "a.csv", [["id", "on"], ["1", written]])
    result = import_table(None, path, mapping(text))
    assert [value.text for e in result.entities for _, value in e.values] == [read]


def test_a_month_of_a_language_not_named_asks_for_it(tmp_path):
    text = """
things: {a: {class: glocal:Practice, key: id,
  columns: {on: {property: schema:startDate, type: when}}}}
"""
    path = csv_of(tmp_path / "a.csv", [["id", "on"], ["1", "5 luglio 1963"]])
    [finding] = import_table(None, path, mapping(text)).findings.stopping
    assert (finding.rule, finding.suggestion[:13]) == ("not-a-date", "Say language:")


def test_words_that_stand_for_values_are_read_by_the_type(tmp_path):
    text = """
things: {a: {class: glocal:Practice, key: id, columns: {
  on: {property: schema:isActive, type: boolean, values: {sí: "true", no: "false"}},
  many: {property: schema:amount, type: whole, values: {dos: "2", tres: "three"}}}}}
"""
    path = csv_of(
        tmp_path / "a.csv", [["id", "on", "many"], ["1", "sí", "dos"], ["2", "no", "tres"]]
    )
    result = import_table(None, path, mapping(text))
    assert [(v.text, v.type.rpartition("#")[2]) for _, v in result.entities[0].values] == [
        ("true", "boolean"), ("2", "integer"),
    ]  # fmt: skip
    assert [(f.cell, f.rule) for f in result.findings.stopping] == [("C3", "not-a-number")]


TWINS = """
base: https://example.org/
things:
  home: {as: city, class: glocal:City, key: city, columns: {city: rdfs:label}}
  partner:
    as: city
    class: glocal:City
    each: twins
    split: ";"
    form: ["{town} ({land}, since {year})", "{town} ({land})"]
    key: [town, land]
    columns: {town: rdfs:label, land: schema:address}
  pair:
    class: glocal:Practice
    each: twins
    split: ";"
    form: ["{town} ({land}, since {year})", "{town} ({land})"]
    key: ["@home", "@partner"]
    symmetric: true
    differ: [home, partner]
    columns: {year: {property: schema:startDate, type: year}}
    joined: [{columns: [city, town], property: rdfs:label, with: " – "}]
    links: {glocal:participant: [home, partner]}
"""


def test_several_partners_of_one_cell_make_a_partnership_each(tmp_path):
    cell = "Lyon (France, since 1963); Bonn(Germany) ;Detroit; Graz (Austria, since long)"
    path = csv_of(tmp_path / "a.csv", [["city", "twins"], ["Turin", cell], ["Oslo", ""]])
    result = import_table(None, path, mapping(TWINS))
    assert [(f.cell, f.rule, f.value) for f in result.findings.stopping] == [
        ("B2", "not-in-form", "Detroit"), ("B2", "not-a-year", "long"),
    ]  # fmt: skip
    cell = cell.replace("Detroit;", "").replace(", since long", "")
    csv_of(path, [["city", "twins"], ["Turin", cell], ["Oslo", ""]])
    result = import_table(None, path, mapping(TWINS))
    assert not result.findings.stopping
    assert result.counts() == {"city": 5, "pair": 3}
    pairs = {e.iri.rpartition("/")[2]: e for e in result.entities if e.thing.name == "pair"}
    lyon = pairs["lyon-france-turin"]
    assert [other.name for _, other in lyon.links] == ["Turin", "Lyon, France"]
    assert [value.text for _, value in lyon.values] == ["1963", "Turin – Lyon"]
    assert "bonn-germany-turin" in pairs


@pytest.mark.parametrize(
    ("given", "instead", "told"),
    [
        ('    each: twins\n    split: ";"\n    form: ["{town} ({land}, since {year})", "{town}'
         ' ({land})"]\n    key: ["@home"', '    key: ["@home"', "one of several in a cell"),
        ('form: ["{town} ({land}, since {year})", "{town} ({land})"]\n    key: [town',
         "form: [town]\n    key: [town", "says how a cell"),
    ],
)  # fmt: skip
def test_a_mapping_of_several_in_a_cell_that_cannot_be_is_refused(given, instead, told):
    assert given in TWINS
    with pytest.raises(ReadError, match=told):
        mapping(TWINS.replace(given, instead))


@pytest.mark.parametrize(
    ("numbers", "kept", "why"),
    [
        (["10", "20", "20"], "20", "most rows have it (rows 3 and 4)"),
        (["10", "20"], "10", "the first row has it (row 2)"),
    ],
)
def test_of_rows_that_differ_the_value_of_most_is_kept(tmp_path, numbers, kept, why):
    kg = gk.KnowledgeGraph()
    rows = [HEADER, *([*GOOD[:2], number, *GOOD[3:]] for number in numbers)]
    one = CITIES.replace("type: whole}", "type: whole, one: true}")
    result = import_table(kg, csv_of(tmp_path / "a.csv", rows), mapping(one))
    assert ("https://example.org/city/00123", "population", kept) in facts(kg)
    (found,) = [one for one in result.findings if one.rule == "conflict"]
    assert found.suggestion == f"{kept} was kept, for {why}."


KEYLESS = """
things:
  city:
    class: glocal:City
    key: city
    columns: {city: rdfs:label, n: gn:population}
  mayor:
    class: glocal:Person
    key: mayor
    columns: {mayor: rdfs:label}
  term:
    class: glocal:Practice
    key: ["@city", "@mayor"]
    columns: {since: schema:startDate}
"""


QUIET = ("not-imported", "without-name")  # of the mapping, which gives terms no name


def _told_of(tmp_path, row, text=KEYLESS):
    rows = [["city", "n", "mayor", "since", "note"], ["Oslo", "5", "Ada", "2003", ""], row]
    result = import_table(None, csv_of(tmp_path / "a.csv", rows), mapping(text), match=False)
    told = [(f.cell, f.rule) for f in result.findings if f.rule not in QUIET]
    assert result.set_aside == bool(told)
    return told


@pytest.mark.parametrize(
    ("row", "cell"),
    [
        (["", "6", "", "", ""], "A3"),  # a city without a name
        (["  ", "6", "", "", ""], "A3"),
        (["", "", "Ada", "", ""], "A3"),  # half of what names a term
        (["Rome", "6", "", "", ""], "C3"),
        (["", "", "", "2003", ""], "A3"),  # a term without any
    ],
)
def test_what_a_row_tells_of_a_thing_that_it_does_not_name_is_no_loss(tmp_path, row, cell):
    assert _told_of(tmp_path, row) == [(cell, "key-incomplete")]


def test_a_row_that_tells_of_nothing_is_none_and_a_thing_may_be_said_to_be_absent(tmp_path):
    assert _told_of(tmp_path, ["", "", "", "", "checked"]) == []
    text = f'missing: ["", "vacant"]\n{KEYLESS}'
    assert _told_of(tmp_path, ["Rome", "6", "", "", ""], text) == []
    assert _told_of(tmp_path, ["Rome", "6", "vacant", "", ""], text) == []
    # Yet what is said of the term has to go somewhere.
    assert _told_of(tmp_path, ["Rome", "6", "vacant", "2003", ""], text) == [
        ("C3", "key-incomplete")
    ]


def test_a_language_of_a_mapping_is_a_tag():
    with pytest.raises(ReadError, match=r"m.yaml:2: 'italiano' is no language tag"):
        mapping(CITIES.replace("language: en", "language: italiano"))


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("glocal:City", "glocal:Cty"),
        ("dcterms:identifier", "dcterms:identifer"),
        ("rdfs:label", "rdfs:lable"),
    ],
)
def test_a_name_that_a_vocabulary_does_not_have_is_told_with_its_line(right, wrong):
    with pytest.raises(ReadError, match=f"m.yaml:[0-9]+: '{wrong}' is no name .*'{right}'"):
        mapping(CITIES.replace(right, wrong))
    own = CITIES.replace(right, "own:Thing").replace("prefixes: {", "prefixes: {own: 'urn:own:', ")
    assert mapping(own)


def test_numbers_that_differ_from_row_to_row_are_told_and_all_kept(tmp_path):
    other = [*GOOD[:2], "500000", *GOOD[3:]]
    kg = gk.KnowledgeGraph()
    result = import_table(kg, csv_of(tmp_path / "a.csv", [HEADER, GOOD, other, GOOD]), mapping())
    [told] = result.findings.of("conflict")
    assert (told.cell, told.value, told.level) == ("C3", "500000", "warning")
    assert "870456 (rows 2 and 4), 500000 (row 3)" in told.suggestion
    assert {value for _, name, value in facts(kg) if name == "population"} == {
        "870456",
        "500000",
    }


def test_the_page_names_pairs_by_a_column_of_the_partners_cell(tmp_path):
    page = (Path(__file__).parents[3] / "docs/your-data.md").read_text(encoding="utf-8")
    (block,) = [
        one
        for one in page.split("```yaml\n")
        if one.startswith("things:\n  home: {as: city, class: glocal:City, key: city,")
    ]
    table = tmp_path / "twins.csv"
    table.write_text("city,twins\nRome,Paris (France); Kigali (Rwanda)\n", encoding="utf-8")
    kg = gk.KnowledgeGraph()
    import_table(kg, table, mapping_of(block.partition("```")[0], "twins.yaml", "twins"))
    found = kg.select("SELECT ?l { ?p a glocal:Practice ; rdfs:label ?l } ORDER BY ?l")
    assert [row.l for row in found] == ["Kigali – Rome", "Paris – Rome"]
