"""The corpus report: all parts, the same bytes, nothing from elsewhere."""

from __future__ import annotations

import functools
import re
from dataclasses import fields
from html.parser import HTMLParser

import pytest

import glocal_kg as gk
from glocal_kg._cli import run
from glocal_kg._glocal import butterfly
from glocal_kg._glocal.corpusreport.corpus_folder import corpus_files
from glocal_kg._glocal.corpusreport.html import html
from glocal_kg._glocal.corpusreport.markdown import markdown
from glocal_kg._glocal.corpusreport.plain_page import PageTable, ReportDocument, Section
from glocal_kg._glocal.corpusreport.reporting import CorpusReport, report
from glocal_kg._glocal.corpusreport.words import EN, FR, IT, ReportWords
from glocal_kg.errors import ParameterError, ReadError

from ..conftest import CORPUS, RATINGS, XSD


@pytest.fixture(autouse=True, scope="module")
def butterflies_drawn_once():
    """The same map is laid out once: tests of its own see that it is always the same."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(butterfly, "lay_out", functools.cache(butterfly.lay_out))
        yield


@pytest.fixture
def folder(tmp_path):
    home = tmp_path / "corpus"
    (home / "more").mkdir(parents=True)
    head = XSD + "".join(line + "\n" for line in CORPUS.splitlines() if line.startswith("@"))
    (home / "practices.ttl").write_text(head + CORPUS, encoding="utf-8")
    (home / "more" / "ratings.ttl").write_text(head + RATINGS, encoding="utf-8")
    (home / ".hidden.ttl").write_text("no turtle", encoding="utf-8")
    (home / "notes.txt").write_text("no facts", encoding="utf-8")
    return home


class Loads(HTMLParser):
    """Whatever a browser would fetch, and ids that stand twice."""

    def __init__(self) -> None:
        super().__init__()
        self.fetched: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if "id" in given:
            self.ids.append(given["id"])
        if tag in ("script", "link", "img", "iframe", "object", "embed", "image", "use"):
            self.fetched.append(tag)
        if "src" in given:
            self.fetched.append(given["src"])


def test_the_report_has_every_part_and_loads_nothing(folder, tmp_path, capsys):
    target = tmp_path / "report.html"
    code = run(["report", str(folder), "-o", str(target), "--resamples", "20"])
    assert code in (0, 1)
    page = target.read_text(encoding="utf-8")
    for heading in (
        "What is in it, and where from",
        "Findings",
        "Map",
        "Criteria",
        "Networks",
        "What was inferred",
        "How to cite",
    ):
        assert f">{heading}</h2>" in page
    assert "practices.ttl" in page
    assert "more/ratings.ttl" in page
    assert ".hidden.ttl" not in page
    assert "alpha ordinal" in page
    assert "meeting of choirs" in page
    loads = Loads()
    loads.feed(page)
    assert loads.fetched == []
    assert len(set(loads.ids)) == len(loads.ids)
    assert not re.search(r"url\((?!#)", page)
    assert "@import" not in page


def test_the_same_corpus_gives_the_same_bytes(folder, tmp_path):
    pages = []
    for name in ("one.html", "two.html"):
        run(["report", str(folder), "-o", str(tmp_path / name), "--resamples", "20"])
        pages.append((tmp_path / name).read_bytes())
    assert pages[0] == pages[1]


@pytest.mark.slow
def test_nodes_without_a_name_give_the_same_bytes_too():
    corpus = """@prefix glocal: <https://w3id.org/glocal/ontology#> .
      @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
      @prefix geo: <http://www.w3.org/2003/01/geo/wgs84_pos#> .
      [] a glocal:Practice ; rdfs:label "one" ; glocal:participant _:a , _:b , _:c , <urn:d> .
      <urn:p> a glocal:Practice ; glocal:participant _:c , _:d , _:a , [ rdfs:label "e" ] .
      _:a a glocal:City ; rdfs:label "a" ; geo:lat 1 ; geo:long 2 . _:b a glocal:City .
      _:c rdfs:label "c" ; geo:lat 5 ; geo:long 5 . _:d rdfs:label "d" ."""
    pages = set()
    for _ in range(2):
        kg = gk.load()
        kg.add(gk.Text(corpus, "turtle"))
        pages.add(report(kg, resamples=5).to_html())
    assert len(pages) == 1


def test_a_report_on_one_source_leaves_out_the_others(folder, tmp_path):
    target = tmp_path / "one.html"
    run(["report", str(folder), "--source", "ratings", "-o", str(target), "--resamples", "5"])
    page = target.read_text(encoding="utf-8")
    assert "alpha ordinal" in page
    assert "Nobody takes part in a practice" in page  # the practices are of the other file


def test_every_table_and_picture_says_what_made_it_and_its_sources(folder):
    kg = gk.load()
    for path in (folder / "practices.ttl", folder / "more" / "ratings.ttl"):
        kg.add(path)
    blocks = [
        block for section in kg.report(resamples=5).document.sections for block in section.blocks
    ]
    told = [block for block in blocks if not isinstance(block, str)]
    assert len(told) > 15
    assert [one.caption for one in told if not one.made_by] == []
    assert [one.caption for one in told if not one.sources] == ["Named graphs"]


def test_markdown_has_its_pictures_beside_it(folder, tmp_path, capsys):
    target = tmp_path / "paper.md"
    run(["report", str(folder), "-o", str(target), "--resamples", "20", "--date", "2026-11-30"])
    text = target.read_text(encoding="utf-8")
    assert text.startswith("# Report on a corpus\n\n2026-11-30. ")
    named = re.findall(r"!\[[^\]]*\]\(([^)]+)\)", text)
    assert named == [f"paper-{name}.svg" for name in ("world", "butterfly", "spread", "network")]
    assert sorted(path.name for path in tmp_path.glob("paper*")) == sorted([*named, "paper.md"])


def test_a_graph_without_a_corpus_has_a_report_that_says_so():
    kg = gk.load()
    page = report(kg, resamples=5).to_html()
    assert "No practice is rated." in page
    assert "there is nothing to map" in page
    assert "Partnerships: no links." in page


@pytest.mark.parametrize(
    ("language", "heading", "reason"),
    [
        ("it", "Che cosa è stato inferito", "scala dichiarata"),
        ("fr", "Ce qui a été inféré", "échelle déclarée"),
    ],
)
def test_its_sentences_are_in_the_language_asked_for(folder, tmp_path, language, heading, reason):
    target = tmp_path / "r.html"
    run(["report", str(folder), "-o", str(target), "--resamples", "20", "--lang", language])
    page = target.read_text(encoding="utf-8")
    assert f'<html lang="{language}">' in page
    assert heading in page
    assert reason in page
    for english in (" from https", "Made by", "undefined:", "No links", "declared", "ordinal)"):
        assert english not in page


def test_the_language_of_the_page_is_that_of_its_pictures():
    kg = gk.load()
    kg.add(gk.Text(XSD + CORPUS, "turtle"))
    page = report(kg, resamples=5, language="it").to_html()
    assert "Pratiche e partenariati" in page
    assert "Prima mappa ideale" in page
    assert ">Roma<" in page


def test_all_words_are_there_in_each_language():
    for one in fields(ReportWords):
        texts = [getattr(words, one.name) for words in (EN, IT, FR)]
        if isinstance(texts[0], str):
            places = [sorted(re.findall(r"\{\w+\}", text)) for text in texts]
        elif isinstance(texts[0], dict):
            places = [sorted(text) for text in texts]
        else:
            places = [len(text) for text in texts]
        assert places[0] == places[1] == places[2], one.name


def test_a_score_off_its_scale_is_said_and_the_page_is_made(folder, tmp_path):
    path = folder / "more" / "ratings.ttl"
    path.write_text(path.read_text("utf-8").replace("score 5", "score 9"), encoding="utf-8")
    target = tmp_path / "r.md"
    assert run(["report", str(folder), "-o", str(target), "--resamples", "20"]) == 1
    text = target.read_text(encoding="utf-8")
    assert "The ratings cannot be reckoned with: " in text
    assert "the value '9'" in text
    assert "## How to cite" in text


def test_what_was_inferred_is_about_the_corpus():
    kg = gk.load()
    kg.add(gk.Text("<urn:a> <https://w3id.org/glocal/ontology#partOf> <urn:b> .", "turtle"))
    text = report(kg, resamples=5).to_markdown()
    told = text[text.index("## What was inferred") : text.index("## How to cite")]
    assert "Is Part Of" in told
    assert "attested in" not in told  # only the packaged graph has such facts


def test_a_folder_without_facts_is_refused(tmp_path):
    with pytest.raises(ReadError, match="no file of facts"):
        corpus_files(tmp_path)
    assert run(["report", str(tmp_path / "none"), "-o", "x.html"]) == 2


def test_another_suffix_is_refused():
    with pytest.raises(ParameterError, match=r"\.html or \.md"):
        CorpusReport(ReportDocument("t", "s")).write("report.pdf")


def test_text_of_the_corpus_is_text_in_the_page():
    evil = "<script>alert('x')</script> | *a* [b](http://c)\nd"
    table = PageTable(evil, (evil,), ((evil,), (1.5,), (None,)), evil, (evil,))
    document = ReportDocument(evil, evil, (Section(evil, (evil, table)),))
    assert "<script>" not in html(document)
    text = markdown(document, "x")
    assert "<script>" not in text.replace("\\<", "")
    assert "\\| \\*a\\*" in text


@pytest.mark.parametrize(
    ("language", "told"),
    [("en", "no practice was rated by two of them"), ("fr", "aucune pratique n'est évaluée par")],
)
def test_ratings_by_one_rater_each_are_told_in_one_sentence(language, told):
    kg = gk.load()
    kg.add(
        gk.Text(
            """@prefix glocal: <https://w3id.org/glocal/ontology#> .
            <urn:p> a glocal:Practice . <urn:q> a glocal:Practice .
            <urn:x> a glocal:Assessment ; glocal:assesses <urn:p> ; glocal:onCriterion <urn:c> ;
                glocal:by <urn:ann> ; glocal:score 2 .
            <urn:y> a glocal:Assessment ; glocal:assesses <urn:q> ; glocal:onCriterion <urn:c> ;
                glocal:by <urn:bob> ; glocal:score 3 .""",
            "turtle",
        )
    )
    text = report(kg, resamples=5, language=language).to_markdown()
    assert text.count(told) == 1
    for table in ("undefined", "non défini", "Most disputed", "Les plus disputées"):
        assert table not in text


@pytest.mark.parametrize(
    ("language", "told", "kind"),
    [
        ("en", "It has glocal:locatedIn, which belongs", "activity"),
        ("it", "Ha glocal:locatedIn, che appartiene", "attività"),
        ("fr", "Porte glocal:locatedIn, qui appartient", "activité"),
    ],
)
def test_findings_classes_and_properties_are_told_in_its_language(language, told, kind):
    kg = gk.load()
    kg.add(
        gk.Text(
            """@prefix glocal: <https://w3id.org/glocal/ontology#> .
            <urn:o> a glocal:Organization ; glocal:locatedIn <urn:s> . <urn:s> a glocal:City .
            <urn:a> a <http://www.w3.org/ns/prov#Activity> .""",
            "turtle",
        )
    )
    text = report(kg, resamples=5, language=language).to_markdown()
    assert told in text
    assert f"| {kind} |" in text
    assert language == "en" or "It has" not in text
