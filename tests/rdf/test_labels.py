"""What things are named by: the usual properties, and those a user declares below them."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode, Quad

from glocal_kg._rdf.labels import LABELS, Labels, label_properties, own_properties, subproperties
from glocal_kg._rdf.namespaces import FOAF, RDFS, SKOS
from glocal_kg._rdf.store.facts import Facts
from glocal_kg._study.vocab import GLOCAL

NAME, TITLE = NamedNode("urn:name"), NamedNode("urn:title")


def below(*pairs: tuple[NamedNode, NamedNode]) -> Facts:
    return Facts.of([Quad(low, RDFS.subPropertyOf, high) for low, high in pairs])


def test_a_property_names_things_however_far_below() -> None:
    facts = below((TITLE, NAME), (NAME, RDFS.label), (RDFS.label, TITLE))
    assert label_properties(subproperties(facts)) == (*LABELS, NAME, TITLE)
    assert label_properties(subproperties(Facts.of([]))) == LABELS


def test_what_known_vocabularies_declare_below_is_no_name_of_the_user() -> None:
    facts = below(
        (SKOS.altLabel, RDFS.label), (SKOS.prefLabel, RDFS.label), (FOAF.name, RDFS.label)
    )
    assert label_properties(subproperties(facts)) == LABELS


def test_each_property_has_its_own_below_it() -> None:
    facts = below((TITLE, RDFS.label), (NAME, GLOCAL.statedIn))
    assert own_properties(subproperties(facts), GLOCAL.statedIn) == [NAME]


def test_a_label_comes_before_a_name_of_the_user() -> None:
    node = NamedNode("urn:x")
    facts = list(below((TITLE, RDFS.label)))
    facts += [Quad(node, TITLE, Literal("own")), Quad(node, FOAF.name, Literal("a name"))]
    assert str(Labels(lambda: Facts.of(facts), ("en",))(node)) == '"own"'
    facts.append(Quad(node, RDFS.label, Literal("label")))
    assert str(Labels(lambda: Facts.of(facts), ("en",))(node)) == '"label"'


def test_a_language_is_no_part_of_the_name_of_another() -> None:
    node = NamedNode("urn:x")
    facts = Facts.of(
        [Quad(node, RDFS.label, Literal(tag, language=tag)) for tag in ("frp", "en", "it-CH")]
    )
    found = {tag: Labels(lambda: facts, (tag,))(node) for tag in ("fr", "it", "frp")}
    assert {tag: str(label) for tag, label in found.items()} == {
        "fr": '"en"@en', "it": '"it-CH"@it-ch', "frp": '"frp"@frp',
    }  # fmt: skip
