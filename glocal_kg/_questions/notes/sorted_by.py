"""What is told of the order of an answer: keys without a value, and texts in several languages."""

from __future__ import annotations

from pyoxigraph import Literal

from glocal_kg._questions.notes.at_a_glance import sorted_texts
from glocal_kg._questions.notes.expression_text import text_of
from glocal_kg._questions.notes.in_vain import without_value
from glocal_kg._questions.notes.tested import Tested
from glocal_kg._questions.notes.value_kinds import AskedAgain, whole
from glocal_kg._rdf.sparql.algebra import (
    Aggregate,
    Call,
    Projected,
    Select,
    Var,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from glocal_kg._questions.parameters import Bound
    from glocal_kg._rdf.sparql.algebra import Query
    from glocal_kg._rdf.store.facts import Facts


def keys_in_vain(facts: Facts, query: Query, given: Mapping[str, Bound] | None) -> Iterator[str]:
    """Why what ORDER BY computes has no value in any row: such a key sorts nothing."""
    select = query.select
    again = AskedAgain(facts, query, given)
    place = Tested(select.where, [], needed=True)
    for order in select.order if select.keys is None else ():
        if not isinstance(order.expression, Var):
            part = whole(order.expression, select.where)
            yield from without_value(again, place, part, test=False)


def in_several_languages(
    facts: Facts, query: Query, given: Mapping[str, Bound] | None
) -> Iterator[str]:
    """Sorted texts that are there in several languages for one thing, which stands in each place.

    Nothing is said where the query looks at the language, or does not show the thing.
    """
    select = query.select
    again = AskedAgain(facts, query, given)
    for text, thing in sorted_texts(select):
        language = Aggregate("COUNT", Call("LANG", (text,)), distinct=True)
        several = Select(
            (Projected("_:n", language),),
            select.where,
            keys=(Projected(thing.name),),
            having=(Call(">", (language, Literal(1))),),
            limit=1,
        )
        if again.rows(several):
            yield (
                f"{text_of(text)} is sorted in several languages together, and ?{thing.name}"
                f' stands once for each. Write FILTER(LANG(?{text.name}) = "en").'
            )


__all__ = ["in_several_languages", "keys_in_vain"]
