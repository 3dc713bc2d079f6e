"""The knowledge graph of glocalization: load, ask, infer, validate, explain, publish.

>>> import glocal_kg as gk
>>> kg = gk.load()
>>> kg.query("ASK { ?term a owl:Class }")
True

Importing the package does nothing but make its names available; each name brings its own
module when it is first used.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from glocal_kg._kg import KnowledgeGraph, load
    from glocal_kg._questions import Question, Row, Table, Triples
    from glocal_kg._rdf.reading import Text
    from glocal_kg._study.vocab import GLOCAL
    from glocal_kg.errors import (
        GlocalError,
        NotFoundError,
        ParameterError,
        QueryError,
        ReadError,
        ValidationError,
    )

    __version__: str

_HOMES = {
    "GLOCAL": "glocal_kg._study.vocab",
    "GlocalError": "glocal_kg.errors",
    "KnowledgeGraph": "glocal_kg._kg",
    "NotFoundError": "glocal_kg.errors",
    "ParameterError": "glocal_kg.errors",
    "QueryError": "glocal_kg.errors",
    "Question": "glocal_kg._questions",
    "ReadError": "glocal_kg.errors",
    "Row": "glocal_kg._questions",
    "Table": "glocal_kg._questions",
    "Text": "glocal_kg._rdf.reading",
    "Triples": "glocal_kg._questions",
    "ValidationError": "glocal_kg.errors",
    "load": "glocal_kg._kg",
}

__all__ = [
    "GLOCAL",
    "GlocalError",
    "KnowledgeGraph",
    "NotFoundError",
    "ParameterError",
    "QueryError",
    "Question",
    "ReadError",
    "Row",
    "Table",
    "Text",
    "Triples",
    "ValidationError",
    "__version__",
    "load",
]


def __getattr__(name: str) -> object:
    """Bring a public name, and its module, when it is first used."""
    if name == "__version__":
        from glocal_kg._version import version

        value: object = version()
    elif name in _HOMES:
        from importlib import import_module

        value = getattr(import_module(_HOMES[name]), name)
    else:
        raise AttributeError(f"module 'glocal_kg' has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
