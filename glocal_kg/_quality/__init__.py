"""Quality: a checklist of the trade, run on an ontology and its data.

    report = check()                          # the packaged ontology and data
    report = check(["my.ttl", "my.trig"])     # your own
    print(report.to_text())

Each of the 157 items passes, fails with findings, is argued for, or is not checked for a reason.
An item is a query in ``items`` or a function in the module of its subject.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

TYPE_CHECKING = False
if TYPE_CHECKING:
    from glocal_kg._quality.argued import Argument, read_arguments
    from glocal_kg._quality.checklist import items
    from glocal_kg._quality.item import Fault, Item
    from glocal_kg._quality.outcomes import Outcome, QualityFinding, QualityReport
    from glocal_kg._quality.running import check

__all__ = [
    "Argument",
    "Fault",
    "Item",
    "Outcome",
    "QualityFinding",
    "QualityReport",
    "check",
    "items",
    "read_arguments",
]

_HOMES = {
    "Argument": "argued",
    "Fault": "item",
    "QualityFinding": "outcomes",
    "Item": "item",
    "Outcome": "outcomes",
    "QualityReport": "outcomes",
    "check": "running",
    "items": "checklist",
    "read_arguments": "argued",
}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(f"glocal_kg._quality.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
