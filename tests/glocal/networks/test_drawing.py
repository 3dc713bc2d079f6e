"""A network as a picture: said in words, the same each time, without its last nodes."""

from __future__ import annotations

from xml.etree import ElementTree

from glocal_kg._glocal.networks.building import Link, NetworkNode, build
from glocal_kg._glocal.networks.drawing import draw_network


def test_a_network_is_drawn_and_said():
    links = [Link("a", "b", key="1"), Link("b", "c", key="2"), Link("a", "b", key="3")]
    graph = build(
        [NetworkNode("a", "A <b> & 東京"), NetworkNode("z", "Alone")],
        links,
        projection="partnerships",
    )
    svg = draw_network(graph).svg
    root = ElementTree.fromstring(svg)
    assert root[0].text == "Partnerships (nodes: 4, links: 3)"
    assert "b (3)" in root[1].text
    assert svg.count("<circle") == 4
    assert svg.count("<path") == 2  # parallel links are one wider line
    assert (
        draw_network(
            build(
                [NetworkNode("z", "Alone"), NetworkNode("a", "A <b> & 東京")],
                links[::-1],
                projection="partnerships",
            )
        ).svg
        == svg
    )


def test_what_is_not_shown_is_said_in_three_languages():
    graph = build([], [Link(f"n{n}", f"n{n + 1}", key=str(n)) for n in range(200)])
    for language, note in (
        ("en", "The 90 nodes with most links of 201."),
        ("it", "I 90 nodi con più legami su 201."),
        ("fr", "Les 90 nœuds avec le plus de liens sur 201."),
    ):
        picture = draw_network(graph, language=language)
        assert note in picture.svg
        assert picture.svg.count("<circle") == 90
    assert draw_network(graph, most=40).png(width=300)[:4] == b"\x89PNG"


def test_an_empty_network_is_an_empty_circle():
    assert "(nodes: 0, links: 0)" in draw_network(build([], [])).svg
