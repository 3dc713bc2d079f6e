"""Publishing: complete, the same bytes every time, whole or not at all."""

from __future__ import annotations

import gzip
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from pyoxigraph import BaseDirection, BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple, parse

from glocal_kg._kg import KnowledgeGraph
from glocal_kg._publish import Release, verify
from glocal_kg._publish.lines.canonical import canonical_hash
from glocal_kg._publish.lines.markdown import plain
from glocal_kg._publish.lines.sums import files_in
from glocal_kg.errors import GlocalError
from tests.publish.samples import SAMPLE, edited, graphs, publish, sample

ROOT = Path(__file__).parents[2]
TERMS = "https://example.org/sample/terms#"
_A = NamedNode("https://example.org/random/a")
ABOUT = {
    "title": "Random",
    "publisher": "Somebody",
    "license": "https://creativecommons.org/publicdomain/zero/1.0/",
    "base": "https://example.org/random/",
}


def test_it_holds_every_part_in_every_format(release: Release) -> None:
    names = set(files_in(release.folder))
    for part in ("all", "ontology", "data", "inferred", "graphs/one", "graphs/two"):
        for suffix in (".ttl", ".nt", ".rdf", ".trig", ".nq", ".jsonld"):
            assert part + suffix in names
            if "/" not in part:
                assert f"{part}{suffix}.gz" in names
    assert {"shapes.ttl", "vocabularies.ttl", "SHA256SUMS", "void.ttl", "README.md"} <= names
    assert "graphs/shapes.ttl" not in names, "one graph is not written twice"


def test_all_serializations_hold_the_same_graph(release: Release) -> None:
    expected = canonical_hash(sample())
    assert release.hash == expected
    for suffix, format_ in (
        (".nq", RdfFormat.N_QUADS), (".trig", RdfFormat.TRIG), (".jsonld", RdfFormat.JSON_LD),
    ):  # fmt: skip
        path = release.folder / f"all{suffix}"
        assert canonical_hash(parse(path=str(path), format=format_)) == expected
        packed = gzip.decompress(path.with_name(path.name + ".gz").read_bytes())
        assert packed == path.read_bytes()
    union = canonical_hash([Quad(q.subject, q.predicate, q.object) for q in sample()])
    for suffix, format_ in (
        (".nt", RdfFormat.N_TRIPLES), (".ttl", RdfFormat.TURTLE), (".rdf", RdfFormat.RDF_XML),
    ):  # fmt: skip
        path = release.folder / f"all{suffix}"
        assert canonical_hash(parse(path=str(path), format=format_)) == union


def test_the_parts_make_up_the_whole_and_inferred_stays_apart(release: Release) -> None:
    parts = [
        quad
        for name in ("ontology", "shapes", "vocabularies", "data")
        for quad in parse(
            path=str(release.folder / f"{name}.nq"),
            format=RdfFormat.N_QUADS,
            rename_blank_nodes=True,
        )
    ]
    assert canonical_hash(parts) == release.hash
    inferred = (release.folder / "inferred.nt").read_text(encoding="utf-8")
    assert inferred.rstrip(" .\n") not in (release.folder / "all.nt").read_text(encoding="utf-8")


def test_literals_are_as_written(release: Release) -> None:
    text = (release.folder / "all.nq").read_text(encoding="utf-8")
    for literal in ('"02748109"^^', '"1.50"^^', '"NaN"^^', '"-0753"^^', r'"line\nbreak\ttab\rret'):
        assert literal in text


def test_the_canonical_form_is_sorted_and_hashed(release: Release) -> None:
    import hashlib

    content = (release.folder / "all.nq").read_bytes()
    lines = content.splitlines(keepends=True)
    assert lines == sorted(lines)
    assert hashlib.sha256(content).hexdigest() == release.hash


def test_files_are_plain_utf8(release: Release) -> None:
    for name in files_in(release.folder):
        if not name.endswith((".gz", ".parquet")):
            content = (release.folder / name).read_bytes()
            content.decode("utf-8")
            assert not content.startswith(b"\xef\xbb\xbf"), name
            assert b"\r" not in content, name
            assert content.endswith(b"\n"), name


