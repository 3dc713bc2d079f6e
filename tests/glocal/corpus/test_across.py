"""Two files that tell of the same things: repeated, contradicted, spelled otherwise, or two."""

import csv
from dataclasses import replace

import pytest

import glocal_kg as gk
from glocal_kg._glocal.corpus.importing import import_table
from glocal_kg._glocal.corpus.mapping.from_yaml import mapping_of
from glocal_kg._glocal.corpus.templates import template

CITIES = """
base: https://example.org/NAME/
things:
  city:
    class: glocal:City
    key: KEY
    APART
    columns: {id: dcterms:identifier, name: rdfs:label, lat: geo:lat, long: geo:long,
              people: {property: gn:population, type: whole, one: true}}
    match: {name: name, country: country, latitude: lat, longitude: long}
"""
HEADER = ["id", "name", "country", "lat", "long", "people"]
TURIN = ["1", "Turin", "Italy", "45.07", "7.69", "870456"]


def _mapping(name="a", key="id", apart=""):
    text = CITIES.replace("NAME", name).replace("KEY", key).replace("    APART\n", apart)
    return mapping_of(text, f"{name}.yaml", name)


def _file(path, *rows):
    with path.open("w", newline="", encoding="utf-8") as out:
        csv.writer(out).writerows([HEADER, *rows])
    return path


def _import(kg, path, mapping, **options):
    return import_table(kg, path, mapping, match=False, **options)


def _told(result, rule):
    return [(f.cell, f.value, f.suggestion) for f in result.findings.of(rule)]


def test_what_two_files_say_alike_is_told_in_one_line_and_what_differs_by_its_cell(tmp_path):
    kg = gk.KnowledgeGraph()
    rows = [TURIN, ["2", "Lyon", "France", "45.75", "4.85", "520774"]]
    _import(kg, _file(tmp_path / "old.csv", *rows), _mapping())
    rows[1][5] = "522250"
    new = _file(tmp_path / "new.csv", *rows)
    result = _import(kg, new, _mapping())
    [(cell, value, why)] = _told(result, "repeated")
    assert (cell, value) == ("A2", "Turin")
    assert why.startswith("old.csv, row 2 tells of it too: 2 things of city are in both files.")
    [found] = result.findings.of("conflict")
    assert (found.cell, found.value, found.level) == ("F3", "522250", "warning")
    assert found.expected == "520774, as old.csv, row 3 has it"
    again = _import(kg, new, _mapping())
    assert (again.added, again.removed) == (0, 0)


def test_an_identifier_of_another_files_thing_is_told(tmp_path):
    kg = gk.KnowledgeGraph()
    _import(kg, _file(tmp_path / "old.csv", TURIN), _mapping())
    other = ["1", "Oslo", "Norway", "59.91", "10.75", ""]
    result = _import(kg, _file(tmp_path / "new.csv", other), _mapping("b"))
    assert _told(result, "identifier-shared") == [("A2", "1", "Turin (old.csv, row 2) has it too.")]


def test_another_spelling_of_the_name_never_takes_the_things_iri(tmp_path):
    kg = gk.KnowledgeGraph()
    key = _mapping(key="name")
    _import(kg, _file(tmp_path / "old.csv", TURIN), key)
    new = _file(tmp_path / "new.csv", ["7", "TURIN", *TURIN[2:]])
    result = _import(kg, new, key)
    [entity] = result.entities
    assert entity.iri.startswith("https://example.org/a/city/turin-")
    [(cell, value, why)] = _told(result, "known-elsewhere")
    assert (cell, value) == ("B2", "TURIN")
    assert "old.csv, row 2 has it as <https://example.org/a/city/turin>" in why


def test_two_cities_of_one_name_in_two_files_stay_two(tmp_path):
    kg = gk.KnowledgeGraph()
    key = _mapping(key="name", apart="    apart: 15\n")
    first = ["1", "Springfield", "United States", "39.80", "-89.64", "114394"]
    other = ["2", "Springfield", "United States", "37.21", "-93.29", "169176"]
    _import(kg, _file(tmp_path / "old.csv", first), key)
    result = _import(kg, _file(tmp_path / "new.csv", other), key)
    assert [e.iri for e in result.entities] == [
        "https://example.org/a/city/springfield-37-21n-93-29w"
    ]
    assert not result.findings.of("known-elsewhere", "conflict")


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (["9", "Turin", "Italy", "45.08", "7.68", ""], "the name is the same, 1 km away"),
        (["9", "Turin", "", "", "", ""], "the name is the same"),
        (["9", "Turín", "Italy", "", "", ""], "the name is the same"),
        (["9", "Turinn", "Italy", "45.07", "7.69", ""], "the name is alike, 0 km away"),
        (["9", "Turin", "Italy", "40.0", "16.0", ""], ""),
    ],
)
def test_one_city_in_two_files_is_offered_and_made_one_where_a_person_says_so(tmp_path, row, why):
    kg = gk.KnowledgeGraph()
    _import(kg, _file(tmp_path / "old.csv", TURIN), _mapping())
    new = _file(tmp_path / "new.csv", row)
    result = _import(kg, new, _mapping("b"))
    assert [e.iri for e in result.entities] == ["https://example.org/b/city/9"]
    offered = [line for line in csv.DictReader(result.review().splitlines()) if why]
    if not why:
        assert not result.findings.of("known-elsewhere")
        return
    assert f"({why})" in _told(result, "known-elsewhere")[0][2]
    [line] = [line for line in offered if line["verdict"] == "known elsewhere"]
    assert line["candidate"] == "https://example.org/a/city/1"
    for decision, iri in (
        ("yes", "https://example.org/a/city/1"),
        ("none", result.entities[0].iri),
    ):
        line["decision"] = decision
        with (tmp_path / "review.csv").open("w", newline="") as out:
            writer = csv.DictWriter(out, list(line))
            writer.writeheader()
            writer.writerow(line)
        decided = _import(kg, new, _mapping("b"), decisions=tmp_path / "review.csv")
        assert [e.iri for e in decided.entities] == [iri]
        assert not decided.findings.of("known-elsewhere")
        kept = list(csv.DictReader(decided.review().splitlines()))
        assert [(one["decision"], one["key"]) for one in kept] == [(decision, line["key"])]


