"""Layers of facts, and which of them a reader sees."""

from __future__ import annotations

from glocal_kg._rdf.frozen import Frozen

ASSERTED = "asserted"
INFERRED = "inferred"
INTERPRETED = "interpreted"
INFERRED_WITH_INTERPRETATION = "inferred with interpretation"


class Selection(Frozen):
    """Which facts are seen: those of some layers, or only those of some graphs in them.

    >>> ASSERTED in EVERYTHING.layers, Selection().graphs is None
    (True, True)
    """

    layers: tuple[str, ...] = (ASSERTED,)
    graphs: tuple[int, ...] | None = None
    """Numbers of graphs; None for all graphs of the layers."""


EVERYTHING = Selection((ASSERTED, INFERRED, INTERPRETED, INFERRED_WITH_INTERPRETATION))
