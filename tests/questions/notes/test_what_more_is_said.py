"""What interpretations, propositions and recorded silences would add to an answer is said."""

from __future__ import annotations

import re
from itertools import count

import pytest

import glocal_kg as gk
from glocal_kg._cli import run
from glocal_kg._questions.notes import again
from glocal_kg._rdf.sparql.answering import Rows


@pytest.fixture(scope="module")
def kg() -> gk.KnowledgeGraph:
    return gk.load()


MORE = {
    "?d glocal:defines term:glocalization ; glocal:by ?who": "1 more row",
    "?x ?how place:rome": "8 more rows",
    "?x rdfs:label ?l FILTER(CONTAINS(?l, 'youth'))": "more rows",
    "{ ?p glocal:answers ?t } UNION { ?x a glocal:Practice . BIND(?x AS ?p) }": "8 more rows",
    "?x (glocal:answers|glocal:theme)+ ?y": "more rows",
    "?x a glocal:Practice FILTER EXISTS { ?x glocal:theme|glocal:hasAim ?y } ?p ?q ?x": "more rows",
}


@pytest.mark.parametrize("pattern", MORE)
def test_rows_under_interpretation_are_told_and_there(kg: gk.KnowledgeGraph, pattern: str) -> None:
    query = f"SELECT * {{ {pattern} }}"
    table = kg.select(query)
    wide = kg.select(query, interpreted=True)
    assert MORE[pattern] in table.notes[0]
    assert table.notes[0].startswith(f"{len(wide) - len(table)} more row")
    assert "interpreted=True" in table.to_text(400)
    assert wide.notes == ()
    assert kg.select(query, inferred=False).notes == ()
    assert kg.select(f"{query} LIMIT 1").notes == ()


def test_figures_that_interpretations_change_are_told(kg: gk.KnowledgeGraph) -> None:
    counted = kg.select("SELECT (COUNT(*) AS ?n) { ?d glocal:defines term:glocalization }")
    assert counted.notes[0].startswith("Some figures are others where interpretations are seen")
    assert kg.select("SELECT (COUNT(*) AS ?n) { ?x a glocal:City }").notes == ()
    assert kg.select("SELECT (COUNT(*) AS ?n) { ?x a glocal:City FILTER(RAND() > 2) }").notes == ()


def test_triples_of_readings_are_told(kg: gk.KnowledgeGraph) -> None:
    made = kg.construct("CONSTRUCT WHERE { ?d glocal:defines term:glocalization }")
    assert made.notes[0].startswith("1 more triple where interpretations")
    assert made.to_table().notes == made.notes


def test_a_question_sees_interpretations_where_asked(kg: gk.KnowledgeGraph) -> None:
    plain = kg.run("practices/mentioning", notion="peace-building")
    wide = kg.run("practices/mentioning", notion="peace-building", interpreted=True)
    more = len(wide) - len(plain)
    assert plain.notes == ((f"{more} more rows where interpretations are seen: interpreted=True, "
                            "or --interpreted.",) if more else ())  # fmt: skip
    assert wide.notes == ()


def test_rows_that_only_a_join_with_readings_has_are_told(kg: gk.KnowledgeGraph) -> None:
    notes = kg.select("SELECT * { ?x a glocal:Source ; glocal:by ?y }").notes
    assert notes[0].startswith("1 more row where interpretations are seen")


def test_rows_in_graphs_left_out_are_told(kg: gk.KnowledgeGraph) -> None:
    rows = len(kg.select("SELECT ?x { ?x a glocal:City }"))
    for text in (
        "{ GRAPH graph:silences { ?x a glocal:City } }",
        "FROM graph:silences { ?x a glocal:City }",
    ):
        (note,) = kg.select(f"SELECT ?x {text}").notes
        assert note.startswith(
            f"{rows} rows are there where all graphs are seen. They stand in graph:"
        )
    assert (
        kg.select("SELECT ?x { GRAPH graph:deck { ?x a glocal:City ; a glocal:Person } }").notes
        == ()
    )
    assert kg.select("SELECT ?x FROM graph:deck { ?x glocal:participant place:paris }").notes == ()


