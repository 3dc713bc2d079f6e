"""Queries of many parts: what is done for each part does not grow with their number."""

import sys
from collections.abc import Callable

import pytest

from glocal_kg._rdf.store.moment import Moment
from tests.rdf.sparql.ask import ask, read

MANY = 150  # more than are compared with one another
PATHS: dict[str, Callable[[int], str]] = {
    "steps of a path": lambda n: "ex:a0 " + "/".join(["ex:p"] * n) + " ?o",
    "a chain": lambda n: "".join(f"?v{i} ex:p ?v{i + 1} . " for i in range(n)) + "?v0 ex:q 0",
    "a star": lambda n: "ex:a0 ex:p " + ", ".join(f"?v{i}" for i in range(n)),
    "filters": lambda n: "?s ex:q ?o " + " ".join(f"FILTER(?o < {i + 1})" for i in range(n)),
    "optionals": lambda n: "?s ex:q 7 " + "".join(f"OPTIONAL {{?s ex:p ?x{i}}} " for i in range(n)),
    "groups": lambda n: "?s ex:q 7 " + "".join(f"{{ ?s ex:p ?x{i} }} " for i in range(n)),
    "values": lambda n: "?s ex:q 7 " + "".join(f"VALUES ?x{i} {{ 1 }} " for i in range(n)),
}


@pytest.fixture(scope="module")
def ring() -> Moment:
    """Ten nodes in a ring, each with its number."""
    facts = "".join(f"ex:a{i} ex:p ex:a{(i + 1) % 10} ; ex:q {i} . " for i in range(10))
    return read(facts)


@pytest.mark.parametrize("pattern", PATHS.values(), ids=PATHS)
def test_many_parts_mean_the_same(ring: Moment, pattern: Callable[[int], str]) -> None:
    few, many = (ask(f"SELECT * {{ {pattern(n)} }}", ring) for n in (10, MANY))
    assert len(few) == len(many) == 1
    assert set(few[0]) == set(many[0])


@pytest.mark.parametrize("pattern", PATHS.values(), ids=PATHS)
def test_twice_as_many_parts_are_twice_the_work(
    ring: Moment, pattern: Callable[[int], str]
) -> None:
    def calls(many: int) -> int:
        found = 0

        def called(*_: object) -> None:
            nonlocal found
            found += 1

        sys.setprofile(called)
        try:
            ask(f"ASK {{ {pattern(many)} }}", ring)
        finally:
            sys.setprofile(None)
        return found

    assert calls(2 * MANY) < 2.4 * calls(MANY)
