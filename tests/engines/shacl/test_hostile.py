"""Shapes damaged at random end in a report or in a ShapesError that names no blank node."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pyoxigraph as ox
import pytest

from glocal_kg._engines.shacl import Shapes
from glocal_kg._engines.shacl.rdf_terms import SH, XSD
from glocal_kg._engines.shacl.terms_of_shacl import PARAMETERS
from glocal_kg._rdf.store.facts import Facts
from glocal_kg.errors import ShapesError

W3C = Path(__file__).resolve().parents[4] / "shared" / "w3c"
NAMES = (
    *PARAMETERS,
    *("path", "select", "ask", "prefixes", "declare", "prefix", "namespace", "parameter"),
    *("validator", "target", "targetClass", "targetNode", "message", "severity", "deactivated"),
    *("alternativePath", "inversePath", "zeroOrMorePath", "labelTemplate", "optional"),
)
TERMS = (
    ox.Literal("true"),
    ox.Literal(1),
    ox.Literal("9" * 5_000, datatype=ox.NamedNode(XSD + "integer")),
    ox.Literal("1999-13-45", datatype=ox.NamedNode(XSD + "date")),
    ox.Literal("x", language="en"),
    ox.Literal("("),
    ox.Literal("SELECT $this { $this ?p"),
    ox.Literal("\u202e\x1b["),
    ox.BlankNode("lost"),
    ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#nil"),
    ox.NamedNode(SH + "path"),
)
PIECES = ("}", "{", "$this", "?value", "SELECT", "GROUP BY", "UNION", "'", "#", "(", ";", "\\")


def damaged(quads: list[ox.Quad], random: Random) -> list[ox.Quad]:
    """The same with a few of its triples changed, added or taken away."""
    quads = list(quads)
    for _ in range(random.randint(1, 6)):
        place = random.randrange(len(quads))
        old, other = quads[place], random.choice(quads)
        name = ox.NamedNode(SH + random.choice(NAMES))
        quads[place] = random.choice(
            (
                ox.Quad(old.subject, old.predicate, random.choice(TERMS)),
                ox.Quad(old.subject, name, old.object),
                ox.Quad(other.subject, old.predicate, old.object),
                ox.Quad(old.subject, old.predicate, other.object),
                ox.Quad(old.subject, old.predicate, broken(old.object, random)),
            )
        )
        quads.append(random.choice((old, ox.Quad(old.subject, name, random.choice(TERMS)))))
    return quads


def broken(term: object, random: Random) -> ox.Literal | ox.NamedNode | ox.BlankNode:
    """A text with something put into it, where the term is one."""
    if not isinstance(term, ox.Literal) or len(term.value) < 9:
        return random.choice(TERMS)
    place = random.randrange(len(term.value))
    piece = random.choice(PIECES)
    return ox.Literal(f"{term.value[:place]} {piece} {term.value[place + 1 :]}")


def files() -> list[Path]:
    return [
        path for path in sorted(W3C.rglob("*.ttl")) if "sht:Validate" in path.read_text("utf-8")
    ]


@pytest.mark.skipif(not W3C.exists(), reason=f"the W3C suites are not at {W3C}")
@pytest.mark.parametrize("seed", range(5))
def test_damaged_shapes(seed: int) -> None:
    random = Random(seed)
    errors: list[str] = []
    doubts: list[str] = []
    for path in files():
        sound = list(ox.parse(path.read_bytes(), ox.RdfFormat.TURTLE, base_iri="http://t/"))
        facts = Facts.of(sound)
        try:
            plan = Shapes(damaged(sound, random))
            report = plan.validate(facts.terms, facts.columns()[:, :3])
            doubts += [f"{doubt} {doubt.shape}" for doubt in report.doubts]
        except ShapesError as error:
            errors.append(f"{error} {error.shape}")
    assert errors
    assert doubts
    assert not [text for text in errors + doubts if "_:" in text or len(text) > 1_500]
