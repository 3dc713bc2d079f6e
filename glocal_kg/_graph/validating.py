"""Which shapes, checks and facts a validation of a knowledge graph looks at."""

from __future__ import annotations

from dataclasses import replace
from functools import cache, lru_cache
from os import PathLike
from typing import Any, Literal, TypeVar

from pyoxigraph import Quad

from glocal_kg._rdf.arguments import PATH
from glocal_kg._rdf.deadline import awaited
from glocal_kg._rdf.formats import QUERY_SUFFIX
from glocal_kg._rdf.labels import label_properties_of
from glocal_kg._rdf.namespaces import RDF, RDFS, SH, using
from glocal_kg._rdf.reading import Readable, open_source
from glocal_kg._study import packaged
from glocal_kg._study.packaged import is_packaged
from glocal_kg.errors import ArgumentError, GlocalError, NotFoundError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from glocal_kg._checks import Check
    from glocal_kg._checks.followed_checks import FollowedChecks
    from glocal_kg._engines.shacl import Shapes
    from glocal_kg._engines.shacl import ValidationReport as Findings
    from glocal_kg._graph.concluding import Concluding
    from glocal_kg._rdf.store.facts import Facts
    from glocal_kg._rdf.store.index import TripleIndex
    from glocal_kg._telling.report import Report

T = TypeVar("T")

_SHAPES = (
    (RDF.type, SH.NodeShape),
    (RDF.type, SH.PropertyShape),
    (SH.targetClass, None),
    (SH.targetNode, None),
    (SH.targetSubjectsOf, None),
    (SH.targetObjectsOf, None),
)
"""What a graph with shapes has one of: property and value."""


def validate(
    kg: Concluding,
    shapes: Readable | None,
    facts: Literal["asserted", "all"],
    engine: Literal["fast", "pyshacl"],
    checks: bool | str | PathLike[str],
) -> Report:
    """The report of a knowledge graph; see ``KnowledgeGraph.validate``."""
    from glocal_kg._telling.report import Report

    with using(kg.prefixes):
        return of_one_moment(
            kg, lambda: Report._worded(_findings(kg, shapes, facts, engine, checks))
        )


def of_one_moment(kg: Concluding, work: Callable[[], T]) -> T:
    """What work finds that looks at a graph more than once: all of it in the facts of one moment.

    Where others change the graph meanwhile it is done again, while they wait.
    """
    version = kg.facts.version
    try:
        found = work()
    except Exception:
        if kg.facts.version == version:
            raise
    else:
        if kg.facts.version == version:
            return found
    with awaited(kg._contents.lock):
        kg._followed = kg._told = None
        return work()


def take(kg: Concluding, kept: Literal["_followed", "_told"]) -> Any:
    """What is kept of the last validation, for nobody else: an error leaves nothing half done."""
    with kg._taking:
        found = getattr(kg, kept)
        setattr(kg, kept, None)
        return found


def _findings(
    kg: Concluding,
    shapes: Readable | None,
    facts: Literal["asserted", "all"],
    engine: Literal["fast", "pyshacl"],
    checks: bool | str | PathLike[str],
) -> Findings:
    from glocal_kg._checks import run_checks
    from glocal_kg._engines.shacl import ValidationReport
    from glocal_kg._graph.shape_terms import still_unknown, unknown_terms

    if facts not in ("asserted", "all"):
        raise GlocalError(f"There are no {facts!r} facts.", remedy="Use 'asserted' or 'all'.")
    if engine not in ("fast", "pyshacl"):
        raise GlocalError(
            f"There is no validation engine {engine!r}.", remedy="Use 'fast' or 'pyshacl'."
        )
    if shapes is None and facts == "asserted" and engine == "fast" and isinstance(checks, bool):
        followed = _follow(kg, checks)
        if followed is not None:
            return followed
    own = None if isinstance(checks, bool) else _checks_of(checks)
    if shapes is None and own is not None and not _shapes_of(kg):
        report = ValidationReport()
    else:
        plan = _planned(kg) if shapes is None else _read_shapes(shapes)
        index, languages = _index(kg, facts), kg.languages
        report = plan.validate(kg.facts.terms, index, engine=engine, languages=languages)
        if shapes is not None or not _all_packaged(kg):
            doubts = still_unknown(unknown_terms(plan), kg.facts)
            report = replace(report, doubts=(*report.doubts, *doubts))
    if own is not None or (shapes is None and checks):
        # Checks are about what people wrote: a fact that only follows is nobody's slip.
        checked = _checks_for(kg) if own is None else own
        report = report.joined(run_checks(checked, kg.facts, languages=kg.languages))
    return report


