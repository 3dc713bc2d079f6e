"""Five programs of strangers: they work, and are typed, through the public door alone."""

from __future__ import annotations

import copy
import csv
import io
import json
import pickle
import re
import subprocess
import sys
import threading
import tomllib
import urllib.error
import urllib.request
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

import glocal_kg as gk

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
PROGRAMS = [file for file in sorted(HERE.glob("*.py")) if not file.name.startswith("test_")]
sys.path.insert(0, str(HERE.parent))  # a pool of processes finds the programs by their names

from consumers import assistant, library, notebook, pipeline, strangers, web  # noqa: E402 - found where the path leads by then

GOOD = re.search(r"```turtle\n(@prefix ex:.*?)```", (ROOT / "README.md").read_text("utf-8"), re.S)
assert GOOD is not None
PRACTICE = GOOD[1]


@pytest.fixture(scope="module")
def kg() -> gk.KnowledgeGraph:
    return gk.load()


def test_they_use_the_public_door_alone() -> None:
    for file in PROGRAMS:
        for line in re.findall(r"^.*glocal_kg.*$", file.read_text("utf-8"), re.M):
            assert line == "import glocal_kg as gk", file.name


def test_mypy_looks_at_all_of_them_strictly() -> None:
    """`make test` runs it once, over these programs and the package."""
    given = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["mypy"]
    seen = {path for pattern in given["files"] for path in ROOT.glob(pattern)}
    assert set(PROGRAMS) <= seen
    assert given["strict"] is True
    assert "mypy\n" in (ROOT / "Makefile").read_text("utf-8")


@pytest.mark.slow
def test_pyright_has_nothing_to_say(tmp_path: Path) -> None:
    config = tmp_path / "pyrightconfig.json"
    said = {"include": [*map(str, PROGRAMS)], "typeCheckingMode": "standard"}
    config.write_text(json.dumps(said | {"extraPaths": [str(ROOT)]}), "utf-8")
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "basedpyright",
            "--outputjson",
            "-p",
            str(config),
            "--pythonpath",
            sys.executable,
        ],
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    found = json.loads(done.stdout)
    assert found["summary"]["filesAnalyzed"] == len(PROGRAMS)
    assert found["generalDiagnostics"] == []


def posted(port: int, path: str, text: str, name: str = "posted") -> tuple[int, str]:
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}{path}", text.encode(), {"X-Name": name}
    )
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


def test_web_answers_many_while_one_adds() -> None:
    server = web.Server(gk.load(), timeout=30, max_rows=500)
    port = server.server_address[1]
    serving = threading.Thread(target=server.serve_forever)
    serving.start()
    pair = "SELECT ?x { { ?x a <urn:A> } UNION { ?x a <urn:B> } }"
    try:
        with ThreadPoolExecutor(8) as pool:
            asked = [pool.submit(posted, port, "/", pair) for _ in range(24)]
            for n in range(6):
                added = posted(port, "/add", f"<urn:{n}> a <urn:A>, <urn:B> .", f"n{n}")
                assert added == (200, "[2, 0]")
            sizes = [len(json.loads(one.result()[1])["results"]["bindings"]) for one in asked]
        assert all(size % 2 == 0 for size in sizes)  # both facts of one file, or none
        assert len(json.loads(posted(port, "/", pair)[1])["results"]["bindings"]) == 12
        assert posted(port, "/", "SELEC")[0] == 400
        assert posted(port, "/", "SELECT * { SERVICE <urn:x> { ?s ?p ?o } }")[0] == 400
        assert posted(port, "/add", "<urn:a> <urn:b> .")[0] == 400
        assert posted(port, "/", "SELECT * { ?s ?p ?o }")[0] == 413
        server.limit, server.max_rows = 0.005, 10**9
        slow = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?a > ?i) }"
        assert posted(port, "/", slow)[0] in (408, 413)  # in time, or by the memory it would take
    finally:
        server.shutdown()
        serving.join()
        server.server_close()
    assert web.status(gk.StaleError("old")) == 409


def test_strangers_get_rows_and_an_exit_code(tmp_path: Path) -> None:
    good, lacking, broken = (tmp_path / name for name in ("a.ttl", "b.ttl", "c.ttl"))
    good.write_text(PRACTICE, "utf-8")
    lacking.write_text(PRACTICE.replace("; glocal:statedIn ex:page-1", ""), "utf-8")
    broken.write_text("<urn:a> <urn:b>\n.", "utf-8")
    out = io.StringIO()
    assert strangers.main([good], out) == 0
    assert strangers.main([good, lacking], out) == 1
    out = io.StringIO()
    assert strangers.main([good, lacking, broken, tmp_path / "none.ttl"], out) == 2
    rows = list(csv.DictReader(io.StringIO(out.getvalue())))
    found = {(row["file"], row["severity"]) for row in rows}
    assert found >= {("b.ttl", "violation"), ("c.ttl", "unread"), ("none.ttl", "unread")}
    assert [row["path"] for row in rows if row["file"] == "c.ttl"] == ["line 2"]


