"""From the report of shapes and checks to what is wrong with one's own facts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import islice

import numpy as np
from pyoxigraph import NamedNode

from glocal_kg._engines.shacl.report import Finding
from glocal_kg._graph.graph import Graph
from glocal_kg._graph.validating import has_packaged, take
from glocal_kg._mending.likeness.nearest import Nearest
from glocal_kg._mending.once import once
from glocal_kg._mending.own import OwnFacts
from glocal_kg._mending.remedies.cause_and_remedy import MistakeWords, with_successor
from glocal_kg._mending.slips.slips import Slips
from glocal_kg._mending.told import ToldReport
from glocal_kg._mending.whereabouts import Placed
from glocal_kg._rdf.deadline import look
from glocal_kg._rdf.namespaces import SH, shorten, using
from glocal_kg._rdf.sparql.solution_table import unique
from glocal_kg._rdf.store.facts import SAID
from glocal_kg._rdf.store.pairs import Numbers, among
from glocal_kg._telling.report import PASSED_OVER, Report

TYPE_CHECKING = False
if TYPE_CHECKING:
    from glocal_kg._mending.country_said import Amiss


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
        if source is None:
            told = take(kg, "_told")
            if not isinstance(told, ToldReport) or not told.follows(kg):
                told = ToldReport(kg)
            found = told.report(kg, report, amiss, checks=checks)
            kg._told = told
            return found
        own = OwnFacts(kg, source)
        nearest = Nearest(own)
        words = MistakeWords(own, nearest, amiss)
        looked = checks and own.holds_any and has_packaged(kg)
        slips = list(Slips(own, nearest, amiss).found()) if looked else []
        results = once(own, [words.told(one) for one in (*slips, *report.results)])
        found = _narrowed(own, replace(report, results=results, doubts=()))
        return replace(found, results=Placed(own, found.results))


def placed(
    kg: Graph, report: Report, source: str | NamedNode | Sequence[str | NamedNode] | None = None
) -> Report:
    """The report as it is, with the file and line of each finding; ``source`` as in ``mended``."""
    own = OwnFacts(kg, source)
    found = replace(report, results=list(map(with_successor, report.results)))
    if source is not None:
        found = _narrowed(own, found)
    return replace(found, results=Placed(own, found.results), targets=None)


def _narrowed(own: OwnFacts, report: Report) -> Report:
    """The part of a report that is about one's own things; doubts are about the shapes."""
    results = [one for one in report.results if _concerns(own, one)]
    looked_at, seen = _looked_at(own, report)
    held = set(own.moment.graphs(SAID).tolist())
    shapes = _shapes(own)
    things = [node for node in own.about.tolist() if node not in held and node not in shapes]
    over: tuple[str, ...] = ()
    counted = (len(things), len(things))
    if seen is not None:
        counted = (len(seen), max(len(things), len(seen)))
        mine = set(seen.tolist())
        left = (node for node in things if node not in mine)
        over = tuple(_with_class(own, node) for node in islice(left, PASSED_OVER))
    return replace(
        report,
        results=results,
        looked_at=looked_at,
        things=counted,
        passed_over=over,
        targets=None,
    )


def _shapes(own: OwnFacts) -> set[int]:
    """One's own shapes and their parts, which are no things that shapes look at."""
    said = own.moment.terms(np.unique(own.rows[:, 1]))
    names = [own.moment.find(term) for term in said if str(term).startswith(f"<{SH}")]
    of_shapes = np.isin(own.rows[:, 1], [number for number in names if number is not None])
    parts: set[int] = set(own.rows[of_shapes, 0].tolist())
    return parts


def _with_class(own: OwnFacts, node: int) -> str:
    """A thing as a person writes it, with the class that no shape is for."""
    term = own.moment.term(node)
    name = shorten(term.value) if isinstance(term, NamedNode) else "a node without a name"
    kinds = [shorten(one.value) for one in own.types(term)]
    return f"{name} ({kinds[0] if kinds else 'of no class'})"


def _concerns(own: OwnFacts, finding: Finding) -> bool:
    look()
    return own.meets(finding.focus) or (
        isinstance(finding.value, NamedNode) and own.meets(finding.value)
    )


def _looked_at(own: OwnFacts, report: Report) -> tuple[dict[str, int], Numbers | None]:
    """How many of one's own things each shape looked at, and all of them; None where unknown."""
    followed = own.kg._followed
    if report.targets is not None:
        targets: Iterable[tuple[str, Numbers]] = report.targets.items()
    elif followed is not None:
        targets = followed.validator.targets()
    else:
        return dict(report.looked_at), None
    mine: dict[str, int] = {}
    seen = [np.empty(0, np.int32)]
    for shape, nodes in targets:
        look()
        here = nodes[among(nodes, own.about)]
        if len(here):
            mine[shape] = len(here)
            seen.append(here)
    return mine, unique(np.concatenate(seen))
