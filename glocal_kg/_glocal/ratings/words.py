"""Reasons, notes and intervals of figures in Italian and French; they are written in English.

A phrase is found by its English form, in which ``{}`` stands for a number, a name or a phrase.
"""

from __future__ import annotations

import re

_PHRASES: dict[str, tuple[str, str]] = {
    # Why there is no value
    "undefined: {}": ("non definito: {}", "non défini : {}"),
    "no unit was rated by two raters": (
        "nessuna unità ha due valutatori",
        "aucune unité n'a deux évaluateurs",
    ),
    "no variation, one value only": (
        "nessuna variazione, un solo valore",
        "aucune variation, une seule valeur",
    ),
    "expected agreement is one: {}": (
        "l'accordo atteso è uno: {}",
        "l'accord attendu est un : {}",
    ),
    "expected agreement is one": ("l'accordo atteso è uno", "l'accord attendu est un"),
    "the order of the labels is not declared": (
        "l'ordine delle etichette non è dichiarato",
        "l'ordre des étiquettes n'est pas déclaré",
    ),
    "the values are labels, which have no distances": (
        "i valori sono etichette, che non hanno distanze",
        "les valeurs sont des étiquettes, qui n'ont pas de distances",
    ),
    "the scale has values below zero": (
        "la scala ha valori sotto lo zero",
        "l'échelle a des valeurs au-dessous de zéro",
    ),
    "it is of two raters, and there are {}": (
        "è di due valutatori, e ce ne sono {}",
        "il est de deux évaluateurs, et il y en a {}",
    ),
    "in every pair of raters one gave one value only: {}": (
        "in ogni coppia di valutatori uno ha dato un solo valore: {}",
        "dans chaque paire d'évaluateurs l'un a donné une seule valeur : {}",
    ),
    "in every pair of raters one gave one value only": (
        "in ogni coppia di valutatori uno ha dato un solo valore",
        "dans chaque paire d'évaluateurs l'un a donné une seule valeur",
    ),
    "1 unit was rated by all raters, and it needs two": (
        "unità valutate da tutti: 1, e ne servono due",
        "unités évaluées par tous : 1, et il en faut deux",
    ),
    "{} units were rated by all raters, and it needs two": (
        "unità valutate da tutti: {}, e ne servono due",
        "unités évaluées par tous : {}, et il en faut deux",
    ),
    "the units that all raters rated do not vary": (
        "le unità valutate da tutti non variano",
        "les unités évaluées par tous ne varient pas",
    ),
    "the criteria have different scales": (
        "i criteri hanno scale diverse",
        "les critères ont des échelles différentes",
    ),
    # What must be known to read a value
    "1 rating missing: averaged over units as by Gwet 2014": (
        "valutazioni mancanti: 1; media sulle unità come in Gwet 2014",
        "évaluations manquantes : 1 ; moyenne sur les unités d'après Gwet 2014",
    ),
    "{} ratings missing: averaged over units as by Gwet 2014": (
        "valutazioni mancanti: {}; media sulle unità come in Gwet 2014",
        "évaluations manquantes : {} ; moyenne sur les unités d'après Gwet 2014",
    ),
    "all ratings are one value": (
        "tutte le valutazioni sono un solo valore",
        "toutes les évaluations sont une seule valeur",
    ),
    "counts the 1 value of the declared scale": (
        "conta l'unico valore della scala dichiarata",
        "compte la seule valeur de l'échelle déclarée",
    ),
    "counts the 1 value that occurs": (
        "conta l'unico valore che ricorre",
        "compte la seule valeur qui se présente",
    ),
    "counts the {} values of the declared scale": (
        "conta i {} valori della scala dichiarata",
        "compte les {} valeurs de l'échelle déclarée",
    ),
    "counts the {} values that occur": (
        "conta i {} valori che ricorrono",
        "compte les {} valeurs qui se présentent",
    ),
    "mean over {} pairs of raters (Light 1971), {} of them without a value": (
        "media su {} coppie di valutatori (Light 1971), {} delle quali senza valore",
        "moyenne sur {} paires d'évaluateurs (Light 1971), dont {} sans valeur",
    ),
    "mean over {} pairs of raters (Light 1971)": (
        "media su {} coppie di valutatori (Light 1971)",
        "moyenne sur {} paires d'évaluateurs (Light 1971)",
    ),
    "1 unit with a rating missing is left out": (
        "unità tralasciate, con una valutazione mancante: 1",
        "unités laissées de côté, avec une évaluation manquante : 1",
    ),
    "{} units with a rating missing are left out": (
        "unità tralasciate, con una valutazione mancante: {}",
        "unités laissées de côté, avec une évaluation manquante : {}",
    ),
    "reads the {} scale as {}": (
        "legge la scala {} come {}",
        "lit l'échelle {} comme {}",
    ),
    # Intervals, scales, sources
    "{} to {} ({} of {}, {} without a value)": (
        "da {} a {} ({} di {}, {} senza valore)",
        "de {} à {} ({} de {}, {} sans valeur)",
    ),
    "{} to {} ({} of {})": ("da {} a {} ({} di {})", "de {} à {} ({} de {})"),
    "none: no resample of {} had a value": (
        "nessuno: nessun ricampionamento di {} aveva un valore",
        "aucun : aucun rééchantillonnage de {} n'avait de valeur",
    ),
    "{} ({}, not declared: the values that occur)": (
        "{} ({}, non dichiarata: i valori che ricorrono)",
        "{} ({}, non déclarée : les valeurs qui se présentent)",
    ),
    "{} (nominal)": ("{} (nominale)", "{} (nominale)"),
    "{} (ordinal)": ("{} (ordinale)", "{} (ordinale)"),
    "{} (interval)": ("{} (a intervalli)", "{} (d'intervalles)"),
    "{} (ratio)": ("{} (di rapporti)", "{} (de rapports)"),
    "nominal": ("nominale", "nominale"),
    "ordinal": ("ordinale", "ordinale"),
    "interval": ("a intervalli", "d'intervalles"),
    "ratio": ("di rapporti", "de rapports"),
    "share of agreeing pairs": ("quota di coppie concordi", "part des paires concordantes"),
}
_PLACE = {"it": 0, "fr": 1}
_FORMS = [
    (re.compile(re.escape(form).replace(re.escape("{}"), "(.+)")), said)
    for form, said in _PHRASES.items()
]


def said(text: str, language: str) -> str:
    """A reason, note, interval or scale in a language; as it is where there is no other form.

    >>> said("undefined: no unit was rated by two raters", "fr")
    "non défini : aucune unité n'a deux évaluateurs"
    """
    place = _PLACE.get(language)
    if place is None:
        return text
    between = " ; " if language == "fr" else "; "
    return between.join(_phrase(part, language, place) for part in text.split("; "))


def _phrase(text: str, language: str, place: int) -> str:
    for form, forms in _FORMS:
        found = form.fullmatch(text)
        if found:
            return forms[place].format(*(said(part, language) for part in found.groups()))
    return text
