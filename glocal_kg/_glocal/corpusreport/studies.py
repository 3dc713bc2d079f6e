"""The criteria of a corpus with spread and agreement, and its networks, as sections."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from glocal_kg._glocal.corpusreport.plain_page import Block, Cell, Figure, PageTable, Section
from glocal_kg._glocal.corpusreport.sections import Source
from glocal_kg._glocal.corpusreport.words import ReportWords
from glocal_kg._glocal.networks.betweenness import has_rustworkx
from glocal_kg._glocal.networks.building import Graph
from glocal_kg._glocal.networks.drawing import draw_network
from glocal_kg._glocal.networks.from_graph import network
from glocal_kg._glocal.networks.measures import NetworkMeasures, measure
from glocal_kg._glocal.ratings.from_graph import ratings_of
from glocal_kg._glocal.ratings.rating import Agreement, AgreementReport, rate
from glocal_kg._glocal.ratings.scale import shown_value
from glocal_kg._glocal.ratings.spread import draw_spread
from glocal_kg._glocal.ratings.telling import cited, disagreement
from glocal_kg._glocal.ratings.words import said as phrase
from glocal_kg._glocal.row_queries import Asks, class_names
from glocal_kg.errors import ReadError

# Larger networks are sampled where rustworkx is not there to be quick: a page is not worth hours.
_MOST_NODES, _SAMPLE = 4_000, 1_000


def criteria(kg: Asks, source: Source, seed: int, resamples: int, said: ReportWords) -> Section:
    """The scores by criterion with their spread, and how far the raters agree."""
    blocks: list[Block] = []
    for synthetic in (False, True):
        try:
            ratings = ratings_of(kg, source=source, synthetic=synthetic)
        except ReadError as error:  # such as a score off its scale: the page says so, and goes on
            blocks.append(said.wrong_ratings.format(reason=error.message))
            continue
        if not len(ratings):
            continue
        report = rate(ratings, seed=seed, resamples=resamples)
        told = f"source={source!r}, synthetic={synthetic}"
        made = f"kg.rate({told}, seed={seed}, resamples={resamples})"
        kind = f" ({said.made_up})" if synthetic else ""
        name = "spread-synthetic" if synthetic else "spread"
        picture = draw_spread(ratings, said.language)
        counted = said.ratings.format(
            ratings=said.number(len(ratings)),
            units=said.number(len(ratings.units)),
            raters=len(ratings.raters),
            criteria=len(ratings.criteria),
        )
        blocks += [
            f"{counted[:-1]}{kind}.",
            Figure(name, picture, said.spread + kind, f"kg.ratings({told})", ratings.sources),
        ]
        if not any(one.paired for one in report.criteria):
            blocks.append(said.no_pairs)
            continue
        for one in report.all():
            blocks += _agreement(report, one, made, kind, said)
        if report.no_overall:
            reason = phrase(f"undefined: {report.no_overall}", said.language)
            blocks.append(f"{said.agreement.format(criterion=said.all_ratings)}: {reason}.")
        blocks += [
            said.thresholds.format(names=", ".join(names), said=numbers)
            for numbers, names in cited(report).items()
        ]
        disputed = _disputed(report, made, kind, said)
        if disputed.rows:
            blocks += [disputed, disagreement(report, said.language)]
    return Section(said.criteria, tuple(blocks) or (said.no_ratings,))


def _agreement(
    report: AgreementReport, one: Agreement, made: str, kind: str, said: ReportWords
) -> Iterator[Block]:
    """The figures of one criterion, and the main one without each rater in turn."""
    label, sources = report.ratings.label, report.ratings.sources
    criterion = label(one.criterion) if one is not report.overall else said.all_ratings
    scale = phrase(one.scale.text(), said.language)
    if not one.paired:
        yield f"{said.agreement.format(criterion=criterion)}{kind}: {said.no_pairs}"
        return
    rows = tuple(
        tuple(
            phrase(text, said.language)
            for text in (
                figure.name,
                figure.text(),
                figure.interval.text() if figure.interval and figure.value is not None else "",
                figure.note,
                figure.paper,
            )
        )
        for figure in one.figures
    )
    caption = said.agreement.format(criterion=criterion or said.all_ratings) + kind
    yield PageTable(caption, said.agreement_columns, rows, made, sources)
    yield said.scale.format(
        scale=scale, paired=said.number(one.paired), units=said.number(one.units)
    )
    if one.without:
        left_out = tuple(
            (label(rater), phrase(figure.text(), said.language)) for rater, figure in one.without
        )
        main = one.without[0][1].name
        caption = said.left_out.format(coefficient=main, criterion=criterion or said.all_ratings)
        yield PageTable(caption + kind, said.left_out_columns, left_out, made, sources)


def _disputed(report: AgreementReport, made: str, kind: str, said: ReportWords) -> PageTable:
    label = report.ratings.label
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            label(one.criterion),
            label(dispute.unit),
            f"{dispute.disagreement:.4f}",
            ", ".join(f"{label(r)} {shown_value(v)}" for r, v in dispute.values.items()),
        )
        for one in report.criteria
        for dispute in one.disputes[:5]
    )
    return PageTable(
        said.disputed + kind, said.disputed_columns, rows, made, report.ratings.sources
    )


def networks(kg: Asks, source: Source, seed: int, said: ReportWords) -> Section:
    """The networks of the corpus: figures of the whole, the most central nodes, a picture."""
    blocks: list[Block] = []
    for kind, name in said.network_names.items():
        graph = network(kg, kind, source=source)
        if not graph.number_of_edges():
            blocks.append(said.no_links.format(network=name))
            continue
        sampled = len(graph) > _MOST_NODES and not has_rustworkx()
        measured = measure(graph, seed=seed, sample=_SAMPLE if sampled else None)
        kinds = class_names(kg, (node.kind for node in measured))
        blocks += _network(kind, name, graph, measured, kinds, source, seed, said)
        if sampled:
            nodes = said.number(len(graph))
            blocks.append(said.sampled.format(sample=_SAMPLE, nodes=nodes, seed=seed))
    if len(blocks) > len(said.network_names):
        blocks.append(said.method.format(seed=seed))
    return Section(said.networks, tuple(blocks))


def _network(
    kind: str,
    name: str,
    graph: Graph,
    measured: NetworkMeasures,
    kinds: Mapping[str, str],
    source: Source,
    seed: int,
    said: ReportWords,
) -> Iterator[Block]:
    made, sources = f"kg.network({kind!r}, source={source!r})", tuple(graph.graph["sources"])
    modularity = "" if measured.modularity is None else f"{measured.modularity:.4f}"
    yield said.whole.format(
        network=name,
        nodes=said.number(len(measured.nodes)),
        links=said.number(measured.links),
        pairs=said.number(measured.pairs),
        loops=measured.loops,
        components=said.number(len(measured.components)),
        largest=", ".join(said.number(size) for size in measured.components[:5]),
        communities=said.number(len(measured.communities)),
        bridges=said.number(len(measured.bridges)),
        modularity=modularity,
    )
    lying = any(node.betweenness for node in measured)
    top = measured.top("betweenness" if lying else "links")
    yield PageTable(
        (said.between if lying else said.most_links).format(network=name),
        said.network_columns,
        tuple(
            (
                one.name,
                kinds.get(one.kind, one.kind),
                one.links,
                one.neighbors,
                one.core,
                f"{one.betweenness:.6f}",
                one.community,
            )
            for one in top
        ),
        f"measure({made}, seed={seed})",
        sources,
    )
    if kind == "co-participation":
        picture = draw_network(graph, measured, title=name, language=said.language)
        yield Figure("network", picture, said.together, made, sources)
