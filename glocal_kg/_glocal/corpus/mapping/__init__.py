"""Mapping files: what a foreign table's columns are, in a few lines of YAML."""

from glocal_kg._glocal.corpus.mapping.drafting import draft_mapping
from glocal_kg._glocal.corpus.mapping.from_yaml import read_mapping
from glocal_kg._glocal.corpus.mapping.mapping import (
    CellStyle,
    MappedProperty,
    Mapping,
    SheetMapping,
    ThingMapping,
)

__all__ = [
    "CellStyle",
    "MappedProperty",
    "Mapping",
    "SheetMapping",
    "ThingMapping",
    "draft_mapping",
    "read_mapping",
]
