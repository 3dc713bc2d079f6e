"""A draft says what columns seem to be, asks what it is not sure of, and reads as a mapping."""

from contextlib import suppress

import openpyxl
import pytest
import yaml

import glocal_kg as gk
from glocal_kg._glocal.corpus.importing import import_table
from glocal_kg._glocal.corpus.mapping.drafting import draft_mapping
from glocal_kg._glocal.corpus.mapping.from_yaml import mapping_of

TABLE = """Cities of the network;;;;;;;
id;city name;country;lat;long;population;joined;e-mail;status
001;Turin;Italy;45,07;7,69;870456;25/12/2003;a@example.org;member
002;Lyon;France;45,75;4,85;-;01/02/2004;b@example.org;member
003;Oslo;Norway;59,91;10,75;709000;03/04/2005;c@example.org;guest
004;Bari;Italy;41,12;16,87;315000;05/06/2005;d@example.org;guest
005;Graz;Austria;47,07;15,44;291000;07/08/2005;e@example.org;member
006;Brno;Czechia;49,2;16,61;379000;09/10/2005;f@example.org;member
007;Metz;France;49,12;6,18;118000;11/12/2005;g@example.org;member
"""


def test_a_draft_imports_after_its_questions_are_answered(tmp_path):
    path = tmp_path / "cities.csv"
    path.write_text(TABLE)
    text = gk.draft_mapping(path, "cities")
    assert "header: 2" in text
    assert 'decimal: ","' in text
    assert "dates: day first  # as 25/12/2003 shows" in text
    assert '# missing: ["-"]  # 1 time;' in text
    assert "# e-mail: ...  # personal data?" in text
    assert '# status: ...  # one of "guest", "member"' in text
    assert "match: {name: city name, country: country" in text
    drafted = import_table(None, path, mapping_of(text, "m.yaml", "cities"), match=False)
    assert [f.cell for f in drafted.findings.stopping] == ["F4"]  # the - among populations
    answered = text.replace("# missing:", "missing:")
    result = import_table(None, path, mapping_of(answered, "m.yaml", "cities"))
    assert not result.findings.stopping
    assert len(result.entities) == 7
    assert result.unmapped == {"cities": ["G joined", "H e-mail", "I status"]}


def test_a_fault_while_facts_are_added_leaves_the_graph_as_it_was(tmp_path, monkeypatch):
    path = tmp_path / "cities.csv"
    path.write_text("id,name\n1,Turin\n2,Lyon\n")
    mapping = mapping_of(
        "things: {a: {class: glocal:City, key: id, columns: {name: rdfs:label}}}", "m.yaml", "m"
    )
    kg = gk.KnowledgeGraph()
    whole = gk.Import.quads

    def broken(self):
        for number, quad in enumerate(whole(self)):
            if number == 3:
                raise KeyboardInterrupt
            yield quad

    monkeypatch.setattr(gk.Import, "quads", broken)
    with suppress(KeyboardInterrupt):
        kg.import_table(path, mapping)
    assert len(kg) == 0
    monkeypatch.setattr(gk.Import, "quads", whole)
    kg.import_table(path, mapping)
    before = set(map(str, kg.facts))
    path.write_text("id,name\n1,Torino\n2,Lyon\n")
    monkeypatch.setattr(gk.Import, "quads", broken)
    with suppress(KeyboardInterrupt):
        kg.import_table(path, mapping)
    assert set(map(str, kg.facts)) == before


def test_a_table_whose_first_row_is_made_as_the_others_has_no_header(tmp_path):
    path = tmp_path / "pairs.tsv"
    path.write_text("Q200166\tQ182059\nQ688654\tQ192176\nQ877626\tQ51812\n")
    assert "header: none" in gk.draft_mapping(path)
    path.write_text("from\tto\nQ688654\tQ192176\nQ877626\tQ51812\n")
    assert "header" not in gk.draft_mapping(path)


def test_a_column_of_cities_is_their_name_and_a_failed_formula_no_word_for_none(tmp_path):
    path = tmp_path / "members.csv"
    rows = "".join(f"{n},Turin,Italy,{n}0\n" for n in range(9))
    path.write_text(f"no,city,country,population\n{rows}9,Lyon,France,#REF!\n")
    text = gk.draft_mapping(path)
    assert "city: rdfs:label" in text
    assert "match: {name: city, country: country" in text
    assert "#REF!" not in text