@settings(max_examples=25)
@given(graphs)
@pytest.mark.slow
def test_any_graph_can_be_published_and_verified(quads: list[Quad]) -> None:
    with TemporaryDirectory() as folder:
        place = Path(folder) / "dist"
        found = publish(quads, place, version="1.0.0", date="2026-01-31", about=ABOUT)
        assert verify(place) == []
        assert found.hash == canonical_hash(quads)


def test_the_same_bytes_under_another_seed_locale_and_time_zone(
    release: Release, tmp_path: Path
) -> None:
    script = (
        "import sys;"
        "from tests.publish.samples import publish, sample, QUERIES;"
        "publish(reversed(sample()), sys.argv[1], queries=QUERIES)"
    )
    results = []
    for number, (seed, zone, locale) in enumerate(
        [("0", "UTC", "C"), ("1234", "Pacific/Auckland", "C.UTF-8")]
    ):
        folder = tmp_path / str(number) / "dist"
        folder.parent.mkdir()
        environment = {
            **os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale,
            "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1",
        }  # fmt: skip
        subprocess.run(
            [sys.executable, "-W", "ignore", "-c", script, str(folder)],
            env=environment, cwd=ROOT, check=True,
        )  # fmt: skip
        results.append({name: (folder / name).read_bytes() for name in files_in(folder)})
    assert results[0] == results[1]
    whole = {name: (release.folder / name).read_bytes() for name in files_in(release.folder)}
    assert results[0]["all.nq"] == whole["all.nq"]


def test_a_knowledge_graph_is_published_with_what_it_inferred(tmp_path: Path) -> None:
    kg = KnowledgeGraph()
    kg.add(SAMPLE)
    kg.infer()
    release = publish(kg, tmp_path / "dist")
    inferred = (release.folder / "inferred.nq").read_text(encoding="utf-8")
    assert inferred.count("\n") == sum("_:" not in str(quad) for quad in kg.inference) == 1
    assert release.hash == canonical_hash(sample())
    kg.remove([sample()[0]])
    with pytest.raises(GlocalError, match="out of date"):
        publish(kg, tmp_path / "other")


def test_what_follows_of_a_thing_without_a_name_stays_out(tmp_path: Path) -> None:
    """A blank node of one file is none of another: nothing there would say what it is."""
    kg = KnowledgeGraph()
    kg.add(SAMPLE)
    p, q = (NamedNode(f"https://example.org/{name}") for name in "pq")
    below = NamedNode("http://www.w3.org/2000/01/rdf-schema#subPropertyOf")
    kg.add([Quad(_A, p, BlankNode()), Quad(_A, p, _A), Quad(p, below, q)])
    kg.infer()
    release = publish(kg, tmp_path / "dist")
    inferred = (release.folder / "inferred.nq").read_text(encoding="utf-8")
    assert f"{_A} {q} {_A}" in inferred
    assert "_:" not in inferred


def test_what_xml_cannot_say_is_left_out_and_said(tmp_path: Path) -> None:
    thing = NamedNode("https://example.org/random/thing")
    quads = [Quad(thing, NamedNode("https://example.org/random/1"), Literal("x"))]
    found = publish(quads, tmp_path / "dist", version="1.0.0", date="2026-01-31", about=ABOUT)
    assert not (tmp_path / "dist/all.rdf").exists()
    assert found.notes == (
        "all.rdf is left out: The predicate <https://example.org/random/1>"
        " does not end in an XML name.",
    )
    assert plain(found.notes[0]) in (tmp_path / "dist/README.md").read_text(encoding="utf-8")
    assert verify(tmp_path / "dist") == []


@pytest.mark.parametrize(
    "term",
    [Triple(_A, _A, _A), Literal("x", language="ar", direction=BaseDirection.RTL)],
    ids=["triple", "direction"],
)
def test_what_only_rdf_1_2_can_say_is_refused(tmp_path: Path, term: Triple | Literal) -> None:
    with pytest.raises(GlocalError, match=r"RDF 1\.2"):
        publish([Quad(_A, _A, term)], tmp_path / "dist", version="1.0.0", about=ABOUT)
    assert list(tmp_path.iterdir()) == []


