"""Constraints written in SPARQL, and what goes to the reference engine."""

from __future__ import annotations

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode

from glocal_kg._engines.shacl import Shapes, ShapesError, Validator, query_batches
from tests.engines.shacl.tools import check, facts_of, report_of

DATA = """ex:a a ex:C ; ex:start 5 ; ex:end 3, 4 . ex:b a ex:C ; ex:start 1 ; ex:end 2 .
[] a ex:C ; ex:start 9 ; ex:end 8 ."""
DECLARE = "ex:o sh:declare [ sh:prefix 'ex' ; sh:namespace 'https://example.org/'^^xsd:anyURI ] ."


def shape(query: str, more: str = "", on: str = "") -> str:
    return f"""{DECLARE} ex:S a sh:NodeShape ; sh:targetClass ex:C ; {on} sh:sparql ex:Q .
    ex:Q sh:prefixes ex:o ; {more} sh:select '''{query}''' ."""


XSD_DECIMAL = NamedNode("http://www.w3.org/2001/XMLSchema#decimal")
QUERY = "SELECT $this ?value WHERE { $this ex:start ?s ; ex:end ?value FILTER(?value < ?s) }"


def test_every_answer_is_a_finding() -> None:
    more = "sh:message 'ends {?value}, {$this}'@en, 'fine {?value}'@it ;"
    report = check(DATA, shape(QUERY, more), languages=["it"])
    assert report.engines == ("fast",)
    assert sorted(v.message for v in report.results) == ["fine 3", "fine 4", "fine 8"]
    first = next(v for v in report.results if v.message == "fine 3")
    assert first.rule == "SPARQL"
    assert str(first.source_constraint) == "<https://example.org/Q>"
    assert Literal("ends 3, https://example.org/a", language="en") in first.messages


def test_the_reference_engine_finds_the_same() -> None:
    def rows(engine: str) -> list[tuple[str, ...]]:
        report = check(DATA, shape(QUERY), engine=engine)
        return sorted((v.rule, str(v.value), str(v.source_constraint)) for v in report.results)

    assert rows("fast") == rows("pyshacl")


def test_without_a_value_the_focus_node_is_the_value() -> None:
    query = "SELECT $this WHERE { FILTER NOT EXISTS { $this ex:name ?n } }"
    report = check("ex:a a ex:C . ex:b a ex:C ; ex:name 'b' .", shape(query))
    assert [str(v.value) for v in report.results] == ["<https://example.org/a>"]


def test_equal_solutions_are_findings_of_their_own() -> None:
    """SHACL 5.3: there is one result for each solution; pyshacl takes equal ones together."""
    report = check("ex:a a ex:C ; ex:p 1, 2, 3 .", shape("SELECT $this WHERE { $this ex:p ?any }"))
    assert [str(v.value) for v in report.results] == ["<https://example.org/a>"] * 3


def test_a_query_that_asks_the_data_for_shapes_is_a_doubt() -> None:
    query = "SELECT $this ?p { $this ?p ?o FILTER NOT EXISTS { ?s <%spath> ?p } }"
    shapes = shape(query % "http://www.w3.org/ns/shacl#")

    def told(data: str) -> list[str]:
        facts = facts_of(data)
        plan = Shapes(facts_of(shapes))
        doubts = plan.validate(facts.terms, facts.columns()[:, :3]).doubts
        assert doubts == Validator(plan, facts.terms, facts.columns()[:, :3]).report.doubts
        return [doubt.message for doubt in doubts]

    assert told("ex:a a ex:C .") == [
        "<https://example.org/S>: its query reads sh:path, of which the data have nothing; "
        "it does not see the shapes graph."
    ]
    assert told("ex:a a ex:C . ex:P sh:path ex:p .") == []


def test_the_path_of_a_property_shape_stands_for_path() -> None:
    shapes = f"""{DECLARE} ex:S a sh:PropertyShape ; sh:targetClass ex:C ;
    sh:path ( ex:next ex:end ) ; sh:sparql [ sh:prefixes ex:o ;
    sh:select "SELECT $this ?value WHERE {{ $this $PATH ?value FILTER(?value > 3) }}" ] ."""
    report = check(DATA + "ex:z a ex:C ; ex:next ex:a .", shapes)
    assert [str(v.value.value) for v in report.results] == ["4"]


