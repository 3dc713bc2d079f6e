"""The folder as an RO-Crate: the release, those who made it, and every file with its sum.

Source: RO-Crate 1.2.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from glocal_kg._publish.descriptions.cards import common, schema_agent
from glocal_kg._publish.gathering.release_facts import Agent, ReleaseFacts, ReleaseFile, english

NAME = "ro-crate-metadata.json"


def ro_crate(facts: ReleaseFacts, files: list[ReleaseFile]) -> dict[str, Any]:
    """RO-Crate metadata for the folder; ``files`` are all of them but its own and the sums."""
    about = facts.about
    agents: dict[str, Agent] = {}
    for agent in (*about.creators, *about.contributors, about.publisher):
        agents.setdefault(_id(agent), agent)
    cards = {name: {**schema_agent(agent), "@id": name} for name, agent in agents.items()}
    cards[_id(about.publisher)]["contactPoint"] = {"@id": "#contact"}
    identifiers = [about.dataset, *([f"https://doi.org/{about.doi}"] if about.doi else [])]
    named = [{"@id": f"#identifier-{place}"} for place in range(1, len(identifiers) + 1)]
    contact = about.publisher.address or about.homepage
    root: dict[str, Any] = {
        "@id": "./",
        "@type": "Dataset",
        **common(facts),
        "identifier": named if len(named) > 1 else named[0],
        "license": {"@id": about.license},
        "author": _references(about.creators),
        "publisher": {"@id": _id(about.publisher)},
        "creditText": about.cite_as,
        "hasPart": [{"@id": quote(file.path)} for file in files],
    }
    if about.contributors:
        root["contributor"] = _references(about.contributors)
    if about.subjects:
        root["about"] = [{"@id": subject} for subject in about.subjects]
    graph: list[dict[str, Any]] = [
        {
            "@id": NAME,
            "@type": "CreativeWork",
            "name": f"RO-Crate metadata of {english(about.title)}",
            "about": {"@id": "./"},
            "conformsTo": {"@id": "https://w3id.org/ro/crate/1.2"},
        },
        root,
        *(
            {"@type": "PropertyValue", "name": "identifier", "value": iri, "url": iri, **one}
            for one, iri in zip(named, identifiers, strict=True)
        ),
        *cards.values(),
        {
            "@id": "#contact",
            "@type": "ContactPoint",
            "name": f"Contact of {about.publisher.name}",
            "contactType": "publisher",
            "url": contact,
        },
        {
            "@id": about.license,
            "@type": "CreativeWork",
            "name": about.license_name,
            "description": f"The license of {english(about.title)}",
        },
        *({"@id": subject, "@type": "DefinedTerm", "name": subject} for subject in about.subjects),
    ]
    graph += [
        {
            "@id": quote(file.path),
            "@type": "File",
            "name": file.path,
            "description": file.label,
            "encodingFormat": file.media_type,
            "contentSize": str(file.size),
            "sha256": file.sha256,
        }
        for file in files
    ]
    return {"@context": "https://w3id.org/ro/crate/1.2/context", "@graph": graph}


def _id(agent: Agent) -> str:
    return agent.iri or agent.homepage or f"#{quote(agent.name)}"


def _references(agents: tuple[Agent, ...]) -> Any:
    found = [{"@id": _id(agent)} for agent in agents]
    return found if len(found) > 1 else found[0]