FLATLY = {
    "?p glocal:subject process:globalization ; glocal:relation ?r ; glocal:value ?v": ("denied", 3),
    "?p glocal:value ?v ; glocal:unit ?u": ("should", 7),
    "{ ?p glocal:value ?v ; glocal:relation glocal:causes } UNION { ?v a glocal:Scale }": ("", 0),
}


@pytest.mark.parametrize("pattern", FLATLY)
def test_rows_that_are_not_said_flatly_are_counted(kg: gk.KnowledgeGraph, pattern: str) -> None:
    """As many as there are rows with a modality, which the pattern that is told shows."""
    table = kg.select(f"SELECT * {{ {pattern} }}")
    shown = kg.select(f"SELECT * {{ {pattern} OPTIONAL {{ ?p glocal:modality ?how }} }}")
    many = sum(how is not None for how in shown.column("how"))
    assert many > 0
    assert len(shown) == len(table)
    (note,) = [one for one in table.notes if "flatly" in one]
    assert note.startswith(f"{many} of the rows ")
    assert note.endswith("OPTIONAL { ?p glocal:modality ?how } shows it.")
    assert not any("flatly" in one for one in shown.notes)
    modality, count = FLATLY[pattern]
    assert not modality or f"{modality} {count}" in note


def test_propositions_that_are_counted_are_told_too(kg: gk.KnowledgeGraph) -> None:
    counted = "SELECT ?r (COUNT(*) AS ?n) { ?p glocal:relation ?r ; glocal:value ?v } GROUP BY ?r"
    told = " ".join(kg.select(counted).notes)
    assert "of the propositions are not said flatly" in told
    assert "flatly" not in " ".join(kg.select("SELECT * { ?p glocal:subject process:war }").notes)
    assert "flatly" not in " ".join(
        kg.select("SELECT * { ?p glocal:value ?v MINUS { ?p glocal:modality ?m } }").notes
    )


SAID = {
    "?t ?how ?who FILTER(?how IN (glocal:coinedBy, glocal:popularizedBy))": "glocal:coinedBy",
    "VALUES ?how { glocal:coinedBy glocal:popularizedBy } ?t ?how ?who": "glocal:coinedBy",
    "{ ?t glocal:coinedBy ?who } UNION { ?t glocal:popularizedBy ?who }": "glocal:coinedBy",
    "process:war ?r ?x FILTER(?r = glocal:causes)": "process:war ; glocal:value ?x",
    "process:war ?r ?x": "1 proposition says of process:war what no plain fact does",
    "?x a glocal:Term OPTIONAL { ?x glocal:coinedBy ?who }": "glocal:coinedBy",
}


@pytest.mark.parametrize("pattern", SAID)
def test_what_only_propositions_say_is_told_wherever_it_is_asked(
    kg: gk.KnowledgeGraph, pattern: str
) -> None:
    told = " ".join(kg.select(f"SELECT * {{ {pattern} }}").notes)
    assert SAID[pattern] in told
    leads = re.search(r"with who says it and how: (\?p .*?)\.(?: |$)", told)
    assert leads is not None
    assert len(kg.select(f"SELECT * {{ {leads[1]} }}"))


def test_who_coined_a_term_is_its_value(kg: gk.KnowledgeGraph) -> None:
    """What is told can be pasted, and each variable is then what it was in the query."""
    told = " ".join(kg.select("SELECT * { ?term glocal:coinedBy ?who }").notes)
    leads = told.partition("and how: ")[2].rstrip(".")
    found = kg.select(f"SELECT * {{ {leads} . ?term a glocal:Term }}")
    assert found.column("who")


NEVER = {
    "?c a glocal:SemanticConvention ; glocal:about ?t": "glocal:about is used of glocal:Prop",
    "?x a glocal:Study ; glocal:governs ?place": "No glocal:Study has glocal:governs",
    "?x a glocal:Source ; glocal:mentions ?y": "No glocal:Source has glocal:mentions",
    "term:glocalism glocal:hasAim ?x": "nor has anything of its kind: glocal:hasAim is used of",
    "?x glocal:participant ?c . ?c glocal:element ?e": "No value of glocal:participant has",
}