def test_a_draft_sees_the_mark_between_thousands_and_days_among_years(tmp_path):
    path = tmp_path / "staedte.csv"
    rows = "".join(f"S{n};45,{n};12.{n}00;{'1.2.2003' if n % 3 else '1999'}\n" for n in range(9))
    path.write_text(f"Stadt;Breite;Einwohner;seit\n{rows}")
    text = gk.draft_mapping(path)
    assert 'Einwohner: {property: gn:population, type: whole, grouping: "."}' in text
    assert "seit: {property: schema:startDate, type: when}" in text


COUNTRIES = "Ghent;Belgium;Kanazawa;Japan;1971\nKanazawa;Japan;Ghent;Belgium;1971\n"
TWINS = [
    ("town;country;partner town;partner country;year", COUNTRIES),
    ("Stadt;Land;Partnerstadt;Partnerland;seit", COUNTRIES),
    ("originCity;originCountry;sisterCity;sisterCountry;year", COUNTRIES),
    ("city 1;country 1;city 2;country 2;year", COUNTRIES),
    ("city;country;twinned with;partner country;since", COUNTRIES),
    ("city;partner;since", "Ghent;Kanazawa;1971\nKanazawa;Ghent;1971\n"),
]


@pytest.mark.parametrize(("header", "rows"), TWINS)
def test_a_list_of_twin_towns_is_drafted_as_two_cities_and_a_partnership(tmp_path, header, rows):
    path = tmp_path / "twins.csv"
    path.write_text(f"{header}\n{rows}")
    kg = gk.KnowledgeGraph()
    drafted = mapping_of(gk.draft_mapping(path), "m.yaml", "m")
    result = import_table(kg, path, drafted, match=False)
    assert not result.findings.stopping
    assert result.counts()["partnership"] == 1
    assert result.counts()["city"] == 2
    said = kg.query(
        "SELECT ?name ?start { ?p glocal:participant/glocal:governs/rdfs:label ?name ;"
        " schema:startDate ?start } ORDER BY ?name"
    )
    assert [str(name) for name in said.column("name")] == ["Ghent", "Kanazawa"]
    assert {start.value for start in said.column("start")} == {"1971"}
    # Twin towns where a header calls them so: partners may be of any other sort.
    kind = "?p glocal:kind <https://w3id.org/glocal/id/kind/twinning>"
    assert kg.ask(f"ASK {{ {kind} }}") == any(
        word in header for word in ("twin", "sister", "Partnerst")
    )


@pytest.mark.parametrize(
    "table",
    [
        "birth town;town;year\nTurin;Lyon;1953\nOslo;Bari;1960\n",
        "partner town;partner country\nLyon;France\nGraz;Austria\n",
        "city;partners\nTurin;Lyon | Graz\n",
        "name;partner;start\nChoirs;Lyon;2001\n",
        "city;country\nTurin;Italy\nTurin;Argentina\n",
        "country;mayor town\nItaly;Rome\n",
    ],
)
def test_a_draft_that_cannot_tell_the_key_asks_and_no_import_reads_it(tmp_path, table):
    path = tmp_path / "table.csv"
    path.write_text(table)
    text = gk.draft_mapping(path)
    assert 'key: "?"  # which columns name the thing?' in text
    with pytest.raises(gk.GlocalError, match="still a question"):
        mapping_of(text, "m.yaml", "m")


def test_a_title_is_of_a_practice_and_never_the_name_of_its_city(tmp_path):
    table = tmp_path / "practicas.csv"
    table.write_text(
        "código;ciudad;país;título;inicio\n1;Rosario;Argentina;Cultura en Rosario;1995\n"
        "2;Bogotá;Colombia;Deporte en Bogotá;2001\n3;Bogotá;Colombia;Cultura en Bogotá;2001\n"
    )
    (tmp_path / "m.yaml").write_text(draft_mapping(table))
    result = import_table(None, table, tmp_path / "m.yaml")
    assert not result.findings.stopping
    named = {(e.thing.pool, e.name) for e in result.entities}
    assert named == {
        ("thing", "1"), ("thing", "2"), ("thing", "3"),
        ("city", "Rosario"), ("city", "Bogotá"),
        ("country", "Argentina"), ("country", "Colombia"),
    }  # fmt: skip
    quads = [q for q in result.quads() if q.predicate.value == "https://schema.org/location"]
    assert len(quads) == 3
    assert {q.object.value.rpartition("/")[2] for q in quads} == {
        "rosario-argentina", "bogota-colombia",
    }  # fmt: skip


