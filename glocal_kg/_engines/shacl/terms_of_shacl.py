"""The vocabulary of SHACL: on which kind of node each of its properties says something.

A kind is what a node is for: a shape, the query of an sh:sparql, a component, one of its
parameters and so on. It has it by its type, or as the value of a property.
"""

from __future__ import annotations

_PARAMETERS = """
    and class closed datatype disjoint equals flags hasValue ignoredProperties in languageIn
    lessThan lessThanOrEquals maxCount maxExclusive maxInclusive maxLength minCount minExclusive
    minInclusive minLength node nodeKind not or pattern property qualifiedMaxCount
    qualifiedMinCount qualifiedValueShape qualifiedValueShapesDisjoint sparql uniqueLang xone
"""
PARAMETERS = tuple(_PARAMETERS.split())
"""The names of the parameters of constraints."""
_AT = {
    "shape": """path target targetClass targetNode targetObjectsOf targetSubjectsOf message
        severity deactivated""",
    "query": "select prefixes message deactivated",
    "component": "parameter validator nodeValidator propertyValidator labelTemplate message",
    "validator": "ask select prefixes message",
    "parameter": "path optional",
    "target": "ask select prefixes",
    "kind of target": "ask select prefixes parameter labelTemplate",
    "function": "ask select prefixes parameter returnType labelTemplate",
    "ontology": "declare entailment shapesGraph suggestedShapesGraph",
    "declaration": "prefix namespace",
    "path": "alternativePath inversePath oneOrMorePath zeroOrMorePath zeroOrOnePath",
    "group": "",
    "not run": """condition construct predicate object subject this update nodes intersection union
        filterShape jsFunctionName jsLibrary jsLibraryURL annotationProperty annotationValue
        annotationVarName""",
    "result": """conforms detail focusNode result resultMessage resultPath resultSeverity
        shapesGraphWellFormed sourceConstraint sourceConstraintComponent sourceShape value""",
}
_FOR_PEOPLE = "defaultValue description group name order"
"""What is said anywhere, and what validation never reads."""
NOT_RUN = ("rule", "js", "expression", "resultAnnotation")
"""What is told wherever it stands."""
KINDS = tuple(_AT)
PLACES: dict[str, frozenset[str]] = {
    name: frozenset(kind for kind, names in _AT.items() if name in names.split())
    for names in _AT.values()
    for name in names.split()
} | dict.fromkeys(PARAMETERS, frozenset({"shape"}))
"""For each property the kinds of nodes on which it says something."""
KIND_OF_VALUE = {
    **dict.fromkeys(("property", "node", "not", "qualifiedValueShape"), "shape"),
    **dict.fromkeys(("and", "or", "xone"), "shape"),
    **dict.fromkeys(("validator", "nodeValidator", "propertyValidator"), "validator"),
    **dict.fromkeys(("path", "resultPath", *_AT["path"].split()), "path"),
    **dict.fromkeys((*NOT_RUN, *_AT["not run"].split()), "not run"),
    **dict.fromkeys(("detail", "result"), "result"),
    "parameter": "parameter",
    "sparql": "query",
    "target": "target",
    "declare": "declaration",
    "prefixes": "ontology",
    "group": "group",
}
"""What the values of a property, or the members of a list that it has, are for."""
_NOT_RUN = """
    JSConstraint JSExecutable JSFunction JSLibrary JSRule JSTarget JSTargetType JSValidator
    ResultAnnotation Rule SPARQLConstructExecutable SPARQLRule SPARQLUpdateExecutable TripleRule
"""
KIND_OF_TYPE = {
    **dict.fromkeys(("NodeShape", "PropertyShape", "Shape"), "shape"),
    **dict.fromkeys(("SPARQLAskValidator", "SPARQLSelectValidator", "Validator"), "validator"),
    **dict.fromkeys(("Function", "SPARQLFunction"), "function"),
    **dict.fromkeys(("TargetType", "SPARQLTargetType"), "kind of target"),
    **dict.fromkeys(("Target", "SPARQLTarget"), "target"),
    **dict.fromkeys(("ValidationReport", "ValidationResult", "AbstractResult"), "result"),
    **dict.fromkeys(_NOT_RUN.split(), "not run"),
    "ConstraintComponent": "component",
    "Parameter": "parameter",
    "SPARQLConstraint": "query",
    "PrefixDeclaration": "declaration",
    "PropertyGroup": "group",
}
"""What the instances of a class of SHACL are for."""
ALSO = {"parameter": "shape"}
"""A parameter is a property shape of the values that it takes."""
_OTHERS = """
    BlankNode BlankNodeOrIRI BlankNodeOrLiteral IRI IRIOrLiteral Info Literal NodeKind
    Parameterizable SPARQLAskExecutable SPARQLExecutable SPARQLSelectExecutable Severity Violation
    Warning
"""
TERMS = frozenset((*PLACES, *KIND_OF_TYPE, *NOT_RUN, *_FOR_PEOPLE.split(), *_OTHERS.split()))
"""Every name of the vocabulary but those of the components."""
