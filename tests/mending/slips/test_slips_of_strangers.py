# ruff: noqa: E501 - one mistake a line reads best
"""Mistakes of other shapes: prefixes, ends exchanged, nesting, texts and dates of other systems.

Each is one mistake in the file of ``test_mistakes``, told as one finding that suffices to mend it.
"""

from __future__ import annotations

import pytest

import glocal_kg as gk
from tests.mending.test_mistakes import LINE, START, kg, the_one, told

assert kg  # the fixture, one graph for the module

# What is replaced in the file, by what; the cause, what to write, the line.
REPLACED = [
    ("/id/place/> .", "/id/area/> .", "declares place: as <https://w3id.org/glocal/id/area/>", "@prefix place: <https://w3id.org/glocal/id/place/> .", 1),
    ("/id/place/> .", "/id/places/> .", "declares place: as <https://w3id.org/glocal/id/places/>", "@prefix place: <https://w3id.org/glocal/id/place/> .", 8),
    ("rdf-schema#> .", "rdf-schema> .", "the sign at its end is missing", "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .", 9),
    ("/id/area/> .", "/id/area> .", "the sign at its end is missing", "@prefix area: <https://w3id.org/glocal/id/area/> .", 1),
    ("/id/area/> .", "/id/area#> .", "1 name begins with", "@prefix area: <https://w3id.org/glocal/id/area/> .", 1),
]  # fmt: skip

