"""Twelve queries of all kinds over the made-up corpus: our engine beside pyoxigraph.

    python -m benchmarks.queries 10000

Both have the same facts in memory; each query is asked once to warm up and then until a second
has passed, and the median counts. Answers are compared before times are.
"""

from __future__ import annotations

import sys
from collections import Counter
from functools import cache
from statistics import median
from time import perf_counter

import numpy as np
import pyoxigraph

from benchmarks.corpus import TERM, facts
from glocal_kg._rdf.sparql.algebra import Query
from glocal_kg._rdf.sparql.answering import Rows, answer
from glocal_kg._rdf.sparql.parser import parse
from glocal_kg._rdf.store.moment import Moment, Selection
from glocal_kg._rdf.store.store import Store

PREFIXES = {"glocal": TERM, "rdfs": "http://www.w3.org/2000/01/rdf-schema#"}
PRACTICE = "https://w3id.org/glocal/id/practice/corpus-77"
QUERIES = {
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
LOOKUPS = ("lookup", "lookup of a value", "lookup by label", "two hops")


def both(size: int) -> tuple[Moment, pyoxigraph.Store]:
    """A corpus of so many practices as a moment of our store and in pyoxigraph's."""
    text = "".join(f"{s} {p} {o} .\n" for s, p, o in facts(size)).encode()
    theirs = pyoxigraph.Store()
    theirs.bulk_load(text, pyoxigraph.RdfFormat.N_TRIPLES)
    ours = Store()
    number = ours.dictionary.add
    graph = number(pyoxigraph.NamedNode("urn:corpus"))
    known: dict[str, int] = {}

    def of(term: object) -> int:
        written = str(term)
        found = known.get(written)
        if found is None:
            found = known[written] = number(term)  # type: ignore[arg-type]
        return found

    quads = pyoxigraph.parse(text, pyoxigraph.RdfFormat.N_TRIPLES)
    rows = [(of(q.subject), of(q.predicate), of(q.object), graph) for q in quads]
    ours.edit(added=np.array(rows, np.int32))
    return ours.moment, theirs


def ask_ours(moment: Moment, text: str) -> Counter[object]:
    found = answer(parsed(text), moment, Selection())
    assert not isinstance(found, bool)
    return Counter(found.rows() if isinstance(found, Rows) else found)


@cache
def parsed(text: str) -> Query:
    return parse(text, PREFIXES)


def ask_theirs(store: pyoxigraph.Store, text: str) -> Counter[object]:
    found = store.query(text, prefixes=PREFIXES)
    if isinstance(found, pyoxigraph.QueryTriples):
        return Counter(set(found))
    assert isinstance(found, pyoxigraph.QuerySolutions)
    return Counter(tuple(row) for row in found)


def seconds(job: object) -> float:
    job()  # type: ignore[operator]
    taken: list[float] = []
    end = perf_counter() + 1
    while not taken or perf_counter() < end:
        start = perf_counter()
        job()  # type: ignore[operator]
        taken.append(perf_counter() - start)
    return median(taken)


def main() -> None:
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    only = sys.argv[2:]
    moment, store = both(size)
    total = [0.0, 0.0]
    for name, text in QUERIES.items():
        if only and name not in only:
            continue
        a, b = ask_ours(moment, text), ask_theirs(store, text)
        agree = a == b or ({k[:1] for k in a} == {k[:1] for k in b} and len(a) == len(b))  # type: ignore[index]
        ours = seconds(lambda text=text: ask_ours(moment, text))
        theirs = seconds(lambda text=text: ask_theirs(store, text))
        if name not in LOOKUPS:
            total[0] += ours
            total[1] += theirs
        print(
            f"{name:18} {ours * 1000:9.3f} ms  {theirs * 1000:9.3f} ms  {ours / theirs:6.2f}"
            f"  {len(a):7} rows  {'same' if a == b else 'alike' if agree else 'DIFFERENT'}"
        )
    if total[1]:
        print(f"all but lookups: {total[0]:.3f} s, {total[1]:.3f} s, {total[0] / total[1]:.2f}")


if __name__ == "__main__":
    main()
