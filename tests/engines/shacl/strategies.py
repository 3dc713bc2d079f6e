"""Random small graphs and shapes, as Turtle, for comparing engines and edits."""

from __future__ import annotations

from hypothesis import strategies as st

NODES = ["ex:a", "ex:b", "ex:c", "ex:d", "_:x"]
CLASSES = ["ex:C", "ex:D", "ex:E"]
PROPERTIES = ["ex:p", "ex:q", "ex:r"]
LITERALS = [
    "1",
    "2",
    '"1"^^xsd:decimal',
    '"2.5"^^xsd:decimal',
    '"2.0E0"^^xsd:double',
    '"a"',
    '"ab"',
    '"a"@en',
    '"b"@en',
    '"b"@it',
    '"c"@en-us',
    "true",
    '"2001-01-01"^^xsd:date',
    '"2002-02-02"^^xsd:date',
    '"2001-01-01T00:00:00"^^xsd:dateTime',
    '"2001-01-02T00:00:00Z"^^xsd:dateTime',
]

ODD = [
    "01",
    "1.0",
    '"1"^^xsd:byte',
    '"300"^^xsd:byte',
    '"x"^^xsd:integer',
    '"1"^^xsd:boolean',
    '"NaN"^^xsd:double',
    '"-0.0"^^xsd:double',
    '"2001-01-01T01:00:00+01:00"^^xsd:dateTime',
    '"PT24H"^^xsd:dayTimeDuration',
    '"P1D"^^xsd:duration',
    '"a"^^ex:own',
]
"""Other forms of the same values, forms that are none, and datatypes of which nothing is known."""

NUMBERS = LITERALS[:5]

nodes = st.sampled_from(NODES)
classes = st.sampled_from(CLASSES)
properties = st.sampled_from(PROPERTIES)
values = st.one_of(nodes, st.sampled_from(LITERALS))
triples = st.one_of(
    st.tuples(nodes, properties, values),
    st.tuples(nodes, st.just("rdf:type"), classes),
    st.tuples(classes, st.just("rdfs:subClassOf"), classes),
)
odd_triples = st.tuples(nodes, properties, st.sampled_from(ODD))
graphs = st.lists(triples, max_size=25).map(
    lambda rows: "\n".join(f"{s} {p} {o} ." for s, p, o in rows)
)
numeric_triples = st.tuples(st.sampled_from(NODES), properties, st.sampled_from(NUMBERS))
numeric_graphs = st.lists(numeric_triples, max_size=25).map(
    lambda rows: "\n".join(f"{s} {p} {o} ." for s, p, o in rows)
)

simple_paths = st.one_of(
    properties, properties, properties.map(lambda p: f"[ sh:inversePath {p} ]")
)
paths = st.recursive(
    simple_paths,
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(lambda x: f"( {' '.join(x)} )"),
        st.lists(inner, min_size=2, max_size=3).map(
            lambda x: f"[ sh:alternativePath ( {' '.join(x)} ) ]"
        ),
        inner.map(lambda x: f"[ sh:zeroOrMorePath {x} ]"),
        inner.map(lambda x: f"[ sh:oneOrMorePath {x} ]"),
        inner.map(lambda x: f"[ sh:zeroOrOnePath {x} ]"),
        inner.map(lambda x: f"[ sh:inversePath {x} ]"),
    ),
    max_leaves=4,
)

named = st.sampled_from([item for item in NODES if item != "_:x"])
known = st.one_of(named, st.sampled_from(LITERALS))
numbers = st.integers(0, 3)
plain_datatypes = ["integer", "decimal", "double", "string", "boolean", "date", "dateTime"]
value_constraints = st.one_of(
    classes.map(lambda x: f"sh:class {x}"),
    st.sampled_from(plain_datatypes).map(lambda x: f"sh:datatype xsd:{x}"),
    st.just("sh:datatype rdf:langString"),
    st.sampled_from(
        ["IRI", "BlankNode", "Literal", "BlankNodeOrIRI", "BlankNodeOrLiteral", "IRIOrLiteral"]
    ).map(lambda x: f"sh:nodeKind sh:{x}"),
    st.tuples(st.sampled_from(["minLength", "maxLength"]), numbers).map(
        lambda x: f"sh:{x[0]} {x[1]}"
    ),
    st.sampled_from(['"^a"', '"b$"', '"^[a-c]+$"', '"B" ; sh:flags "i"', '"/a"']).map(
        lambda x: f"sh:pattern {x}"
    ),
    st.sampled_from(['"en"', '"it" "fr"', '"en-us"']).map(lambda x: f"sh:languageIn ( {x} )"),
    st.lists(known, max_size=4).map(lambda x: f"sh:in ( {' '.join(x)} )"),
    known.map(lambda x: f"sh:hasValue {x}"),
    properties.map(lambda x: f"sh:equals {x}"),
    properties.map(lambda x: f"sh:disjoint {x}"),
)
counts = st.one_of(
    numbers.map(lambda x: f"sh:minCount {x}"),
    numbers.map(lambda x: f"sh:maxCount {x}"),
    st.just("sh:uniqueLang true"),
)
orders = st.one_of(
    st.sampled_from(["1", "2", "2.5", "2.0E0"]).flatmap(
        lambda bound: st.sampled_from(
            ["minExclusive", "minInclusive", "maxExclusive", "maxInclusive"]
        ).map(lambda x: f"sh:{x} {bound}")
    ),
    properties.map(lambda x: f"sh:lessThan {x}"),
    properties.map(lambda x: f"sh:lessThanOrEquals {x}"),
)
targets = st.one_of(
    classes.map(lambda x: f"sh:targetClass {x}"),
    known.map(lambda x: f"sh:targetNode {x}"),
    properties.map(lambda x: f"sh:targetSubjectsOf {x}"),
    properties.map(lambda x: f"sh:targetObjectsOf {x}"),
)