@pytest.mark.parametrize("pattern", NEVER)
def test_a_property_that_a_class_never_has_says_which_do(
    kg: gk.KnowledgeGraph, pattern: str
) -> None:
    table = kg.select(f"SELECT * {{ {pattern} }}")
    told = " ".join(table.notes)
    assert len(table) == 0
    assert NEVER[pattern] in told
    assert "other way round" not in told


SILENT = {
    "?x glocal:kind kind:twinning ; glocal:participant ?city": "silence:no-twin-towns",
    "?x a glocal:Practice ; schema:startDate ?d FILTER(STR(?d) < '1900')": "no-date-of-practices",
    "?x a glocal:Practice ; rdfs:label ?l FILTER(CONTAINS(LCASE(?l), 'twin'))": "no-twin-towns",
    "?d glocal:defines term:glocalism": "silence:no-definition-of-glocalism",
    "actor:glocal-forum schema:foundingDate ?d": "no-founding-date-of-the-glocal-forum",
}


@pytest.mark.parametrize("pattern", SILENT)
def test_an_empty_answer_points_to_what_is_recorded_as_not_said(
    kg: gk.KnowledgeGraph, pattern: str
) -> None:
    table = kg.select(f"SELECT * {{ {pattern} }}", inferred=False)
    if not len(table):
        assert SILENT[pattern] in " ".join(table.notes)
    else:
        assert "silence" not in " ".join(table.notes)


def test_notes_of_rows_come_in_a_pipe_beside_the_answer(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["query", "SELECT ?d { ?d glocal:defines term:glocalization ; glocal:by ?w }"]) == 0
    out = capsys.readouterr()
    assert "interpretations" not in out.out
    assert "glocal: 1 more row where interpretations are seen" in out.err


ALONE = ("requires", "reactionTo", "strengthens", "hasActor", "causes")


@pytest.mark.parametrize("relation", ALONE)
def test_what_propositions_say_beyond_the_rows_is_counted(
    kg: gk.KnowledgeGraph, relation: str
) -> None:
    """The pattern that is told has as many ends beside those of the rows."""
    table = kg.select(f"SELECT * {{ ?a glocal:{relation} ?b }}")
    assert len(table)
    (note,) = [one for one in table.notes if "by propositions alone" in one]
    leads = note.partition("as reported: ")[2].rstrip(".")
    found = kg.select(f"SELECT DISTINCT ?a ?b {{ {leads} }}")
    assert note.startswith(f"{len(set(found) - set(table)):,} more row")


def test_nothing_is_beyond_rows_where_propositions_are_asked_or_rows_cut(
    kg: gk.KnowledgeGraph,
) -> None:
    for text in (
        "{ ?a glocal:causes ?b } LIMIT 2",
        "{ ?a glocal:causes ?b . ?p glocal:relation glocal:causes ; glocal:subject ?a }",
        "{ ?a glocal:causes ?b . ?a a glocal:City }",
        "{ ?x a glocal:Practice ; glocal:participant ?y }",
    ):
        assert "alone" not in " ".join(kg.select(f"SELECT * {text}").notes)


@pytest.mark.parametrize(
    "path", ["process:war glocal:causes+ ?b", "?b ^glocal:causes+ process:war"]
)
def test_a_repeated_step_from_a_thing_is_told_as_a_single_one(
    kg: gk.KnowledgeGraph, path: str
) -> None:
    (note, *_) = kg.select(f"SELECT * {{ {path} }}").notes
    assert note.startswith("No fact is process:war glocal:causes ?. 1 proposition speaks of it")


def test_a_denial_of_what_is_in_no_row_is_not_told(kg: gk.KnowledgeGraph) -> None:
    of = "?a glocal:by {} ; glocal:asserts ?p . ?p glocal:subject ?s"
    denied = "proposition:treccani-synonym"
    held = kg.select(f"SELECT ?s {{ ?a glocal:denies {denied} . {denied} glocal:subject ?s }}")
    robertson = kg.select(f"SELECT ?s {{ {of.format('actor:roland-robertson')} }}")
    assert set(held.column("s")) & set(robertson.column("s"))
    assert denied not in " ".join(robertson.notes)
    anybody = kg.select("SELECT ?s { ?p glocal:subject ?s }")
    assert "Somebody denies" in " ".join(anybody.notes)


