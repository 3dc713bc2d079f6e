"""The catalog: every description of the release says the same, and says what the trade asks."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
import rdflib
from pyoxigraph import Quad, QuerySolutions, RdfFormat, Store, parse
from rdflib.namespace import DCAT, DCTERMS, FOAF, PROV, RDF

from glocal_kg._publish import Release
from glocal_kg._publish.lines.sums import files_in
from glocal_kg._questions.answers.values import plain
from glocal_kg._study.vocab import INFERRED_INTERPRETED
from tests.publish.samples import publish, sample

HERE = Path(__file__).parent
VOID = rdflib.Namespace("http://rdfs.org/ns/void#")
SPDX = rdflib.Namespace("http://spdx.org/rdf/terms#")


@pytest.fixture(scope="session")
def void(packaged_release: Release) -> rdflib.Graph:
    return rdflib.Graph().parse(packaged_release.folder / "void.ttl", format="turtle")


def ask(release: Release, query: str, *names: str) -> list[dict[str, str]]:
    store = Store()
    for name in names:
        store.bulk_load(path=str(release.folder / name), format=RdfFormat.TURTLE)
    answer = store.query(query)
    assert isinstance(answer, QuerySolutions)
    columns = [variable.value for variable in answer.variables]
    return [
        {name: getattr(row[name], "value", "") for name in columns if row[name] is not None}
        for row in answer
    ]


def card(release: Release, name: str) -> Any:
    return json.loads((release.folder / name).read_text(encoding="utf-8"))


@pytest.mark.slow
def test_dcat_has_the_mandatory_fields(packaged_release: Release) -> None:
    import pyshacl

    data = rdflib.Graph().parse(packaged_release.folder / "void.ttl", format="turtle")
    shapes = rdflib.Graph().parse(HERE / "dcat-ap.shacl.ttl", format="turtle")
    conforms, _, text = pyshacl.validate(data, shacl_graph=shapes)
    assert conforms, text
    # Some of them without what they must have: what is looked at is found.
    some = rdflib.Graph()
    for kind, needed in ((DCAT.Dataset, DCTERMS.title), (DCAT.Distribution, DCAT.accessURL)):
        for node in sorted(data.subjects(RDF.type, kind))[:12]:
            some += [(s, p, o) for s, p, o in data.triples((node, None, None)) if p != needed]
    conforms, _, text = pyshacl.validate(some, shacl_graph=shapes)
    assert not conforms
    assert text.count("MinCount") > 20


def test_the_release_is_one_dataset_and_its_parts_are_others(
    packaged_release: Release, void: rdflib.Graph
) -> None:
    facts = packaged_release.facts
    base, me = facts.about.base, rdflib.URIRef(facts.about.dataset)
    files = {file.path: file for file in facts.files}
    owners: dict[str, set[str]] = {}
    for dataset, node in void.subject_objects(DCAT.distribution):
        path = str(node).removeprefix(base)
        owners.setdefault(str(dataset), set()).add(path)
        assert int(str(void.value(node, DCAT.byteSize))) == files[path].size
        checksum = void.value(node, SPDX.checksum)
        assert str(void.value(checksum, SPDX.checksumValue)) == files[path].sha256
        assert (void.value(node, DCAT.compressFormat) is not None) == path.endswith(".gz")
    mine = owners.pop(str(me))
    assert mine == {name for name in files if name.startswith("all.")}
    assert len(mine) == 6  # three formats that keep graphs, and each packed
    parts = {str(node) for node in void.objects(me, DCTERMS.hasPart)}
    assert f"{base}void.ttl#ontology" in parts
    apart = ("inferred", "inferred-with-interpretation", "tables")
    assert parts | {f"{base}void.ttl#{name}" for name in apart} == owners.keys()
    assert [str(node) for node in void.subjects(rdflib.URIRef(f"{DCAT}inSeries"))] == [str(me)]


def test_the_sparql_editor_of_sib_can_read_the_schema(release: Release) -> None:
    rows = ask(
        release,
        """PREFIX void: <http://rdfs.org/ns/void#> PREFIX void-ext: <http://ldf.fi/void-ext#>
        SELECT DISTINCT ?subject ?property ?object ?datatype WHERE {
          ?classPartition void:class ?subject ; void:propertyPartition ?propertyPartition .
          ?propertyPartition void:property ?property .
          OPTIONAL {
            { ?propertyPartition void:classPartition [ void:class ?object ] }
            UNION
            { ?propertyPartition void-ext:datatypePartition [ void-ext:datatype ?datatype ] }
          } }""",
        "void.ttl",
    )
    term = "https://example.org/sample/terms#"
    found = {tuple(row.get(key, "") for key in ("subject", "property", "object")) for row in rows}
    assert (term + "City", term + "twinOf", term + "City") in found
    integer = "http://www.w3.org/2001/XMLSchema#integer"
    typed = {(row["subject"], row["property"], row.get("datatype")) for row in rows}
    assert (term + "City", term + "people", integer) in typed


def test_void_says_what_is_needed_to_use_the_graph(void: rdflib.Graph) -> None:
    (document,) = void.subjects(RDF.type, VOID.DatasetDescription)
    dataset = void.value(document, rdflib.FOAF.primaryTopic)
    for name in ("exampleResource", "uriSpace", "feature", "dataDump", "vocabulary", "subset"):
        assert void.value(dataset, VOID[name]) is not None, name
    vocabularies = {str(node) for node in void.objects(dataset, VOID.vocabulary)}
    assert {"https://w3id.org/glocal/ontology#", "http://www.w3.org/2004/02/skos/core#"} <= (
        vocabularies
    )
    for linkset in void.subjects(RDF.type, VOID.Linkset):
        for name in ("subjectsTarget", "objectsTarget", "linkPredicate", "triples"):
            assert void.value(linkset, VOID[name]) is not None


def test_the_origin_is_told(void: rdflib.Graph, packaged_release: Release) -> None:
    dataset = rdflib.URIRef(packaged_release.facts.about.dataset)
    activity = void.value(dataset, PROV.wasGeneratedBy)
    sources = {str(node) for node in void.objects(activity, PROV.used)}
    assert "https://w3id.org/glocal/graph/deck" in sources
    agents = list(void.objects(activity, PROV.wasAssociatedWith))
    software = [a for a in agents if (a, RDF.type, PROV.SoftwareAgent) in void]
    assert len(software) == 1
    digest = void.value(void.value(software[0], SPDX.checksum), SPDX.checksumValue)
    assert re.fullmatch("[0-9a-f]{64}", str(digest))


def test_all_cards_agree(packaged_release: Release, void: rdflib.Graph) -> None:
    import yaml

    release = packaged_release
    crate = {entity["@id"]: entity for entity in card(release, "ro-crate-metadata.json")["@graph"]}
    cff = yaml.safe_load((release.folder / "CITATION.cff").read_text(encoding="utf-8"))
    schema, meta, zenodo = (
        card(release, name) for name in ("schema.jsonld", "codemeta.json", ".zenodo.json")
    )
    croissant, package = card(release, "croissant.json"), card(release, "tables/datapackage.json")
    dataset = rdflib.URIRef(release.facts.about.dataset)
    dcat_title = [str(t) for t in void.objects(dataset, DCTERMS.title) if t.language == "en"]
    titles = {
        crate["./"]["name"], cff["title"], schema["name"], meta["name"], zenodo["title"],
        croissant["name"], package["title"], *dcat_title,
    }  # fmt: skip
    assert titles == {"Knowledge graph of glocalization"}
    versions = {
        crate["./"]["version"], cff["version"], schema["version"], meta["version"],
        zenodo["version"], croissant["version"], package["version"],
        str(void.value(dataset, rdflib.URIRef(f"{DCAT}version"))),
    }  # fmt: skip
    assert versions == {"0.1.0"}
    dates = {
        crate["./"]["datePublished"], cff["date-released"], schema["datePublished"],
        meta["datePublished"], zenodo["publication_date"], croissant["datePublished"],
        package["created"][:10], str(void.value(dataset, DCTERMS.issued)),
    }  # fmt: skip
    assert dates == {"2026-11-21"}
    people = {
        cff["authors"][0]["name"], schema["creator"][0]["name"], meta["author"][0]["name"],
        zenodo["creators"][0]["name"], croissant["creator"][0]["name"],
        package["contributors"][0]["title"],
    }  # fmt: skip
    catalog = void.value(predicate=DCAT.dataset, object=dataset, any=False)
    people |= {
        str(void.value(void.value(one, DCTERMS.publisher), FOAF.name)) for one in (dataset, catalog)
    }
    repository = yaml.safe_load((HERE.parents[1] / "CITATION.cff").read_text("utf-8"))
    assert people == {repository["authors"][0]["name"]} == {"glocal_kg contributors"}
    assert not {"doi", "identifiers", "prereserve_doi"} & (zenodo.keys() | cff.keys())
    assert "doi.org" not in json.dumps([schema, meta, zenodo, cff, croissant["distribution"]])


def test_schema_org_has_what_search_engines_ask_for(packaged_release: Release) -> None:
    content = card(packaged_release, "schema.jsonld")
    for name in ("name", "description", "license", "creator", "distribution", "keywords", "url"):
        assert content[name], name
    assert 50 <= len(content["description"]) <= 5000
    assert content["inLanguage"] == ["en", "fr", "it"]


def test_the_service_is_described_with_its_address_only_if_there_is_one(
    packaged_release: Release, tmp_path: Path
) -> None:
    query = """PREFIX sd: <http://www.w3.org/ns/sparql-service-description#>
        SELECT ?service ?endpoint ?name WHERE { ?service a sd:Service ;
          sd:defaultDataset/sd:namedGraph/sd:name ?name .
          OPTIONAL { ?service sd:endpoint ?endpoint } }"""
    rows = ask(packaged_release, query, "service.ttl")
    assert {row["name"] for row in rows} == {
        graph.name for graph in packaged_release.facts.graphs if graph.name
    }
    assert not any("endpoint" in row for row in rows)
    endpoint = "https://example.org/sparql"
    release = publish(sample(), tmp_path / "dist", about={"endpoint": endpoint})
    assert {row["endpoint"] for row in ask(release, query, "service.ttl")} == {endpoint}
    service = "SELECT ?s WHERE { ?s a <http://www.w3.org/ns/dcat#DataService> }"
    assert len(ask(release, service, "void.ttl")) == 1


def test_the_questions_are_linked_data(release: Release) -> None:
    rows = ask(
        release,
        """PREFIX sh: <http://www.w3.org/ns/shacl#> PREFIX schema: <https://schema.org/>
        SELECT * WHERE { ?query a sh:SPARQLExecutable ;
          <http://www.w3.org/2000/01/rdf-schema#comment> ?question ; schema:keywords ?keyword ;
          sh:select|sh:ask ?text ; sh:prefixes/sh:declare [ sh:prefix ?prefix ; sh:namespace ?iri ]
          OPTIONAL { ?query schema:result ?result } } ORDER BY ?query ?keyword""",
        "queries.ttl",
    )
    assert [(row["question"], row["keyword"], row["prefix"]) for row in rows] == [
        ("Cities and how many people live in them", "cities", "sample"),
        ("Cities and how many people live in them", "people", "sample"),
        ("Whether there is a city at all", "cities", "sample"),
    ]
    assert rows[0]["text"].startswith("PREFIX sample:")
    Store().query(rows[0]["text"])


def test_packaged_questions_come_with_their_expected_results(packaged_release: Release) -> None:
    from glocal_kg._opening import load

    rows = ask(
        packaged_release,
        """SELECT ?label ?result WHERE { ?query <https://schema.org/result> ?result ;
          <http://www.w3.org/2000/01/rdf-schema#label> ?label } ORDER BY ?label""",
        "queries.ttl",
    )
    assert len(rows) > 10
    base = packaged_release.facts.about.base
    row = next(row for row in rows if row["label"] == "map/principles")
    found = (packaged_release.folder / row["result"].removeprefix(base)).read_text("utf-8")
    assert found == load().run("map/principles").to_csv()


