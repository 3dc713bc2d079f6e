"""Triple patterns as code: lookups of single numbers."""

from __future__ import annotations

from pyoxigraph import NamedNode

from glocal_kg._rdf.sparql.algebra import Var
from glocal_kg._rdf.sparql.paths import is_reflexive
from glocal_kg._rdf.sparql.row_code import MOST, GroupCode, RowCode
from glocal_kg._rdf.sparql.row_paths import steps_of
from glocal_kg._rdf.sparql.row_terms import NodeLookups, NotByRows, RowTerms

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence, Set

    from glocal_kg._rdf.sparql.algebra import Path, Term, TriplePattern


class RowPatterns:
    """Writes patterns into the code of their groups."""

    def __init__(self, facts: NodeLookups, terms: RowTerms, code: RowCode) -> None:
        self._facts = facts
        self._terms = terms
        self._code = code
        self._contains = code.use(facts.contains)
        self._each_object = code.use(facts.each_object)
        self._each_subject = code.use(facts.each_subject)
        self._matches = code.use(self._both_ends)
        self._any = code.use(self._any_predicate)

    def write(self, pattern: TriplePattern, group: GroupCode, nodes: Set[str]) -> None:
        """The lookup of a pattern in a group some of whose variables are ``nodes`` of facts."""
        names = [one.name if isinstance(one, Var) else None for one in (pattern.s, pattern.o)]
        ends = [self._end(one, group) for one in (pattern.s, pattern.o)]
        if ends == ["None", "None"]:
            raise NotByRows
        if isinstance(pattern.p, NamedNode):
            self._triple(names, ends, self._cell(pattern.p), group)
        elif isinstance(pattern.p, Var):
            self._every(names, ends, pattern.p.name, group)
        else:
            self._path(names, ends, pattern.p, group, nodes)

    def _cell(self, term: Term) -> str:
        return f"{self._code.use(self._terms.cell(term))}[0]"

    def _end(self, node: Var | Term, group: GroupCode) -> str:
        return group.of(node.name) if isinstance(node, Var) else self._cell(node)

    def _triple(self, names: list[str | None], ends: list[str], p: str, group: GroupCode) -> None:
        s, o = ends
        unsure = [name for name in names if name in group.held and name not in group.known]
        if unsure:
            targets = [group.new(), group.new()]
            group.loop(targets, f"{self._matches}({s}, {p}, {o})")
            found = targets
        elif s == "None":
            found = [group.new(), o]
            group.loop(found[:1], f"{self._each_subject}({p}, {o})")
        elif o == "None":
            found = [s, group.new()]
            group.loop(found[1:], f"{self._each_object}({s}, {p})")
        else:
            group.only(f"{self._contains}({s}, {p}, {o})")
            return
        _take_up(names, found, group)

    def _every(self, names: list[str | None], ends: list[str], p: str, group: GroupCode) -> None:
        """A pattern with a variable for its predicate."""
        if p in names:
            raise NotByRows
        if p in group.known:
            self._triple(names, ends, group.of(p), group)
            return
        if p in group.held:
            raise NotByRows
        found = [group.new() for _ in range(3)]
        group.loop(found, f"{self._any}({', '.join(ends)})")
        _take_up([names[0], p, names[1]], found, group)

    def _path(
        self,
        names: list[str | None],
        ends: list[str],
        path: Path,
        group: GroupCode,
        nodes: Set[str],
    ) -> None:
        backward = ends[0] == "None"
        near, far = reversed(ends) if backward else ends
        name, other = reversed(names) if backward else names
        # A path of no step leads to itself from a term of the facts alone.
        if name is None or (name not in nodes and is_reflexive(path)):
            raise NotByRows
        if name not in group.known:
            group.line(f"if {near} is None: raise NotByRows")
        walk = self._code.use(steps_of(path, self._facts, self._terms, backward=backward))
        end = group.new()
        group.loop([end], f"{walk}({near})")
        if far != "None":
            sure = other is None or other in group.known
            group.only(f"{end} == {far}" if sure else f"{far} is None or {end} == {far}")
        _take_up([name, other], [near, end], group)

    # Lookups while a query is asked

    def _both_ends(self, s: int | None, p: int, o: int | None) -> Sequence[tuple[int, int]]:
        """Subject and object of the facts of a predicate, where one of the two is given."""
        if s is None:
            if o is None:
                raise NotByRows
            return [(one, o) for one in self._facts.each_subject(p, o)]
        if o is None:
            return [(s, one) for one in self._facts.each_object(s, p)]
        return [(s, o)] if self._facts.contains(s, p, o) else []

    def _any_predicate(self, s: int | None, o: int | None) -> Iterable[tuple[int, int, int]]:
        """The facts of a subject, an object or both."""
        run = self._terms.run
        if not all(part is None or 0 <= part < run.terms.known for part in (s, o)):
            return ()
        beside, seen = run.moment.few_beside, run.default
        if s is None:
            if o is None:
                raise NotByRows
            few = beside("o", o, seen)
            if few is not None:
                return dict.fromkeys([(other, p, o) for p, other, _ in few])
        elif o is None:
            few = beside("s", s, seen)
            if few is not None:
                return dict.fromkeys([(s, p, other) for p, other, _ in few])
        columns = run.moment.scan(s, None, o, seen)
        return zip(*(column[: MOST + 1].tolist() for column in columns), strict=True)


def _take_up(names: Sequence[str | None], found: Sequence[str], group: GroupCode) -> None:
    """Let variables be what was found for them."""
    for name, local in zip(names, found, strict=True):
        if name is not None and name not in group.known:
            group.held[name] = local
            group.known.add(name)
