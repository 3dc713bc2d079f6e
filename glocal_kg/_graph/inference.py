"""What a knowledge graph has inferred, and keeping it up to date change by change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pyoxigraph import NamedNode

from glocal_kg._graph.contents import Contents
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
        contents: Contents,
        engine: Literal["fast", "owlrl"],
        closure: Closure | None,
        messages: list[str],
    ) -> None:
        self.engine = engine
        self.closure = closure
        self.version = contents.store.moment.version
        self._contents = contents
        self._messages = messages

    @property
    def stale(self) -> bool:
        """True once asserted facts have changed."""
        return self.version != self._contents.store.moment.version

    @property
    def triples(self) -> NDArray[np.int32]:
        """The inferred facts as numbers, shape (n, 3), int32: subject, predicate, object."""
        return self._contents.inferred().triples()

    @property
    def inferred(self) -> int:
        """How many facts were inferred."""
        return len(self._contents.inferred())

    @property
    def clashes(self) -> list[object]:
        """The contradictions; an empty list where there are none."""
        return list(self.closure.clashes) if self.closure is not None else list(self._messages)

    @property
    def problems(self) -> list[str]:
        """Axioms that cannot be read and were left out, such as lists without an end."""
        terms = self._contents.store.dictionary
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

        terms = self._contents.store.dictionary
        phrasing = Phrasing(labels, look_into(self._contents.facts()))
        texts = []
        for clash in self.closure.clashes[:most]:
            facts = [tuple(terms[part] for part in fact) for fact in clash.facts]
            texts.append(f"Contradiction ({clash.rule}): {tell(clash.rule, facts, phrasing)}.")
        return texts

    def by_predicate(self) -> dict[str, int]:
        """How many facts were inferred with each predicate, the most frequent first."""
        import numpy as np

        predicates, counts = np.unique(self.triples[:, 1], return_counts=True)
        order = np.argsort(-counts, kind="stable")
        terms = self._contents.store.dictionary
        return {_name(terms[int(predicates[n])]): int(counts[n]) for n in order}

    def __iter__(self) -> Iterator[Quad]:
        """The inferred facts as quads of the inferred graph."""
        return iter(self._contents.inferred())

    def __repr__(self) -> str:
        state = ", out of date" if self.stale else ""
        return f"<Inference: {self.inferred} facts by {self.engine}{state}>"


def infer(
    contents: Contents, engine: Literal["fast", "owlrl"], before: Inference | None
) -> Inference:
    """Close the asserted facts, or follow what changed since ``before``."""
    facts = contents.facts()
    if engine == "fast":
        if before is not None and before.closure is not None:
            changes = facts.triple_changes_since(before.version)
            if changes is not None:
                return _follow(contents, before, before.closure, *changes)
        from glocal_kg._engines.rl import Closure
        from glocal_kg._rdf.store.index import TripleIndex

        closure = Closure(facts.terms, TripleIndex.of(facts.pairs()))
        contents.infer(closure.inferred_pairs())
        return Inference(contents, engine, closure, [])
    if engine == "owlrl":
        from glocal_kg._engines.rl.reference import close
        from glocal_kg._rdf.store.table import by_predicate

        result = close(facts.terms, facts.triples())
        s, p, o = result.inferred.T
        contents.infer(dict(by_predicate(s, p, o)))
        return Inference(contents, engine, None, result.clashes)
    raise GlocalError(f"There is no reasoning engine {engine!r}.", remedy="Use 'fast' or 'owlrl'.")


def _follow(
    contents: Contents,
    before: Inference,
    closure: Closure,
    added: NDArray[np.int32],
    removed: NDArray[np.int32],
) -> Inference:
    before.closure = None  # whoever interrupts the engine leaves it half done
    change = closure.update(added, removed)
    contents.follow(change.added, change.removed)
    before.version = contents.store.moment.version
    before.closure = closure
    return before


def _name(term: object) -> str:
    return shorten(term.value) if isinstance(term, NamedNode) else str(term)
