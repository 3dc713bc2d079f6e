"""What a source is recorded not to say, where an empty answer would leave somebody guessing."""

from __future__ import annotations

import re
from itertools import chain, islice

from pyoxigraph import Literal, NamedNode

from glocal_kg._questions.notes.again import asked
from glocal_kg._questions.notes.query_parts import NAMES, occurs, parts_of
from glocal_kg._questions.notes.written import local_of, name_of
from glocal_kg._rdf.labels import Labels
from glocal_kg._rdf.namespaces import RDF, RDFS
from glocal_kg._rdf.sparql.algebra import Call, GroupPattern, InlineData, TriplePattern
from glocal_kg._rdf.store.facts import SAID
from glocal_kg._rdf.store.selection import EVERYTHING
from glocal_kg._study.vocab import GLOCAL

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from glocal_kg._questions.parameters import Bound
    from glocal_kg._rdf.sparql.algebra import Query, Select
    from glocal_kg._rdf.store.facts import Facts
    from glocal_kg._rdf.store.store import State

_MOST = 2
_STEM = 5  # letters of a property that its verb shares: of founder and founded
_WORD = 4  # letters that a word has at least, to be looked for
_OF_TEXT = ("CONTAINS", "STRSTARTS", "STRENDS", "REGEX", "=")


def silences(
    facts: Facts, query: Query, given: Mapping[str, Bound], *, explained: bool = False
) -> list[str]:
    """The silences about what a query names, or whose labels have the words that it looks for.

    One about several things is told where the query names them all: any one of them has facts.
    Where filters alone leave no row, a silence about what is asked is not the cause; where the
    answer is ``explained`` otherwise, the words that a filter looks for are not.
    """
    moment, seen = facts.moment, facts.selection
    a, kind, about = map(moment.find, (RDF.type, GLOCAL.Silence, GLOCAL.about))
    if a is None or kind is None or about is None:
        return []
    recorded = moment.scan(None, a, kind, seen)[0]
    told: list[int] = []
    nodes = dict.fromkeys((*islice(_things(query.select), NAMES), *given.values()))
    named = {moment.find(node) for node in nodes if isinstance(node, NamedNode)} - {None}
    kept = query.select.where
    bare = _without_filters(kept)
    filtered = bare != kept and asked(facts, _whether(query, bare), given) != []
    if named and not filtered:
        for number in recorded.tolist():
            topics = moment.scan(number, about, None, seen)[2].tolist()
            if topics and named.issuperset(topics):
                told.append(number)
    labels = Labels(lambda: facts, ("en",))
    properties = list(islice(_properties(query.select), NAMES))
    stems = [local_of(one.value).casefold()[:_STEM] for one in properties]
    near = [one for one in told if any(stem in _name(moment, labels, one) for stem in stems)]
    told = near or told[:1]
    if not told and not filtered:
        there = [one for one in properties if occurs(moment, one)]
        told = list(_of_class(moment, labels, query, there, recorded.tolist()))
    words = [re.escape(word) for word in islice(_words(query.select, filters=not explained), NAMES)]
    if words:
        pattern = re.compile(rf"\b({'|'.join(words)})", re.IGNORECASE)
        told += [one for one in recorded.tolist() if pattern.search(_name(moment, labels, one))]
    return [
        f"Recorded as a silence, {name_of(one)}: {label.value}"
        for one in moment.terms(list(dict.fromkeys(told))[:_MOST])
        if isinstance(one, NamedNode) and (label := labels(one)) is not None
    ]


def _of_class(
    moment: State, labels: Labels, query: Query, properties: list[NamedNode], recorded: list[int]
) -> Iterator[int]:
    """The silences about things of a class alone that a query asks, and of a property it names."""
    a, about = moment.find(RDF.type), moment.find(GLOCAL.about)
    classes = islice(_classes(query.select), NAMES)
    kinds = [_below(moment, n) for one in classes if (n := moment.find(one)) is not None]
    parts = [part.casefold() for one in properties
             for part in re.findall(r"[A-Z]?[a-z]{3,}", local_of(one.value))]  # fmt: skip
    for one in recorded:
        name = _name(moment, labels, one)
        if not any(re.search(rf"\b{part}", name) for part in parts):
            continue
        topics = moment.scan(one, about, None, EVERYTHING)[2].tolist()
        if topics and any(
            all(any(moment.count(topic, a, n, SAID) for n in below) for topic in topics)
            for below in kinds
        ):
            yield one


def _below(moment: State, kind: int) -> list[int]:
    """A class and those below it by what is asserted: whether anybody has inferred is no matter."""
    found, sub = [kind], moment.find(RDFS.subClassOf)
    for one in found if sub is not None else ():
        under = moment.scan(None, sub, one, SAID)[0].tolist()
        found += [each for each in under if each not in found]
    return found


def _name(moment: State, labels: Labels, number: int) -> str:
    node = moment.term(number)
    label = labels(node) if isinstance(node, NamedNode) else None
    return "" if label is None else label.value.casefold()


def _things(select: Select) -> Iterator[NamedNode]:
    """The things that a query names: no classes, no properties."""
    for part in parts_of(select):
        named: Iterable[object] = ()
        if isinstance(part, TriplePattern):
            named = (part.s,) if part.p == RDF.type else (part.s, part.o)
        elif isinstance(part, InlineData):
            named = chain.from_iterable(part.rows)
        elif isinstance(part, Call):
            named = part.args
        yield from (one for one in named if isinstance(one, NamedNode))


def _classes(select: Select) -> Iterator[NamedNode]:
    """The classes that a query names."""
    for part in parts_of(select):
        if isinstance(part, TriplePattern) and part.p == RDF.type and isinstance(part.o, NamedNode):
            yield part.o


def _properties(select: Select) -> Iterator[NamedNode]:
    """The properties that a query names, but for those of type and label."""
    for part in parts_of(select):
        if isinstance(part, TriplePattern) and isinstance(part.p, NamedNode):
            yield from (part.p,) if part.p not in (RDF.type, RDFS.label) else ()


def _without_filters(group: GroupPattern) -> GroupPattern:
    steps = (_without_filters(one) if isinstance(one, GroupPattern) else one for one in group.steps)
    return GroupPattern(tuple(steps))


def _whether(query: Query, where: GroupPattern) -> Query:
    """Whether there are rows of a group."""
    select = query.select.but(where=where, keys=None, having=(), order=(), limit=None, offset=0)
    return query.but(form="ASK", select=select)


def _words(select: Select, *, filters: bool) -> Iterator[str]:
    """The words that a query looks for in texts, and those of the kinds that it asks for."""
    for part in parts_of(select):
        if isinstance(part, TriplePattern):
            if part.p == GLOCAL.kind and isinstance(part.o, NamedNode):
                yield local_of(part.o.value)[:_WORD]
        elif filters and isinstance(part, Call) and part.name in _OF_TEXT:
            for one in part.args:
                plain = one.value if isinstance(one, Literal) else ""
                if len(plain) >= _WORD and plain.replace(" ", "").isalpha():
                    yield plain


__all__ = ["silences"]