def test_a_query_as_it_is_published_gives_its_expected_result(packaged_release: Release) -> None:
    """Parameters included: an editor that runs the text sees the same rows.

    The text names the graphs of the sources, so what is read into them comes into no answer
    but those of questions about it, which are over what follows with it too.
    """
    whole, more = ("all", "inferred"), "inferred-with-interpretation"
    stores = {False: Store(), True: Store()}
    for read_too, store in stores.items():
        for name in (*whole, more) if read_too else whole:
            path = packaged_release.folder / f"{name}.nq"
            store.load(path=str(path), format=RdfFormat.N_QUADS)
    rows = ask(
        packaged_release,
        """PREFIX sh: <http://www.w3.org/ns/shacl#>
        SELECT ?text ?result (GROUP_CONCAT(STR(?part)) AS ?parts) {
          ?query sh:select ?text ; <https://schema.org/result> ?result ;
            <http://purl.org/dc/terms/requires> ?part } GROUP BY ?text ?result""",
        "queries.ttl",
    )
    base = packaged_release.facts.about.base
    queries = packaged_release.folder / "queries"
    assert len(rows) == len(list(queries.rglob("*.csv"))) > 30
    assert sum(more in row["parts"] for row in rows) > 5
    for row in rows:
        read_too = more in row["parts"]
        assert f"{base}void.ttl#inferred" in row["parts"].split()
        assert "graph/interpretation" not in row["text"]
        assert ("FROM" in row["text"]) is not read_too
        answer = stores[read_too].query(row["text"], use_default_graph_as_union=read_too)
        assert isinstance(answer, QuerySolutions)
        found = [[plain(cell) if cell else "" for cell in solution] for solution in answer]
        path = packaged_release.folder / row["result"].removeprefix(base)
        with path.open(encoding="utf-8", newline="") as file:
            head, *expected = csv.reader(file)
        assert [variable.value for variable in answer.variables] == head, row["result"]
        assert sorted(found) == sorted(expected), row["result"]