def test_the_gazetteer_tells_that_two_names_are_one_place(tmp_path):
    kg = gk.KnowledgeGraph()
    gazetteer = gk.Gazetteer(
        [gk.GazetteerEntry("urn:g:1", "Turin", "IT", 45.07, 7.69, 870456, ("Torino",))], "own"
    )
    import_table(kg, _file(tmp_path / "old.csv", TURIN), _mapping(), gazetteer=gazetteer)
    new = _file(tmp_path / "new.csv", ["9", "Torino", "Italy", "45.07", "7.69", ""])
    result = import_table(kg, new, _mapping("b"), gazetteer=gazetteer)
    assert "(both are one place of the gazetteer)" in _told(result, "known-elsewhere")[0][2]


def test_a_gazetteer_without_a_place_to_look_up_is_refused(tmp_path):
    table = _file(tmp_path / "cities.csv", TURIN)
    places = [gk.GazetteerEntry("urn:g:1", "Turin", "IT", 45.07, 7.69, 870456)]
    mapping = _mapping()
    sheets = tuple(
        replace(sheet, things=tuple(replace(thing, match=None) for thing in sheet.things))
        for sheet in mapping.sheets
    )
    kg = gk.KnowledgeGraph()
    with pytest.raises(gk.GlocalError, match="no effect: the mapping a looks up no place"):
        import_table(
            kg, table, replace(mapping, sheets=sheets), gazetteer=gk.Gazetteer(places, "own")
        )
    assert not len(kg)


def _template(path, *practices):
    folder = template(path, examples=True)
    with (folder / "practices.csv").open("a", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([*row, *[""] * (9 - len(row))] for row in practices)
    return folder


def test_a_duplicate_set_aside_is_refused_again_until_it_is_corrected(tmp_path):
    kg = gk.load()
    rows = [["Market", "culture", "Turin", "", "", "2004"], ["Market", "culture", "Lyon"]]
    folder = _template(tmp_path / "corpus", *rows, ["Fair", "culture", "Lyon", "", "", "soon"])
    _import(kg, folder, None)
    aside = _import(kg, folder, None).write_aside(tmp_path / "slips.csv")
    result = _import(kg, aside, None)
    assert [(f.cell, f.rule) for f in result.findings.stopping] == [
        ("F3", "not-a-date"), ("A2", "name-twice"),
    ]  # fmt: skip
    assert "corpus, sheet practices, row 3 has it" in _told(result, "name-twice")[0][2]
    rest = aside / "practices.csv"
    rest.write_text(rest.read_text().replace("soon", "2006").replace("\nMarket", "\nMarket 2"))
    result = _import(kg, aside, None)
    assert not result.findings.stopping
    named = kg.run("practices/naming-cities", source="mine")
    found = {(named.label(row.practice), row.source.value.rpartition("/")[2]) for row in named}
    assert found == {
        ("Choirs of two cities", "corpus"), ("Lyon – Turin", "corpus"), ("Market", "corpus"),
        ("Market 2", "slips"), ("Fair", "slips"),
    }  # fmt: skip
    # The corrected first file says the same as the rows set aside did: a note, no error.
    first = folder / "practices.csv"
    text = (
        first.read_text()
        .replace("soon", "2006")
        .replace("Market,culture,Ly", "Market 2,culture,Ly")
    )
    first.write_text(text)
    result = _import(kg, folder, None)
    assert [f.rule for f in result.findings] == ["repeated"]


def test_a_partnership_that_another_file_dates_otherwise_is_set_aside(tmp_path):
    kg = gk.KnowledgeGraph()
    _import(kg, template(tmp_path / "one", examples=True), None)
    two = template(tmp_path / "two", examples=True)
    for name in ("practices", "ratings"):
        (two / f"{name}.csv").unlink()
    pairs = two / "partnerships.csv"
    pairs.write_text(pairs.read_text("utf-8-sig").replace("2003-02-01", "2004-02-01"), "utf-8")
    result = _import(kg, two, None)
    assert [(f.cell, f.rule) for f in result.findings.stopping] == [("C2", "conflict")]
    assert (
        result.findings.stopping[0].expected
        == "2003-02-01, as one, sheet partnerships, row 2 has it"
    )