def test_a_query_leaves_what_other_shapes_say_of_plain_texts_alone() -> None:
    """Number 0 may be the default graph, whose text is as empty as what follows a plain text."""
    shapes = shape("SELECT $this { $this ex:start 9 }") + (
        "ex:T sh:targetClass ex:C ; sh:property [ sh:path ex:name ; sh:datatype xsd:string ; "
        "sh:nodeKind sh:Literal ; sh:maxCount 1 ] ."
    )
    data = facts_of("ex:a a ex:C ; ex:start 9 ; ex:name 'A' .")
    assert data.terms.find(DefaultGraph()) == 0
    report = report_of(data, facts_of(shapes))
    assert [str(found.shape) for found in report.results] == ["<https://example.org/S>"]


def test_a_query_switched_off_is_not_asked() -> None:
    assert check(DATA, shape(QUERY, "sh:deactivated true ;")).conforms


def test_a_failure_is_an_error() -> None:
    query = "SELECT $this ?failure WHERE { $this ex:start ?s BIND(?s = 9 AS ?failure) }"
    with pytest.raises(ShapesError, match="reports a failure"):
        check(DATA, shape(query))


@pytest.mark.parametrize(
    ("word", "query"),
    [
        ("SERVICE", "SELECT $this WHERE { SERVICE <https://example.org/x> { $this ?p ?o } }"),
        ("SERVICE", "SELECT $this { $this ?p true.SERVICE <https://example.org/x> { ?x ?y ?z } }"),
        ("SERVICE", "SELECT $this { $this ?p trueSERVICE <https://example.org/x> { ?x ?y ?z } }"),
        ("service", "SELECT $this WHERE { service <https://example.org/x> { $this ?p ?o } }"),
        ("FROM", "SELECT $this FROM <https://example.org/x> WHERE { $this ?p ?o }"),
        ("MINUS", "SELECT $this WHERE { $this ?p ?o MINUS { $this ex:q ?o } }"),
        ("VALUES", "SELECT $this WHERE { $this ?p ?o VALUES ?o { 1 } }"),
    ],
)
@pytest.mark.parametrize("engine", ["fast", "pyshacl"])
def test_forbidden_words_are_refused_before_anything_runs(
    word: str, query: str, engine: str
) -> None:
    with pytest.raises(ShapesError, match=word.upper()):
        check(DATA, shape(query), engine=engine)


def test_own_components_validate_values() -> None:
    shapes = """ex:Comp a sh:ConstraintComponent ; sh:parameter [ sh:path ex:least ] ;
    sh:labelTemplate "At least {$least}" ;
    sh:validator [ a sh:SPARQLAskValidator ; sh:message "{$value} is below {?least}" ;
        sh:ask "ASK { FILTER($value >= $least) }" ] .
    ex:S a sh:PropertyShape ; sh:targetClass ex:C ; sh:path ex:end ; ex:least 4, 3 ."""
    report = check(DATA, shapes)
    assert report.engines == ("fast",)
    assert {v.constraint for v in report.results} == {"https://example.org/Comp"}
    assert sorted((v.message, v.expected) for v in report.results) == [
        ("2 is below 3", "At least 3"),
        ("2 is below 4", "At least 4"),
        ("3 is below 4", "At least 4"),
    ]


