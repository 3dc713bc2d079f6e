"""The verbs for practices, of a graph: import, read as objects, judge, connect, draw, report."""

from __future__ import annotations

from pyoxigraph import NamedNode

from glocal_kg._glocal.source_graphs import named_sources
from glocal_kg._lookup.wayfinding import Wayfinding
from glocal_kg._rdf.arguments import WHOLE, takes
from glocal_kg._rdf.deadline import within

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from os import PathLike
    from typing import Any, Literal

    from networkx import MultiGraph

    from glocal_kg._drawing.picture import Picture
    from glocal_kg._glocal.corpus.importing import Import
    from glocal_kg._glocal.corpus.mapping import Mapping as TableMapping
    from glocal_kg._glocal.corpus.matching import Gazetteer
    from glocal_kg._glocal.corpusreport.reporting import CorpusReport
    from glocal_kg._glocal.networks.from_graph import Kind
    from glocal_kg._glocal.networks.projections import Weight
    from glocal_kg._glocal.ratings.rating import AgreementReport
    from glocal_kg._glocal.ratings.ratings import Ratings
    from glocal_kg._glocal.ratings.scale import Level
    from glocal_kg._glocal.things.editing import Edit
    from glocal_kg._glocal.things.kinds import City, Practice
    from glocal_kg._glocal.things.thing import Thing
    from glocal_kg._glocal.things.things import Things
    from glocal_kg._glocal.worldmap.drawing import Arcs, Extent

    Source = str | Sequence[str] | None


