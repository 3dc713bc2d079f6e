"""Templates follow the shapes, and come back as they went."""

import csv
import shutil
import subprocess

import openpyxl
import pytest

import glocal_kg as gk
from glocal_kg._glocal.corpus.importing import import_table
from glocal_kg._glocal.corpus.mapping.mapping import MappedProperty
from glocal_kg._glocal.corpus.templates import ontology, template, template_sheets
from glocal_kg.errors import GlocalError

OFFICE = shutil.which("soffice")


def _counts(result):
    return result.counts()


EXAMPLES = {
    "practices": 1, "actors": 3, "partnerships": 1, "ratings": 1, "country": 2, "scale": 1,
}  # fmt: skip


@pytest.mark.parametrize("name", ["corpus.xlsx", "corpus"])
def test_the_examples_of_a_template_import_without_a_finding(tmp_path, name):
    path = template(tmp_path / name, examples=True)
    kg = gk.KnowledgeGraph()
    result = import_table(kg, path)
    assert list(result.findings) == []
    assert _counts(result) == EXAMPLES
    [score] = kg.query("SELECT ?s { ?a a glocal:Assessment ; glocal:score ?s }").column("s")
    assert str(score) == "3"
    assert [m.verdict for m in result.matches] == ["accepted"] * 4  # two cities, two countries
    assert kg.ask(
        'ASK { ?x rdfs:label "Italy"@en ; skos:exactMatch ?italy'
        " FILTER(?italy = <https://sws.geonames.org/3175395/>) }"
    )


