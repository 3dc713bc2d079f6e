"""Each item that looks at files passes a sound ontology and finds the fault put into it."""

from __future__ import annotations

import pytest

from glocal_kg import Text
from glocal_kg._quality import check, items
from glocal_kg._quality.extent import SCOPES
from glocal_kg._quality.item import SEVERITIES
from tests.quality.cases import CASES, Case
from tests.quality.gardens import SOUND, TODAY, look

ELSEWHERE = {2, 87, 89, 92, 131}
"""Items of files with tests of their own, below."""

OF_RELEASES = {11, 16, *range(110, 127), 128, 129, 130, 132, 133, 135, 142, 153, 154}
"""Items with examples in ``test_releases.py``."""


def test_nothing_is_wrong_with_the_sound_ontology():
    report = look(SOUND)
    assert report.at_least("info") == []
    assert report.conforms


def test_each_item_that_looks_at_files_has_an_example():
    own = {case.item for case in CASES} | ELSEWHERE
    computable = {item.number for item in items() if item.run is not None}
    assert own | OF_RELEASES == computable
    assert not own & OF_RELEASES


@pytest.mark.parametrize("number", sorted({case.item for case in CASES}))
def test_an_item_sees_something_and_passes(number: int):
    outcome = look(SOUND, number).outcome(number)
    assert (outcome.state, outcome.found) == ("passed", ())
    assert outcome.looked_at > 0


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.item}-{case.said or case.subject}")
def test_an_item_finds_its_fault(case: Case):
    assert case.old in SOUND
    text = SOUND.replace(case.old, case.new) if case.old else f"{SOUND}\n{case.new}\n"
    outcome = look(text, case.item).outcome(case.item)
    assert outcome.state == "failed"
    found = [one for one in outcome.open if one.subject.startswith(case.subject)]
    assert found, [(one.subject, one.evidence) for one in outcome.open]
    assert any(case.said in one.evidence for one in found), [one.evidence for one in found]
    assert all(one.evidence and one.remedy and one.severity in SEVERITIES for one in outcome.open)


def test_formats_of_one_graph_are_compared():
    turtle = '<urn:a> <urn:b> "1.50" ; <urn:c> [ <urn:d> "e" ] .'
    same = '<urn:a> <urn:b> "1.50" .\n<urn:a> <urn:c> _:x .\n_:x <urn:d> "e" .\n'
    for lines, state in ((same, "passed"), (same.replace("1.50", "1.5"), "failed")):
        files = [Text(turtle, "turtle", name="one.ttl"), Text(lines, "ntriples", name="one.nt")]
        outcome = check(files, only=[2]).outcome(2)
        assert (outcome.state, outcome.looked_at) == (state, 2)
    assert look(SOUND, 2).outcome(2).reason == "no graph is given in two formats"


def test_reuse_of_other_vocabularies():
    alone = "<urn:x:o#A> a <http://www.w3.org/2002/07/owl#Class> ."
    assert look(alone, 89).outcome(89).state == "failed"
    below = f"{alone} <urn:x:o#A> <http://www.w3.org/2004/02/skos/core#note> 'n' ."
    assert look(below, 89).outcome(89).state == "passed"


@pytest.mark.parametrize(
    "same", ["http://www.w3.org/2002/07/owl#sameAs", "https://schema.org/sameAs"]
)
@pytest.mark.parametrize(("links", "state"), [(50, "passed"), (49, "failed")])
def test_fifty_links(links: int, state: str, same: str):
    rdfs = "http://www.w3.org/2000/01/rdf-schema#"
    text = "".join(
        f"<https://example.org/id/{n}> a <https://example.org/Thing> ; <{rdfs}label> '{n}' .\n"
        for n in range(50)
    )
    text += "".join(
        f"<https://example.org/id/{n}> <{same}> <http://www.wikidata.org/entity/Q{n + 1}> .\n"
        for n in range(links)
    )
    assert look(text, 92).outcome(92).state == state
    assert look(SOUND, 92).outcome(92).reason == "there are fewer than 50 things to link"