@pytest.mark.slow
def test_many_files_go_through_a_pool(tmp_path: Path) -> None:
    files = [tmp_path / f"{n:02}.ttl" for n in range(8)]
    for n, file in enumerate(files):
        file.write_text(PRACTICE.replace("meeting of choirs", f"0 {n:02}"), "utf-8")
    files[3].write_text("no turtle", "utf-8")
    files[5].write_text(PRACTICE.replace("; glocal:statedIn ex:page-1", ""), "utf-8")
    done = list(pipeline.run(files))
    bad = {n: one for n, one in enumerate(done) if isinstance(one, gk.GlocalError)}
    assert {n: type(one) for n, one in bad.items()} == {3: gk.ReadError, 5: gk.ValidationError}
    wrong = bad[5]
    assert isinstance(wrong, gk.ValidationError)
    assert isinstance(wrong.report, gk.Report)
    assert wrong.report.violations
    for n, one in enumerate(done):
        if isinstance(one, pipeline.Done):
            assert one.first["label"] == f"0 {n:02}"
            assert one.table[0] == one.first
            assert one.report.conforms


def test_a_notebook_groups_merges_and_shows(kg: gk.KnowledgeGraph, tmp_path: Path) -> None:
    counted = notebook.busiest(kg, tmp_path / "out.csv")
    assert list(counted.columns) == ["city", "practices"]
    assert counted["practices"].iloc[0] > 1
    lines = (tmp_path / "out.csv").read_text("utf-8").splitlines()
    assert lines[0] == "city,practices"
    assert len(lines) == len(counted) + 1
    for cell in notebook.cells(kg):
        page = notebook.html(cell)
        assert re.match(r"<(?!pre>)", page), page[:80]


def test_an_assistant_gets_small_json(kg: gk.KnowledgeGraph) -> None:
    tool = assistant.Tool(kg)

    def call(verb: str, text: object) -> dict[str, object]:
        answer = json.loads(tool.call(json.dumps({"verb": verb, "text": text})))
        assert isinstance(answer, dict)
        return answer

    assert call("terms", "participant")["answer"]
    assert call("search", "citta glocale")["answer"]
    assert call("describe", "Kigali")["answer"]
    assert call("select", "SELECT * { ?s ?p ?o } LIMIT 30")["answer"]["of"] == 30
    assert call("select", "SELECT ?x { ?x a glocal:Practise }")["answer"]["notes"]
    assert call("select", "SELECT * {\n ?s ?p }")["line"] == 2
    assert "place:kigali" in str(call("describe", "Kigalli"))
    for verb in tool.verbs:
        for text in (3, None, [], "\ud800", 'SELECT ("\ud800" AS ?x) {}'):
            assert call(verb, text)
    assert call("fly", "x")["error"] == "no such request"


def test_what_comes_back_travels(kg: gk.KnowledgeGraph) -> None:
    table = kg.run("map/principles")
    made = kg.construct("CONSTRUCT WHERE { ?x a glocal:Practice }")
    assert pickle.loads(pickle.dumps(made)) == made
    text = pickle.loads(pickle.dumps(gk.Text("<urn:a> <urn:b> <urn:c> .", "turtle", name="t")))
    assert (text.content, text.format.code, text.name) == (
        b"<urn:a> <urn:b> <urn:c> .",
        "turtle",
        "t",
    )
    for one in (table, table[0], table[1:3], kg.validate(), kg.describe("Kigali"), kg.terms()[0]):
        for other in (pickle.loads(pickle.dumps(one)), copy.copy(one), copy.deepcopy(one)):
            assert other == one
            assert str(other) == str(one)


@pytest.mark.parametrize(
    "call",
    [
        lambda kg: kg.terms(3),
        lambda kg: kg.search(3),
        lambda kg: kg.search("a", limit="x"),
        lambda kg: kg.search("a", limit=-1),
        lambda kg: kg.subscribe(3),
        lambda kg: kg.bind("a b", "https://example.org/"),
        lambda kg: kg.bind("ex", "x y"),
        lambda _: gk.load(languages=3),
        lambda kg: kg.practices(source=3),
        lambda _: gk.open(3),
        lambda _: gk.Text(3, "turtle"),
    ],
)
def test_an_argument_of_a_wrong_kind_is_told_at_the_call(
    kg: gk.KnowledgeGraph, call: Callable[[gk.KnowledgeGraph], object]
) -> None:
    with pytest.raises(gk.ArgumentError):
        call(kg)


