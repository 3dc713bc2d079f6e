"""Rows that an answer does not have because interpretations are left out, as they are by default.

Of an empty answer of what is asserted it is told in the same way whether rows follow.

A count of the facts that the query could have met tells for most answers that there are none. Where
there are some, the query is asked once more, with them, within limits: so what is said is so. What
somebody leaves out on purpose (with GRAPH, FROM, ``inferred=False`` or ``source=``) is not told.
"""

from __future__ import annotations

from collections import Counter

from pyoxigraph import Literal, NamedNode

from glocal_kg._questions.notes.again import NoteLimits
from glocal_kg._questions.notes.query_parts import all_patterns
from glocal_kg._rdf.namespaces import OWL, RDF, RDFS
from glocal_kg._rdf.sparql.algebra import Var
from glocal_kg._rdf.store.facts import Facts
from glocal_kg._rdf.store.selection import (
    ASSERTED,
    INFERRED,
    INFERRED_WITH_INTERPRETATION,
    INTERPRETED,
    Selection,
)
from glocal_kg.errors import GlocalError, LimitError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

    from glocal_kg._questions.answers.values import Term
    from glocal_kg._questions.parameters import Bound
    from glocal_kg._rdf.sparql.algebra import Query, TriplePattern
    from glocal_kg._rdf.store.store import State

_SWITCH = "where interpretations are seen: interpreted=True, or --interpreted."
_AXIOMS = (RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range, OWL.inverseOf,
           OWL.propertyChainAxiom, OWL.equivalentClass, OWL.equivalentProperty)  # fmt: skip
_NEAR = "Did you mean"
_FOLLOWS = "where what follows is seen: inferred=True, or without --asserted."


def more(
    facts: Facts, query: Query, told: Sequence[Any], given: Mapping[str, Bound] | None
) -> tuple[str, ...]:
    """What can be said of rows or triples that would be more with what is read into the sources.

    Of ``facts`` only those are looked at that the query could have met: nothing is said where
    interpretations are seen, or where FROM or LIMIT say how much is wanted.
    """
    wide = _wider(facts.moment, facts.selection)
    most = query.select.limit
    if wide is None or query.default is not None or (most is not None and len(told) >= most):
        return ()
    bound = dict(given or {})
    patterns = list(all_patterns(query.select.where))
    if not any(_met(facts.moment, one, bound) for one in patterns):
        unsure = any(_only_follows(facts.moment, one) for one in patterns)
        return (f"There may be more {_SWITCH}",) if unsure else ()
    return _beyond(facts, query, told, given, wide, _SWITCH)


def follows(
    facts: Facts, query: Query, told: Sequence[Any], given: Mapping[str, Bound] | None
) -> tuple[str, ...]:
    """What can be said of rows that follow, for an empty answer of what is asserted alone."""
    if not _leaves_out_what_follows(facts, query) or not facts.moment.fresh(INFERRED):
        return ()
    wide = Selection((*facts.selection.layers, INFERRED))
    return _beyond(facts, query, told, given, wide, _FOLLOWS)


def may_follow(facts: Facts, query: Query, notes: Sequence[str]) -> tuple[str, ...]:
    """That rows may follow, where nobody has worked out what does: no note waits for that."""
    if not _leaves_out_what_follows(facts, query) or facts.moment.fresh(INFERRED):
        return ()
    find, count = facts.moment.find, facts.moment.count
    axioms = [by for one in _AXIOMS if (by := find(one)) is not None]
    if not any(count(None, by, None, facts.selection) for by in axioms):
        return ()
    known = any("may follow" in one or _NEAR in one for one in notes)
    return () if known else (f"There may be rows {_FOLLOWS}",)


def _leaves_out_what_follows(facts: Facts, query: Query) -> bool:
    seen = facts.selection
    return seen.graphs is None and query.default is None and INFERRED not in seen.layers


def _beyond(
    facts: Facts,
    query: Query,
    told: Sequence[Any],
    given: Mapping[str, Bound] | None,
    wide: Selection,
    switch: str,
) -> tuple[str, ...]:
    """What a query has more where more facts are seen."""
    from glocal_kg._rdf.sparql.answering import answer as answered

    try:
        found = answered(query, facts.moment, wide, given=given, limits=NoteLimits())
        if isinstance(found, bool):
            return (f'The answer is "yes" {switch}',) if found and switch is _FOLLOWS else ()
        rows = list(found)  # within the limits as well
    except LimitError:
        return (f"There may be more {switch}",)
    except GlocalError:  # what is computed of them has no value: nothing to say
        return ()
    beyond = len(rows) - len(told)
    if beyond > 0:
        kind = "row" if query.form == "SELECT" else "triple"
        return (f"{beyond:,} more {kind if beyond == 1 else kind + 's'} {switch}",)
    counts = query.form == "SELECT" and query.select.keys is not None
    if counts and beyond == 0 and _figures(rows) != _figures(told):  # type: ignore[arg-type]  # rows of a table, as the form says
        return (f"Some figures are others {switch}",)
    return ()


def _wider(moment: State, selection: Selection) -> Selection | None:
    """The same with what is read into the sources; None where that is seen, or left out."""
    if selection.graphs is not None or selection.layers != (ASSERTED, INFERRED):
        return None
    if not len(moment.graphs(Selection((INTERPRETED,)))):
        return None
    follows = moment.fresh(INFERRED_WITH_INTERPRETATION)  # else what is said is the least of it
    rest = (INFERRED_WITH_INTERPRETATION,) if follows else ()
    return Selection((ASSERTED, INTERPRETED, INFERRED, *rest))


def _met(moment: State, pattern: TriplePattern, given: Mapping[str, Bound]) -> bool:
    """Whether a pattern could meet a fact that is read into the sources, or that follows so."""
    ends: list[int | None] = []
    for node in (pattern.s, pattern.p, pattern.o):
        term = given.get(node.name) if isinstance(node, Var) else node
        known = isinstance(term, NamedNode | Literal)
        number = moment.find(term) if known else None  # type: ignore[arg-type]  # a term where it is known
        if known and number is None:
            return False
        ends.append(number)
    s, p, o = ends
    if moment.count(s, p, o, Selection((INTERPRETED,))):
        return True
    rest = Selection((INFERRED_WITH_INTERPRETATION,))
    return moment.fresh(INFERRED_WITH_INTERPRETATION) and moment.count(s, p, o, rest) > 0


def _only_follows(moment: State, pattern: TriplePattern) -> bool:
    """Whether nobody writes a class, and what follows of it with interpretations is not known.

    To work that out for a note would take longer than most answers.
    """
    a, kind = moment.find(RDF.type), pattern.o
    number = moment.find(kind) if isinstance(kind, NamedNode) and pattern.p == RDF.type else None
    if number is None or moment.fresh(INFERRED_WITH_INTERPRETATION):
        return False
    written, follows = (Selection((one,)) for one in (ASSERTED, INFERRED))
    return not moment.count(None, a, number, written) and bool(
        moment.count(None, a, number, follows)
    )


def _figures(rows: Iterable[tuple[Term | None, ...]]) -> Counter[tuple[str, ...]]:
    """The rows of an aggregate without their longer texts, whose order may be another."""
    return Counter(
        tuple(str(one) for one in row if not isinstance(one, Literal) or _is_figure(one))
        for row in rows
    )


def _is_figure(term: Literal) -> bool:
    return term.value.lstrip("+-").replace(".", "", 1).isdigit()


__all__ = ["follows", "may_follow", "more"]
