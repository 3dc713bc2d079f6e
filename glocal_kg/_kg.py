"""The knowledge graph of glocalization: a graph, and the verbs of the study beside its own."""

from __future__ import annotations

from glocal_kg._glocal.source_graphs import named_sources
from glocal_kg._glocal.studying import Studying
from glocal_kg._rdf.deadline import within

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from os import PathLike
    from typing import Any, Literal

    from glocal_kg._publish import Release
    from glocal_kg._rdf.reading import Readable
    from glocal_kg._telling.report import Report

    Source = str | Sequence[str] | None


def _amiss(point: tuple[float, float], country: str) -> tuple[str, Any] | None:
    """``in_country.amiss``, whose gazetteer and tables are brought in by the first point."""
    from glocal_kg._glocal.corpus.matching.in_country import amiss

    return amiss(point, country)


class KnowledgeGraph(Studying):
    """A graph that also knows what is done with practices: to publish, import, rate, draw.

    Each of these verbs is a folder of its own; here, in ``Studying`` and in ``Wayfinding`` stands
    only its name.
    """

    def publish(
        self,
        folder: str | PathLike[str],
        *,
        version: str | None = None,
        date: str | None = None,
        previous: str | PathLike[str] | None = None,
        allow_removal: bool = False,
        replace: bool = False,
        timeout: float | None = None,
    ) -> Release:
        """Write a release of what is asserted and, apart, of what is inferred, into a folder.

        ``glocal_kg.publishing.publish`` tells what the arguments mean, has more of them, and says
        which ``GlocalError`` it raises.
        """
        from glocal_kg._publish import publish

        return publish(
            self,
            folder,
            version=version,
            date=date,
            previous=previous,
            allow_removal=allow_removal,
            replace=replace,
            timeout=timeout,
        )

    def validate(
        self,
        shapes: Readable | None = None,
        facts: Literal["asserted", "all"] = "asserted",
        engine: Literal["fast", "pyshacl"] = "fast",
        checks: bool | str | PathLike[str] = True,
        *,
        source: Source = None,
        timeout: float | None = None,
    ) -> Report:
        """A report of the facts against the shapes and checks; nothing is changed.

        Each finding has its file and line, a cause and a remedy with the Turtle to write; terms
        that do not exist and other slips that no shape sees are found too. ``source`` names graphs,
        or ``mine``: then the report is about the things of these alone. ``shapes`` (a source as for
        ``add``) are shapes of your own in place of these; then the report is that of the standard,
        with files and lines. ``checks`` may name a folder of checks of your own. ``facts``
        "asserted" is the default because inference can hide a wrong value: a range axiom gives it
        the right type. Raises ``ShapesError`` for shapes that break the rules of SHACL, and
        ``TimeLimitError`` after more than ``timeout`` seconds; words and lines that are only for
        a reader are made when they are read.
        """
        from glocal_kg._graph.validating import of_one_moment
        from glocal_kg._mending.mending import mended, placed

        judge = super().validate

        def judged() -> Report:
            sources = named_sources(self, source)
            report = judge(shapes, facts, engine, checks)
            if shapes is not None:
                return placed(self, report, sources)
            return mended(self, report, sources, checks=checks is True, amiss=_amiss)

        with within(timeout, "The validation"):
            return of_one_moment(self, judged)
