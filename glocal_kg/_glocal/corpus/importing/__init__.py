"""The import itself: rows to things, things to facts, with findings all the way."""

from glocal_kg._glocal.corpus.importing.importing import import_table
from glocal_kg._glocal.corpus.importing.result import Import

__all__ = ["Import", "import_table"]