def test_a_component_without_a_mandatory_parameter_is_a_doubt() -> None:
    shapes = """ex:Comp a sh:ConstraintComponent ;
    sh:parameter [ sh:path ex:one ], [ sh:path ex:two ], [ sh:path ex:o ; sh:optional true ] ;
    sh:validator [ sh:ask "ASK { FILTER($value = $one || $value = $two) }" ] .
    ex:S sh:targetClass ex:C ; ex:one 1 . ex:T sh:targetClass ex:C ; ex:o 1 ."""
    report = check(DATA, shapes)
    assert report.conforms
    assert [d.message for d in report.doubts if d.kind == "no-effect"] == [
        "<https://example.org/S>: <https://example.org/Comp> has no effect without "
        "<https://example.org/two>.",
        "<https://example.org/T>: <https://example.org/Comp> has no effect without "
        "<https://example.org/one>, <https://example.org/two>.",
    ]
    shared = """ex:Other a sh:ConstraintComponent ; sh:validator [ sh:ask "ASK {}" ] ;
    sh:parameter [ sh:path ex:three ], [ sh:path ex:o ; sh:optional true ] . ex:T ex:three 1 ."""
    told = [d.message for d in check(DATA, shapes + shared).doubts if d.kind == "no-effect"]
    assert len(told) == 1


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (
            "ex:least 'four'",
            'least> is "four", which .*Comp.* does not take. Give a literal',
        ),
        ("ex:least 0", r'least> is "0"..xsd:integer, which .* Give at least "1"..xsd:integer'),
    ],
)
def test_a_component_refuses_values_that_its_parameter_does_not_take(
    given: str, message: str
) -> None:
    shapes = f"""ex:Comp a sh:ConstraintComponent ;
    sh:parameter [ sh:path ex:least ; sh:datatype xsd:integer ; sh:minInclusive 1 ] ;
    sh:validator [ sh:ask "ASK {{ FILTER($value >= $least) }}" ] .
    ex:S sh:targetClass ex:C ; sh:property [ sh:path ex:end ; {given} ] ."""
    with pytest.raises(ShapesError, match=message) as caught:
        check(DATA, shapes)
    assert str(caught.value).startswith("<https://example.org/S> > sh:property <https://ex")


PREBINDING = {
    "a filter": "FILTER($this = ex:a)",
    "a union": "{ FILTER(false) } UNION { FILTER($this = ex:a) }",
    "an inner group": "{ { FILTER($this = ex:a) } FILTER(bound($this)) }",
    "bind": "BIND($this AS ?that) FILTER(?that = ex:a)",
    "bind in a group": "{ BIND($this AS ?that) } FILTER(?that = ex:a)",
    "a subquery": "{ SELECT $this { FILTER($this = ex:a) } }",
    "a subquery that counts": "{ SELECT $this (COUNT(?e) AS ?n) { $this ex:end ?e } "
    "GROUP BY $this } FILTER(?n = 2)",
    "a subquery with a limit": "{ SELECT $this ?e { $this ex:end ?e } ORDER BY ?e LIMIT 1 } "
    "FILTER(?e = 3)",
    "an optional": "OPTIONAL { FILTER($this = ex:a) BIND(1 AS ?one) } FILTER(bound(?one))",
    "not exists": "FILTER NOT EXISTS { FILTER($this != ex:a) }",
    "exists with a pattern": "FILTER EXISTS { $this ex:end ?x, ?y FILTER(?x != ?y) }",
    "a path": "$this ex:start/^ex:start ex:a",
    "the shapes graph": "GRAPH $shapesGraph { $currentShape sh:targetClass ?class } "
    "FILTER($this = ex:a)",
}


@pytest.mark.parametrize("name", PREBINDING)
def test_what_is_given_holds_in_every_part_of_a_query(name: str) -> None:
    shapes = shape(f"SELECT $this WHERE {{ {PREBINDING[name]} }}").replace(
        "] .", "], [ sh:prefix 'sh' ; sh:namespace 'http://www.w3.org/ns/shacl#'^^xsd:anyURI ] .", 1
    )
    report = check(DATA, shapes)
    assert report.engines == ("fast",)
    assert [str(v.focus) for v in report.results] == ["<https://example.org/a>"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("SELECT $this ?value { $this ex:end ?value } ORDER BY ?value LIMIT 1", ["2", "3", "8"]),
        ("SELECT $this ?value { $this ex:end ?value } ORDER BY ?value OFFSET 1", ["4"]),
        ("SELECT $this (MAX(?e) AS ?value) { $this ex:end ?e } GROUP BY $this", ["2", "4", "8"]),
        ("SELECT DISTINCT $this ?value { $this ex:end ?e BIND(1 AS ?value) }", ["1", "1", "1"]),
    ],
)
def test_a_query_for_all_nodes_says_the_same_as_one_for_each(query: str, found: list[str]) -> None:
    report = check(DATA, shape(query))
    assert sorted(str(v.value.value) for v in report.results) == found


