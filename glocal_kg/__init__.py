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
    from glocal_kg import errors, publishing, quality
    from glocal_kg._drawing.picture import Picture
    from glocal_kg._engines.rl.proof import Origin, Proof
    from glocal_kg._engines.shacl.report import Doubt, Finding
    from glocal_kg._glocal.butterfly.pair import side_by_side
    from glocal_kg._glocal.corpus.importing import Import, import_table
    from glocal_kg._glocal.corpus.mapping import Mapping, draft_mapping, read_mapping
    from glocal_kg._glocal.corpus.matching import (
        Gazetteer,
        GazetteerEntry,
        Match,
        Wanted,
        match_places,
        read_review,
        review_table,
    )
    from glocal_kg._glocal.corpus.templates import template
    from glocal_kg._glocal.corpusreport.reporting import CorpusReport
    from glocal_kg._glocal.networks.exporting import export
    from glocal_kg._glocal.networks.measures import NetworkMeasures, measure
    from glocal_kg._glocal.ratings.measurements import measurements
    from glocal_kg._glocal.ratings.rating import AgreementReport, rate
    from glocal_kg._glocal.ratings.rating_tables import read_ratings
    from glocal_kg._glocal.ratings.ratings import Ratings
    from glocal_kg._glocal.ratings.scale import Scale
    from glocal_kg._glocal.things.editing import Edit
    from glocal_kg._glocal.things.kinds import City, Practice
    from glocal_kg._glocal.things.thing import Thing
    from glocal_kg._glocal.things.things import Things
    from glocal_kg._graph.editing import Change
    from glocal_kg._graph.entailing import Implication
    from glocal_kg._graph.explaining import Explanation
    from glocal_kg._graph.inference import Clash, Inference
    from glocal_kg._kg import KnowledgeGraph
    from glocal_kg._lookup.describing import Description, Said
    from glocal_kg._lookup.searching import Hit
    from glocal_kg._lookup.vocabulary import TermInfo
    from glocal_kg._opening import load, open
    from glocal_kg._publish.publishing import Release
    from glocal_kg._questions import Question, Row, Table, Triples, Value
    from glocal_kg._rdf.namespaces import Prefixes
    from glocal_kg._rdf.reading import Readable, Text
    from glocal_kg._rdf.store.facts import Facts
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
        TimeLimitError,
        TooLargeError,
        ValidationError,
    )

    __version__: str

