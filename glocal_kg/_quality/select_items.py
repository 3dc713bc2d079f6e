"""Items that are SELECT queries: one file each in ``items``, named by number and subject.

A file has the header of a check (``glocal_kg._checks.checks``): the summary is the title of
the item, ``severity`` its own, the one tag its scope. Every row is a finding.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from glocal_kg._checks import read_check, run_checks
from glocal_kg._engines.shacl.rdf_terms import plain
from glocal_kg._quality.item import Fault, Item, Severity
from glocal_kg._quality.material import Material
from glocal_kg._rdf.sparql.header import read_header

_SEVERITIES: dict[str, Severity] = {"violation": "error", "warning": "warning", "info": "info"}
_OF_DESCRIPTIONS = ("void", "dcat", "datasets")


@cache
def query_items() -> tuple[Item, ...]:
    """The items of the folder ``items``, in order."""
    folder = Path(__file__).with_name("items")
    return tuple(read_item(path.read_text("utf-8"), path.stem) for path in sorted(folder.iterdir()))


def read_item(text: str, name: str) -> Item:
    """An item from the text of its file; raises ``QueryError`` as ``read_check`` does."""
    check = read_check(text, name)
    tags = read_header(text, name).get("tags")
    scope = str(tags[0]) if isinstance(tags, list) else ""

    def run(material: Material) -> Iterator[Fault]:
        store = material.description if scope in _OF_DESCRIPTIONS else material.store
        for found in run_checks([check], store):
            # A value that the query could not bind leaves its place in the message.
            said = found.message if "{?" not in found.message else check.summary
            yield Fault(plain(found.focus), said)

    number = int(name.partition("-")[0])
    severity = _SEVERITIES[check.severity]
    return Item(number, severity, check.summary, scope, check.remedy, "query", run)
