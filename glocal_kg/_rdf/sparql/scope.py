"""Which variables a part of a query can bind, and which it only mentions (18.2.1)."""

from __future__ import annotations

from typing import Final

from glocal_kg._rdf.sparql.algebra import (
    Aggregate,
    BasicPattern,
    Bind,
    Call,
    Chain,
    Exists,
    GroupPattern,
    InlineData,
    Minus,
    NamedGraphPattern,
    Optional,
    Select,
    Union,
    Var,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from glocal_kg._rdf.sparql.algebra import Expression, Step, TriplePattern

# These give another value each time, so they are asked for each row.
FICKLE: Final = frozenset({"RAND", "UUID", "STRUUID", "BNODE"})


def visible(steps: Iterable[Step]) -> dict[str, None]:
    """The variables that steps can bind, in the order in which they are written.

    Blank nodes of patterns are among them; what MINUS and filters mention is not.
    """
    found: dict[str, None] = {}
    for step in steps:
        match step:
            case BasicPattern(patterns):
                found |= dict.fromkeys(name for item in patterns for name in of_pattern(item))
            case GroupPattern():
                found |= visible(step.steps)
            case Optional(group):
                found |= visible(group.steps)
            case Union(branches):
                for branch in branches:
                    found |= visible(branch.steps)
            case NamedGraphPattern(name, group):
                if isinstance(name, Var):
                    found[name.name] = None
                found |= visible(group.steps)
            case Bind():
                found[step.name] = None
            case InlineData(names, _):
                found |= dict.fromkeys(names)
            case Select():
                found |= dict.fromkeys(column.name for column in step.columns)
    return found


def certain(steps: Iterable[Step]) -> set[str]:
    """The variables that are bound in every row of what steps give."""
    found: set[str] = set()
    for step in steps:
        match step:
            case BasicPattern(patterns):
                found.update(name for item in patterns for name in of_pattern(item))
            case GroupPattern():
                found |= certain(step.steps)
            case Union(branches):
                found |= set[str].intersection(*(certain(branch.steps) for branch in branches))
            case NamedGraphPattern(name, group):
                found |= certain(group.steps)
                if isinstance(name, Var):
                    found.add(name.name)
            case InlineData(names, rows):
                found.update(
                    name
                    for place, name in enumerate(names)
                    if all(row[place] is not None for row in rows)
                )
            case Select():
                inner = certain(step.where.steps)
                if step.keys is not None:
                    inner &= {key.name for key in step.keys if key.expression is None}
                found.update(
                    column.name
                    for column in step.columns
                    if column.expression is None and column.name in inner
                )
    return found


def of_pattern(pattern: TriplePattern) -> Iterator[str]:
    """The variables of a triple pattern."""
    for node in (pattern.s, pattern.p, pattern.o):
        if type(node) is Var:
            yield node.name


def of_expression(expression: Expression | None, *, aggregates: bool = True) -> set[str]:
    """The variables an expression mentions, those of the patterns of EXISTS among them.

    Without ``aggregates``, what stands inside one does not count.
    """
    found: set[str] = set()
    waiting: list[Expression | None] = [expression]
    while waiting:
        match waiting.pop():
            case Var(name):
                found.add(name)
            case Call(_, args):
                waiting += args
            case Chain(first, rest):
                waiting += [first, *(value for _, value in rest)]
            case Aggregate(_, arg):
                if aggregates:
                    waiting.append(arg)
            case Exists(group):
                found |= mentioned(group)
            case _:
                pass
    return found


def mentioned(group: GroupPattern) -> set[str]:
    """All variables that a group names in any place that its outside can reach."""
    found: set[str] = set()
    for expression in group.filters:
        found |= of_expression(expression)
    for step in group.steps:
        found |= step_mentions(step)
    return found


def step_mentions(step: Step) -> set[str]:
    """The same for one step; of a subquery only its columns can be reached."""
    match step:
        case GroupPattern():
            return mentioned(step)
        case Optional(group) | Minus(group):
            return mentioned(group)
        case Union(branches):
            return set[str]().union(*map(mentioned, branches))
        case NamedGraphPattern(name, group):
            own = {name.name} if isinstance(name, Var) else set()
            return own | mentioned(group)
        case Bind(expression, name):
            return of_expression(expression) | {name}
        case _:
            return set(visible((step,)))


def parts(expression: Expression | None) -> Iterator[Expression]:
    """An expression and all expressions in it, outermost first, but for those of EXISTS."""
    waiting: list[Expression | None] = [expression]
    while waiting:
        item = waiting.pop()
        if item is None:
            continue
        yield item
        match item:
            case Call(_, args):
                waiting += args
            case Chain(first, rest):
                waiting += [first, *(value for _, value in rest)]
            case Aggregate(_, arg):
                waiting.append(arg)
            case _:
                pass


def is_fickle(expression: Expression) -> bool:
    """Whether an expression may have another value for the same terms."""
    return any(isinstance(part, Call) and part.name in FICKLE for part in parts(expression))
