"""The few fixed words of the picture. All other words come from the graph."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from glocal_kg._glocal.tongues import spoken


@dataclass(frozen=True, slots=True)
class ButterflyWords:
    """What the picture says about itself, in one language.

    ``note`` is printed, because nobody may take our layout for a statement of the study. That
    a source names the butterfly is said only of a map whose source does: ``unnamed`` is the
    note of every other.
    """

    language: str
    note: str
    unnamed: str
    about: str
    mottos: str
    poles: str


_WORDS = (
    ButterflyWords(
        "en",
        "Drawn from the knowledge graph. The study names the butterfly and its parts; which pole "
        "is which wing, and where the areas lie, it does not say: this arrangement is ours.",
        "Drawn from the knowledge graph. That the map is a butterfly, which pole is which wing, "
        "and where the areas lie, its source need not say: this arrangement is ours.",
        "A butterfly. Its body is the axis, with the principles from head to tail: {principles}. "
        "The left wing holds the adverse trends: {adverse}. The right wing holds the favorable "
        "trends: {favorable}. Below it grow the areas of attraction, as flowers: {areas}.",
        "motto",
        "poles",
    ),
    ButterflyWords(
        "it",
        "Disegnata dal grafo della conoscenza. Lo studio nomina la farfalla e le sue parti; quale "
        "polo sia quale ala, e dove stiano le aree, non lo dice: questa disposizione è nostra.",
        "Disegnata dal grafo della conoscenza. Che la mappa sia una farfalla, quale polo sia quale "
        "ala, e dove stiano le aree, la sua fonte può non dirlo: questa disposizione è nostra.",
        "Una farfalla. Il corpo è l'asse, con i principi dalla testa alla coda: {principles}. "
        "L'ala sinistra porta le tendenze avverse: {adverse}. L'ala destra porta le tendenze "
        "favorevoli: {favorable}. Sotto crescono, come fiori, le aree di attrazione: {areas}.",
        "motto",
        "poli",
    ),
    ButterflyWords(
        "fr",
        "Dessinée à partir du graphe de connaissances. L'étude nomme le papillon et ses parties ; "
        "elle ne dit ni quel pôle est quelle aile, ni où sont les domaines : la disposition est "
        "la nôtre.",
        "Dessinée à partir du graphe de connaissances. Que la carte soit un papillon, quel pôle "
        "est quelle aile, et où sont les domaines, sa source peut ne pas le dire : la disposition "
        "est la nôtre.",
        "Un papillon. Le corps est l'axe, avec les principes de la tête à la queue : "
        "{principles}. L'aile gauche porte les tendances défavorables : {adverse}. L'aile droite "
        "porte les tendances favorables : {favorable}. Au-dessous poussent, comme des fleurs, "
        "les domaines d'attraction : {areas}.",
        "devise",
        "pôles",
    ),
)


def words(languages: Sequence[str]) -> ButterflyWords:
    """The words in the first language that has them, else in English.

    >>> words(("de", "it-CH")).language, words(()).language
    ('it', 'en')
    """
    tag = spoken(languages)
    return next(one for one in _WORDS if one.language == tag)
