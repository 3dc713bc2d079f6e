"""What measures and pictures of networks say by themselves, in three languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NetworkWords:
    """The words in one language; counts stand in braces."""

    language: str
    names: Mapping[str, str]
    whole: str
    components: str
    communities: str
    modularity: str
    partners: str
    by: Mapping[str, str]
    columns: tuple[str, ...]
    exact: str
    estimated: str
    louvain: str
    undirected: str
    heading: str
    few: str


_EN = NetworkWords(
    language="en",
    names={
        "partnerships": "Partnerships",
        "co-participation": "Taking part together",
        "participation": "Participation",
        "relations": "Relations of concepts",
        "network": "Network",
    },
    whole="{network}: nodes: {nodes}; links: {links}; linked pairs: {pairs}; links of a node with "
    "itself: {loops}.",
    components="Components: {components}, the largest: {largest}.",
    communities="Communities: {communities}; bridges: {bridges}.",
    modularity="Modularity of the communities: {modularity}.",
    partners="Partners, by what makes them so: {said}.",
    by={"linked": "linked", "partners": "by role", "the only two": "the only two"},
    columns=(
        "name", "kind", "links", "neighbors", "core", "betweenness", "component", "community",
    ),
    exact="Betweenness: exact, from all nodes.",
    estimated="Betweenness: estimated from {sample} of {nodes} nodes as sources, seed {seed}.",
    louvain="Communities: Louvain on summed weights, seed {seed}.",
    undirected="Core, components, bridges: without direction; two parallel links are no bridge.",
    heading="{network} (nodes: {nodes}, links: {links})",
    few="The {shown} nodes with most links of {nodes}.",
)  # fmt: skip
_IT = NetworkWords(
    language="it",
    names={
        "partnerships": "Partenariati",
        "co-participation": "Partecipazione comune",
        "participation": "Partecipazione",
        "relations": "Relazioni tra concetti",
        "network": "Rete",
    },
    whole="{network}: nodi: {nodes}; legami: {links}; coppie legate: {pairs}; legami di un nodo "
    "con sé stesso: {loops}.",
    components="Componenti: {components}, le maggiori: {largest}.",
    communities="Comunità: {communities}; ponti: {bridges}.",
    modularity="Modularità delle comunità: {modularity}.",
    partners="Partner, secondo ciò che li rende tali: {said}.",
    by={"linked": "legati", "partners": "per ruolo", "the only two": "gli unici due"},
    columns=(
        "nome", "tipo", "legami", "vicini", "nucleo", "intermediazione", "componente", "comunità",
    ),
    exact="Intermediazione: esatta, da tutti i nodi.",
    estimated="Intermediazione: stimata da {sample} di {nodes} nodi come origini, seme {seed}.",
    louvain="Comunità: Louvain sui pesi sommati, seme {seed}.",
    undirected="Nucleo, componenti, ponti: senza direzione; due legami paralleli non sono un "
    "ponte.",
    heading="{network} (nodi: {nodes}, legami: {links})",
    few="I {shown} nodi con più legami su {nodes}.",
)  # fmt: skip
_FR = NetworkWords(
    language="fr",
    names={
        "partnerships": "Partenariats",
        "co-participation": "Participation commune",
        "participation": "Participation",
        "relations": "Relations entre concepts",
        "network": "Réseau",
    },
    whole="{network} : nœuds : {nodes} ; liens : {links} ; paires liées : {pairs} ; liens d'un "
    "nœud avec lui-même : {loops}.",
    components="Composantes : {components}, les plus grandes : {largest}.",
    communities="Communautés : {communities} ; ponts : {bridges}.",
    modularity="Modularité des communautés : {modularity}.",
    partners="Partenaires, d'après ce qui les rend tels : {said}.",
    by={"linked": "liés", "partners": "par rôle", "the only two": "les deux seuls"},
    columns=(
        "nom", "sorte", "liens", "voisins", "noyau", "intermédiarité", "composante", "communauté",
    ),
    exact="Intermédiarité : exacte, depuis tous les nœuds.",
    estimated="Intermédiarité : estimée depuis {sample} nœuds sur {nodes} comme origines, graine "
    "{seed}.",
    louvain="Communautés : Louvain sur les poids sommés, graine {seed}.",
    undirected="Noyau, composantes, ponts : sans direction ; deux liens parallèles ne sont pas un "
    "pont.",
    heading="{network} (nœuds : {nodes}, liens : {links})",
    few="Les {shown} nœuds avec le plus de liens sur {nodes}.",
)  # fmt: skip
WORDS = {one.language: one for one in (_EN, _IT, _FR)}