# What is added; its cause; what to write.
ADDED = [
    ("ex:project glocal:partOf ex:program .", "ex:project has no class", "Write ex:project a glocal:Project ."),
    ("ex:b glocal:partOf ex:c .", "ex:b has no class", "add its class, as a statement with a."),
    ("ex:seville <http://www.w3.org/ns/org#memberOf> <https://w3id.org/glocal/id/actor/uclg> .", "ex:seville has no class", "Say what it is"),
    ("place:kigali glocal:participant ex:choirs .", "the wrong way round", "ex:choirs glocal:participant place:kigali ."),
    ("ex:page-1 glocal:statedIn ex:choirs .", "the wrong way round", "ex:choirs glocal:statedIn ex:page-1 ."),
    ("area:sport glocal:theme ex:choirs .", "the wrong way round", "ex:choirs glocal:theme area:sport ."),
    ("ex:report glocal:fromSource ex:page-1 .", "the wrong way round", "ex:page-1 glocal:fromSource ex:report ."),
    ("place:italy glocal:locatedIn ex:turin .", "place:italy is a country, and ex:turin a city", "ex:turin glocal:locatedIn place:italy ."),
    ("ex:choirs glocal:participant 'https://w3id.org/glocal/id/place/kigali' .", "is text", "ex:choirs glocal:participant place:kigali ."),
    ("ex:choirs glocal:participant 'place:kigali' .", "is text", "ex:choirs glocal:participant place:kigali ."),
    ("ex:choirs glocal:participant <https://w3id.org/glocal/id/place/k%69gali> .", "Did you mean place:kigali?", "ex:choirs glocal:participant place:kigali ."),
    ("ex:choirs glocal:participant ex:choirs .", "It points at itself", ""),
    ("ex:choirs schema:startDate '2003-13-01'^^xsd:date .", "there is no month 13", '"2003"^^xsd:gYear'),
    ("ex:choirs schema:startDate '2003-02-30'^^xsd:date .", "2003-02 has no day 30", '"2003-02"^^xsd:gYearMonth'),
    ("ex:choirs schema:startDate '2003-05-13T00:00:00'^^xsd:dateTime .", "is xsd:dateTime", '"2003-05-13"^^xsd:date'),
    ("ex:choirs schema:startDate '2003-2005' .", "is plain text", 'schema:startDate "2003"^^xsd:gYear ; schema:endDate "2005"^^xsd:gYear .'),
    ("ex:choirs schema:startDate '20003'^^xsd:gYear .", "The year 20003 has more than four digits", ""),
    ("ex:b a glocal:Cities ; rdfs:label 'B'@en .", "Did you mean glocal:City?", "ex:b a glocal:City ."),
    ("ex:b a glocal:Città ; rdfs:label 'B'@it .", "Did you mean glocal:City?", "ex:b a glocal:City ."),
    ("ex:b a glocal:Stadt ; rdfs:label 'B'@de .", "Did you mean glocal:City?", "ex:b a glocal:City ."),
    ("ex:choirs glocal:participants place:kigali .", "Did you mean glocal:participant?", "ex:choirs glocal:participant place:kigali ."),
    ("ex:choirs glocal:tema area:sport .", "Did you mean glocal:theme?", "ex:choirs glocal:theme area:sport ."),
    ("ex:b a schema:City ; rdfs:label 'B'@en . ex:choirs glocal:participant ex:b .", "ex:b is a schema:City, not a", "ex:b a glocal:City ."),
    ("ex:b a schema:Project ; rdfs:label 'B'@en .", "which no question looks at; glocal:Project is", "ex:b a glocal:Project ."),
    ("ex:b a 'City' ; rdfs:label 'B'@en .", '"City" is text, and a class is an IRI', "ex:b a glocal:City ."),
    ("ex:b a glocal:participant ; rdfs:label 'B'@en .", "glocal:participant is a property", "ex:b a glocal:"),
    ("ex:choirs glocal:City place:kigali .", "glocal:City is a class", "ex:choirs glocal:participant place:kigali ."),
    ("ex:b <http://www.w3.org/1999/02/22-rdf-syntax-ns#Type> glocal:City ; rdfs:label 'B'@en .", "rdf:Type does not exist", "ex:b rdf:type glocal:City ."),
    ("ex:turin geo:lat '45.07, 7.69' .", "is plain text, not a number", "ex:turin geo:lat 45.07 ; geo:long 7.69 ."),
    ("ex:turin geo:lat_long '45.07,7.69' .", "No map reads geo:lat_long", "ex:turin geo:lat 45.07 ; geo:long 7.69 ."),
    ("ex:turin geo:lat \"45°04'12\\\"N\" ; geo:long 7.69 .", "is plain text, not a number", "ex:turin geo:lat 45.0700 ."),
    ("ex:turin geo:lat 45.07 .", "has geo:lat and no geo:long", "Add geo:long"),
    ("ex:turin schema:geo [ a schema:GeoCoordinates ; schema:latitude 45.07 ; schema:longitude 7.69 ] .", "No map reads schema:geo", "ex:turin geo:lat 45.07 ; geo:long 7.69 ."),
    ("[] a glocal:Practice ; rdfs:label 'of no name'@en .", "has no glocal:statedIn", "[] glocal:statedIn ex:page-1 ."),
    ("[] a glocal:Participation ; glocal:ofParticipant place:kigali .", "Nothing leads to [ a glocal:Participation ]", "ex:choirs glocal:qualifiedParticipation [] ."),
    ("ex:choirs glocal:qualifiedParticipation [ glocal:ofParticipant place:kigali ; glocal:inRole role:partner ] .", "has no class, and should be a glocal:Participation", "ex:choirs glocal:qualifiedParticipation [ a glocal:Participation ; glocal:inRole role:partner ; glocal:ofParticipant place:kigali ] ."),
    ("ex:choirs glocal:participant [ glocal:ofParticipant place:kigali ; glocal:inRole role:partner ] .", "By what is said of it, it is a glocal:Participation", "ex:choirs glocal:qualifiedParticipation [ a glocal:Participation ; glocal:inRole role:partner ; glocal:ofParticipant place:kigali ] ."),
    ("ex:choirs glocal:inRole role:partner .", "glocal:inRole belongs to a glocal:Participation", "ex:choirs glocal:qualifiedParticipation [ a glocal:Participation ; glocal:inRole role:partner ] ."),
    ("ex:b a glocal:City ; rdfs:label ''@en .", "The text of rdfs:label is empty", ""),
    ("ex:b a glocal:City ; rdfs:label ' Lyon'@fr .", "begins or ends with a blank", 'ex:b rdfs:label "Lyon"@fr .'),
    ("ex:b a glocal:City ; rdfs:label 'S&atilde;o Paulo'@pt .", "it reads São Paulo", 'ex:b rdfs:label "São Paulo"@pt .'),
    ("ex:b a glocal:City ; rdfs:label 'SÃ£o Paulo'@pt .", "of UTF-8 read as Latin-1", 'ex:b rdfs:label "São Paulo"@pt .'),
    ("ex:choirs glocal:concerns ( place:kigali place:rome ) .", "A list in round brackets", "Write ex:choirs glocal:concerns place:kigali , place:rome ."),
    ("ex:choirs skos:altLabel ( 'choirs'@en 'cori'@it ) .", "A list in round brackets", "Write ex:choirs skos:altLabel \"choirs\"@en , \"cori\"@it ."),
    ("ex:choirs glocal:mentions () .", "A list in round brackets", "Leave the empty list out."),
    ("ex:choirs glocal:participant ( place:kigali place:rome ) .", "A list in round brackets", "ex:choirs glocal:participant place:kigali , place:rome ."),
    ("ex:choirs glocal:participant 'Kigali and Rome' .", "is text", "ex:choirs glocal:participant place:kigali , place:rome ."),
    ("ex:choirs schema:startTime '2004'^^xsd:gYear .", "No question reads schema:startTime", 'ex:choirs schema:startDate "2004"^^xsd:gYear .'),
    ("ex:turin glocal:governs ex:gov . ex:gov a glocal:Government ; rdfs:label 'City of Turin'@en .", "the wrong way round", "ex:gov glocal:governs ex:turin ."),
    ("ex:gov rdfs:label 'City of Turin'@en ; glocal:governs ex:turin .", "ex:gov has no class", "ex:gov a glocal:Government ."),
    ("ex:turin skos:altLabel '京都'@en .", "has no Latin letter", 'ex:turin skos:altLabel "京都"@zh .'),
    ("ex:choir a <http://www.w3.org/2002/07/owl#class> .", "owl:class does not exist", "ex:choir a owl:Class ."),
    ("ex:choirs skos:altLabel 'the meeting of the choirs'@uk .", "is marked @uk and reads like English", '"the meeting of the choirs"@en .'),
    ("ex:b a glocal:City ; rdfs:label '<b>Lyon</b>'@fr .", "has <b>, as in a web page; it reads Lyon", 'ex:b rdfs:label "Lyon"@fr .'),
    ("ex:b a glocal:City ; rdfs:label 'https://lyon.example/ville-verte.html'@fr .", "is an address, and rdfs:label has a name", 'ex:b rdfs:label "ville verte"@fr ; rdfs:seeAlso <https://lyon.example/ville-verte.html> .'),
    ("ex:b a glocal:City ; rdfs:label 'www.lyon.fr' .", "is an address", 'ex:b rdfs:label "lyon"@en ; rdfs:seeAlso <https://www.lyon.fr> .'),
    ("ex:turin geo:lat 'POINT(7.69 45.07)' .", "is plain text, not a number", "ex:turin geo:lat 45.07 ; geo:long 7.69 ."),
    ("ex:turin geo:lat_long 'SRID=4326;POINT(7.69 45.07)' .", "No map reads geo:lat_long", "ex:turin geo:lat 45.07 ; geo:long 7.69 ."),
    ("ex:turin <http://www.opengis.net/ont/geosparql#asWKT> 'Point (7.69 45.07)'^^<http://www.opengis.net/ont/geosparql#wktLiteral> .", "No map reads <http://www.opengis.net/ont/geosparql#asWKT>", "ex:turin geo:lat 45.07 ; geo:long 7.69 ."),
    ("ex:turin <http://www.opengis.net/ont/geosparql#hasGeometry> [ <http://www.opengis.net/ont/geosparql#asWKT> 'POINT (7.69 45.07)' ] .", "No map reads <http://www.opengis.net/ont/geosparql#hasGeometry>", "ex:turin geo:lat 45.07 ; geo:long 7.69 ."),
    ("ex:b a glocal:City ; rdfs:label '<i>\"Lyon\"</i>'@fr .", 'it reads "Lyon"', 'ex:b rdfs:label "\\"Lyon\\""@fr .'),
    ("ex:turin geo:lat 145.07 ; geo:long 7.69 .", "145.07 is more than 90", "ex:turin geo:lat 7.69 ; geo:long 145.07 ."),
    ("ex:turin glocal:locatedIn place:italy ; geo:lat 7.69 ; geo:long 45.070 .", "The point 7.69, 45.070 of ex:turin is not in Italy; with latitude and longitude exchanged it is", "ex:turin geo:lat 45.070 ; geo:long 7.69 ."),
    ("place:quito glocal:locatedIn ex:ec ; geo:lat 0.18 ; geo:long '+78.47'^^xsd:decimal . place:quito a glocal:City ; rdfs:label 'Quito'@es . ex:ec a glocal:Place ; rdfs:label 'Ecuador'@es ; glocal:kind kind:country .", "is not in Ecuador; with a minus sign it is", "geo:long -78.47 ."),
    ("ex:turin glocal:locatedIn ex:piemonte ; geo:lat 52.5 ; geo:long 13.4 . ex:piemonte a glocal:Place ; rdfs:label 'Piemonte'@it ; glocal:locatedIn place:italy .", "The point 52.5, 13.4 of ex:turin is not in Italy.", "Correct the point or the country after the source."),
    ("place:rome glocal:locatedIn place:france .", "which are two countries", "place:rome glocal:locatedIn place:italy ."),
    ("ex:choirs schema:startDate '1970'^^xsd:gYear ; schema:endDate '1960'^^xsd:gYear .", "before it starts in 1970", "Correct schema:startDate or schema:endDate after the source."),
    ("ex:choirs glocal:qualifiedParticipation [ a glocal:Participation ; glocal:ofParticipant place:kigali ; glocal:inRole role:host ] .", "There are role:funder", "[] glocal:inRole <one-of-these> ."),
    ("ex:b a glocal:City ; rdfs:label 'Rome'@en . ex:choirs glocal:participant ex:b .", "is also that of place:rome", "ex:choirs glocal:participant place:rome ."),
]  # fmt: skip

