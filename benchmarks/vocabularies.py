"""Our vocabulary side by side with others: terms, sentences of definition, patterns of a question.

    python -m benchmarks.vocabularies FOLDER

FOLDER holds those of ``org.ttl``, ``saref.ttl`` and ``fibo-people.rdf`` that the reader has saved
from their owners (W3C ORG, ETSI SAREF core, FIBO FND People), in any RDF format, by these names.
Prints two tables in Markdown. Terms are those of the vocabulary's own name space that its file
declares; of each the longest definition or comment in English is counted. A term of a question
that the file does not have ends the command, so no pattern is made up.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox

import glocal_kg as gk
from glocal_kg._rdf.namespaces import OWL, RDF, RDFS, SKOS
from glocal_kg._rdf.reading import open_source
from glocal_kg._study import packaged

OURS = "glocal"
SPACES = {
    OURS: "https://w3id.org/glocal/ontology#",
    "org": "http://www.w3.org/ns/org#",
    "saref": "https://saref.etsi.org/core/",
    "fibo-people": "https://spec.edmcouncil.org/fibo/ontology/FND/AgentsAndPeople/People/",
}
CLASSES = {OWL.Class, RDFS.Class}
PROPERTIES = {
    OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty, RDF.Property,
}  # fmt: skip
# Question, then the pattern in our terms and in those of another. ``;`` and ``.`` part patterns.
QUESTIONS = (
    ("who takes part in what", "?x glocal:participant ?who", "org", "?who org:memberOf ?x"),
    ("in which role",
     "?x glocal:qualifiedParticipation ?n . ?n glocal:ofParticipant ?who ; glocal:inRole ?role",
     "org", "?n org:organization ?x ; org:member ?who ; org:role ?role"),
    ("what is a part of what", "?part glocal:partOf ?whole", "org",
     "?part org:subOrganizationOf ?whole"),
    ("with which value and unit",
     "?p glocal:subject ?x ; glocal:value ?value ; glocal:unit ?unit",
     "saref", "?m saref:relatesToProperty ?x ; saref:hasValue ?value ; saref:isMeasuredIn ?unit"),
    ("born when", "?who schema:birthDate ?when", "fibo-people",
     "?who fibo-people:hasDateOfBirth ?birth . ?birth cmns-dt:hasDateValue ?when"),
)  # fmt: skip


def quads_of(paths: Iterable[str]) -> list[ox.Quad]:
    """The statements of files."""
    return [quad for path in paths for quad in open_source(path).quads()]


def terms(quads: list[ox.Quad], space: str, kinds: set[ox.NamedNode]) -> set[ox.NamedNode]:
    """The terms of a name space that are declared to be of one of some kinds.

    >>> a = ox.NamedNode("https://e.org/A")
    >>> len(terms([ox.Quad(a, RDF.type, OWL.Class)], "https://e.org/", CLASSES))
    1
    """
    return {
        quad.subject
        for quad in quads
        if quad.predicate == RDF.type
        and quad.object in kinds
        and isinstance(quad.subject, ox.NamedNode)
        and quad.subject.value.startswith(space)
    }


def sentences(quads: list[ox.Quad], of: set[ox.NamedNode]) -> int:
    """How many sentences define some terms: of each, those of its longest text in English."""
    longest: dict[ox.NamedNode, str] = {}
    for quad in quads:
        if quad.subject in of and quad.predicate in (RDFS.comment, SKOS.definition):
            text = quad.object
            if isinstance(text, ox.Literal) and (text.language or "en").startswith("en"):
                before = longest.get(quad.subject, "")
                longest[quad.subject] = max(before, text.value, key=len)
    return sum(
        len([part for part in re.split(r"(?<=[.!?])\s+|\n+", text.strip()) if part])
        for text in longest.values()
    )


def patterns(text: str) -> int:
    """How many triple patterns a text has.

    >>> patterns("?a ex:p ?b ; ex:q ?c . ?c ex:r ?d")
    3
    """
    return len(re.split(r" [;.] ", text))


def check(text: str, name: str, declared: set[ox.NamedNode]) -> None:
    """End the command where a term of a vocabulary's own is not in its file."""
    for local in re.findall(rf"\b{name}:(\w+)", text):
        if ox.NamedNode(SPACES[name] + local) not in declared:
            sys.exit(f"{name}:{local} is not in the file of {name}; mend QUESTIONS.")


def main(folder: Path) -> None:
    """Print both tables."""
    files = {path.stem: str(path) for path in sorted(folder.iterdir()) if path.stem in SPACES}
    files.pop(OURS, None)
    if not files:
        sys.exit(f"{folder} has none of org, saref and fibo-people, such as org.ttl.")
    ours = [path for path in packaged.sources() if "/ontology/" in path]
    every = {OURS: quads_of(ours), **{name: quads_of([path]) for name, path in files.items()}}
    declared = {
        name: terms(quads, SPACES[name], CLASSES | PROPERTIES) for name, quads in every.items()
    }
    print("| vocabulary | classes | properties | sentences | a term |\n|---|---:|---:|---:|---:|")
    for name, quads in every.items():
        classes = terms(quads, SPACES[name], CLASSES)
        properties = terms(quads, SPACES[name], PROPERTIES)
        said = sentences(quads, declared[name])
        share = said / len(classes | properties)
        print(f"| {name} | {len(classes)} | {len(properties)} | {said} | {share:.1f} |")
    kg = gk.load()
    print("\n| question | patterns in ours | in another |\n|---|---:|---:|")
    for question, mine, name, theirs in QUESTIONS:
        check(mine, OURS, declared[OURS])
        if not kg.ask(f"ASK {{ {mine} }}"):
            sys.exit(f"Nothing answers {mine}; mend QUESTIONS.")
        if name in files:
            check(theirs, name, declared[name])
            print(f"| {question} | {patterns(mine)} | {patterns(theirs)} ({name}) |")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
