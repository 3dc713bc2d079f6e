"""The butterfly of a corpus: how many practices there are in each area of attraction.

A practice is in an area where the area is its theme, or where a chain of ``skos:broader``,
``skos:exactMatch`` or ``skos:closeMatch`` leads from its theme to the area.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from glocal_kg._glocal.butterfly.content import MapContent
from glocal_kg._glocal.row_queries import Asks, classes, iri, rows, sources_of
from glocal_kg._glocal.tongues import spoken

_THEMES = """SELECT DISTINCT ?practice ?theme {{
  VALUES ?class {{ {classes} }} ?practice a ?class .
  GRAPH ?source {{ ?practice glocal:theme ?theme }} {filter}
}}"""
_LEADS_TO = """SELECT DISTINCT ?one ?other {
  { ?one skos:broader ?other } UNION { ?one skos:exactMatch ?other } UNION
  { ?other skos:exactMatch ?one } UNION { ?one skos:closeMatch ?other } UNION
  { ?other skos:closeMatch ?one } FILTER(ISIRI(?one) && ISIRI(?other))
}"""
_NOTES = {
    "en": "Beside an area: practices of the corpus in it; {others} in none.",
    "it": "Accanto a un'area: le pratiche del corpus che vi rientrano; in nessuna: {others}.",
    "fr": "À côté d'un domaine : les pratiques du corpus qui en relèvent ; dans aucun : {others}.",
}


@dataclass(frozen=True, slots=True)
class PracticeCounts:
    """How many practices are in each area, by its IRI, and how many are in none."""

    areas: dict[str, int]
    others: int

    def on(self, content: MapContent) -> MapContent:
        """The map with the number of practices beside the name of each area."""
        elements = tuple(
            replace(element, label=f"{element.label} ({self.areas.get(element.iri, 0)})")
            for element in content.areas.elements
        )
        return replace(content, areas=replace(content.areas, elements=elements))

    def note(self, language: str | Sequence[str]) -> str:
        """What the numbers mean, in a language that has the words, else in English."""
        return _NOTES[spoken(language)].format(others=self.others)


def count_practices(
    kg: Asks, areas: Sequence[str], source: str | Sequence[str] | None = None
) -> PracticeCounts:
    """The practices of a graph, or of some sources, by the areas of a map.

    A practice with two areas counts in both.
    """
    chosen = sources_of(source, False).filter()
    themes: dict[str, set[str]] = {}
    query = _THEMES.format(classes=classes(kg, "Practice"), filter=chosen)
    for row in rows(kg, query):
        themes.setdefault(iri(row["theme"]), set()).add(iri(row["practice"]))
    leads: dict[str, list[str]] = {}
    for row in rows(kg, _LEADS_TO):
        leads.setdefault(iri(row["one"]), []).append(iri(row["other"]))
    found: dict[str, set[str]] = {area: set() for area in areas}
    for theme, practices in themes.items():
        for area in _reached(theme, leads) & found.keys():
            found[area] |= practices
    placed = set[str]().union(*found.values())
    others = len(set[str]().union(*themes.values()) - placed) + _without_theme(kg, chosen)
    return PracticeCounts({area: len(practices) for area, practices in found.items()}, others)


def _reached(theme: str, leads: dict[str, list[str]]) -> set[str]:
    reached, waiting = {theme}, [theme]
    while waiting:
        for other in leads.get(waiting.pop(), ()):
            if other not in reached:
                reached.add(other)
                waiting.append(other)
    return reached


def _without_theme(kg: Asks, chosen: str) -> int:
    asked = f"""SELECT (COUNT(DISTINCT ?practice) AS ?n) {{
      VALUES ?class {{ {classes(kg, "Practice")} }}
      GRAPH ?source {{ ?practice a ?class }} {chosen}
      FILTER NOT EXISTS {{ ?practice glocal:theme ?theme }} }}"""
    return sum(int(row["n"].value) for row in rows(kg, asked))