def test_no_dump_of_what_the_sources_say_holds_what_is_read_into_them(
    packaged_release: Release,
) -> None:
    def quads(name: str) -> list[Quad]:
        path = packaged_release.folder / f"{name}.nq"
        return list(parse(path=str(path), format=RdfFormat.N_QUADS))

    def graphs(name: str) -> set[str]:
        return {str(quad.graph_name) for quad in quads(name)}

    assert graphs("interpretation") == {"<https://w3id.org/glocal/graph/interpretation>"}
    assert len(graphs("data")) > 5
    for name in ("without-interpretation", "data", "ontology", "vocabularies", "inferred"):
        assert not any("interpretation" in graph for graph in graphs(name)), name
    assert graphs("all") == graphs("without-interpretation") | graphs("interpretation")
    assert graphs("inferred-with-interpretation") == {f"<{INFERRED_INTERPRETED.value}>"}
    alone, more = (  # nodes without a name are named anew in each file
        {quad.triple for quad in quads(name) if "_:" not in str(quad.triple)}
        for name in ("inferred", "inferred-with-interpretation")
    )
    assert more
    assert not alone & more


def test_no_dump_without_graphs_mixes_what_is_said_and_what_is_read_into_it(
    packaged_release: Release,
) -> None:
    """A principle answers a trend by our reading alone: only a graph can mark the triple."""
    answers = "<https://w3id.org/glocal/ontology#answers>"
    held = {
        path.name
        for path in packaged_release.folder.glob("*.nt")
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.split(" ")[1] == answers
    }
    assert held == {"interpretation.nt"}
    formats = {path.suffix for path in packaged_release.folder.glob("all.*")} - {".gz"}
    assert formats == {".nq", ".trig", ".jsonld"}
    page = (packaged_release.folder / "README.md").read_text(encoding="utf-8")
    assert "| `without-interpretation.ttl` |" in page
    assert 'parse("without-interpretation.trig")' in page
    assert "all.ttl" not in page


