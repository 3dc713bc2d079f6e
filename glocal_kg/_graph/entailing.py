"""What a graph implies, answered with the reasons: for ``Graph.entails``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias

import numpy as np
from pyoxigraph import BlankNode, Quad

from glocal_kg._engines.rl.completeness import within
from glocal_kg._engines.rl.entails import Entailment, Verdict, entails
from glocal_kg._graph.explaining import _term, look_into, unknown
from glocal_kg._rdf.deadline import look
from glocal_kg._rdf.escaping import escape, visible
from glocal_kg._rdf.labels import Labels
from glocal_kg._rdf.namespaces import using
from glocal_kg._rdf.sparql.solution_table import unique
from glocal_kg._rdf.store.dictionary import Dictionary
from glocal_kg._rdf.store.term_text import Term
from glocal_kg._telling import proofs
from glocal_kg._telling.phrasing import Phrasing
from glocal_kg.errors import ArgumentError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from glocal_kg._engines.rl.prover import Ground
    from glocal_kg._graph.concluding import Concluding
    from glocal_kg._rdf.reading import Readable
    from glocal_kg._rdf.store.facts import Facts
    from glocal_kg._rdf.store.index import Triple


Claim: TypeAlias = "tuple[str | Term, str | Term, str | Term] | Readable"


@dataclass(frozen=True, repr=False)
class Implication:
    """Whether a graph implies a statement or an ontology, and why; true where it does.

    ``answer`` is "yes", "no" or "unknown": "no" where the statement contradicts the graph, or
    is a fact that the rules would give if it followed; "unknown" where neither it nor its
    opposite could be shown. ``missing`` are the statements that were not shown.
    """

    answer: Verdict
    missing: tuple[tuple[Term, Term, Term], ...]
    _told: Callable[[], str] = field(compare=False)

    @cached_property
    def reasons(self) -> str:
        """The answer with its reasons, as it is read."""
        return self._told()

    def to_text(self) -> str:
        """The answer with its reasons, statement by statement."""
        return visible(self.reasons)

    def __bool__(self) -> bool:
        return self.answer == "yes"

    def __str__(self) -> str:
        return self.to_text()

    def __repr__(self) -> str:
        return f"<Implication: {self.answer}>"

    def _repr_html_(self) -> str:
        return f"<pre>{escape(self.reasons)}</pre>"

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        # The graph that the reasons are told from stays where it is: they travel as words.
        return _as_told, (self.answer, self.missing, self.reasons)


def _as_told(
    answer: Verdict, missing: tuple[tuple[Term, Term, Term], ...], reasons: str
) -> Implication:
    return Implication(answer, missing, lambda: reasons)


class _Reasons:
    """The words for an entailment."""

    def __init__(self, graph: Concluding, found: Entailment) -> None:
        self._found, self._prefixes = found, graph.prefixes
        self._facts = facts = graph.facts  # those of now, whenever the words are read
        labels, english = (Labels(lambda: facts, known) for known in (graph.languages, ("en",)))
        self._words = Phrasing(labels, look_into(facts), english)

    def told(self) -> str:
        """The answer, and statement by statement why."""
        with using(self._prefixes):
            return self._say()

    def _say(self) -> str:
        found, words = self._found, self._words
        lines = [found.answer.capitalize() + "."]
        if found.contradiction is not None:
            lines.append(
                "The facts contradict themselves, and so imply everything:"
                if found.answer == "yes"
                else "The facts contradict it:"
            )
            lines += self._ground(found.contradiction)
        for fact, grounds in found.shown:
            lines.append(f"Shown: {words.fact(*self._terms(fact))}.")
            for ground in grounds:
                lines += self._ground(ground)
        missing = self.missing()
        lines += [f"Not shown: {words.fact(*fact)}." for fact in missing]
        lines += [f"The search was given up, as {why}. It may hold." for why in found.given_up]
        told = [note for fact in missing for note in unknown(self._facts, fact)]
        lines += dict.fromkeys(note for note in told if "Did you mean" in note)
        return "\n".join(lines)

    def missing(self) -> tuple[tuple[Term, Term, Term], ...]:
        """The statements that were not shown, as terms."""
        return tuple(self._terms(fact) for fact in self._found.open)

    def _ground(self, ground: Ground) -> list[str]:
        words = self._words
        supposed = [words.fact(*self._terms(fact)) for fact in ground.supposed]
        lines = [f"Suppose that {' and '.join(supposed)}. Then:"] if supposed else []
        for proof in ground.proofs:
            lines += [f"  {line}" for line in proofs.to_text(proof, words).splitlines()]
        if ground.clash:
            lines.append(f"  That is a contradiction ({ground.clash}).")
        return lines

    def _terms(self, fact: Triple) -> tuple[Term, Term, Term]:
        s, p, o = (self._found.terms[part] for part in fact)
        return s, p, o


def implied(graph: Concluding, statement: Claim) -> Implication:
    """Whether a graph implies a statement; see ``Graph.entails``."""
    from glocal_kg._rdf.reading import open_source

    if isinstance(statement, tuple) and len(statement) == 3:
        with using(graph.prefixes):
            s, p, o = (_term(graph, part) for part in statement)  # type: ignore[arg-type]  # who gives another kind is told there
        said = [Quad(s, p, o)]  # type: ignore[arg-type]  # what cannot stand there is refused
    else:
        if isinstance(statement, tuple) and any(isinstance(part, str) for part in statement):
            raise ArgumentError(
                "statement", statement, "a triple (subject, predicate, object), or a source"
            )
        said = list(open_source(statement).quads())
    terms, facts = _apart(graph.facts)
    own = {term for quad in said for term in quad if isinstance(term, BlankNode)}
    apart = {node: BlankNode() for node in own}  # a blank node of the claim is none of the facts
    claim = [tuple(terms.add(apart.get(term, term)) for term in quad.triple) for quad in said]
    found = entails(terms, facts, claim, complete=within(terms, facts))  # type: ignore[arg-type]  # rows of three
    reasons = _Reasons(graph, found)
    return Implication(found.answer, reasons.missing(), reasons.told)


def _apart(facts: Facts) -> tuple[Dictionary, list[Triple]]:
    """The triples of some facts, with terms of their own: what is claimed is none of the graph."""
    rows = facts.triples()
    used = unique(rows.ravel())
    terms = Dictionary()
    numbers = np.zeros(int(used[-1]) + 1 if len(used) else 0, np.int32)
    for start in range(0, len(used), _PART):
        look()
        some = used[start : start + _PART]
        numbers[some] = terms.add_texts(facts.terms.written(some))
    found: list[Triple] = []
    for start in range(0, len(rows), _PART):
        look()
        found += [(s, p, o) for s, p, o in numbers[rows[start : start + _PART]].tolist()]
    return terms, found


_PART = 1 << 16
"""So many terms or facts are taken between two looks at the time."""