# What a parser stops at; the remedy.
UNREADABLE = [
    ("ex:b rdfs:label 'Turin'@en_US .", "Language tags have a hyphen: @en-US."),
    ("ex:choirs schema:startDate 2003-05-13 .", '"2003-05-13"^^xsd:date'),
    ("ex:b rdfs:label “Turin” .", 'Write straight quotes: " in place of “.'),
    ("ex:b rdfs:label 'Turin', glocal:theme area:sport .", "write a semicolon"),
    (
        "ex:b rdfs:label 'Turin' ; ex:c a glocal:City .",
        "End the statement before this one with a dot",
    ),
    ("ex:b is a glocal:City .", "Write a, a small letter alone"),
    ("// a note", "Comments begin with #."),
    ("/* a note */", "Comments begin with #."),
    ("-- a note", "Comments begin with #."),
    ("ex:b ex:open True .", "Write true in small letters."),
    ("ex:b ex:at 12:30 .", 'Write times in quotes with their type: "12:30"^^xsd:time.'),
    ("ex:b ex:has ( 1 2 .", "Close the bracket: ) before the dot."),
    ("{ ?x a ex:B } => { ?x a ex:C } .", "Rules and variables are Notation3"),
    ("ex:b ex:p ?x .", "Rules and variables are Notation3"),
    ("ex:b is ex:partOf of ex:c .", "Turn the statement round: Turtle has no 'is ex:partOf of'."),
    ("ex:b = ex:c .", "Write owl:sameAs in place of =."),
    ("ex:b rdfs:label 'Turin'@en", "write a dot at its end"),
    ('ex:b rdfs:label "Turin ;', "Close the text with a quote"),
    ("ex:b glocal:qualifiedParticipation [ a glocal:Participation .", "Close the bracket"),
    ("PREFIX p: <urn:p> .", "PREFIX has no dot at its end"),
    ("ex:b rdfs:label Turin .", "Give Turin a prefix, as in ex:Turin, or quotes"),
]


