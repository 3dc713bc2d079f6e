"""A query that is asked for many nodes at once tells for which each row is."""

from __future__ import annotations

import numpy as np
from pyoxigraph import Literal, NamedNode, Quad

from glocal_kg._rdf.sparql.solutions import solutions
from glocal_kg._rdf.store.facts import Facts

P = NamedNode("urn:p")


def test_nodes_that_a_query_does_not_select_are_in_its_rows() -> None:
    quads = [Quad(NamedNode(f"urn:{n}"), P, Literal(n)) for n in "abc"]
    facts = Facts.of(quads)
    some = np.array([facts.moment.find(NamedNode(f"urn:{n}")) for n in "ca"], np.int32)
    rows = solutions("SELECT ?y { ?x <urn:p> ?y }", facts, nodes={"x": some})
    assert sorted((str(row["x"]), str(row["y"])) for row in rows) == [
        ("<urn:a>", '"a"'),
        ("<urn:c>", '"c"'),
    ]