@pytest.mark.parametrize("header", ["Signatory", "Miembro"])
def test_a_draft_without_a_name_asks_for_it(tmp_path, header):
    table = tmp_path / "s.csv"
    table.write_text(
        f"No,{header},Country,Lat,Lon\n1,Roma,Italia,41.9,12.5\n2,Oslo,Norge,60,10.7\n"
    )
    text = draft_mapping(table)
    asked = f'key: "?"  # which columns name the thing? and which is its rdfs:label, {header}?'
    assert asked in text


def test_the_order_of_day_and_month_needs_a_proof_in_each_column_and_mark(tmp_path):
    path = tmp_path / "dates.csv"
    for cells, told in (
        ("15.03.1985,,", "\ndates: day first  # as 15.03.1985 shows"),
        ("15.03.1985,01.02.2003,", "\n# dates: day first  # or month first: 01.02.2003 of end"),
        ("15.03.1985,,01/02/2003", "\n# dates: day first  # or month first: 01/02/2003 of start"),
    ):
        start, end, later = cells.split(",")
        path.write_text(f"id;name;start;end\n1;Turin;{start};{end}\n2;Lyon;{later};\n")
        assert told in gk.draft_mapping(path)


def test_a_draft_of_twin_towns_sees_the_mark_between_thousands(tmp_path):
    path = tmp_path / "twins.csv"
    path.write_text("Stadt;Partnerstadt;Einwohner\nKöln;Turin;1.073.096\nLyon;Turin;515.543\n")
    text = gk.draft_mapping(path)
    assert 'Einwohner: {property: gn:population, type: whole, one: true, grouping: "."}' in text
    result = import_table(None, path, mapping_of(text, "m.yaml", "m"), match=False)
    assert not result.findings.stopping


def test_the_text_of_a_draft_is_no_path(tmp_path):
    table = tmp_path / "cities.csv"
    table.write_text("name,city\nA,Rome\n")
    with pytest.raises(gk.ReadError, match=r"text of a mapping, not its path\. Save it") as caught:
        gk.KnowledgeGraph().import_table(table, draft_mapping(table))
    assert len(str(caught.value)) < 250


COORDINATES = "name,lat,long,budget\n" + "".join(
    f"C{n},{n}.5,{n + 10}.25,{n}00\n" for n in range(11, 18)
)


def test_the_decimal_mark_is_that_of_most_numbers_that_a_draft_reads(tmp_path):
    def drafted(text):
        path = tmp_path / "dec.csv"
        path.write_text(text)
        return gk.draft_mapping(path)

    assert "decimal" not in drafted(COORDINATES)
    text = drafted(COORDINATES + 'C9,11.5,12.5,"1.000,50"\n')
    assert '\ndecimal: ","' not in text
    assert '# decimal: ","  # 1.000,50 of budget has a comma; say it there' in text
    text = drafted(COORDINATES + 'C9,"11,5",12.5,100\n')
    assert '# decimal: ","  # 1 number has a comma, as 11,5, and 15 a point; correct them' in text
    text = drafted('name,lat,long\nA,"1,5","2,5"\nB,1.5,"2,75"\n')
    assert '\ndecimal: ","  # 3 numbers have a comma, as 1,5, and 1 a point' in text
    text = drafted('name,lat,long\nA,"1,5",2.5\n')
    assert '\n# decimal: ","  # 1 number has a comma, as 1,5, and 1 a point; which is it?' in text
    text = drafted('name,population\nA,"45,000"\nB,"120,500"\n')
    assert "decimal" not in text.replace('grouping: ","', "")


def test_a_point_where_the_mapping_says_comma_is_told_with_what_the_mapping_says(tmp_path):
    path = tmp_path / "dec.csv"
    path.write_text("name,lat\nA,41.15\n")
    mapping = mapping_of(
        'decimal: ","\nthings: {a: {class: glocal:City, key: name,'
        " columns: {name: rdfs:label, lat: geo:lat}}}",
        "m.yaml",
        "m",
    )
    [finding] = import_table(None, path, mapping, match=False).findings.stopping
    assert 'decimal: is "," in the mapping' in finding.suggestion


def test_a_name_beside_a_city_is_that_of_a_practice(tmp_path):
    path = tmp_path / "prac.csv"
    path.write_text(
        "name,city,country,start\nGardens,Porto,Portugal,2010\nChoir,Porto,Portugal,2011\n"
    )
    text = gk.draft_mapping(path)
    assert "class: glocal:Practice  #" in text
    assert "match: {name: city, country: country}" in text
    assert "match: {name: name" not in text
    result = import_table(None, path, mapping_of(text, "m.yaml", "prac"), match=False)
    assert not result.findings.stopping
    assert sorted(entity.name for entity in result.entities) == [
        "Choir", "Gardens", "Porto", "Portugal",
    ]  # fmt: skip
    path.write_text("city name,country,lat,long\nPorto,Portugal,41.1,-8.6\n")
    assert "class: glocal:City  #" in gk.draft_mapping(path)


