"""Twelve queries of all kinds over a made-up corpus of either shape: ours beside pyoxigraph.

    python -m benchmarks.queries practices 10000
    python -m benchmarks.queries catalogue 10000

Each has the same file in memory, in a process of its own: beside the heap of the other, making
terms takes up to three times as long. Each query is asked once to warm up (the time of that is
shown as ``first``) and then until a second has passed, and the median counts, in seconds of the
processor: both work on one thread, and what else the machine does counts for neither. What is
measured is from the text of the query to all rows as tuples of terms. A lookup asks for another
thing each time, so that nobody can have kept its answer or its text. A third process compares the
answers. A query of the peer that takes longer than a minute is ended and said to be; it counts
with that minute.
"""

from __future__ import annotations

import multiprocessing
import sys
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import cycle
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import Any

import pyoxigraph

import glocal_kg as gk
from benchmarks import catalogue, corpus
from benchmarks.peers.common import tell
from glocal_kg._rdf.sparql.answering import Rows, answer
from glocal_kg._rdf.sparql.parser import parse
from glocal_kg._rdf.store.moment import Moment
from glocal_kg._rdf.store.selection import Selection

PREFIXES = {
    "glocal": corpus.TERM,
    "c": catalogue.BASE,
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
}
PRACTICE = "https://w3id.org/glocal/id/practice/corpus-77"
PRACTICES = {
    "lookup": f"SELECT ?p ?o {{ <{PRACTICE}> ?p ?o }}",
    "lookup of a value": f"SELECT ?l {{ <{PRACTICE}> rdfs:label ?l }}",
    "lookup by label": 'SELECT ?x { ?x rdfs:label "made-up practice 77"@en }',
    "two hops": f"""SELECT ?who ?label {{
        <{PRACTICE}> glocal:qualifiedParticipation ?part . ?part glocal:ofParticipant ?who .
        ?who rdfs:label ?label }}""",
    "path": """SELECT ?city (COUNT(*) AS ?n) {
        ?practice glocal:qualifiedParticipation/glocal:ofParticipant/glocal:governs? ?city .
        ?city a glocal:City } GROUP BY ?city""",
    "average by group": """SELECT ?area (AVG(?score) AS ?mean) {
        ?practice glocal:theme ?area . ?a glocal:assesses ?practice ; glocal:score ?score
        } GROUP BY ?area""",
    "not exists": """SELECT ?practice { ?practice a glocal:Project
        FILTER NOT EXISTS { ?practice glocal:qualifiedParticipation ?i .
            ?i glocal:inRole <https://w3id.org/glocal/id/role/partner> } }""",
    "regex": """SELECT ?x ?label {
        ?x rdfs:label ?label FILTER(REGEX(?label, "practice 1.*7$")) }""",
    "top k": """SELECT ?practice ?score { ?a glocal:assesses ?practice ; glocal:score ?score }
        ORDER BY DESC(?score) ?practice LIMIT 10""",
    "union": """SELECT DISTINCT ?x { { ?x glocal:about
        <https://w3id.org/glocal/id/principle/city> } UNION { ?x glocal:theme
        <https://w3id.org/glocal/id/area/youth> } }""",
    "subquery": """SELECT ?city ?n ?label { { SELECT ?city (COUNT(?p) AS ?n) {
        ?p glocal:qualifiedParticipation ?i . ?i glocal:ofParticipant ?city . ?city a glocal:City }
        GROUP BY ?city } ?city rdfs:label ?label FILTER(?n > 20) }""",
    "construct": """CONSTRUCT { ?city glocal:linkedWith ?other } {
        ?a glocal:linkedWith ?b . ?a glocal:ofParticipant ?city .
        ?b glocal:ofParticipant ?other }""",
}
CATALOGUE = {
    "lookup": "SELECT ?p ?o { c:item-77 ?p ?o }",
    "lookup of a value": "SELECT ?l { c:item-77 c:amount ?l }",
    "lookup by label": 'SELECT ?x { ?x c:code "ZC-77" }',
    "two hops": """SELECT ?up ?label {
        c:item-77 c:partOf ?part . ?part c:partOf ?up . ?up rdfs:label ?label }""",
    "path": """SELECT ?top (COUNT(*) AS ?n) {
        ?class rdfs:subClassOf+ ?top . ?top rdfs:subClassOf c:Class-0 } GROUP BY ?top""",
    "average by group": """SELECT ?class (AVG(?amount) AS ?mean) {
        ?x a ?class ; c:amount ?amount } GROUP BY ?class""",
    "not exists": "SELECT ?x { ?x c:code ?code FILTER NOT EXISTS { ?part c:partOf ?x } }",
    "regex": 'SELECT ?x ?note { ?x c:note ?note FILTER(REGEX(?note, "item 1.*tower well")) }',
    "top k": """SELECT ?x ?amount { ?x c:amount ?amount }
        ORDER BY DESC(?amount) ?x LIMIT 10""",
    "union": """SELECT DISTINCT ?x { { ?x a c:Class-3000 } UNION { ?x c:partOf c:item-5 } }""",
    "subquery": """SELECT ?up ?n ?label { { SELECT ?up (COUNT(?x) AS ?n) { ?x c:partOf ?up }
        GROUP BY ?up } ?up rdfs:label ?label FILTER(?n > 7 && LANG(?label) = "it") }""",
    "construct": "CONSTRUCT { ?x c:within ?up } { ?x c:partOf/c:partOf ?up }",
}
SHAPES = {"practices": (corpus.facts, PRACTICES), "catalogue": (catalogue.facts, CATALOGUE)}
NUMERIC = {f"{corpus.XSD}{name}" for name in ("decimal", "double", "integer")}
PATIENCE = 60.0
"""Seconds that a query of the peer may take."""
Texts = dict[str, list[str]]
"""Queries by name, each for one or many things."""
Times = dict[str, tuple[float, float]]
ASSERTED_ALONE = Selection()
"""The very same for each query, as a graph has it."""
LOOKUPS = ("lookup", "lookup of a value", "lookup by label", "two hops")
OTHERS = range(20, 120)
"""The numbers of the things that lookups ask for, in turn."""


