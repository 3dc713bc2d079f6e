"""A report of quality in RDF: EARL says what became of each item, DQV how many findings it has.

Sources: W3C, EARL 1.0 Schema (2017); W3C, Data Quality Vocabulary (2016).
"""

from __future__ import annotations

from pyoxigraph import BlankNode, Literal, NamedNode

from glocal_kg._publish.descriptions.statements import Statements
from glocal_kg._quality.outcomes import Outcome, QualityReport
from glocal_kg._rdf.counted import counted
from glocal_kg._rdf.namespaces import DCTERMS, RDF, RDFS, SKOS, Namespace
from glocal_kg._study.vocab import RESOURCE

EARL = Namespace("earl", "http://www.w3.org/ns/earl#")
DQV = Namespace("dqv", "http://www.w3.org/ns/dqv#")
_OUTCOMES = {"passed": EARL.passed, "failed": EARL.failed, "argued": EARL.failed}


def write(report: QualityReport) -> str:
    """The report as Turtle. An argued item has failed, and its argument is in ``earl:info``."""
    from glocal_kg._version import version

    out = Statements()
    software, subject = BlankNode("software"), _subject(report)
    out.say(software, RDF.type, EARL.Software)
    out.say(software, DCTERMS.title, Literal("glocal check"))
    out.say(software, DCTERMS.hasVersion, Literal(version()))
    out.say(subject, RDF.type, EARL.TestSubject)
    out.say(subject, DCTERMS.description, Literal(counted(report.statements, "statement")))
    for outcome in report.outcomes:
        _say(outcome, software, subject, out)
    return out.turtle({"earl": str(EARL), "dqv": str(DQV), "skos": str(SKOS)})


def _say(
    outcome: Outcome, software: BlankNode, subject: NamedNode | BlankNode, out: Statements
) -> None:
    item = outcome.item
    test = NamedNode(item.iri)
    dimension = NamedNode(f"{RESOURCE}check/{item.group.lower().replace(' ', '-')}")
    assertion = BlankNode(f"assertion{item.number}")
    result = BlankNode(f"result{item.number}")
    out.say(dimension, RDF.type, DQV.Dimension)
    out.say(dimension, SKOS.prefLabel, Literal(item.group, language="en"))
    out.say(test, RDF.type, EARL.TestCriterion, DQV.Metric)
    out.say(test, DCTERMS.title, Literal(item.title, language="en"))
    out.say(test, DQV.inDimension, dimension)
    out.say(assertion, RDF.type, EARL.Assertion)
    out.say(assertion, EARL.assertedBy, software)
    out.say(assertion, EARL.subject, subject)
    out.say(assertion, EARL.test, test)
    out.say(assertion, EARL.mode, EARL.automatic)
    out.say(assertion, EARL.result, result)
    out.say(result, RDF.type, EARL.TestResult)
    untested = EARL.untested if item.run is None else EARL.inapplicable
    out.say(result, EARL.outcome, _OUTCOMES.get(outcome.state, untested))
    for text in _texts(outcome):
        out.say(result, EARL.info, Literal(text, language="en"))
    if outcome.state != "not checked":
        measure = BlankNode(f"measure{item.number}")
        out.say(measure, RDF.type, DQV.QualityMeasurement)
        out.say(measure, DQV.isMeasurementOf, test)
        out.say(measure, DQV.computedOn, subject)
        out.say(measure, DQV.value, len(outcome.found))
        out.say(subject, DQV.hasQualityMeasurement, measure)
        for number, one in enumerate(outcome.found, 1):
            if "://" in one.subject:
                pointer = BlankNode(f"finding{item.number}-{number}")
                out.say(result, EARL.pointer, pointer)
                out.say(pointer, RDFS.seeAlso, NamedNode(one.subject))


def _texts(outcome: Outcome) -> list[str]:
    if outcome.state == "not checked":
        return [outcome.reason]
    if not outcome.found:
        return [f"{outcome.looked_at} {outcome.things} {outcome.note}".strip()]
    return [
        f"{one.severity}: {one.subject}: {one.evidence}"
        + (f" Argued: {one.argument}" if one.argument else f" {one.remedy}")
        for one in outcome.found
    ]


def _subject(report: QualityReport) -> NamedNode | BlankNode:
    if "://" in report.subject and " " not in report.subject:
        return NamedNode(report.subject)
    return BlankNode("subject")
