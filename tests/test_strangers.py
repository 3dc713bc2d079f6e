"""Files and questions of strangers that were answered wrongly once, each with the right answer.

The inputs lie outside of the project; those with shapes are tested with the SHACL engine.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import Literal, NamedNode

import glocal_kg as gk
from glocal_kg._glocal.migrate import migrate
from glocal_kg._publish.history import Previous
from glocal_kg.errors import ReadError
from glocal_kg.publishing import compare, publish, verify
from glocal_kg.quality import check

FAULTS = Path(__file__).resolve().parents[2] / "shared" / "review" / "inputs" / "faults"
pytestmark = pytest.mark.skipif(not FAULTS.exists(), reason=f"the cases are not at {FAULTS}")

EX, XSD = "http://ex.org/", "http://www.w3.org/2001/XMLSchema#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"


def answer(case: str) -> list[tuple[str, ...]]:
    """The rows of a query over the data of a case, as terms in N-Triples."""
    data, query = (FAULTS / f"{case}.txt").read_text(encoding="utf-8").split("# query\n", 1)
    prefixes = "".join(
        line.replace("@prefix", "PREFIX").removesuffix(" .") + "\n"
        for line in data.splitlines()
        if line.startswith("@prefix")
    )
    kg = gk.KnowledgeGraph()
    if data.rstrip().splitlines()[-1].startswith("ex:"):
        kg.add(gk.Text(data, "turtle"), graph="urn:g")
    return [tuple(map(str, row)) for row in kg.query(prefixes + query).terms]


def number(form: str, kind: str = "integer") -> str:
    return f'"{form}"^^<{XSD}{kind}>'


ANSWERS = {
    "B001": [
        (number("1.50", "decimal"), '"1.50"', f"<{XSD}decimal>"),
        (number("007"), '"007"', f"<{XSD}integer>"),
        (number("5", "int"), '"5"', f"<{XSD}int>"),
        (number("2023-06-04T20:36:33.100000", "dateTime"), '"2023-06-04T20:36:33.100000"',
         f"<{XSD}dateTime>"),
    ],
    "B002": [(f"<{XSD}integer>", f"<{XSD}decimal>", '"1.300"')],
    "B004": [(number("false", "boolean"),)],
    "B011": [(f"<{EX}a>", '"x"', '"y"')],
    "B013": [('"1 2"',)],
    "B014": [(f"<{EX}absent>",)],
    "B020": [("<urn:g>", f"<{EX}a>", f"<{EX}p>", number("1"))],
    "B024": [(number("3"),)],
    "B026": [],
    "B027": [(number("99999999999999999999"),)],
    "B034": [(f"<{EX}a>",)],
    "B035": [],
}  # fmt: skip


@pytest.mark.parametrize("case", ANSWERS)
def test_answers(case: str) -> None:
    assert sorted(answer(case)) == sorted(ANSWERS[case])


def read(name: str, **options: str) -> set[tuple[str, ...]]:
    """The facts of a file as text."""
    kg = gk.KnowledgeGraph()
    kg.add(FAULTS / name, **options)
    return {tuple(str(part) for part in quad.triple) for quad in kg.facts}


def of_a(value: str) -> set[tuple[str, ...]]:
    return {("<http://a>", f"<{EX}p>", value)}


LITERAL = '"<rdf:Description xmlns:rdf=\\"%s\\" rdf:about=\\"http://b\\"></rdf:Description>"'
FILES = {
    "B080.rdf": of_a('"one\\ntwo"'),
    "B081.rdf": of_a('"a b"'),
    "B083.rdf": of_a('"ab"'),
    "B084.rdf": of_a(f"{LITERAL % RDF}^^<{RDF}XMLLiteral>")
    | {("<http://a>", f"<{EX}r>", '"kept"')},
    "B086.rdf": of_a('"v"'),
    "B093.rdf": of_a('"v"@en'),
    "B094.rdf": of_a('"é"'),
    "B099.jsonld": {("<http://a>", "<http://p>", "<http://b>"),
                    ("<http://b>", f"<{RDF}type>", "<http://T>")},
    "B105.jsonld": {("<http://a/b/g>", "<http://p>", number("1"))},
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_files_are_read_as_the_standards_say(name: str) -> None:
    assert read(name) == FILES[name]


@pytest.mark.parametrize("base", [None, "https://example.org/file"])
def test_relative_names_start_from_the_file_or_the_base(base: str | None) -> None:
    options = {"base": base} if base else {}
    start = base or (FAULTS / "B088.rdf").as_uri()
    assert read("B088.rdf", **options) == {(f"<{start}>", f"<{EX}p>", f"<{start}#x>")}
    (fact,) = read("B115.ttl", **options)
    assert fact[0] == f"<{base or (FAULTS / 'B115.ttl').as_uri()}>"


@pytest.mark.parametrize(
    ("name", "said"),
    [("B103.jsonld", "'http://a/x y' is no IRI"), ("B118.ttl", r"U\+00A0")],
)
def test_what_is_wrong_is_told_and_nothing_is_added(name: str, said: str) -> None:
    kg = gk.KnowledgeGraph()
    with pytest.raises(ReadError, match=said):
        kg.add(FAULTS / name)
    assert len(kg) == 0


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of rdflib's own old class
def test_formulas_are_refused() -> None:
    graph = rdflib.ConjunctiveGraph()
    graph.parse(data=(FAULTS / "B119.txt").read_text(), format="n3")
    with pytest.raises(ReadError, match="formula"):
        gk.KnowledgeGraph().add(graph)
    statement = next(iter(graph.default_context))
    with pytest.raises(ReadError, match="quoted, not said"):
        gk.KnowledgeGraph().add(statement[2])


def test_a_null_character_is_a_character(tmp_path: Path) -> None:
    file = tmp_path / "x.nt"
    file.write_bytes(b'<urn:a> <urn:p> "\0" .\n')
    kg = gk.KnowledgeGraph()
    kg.add(file)
    assert [quad.object for quad in kg.facts] == [Literal("\0")]


def test_two_files_of_one_name_stay_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    names = ["a/data.ttl", "b/data.ttl", "data.2020.ttl", "data.2021.ttl"]
    kg = gk.KnowledgeGraph()
    for place, name in enumerate(names):
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_text(f"<urn:{place}> <urn:p> 1 .")
        kg.add(name)
    Path("a/data.ttl").write_text("<urn:new> <urn:p> 1 .")
    kg.replace("a/data.ttl")
    assert {quad.subject.value for quad in kg.facts} == {"urn:new", "urn:1", "urn:2", "urn:3"}


def test_what_publish_packs_is_read(tmp_path: Path) -> None:
    about = {"title": "T", "publisher": "P", "base": "https://example.org/r/",
             "license": "https://creativecommons.org/publicdomain/zero/1.0/"}  # fmt: skip
    kg = gk.KnowledgeGraph()
    kg.add(gk.Text(f"<{EX}a> <{EX}p> 1 .", "turtle"))
    quads = list(kg.facts)
    options = {"version": "1.0.0", "date": "2026-01-31", "about": about}
    release = publish(quads, tmp_path / "r", compression="zstd", **options)
    again = gk.KnowledgeGraph()
    again.add(release.folder / "all.nq.zst")
    assert {quad.triple for quad in again.facts} == {quad.triple for quad in quads}
    link = tmp_path / "link"
    link.symlink_to(release.folder)
    with pytest.raises(gk.GlocalError):
        publish(quads, link, **options)
    assert link.is_symlink()


def test_a_zip_of_one_file_is_read_and_a_strange_suffix_told(tmp_path: Path) -> None:
    import zipfile

    with zipfile.ZipFile(tmp_path / "ok.zip", "w") as archive:
        archive.writestr("x.ttl", "<urn:a> <urn:p> 1 .")
    kg = gk.KnowledgeGraph()
    kg.add(tmp_path / "ok.zip")
    assert len(kg) == 1
    (tmp_path / "x.n3").write_text("<urn:a> <urn:p> 2 .")
    with pytest.raises(ReadError, match="format="):
        kg.add(tmp_path / "x.n3")
    kg.add(tmp_path / "x.n3", format="turtle")
    assert len(kg) == 2


def test_a_terminal_without_utf8_takes_a_query() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "glocal_kg", "query", "SELECT (STRLEN('é') AS ?n) {}"],
        env={**os.environ, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "LC_ALL": "POSIX"},
        capture_output=True,
        cwd=Path(__file__).parents[1],
    )
    assert (done.returncode, done.stdout.split()[-1]) == (0, b"1")


def test_values_in_two_forms_are_one_key() -> None:
    kg = gk.KnowledgeGraph()
    kg.add(FAULTS / "B146.ttl")
    kg.infer()
    assert kg.query(f"ASK {{ <{EX}a> <http://www.w3.org/2002/07/owl#sameAs> <{EX}b> }}")


@pytest.mark.timeout(120)  # each with each of sixteen thousand would take far longer
def test_long_lists_do_not_take_the_square() -> None:
    members = " ".join(f"<{EX}i{number}>" for number in range(16_000))
    owl = "http://www.w3.org/2002/07/owl#"
    text = f"<{EX}C> <{owl}oneOf> ({members}) . "
    text += f"[] a <{owl}AllDifferent> ; <{owl}members> ({members}) ."
    kg = gk.KnowledgeGraph()
    kg.add(gk.Text(text, "turtle"))
    kg.infer()
    assert len(kg.query(f"SELECT ?x {{ ?x a <{EX}C> }}")) == 16_000


def test_whole_numbers_stay_whole_in_a_data_frame() -> None:
    pytest.importorskip("pandas", reason="pandas is not installed")
    kg = gk.KnowledgeGraph()
    kg.add(FAULTS / "B150.ttl")
    query = f"SELECT ?s ?o {{ ?s ?x ?y OPTIONAL {{ ?s <{EX}p> ?o }} }} ORDER BY ?s"
    frame = kg.query(query).to_pandas()
    assert int(frame["o"].iloc[0]) == 9007199254740993
    assert not str(frame["o"].iloc[0]).endswith(".0")


def test_rdfxml_out_is_well_formed_or_an_error(tmp_path: Path) -> None:
    kg = gk.KnowledgeGraph()
    kg.add(FAULTS / "B151.ttl")
    with pytest.raises(gk.GlocalError, match=r"http://ex\.org/123"):
        kg.query("CONSTRUCT WHERE { ?s ?p ?o }").serialize("rdfxml")
    other = gk.KnowledgeGraph()
    other.add(FAULTS / "B156.ttl")
    about = {"title": "T", "publisher": "P", "base": "https://example.org/r/",
             "license": "https://creativecommons.org/publicdomain/zero/1.0/"}  # fmt: skip
    release = publish(other.facts, tmp_path / "r", version="1.0.0", date="2026-01-31", about=about)
    assert not (release.folder / "all.rdf").exists()
    assert any("xmlns/foo" in note or "xmlns" in note for note in release.notes)


def test_ill_formed_literals_stay_terms() -> None:
    kg = gk.KnowledgeGraph()
    kg.add(FAULTS / "B157.ttl")
    values = {row["o"] for row in kg.query("SELECT ?o { ?s ?p ?o }").to_dicts()}
    assert values == {
        Literal(form, datatype=NamedNode(XSD + kind))
        for form, kind in (("2020-W01-1", "date"), ("1_000", "integer"), ("1e5", "decimal"))
    }


def test_a_construct_keeps_forms() -> None:
    kg = gk.KnowledgeGraph()
    kg.add(FAULTS / "B159.ttl")
    text = kg.query("CONSTRUCT WHERE { ?s ?p ?o }").serialize("ntriples")
    assert '"1.50"' in str(text)
    assert "XMLSchema#int>" in str(text)


def test_results_in_xml_are_well_formed() -> None:
    kg = gk.KnowledgeGraph()
    kg.add(FAULTS / "B160.ttl")
    try:
        text = kg.query("SELECT ?o { ?s ?p ?o }").to_xml()
    except gk.GlocalError:
        return
    ElementTree.parse(io.BytesIO(text.encode() if isinstance(text, str) else text))


def test_tags_of_the_registry_are_tags() -> None:
    report = check([FAULTS / "B165.ttl"], only=[50])
    assert report.outcome(50).open == ()


def test_a_deprecated_class_is_deprecated(tmp_path: Path) -> None:
    kg = gk.KnowledgeGraph()
    kg.add(FAULTS / "B166.ttl")
    kg.add(gk.Text(f"<{EX}D> a <http://www.w3.org/2002/07/owl#Class> .", "turtle"), graph=EX)
    rest = [quad for quad in kg.facts if quad.subject != NamedNode(EX + "C")]
    text = compare(list(kg.facts), rest).to_text()
    assert "not deprecated before" not in text


def test_a_finding_of_own_shapes_has_its_line(tmp_path: Path) -> None:
    data = tmp_path / "data.ttl"
    data.write_text(f"@prefix ex: <{EX}> .\n\nex:a a ex:C .\nex:b a ex:C ; ex:p 1 .\n")
    sh = "http://www.w3.org/ns/shacl#"
    shapes = (
        f"@prefix sh: <{sh}> . @prefix ex: <{EX}> . ex:S a sh:NodeShape ; sh:targetClass ex:C ;"
        " sh:property [ sh:path ex:p ; sh:minCount 1 ] ."
    )
    kg = gk.KnowledgeGraph()
    kg.add(data)
    (found,) = kg.validate(gk.Text(shapes, "turtle")).results
    assert (Path(found.source).name, found.line) == ("data.ttl", 3)


DEEP = "<urn:a> <urn:p> " + "<<( <urn:a> <urn:p> " * 18_000 + "<urn:o>" + " )>>" * 18_000 + " .\n"


@pytest.mark.parametrize("format", ["turtle", "trig", "ntriples", "nquads"])
def test_triple_terms_in_each_other_do_not_end_the_process(format: str) -> None:
    with pytest.raises(ReadError, match="More than 500 triple terms"):
        gk.KnowledgeGraph().add(gk.Text(DEEP, format))
    many = "\n".join(f'<urn:a> <urn:p> "<<( {n}" .' for n in range(2_000))  # texts, no terms
    assert int(gk.KnowledgeGraph().add(gk.Text(many, format))) == 2_000


@pytest.mark.parametrize("read", ["migrate", "compare", "verify", "previous"])
def test_nor_where_a_file_is_read_for_something_else(read: str, tmp_path: Path) -> None:
    (tmp_path / "all.nq").write_text(DEEP)
    (tmp_path / "SHA256SUMS").write_text("")
    if read == "verify":
        found = [str(one) for one in verify(tmp_path)]
        assert any("More than 500 triple terms" in one for one in found)
        return
    if read == "previous":
        (tmp_path / "void.ttl").write_text(DEEP)
        with pytest.raises(ReadError, match="More than 500 triple terms"):
            Previous(tmp_path)
        return
    with pytest.raises(ReadError, match="More than 500 triple terms"):
        migrate(DEEP) if read == "migrate" else compare(tmp_path, tmp_path)


def test_signs_that_act_on_a_terminal_are_shown_as_marks(tmp_path: Path) -> None:
    label = r'<http://www.w3.org/2000/01/rdf-schema#label> "x\u001B[31mred\u202E{}" ;'
    about = "<urn:C> <http://www.w3.org/2000/01/rdf-schema#subClassOf> <urn:D> ."
    files = [tmp_path / f"{name}.ttl" for name in "ab"]
    for file in files:
        file.write_text(f"<urn:a> {label.format(file.stem)} a <urn:C> . {about}")
    sh = "http://www.w3.org/ns/shacl#"
    shape = (
        f"<urn:S> a <{sh}NodeShape> ; <{sh}targetClass> <urn:C> ; <{sh}nodeKind> <{sh}Literal> ."
    )
    kg = gk.KnowledgeGraph()
    kg.add(files[0])
    kg.infer()
    proved = ("urn:a", "rdf:type", "urn:D")
    report = kg.validate(gk.Text(shape, "turtle"), checks=False)
    told = [kg.explain(*proved), kg.entails(proved), kg.describe("urn:a"), report, compare(*files)]
    for one in told:
        assert not {"\x1b", "\u202e"} & set(one.to_text()), type(one)
    assert sum("\ufffd[31mred" in one.to_text() for one in told) > 3
