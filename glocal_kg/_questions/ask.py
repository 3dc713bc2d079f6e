"""One query of the facts of a moment: parsed, answered within its limits, turned into an answer."""

from __future__ import annotations

from glocal_kg._questions.table import Table, Triples
from glocal_kg._rdf.namespaces import prefixes
from glocal_kg.errors import QueryError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import TypeAlias, TypeVar

    T = TypeVar("T", Table, bool, Triples)

    from glocal_kg._questions.parameters import Bound
    from glocal_kg._questions.values import Labels
    from glocal_kg._rdf.store.facts import Facts

Answer: TypeAlias = Table | bool | Triples


def ask(
    facts: Facts,
    text: str,
    *,
    values: Mapping[str, Bound] | None = None,
    timeout: float | None = None,
    max_rows: int | None = None,
    max_memory: int | None = None,
    first: int | None = None,
    labels: Labels | None = None,
) -> Answer:
    """Run one query.

    ``values`` are terms for variables; ``timeout`` is in seconds, ``max_memory`` in bytes; more
    than ``max_rows`` rows are an error, while ``first`` just stops after so many. A limit ends
    the work itself, in a thread too. Raises ``QueryError``.
    """
    from glocal_kg._rdf.sparql.answering import answer
    from glocal_kg._rdf.sparql.limits import Limits
    from glocal_kg._rdf.sparql.parser import prepared

    if not isinstance(text, str):
        raise QueryError(
            f"A query is text, not {type(text).__name__}.", remedy="Give SPARQL as a str."
        )
    limits = Limits(timeout, max_rows, max_memory)
    query = prepared(text, prefixes())
    if first is not None and query.form == "SELECT":
        most = first if query.select.limit is None else min(first, query.select.limit)
        query = query.but(select=query.select.but(limit=most))
    found = answer(query, facts.moment, facts.selection, given=values, limits=limits)
    if isinstance(found, bool):
        return found
    if isinstance(found, list):
        return Triples(found, labels=labels)
    table = Table(found.names, found.rows(), labels=labels)
    if not table:
        from glocal_kg._questions.notes import notes

        table.notes = tuple(notes(facts, query, values))
    return table


def expect(answer: Answer, kind: type[T], form: str) -> T:
    """The answer where it is of a kind; ``QueryError`` that names the form for another one."""
    if isinstance(answer, kind):
        return answer
    raise QueryError(f"This is no {form} query.", remedy="Use kg.query for any form.")