def test_several_partners_in_a_cell_are_asked_about_commas_too(tmp_path):
    table = tmp_path / "choirs.csv"
    table.write_text('City,Partners\nKigali,"Rome, Berlin"\nRome,Kigali\nBerlin,Rome\n')
    assert "'Partners' holds several names in one cell" in draft_mapping(table)
    table.write_text('City,Partners\nKigali,"Washington, D.C."\nRome,Kigali\n')
    assert "key: Partners" in draft_mapping(table)


def test_from_and_to_are_dates_only_where_they_hold_some(tmp_path):
    table = tmp_path / "links.csv"
    table.write_text("from,to,since\nRome,Kigali,2004\nBerlin,Kigali,2005\n")
    drafted = draft_mapping(table)
    assert "from and to may be the two of a partnership" in drafted
    assert "schema:endDate" not in drafted
    assert "since: {property: schema:startDate, type: when}" in drafted
    table.write_text("title,from,to\nChoir,2004,2005\nBand,March 2006,\n")
    drafted = draft_mapping(table)
    assert "from: {property: schema:startDate, type: when}" in drafted
    assert "to: {property: schema:endDate, type: when}" in drafted


@pytest.mark.parametrize(
    "header", ["Project", "Practice", "Name", "Title", "Project name", "Projekt"]
)
def test_a_list_of_projects_with_two_cities_is_no_list_of_twin_towns(tmp_path, header):
    path = tmp_path / "projects.csv"
    path.write_text(
        f"{header},City,Country,Start,Theme,Partner\n"
        "Gardens,Rome,Italy,2003,culture,Kigali\nBuses,Rome,Italy,2004,sport,Kigali\n",
        encoding="utf-8",
    )
    drafted = draft_mapping(path)
    assert "partnership" not in drafted
    told = yaml.safe_load(drafted)["things"]
    assert told["thing"]["class"] == "glocal:Practice"
    assert told["thing"]["key"] == header
    assert told["thing"]["columns"][header] == "rdfs:label"
    assert told["place"]["match"] == {"name": "City", "country": "Country"}
    path.write_text(path.read_text(encoding="utf-8").replace("Buses", "Gardens"), encoding="utf-8")
    assert yaml.safe_load(draft_mapping(path))["things"]["thing"]["key"] == "?"


def _merged_header(path, rows, *areas):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for area in areas:
        book.active.merge_cells(area)
    book.save(path)
    return path


CHOIRS = [["Choirs", "Turin", "Italy", "spring"], ["Fair", "Lyon", "France", "autumn"]]


def test_a_header_of_two_lines_is_read_by_the_second(tmp_path):
    head = [["Our practices"], ["Practice", "City", None, "Season"], [None, "town", "land", None]]
    path = _merged_header(tmp_path / "a.xlsx", [*head, *CHOIRS], "A1:D1", "A2:A3", "B2:C2", "D2:D3")
    made = yaml.safe_load(draft_mapping(path))
    assert made["header"] == 3
    text = draft_mapping(path)
    for name in ("Practice", "town", "land", "Season"):
        assert name in text
    mapping = mapping_of(
        "header: 3\nthings: {p: {class: glocal:Practice, key: Practice,"
        " columns: {Practice: rdfs:label, land: schema:address}}}", "m.yaml", "m",
    )  # fmt: skip
    result = import_table(None, path, mapping)
    assert not result.findings.stopping
    assert result.unmapped == {"Sheet": ["B town", "D Season"]}
    assert result.counts() == {"p": 2}


def test_what_a_merged_header_covers_is_called_after_it(tmp_path):
    head = [["Practice", "City", None, "Season"]]
    path = _merged_header(tmp_path / "a.xlsx", [*head, *CHOIRS], "B1:C1")
    text = draft_mapping(path)
    assert "header" not in yaml.safe_load(text)
    assert "City (2)" in text
    assert "B1" not in text
    mapping = mapping_of(
        "things: {p: {class: glocal:Practice, key: Practice, columns: {Practice: rdfs:label,"
        " City: schema:address, City (2): schema:addressCountry}}}", "m.yaml", "m",
    )  # fmt: skip
    result = import_table(None, path, mapping)
    assert not result.findings.stopping
    assert {v.text for e in result.entities for _, v in e.values} >= {"Turin", "Italy"}
