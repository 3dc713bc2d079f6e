"""The knowledge graph of glocalization: a graph, and the verbs of the study beside its own."""

from __future__ import annotations

from pyoxigraph import NamedNode

from glocal_kg._glocal.remarks import warned
from glocal_kg._glocal.source_graphs import named_sources
from glocal_kg._graph.graph import Graph

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
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
    from glocal_kg._lookup.describing import Description
    from glocal_kg._lookup.searching import Hit
    from glocal_kg._lookup.vocabulary import TermInfo, UsedTerms
    from glocal_kg._publish import Release
    from glocal_kg._questions import Question, Table
    from glocal_kg._rdf.listed import Listed
    from glocal_kg._rdf.reading import Readable
    from glocal_kg._telling.report import Report

    Source = str | Sequence[str] | None


class KnowledgeGraph(Graph):
    """A graph that also knows what is done with practices: to publish, import, rate, draw.

    Each of these verbs is a folder of its own; here stands only its name.
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
        )

    def validate(
        self,
        shapes: Readable | None = None,
        facts: Literal["asserted", "all"] = "asserted",
        engine: Literal["fast", "pyshacl"] = "fast",
        checks: bool | str | PathLike[str] = True,
        *,
        source: Source = None,
    ) -> Report:
        """A report of the facts against the shapes and checks; nothing is changed.

        Each finding has its file and line, a cause and a remedy with the Turtle to write; terms
        that do not exist and other slips that no shape sees are found too. ``source`` names graphs,
        or ``mine``: then the report is about the things of these alone. ``shapes`` (a source as for
        ``add``) are shapes of your own in place of these; then the report is that of the standard,
        with files and lines. ``checks`` may name a folder of checks of your own. ``facts``
        "asserted" is the default because inference can hide a wrong value: a range axiom gives it
        the right type. Raises ``ShapesError`` for shapes that break the rules of SHACL.
        """
        report = super().validate(shapes, facts, engine, checks)
        from glocal_kg._glocal.corpus.matching.in_country import amiss
        from glocal_kg._mending.mending import mended, placed

        if shapes is not None:
            return placed(self, report)
        sources = named_sources(self, source)
        return mended(self, report, sources, checks=checks is True, amiss=amiss)

    def answer(
        self,
        question: Question,
        parameters: Mapping[str, object],
        *,
        inferred: bool = True,
        interpreted: bool = False,
        timeout: float | None = None,
    ) -> Table:
        """The answer to a question, packaged or one's own; raises as ``run`` does.

        Every question takes ``source``: one or several sources, graphs or names of files that
        were added, or ``mine``: only rows from there, and a column says from which. Without it,
        rows that name no passage end with the graphs that say them.
        """
        from glocal_kg._lookup import annotations, whence

        how: Any = {"inferred": inferred, "interpreted": interpreted, "timeout": timeout}
        if whence.takes(question, parameters, self):
            return whence.answered(self, question, parameters, **how)
        with annotations.helped(self, question):
            table = super().answer(question, parameters, **how)
        return annotations.annotated(self, question, table)

    # Find one's way

    def terms(self, word: str = "") -> Listed[TermInfo]:
        """The classes and properties declared here, or those that a word is found in.

        Each with meaning, domain, range, how many facts it is in, and an example.

        >>> from glocal_kg import load
        >>> [term.name for term in load().terms("asserts")]
        ['glocal:asserts']
        """
        from glocal_kg._lookup.vocabulary import terms

        return terms(self, word)

    def schema(self) -> UsedTerms:
        """The classes and properties that have facts here, with their prefixes: in brief.

        >>> from glocal_kg import load
        >>> "glocal:City" in [one.name for one in load().schema().classes]
        True
        """
        from glocal_kg._lookup.vocabulary import schema

        return schema(self)

    def describe(self, thing: str | NamedNode) -> Description:
        """All that is said of a thing, both ways: by IRI, prefix:name, or a name only it has.

        Raises ``NotFoundError`` with the nearest names.
        """
        from glocal_kg._lookup.describing import describe

        return describe(self, thing)

    def search(self, words: str, limit: int = 20) -> Listed[Hit]:
        """Things whose names, definitions or sentences have the words, misspelt too; best first."""
        from glocal_kg._lookup.searching import search

        return search(self, words, limit)

    # Bring your own

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

    def cities(self, *, source: Source = None, interpretations: bool = False) -> Things[City]:
        """The cities as objects, sorted by IRI; ``source`` names graphs, or ``mine``."""
        from glocal_kg._glocal.things.from_graph import cities

        return cities(self, source=named_sources(self, source), interpretations=interpretations)

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
    ) -> CorpusReport:
        """One page on a corpus: contents, findings, map, criteria, networks, inference.

        ``source`` None is the whole graph; ``date`` is printed as given; ``language`` is that of
        its sentences (en, it, fr), by default the first of the graph; ``seed`` and ``resamples``
        settle what is drawn by chance. ``write`` makes HTML that loads nothing from anywhere, or
        Markdown with its pictures beside it.
        """
        from glocal_kg._glocal.corpusreport.reporting import report

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