def write_corpus(shape: str, size: int, file: Path) -> None:
    """A corpus of one shape and size as N-Triples."""
    with file.open("w", encoding="utf-8") as out:
        out.writelines(f"{s} {p} {o} .\n" for s, p, o in SHAPES[shape][0](size))


def ours_of(file: Path) -> Moment:
    """A file as a moment of our store."""
    kg = gk.KnowledgeGraph()
    kg.add(file, graph="urn:corpus")
    return kg.facts.moment


def theirs_of(file: Path) -> pyoxigraph.Store:
    """A file in pyoxigraph's store."""
    store = pyoxigraph.Store()
    store.bulk_load(path=file, format=pyoxigraph.RdfFormat.N_TRIPLES)
    return store


def ask_ours(moment: Moment, text: str) -> list[Any]:
    """All rows, or all triples."""
    found = answer(parse(text, PREFIXES), moment, ASSERTED_ALONE)
    assert not isinstance(found, bool)
    return found.rows() if isinstance(found, Rows) else found.triples()


def ask_theirs(store: pyoxigraph.Store, text: str) -> list[Any]:
    """The same of pyoxigraph; the terms of a row are made when it is taken apart."""
    found = store.query(text, prefixes=PREFIXES)
    if isinstance(found, pyoxigraph.QueryTriples):
        return list(found)
    assert isinstance(found, pyoxigraph.QuerySolutions)
    return list(map(tuple, found))


def turns(text: str) -> list[str]:
    """A lookup, for many things in the place of the one that it names."""
    return [
        text.replace("ZC-77", catalogue.code(n)).replace("-77", f"-{n}").replace(" 77", f" {n}")
        for n in OTHERS
    ]


