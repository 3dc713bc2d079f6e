"""The fixed words of the world map, in three languages. All other words come from the data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from glocal_kg._glocal.tongues import spoken


@dataclass(frozen=True, slots=True)
class WorldMapWords:
    """What the map says by itself, in one language."""

    language: str
    title: str
    practice: str
    practices: str
    partnerships: str
    source: str
    about: str
    most: str
    placed: str
    unplaced: str
    untied: str
    great: str
    straight: str
    borders: str


_WORDS = (
    WorldMapWords(
        "en",
        "Practices and partnerships",
        "practice",
        "practices",
        "partnerships",
        "Data: {source}.",
        "A map of the world. Places: {places}; partnerships between them: {ties}.",
        "Most partnerships: {listed}.",
        "Places without coordinates of their own, placed by their match in {gazetteer}: {count}.",
        "Places without coordinates, not shown: {count}.",
        "Partnerships with such places, not drawn: {count}.",
        "Lines are great circles.",
        "Lines are straight in degrees.",
        "Equal Earth projection. Land and borders: Natural Earth 1:110m (public domain), as "
        "controlled on the ground; dashed or not, several are disputed, and this map takes no "
        "side.",
    ),
    WorldMapWords(
        "it",
        "Pratiche e partenariati",
        "pratica",
        "pratiche",
        "partenariati",
        "Dati: {source}.",
        "Una carta del mondo. Luoghi: {places}; partenariati tra loro: {ties}.",
        "Più partenariati: {listed}.",
        "Luoghi senza coordinate proprie, posti secondo il riscontro in {gazetteer}: {count}.",
        "Luoghi senza coordinate, non mostrati: {count}.",
        "Partenariati con tali luoghi, non disegnati: {count}.",
        "Le linee sono cerchi massimi.",
        "Le linee sono diritte in gradi.",
        "Proiezione Equal Earth. Terre e confini: Natural Earth 1:110m (pubblico dominio), secondo "
        "il controllo di fatto; tratteggiati o no, diversi sono contesi, e la carta non prende "
        "posizione.",
    ),
    WorldMapWords(
        "fr",
        "Pratiques et partenariats",
        "pratique",
        "pratiques",
        "partenariats",
        "Données : {source}.",
        "Une carte du monde. Lieux : {places} ; partenariats entre eux : {ties}.",
        "Le plus de partenariats : {listed}.",
        "Lieux sans coordonnées propres, placés d'après leur correspondance dans {gazetteer} : "
        "{count}.",
        "Lieux sans coordonnées, non montrés : {count}.",
        "Partenariats avec de tels lieux, non dessinés : {count}.",
        "Les lignes sont des grands cercles.",
        "Les lignes sont droites en degrés.",
        "Projection Equal Earth. Terres et frontières : Natural Earth 1:110m (domaine public), "
        "selon le contrôle de fait ; tiretées ou non, plusieurs sont contestées, et la carte ne "
        "prend pas parti.",
    ),
)


def counted(said: WorldMapWords, practices: int) -> str:
    """So many practices.

    >>> counted(words(("fr",)), 1)
    '1 pratique'
    """
    return f"{practices} {said.practice if practices == 1 else said.practices}"


def words(languages: Sequence[str]) -> WorldMapWords:
    """The words in the first language that has them, else in English.

    >>> words(("de", "fr-CH")).title
    'Pratiques et partenariats'
    """
    tag = spoken(languages)
    return next(one for one in _WORDS if one.language == tag)