@pytest.mark.parametrize("kind", ["GlocalPractice", "SubnationalActor"])
def test_a_class_that_only_follows_may_have_more_with_interpretations(kind: str) -> None:
    """Exactly how many is told once it is worked out what follows with them."""
    query, fresh = f"SELECT * {{ ?x a glocal:{kind} }}", gk.load()
    fresh.add(gk.Text("<urn:a> <urn:b> <urn:c> .", "turtle"))  # what followed before is out of date
    plain = fresh.select(query)
    assert plain.notes[0].startswith("There may be more where interpretations are seen")
    more = len(fresh.select(query, interpreted=True)) - len(plain)
    assert more > 0
    assert fresh.select(query).notes[0].startswith(f"{more} more rows where interpretations")
    fresh.add(gk.Text("<urn:a> <urn:b> <urn:d> .", "turtle"))
    assert fresh.select("SELECT * { ?x a glocal:City }").notes == ()


def test_the_time_that_a_note_has_ends_while_its_rows_are_made_too(
    kg: gk.KnowledgeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = kg.select("SELECT * { ?x a ?kind }")
    assert len(plain)  # whose own rows are made before

    def late(_: Rows) -> None:
        raise gk.errors.QueryTimeoutError("too long")

    monkeypatch.setattr(Rows, "rows", late)
    assert "There may be more where" in " ".join(plain.notes)


def test_a_note_rests_on_the_work_it_is_and_not_on_the_clock(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """So the same data has the same notes, however busy the machine is."""
    query, may = "SELECT * { ?x a ?kind }", "There may be more where interpretations"
    clock = count(0, 0.003)  # each look at it finds three milliseconds gone

    def noted(rows: int) -> str:
        monkeypatch.setattr(again, "_WORK", rows)
        return gk.load().select(query).notes[0]

    sure, enough = noted(4_000_000), 4_096
    while noted(enough).startswith(may):
        enough *= 2
    assert noted(enough) == sure
    assert len(gk.load().select(query)) < enough < 100_000
    monkeypatch.setattr("glocal_kg._rdf.sparql.limits.monotonic", lambda: next(clock))
    assert noted(enough) == sure
    assert noted(enough // 2).startswith(may)


CAUSES = "?p glocal:relation glocal:causes ; glocal:subject ?s ; glocal:value ?v"


def test_what_is_not_said_flatly_is_told_of_truth_and_triples(
    kg: gk.KnowledgeGraph, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "not said flatly" in " ".join(
        kg.construct(f"CONSTRUCT {{ ?s ?p ?v }} {{ {CAUSES} }}").notes
    )
    war = "?p glocal:subject process:war"
    for more in ("glocal:relation glocal:causes", "glocal:value process:regimes-of-war"):
        assert run(["query", f"ASK {{ {war} ; {more} }}"]) == 0
        assert "not said flatly: can 1. OPTIONAL { ?p glocal" in capsys.readouterr().err
    assert run(["query", f"ASK {{ {war} . ?p glocal:modality ?how }}"]) == 0
    assert "flatly" not in capsys.readouterr().err


def test_what_is_reported_only_is_told(kg: gk.KnowledgeGraph) -> None:
    told = kg.select(f"SELECT ?s ?v {{ {CAUSES} FILTER(?v = process:hybridization) }}").notes
    (note,) = [one for one in told if "reported of somebody" in one]
    assert note.startswith("1 of the propositions is reported of somebody: ?a glocal:asserts ?p ;")
    shown = note.partition("somebody: ")[2].removesuffix(" shows of whom.")
    found = kg.select(f"SELECT ?who {{ {CAUSES} FILTER(?v = process:hybridization) {shown} }}")
    assert len(found) == 1
    assert "users-of-the-term" in str(found.column("who"))
    assert "reported" not in " ".join(found.notes)
