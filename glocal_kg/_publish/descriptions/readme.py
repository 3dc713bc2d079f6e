"""The texts of a release that people read first: README.md and CHANGELOG.md."""

from __future__ import annotations

from collections import Counter

from glocal_kg._publish.descriptions.cards import description
from glocal_kg._publish.dumps.turtle import prefixed
from glocal_kg._publish.gathering.counts import namespace
from glocal_kg._publish.gathering.parts import FOLLOWS, FOLLOWS_INTERPRETED, PLAIN
from glocal_kg._publish.gathering.release_facts import ReleaseFacts, english
from glocal_kg._publish.lines.markdown import plain
from glocal_kg._rdf.counted import counted
from glocal_kg._study.vocab import BASE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from glocal_kg._publish.compare.changes import Comparison

_CHANGELOG = "# Changes\n"
_POLICY = (
    "Names are kept: the IRI of a term or thing is never given to something else, and a term is"
    " not dropped before a release has marked it as deprecated and named what replaces it."
    " Every release stays as it is; corrections make a new one."
)
# What most people come for, and the file to take. Those that a release does not have are left out.
_WANTED = (
    ("the ontology, to open in an editor", "ontology.ttl"),
    ("everything, each statement in its graph", "all.trig"),
    ("everything as one graph", "all.ttl"),
    ("all but what is read into the sources, as one graph", f"{PLAIN}.ttl"),
    ("what is read into the sources", "interpretation.trig"),
    ("everything for a triple store", "all.nq.gz"),
    ("one graph alone", "graphs/"),
    ("what follows from it, apart", f"{FOLLOWS}.ttl"),
    ("what follows only with what is read into the sources", f"{FOLLOWS_INTERPRETED}.ttl"),
    ("the shapes, to check data of your own", "shapes.ttl"),
    ("the alignments with other vocabularies, as SSSOM", "alignments.sssom.tsv"),
    ("tables for a spreadsheet or data frame", "tables/datapackage.json"),
    ("example queries with their answers", "queries.ttl"),
)
_LINES = (
    "Names come as `.ttl` (Turtle), `.nt` (N-Triples), `.rdf` (RDF/XML), `.trig` (TriG),",
    "`.nq` (N-Quads, canonical) and `.jsonld` (JSON-LD); all say the same. What is in every",
    "file, with size and sum, stands in `ro-crate-metadata.json`; numbers by class and property",
    "stand in `void.ttl`. Check the folder with `sha256sum --check SHA256SUMS`, or everything in",
    "it with `glocal publish --verify` and its name.",
)


def readme(facts: ReleaseFacts) -> str:
    """What the folder holds and which file to take, for people: one page."""
    about, counts = facts.about, facts.counts
    publisher = plain(about.publisher.name)
    contact = f", <{about.publisher.address}>" if about.publisher.address else ""
    lines = [
        f"# {plain(english(about.title))}, version {about.version}",
        "",
        plain(description(facts)),
        "",
        f"- By {plain('; '.join(agent.name for agent in about.creators))}",
        f"- Published on {about.issued} by {publisher}{contact}",
        f"- License: {about.license_name}, <{about.license}>",
        f"- About it: <{about.homepage}>; this release: <{about.base}>",
        f"- {counted(counts.triples, 'triple')} about {counted(counts.entities, 'thing')}"
        f" in {counted(len(facts.graphs), 'graph')}",
        f"- SHA-256 of the canonical N-Quads (RDFC-1.0): `{facts.whole.hash}`",
        "",
        "## Which file to take",
        "",
        "| you want | take |",
        "|---|---|",
        *_wanted(facts),
        "",
        *_LINES,
        *_read_into(facts),
        "",
        "## How to cite",
        "",
        plain(about.cite_as),
        "",
        *_query(facts),
        *_graphs(facts),
    ]
    if facts.notes:
        lines += ["", "## Notes", "", *(f"- {plain(note)}" for note in facts.notes)]
    if about.space == BASE:
        lines += ["", "## Persistence", "", _POLICY]
    return "\n".join(lines) + "\n"


def changelog(facts: ReleaseFacts, changes: Comparison | None, earlier: str) -> str:
    """The change log: a section for this release above the ones before."""
    about = facts.about
    if changes is None:
        section = f"## {about.version} - {about.issued}\n\nNo earlier release to compare with.\n"
    else:
        section = changes.changelog(about.version, about.issued)
    before = earlier.removeprefix(_CHANGELOG).strip()
    return f"{_CHANGELOG}\n{section}" + (f"\n{before}\n" if before else "")


def _wanted(facts: ReleaseFacts) -> list[str]:
    there = {file.path for file in facts.files}
    there |= {f"{path.split('/')[0]}/" for path in there if "/" in path}
    return [f"| {what} | `{path}` |" for what, path in _WANTED if path in there]


def _read_into(facts: ReleaseFacts) -> Iterator[str]:
    """Where readings are, which files without graphs cannot mark."""
    if _has_readings(facts):
        yield ""
        yield "What is read into the sources stands in graphs of its own, and nothing else marks it"
        yield "in a plain triple: so `all` comes only in the formats that keep graphs (`.trig`,"
        yield f"`.nq`, `.jsonld`). `{PLAIN}` is the same without these graphs, in every format."


def _has_readings(facts: ReleaseFacts) -> bool:
    return any(part.name == PLAIN for part in facts.parts)


def _query(facts: ReleaseFacts) -> Iterator[str]:
    """The prefixes in use, and a query over the class of the graph's own that has most members."""
    spaces = {space: prefix for prefix, space in facts.prefixes.items()}
    own = [
        (-members, name)
        for name, members in facts.counts.classes.items()
        if name.startswith(facts.counts.space) and not name.startswith("_:")
    ]
    asked = ["SELECT * { ?thing ?property ?value }"]
    if own:
        name = min(own)[1]
        short = prefixed(f"<{name}>", spaces)
        asked = ["PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>"]
        if short[0] != "<":
            asked.insert(0, f"PREFIX {spaces[namespace(name)]}: <{namespace(name)}>")
        asked.append(
            f"SELECT ?thing ?label {{ ?thing a {short} OPTIONAL {{ ?thing rdfs:label ?label }} }}"
        )
    whole = PLAIN if _has_readings(facts) else "all"
    yield "## How to query"
    yield ""
    yield "```python"
    yield "from rdflib import Dataset"
    yield f'graph = Dataset(default_union=True).parse("{whole}.trig")'
    yield 'for row in graph.query("""'
    yield from asked
    yield "LIMIT 10"
    yield '"""):'
    yield "    print(*row)"
    yield "```"
    yield ""
    yield "| prefix | namespace |"
    yield "|---|---|"
    for prefix, space in sorted(facts.prefixes.items()):
        yield f"| `{prefix}:` | `{space}` |"
    yield ""


def _graphs(facts: ReleaseFacts) -> Iterator[str]:
    """How many graphs hold what; each is listed in ``void.ttl``."""
    graphs, triples = Counter[str](), Counter[str]()
    for graph in facts.graphs:
        graphs[graph.role] += 1
        triples[graph.role] += graph.counts.triples
    yield "## Graphs"
    yield ""
    yield "| what | graphs | triples |"
    yield "|---|---:|---:|"
    for role in sorted(graphs):
        yield f"| {role} | {graphs[role]:,} | {triples[role]:,} |"
