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
    from glocal_kg._engines.shacl.report import Doubt, Finding
    from glocal_kg._graph.explaining import Explanation
    from glocal_kg._graph.inference import Inference
    from glocal_kg._kg import KnowledgeGraph, load, open
    from glocal_kg._publish.publishing import Release
    from glocal_kg._questions import Question, Row, Table, Triples
    from glocal_kg._rdf.namespaces import Prefixes
    from glocal_kg._rdf.reading import Text
    from glocal_kg._study.vocab import GLOCAL
    from glocal_kg._telling.report import Report
    from glocal_kg.errors import (
        ArgumentError,
        GlocalError,
        LimitError,
        NotFoundError,
        ParameterError,
        QueryError,
        QuerySyntaxError,
        QueryTimeoutError,
        ReadError,
        RefusedError,
        ShapesError,
        StaleError,
        TooLargeError,
        ValidationError,
    )

    __version__: str

_HOMES = {
    "ArgumentError": "glocal_kg.errors",
    "Doubt": "glocal_kg._engines.shacl.report",
    "Explanation": "glocal_kg._graph.explaining",
    "Finding": "glocal_kg._engines.shacl.report",
    "GLOCAL": "glocal_kg._study.vocab",
    "GlocalError": "glocal_kg.errors",
    "Inference": "glocal_kg._graph.inference",
    "KnowledgeGraph": "glocal_kg._kg",
    "LimitError": "glocal_kg.errors",
    "NotFoundError": "glocal_kg.errors",
    "ParameterError": "glocal_kg.errors",
    "Prefixes": "glocal_kg._rdf.namespaces",
    "QueryError": "glocal_kg.errors",
    "QuerySyntaxError": "glocal_kg.errors",
    "QueryTimeoutError": "glocal_kg.errors",
    "Question": "glocal_kg._questions",
    "ReadError": "glocal_kg.errors",
    "RefusedError": "glocal_kg.errors",
    "Release": "glocal_kg._publish.publishing",
    "Report": "glocal_kg._telling.report",
    "Row": "glocal_kg._questions",
    "ShapesError": "glocal_kg.errors",
    "StaleError": "glocal_kg.errors",
    "Table": "glocal_kg._questions",
    "Text": "glocal_kg._rdf.reading",
    "TooLargeError": "glocal_kg.errors",
    "Triples": "glocal_kg._questions",
    "ValidationError": "glocal_kg.errors",
    "load": "glocal_kg._kg",
    "open": "glocal_kg._kg",
}

__all__ = [
    "GLOCAL",
    "ArgumentError",
    "Doubt",
    "Explanation",
    "Finding",
    "GlocalError",
    "Inference",
    "KnowledgeGraph",
    "LimitError",
    "NotFoundError",
    "ParameterError",
    "Prefixes",
    "QueryError",
    "QuerySyntaxError",
    "QueryTimeoutError",
    "Question",
    "ReadError",
    "RefusedError",
    "Release",
    "Report",
    "Row",
    "ShapesError",
    "StaleError",
    "Table",
    "Text",
    "TooLargeError",
    "Triples",
    "ValidationError",
    "__version__",
    "load",
    "open",
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
