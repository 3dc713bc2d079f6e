# ruff: noqa: E501 - one mistake a line reads best
"""Typical mistakes in a file of one's own are told in words that suffice to mend them.

Each case is a file with one mistake: the finding that names its true cause is there, with file,
line, thing, value, cause, remedy and the Turtle to write. Forty come from people who tried, and
forty more are below.
"""

from __future__ import annotations

from pathlib import Path

import pytest

import glocal_kg as gk
from glocal_kg._glocal.migrate import migrate

SHARED = Path(__file__).parents[3] / "shared/review/inputs/mistakes"

# File, what the cause says, what is to be written, at which line; a read error has its own text.
OF_OTHERS = {
    "m01": ("glocal:Practise is no class of the ontology. Did you mean glocal:Practice?",
            "ex:choirs a glocal:Practice ."),
    "m02": ("glocal:inAreas is no property", "ex:choirs glocal:theme area:culture ."),
    "m03": ("glocal:inarea is no property", "ex:choirs glocal:theme area:culture ."),
    "m04": ("Did you mean glocal:hasAim?", "ex:choirs glocal:hasAim ex:aim1 ."),
    "m05": ("Did you mean glocal:statedIn?", "ex:choirs glocal:statedIn ex:page-1 ."),
    "m06": ('"culture" is text, and glocal:theme leads to a', "glocal:theme area:culture ."),
    "m07": ("Nothing is said of area:cultur. Did you mean area:culture?", "theme area:culture ."),
    "m08": ("Did you mean place:rome?", "glocal:ofParticipant place:rome ."),
    "m09": ("Nothing is said of role:host. There are role:funder", "such as role:promoter"),
    "m10": ("ex:choirs has no rdfs:label", 'ex:choirs rdfs:label "'),
    "m11": ('"meeting of choirs" has no language and reads like English', '"meeting of choirs"@en .'),
    "m12": ("are two values of rdfs:label in one language", "ex:choirs skos:altLabel"),
    "m13": ('"incontro di cori" is marked @en and reads like Italian', '"incontro di cori"@it .'),
    "m14": ("there is no language 'english'", '"meeting of choirs"@en .'),
    "m15": ('"1959" is plain text, not xsd:gYear', '"1959"^^xsd:gYear .'),
    "m16": ('"12/05/1959" is plain text, not xsd:gYear', '"1959-05-12"^^xsd:date .'),
    "m17": ("is not written as xsd:date is: 2002-12-10", '"1959-05-12"^^xsd:date .'),
    "m18": ("is xsd:integer, not xsd:gYear", '"1959"^^xsd:gYear .'),
    "m19": ("begins with <http://schema.org/>", "@prefix schema: <https://schema.org/> ."),
    "m20": ("It ends in 1959, before it starts in 1999", "Correct schema:startDate or schema:endDate"),
    "m21": ("No question reads dcterms:date", 'ex:choirs schema:startDate "1959"^^xsd:gYear .'),
    "m22": ("place:rome is a glocal:City, not a glocal:Participation",
            "ex:choirs glocal:qualifiedParticipation ex:choirs-in-rome ."),
    "m23": ('"Rome" is text, and glocal:ofParticipant leads to', "ofParticipant place:rome ."),
    "m24": ("rdfs:lable does not exist", 'ex:choirs rdfs:label "meeting of choirs"@en .'),
    "m25": None,  # a label of SKOS is a name, in the second edition
    "m26": ("meeting of choirs has no glocal:statedIn", "ex:choirs glocal:statedIn ex:page-1 ."),
    "m27": ("ex:report is a glocal:Source, not a glocal:Passage", "glocal:statedIn ex:page-1 ."),
    "m31": ("begin with <https://w3id.org/glocal#>",
            "@prefix glocal: <https://w3id.org/glocal/ontology#> ."),
    "m32": ("Nothing is said of ex:city-turin", "ex:city-turin a glocal:City ; rdfs:label"),
    "m33": ('"1" is plain text, not xsd:integer', "ex:choirs schema:position 1 ."),
    "m34": ("It lies in ex:germany and in place:italy, which are two countries", "Keep the one"),
    "m35": ("ex:choirs has no class", "ex:choirs a glocal:Practice ."),
    "m36": ('"191.0" is plain text, not a number', "ex:c geo:lat 191.0 ."),
    "m38": ("It is concluded from ex:page-1, and nothing says why", "Add glocal:reason"),
    "m40": ("glocal:Town is no class", "ex:t a glocal:City ."),
}  # fmt: skip
UNREADABLE = {
    "m28": (":14:", "@prefix role: <https://w3id.org/glocal/id/role/> ."),
    "m29": (":14:", "End the statement before this place with a dot"),
    "m30": (":17:", "write %20 for a blank"),
    "m37": ("m37.ttl: ", "The file is empty"),
    "m39": (":12:", "Save the file in UTF-8"),
}

