"""Why a fact holds: a proof of the closure, with the graphs and passages its facts come from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode

from glocal_kg._engines.rl.proof import Origin, Proof
from glocal_kg._engines.rl.rules import PREFIXES
from glocal_kg._questions.parameters import read_iri
from glocal_kg._rdf.namespaces import shorten, using
from glocal_kg._study.vocab import GLOCAL, ONTOLOGY
from glocal_kg._telling import proofs
from glocal_kg._telling.naming import Look, short
from glocal_kg._telling.phrasing import Phrasing
from glocal_kg.errors import GlocalError

if TYPE_CHECKING:
    from glocal_kg._engines.rl import Closure
    from glocal_kg._graph.graph import Graph
    from glocal_kg._rdf.store.facts import Facts
    from glocal_kg._rdf.store.terms import Term

_WAYS = (
    ("stated in", GLOCAL.statedIn),
    ("reported in", GLOCAL.reportedIn),
    ("interpreted from", GLOCAL.interpretedFrom),
)


class Explanation:
    """The shortest proof of a fact and where its asserted facts stand.

    ``proof`` is the proof itself; ``str()`` is for people, the ``to_...`` methods write it.
    """

    def __init__(self, kg: Graph, proof: Proof) -> None:
        self.proof = proof
        self._kg = kg
        self._closure = _closure(kg)
        self._labels = kg.labels

    def others(self, most: int = 10) -> list[Explanation]:
        """Independent proofs of the same fact, the shortest first, at most ``most``."""
        closure = _closure(self._kg)
        fact = self.proof.fact(self.proof.root.fact)
        return [Explanation(self._kg, proof) for proof in closure.explain_all(*fact, most)]

    def to_text(self, rules: bool = False, width: int | None = None) -> str:
        """The proof as sentences: a tree of facts and what each rests on.

        ``rules`` adds the rule of each step, ``width`` breaks long lines.
        """
        with using(self._kg.prefixes):
            return proofs.to_text(self.proof, self._phrasing(), self._origins, rules, width)

    def to_json(self) -> str:
        """The proof as a JSON list of steps."""
        with using(self._kg.prefixes):
            return proofs.to_json(self.proof, self._name, self._origins)

    def to_turtle(self) -> str:
        """The proof as PROV in Turtle."""
        with using(self._kg.prefixes):
            return proofs.to_turtle(self.proof, self._origins)

    def to_mermaid(self) -> str:
        """The proof as a Mermaid flow chart."""
        with using(self._kg.prefixes):
            return proofs.to_mermaid(self.proof, self._phrasing())

    def to_svg(self) -> str:
        """The proof as a picture (SVG): each fact a card above the cards it rests on."""
        from glocal_kg._telling.drawing import draw
        from glocal_kg._telling.prose import Prose

        with using(self._kg.prefixes):
            return draw(Prose(self.proof, self._phrasing(), self._origins))

    def sources(self) -> list[Origin]:
        """Where the asserted facts of the proof stand: graph, passage and its name."""
        found = [origin for fact in self.proof.asserted() for origin in self._origins(*fact)]
        return list(dict.fromkeys(found))

    def __str__(self) -> str:
        return self.to_text()

    def _repr_html_(self) -> str:
        """The same as nested lists, for a notebook."""
        from glocal_kg._telling.prose import Prose

        with using(self._kg.prefixes):
            return Prose(self.proof, self._phrasing(), self._origins).html()

    def __repr__(self) -> str:
        return f"<Explanation: {self.proof.size} steps>"

    def _phrasing(self) -> Phrasing:
        return Phrasing(self._labels, look_into(self._kg.facts))

    def _name(self, term: Term) -> str:
        if isinstance(term, NamedNode):
            label = self._labels(term)
            return label.value if label is not None else shorten(term.value)
        return str(term) if isinstance(term, BlankNode) else term.value

    def _origins(self, s: Term, p: Term, o: Term) -> list[Origin]:
        """The graphs a fact stands in, each with the passages that back it there.

        A claim about just this fact names its passages; otherwise the passages of the subject
        in the same graph do.
        """
        facts = self._kg.facts
        found: list[Origin] = []
        for quad in facts.quads_for_pattern(s, p, o):
            graph = quad.graph_name
            graph_iri = "" if isinstance(graph, DefaultGraph) else graph.value
            claims = self._claims(s, p, o)
            backed: list[tuple[Any, Any]] = [(claim, None) for claim in claims] or [(s, graph)]
            passages = [
                (way, other.object)
                for node, where in backed
                for way, predicate in _WAYS
                for other in facts.quads_for_pattern(node, predicate, None, where)
            ]
            named = [
                self._origin(graph_iri, way, passage)
                for way, passage in passages
                if isinstance(passage, NamedNode)
            ]
            bare = Origin(graph_iri, brief=_graph_name(graph_iri))
            found += sorted(named, key=lambda origin: origin.passage) or [bare]
        return sorted(dict.fromkeys(found), key=lambda origin: (origin.graph, origin.passage))

    def _claims(self, s: Term, p: Term, o: Term) -> list[NamedNode]:
        def said(*pattern: Any) -> list[Any]:
            return [quad.subject for quad in self._kg.facts.quads_for_pattern(*pattern)]

        return [
            claim
            for claim in said(None, GLOCAL.claimSubject, s)
            if isinstance(claim, NamedNode)
            and said(claim, GLOCAL.claimPredicate, p)
            and said(claim, GLOCAL.claimObject, o)
        ]

    def _origin(self, graph: str, way: str, passage: NamedNode) -> Origin:
        """A passage with its source, by their labels: in full and in short."""
        source = self._source(passage)
        names = [self._name(term) for term in (source, passage) if isinstance(term, NamedNode)]
        full = ", ".join(dict.fromkeys(names))
        head, _, _ = names[-1].partition(": ")
        place = head if any(map(str.isdigit, head)) else names[-1]  # "slide 41: socio-economic"
        verb, preposition = way.split()
        if preposition == "in" and place.startswith(("slide ", "page ")):
            preposition = "on"
        return Origin(graph, passage.value, f"{way} {full}", f"{verb} {preposition} {place}", full)

    def _source(self, passage: NamedNode) -> Term | None:
        """What a passage is of. It may only follow, and the index may not show what follows."""
        terms, index = self._closure.terms, self._closure.index
        number, passage_of = map(terms.find, (passage, GLOCAL.passageOf))
        if number is None or passage_of is None:
            return None
        found = [terms[source] for source in index.each_object(number, passage_of)]
        return min(found, key=str, default=None)


def look_into(facts: Facts) -> Look:
    """What is asserted of a term, in the order of the text of terms: for a ``Phrasing``."""

    def look(term: Term, predicate: str) -> list[Term]:
        if isinstance(term, Literal):
            return []
        prefix, _, local = predicate.partition(":")
        node = NamedNode(PREFIXES[prefix] + local)
        found = {quad.object for quad in facts.quads_for_pattern(term, node)}
        return sorted(found, key=str)  # type: ignore[arg-type]

    return look


def _graph_name(graph: str) -> str:
    """A graph in a few words, for facts without a passage."""
    module = graph.removeprefix(ONTOLOGY.value + "/")
    if module != graph:
        return f"ontology: {module}"
    return f"graph: {short(NamedNode(graph))}" if graph else ""


def explain(
    kg: Graph, subject: str | Term, predicate: str | Term, object: str | Term
) -> Explanation:
    """The shortest proof of a fact; see ``KnowledgeGraph.explain``."""
    closure = _closure(kg)
    terms = (_term(kg, subject), _term(kg, predicate), _term(kg, object))
    return Explanation(kg, closure.explain(*terms))


def _closure(kg: Graph) -> Closure:
    if kg.inference is None or kg.inference.closure is None:
        raise GlocalError(
            "Only facts that were inferred by the fast engine can be explained.",
            remedy="Call kg.infer() first.",
        )
    kg._refuse_stale()
    return kg.inference.closure


def _term(kg: Graph, given: str | Term) -> Term:
    if isinstance(given, (NamedNode, BlankNode, Literal)):
        return given
    try:
        return read_iri(given)
    except (ValueError, TypeError) as error:
        raise GlocalError(
            f"'{given}' is no term: {error}.",
            remedy="Give an IRI in full or as prefix:name, or a pyoxigraph term.",
        ) from None
