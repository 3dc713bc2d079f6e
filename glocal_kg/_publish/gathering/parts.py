"""The parts of a release: every named graph in a file of its own, grouped by what it is.

A part is a set of named graphs: the whole, all but what is read into the sources, the ontology,
the shapes, the vocabularies, the data, one graph, or what was inferred. Each part is later
written in every format that can tell its graphs apart where that matters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from pyoxigraph import Quad

from glocal_kg._publish.lines.canonical import canonical_lines
from glocal_kg._publish.lines.external_sort import distinct, read_lines
from glocal_kg._publish.lines.file_names import safe_name
from glocal_kg._publish.lines.ntriples_text import (
    RDF_TYPE,
    iri,
    neutral,
    neutral_term,
    split_quad,
    term_of,
)
from glocal_kg._publish.lines.sums import sha256
from glocal_kg._rdf.namespaces import OWL, SH, SKOS, SSSOM
from glocal_kg._study.vocab import INFERRED_INTERPRETED, is_interpretation

OPEN_FILES = 64
ROLES = ("ontology", "alignments", "shapes", "vocabularies", "data", "interpretation")
PLAIN = "without-interpretation"
"""The part that holds all but what is read into the sources, so that it needs no graphs."""
FOLLOWS, FOLLOWS_INTERPRETED = "inferred", "inferred-with-interpretation"
"""The parts that hold what follows: from the sources alone, and what else with readings."""
TABLED = ("data", "vocabularies", "interpretation")
"""The roles of the graphs that the tables of a release hold: axioms and shapes are no rows."""
_IMPORTS = str(OWL.imports)
_SHAPES = {str(SH.NodeShape), str(SH.PropertyShape)}
_HEADER, _SCHEME = str(OWL.Ontology), str(SKOS.ConceptScheme)
_MAPPINGS = {str(SSSOM.MappingSet), str(SSSOM.Mapping)}
MARKS = _SHAPES | {_HEADER, _SCHEME} | _MAPPINGS
"""The classes whose members show what a graph holds, in N-Triples text."""


@dataclass
class GraphFile:
    """One named graph on disk: sorted canonical N-Triples.

    ``name`` is its IRI, a blank node label, or '' for the default graph.
    """

    name: str
    slug: str
    path: Path
    triples: int = 0
    blanks: int = 0
    kinds: set[str] = field(default_factory=set)

    @property
    def role(self) -> str:
        """What the graph holds: one of ``ROLES``.

        The default graph is data: nobody has said that it is one thing only. What is read into
        the sources is told by its name, and is no data: no file may mix the two unawares.
        """
        if is_interpretation(self.name):
            return "interpretation"
        return role_of(self.kinds) if self.name else "data"


@dataclass
class GraphSet:
    """A set of graphs that is published together.

    ``name`` is the path of its dumps without suffix, ``quads`` the lines in ``canonical``,
    ``triples`` the distinct triples once graph names are dropped, ``hash`` the SHA-256 of its
    RDFC-1.0 canonical N-Quads. ``merged`` tells that its triples are those of several graphs
    in one, and its graph is no graph of the source.
    """

    name: str
    graphs: list[GraphFile]
    canonical: Path
    quads: int
    triples: int = 0
    hash: str = ""
    merged: bool = False

    def triple_lines(self) -> Iterator[str]:
        """The distinct triples of the part as sorted N-Triples lines."""
        if len(self.graphs) == 1 and not self.blanks:  # as they stand in the file of the graph
            return read_lines(self.graphs[0].path)
        return triples_of(self.canonical)

    @property
    def needs_graphs(self) -> bool:
        """Whether readings stand beside other facts, so that only a graph can mark them."""
        return len({graph.role == "interpretation" for graph in self.graphs}) > 1

    @property
    def blanks(self) -> int:
        """How many statements touch a blank node."""
        return sum(
            graph.triples if graph.name.startswith("_:") else graph.blanks for graph in self.graphs
        )


def triples_of(canonical: Path) -> Iterator[str]:
    """The distinct triples in a file of canonical N-Quads, as sorted N-Triples lines."""
    return distinct(neutral(split_quad(line)[0]) for line in read_lines(canonical))


def role_of(kinds: set[str]) -> str:
    """What a graph holds, by the classes of ``MARKS`` that occur in it.

    >>> role_of({"<http://www.w3.org/2002/07/owl#Ontology>"})
    'ontology'
    """
    if kinds & _SHAPES:
        return "shapes"
    if kinds & _MAPPINGS:
        return "alignments"
    if _HEADER in kinds:
        return "vocabularies" if _SCHEME in kinds else "ontology"
    return "data"


def write_graphs(quads: Iterable[Quad], folder: Path) -> list[GraphFile]:
    """Write the canonical dataset to ``folder/all.nq`` and each of its graphs beside it.

    Returns the graphs ordered by name. Memory does not grow with the number of statements,
    except for those with blank nodes.
    """
    folder.mkdir(parents=True, exist_ok=True)
    graphs: dict[str, GraphFile] = {}
    with (
        (folder / "all.nq").open("w", encoding="utf-8", newline="\n") as whole,
        _AppendedFiles() as files,
    ):
        for line in canonical_lines(quads, folder):
            whole.write(line + "\n")
            triple, name = split_quad(line)
            triple, name = neutral(triple), neutral_term(name)
            graph = graphs.get(name)
            if graph is None:
                path = folder / f"{len(graphs)}.nt"
                graph = graphs[name] = GraphFile(iri(name) if name else "", "", path)
            files.write(graph.path, triple)
            graph.triples += 1
            _notice(graph, triple)
    ordered = [graphs[name] for name in sorted(graphs)]
    _give_slugs(ordered)
    return ordered


def parts_of(graphs: list[GraphFile], folder: Path, *, root: str = "") -> list[GraphSet]:
    """The parts a set of asserted graphs is published in, the whole first.

    Two parts never hold the same graphs: a part that would repeat an earlier one is left out.
    An ontology in several graphs is one merged ontology under the header of ``root``.
    """
    groups = [("all", graphs)]
    groups.append((PLAIN, [graph for graph in graphs if graph.role != "interpretation"]))
    for role in ROLES:
        groups.append((role, [graph for graph in graphs if graph.role == role]))
    groups.extend((f"graphs/{graph.slug}", [graph]) for graph in graphs)
    return _parts(groups, folder, root)


def inferred_parts(graphs: list[GraphFile], folder: Path) -> list[GraphSet]:
    """The parts that inferred graphs are published in: from the sources, and with readings."""
    read = [graph for graph in graphs if graph.name == INFERRED_INTERPRETED.value]
    plain = [graph for graph in graphs if graph not in read]
    return _parts([(FOLLOWS, plain), (FOLLOWS_INTERPRETED, read)], folder, "")


def _parts(groups: list[tuple[str, list[GraphFile]]], folder: Path, root: str) -> list[GraphSet]:
    parts: list[GraphSet] = []
    seen: set[tuple[str, ...]] = set()
    for name, members in groups:
        key = tuple(graph.name for graph in members)
        if not members or key in seen:
            continue
        seen.add(key)
        part = _part(name, members, folder, complete=name == "all")
        if name == "ontology" and len(members) > 1:
            part = _merge(part, folder, root)
        parts.append(part)
    return parts


def _merge(part: GraphSet, folder: Path, root: str) -> GraphSet:
    """An ontology of several modules as one: one header, and no imports of what is in it.

    What a header that is dropped says by a node of its own, such as the prefixes of
    ``sh:declare``, the one header says: else the node would hang in the air.

    Source: W3C, OWL 2 Mapping to RDF Graphs, 3.1.2: a document has one ontology header.
    """
    marked = f" {RDF_TYPE} {_HEADER} ."
    headers = {line.split(" ", 1)[0] for line in part.triple_lines() if line.endswith(marked)}
    dropped = headers - {term_of(root)}
    path = folder / "merged.nt"
    graph = GraphFile("", "merged", path)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for line in part.triple_lines():
            subject, predicate, rest = line.split(" ", 2)
            if predicate == _IMPORTS and rest[:-2] in headers:
                continue
            if subject in dropped:
                if not rest.startswith("_:"):
                    continue
                line = f"{term_of(root)} {predicate} {rest}"
            file.write(line + "\n")
            graph.triples += 1
            _notice(graph, line)
    merged = _part(part.name, [graph], folder, complete=False)
    merged.merged = True
    return merged


def _part(name: str, members: list[GraphFile], folder: Path, *, complete: bool) -> GraphSet:
    quads = sum(graph.triples for graph in members)
    everything = folder / "all.nq"
    if complete:
        part = GraphSet(name, members, everything, quads)
    else:
        part = GraphSet(name, members, folder / f"{name.replace('/', '-')}.nq", quads)
        with part.canonical.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(line + "\n" for line in _lines_of(members, everything))
        if part.blanks:
            _name_blanks_anew(part.canonical)
    part.triples = quads if len(members) == 1 else sum(1 for _ in part.triple_lines())
    part.hash = sha256(part.canonical)
    return part


def _lines_of(members: list[GraphFile], everything: Path) -> Iterator[str]:
    """The N-Quads lines of some graphs, sorted."""
    if len(members) == 1:
        end = f" {term_of(members[0].name)} ." if members[0].name else " ."
        for line in read_lines(members[0].path):
            yield line[:-2] + end
        return
    names = {term_of(graph.name) for graph in members}
    for line in read_lines(everything):
        if neutral_term(split_quad(line)[1]) in names:
            yield line


def _name_blanks_anew(path: Path) -> None:
    """Make a file of N-Quads canonical on its own: blank nodes had their names in the whole."""
    from pyoxigraph import RdfFormat, parse

    draft = path.rename(path.with_suffix(".draft"))
    with path.open("w", encoding="utf-8", newline="\n") as file:
        quads = parse(path=str(draft), format=RdfFormat.N_QUADS)
        file.writelines(line + "\n" for line in canonical_lines(quads, path.parent))
    draft.unlink()


def _notice(graph: GraphFile, triple: str) -> None:
    subject, predicate, rest = triple.split(" ", 2)
    if subject[0] == "_" or rest[0] == "_":
        graph.blanks += 1
    if predicate == RDF_TYPE:
        kind = rest[:-2]
        if kind in MARKS:
            graph.kinds.add(kind)


def _give_slugs(graphs: list[GraphFile]) -> None:
    """Readable file names, the shortest tail of the graph's IRI that no other graph has."""
    taken: set[str] = set()
    for graph in graphs:
        words = [word for word in re.split(r"[^0-9A-Za-z.-]+", graph.name) if word.strip(".-")]
        words = words[1:] if words[:1] in (["http"], ["https"], ["urn"]) else words
        for length in range(1, len(words) + 1):
            slug = safe_name("-".join(words[-length:]).lower().strip("."))
            if slug not in taken:
                break
        else:
            stem = slug = safe_name("-".join(words).lower().strip(".")) or "default"
            number = 2
            while slug in taken:
                slug, number = f"{stem}-{number}", number + 1
        taken.add(slug)
        graph.slug = slug


class _AppendedFiles:
    """Many files to append to, few of them open at a time."""

    def __init__(self) -> None:
        self._open: dict[Path, TextIO] = {}

    def __enter__(self) -> _AppendedFiles:
        return self

    def __exit__(self, *_: object) -> None:
        for file in self._open.values():
            file.close()

    def write(self, path: Path, line: str) -> None:
        file = self._open.get(path)
        if file is None:
            if len(self._open) >= OPEN_FILES:
                self._open.pop(next(iter(self._open))).close()
            file = self._open[path] = path.open("a", encoding="utf-8", newline="\n")
        file.write(line + "\n")
