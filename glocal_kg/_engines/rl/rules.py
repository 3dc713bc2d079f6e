"""The rules of OWL 2 RL as data: every rule of tables 4 to 9, for any engine to run.

Source: W3C, OWL 2 Web Ontology Language Profiles (second edition), section 4.3. The names are
the W3C's; the notation is ours:

- ``given`` are premises about the ontology. They are matched first and bind the properties, so
  that what remains of a rule (``when``) speaks of known properties only.
- ``when`` are premises about anything; ``then`` are the conclusions. A rule with no conclusion
  reports a clash.
- ``?x`` is a variable, ``a`` is rdf:type, ``0`` and ``1`` are literals of that value, whatever
  their integer datatype.
- ``[?m]`` stands for an RDF list. ``members`` says what the rule does with its members:
  ``any``: one rule for each member ``?m``; ``pairs``: one for each two members ``?m`` and ``?n``,
  the first before the second; ``all``: the premises with ``?m`` hold for every member, and a
  variable ending in ``_`` may differ from member to member; ``chain``: the premise with ``?m``
  is a link from ``?from`` to ``?to``, and the links are joined from ``?start`` to ``?end``.
- ``covered`` names rules that together give the same facts. The engine then does not run the
  rule; explanations and the check of proofs use it all the same.
- ``built_in`` says what takes the place of the premises where triple patterns cannot: the
  rule's facts come from a table or from the values of literals.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

Tokens: TypeAlias = tuple[str, str, str]
Members: TypeAlias = Literal["", "any", "all", "pairs", "chain"]

PREFIXES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def parse(text: str) -> tuple[Tokens, ...]:
    """Triple patterns from text.

    >>> parse("?p rdfs:domain ?c . ?x ?p ?y")
    (('?p', 'rdfs:domain', '?c'), ('?x', '?p', '?y'))
    """
    patterns = []
    for part in text.split(" . ") if text else ():
        s, p, o = part.split()
        patterns.append((s, "rdf:type" if p == "a" else p, o))
    return tuple(patterns)


@dataclass(frozen=True, eq=False)
class Rule:
    """One rule. See the head of this module for the notation."""

    name: str
    table: int
    given: tuple[Tokens, ...]
    when: tuple[Tokens, ...]
    then: tuple[Tokens, ...]
    members: Members
    covered: str
    built_in: str

    @property
    def clash(self) -> bool:
        """Whether the rule reports a contradiction instead of a fact."""
        return not self.then and not self.built_in

    def __repr__(self) -> str:
        return f"Rule({self.name})"


def _rule(
    name: str,
    table: int,
    given: str = "",
    when: str = "",
    then: str = "",
    members: Members = "",
    covered: str = "",
    built_in: str = "",
) -> Rule:
    return Rule(name, table, parse(given), parse(when), parse(then), members, covered, built_in)


CLASH = ""

ANNOTATIONS = [
    "rdfs:label", "rdfs:comment", "rdfs:seeAlso", "rdfs:isDefinedBy", "owl:deprecated",
    "owl:versionInfo", "owl:priorVersion", "owl:backwardCompatibleWith", "owl:incompatibleWith",
]  # fmt: skip
"""The built-in annotation properties of OWL 2 RL (rule prp-ap)."""

DATATYPES = [
    "rdf:PlainLiteral", "rdf:XMLLiteral", "rdfs:Literal", "xsd:decimal", "xsd:integer",
    "xsd:nonNegativeInteger", "xsd:nonPositiveInteger", "xsd:positiveInteger",
    "xsd:negativeInteger", "xsd:long", "xsd:int", "xsd:short", "xsd:byte", "xsd:unsignedLong",
    "xsd:unsignedInt", "xsd:unsignedShort", "xsd:unsignedByte", "xsd:float", "xsd:double",
    "xsd:string", "xsd:normalizedString", "xsd:token", "xsd:language", "xsd:Name", "xsd:NCName",
    "xsd:NMTOKEN", "xsd:boolean", "xsd:hexBinary", "xsd:base64Binary", "xsd:anyURI", "xsd:dateTime",
    "xsd:dateTimeStamp",
]  # fmt: skip
"""The datatypes OWL 2 RL supports (section 4.2 of the profiles; rule dt-type1)."""

_MAX = "?x owl:maxCardinality {} . ?x owl:onProperty ?p"
_MAXQ = "?x owl:maxQualifiedCardinality {} . ?x owl:onProperty ?p . ?x owl:onClass ?c"

RULES: tuple[Rule, ...] = (
    # Table 4: equality
    _rule("eq-ref", 4, when="?s ?p ?o",
          then="?s owl:sameAs ?s . ?p owl:sameAs ?p . ?o owl:sameAs ?o"),
    _rule("eq-sym", 4, when="?x owl:sameAs ?y", then="?y owl:sameAs ?x"),
    _rule("eq-trans", 4, when="?x owl:sameAs ?y . ?y owl:sameAs ?z", then="?x owl:sameAs ?z"),
    _rule("eq-rep-s", 4, when="?s owl:sameAs ?t . ?s ?p ?o", then="?t ?p ?o"),
    _rule("eq-rep-p", 4, when="?p owl:sameAs ?q . ?s ?p ?o", then="?s ?q ?o"),
    _rule("eq-rep-o", 4, when="?o owl:sameAs ?t . ?s ?p ?o", then="?s ?p ?t"),
    _rule("eq-diff1", 4, when="?x owl:sameAs ?y . ?x owl:differentFrom ?y", then=CLASH),
    _rule("eq-diff2", 4, "?x a owl:AllDifferent . ?x owl:members [?m]",
          when="?m owl:sameAs ?n", then=CLASH, members="pairs"),
    _rule("eq-diff3", 4, "?x a owl:AllDifferent . ?x owl:distinctMembers [?m]",
          when="?m owl:sameAs ?n", then=CLASH, members="pairs"),
    # Table 5: axioms about properties
    _rule("prp-ap", 5, built_in="each built-in annotation property is one"),
    _rule("prp-dom", 5, "?p rdfs:domain ?c", "?x ?p ?y", "?x a ?c"),
    _rule("prp-rng", 5, "?p rdfs:range ?c", "?x ?p ?y", "?y a ?c"),
    _rule("prp-fp", 5, "?p a owl:FunctionalProperty", "?x ?p ?y . ?x ?p ?z", "?y owl:sameAs ?z"),
    _rule("prp-ifp", 5, "?p a owl:InverseFunctionalProperty", "?x ?p ?z . ?y ?p ?z",
          "?x owl:sameAs ?y"),
    _rule("prp-irp", 5, "?p a owl:IrreflexiveProperty", "?x ?p ?x", CLASH),
    _rule("prp-symp", 5, "?p a owl:SymmetricProperty", "?x ?p ?y", "?y ?p ?x"),
    _rule("prp-asyp", 5, "?p a owl:AsymmetricProperty", "?x ?p ?y . ?y ?p ?x", CLASH),
    _rule("prp-trp", 5, "?p a owl:TransitiveProperty", "?x ?p ?y . ?y ?p ?z", "?x ?p ?z"),
    _rule("prp-spo1", 5, "?p rdfs:subPropertyOf ?q", "?x ?p ?y", "?x ?q ?y"),
    _rule("prp-spo2", 5, "?p owl:propertyChainAxiom [?m]", "?from ?m ?to", "?start ?p ?end",
          members="chain"),
    _rule("prp-eqp1", 5, "?p owl:equivalentProperty ?q", "?x ?p ?y", "?x ?q ?y",
          covered="scm-eqp1 prp-spo1"),
    _rule("prp-eqp2", 5, "?p owl:equivalentProperty ?q", "?x ?q ?y", "?x ?p ?y",
          covered="scm-eqp1 prp-spo1"),
    _rule("prp-pdw", 5, "?p owl:propertyDisjointWith ?q", "?x ?p ?y . ?x ?q ?y", CLASH),
    _rule("prp-adp", 5, "?l a owl:AllDisjointProperties . ?l owl:members [?m]",
          "?x ?m ?y . ?x ?n ?y", CLASH, members="pairs"),
    _rule("prp-inv1", 5, "?p owl:inverseOf ?q", "?x ?p ?y", "?y ?q ?x"),
    _rule("prp-inv2", 5, "?p owl:inverseOf ?q", "?x ?q ?y", "?y ?p ?x"),
    _rule("prp-key", 5, "?c owl:hasKey [?m]", "?x a ?c . ?x ?m ?z_ . ?y ?m ?z_ . ?y a ?c",
          "?x owl:sameAs ?y", members="all"),
    _rule("prp-npa1", 5, "?n owl:sourceIndividual ?i . ?n owl:assertionProperty ?p . "
          "?n owl:targetIndividual ?j", "?i ?p ?j", CLASH),
    _rule("prp-npa2", 5, "?n owl:sourceIndividual ?i . ?n owl:assertionProperty ?p . "
          "?n owl:targetValue ?j", "?i ?p ?j", CLASH),
    # Table 6: classes
    _rule("cls-thing", 6, then="owl:Thing a owl:Class"),
    _rule("cls-nothing1", 6, then="owl:Nothing a owl:Class"),
    _rule("cls-nothing2", 6, when="?x a owl:Nothing", then=CLASH),
    _rule("cls-int1", 6, "?c owl:intersectionOf [?m]", "?y a ?m", "?y a ?c", members="all"),
    _rule("cls-int2", 6, "?c owl:intersectionOf [?m]", "?y a ?c", "?y a ?m", members="any",
          covered="scm-int cax-sco"),
    _rule("cls-uni", 6, "?c owl:unionOf [?m]", "?y a ?m", "?y a ?c", members="any",
          covered="scm-uni cax-sco"),
    _rule("cls-com", 6, "?c owl:complementOf ?d", "?x a ?c . ?x a ?d", CLASH),
    _rule("cls-svf1", 6, "?x owl:someValuesFrom ?y . ?x owl:onProperty ?p", "?u ?p ?v . ?v a ?y",
          "?u a ?x"),
    _rule("cls-svf2", 6, "?x owl:someValuesFrom owl:Thing . ?x owl:onProperty ?p", "?u ?p ?v",
          "?u a ?x"),
    _rule("cls-avf", 6, "?x owl:allValuesFrom ?y . ?x owl:onProperty ?p", "?u a ?x . ?u ?p ?v",
          "?v a ?y"),
    _rule("cls-hv1", 6, "?x owl:hasValue ?y . ?x owl:onProperty ?p", "?u a ?x", "?u ?p ?y"),
    _rule("cls-hv2", 6, "?x owl:hasValue ?y . ?x owl:onProperty ?p", "?u ?p ?y", "?u a ?x"),
    _rule("cls-maxc1", 6, _MAX.format(0), "?u a ?x . ?u ?p ?y", CLASH),
    _rule("cls-maxc2", 6, _MAX.format(1), "?u a ?x . ?u ?p ?y . ?u ?p ?z", "?y owl:sameAs ?z"),
    _rule("cls-maxqc1", 6, _MAXQ.format(0), "?u a ?x . ?u ?p ?y . ?y a ?c", CLASH),
    _rule("cls-maxqc2", 6, _MAXQ.format(0).replace("?c", "owl:Thing"), "?u a ?x . ?u ?p ?y",
          CLASH),
    _rule("cls-maxqc3", 6, _MAXQ.format(1), "?u a ?x . ?u ?p ?y . ?y a ?c . ?u ?p ?z . ?z a ?c",
          "?y owl:sameAs ?z"),
    _rule("cls-maxqc4", 6, _MAXQ.format(1).replace("?c", "owl:Thing"),
          "?u a ?x . ?u ?p ?y . ?u ?p ?z", "?y owl:sameAs ?z"),
    _rule("cls-oo", 6, "?c owl:oneOf [?m]", then="?m a ?c", members="any"),
    # Table 7: class axioms
    _rule("cax-sco", 7, when="?c rdfs:subClassOf ?d . ?x a ?c", then="?x a ?d"),
    _rule("cax-eqc1", 7, when="?c owl:equivalentClass ?d . ?x a ?c", then="?x a ?d",
          covered="scm-eqc1 cax-sco"),
    _rule("cax-eqc2", 7, when="?c owl:equivalentClass ?d . ?x a ?d", then="?x a ?c",
          covered="scm-eqc1 cax-sco"),
    _rule("cax-dw", 7, "?c owl:disjointWith ?d", "?x a ?c . ?x a ?d", CLASH),
    _rule("cax-adc", 7, "?l a owl:AllDisjointClasses . ?l owl:members [?m]",
          "?x a ?m . ?x a ?n", CLASH, members="pairs"),
    # Table 8: datatypes
    _rule("dt-type1", 8, built_in="each supported datatype is an rdfs:Datatype"),
    _rule("dt-type2", 8, built_in="a literal is of each supported datatype that holds its value"),
    _rule("dt-eq", 8, built_in="two literals of the same value are the same"),
    _rule("dt-diff", 8, built_in="two literals of different values are different"),
    _rule("dt-not-type", 8, built_in="a literal that is said to be of a datatype, by its own form "
          "or by a fact, but whose value the datatype does not hold, is a clash"),
    # Table 9: schema vocabulary
    _rule("scm-cls", 9, when="?c a owl:Class", then="?c rdfs:subClassOf ?c . "
          "?c owl:equivalentClass ?c . ?c rdfs:subClassOf owl:Thing . "
          "owl:Nothing rdfs:subClassOf ?c"),
    _rule("scm-sco", 9, when="?a rdfs:subClassOf ?b . ?b rdfs:subClassOf ?c",
          then="?a rdfs:subClassOf ?c"),
    _rule("scm-eqc1", 9, when="?a owl:equivalentClass ?b",
          then="?a rdfs:subClassOf ?b . ?b rdfs:subClassOf ?a"),
    _rule("scm-eqc2", 9, when="?a rdfs:subClassOf ?b . ?b rdfs:subClassOf ?a",
          then="?a owl:equivalentClass ?b"),
    _rule("scm-op", 9, when="?p a owl:ObjectProperty",
          then="?p rdfs:subPropertyOf ?p . ?p owl:equivalentProperty ?p"),
    _rule("scm-dp", 9, when="?p a owl:DatatypeProperty",
          then="?p rdfs:subPropertyOf ?p . ?p owl:equivalentProperty ?p"),
    _rule("scm-spo", 9, when="?a rdfs:subPropertyOf ?b . ?b rdfs:subPropertyOf ?c",
          then="?a rdfs:subPropertyOf ?c"),
    _rule("scm-eqp1", 9, when="?a owl:equivalentProperty ?b",
          then="?a rdfs:subPropertyOf ?b . ?b rdfs:subPropertyOf ?a"),
    _rule("scm-eqp2", 9, when="?a rdfs:subPropertyOf ?b . ?b rdfs:subPropertyOf ?a",
          then="?a owl:equivalentProperty ?b"),
    _rule("scm-dom1", 9, when="?p rdfs:domain ?c . ?c rdfs:subClassOf ?d",
          then="?p rdfs:domain ?d"),
    _rule("scm-dom2", 9, when="?q rdfs:domain ?c . ?p rdfs:subPropertyOf ?q",
          then="?p rdfs:domain ?c"),
    _rule("scm-rng1", 9, when="?p rdfs:range ?c . ?c rdfs:subClassOf ?d",
          then="?p rdfs:range ?d"),
    _rule("scm-rng2", 9, when="?q rdfs:range ?c . ?p rdfs:subPropertyOf ?q",
          then="?p rdfs:range ?c"),
    _rule("scm-hv", 9, when="?c owl:hasValue ?i . ?c owl:onProperty ?p . ?d owl:hasValue ?i . "
          "?d owl:onProperty ?q . ?p rdfs:subPropertyOf ?q", then="?c rdfs:subClassOf ?d"),
    _rule("scm-svf1", 9, when="?c owl:someValuesFrom ?y . ?c owl:onProperty ?p . "
          "?d owl:someValuesFrom ?z . ?d owl:onProperty ?p . ?y rdfs:subClassOf ?z",
          then="?c rdfs:subClassOf ?d"),
    _rule("scm-svf2", 9, when="?c owl:someValuesFrom ?y . ?c owl:onProperty ?p . "
          "?d owl:someValuesFrom ?y . ?d owl:onProperty ?q . ?p rdfs:subPropertyOf ?q",
          then="?c rdfs:subClassOf ?d"),
    _rule("scm-avf1", 9, when="?c owl:allValuesFrom ?y . ?c owl:onProperty ?p . "
          "?d owl:allValuesFrom ?z . ?d owl:onProperty ?p . ?y rdfs:subClassOf ?z",
          then="?c rdfs:subClassOf ?d"),
    _rule("scm-avf2", 9, when="?c owl:allValuesFrom ?y . ?c owl:onProperty ?p . "
          "?d owl:allValuesFrom ?y . ?d owl:onProperty ?q . ?p rdfs:subPropertyOf ?q",
          then="?d rdfs:subClassOf ?c"),
    _rule("scm-int", 9, "?c owl:intersectionOf [?m]", then="?c rdfs:subClassOf ?m", members="any"),
    _rule("scm-uni", 9, "?c owl:unionOf [?m]", then="?m rdfs:subClassOf ?c", members="any"),
)  # fmt: skip
"""All 78 rules, in the order of the W3C's tables."""