def seconds(ask: Callable[[str], object], texts: list[str]) -> tuple[float, float]:
    """The median, by the processor, of as many runs as a second holds, after one to warm up.

    Beside it the time of that first one.
    """
    taken: list[float] = []
    end = 0.0  # the second begins after the first run, which may take longer than that
    for text in cycle(texts):
        start = process_time()
        ask(text)
        taken.append(process_time() - start)
        end = end or perf_counter() + 1
        if len(taken) > 1 and perf_counter() > end:
            break
    return median(taken[1:]), taken[0]


def in_patience(job: Callable[[], object]) -> bool:
    """Whether a job ends in time, tried in a copy of this process: the peer cannot be stopped."""
    tried = multiprocessing.get_context("fork").Process(target=job)
    tried.start()
    tried.join(PATIENCE)
    if tried.is_alive():
        tried.kill()
        tried.join()
        return False
    return tried.exitcode == 0


def alike(ours: list[Any], theirs: list[Any]) -> bool:
    """The same rows or triples, where computed numbers may be written in another way."""
    if theirs and isinstance(theirs[0], pyoxigraph.Triple):
        return len(ours) == len(set(ours)) and set(ours) == set(theirs)

    def loose(row: Any) -> tuple[str, ...]:
        return tuple(
            f"{float(term.value):.9g}"
            if isinstance(term, pyoxigraph.Literal) and term.datatype.value in NUMERIC
            else str(term)
            for term in row
        )

    return Counter(ours) == Counter(theirs) or Counter(map(loose, ours)) == Counter(
        map(loose, theirs)
    )


def times_of_ours(file: Path, texts: Texts) -> Times:
    """What each query takes us: the median, and the first time."""
    ask = partial(ask_ours, ours_of(file))
    return {name: seconds(ask, some) for name, some in texts.items()}


def times_of_theirs(file: Path, texts: Texts) -> Times:
    """The same of pyoxigraph, without queries that take it longer than a minute."""
    ask = partial(ask_theirs, theirs_of(file))
    return {
        name: seconds(ask, some)
        for name, some in texts.items()
        if in_patience(partial(ask, some[0]))
    }


def differing(file: Path, texts: Texts) -> list[str]:
    """The queries for which the answers differ."""
    ours, theirs = partial(ask_ours, ours_of(file)), partial(ask_theirs, theirs_of(file))
    return [
        name
        for name, some in texts.items()
        if not all(alike(ours(text), theirs(text)) for text in some)
    ]


def main() -> None:
    shape, size, only = sys.argv[1], int(sys.argv[2]), sys.argv[3:]
    texts = {
        name: turns(text) if name in LOOKUPS else [text]
        for name, text in SHAPES[shape][1].items()
        if not only or name in only
    }

    def alone(job: Callable[[Path, Texts], Any], texts: Texts) -> Any:
        with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as process:
            return process.submit(job, file, texts).result()

    with TemporaryDirectory() as folder:
        file = Path(folder) / "corpus.nt"
        write_corpus(shape, size, file)
        ours, theirs = alone(times_of_ours, texts), alone(times_of_theirs, texts)
        ended = [name for name in texts if name not in theirs]
        differ = alone(differing, {name: texts[name] for name in texts if name in theirs})
    times: dict[str, tuple[float, float]] = {}
    for name, (one, first) in ours.items():
        other, their_first = theirs.get(name, (PATIENCE, PATIENCE))
        times[name] = one, other
        said = "DIFFERENT" if name in differ else "not ended" if name in ended else "same"
        print(
            f"{name:18} {one * 1000:9.3f} ms  {other * 1000:9.3f} ms  {one / other:6.2f}"
            f"  first {first * 1000:9.3f} {their_first * 1000:9.3f}  {said}",
            flush=True,
        )
    tell(times=times, differ=differ, ended=ended)


if __name__ == "__main__":
    main()
