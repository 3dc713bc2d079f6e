"""Time and memory of a full validation report, on a corpus made here.

    python -m benchmarks.validation_quick 10000 --against

The corpus has about 41 triples a practice and a share of violations; the shapes have 122
constraints. Prints seconds for the index and for the fast engine and, with ``--against``, for
pyshifty on the same facts, and whether both found as much.
"""

from __future__ import annotations

import argparse
import random
import resource
import time

import numpy as np
import pyoxigraph as ox

from glocal_kg.store.facts import TermTable
from glocal_kg.store.index import TripleIndex
from glocal_kg.validation import Shapes

EX = "https://example.org/"
XSD = "http://www.w3.org/2001/XMLSchema#"
TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
LABEL = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
SUB = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#subClassOf")

COUNTS = """
    title 1 3 langString; summary 0 3 langString; begins 1 1 date; ends 0 1 date; place 1 1 City;
    budget 0 1 decimal; year 1 1 gYear; theme 1 5 Theme; outcome 0 3 string; trend 0 4 Trend;
    actor 1 9 Actor; code 1 1 string; source 1 2 Source; web 0 1 anyURI; level 1 1 Level;
    people 0 1 integer; status 1 1 Status
"""


def shapes() -> str:
    """The shapes graph: more than 91 constraints in five node shapes."""
    lines = [
        "@prefix ex: <https://example.org/> . @prefix sh: <http://www.w3.org/ns/shacl#> .",
        f"@prefix xsd: <{XSD}> . @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .",
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .",
        "ex:PracticeShape a sh:NodeShape ; sh:targetClass ex:Practice ; sh:nodeKind sh:IRI ;",
    ]
    extra = {
        "title": "sh:uniqueLang true ; sh:minLength 3 ; sh:languageIn ( 'en' 'it' 'fr' )",
        "begins": "sh:minInclusive '1900-01-01'^^xsd:date ; sh:lessThanOrEquals ex:ends",
        "budget": "sh:minInclusive 0 ; sh:maxExclusive 1000000",
        "code": "sh:pattern '^P[0-9]+$' ; sh:maxLength 12",
        "people": "sh:minInclusive 0",
        "status": "sh:in ( ex:planned ex:running ex:ended )",
        "actor": "sh:node ex:ActorNode ; sh:disjoint ex:place",
        "place": "sh:node [ sh:property [ sh:path ex:country ; sh:minCount 1 ] ]",
        "theme": "sh:qualifiedValueShape [ sh:class ex:Core ] ; sh:qualifiedMinCount 1",
    }
    for item in COUNTS.replace("\n", " ").split(";"):
        name, low, high, kind = item.split()
        if kind == "langString":
            value = "sh:datatype rdf:langString"
        elif kind[0].islower():
            value = f"sh:datatype xsd:{kind}"
        else:
            value = f"sh:class ex:{kind} ; sh:nodeKind sh:IRI"
        least = f"sh:minCount {low} ; " if low != "0" else ""
        more = f" ; {extra[name]}" if name in extra else ""
        lines.append(
            f"sh:property [ sh:path ex:{name} ; {least}sh:maxCount {high} ; {value}{more} ] ;"
        )
    lines.append("sh:property [ sh:path ( ex:place ex:country ) ; sh:minCount 1 ] .")
    for name in ("Actor", "City", "Theme"):
        lines.append(
            f"ex:{name}Shape a sh:NodeShape ; sh:targetClass ex:{name} ; sh:nodeKind sh:IRI ;"
            " sh:property [ sh:path rdfs:label ; sh:minCount 1 ; sh:maxCount 3 ;"
            " sh:datatype rdf:langString ; sh:uniqueLang true ; sh:minLength 2 ] ,"
            " [ sh:path [ sh:inversePath ex:actor ] ; sh:nodeKind sh:IRI ; sh:class ex:Practice ] ."
        )
    lines.append(
        "ex:ActorNode a sh:NodeShape ; sh:or ( [ sh:class ex:Person ] [ sh:class ex:Org ] ) ."
    )
    return "\n".join(lines)


