"""Write a catalogue: a second corpus for measuring, of another shape than the practices.

Few predicates, a deep hierarchy, many literals: items of 4,095 classes, eleven levels under one
another, each a part of another item, with names in three languages, texts, amounts and dates.
About 44 facts for each unit of size, as in the corpus of practices, so that the two compare; it
brings its own classes and shapes and knows nothing of cities.

    python -m benchmarks.catalogue 10000 catalogue.ttl
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from pathlib import Path

from benchmarks.corpus import LABEL, RDF_TYPE, Fact, typed, write_facts

BASE = "https://example.org/catalogue#"
OWL = "http://www.w3.org/2002/07/owl#"
SUBCLASS = "<http://www.w3.org/2000/01/rdf-schema#subClassOf>"
CLASSES = 4095
LEVELS = CLASSES // 2
"""Classes from this number on have no subclass."""
ITEMS = 4
"""Items for each unit of size."""
FAULTS = ["no-label", "bad-date", "two-labels", "below-zero"]
WORDS = [
    "basin",
    "bridge",
    "canal",
    "gate",
    "harbor",
    "hill",
    "market",
    "mill",
    "quay",
    "road",
    "square",
    "tower",
    "wall",
    "well",
]

SHAPES = f"""
@prefix : <{BASE}> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

:ItemShape a sh:NodeShape ;
  sh:targetClass :Class-0 ;
  sh:property [ sh:path rdfs:label ; sh:minCount 1 ; sh:uniqueLang true ] ;
  sh:property [ sh:path :amount ; sh:minCount 1 ; sh:datatype xsd:decimal ; sh:minInclusive 0 ] ;
  sh:property [ sh:path :recorded ; sh:maxCount 1 ; sh:datatype xsd:date ] ;
  sh:property [ sh:path :code ; sh:minCount 1 ; sh:maxCount 1 ; sh:pattern "^[A-Z]{{2}}-[0-9]+$" ] ;
  sh:property [ sh:path :partOf ; sh:maxCount 1 ; sh:class :Class-0 ] .
"""

CORE_SHAPE = f"""
@prefix : <{BASE}> .
@prefix sh: <http://www.w3.org/ns/shacl#> .

:AmountShape a sh:NodeShape ; sh:targetClass :Class-0 ;
  sh:property [ sh:path :amount ; sh:minCount 1 ; sh:minInclusive 0 ] .
"""
"""One Core constraint on every item; the same is said in SPARQL by the next."""

SPARQL_SHAPE = f"""
@prefix : <{BASE}> .
@prefix sh: <http://www.w3.org/ns/shacl#> .

:AmountShape a sh:NodeShape ; sh:targetClass :Class-0 ;
  sh:sparql [ sh:message "An amount below zero." ; sh:select
    "SELECT $this ?value {{ $this <{BASE}amount> ?value FILTER(?value < 0) }}" ] .
"""


def term(name: str) -> str:
    return f"<{BASE}{name}>"


def frame() -> Iterator[Fact]:
    """The classes and the one transitive property."""
    yield term("partOf"), RDF_TYPE, f"<{OWL}TransitiveProperty>"
    for n in range(CLASSES):
        yield term(f"Class-{n}"), RDF_TYPE, f"<{OWL}Class>"
        if n:
            yield term(f"Class-{n}"), SUBCLASS, term(f"Class-{(n - 1) // 2}")


def item(n: int, rng: random.Random, fault: str | None) -> Iterator[Fact]:
    """The facts of one item, with one fault or none."""
    node = term(f"item-{n}")
    name = f"{rng.choice(WORDS)} {n}"
    yield node, RDF_TYPE, term(f"Class-{rng.randrange(LEVELS, CLASSES)}")
    if n:
        yield node, term("partOf"), term(f"item-{(n - 1) // 8}")
    if fault != "no-label":
        yield node, LABEL, f'"{name}"@en'
        yield node, LABEL, f'"{name} (it)"@it'
        yield node, LABEL, f'"{name} (es)"@es'
    if fault == "two-labels":
        yield node, LABEL, f'"another {name}"@en'
    for number in range(2):
        text = " ".join(rng.choices(WORDS, k=20))
        yield node, term("note"), f'"Note {number} on item {n}: {text}."@en'
    amount = f"{rng.randrange(1, 100_000)}.{rng.randrange(100):02}"
    yield node, term("amount"), typed(f"-{amount}" if fault == "below-zero" else amount, "decimal")
    day = f"{rng.randint(1950, 2020)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
    yield node, term("recorded"), typed("unknown" if fault == "bad-date" else day, "date")
    yield node, term("code"), f'"{code(n)}"'


def code(n: int) -> str:
    """The code of an item."""
    return f"{chr(65 + n % 26)}{chr(65 + n % 25)}-{n}"


def facts(size: int, *, seed: int = 1, faulty: float = 0.01) -> Iterator[Fact]:
    """All facts of a catalogue of ``size`` units; the share ``faulty`` of its items has a fault."""
    rng = random.Random(seed)
    yield from frame()
    for n in range(size * ITEMS):
        fault = rng.choice(FAULTS) if rng.random() < faulty else None
        yield from item(n, rng, fault)


def write(path: Path, size: int, *, seed: int = 1, faulty: float = 0.01) -> int:
    """Write a catalogue as Turtle or N-Triples, by suffix, and return its number of facts."""
    return write_facts(path, facts(size, seed=seed, faulty=faulty))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("units", type=int)
    parser.add_argument("path", type=Path)
    args = parser.parse_args()
    print(f"{write(args.path, args.units)} facts in {args.path}")


if __name__ == "__main__":
    main()
