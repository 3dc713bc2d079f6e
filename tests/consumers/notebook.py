"""A notebook: ask, group, merge, write, and look at what comes."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol, runtime_checkable

import pandas as pd

import glocal_kg as gk

PARTNERS = """SELECT ?practice ?name ?who {
    ?practice a glocal:Practice ; rdfs:label ?name ; glocal:participant ?who
    FILTER(LANG(?name) = "en") }"""
NAMES = 'SELECT ?who ?city { ?who a glocal:City ; rdfs:label ?city FILTER(LANG(?city) = "en") }'


@runtime_checkable
class Shown(Protocol):
    """What a notebook can show."""

    def _repr_html_(self) -> str: ...


@runtime_checkable
class Drawn(Protocol):
    """What a notebook can draw."""

    def _repr_svg_(self) -> str: ...


def busiest(kg: gk.KnowledgeGraph, file: Path) -> pd.DataFrame:
    """In how many practices each city takes part, also as CSV."""
    partners = kg.select(PARTNERS).to_pandas()
    names = kg.select(NAMES).to_pandas()
    merged = partners.merge(names, on="who", how="inner", validate="many_to_one")
    counted = merged.groupby("city", as_index=False).agg(practices=("practice", "nunique"))
    counted = counted.sort_values(["practices", "city"], ascending=[False, True])
    counted.to_csv(file, index=False)
    return counted


def cells(kg: gk.KnowledgeGraph) -> list[object]:
    """What is worth to look at, at the end of a cell."""
    table = kg.select(PARTNERS)
    return [table, table[:3], kg.validate(), kg.describe("Kigali"), kg.map()]


def html(cell: object) -> str:
    """What the notebook would put on the page."""
    if isinstance(cell, Drawn):
        return cell._repr_svg_()
    return cell._repr_html_() if isinstance(cell, Shown) else f"<pre>{cell!r}</pre>"
