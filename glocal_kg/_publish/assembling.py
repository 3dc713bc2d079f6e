"""Write everything of a release into its folder: dumps, tables, queries, descriptions, sums."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from glocal_kg._publish.descriptions.cards import as_json, citation, codemeta, schema_org, zenodo
from glocal_kg._publish.descriptions.crate import ro_crate
from glocal_kg._publish.descriptions.dcat import describe_dcat
from glocal_kg._publish.descriptions.linked_questions import (
    Answerer,
    describe_questions,
    expected_result,
)
from glocal_kg._publish.descriptions.readme import changelog, readme
from glocal_kg._publish.descriptions.service import describe_service
from glocal_kg._publish.descriptions.sssom import as_rdf, as_table, labels_of, read_alignments
from glocal_kg._publish.descriptions.statements import Statements
from glocal_kg._publish.descriptions.table_cards import croissant, data_package
from glocal_kg._publish.descriptions.void import describe_void
from glocal_kg._publish.descriptions.xml_catalog import xml_catalog
from glocal_kg._publish.dumps.context import Context, make_context
from glocal_kg._publish.dumps.dumps import used_prefixes
from glocal_kg._publish.dumps.tables import write_tables
from glocal_kg._publish.folder import Folder
from glocal_kg._publish.gathering.about import own_prefixes, texts
from glocal_kg._publish.gathering.counts import ANY, Counts, count, namespace
from glocal_kg._publish.gathering.parts import (
    FOLLOWS,
    FOLLOWS_INTERPRETED,
    TABLED,
    GraphFile,
    GraphSet,
)
from glocal_kg._publish.gathering.release_facts import (
    About,
    GraphFacts,
    Headers,
    PartFacts,
    ReleaseFacts,
    TableFile,
)
from glocal_kg._publish.gathering.release_prefixes import Shortener, known_prefixes
from glocal_kg._publish.gathering.software import software
from glocal_kg._publish.lines.external_sort import read_lines
from glocal_kg._publish.lines.ntriples_text import LANG_STRING, iri, split_triple, value
from glocal_kg._publish.lines.sums import write_sums
from glocal_kg._rdf.formats import CSV, JSON_LD, QUERY_TYPE, TSV, TURTLE
from glocal_kg._rdf.namespaces import DCTERMS, RDFS, SKOS
from glocal_kg._study.vocab import PREFIXES, is_interpretation

TYPE_CHECKING = False
if TYPE_CHECKING:
    from glocal_kg._publish.compare.changes import Comparison
    from glocal_kg._questions import Question

_JSON, _MARKDOWN = "application/json", "text/markdown"


def describe_release(
    folder: Folder,
    graphs: list[GraphFile],
    parts: list[GraphSet],
    about: About,
    counts: Counts,
    headers: Headers,
    questions: list[Question],
    graph: Answerer | None,
    changes: Comparison | None,
    earlier: str,
    given: Mapping[str, str],
) -> ReleaseFacts:
    """Write a release into its folder and return its facts.

    ``counts`` are those of the whole, ``headers`` what the graph says of its own graphs,
    ``graph`` answers the questions, ``earlier`` is the change log up to the release before,
    ``given`` are the prefixes of the graph or its files.
    """
    prefixes = known_prefixes({**PREFIXES}, given, own_prefixes(headers))
    used = used_prefixes(read_lines(parts[0].canonical), prefixes)
    context = _context(graphs, used, counts, about)
    for part in parts:
        folder.write_dumps(part, prefixes, context)
    text = '{\n"@context": ' + context.text() + "\n}\n"
    folder.write("context.jsonld", text, JSON_LD.media_type, "the JSON-LD context of the dumps")
    tables = _write_tables(folder, graphs, prefixes)
    _write_alignments(folder, parts, about, prefixes)
    catalog = xml_catalog(parts)
    if catalog:
        label = "where the files of imported ontologies are"
        folder.write("catalog-v001.xml", catalog, "application/xml", label)
    if questions:
        _write_questions(folder, about, questions, graph, parts)
    facts = ReleaseFacts(
        about=about,
        counts=counts,
        graphs=tuple(_graph_facts(graph, counts, headers, folder, graphs) for graph in graphs),
        parts=tuple(_part_facts(part) for part in parts),
        files=tuple(folder.files),
        tables=tuple(tables),
        prefixes=used,
        software=software(),
        questions=len(questions),
        notes=tuple(folder.notes),
    )
    _write_descriptions(folder, facts)
    facts = replace(facts, files=tuple(folder.files))
    folder.write("CHANGELOG.md", changelog(facts, changes, earlier), _MARKDOWN, "change log")
    folder.write("README.md", readme(facts), _MARKDOWN, "what is in this folder")
    crate = ro_crate(facts, folder.files)
    folder.write("ro-crate-metadata.json", as_json(crate), JSON_LD.media_type, "RO-Crate")
    write_sums(folder.out)
    return replace(facts, files=tuple(folder.files))


def _write_descriptions(folder: Folder, facts: ReleaseFacts) -> None:
    if facts.tables:
        package = as_json(data_package(facts))
        folder.write("tables/datapackage.json", package, _JSON, "data dictionary (Frictionless)")
        facts = replace(facts, files=tuple(folder.files))
    void = Statements()
    describe_void(facts, void)
    describe_dcat(facts, void)
    turtle, json_ld = TURTLE.media_type, JSON_LD.media_type
    folder.write("void.ttl", void.turtle(facts.prefixes), turtle, "VoID, DCAT and PROV")
    service = describe_service(facts).turtle(facts.prefixes)
    folder.write("service.ttl", service, turtle, "SPARQL service description")
    folder.write("schema.jsonld", as_json(schema_org(facts)), json_ld, "schema.org Dataset")
    if facts.tables:
        card = as_json(croissant(facts))
        folder.write("croissant.json", card, json_ld, "the tables as Croissant")
    folder.write("codemeta.json", as_json(codemeta(facts)), json_ld, "CodeMeta")
    folder.write(".zenodo.json", as_json(zenodo(facts)), _JSON, "metadata for Zenodo")
    folder.write("CITATION.cff", citation(facts), "application/yaml", "how to cite")


def _context(
    graphs: list[GraphFile], used: Mapping[str, str], counts: Counts, about: About
) -> Context:
    """The context of all JSON-LD files, from the graphs that define terms."""
    lines = (line for graph in _terms(graphs) for line in read_lines(graph.path))
    tagged = [name for name, use in counts.properties[ANY].items() if LANG_STRING in use.datatypes]
    return make_context(lines, used, base=about.space, language_properties=tagged)


def _terms(graphs: list[GraphFile]) -> list[GraphFile]:
    """The graphs in which terms can be defined."""
    return [
        graph for graph in graphs if graph.role not in ("data", "interpretation") or not graph.name
    ]


def _write_tables(
    folder: Folder, graphs: list[GraphFile], prefixes: Mapping[str, str]
) -> list[TableFile]:  # fmt: skip
    """Tables of what is said of things; axioms and shapes are no rows."""
    folder.tick("tables")
    rows = [graph for graph in graphs if graph.role in TABLED]
    if not rows:
        return []
    described = _definitions(line for graph in _terms(graphs) for line in read_lines(graph.path))
    shorten = _shortener(prefixes)
    tables = write_tables(rows, folder.out / "tables", folder.work, shorten, described)
    folder.add_tables(tables)
    return tables


def _write_alignments(
    folder: Folder, parts: list[GraphSet], about: About, prefixes: Mapping[str, str]
) -> None:
    """The mappings of the graph by the standard of the trade, where it has some."""
    part = next((part for part in parts if part.name == "alignments"), None)
    if part is None:
        return
    labels = labels_of(parts[0].triple_lines())
    alignments = read_alignments(part.triple_lines(), labels)
    if not alignments.rows:
        return
    known = Shortener(prefixes)
    table = as_table(alignments, about, known)
    folder.write("alignments.sssom.tsv", table, TSV.media_type, "the alignments as SSSOM")
    text = as_rdf(alignments, about).turtle({**prefixes, **known.used})
    folder.write("alignments.sssom.ttl", text, TURTLE.media_type, "the alignments as SSSOM in RDF")


def _write_questions(
    folder: Folder,
    about: About,
    questions: list[Question],
    graph: Answerer | None,
    parts: list[GraphSet],
) -> None:
    """The query files as they are, their expected results, and all of them as linked data.

    Where the release holds interpretations, a query names all other graphs of it, so that none
    comes into an answer unmarked; those about interpretations say in each row how sure it is.
    """
    inferred = [part.name for part in parts if part.name in (FOLLOWS, FOLLOWS_INTERPRETED)]
    names = sorted({one.name for part in parts for one in part.graphs if not part.merged})
    sources = [name for name in names if not is_interpretation(name)]
    if len(sources) == len(names):
        sources = []
    elif any(name[:1] in ("", "_") for name in sources):
        sources = [name for name in sources if name[:1] not in ("", "_")]
        folder.notes.append("The queries name graphs, so they miss those that have no IRI.")
    results: dict[str, str] = {}
    for question in questions:
        folder.write(f"queries/{question.name}.rq", question.text, QUERY_TYPE, question.summary)
        answer = expected_result(question, graph, inferred=bool(inferred)) if graph else None
        if answer is not None:
            results[question.name] = f"queries/{question.name}.csv"
            label = f"expected result of {question.name}"
            folder.write(results[question.name], answer, CSV.media_type, label)
    told = describe_questions(questions, about, results, sources, inferred=inferred)
    text = told.turtle(PREFIXES)
    folder.write("queries.ttl", text, TURTLE.media_type, "the queries as linked data")


def _graph_facts(
    graph: GraphFile, whole: Counts, headers: Headers, folder: Folder, graphs: list[GraphFile]
) -> GraphFacts:
    counts = whole
    if len(graphs) > 1:
        folder.tick(f"counting {graph.slug}")
        counts = count(read_lines(graph.path), folder.work, space=whole.space)
    title = texts(headers.get(graph.name, {}).get(DCTERMS.title.value, ()))
    return GraphFacts(graph.name, graph.slug, graph.role, counts, title)


def _part_facts(part: GraphSet) -> PartFacts:
    names = () if part.merged else tuple(graph.name for graph in part.graphs)
    inferred = part.name in (FOLLOWS, FOLLOWS_INTERPRETED)
    return PartFacts(part.name, names, part.quads, part.triples, part.hash, inferred)


def _definitions(lines: Iterable[str]) -> dict[str, str]:
    """The English definition, comment or label of each term, in this order of preference."""
    ranks = {str(SKOS.definition): 0, str(RDFS.comment): 1, str(RDFS.label): 2}
    best: dict[str, tuple[int, str]] = {}
    for subject, predicate, object_ in map(split_triple, lines):
        if predicate in ranks and object_.endswith('"@en'):
            found = (ranks[predicate], value(object_).text)
            name = iri(subject)
            best[name] = min(best.get(name, found), found)
    return {name: text for name, (_, text) in best.items()}


def _shortener(prefixes: Mapping[str, str]) -> Callable[[str], str]:
    prefix_of = {space: prefix for prefix, space in prefixes.items()}

    def shorten(name: str) -> str:
        space = namespace(name)
        return f"{prefix_of[space]}:{name[len(space) :]}" if space in prefix_of else name

    return shorten
