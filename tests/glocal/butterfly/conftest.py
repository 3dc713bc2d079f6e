"""A small graph of our own in the pattern of the data."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from pyoxigraph import RdfFormat, parse

from glocal_kg._rdf.store.facts import Facts

ID = "https://w3id.org/glocal/id/"
PREFIXES = f"""
@prefix glocal: <https://w3id.org/glocal/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix id: <{ID}> .
"""
LABELS = {
    "Principle": {
        "en": "vision|assumption|peace-building|stability|city|globalization|knowledge",
        "it": "visione|assunto|costruzione della pace|stabilità|città|globalizzazione|conoscenza",
        "fr": "vision|postulat|construction de la paix|stabilité|ville|mondialisation|connaissance",
    },
    "AdverseTrend": {
        "en": "strength of war|“fuel” of conflict|weakness of peace|limits of politics|"
        "problems of international cooperation",
        "it": "forza della guerra|«carburante» del conflitto|debolezza della pace|"
        "limiti della politica|problemi della cooperazione internazionale",
        "fr": "force de la guerre|« carburant » du conflit|faiblesse de la paix|"
        "limites de la politique|problèmes de la coopération internationale",
    },
    "FavorableTrend": {
        "en": "positive outcomes of globalization|glocal signs|consensus for reform|"
        "links of glocalization|going downstream",
        "it": "esiti positivi della globalizzazione|segnali glocali|consenso per la riforma|"
        "legami della glocalizzazione|seguire la corrente",
        "fr": "résultats positifs de la mondialisation|signes glocaux|consensus pour la réforme|"
        "liens de la glocalisation|aller dans le sens du courant",
    },
    "AreaOfAttraction": {
        "en": "city diplomacy|culture|youth|socio-economic|ICT|sport|tourism",
        "it": "diplomazia delle città|cultura|giovani|socio-economico|ICT|sport|turismo",
        "fr": "diplomatie des villes|culture|jeunesse|socio-économique|TIC|sport|tourisme",
    },
}
HEADINGS = {
    "Principle": {"en": "axis of principles", "it": "asse dei principi", "fr": "axe des principes"},
    "AdverseTrend": {
        "en": "adverse trends",
        "it": "tendenze avverse",
        "fr": "tendances défavorables",
    },
    "FavorableTrend": {
        "en": "favorable trends",
        "it": "tendenze favorevoli",
        "fr": "tendances favorables",
    },
    "AreaOfAttraction": {
        "en": "areas of attraction",
        "it": "aree di attrazione",
        "fr": "domaines d'attraction",
    },
}


def literals(labels: dict[str, str]) -> str:
    """Turtle for labels by language."""
    return " , ".join(
        '"{}"@{}'.format(text.replace("\\", "\\\\").replace('"', '\\"'), language)
        for language, text in labels.items()
    )


def turtle(elements: dict[str, list[dict[str, str]]], picture: bool = True) -> str:
    """A map with these elements: class name to labels by language, in order."""
    title = {"en": "ideal map of glocalization", "it": "mappa ideale della glocalizzazione"}
    text = f"id:map a glocal:IdealMap ; skos:prefLabel {literals(title)} .\n"
    for kind, listed in elements.items():
        text += (
            f"id:{kind} a glocal:MapComponent ; glocal:componentOf id:map ; "
            f"skos:prefLabel {literals(HEADINGS[kind])} .\n"
        )
        # Written backward and with IRIs that sort backward: the order is in the positions alone.
        for place in range(len(listed), 0, -1):
            text += (
                f"id:{kind}-{100 - place} a glocal:{kind} ; glocal:position {place} ; "
                f"skos:prefLabel {literals(listed[place - 1])} ; glocal:elementOf id:{kind} .\n"
            )
    if picture:
        text += PICTURE
    return text


PICTURE = """
id:shape a glocal:PictureElement ; skos:prefLabel "form of a butterfly"@en ; glocal:shownOn id:map .
id:minus a glocal:PictureElement ; skos:prefLabel "minus pole"@en ; glocal:text "-" ;
    glocal:position 1 ; glocal:shownOn id:map .
id:plus a glocal:PictureElement ; skos:prefLabel "plus pole"@en ; glocal:text "+" ;
    glocal:position 2 ; glocal:shownOn id:map .
id:motto a glocal:PictureElement ; skos:prefLabel "motto of the map"@en ; glocal:shownOn id:map ;
    glocal:text "The glocalization for INTERNATIONAL EQUITY & POVERTY REDUCTION" .
id:label-fuel a glocal:PictureElement ; skos:prefLabel "label of a trend"@en ;
    glocal:text "fuel" ; glocal:about id:AdverseTrend-2 ; glocal:shownOn id:map .
"""


def store_of(text: str) -> Facts:
    """A store with the facts in a graph of their own, as packaged data has them."""
    return Facts.of(parse(f"{PREFIXES} GRAPH id:graph {{ {text} }}", RdfFormat.TRIG))


def of_the_study() -> dict[str, list[dict[str, str]]]:
    """The elements of the study in three languages."""
    return {
        kind: [
            dict(zip(by_language, labels, strict=True))
            for labels in zip(*(text.split("|") for text in by_language.values()), strict=True)
        ]
        for kind, by_language in LABELS.items()
    }


def in_english(**labels: list[str]) -> dict[str, list[dict[str, str]]]:
    """Elements with one label each: ``Principle=["a", "b"]``."""
    return {kind: [{"en": label} for label in listed] for kind, listed in labels.items()}


@pytest.fixture(scope="session")
def graphs() -> SimpleNamespace:
    """The helpers above: tests cannot import from this file."""
    return SimpleNamespace(
        ID=ID,
        LABELS=LABELS,
        HEADINGS=HEADINGS,
        of_the_study=of_the_study,
        in_english=in_english,
        turtle=turtle,
        store_of=store_of,
    )


@pytest.fixture(scope="session")
def study() -> Facts:
    """The map of the study, in our small graph."""
    return store_of(turtle(of_the_study()))


@pytest.fixture(scope="session")
def build() -> Callable[..., Facts]:
    """A store with a map of given English labels by class name."""
    return lambda picture=True, **labels: store_of(turtle(in_english(**labels), picture))
