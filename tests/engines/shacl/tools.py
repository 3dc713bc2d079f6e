"""Small helpers of the tests of this room."""

from __future__ import annotations

from typing import Any

import pyoxigraph as ox

from glocal_kg._engines.shacl.shapes import Shapes
from glocal_kg._rdf.store.facts import Facts
from glocal_kg._telling.report import Report

PREFIXES = """
@prefix ex: <https://example.org/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def facts_of(text: str | bytes, base: str = "https://example.org/") -> Facts:
    """Turtle as facts; the usual prefixes are there."""
    content = (PREFIXES + text).encode() if isinstance(text, str) else text
    return Facts.of(ox.parse(content, ox.RdfFormat.TURTLE, base_iri=base))


def report_of(data: Facts, shapes: Facts, **options: Any) -> Report:
    """The report on some facts."""
    return Report._worded(Shapes(shapes).validate(data.terms, data.columns()[:, :3], **options))


def check(data: str, shapes: str, **options: Any) -> Report:
    """The report on Turtle against shapes in Turtle."""
    return report_of(facts_of(data), facts_of(shapes), **options)