_HOMES = {
    "AgreementReport": "glocal_kg._glocal.ratings.rating",
    "ArgumentError": "glocal_kg.errors",
    "Change": "glocal_kg._graph.editing",
    "City": "glocal_kg._glocal.things.kinds",
    "Clash": "glocal_kg._graph.inference",
    "CorpusReport": "glocal_kg._glocal.corpusreport.reporting",
    "Description": "glocal_kg._lookup.describing",
    "Doubt": "glocal_kg._engines.shacl.report",
    "Edit": "glocal_kg._glocal.things.editing",
    "Explanation": "glocal_kg._graph.explaining",
    "Facts": "glocal_kg._rdf.store.facts",
    "Finding": "glocal_kg._engines.shacl.report",
    "GLOCAL": "glocal_kg._study.vocab",
    "Gazetteer": "glocal_kg._glocal.corpus.matching",
    "GazetteerEntry": "glocal_kg._glocal.corpus.matching",
    "GlocalError": "glocal_kg.errors",
    "Hit": "glocal_kg._lookup.searching",
    "Implication": "glocal_kg._graph.entailing",
    "Import": "glocal_kg._glocal.corpus.importing",
    "Inference": "glocal_kg._graph.inference",
    "KnowledgeGraph": "glocal_kg._kg",
    "LimitError": "glocal_kg.errors",
    "Mapping": "glocal_kg._glocal.corpus.mapping",
    "Match": "glocal_kg._glocal.corpus.matching",
    "NetworkMeasures": "glocal_kg._glocal.networks.measures",
    "NotFoundError": "glocal_kg.errors",
    "Origin": "glocal_kg._engines.rl.proof",
    "ParameterError": "glocal_kg.errors",
    "Picture": "glocal_kg._drawing.picture",
    "Practice": "glocal_kg._glocal.things.kinds",
    "Prefixes": "glocal_kg._rdf.namespaces",
    "Proof": "glocal_kg._engines.rl.proof",
    "QueryError": "glocal_kg.errors",
    "QuerySyntaxError": "glocal_kg.errors",
    "QueryTimeoutError": "glocal_kg.errors",
    "Question": "glocal_kg._questions",
    "Ratings": "glocal_kg._glocal.ratings.ratings",
    "ReadError": "glocal_kg.errors",
    "Readable": "glocal_kg._rdf.reading",
    "RefusedError": "glocal_kg.errors",
    "Release": "glocal_kg._publish.publishing",
    "Report": "glocal_kg._telling.report",
    "Row": "glocal_kg._questions",
    "Said": "glocal_kg._lookup.describing",
    "Scale": "glocal_kg._glocal.ratings.scale",
    "ShapesError": "glocal_kg.errors",
    "StaleError": "glocal_kg.errors",
    "Table": "glocal_kg._questions",
    "TermInfo": "glocal_kg._lookup.vocabulary",
    "Text": "glocal_kg._rdf.reading",
    "Thing": "glocal_kg._glocal.things.thing",
    "Things": "glocal_kg._glocal.things.things",
    "TimeLimitError": "glocal_kg.errors",
    "TooLargeError": "glocal_kg.errors",
    "Triples": "glocal_kg._questions",
    "ValidationError": "glocal_kg.errors",
    "Value": "glocal_kg._questions",
    "Wanted": "glocal_kg._glocal.corpus.matching",
    "draft_mapping": "glocal_kg._glocal.corpus.mapping",
    "export": "glocal_kg._glocal.networks.exporting",
    "import_table": "glocal_kg._glocal.corpus.importing",
    "load": "glocal_kg._opening",
    "match_places": "glocal_kg._glocal.corpus.matching",
    "measure": "glocal_kg._glocal.networks.measures",
    "measurements": "glocal_kg._glocal.ratings.measurements",
    "open": "glocal_kg._opening",
    "rate": "glocal_kg._glocal.ratings.rating",
    "read_mapping": "glocal_kg._glocal.corpus.mapping",
    "read_ratings": "glocal_kg._glocal.ratings.rating_tables",
    "read_review": "glocal_kg._glocal.corpus.matching",
    "review_table": "glocal_kg._glocal.corpus.matching",
    "side_by_side": "glocal_kg._glocal.butterfly.pair",
    "template": "glocal_kg._glocal.corpus.templates",
}

__all__ = [
    "GLOCAL",
    "AgreementReport",
    "ArgumentError",
    "Change",
    "City",
    "Clash",
    "CorpusReport",
    "Description",
    "Doubt",
    "Edit",
    "Explanation",
    "Facts",
    "Finding",
    "Gazetteer",
    "GazetteerEntry",
    "GlocalError",
    "Hit",
    "Implication",
    "Import",
    "Inference",
    "KnowledgeGraph",
    "LimitError",
    "Mapping",
    "Match",
    "NetworkMeasures",
    "NotFoundError",
    "Origin",
    "ParameterError",
    "Picture",
    "Practice",
    "Prefixes",
    "Proof",
    "QueryError",
    "QuerySyntaxError",
    "QueryTimeoutError",
    "Question",
    "Ratings",
    "ReadError",
    "Readable",
    "RefusedError",
    "Release",
    "Report",
    "Row",
    "Said",
    "Scale",
    "ShapesError",
    "StaleError",
    "Table",
    "TermInfo",
    "Text",
    "Thing",
    "Things",
    "TimeLimitError",
    "TooLargeError",
    "Triples",
    "ValidationError",
    "Value",
    "Wanted",
    "__version__",
    "draft_mapping",
    "errors",
    "export",
    "import_table",
    "load",
    "match_places",
    "measure",
    "measurements",
    "open",
    "publishing",
    "quality",
    "rate",
    "read_mapping",
    "read_ratings",
    "read_review",
    "review_table",
    "side_by_side",
    "template",
]


_MODULES = ("errors", "publishing", "quality")


def __getattr__(name: str) -> object:
    """Bring a public name, and its module, when it is first used."""
    if name == "__version__":
        from glocal_kg._version import version

        value: object = version()
    elif name in _MODULES:
        from importlib import import_module

        value = import_module(f"glocal_kg.{name}")
    elif name in _HOMES:
        from importlib import import_module

        value = getattr(import_module(_HOMES[name]), name)
    else:
        raise AttributeError(f"module 'glocal_kg' has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
