"""The verbs of the study on a graph, and the names through the door."""

from __future__ import annotations

import re
from importlib import import_module
from inspect import signature

import pytest

import glocal_kg as gk

EX = "https://example.org/"
MAPPING = """name: corpus
language: en
things:
  town:
    class: glocal:City
    key: name
    columns:
      name: rdfs:label
      lat: {property: geo:lat, type: number}
      long: {property: geo:long, type: number}
"""


def test_things_are_got_from_the_graph(corpus):
    assert len(corpus.practices(participant=EX + "rome")) == 2
    assert corpus.cities()[2].label == "Rome"
    assert isinstance(corpus.get(EX + "port"), gk.Practice)


def test_ratings_are_rated(corpus):
    report = corpus.rate(resamples=0, coefficients=["percent"])
    assert report["universality"]["percent"].value == 0.5
    assert isinstance(corpus.ratings(), gk.Ratings)
    assert gk.rate(corpus.ratings(), resamples=0).overall.units == 5
    assert len(report.to_pandas()) == 3
    corpus.add(gk.measurements(report, "x", date="2026-11-30"))


def test_networks_are_measured_and_written(corpus, tmp_path):
    graph = corpus.network()
    assert gk.measure(graph).pairs == 3
    assert gk.export(graph, tmp_path / "net.geojson").exists()


def test_maps_show_themselves(corpus):
    picture = corpus.map(world=True, size="phone")
    assert isinstance(picture, gk.Picture)
    assert picture._repr_svg_().startswith("<svg")


def test_a_report_is_written(corpus, tmp_path):
    written = corpus.report(resamples=5, title="Mine").write(tmp_path / "report.html")
    assert "<h1>Mine</h1>" in written[0].read_text(encoding="utf-8")


@pytest.mark.slow
def test_all_verbs_read_the_name_of_a_source_alike(tmp_path):
    table = tmp_path / "corpus.csv"
    table.write_text("name,lat,long\nSuva,-18.14,178.44\n", encoding="utf-8")
    mapping = tmp_path / "corpus.yaml"
    mapping.write_text(MAPPING, encoding="utf-8")
    kg = gk.load()
    kg.import_table(table, mapping, match=False)
    for source in ("corpus", "corpus.csv", ["corpus"]):
        assert [city.label for city in kg.cities(source=source)] == ["Suva"]
        kg.practices(source=source)
        kg.network(source=source)
        kg.ratings(source=source)
        with pytest.warns(UserWarning, match="Nobody takes part"):
            kg.map(world=True, source=source)
        kg.map(practices=source)
    for ask in (
        kg.cities,
        kg.network,
        kg.ratings,
        lambda source: kg.map(world=True, source=source),
    ):
        with pytest.raises(gk.NotFoundError, match="no graph 'nowhere'"):
            ask(source="nowhere")


NOT_THE_SAME = {"language": "lang", "coefficients": "coefficient", "kind": "", "graph": ""}
"""Arguments that the command calls otherwise; those without a name stand without one."""


@pytest.mark.parametrize(
    ("verb", "functions"),
    [
        ("rate", (gk.KnowledgeGraph.rate, gk.KnowledgeGraph.ratings)),
        ("network", (gk.KnowledgeGraph.network, gk.measure)),
        ("map", (gk.KnowledgeGraph.map,)),
        ("report", (gk.KnowledgeGraph.report,)),
        ("practices", (gk.KnowledgeGraph.practices,)),
        ("cities", (gk.KnowledgeGraph.cities,)),
    ],
)
def test_the_command_has_every_argument_by_its_name(verb, functions):
    options = {option.key for option in import_module(f"glocal_kg._cli.{verb}").VERB.options}
    asked = {name for one in functions for name in signature(one).parameters} - {"self"}
    wanted = {NOT_THE_SAME.get(name, name.replace("_", "-")) for name in asked} - {""}
    assert wanted <= options


def test_a_language_without_words_is_said():
    with pytest.warns(UserWarning, match="no names in 'xx'"):
        kg = gk.load(languages=["xx"])
    with pytest.warns(UserWarning, match="no words in 'xx'"):
        assert 'lang="en"' in kg.map().svg
    with pytest.warns(UserWarning, match="no words in 'de'"):
        gk.KnowledgeGraph(languages=["fr"]).report(language="de", resamples=0)
    rows = [{"unit": n, "ann": n % 2, "bob": 1} for n in range(4)]
    with pytest.warns(UserWarning, match="no words in 'de'"):
        report = gk.rate(gk.read_ratings(rows), language="de", resamples=0)
    assert report.language == "en"
    gk.load(languages=["xx", "en"])  # who names what comes next is not told


@pytest.mark.parametrize("language", ["it", "fr"])
def test_ratings_and_networks_are_told_in_the_language_asked_for(corpus, language):
    rows = [{"unit": n, "ann": n % 3, "bob": n % 2, "eva": 1 if n else None} for n in range(6)]
    ratings, graph = gk.read_ratings(rows, scale="0-2"), corpus.network()
    told = [gk.rate(ratings, language=tag, resamples=20) for tag in ("en", language)]
    measured = [gk.measure(graph, language=tag) for tag in ("en", language)]
    for english, other in (told, measured):
        assert english.to_csv().splitlines()[0] == other.to_csv().splitlines()[0]
        for shape in ("to_text", "to_html"):
            left, right = (re.split(r"[\n<>]", getattr(one, shape)()) for one in (english, other))
            same = {line for line in {*left} & {*right} if re.search("[a-z]{4}.* [a-z]{4}", line)}
            assert not same - {figure.name for figure in told[0].criteria[0].figures}