def test_rocrate_reads_the_folder(packaged_release: Release) -> None:
    rocrate = pytest.importorskip("rocrate.rocrate", reason="rocrate is not installed")
    crate = rocrate.ROCrate(packaged_release.folder)
    assert crate.name == "Knowledge graph of glocalization"
    files = {entity.id for entity in crate.get_entities() if entity.type == "File"}
    assert {unquote(name) for name in files} == set(files_in(packaged_release.folder)) - {
        "SHA256SUMS",
        "ro-crate-metadata.json",
    }


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of the packages mlcroissant uses
def test_croissant_loads_and_its_tables_are_read(
    release: Release, caplog: pytest.LogCaptureFixture
) -> None:
    croissant = pytest.importorskip("mlcroissant", reason="mlcroissant is not installed")
    with caplog.at_level("WARNING", logger="rdflib"):
        dataset = croissant.Dataset(jsonld=str(release.folder / "croissant.json"))
    assert not caplog.messages  # of names that are no addresses
    assert not dataset.metadata.ctx.issues.errors
    rows = list(dataset.records("city"))
    assert {row["city/id"].decode().rpartition("/")[2] for row in rows} == {"rome", "paris"}


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of the packages frictionless uses
def test_frictionless_accepts_the_tables(packaged_release: Release) -> None:
    frictionless = pytest.importorskip("frictionless", reason="frictionless is not installed")
    report = frictionless.validate(str(packaged_release.folder / "tables/datapackage.json"))
    assert report.valid, report.flatten(["title", "message"])[:5]
