"""The ontology and the data as rdflib graphs, read once for all tests of this room."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pyoxigraph
import pytest
import rdflib
from rdflib.namespace import OWL, RDF, RDFS

from glocal_kg._study import packaged

BUILT_IN_ANNOTATIONS = {
    RDFS.label, RDFS.comment, RDFS.isDefinedBy, RDFS.seeAlso,
    OWL.imports, OWL.versionIRI, OWL.versionInfo,
}  # fmt: skip


@pytest.fixture(scope="session")
def modules() -> dict[str, rdflib.Graph]:
    """Every module that the root imports, and the root: stem of the file -> graph."""
    folder = Path(packaged.folder("ontology"))
    return {path.stem: rdflib.Graph().parse(path) for path in sorted(folder.glob("*.ttl"))}


@pytest.fixture(scope="session")
def ontology(modules: dict[str, rdflib.Graph]) -> rdflib.Graph:
    """All modules as one graph."""
    merged = rdflib.Graph()
    for module in modules.values():
        merged += module
    return merged


@pytest.fixture(scope="session")
def alignments() -> rdflib.Graph:
    """All alignments as one graph."""
    merged = rdflib.Graph()
    for path in sorted((Path(packaged.folder("ontology")) / "alignments").glob("*.ttl")):
        merged.parse(path)
    return merged


@pytest.fixture(scope="session")
def data() -> rdflib.Graph:
    """All packaged data as one graph, without the names of the graphs."""
    triples = (
        quad.triple
        for path in packaged.files("data", ".trig")
        for quad in pyoxigraph.parse(path=path)
    )
    text = pyoxigraph.serialize(triples, format=pyoxigraph.RdfFormat.N_TRIPLES)
    return rdflib.Graph().parse(data=text or b"", format="nt")


@pytest.fixture(scope="session")
def axioms(ontology: rdflib.Graph) -> rdflib.Graph:
    """What a reasoner sees of the ontology: no annotations, no headers."""
    return without_annotations(ontology, ontology)


def without_annotations(graph: rdflib.Graph, ontology: rdflib.Graph) -> rdflib.Graph:
    """A copy of a graph less annotations, by what the ontology declares as such."""
    annotations = set(ontology.subjects(RDF.type, OWL.AnnotationProperty)) | BUILT_IN_ANNOTATIONS
    headers = set(graph.subjects(RDF.type, OWL.Ontology))
    kept = rdflib.Graph()
    for s, p, o in graph:
        if p not in annotations and s not in headers:
            kept.add((s, p, o))
    return kept


def _java(*arguments: str) -> subprocess.CompletedProcess[str]:
    """A finished Java program with what it printed."""
    # Programs of seconds: compiling them well would take longer than it saves.
    command = ["java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture(scope="session")
def hermit_folder() -> Path:
    """Where owlready2 keeps HermiT and the OWL API, or a skip that says what is missing."""
    if shutil.which("java") is None:
        pytest.skip("Java is not installed; HermiT and the OWL API need it")
    spec = importlib.util.find_spec("owlready2")
    if spec is None or spec.origin is None:
        pytest.skip("owlready2, which brings HermiT, is not installed")
    return Path(spec.origin).parent / "hermit"


def _as_one_ontology(graph: rdflib.Graph, path: Path) -> None:
    """Write a graph as RDF/XML under a single header that imports nothing."""
    whole = rdflib.Graph()
    for s, p, o in graph:
        if p != OWL.imports and (s, RDF.type, OWL.Ontology) not in graph:
            whole.add((s, p, o))
    root = rdflib.URIRef("https://w3id.org/glocal/ontology")
    for s, p, o in graph.triples((root, None, None)):
        if p != OWL.imports:
            whole.add((s, p, o))
    whole.add((root, RDF.type, OWL.Ontology))
    whole.serialize(path, format="xml")


@pytest.fixture
def contradictions(hermit_folder: Path, tmp_path: Path) -> Callable[[rdflib.Graph], list[str]]:
    """What HermiT finds: the classes that can have no member, or that all contradicts itself."""

    def run(graph: rdflib.Graph) -> list[str]:
        _as_one_ontology(graph, tmp_path / "whole.owl")
        path = os.pathsep.join([str(hermit_folder), str(hermit_folder / "HermiT.jar")])
        program = "org.semanticweb.HermiT.cli.CommandLine"
        done = _java("-cp", path, program, "--unsatisfiable", (tmp_path / "whole.owl").as_uri())
        if "InconsistentOntologyException" in done.stderr:
            return ["the whole is inconsistent"]
        _head, found, names = done.stdout.partition("Classes equivalent to 'owl:Nothing':")
        assert found, done.stderr
        return [name for name in names.split() if name != "owl:Nothing"]

    return run


@pytest.fixture
def profile_faults(hermit_folder: Path, tmp_path: Path) -> Callable[[str, rdflib.Graph], list[str]]:
    """What the OWL API says keeps a graph out of a profile, "DL" or "RL"."""
    if "jdk.compiler" not in _java("--list-modules").stdout:
        pytest.skip("this Java cannot run a source file; it needs a JDK")

    def run(profile: str, graph: rdflib.Graph) -> list[str]:
        _as_one_ontology(graph, tmp_path / "whole.owl")
        program = str(Path(__file__).with_name("Profile.java"))
        archive = str(hermit_folder / "HermiT.jar")
        done = _java("-cp", archive, program, profile, str(tmp_path / "whole.owl"))
        assert done.returncode == 0, done.stderr
        return done.stdout.splitlines()

    return run