def test_computed_values_and_literals_as_written_are_values() -> None:
    query = "SELECT $this ?value { $this ex:end ?e BIND(?e * 2.50 AS ?value) }"
    report = check("ex:b a ex:C ; ex:end 2.0 .", shape(query))
    assert [v.value for v in report.results] == [Literal("5", datatype=XSD_DECIMAL)]
    query = "SELECT $this ?value { $this ex:end ?value FILTER(STR(?value) != '1.50') }"
    assert check("ex:a a ex:C ; ex:end 1.50 .", shape(query)).conforms


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("SELECT ?x WHERE { $this ?p ?x }", "does not return \\$this"),
        ("SELECT $this { $this ?p ?x { SELECT ?x { ?x ?y ?z } } }", "subquery does not return"),
        ("SELECT $this { { SELECT * { FILTER($this = 1) } } }", "subquery does not return"),
        ("SELECT $this { BIND(1 AS $this) }", "gives \\$this another value"),
        ("SELECT (1 AS $this) { }", "gives \\$this another value"),
        ("ASK { $this ?p ?x }", "form ASK"),
        ("SELECT $this { $this ex2:p ?x }", "sh:prefixes"),
        ("SELECT $this { FILTER(ex:f($this)) }", "calls <https://example.org/f>"),
    ],
)
def test_queries_that_cannot_be_constraints(query: str, message: str) -> None:
    with pytest.raises(ShapesError, match=message):
        check(DATA, shape(query))


@pytest.mark.parametrize(
    "pattern",
    [
        "$this ex:service ?v",
        "$this ex:Service, ex:from, ex:values, ex:minus, ex:load ?v",
        "$this ex:hasElectricalPhase ?v # SERVICE <x> { }\n",
        "$this ex:end ?v FILTER(?v != 'FROM MINUS VALUES SELECT SERVICE <urn:x> { }')",
    ],
)
def test_words_are_read_as_tokens(pattern: str) -> None:
    query = f"SELECT $this WHERE {{ {pattern.replace(', ', ' ?a ; ')} }}"
    assert check(DATA, shape(query)).engines == ("fast",)


def test_prefixes_of_the_file_stand_in_for_sh_prefixes_and_are_said() -> None:
    query = "SELECT $this ?value { $this my:end ?value FILTER NOT EXISTS { $this skos:note ?n } }"
    quads = facts_of(shape(query).replace("sh:prefixes ex:o ;", ""))
    facts = facts_of(DATA)
    plan = Shapes(quads, {"my": "https://example.org/"})
    report = plan.validate(facts.terms, facts.columns()[:, :3])
    assert len(report.results) == 4
    assert [doubt.message for doubt in report.doubts] == [
        "<https://example.org/S>: the query uses my: without sh:prefixes; "
        "<https://example.org/> was taken.",
        "<https://example.org/S>: the query uses skos: without sh:prefixes; "
        "<http://www.w3.org/2004/02/skos/core#> was taken.",
    ]
    with pytest.raises(ShapesError, match="prefix 'my:' is not declared"):
        Shapes(quads)


def test_a_graph_that_is_not_there_is_a_doubt() -> None:
    report = check(DATA, shape("SELECT $this WHERE { GRAPH ?g { $this ex:end ?e } }"))
    assert report.conforms
    assert "looks into the graph ?g" in next(d.message for d in report.doubts)


