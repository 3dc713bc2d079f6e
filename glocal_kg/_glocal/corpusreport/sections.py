"""What is in a corpus, what is found in it, where it lies, what follows, and how to cite it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from pyoxigraph import BlankNode

from glocal_kg._engines.shacl.rdf_terms import choose_text
from glocal_kg._glocal.butterfly import draw
from glocal_kg._glocal.corpusreport.corpus_folder import CorpusFile
from glocal_kg._glocal.corpusreport.plain_page import Block, Cell, Figure, PageTable, Section
from glocal_kg._glocal.corpusreport.words import ReportWords
from glocal_kg._glocal.networks.from_graph import network
from glocal_kg._glocal.row_queries import (
    PREFIXES,
    Asks,
    class_names,
    iri,
    rows,
    shorten,
    sources_of,
    things,
)
from glocal_kg._glocal.worldmap.from_graph import world_map

Source = str | Sequence[str] | None
_MOST_FINDINGS = 40


def contents(kg: Asks, source: Source, files: Sequence[CorpusFile], said: ReportWords) -> Section:
    """What is in the corpus, and where it is from."""
    chosen = sources_of(source, False).filter()
    graphs, kinds = Counter[str](), Counter[str]()
    of_graphs = (
        "SELECT ?source (COUNT(*) AS ?n) "
        f"{{ GRAPH ?source {{ ?s ?p ?o }} {chosen} }} GROUP BY ?source"
    )
    of_kinds = (
        "SELECT ?class (COUNT(DISTINCT ?x) AS ?n) "
        f"{{ GRAPH ?source {{ ?x a ?class }} {chosen} }} GROUP BY ?class"
    )
    for row in rows(kg, of_graphs):
        graphs[iri(row["source"])] += int(row["n"].value)
    for row in rows(kg, of_kinds):
        kinds[iri(row["class"])] += int(row["n"].value)
    counted = said.counted.format(facts=said.number(graphs.total()), graphs=len(graphs))
    blocks: list[Block] = [counted]
    if files:
        listed = tuple((one.name, one.size, one.sha256) for one in files)
        blocks.append(PageTable(said.files, said.file_columns, listed, "glocal report"))
    read = tuple(sorted(graphs))
    names = class_names(kg, map(shorten, kinds))
    others = said.classes_of_others.items()
    names |= {kind: told for kind, told in others if names.get(kind) == kind}
    by_count = tuple(
        (names.get(shorten(name), shorten(name)), count) for name, count in _by_count(kinds)
    )
    blocks += [
        PageTable(said.graphs, said.graph_columns, tuple(sorted(graphs.items())), of_graphs),
        PageTable(said.classes, said.class_columns, by_count, of_kinds, read),
    ]
    of_origins = (
        "SELECT DISTINCT ?source ?p ?o { GRAPH ?any { ?source ?p ?o } "
        f"GRAPH ?source {{ ?s ?q ?v }} FILTER(!ISBLANK(?o)) {chosen} }}"
    )
    origins = _origins(kg, of_origins)
    if origins:
        blocks.append(PageTable(said.said, said.said_columns, origins, of_origins, read))
    return Section(said.contents, tuple(blocks))


def _origins(kg: Asks, query: str) -> tuple[tuple[Cell, ...], ...]:
    """Provenance that the corpus gives of its own graphs: files, checksums, mappings, dates."""
    asked = rows(kg, query)
    said = {(iri(row["source"]), shorten(iri(row["p"])), iri(row["o"])) for row in asked}
    return tuple(sorted(said))


def graphs_read(kg: Asks, source: Source) -> tuple[str, ...]:
    """The graphs of the corpus that say something."""
    chosen = sources_of(source, False).filter()
    asked = f"SELECT DISTINCT ?source {{ GRAPH ?source {{ ?s ?p ?o }} {chosen} }}"
    return tuple(sorted(iri(row["source"]) for row in rows(kg, asked)))


def findings(kg: Any, source: Source, read: tuple[str, ...], said: ReportWords) -> Section:
    """What validation finds in the things of the corpus, by kind with counts, then one by one."""
    chosen = sources_of(source, False).filter()
    asked = rows(kg, f"SELECT DISTINCT ?s {{ GRAPH ?source {{ ?s ?p ?o }} {chosen} }}")
    ours = {iri(row["s"]) for row in asked}
    shapes = "ASK { ?shape a <http://www.w3.org/ns/shacl#NodeShape> }"
    if not kg.query(shapes, inferred=False):
        return Section(said.findings, (said.no_shapes,))
    found = [one for one in kg.validate().results if iri(one.focus) in ours]
    things_of_ours = said.number(len(ours))
    if not found:
        return Section(said.findings, (said.nothing_found.format(things=things_of_ours),))
    kinds = Counter((_severity(one, said), _told(one, said)) for one in found)
    by_kind = tuple((*kind, count) for kind, count in sorted(kinds.items()))
    listed = sorted(
        (_severity(one, said), _named(one.focus, said), _told(one, said)) for one in found
    )
    shown = tuple(listed[:_MOST_FINDINGS])
    more = said.first_of.format(shown=len(shown), all=said.number(len(listed)))
    one_by_one = said.one_by_one + (f", {more}" if len(listed) > len(shown) else "")
    return Section(
        said.findings,
        (
            said.found.format(things=things_of_ours, findings=said.number(len(found))),
            PageTable(said.by_kind, said.kind_columns, by_kind, "kg.validate()", read),
            PageTable(one_by_one, said.finding_columns, shown, "kg.validate()", read),
        ),
    )


def _severity(found: Any, said: ReportWords) -> str:
    return said.severities.get(found.severity, found.severity)


def _told(found: Any, said: ReportWords) -> str:
    """What a finding says, in the language of the page where its rule has it."""
    chosen = choose_text(found.messages, (said.language, "en"))
    return str(chosen.value if chosen is not None else found.message)


def _named(node: Any, said: ReportWords) -> str:
    """A thing by the last part of its IRI; the name of a blank node is another each time."""
    return said.nameless if isinstance(node, BlankNode) else shorten(iri(node))


def maps(kg: Any, asked: Asks, source: Source, said: ReportWords) -> Section:
    """The world map of practices and partnerships, and the butterfly of the corpus."""
    taking = network(asked, "participation", source=source)
    if not taking.number_of_edges():
        return Section(said.map, (said.nobody,))
    picture = world_map(asked, source=source)
    sources = tuple(taking.graph["sources"])
    made = f"kg.map(world=True, source={source!r})"
    world = Figure("world", picture, said.world, made, sources)
    butterfly = _butterfly(kg, asked.languages, source, sources, said)
    return Section(said.map, (world, *butterfly))


def _butterfly(
    kg: Any, languages: Sequence[str], source: Source, sources: tuple[str, ...], said: ReportWords
) -> tuple[Figure, ...]:
    """The ideal map with the practices of the corpus by area, where the graph has one map."""
    asked = "SELECT DISTINCT ?map { ?map a glocal:IdealMap } ORDER BY ?map"
    found = [iri(row["map"]) for row in rows(kg, asked)]
    if not found:
        return ()
    picture = draw(kg, map=found[0], practices=source or "all", language=languages)
    made = f"kg.map(map={found[0]!r}, practices={source or 'all'!r})"
    return (Figure("butterfly", picture, said.butterfly, made, sources),)


def inferred(
    kg: Any, asked: Asks, source: Source, read: tuple[str, ...], said: ReportWords
) -> Section:
    """What follows about the things of the corpus, by property; nothing is added to it."""
    if kg.inference is None:
        kg.infer()
    chosen = sources_of(source, False).filter()
    query = f"""SELECT ?p (COUNT(*) AS ?n) {{
  {{ SELECT DISTINCT ?s {{ GRAPH ?source {{ ?s ?x ?y }} {chosen} }} }} ?s ?p ?o }} GROUP BY ?p"""
    with_inferred, asserted = (_counted(kg, query, inferred) for inferred in (True, False))
    more = Counter({name: count - asserted.get(name, 0) for name, count in with_inferred.items()})
    ordered = [(name, count) for name, count in _by_count(more) if count > 0]
    names = things(asked, more)
    listed = tuple((names.name(name), count) for name, count in ordered[:25])
    few = said.most_of.format(shown=len(listed), all=len(ordered))
    caption = said.by_property + (f"; {few}" if len(ordered) > len(listed) else "")
    facts = said.number(sum(count for _, count in ordered))
    return Section(
        said.inferred,
        (
            said.inferred_of.format(facts=facts),
            PageTable(caption, said.property_columns, listed, f"kg.infer(); {query}", read),
        ),
    )


def _counted(kg: Any, sparql: str, inferred: bool) -> dict[str, int]:
    table = kg.query(PREFIXES + sparql, inferred=inferred)
    return {p.value: int(n.value) for p, n in table.terms}


def citing(title: str, date: str, said: ReportWords) -> Section:
    """How to cite the corpus, the software and the figures."""
    from glocal_kg._version import version

    known = {"year": f" ({date[:4]})" if date else "", "title": title, "version": version()}
    return Section(said.citing, tuple(sentence.format(**known) for sentence in said.cite))


def _by_count(counted: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counted.items(), key=lambda one: (-one[1], one[0]))
