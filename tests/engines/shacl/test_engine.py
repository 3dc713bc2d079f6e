"""Points where SHACL is easily got wrong, one by one."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from pyoxigraph import NamedNode

from glocal_kg._engines.shacl import Shapes, ValidationReport
from glocal_kg._engines.shacl.engine import Validation
from glocal_kg._rdf.store.index import TripleIndex
from tests.engines.shacl.strategies import graphs, shapes_graphs
from tests.engines.shacl.tools import check, facts_of, report_of

EX = "https://example.org/"


def values(report: ValidationReport) -> list[str]:
    return sorted(str(violation.value.value) for violation in report.results)


def on_p(constraint: str) -> str:
    return f"ex:S a sh:PropertyShape ; sh:targetNode ex:a ; sh:path ex:p ; {constraint} ."


def test_an_ill_typed_literal_fails_its_own_datatype() -> None:
    data = 'ex:a ex:p "99"^^xsd:gYear, "1999"^^xsd:gYear, "x"^^xsd:gYear .'
    assert values(check(data, on_p("sh:datatype xsd:gYear"))) == ["99", "x"]


def test_years_are_compared_as_years_and_ill_typed_ones_fail() -> None:
    data = 'ex:a ex:p "0999"^^xsd:gYear, "1999"^^xsd:gYear, "99"^^xsd:gYear .'
    bound = 'sh:minInclusive "1000"^^xsd:gYear'
    assert values(check(data, on_p(bound))) == ["0999", "99"]


def test_one_and_zero_one_are_two_terms_and_one_value() -> None:
    data = 'ex:a ex:p 1, "01"^^xsd:integer .'
    assert values(check(data, on_p("sh:in ( 1 )"))) == ["01"]
    assert check('ex:a ex:p "01"^^xsd:integer .', on_p("sh:hasValue 1")).results
    assert check(data, on_p("sh:minInclusive 1 ; sh:maxInclusive 1")).conforms
    assert len(check(data, on_p("sh:maxCount 1")).results) == 1
    other = 'ex:a ex:p 1 ; ex:q "01"^^xsd:integer .'
    assert values(check(other, on_p("sh:equals ex:q"))) == ["01", "1"]
    assert check(other, on_p("sh:disjoint ex:q")).conforms


def test_length_counts_code_points() -> None:
    data = 'ex:a ex:p "😀😀", "ab", "abc" .'
    assert values(check(data, on_p("sh:maxLength 2 ; sh:minLength 2"))) == ["abc"]
    assert check('ex:a ex:p "😀" .', on_p('sh:pattern "^.$"')).conforms


def test_length_and_pattern_look_at_iris_and_refuse_blank_nodes() -> None:
    shapes = on_p('sh:minLength 0 ; sh:pattern "ample"')
    report = check("ex:a ex:p ex:b, [] .", shapes)
    assert sorted(v.rule for v in report.results) == ["MinLength", "Pattern"]


def test_languages_match_by_prefix_and_without_case() -> None:
    data = 'ex:a ex:p "a"@en-GB, "b"@EN, "c"@eng, "d"@fr, "e" .'
    assert values(check(data, on_p("sh:languageIn ( 'En' )"))) == ["c", "d", "e"]


def test_one_finding_for_each_language_used_twice() -> None:
    data = 'ex:a ex:p "a"@en, "b"@en, "c"@en, "a"@it, "b"@it, "x", "y" .'
    assert len(check(data, on_p("sh:uniqueLang true")).results) == 2


def test_a_pattern_that_would_explode_is_answered_in_linear_time() -> None:
    text = "a" * 5_000 + "b"
    report = check(f'ex:a ex:p "{text}" .', on_p('sh:pattern "^(a+)+$"'))
    assert values(report) == [text]


def test_pattern_is_no_query_text() -> None:
    shapes = on_p(r"""sh:pattern '"))} #' """)
    report = check("""ex:a ex:p 'x"))} #y', "z" .""", on_p(r"""sh:pattern '"[)][)]} #' """))
    assert values(report) == ["z"]
    with pytest.raises(Exception, match="no regular expression"):
        check("", shapes)


def test_a_text_with_a_language_has_no_order() -> None:
    assert len(check('ex:a ex:p "b"@en .', on_p('sh:minInclusive "a"')).results) == 1


def test_classes_follow_the_hierarchy_of_data_and_shapes() -> None:
    data = "ex:x a ex:Low . ex:Low rdfs:subClassOf ex:Middle . ex:y a ex:Other ."
    shapes = """ex:High a rdfs:Class, sh:NodeShape ; sh:property [ sh:path ex:p ; sh:minCount 1 ] .
    ex:Middle rdfs:subClassOf ex:High ."""
    report = check(data, shapes)
    assert [str(v.focus) for v in report.results] == [f"<{EX}x>"]
    assert check(data, shapes, engine="pyshacl").looked_at == report.looked_at


BELOW = "a/<http://www.w3.org/2000/01/rdf-schema#subClassOf>*"
INSTANCES = f"SELECT $this WHERE {{ $this <{EX}p> ?o FILTER NOT EXISTS {{ ?o {BELOW} <{EX}D> }} }}"


def test_queries_follow_the_hierarchy_of_the_shapes_as_classes_do() -> None:
    shapes = f"""ex:S sh:targetClass ex:D ; sh:sparql [ sh:select '''{INSTANCES}''' ] .
    ex:C rdfs:subClassOf ex:D ."""
    data = "ex:x a ex:C ; ex:p ex:y . ex:y a ex:C . ex:z a ex:C ; ex:p ex:o ."
    for more in ("", "ex:C rdfs:subClassOf ex:D ."):
        for engine in ("fast", "pyshacl"):
            report = check(data + more, shapes, engine=engine)
            assert [str(v.focus) for v in report.results] == [f"<{EX}z>"]


def test_a_target_by_a_query_follows_it_to_what_the_data_speak_of() -> None:
    """The classes that only the shapes describe lack what the shapes say of them."""
    below = BELOW.removeprefix("a/").replace("*", "+")
    either = f"{{ ?this {BELOW} <{EX}D> }} UNION {{ ?this {below} <{EX}D> }}"
    shapes = f"""ex:S sh:target [ sh:select '''SELECT ?this WHERE {{ {either} }}''' ] ;
    sh:property [ sh:path ex:p ; sh:minCount 1 ] . ex:C rdfs:subClassOf ex:D ."""
    data = "ex:x a ex:C . ex:y a ex:Other ."
    assert [str(v.focus) for v in check(data, shapes).results] == [f"<{EX}x>"]
    spoken = check(data + "ex:C rdfs:label 'c' .", shapes)
    assert [str(v.focus) for v in spoken.results] == [f"<{EX}x>", f"<{EX}C>"]


def test_a_circle_of_classes_ends() -> None:
    data = "ex:A rdfs:subClassOf ex:B . ex:B rdfs:subClassOf ex:A . ex:x a ex:A . ex:a ex:p ex:x ."
    assert check(data, on_p("sh:class ex:B")).conforms


def test_a_repeated_path_over_a_long_chain_and_a_ring() -> None:
    chain = "".join(f"ex:n{i} ex:p ex:n{i + 1} . " for i in range(3_000))
    shapes = """ex:S a sh:PropertyShape ; sh:targetNode ex:n0 ;
    sh:path [ sh:oneOrMorePath ex:p ] ; sh:maxCount 0 ; sh:nodeKind sh:IRI ."""
    assert len(check(chain, shapes).results) == 1
    # Of a ring each node has all, more than Python's calls may nest.
    ring = "".join(f"ex:n{i} ex:p ex:n{(i + 1) % 1_500} . " for i in range(1_500))
    shapes = shapes.replace("maxCount 0", "minCount 1500").replace(
        "targetNode ex:n0", "targetSubjectsOf ex:p"
    )
    report = check(ring, shapes)
    assert report.conforms
    assert report.looked_at == {EX + "S": 1_500}


def test_values_of_a_sibling_shape_do_not_count() -> None:
    shapes = """ex:Hand a sh:NodeShape ; sh:targetNode ex:hand ; sh:property
    [ sh:path ex:digit ; sh:qualifiedValueShape [ sh:class ex:Thumb ] ; sh:qualifiedMinCount 1 ;
      sh:qualifiedValueShapesDisjoint true ] ,
    [ sh:path ex:digit ; sh:qualifiedMinCount 1 ;
      sh:qualifiedValueShape [ sh:class ex:Finger ] ] ."""
    data = "ex:hand ex:digit ex:both, ex:other . ex:both a ex:Thumb, ex:Finger ."
    assert [v.rule for v in check(data, shapes).results] == ["QualifiedMinCount"]
    assert check(data + "ex:other a ex:Thumb .", shapes).conforms


def test_the_same_fault_through_two_shapes_is_reported_for_each() -> None:
    shapes = """ex:A a sh:NodeShape ; sh:targetNode ex:a ; sh:property ex:P .
    ex:B a sh:NodeShape ; sh:targetNode ex:a ; sh:property ex:P .
    ex:P sh:path ex:p ; sh:minCount 1 ."""
    assert len(check("", shapes).results) == 2


def test_details_say_why_a_nested_shape_failed() -> None:
    shapes = """ex:S a sh:NodeShape ; sh:targetNode ex:a ;
    sh:property [ sh:path ex:p ; sh:node ex:T ] .
    ex:T a sh:NodeShape ; sh:property [ sh:path ex:q ; sh:minCount 1 ; sh:message "no q" ] ."""
    (found,) = check("ex:a ex:p ex:good, ex:bad . ex:good ex:q 1 .", shapes).results
    assert str(found.value) == f"<{EX}bad>"
    assert [(d.message, str(d.focus)) for d in found.details] == [("no q", f"<{EX}bad>")]


def test_texts_come_in_the_language_asked_for() -> None:
    shapes = """ex:S a sh:NodeShape ; sh:targetNode ex:a ;
    sh:property [ sh:path ex:p ; sh:minCount 1 ; sh:message "missing"@en, "manca"@it ] ."""
    data = 'ex:a rdfs:label "Rome"@en, "Roma"@it ; ex:x 1 .'
    (found,) = check(data, shapes, languages=["fr", "it"]).results
    assert (found.label, found.message) == ("Roma", "manca")
    assert {m.value for m in found.messages} == {"missing", "manca"}


def test_a_shape_without_message_still_says_what_to_do() -> None:
    (found,) = check("ex:a ex:p 7 .", on_p("sh:maxInclusive 5")).results
    assert found.message == '"7"^^xsd:integer is not at most "5"^^xsd:integer.'
    assert found.expected == 'at most "5"^^xsd:integer'
    assert "Replace" in found.remedy


def test_the_reference_engine_says_what_was_expected_too() -> None:
    shapes = on_p("sh:maxInclusive 5")
    (ours,), (theirs,) = (
        check("ex:a ex:p 7 .", shapes, engine=engine).results for engine in ("fast", "pyshacl")
    )
    assert (ours.expected, ours.remedy) == (theirs.expected, theirs.remedy)
    assert ours.shape == theirs.shape


def test_validation_leaves_the_facts_alone() -> None:
    data, shapes = facts_of("ex:a ex:p 1 ."), facts_of(on_p("sh:minCount 2"))
    before = (list(data), list(shapes))
    for engine in ("fast", "pyshacl"):
        assert not report_of(data, shapes, engine=engine).conforms
    assert (list(data), list(shapes)) == before


def test_severity_is_kept_and_every_severity_counts() -> None:
    report = check("", on_p("sh:minCount 1 ; sh:severity sh:Info"))
    assert not report.conforms
    assert report.results[0].severity == "info"
    own = check("", on_p("sh:minCount 1 ; sh:severity ex:Fatal"))
    assert own.results[0].severity == NamedNode(EX + "Fatal")


@settings(
    max_examples=100, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)
@given(graphs, shapes_graphs())
def test_what_is_called_unsatisfiable_fails_everywhere(data: str, shapes: str) -> None:
    facts, plan = facts_of(data), Shapes(facts_of(shapes))
    report = plan.validate(facts.terms, facts.columns()[:, :3])
    hopeless = {d.shape for d in report.doubts if d.kind == "unsatisfiable"}
    run = Validation(plan.data(facts.terms, TripleIndex(facts.columns()[:, :3])), plan.shapes)
    for root in plan.roots:
        if root.node.value in hopeless:
            assert run.failing(root.node, run.focus_nodes(root))[0].all()


def test_what_shapes_without_a_name_want_is_told() -> None:
    shapes = """ex:S sh:targetNode ex:a ; sh:or ( [ sh:path ex:p ; sh:minCount 1 ; sh:class ex:B ]
    [ sh:nodeKind sh:Literal ] ex:Named ) ; sh:not [ sh:property [ sh:path ex:q ] ] .
    ex:Named a sh:NodeShape ; sh:class ex:C ."""
    told = {one.expected for one in check("ex:a a ex:D .", shapes).results}
    assert told == {
        "a node that conforms to at least one of [<https://example.org/p>: a node of class "
        "<https://example.org/B>, at least 1 value], [a literal], <https://example.org/Named>",
        "a node that does not conform to [a node that conforms to a nested shape]",
    }