BY_NAME = {rule.name: rule for rule in RULES}


def spread(rule: Rule, count: int) -> Iterator[tuple[tuple[Tokens, ...], tuple[Tokens, ...]]]:
    """Premises and conclusions of a rule for a list of ``count`` members.

    Member ``i``, counted from 0, is the variable ``?m<i>``.

    >>> for when, then in spread(BY_NAME["prp-spo2"], 2):
    ...     print(when, then)
    (('?link0', '?m0', '?link1'), ('?link1', '?m1', '?link2')) (('?link0', '?p', '?link2'),)
    """

    def put(tokens: tuple[Tokens, ...], names: dict[str, str]) -> tuple[Tokens, ...]:
        get = names.get
        return tuple((get(s, s), get(p, p), get(o, o)) for s, p, o in tokens)

    if rule.members == "any":
        for i in range(count):
            names = {"?m": f"?m{i}"}
            yield put(rule.when, names), put(rule.then, names)
    elif rule.members == "pairs":
        for i in range(count):
            for j in range(i + 1, count):
                names = {"?m": f"?m{i}", "?n": f"?m{j}"}
                yield put(rule.when, names), put(rule.then, names)
    elif rule.members == "all" and count:
        premises: list[Tokens] = [tokens for tokens in rule.when if "?m" not in tokens]
        for i in range(count):
            names = {"?m": f"?m{i}", "?z_": f"?z{i}"}
            premises += put(tuple(tokens for tokens in rule.when if "?m" in tokens), names)
        yield tuple(premises), rule.then
    elif rule.members == "chain" and count:
        premises = []
        for i in range(count):
            names = {"?m": f"?m{i}", "?from": f"?link{i}", "?to": f"?link{i + 1}"}
            premises += put(rule.when, names)
        yield tuple(premises), put(rule.then, {"?start": "?link0", "?end": f"?link{count}"})


def premises(rule: Rule, count: int) -> Iterator[tuple[tuple[Tokens, ...], tuple[Tokens, ...]]]:
    """All premises as plain triple patterns, the cells of the list included, and conclusions.

    >>> for before, after in premises(BY_NAME["cls-uni"], 1):
    ...     print(before, after)
    (('?c', 'owl:unionOf', '?list'), ('?list', 'rdf:first', '?m0'), \
('?list', 'rdf:rest', 'rdf:nil'), ('?y', 'rdf:type', '?m0')) (('?y', 'rdf:type', '?c'),)
    """
    if not rule.members:
        yield rule.given + rule.when, rule.then
        return
    given = tuple((s, p, "?list" if o[0] == "[" else o) for s, p, o in rule.given)
    nodes = ["?list", *(f"?cell{i}" for i in range(1, count)), "rdf:nil"]
    cells: list[Tokens] = []
    for i in range(count):
        cells += [(nodes[i], "rdf:first", f"?m{i}"), (nodes[i], "rdf:rest", nodes[i + 1])]
    for when, then in spread(rule, count):
        yield given + tuple(cells) + when, then
