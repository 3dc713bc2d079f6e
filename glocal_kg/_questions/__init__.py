"""Questions and their answers: SPARQL within limits, typed parameters, tables.

A ``question`` of a file, with its ``parameters``, is asked as every query is (``ask``); ``answers``
has what comes back, ``notes`` what is told beside it.
"""

from __future__ import annotations

from glocal_kg._questions.answers.row import Row
from glocal_kg._questions.answers.table import Table, Triples
from glocal_kg._questions.answers.values import Value
from glocal_kg._questions.ask import Answer, ask
from glocal_kg._questions.question import Question, find, names
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
