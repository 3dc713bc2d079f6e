"""The rows set aside come in a file that imports alone once corrected, whatever they came from."""

import csv

import openpyxl
import pytest

import glocal_kg as gk
from glocal_kg._glocal.corpus.importing import import_table
from glocal_kg._glocal.corpus.mapping.from_yaml import mapping_of
from glocal_kg._glocal.corpus.templates import template

CITIES = """
base: https://example.org/
things: {city: {class: glocal:City, key: id, columns: {id: dcterms:identifier,
         name: rdfs:label, country: schema:address, size: {property: schema:size, type: whole}}}}
"""


def _merged(path):
    book = openpyxl.Workbook()
    for row in (["id", "name", "country", "size"], ["1", "Turin", "Italy", 1],
                ["2", "Milan", None, 2], ["3", "Oslo", "Norway", "x"]):  # fmt: skip
        book.active.append(row)
    book.active.merge_cells("C2:C3")
    book.save(path)
    return path


def test_a_cell_that_was_merged_is_asked_for_again_and_never_empty(tmp_path):
    mapping = mapping_of(CITIES, "m.yaml", "m")
    result = import_table(None, _merged(tmp_path / "a.xlsx"), mapping)
    assert [f.rule for f in result.findings.stopping] == ["merged", "not-a-number"]
    aside = result.write_aside(tmp_path / "rest.xlsx")
    why = openpyxl.load_workbook(aside).active["F2"].value
    assert why.endswith("It is #N/A here: write its value, or empty the cell.")
    again = import_table(None, aside, mapping)
    assert [(f.cell, f.rule) for f in again.findings.stopping] == [
        ("C2", "error-cell"), ("D3", "not-a-number"),
    ]  # fmt: skip


