"""Graphs of TriG: blocks of statements, taken apart so that the statements are those of Turtle."""

from __future__ import annotations

import numpy as np

from glocal_kg._rdf.reading.turtle_tokens import BEGIN, DOT, END, GRAPH, WORD, Kinds, Numbers

NO_BLOCK = -1


def unwrapped(numbers: Numbers, kinds: Kinds, graph: int) -> tuple[Numbers, Kinds, int] | None:
    """Tokens without blocks, and the graph of the block that is open behind them.

    ``graph`` is that of the block they begin in. Marks within a block get the number of its
    graph, and a brace that ends a statement is made a dot. A brace with no name before it has
    the number of its graph itself. None where blocks are not as they should be.

    >>> numbers = np.array([7, 0, 1, 2, 3, 0], np.int32)  # g { a b c }
    >>> kinds = np.array([13, BEGIN, 13, 15, 13, END], np.uint8)
    >>> unwrapped(numbers, kinds, NO_BLOCK)[0].tolist()
    [1, 2, 3, 7]
    """
    at = np.flatnonzero((kinds == BEGIN) | (kinds == END))
    if not len(at) and graph == NO_BLOCK:
        return numbers, kinds, graph
    begin = kinds[at] == BEGIN
    if (begin[1:] == begin[:-1]).any() or (len(at) and begin[0] == (graph != NO_BLOCK)):
        return None
    padded = np.concatenate((np.full(3, DOT, np.uint8), kinds))
    first, second, third = padded[at + 2], padded[at + 1], padded[at]  # what stands before
    named = begin & (first < DOT)
    word = named & (second == WORD)
    ended = np.where(word, third, np.where(named, second, first))
    if (begin & (ended != DOT) & (ended != END)).any() or (named & (first & GRAPH == 0)).any():
        return None
    graphs = np.where(begin, numbers[at - named], NO_BLOCK)
    spread = np.repeat(np.append(graph, graphs), np.diff(at, prepend=-1, append=len(kinds) - 1))
    inside = (spread != NO_BLOCK) & (kinds >= DOT)
    numbers[inside] = spread[inside]
    idle = begin | (first == DOT) | (first == BEGIN)
    kinds[at[~idle]] = DOT
    gone = np.concatenate((at[idle], at[named] - 1, at[word] - 2))
    return np.delete(numbers, gone), np.delete(kinds, gone), int(graphs[-1]) if len(at) else graph