@pytest.mark.parametrize(("old", "new", "cause", "write", "line"), REPLACED)
def test_a_prefix_that_is_declared_wrong(
    kg: gk.KnowledgeGraph, old: str, new: str, cause: str, write: str, line: int
) -> None:
    report = told(kg, START.replace(old, new, 1))
    found = the_one(report, cause)
    assert write in found.remedy, report.to_text(None)
    assert found.line == line
    assert len(report.results) == 1, report.to_text(None)  # what follows from it is left out


@pytest.mark.parametrize(("added", "cause", "write"), ADDED)
def test_what_is_added_is_told(kg: gk.KnowledgeGraph, added: str, cause: str, write: str) -> None:
    report = told(kg, START + added + "\n")
    found = the_one(report, cause)
    assert write in found.remedy, report.to_text(None)
    assert found.line == LINE, report.to_text(None)
    assert "_:" not in report.to_text(None)  # marks of the store are nobody's names
    same = [one for one in report.results if "glocal:statedIn" not in one.remedy or one is found]
    assert same == [found], report.to_text(None)


def test_of_two_things_of_one_name_the_later_gets_another(kg: gk.KnowledgeGraph) -> None:
    second = START[START.index("ex:choirs a") : START.index("ex:page-1 a")]
    second = (
        second.replace("ex:choirs", "ex:choirs2")
        + "ex:choirs2 schema:startDate '1960'^^xsd:gYear ."
    )
    found = the_one(told(kg, START + second), "is also that of ex:choirs2")
    right = 'ex:choirs2 rdfs:label "meeting of choirs (1960)"@en .'
    assert found.remedy.endswith(f"Write {right}")
    renamed = second.replace('"meeting of choirs"', '"meeting of choirs (1960)"')
    assert told(kg, START + renamed).conforms