def test_a_banner_above_the_header_stays_as_it_is(tmp_path):
    path = _merged(tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(path)
    book.active.unmerge_cells("C2:C3")
    book.active.insert_rows(1)
    book.active["A1"] = "Cities of ours"
    book.active.merge_cells("A1:D1")
    book.save(path)
    mapping = mapping_of(CITIES + "header: 2\n", "m.yaml", "m")
    aside = import_table(None, path, mapping).write_aside(tmp_path / "rest.xlsx")
    rows = list(openpyxl.load_workbook(aside).active.iter_rows(values_only=True))
    assert rows[0] == ("Cities of ours", *[None] * 5)
    assert rows[1][4:] == ("# row set aside", "# why set aside")
    assert [f.cell for f in import_table(None, aside, mapping).findings.stopping] == ["D3"]


def test_a_merged_cell_that_is_repeated_keeps_its_value_in_the_rows_set_aside(tmp_path):
    mapping = mapping_of(CITIES + "merged: repeat\n", "m.yaml", "m")
    path = _merged(tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(path)
    book.active["D3"] = "y"
    book.save(path)
    aside = import_table(None, path, mapping).write_aside(tmp_path / "rest.xlsx")
    assert openpyxl.load_workbook(aside).active["C2"].value == "Italy"


def _slip(path):
    """A folder of CSV with an address of its own, where one of two practices has a slip."""
    folder = template(path, examples=True)
    about = (folder / "about.csv").read_text("utf-8-sig")
    own = about.replace("https://w3id.org/glocal/import/own/", "https://example.org/mine/")
    (folder / "about.csv").write_text(own)
    with (folder / "practices.csv").open("a", encoding="utf-8", newline="") as out:
        csv.writer(out).writerow(["Fair", "culture", "Lyon", "", "", "soon"])
    return folder


def test_a_template_set_aside_names_things_of_the_graph_and_keeps_its_address(tmp_path):
    folder = _slip(tmp_path / "corpus")
    kg = gk.KnowledgeGraph()
    result = import_table(kg, folder, match=False)
    assert [f.value for f in result.findings.stopping] == ["soon"]
    aside = result.write_aside(tmp_path / "rest.csv")
    assert sorted(path.name for path in aside.iterdir()) == [
        "about.csv", "columns.csv", "practices.csv",
    ]  # fmt: skip
    rest = aside / "practices.csv"
    rest.write_text(rest.read_text().replace("soon", "2004"))
    assert len(import_table(None, aside, match=False).findings.of("link-unknown")) == 1
    last = import_table(kg, aside, match=False)
    assert not last.findings.stopping
    assert [e.iri for e in last.entities if e.thing.name == "practices"] == [
        "https://example.org/mine/practices/fair"
    ]
    [name] = kg.query(
        "SELECT ?l { <https://example.org/mine/practices/fair> glocal:participant/rdfs:label ?l }"
    ).column("l")
    assert str(name) == "Lyon"


def test_a_row_goes_with_the_row_that_tells_of_what_it_names(tmp_path):
    folder = template(tmp_path / "corpus", examples=True)
    with (folder / "actors.csv").open("a", encoding="utf-8") as out:
        out.write("Ghent,city,Belgium,north,3.7,,,,,\n")
    with (folder / "practices.csv").open("a", encoding="utf-8") as out:
        out.write("Fair,culture,Ghent; Lyon,,,2003,,,\nStall,culture,Lyon,,Fair,2003,,,\n")
    kg = gk.load()
    result = import_table(kg, folder, match=False)
    assert [(f.cell, f.rule) for f in result.findings.stopping] == [
        ("D5", "not-a-number"), ("C3", "link-unknown"), ("E4", "link-unknown"),
    ]  # fmt: skip
    assert "row 5 of actors" in result.findings.of("link-unknown")[0].suggestion
    assert not [f for f in kg.validate(source="mine").results if f.severity == "violation"]
    aside = result.write_aside(tmp_path / "rest.csv")
    for file in aside.iterdir():
        file.write_text(file.read_text().replace("north", "51.05"))
    last = import_table(kg, aside, match=False)
    assert not last.findings.stopping
    assert not [f for f in kg.validate(source="mine").results if f.severity == "violation"]


def test_the_near_name_is_told_in_every_round(tmp_path):
    folder = template(tmp_path / "corpus", examples=True)
    with (folder / "practices.csv").open("a", encoding="utf-8") as out:
        out.write("Fair,culture,Lion,,,2003,,,\n")
    kg = gk.KnowledgeGraph()
    result = import_table(kg, folder, match=False)
    aside = result.write_aside(tmp_path / "rest.csv")
    [told] = import_table(kg, aside, match=False).findings.of("link-unknown")
    assert told.suggestion.startswith("Did you mean 'Lyon'?")
    [told] = import_table(gk.KnowledgeGraph(), aside, match=False).findings.of("link-unknown")
    assert "import into the file that has it (-o)" in told.suggestion


def test_beside_a_row_stand_its_number_and_what_to_correct_and_no_import_reads_them(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes("id,name,country,size\n1,Köln,,2\n2,Łódź,,x\n".encode())
    mapping = mapping_of(CITIES, "m.yaml", "m")
    aside = import_table(None, path, mapping).write_aside(tmp_path / "rest.csv")
    header, row = csv.reader(aside.read_text("utf-8").splitlines())
    assert header[4:] == ["# row set aside", "# why set aside"]
    assert row[:5] == ["2", "Łódź", "", "x", "3"]
    assert row[5].startswith("D3 (not-a-number): expected ")
    second = import_table(None, aside, mapping)
    assert [f.rule for f in second.findings] == ["not-a-number"]
    again = list(csv.reader(second.write_aside(tmp_path / "2.csv").read_text("utf-8").splitlines()))
    assert (again[0], again[1][4]) == (header, "3")
    aside.write_text(aside.read_text("utf-8").replace(",x,", ",7,"), "utf-8")
    assert list(import_table(None, aside, mapping).findings) == []


RUNS = ("=1+1", '=HYPERLINK("https://example.org";"x")', "+1", "-2", "@SUM(A1)", "=cmd|'/C x'!A0")


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_texts_that_look_like_formulas_are_kept_and_run_in_no_workbook(tmp_path, ending):
    path = tmp_path / f"a.{ending}"
    rows = [["id", "name", "country", "size"], *([n, n, "", "x"] for n in RUNS)]
    if ending == "csv":
        with path.open("w", newline="") as out:
            csv.writer(out).writerows(rows)
    else:
        book = openpyxl.Workbook()
        for row, texts in enumerate(rows, 1):
            for column, text in enumerate(texts, 1):
                book.active.cell(row, column, text).data_type = "s"
        book.save(path)
    mapping = mapping_of(CITIES, "m.yaml", "m")
    result = import_table(None, path, mapping)
    aside = result.write_aside(tmp_path / f"rest.{ending}")
    written = [result.mark(tmp_path / "marked.xlsx"), *([aside] if ending == "xlsx" else [])]
    for book in map(openpyxl.load_workbook, written):
        cells = [cell for sheet in book for row in sheet for cell in row]
        assert set(RUNS) <= {cell.value for cell in cells}
        assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
    again = import_table(None, aside, mapping)
    assert [(f.cell, f.rule) for f in again.findings.stopping] == [
        (f"D{row}", "not-a-number") for row in range(2, len(RUNS) + 2)
    ]
    if ending == "csv":  # a value is a value: nothing stands before it
        with aside.open(newline="") as lines:
            assert [row[1] for row in csv.reader(lines)][1:] == list(RUNS)


TWINS = """
base: https://example.org/
things:
  home: {as: city, class: glocal:City, key: [City, Country], columns: {City: rdfs:label}}
  partner: {as: city, class: glocal:City, key: [Twin, Land], columns: {Twin: rdfs:label}}
  partnership:
    class: glocal:Practice
    key: ["@home", "@partner"]
    symmetric: true
    differ: [home, partner]
    columns: {Since: {property: schema:startDate, type: when}}
"""


def test_keys_of_things_are_told_in_words_and_control_characters_break_no_copy(tmp_path):
    table = tmp_path / "twins[1].csv"
    table.write_text(
        "City,Country,Twin,Land,Since\nLyon,France,Milan,Italy,1966\nMilan,Italy,Lyon,France,1967\n"
        "Oslo,Norway,Turin\x1b,Italy,so\x0bon\n"
    )
    result = import_table(None, table, mapping_of(TWINS, "m.yaml", "m"))
    assert "Lyon, France – Milan, Italy" in result.findings.csv()
    assert "\x1f" not in result.findings.csv() + str(result.findings) + result.merges_csv()
    marked = openpyxl.load_workbook(result.mark(tmp_path / "m.xlsx"))
    assert marked["twins(1)"]["C4"].value == "Turin␛"
    assert marked["twins(1)"]["E4"].comment is not None
    assert "so␋on" in [cell.value for row in marked["findings"].iter_rows() for cell in row]
    assert "so\x0bon" in result.write_aside(tmp_path / "rest.csv").read_text()


def test_a_copy_that_cannot_be_written_leaves_nothing_behind(tmp_path, monkeypatch):
    result = import_table(None, _merged(tmp_path / "a.xlsx"), mapping_of(CITIES, "m.yaml", "m"))

    whole = openpyxl.Workbook.save

    def fail(book, file):
        whole(book, file)
        raise ValueError("of the library")

    monkeypatch.setattr(openpyxl.Workbook, "save", fail)
    for write in (result.mark, result.write_aside):
        with pytest.raises(ValueError, match="of the library"):
            write(tmp_path / "new.xlsx")
    assert [path.name for path in tmp_path.iterdir()] == ["a.xlsx"]


@pytest.mark.parametrize("name", ["a.xlsx", "a.csv", "a.json"])  # a workbook, whatever is asked
def test_a_workbook_is_not_written_over_by_its_own_rows(tmp_path, name):
    path = _merged(tmp_path / "a.xlsx")
    whole = path.read_bytes()
    result = import_table(None, path, mapping_of(CITIES, "m.yaml", "m"))
    for write in (result.write_aside, result.mark):
        with pytest.raises(gk.GlocalError, match="written over the table that was imported"):
            write(tmp_path / name)
    assert path.read_bytes() == whole