def test_memory_of_one_pattern_has_an_end_too(kg: gk.KnowledgeGraph) -> None:
    with pytest.raises(gk.TooLargeError):
        kg.select("SELECT * { ?s ?p ?o }", max_memory=1_000)


def test_half_a_character_is_told_with_its_place(kg: gk.KnowledgeGraph) -> None:
    with pytest.raises(gk.QuerySyntaxError) as told:
        kg.select('SELECT (\n"\ud800" AS ?x) {}')
    assert (told.value.line, told.value.column) == (2, 2)
    with pytest.raises(gk.ReadError):
        kg.add(gk.Text('<urn:a> <urn:b> "\ud800" .', "turtle"))


def test_cells_are_plain_where_asked(kg: gk.KnowledgeGraph) -> None:
    when = '("2002-12-01"^^xsd:date AS ?w)'
    table = kg.select(f"SELECT ?x (1.50 AS ?d) {when} {{ BIND(place:rome AS ?x) }}")
    rome = "https://w3id.org/glocal/id/place/rome"
    assert table.to_dicts(plain=True) == [{"x": rome, "d": 1.5, "w": "2002-12-01"}]
    frame = table.to_pandas()
    assert frame["x"].tolist() == [rome]
    assert frame["d"].tolist() == [1.5]
    assert frame["w"].dt.year.tolist() == [2002]


def test_findings_are_rows_of_a_frame(kg: gk.KnowledgeGraph) -> None:
    with kg.copy() as own:
        own.add(gk.Text("<urn:x> a <https://w3id.org/glocal/ontology#Practice> .", "turtle"))
        report = own.validate()
    frame = report.to_pandas()
    assert len(frame) == len(report.results) > 0
    assert set(frame["severity"]) >= {"violation"}


def test_a_library_of_books_is_at_home(tmp_path: Path) -> None:
    kg = library.shelf(tmp_path)
    assert library.works(kg) == ["Emma", "Persuasion"]
    assert library.lacking(kg) == ["Persuasion: Give the ISBN."]
    kg.add(gk.Text(f'<{library.LIB}persuasion> <{library.LIB}isbn> "1" .', "turtle"))
    assert library.lacking(kg) == []
    assert "Jane Austen" in str(kg.explain("lib:austen", "rdf:type", "lib:Author"))
    assert kg.describe("Emma").iri == library.LIB + "emma"
    assert [term.name for term in kg.terms("wrote")] == ["lib:wrote"]
    assert [hit.iri for hit in kg.search("persuasion")] == [library.LIB + "persuasion"]
    with kg.edit() as edit:
        edit.add(gk.Text(f"<{library.LIB}emma> a <{library.LIB}Author> .", "turtle"))
        assert [clash.rule for clash in edit.infer().clashes] == ["cax-dw"]
        edit.clear("text")
    written = tmp_path / "out.trig"
    kg.write(written)
    assert "lib:emma" in written.read_text("utf-8")


CHECK = """#+ summary: An author has a name
#+ message: There is no name for {?focus}.
#+ columns: {focus: iri}
SELECT ?focus WHERE { ?focus lib:wrote ?x FILTER NOT EXISTS { ?focus rdfs:label ?name } }
"""
QUESTION = """#+ summary: Who wrote a book
#+ params: {book: {type: iri, required: true}}
#+ columns: {who: iri}
SELECT ?who WHERE { ?who lib:wrote $book } ORDER BY ?who
"""


def test_a_library_names_things_by_its_own_property(tmp_path: Path) -> None:
    kg = library.shelved(tmp_path)
    table = kg.select("SELECT ?book { ?book a lib:Book } ORDER BY ?book")
    assert "Persuasion" in table.to_text()
    assert "Persuasion" in str(kg.describe("lib:austen"))
    assert kg.search("persuason")[0].name == "Persuasion"
    assert str(kg.explain("Emma", "rdf:type", "lib:Book")).startswith("Emma is a book")


def test_a_library_says_by_its_own_property_where_facts_are_stated(tmp_path: Path) -> None:
    kg = library.shelved(tmp_path)
    why = kg.explain("lib:emma", "rdf:type", "lib:Book")
    assert "stated in card 12" in str(why)
    assert [one.passage for one in why.sources()] == [library.LIB + "card"]
    assert "stated in card 12" in str(copy.copy(why)) == str(pickle.loads(pickle.dumps(why)))