def test_an_empty_template_makes_nothing(tmp_path):
    result = import_table(gk.KnowledgeGraph(), template(tmp_path / "corpus.xlsx"))
    assert list(result.findings) == []
    assert result.entities == []
    with pytest.raises(GlocalError, match="there already"):
        template(tmp_path / "corpus.xlsx")


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
@pytest.mark.slow
@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_opened_and_saved_by_libreoffice_it_imports_the_same(tmp_path, kind):
    path = template(tmp_path / "corpus.xlsx", examples=True)
    out = tmp_path / "out"
    subprocess.run(
        [OFFICE, "--headless", f"-env:UserInstallation=file://{tmp_path}/profile",
         "--convert-to", kind, "--outdir", out, path],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    result = import_table(gk.KnowledgeGraph(), out / f"corpus.{kind}")
    assert list(result.findings) == []
    assert _counts(result) == EXAMPLES


def test_drop_downs_come_from_a_hidden_sheet_at_any_length(tmp_path):
    book = openpyxl.load_workbook(template(tmp_path / "corpus.xlsx"))
    sheet = book["practices"]
    [rule] = [rule for rule in sheet.data_validations.dataValidation if rule.type == "list"]
    lists, _, area = rule.formula1.partition("!")
    assert book[lists].sheet_state == "hidden"
    shown = [cell.value for row in book[lists][area.replace("$", "")] for cell in row]
    assert shown == list(ontology.instances(template_sheets.G + "AreaOfAttraction"))
    assert sheet["A1"].value == "name *"
    prompts = [rule.prompt for rule in sheet.data_validations.dataValidation]
    assert all(prompts)
    assert max(map(len, prompts)) <= 255


def test_a_template_follows_the_shapes(monkeypatch):
    ratings = next(each for each in template_sheets.layouts() if each.name == "ratings")
    assert {c.given.header for c in ratings.columns if c.required} >= {"score", "date", "lowest"}
    changed = ontology.Expected(False, False, None, None, "")
    said = ontology.said
    monkeypatch.setattr(
        ontology, "said", lambda kind: {**said(kind), template_sheets.G + "score": changed}
    )
    ratings = next(each for each in template_sheets.layouts() if each.name == "ratings")
    assert "score" not in {c.given.header for c in ratings.columns if c.required}


BUDGET = "https://w3id.org/glocal/ontology#shareOfWomen"


def test_a_new_shape_makes_a_column_and_a_list_its_drop_down(monkeypatch, tmp_path):
    more = {
        BUDGET: ontology.Expected(True, True, None, None, "", datatype=True),
        template_sheets.G + "stage": ontology.Expected(
            False, True, None, None, "", choices=("open", "closed")
        ),
        template_sheets.G + "theme": ontology.Expected(True, False, None, None, ""),
    }
    said = ontology.said
    practice = template_sheets.G + "Practice"
    monkeypatch.setattr(
        ontology, "said", lambda kind: said(kind) | (more if kind == practice else {})
    )
    monkeypatch.setattr(
        ontology,
        "property_of",
        lambda iri: MappedProperty(iri, type="number" if iri == BUDGET else "text"),
    )
    path = template(tmp_path / "corpus.xlsx", examples=True)
    book = openpyxl.load_workbook(path)
    for name in ("practices", "partnerships"):  # theme is required of both now
        header = [cell.value for cell in book[name][1]]
        assert {"shareOfWomen *", "stage", "theme *"} <= set(header)
    rules = book["practices"].data_validations.dataValidation
    [stage] = [rule for rule in rules if rule.promptTitle == "stage"]
    sheet, _, area = stage.formula1.partition("!")
    assert [c.value for r in book[sheet][area.replace("$", "")] for c in r] == ["open", "closed"]
    result = import_table(gk.KnowledgeGraph(), path, match=False)
    assert list(result.findings) == []
    values = {(given.iri, value.text) for e in result.entities for given, value in e.values}
    assert (BUDGET, "1.5") in values


def test_a_template_of_last_year_still_imports_and_what_moved_is_said(tmp_path):
    path = template(tmp_path / "corpus", examples=True)
    practices = list(csv.reader((path / "practices.csv").read_text("utf-8-sig").splitlines()))
    practices[0][practices[0].index("start")] = "since"
    practices[0].append("motto")
    practices[1].append("Sing!")
    with (path / "practices.csv").open("w", newline="", encoding="utf-8") as out:
        csv.writer(out).writerows(practices)
    columns = (path / "columns.csv").read_text("utf-8-sig")
    columns = columns.replace("practices,start,", "practices,since,")
    columns += "practices,motto,https://w3id.org/glocal/ontology#motto\n"
    (path / "columns.csv").write_text(columns)
    about = (path / "about.csv").read_text("utf-8-sig")
    (path / "about.csv").write_text(
        about.replace(f"template,{ontology.version()}", "template,0.0.9")
    )
    result = import_table(gk.KnowledgeGraph(), path, match=False)
    moved = result.findings.of("column-moved")
    assert [(f.sheet, f.value) for f in moved] == [("practices", "since"), ("practices", "motto")]
    assert "'start' today" in moved[0].suggestion
    assert "0.0.9" in moved[0].suggestion
    assert "no more" in moved[1].suggestion
    assert not result.findings.stopping
    values = {v.text for e in result.entities for _, v in e.values}
    assert "2003" in values


def test_names_that_no_sheet_tells_of_are_errors(tmp_path):
    path = template(tmp_path / "corpus", examples=True)
    text = (path / "practices.csv").read_text("utf-8-sig")
    (path / "practices.csv").write_text(text.replace("Turin; Lyon", "Turin; Lion"))
    result = import_table(gk.KnowledgeGraph(), path, match=False)
    [finding] = [f for f in result.findings if f.value == "Lion"]
    assert (finding.rule, finding.cell) == ("link-unknown", "C2")
    assert finding.suggestion.startswith("Did you mean 'Lyon'? Else tell of it under actors")


def test_a_new_version_of_a_file_names_nothing_that_goes_with_the_old_one(tmp_path):
    path = template(tmp_path / "corpus", examples=True)
    kg = gk.KnowledgeGraph()
    assert not import_table(kg, path, match=False).findings.stopping
    text = (path / "practices.csv").read_text("utf-8-sig")
    [name] = kg.query("SELECT ?l { ?a glocal:assesses/rdfs:label ?l }").column("l")
    (path / "practices.csv").write_text(text.replace(name, "Another name"))
    told = import_table(kg, path, match=False).findings.of("link-unknown")
    first = import_table(None, path, match=False).findings.of("link-unknown")  # as in a new graph
    assert [(f.cell, f.value) for f in told] == [(f.cell, f.value) for f in first] != []
    assert not kg.ask("ASK { ?a glocal:assesses ?p FILTER NOT EXISTS { ?p a ?class } }")


def test_several_in_one_cell_are_told_apart_from_a_slip(tmp_path):
    path = template(tmp_path / "corpus", examples=True)
    text = (path / "practices.csv").read_text("utf-8-sig")
    wrong = text.replace("Turin; Lyon", '"Turin, Lyon"').replace(",culture,", ',"culture, sport",')
    (path / "practices.csv").write_text(wrong)
    result = import_table(gk.KnowledgeGraph(), path, match=False)
    told = {f.value: f.suggestion for f in result.findings}
    assert told["culture, sport"] == "Several are parted by ;: write 'culture; sport'."
    assert told["Turin, Lyon"].startswith("Several are parted by ;: write 'Turin; Lyon'.")
    (path / "practices.csv").write_text(text.replace(",culture,", ",transport,"))
    result = import_table(gk.KnowledgeGraph(), path, match=False)
    told = {f.value: f.suggestion for f in result.findings}
    assert told["transport"] == "Choose from the list."


def test_a_foreign_table_is_no_template(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("x,y\n1,2\n")
    with pytest.raises(GlocalError, match="needs a mapping"):
        import_table(None, path)


def test_a_filled_template_conforms_and_is_told_down_to_its_row(tmp_path):
    path = template(tmp_path / "corpus.xlsx", examples=True)
    kg = gk.load()
    result = import_table(kg, path)
    report = kg.validate()
    mine = [row for row in report.to_dicts() if "import/own" in row["focus"]]
    assert not [row for row in mine if row["severity"] == "violation"]
    choirs = "https://w3id.org/glocal/import/own/practices/choirs-of-two-cities"
    turin = "https://w3id.org/glocal/import/own/actors/turin"
    kg.infer()
    told = str(kg.explain(choirs, "glocal:participant", turin))
    assert "corpus.xlsx, sheet practices, row 2" in told
    assert "corpus.xlsx, corpus.xlsx" not in told
    assert "choirs of two cities" in str(kg.describe(choirs)).lower()
    assert kg.search("choirs")
    assert "Places: 2;" in kg.map(world=True, source=result.graph.value).svg


def test_one_sheet_of_a_template_is_known_by_its_headers_under_any_name(tmp_path):
    folder = template(tmp_path / "corpus", examples=True)
    path = shutil.copy(folder / "actors.csv", tmp_path / "cities of ours.csv")
    result = import_table(gk.KnowledgeGraph(), path, match=False)
    assert result.counts() == {"actors": 3, "country": 2}
    [note] = result.findings
    assert (note.rule, note.level) == ("about-missing", "note")
    assert "English" in note.suggestion


@pytest.mark.slow
def test_every_packaged_question_is_asked_of_a_filled_template(tmp_path):
    from glocal_kg._questions.question import names

    kg = gk.load()
    import_table(kg, template(tmp_path / "corpus.xlsx", examples=True), match=False)
    answers = {name: kg.run(name, source="mine") for name in names()}
    assert len(answers) > 20
    assert len(answers["practices/naming-cities"]) >= 2


BEYOND = [
    ("ratings", "Choirs of two cities,interest,Ada Rossi,From 0 to 4,0,4,7,2026-11-26,",
     ("G3", "out-of-range", "a score from 0 to 4, as its scale says")),
    ("ratings", "Choirs of two cities,interest,Ada Rossi,Upside down,4,0,2,2026-11-26,",
     ("F3", "out-of-range", "a highest score above 4, the lowest")),
    ("ratings", "Choirs of two cities,interest,Ada Rossi,From 0 to 4,0,5,3,2026-11-26,",
     ("F3", "conflict", "4, as row 2 has it")),
    ("actors", "Turin,city,Argentina,,,,,,,", ("A5", "name-twice", "a name of one thing alone")),
    ("actors", "City of Turin,government,,,,,,,,",
     ("B5", "required", "the place it governs, in the column 'governs'")),
    ("practices", "Choirs of two cities,culture,Lyon,,,,,,",
     ("A3", "name-twice", "a name of one thing alone")),
    ("partnerships", "Lyon,Turin,2004-02-01,,",
     ("C3", "conflict", "2003-02-01, as row 2 has it")),
]  # fmt: skip


@pytest.mark.parametrize(("sheet", "row", "told"), BEYOND)
def test_a_row_that_would_not_conform_is_told_at_import_and_set_aside(tmp_path, sheet, row, told):
    path = template(tmp_path / "corpus", examples=True)
    if "interest" in row:
        criterion = list(ontology.instances(template_sheets.G + "Criterion"))[1]
        row = row.replace("interest", criterion)
    with (path / f"{sheet}.csv").open("a", encoding="utf-8") as out:
        out.write(row + "\n")
    result = import_table(gk.KnowledgeGraph(), path, match=False)
    assert [(f.cell, f.rule, f.expected) for f in result.findings.stopping] == [told]
    assert result.set_aside == 1
    assert _counts(result) == EXAMPLES


def test_a_body_lies_in_no_country_and_what_was_imported_conforms(tmp_path):
    path = template(tmp_path / "corpus", examples=True)
    with (path / "actors.csv").open("a", encoding="utf-8") as out:
        out.write("Savings bank,organization,Italy,,,,,,,\nCity of Turin,government,,,,,,Turin,,\n")
    kg = gk.load()
    result = import_table(kg, path)
    [finding] = result.findings
    assert (finding.cell, finding.rule, finding.value) == ("C5", "country-of-no-place", "Italy")
    assert len(result.matches) == 4
    assert not [f for f in kg.validate(source="mine").results if f.severity == "violation"]
    kept = kg.ask('ASK { ?bank rdfs:label "Savings bank"@en ; a glocal:Organization }')
    assert kept


def test_a_partnership_told_again_without_another_value_is_one(tmp_path):
    path = template(tmp_path / "corpus", examples=True)
    with (path / "partnerships.csv").open("a", encoding="utf-8") as out:
        out.write("Lyon,Turin,,,\n")
    result = import_table(gk.KnowledgeGraph(), path, match=False)
    assert [(f.rule, f.level) for f in result.findings] == [("repeated", "note")]


@pytest.mark.parametrize(
    ("sheet", "row"),
    [
        ("practices", ",culture,Turin,,,,,no name,"),
        ("practices", "  ,,Turin,,,,,,"),
        ("actors", ",city,Italy,45,7,,,,,"),
        ("actors", ",,Italy,,,,,,,"),
        ("partnerships", ",,2003,,"),
        ("partnerships", ",Lyon,2003,,"),
    ],
)
def test_a_row_without_the_name_of_its_thing_is_set_aside(tmp_path, sheet, row):
    path = template(tmp_path / "corpus", examples=True)
    with (path / f"{sheet}.csv").open("a", encoding="utf-8") as out:
        out.write(f"{row}\n,,,,\n")
    result = import_table(gk.KnowledgeGraph(), path, match=False)
    finding, *others = result.findings
    assert (finding.sheet, finding.cell[0], finding.rule) == (sheet, "A", "key-incomplete")
    # What else is wrong with the row is told as well.
    assert {other.rule for other in others} <= {"required", "whole-degrees"}
    assert finding.suggestion == "Fill it in, or empty the row."
    assert result.set_aside == 1
    assert _counts(result) == EXAMPLES


@pytest.mark.parametrize("sheet", ["practices", "actors", "partnerships", "ratings"])
def test_a_sheet_by_itself_is_read_as_the_one_that_its_header_fits_best(tmp_path, sheet):
    folder = template(tmp_path / "corpus", examples=True)
    for name in (sheet, "mine"):
        alone = tmp_path / f"{name}.csv"
        shutil.copy(folder / f"{sheet}.csv", alone)
        result = import_table(gk.KnowledgeGraph(), alone, match=False)
        assert [given.sheet for given in result.mapping.sheets] == [sheet]
        assert not result.findings.of("not-imported", "conflict")


@pytest.mark.parametrize("tag", ["xx y", "italiano", "en_GB"])
def test_a_language_that_is_none_is_told_by_its_cell(tmp_path, tag):
    path = template(tmp_path / "corpus", examples=True)
    about = (path / "about.csv").read_text("utf-8-sig")
    (path / "about.csv").write_text(about.replace("language,en", f"language,{tag}"))
    with pytest.raises(GlocalError) as told:
        import_table(gk.KnowledgeGraph(), path, match=False)
    for part in ("corpus, sheet about", f"'{tag}' in cell B3 is no language tag", "BCP 47"):
        assert part in str(told.value)


def test_what_to_do_in_a_template_is_not_said_of_a_mapping(tmp_path):
    path = template(tmp_path / "corpus", examples=True)
    with (path / "practices.csv").open("a", encoding="utf-8") as out:
        out.write("Bikes,qqq,,,,01/02/2003,yesterday,,\n")
    with (path / "actors.csv").open("a", encoding="utf-8") as out:
        out.write('Nice,city,n/a,"45,75",4.5,"1,200",,,,\nPau,city,,1e,4.5,2.5,,,,\n')
    result = import_table(gk.KnowledgeGraph(), path, match=False)
    told = {f.rule: f.suggestion for f in result.findings}
    assert {"not-listed", "date-unclear", "not-a-number", "number-unclear", "placeholder"} <= (
        set(told)
    )
    assert told["date-unclear"] == "Write the day as 2003-02-01: year, month, day."
    assert not [text for text in told.values() if "mapping" in text or "values:" in text]