START = """\
@prefix area: <https://w3id.org/glocal/id/area/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix ex: <https://example.org/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix geo: <http://www.w3.org/2003/01/geo/wgs84_pos#> .
@prefix glocal: <https://w3id.org/glocal/ontology#> .
@prefix kind: <https://w3id.org/glocal/id/kind/> .
@prefix place: <https://w3id.org/glocal/id/place/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix role: <https://w3id.org/glocal/id/role/> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

ex:choirs a glocal:Practice ; rdfs:label "meeting of choirs"@en ; glocal:theme area:culture ;
    glocal:participant place:rome ; glocal:statedIn ex:page-1 .
ex:page-1 a glocal:Passage ; rdfs:label "report, page 1"@en ; glocal:fromSource ex:report .
ex:report a glocal:Source ; rdfs:label "report on choirs"@en .
ex:turin a glocal:City ; rdfs:label "Turin"@en ; glocal:statedIn ex:page-1 .
"""
LINE = START.count("\n") + 1  # of what a mistake adds

# What is added to the file; its cause; what to write.
ADDED = [
    ("ex:choirs glocal:Theme area:sport .", "glocal:Theme is no property", "glocal:theme area:sport"),
    ("ex:choirs glocal:particpant place:paris .", "Did you mean glocal:participant?",
     "ex:choirs glocal:participant place:paris ."),
    ("ex:turin glocal:located_in place:italy .", "Did you mean glocal:locatedIn?",
     "ex:turin glocal:locatedIn place:italy ."),
    ("ex:choirs glocal:hasTheme area:sport .", "glocal:hasTheme is no property",
     "ex:choirs glocal:theme area:sport ."),
    ("ex:turin rdfs:Label 'Torino'@it .", "rdfs:Label does not exist", "rdfs:label \"Torino\"@it"),
    ("ex:turin skos:altlabel 'Torino'@it .", "skos:altlabel does not exist", "skos:altLabel"),
    ("ex:report dcterms:creater ex:choirs .", "dcterms:creater does not exist", "dcterms:creator"),
    ("ex:p a foaf:Persson ; rdfs:label 'Ada'@en .", "foaf:Persson does not exist", "ex:p a foaf:Person"),
    ("ex:g a skos:ConceptSchema ; rdfs:label 'my list'@en .", "skos:ConceptSchema does not exist",
     "ex:g a skos:ConceptScheme ."),
    ("ex:choirs geo:latt '41.9'^^xsd:decimal .", "geo:latt does not exist", "geo:lat"),
    ("ex:choirs schema:startdate '1959'^^xsd:gYear .", "schema:startdate does not exist",
     'ex:choirs schema:startDate "1959"^^xsd:gYear .'),
    ("ex:b a glocal:Citty ; rdfs:label 'B'@en .", "Did you mean glocal:City?", "ex:b a glocal:City ."),
    ("ex:b a glocal:city ; rdfs:label 'B'@en .", "Did you mean glocal:City?", "ex:b a glocal:City ."),
    ("ex:b a glocal:NGO ; rdfs:label 'B'@en .", "Did you mean glocal:Actor?",
     "ex:b a glocal:Actor ."),
    ("ex:b a glocal:Municipality ; rdfs:label 'B'@en .", "Did you mean glocal:City?",
     "ex:b a glocal:City ."),
    ("ex:choirs glocal:theme area:sports .", "Did you mean area:sport?", "glocal:theme area:sport ."),
    ("ex:choirs glocal:theme 'Sport' .", '"Sport" is text', "ex:choirs glocal:theme area:sport ."),
    ("ex:choirs glocal:participant 'Kigali' .", '"Kigali" is text',
     "ex:choirs glocal:participant place:kigali ."),
    ("ex:choirs glocal:participant place:roma .", "Did you mean place:rome?",
     "ex:choirs glocal:participant place:rome ."),
    ("ex:choirs glocal:participant ex:lyon .", "Nothing is said of ex:lyon",
     'ex:lyon a glocal:City ; rdfs:label "Lyon"@en .'),
    ("ex:choirs glocal:statedIn 'page 4' .", '"page 4" is text', "glocal:statedIn <your-passage> . <your-passage> a glocal:Passage"),
    ("ex:choirs schema:startDate 'May 1959' .", '"May 1959" is plain text', '"1959-05"^^xsd:gYearMonth'),
    ("ex:choirs schema:startDate '1959-5-2'^^xsd:date .", "is not written as xsd:date is",
     '"1959-05-02"^^xsd:date'),
    ("ex:choirs schema:startDate '31.12.1999' .", "is plain text, not xsd:gYear",
     '"1999-12-31"^^xsd:date'),
    ("ex:choirs schema:startDate '1959'^^xsd:year .", "is xsd:year, not xsd:gYear",
     '"1959"^^xsd:gYear'),
    ("ex:report dcterms:extent '5'^^xsd:int32 .", "There is no datatype xsd:int32", '"5"^^xsd:int'),
    ("ex:turin geo:lat '45,07' ; geo:long 7.69 .", '"45,07" is plain text, not a number',
     "ex:turin geo:lat 45.07 ."),
    ("ex:turin geo:lat '45.07' ; geo:long 7.69 .", '"45.07" is plain text, not a number',
     "ex:turin geo:lat 45.07 ."),
    ("ex:turin geo:lat 145.07 ; geo:long 7.69 .", "145.07 is more than 90", "Give one latitude"),
    ("ex:turin rdfs:label 'Torino'@italian .", "there is no language 'italian'", '"Torino"@it .'),
    ("ex:turin rdfs:label 'Torino'@ita .", "ita is the tag of no language", '"Torino"@it .'),
    ("ex:turin skos:altLabel 'Turín'@sp .", "there is no language 'sp'", "ex:turin skos:altLabel"),
    ("ex:turin rdfs:label 'Torino'@en .", "are two values of rdfs:label in one language",
     'ex:turin skos:altLabel "Turin"@en .'),
    ("ex:turin skos:definition 'la città delle fontane del Piemonte'@en .", "reads like Italian",
     "del Piemonte\"@it ."),
    ("ex:lyon rdfs:label 'Lyon'@fr ; glocal:locatedIn place:france .", "ex:lyon has no class",
     "ex:lyon a glocal:"),
    ("ex:turin glocal:locatedIn place:italy , place:france .", "which are two countries", "Keep the one"),
    ("ex:turin dcterms:spatial place:italy .", "reads dcterms:spatial",
     "ex:turin glocal:locatedIn place:italy ."),
    ("ex:b a glocal:City ; schema:name 'B' ; glocal:statedIn ex:page-1 .", "reads schema:name",
     'ex:b rdfs:label "B" .'),
    ("ex:choirs <http://schema.org/endDate> '1960'^^xsd:gYear .", "<http://schema.org/>",
     "@prefix schema: <https://schema.org/> ."),
    ("ex:b a <http://w3id.org/glocal/ontology#City> ; rdfs:label 'B'@en .",
     "<http://w3id.org/glocal/ontology#>", "@prefix glocal: <https://w3id.org/glocal/ontology#> ."),
    ("ex:b a <https://w3id.org/glocal/ontology/City> ; rdfs:label 'B'@en .",
     "<https://w3id.org/glocal/ontology/>", "@prefix glocal: <https://w3id.org/glocal/ontology#> ."),
    ("ex:choirs glocal:theme <https://www.w3id.org/glocal/id/area/sport> .",
     "<https://www.w3id.org/glocal/id/area/>", "@prefix area: <https://w3id.org/glocal/id/area/> ."),
    ("ex:turin <http://www.w3.org/2000/01/rdf-schema/label> 'Torino'@it .",
     "<http://www.w3.org/2000/01/rdf-schema/>",
     "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> ."),
    ("ex:choirs schema:startDate '1970'^^xsd:gYear ; schema:endDate '1960'^^xsd:gYear .",
     "It ends in 1960, before it starts in 1970", "Correct schema:startDate"),
]  # fmt: skip