def corpus(size: int, seed: int = 7) -> tuple[TermTable, np.ndarray]:
    """Terms and triples of ``size`` practices."""
    rng = random.Random(seed)
    terms = TermTable()
    rows: list[tuple[int, int, int]] = []
    add = terms.add

    def iri(name: str) -> int:
        return add(ox.NamedNode(EX + name))

    def literal(text: str, kind: str) -> int:
        return add(ox.Literal(text, datatype=ox.NamedNode(XSD + kind)))

    type_, label = add(TYPE), add(LABEL)
    for sub, above in (("Person", "Actor"), ("Org", "Actor"), ("Core", "Theme")):
        rows.append((iri(sub), add(SUB), iri(above)))
    pools: dict[str, list[int]] = {}
    kinds = {"City": 500 + size // 20, "Theme": 60, "Trend": 40, "Level": 3, "Source": 200}
    for kind, number in kinds.items():
        pools[kind] = [iri(f"{kind.lower()}/{n}") for n in range(number)]
        for n, node in enumerate(pools[kind]):
            cls = "Core" if kind == "Theme" and n % 2 else kind
            rows.append((node, type_, iri(cls)))
            rows.append((node, label, add(ox.Literal(f"{kind} {n}", language="en"))))
            if kind == "City":
                rows.append((node, iri("country"), iri(f"country/{n % 100}")))
    pools["Status"] = [iri(name) for name in ("planned", "running", "ended")]
    for node in pools["Status"]:
        rows.append((node, type_, iri("Status")))
    p = {item.split()[0]: iri(item.split()[0]) for item in COUNTS.replace("\n", " ").split(";")}
    practice, person, org = iri("Practice"), iri("Person"), iri("Org")
    for n in range(size):
        s = iri(f"practice/{n}")
        bad = rng.random() < 0.02
        put = rows.append
        put((s, type_, practice))
        put((s, p["title"], add(ox.Literal(f"Practice number {n}", language="en"))))
        put((s, p["title"], add(ox.Literal(f"Pratica numero {n}", language="it"))))
        put((s, p["summary"], add(ox.Literal(f"What was done in case {n}", language="en"))))
        year = 1980 + n % 45
        put((s, p["begins"], literal(f"{year}-{n % 12 + 1:02}-{n % 28 + 1:02}", "date")))
        put((s, p["ends"], literal(f"{year + (-1 if bad else 2)}-05-01", "date")))
        put((s, p["year"], literal(str(year), "gYear")))
        put((s, p["place"], rng.choice(pools["City"])))
        put((s, p["budget"], literal(f"{rng.randrange(10**6)}.50", "decimal")))
        put((s, p["people"], literal(str(rng.randrange(10**5)), "integer")))
        put((s, p["code"], add(ox.Literal(f"P{n}" if not bad else f"X{n}"))))
        put((s, p["web"], literal(f"https://example.org/web/{n}", "anyURI")))
        put((s, p["status"], rng.choice(pools["Status"])))
        put((s, p["level"], rng.choice(pools["Level"])))
        put((s, p["outcome"], add(ox.Literal(f"Outcome {n % 1000}"))))
        put((s, p["source"], rng.choice(pools["Source"])))
        for theme in rng.sample(pools["Theme"], 3):
            put((s, p["theme"], theme))
        for trend in rng.sample(pools["Trend"], 3):
            put((s, p["trend"], trend))
        for k in range(5):
            actor = iri(f"actor/{(n * 3 + k) % (size * 3)}")
            put((s, p["actor"], actor))
            if k < 3:
                put((actor, type_, person if k else org))
                put((actor, label, add(ox.Literal(f"Actor {n}-{k}", language="en"))))
                put((actor, iri("note"), literal(str(n + k), "integer")))
                put((actor, iri("member"), iri(f"actor/{(n * 3 + k + 1) % (size * 3)}")))
    return terms, np.array(rows, np.int32)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("size", type=int, nargs="?", default=10_000)
    parser.add_argument("--against", action="store_true", help="time pyshifty too")
    options = parser.parse_args()
    plan = Shapes(ox.parse(shapes(), ox.RdfFormat.TURTLE))
    constraints = sum(len(shape.constraints) for shape in plan.shapes.values())
    terms, triples = corpus(options.size)
    print(f"{options.size:,} practices, {len(triples):,} triples, {len(terms):,} terms")
    print(f"{constraints} constraints")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.perf_counter()
    index = TripleIndex(triples)
    indexed = time.perf_counter()
    report = plan.validate(terms, index)
    done = time.perf_counter()
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"index {indexed - start:.3f} s, validate {done - indexed:.3f} s")
    peak, more = after / 1024, (after - before) / 1024
    print(f"{len(report.violations):,} findings; peak {peak:,.0f} MB ({more:,.0f} MB more)")
    if options.against:
        against(terms, triples, len(report.violations))


def against(terms: TermTable, triples: np.ndarray, ours: int) -> None:
    """Time pyshifty on the same facts, written to a file first."""
    import tempfile
    from pathlib import Path

    import shifty
    from rdflib.namespace import SH

    with tempfile.TemporaryDirectory() as folder:
        data, rules = Path(folder) / "data.nt", Path(folder) / "shapes.ttl"
        with data.open("wb") as file:
            quads = (ox.Triple(terms[s], terms[p], terms[o]) for s, p, o in triples.tolist())
            ox.serialize(quads, file, ox.RdfFormat.N_TRIPLES)
        rules.write_text(shapes(), encoding="utf-8")
        start = time.perf_counter()
        _, report, _ = shifty.validate(str(data), str(rules), graph_mode="data", infer=False)
        print(f"pyshifty {time.perf_counter() - start:.2f} s")
        theirs = len(list(report.objects(None, SH.result)))
    print(f"same number of findings: {ours == theirs} ({ours}, {theirs})")


if __name__ == "__main__":
    main()
