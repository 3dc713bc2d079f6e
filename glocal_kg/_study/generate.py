"""The terms of the ontology as Python, made by ``python -m glocal_kg._study.generate``."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pyoxigraph import NamedNode


class Terms:
    """The terms, for type checkers and completion: a name that is none of them is an error."""

    Actor: NamedNode
    ActorGroup: NamedNode
    AdverseTrend: NamedNode
    Aim: NamedNode
    AreaOfAttraction: NamedNode
    Aspect: NamedNode
    Assertion: NamedNode
    Assessment: NamedNode
    City: NamedNode
    Criterion: NamedNode
    Definition: NamedNode
    Event: NamedNode
    Explanation: NamedNode
    FavorableTrend: NamedNode
    Framework: NamedNode
    GlocalPractice: NamedNode
    Government: NamedNode
    IdealMap: NamedNode
    Item: NamedNode
    Level: NamedNode
    LevelSystem: NamedNode
    List: NamedNode
    MapElement: NamedNode
    Network: NamedNode
    Notion: NamedNode
    Organization: NamedNode
    Participation: NamedNode
    Passage: NamedNode
    Person: NamedNode
    Phenomenon: NamedNode
    Place: NamedNode
    Placement: NamedNode
    Practice: NamedNode
    Principle: NamedNode
    Program: NamedNode
    Project: NamedNode
    Proposition: NamedNode
    Reading: NamedNode
    Scale: NamedNode
    SemanticConvention: NamedNode
    Silence: NamedNode
    Source: NamedNode
    Study: NamedNode
    SubnationalActor: NamedNode
    Support: NamedNode
    SyntheticAssessment: NamedNode
    Term: NamedNode
    Transcription: NamedNode
    Trend: NamedNode
    Variant: NamedNode
    about: NamedNode
    actsAs: NamedNode
    affects: NamedNode
    answers: NamedNode
    asserts: NamedNode
    assesses: NamedNode
    assumes: NamedNode
    atLevel: NamedNode
    attestedIn: NamedNode
    basis: NamedNode
    basisOf: NamedNode
    by: NamedNode
    causes: NamedNode
    chosenReading: NamedNode
    coinedBy: NamedNode
    commissionedBy: NamedNode
    concerns: NamedNode
    concludes: NamedNode
    confidence: NamedNode
    contrastsWith: NamedNode
    correspondsTo: NamedNode
    defines: NamedNode
    denies: NamedNode
    drives: NamedNode
    element: NamedNode
    exampleOf: NamedNode
    explains: NamedNode
    favors: NamedNode
    formedFrom: NamedNode
    fromSource: NamedNode
    governs: NamedNode
    hasActor: NamedNode
    hasAim: NamedNode
    hasReading: NamedNode
    hasSupport: NamedNode
    highestScore: NamedNode
    hinders: NamedNode
    inRole: NamedNode
    interpretedFrom: NamedNode
    kind: NamedNode
    linkedWith: NamedNode
    locatedIn: NamedNode
    lowestScore: NamedNode
    mentions: NamedNode
    modality: NamedNode
    occursWith: NamedNode
    ofParticipant: NamedNode
    onCriterion: NamedNode
    onMap: NamedNode
    onScale: NamedNode
    partOf: NamedNode
    participant: NamedNode
    popularizedBy: NamedNode
    qualifiedParticipation: NamedNode
    reactionTo: NamedNode
    reason: NamedNode
    relation: NamedNode
    reportedIn: NamedNode
    requires: NamedNode
    score: NamedNode
    statedIn: NamedNode
    strengthens: NamedNode
    subject: NamedNode
    theme: NamedNode
    unit: NamedNode
    value: NamedNode
    weakens: NamedNode
    when: NamedNode
    where: NamedNode
    witnessedBy: NamedNode

    def __getitem__(self, name: str) -> NamedNode:
        """A term by its name."""
        raise NotImplementedError

    def __contains__(self, node: object) -> bool:
        """Whether a node is one of the terms."""
        raise NotImplementedError


TERMS: tuple[str, ...] = tuple(Terms.__annotations__)


def current() -> list[str]:
    """The terms the packaged ontology describes now, sorted.

    >>> "Practice" in current()
    True
    """
    from pyoxigraph import NamedNode, RdfFormat, parse

    from glocal_kg._study import packaged
    from glocal_kg._study.vocab import GLOCAL

    space = str(GLOCAL)
    found = {
        quad.subject.value[len(space) :]
        for path in packaged.files("ontology", ".ttl")
        for quad in parse(path=path, format=RdfFormat.TURTLE)
        if isinstance(quad.subject, NamedNode) and quad.subject.value.startswith(space)
    }
    return sorted(found)


def _rewrite() -> None:
    with open(__file__, encoding="utf-8") as file:
        text = file.read()
    start = text.index(_FIRST) + len(_FIRST)
    end = text.index("\n    def __getitem__")
    lines = "".join(f"    {term}: NamedNode\n" for term in current())
    with open(__file__, "w", encoding="utf-8", newline="\n") as file:
        file.write(text[:start] + lines + text[end:])


_FIRST = 'a name that is none of them is an error."""\n\n'

if __name__ == "__main__":
    _rewrite()
