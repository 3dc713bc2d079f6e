"""From rows to facts: what is kept, what is set aside, and what is told of it."""

import csv
import datetime
import io
import json
import zipfile
from xml.sax.saxutils import escape

import openpyxl
import pytest

import glocal_kg as gk
from glocal_kg._glocal.corpus.importing import import_table
from glocal_kg._glocal.corpus.mapping.from_yaml import mapping_of
from glocal_kg.errors import GlocalError, ReadError

CITIES = """
language: en
base: https://example.org/
missing: ["n/a"]
things:
  city:
    class: glocal:City
    key: [id]
    columns:
      id: dcterms:identifier
      name: {property: rdfs:label, required: true}
      inhabitants: {property: gn:population, type: whole}
      area: {property: schema:size, type: number}
      joined: {property: schema:startDate, type: date}
      left: {property: schema:endDate, type: date}
      status: {property: schema:status, values: {member: ex:Member, guest: ex:Guest}}
prefixes: {ex: https://example.org/}
"""
HEADER = ["id", "name", "inhabitants", "area", "joined", "left", "status", "mayor"]
GOOD = ["00123", "Turin", "870456", "130.17", "2003-02-01", "", "member", "x@example.org"]


def _csv(path, rows, mark=",", encoding="utf-8"):
    with path.open("w", newline="", encoding=encoding) as out:
        csv.writer(out, delimiter=mark).writerows(rows)
    return path