def test_an_empty_title_is_no_title(tmp_path: Path) -> None:
    found = publish(sample(), tmp_path / "dist", about={"title": " "})
    assert found.facts.about.title["en"]


def test_all_that_is_missing_is_said_at_once(tmp_path: Path) -> None:
    a = NamedNode("urn:a")
    with pytest.raises(GlocalError) as caught:
        publish([Quad(a, a, a)], tmp_path / "dist", about={"base": ""})
    for name in ("title", "version", "date", "license", "publisher", "--base-url"):
        assert name in str(caught.value)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("date", ["today", "2026-02-30", "2026"])
def test_a_date_is_a_date(tmp_path: Path, date: str) -> None:
    with pytest.raises(GlocalError, match="date"):
        publish(sample(), tmp_path / "dist", date=date)


def test_another_version_than_the_ontology_says_is_noted(tmp_path: Path) -> None:
    release = publish(sample(), tmp_path / "dist", version="1.0.1")
    note = "The ontology calls itself version 1.0.0, the release is 1.0.1."
    assert release.notes == (note,)
    assert note in (tmp_path / "dist/README.md").read_text(encoding="utf-8")


def test_other_software_reads_the_dumps(release: Release) -> None:
    import rdflib

    sizes = {}
    for suffix, format_ in (("nt", "nt"), ("ttl", "turtle"), ("rdf", "xml")):
        graph = rdflib.Graph().parse(release.folder / f"all.{suffix}", format=format_)
        cities = graph.subjects(rdflib.RDF.type, rdflib.URIRef(f"{TERMS}City"))
        sizes[suffix] = (len(graph), sorted(map(str, cities)))
    assert sizes["nt"] == sizes["ttl"] == sizes["rdf"]
    assert sizes["nt"][0] == release.facts.counts.triples


@pytest.mark.parametrize("name", ["名" * 90, "C" * 252, "con", "Aux", "nul"])
def test_names_that_a_system_does_not_take(tmp_path: Path, name: str) -> None:
    space = "https://example.org/sample/terms#"
    thing = NamedNode(f"{space}thing")
    kind = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    graph = NamedNode(f"https://example.org/sample/graph/{name}")
    publish([*sample(), Quad(thing, kind, NamedNode(space + name), graph)], tmp_path / "dist")
    stems = {path.name.split(".")[0].lower() for path in (tmp_path / "dist").rglob("*")}
    assert not stems & {"con", "aux", "nul"}
    assert max(len(stem.encode()) for stem in stems) <= 80
    assert verify(tmp_path / "dist") == []


def test_a_prefix_that_is_none_is_left_out(tmp_path: Path) -> None:
    publish(edited(('"sample"', '"{ample"')), tmp_path / "dist")
    assert "{ample" not in (tmp_path / "dist/context.jsonld").read_text()
    assert verify(tmp_path / "dist") == []


def test_texts_are_no_markup_in_the_readme(tmp_path: Path) -> None:
    bad = "<script>alert(1)</script>\n# A heading\n[a](javascript:b)"
    publish(sample(), tmp_path / "dist", about={"title": bad, "description": bad})
    text = (tmp_path / "dist/README.md").read_text(encoding="utf-8")
    assert "<script>" not in text
    assert "\n# A heading" not in text
    assert "[a](" not in text


@pytest.mark.parametrize("alone", [False, True])
def test_the_readme_sends_to_files_that_are_there(tmp_path: Path, alone: bool) -> None:
    quads = [Quad(q.subject, q.predicate, q.object) for q in sample()] if alone else sample()
    made = publish(quads, tmp_path / "dist")
    text = (made.folder / "README.md").read_text(encoding="utf-8")
    sent = re.findall(r"^\| [^|]+ \| `([^`:]+)` \|$", text, re.MULTILINE)
    assert "all.trig" in sent
    assert ("graphs/" in sent) is not alone
    assert [one for one in sent if not (made.folder / one).exists()] == []


