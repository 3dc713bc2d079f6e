"""The evaluation tests of SPARQL 1.1 of the W3C: what a manifest lists, which answers agree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from glocal_kg._rdf.sparql import numbers

MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
QT = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
ENT = "http://www.w3.org/ns/entailment/"

Node = Any
Rows = list[dict[str, Node]]


@dataclass(frozen=True)
class Case:
    name: str
    query: Path
    data: tuple[Path, ...]
    graphs: tuple[tuple[str, Path], ...]
    result: Path

    @property
    def id(self) -> str:
        return f"{self.query.parent.name}/{self.name}"


def cases(folder: Path) -> Iterator[Case]:
    """The evaluation tests of one folder with a manifest, without those of entailment."""
    manifest = folder / "manifest.ttl"
    about: dict[Node, dict[str, list[Node]]] = {}
    for quad in ox.parse(path=str(manifest), base_iri=manifest.as_uri()):
        about.setdefault(quad.subject, {}).setdefault(quad.predicate.value, []).append(quad.object)
    for entry in about.values():
        kinds = [kind.value for kind in entry.get(f"{RDF}type", [])]
        if not any(kind.endswith(("QueryEvaluationTest", "CSVResultFormatTest")) for kind in kinds):
            continue
        if entry.get(f"{MF}result") is None or "entailment" in str(folder):
            continue
        action = about.get(entry[f"{MF}action"][0], {})
        if f"{QT}query" not in action or f"{QT}serviceData" in action:
            continue
        graphs = []
        for graph in action.get(f"{QT}graphData", []):
            inner = about.get(graph, {})
            if f"{QT}graph" in inner:
                label = inner["http://www.w3.org/2000/01/rdf-schema#label"][0].value
                graphs.append((label, _path(inner[f"{QT}graph"][0])))
            else:
                graphs.append((graph.value, _path(graph)))
        yield Case(
            entry[f"{MF}name"][0].value.replace(" ", "-"),
            _path(action[f"{QT}query"][0]),
            tuple(map(_path, action.get(f"{QT}data", []))),
            tuple(graphs),
            _path(entry[f"{MF}result"][0]),
        )


def quads(case: Case, more: Iterable[tuple[str, Path]] = ()) -> list[ox.Quad]:
    """The dataset of a case; ``more`` are graphs that its query itself names with FROM."""
    found: list[ox.Quad] = []
    for path in case.data:
        found += list(ox.parse(path=str(path), base_iri=path.as_uri()))
    for name, path in (*case.graphs, *more):
        graph = ox.NamedNode(name)
        found += [
            ox.Quad(quad.subject, quad.predicate, quad.object, graph)
            for quad in ox.parse(path=str(path), base_iri=path.as_uri(), rename_blank_nodes=True)
        ]
    return found


def expected(case: Case) -> bool | Rows | set[ox.Triple]:
    """The expected answer: a truth value, rows, or triples."""
    path = case.result
    if path.suffix in (".srx", ".srj", ".tsv", ".csv"):
        forms = {
            ".srx": ox.QueryResultsFormat.XML, ".srj": ox.QueryResultsFormat.JSON,
            ".tsv": ox.QueryResultsFormat.TSV,
        }  # fmt: skip
        if path.suffix == ".csv":
            raise NotImplementedError("CSV has no terms")
        read = ox.parse_query_results(path=str(path), format=forms[path.suffix])
        if isinstance(read, ox.QueryBoolean):
            return bool(read)
        names = [variable.value for variable in read.variables]
        return [{name: row[name] for name in names if row[name] is not None} for row in read]
    found = [quad.triple for quad in ox.parse(path=str(path), base_iri=path.as_uri())]
    return _result_set(found) if any(RS in str(t.object) for t in found) else set(found)


def _result_set(triples: list[ox.Triple]) -> bool | Rows:
    about: dict[Node, dict[str, list[Node]]] = {}
    for triple in triples:
        about.setdefault(triple.subject, {}).setdefault(triple.predicate.value, []).append(
            triple.object
        )
    rows: Rows = []
    for entry in about.values():
        if f"{RS}boolean" in entry:
            return bool(entry[f"{RS}boolean"][0].value == "true")
        for solution in entry.get(f"{RS}solution", []):
            row = {}
            for binding in about.get(solution, {}).get(f"{RS}binding", []):
                row[about[binding][f"{RS}variable"][0].value] = about[binding][f"{RS}value"][0]
            rows.append(row)
    return rows


def same(a: bool | Rows | set[ox.Triple], b: bool | Rows | set[ox.Triple]) -> bool:
    """Whether two answers are equal but for the names of blank nodes."""
    if isinstance(a, bool) or isinstance(b, bool):
        return a is b
    return _canonical(a) == _canonical(b)


def _canonical(answer: Rows | set[ox.Triple]) -> set[str]:
    """The answer as a graph, one node a row, with canonical names for blank nodes."""
    dataset = ox.Dataset()
    graph = ox.DefaultGraph()
    if isinstance(answer, set):
        for triple in answer:
            dataset.add(ox.Quad(triple.subject, triple.predicate, by_value(triple.object), graph))
    else:
        for row in answer:
            node = ox.BlankNode()
            dataset.add(ox.Quad(node, ox.NamedNode("row:is"), ox.NamedNode("row:row"), graph))
            for name, term in row.items():
                dataset.add(ox.Quad(node, ox.NamedNode(f"row:{name}"), by_value(term), graph))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return set(map(str, dataset))


def by_value(term: Node) -> Node:
    """A number in one form for its value and type: the suites write computed ones in many."""
    if isinstance(term, ox.Literal) and term.language is None:
        number = numbers.read(term.datatype.value, term.value)
        if number is not None:
            return ox.Literal(numbers.written(number).value, datatype=term.datatype)
    return term


def _path(node: Node) -> Path:
    from urllib.parse import unquote, urlsplit

    return Path(unquote(urlsplit(node.value).path))
