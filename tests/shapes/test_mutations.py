"""Nothing in the shapes is there in vain: what is taken out changes some verdict.

Taken out one by one: each constraint, each link from a node shape to a property shape, each
target.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

import pyoxigraph as ox
import pytest

from glocal_kg._engines.shacl import Shapes
from glocal_kg._rdf.store.facts import Facts
from tests.shapes.variations import EXAMPLES, FILES, QUADS, SH, SHAPES, Variation, facts, judged

pytestmark = pytest.mark.slow

# What describes a shape or finds its nodes and values, and constrains nothing.
NO_CONSTRAINT = {
    SH + name for name in ("name", "description", "message", "severity", "path", "property")
} | {SH + name for name in ("targetClass", "targetSubjectsOf")}
NO_CONSTRAINT |= {SH + name for name in ("inversePath", "alternativePath", "zeroOrMorePath")}
COMMON = "/common.ttl"
EXAMPLE = facts(EXAMPLES.facts())
TARGETS = {SH + "targetClass", SH + "targetSubjectsOf"}


def constraints() -> list[ox.Quad]:
    return [
        quad
        for quad in QUADS
        if quad.predicate.value.startswith(SH) and quad.predicate.value not in NO_CONSTRAINT
    ]


def shown(quad: ox.Quad) -> str:
    return " ".join(term.value.rsplit("#", 1)[-1] for term in quad.triple)


def home(quad: ox.Quad) -> str:
    """The file in which a quad stands; what is common stands for all files."""
    return next((path for path, quads in FILES.items() if quad in quads), COMMON)


@cache
def around(path: str) -> list[ox.Quad]:
    """The shapes of a file with the common ones they use; all where it is common itself."""
    if path.endswith(COMMON):
        return QUADS
    return FILES[path] + [one for file in FILES if file.endswith(COMMON) for one in FILES[file]]


def without(quad: ox.Quad) -> Shapes:
    return Shapes([other for other in around(home(quad)) if other != quad])


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


Verdict = frozenset[tuple[str, str]]


@cache
def facts_of(name: str) -> Facts:
    return facts(EXAMPLES.facts(EXAMPLES.variations[name]))


def verdict(name: str, shapes: Shapes) -> Verdict:
    found = judged(facts_of(name), shapes)
    return frozenset((str(one.focus), one.constraint) for one in found.results)


@cache
def shapes_of(path: str) -> Shapes:
    return Shapes(around(path))


@cache
def verdict_before(name: str, path: str) -> Verdict:
    """What is found in a variation where nothing is taken out."""
    return verdict(name, shapes_of(path))


def some_verdict_changes(variations: Iterable[Variation], quad: ox.Quad) -> bool:
    changed, path = without(quad), home(quad)
    names = [one.name for one in variations]
    return any(verdict_before(name, path) != verdict(name, changed) for name in names)


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
    shape = quad.subject.value
    assert judged(EXAMPLE, without(quad)).looked_at.get(shape, 0) < looked_at()[shape]


@cache
def looked_at() -> dict[str, int]:
    return dict(judged(EXAMPLE, SHAPES).looked_at)
