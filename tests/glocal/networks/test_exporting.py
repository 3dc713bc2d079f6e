"""Files of networks, opened by readers that are not ours."""

from __future__ import annotations

import datetime
import json
import re
from xml.etree import ElementTree

import networkx as nx
import pytest

from glocal_kg._glocal.networks.building import Link, NetworkNode, build
from glocal_kg._glocal.networks.exporting import export
from glocal_kg.errors import GlocalError, ParameterError

NODES = [
    NetworkNode(
        "city:suva",
        'Suva "<&>',
        "City",
        (-18.14, 178.44),
        {"names": ["Washington, D.C.", 'a|"b"'], "founded": datetime.date(1953, 10, 1), "n": 1},
    ),
    NetworkNode("city:apia", "Apia\x07", "City", (-13.83, -171.77), {"n": 2.5, "big": True}),
    NetworkNode("city:none", "Nowhere", "City", None, {"n": None, "names": []}),
]
LINKS = [
    Link("city:suva", "city:apia", "twinning", "t:1", 2.0, {"since": datetime.date(2003, 7, 1)}),
    Link("city:suva", "city:apia", "twinning", "t:2", 1.0, {"since": None, "roles": ["x", "y"]}),
    Link("city:apia", "city:none", "twinning", "t:3"),
]


def named(path):
    """A GraphML file as networkx reads it, its nodes by their identifiers."""
    found = nx.read_graphml(path)
    return nx.relabel_nodes(found, nx.get_node_attributes(found, "identifier"))


@pytest.fixture(params=[False, True], ids=["undirected", "directed"])
def graph(request):
    return build(NODES, LINKS, directed=request.param)


@pytest.mark.parametrize(
    ("suffix", "read"), [(".gexf", nx.read_gexf), (".graphml", lambda path: named(path))]
)
def test_readers_of_networkx_find_everything(graph, tmp_path, suffix, read):
    again = read(export(graph, tmp_path / f"net{suffix}"))
    assert again.is_directed() == graph.is_directed()
    assert again.is_multigraph()
    assert (again.number_of_nodes(), again.number_of_edges()) == (3, 3)
    suva, nowhere = again.nodes["city:suva"], again.nodes["city:none"]
    assert suva["name"] == 'Suva "<&>'
    assert json.loads(suva["names"]) == ["Washington, D.C.", 'a|"b"']
    assert suva["founded"] == "1953-10-01"
    assert suva["lat"] == -18.14
    assert suva["n"] == 1.0
    assert again.nodes["city:apia"]["big"] is True
    assert "n" not in nowhere  # missing, and neither 0 nor an empty text
    assert "lat" not in nowhere
    assert nowhere["names"] == "[]"
    assert again.nodes["city:apia"]["name"] == "Apia\ufffd"
    links = [data for *_, data in again.edges(data=True)]
    assert [link.get("since") for link in links].count("2003-07-01") == 1
    assert [link.get("roles") for link in links].count('["x", "y"]') == 1


def test_gephi_finds_a_list_and_a_weight(graph, tmp_path):
    root = ElementTree.parse(export(graph, tmp_path / "net.gexf")).getroot()
    space = "{http://gexf.net/1.3}"
    kinds = {one.get("title"): one.get("type") for one in root.iter(f"{space}attribute")}
    assert kinds["names"] == "liststring"
    assert (kinds["n"], kinds["big"], kinds["founded"]) == ("double", "boolean", "string")
    edges = list(root.iter(f"{space}edge"))
    assert [edge.get("weight") for edge in edges].count("2.0") == 1
    assert len({edge.get("id") for edge in edges}) == 3


def test_a_file_says_what_made_it_and_prints_names_and_keys(tmp_path):
    graph = build(NODES, LINKS, query="SELECT <&>", sources=["https://example.org/g"])
    again = named(export(graph, tmp_path / "net.graphml"))
    assert again.graph["query"] == "SELECT <&>"
    assert json.loads(again.graph["sources"]) == ["https://example.org/g"]
    assert again.nodes["city:suva"]["label"] == 'Suva "<&>'
    assert {data["label"] for *_, data in again.edges(data=True)} == {"t:1", "t:2", "t:3"}
    written = ElementTree.parse(export(graph, tmp_path / "net.gexf")).getroot()
    space = "{http://gexf.net/1.3}"
    assert "query: SELECT <&>" in (written.findtext(f"{space}meta/{space}description") or "")
    assert {edge.get("kind") for edge in written.iter(f"{space}edge")} == {"twinning"}
    places = json.loads(export(graph, tmp_path / "net.geojson").read_text(encoding="utf-8"))
    assert places["about"]["sources"] == ["https://example.org/g"]


