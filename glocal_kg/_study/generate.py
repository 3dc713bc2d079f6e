"""The terms of the ontology as Python, made by ``python -m glocal_kg._study.generate``."""

from __future__ import annotations

# fmt: off
TERMS: tuple[str, ...] = (
    "Actor",
    "ActorGroup",
    "AdverseTrend",
    "Aim",
    "AreaOfAttraction",
    "Aspect",
    "Assertion",
    "Assessment",
    "City",
    "Criterion",
    "Definition",
    "Event",
    "Explanation",
    "FavorableTrend",
    "Framework",
    "GlocalPractice",
    "Government",
    "IdealMap",
    "Item",
    "Level",
    "LevelSystem",
    "List",
    "MapElement",
    "Network",
    "Notion",
    "Organization",
    "Participation",
    "Passage",
    "Person",
    "Phenomenon",
    "Place",
    "Placement",
    "Practice",
    "Principle",
    "Program",
    "Project",
    "Proposition",
    "Reading",
    "Scale",
    "SemanticConvention",
    "Silence",
    "Source",
    "Study",
    "SubnationalActor",
    "Support",
    "SyntheticAssessment",
    "Term",
    "Transcription",
    "Trend",
    "Variant",
    "about",
    "actsAs",
    "affects",
    "answers",
    "asserts",
    "assesses",
    "assumes",
    "atLevel",
    "attestedIn",
    "basis",
    "basisOf",
    "by",
    "causes",
    "chosenReading",
    "coinedBy",
    "commissionedBy",
    "concerns",
    "concludes",
    "confidence",
    "contrastsWith",
    "correspondsTo",
    "defines",
    "denies",
    "drives",
    "element",
    "exampleOf",
    "explains",
    "favors",
    "formedFrom",
    "fromSource",
    "governs",
    "hasActor",
    "hasAim",
    "hasReading",
    "hasSupport",
    "highestScore",
    "hinders",
    "inRole",
    "interpretedFrom",
    "kind",
    "linkedWith",
    "locatedIn",
    "lowestScore",
    "mentions",
    "modality",
    "occursWith",
    "ofParticipant",
    "onCriterion",
    "onMap",
    "onScale",
    "partOf",
    "participant",
    "popularizedBy",
    "qualifiedParticipation",
    "reactionTo",
    "reason",
    "relation",
    "reportedIn",
    "requires",
    "score",
    "statedIn",
    "strengthens",
    "subject",
    "theme",
    "unit",
    "value",
    "weakens",
    "when",
    "where",
    "witnessedBy",
)
# fmt: on


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
        before, _, rest = file.read().partition("TERMS: tuple[str, ...] = (")
        after = rest[rest.index("# fmt: on") :]
    lines = "".join(f'    "{term}",\n' for term in current())
    with open(__file__, "w", encoding="utf-8", newline="\n") as file:
        file.write(f"{before}TERMS: tuple[str, ...] = (\n{lines})\n{after}")


if __name__ == "__main__":
    _rewrite()
