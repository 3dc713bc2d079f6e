"""What a source is recorded not to say, where an empty answer would leave somebody guessing."""

from __future__ import annotations

import re

from pyoxigraph import Literal, NamedNode

from glocal_kg._questions.notes.written import local_of, name_of
from glocal_kg._rdf.frozen import Frozen
from glocal_kg._rdf.labels import Labels
from glocal_kg._rdf.namespaces import RDF, RDFS
from glocal_kg._rdf.sparql.algebra import Call, InlineData, TriplePattern
from glocal_kg._rdf.store.moment import EVERYTHING
from glocal_kg._study.vocab import GLOCAL

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from glocal_kg._questions.parameters import Bound
    from glocal_kg._rdf.sparql.algebra import Query
    from glocal_kg._rdf.store.facts import Facts
    from glocal_kg._rdf.store.store import State

_MOST = 2
_STEM = 5  # letters of a property that its verb shares: of founder and founded
_WORD = 4  # letters that a word has at least, to be looked for
_OF_TEXT = ("CONTAINS", "STRSTARTS", "STRENDS", "REGEX", "=")


def silences(facts: Facts, query: Query, given: Mapping[str, Bound]) -> list[str]:
    """The silences about what a query names, or whose labels have the words that it looks for.

    One about several things is told where the query names them all: any one of them has facts.
    """
    moment, seen = facts.moment, facts.selection
    a, kind, about = map(moment.find, (RDF.type, GLOCAL.Silence, GLOCAL.about))
    if a is None or kind is None or about is None:
        return []
    recorded = moment.scan(None, a, kind, seen)[0]
    told: list[int] = []
    nodes = dict.fromkeys((*_things(query.select), *given.values()))
    named = {moment.find(node) for node in nodes if isinstance(node, NamedNode)} - {None}
    if named:
        for number in recorded.tolist():
            topics = moment.scan(number, about, None, seen)[2].tolist()
            if topics and named.issuperset(topics):
                told.append(number)
    labels = Labels(lambda: facts, ("en",))
    asked = [local_of(one.value).casefold()[:_STEM] for one in _properties(query.select)]
    near = [one for one in told if any(stem in _name(moment, labels, one) for stem in asked)]
    told = near or told[:1] or list(_of_class(moment, labels, query, recorded.tolist()))
    words = [re.escape(word) for word in _words(query.select)]
    if words:
        pattern = re.compile(rf"\b({'|'.join(words)})", re.IGNORECASE)
        told += [one for one in recorded.tolist() if pattern.search(_name(moment, labels, one))]
    return [
        f"Recorded as a silence, {name_of(one)}: {label.value}"
        for one in moment.terms(list(dict.fromkeys(told))[:_MOST])
        if isinstance(one, NamedNode) and (label := labels(one)) is not None
    ]


def _of_class(moment: State, labels: Labels, query: Query, recorded: list[int]) -> Iterator[int]:
    """The silences about things of a class alone that a query asks, and of a property it names."""
    a, about = moment.find(RDF.type), moment.find(GLOCAL.about)
    kinds = [n for one in _classes(query.select) if (n := moment.find(one)) is not None]
    parts = [part.casefold() for one in _properties(query.select)
             for part in re.findall(r"[A-Z]?[a-z]{3,}", local_of(one.value))]  # fmt: skip
    for one in recorded:
        name = _name(moment, labels, one)
        if not any(re.search(rf"\b{part}", name) for part in parts):
            continue
        topics = moment.scan(one, about, None, EVERYTHING)[2].tolist()
        if topics and any(
            all(moment.count(topic, a, kind, EVERYTHING) for topic in topics) for kind in kinds
        ):
            yield one


def _name(moment: State, labels: Labels, number: int) -> str:
    node = moment.term(number)
    label = labels(node) if isinstance(node, NamedNode) else None
    return "" if label is None else label.value.casefold()


def _things(part: object) -> Iterator[NamedNode]:
    """The things that a query names: no classes, no properties."""
    if isinstance(part, TriplePattern):
        ends = (part.s,) if part.p == RDF.type else (part.s, part.o)
        yield from (end for end in ends if isinstance(end, NamedNode))
    elif isinstance(part, InlineData):
        yield from (one for row in part.rows for one in row if isinstance(one, NamedNode))
    elif isinstance(part, Call):
        yield from (one for one in part.args if isinstance(one, NamedNode))
        yield from _things(part.args)
    elif isinstance(part, tuple):
        for one in part:
            yield from _things(one)
    elif isinstance(part, Frozen):
        yield from _things(part.contents())


def _classes(part: object) -> Iterator[NamedNode]:
    """The classes that a query names."""
    if isinstance(part, TriplePattern):
        if part.p == RDF.type and isinstance(part.o, NamedNode):
            yield part.o
    elif isinstance(part, tuple):
        for one in part:
            yield from _classes(one)
    elif isinstance(part, Frozen):
        yield from _classes(part.contents())


def _properties(part: object) -> Iterator[NamedNode]:
    """The properties that a query names, but for those of type and label."""
    if isinstance(part, TriplePattern):
        if isinstance(part.p, NamedNode) and part.p not in (RDF.type, RDFS.label):
            yield part.p
    elif isinstance(part, tuple):
        for one in part:
            yield from _properties(one)
    elif isinstance(part, Frozen):
        yield from _properties(part.contents())


def _words(part: object) -> Iterator[str]:
    """The words that a query looks for in texts, and those of the kinds that it asks for."""
    if isinstance(part, TriplePattern):
        if part.p == GLOCAL.kind and isinstance(part.o, NamedNode):
            yield local_of(part.o.value)[:_WORD]
    elif isinstance(part, Call):
        if part.name in _OF_TEXT:
            for one in part.args:
                plain = one.value if isinstance(one, Literal) else ""
                if len(plain) >= _WORD and plain.replace(" ", "").isalpha():
                    yield plain
        yield from _words(part.args)
    elif isinstance(part, tuple):
        for one in part:
            yield from _words(one)
    elif isinstance(part, Frozen):
        yield from _words(part.contents())


__all__ = ["silences"]
