"""Checks facts against shapes (SHACL) and set-based queries, and says what to do."""

from __future__ import annotations

from glocal_kg.validation.errors import ShapesError
from glocal_kg.validation.report import Doubt, Report, Violation

__all__ = ["Doubt", "Report", "ShapesError", "Violation"]
