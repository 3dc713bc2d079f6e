"""What a knowledge graph has inferred, and keeping it up to date change by change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pyoxigraph import NamedNode

from glocal_kg._graph.contents import Contents, layer_of, seen, unsaid
from glocal_kg._rdf.store.facts import Facts
from glocal_kg._study.vocab import shorten
from glocal_kg.errors import GlocalError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import numpy as np
    from numpy.typing import NDArray
    from pyoxigraph import Quad

    from glocal_kg._engines.rl import Closure
    from glocal_kg._questions.values import Labels


class Inference:
    """The result of ``infer``: counts, contradictions, and whether it is still up to date.

    ``engine`` is the engine that ran, ``interpreted`` whether it used what is read into the
    sources beside what they say, ``inferred`` how many facts follow that are not
    asserted, ``clashes`` the contradictions (of the fast engine: ``Clash`` objects with the
    facts that cause them; of owlrl: its messages).
    """

    def __init__(
        self,
        contents: Contents,
        engine: Literal["fast", "owlrl"],
        closure: Closure | None,
        messages: list[str],
        interpreted: bool = False,
        version: int | None = None,
    ) -> None:
        """``version`` is that of the facts it was worked out from, by default those of now."""
        self.engine = engine
        self.interpreted = interpreted
        self.closure = closure
        self.version = contents.store.moment.version if version is None else version
        self._contents = contents
        self._messages = messages

    @property
    def stale(self) -> bool:
        """True once asserted facts have changed."""
        return self.version != self._contents.store.moment.version

    @property
    def triples(self) -> NDArray[np.int32]:
        """The inferred facts as numbers, shape (n, 3), int32: subject, predicate, object."""
        return self._contents.inferred(interpreted=self.interpreted).triples()

    @property
    def inferred(self) -> int:
        """How many facts were inferred."""
        return len(self._contents.inferred(interpreted=self.interpreted))

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
        return iter(self._contents.inferred(interpreted=self.interpreted))

    def __repr__(self) -> str:
        state = ", out of date" if self.stale else ""
        return f"<Inference: {self.inferred} facts by {self.engine}{state}>"


def infer(
    contents: Contents,
    engine: Literal["fast", "owlrl"],
    before: Inference | None,
    *,
    interpreted: bool = False,
) -> Inference:
    """Close what the sources say, and with ``interpreted`` what is read into them too.

    Where there is an inference from ``before``, what changed since is followed.
    """
    facts = contents.facts(interpreted=interpreted)
    if engine == "fast":
        if before is None or before.closure is None:
            before = _resumed(contents, interpreted)
        if before is not None and before.closure is not None:
            layers = facts.selection.layers
            changes = facts.triple_changes_since(
                before.version, lambda graph: layer_of(graph) in layers
            )
            if changes is not None:
                return _follow(contents, before, before.closure, *changes)
        from glocal_kg._engines.rl import Closure
        from glocal_kg._rdf.store.index import TripleIndex

        closure = Closure(facts.terms, TripleIndex.of(facts.pairs()))
        contents.infer(closure.inferred_pairs(), interpreted=interpreted)
        return Inference(contents, engine, closure, [], interpreted)
    if engine == "owlrl":
        from glocal_kg._engines.rl.reference import close
        from glocal_kg._rdf.store.table import by_predicate

        result = close(facts.terms, facts.triples())
        s, p, o = result.inferred.T
        contents.infer(dict(by_predicate(s, p, o)), interpreted=interpreted)
        return Inference(contents, engine, None, result.clashes, interpreted)
    raise GlocalError(f"There is no reasoning engine {engine!r}.", remedy="Use 'fast' or 'owlrl'.")


def _resumed(contents: Contents, interpreted: bool) -> Inference | None:
    """What was known when the graph was opened, where it was closed then."""
    begun = contents.begun(interpreted=interpreted)
    if begun is None:
        return None
    from glocal_kg._engines.rl import Closure
    from glocal_kg._rdf.store.index import TripleIndex

    said = seen(inferred=True, interpreted=interpreted)
    whole = said.but(layers=(*said.layers, unsaid(said.layers[-1])))
    asserted, closed = (
        TripleIndex.of(Facts(begun, one).pairs())
        for one in (seen(inferred=False, interpreted=interpreted), whole)
    )
    closure = Closure.resumed(begun.dictionary, asserted, closed)
    return Inference(contents, "fast", closure, [], interpreted, begun.version)


def keep_unsaid(contents: Contents, inferences: Iterable[Inference]) -> None:
    """Have with what was inferred all that going on from it needs."""
    for one in inferences:
        if one.closure is not None and not one.stale:
            contents.keep(one.closure.unsaid_pairs(), interpreted=one.interpreted)


def _follow(
    contents: Contents,
    before: Inference,
    closure: Closure,
    added: NDArray[np.int32],
    removed: NDArray[np.int32],
) -> Inference:
    before.closure = None  # whoever interrupts the engine leaves it half done
    change = closure.update(added, removed)
    contents.follow(change.added, change.removed, interpreted=before.interpreted)
    before.version = contents.store.moment.version
    before.closure = closure
    return before


def _name(term: object) -> str:
    return shorten(term.value) if isinstance(term, NamedNode) else str(term)