@pytest.mark.parametrize("value", ["1.6", "-0.2", '"1.6"', "250"])
def test_no_confidence_out_of_bounds_is_proposed(kg: gk.KnowledgeGraph, value: str) -> None:
    report = told(kg, START + f"ex:choirs glocal:confidence {value} .")
    found = next(one for one in report.results if str(one.path) == "glocal:confidence")
    assert "from 0 (not at all) to 1 (certain)" in found.remedy
    assert "Write" not in found.remedy


def test_a_second_reason_is_no_other_name(kg: gk.KnowledgeGraph) -> None:
    report = told(kg, START + 'ex:choirs glocal:reason "It lasts."@en , "It moves."@en .')
    assert "altLabel" not in the_one(report, "two values of glocal:reason").remedy


def test_what_is_out_of_bounds_either_way_is_not_exchanged(kg: gk.KnowledgeGraph) -> None:
    report = told(kg, START + "ex:turin geo:lat 145.07 ; geo:long 107.69 .")
    assert "Write" not in the_one(report, "145.07 is more than 90").remedy


def test_addresses_and_tags_stay_where_they_belong(kg: gk.KnowledgeGraph) -> None:
    text = """ex:turin skos:definition "see https://example.org/turin, a < b > c"@en ;
        rdfs:seeAlso <https://example.org/turin> ; skos:note "https://example.org/" ."""
    assert told(kg, START + text).conforms


