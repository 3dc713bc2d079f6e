"""Questions and their answers: SPARQL within limits, typed parameters, tables."""

from __future__ import annotations

from glocal_kg._questions.ask import Answer, ask
from glocal_kg._questions.question import Question, find, names
from glocal_kg._questions.table import Row, Table, Triples
from glocal_kg._questions.values import Value
from glocal_kg._rdf.labels import Labels

__all__ = [
    "Answer",
    "Labels",
    "Question",
    "Row",
    "Table",
    "Triples",
    "Value",
    "ask",
    "find",
    "names",
]