def test_the_code_of_the_readme_runs_in_the_release(tmp_path: Path) -> None:
    made = publish(sample(), tmp_path / "dist")
    text = (made.folder / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```python\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    assert blocks
    for block in blocks:
        command = [sys.executable, "-c", block]
        ran = subprocess.run(command, cwd=made.folder, capture_output=True, check=False)
        assert (ran.returncode, bool(ran.stdout.strip())) == (0, True), ran.stderr


def test_queries_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(GlocalError, match="no folder of queries"):
        publish(sample(), tmp_path / "dist", queries=tmp_path / "nowhere")


def test_nothing_to_publish(tmp_path: Path) -> None:
    with pytest.raises(GlocalError, match="empty"):
        publish([], tmp_path / "dist")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("moment", ["sorting", "counting", "all.trig", "tables", "README.md"])
def test_an_interruption_leaves_nothing(tmp_path: Path, moment: str) -> None:
    def interrupt(what: str) -> None:
        if what == moment:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        publish(sample(), tmp_path / "dist", progress=interrupt)
    assert list(tmp_path.iterdir()) == []


def test_an_error_in_the_stream_leaves_nothing(tmp_path: Path) -> None:
    def broken() -> Iterator[Quad]:
        yield from sample()
        raise OSError("the disk is gone")

    with pytest.raises(OSError, match="the disk is gone"):
        publish(broken(), tmp_path / "dist")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "end", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL], ids=lambda end: end.name
)
def test_a_command_that_is_stopped_leaves_no_half_release(
    tmp_path: Path, end: signal.Signals
) -> None:
    script = (
        "import sys, time\n"
        "from glocal_kg._cli import main, publish as verb\n"
        "def tell(what):\n"
        "    if what == 'tables':\n"
        "        print('now', flush=True); time.sleep(60)\n"
        "verb.Progress.tell = lambda self, what: tell(what)\n"
        "main(['publish', *sys.argv[1:]])\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path / "dist"), str(SAMPLE),
         "--base-url", "https://example.org/sample/release/1.0.0/"],
        env={**os.environ, "PYTHONPATH": str(ROOT)}, cwd=tmp_path,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        # Under a shell's background job or nohup signals are ignored, and children inherit that.
        preexec_fn=lambda: signal.signal(end, signal.SIG_DFL) if end != signal.SIGKILL else None,
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline() == b"now\n"
    assert list(tmp_path.glob("dist.tmp-*")), "it is in the middle of its work"
    process.send_signal(end)
    process.communicate()
    assert not (tmp_path / "dist").exists()
    if end is not signal.SIGKILL:  # after which nobody can clean up
        assert process.returncode == 130
    else:
        assert list(tmp_path.glob("dist.tmp-*"))
        publish(sample(), tmp_path / "dist")  # the next run does
        (tmp_path / "dist").rename(tmp_path.parent / "done")
    assert list(tmp_path.iterdir()) == []


def test_what_a_run_at_work_has_is_left_alone(tmp_path: Path) -> None:
    seen: list[str] = []

    def tell(what: str) -> None:
        if what == "tables" and not seen:
            seen.extend(path.name for path in tmp_path.glob("dist.tmp-*"))
            publish(sample(), tmp_path / "dist", replace=True)
            assert [path.name for path in tmp_path.glob("dist.tmp-*")] == seen

    publish(sample(), tmp_path / "dist", progress=tell, replace=True)
    assert seen
    assert [path.name for path in tmp_path.iterdir()] == ["dist"]


def test_progress_is_told(tmp_path: Path) -> None:
    told: list[str] = []
    publish(sample(), tmp_path / "dist", progress=told.append)
    assert told[0] == "sorting"
    assert {"counting", "all.nq", "tables", "void.ttl"} <= set(told)


def test_a_publisher_can_be_named_by_its_iri(tmp_path: Path) -> None:
    quads = edited(
        ('dcterms:publisher "Sample project"', "dcterms:publisher id:project"),
        ("id:rome a :City , :Capital", 'id:project rdfs:label "The project"@en . id:rome a :City'),
    )
    assert publish(quads, tmp_path / "dist").facts.about.publisher.name == "The project"


def test_a_link_stays_and_leads_to_the_release(tmp_path: Path) -> None:
    link = tmp_path / "link"
    (tmp_path / "real").mkdir()
    link.symlink_to("real")
    publish(sample(), link)
    assert link.is_symlink()
    assert (tmp_path / "real" / "all.nq").is_file()
