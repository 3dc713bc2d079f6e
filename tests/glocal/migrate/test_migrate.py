"""Old files come along: every row of the table is applied, nothing is lost, a second run rests."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, parse

import glocal_kg as gk
from glocal_kg._cli import run
from glocal_kg._glocal.migrate import migrate
from glocal_kg._rdf.namespaces import RDF
from glocal_kg._study.migration import is_old, rules, successor
from glocal_kg._study.vocab import GLOCAL, PREFIXES
from glocal_kg.errors import ReadError

INPUTS = Path(__file__).parents[4] / "shared" / "review" / "inputs" / "model"
HEAD = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
HEAD += (
    "@prefix ex: <https://example.org/> .\n@prefix claim: <https://w3id.org/glocal/id/claim/> .\n"
)


def facts(text: str) -> set[str]:
    """The facts of a text, whatever its blank nodes are called."""
    quads = parse(HEAD + text, format=RdfFormat.TRIG)
    return {str(Quad(_named(q.subject), q.predicate, _named(q.object))) for q in quads}


def _named(node: object) -> object:
    return BlankNode("b") if isinstance(node, BlankNode) else node


def moved(text: str) -> str:
    """A text in old names, in those of today."""
    return migrate(HEAD + text).text


# Old, new. A claim becomes a proposition and an assertion of it.
CASES = [
    ("ex:p glocal:inArea area:culture .", "ex:p glocal:theme area:culture ."),
    ("area:culture glocal:hasPractice ex:p .", "ex:p glocal:theme area:culture ."),
    ("ex:a skos:prefLabel 'x'@es .", "ex:a rdfs:label 'x'@es ."),
    ("ex:i glocal:involvementIn ex:p .", "ex:p glocal:qualifiedParticipation ex:i ."),
    ("ex:s glocal:involvement [ glocal:involved place:rome ] .",
     "ex:s glocal:qualifiedParticipation [ glocal:ofParticipant place:rome ] ."),
    ("ex:n a glocal:Slide .", "ex:n a glocal:Passage ; glocal:kind kind:slide ."),
    ("ex:b glocal:causedBy ex:a .", "ex:a glocal:causes ex:b ."),
    ("ex:a glocal:conditionFor ex:b .", "ex:b glocal:requires ex:a ."),
    ("ex:a glocal:hasAspect ex:b .", "ex:b glocal:partOf ex:a ."),
    ("ex:p a glocal:Person ; glocal:memberOf ex:o .",
     "ex:p a glocal:Person ; schema:worksFor ex:o ."),
    ("ex:n glocal:memberOf ex:o .", "ex:n org:memberOf ex:o ."),
    ("ex:g a glocal:ActorGroup . ex:p a glocal:Person ; glocal:memberOf ex:g .",
     "ex:g a glocal:ActorGroup . ex:p a glocal:Person ; glocal:kind ex:g ."),
    ("ex:a glocal:position 3 .", "ex:a schema:position 3 ."),
    ("ex:x glocal:about claim:one .", "ex:x glocal:about proposition:one ."),
    ("ex:c a glocal:ReportedClaim ; rdfs:label 'A makes B.'@en ; glocal:claimedBy ex:who ;"
     " glocal:claimSubject ex:a ; glocal:claimPredicate glocal:causes ; glocal:claimObject ex:b ;"
     " glocal:reportedIn ex:p1 .",
     "ex:c-proposition a glocal:Proposition ; rdfs:label 'A makes B.'@en ; glocal:subject ex:a ;"
     " glocal:relation glocal:causes ; glocal:value ex:b ."
     " ex:c a glocal:Assertion ; glocal:asserts ex:c-proposition ; glocal:by ex:who ;"
     " glocal:reportedIn ex:p1 ."),
    ("ex:c a glocal:StatedClaim ; glocal:claimSubject ex:b ; glocal:claimObject ex:a ;"
     " glocal:claimPredicate glocal:causedBy .",
     "ex:c-proposition a glocal:Proposition ; glocal:subject ex:a ; glocal:value ex:b ;"
     " glocal:relation glocal:causes ."
     " ex:c a glocal:Assertion ; glocal:asserts ex:c-proposition ."),
    ("ex:c a glocal:StatedClaim ; glocal:denies ex:a .",
     "ex:c-proposition a glocal:Proposition ; glocal:subject ex:a ."
     " ex:c a glocal:Assertion ; glocal:denies ex:c-proposition ."),
    ("ex:i a glocal:Risk ; glocal:itemOf ex:s .",
     "ex:i a glocal:Item ; glocal:partOf ex:s-risks . ex:s-risks a glocal:List ;"
     " glocal:partOf ex:s ; rdfs:label 'risks'@en , 'rischi'@it , 'risques'@fr ."),
    ("ex:axis glocal:componentOf ex:map . ex:e glocal:elementOf ex:axis ; glocal:position 2 .",
     "ex:axis glocal:partOf ex:map . ex:map-e a glocal:Placement ; glocal:element ex:e ;"
     " glocal:onMap ex:map ; glocal:partOf ex:axis ; schema:position 2 ."),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new"), CASES, ids=[old[:40] for old, _ in CASES])
def test_a_fact_in_old_names_becomes_the_same_in_new_ones(old: str, new: str) -> None:
    assert facts(moved(old)) == facts(new)


def test_every_row_of_the_table_leads_to_a_name_there_is() -> None:
    for old, rows in rules().items():
        for row in rows:
            new = NamedNode(row.new) if row.new.startswith(str(GLOCAL)) else None
            chained = row.rule == "turn" and is_old(row.new)
            assert new is None or new in GLOCAL or chained, f"{old}: {row.new}"


@pytest.mark.parametrize("old", sorted(name for name in rules() if is_old(name)))
def test_no_old_name_is_left_and_none_is_dropped_unsaid(old: str) -> None:
    """Each old name, as a class or a property: gone afterward, and told where nothing is left."""
    name = old.rpartition("#")[2]
    text = f"ex:s glocal:{name} ex:o ." if name[0].islower() else f"ex:s a glocal:{name} ."
    done = migrate(HEAD + text)
    for quad in parse(done.text, format=RdfFormat.TRIG):
        for node in (quad.subject, quad.predicate, quad.object):
            assert not (isinstance(node, NamedNode) and is_old(node.value)), node
    kept = list(parse(done.text, format=RdfFormat.TRIG))
    assert kept or done.dropped or name in ("Participant", "itemOf", "claimPredicate")
    assert successor(old)


def test_a_second_run_changes_nothing() -> None:
    once = moved(" ".join(old for old, _ in CASES[:14]))
    assert migrate(once).changed == 0
    assert facts(migrate(once).text) == facts(once)


def test_what_has_no_old_name_stays_as_it_is_written() -> None:
    text = (
        "@prefix ex: <https://example.org/> .\n"
        "@prefix glocal: <https://w3id.org/glocal/ontology#> .\n\n"
        "# Things\n\n"
        "ex:a   a glocal:City ; # a remark\n   ex:p 1.50 , '007' .\n"
    )
    assert migrate(text).text == text


def test_comments_and_graphs_are_kept() -> None:
    text = "# top\n@prefix ex: <https://example.org/> .\n" + HEAD
    text += "GRAPH ex:g {\n# one\nex:a glocal:causedBy ex:b . # two\n}\n"
    new = migrate(text).text
    assert [line for line in new.splitlines() if line.startswith("#")] == [
        "# top",
        "# one",
        "# two",
    ]
    (quad,) = parse(new, format=RdfFormat.TRIG)
    assert quad.graph_name == NamedNode("https://example.org/g")


def test_who_made_the_interpretations_can_be_said() -> None:
    editor = NamedNode("https://example.org/rossi")
    new = migrate(HEAD + "ex:c a glocal:Interpretation .", editor=editor).text
    assert "glocal:by ex:rossi" in new or str(editor) in new


def test_what_is_no_turtle_is_told() -> None:
    with pytest.raises(ReadError, match=r"notes\.ttl:1"):
        migrate("this is prose", source="notes.ttl")


@pytest.mark.skipif(not INPUTS.is_dir(), reason="the files of the review are not here")
@pytest.mark.parametrize("path", sorted(INPUTS.glob("*.ttl")), ids=lambda path: path.stem)
def test_the_files_of_the_review_come_along(path: Path) -> None:
    done = migrate(path.read_text(encoding="utf-8"), source=str(path))
    old = list(parse(path=path, format=RdfFormat.TURTLE))
    new = list(parse(done.text, format=RdfFormat.TURTLE))
    texts = {quad.object for quad in old if isinstance(quad.object, Literal)}
    assert texts <= {quad.object for quad in new}
    pairs = {frozenset((str(q.subject), str(q.object))) for q in new}
    for quad in old:
        name = quad.predicate.value.rpartition("#")[2]
        if quad.predicate == RDF.type or name in ("next", "position", "elementOf"):
            continue
        ends = [str(quad.subject), f"{str(quad.subject)[:-1]}-proposition>"]
        if name == "claimPredicate":
            continue
        assert any(frozenset((end, str(quad.object))) in pairs for end in ends), quad
    kg = gk.KnowledgeGraph()
    kg.add(gk.Text(done.text, "turtle"))


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "mine.ttl"
    path.write_text(HEAD + "ex:b glocal:causedBy ex:a .\n", encoding="utf-8")
    assert run(["migrate", str(path)]) == 0
    out, err = capsys.readouterr()
    assert "ex:a glocal:causes ex:b ." in out
    assert "1 fact changed" in err
    assert run(["migrate", str(path), "--in-place"]) == 0
    assert "glocal:causes" in path.read_text(encoding="utf-8")
    assert run(["migrate", str(path.with_suffix(".csv"))]) == 2


def test_validate_tells_old_names_and_the_right_ones() -> None:
    kg = gk.load()
    text = """@prefix ex: <https://example.org/> .
        @prefix glocal: <https://w3id.org/glocal/ontology#> .
        @prefix area: <https://w3id.org/glocal/id/area/> .
        ex:choirs glocal:inArea area:culture . area:culture glocal:hasPractice ex:choirs .
        ex:slide a glocal:Slide . ex:slip glocal:themes area:culture ."""
    kg.add(gk.Text(text, "turtle"))
    remedies = {one.remedy for one in kg.validate().results}
    for new in (
        "glocal:theme;",
        "glocal:theme, the other way round;",
        "glocal:Passage with glocal:kind kind:slide;",
    ):
        assert f"Write {new} glocal migrate rewrites the whole file." in remedies
    assert any(remedy.startswith("Correct the name.") for remedy in remedies)
