"""Variables that a query compares and nothing gives a value: a slip that finds nothing."""

from __future__ import annotations

from difflib import get_close_matches

from glocal_kg._rdf.frozen import Frozen
from glocal_kg._rdf.sparql.algebra import GroupPattern, Select, Var

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from glocal_kg._rdf.sparql.algebra import Query


def blind(query: Query, given: Collection[str]) -> Iterator[str]:
    """What can be said of variables of FILTER and HAVING that no pattern has.

    A name that SELECT makes of a count is not there yet when HAVING looks.
    """
    select = query.select
    bound = set(given) | {one for step in select.where.steps for one in _variables(step)}
    for one in dict.fromkeys(
        name for f in select.where.filters for name in _variables(f, inside=False)
    ):
        if one not in bound:
            yield _told("FILTER", one, bound)
    made = {column.name for column in select.columns if getattr(column, "expression", None)}
    for one in dict.fromkeys(name for part in select.having for name in _variables(part)):
        if one in made:
            yield f"HAVING does not see ?{one} yet: repeat its expression there, as COUNT(...)."
        elif one not in bound:
            yield _told("HAVING", one, bound)


def _told(where: str, name: str, bound: Collection[str]) -> str:
    close = get_close_matches(name, sorted(bound), 1, 0.6)
    meant = f" Did you mean ?{close[0]}?" if close else ""
    return f"?{name} in {where} has no value: no pattern has it.{meant}"


def _variables(part: object, *, inside: bool = True) -> Iterator[str]:
    """The names of all variables in a part of a query; with ``inside``, of EXISTS too."""
    if isinstance(part, GroupPattern) and not inside:
        return
    if isinstance(part, Var):
        if not part.name.startswith("_:"):
            yield part.name
    elif isinstance(part, tuple | list):
        for one in part:
            yield from _variables(one, inside=inside)
    elif isinstance(part, Frozen):
        if isinstance(part, Select):
            yield from (column.name for column in part.columns)
        for name in part.__match_args__:
            yield from _variables(getattr(part, name), inside=inside)
