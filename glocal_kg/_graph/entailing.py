"""What a graph implies, answered with the reasons: for ``Graph.entails``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Quad

from glocal_kg._engines.rl.entails import Entailment, Verdict, entails
from glocal_kg._engines.rl.profile import within
from glocal_kg._graph.explaining import _term, look_into
from glocal_kg._rdf.namespaces import using
from glocal_kg._rdf.store.dictionary import Dictionary
from glocal_kg._rdf.store.terms import Term
from glocal_kg._telling import proofs
from glocal_kg._telling.phrasing import Phrasing

if TYPE_CHECKING:
    from glocal_kg._engines.rl.prover import Ground
    from glocal_kg._graph.graph import Graph
    from glocal_kg._rdf.store.index import Triple


class Implication:
    """Whether a graph implies a statement or an ontology, and why; true where it does.

    ``answer`` is "yes", "no" or "unknown": "no" where the statement contradicts the graph, or
    is a fact that the rules would give if it followed; "unknown" where neither it nor its
    opposite could be shown.
    """

    def __init__(self, graph: Graph, found: Entailment) -> None:
        self.answer: Verdict = found.answer
        self.found = found
        self._graph = graph

    @property
    def missing(self) -> list[tuple[Term, Term, Term]]:
        """The statements that were not shown."""
        return [self._terms(fact) for fact in self.found.open]

    def to_text(self) -> str:
        """The answer with its reasons, statement by statement."""
        with using(self._graph.prefixes):
            words = Phrasing(self._graph.labels, look_into(self._graph.facts))
            lines = [self.answer.capitalize() + "."]
            contradiction = self.found.contradiction
            if contradiction is not None:
                lines.append(
                    "The facts contradict themselves, and so imply everything:"
                    if self.answer == "yes"
                    else "The facts contradict it:"
                )
                lines += self._told(contradiction, words)
            for fact, grounds in self.found.shown:
                lines.append(f"Shown: {words.fact(*self._terms(fact))}.")
                for ground in grounds:
                    lines += self._told(ground, words)
            lines += [f"Not shown: {words.fact(*fact)}." for fact in self.missing]
            return "\n".join(lines)

    def _told(self, ground: Ground, words: Phrasing) -> list[str]:
        supposed = [words.fact(*self._terms(fact)) for fact in ground.supposed]
        lines = [f"Suppose that {' and '.join(supposed)}. Then:"] if supposed else []
        for proof in ground.proofs:
            lines += [f"  {line}" for line in proofs.to_text(proof, words).splitlines()]
        if ground.clash:
            lines.append(f"  That is a contradiction ({ground.clash}).")
        return lines

    def _terms(self, fact: Triple) -> tuple[Term, Term, Term]:
        s, p, o = (self.found.terms[part] for part in fact)
        return s, p, o

    def __bool__(self) -> bool:
        return self.answer == "yes"

    def __str__(self) -> str:
        return self.to_text()

    def __repr__(self) -> str:
        return f"<Implication: {self.answer}>"


def implied(graph: Graph, statement: object) -> Implication:
    """Whether a graph implies a statement; see ``Graph.entails``."""
    from glocal_kg._rdf.reading import open_source

    if isinstance(statement, tuple) and len(statement) == 3:
        with using(graph.prefixes):
            s, p, o = (_term(graph, part) for part in statement)
        said = [Quad(s, p, o)]  # type: ignore[arg-type]
    else:
        said = list(open_source(statement).quads())
    terms = Dictionary()
    facts = [tuple(map(terms.add, quad.triple)) for quad in graph.facts]
    own = {term for quad in said for term in quad if isinstance(term, BlankNode)}
    apart = {node: BlankNode() for node in own}  # a blank node of the claim is none of the facts
    claim = [tuple(terms.add(apart.get(term, term)) for term in quad.triple) for quad in said]
    return Implication(graph, entails(terms, facts, claim, complete=within(terms, facts)))  # type: ignore[arg-type]
