"""What a report of agreement says by itself, in three languages; counts stand in braces."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sentences:
    """The sentences in one language."""

    language: str
    counted: str
    synthetic: str
    alike: str
    of_one: str
    all_ratings: str
    scale: str
    left_out: str
    without: str
    disputed: str
    disagreement: str
    overall: str
    method: str
    thresholds: str
    columns: tuple[str, ...]


_EN = Sentences(
    language="en",
    counted="Ratings: {ratings}; units: {units}; raters: {raters}; criteria: {criteria}.",
    synthetic="Synthetic ratings, made up to show the computation: no finding.",
    alike="Two criteria are written almost alike, {one} and {other}: if they are one, write it "
    "in one way, for each counts alone.",
    of_one="ratings: {ratings}; units: {units}, with two ratings or more: {paired}; "
    "raters: {raters}",
    all_ratings="All ratings",
    scale="Scale: {scale}",
    left_out="{coefficient}, each rater left out in turn:",
    without="without {rater}",
    disputed="Most disputed, by their disagreement:",
    disagreement="Disagreement is the mean squared {level} difference of two ratings of a unit "
    "(Krippendorff 2019), divided by that of any two ratings: a share without a unit, 0 where all "
    "are equal, 1 where they are as far apart as by chance, above 1 where farther.",
    overall="Overall: {reason}.",
    method="Intervals: percentiles of {resamples} resamples of the units, seed {seed} (Efron and "
    "Tibshirani 1993).",
    thresholds="Thresholds for {names}: {said}.",
    columns=("Coefficient", "Value", "Interval", "Note", "After"),
)
_IT = Sentences(
    language="it",
    counted="Valutazioni: {ratings}; unità: {units}; valutatori: {raters}; criteri: {criteria}.",
    synthetic="Valutazioni sintetiche, inventate per mostrare il calcolo: nessun risultato.",
    alike="Due criteri sono scritti quasi allo stesso modo, {one} e {other}: se sono uno solo, "
    "scriverlo in un modo solo, perché ciascuno conta da sé.",
    of_one="valutazioni: {ratings}; unità: {units}, con due valutazioni o più: {paired}; "
    "valutatori: {raters}",
    all_ratings="Tutte le valutazioni",
    scale="Scala: {scale}",
    left_out="{coefficient}, senza ciascun valutatore a turno:",
    without="senza {rater}",
    disputed="Le più controverse, secondo il loro disaccordo:",
    disagreement="Il disaccordo è la differenza quadratica media {level} tra due valutazioni di "
    "un'unità (Krippendorff 2019), divisa per quella tra due valutazioni qualsiasi: un rapporto "
    "senza unità di misura, 0 dove tutte sono uguali, 1 dove sono distanti come per caso, oltre 1 "
    "dove lo sono di più.",
    overall="Nel complesso: {reason}.",
    method="Intervalli: percentili di {resamples} ricampionamenti delle unità, seme {seed} (Efron "
    "e Tibshirani 1993).",
    thresholds="Soglie per {names}: {said}.",
    columns=("Coefficiente", "Valore", "Intervallo", "Nota", "Secondo"),
)
_FR = Sentences(
    language="fr",
    counted="Évaluations : {ratings} ; unités : {units} ; évaluateurs : {raters} ; critères : "
    "{criteria}.",
    synthetic="Évaluations synthétiques, inventées pour montrer le calcul : aucun résultat.",
    alike="Deux critères s'écrivent presque de même, {one} et {other} : s'ils n'en sont qu'un, "
    "l'écrire d'une seule façon, car chacun compte à part.",
    of_one="évaluations : {ratings} ; unités : {units}, avec deux évaluations ou plus : {paired} ; "
    "évaluateurs : {raters}",
    all_ratings="Toutes les évaluations",
    scale="Échelle : {scale}",
    left_out="{coefficient}, sans chaque évaluateur à son tour :",
    without="sans {rater}",
    disputed="Les plus disputées, d'après leur désaccord :",
    disagreement="Le désaccord est la différence quadratique moyenne {level} entre deux "
    "évaluations d'une unité (Krippendorff 2019), divisée par celle entre deux évaluations "
    "quelconques : un rapport sans unité de mesure, 0 où toutes sont égales, 1 où elles sont aussi "
    "éloignées que par hasard, plus de 1 où elles le sont davantage.",
    overall="Dans l'ensemble : {reason}.",
    method="Intervalles : percentiles de {resamples} rééchantillonnages des unités, graine {seed} "
    "(Efron et Tibshirani 1993).",
    thresholds="Seuils pour {names} : {said}.",
    columns=("Coefficient", "Valeur", "Intervalle", "Note", "D'après"),
)
SENTENCES = {one.language: one for one in (_EN, _IT, _FR)}