NMTOKEN = re.compile(r"[\w.:-]+")
SPACE = "{http://graphml.graphdrawing.org/xmlns}"


def test_graphml_keeps_what_its_schema_asks_of_ids_and_names(tmp_path):
    graph = nx.MultiGraph(**{"made by": "me"})
    graph.add_node("https://example.org/a", **{"date founded": "1953", "date_founded": "1954"})
    graph.add_node(3, **{"²": "odd"})
    for key in ("https://example.org/t 1", None):
        graph.add_edge("https://example.org/a", 3, key=key)
    path = export(graph, tmp_path / "net.graphml")
    root = ElementTree.parse(path).getroot()
    ids = [one.get("id") for one in root.iter() if one.get("id") is not None]
    refs = [
        end for one in root.iter(f"{SPACE}edge") for end in (one.get("source"), one.get("target"))
    ]
    names = [one.get("attr.name") for one in root.iter(f"{SPACE}key")]
    assert all(NMTOKEN.fullmatch(one) for one in (*ids, *refs, *names))
    assert len(set(ids)) == len(ids)
    assert set(refs) <= set(ids)
    assert {one.get("attr.type") for one in root.iter(f"{SPACE}key")} <= {"int", "string"}
    again = named(path)
    assert again.nodes["https://example.org/a"]["date_founded"] == "1953"
    assert again.nodes["https://example.org/a"]["date_founded_2"] == "1954"
    assert again.nodes["3"]["_"] == "odd"
    keys = [data.get("identifier") for *_, data in again.edges(data=True)]
    assert sorted(keys) == ["1", "https://example.org/t 1"]


def test_geojson_cuts_at_the_antimeridian_and_keeps_what_has_no_place(graph, tmp_path):
    found = json.loads(export(graph, tmp_path / "net.geojson").read_text(encoding="utf-8"))
    features = {f["properties"].get("key") or f["properties"]["id"]: f for f in found["features"]}
    assert features["city:suva"]["geometry"]["coordinates"] == [178.44, -18.14]
    assert features["city:suva"]["properties"]["names"] == ["Washington, D.C.", 'a|"b"']
    assert features["city:none"]["geometry"] is None
    assert features["city:none"]["properties"]["n"] is None
    assert features["t:3"]["geometry"] is None
    line = features["t:1"]["geometry"]
    assert line["type"] == "MultiLineString"
    for part in line["coordinates"]:
        lons = [lon for lon, _ in part]
        assert max(lons) - min(lons) < 20
    assert features["t:1"]["properties"]["since"] == "2003-07-01"


@pytest.mark.parametrize("suffix", [".gexf", ".graphml", ".geojson"])
def test_the_same_graph_gives_the_same_bytes(tmp_path, suffix):
    one = export(build(NODES, LINKS), tmp_path / f"one{suffix}").read_bytes()
    turned = build(NODES[::-1], LINKS[::-1])
    assert export(turned, tmp_path / f"two{suffix}").read_bytes() == one


def test_a_graph_without_keys_is_written_too(tmp_path):
    path = export(nx.path_graph(3), tmp_path / "net.gexf")
    assert nx.read_gexf(path).number_of_edges() == 2


def test_a_failed_export_leaves_no_file_and_spares_the_one_that_stands(tmp_path, monkeypatch):
    target = tmp_path / "net.gexf"
    target.write_text("before")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", fail)
    with pytest.raises(GlocalError, match="No space left"):
        export(build(NODES, LINKS), target)
    assert [path.name for path in tmp_path.iterdir()] == ["net.gexf"]
    assert target.read_text() == "before"


def test_an_attribute_that_cannot_be_shown_leaves_no_file(tmp_path):
    class Broken:
        def __str__(self) -> str:
            raise ValueError("no text")

    with pytest.raises(ValueError, match="no text"):
        export(build([NetworkNode("a", attributes={"x": Broken()})], []), tmp_path / "net.graphml")
    assert list(tmp_path.iterdir()) == []


def test_another_suffix_is_refused(tmp_path):
    with pytest.raises(ParameterError, match=r"\.gexf, \.graphml, \.geojson"):
        export(build(NODES, LINKS), tmp_path / "net.pdf")


def test_a_network_is_written_as_a_picture_too(tmp_path):
    assert "links: 3" in export(build(NODES, LINKS), tmp_path / "net.svg").read_text("utf-8")
