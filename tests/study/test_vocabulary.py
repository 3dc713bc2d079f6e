"""The names of the study are those of the ontology, and mean the same everywhere."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

import glocal_kg as gk
from glocal_kg._study import generate as terms
from glocal_kg._study import vocab

ROOT = Path(__file__).parents[2]


def test_the_list_of_terms_is_that_of_the_ontology():
    assert list(terms.TERMS) == terms.current(), "run: python -m glocal_kg._study.generate"


@pytest.mark.parametrize("prefix", ["glocal", "rdf", "rdfs", "owl", "xsd", "skos", "dcterms", "sh"])
def test_terms_used_in_the_ontology_are_known(prefix):
    home = "glocal_kg._study.vocab" if prefix == "glocal" else "glocal_kg._rdf.namespaces"
    space = importlib.import_module(home).__dict__[prefix.upper()]
    found = gk.load().query(
        "SELECT DISTINCT ?t { { ?t ?p ?o } UNION { ?s ?t ?o } UNION { ?s ?p ?t } "
        f"FILTER(ISIRI(?t) && STRSTARTS(STR(?t), '{space}')) }}"
    )
    own = [term for term in found.column("t") if term.value != str(space).rstrip("#/")]
    assert [term.value for term in own if term.value != str(space) and term not in space] == []


def test_prefixes_are_the_same_everywhere():
    """One prefix means one IRI in the ontology, in the data, in the queries and in Python."""
    for folder in ("ontology", "data", "queries"):
        for path in sorted((ROOT / folder).rglob("*.*")):
            for line in path.read_text(encoding="utf-8").splitlines():
                words = line.split()
                if words[:1] in (["@prefix"], ["PREFIX"]) and words[1].endswith(":"):
                    prefix, iri = words[1][:-1], words[2].strip("<>")
                    assert vocab.PREFIXES.get(prefix, iri) == iri, f"{path}: {line}"
                    short = vocab.shorten(iri + "x")
                    assert short in (f"{prefix}:x", iri + "x"), f"{path}: {line}"


def test_the_ontology_declares_what_python_knows():
    rows = gk.load().query("SELECT ?p ?n { ?o sh:prefix ?p ; sh:namespace ?n }")
    found = {row.p: row.n.value for row in rows}
    assert found == vocab.PREFIXES
