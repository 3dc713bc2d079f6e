"""N-Triples and N-Quads from the texts of terms as the store has them: these are their form."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from glocal_kg._rdf.store.text_order import OrderedFacts

_END = b" .\n"


def lines(facts: OrderedFacts) -> Iterator[bytes]:
    """The lines of facts, many in one piece: N-Quads where they have a column of graphs.

    >>> from glocal_kg._rdf.store.dictionary import Dictionary
    >>> from glocal_kg._rdf.store.text_order import OrderedFacts
    >>> terms = Dictionary()
    >>> a, one, default, g = terms.add_texts([b"<urn:a>", b'"one"', b"", b"<urn:g>"]).tolist()
    >>> facts = OrderedFacts(terms, [[a, a], [a, a], [one, one], [g, default]])
    >>> print(*(part.decode() for part in lines(facts)), end="")
    <urn:a> <urn:a> "one" .
    <urn:a> <urn:a> "one" <urn:g> .
    """
    for numbers, columns in facts.parts():
        texts = facts.dictionary.written(numbers)
        get = texts.__getitem__
        pieces = [b" "] * (6 * len(columns[0]))
        for place, column in zip((0, 2, 4), columns, strict=False):
            pieces[place::6] = map(get, column.tolist())
        ends = [_END] * len(columns[0])
        if len(columns) > 3:
            graphs = columns[3].tolist()
            named = {place: b" " + texts[place] + _END for place in set(graphs) if texts[place]}
            ends = [named.get(place, _END) for place in graphs]
        pieces[5::6] = ends
        yield b"".join(pieces)
