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
        "identifier": named,
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
    context = "https://w3id.org/ro/crate/1.2/context"
    return {"@context": context, "@graph": [_plain(entity) for entity in graph]}


def _id(agent: Agent) -> str:
    if agent.iri or agent.homepage:
        return agent.iri or agent.homepage
    # Letters of all languages stand for themselves there.
    return "#" + "".join(one if one > "\x7f" else quote(one) for one in agent.name)


def _references(agents: tuple[Agent, ...]) -> list[dict[str, str]]:
    return [{"@id": _id(agent)} for agent in agents]


def _plain(entity: dict[str, Any]) -> dict[str, Any]:
    """An entity in which a value alone is no list, as the specification asks for."""
    return {
        key: held[0] if isinstance(held, list) and len(held) == 1 else held
        for key, held in entity.items()
    }
