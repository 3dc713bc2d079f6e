"""What a knowledge graph has inferred, and keeping it up to date change by change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pyoxigraph import NamedNode

from glocal_kg._rdf.store.quads import QuadStore
from glocal_kg._study.vocab import shorten
from glocal_kg.errors import GlocalError

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from numpy.typing import NDArray
    from pyoxigraph import Quad

    from glocal_kg._engines.rl import Closure
    from glocal_kg._questions.values import Labels


class Inference:
    """The result of ``infer``: counts, contradictions, and whether it is still up to date.

    ``engine`` is the engine that ran, ``inferred`` how many facts follow that are not
    asserted, ``clashes`` the contradictions (of the fast engine: ``Clash`` objects with the
    facts that cause them; of owlrl: its messages).
    """

    def __init__(
        self,
        quads: QuadStore,
        engine: Literal["fast", "owlrl"],
        triples: NDArray[np.int32],
        closure: Closure | None,
        messages: list[str],
    ) -> None:
        self.engine = engine
        self.closure = closure
        self.version = quads.facts.version
        self._quads = quads
        self._triples = triples
        self._messages = messages

    @property
    def stale(self) -> bool:
        """True once asserted facts have changed."""
        return self.version != self._quads.facts.version

    @property
    def triples(self) -> NDArray[np.int32]:
        """The inferred facts as numbers, shape (n, 3), int32: subject, predicate, object."""
        return self.closure.inferred if self.closure is not None else self._triples

    @property
    def inferred(self) -> int:
        """How many facts were inferred."""
        return len(self.triples)

    @property
    def clashes(self) -> list[object]:
        """The contradictions; an empty list where there are none."""
        return list(self.closure.clashes) if self.closure is not None else list(self._messages)

    @property
    def problems(self) -> list[str]:
        """Axioms that cannot be read and were left out, such as lists without an end."""
        terms = self._quads.facts.terms
        found = self.closure.problems if self.closure is not None else []
        return [f"{terms[problem.node]}: {problem.message}" for problem in found]

    def clash_texts(self, labels: Labels, most: int | None = None) -> list[str]:
        """The contradictions as sentences, at most ``most``: the rule, and what goes against what.

        ``clashes`` has the facts of each.
        """
        if self.closure is None:
            return self._messages[:most]
        if not self.closure.clashes:
            return []  # the index, which may still be empty, need not be filled to name things
        from glocal_kg._graph.explaining import look_into
        from glocal_kg._telling.clash_words import tell
        from glocal_kg._telling.phrasing import Phrasing

        terms = self._quads.facts.terms
        phrasing = Phrasing(labels, look_into(self._quads.index))
        texts = []
        for clash in self.closure.clashes[:most]:
            facts = [tuple(terms[part] for part in fact) for fact in clash.facts]
            texts.append(f"Contradiction ({clash.rule}): {tell(clash.rule, facts, phrasing)}.")  # type: ignore[arg-type]
        return texts

    def by_predicate(self) -> dict[str, int]:
        """How many facts were inferred with each predicate, the most frequent first."""
        import numpy as np

        predicates, counts = np.unique(self.triples[:, 1], return_counts=True)
        order = np.argsort(-counts, kind="stable")
        terms = self._quads.facts.terms
        return {_name(terms[int(predicates[n])]): int(counts[n]) for n in order}

    def __iter__(self) -> Iterator[Quad]:
        """The inferred facts as quads of the inferred graph."""
        return self._quads.inferred.quads(self.triples.tolist())

    def __repr__(self) -> str:
        state = ", out of date" if self.stale else ""
        return f"<Inference: {self.inferred} facts by {self.engine}{state}>"


def infer(
    quads: QuadStore, engine: Literal["fast", "owlrl"], before: Inference | None
) -> Inference:
    """Close the asserted facts, or follow what changed since ``before``."""
    if engine == "fast":
        if before is not None and before.closure is not None and before._quads is quads:
            return _follow(quads, before, before.closure)
        from glocal_kg._engines.rl import Closure

        closure = Closure(quads.facts.terms, quads.facts.columns()[:, :3])
        found = Inference(quads, engine, closure.inferred, closure, [])
    elif engine == "owlrl":
        from glocal_kg._engines.rl.reference import close

        result = close(quads.facts.terms, quads.facts.columns()[:, :3])
        found = Inference(quads, engine, result.inferred, None, result.clashes)
    else:
        raise GlocalError(
            f"There is no reasoning engine {engine!r}.", remedy="Use 'fast' or 'owlrl'."
        )
    quads.inferred.offer(lambda: found.triples)
    return found


def _follow(quads: QuadStore, before: Inference, closure: Closure) -> Inference:
    added, removed = quads.triple_changes_since(before.version)
    change = closure.update(map(tuple, added), map(tuple, removed))  # type: ignore[arg-type]
    quads.inferred.change(sorted(change.added), sorted(change.removed))
    before.version = quads.facts.version
    return before


def _name(term: object) -> str:
    return shorten(term.value) if isinstance(term, NamedNode) else str(term)
