"""Python functions in the making, into which the groups of a query are written.

A row is the local variables of such a function: one loop within the other takes it from step to
step, and what fails a test goes on with the next. Nothing of a query's text gets into the code:
variables have numbers, and terms, lookups and expressions are values that the code names.
"""

from __future__ import annotations

from typing import Any, Final

from glocal_kg._rdf.python_code import function_of
from glocal_kg._rdf.sparql.row_terms import NotByRows

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet
    from typing import TypeAlias

    Group: TypeAlias = Callable[..., Iterator[tuple[int | None, ...]]]

MOST: Final = 1000
"""Rows of one group, or ends of one walk; where there are more, columns are quicker."""
_DEEP: Final = 18  # loops within each other; Python has at most 20


class RowCode:
    """The values that the functions of one query name."""

    def __init__(self) -> None:
        self.values: dict[str, Any] = {"NotByRows": NotByRows}

    def use(self, value: object) -> str:
        """The name by which code has a value."""
        name = f"c{len(self.values)}"
        self.values[name] = value
        return name


class GroupCode:
    """The function of one group. It takes the ``handed`` variables, ``known`` of them for sure.

    A variable of the query that is held may still be None, which is unbound, unless it is known.

    >>> group = GroupCode(RowCode(), ["a"], {"a"})
    >>> group.loop([b := group.new()], group.code.use(lambda a: [a + 1, a + 2]) + "(v0)")
    >>> group.only(f"{b} > 2")
    >>> group.held["b"] = b
    >>> list(group.made(["a", "b"])(1))
    [(1, 3)]
    """

    def __init__(self, code: RowCode, handed: Sequence[str], known: AbstractSet[str]) -> None:
        self.code = code
        self.known = set(known)
        self.held = {name: f"v{place}" for place, name in enumerate(handed)}
        self._head = f"def group({', '.join(self.held.values())}):"
        self._lines = [" count = 0"]
        self._loops = 0
        self._locals = len(self.held)

    def new(self) -> str:
        """A local variable of its own: one that a loop has set keeps its value in loops within."""
        self._locals += 1
        return f"v{self._locals - 1}"

    def of(self, name: str | None) -> str:
        """What a variable of the query is here."""
        return self.held.get(name, "None")  # type: ignore[arg-type]  # None is no name

    def line(self, text: str) -> None:
        """A line, at the place that has been reached."""
        self._lines.append(f"{' ' * (self._loops + 1)}{text}")

    def loop(self, targets: Sequence[str], source: str, *, tuples: bool = False) -> None:
        """Go on for each of what a source gives: numbers or, one way or the other, tuples."""
        if self._loops == _DEEP:
            raise NotByRows
        several = tuples or len(targets) != 1
        self.line(f"for {_tuple(targets) if several else targets[0]} in {source}:")
        self._loops += 1
        self.line("count += 1")
        self.line(f"if count > {MOST}: raise NotByRows")

    def only(self, test: str) -> None:
        """Go on only where a test holds."""
        self.line(f"if not ({test}): {'continue' if self._loops else 'return'}")

    def join(
        self,
        names: Sequence[str],
        source: str,
        handed: AbstractSet[str] = frozenset(),
        certain: AbstractSet[str] = frozenset(),
    ) -> None:
        """Go on for each row of a source that agrees with this one, joined with it.

        ``names`` are the variables of a row of it: the ``handed`` have the values that they have
        here, the ``certain`` are never unbound.
        """
        targets = [self.new() for _ in names]
        self.loop(targets, source, tuples=True)
        for name, new in zip(names, targets, strict=True):
            if name not in handed:
                self.agree(name, new, sure=name in certain)
            elif name not in self.known:
                self.held[name] = new
        self.known |= certain

    def agree(self, name: str, new: str, *, sure: bool) -> None:
        """Let a variable have a value; go on only where it has the same already, or none."""
        old = self.held.get(name)
        if old is None:
            self.held[name] = new
        elif name in self.known and sure:
            self.only(f"{new} == {old}")
        else:
            self.only(f"{new} is None or {old} is None or {new} == {old}")
            if name not in self.known:
                self.held[name] = self.new()
                self.line(f"{self.held[name]} = {new} if {old} is None else {old}")
        if sure:
            self.known.add(name)

    def made(self, names: Iterable[str]) -> Group:
        """The function, which gives for each row the values of these variables."""
        self.line(f"yield {_tuple([self.of(name) for name in names])}")
        lines = [self._head, *self._lines]
        group: Group = function_of("group", lines, self.code.values)
        return group


def _tuple(parts: Sequence[str]) -> str:
    return f"({', '.join(parts)}{',' if len(parts) == 1 else ''})"
