"""From the report of shapes and checks to what is wrong with one's own facts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from pyoxigraph import NamedNode

from glocal_kg._engines.shacl.report import Finding
from glocal_kg._graph.graph import Graph
from glocal_kg._graph.validating import has_packaged
from glocal_kg._mending.cause_and_remedy import MistakeWords
from glocal_kg._mending.nearest import Nearest
from glocal_kg._mending.once import once
from glocal_kg._mending.own import OwnFacts
from glocal_kg._mending.slips import Slips
from glocal_kg._mending.whereabouts import Placed
from glocal_kg._rdf.namespaces import using
from glocal_kg._rdf.store.facts import SAID
from glocal_kg._telling.report import Report

TYPE_CHECKING = False
if TYPE_CHECKING:
    from glocal_kg._mending.misplaced import Amiss


def mended(
    kg: Graph,
    report: Report,
    source: str | NamedNode | Sequence[str | NamedNode] | None = None,
    *,
    checks: bool = True,
    amiss: Amiss | None = None,
) -> Report:
    """The report with causes, remedies, files and lines, and the slips that no shape sees.

    With ``source`` only what is about things of these graphs, with how many these are. ``amiss``
    tells whether a point is not in a country (see ``misplaced``).
    """
    with using(kg.prefixes):
        own = OwnFacts(kg, source)
        nearest = Nearest(own)
        words = MistakeWords(own, nearest)
        looks = checks and len(own.rows) and has_packaged(kg)
        slips = _slips(own, nearest, amiss) if looks else []
        results = once(own, _told(own, words, [*slips, *report.results]))
        found = replace(report, results=results)
        if source is not None:
            found = _narrowed(own, found)
        return replace(found, results=Placed(own, found.results))


def placed(kg: Graph, report: Report) -> Report:
    """The report as it is, with the file and line of each finding."""
    return replace(report, results=Placed(OwnFacts(kg), report.results))


def _told(own: OwnFacts, words: MistakeWords, findings: Sequence[Finding]) -> list[Finding]:
    """The findings with words; those that were told before are taken as they were."""
    before = own.kg._told
    new = [one for one in findings if before.get(id(one), (None, None))[0] is not one]
    done = [words.told(one) for one in new]
    fresh = {id(one): (one, told) for one, told in zip(new, done, strict=True)}
    own.kg._told = {id(one): fresh.get(id(one)) or before[id(one)] for one in findings}
    return [told for _, told in own.kg._told.values()]


def _slips(own: OwnFacts, nearest: Nearest, amiss: Amiss | None) -> list[Finding]:
    """The slips; after an edit only the things that changed are looked at again."""
    kg, before = own.kg, own.kg._slips
    if own.source is not None:
        return list(Slips(own, nearest, amiss).found())
    changes = own.facts.changes_since(before[0]) if before is not None else None
    counted = before is not None and any(one.origin.endswith("namespace") for one in before[1])
    if before is None or changes is None or counted:
        found = list(Slips(own, nearest, amiss).found())
    else:
        touched = np.unique(np.concatenate([rows[:, 0] for rows in changes])).tolist()
        find = own.moment.find
        found = [one for one in before[1] if find(one.focus) not in set(touched)]
        again = OwnFacts(kg, only=tuple(touched))
        found += Slips(again, Nearest(again), amiss).found() if touched else []
    kg._slips = own.facts.version, found
    return found


def _narrowed(own: OwnFacts, report: Report) -> Report:
    """The part of a report that is about one's own things."""
    results = [one for one in report.results if _concerns(own, one)]
    looked_at, things = _looked_at(own, report)
    return replace(report, results=results, looked_at=looked_at, things=things, doubts=())


def _concerns(own: OwnFacts, finding: Finding) -> bool:
    return finding.focus in own.met or (
        isinstance(finding.value, NamedNode) and finding.value in own.met
    )


def _looked_at(own: OwnFacts, report: Report) -> tuple[dict[str, int], tuple[int, int]]:
    """How many of one's own things each shape looked at; all of them, of how many there are."""
    followed = own.kg._followed
    held = set(own.moment.graphs(SAID).tolist())
    things = sum(1 for node in own.about.tolist() if node not in held)
    if followed is None:
        return dict(report.looked_at), (things, things)
    mine: dict[str, int] = {}
    seen = np.zeros(0, np.int32)
    for shape, nodes in followed.validator.targets():
        here = nodes[np.isin(nodes, own.about)]
        if len(here):
            mine[shape] = len(here)
            seen = np.union1d(seen, here)
    return mine, (len(seen), max(things, len(seen)))
