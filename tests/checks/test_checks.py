"""Each check lets its passing example pass and finds in its failing example what that file says.

A failing example begins with lines such as ``# found: process:one glocal:causes process:one``:
focus, path and value of one finding.
"""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from glocal_kg._checks import Check, read_checks, run_checks
from glocal_kg._engines.shacl import Finding
from glocal_kg._engines.shacl.rdf_terms import RDF
from glocal_kg._rdf.store.facts import Facts
from glocal_kg._study import packaged
from glocal_kg._study.vocab import PREFIXES

FOLDER = Path(__file__).with_name("examples")
CHECKS = {check.name: check for check in read_checks(map(Path, packaged.files("ontology", ".rq")))}


def shortened(term: object) -> str:
    text = getattr(term, "value", str(term))
    for prefix, iri in PREFIXES.items():
        if text.startswith(iri) and "/" not in text[len(iri) :]:
            return f"{prefix}:{text[len(iri) :]}"
    return text


def row(found: Finding) -> str:
    path = "" if found.path is None else shortened(str(found.path).strip("<>"))
    value = "" if found.value is None else shortened(found.value)
    return f"{shortened(found.focus)} {path} {value}".strip()


def findings(check: Check, path: Path) -> list[Finding]:
    """What a check finds in an example, beside the axioms of the ontology."""
    quads = list(ox.parse(path=path))
    for module in packaged.files("ontology", ".ttl"):
        if "/shapes/" not in module and "/alignments/" not in module:
            graph = ox.NamedNode(packaged.module_iri(module))
            quads.extend(
                ox.Quad(*quad.triple, graph)
                for quad in ox.parse(path=module)
                # The headers too, which say that these graphs are ontologies.
                if quad.predicate.value.startswith((str(PREFIXES["rdfs"]), RDF, PREFIXES["owl"]))
            )
    return run_checks([check], Facts.of(quads))


@pytest.mark.parametrize("name", CHECKS)
def test_what_conforms_passes(name: str) -> None:
    assert findings(CHECKS[name], FOLDER / f"{name}-pass.trig") == []


@pytest.mark.parametrize("name", CHECKS)
def test_what_is_at_fault_is_found(name: str) -> None:
    path = FOLDER / f"{name}-fail.trig"
    expected = re.findall(r"^# found: (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    found = findings(CHECKS[name], path)
    assert sorted(map(row, found)) == sorted(expected)
    assert expected
    for one in found:
        assert one.message.endswith("."), one.message
        assert "{?" not in one.message + one.remedy, "a place in the text is not filled"
        assert one.severity in {"violation", "warning", "info"}


def test_each_example_has_a_check() -> None:
    named = {path.stem.removesuffix("-pass").removesuffix("-fail") for path in FOLDER.iterdir()}
    assert named == set(CHECKS)


@pytest.mark.parametrize("name", CHECKS)
def test_the_header_names_the_columns(name: str) -> None:
    """In the order of the query, so that a table of the rows can be read."""
    text = CHECKS[name].query
    (columns,) = re.findall(r"^#\+ columns: \{(.+)\}$", text, re.MULTILINE)
    declared = [column.split(":")[0].strip() for column in columns.split(",")]
    solutions = ox.Store().query(text)
    assert [variable.value for variable in solutions.variables] == declared
    assert "ORDER BY" in text
    assert CHECKS[name].description
    assert CHECKS[name].remedy


@pytest.fixture(scope="module")
def packaged_facts() -> Facts:
    quads: list[ox.Quad] = []
    for path in packaged.files("data", ".trig"):
        quads.extend(ox.parse(path=path))
    for path in packaged.files("ontology", ".ttl"):
        graph = ox.NamedNode(packaged.module_iri(path))
        quads.extend(ox.Quad(*quad.triple, graph) for quad in ox.parse(path=path))
    return Facts.of(quads)


@pytest.mark.parametrize("name", CHECKS)
def test_the_packaged_facts_pass(name: str, packaged_facts: Facts) -> None:
    found = run_checks([CHECKS[name]], packaged_facts)
    assert [(str(one.source_shape), row(one), one.message) for one in found] == []
