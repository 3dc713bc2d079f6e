"""Nothing in the shapes is there in vain: what is taken out changes some verdict.

Taken out one by one: each constraint, each link from a node shape to a property shape, each
target.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox
import pytest

from glocal_kg._engines.shacl import Shapes
from tests.shapes.variations import EXAMPLES, FILES, QUADS, SH, Variation, report

pytestmark = pytest.mark.slow

# What describes a shape or finds its nodes and values, and constrains nothing.
NO_CONSTRAINT = {
    SH + name for name in ("name", "description", "message", "severity", "path", "property")
} | {SH + name for name in ("targetClass", "targetSubjectsOf")}
NO_CONSTRAINT |= {SH + name for name in ("inversePath", "alternativePath", "zeroOrMorePath")}
COMMON = "/common.ttl"
TARGETS = {SH + "targetClass", SH + "targetSubjectsOf"}


def constraints() -> list[ox.Quad]:
    return [
        quad
        for quad in QUADS
        if quad.predicate.value.startswith(SH) and quad.predicate.value not in NO_CONSTRAINT
    ]


def shown(quad: ox.Quad) -> str:
    return " ".join(term.value.rsplit("#", 1)[-1] for term in quad.triple)


def around(quad: ox.Quad) -> list[ox.Quad]:
    """The shapes of its file with the common ones they use; all where it is common itself."""
    for path, quads in FILES.items():
        if quad in quads and not path.endswith(COMMON):
            return quads + [one for file in FILES if file.endswith(COMMON) for one in FILES[file]]
    return QUADS


def without(quad: ox.Quad) -> Shapes:
    return Shapes([other for other in around(quad) if other != quad])


def named_owner(node: ox.NamedNode | ox.BlankNode) -> str:
    """The named shape in which a nested blank node stands."""
    while isinstance(node, ox.BlankNode):
        (node,) = {quad.subject for quad in QUADS if quad.object == node}
    return node.value


def users(shape: str) -> Iterator[str]:
    """A shape and those that use it as a value shape."""
    yield shape
    for quad in QUADS:
        if quad.object == ox.NamedNode(shape) and quad.predicate.value != SH + "property":
            yield named_owner(quad.subject)


def verdict(variation: Variation, shapes: Shapes) -> frozenset[tuple[str, str]]:
    found = report(EXAMPLES.facts(variation), shapes)
    return frozenset((str(one.focus), one.constraint) for one in found.results)


def some_verdict_changes(variations: Iterable[Variation], quad: ox.Quad) -> bool:
    changed, same = without(quad), Shapes(around(quad))
    return any(verdict(one, same) != verdict(one, changed) for one in variations)


@pytest.mark.parametrize("quad", constraints(), ids=shown)
def test_each_constraint_is_needed(quad: ox.Quad) -> None:
    owners = set(users(named_owner(quad.subject)))
    candidates = [one for one in EXAMPLES.variations.values() if one.shape in owners]
    assert some_verdict_changes(candidates, quad)


@pytest.mark.parametrize(
    "quad", [quad for quad in QUADS if quad.predicate.value == SH + "property"], ids=shown
)
def test_each_link_to_a_property_shape_is_needed(quad: ox.Quad) -> None:
    if isinstance(quad.subject, ox.BlankNode):
        candidates = [
            one for one in EXAMPLES.variations.values() if one.shape == named_owner(quad.subject)
        ]
    else:
        candidates = [
            one
            for one in EXAMPLES.variations.values()
            if one.shape == quad.object.value and one.node_shape in (None, quad.subject.value)
        ]
    assert some_verdict_changes(candidates, quad)


@pytest.mark.parametrize(
    "quad", [quad for quad in QUADS if quad.predicate.value in TARGETS], ids=shown
)
def test_each_target_brings_nodes_that_no_other_target_brings(quad: ox.Quad) -> None:
    facts = EXAMPLES.facts()
    shape = quad.subject.value
    before = report(facts).looked_at[shape]
    assert report(facts, shapes=without(quad)).looked_at.get(shape, 0) < before