def test_a_comment_beside_a_definition_defines_nothing():
    old = 'skos:definition "A plant with a trunk made of wood."@en ;'
    comment = 'rdfs:comment "Which trees?"@en ;'
    beside = look(SOUND.replace(old, f"{old} {comment}"), 47).outcome(47)
    alone = look(SOUND.replace(old, comment), 47).outcome(47)
    assert (beside.state, alone.state) == ("passed", "failed")


def test_things_of_a_class_that_needs_no_label_need_none():
    bare = SOUND.replace('rdfs:label "oak"@en ;', "")
    note = "ex:Tree <http://www.w3.org/2004/02/skos/core#scopeNote> '{}'@en ."
    for text, state in (("A tree needs no label.", "passed"), ("No labeling of trees.", "failed")):
        assert look(f"{bare}\n{note.format(text)}\n", 99).outcome(99).state == state


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xef\xbb\xbf<urn:a> <urn:b> <urn:c> .\n", "byte order mark"),
        (b"<urn:a> <urn:b> <urn:c> .\r\n", "Windows"),
        (b"<urn:a> <urn:b> '\xe9' .\n", "UTF-8"),
        (b"<a> <urn:b> <urn:c> .\n", "IRI"),
        (b"<urn:a> <urn:b> <urn:c> .\n", ""),
    ],
)
def test_plain_text(content: bytes, said: str):
    outcome = check([Text(content, "turtle", name="a.ttl")], only=[131]).outcome(131)
    assert [said in one.evidence for one in outcome.found] == ([True] if said else [])


def test_many_ways_of_naming_are_one_finding():
    owl = "http://www.w3.org/2002/07/owl#"
    names = ("Big_Tree", "BigBush", "big-herb", "a_moss")
    text = "".join(f"<https://example.org/o#{one}> a <{owl}Class> .\n" for one in names)
    found = look(text, 12).outcome(12).open
    assert [(one.subject, one.evidence) for one in found] == [
        ("gardens.trig", "Of 4 classes only 2 are in Upper_Snake.")
    ]


def test_a_nameless_subject_is_told_by_what_it_belongs_to():
    text = SOUND.replace("foaf:homepage", "rdfs:seeAlso [ rdfs:label ' x'@en ] ; foaf:homepage")
    found = look(text, 49).outcome(49).open
    assert [one.subject for one in found] == ["https://w3id.org/gardens/onto"]
    assert found[0].evidence.endswith("(A nameless thing that belongs to it.)")
    assert found[0].line > 1


def test_classes_of_a_class_of_classes_are_classes():
    rdfs = "http://www.w3.org/2000/01/rdf-schema#"
    text = (
        f"<urn:o#Kind> a <{rdfs}Class> ; <{rdfs}subClassOf> <{rdfs}Class> . "
        f"<urn:o#Tree> a <urn:o#Kind> . <urn:oak> a <urn:o#Tree> ; <{rdfs}label> 'oak' ."
    )
    report = look(text, 41, 44)
    assert report.outcome(41).state == "passed"
    assert {one.subject for one in report.outcome(44).open} == {"urn:o#Kind", "urn:o#Tree"}


def test_a_stated_pattern_is_a_policy_too():
    void = "<https://example.org/d> <http://rdfs.org/ns/void#uriRegexPattern> '/id/[0-9]+$' ."
    thing = "<https://example.org/id/{}> a <https://example.org/Thing> ."
    assert look(void + thing.format(7), 13).outcome(13).state == "passed"
    assert look(void + thing.format("x"), 13).outcome(13).state == "failed"
    assert "no form is stated" in look(thing.format(7), 13).outcome(13).reason


def test_our_form_is_no_policy_for_the_names_of_others():
    ours = "<https://w3id.org/glocal/id/{}> a <https://example.org/Thing> ."
    thing = "<https://example.org/id/7> a <https://example.org/Thing> ."
    stated = "<https://example.org/d> <http://rdfs.org/ns/void#uriSpace> 'https://example.org/x/' ."
    assert look(thing + ours.format("place/rome"), 13).outcome(13).state == "passed"
    found = look(thing + ours.format("my/rome"), 13).outcome(13).open
    assert [one.subject for one in found] == ["https://w3id.org/glocal/id/my/rome"]
    found = look(stated + thing + ours.format("place/rome"), 13).outcome(13).open
    assert [one.subject for one in found] == ["https://example.org/id/7"]