def _xlsx(path, rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append([value or None for value in row])
    book.save(path)
    return path


def _mapping(text=CITIES):
    return mapping_of(text, "m.yaml", "m")


def _facts(kg):
    return {
        (q.subject.value, q.predicate.value.rpartition("#")[2].rpartition("/")[2], q.object.value)
        for q in kg.facts
        if q.subject.value.startswith("https://example.org/")
    }


def test_a_good_row_becomes_facts_and_unmapped_columns_stay_out(tmp_path):
    kg = gk.KnowledgeGraph()
    result = import_table(kg, _csv(tmp_path / "a.csv", [HEADER, GOOD]), _mapping())
    turin = "https://example.org/city/00123"
    assert _facts(kg) == {
        (turin, "type", "https://w3id.org/glocal/ontology#City"),
        (turin, "identifier", "00123"),
        (turin, "label", "Turin"),
        (turin, "population", "870456"),
        (turin, "size", "130.17"),
        (turin, "startDate", "2003-02-01"),
        (turin, "status", "https://example.org/Member"),
        (turin, "statedIn", "https://w3id.org/glocal/import/a/a/2"),
    }
    assert result.unmapped == {"a": ["H mayor"]}
    assert [f.rule for f in result.findings] == ["not-imported"]
    assert not any("x@example.org" in str(quad) for quad in kg.facts)
    row = "https://w3id.org/glocal/import/a/a/2"
    label = kg.query(f"SELECT ?l {{ <{row}> rdfs:label ?l ; glocal:fromSource/rdfs:label ?f }}")
    assert label.column("l")[0] == "a.csv, row 2"


BAD = [
    (["1", "", "5", "", "", "", "member", ""], "B", "required"),
    (["2", "A", "12.5", "", "", "", "", ""], "C", "not-whole"),
    (["3", "A", "20493.0", "", "", "", "", ""], "C", "not-whole"),
    (["4", "A", "1,234", "", "", "", "", ""], "C", "number-unclear"),
    (["5", "A", "-", "", "", "", "", ""], "C", "not-a-number"),
    (["6", "A", "null", "", "", "", "", ""], "C", "not-a-number"),
    (["7", "A", "5", "12 km", "", "", "", ""], "D", "not-a-number"),
    (["8", "A", "5", "12,5", "", "", "", ""], "D", "not-a-number"),
    (["9", "A", "5", "25%", "", "", "", ""], "D", "not-a-number"),
    (["10", "A", "5", "", "01/02/2003", "", "", ""], "E", "date-unclear"),
    (["11", "A", "5", "", "01/02/03", "", "", ""], "E", "date-unclear"),
    (["12", "A", "5", "", "2003", "", "", ""], "E", "not-a-date"),
    (["13", "A", "5", "", "2003-02-30", "", "", ""], "E", "not-a-date"),
    (["14", "A", "5", "", "2003-02-01", "2002-01-01", "", ""], "F", "ends-before-start"),
    (["15", "A", "5", "", "", "", "membr", ""], "G", "not-listed"),
    (["16", "#REF!", "5", "", "", "", "", ""], "B", "error-cell"),
    (["17", "A", "#DIV/0!", "", "", "", "", ""], "C", "error-cell"),
    (["18", "A", "5", "١٢", "", "", "", ""], "D", "not-a-number"),
]


def _ods(path, rows):
    """A spreadsheet of texts, in the least that its format asks for."""
    names = "urn:oasis:names:tc:opendocument:xmlns:"
    made = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{escape(value)}</text:p>'
            "</table:table-cell>" if value else "<table:table-cell/>"
            for value in row
        )
        + "</table:table-row>"
        for row in rows
    )  # fmt: skip
    xml = (
        f'<office:document-content xmlns:office="{names}office:1.0"'
        f' xmlns:table="{names}table:1.0" xmlns:text="{names}text:1.0"><office:body>'
        f'<office:spreadsheet><table:table table:name="a">{made}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("content.xml", xml)
    return path


@pytest.mark.parametrize(
    "format", ["csv", "tsv", "xlsx", "ods", "semicolons", "utf-16", "json", "yaml"]
)
def test_the_same_bad_rows_fail_alike_in_every_format(tmp_path, format):
    rows = [HEADER, *(row for row, _, _ in BAD), GOOD]
    if format == "xlsx":
        path = _xlsx(tmp_path / "a.xlsx", rows)
    elif format == "ods":
        path = _ods(tmp_path / "a.ods", rows)
    elif format in ("json", "yaml"):  # JSON is YAML too
        path = tmp_path / f"a.{format}"
        objects = [dict(zip(HEADER, row, strict=True)) for row in rows[1:]]
        path.write_text(json.dumps(objects))
    else:
        mark = {"csv": ",", "tsv": "\t", "semicolons": ";", "utf-16": ","}[format]
        path = tmp_path / ("a.tsv" if format == "tsv" else "a.csv")
        _csv(path, rows, mark, "utf-16" if format == "utf-16" else "utf-8")
    result = import_table(gk.KnowledgeGraph(), path, _mapping())
    found = [(f.cell, f.rule) for f in result.findings.stopping]
    if format in ("json", "yaml"):
        names = dict(zip("ABCDEFG", HEADER, strict=False))
        wanted = [(f"/{n}/{names[c]}", rule) for n, (_, c, rule) in enumerate(BAD)]
    else:
        wanted = [(f"{c}{n}", rule) for n, (_, c, rule) in enumerate(BAD, 2)]
    assert found == wanted
    assert result.set_aside == len(BAD)
    assert [entity.key for entity in result.entities] == [("00123",)]
    assert all(f.page == f"docs/your-data.md#{f.rule}" for f in result.findings)


def test_numbers_and_dates_that_a_workbook_stores_need_no_reading(tmp_path):
    row = ["00123", "Turin", 870456, 130.17, datetime.date(2003, 2, 1), None, "member", None]
    result = import_table(None, _xlsx(tmp_path / "a.xlsx", [HEADER, row]), _mapping())
    assert result.findings.stopping == []
    [entity] = result.entities
    assert [value.text for _, value in entity.values] == [
        "00123", "Turin", "870456", "130.17", "2003-02-01", "https://example.org/Member",
    ]  # fmt: skip


@pytest.mark.parametrize("kind", ["csv", "xlsx", "json"])
def test_rows_set_aside_import_alone_once_corrected(tmp_path, kind):
    rows = [HEADER, GOOD, ["2", "Lyon", "12.5", "", "", "", "", ""], ["3", "Oslo", *[""] * 6]]
    if kind == "json":
        path = tmp_path / "a.json"
        objects = [{k: v for k, v in zip(HEADER, row, strict=True) if v} for row in rows[1:]]
        path.write_text(json.dumps(objects))
    else:
        path = (_csv if kind == "csv" else _xlsx)(tmp_path / f"a.{kind}", rows)
    kg = gk.KnowledgeGraph()
    result = import_table(kg, path, _mapping())
    assert result.set_aside == 1
    aside = result.write_aside(tmp_path / f"a.aside.{kind}")
    again = import_table(kg, aside, _mapping())
    assert [f.rule for f in again.findings.stopping] == ["not-whole"]
    if kind == "xlsx":
        book = openpyxl.load_workbook(aside)
        assert book.active["C2"].value == "12.5"
        book.active["C2"] = 125
        book.save(aside)
    else:
        aside.write_text(aside.read_text().replace("12.5", "125"))
    before = len(kg)
    last = import_table(kg, aside, _mapping())
    assert last.findings.stopping == []
    assert len(kg) > before
    assert [entity.name for entity in last.entities] == ["2"]
    assert ("https://example.org/city/2", "population", "125") in _facts(kg)


def test_nothing_is_kept_where_all_or_nothing_is_asked(tmp_path):
    kg = gk.KnowledgeGraph()
    path = _csv(tmp_path / "a.csv", [HEADER, GOOD, ["2", "", *[""] * 6]])
    result = import_table(kg, path, _mapping(), rows="all")
    assert not result.kept
    assert len(kg) == 0


def test_again_changes_nothing_and_a_corrected_file_replaces_its_own_facts(tmp_path):
    kg = gk.KnowledgeGraph()
    kg.add(gk.Text("<https://example.org/x> rdfs:label 'own' .".replace("rdfs:label",
           "<http://www.w3.org/2000/01/rdf-schema#label>"), "turtle"))  # fmt: skip
    path = _csv(tmp_path / "a.csv", [HEADER, GOOD])
    other = _csv(tmp_path / "b.csv", [HEADER, ["9", "Oslo", *[""] * 6]])
    import_table(kg, path, _mapping(), when="2026-11-26")
    import_table(kg, other, _mapping())
    again = import_table(kg, path, _mapping(), when="2026-11-26")
    assert (again.added, again.removed) == (0, 0)
    before = _facts(kg)
    _csv(path, [HEADER, ["00123", "Torino", *GOOD[2:]]])
    import_table(kg, path, _mapping(), when="2026-11-26")
    gone, new = before - _facts(kg), _facts(kg) - before
    assert [fact[2] for fact in gone] == ["Turin"]
    assert [fact[2] for fact in new] == ["Torino"]
    with pytest.raises(GlocalError, match="no date or time"):
        import_table(kg, path, _mapping(), when="today")


def test_interrupted_leaves_the_graph_as_it_was(tmp_path):
    kg = gk.KnowledgeGraph()
    path = _csv(tmp_path / "a.csv", [HEADER, GOOD])

    def interrupt(what):
        if what == "adding the facts":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_table(kg, path, _mapping(), tell=interrupt)
    assert len(kg) == 0


def test_hidden_rows_merged_cells_and_uncomputed_formulas_are_asked_about(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    for row in [HEADER, *([str(n), f"City {n}", *[None] * 5, "x"] for n in range(2, 8))]:
        sheet.append(row)
    sheet["C2"] = "=2*3"
    sheet.row_dimensions[3].hidden = True
    sheet.merge_cells("B4:B5")
    path = tmp_path / "a.xlsx"
    book.save(path)
    result = import_table(None, path, _mapping())
    assert [(f.cell, f.rule) for f in result.findings.stopping] == [
        ("C2", "uncomputed"), ("A3", "hidden-row"), ("B5", "merged"),
    ]  # fmt: skip
    told = CITIES + "hidden: skip\nmerged: repeat\n"
    result = import_table(None, path, _mapping(told))
    assert [(f.cell, f.rule) for f in result.findings.stopping] == [("C2", "uncomputed")]
    names = [value.text for e in result.entities for g, value in e.values if "label" in g.iri]
    assert names == ["City 4", "City 4", "City 6", "City 7"]


def test_columns_that_are_not_there_or_there_twice_stop_the_sheet(tmp_path):
    path = _csv(tmp_path / "a.csv", [["id", "nam", "area", "area"], ["1", "x", "1", "2"]])
    result = import_table(None, path, _mapping())
    told = {(f.rule, f.value): f.suggestion for f in result.findings.stopping}
    assert told["column-missing", "name"] == "Is it 'nam' now?"
    assert "[C]" in told["column-twice", "area"]
    assert result.entities == []


def test_what_is_odd_is_told_once_a_column(tmp_path):
    rows = [["1", "-"], ["2", "-"], ["3", " Oslo "], ["4", "NA"], ["5", "Granada\u200e"]]
    text = """
base: https://example.org/
things: {a: {class: glocal:City, key: id, columns: {name: rdfs:label}}}
"""
    path = _csv(tmp_path / "a.csv", [["id", "name"], *rows])
    result = import_table(None, path, _mapping(text))
    found = [(f.cell, f.rule, f.level) for f in result.findings]
    assert found == [
        ("B6", "invisible-mark", "warning"),
        ("B2", "placeholder", "warning"),
        ("B4", "spaces", "note"),
    ]
    assert "2 cells" in result.findings.of("placeholder")[0].suggestion
    names = [value.text for e in result.entities for _, value in e.values]
    assert names == ["-", "-", "Oslo", "NA", "Granada\u200e"]


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
    path = _csv(tmp_path / "a.csv", [header, row], ";", "utf-8-sig")
    kg = gk.KnowledgeGraph()
    result = import_table(kg, path, _mapping(MANY))
    assert result.findings.stopping == []
    practice = "https://example.org/practice/1"
    facts = {(p, o) for s, p, o in _facts(kg) if s == practice}
    assert facts >= {
        ("label", "Chöre"), ("label", "choirs"), ("startDate", "2003-02-01"),
        ("amount", "1234.5"), ("address", "Köln, DE"), ("inLanguage", "de"),
        ("participant", "https://example.org/city/turin"),
        ("participant", "https://example.org/city/lodz"),
        ("theme", "https://w3id.org/glocal/id/area/culture"),
        ("knows", "https://example.org/city/turin"),
    } - {("knows", "https://example.org/city/turin")}  # fmt: skip
    assert ("https://example.org/practice/1", "knows", "https://example.org/city/turin") in {
        (s, p, o) for s, p, o in _facts(kg)
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
        _mapping(text)
    assert told in str(caught.value)


def test_a_table_without_header_has_columns_by_letter(tmp_path):
    text = """
header: none
base: https://example.org/
things: {a: {class: glocal:City, key: A, columns: {B: rdfs:label}}}
"""
    result = import_table(None, _csv(tmp_path / "a.csv", [["1", "Turin"]]), _mapping(text))
    assert [e.values[0][1].text for e in result.entities] == ["Turin"]


def test_findings_are_a_table_and_marks_in_a_copy(tmp_path):
    path = _xlsx(tmp_path / "a.xlsx", [HEADER, GOOD, ["2", "Lyon", "12.5", *[""] * 5]])
    result = import_table(None, path, _mapping())
    rows = list(csv.DictReader(io.StringIO(result.findings.csv())))
    assert rows[0]["cell"] == "C3"
    assert rows == json.loads(result.findings.json())
    assert "a.xlsx:Sheet:C3: error (not-whole): '12.5'" in str(result.findings)
    copy = openpyxl.load_workbook(result.mark(tmp_path / "marked.xlsx"))
    cell = copy["Sheet"]["C3"]
    assert cell.value == "12.5"
    assert "whole number" in cell.comment.text
    assert cell.fill.fgColor.rgb.endswith("F4B6B0")
    assert copy["findings"]["C2"].value == "C3"
    copy.close()


def test_a_hidden_sheet_is_read_where_it_is_named_and_listed_where_not(tmp_path):
    book = openpyxl.Workbook()
    for title in ("shown", "kept", "other"):
        sheet = book.create_sheet(title)
        sheet.append(["id", "name"])
        sheet.append(["1", title])
        sheet.sheet_state = "visible" if title == "shown" else "hidden"
    book.remove(book.worksheets[0])
    path = tmp_path / "a.xlsx"
    book.save(path)
    text = "sheet: kept\nthings: {a: {class: glocal:City, key: id, columns: {name: rdfs:label}}}"
    result = import_table(None, path, _mapping(text))
    assert [f.rule for f in result.findings] == ["hidden-sheet", "not-imported"]
    assert result.unread == ["shown", "other (hidden)"]
    with pytest.raises(GlocalError, match="no sheet 'lost'"):
        import_table(None, path, _mapping(text.replace("kept", "lost")))


def test_a_result_shows_itself_in_one_short_line(tmp_path):
    result = import_table(gk.KnowledgeGraph(), _csv(tmp_path / "c.csv", [HEADER, GOOD]), _mapping())
    assert repr(result).startswith("<Import into https://")
    assert len(repr(result)) < 200


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
    result = import_table(None, path, _mapping(NESTED), match=False)
    # A coordinate that nothing but the match reads is told of all the same.
    assert [(f.cell, f.rule) for f in result.findings.stopping] == [
        ("/0/twins/0/lat", "not-a-number")
    ]
    path.write_text(path.read_text().replace('"north"', "39.93"))
    result = import_table(None, path, _mapping(NESTED))
    [sofia, ankara] = result.entities
    assert sofia.first.wanted == gk.Wanted("Sofia", "Bulgaria", 42.6977, 23.3219)
    assert sofia.match.verdict == "accepted"
    assert [value.text for _, value in sofia.values] == ["Sofia", "42.6977", "23.3219"]
    assert ankara.values[1][1].text == "http://www.wikidata.org/entity/Q3640"
    unknown = import_table(None, path, _mapping(NESTED.replace("entity:{}", "entiti:{}")))
    assert [f.rule for f in unknown.findings.stopping] == ["not-an-address"]
    with pytest.raises(ReadError, match="no country that is known"):
        _mapping(NESTED.replace("in: Bulgaria", "in: Ruritania"))


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
    path = _csv(tmp_path / "a.csv", [["id", "on"], ["1", written]])
    result = import_table(None, path, _mapping(text))
    assert [value.text for e in result.entities for _, value in e.values] == [read]


def test_a_month_of_a_language_not_named_asks_for_it(tmp_path):
    text = """
things: {a: {class: glocal:Practice, key: id,
  columns: {on: {property: schema:startDate, type: when}}}}
"""
    path = _csv(tmp_path / "a.csv", [["id", "on"], ["1", "5 luglio 1963"]])
    [finding] = import_table(None, path, _mapping(text)).findings.stopping
    assert (finding.rule, finding.suggestion[:13]) == ("not-a-date", "Say language:")


def test_words_that_stand_for_values_are_read_by_the_type(tmp_path):
    text = """
things: {a: {class: glocal:Practice, key: id, columns: {
  on: {property: schema:isActive, type: boolean, values: {sí: "true", no: "false"}},
  many: {property: schema:amount, type: whole, values: {dos: "2", tres: "three"}}}}}
"""
    path = _csv(tmp_path / "a.csv", [["id", "on", "many"], ["1", "sí", "dos"], ["2", "no", "tres"]])
    result = import_table(None, path, _mapping(text))
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
    path = _csv(tmp_path / "a.csv", [["city", "twins"], ["Turin", cell], ["Oslo", ""]])
    result = import_table(None, path, _mapping(TWINS))
    assert [(f.cell, f.rule, f.value) for f in result.findings.stopping] == [
        ("B2", "not-in-form", "Detroit"), ("B2", "not-a-year", "long"),
    ]  # fmt: skip
    cell = cell.replace("Detroit;", "").replace(", since long", "")
    _csv(path, [["city", "twins"], ["Turin", cell], ["Oslo", ""]])
    result = import_table(None, path, _mapping(TWINS))
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
        _mapping(TWINS.replace(given, instead))


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
    result = import_table(kg, _csv(tmp_path / "a.csv", rows), _mapping(one))
    assert ("https://example.org/city/00123", "population", kept) in _facts(kg)
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


def _told_of(tmp_path, row, text=KEYLESS):
    rows = [["city", "n", "mayor", "since", "note"], ["Oslo", "5", "Ada", "2003", ""], row]
    result = import_table(None, _csv(tmp_path / "a.csv", rows), _mapping(text), match=False)
    told = [(f.cell, f.rule) for f in result.findings if f.rule != "not-imported"]
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
        _mapping(CITIES.replace("language: en", "language: italiano"))


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
        _mapping(CITIES.replace(right, wrong))
    own = CITIES.replace(right, "own:Thing").replace("prefixes: {", "prefixes: {own: 'urn:own:', ")
    assert _mapping(own)


def test_numbers_that_differ_from_row_to_row_are_told_and_all_kept(tmp_path):
    other = [*GOOD[:2], "500000", *GOOD[3:]]
    kg = gk.KnowledgeGraph()
    result = import_table(kg, _csv(tmp_path / "a.csv", [HEADER, GOOD, other, GOOD]), _mapping())
    [told] = result.findings.of("conflict")
    assert (told.cell, told.value, told.level) == ("C3", "500000", "warning")
    assert "870456 (rows 2 and 4), 500000 (row 3)" in told.suggestion
    assert {value for _, name, value in _facts(kg) if name == "population"} == {"870456", "500000"}