QUERIES = [
    "$this ex:p ?value FILTER(?value = 1)",
    "$this ex:p ?value FILTER NOT EXISTS { $this ex:q ?value }",
    "$this ex:p/ex:q* ?value . ?value a ex:C",
    "?value ex:r $this OPTIONAL { ?value ex:p ?o } FILTER(!bound(?o))",
    "$this ?p ?value FILTER(isLiteral(?value) && datatype(?value) = xsd:integer)",
    "FILTER NOT EXISTS { ?x ex:q 1 }",
    "$this ex:p ?x . ?value ex:q ?x FILTER(?value != $this)",
    "{ $this ex:p ?value } UNION { ?value ex:q $this }",
    "{ SELECT $this (MAX(?v) AS ?m) { $this ex:p ?v } GROUP BY $this } "
    "$this ex:p ?value FILTER(?value < ?m)",
    "GRAPH $shapesGraph { $currentShape a ?kind } $this ex:p ?value FILTER(?value != ?kind)",
]
PREFIXED = (
    'ex:o sh:declare [ sh:prefix "ex" ; sh:namespace "https://example.org/"^^xsd:anyURI ], '
    '[ sh:prefix "xsd" ; sh:namespace "http://www.w3.org/2001/XMLSchema#"^^xsd:anyURI ] .\n'
)
queries = st.sampled_from(QUERIES).map(
    lambda where: (
        f'sh:sparql [ sh:prefixes ex:o ; sh:select """SELECT $this ?value {{ {where} }}""" ]'
    )
)


def once(lines: list[str]) -> list[str]:
    """Each parameter at most once, since most may not be given twice."""
    return list({line.split()[0]: line for line in lines}.values())


order_shapes = st.lists(orders, min_size=1, max_size=4).map(
    lambda lines: (
        " ;\n".join(
            ["ex:S a sh:PropertyShape ; sh:targetSubjectsOf ex:p ; sh:path ex:p", *once(lines)]
        )
        + " ."
    )
)


@st.composite
def shapes_graphs(draw: st.DrawFn, ordered: bool = True, asking: bool = False) -> str:
    """A few shapes, each using only earlier ones, so that none is recursive.

    Without ``ordered`` there are no constraints that order values of any two kinds; ``asking``
    gives some of them queries.
    """
    set_constraints = st.one_of(counts, orders) if ordered else counts
    text: list[str] = [PREFIXED] if asking else []
    node_shapes: list[str] = []
    property_shapes: list[str] = []
    for number in range(draw(st.integers(1, 6))):
        name = f"ex:S{number}"
        lines = draw(st.lists(value_constraints, max_size=3))
        is_property = draw(st.booleans())
        if is_property:
            lines.append(f"sh:path {draw(paths)}")
            lines += draw(st.lists(set_constraints, max_size=2))
        before = node_shapes + property_shapes
        if before:
            others = st.sampled_from(before)
            lists = st.lists(others, min_size=1, max_size=3).map(" ".join)
            choices = [
                others.map(lambda x: f"sh:not {x}"),
                st.tuples(st.sampled_from(["and", "or", "xone"]), lists).map(
                    lambda x: f"sh:{x[0]} ( {x[1]} )"
                ),
            ]
            if node_shapes:
                choices.append(st.sampled_from(list(node_shapes)).map(lambda x: f"sh:node {x}"))
            if is_property:
                choices.append(
                    st.tuples(others, st.sampled_from(["Min", "Max"]), numbers).map(
                        lambda x: f"sh:qualifiedValueShape {x[0]} ; sh:qualified{x[1]}Count {x[2]}"
                    )
                )
            lines += draw(st.lists(st.one_of(choices), max_size=2))
        if property_shapes:
            inner = draw(st.lists(st.sampled_from(property_shapes), max_size=2, unique=True))
            lines += [f"sh:property {x}" for x in inner][:1]
        if not is_property and draw(st.integers(0, 4)) == 0:
            lines.append("sh:closed true ; sh:ignoredProperties ( rdf:type )")
        lines = once(lines)
        lines += draw(st.lists(targets, max_size=2))
        if asking and draw(st.integers(0, 2)) == 0:
            lines.append(draw(queries))
        if draw(st.integers(0, 5)) == 0:
            lines.append("sh:severity sh:Warning")
        if draw(st.integers(0, 9)) == 0:
            lines.append("sh:deactivated true")
        kind = "sh:PropertyShape" if is_property else "sh:NodeShape"
        text.append(" ;\n  ".join([f"{name} a {kind}", *lines]) + " .")
        (property_shapes if is_property else node_shapes).append(name)
    return "\n".join(text)
