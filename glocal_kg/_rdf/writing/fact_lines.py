"""N-Triples and N-Quads from the texts of terms as the store has them: these are their form."""

from __future__ import annotations

import numpy as np

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
        texts = np.array(facts.dictionary.written(numbers), object)
        written = [texts + b" ", texts + b" ", texts + _END]
        if len(columns) > 3:
            written[2:] = [texts, np.where(texts == b"", _END, b" " + texts + _END)]
        pieces = np.empty((len(columns[0]), len(columns)), object)
        for place, column in enumerate(columns):
            pieces[:, place] = written[place][column]
        yield b"".join(pieces.ravel().tolist())
