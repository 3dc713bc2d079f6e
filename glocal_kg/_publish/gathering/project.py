"""What this project says about its own releases where the header of its ontology does not."""

from __future__ import annotations

OWN_TITLE = {
    "en": "Knowledge graph of glocalization",
    "fr": "Graphe de connaissances de la glocalisation",
    "it": "Grafo di conoscenza della glocalizzazione",
}
OWN_DESCRIPTION = {
    "en": "Ontology and data on glocalization: the map of principles, trends and areas of a study"
    " of 2002, the practices it names, and the evidence for each statement, passage by passage.",
    "fr": "Ontologie et données sur la glocalisation : la carte des principes, tendances et"
    " domaines d'une étude de 2002, les pratiques qu'elle nomme et, passage par passage, ce qui"
    " atteste chaque énoncé.",
    "it": "Ontologia e dati sulla glocalizzazione: la mappa dei principi, delle tendenze e delle"
    " aree di uno studio del 2002, le pratiche che nomina e, passo per passo, ciò che attesta"
    " ogni affermazione.",
}
KEYWORDS = ("glocalization", "globalization", "cities", "peace-building", "knowledge graph")
_EU = "http://publications.europa.eu/resource/authority/data-theme/"
EU_THEMES = {
    f"{_EU}AGRI": "Agriculture, fisheries, forestry and food",
    f"{_EU}ECON": "Economy and finance",
    f"{_EU}EDUC": "Education, culture and sport",
    f"{_EU}ENER": "Energy",
    f"{_EU}ENVI": "Environment",
    f"{_EU}GOVE": "Government and public sector",
    f"{_EU}HEAL": "Health",
    f"{_EU}INTR": "International issues",
    f"{_EU}JUST": "Justice, legal system and public safety",
    f"{_EU}REGI": "Regions and cities",
    f"{_EU}SOCI": "Population and society",
    f"{_EU}TECH": "Science and technology",
    f"{_EU}TRAN": "Transport",
}
"""The data themes of the European Union, which catalogs of data are ordered by."""
THEMES = {f"{_EU}{code}": EU_THEMES[f"{_EU}{code}"] for code in ("INTR", "SOCI")}
EARTH = "https://sws.geonames.org/6295630/"
