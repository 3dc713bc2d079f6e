"""The approved OWL 2 test cases of the W3C that are within the RL profile, in RDF/XML.

``GLOCAL_OWL2_TESTS`` names the file of all cases (``all.rdf`` of the W3C's OWL 2 test suite).
"""

from __future__ import annotations

import os
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest
from pyoxigraph import BlankNode

from glocal_kg._engines.rl import Closure
from glocal_kg._engines.rl.entails import entails
from glocal_kg._rdf.reading import Text, open_source
from glocal_kg._rdf.store.dictionary import Dictionary

FILE = Path(os.environ.get("GLOCAL_OWL2_TESTS", "no file"))
TEST = "http://www.w3.org/2007/OWL/testOntology#"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
ANNOTATIONS = {"WebOnt-I4.6-005-Direct", "WebOnt-equivalentClass-008-Direct"}
"""Cases that want the comment of a class to be one of its equals too: not by the RDF semantics."""
LEAST = 60
"""Copies of the suite differ in how many cases they hold: the file says so at its end."""


def numbered(terms: Dictionary, text: str, apart: str) -> list[tuple[int, int, int]]:
    def number(term) -> int:
        own = BlankNode(apart + term.value) if isinstance(term, BlankNode) else term
        return terms.add(own)

    quads = open_source(Text(text, "rdfxml", base="http://example.org/base")).quads()
    return [(number(q.subject), number(q.predicate), number(q.object)) for q in quads]


@pytest.mark.skipif(not FILE.is_file(), reason="GLOCAL_OWL2_TESTS names no file of OWL 2 tests")
def test_the_cases_of_the_profile() -> None:
    said: dict[object, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    nodes: dict[tuple[object, str], list[object]] = defaultdict(list)
    for quad in open_source(FILE, base="http://example.org/").quads():
        name = quad.predicate.value.removeprefix(TEST)
        said[quad.subject][name].append(getattr(quad.object, "value", "").removeprefix(TEST))
        nodes[quad.subject, name].append(quad.object)
    passed, failed = 0, set()
    for case, facts in said.items():
        kinds = set(facts[TYPE])
        inside = "RL" in facts["profile"] and facts["status"] == ["Approved"]
        if not inside or "rdfXmlPremiseOntology" not in facts:
            continue
        terms = Dictionary()
        premise = numbered(terms, facts["rdfXmlPremiseOntology"][0], "p")
        for place, imported in enumerate(nodes[case, "importedOntology"]):
            premise += numbered(terms, said[imported]["rdfXmlInputOntology"][0], f"i{place}")
        closure = Closure(terms, np.array(premise, np.int32).reshape(-1, 3))
        right = bool(closure.clashes) == ("InconsistencyTest" in kinds)
        for kind, wanted in (("Conclusion", True), ("NonConclusion", False)):
            for text in facts[f"rdfXml{kind}Ontology"]:
                claim = numbered(terms, text, "c")
                right &= (entails(terms, premise, claim).answer == "yes") is wanted
        passed += right
        if not right:
            failed.add(facts["identifier"][0])
    assert failed == ANNOTATIONS
    assert passed >= LEAST, "the file does not hold the whole suite"