def _read_shapes(source: Readable) -> Shapes:
    """The shapes of a source; an error in them names it."""
    from glocal_kg._engines.shacl import Shapes, ShapesError

    opened = open_source(source)
    try:
        quads = list(opened.quads())  # the prefixes are known when all is read
        return Shapes(quads, opened.prefixes)
    except ShapesError as error:
        name = opened.name
        raise ShapesError(
            f"{name}: {error.message}", shape=error.shape, remedy=error.remedy
        ) from None


class Followed:
    """The findings on the asserted facts by the shapes of the graph, kept for the next time."""

    def __init__(self, kg: Concluding, shapes: Shapes) -> None:
        from glocal_kg._engines.shacl import Validator
        from glocal_kg._graph.shape_terms import unknown_terms

        self.version = kg.facts.version
        self.languages = kg.languages
        self.shapes_graphs = _shapes_graphs(kg.facts)
        self.marks: dict[int, set[int]] = {}  # by property the values that tell of shapes, -1: any
        number = kg.facts.terms.add
        for p, o in _SHAPES:
            self.marks.setdefault(number(p), set()).add(-1 if o is None else number(o))
        self.named_by = label_properties_of(kg.facts)
        self.validator = Validator(
            shapes, kg.facts.terms, _index(kg, "asserted"), languages=kg.languages
        )
        self.checks: FollowedChecks | None = None
        self.unknown = {} if _all_packaged(kg) else unknown_terms(shapes)

    def update(self, kg: Concluding) -> bool:
        """Follow what changed since; False where the shapes did, or what things are named by."""
        facts = kg.facts
        changes = facts.changes_since(self.version)
        triples = facts.triple_changes_since(self.version)
        if changes is None or triples is None:
            return False
        added, removed = (rows.tolist() for rows in changes)
        rows = [*added, *removed]
        if not self.shapes_graphs.isdisjoint([row[3] for row in rows]):
            return False
        predicates = {row[1] for row in rows}
        for p in self.marks.keys() & predicates:
            if not self.marks[p].isdisjoint((-1, *(row[2] for row in rows if row[1] == p))):
                return False  # a graph holds shapes by this
        named = facts.moment.find(RDFS.subPropertyOf)
        if named in predicates and label_properties_of(facts) != self.named_by:
            return False
        affected = self.checks.before(removed) if self.checks is not None else []
        new, gone = (rows.tolist() for rows in triples)
        self.validator.update(map(tuple, new), map(tuple, gone))
        if self.checks is not None:
            self.checks.after(affected, added, removed)
        self.version = facts.version
        return True

    def report(self, kg: Concluding, checks: bool) -> Findings:
        """The report now."""
        from glocal_kg._checks.followed_checks import FollowedChecks
        from glocal_kg._engines.shacl.finding_parts import FindingParts, parts_of

        report = self.validator.report
        if self.unknown:
            from glocal_kg._graph.shape_terms import still_unknown

            doubts = still_unknown(self.unknown, kg.facts)
            report = replace(report, doubts=(*report.doubts, *doubts))
        if not checks:
            return report
        if self.checks is None:
            self.checks = FollowedChecks(
                _checks_for(kg), self.validator.data, lambda: kg.facts, languages=kg.languages
            )
        found = FindingParts((*parts_of(report.results), *self.checks.found))
        return replace(report, results=found, engines=(*report.engines, "checks"))