class Studying(Wayfinding):
    """A graph with which practices are studied; each verb is a folder beside this file."""

    # Bring your own

    @takes()
    def import_table(
        self,
        table: str | PathLike[str],
        mapping: str | PathLike[str] | TableMapping | None = None,
        *,
        name: str | None = None,
        when: str = "",
        rows: Literal["good", "all"] = "good",
        gazetteer: Gazetteer | str | PathLike[str] | None = None,
        match: bool = True,
        decisions: str | PathLike[str] | None = None,
        tell: Callable[[str], None] | None = None,
    ) -> Import:
        """Import a table (CSV, TSV, XLSX, ODS, YAML, JSON) as a named graph of its own.

        ``mapping`` says what its columns are; a filled template needs none. Every problem is a
        finding of the result; rows with errors or questions are set aside, or with ``rows``
        "all" nothing is kept. ``glocal_kg.import_table`` tells what the arguments mean.
        """
        from glocal_kg._glocal.corpus.importing import import_table

        return import_table(
            self,
            table,
            mapping,
            name=name,
            when=when,
            rows=rows,
            gazetteer=gazetteer,
            match=match,
            decisions=decisions,
            tell=tell,
        )

    # Things, as typed objects

    @takes()
    def practices(
        self,
        *,
        source: Source = None,
        theme: str | None = None,
        participant: str | None = None,
        interpretations: bool = False,
    ) -> Things[Practice]:
        """The practices as objects, sorted by IRI: a list that is a table too (``to_pandas``).

        ``source`` names graphs, or ``mine`` for the user's own files; ``theme`` and
        ``participant`` are IRIs, in full or as prefix:name, that a practice must have.
        """
        from glocal_kg._glocal.things.from_graph import practices

        return practices(
            self,
            source=named_sources(self, source),
            theme=theme,
            participant=participant,
            interpretations=interpretations,
        )

    @takes()
    def cities(self, *, source: Source = None, interpretations: bool = False) -> Things[City]:
        """The cities as objects, sorted by IRI; ``source`` names graphs, or ``mine``."""
        from glocal_kg._glocal.things.from_graph import cities

        return cities(self, source=named_sources(self, source), interpretations=interpretations)

    @takes()
    def get(self, name: str | NamedNode, *, interpretations: bool = False) -> Thing:
        """One thing by its IRI, in full or as prefix:name, as the object of its kind.

        Raises ``NotFoundError`` where nothing is said of it, with the nearest that exists.
        """
        from glocal_kg._glocal.things.from_graph import get

        return get(self, name, interpretations=interpretations)

    def edit(self, *, source: str = "") -> Edit:
        """Several changes as one, kept at the end of the ``with``: all of them or none.

        ``source`` is the graph of what is new. Files and facts are added, replaced and removed
        as in the graph itself, and things are put; those put back unchanged change nothing.

        >>> from glocal_kg import KnowledgeGraph
        >>> kg = KnowledgeGraph()
        >>> with kg.edit(source="https://example.org/mine") as edit:
        ...     edit.put(edit.new("City", "https://example.org/suva", "Suva", "en"))
        >>> kg.get("https://example.org/suva")
        <City suva: Suva>
        """
        from glocal_kg._glocal.things.editing import Edit

        return Edit(self, source)

    # Judge, connect, draw

    @takes()
    def ratings(
        self, *, source: Source = None, synthetic: bool = False, level: Level | None = None
    ) -> Ratings:
        """The ratings of practices by raters; made-up ones only with ``synthetic``, and alone.

        A scale is ordinal unless it or ``level`` says otherwise. Raises ``ReadError`` for a
        score given twice or off its scale.
        """
        from glocal_kg._glocal.ratings.from_graph import ratings_of

        return ratings_of(
            self, source=named_sources(self, source), synthetic=synthetic, level=level
        )

    def rate(
        self,
        *,
        source: Source = None,
        synthetic: bool = False,
        level: Level | None = None,
        coefficients: Sequence[str] | None = None,
        seed: int = 1,
        resamples: int = 1000,
        share: float = 0.95,
        disputes: int = 10,
        language: str | Sequence[str] | None = None,
    ) -> AgreementReport:
        """How far the raters agree, per criterion and overall: ``glocal_kg.rate`` of ``ratings``.

        ``glocal_kg.rate`` tells what the other arguments mean; ``language`` is by default the
        first of the graph that there are words in.
        """
        from glocal_kg._glocal.ratings.rating import rate

        return rate(
            self.ratings(source=source, synthetic=synthetic, level=level),
            coefficients=coefficients,
            seed=seed,
            resamples=resamples,
            share=share,
            disputes=disputes,
            language=self.languages if language is None else language,
        )

    @takes()
    def network(
        self,
        kind: Kind = "partnerships",
        *,
        source: Source = None,
        weight: Weight = "count",
        interpretations: bool = False,
        most_links: int = 2_000_000,
        language: str | Sequence[str] | None = None,
    ) -> MultiGraph[str]:
        """A network as a networkx graph with all parallel links, and what made it.

        ``kind`` is ``partnerships``, ``co-participation``, ``participation`` (actors to
        practices) or ``relations`` (concepts to concepts); ``weight`` is ``count``, ``share`` or
        ``distance``; nodes are named in ``language``. Raises ``LimitError`` with the size of what
        would be too large. See ``glocal_kg.measure`` and ``glocal_kg.export``.
        """
        from glocal_kg._glocal.networks.from_graph import network

        return network(
            self,
            kind,
            source=named_sources(self, source),
            weight=weight,
            interpretations=interpretations,
            most_links=most_links,
            language=language,
        )

    @takes(labels=WHOLE)
    def map(
        self,
        *,
        world: bool = False,
        map: str | None = None,
        source: Source = None,
        practices: Source = None,
        size: Literal["page", "talk", "phone"] = "page",
        language: str | Sequence[str] | None = None,
        arcs: Arcs = "great-circle",
        extent: Extent = "world",
        labels: int = 12,
    ) -> Picture:
        """The ideal map as a butterfly, or practices and partnerships on a ``world`` map.

        ``map`` names the ideal map where there are several; ``practices`` (``all``, ``mine`` or
        graphs) prints beside each area how many practices are in it. ``source``, ``arcs``,
        ``extent`` and ``labels`` are for the world. Cities without coordinates are placed by
        their match in the packaged gazetteer; a warning says where nothing can be drawn.
        ``write`` makes SVG or PNG, and ``glocal_kg.side_by_side`` one picture of two.
        """
        from glocal_kg._glocal.remarks import warned

        if world:
            from glocal_kg._glocal.worldmap.from_graph import world_map

            looks: dict[str, Any] = {"size": size, "arcs": arcs, "extent": extent, "labels": labels}
            chosen = named_sources(self, source)
            return warned(world_map(self, source=chosen, language=language, **looks))
        from glocal_kg._glocal.butterfly import draw

        counted = named_sources(self, practices, "all")
        return warned(draw(self, map=map, language=language, size=size, practices=counted))

    def report(
        self,
        *,
        source: Source = "mine",
        title: str = "",
        date: str = "",
        language: str | Sequence[str] | None = None,
        seed: int = 1,
        resamples: int = 1000,
        timeout: float | None = None,
    ) -> CorpusReport:
        """One page on a corpus: contents, findings, map, criteria, networks, inference.

        ``source`` None is the whole graph; ``date`` is printed as given; ``language`` is that of
        its sentences (en, it, fr), by default the first of the graph; ``seed`` and ``resamples``
        settle what is drawn by chance. ``write`` makes HTML that loads nothing from anywhere, or
        Markdown with its pictures beside it. Raises ``TimeLimitError`` after more than ``timeout``
        seconds.
        """
        from glocal_kg._glocal.corpusreport.reporting import report
        from glocal_kg._glocal.remarks import warned

        with within(timeout, "The report"):
            made = report(
                self,
                source=named_sources(self, source),
                title=title,
                date=date,
                language=language,
                seed=seed,
                resamples=resamples,
            )
        return warned(made)
