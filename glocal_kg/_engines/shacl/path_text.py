"""Property paths written as in SPARQL, and what reading along them reads."""

from __future__ import annotations

import re

from glocal_kg._engines.shacl.paths import Path
from glocal_kg._engines.shacl.query_reads import path_of
from glocal_kg._engines.shacl.reads import Reads, steps_of
from glocal_kg._rdf.namespaces import prefixes
from glocal_kg._rdf.sparql.parser import parse
from glocal_kg.errors import QueryError

_ANY = re.compile(r"(?:(?P<path>.+)/)?(?P<back>\^?)any")


def read_path_text(text: str) -> Path:
    """The path of a text with known prefixes.

    Raises QueryError for what is no path.

    >>> read_path_text("rdf:type/rdfs:subClassOf*|^skos:broader").choices[0].steps[1].zero
    True
    """
    try:
        # Repeated, so that it stays one path: the parser takes a sequence apart.
        (step,) = parse(f"ASK {{ ?s ({text})* ?o }}", prefixes()).select.where.steps
        (pattern,) = step.patterns  # type: ignore[union-attr]  # as what is caught says
        return path_of(pattern.p.path)  # type: ignore[union-attr]  # likewise
    except (QueryError, AttributeError, ValueError):
        raise QueryError(
            f"'{text}' is no property path.",
            remedy="Write it as in SPARQL, with known prefixes: ^dcterms:subject/rdf:type.",
        ) from None


def reads_of_text(text: str) -> frozenset[Reads]:
    """Every fact read along a path; ``any`` as its last step is a fact with any property.

    >>> [read.at_object for read in reads_of_text("^any")]
    [True]
    """
    match = _ANY.fullmatch(text)
    if match is None:
        return frozenset(steps_of(read_path_text(text)))
    start = None if match["path"] is None else read_path_text(match["path"])
    last = Reads(start, None, at_object=bool(match["back"]))
    return frozenset((*(() if start is None else steps_of(start)), last))