@pytest.fixture(scope="module")
def kg() -> gk.KnowledgeGraph:
    graph = gk.load()
    graph.validate()
    return graph


def told(kg: gk.KnowledgeGraph, text: str, name: str = "my.ttl") -> gk.Report:
    """What is said of a text; the graph is afterwards as it was."""
    before, prefixes = len(kg), kg.prefixes
    kg.add(gk.Text(text, "turtle", name=name))
    try:
        return kg.validate(source="mine")
    finally:
        kg.clear(name)
        kg.prefixes = prefixes
        assert len(kg) == before


def the_one(report: gk.Report, cause: str) -> gk.Finding:
    found = [one for one in report.results if cause in one.cause]
    assert len(found) == 1, report.to_text(None)
    return found[0]


needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the inputs of the review are absent")


@needs_shared
@pytest.mark.parametrize("name", OF_OTHERS)
def test_the_mistakes_of_others(kg: gk.KnowledgeGraph, name: str) -> None:
    text = migrate((SHARED / f"{name}.ttl").read_text(encoding="utf-8"), source=name).text
    report = told(kg, text)
    expected = OF_OTHERS[name]
    if expected is None:
        assert report.conforms
        return
    cause, remedy = expected
    one = the_one(report, cause)
    assert remedy in one.remedy
    assert one.line is not None
    assert one.source == "my.ttl"
    assert one.focus is not None
    assert len(report.results) <= 2, report.to_text(None)


