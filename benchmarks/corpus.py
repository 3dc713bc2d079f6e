"""Write a corpus of practices in the terms of the ontology, for measuring.

The corpus is made up and says so in its labels. It is the same for the same seed and size, has
about 41 facts a practice, and a known share of practices with exactly one fault each, so that
reports can be compared before times are.

    python -m benchmarks.corpus 10000 corpus.ttl
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

TERM = "https://w3id.org/glocal/ontology#"
ID = "https://w3id.org/glocal/id/"
RDF_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"
DEFINITION = "<http://www.w3.org/2004/02/skos/core#definition>"
XSD = "http://www.w3.org/2001/XMLSchema#"

AREAS = ["city-diplomacy", "culture", "youth", "socio-economic", "ict", "sport", "tourism"]
CRITERIA = ["concreteness", "sustainability", "mobilization-capacity", "universality"]
PRINCIPLES = [
    "vision", "assumption", "peace-building", "stability", "city", "globalization", "knowledge",
]  # fmt: skip
ROLES = ["promoter", "supporter", "partner"]
FAULTS = ["no-label", "bad-date", "score-out-of-scale", "no-score", "place-as-rater"]

Fact = tuple[str, str, str]


def term(name: str) -> str:
    return f"<{TERM}{name}>"


def thing(kind: str, slug: str) -> str:
    return f"<{ID}{kind}/{slug}>"


def typed(value: object, datatype: str) -> str:
    return f'"{value}"^^<{XSD}{datatype}>'


def frame(size: int) -> Iterator[Fact]:
    """What practices point at: a source, cities with governments, promoters, aims, one scale."""
    source = thing("source", "corpus")
    yield source, RDF_TYPE, term("Source")
    yield source, LABEL, '"made-up corpus for measuring"@en'
    scale = thing("scale", "corpus")
    yield scale, RDF_TYPE, term("Scale")
    yield scale, LABEL, '"scale of the made-up corpus"@en'
    yield scale, term("lowestScore"), typed(1, "integer")
    yield scale, term("highestScore"), typed(5, "integer")
    yield scale, term("statedIn"), thing("passage", "corpus-0")
    for page in range(size // 100 + 1):
        passage = thing("passage", f"corpus-{page}")
        yield passage, RDF_TYPE, term("Passage")
        yield passage, term("kind"), thing("kind", "page")
        yield passage, LABEL, f'"page {page} of the made-up corpus"@en'
        yield passage, term("fromSource"), source
    for n in range(size // 20 + 2):
        page = thing("passage", f"corpus-{min(n * 20, size) // 100}")
        city = thing("place", f"corpus-city-{n}")
        government = thing("actor", f"corpus-government-{n}")
        association = thing("actor", f"corpus-association-{n}")
        for node, cls, label in (
            (city, "City", f"made-up city {n}"),
            (government, "Government", f"government of made-up city {n}"),
            (association, "Organization", f"made-up association {n}"),
        ):
            yield node, RDF_TYPE, term(cls)
            yield node, LABEL, f'"{label}"@en'
            yield node, term("statedIn"), page
        yield association, term("kind"), thing("kind", "civil-society-organization")
        yield government, term("governs"), city
        if n % 4 == 0:
            yield association, term("atLevel"), thing("level", "global")
    for n in range(size // 50 + 1):
        aim = thing("aim", f"corpus-{n}")
        yield aim, RDF_TYPE, term("Aim")
        yield aim, LABEL, f'"made-up aim {n}"@en'
        yield aim, DEFINITION, f'"An aim made up for measuring, number {n} of its kind."@en'
        yield aim, term("statedIn"), thing("passage", f"corpus-{n // 2}")


def practice(n: int, size: int, rng: random.Random, fault: str | None) -> Iterator[Fact]:
    """The facts of one practice, with one fault or none."""
    node = thing("practice", f"corpus-{n}")
    page = thing("passage", f"corpus-{n // 100}")
    cities = size // 20 + 2
    first, second = rng.sample(range(cities), 2)
    start = rng.randint(1995, 2020)
    yield node, RDF_TYPE, term("Project")
    if fault != "no-label":
        yield node, LABEL, f'"made-up practice {n}"@en'
        yield node, LABEL, f'"pratica inventata {n}"@it'
    yield node, term("theme"), thing("area", rng.choice(AREAS))
    yield node, term("hasAim"), thing("aim", f"corpus-{rng.randrange(size // 50 + 1)}")
    for principle in rng.sample(PRINCIPLES, 2):
        yield node, term("about"), thing("principle", principle)
    yield node, term("mentions"), thing("process", "peace-building")
    yield node, term("statedIn"), page
    begin = "unknown" if fault == "bad-date" else start
    yield node, "<https://schema.org/startDate>", typed(begin, "gYear")
    yield node, "<https://schema.org/endDate>", typed(start + rng.randint(0, 5), "gYear")

    parts = [
        (thing("actor", f"corpus-government-{first}"), rng.choice(ROLES)),
        (thing("place", f"corpus-city-{second}"), "site"),
        (thing("actor", f"corpus-association-{rng.randrange(cities)}"), "promoter"),
    ]
    for index, (participant, role) in enumerate(parts):
        part = thing("participation", f"corpus-{n}-{index}")
        yield node, term("qualifiedParticipation"), part
        yield part, RDF_TYPE, term("Participation")
        yield part, term("ofParticipant"), participant
        yield part, term("inRole"), thing("role", role)
        yield part, LABEL, f'"part {index} in made-up practice {n}"@en'
        yield part, term("statedIn"), page
    yield (
        thing("participation", f"corpus-{n}-0"),
        term("linkedWith"),
        thing("participation", f"corpus-{n}-1"),
    )

    support = thing("support", f"corpus-{n}")
    yield node, term("hasSupport"), support
    yield support, RDF_TYPE, term("Support")
    yield support, LABEL, f'"support of made-up practice {n}"@en'
    yield support, term("by"), parts[0][0]
    yield support, term("statedIn"), page

    assessment = thing("assessment", f"corpus-{n}")
    score = 9 if fault == "score-out-of-scale" else rng.randint(1, 5)
    rater = parts[1][0] if fault == "place-as-rater" else parts[2][0]
    yield assessment, RDF_TYPE, term("SyntheticAssessment")
    yield assessment, LABEL, f'"assessment of made-up practice {n}"@en'
    yield assessment, term("assesses"), node
    yield assessment, term("onCriterion"), thing("criterion", rng.choice(CRITERIA))
    yield assessment, term("onScale"), thing("scale", "corpus")
    if fault != "no-score":
        yield assessment, term("score"), typed(score, "integer")
    yield assessment, term("by"), rater
    yield assessment, term("confidence"), typed("0.8", "decimal")
    yield assessment, "<http://purl.org/dc/terms/date>", typed(f"{start + 1}-06-15", "date")


def facts(size: int, *, seed: int = 1, faulty: float = 0.01) -> Iterator[Fact]:
    """All facts of a corpus of ``size`` practices, of which the share ``faulty`` has a fault."""
    rng = random.Random(seed)
    yield from frame(size)
    for n in range(size):
        fault = rng.choice(FAULTS) if rng.random() < faulty else None
        yield from practice(n, size, rng, fault)


def practice_quads(n: int, size: int = 1000, *, own_name: bool = False) -> list[Any]:
    """One more practice for a corpus of ``size``, as quads: its cities and promoters are there.

    It and its parts have the names of another practice, which a report warns of, or their own.
    """
    import pyoxigraph

    rows = practice(n, size, random.Random(n), None)
    text = "".join(f"{s} {p} {o} .\n" for s, p, o in rows).replace("corpus-", "edit-")
    if own_name:
        text = text.replace("made-up practice", "other practice").replace("inventata", "altra")
    for shared in ("actor/", "place/", "aim/", "passage/", "scale/"):
        text = text.replace(f"{ID}{shared}edit-", f"{ID}{shared}corpus-")
    graph = pyoxigraph.NamedNode("https://w3id.org/glocal/graph/import/edit")
    quads = pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.N_TRIPLES)
    return [pyoxigraph.Quad(*quad.triple, graph) for quad in quads]


def write(path: Path, size: int, *, seed: int = 1, faulty: float = 0.01) -> int:
    """Write a corpus in the format of the suffix, and return its number of facts."""
    return write_facts(path, facts(size, seed=seed, faulty=faulty))


GRAPH = "<https://w3id.org/glocal/graph/import/corpus>"


def write_facts(path: Path, rows: Iterable[Fact]) -> int:
    """Write facts line by line or, as Turtle and TriG, each subject said once; gives their number.

    In N-Quads and TriG they are in one named graph.
    """
    behind = f" {GRAPH} ." if path.suffix == ".nq" else " ."
    count = 0
    subject = ""
    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.write(f"{GRAPH} {{\n" if path.suffix == ".trig" else "")
        for s, p, o in rows:
            if path.suffix in (".nt", ".nq"):
                out.write(f"{s} {p} {o}{behind}\n")
            elif s == subject:
                out.write(f" ;\n    {p} {o}")
            else:
                out.write(f"{' .' if subject else ''}\n{s} {p} {o}")
                subject = s
            count += 1
        out.write(" .\n" if subject else "")
        out.write("}\n" if path.suffix == ".trig" else "")
    return count


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("practices", type=int)
    parser.add_argument("path", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--faulty", type=float, default=0.01)
    args = parser.parse_args()
    count = write(args.path, args.practices, seed=args.seed, faulty=args.faulty)
    print(f"{count} facts in {args.path}")


if __name__ == "__main__":
    main()