def test_shapes_in_the_graph_are_known_by_what_they_are(tmp_path: Path) -> None:
    kg = library.shelved(tmp_path)
    (found,) = kg.validate().results  # by no packaged check: it is about other things
    assert (found.label, found.origin) == ("Persuasion", "MinCount of lib:BookShape")
    kg.remove(str(tmp_path / "shapes.ttl"))
    with pytest.raises(gk.GlocalError, match="has no shapes"):
        kg.validate()


def test_an_edit_is_followed_with_names_and_shapes_of_the_library(tmp_path: Path) -> None:
    kg = library.shelved(tmp_path)
    assert [found.label for found in kg.validate().results] == ["Persuasion"]
    books = tmp_path / "books.ttl"
    books.write_text(library.BOOKS.replace('"Persuasion"', '"Persuasion, 1817"'), "utf-8")
    kg.replace(books)
    assert [found.label for found in kg.validate().results] == ["Persuasion, 1817"]
    ontology = tmp_path / "ontology.ttl"
    title = "; rdfs:subPropertyOf rdfs:label"
    ontology.write_text(library.ONTOLOGY.replace(title, ""), "utf-8")
    kg.replace(ontology)
    assert [found.label for found in kg.validate().results] == [""]
    ontology.write_text(library.ONTOLOGY, "utf-8")
    kg.replace(ontology)
    shapes = tmp_path / "shapes.ttl"
    shapes.write_text(library.SHAPES.replace("lib:isbn", "lib:year"), "utf-8")
    kg.replace(shapes)
    found = [one.label for one in kg.validate().results]
    assert found == ["Emma", "Persuasion, 1817"]
    assert found == [one.label for one in kg.copy().validate().results]  # as one that starts anew


def test_a_library_has_its_own_checks_and_questions(tmp_path: Path) -> None:
    kg = library.shelf(tmp_path)
    folder = tmp_path / "checks"
    folder.mkdir()
    (folder / "name.rq").write_text(CHECK, "utf-8")  # with the prefixes of the graph
    with pytest.raises(gk.NotFoundError, match="no checks in"):
        kg.validate(checks=tmp_path / "none")
    assert kg.validate(checks=folder).conforms
    kg.add(gk.Text(f"<urn:x> <{library.LIB}wrote> <{library.LIB}emma> .", "turtle"))
    (found,) = kg.validate(checks=folder).results
    assert (str(found.focus), found.shape) == ("<urn:x>", "check name")
    asked = gk.Question("mine/who", QUESTION)
    assert len(kg.answer(asked, {"book": "lib:emma"})) == 2


WRONG: tuple[object, ...] = (None, 3, 2.5, b"x", [], [3], object(), "no such")
TAKES = {
    "add": ("base", "graph"), "query": ("interpreted", "max_rows"), "search": ("words",),
    "describe": ("thing",), "graph_named": ("name",), "clear": ("graph",),
    "bind": ("iri",), "subscribe": ("told",), "practices": ("source",), "get": ("name",),
    "network": ("kind", "source", "most_links"), "map": ("size", "language", "practices"),
    "import_table": ("table", "mapping", "when"), "publish": ("folder", "date", "version"),
    "write": ("target", "format"), "validate": ("shapes", "checks"), "entails": ("statement",),
    "infer": ("engine", "interpreted"), "ratings": ("source",), "answer": ("question",),
}  # fmt: skip
FIRST = {
    "add": gk.Text("<urn:a> <urn:b> <urn:c> .", "turtle"), "query": "ASK {}", "bind": "ex",
    "import_table": "none.csv", "publish": "", "write": "",
}  # fmt: skip


@pytest.mark.parametrize("verb", TAKES)
def test_no_raw_error_gets_out(verb: str, tmp_path: Path) -> None:
    """Whatever a program gives by mistake, the error is one of ours, or the call does its work."""
    shut = (tmp_path / "shut.txt").open("w")
    shut.close()
    for argument in TAKES[verb]:
        for value in (*WRONG, shut, tmp_path):
            kg = gk.KnowledgeGraph()
            kg.add(gk.Text("<urn:x> a <urn:A> .", "turtle"))
            given = {argument: value}
            first = (
                [tmp_path / "new" if FIRST[verb] == "" else FIRST[verb]] if verb in FIRST else []
            )
            if verb == "answer":
                given["parameters"] = {}
            if first and argument in ("table", "folder", "target"):
                first = []
            if verb == "write" and argument == "format":
                first = [tmp_path / "new.ttl"]
            with suppress(gk.GlocalError):
                getattr(kg, verb)(*first, **given)