def test_the_rules_for_queries_are_not_for_targets_and_rules() -> None:
    shapes = f"""{DECLARE} ex:S a sh:NodeShape ; sh:target [ a sh:SPARQLTarget ; sh:prefixes ex:o ;
        sh:select "SELECT ?this {{ ?this ex:start ?s MINUS {{ ?this ex:end 2 }} }}" ] ;
    sh:property [ sh:path ex:start ; sh:maxInclusive 5 ] ;
    sh:rule [ a sh:SPARQLRule ; sh:construct "CONSTRUCT {{ }} WHERE {{ VALUES ?x {{ 1 }} }}" ] ."""
    report = check(DATA, shapes)
    assert report.engines == ("fast",)
    assert report.looked_at == {"https://example.org/S": 2}
    assert [v.value.value for v in report.results] == ["9"]


def test_a_target_type_has_parameters() -> None:
    shapes = f"""{DECLARE} ex:Ends a sh:SPARQLTargetType ; sh:parameter [ sh:path ex:at ] ;
        sh:prefixes ex:o ; sh:select "SELECT ?this WHERE {{ ?this ex:end $at }}" .
    ex:S sh:target [ a ex:Ends ; ex:at 4 ] ; sh:class ex:D ."""
    report = check(DATA, shapes)
    assert [str(v.focus) for v in report.results] == ["<https://example.org/a>"]


def test_numbers_of_thousands_of_digits_are_compared() -> None:
    data = f"ex:a a ex:C ; ex:end {'9' * 5_000}, -{'9' * 5_000}, 4, {'9' * 400}.5 ."
    report = check(data, shape("SELECT $this ?value { $this ex:end ?value FILTER(?value > 1e3) }"))
    assert sorted(len(v.value.value) for v in report.results) == [402, 5_000]


def test_nodes_are_asked_about_in_parts_where_all_are_too_much(monkeypatch) -> None:
    data = "".join(f"ex:n{i} a ex:C ; ex:end {i % 7}, 9 . " for i in range(200))
    whole = check(data, shape("SELECT $this ?value { $this ex:end ?value }"))
    monkeypatch.setattr(query_batches, "_MEMORY", 3_000)
    parts = check(data, shape("SELECT $this ?value { $this ex:end ?value }"))
    assert len(parts.results) == 400
    assert parts.results == whole.results


def test_a_query_about_one_node_that_needs_too_much_is_an_error(monkeypatch) -> None:
    monkeypatch.setattr(query_batches, "_MEMORY", 1 << 20)
    product = " ".join(f"?a{i} ?b{i} ?c{i} ." for i in range(9))
    with pytest.raises(ShapesError, match=r"S>: the query cannot be answered.*bytes"):
        check(DATA, shape(f"SELECT $this {{ {product} }}"))


def test_a_list_of_thousands_in_a_query() -> None:
    members = " ".join(["1"] * 6_000)
    assert check(DATA, shape(f"SELECT $this {{ $this ex:p ({members}) }}")).conforms


def test_the_messages_of_a_shape_go_before_those_of_a_query() -> None:
    report = check(DATA, shape(QUERY, "sh:message 'query' ;", "sh:message 'shape {?value}' ;"))
    assert {v.message for v in report.results} == {"shape 3", "shape 4", "shape 8"}


def test_a_prefix_cannot_smuggle_text_into_the_query() -> None:
    shapes = shape(QUERY).replace("'https://example.org/'", "'https://e.org/> SELECT'")
    with pytest.raises(ShapesError, match="no IRI"):
        check(DATA, shapes)
    shapes = shape(QUERY).replace(
        "'ex' ;", "'ex: <https://e.org/> BASE <https://e.org/> PREFIX ex' ;"
    )
    with pytest.raises(ShapesError, match="no prefix"):
        check(DATA, shapes)


def test_a_query_that_does_not_parse_names_the_shape() -> None:
    with pytest.raises(ShapesError, match=r"S>: .*query"):
        check(DATA, shape("SELECT $this WHERE { "))


def test_a_query_too_deep_for_the_engine_is_an_error() -> None:
    deep = "SELECT $this WHERE { FILTER(" + "(" * 5000 + "1" + ")" * 5000 + ") }"
    with pytest.raises(ShapesError, match="levels are open"):
        check(DATA, shape(deep))
