"""The sections of a corpus report, each gathered from the graph by a function of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from pyoxigraph import BlankNode

from glocal_kg._glocal.asking import Asks, iri, rows, shorten, sources_of, things
from glocal_kg._glocal.butterfly import draw
from glocal_kg._glocal.networks.drawing import draw_network
from glocal_kg._glocal.networks.from_graph import network
from glocal_kg._glocal.networks.measures import measure
from glocal_kg._glocal.networks.telling import whole
from glocal_kg._glocal.ratings.from_graph import ratings_of
from glocal_kg._glocal.ratings.rating import Figure as AgreementFigure
from glocal_kg._glocal.ratings.rating import rate
from glocal_kg._glocal.ratings.scale import shown_value
from glocal_kg._glocal.ratings.spread import draw_spread
from glocal_kg._glocal.report.document import Cell, Figure, Section, Table
from glocal_kg._glocal.report.folder import CorpusFile
from glocal_kg._glocal.worldmap.from_graph import world_map

Source = str | Sequence[str] | None
_MOST_FINDINGS = 40


def contents(kg: Asks, source: Source, files: Sequence[CorpusFile]) -> Section:
    """What is in the corpus, and where it is from."""
    chosen = sources_of(source, False).filter()
    graphs = Counter[str]()
    for row in rows(
        kg,
        "SELECT ?source (COUNT(*) AS ?n) "
        f"{{ GRAPH ?source {{ ?s ?p ?o }} {chosen} }} GROUP BY ?source",
    ):
        graphs[iri(row["source"])] += int(row["n"].value)
    kinds = Counter[str]()
    for row in rows(
        kg,
        "SELECT ?class (COUNT(DISTINCT ?x) AS ?n) "
        f"{{ GRAPH ?source {{ ?x a ?class }} {chosen} }} GROUP BY ?class",
    ):
        kinds[iri(row["class"])] += int(row["n"].value)
    blocks: list[str | Table | Figure] = [
        f"The corpus has {sum(graphs.values()):,} facts in {len(graphs)} named graphs."
    ]
    if files:
        listed = tuple((one.name, one.size, one.sha256) for one in files)
        blocks.append(Table("Files", ("file", "bytes", "SHA-256"), listed, "glocal report"))
    blocks += [
        Table(
            "Named graphs", ("graph", "facts"), tuple(sorted(graphs.items())), "COUNT(*) by GRAPH"
        ),
        Table(
            "Things by class",
            ("class", "things"),
            tuple((shorten(name), count) for name, count in _by_count(kinds)),
            "COUNT(DISTINCT ?x) of ?x a ?class",
            tuple(sorted(graphs)),
        ),
    ]
    origins = _origins(kg, chosen)
    if origins:
        blocks.append(Table("Said of the graphs themselves", ("graph", "what", "value"), origins))
    return Section("What is in it, and where from", tuple(blocks))


def _origins(kg: Asks, chosen: str) -> tuple[tuple[Cell, ...], ...]:
    """Provenance that the corpus gives of its own graphs: files, checksums, mappings, dates."""
    asked = rows(
        kg,
        f"""SELECT DISTINCT ?source ?p ?o {{ GRAPH ?any {{ ?source ?p ?o }}
          GRAPH ?source {{ ?s ?q ?v }} {chosen} }}""",
    )
    said = {(iri(row["source"]), shorten(iri(row["p"])), iri(row["o"])) for row in asked}
    return tuple(sorted(said))


def findings(kg: Any, source: Source) -> Section:
    """What validation finds in the things of the corpus, by kind with counts, then one by one."""
    chosen = sources_of(source, False).filter()
    asked = rows(kg, f"SELECT DISTINCT ?s {{ GRAPH ?source {{ ?s ?p ?o }} {chosen} }}")
    ours = {iri(row["s"]) for row in asked}
    shapes = "ASK { ?shape a <http://www.w3.org/ns/shacl#NodeShape> }"
    if not kg.query(shapes, inferred=False):
        return Section("Findings", ("The graph has no shapes, so nothing was validated.",))
    report = kg.validate()
    found = [one for one in report.results if iri(one.focus) in ours]
    if not found:
        return Section(
            "Findings", (f"Validation of the {len(ours):,} things of the corpus finds nothing.",)
        )
    kinds = Counter((one.severity, str(one.message)) for one in found)
    by_kind = tuple((*kind, count) for kind, count in sorted(kinds.items()))
    listed = sorted((one.severity, _named(one.focus), str(one.message)) for one in found)
    blocks: list[str | Table | Figure] = [
        f"Validation of the {len(ours):,} things of the corpus has {len(found):,} findings.",
        Table("By kind", ("severity", "what", "findings"), by_kind, "kg.validate()"),
    ]
    shown = listed[:_MOST_FINDINGS]
    more = f", the first {_MOST_FINDINGS} of {len(listed):,}" if len(listed) > len(shown) else ""
    blocks.append(
        Table(f"One by one{more}", ("severity", "thing", "what"), tuple(shown), "kg.validate()")
    )
    return Section("Findings", tuple(blocks))


def _named(node: Any) -> str:
    """A thing by the last part of its IRI; the name of a blank node is another each time."""
    return "(a node without a name)" if isinstance(node, BlankNode) else shorten(iri(node))


def maps(kg: Asks, source: Source) -> Section:
    """The world map of practices and partnerships, and the butterfly of the corpus."""
    taking = network(kg, "participation", source=source)
    if not taking.number_of_edges():
        return Section("Map", ("Nobody takes part in a practice, so there is nothing to map.",))
    picture = world_map(kg, source=source)
    caption = "Who takes part in practices, and their partnerships"
    sources = tuple(taking.graph["sources"])
    world = Figure("world", picture, caption, f"kg.map(world=True, source={source!r})", sources)
    return Section("Map", (world, *_butterfly(kg, source, sources)))


def _butterfly(kg: Any, source: Source, sources: tuple[str, ...]) -> tuple[Figure, ...]:
    """The ideal map with the practices of the corpus by area, where the graph has one map."""
    asked = "SELECT DISTINCT ?map { ?map a glocal:IdealMap } ORDER BY ?map"
    found = [iri(row["map"]) for row in rows(kg, asked)]
    if not found:
        return ()
    picture = draw(kg, map=found[0], practices=source or "all")
    made = f"kg.map(map={found[0]!r}, practices={source or 'all'!r})"
    return (Figure("butterfly", picture, "Practices by area of attraction", made, sources),)


def criteria(kg: Asks, source: Source, seed: int, resamples: int) -> Section:
    """The scores by criterion with their spread, and how far the raters agree."""
    blocks: list[str | Table | Figure] = []
    for synthetic in (False, True):
        ratings = ratings_of(kg, source=source, synthetic=synthetic)
        if not len(ratings):
            continue
        report = rate(ratings, seed=seed, resamples=resamples)
        kind = "made-up ratings, no findings" if synthetic else "ratings"
        told = f"source={source!r}, synthetic={synthetic}"
        name = "spread-synthetic" if synthetic else "spread"
        blocks += [
            f"{repr(ratings)[1:-1]}.",
            Figure(
                name,
                draw_spread(ratings),
                f"Scores by criterion ({kind})",
                f"kg.ratings({told})",
                ratings.sources,
            ),
            *(
                Table(
                    f"Agreement: {ratings.label(one.criterion) or 'all ratings'} ({kind})",
                    ("coefficient", "value", "interval", "note", "after"),
                    tuple(_agreement_row(figure) for figure in one.figures),
                    f"kg.rate({told}, seed={seed}, resamples={resamples})",
                    ratings.sources,
                )
                for one in report.all()
            ),
            Table(
                f"Most disputed ({kind}): 1 is as far apart as by chance",
                ("criterion", "practice", "disagreement", "scores"),
                tuple(
                    (
                        ratings.label(one.criterion),
                        ratings.label(dispute.unit),
                        round(dispute.disagreement, 4),
                        ", ".join(
                            f"{ratings.label(rater)} {shown_value(value)}"
                            for rater, value in dispute.values.items()
                        ),
                    )
                    for one in report.criteria
                    for dispute in one.disputes[:5]
                ),
                f"kg.rate({told})",
            ),
        ]
    return Section("Criteria", tuple(blocks) or ("No practice is rated.",))


def _agreement_row(figure: AgreementFigure) -> tuple[Cell, ...]:
    interval = figure.interval.text() if figure.interval and figure.value is not None else ""
    return (figure.name, figure.text(), interval, figure.note, figure.paper)


def networks(kg: Asks, source: Source, seed: int) -> Section:
    """The networks of the corpus: figures of the whole, the most central nodes, a picture."""
    blocks: list[str | Table | Figure] = []
    for kind in ("partnerships", "co-participation", "participation", "relations"):
        graph = network(kg, kind, source=source)
        made, sources = f"kg.network({kind!r}, source={source!r})", tuple(graph.graph["sources"])
        if not graph.number_of_edges():
            blocks.append(f"{kind[:1].upper()}{kind[1:]}: no links.")
            continue
        measured = measure(graph, seed=seed)
        blocks += [
            " ".join(whole(measured)),
            Table(
                f"{kind}: the nodes that lie between most others",
                ("name", "kind", "links", "neighbors", "core", "betweenness", "community"),
                tuple(
                    (
                        one.name,
                        one.kind,
                        one.links,
                        one.neighbors,
                        one.core,
                        one.betweenness,
                        one.community,
                    )
                    for one in measured.top()
                ),
                f"measure({made}, seed={seed}); {'; '.join(measured.method)}",
                sources,
            ),
        ]
        if kind == "co-participation":
            picture = draw_network(graph, measured)
            blocks.append(Figure("network", picture, "Who takes part together", made, sources))
    return Section("Networks", tuple(blocks))


def inferred(kg: Any) -> Section:
    """What follows from the sources, by property; the facts themselves stay as they are."""
    inference = kg.inference or kg.infer()
    asked = "SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p"
    with_inferred, asserted = (
        {row["p"].value: int(row["n"].value) for row in _counted(kg, asked, inferred)}
        for inferred in (True, False)
    )
    more = {
        name: count - asserted.get(name, 0)
        for name, count in with_inferred.items()
        if count > asserted.get(name, 0)
    }
    names = things(kg, more)
    listed = tuple((names.name(name), count) for name, count in _by_count(Counter(more))[:25])
    rest = f"; the {len(listed)} with most of {len(more)}" if len(more) > len(listed) else ""
    return Section(
        "What was inferred",
        (
            f"{repr(inference)[1:-1]}. Counts are those of the corpus and the packaged graph "
            "together, for what follows from one may rest on the other.",
            Table(f"Inferred facts by property{rest}", ("property", "facts"), listed, "kg.infer()"),
        ),
    )


def _counted(kg: Any, sparql: str, inferred: bool) -> list[dict[str, Any]]:
    table = kg.query(sparql, inferred=inferred)
    return [dict(zip(table.columns, cells, strict=True)) for cells in table.terms]


def citing(title: str, date: str) -> Section:
    """How to cite the corpus, the software and the study."""
    from glocal_kg._version import version

    when = f" ({date[:4]})" if date else ""
    return Section(
        "How to cite",
        (
            f"The corpus: its authors{when}, {title}. Name the files and checksums above.",
            f"The software: glocal_kg contributors, glocal_kg: the knowledge graph of "
            f"glocalization, version {version()}, https://w3id.org/glocal (MIT; ontology and "
            "data CC BY 4.0).",
            "Each figure: the paper named beside it, and what made it as said below its table.",
        ),
    )


def _by_count(counted: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counted.items(), key=lambda one: (-one[1], one[0]))