def _follow(kg: Concluding, checks: bool) -> Findings | None:
    """The report, brought up to date from the change where there is one to start from.

    None where the shapes need the reference engine, which cannot follow changes.
    """
    followed: Followed | None = take(kg, "_followed")
    if followed is None or followed.languages != kg.languages or not followed.update(kg):
        shapes = _planned(kg)
        if shapes.beyond:
            return None
        followed = Followed(kg, shapes)
    report = followed.report(kg, checks)
    kg._followed = followed
    return report


def _planned(kg: Concluding) -> Shapes:
    """The shapes of the graph as plans."""
    return _plans(tuple(own_shapes(kg)), tuple(kg.prefixes.items()))


@lru_cache(maxsize=4)  # most graphs have the packaged shapes
def _plans(quads: tuple[Quad, ...], prefixes: tuple[tuple[str, str], ...]) -> Shapes:
    from glocal_kg._engines.shacl import Shapes

    return Shapes(quads, dict(prefixes))


def own_shapes(kg: Concluding) -> list[Quad]:
    """The quads of the graphs that hold shapes; ``GlocalError`` without any.

    They are read from the facts, which keep every literal as written.
    """
    found = _shapes_of(kg)
    if not found:
        raise GlocalError(
            "This knowledge graph has no shapes.",
            remedy="Give a file of shapes: --shapes FILE in the command, shapes= in Python. A graph"
            " on disk gets the packaged ones, with the ontology, by kg.add(gk.load().facts).",
        )
    return found


def _shapes_of(kg: Concluding) -> list[Quad]:
    facts = kg.facts
    names = facts.moment.terms(sorted(_shapes_graphs(facts)))
    return facts.of_graphs(sorted(names, key=str))


def _all_packaged(kg: Concluding) -> bool:
    """Whether all shapes are those that come with the ontology, whose terms a test looks at."""
    names = kg.facts.moment.terms(sorted(_shapes_graphs(kg.facts)))
    return all(map(is_packaged, names))


def _shapes_graphs(facts: Facts) -> set[int]:
    """The numbers of the graphs that hold a shape, whatever their names."""
    moment, found = facts.moment, set[int]()
    for p, o in _SHAPES:
        a, b = moment.find(p), None if o is None else moment.find(o)
        if a is not None and (o is None or b is not None):
            found.update(moment.scan_quads(None, a, b, facts.selection)[3].tolist())
    return found


def _index(kg: Concluding, facts: str) -> TripleIndex:
    """The facts to look at, as the engines read them."""
    from glocal_kg._rdf.store.index import TripleIndex

    return TripleIndex.of((kg.all_facts if facts == "all" else kg.facts).pairs())


def _checks_of(folder: str | PathLike[str]) -> list[Check]:
    """The checks of a folder, or the one of a file; ``NotFoundError`` where there are none."""
    from pathlib import Path

    from glocal_kg._checks import read_checks

    if not PATH.fits(folder):
        raise ArgumentError("checks", folder, "True, False, or a folder of checks")
    path = Path(folder)
    files = [path] if path.is_file() else sorted(path.rglob(f"*{QUERY_SUFFIX}"))
    if not files:
        raise NotFoundError(
            f"There are no checks in {path}.", remedy=f"Give *{QUERY_SUFFIX} files."
        )
    return read_checks(files)


def has_packaged(kg: Concluding) -> bool:
    """Whether packaged facts are in a graph: the packaged checks are about these terms."""
    return any(map(is_packaged, kg.facts.graphs()))


def _checks_for(kg: Concluding) -> list[Check]:
    """The packaged checks, where the graph speaks their language."""
    return list(packaged_checks()) if has_packaged(kg) else []


@cache
def packaged_checks() -> tuple[Check, ...]:
    """The checks that come with the ontology."""
    from pathlib import Path

    from glocal_kg._checks import read_checks

    paths = packaged.files("ontology", QUERY_SUFFIX)
    return tuple(read_checks(Path(path) for path in paths if "checks" in path))
