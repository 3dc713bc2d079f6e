"""What a knowledge graph has inferred, and keeping it up to date change by change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pyoxigraph import BlankNode, NamedNode

from glocal_kg._graph.contents import Contents, follows, layer_of, seen, unsaid
from glocal_kg._rdf.arguments import WHOLE, takes
from glocal_kg._rdf.counted import counted
from glocal_kg._rdf.escaping import escape
from glocal_kg._rdf.store.facts import SAID, Facts
from glocal_kg._rdf.store.pairs import numbers_of
from glocal_kg._rdf.store.selection import INTERPRETED, Selection
from glocal_kg._study.vocab import INFERRED, shorten
from glocal_kg.errors import GlocalError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray
    from pyoxigraph import Quad

    from glocal_kg._engines.rl import Closure
    from glocal_kg._rdf.labels import Labels
    from glocal_kg._rdf.store.term_text import Term


@dataclass(frozen=True, slots=True)
class Clash:
    """A contradiction: the rule that finds it, and the facts that go against each other.

    ``facts`` starts with the axioms. The engine owlrl has no facts, only a ``message``.
    """

    rule: str
    facts: tuple[tuple[Term, Term, Term], ...] = ()
    message: str = ""


class Inference:
    """The result of ``infer``: counts, contradictions, and whether it is still up to date.

    ``engine`` is the engine that ran, ``interpreted`` whether it used what is read into the
    sources beside what they say, ``inferred`` how many facts follow that are not
    asserted, ``clashes`` the contradictions. Copied or sent elsewhere it has what followed then.
    """

    def __init__(
        self,
        contents: Contents,
        engine: Literal["fast", "owlrl"],
        closure: Closure | None,
        clashes: list[Clash],
        interpreted: bool = False,
        version: int | None = None,
        problems: Sequence[str] = (),
    ) -> None:
        """``version`` is that of the facts it was worked out from, by default those of now."""
        self.engine = engine
        self.interpreted = interpreted
        self.closure = closure
        self.version = contents.store.moment.version if version is None else version
        self._contents = contents
        self._clashes = clashes
        self._problems = problems

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
    def clashes(self) -> list[Clash]:
        """The contradictions; an empty list where there are none."""
        if self.closure is None:
            return list(self._clashes)
        terms = self._contents.store.dictionary
        return [
            Clash(clash.rule, tuple((terms[s], terms[p], terms[o]) for s, p, o in clash.facts))
            for clash in self.closure.clashes
        ]

    @property
    def problems(self) -> list[str]:
        """Axioms that cannot be read and were left out, such as lists without an end."""
        if self.closure is None:
            return list(self._problems)
        return [f"{self._place(one.node)}: {one.message}" for one in self.closure.problems]

    def _place(self, node: int) -> str:
        """A node by its name, or by what leads to it from one that has a name."""
        terms, moment = self._contents.store.dictionary, self._contents.store.moment
        way, met = "", {node}
        while isinstance(terms[node], BlankNode):
            above, ways, _ = moment.scan(None, None, node, SAID)
            new = [n for n in range(len(above)) if int(above[n]) not in met]
            if not new:
                return "A node without a name"
            node = int(above[new[0]])
            met.add(node)
            way = f" > {shorten(terms[int(ways[new[0]])].value)}{way}"
        return f"{terms[node]}{way}"

    @takes(most=WHOLE)
    def clash_texts(self, labels: Labels, most: int | None = None) -> list[str]:
        """The contradictions as sentences, at most ``most``: the rule, and what goes against what.

        ``clashes`` has the facts of each.
        """
        clashes = self.clashes[:most]
        if not clashes:
            return []  # the index, which may still be empty, need not be filled to name things
        from glocal_kg._graph.explaining import look_into
        from glocal_kg._telling.clash_words import tell
        from glocal_kg._telling.phrasing import Phrasing

        phrasing = Phrasing(labels, look_into(self._contents.facts()))
        return [
            clash.message
            or f"Contradiction ({clash.rule}): {tell(clash.rule, list(clash.facts), phrasing)}."
            for clash in clashes
        ]

    def by_predicate(self) -> dict[str, int]:
        """How many facts were inferred with each predicate, the most frequent first."""
        import numpy as np

        predicates, counts = np.unique(self.triples[:, 1], return_counts=True)
        order = np.argsort(-counts, kind="stable")
        terms = self._contents.store.dictionary
        return {_name(terms[int(predicates[n])]): int(counts[n]) for n in order}

    def __iter__(self) -> Iterator[Quad]:
        """The inferred facts as quads of the inferred graphs."""
        return iter(self._contents.inferred(interpreted=self.interpreted))

    def __reduce__(self) -> tuple[object, ...]:
        """It travels as what it found: the facts, the contradictions, what was left out."""
        found = (list(self), self.clashes, self.problems)
        return _settled, (self.engine, self.interpreted, *found)

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><td>{escape(name)}</td><td>{count}</td></tr>"
            for name, count in self.by_predicate().items()
        )
        count = len(self.clashes)
        clashes = f", {count} contradiction{'s' * (count != 1)}" if count else ""
        return f"<p>{escape(repr(self)[1:-1])}{clashes}</p><table>{rows}</table>"

    def __repr__(self) -> str:
        state = ", out of date" if self.stale else ""
        return f"<Inference: {counted(self.inferred, 'fact')} by {self.engine}{state}>"


def infer(
    contents: Contents,
    engine: Literal["fast", "owlrl"],
    known: Mapping[bool, Inference],
    *,
    interpreted: bool = False,
) -> Inference:
    """Close what the sources say, and with ``interpreted`` what is read into them too.

    What follows from the sources alone has been worked out by then, as it is kept apart.

    Where an inference of the same is ``known``, what changed since is followed, unless it is so
    much that to close all anew is quicker than to compare. What is read into the sources goes on
    from what follows from the sources alone, where that is known.
    """
    facts = contents.facts(interpreted=interpreted)
    before = known.get(interpreted)
    if engine == "fast":
        if before is None or before.closure is None:
            before = _resumed(contents, interpreted)
        near = before is not None and _is_near(contents, before.version)
        if before is not None and before.closure is not None and near:
            layers = facts.selection.layers
            changes = facts.triple_changes_since(
                before.version, lambda graph: layer_of(graph) in layers
            )
            if changes is not None:
                return _follow(contents, before, before.closure, *changes, facts)
        from glocal_kg._engines.rl import Closure
        from glocal_kg._rdf.sparql.read_ahead import read_ahead
        from glocal_kg._rdf.store.index import TripleIndex

        alone = known.get(False) if interpreted else None
        if alone is not None and alone.closure is not None and not alone.stale:
            read_in = Facts(contents.store.moment, Selection((INTERPRETED,)))
            closure = alone.closure.grown(read_in.pairs())
        else:
            closure = Closure(facts.terms, TripleIndex.of(facts.pairs()))
            read_ahead(facts.moment, facts.selection)
        contents.infer(closure.inferred_pairs(), interpreted=interpreted)
        return Inference(contents, engine, closure, [], interpreted)
    if engine == "owlrl":
        from glocal_kg._engines.rl.reference import close
        from glocal_kg._rdf.store.fact_table import by_predicate

        result = close(facts.terms, facts.triples())
        s, p, o = result.inferred.T
        contents.infer(dict(by_predicate(s, p, o)), interpreted=interpreted)
        clashes = [Clash("owlrl", message=message) for message in result.clashes]
        return Inference(contents, engine, None, clashes, interpreted)
    raise GlocalError(f"There is no reasoning engine {engine!r}.", remedy="Use 'fast' or 'owlrl'.")


def _resumed(contents: Contents, interpreted: bool) -> Inference | None:
    """What was known when the graph was opened, where it was closed then."""
    begun = contents.begun(interpreted=interpreted)
    if begun is None or not _is_near(contents, begun.version):
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


def _is_near(contents: Contents, version: int) -> bool:
    """Whether so little has changed since a version that to follow it pays."""
    from glocal_kg._engines.rl.closure import is_small

    now = contents.store.moment
    changes = now.count_since(version)
    return changes is not None and is_small(changes, now)


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
    facts: Facts,
) -> Inference:
    before.closure = None  # whoever interrupts the engine leaves it half done
    change = closure.update(added, removed, bare=_bare(facts, removed))
    if before.interpreted:
        contents.follow_interpreted((*change.added, *change.removed), closure.inferred_pairs)
    else:
        contents.follow(change.added, change.removed)
    before.version = contents.store.moment.version
    before.closure = closure
    return before


def _bare(facts: Facts, removed: NDArray[np.int32]) -> list[int]:
    """The subjects of facts that are in no fact any more."""
    moment, seen = facts.moment, facts.selection
    return [node for node in numbers_of(removed[:, 0]) if not moment.meets(node, seen)]


def _settled(
    engine: Literal["fast", "owlrl"],
    interpreted: bool,
    quads: list[Quad],
    clashes: list[Clash],
    problems: list[str],
) -> Inference:
    """An inference that has left its graph: what was found, with a store of its own."""
    from glocal_kg._rdf.store.fact_table import by_predicate
    from glocal_kg._rdf.store.loading import numbered

    contents = Contents()
    rows = numbered(quads, contents.store.dictionary, follows(interpreted)[1])
    alone = rows[:, 3] == contents.store.dictionary.find(INFERRED)
    for with_readings in (False, True)[: 1 + interpreted]:
        s, p, o = (rows if with_readings else rows[alone])[:, :3].T
        contents.infer(dict(by_predicate(s, p, o)), interpreted=with_readings)
    return Inference(contents, engine, None, clashes, interpreted, problems=problems)


def _name(term: object) -> str:
    return shorten(term.value) if isinstance(term, NamedNode) else str(term)
