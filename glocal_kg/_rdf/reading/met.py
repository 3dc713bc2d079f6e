"""What is met where a document is read for its lines."""

from __future__ import annotations

from typing import TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

Met: TypeAlias = tuple[int, str, str, str]
"""A line, and what was met in it: subject, property and value; the last may be empty."""
NODE = "[]"
"""What stands for a node that has no name where it is written."""


def met_name(term: NamedNode | BlankNode | Literal | Triple) -> str:
    """A term as lines are asked for: an IRI, the text of a literal, or a sign for no name.

    >>> met_name(NamedNode("urn:a")), met_name(BlankNode())
    ('urn:a', '[]')
    """
    return NODE if isinstance(term, BlankNode | Triple) else term.value