@needs_shared
@pytest.mark.parametrize("name", UNREADABLE)
def test_files_of_others_that_cannot_be_read(kg: gk.KnowledgeGraph, name: str) -> None:
    with pytest.raises(gk.ReadError) as raised:
        kg.add(SHARED / f"{name}.ttl")
    place, remedy = UNREADABLE[name]
    assert place in str(raised.value)
    assert remedy in str(raised.value)


@needs_shared
def test_no_mistake_of_the_list_is_left_out() -> None:
    listed = (SHARED / "mistakes.tsv").read_text(encoding="utf-8").splitlines()[1:]
    assert {line[:3] for line in listed} == {*OF_OTHERS, *UNREADABLE}


def test_the_file_itself_is_right(kg: gk.KnowledgeGraph) -> None:
    report = told(kg, START)
    assert report.conforms
    assert report.things == (4, 4)
    assert report.to_text() == "Conforms. Looked at 4 of your 4 things."


@pytest.mark.parametrize(("added", "cause", "remedy"), ADDED)
def test_a_mistake_is_told_so_that_one_can_mend_it(kg, added, cause, remedy) -> None:
    report = told(kg, f"{START}{added}\n")
    one = the_one(report, cause)
    assert remedy in one.remedy
    place = f"my.ttl:{LINE - ('one language' in cause)}"  # the first of two names
    assert one.place == place, report.to_text(None)
    assert one.cause.rstrip()[-1] in ".?"
    assert one.remedy.rstrip()[-1] == "."
    assert place in report.to_text()
    assert cause in report.to_text()
    assert len(report.results) <= 2, report.to_text(None)


def test_there_are_forty_of_our_own() -> None:
    assert len(ADDED) >= 40


def test_findings_many_and_few_show_beside_each_other(kg: gk.KnowledgeGraph) -> None:
    made = [f"ex:a{n} a glocal:City ; glocal:statedIn ex:page-1 ." for n in range(40)]
    made += [f"ex:choirs schema:startDate '0{n}/05/1959' ." for n in range(1, 4)]
    report = told(kg, START + "\n".join(made))
    text = report.to_text()
    assert "40 violations at rdfs:label|skos:prefLabel" in text
    assert "3 violations at schema:startDate" in text
    assert f"my.ttl:{LINE}  ex:a0: ex:a0 has no rdfs:label" in text
    assert "... and 35 more" in text
    assert "--all" in text
    assert report.to_text(None).count("ex:a39") > 0
    assert "ex:a39" not in text


def test_after_edits_the_report_is_that_of_a_fresh_graph(kg: gk.KnowledgeGraph) -> None:
    text = START + "ex:choirs rdfs:lable 'x' .\nex:b a glocal:Citty ; rdfs:label 'B'@en .\n"
    kg.add(gk.Text(START, "turtle", name="my.ttl"))
    kg.validate()
    kg.replace(gk.Text(text, "turtle", name="my.ttl"))
    followed = list(kg.validate().results)
    kg._told = kg._followed = None
    assert followed
    assert followed == list(kg.validate().results)
    kg.replace(gk.Text(START, "turtle", name="my.ttl"))
    assert kg.validate().conforms
    kg.clear("my.ttl")


def test_the_iris_of_ontologies_are_in_no_wrong_namespace(kg: gk.KnowledgeGraph) -> None:
    text = (
        "@prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
        "<https://w3id.org/glocal/ontology> a owl:Ontology ;\n"
        "  owl:versionIRI <https://w3id.org/glocal/ontology/9.9> ;\n"
        "  owl:imports <http://www.w3.org/ns/prov-o#> ;\n"
        "  <https://schema.org/codeRepository> <https://w3id.org/glocal/code> .\n"
    )
    kg.add(gk.Text(text, "turtle", name="ontology.ttl"))
    assert not [one for one in kg.validate(source="mine").results if "namespace" in one.shape]


def test_what_has_no_class_is_told_once_and_not_taken_for_another(kg: gk.KnowledgeGraph) -> None:
    """Where no shape speaks of it, because what uses it has no class either."""
    place = "<https://w3id.org/glocal/id/place/gotham>"
    added = f"ex:b glocal:participant {place} . {place} rdfs:label 'Gotham'@en ."
    with kg.copy() as mine:
        mine.add(gk.Text(START + added, "turtle"))
        causes = [one.cause for one in mine.validate().results if "gotham" in str(one.focus)]
    assert causes == ["place:gotham has no class, so no question finds it."]
