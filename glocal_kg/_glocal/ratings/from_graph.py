"""Ratings in a graph: assessments of practices by raters on criteria."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from glocal_kg._glocal.ratings.collecting import Gathering
from glocal_kg._glocal.ratings.ratings import Detail, Ratings
from glocal_kg._glocal.ratings.scale import LEVELS, Level, Scale
from glocal_kg._glocal.row_queries import Asks, Once, iri, number, rows, shorten, sources_of, things
from glocal_kg._rdf.arguments import expect, one_of
from glocal_kg.errors import ReadError

# The criterion and the scale are looked up wherever they are described.
_ASSESSMENTS = """SELECT DISTINCT ?assessment ?practice ?criterion ?rater ?score ?low ?high ?level
  ?source ?reason ?passage ?confidence ?date {{
  GRAPH ?source {{
    VALUES ?class {{ {classes} }}
    ?assessment a ?class ; glocal:assesses ?practice ; glocal:onCriterion ?criterion ;
      glocal:by ?rater ; glocal:score ?score .
    OPTIONAL {{ ?assessment glocal:reason ?reason }}
    OPTIONAL {{ ?assessment glocal:statedIn ?passage }}
    OPTIONAL {{ ?assessment glocal:confidence ?confidence }}
    OPTIONAL {{ ?assessment dcterms:date ?date }}
  }}
  OPTIONAL {{ ?assessment glocal:onScale ?scale .
    ?scale glocal:lowestScore ?low ; glocal:highestScore ?high .
    OPTIONAL {{ ?scale glocal:kind ?level }} }}
  {filter}
}} ORDER BY ?practice ?criterion ?rater ?assessment ?source ?reason ?passage"""


def ratings_of(
    kg: Asks,
    *,
    source: str | Sequence[str] | None = None,
    synthetic: bool = False,
    level: Level | None = None,
    interpretations: bool = False,
) -> Ratings:
    """The ratings that a graph holds, or those of some sources (``mine``: the user's own files).

    Made-up ratings (``glocal:SyntheticAssessment``) are left out; with ``synthetic`` they are
    read alone. A scale is ordinal unless its ``glocal:kind`` or ``level`` says otherwise; where
    an assessment names no scale, the scores that occur are the scale. No ratings are an empty
    ``Ratings``.

    Raises ``ReadError`` where a rater scores a practice twice by one criterion, and for a score
    off its scale.
    """
    expect("level", level, one_of(*LEVELS).or_none())
    wanted = "glocal:SyntheticAssessment" if synthetic else "glocal:Assessment"
    sources = sources_of(source, interpretations)
    kg = kg if isinstance(kg, Once) else Once(kg)
    made_up = _made_up(kg) if not synthetic else set()
    found: dict[tuple[str, str, str], dict[str, tuple[object, Detail]]] = {}
    scales: dict[str, Scale] = {}
    read: set[str] = set()
    asked = rows(kg, _ASSESSMENTS.format(classes=wanted, filter=sources.filter()))
    for row in asked:
        assessment = iri(row["assessment"])
        if assessment in made_up:
            continue
        unit, criterion, rater = (iri(row[name]) for name in ("practice", "criterion", "rater"))
        read.add(iri(row["source"]))
        if "low" in row and criterion not in scales:
            scales[criterion] = _scale(row["low"], row["high"], row.get("level"), level)
        evidence = row.get("reason") or row.get("passage")
        detail = Detail(
            "" if evidence is None else str(evidence.value),
            number(row["confidence"]) if "confidence" in row else None,
            str(row["date"].value) if "date" in row else "",
        )
        of_unit = found.setdefault((unit, criterion, rater), {})
        of_unit.setdefault(assessment, (row["score"].value, detail))
    gathering = Gathering(scales, level or "ordinal", "the graph")
    for (unit, criterion, rater), scored in found.items():
        if len(scored) > 1:
            listed = ", ".join(f"{cell} ({name})" for name, (cell, _) in sorted(scored.items()))
            raise ReadError(
                f"{shorten(rater)} scores {shorten(unit)} on {shorten(criterion)} "
                f"{len(scored)} times: {listed}.",
                source="the graph",
                remedy="Keep one assessment, or name one source.",
            )
        ((cell, detail),) = scored.values()
        gathering.add(unit, criterion, rater, cell, 0, detail)
    names = things(kg, {name for key in found for name in key})
    labels = {name: names.name(name) for key in found for name in key}
    made = gathering.ratings(synthetic=synthetic, sources=sorted(read), labels=labels)
    return replace(made, made_by=f"kg.ratings(source={source!r}, synthetic={synthetic})")


def _made_up(kg: Asks) -> set[str]:
    """Assessments that are said to be synthetic anywhere, in whatever graph."""
    asked = rows(kg, "SELECT DISTINCT ?assessment { ?assessment a glocal:SyntheticAssessment }")
    return {iri(row["assessment"]) for row in asked}


def _scale(low: object, high: object, kind: object, level: Level | None) -> Scale:
    said = shorten(iri(kind)) if kind is not None else ""
    said_level = next((one for one in LEVELS if one == said), None)
    measured = level or said_level or "ordinal"
    lowest, highest = number(low), number(high)
    if lowest is None or highest is None or not lowest < highest <= lowest + 1000:
        raise ReadError(
            f"A scale from {low} to {high} is none.",
            source="the graph",
            remedy="Give it a glocal:lowestScore below its glocal:highestScore.",
        )
    return Scale(tuple(range(int(lowest), int(highest) + 1)), measured)
