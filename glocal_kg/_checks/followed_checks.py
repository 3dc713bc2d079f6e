"""The findings of set-based checks, kept up to date change by change.

A check says in its header along which paths from ``?focus`` it reads. Walked backward from a
changed fact they lead to the nodes it can matter to, as with shapes; of these nodes alone the
query is asked again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache, cached_property

import numpy as np
from pyoxigraph import DefaultGraph, Literal

from glocal_kg._checks.alike import Alike, Kinds, said_of
from glocal_kg._checks.checks import Check, CheckRow, ask, in_order
from glocal_kg._checks.narrowing import Narrowing, standing_in
from glocal_kg._engines.shacl.affected import Affected
from glocal_kg._engines.shacl.data import Data
from glocal_kg._engines.shacl.edits import EditedTriples
from glocal_kg._engines.shacl.finding_parts import Part
from glocal_kg._engines.shacl.findings import labels
from glocal_kg._engines.shacl.path_text import reads_of_text
from glocal_kg._engines.shacl.paths import Path
from glocal_kg._engines.shacl.report import Finding
from glocal_kg._rdf.deadline import look
from glocal_kg._rdf.namespaces import prefixes, using
from glocal_kg._rdf.sparql.limits import Limits
from glocal_kg._rdf.sparql.parser import prepared
from glocal_kg._rdf.sparql.row_by_row import RowPlan
from glocal_kg._rdf.sparql.row_terms import NotByRows
from glocal_kg._rdf.sparql.run import Evaluation
from glocal_kg._rdf.store.facts import Facts
from glocal_kg._study.vocab import PREFIXES, expand
from glocal_kg.errors import QueryError

FEW = 1000  # so many nodes are few beside all that a full run looks at
_BY_ROWS = 60  # so many nodes are quicker row by row than as columns


class FollowedChecks:
    """The findings of checks on the facts of ``data``, which its owner changes.

    ``facts()`` gives what is asserted, as it is now. Around a change call ``before``, change
    the data, and call ``after``. Raises QueryError, naming the check, for a query that cannot be
    run.
    """

    def __init__(
        self,
        checks: Iterable[Check],
        data: Data,
        facts: Callable[[], Facts],
        *,
        languages: Sequence[str] = ("en",),
    ) -> None:
        self._data = data
        self._facts = facts
        self._languages = languages
        self._names = frozenset(data.label_properties())
        self._parts = [_part(check, data) for check in checks]
        self._ways = Affected(data, [part.all_reads for part in self._parts])
        self._narrow = [number for number, part in enumerate(self._parts) if part.check.at]
        self._broad = set(range(len(self._parts))) - set(self._narrow)
        self._run(self._parts)

    @property
    def found(self) -> list[Part]:
        """The findings now, check by check."""
        return [part.ordered for part in self._parts]

    def before(self, removed: Iterable[Sequence[int]]) -> list[set[int]]:
        """The nodes, check by check, to which facts that will go matter."""
        return self._affected(list(removed))

    def after(
        self,
        affected: list[set[int]],
        added: Iterable[Sequence[int]],
        removed: Iterable[Sequence[int]],
    ) -> None:
        """Look again at what ``before`` gave and at the nodes to which new facts matter."""
        new, gone = list(added), list(removed)
        for nodes, more in zip(affected, self._affected(new), strict=True):
            nodes |= more
        changed = {row[1] for row in (*new, *gone)}
        again = [p for p in self._parts if not p.follows or changed & p.whole]
        self._run(again)
        asked = [
            (part, part.drop(nodes))
            for part, nodes in zip(self._parts, affected, strict=True)
            if nodes and part not in again
        ]
        self._look(asked, {node for row in new for node in row})

    def _affected(self, rows: list[Sequence[int]]) -> list[set[int]]:
        if not rows:
            return [set() for _ in self._parts]
        edit = EditedTriples([(s, p, o) for s, p, o, _ in rows])
        named = edit.of(self._names, False) if edit.predicates & self._names else set()
        graphs = {row[3] for row in rows} - {self._data.terms.find(DefaultGraph())}
        found = [
            (named & part.found.keys() if part.found else set())
            | (graphs if part.check.of_graphs else set())
            for part in self._parts
        ]
        for number, nodes in self._ways.of(edit, self._broad):
            found[number] |= nodes
        for number in self._narrow:
            seen = self._parts[number].seen(edit)
            for _, nodes in self._ways.of(seen, {number}) if seen.triples else ():
                found[number] |= nodes
        return found

    def _run(self, parts: Sequence[_FollowedCheck]) -> None:
        """Look at all nodes: near those that can have a finding, or else at the facts."""
        near: list[tuple[_FollowedCheck, list[int]]] = []
        kinds: dict[str, Kinds] = {}
        standing = cache(lambda: standing_in(self._data))
        for part in parts:
            look()
            part.drop(set(part.found))
            if part.alike is not None:
                part.alike.forget()
            nodes = part.narrowing.everywhere(standing)
            if part.alike is not None and (nodes is None or len(nodes) > FEW):
                kinds[part.check.name] = part.alike.kinds(nodes)
                nodes = kinds[part.check.name].firsts
            if nodes is not None and self._pays(part, len(nodes)):
                near.append((part, nodes.tolist()))
            elif nodes is None or len(nodes):
                self._keep(part, list(ask(part.check, self._facts())))
        for part, some in near:
            rows = self._rows(part, some)
            same = kinds.get(part.check.name)
            if same is not None and rows:
                wrong = {self._data.code(row.focus) for row in rows}
                rows = self._rows(part, same.like(wrong).tolist())
            self._keep(part, rows)
            if part.alike is not None:
                right = [node for node in some if node not in part.found]
                part.alike.note(said_of(right, self._facts()).values())

    def _pays(self, part: _FollowedCheck, count: int) -> bool:
        """Whether a small store around so many nodes is quicker than all facts.

        A query that begins with the property of ``having`` finds those nodes itself.
        """
        few = 0 < count <= min(FEW, len(self._data.index) // 100)
        return few and (bool(part.check.sharing) or not part.check.having)

    def _look(self, asked: Iterable[tuple[_FollowedCheck, set[int]]], new: set[int]) -> None:
        """Look at some nodes, check by check; ``new`` are those that stand in new facts."""
        facts = self._facts()
        run = Evaluation(facts.moment, facts.selection, facts.selection, None, Limits())
        looked = [(part, sorted(nodes)) for part, nodes in asked]
        told = {node for part, nodes in looked if part.by_what_is_said for node in nodes}
        said, there = said_of(told, facts), _There(facts, new)
        for part, nodes in looked:
            if part.alike is not None:
                nodes = [node for node in nodes if not part.alike.is_right(said[node])]
            if part.check.saying:
                nodes = [node for node in nodes if part.narrowing.says(said[node])]
            if part.within:
                nodes = [node for node in nodes if part.is_within(said[node].graphs)]
            if part.plan is None or part.narrowing.narrows:
                nodes = list(filter(part.narrowing.fits, nodes))
            if part.plan is None:  # else to ask is as quick
                nodes = [node for node in nodes if there.may_be(part, node)]
            if nodes:
                self._keep(part, self._rows(part, nodes, run))
            if part.alike is not None:
                part.alike.note(said[node] for node in nodes if node not in part.found)

    def _rows(
        self, part: _FollowedCheck, nodes: Sequence[int], run: Evaluation | None = None
    ) -> list[CheckRow]:
        """The rows of a check at some nodes: a few row by row, in ``run``, where that is given."""
        if run is not None and part.plan is not None and len(nodes) <= _BY_ROWS:
            try:
                found = list(part.plan.solutions(run, nodes))
            except NotByRows:
                pass
            else:
                of_nodes = (row for row in found if not isinstance(row["focus"], Literal))
                return [CheckRow(part.check, row) for row in of_nodes]
        return list(ask(part.check, self._facts(), np.array(nodes, np.int32)))

    def _keep(self, part: _FollowedCheck, rows: list[CheckRow]) -> None:
        """Make findings of rows and keep them by node."""
        if not rows:
            return
        find = self._data.terms.find
        owners = [-1 if isinstance(row.focus, Literal) else find(row.focus) for row in rows]
        nodes = np.array(sorted({n for n in owners if n is not None and n >= 0}), np.int32)
        named = labels(self._data, nodes, self._languages)
        for owner, row in zip(owners, rows, strict=True):
            if owner is None or (owner < 0 and part.follows):
                raise QueryError(
                    f"{part.check.name}: ?focus is {row.focus}.",
                    remedy="A check with 'reads' selects as ?focus a node of the facts.",
                )
            part.found.setdefault(owner, []).append(row.finding(named.get(owner, "")))
        part.changed()


class _There:
    """Whether nodes still are what columns may be asked of: taken away, they may be nothing."""

    def __init__(self, facts: Facts, new: Iterable[int]) -> None:
        """``new`` are nodes that stand in new facts."""
        self._facts = facts
        self._standing = dict.fromkeys(new, True)

    def may_be(self, part: _FollowedCheck, node: int) -> bool:
        """Whether a check can find something at a node."""
        if part.check.of_graphs:
            return self._is_graph(node)
        if part.check.having:
            return True
        if node not in self._standing:
            self._standing[node] = self._stands(node)
        return self._standing[node]

    def _stands(self, node: int) -> bool:
        """Whether a node stands in any fact, as a taken away one may not."""
        facts = self._facts
        return facts.moment.meets(node, facts.selection) or self._is_graph(node)

    def _is_graph(self, node: int) -> bool:
        moment, layers = self._facts.moment, self._facts.selection.layers
        return any(node in moment.graphs_of(layer) for layer in layers)


def _part(check: Check, data: Data) -> _FollowedCheck:
    """A check with its header understood; a slip in it could hide every finding."""
    try:
        with using(PREFIXES):  # a check is in its own language, whatever prefixes a reader binds
            part = _FollowedCheck(check, data)
        named = {*check.having, *check.lacking, *check.several, *check.looping, *check.alike} - {
            "any"
        }
        read = {read.predicate for read in part.all_reads}
        unread = sorted(name for name in named if None not in read and expand(name) not in read)
    except (ValueError, QueryError) as error:
        raise QueryError(
            f"{check.name}: {error}", remedy="Write properties as prefix:name, paths as in SPARQL."
        ) from None
    if unread:
        raise QueryError(
            f"{check.name}: {', '.join(unread)} narrows the check, which does not read it.",
            remedy="Correct its spelling, or add it to 'reads'.",
        )
    return part


class _FollowedCheck:
    """One check: its findings by focus node, and what can change them."""

    def __init__(self, check: Check, data: Data) -> None:
        self.check = check
        self.found: dict[int, list[Finding]] = {}
        self.follows = bool(check.reads)
        self._data = data
        self._ordered: Part | None = None
        self.all_reads = frozenset().union(*map(reads_of_text, check.reads))
        self.reads: dict[Path | None, list[tuple[int | None, bool]]] = {}
        for read in self.all_reads:
            predicate = None if read.predicate is None else data.code(read.predicate)
            self.reads.setdefault(read.path, []).append((predicate, read.at_object))
        self.whole = frozenset(data.code(expand(name)) for name in check.whole)
        self._at = [data.code(expand(name)) for name in check.at]
        self._read = {p for read in self.reads.values() for p, _ in read}
        own = [p for p, at_object in self.reads.get(None, ()) if p is not None and not at_object]
        self.narrowing = Narrowing(check, data, own)
        self.alike = Alike(check.alike, data) if check.alike else None
        self.within = [data.code(expand(name)) for name in check.within]
        self.by_what_is_said = bool(check.alike or check.within or check.saying)

    @cached_property
    def plan(self) -> RowPlan | None:
        """The query, prepared for single nodes; None where it is left to the columns."""
        try:
            return RowPlan(prepared(self.check.query, prefixes()), "focus", self._data.index)
        except NotByRows:
            return None

    def seen(self, edit: EditedTriples) -> EditedTriples:
        """What of an edit the check reads, as far as the header tells."""
        if None not in self._read:
            edit = EditedTriples([row for row in edit.triples if row[1] in self._read])
        if not self._at:
            return edit
        return edit.at(lambda node: any(self._has(node, p) for p in self._at))

    def is_within(self, graphs: Iterable[int]) -> bool:
        """Whether any of some graphs has a value of one of the properties ``within``."""
        return any(self._has(graph, p) for graph in graphs for p in self.within)

    def _has(self, node: int, p: int) -> bool:
        return self._data.index.each_object(node, p) != []

    @property
    def ordered(self) -> Part:
        """The findings, each once, in the order in which a full run gives them."""
        if self._ordered is None:
            self._ordered = tuple(in_order(v for some in self.found.values() for v in some))
        return self._ordered

    def changed(self) -> None:
        """Sort anew when next asked."""
        self._ordered = None

    def drop(self, nodes: set[int]) -> set[int]:
        """Forget the findings at nodes that are looked at again; gives the nodes."""
        for node in nodes & self.found.keys() if self.found else ():
            del self.found[node]
            self.changed()
        return nodes
