"""The sentences of a corpus report in three languages. All other words come from the data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from glocal_kg._glocal.tongues import spoken

TYPE_CHECKING = False
if TYPE_CHECKING:
    from glocal_kg._glocal.networks.from_graph import Kind

Columns = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReportWords:
    """What a report says by itself, in one language; counts stand in braces."""

    language: str
    thousands: str  # what stands between the thousands of a number
    title: str
    made_with: str
    parts: str
    made_by: str
    rests_on: str
    # What is in it
    contents: str
    counted: str
    files: str
    file_columns: Columns
    graphs: str
    graph_columns: Columns
    classes: str
    class_columns: Columns
    classes_of_others: Mapping[str, str]  # of other vocabularies, by the end of their IRI
    said: str
    said_columns: Columns
    # Findings
    findings: str
    no_shapes: str
    nothing_found: str
    found: str
    by_kind: str
    kind_columns: Columns
    one_by_one: str
    first_of: str
    finding_columns: Columns
    nameless: str
    severities: Mapping[str, str]
    # Maps
    map: str
    nobody: str
    world: str
    butterfly: str
    # Criteria
    criteria: str
    no_ratings: str
    wrong_ratings: str
    ratings: str
    made_up: str
    spread: str
    agreement: str
    no_pairs: str
    all_ratings: str
    scale: str
    agreement_columns: Columns
    thresholds: str
    left_out: str
    left_out_columns: Columns
    disputed: str
    disputed_columns: Columns
    # Networks
    networks: str
    network_names: Mapping[Kind, str]
    no_links: str
    whole: str
    between: str
    most_links: str
    network_columns: Columns
    method: str
    sampled: str
    together: str
    # Inference and citation
    inferred: str
    inferred_of: str
    by_property: str
    most_of: str
    property_columns: Columns
    citing: str
    cite: tuple[str, str, str]

    def number(self, count: int) -> str:
        """A count with its thousands apart.

        >>> EN.number(12345)
        '12,345'
        """
        return f"{count:,}".replace(",", self.thousands)


EN = ReportWords(
    language="en",
    thousands=",",
    title="Report on a corpus",
    made_with="Made with glocal_kg from the sources named below.",
    parts="Contents",
    made_by="Made by {made}",
    rests_on="from {sources}",
    contents="What is in it, and where from",
    counted="Facts: {facts}; named graphs: {graphs}.",
    files="Files",
    file_columns=("file", "bytes", "SHA-256"),
    graphs="Named graphs",
    graph_columns=("graph", "facts"),
    classes="Things by class",
    class_columns=("class", "things"),
    classes_of_others={
        "Activity": "activity",
        "Entity": "entity",
        "Agent": "agent",
        "Organization": "organization",
        "Person": "person",
        "Concept": "concept",
        "ConceptScheme": "scheme of concepts",
    },
    said="Said of the graphs themselves",
    said_columns=("graph", "what", "value"),
    findings="Findings",
    no_shapes="The graph has no shapes, so nothing was validated.",
    nothing_found="Things of the corpus that were validated: {things}. Nothing was found.",
    found="Things of the corpus that were validated: {things}; findings: {findings}.",
    by_kind="By kind",
    kind_columns=("severity", "what", "findings"),
    one_by_one="One by one",
    first_of="the first {shown} of {all}",
    finding_columns=("severity", "thing", "what"),
    nameless="(a node without a name)",
    severities={"violation": "violation", "warning": "warning", "info": "note"},
    map="Map",
    nobody="Nobody takes part in a practice, so there is nothing to map.",
    world="Who takes part in practices, and their partnerships",
    butterfly="Practices by area of attraction",
    criteria="Criteria",
    no_ratings="No practice is rated.",
    wrong_ratings="The ratings cannot be reckoned with: {reason}",
    ratings="Ratings: {ratings}; practices: {units}; raters: {raters}; criteria: {criteria}.",
    made_up="made-up ratings, no findings",
    spread="Scores by criterion",
    agreement="Agreement: {criterion}",
    no_pairs="How far raters agree cannot be told: no practice was rated by two of them.",
    all_ratings="all ratings",
    scale="Scale: {scale}. Practices with two ratings or more: {paired} of {units}.",
    agreement_columns=("coefficient", "value", "interval", "note", "after"),
    thresholds="Numbers that authors gave, to set beside {names}: {said}.",
    left_out="{coefficient} without each rater in turn: {criterion}",
    left_out_columns=("without", "value"),
    disputed="Most disputed",
    disputed_columns=("criterion", "practice", "disagreement", "scores"),
    networks="Networks",
    network_names={
        "partnerships": "Partnerships",
        "co-participation": "Co-participation",
        "participation": "Participation",
        "relations": "Relations of concepts",
    },
    no_links="{network}: no links.",
    whole="{network}: nodes: {nodes}; links: {links}; linked pairs: {pairs}; links of a node with "
    "itself: {loops}; components: {components}, largest: {largest}; communities: {communities}; "
    "bridges: {bridges}; modularity: {modularity}.",
    between="{network}: the nodes that lie between most others",
    most_links="{network}: the nodes with most links",
    network_columns=("name", "kind", "links", "neighbors", "core", "betweenness", "community"),
    method="Betweenness: from all nodes. Communities: Louvain on summed weights, seed {seed}. "
    "Cores, components and bridges: without direction; two parallel links are no bridge.",
    sampled="Betweenness is estimated from {sample} of {nodes} nodes, drawn with seed {seed}.",
    together="Who takes part together",
    inferred="What was inferred",
    inferred_of="Facts about things of the corpus that follow from it and from the packaged "
    "graph: {facts}.",
    by_property="Inferred facts by property",
    most_of="the {shown} with most of {all}",
    property_columns=("property", "facts"),
    citing="How to cite",
    cite=(
        "The corpus: its authors{year}, {title}. Name the files and checksums above.",
        "The software: glocal_kg contributors, glocal_kg: the knowledge graph of glocalization, "
        "version {version}, https://w3id.org/glocal (MIT; ontology and data CC BY 4.0).",
        "Each figure: the paper named beside it, and what made it, as said below its table.",
    ),
)

IT = ReportWords(
    language="it",
    thousands="\u202f",
    title="Relazione su un corpus",
    made_with="Fatta con glocal_kg dalle fonti indicate sotto.",
    parts="Indice",
    made_by="Da {made}",
    rests_on="su {sources}",
    contents="Che cosa contiene, e da dove",
    counted="Fatti: {facts}; grafi con nome: {graphs}.",
    files="File",
    file_columns=("file", "byte", "SHA-256"),
    graphs="Grafi con nome",
    graph_columns=("grafo", "fatti"),
    classes="Cose per classe",
    class_columns=("classe", "cose"),
    classes_of_others={
        "Activity": "attività",
        "Entity": "entità",
        "Agent": "agente",
        "Organization": "organizzazione",
        "Person": "persona",
        "Concept": "concetto",
        "ConceptScheme": "schema di concetti",
    },
    said="Che cosa si dice dei grafi stessi",
    said_columns=("grafo", "che cosa", "valore"),
    findings="Rilievi",
    no_shapes="Il grafo non ha shape, dunque nulla è stato validato.",
    nothing_found="Cose del corpus validate: {things}. Nessun rilievo.",
    found="Cose del corpus validate: {things}; rilievi: {findings}.",
    by_kind="Per tipo",
    kind_columns=("gravità", "che cosa", "rilievi"),
    one_by_one="Uno per uno",
    first_of="i primi {shown} di {all}",
    finding_columns=("gravità", "cosa", "rilievo"),
    nameless="(un nodo senza nome)",
    severities={"violation": "violazione", "warning": "avviso", "info": "nota"},
    map="Carta",
    nobody="Nessuno partecipa a una pratica, dunque non c'è nulla da disegnare.",
    world="Chi partecipa alle pratiche, e i partenariati",
    butterfly="Pratiche per area di attrazione",
    criteria="Criteri",
    no_ratings="Nessuna pratica è valutata.",
    wrong_ratings="Le valutazioni non si possono calcolare: {reason}",
    ratings="Valutazioni: {ratings}; pratiche: {units}; valutatori: {raters}; criteri: {criteria}.",
    made_up="valutazioni inventate, nessun risultato",
    spread="Punteggi per criterio",
    agreement="Accordo: {criterion}",
    no_pairs="Quanto i valutatori concordino non si può dire: nessuna pratica è valutata da due.",
    all_ratings="tutte le valutazioni",
    scale="Scala: {scale}. Pratiche con due valutazioni o più: {paired} di {units}.",
    agreement_columns=("coefficiente", "valore", "intervallo", "nota", "secondo"),
    thresholds="Numeri dati da autori, da mettere accanto a {names}: {said}.",
    left_out="{coefficient} senza ciascun valutatore: {criterion}",
    left_out_columns=("senza", "valore"),
    disputed="Le più controverse",
    disputed_columns=("criterio", "pratica", "disaccordo", "punteggi"),
    networks="Reti",
    network_names={
        "partnerships": "Partenariati",
        "co-participation": "Partecipazione comune",
        "participation": "Partecipazione",
        "relations": "Relazioni tra concetti",
    },
    no_links="{network}: nessun legame.",
    whole="{network}: nodi: {nodes}; legami: {links}; coppie legate: {pairs}; legami di un nodo "
    "con sé stesso: {loops}; componenti: {components}, le maggiori: {largest}; comunità: "
    "{communities}; ponti: {bridges}; modularità: {modularity}.",
    between="{network}: i nodi che stanno tra più altri",
    most_links="{network}: i nodi con più legami",
    network_columns=("nome", "tipo", "legami", "vicini", "nucleo", "intermediazione", "comunità"),
    method="Intermediazione: da tutti i nodi. Comunità: Louvain sui pesi sommati, seme {seed}. "
    "Nuclei, componenti e ponti: senza direzione; due legami paralleli non sono un ponte.",
    sampled="L'intermediazione è stimata da {sample} di {nodes} nodi, estratti con seme {seed}.",
    together="Chi partecipa insieme",
    inferred="Che cosa è stato inferito",
    inferred_of="Fatti su cose del corpus che seguono da esso e dal grafo fornito: {facts}.",
    by_property="Fatti inferiti per proprietà",
    most_of="le {shown} con più fatti su {all}",
    property_columns=("proprietà", "fatti"),
    citing="Come citare",
    cite=(
        "Il corpus: i suoi autori{year}, {title}. Indicare i file e le somme di controllo sopra.",
        "Il software: glocal_kg contributors, glocal_kg: the knowledge graph of glocalization, "
        "versione {version}, https://w3id.org/glocal (MIT; ontologia e dati CC BY 4.0).",
        "Ogni cifra: l'articolo indicato accanto, e ciò che l'ha prodotta, detto sotto la tabella.",
    ),
)

FR = ReportWords(
    language="fr",
    thousands="\u202f",
    title="Rapport sur un corpus",
    made_with="Fait avec glocal_kg à partir des sources nommées ci-dessous.",
    parts="Sommaire",
    made_by="Par {made}",
    rests_on="d'après {sources}",
    contents="Ce qu'il contient, et d'où",
    counted="Faits : {facts} ; graphes nommés : {graphs}.",
    files="Fichiers",
    file_columns=("fichier", "octets", "SHA-256"),
    graphs="Graphes nommés",
    graph_columns=("graphe", "faits"),
    classes="Choses par classe",
    class_columns=("classe", "choses"),
    classes_of_others={
        "Activity": "activité",
        "Entity": "entité",
        "Agent": "agent",
        "Organization": "organisation",
        "Person": "personne",
        "Concept": "concept",
        "ConceptScheme": "schéma de concepts",
    },
    said="Ce qui est dit des graphes eux-mêmes",
    said_columns=("graphe", "quoi", "valeur"),
    findings="Constats",
    no_shapes="Le graphe n'a pas de shapes, donc rien n'a été validé.",
    nothing_found="Choses du corpus validées : {things}. Aucun constat.",
    found="Choses du corpus validées : {things} ; constats : {findings}.",
    by_kind="Par sorte",
    kind_columns=("gravité", "quoi", "constats"),
    one_by_one="Un par un",
    first_of="les {shown} premiers sur {all}",
    finding_columns=("gravité", "chose", "constat"),
    nameless="(un nœud sans nom)",
    severities={"violation": "violation", "warning": "avertissement", "info": "note"},
    map="Carte",
    nobody="Personne ne participe à une pratique, il n'y a donc rien à dessiner.",
    world="Qui participe aux pratiques, et les partenariats",
    butterfly="Pratiques par domaine d'attraction",
    criteria="Critères",
    no_ratings="Aucune pratique n'est évaluée.",
    wrong_ratings="Les évaluations ne peuvent pas être calculées : {reason}",
    ratings="Évaluations : {ratings} ; pratiques : {units} ; évaluateurs : {raters} ; critères : "
    "{criteria}.",
    made_up="évaluations inventées, aucun résultat",
    spread="Scores par critère",
    agreement="Accord : {criterion}",
    no_pairs="On ne peut dire si les évaluateurs s'accordent : aucune pratique n'est évaluée par "
    "deux d'entre eux.",
    all_ratings="toutes les évaluations",
    scale="Échelle : {scale}. Pratiques avec deux évaluations ou plus : {paired} sur {units}.",
    agreement_columns=("coefficient", "valeur", "intervalle", "note", "d'après"),
    thresholds="Nombres donnés par des auteurs, à mettre à côté de {names} : {said}.",
    left_out="{coefficient} sans chaque évaluateur : {criterion}",
    left_out_columns=("sans", "valeur"),
    disputed="Les plus disputées",
    disputed_columns=("critère", "pratique", "désaccord", "scores"),
    networks="Réseaux",
    network_names={
        "partnerships": "Partenariats",
        "co-participation": "Participation commune",
        "participation": "Participation",
        "relations": "Relations entre concepts",
    },
    no_links="{network} : aucun lien.",
    whole="{network} : nœuds : {nodes} ; liens : {links} ; paires liées : {pairs} ; liens d'un "
    "nœud avec lui-même : {loops} ; composantes : {components}, les plus grandes : {largest} ; "
    "communautés : {communities} ; ponts : {bridges} ; modularité : {modularity}.",
    between="{network} : les nœuds situés entre le plus d'autres",
    most_links="{network} : les nœuds avec le plus de liens",
    network_columns=("nom", "sorte", "liens", "voisins", "noyau", "intermédiarité", "communauté"),
    method="Intermédiarité : depuis tous les nœuds. Communautés : Louvain sur les poids sommés, "
    "graine {seed}. Noyaux, composantes et ponts : sans direction ; deux liens parallèles ne sont "
    "pas un pont.",
    sampled="L'intermédiarité est estimée depuis {sample} nœuds sur {nodes}, tirés avec la graine "
    "{seed}.",
    together="Qui participe ensemble",
    inferred="Ce qui a été inféré",
    inferred_of="Faits sur les choses du corpus qui découlent de lui et du graphe fourni : "
    "{facts}.",
    by_property="Faits inférés par propriété",
    most_of="les {shown} qui en ont le plus sur {all}",
    property_columns=("propriété", "faits"),
    citing="Comment citer",
    cite=(
        "Le corpus : ses auteurs{year}, {title}. Nommer les fichiers et les sommes de contrôle "
        "ci-dessus.",
        "Le logiciel : glocal_kg contributors, glocal_kg: the knowledge graph of glocalization, "
        "version {version}, https://w3id.org/glocal (MIT ; ontologie et données CC BY 4.0).",
        "Chaque chiffre : l'article nommé à côté, et ce qui l'a produit, dit sous son tableau.",
    ),
)


def words(languages: Sequence[str]) -> ReportWords:
    """The words in the first language that has them, else in English.

    >>> words(("de", "fr-CH")).networks
    'Réseaux'
    """
    tag = spoken(languages)
    return next(one for one in (EN, IT, FR) if one.language == tag)