@pytest.mark.parametrize(("added", "remedy"), UNREADABLE)
def test_what_cannot_be_read_says_what_to_write(
    kg: gk.KnowledgeGraph, added: str, remedy: str
) -> None:
    with pytest.raises(gk.ReadError) as caught:
        kg.add(gk.Text(START + added + "\n", "turtle", name="my.ttl"))
    assert remedy in str(caught.value)


@pytest.mark.parametrize("text", ["name,city\nchoirs,Rome\n", "SELECT * WHERE { ?s ?p ?o }"])
def test_what_is_no_data_is_told(kg: gk.KnowledgeGraph, text: str) -> None:
    with pytest.raises(gk.ReadError, match=r"glocal (import|query)"):
        kg.add(gk.Text(text, "turtle"))


def test_files_of_strangers_get_no_advice_of_ours(kg: gk.KnowledgeGraph) -> None:
    text = """@prefix ex: <https://example.org/> .
        @prefix schema: <https://schema.org/> .
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        ex:a a schema:City ; rdfs:label "Lyon" . ex:b rdfs:label "b" ; schema:geo ex:point ."""
    report = told(kg, text)
    assert "glocal:" not in "".join(one.cause + one.remedy for one in report.results)
    assert "ex:b has no class" in "".join(one.cause for one in report.results)


def test_what_only_the_user_knows_stands_as_a_blank_that_conforms_once_filled(
    kg: gk.KnowledgeGraph,
) -> None:
    alone = START[: START.index("ex:page-1 a")].replace(" ; glocal:statedIn ex:page-1", "")
    report = told(kg, alone)
    found = the_one(report, "has no glocal:statedIn")
    written = found.remedy.partition("Write ")[2]
    assert written.startswith("ex:choirs glocal:statedIn <your-passage> .")
    assert "passage:" not in found.remedy
    filled = written.replace("<your-passage>", "ex:p").replace("<your-source>", "ex:s")
    assert told(kg, alone + filled).conforms
    two = (
        START + "ex:page-2 a glocal:Passage ; rdfs:label 'p. 2'@en ; glocal:fromSource ex:report ."
    )
    two += " ex:b a glocal:Practice ; rdfs:label 'b'@en . ex:choirs glocal:statedIn ex:page-2 ."
    found = the_one(told(kg, two), "b has no glocal:statedIn")
    assert "glocal:fromSource ex:report ." in found.remedy
    assert "<your-source>" not in found.remedy


BOX = """@prefix sh: <http://www.w3.org/ns/shacl#> .
[] a sh:NodeShape ; sh:targetClass glocal:City ; sh:property [ sh:path geo:lat ; sh:minInclusive 50 ] ,
  [ sh:path geo:long ; sh:maxInclusive 5 ] .
"""


@pytest.mark.parametrize(
    ("added", "write"),
    [
        ("ex:turin geo:lat 45.07 ; geo:long 7.69 .", ""),  # a right point, which the shape refuses
        ("ex:turin geo:lat -95 ; geo:long 7.69 .", ""),  # exchanged, 7.69 is still below 50
        ("ex:turin geo:lat 145.07 ; geo:long 7.69 .", "geo:lat 7.69 ; geo:long 145.07"),
        # Exchanged, it would not lie in Italy.
        ("ex:turin glocal:locatedIn place:italy ; geo:lat 145.07 ; geo:long 7.69 .", ""),
    ],
)
def test_coordinates_are_exchanged_only_where_that_is_right(
    kg: gk.KnowledgeGraph, added: str, write: str
) -> None:
    report = told(kg, START + BOX.partition("\n")[0] + "\n" + added + BOX.partition("\n")[2])
    written = [
        one.remedy for one in report.results if "geo:lat" in one.remedy.partition("Write ")[2]
    ]
    assert all(write and write in one for one in written), report.to_text(None)
    assert bool(written) == bool(write), report.to_text(None)
