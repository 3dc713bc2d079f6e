"""The fact table against a plain set of quads, small and with the sorted index in use."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad

from glocal_kg._rdf.store import facts as module
from glocal_kg._rdf.store.facts import FactTable

EX = "https://example.org/"
XSD = "http://www.w3.org/2001/XMLSchema#"


def node(name: str) -> NamedNode:
    return NamedNode(EX + name)


PLAIN, LANG = [Literal("1.5"), Literal("1.50")], Literal("x", language="en")
TERMS = [node("a"), node("b"), BlankNode("c"), *PLAIN, LANG]
QUADS = st.builds(
    Quad,
    st.sampled_from([node("a"), node("b"), BlankNode("c")]),
    st.sampled_from([node("p"), node("q")]),
    st.sampled_from(TERMS),
    st.sampled_from([node("g"), DefaultGraph()]),
)
STEPS = st.lists(
    st.tuples(st.sampled_from(["add", "remove", "extend", "look"]), st.lists(QUADS, max_size=6)),
    max_size=25,
)


@pytest.mark.parametrize("many", [200_000, 3, 0])
@given(steps=STEPS, start=st.integers(0, 25))
def test_behaves_like_a_set_and_its_journal_tells_the_difference(many, steps, start):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "MANY", many)
        facts, model, version, then = FactTable(), {}, 0, {}
        for number, (step, quads) in enumerate(steps):
            if number == start:
                version, then = facts.version, dict(model)
            if step == "extend":
                new = len({*quads} - {*model})
                assert facts.extend(quads) == new
                model.update(dict.fromkeys(quads))
            elif step == "look":
                assert [quad in facts for quad in quads] == [quad in model for quad in quads]
            for quad in quads if step in ("add", "remove") else ():
                if step == "add":
                    assert facts.add(quad) == (quad not in model)
                    model.setdefault(quad)
                else:
                    assert facts.remove(quad) == (quad in model)
                    model.pop(quad, None)
        assert len(facts) == len(model)
        assert set(facts) == set(model)
        assert [facts.quad(row) for row in facts.columns().tolist()] == list(facts)
        added, removed = facts.changes_since(version)
        assert {facts.quad(row) for row in added.tolist()} == set(model) - set(then)
        assert {facts.quad(row) for row in removed.tolist()} == set(then) - set(model)


def test_lexical_forms_stay_apart():
    integer = NamedNode(XSD + "integer")
    facts = FactTable()
    facts.extend(
        Quad(node("a"), node("p"), Literal(form, datatype=integer)) for form in ("7", "007")
    )
    assert [quad.object.value for quad in facts] == ["7", "007"]


def test_columns_are_numbers_in_order():
    facts = FactTable()
    facts.extend([Quad(node("a"), node("p"), node("b")), Quad(node("b"), node("p"), node("a"))])
    columns = facts.columns()
    assert columns.dtype == np.int32
    assert columns.tolist() == [[0, 1, 2, 3], [2, 1, 0, 3]]
    assert facts.terms[3] == DefaultGraph()


def test_an_exception_takes_everything_back():
    facts = FactTable()
    facts.add(Quad(node("a"), node("p"), node("b")))
    terms, version = len(facts.terms), facts.version

    def broken():
        yield Quad(node("new"), node("p"), Literal("new"))
        raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        facts.extend(broken())
    assert len(facts) == 1
    assert len(facts.terms) == terms
    assert facts.version == version
    assert facts.terms.find(node("new")) is None


def test_many_rows_cost_few_bytes():
    code = (
        "import tracemalloc, sys\n"
        "from pyoxigraph import *\n"
        "from glocal_kg._rdf.store.facts import FactTable\n"
        "nodes = [NamedNode(f'https://example.org/{n}') for n in range(600)]\n"
        "facts = FactTable()\n"
        "[facts.terms.add(node) for node in nodes]\n"
        "import numpy\n"
        "tracemalloc.start()\n"
        "facts.extend(Quad(s, nodes[0], o) for s in nodes for o in nodes)\n"
        "assert len(facts) == 360_000, len(facts)\n"
        "print(tracemalloc.get_traced_memory()[0] / len(facts))\n"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert float(run.stdout) < 60


def test_small_work_needs_no_numpy():
    code = (
        "import sys\n"
        "from pyoxigraph import *\n"
        "from glocal_kg._rdf.store.facts import FactTable\n"
        "facts = FactTable()\n"
        "a = NamedNode('https://example.org/a')\n"
        "facts.add(Quad(a, a, a)), len(facts), Quad(a, a, a) in facts, list(facts)\n"
        "print('numpy' in sys.modules, 'typing' in sys.modules)\n"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["False", "False"]