def test_a_variant_comes_from_the_passage_it_is_part_of():
    glocal, label = (
        "https://w3id.org/glocal/ontology#",
        "http://www.w3.org/2000/01/rdf-schema#label",
    )
    variant = f"<urn:v> a <{glocal}Variant> ; <{label}> 'a or b'@en"
    assert look(f"{variant} ; <{glocal}partOf> <urn:page> .", 99).outcome(99).state == "passed"
    assert look(f"{variant} .", 99).outcome(99).state == "failed"


def test_a_second_engine_is_asked_where_that_is_wanted():
    outcome = look(SOUND, 95, thorough=True).outcome(95)
    assert outcome.state == "passed"
    assert "fast: 3 shapes looked at 6 nodes" in outcome.note
    assert "pyshacl: " in outcome.note


def test_evidence_of_what_was_seen():
    report = look(SOUND, 77, 83, 89, 92, 106)
    assert report.outcome(83).note == "7 classes, 6 without one below, 1 deep"
    assert "skos" in report.outcome(89).note.split(", ")
    assert report.outcome(106).note == "7 of 7 classes with members; 7 of 7 properties in use"
    assert "facts follow" in report.outcome(77).note
    assert report.outcome(83).note in report.to_text(all=True)


def test_questions_need_reason_and_answer():
    from glocal_kg._quality.material import Material, packaged_files
    from glocal_kg._quality.running import report_on

    whole = Material(packaged_files(), packaged=True, today=TODAY)
    outcome = report_on(whole, [], [87]).outcome(87)
    assert outcome.state == "passed"
    assert outcome.looked_at >= 30
    bare = Material(packaged_files()[:2], packaged=True, today=TODAY)
    found = report_on(bare, [], [87]).outcome(87).open
    assert any("no answer" in one.evidence for one in found)


def test_every_scope_is_used_and_says_why_there_is_nothing():
    used = {item.of for item in items() if item.run is not None}
    assert used == SCOPES.keys()
    assert all(scope.none and scope.things for scope in SCOPES.values())


def test_each_item_has_words_and_a_way():
    titles = [item.title for item in items()]
    assert len(set(titles)) == len(titles) == 157
    for item in items():
        assert item.title[0].isupper()
        assert not item.title.endswith(".")
        if item.run is None:
            assert item.how in ("web", "server", "reader")
            assert item.reason
        else:
            assert item.how in ("query", "code")
            assert item.remedy


def test_the_graph_of_an_ontology_is_no_graph_of_data() -> None:
    from glocal_kg import Text
    from glocal_kg._quality.extent import SCOPES
    from glocal_kg._quality.material import Material, read_files

    onto = "<urn:onto> <urn:p> <urn:o> . <urn:onto> a <http://www.w3.org/2002/07/owl#Ontology> ."
    text = f"GRAPH <urn:onto> {{ {onto} }} GRAPH <urn:data> {{ <urn:a> <urn:p> <urn:b> }}"
    material = Material(read_files([Text(text, "trig")]), packaged=False)
    assert SCOPES["data-graphs"].count(material) == 1


@pytest.mark.parametrize("way", ["asserts", "denies"])
def test_what_is_said_comes_from_where_somebody_says_it(way: str) -> None:
    text = f"""@prefix glocal: <https://w3id.org/glocal/ontology#> .
    @prefix ex: <https://example.org/> .
    @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    ex:report a glocal:Source ; rdfs:label "report"@en .
    ex:page a glocal:Passage ; rdfs:label "page"@en ; glocal:fromSource ex:report .
    ex:said a glocal:Proposition ; rdfs:label "All is well."@en ; glocal:subject ex:report .
    ex:a a glocal:Assertion ; glocal:{way} ex:said ; glocal:statedIn ex:page .
    """
    whole, cut = (
        check([Text(told, "turtle", name="mine.ttl")], only=[99]).outcome(99)
        for told in (text, text.replace("; glocal:statedIn ex:page", ""))
    )
    assert (whole.state, cut.state) == ("passed", "failed")
