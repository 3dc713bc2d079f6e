"""Reading the map from the graph: everything, in order, in the language asked for."""

from __future__ import annotations

import pytest
from pyoxigraph import NamedNode, Quad

from glocal_kg._glocal.butterfly.content import read_map
from glocal_kg._rdf.store.facts import Facts
from glocal_kg.errors import GlocalError, NotFoundError, ParameterError

GROUPS = {
    "Principle": "principles",
    "AdverseTrend": "adverse",
    "FavorableTrend": "favorable",
    "AreaOfAttraction": "areas",
}


@pytest.mark.parametrize("language", ["en", "it", "fr"])
def test_every_element_in_order(study: Facts, graphs, language: str) -> None:
    content = read_map(study, languages=(language,))
    for kind, name in GROUPS.items():
        group = getattr(content, name)
        labels = graphs.LABELS[kind][language].split("|")
        assert [element.label for element in group.elements] == labels
        assert {element.language for element in group.elements} == {language}
        assert [element.iri for element in group.elements] == [
            f"{graphs.ID}{kind}-{100 - place}" for place in range(1, len(labels) + 1)
        ]
        assert group.heading.label == graphs.HEADINGS[kind][language]


def test_motto_and_poles_but_not_the_names_and_the_shape(study: Facts) -> None:
    content = read_map(study)
    assert [(pole.label, pole.printed) for pole in content.poles] == [
        ("minus pole", "-"),
        ("plus pole", "+"),
    ]
    assert [(motto.label, motto.printed) for motto in content.mottos] == [
        (
            "motto of the map",
            "The glocalization for INTERNATIONAL EQUITY & POVERTY REDUCTION",
        )
    ]


def test_labels_fall_back(graphs) -> None:
    store = graphs.store_of(
        'id:map a glocal:IdealMap ; rdfs:label "map"@en .'
        "id:c glocal:partOf id:map ; rdfs:label 'untagged' ."
        "[] glocal:element id:p1 ; schema:position 1 ; glocal:partOf id:c ; glocal:onMap id:map ."
        "id:p1 a glocal:Principle ; "
        "rdfs:label 'deutsch'@de , 'English'@en ."
        "[] glocal:element id:p2 ; schema:position 2 ; glocal:partOf id:c ; glocal:onMap id:map ."
        "id:p2 a glocal:Principle ; "
        "rdfs:label 'español'@es , 'deutsch'@de-AT ."
        "[] glocal:element id:p3 ; schema:position 3 ; glocal:partOf id:c ; glocal:onMap id:map ."
        "id:p3 a glocal:Principle ."
    )
    labels = [element.label for element in read_map(store, languages=("it",)).principles.elements]
    assert labels == ["English", "deutsch", "p3"]
    german = read_map(store, languages=("de",)).principles
    assert [element.label for element in german.elements] == ["deutsch", "deutsch", "p3"]
    assert german.elements[1].language.lower() == "de-at"
    assert german.heading is not None
    assert german.heading.label == "untagged"
    swiss = read_map(store, languages=("de-CH",)).principles
    assert swiss.elements[0].label == "deutsch"


def test_a_map_needs_no_lists(graphs) -> None:
    store = graphs.store_of(
        "id:map a glocal:IdealMap . [] glocal:onMap id:map ; glocal:element id:e ."
        "id:e a glocal:AreaOfAttraction ; rdfs:label 'x' ."
    )
    areas = read_map(store).areas
    assert [element.label for element in areas.elements] == ["x"]
    assert areas.heading is None  # the name of the map stands above the picture already


def test_one_element_stands_on_two_maps_at_different_places(graphs) -> None:
    store = graphs.store_of(
        "id:one a glocal:IdealMap . id:two a glocal:IdealMap ."
        "id:a a glocal:Principle . id:b a glocal:Principle ."
        "[] glocal:onMap id:one ; glocal:element id:a ; schema:position 1 ."
        "[] glocal:onMap id:one ; glocal:element id:b ; schema:position 2 ."
        "[] glocal:onMap id:two ; glocal:element id:b ; schema:position 1 ."
        "[] glocal:onMap id:two ; glocal:element id:a ; schema:position 2 ."
    )
    for name, order in (("one", ["a", "b"]), ("two", ["b", "a"])):
        content = read_map(store, map=f"{graphs.ID}{name}")
        assert [element.label for element in content.principles.elements] == order


def test_an_element_in_two_graphs_is_read_once(graphs) -> None:
    store = graphs.store_of(graphs.turtle(graphs.in_english(Principle=["one", "two"])))
    again = graphs.store_of(graphs.turtle(graphs.in_english(Principle=["one", "two"])))
    other = NamedNode("x:other")
    moved = [Quad(quad.subject, quad.predicate, quad.object, other) for quad in again]
    store = Facts.of([*store, *moved])
    assert len(read_map(store).principles.elements) == 2


def test_elements_of_another_map_stay_away(graphs, study: Facts) -> None:
    other = (
        "id:other a glocal:IdealMap ."
        "id:stranger a glocal:Principle . [] glocal:element id:stranger ; glocal:onMap id:other ."
    )
    store = graphs.store_of(graphs.turtle(graphs.of_the_study()) + other)
    with pytest.raises(GlocalError, match=r"2 ideal maps.*Name one.*id/map"):
        read_map(store)
    content = read_map(store, map=f"{graphs.ID}map")
    assert len(content.principles.elements) == 7
    stranger = read_map(store, map=NamedNode(f"{graphs.ID}other"))
    assert [element.label for element in stranger.principles.elements] == ["stranger"]


def test_errors_say_what_to_do(graphs, study: Facts) -> None:
    with pytest.raises(NotFoundError, match=r"no ideal map\. Start from gk\.load"):
        read_map(Facts.of([]))
    with pytest.raises(
        NotFoundError, match=r"no ideal map https://x/y\. It has https://.*id/map\."
    ):
        read_map(study, map="https://x/y")
    with pytest.raises(ParameterError, match="no IRI and the name of no map"):
        read_map(study, map="butterfly")
    with pytest.raises(NotFoundError, match="no principle, trend or area"):
        read_map(graphs.store_of("id:map a glocal:IdealMap ."))


def test_anything_with_a_store_will_do(study: Facts) -> None:
    class Holder:
        all_facts = study

    assert read_map(Holder()) == read_map(study)


def test_of_two_positions_of_an_element_the_first_counts(graphs) -> None:
    for first, second in ((1, 3), (3, 1)):
        store = graphs.store_of(
            "id:map a glocal:IdealMap . id:a a glocal:Principle . id:b a glocal:Principle ."
            f"[] glocal:onMap id:map ; glocal:element id:a ; schema:position {first} ."
            "[] glocal:onMap id:map ; glocal:element id:b ; schema:position 2 ."
            f"[] glocal:onMap id:map ; glocal:element id:a ; schema:position {second} ."
        )
        assert [one.label for one in read_map(store).principles.elements] == ["a", "b"]
