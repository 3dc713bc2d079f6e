"""The solutions of a SELECT query, one by one, for code that asks facts a fixed question."""

from __future__ import annotations

from typing import Any

from glocal_kg._rdf.namespaces import prefixes
from glocal_kg._rdf.sparql.answering import Rows, answer
from glocal_kg._rdf.sparql.parser import prepared

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from glocal_kg._rdf.sparql.algebra import Term
    from glocal_kg._rdf.store.facts import Facts
    from glocal_kg._rdf.store.pairs import Numbers


def solutions(
    text: str,
    facts: Facts,
    given: Mapping[str, Term] | None = None,
    nodes: Mapping[str, Numbers] | None = None,
) -> Iterator[dict[str, Any]]:
    """The solutions of a query of some facts: the terms of the variables that are bound.

    The prefixes of the running call need no declaration.
    ``given`` and ``nodes`` are those of :func:`.answering.answer`. Raises ``QueryError``.
    """
    rows = answer(
        prepared(text, prefixes()), facts.moment, facts.selection, given=given, nodes=nodes
    )
    assert isinstance(rows, Rows), "the query is no SELECT"
    yield from bound(rows)


def bound(rows: Rows) -> Iterator[dict[str, Any]]:
    """Each row as the terms of its variables that are bound."""
    for row in rows:
        both = zip(rows.names, row, strict=True)
        yield {name: term for name, term in both if term is not None}
