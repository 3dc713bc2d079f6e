"""Why a fact holds: a proof of the closure, with the graphs and passages its facts come from."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad

from glocal_kg._engines.rl.proof import Origin, Proof
from glocal_kg._engines.rl.rules import PREFIXES
from glocal_kg._engines.shacl.rdf_terms import choose_text
from glocal_kg._graph.naming import meant
from glocal_kg._graph.noting import Noted
from glocal_kg._rdf.arguments import WHOLE, takes
from glocal_kg._rdf.escaping import visible
from glocal_kg._rdf.labels import Labels, own_properties, subproperties
from glocal_kg._rdf.namespaces import RDF, Prefixes, shorten, using
from glocal_kg._rdf.store.facts import Facts
from glocal_kg._study.vocab import GLOCAL, ONTOLOGY
from glocal_kg._telling import proofs
from glocal_kg._telling.phrasing import Phrasing
from glocal_kg._telling.term_names import Look, short
from glocal_kg.errors import ArgumentError, GlocalError, NotFoundError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from glocal_kg._engines.rl import Closure
    from glocal_kg._graph.concluding import Concluding
    from glocal_kg._rdf.labels import Looked
    from glocal_kg._rdf.store.term_text import Term

_WAYS = (
    ("stated in", GLOCAL.statedIn),
    ("reported in", GLOCAL.reportedIn),
    ("interpreted from", GLOCAL.interpretedFrom),
)


_WEAKEST = "This needs an interpretation; the least sure of them has a confidence of {}."


class Explanation:
    """The shortest proof of a fact and where its asserted facts stand.

    ``proof`` is the proof itself; ``str()`` is for people, the ``to_...`` methods write it.
    """

    def __init__(
        self,
        proof: Proof,
        facts: Looked,
        prefixes: Prefixes,
        languages: tuple[str, ...],
        closure: Closure | None = None,
    ) -> None:
        self.proof = proof
        self._facts = facts  # of now, so that it stays what it is
        self._prefixes = prefixes
        self._languages = languages
        self._labels = Labels(lambda: facts, languages)
        self._words = Labels(lambda: facts, ("en",))
        self._closure = closure
        self._ways = [
            (way, one) for way, p in _WAYS for one in (p, *own_properties(subproperties(facts), p))
        ]

    @property
    def confidence(self) -> Decimal | None:
        """The lowest confidence of the interpretations it rests on; None where it needs none."""
        found = [one.confidence for one in self.sources() if one.confidence is not None]
        return min(found, default=None)

    @takes(most=WHOLE)
    def others(self, most: int = 10) -> list[Explanation]:
        """Independent proofs of the same fact, the shortest first, at most ``most``.

        Raises ``GlocalError`` for an explanation that was copied or came from elsewhere.
        """
        if self._closure is None:
            raise GlocalError(
                "This explanation has left its graph.", remedy="Ask kg.explain for another one."
            )
        fact = self.proof.fact(self.proof.root.fact)
        found = self._closure.explain_all(*fact, most)
        given = (self._facts, self._prefixes, self._languages, self._closure)
        return [Explanation(proof, *given) for proof in found]

    def __reduce__(self) -> tuple[Any, ...]:
        """It travels with the facts that its words are made of, and leaves its graph behind."""
        noted = Noted(self._facts)
        told = Explanation(self.proof, noted, self._prefixes, self._languages, self._closure)
        for _ in (told.to_text(), told.to_json(), told.to_turtle(), told._repr_html_()):
            pass  # each looks up what it tells
        return _left, (self.proof, list(noted.seen), self._prefixes, self._languages)

    @takes(width=WHOLE.or_none())
    def to_text(self, rules: bool = False, width: int | None = None) -> str:
        """The proof as sentences: a tree of facts and what each rests on.

        ``rules`` adds the rule of each step, ``width`` breaks long lines. Where the proof needs
        an interpretation, the last line says how sure the least sure of them is.
        """
        with using(self._prefixes):
            text = proofs.to_text(self.proof, self._phrasing(), self._origins, rules, width)
        weakest, absent = self.confidence, self._labels.absent()
        text = text if weakest is None else f"{text}\n\n{_WEAKEST.format(weakest)}"
        return visible(f"{text}\n\n{absent}" if absent else text)

    def to_json(self) -> str:
        """The proof as a JSON list of steps."""
        with using(self._prefixes):
            return proofs.to_json(self.proof, self._name, self._origins)

    def to_turtle(self) -> str:
        """The proof as PROV in Turtle."""
        with using(self._prefixes):
            return proofs.to_turtle(self.proof, self._origins)

    def to_mermaid(self) -> str:
        """The proof as a Mermaid flow chart."""
        with using(self._prefixes):
            return proofs.to_mermaid(self.proof, self._phrasing())

    def to_svg(self) -> str:
        """The proof as a picture (SVG): each fact a card above the cards it rests on."""
        from glocal_kg._telling.drawing import draw
        from glocal_kg._telling.prose import Prose

        with using(self._prefixes):
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

        with using(self._prefixes):
            return Prose(self.proof, self._phrasing(), self._origins).html()

    def __repr__(self) -> str:
        return f"<Explanation: {self.proof.size} steps>"

    def _phrasing(self) -> Phrasing:
        return Phrasing(self._labels, look_into(self._facts), self._words)

    def _name(self, term: Term) -> str:
        if isinstance(term, NamedNode):
            label = self._labels(term)
            return label.value if label is not None else shorten(term.value)
        return str(term) if isinstance(term, BlankNode) else term.value

    def _origins(self, s: Term, p: Term, o: Term) -> list[Origin]:
        """The graphs a fact stands in, each with the passages that back it there.

        An assertion of just this fact names its passages; otherwise the passages of the subject
        in the same graph do.
        """
        facts = self._facts
        found: list[Origin] = []
        for quad in facts.quads_for_pattern(s, p, o):
            graph = quad.graph_name
            graph_iri = "" if isinstance(graph, DefaultGraph) else graph.value
            held = self._assertions(s, p, o)
            backed: list[tuple[Any, Any]] = [(one, None) for one in held] or [(s, graph)]
            passages = [
                (way, other.object, node)
                for node, where in backed
                for way, predicate in self._ways
                for other in facts.quads_for_pattern(node, predicate, None, where)
            ]
            named = [
                self._origin(graph_iri, way, passage, node)
                for way, passage, node in passages
                if isinstance(passage, NamedNode)
            ]
            bare = Origin(graph_iri, brief=_graph_name(graph_iri))
            found += sorted(named, key=lambda origin: origin.passage) or [bare]
        return sorted(dict.fromkeys(found), key=lambda origin: (origin.graph, origin.passage))

    def _assertions(self, s: Term, p: Term, o: Term) -> list[NamedNode]:
        """The assertions of the proposition that is just this fact."""

        def said(*pattern: Any) -> list[Any]:
            return [quad.subject for quad in self._facts.quads_for_pattern(*pattern)]

        return [
            held
            for one in said(None, GLOCAL.subject, s)
            if said(one, GLOCAL.relation, p) and said(one, GLOCAL.value, o)
            for held in said(None, GLOCAL.asserts, one)
        ]

    def _origin(self, graph: str, way: str, passage: NamedNode, held: Any) -> Origin:
        """A passage with its source, by their labels: in full and in short.

        What ``held``, an assertion, interprets is said with its confidence and reason.
        """
        source = self._source(passage)
        names = [self._name(term) for term in (source, passage) if isinstance(term, NamedNode)]
        if names[-1].startswith(f"{names[0]}, "):  # "cities.xlsx", and "cities.xlsx, row 2"
            del names[0]
        full = ", ".join(dict.fromkeys(names))
        head, _, _ = names[-1].partition(": ")
        place = head if any(map(str.isdigit, head)) else names[-1]  # "slide 41: socio-economic"
        verb, preposition = way.split()
        if preposition == "in" and place.startswith(("slide ", "page ")):
            preposition = "on"
        text, brief = f"{way} {full}", f"{verb} {preposition} {place}"
        confidence = self._confidence(held) if verb == "interpreted" else None
        if confidence is not None:
            reason = self._reason(held)
            brief += f" (confidence {confidence})"
            text += f" (confidence {confidence}{': ' if reason else ''}{reason})"
            full = text.removeprefix(f"{way} ")
        return Origin(graph, passage.value, text, brief, full, confidence)

    def _confidence(self, held: Any) -> Decimal | None:
        found = [
            Decimal(quad.object.value)
            for quad in self._facts.quads_for_pattern(held, GLOCAL.confidence)
            if isinstance(quad.object, Literal)
        ]
        return min(found, default=None)

    def _reason(self, held: Any) -> str:
        texts = [
            quad.object
            for quad in self._facts.quads_for_pattern(held, GLOCAL.reason)
            if isinstance(quad.object, Literal)
        ]
        chosen = choose_text(texts, self._languages)
        return chosen.value.rstrip(".") if chosen is not None else ""

    def _source(self, passage: NamedNode) -> Term | None:
        """What a passage is of. It may only follow, and the index may not show what follows."""
        if self._closure is None:
            said = (
                quad.object for quad in self._facts.quads_for_pattern(passage, GLOCAL.fromSource)
            )
            return min(said, key=str, default=None)  # type: ignore[return-value]  # sources are IRIs
        terms, index = self._closure.terms, self._closure.index
        number, passage_of = map(terms.find, (passage, GLOCAL.fromSource))
        if number is None or passage_of is None:
            return None
        found = [terms[source] for source in index.each_object(number, passage_of)]
        if isinstance(self._facts, Noted):
            self._facts.note(Quad(passage, GLOCAL.fromSource, one) for one in found)
        return min(found, key=str, default=None)


def _left(
    proof: Proof, quads: list[Quad], prefixes: Prefixes, languages: tuple[str, ...]
) -> Explanation:
    """An explanation that has left its graph."""
    return Explanation(proof, Facts.of(quads), prefixes, languages)


def look_into(facts: Looked) -> Look:
    """What is asserted of a term, in the order of the text of terms: for a ``Phrasing``."""

    def look(term: Term, predicate: str) -> list[Term]:
        if isinstance(term, Literal):
            return []
        prefix, _, local = predicate.partition(":")
        node = NamedNode(PREFIXES[prefix] + local)
        found = {quad.object for quad in facts.quads_for_pattern(term, node)}
        return sorted(found, key=str)  # type: ignore[arg-type]  # no triple terms are asked for

    return look


def _graph_name(graph: str) -> str:
    """A graph in a few words, for facts without a passage."""
    module = graph.removeprefix(ONTOLOGY.value + "/")
    if module != graph:
        return f"ontology: {module}"
    return f"graph: {short(NamedNode(graph))}" if graph else ""


def explain(
    kg: Concluding, subject: str | Term, predicate: str | Term, object: str | Term
) -> Explanation:
    """The shortest proof of a fact; see ``KnowledgeGraph.explain``."""
    predicate = RDF.type if predicate == "a" else predicate
    terms = (_term(kg, subject), _term(kg, predicate), _term(kg, object))
    closure = _closure(kg, interpreted=False)
    try:
        proof = closure.explain(*terms)
    except NotFoundError:  # the sources alone do not give it: with what is read into them?
        closure = _closure(kg, interpreted=True)
        try:
            proof = closure.explain(*terms)
        except NotFoundError as error:
            told = unknown(kg.seen(interpreted=True), terms)
            if not told:
                told = _nearby(kg, terms)
            raise NotFoundError(error.message, remedy=" ".join(told)) from None
    return Explanation(proof, kg.facts, kg.prefixes, kg.languages, closure)


def _nearby(kg: Concluding, terms: tuple[Term, Term, Term]) -> list[str]:
    """What is said with the same subject and property, in place of what is not."""
    s, p, _ = terms
    if not isinstance(s, NamedNode | BlankNode) or not isinstance(p, NamedNode):
        return ["Check the three terms; an explanation is only given for what follows."]
    with using(kg.prefixes):
        facts = kg.seen(interpreted=True).quads_for_pattern(s, p)
        ends = [quad.object for quad in facts if not isinstance(quad.object, BlankNode)]
        held = sorted({shorten(o.value) if isinstance(o, NamedNode) else str(o) for o in ends})
        name = shorten(s.value) if isinstance(s, NamedNode) else str(s)
        way = shorten(p.value)
    if not held:
        return [f"{name} has no {way}; glocal describe tells what it has."]
    more = f" and {len(held) - 3} more" if held[3:] else ""
    return [f"{name} has {way} {', '.join(held[:3])}{more}."]


def unknown(facts: Facts, terms: tuple[Term, Term, Term]) -> list[str]:
    """What can be said of terms that are in no fact: the nearest names, as for a query."""
    from glocal_kg._questions.notes.empty import notes
    from glocal_kg._rdf.sparql.parser import prepared

    s, p, o = terms
    if isinstance(s, BlankNode) or isinstance(o, BlankNode):
        return []
    query = prepared(f"ASK {{ {s} {p} {o} }}", {})
    return [one for one in notes(facts, query) if "is in no fact" in one]


def _closure(kg: Concluding, *, interpreted: bool) -> Closure:
    kg.seen(interpreted=interpreted)
    closure = kg.infer(interpreted=interpreted).closure
    assert closure is not None
    return closure


def _term(kg: Concluding, given: str | Term) -> Term:
    if isinstance(given, (NamedNode, BlankNode, Literal)):
        return given
    if not isinstance(given, str):
        raise ArgumentError("term", given, "an IRI, a name, or a pyoxigraph term")
    return meant(kg, given)
