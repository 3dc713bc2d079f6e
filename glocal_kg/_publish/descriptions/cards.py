"""The release as JSON and YAML cards: schema.org, CodeMeta, CITATION.cff, Zenodo.

Sources: schema.org Dataset; CodeMeta 3.0; Citation File Format 1.2; the deposit metadata of
Zenodo.
"""

from __future__ import annotations

import json
from typing import Any

from glocal_kg._publish.descriptions.dcat import summary
from glocal_kg._publish.gathering.release_facts import (
    About,
    Agent,
    ReleaseFacts,
    ReleaseFile,
    english,
)

_DOI = "https://doi.org/"
_WIDE = 160
_flat = json.JSONEncoder(ensure_ascii=False).encode


def description(facts: ReleaseFacts) -> str:
    """The description of the release, or a sentence made of its numbers."""
    return english(facts.about.description) if facts.about.description else summary(facts)


def as_json(content: Any) -> str:
    """JSON as it is written in releases: readable, in UTF-8, with a final line feed."""
    return _laid_out(content, "") + "\n"


def _laid_out(content: Any, indent: str) -> str:
    """What is short stands on one line, anything else member by member."""
    if not content or not isinstance(content, (dict, list)):
        return _flat(content)
    inner = indent + " "
    if isinstance(content, dict):
        first, last = "{}"
        members = [f"{_flat(key)}: {_laid_out(one, inner)}" for key, one in content.items()]
    else:
        first, last = "[]"
        members = [_laid_out(one, inner) for one in content]
    line = f"{first}{', '.join(members)}{last}"
    if len(indent) + len(line) <= _WIDE and "\n" not in line:
        return line
    return f"{first}\n{inner}" + f",\n{inner}".join(members) + f"\n{indent}{last}"


def schema_org(facts: ReleaseFacts) -> dict[str, Any]:
    """A schema.org ``Dataset``, as search engines for datasets read it."""
    about = facts.about
    card: dict[str, Any] = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": about.dataset,
        "url": about.homepage,
        **identifiers(about),
        "inLanguage": sorted(facts.counts.languages),
        **common(facts),
        "isAccessibleForFree": True,
        "creator": [schema_agent(agent) for agent in about.creators],
        **_helpers(about),
        "publisher": schema_agent(about.publisher),
        "creditText": about.cite_as,
        "includedInDataCatalog": {"@type": "DataCatalog", "name": english(about.title)},
        "distribution": [
            _download(facts, file) for file in facts.files if file.part == facts.whole.name
        ],
    }
    if about.subjects:
        card["about"] = [{"@id": subject} for subject in about.subjects]
    if about.spatial:
        card["spatialCoverage"] = {"@type": "Place", "@id": about.spatial}
    if facts.counts.years:
        card["temporalCoverage"] = "/".join(facts.counts.years)
    sources = [*about.sources, *([about.previous] if about.previous else [])]
    if sources:
        card["isBasedOn"] = sources
    return card


def codemeta(facts: ReleaseFacts) -> dict[str, Any]:
    """CodeMeta for the release, which is a dataset and no software.

    CodeMeta has no name for datasets, so that of schema.org stands with its prefix.
    """
    about = facts.about
    card: dict[str, Any] = {
        "@context": "https://w3id.org/codemeta/3.0",
        "type": "schema:Dataset",
        "identifier": [about.dataset, *([_DOI + about.doi] if about.doi else [])],
        **common(facts),
        "url": about.homepage,
        "author": [_codemeta_agent(agent) for agent in about.creators],
        "contributor": [_codemeta_agent(agent) for agent in about.contributors],
        "publisher": _codemeta_agent(about.publisher),
        "schema:creditText": about.cite_as,
    }
    if about.subjects:
        card["schema:about"] = [{"id": subject} for subject in about.subjects]
    return card


def zenodo(facts: ReleaseFacts) -> dict[str, Any]:
    """What Zenodo asks for a deposit. A DOI that Zenodo gave to a version before is no new one."""
    about = facts.about
    related = [{"identifier": about.homepage, "relation": "isDescribedBy", "scheme": "url"}]
    related += [
        {"identifier": source, "relation": "isDerivedFrom", "scheme": "url"}
        for source in about.sources
    ]
    card: dict[str, Any] = {
        "title": english(about.title),
        "description": description(facts),
        "upload_type": "dataset",
        "version": about.version,
        "publication_date": about.issued,
        "access_right": "open",
        "license": about.license_name.lower(),
        "creators": [_zenodo_agent(agent) for agent in about.creators],
        "keywords": list(about.keywords),
        "notes": f"Cite as: {about.cite_as}",
    }
    if about.license_name == about.license:  # Zenodo takes short names alone
        del card["license"]
        card["notes"] += f" License: {about.license}"
    if about.contributors:
        members = [{**_zenodo_agent(agent), "type": "Other"} for agent in about.contributors]
        card["contributors"] = members
    if about.doi.startswith("10.5281/"):
        related.append(
            {"identifier": about.doi, "relation": "isAlternateIdentifier", "scheme": "doi"}
        )
    elif about.doi:
        card["doi"] = about.doi
    if about.subjects:
        card["subjects"] = [
            {"term": subject.rpartition("/")[2] or subject, "identifier": subject, "scheme": "url"}
            for subject in about.subjects
        ]
    return {**card, "related_identifiers": related}


def citation(facts: ReleaseFacts) -> str:
    """CITATION.cff for the release."""
    about = facts.about
    message = "If you use this dataset, please cite it as below."
    if about.citation:
        message = f"If you use this dataset, please cite it as: {about.citation}"
    lines = [
        "cff-version: 1.2.0",
        f"message: {_yaml(message)}",
        "type: dataset",
        f"title: {_yaml(english(about.title))}",
        f"abstract: {_yaml(description(facts))}",
        f"version: {_yaml(about.version)}",
        f"date-released: {_yaml(about.issued)}",
    ]
    if about.doi:
        lines.append(f"doi: {_yaml(about.doi)}")
    lines += [
        "authors:",
        *(line for agent in about.creators for line in _cff_agent(agent)),
    ]
    if about.contributors or about.publisher not in about.creators:
        # The format has no contributors or publishers; those to ask are its nearest.
        others = (*about.contributors, about.publisher)
        lines += ["contact:", *(line for agent in others for line in _cff_agent(agent))]
    lines.append(f"url: {_yaml(about.homepage)}")
    if about.license_name != about.license:
        lines.append(f"license: {about.license_name}")
    else:
        lines.append(f"license-url: {_yaml(about.license)}")
    words = [*about.keywords, *about.subjects]
    if words:
        lines += ["keywords:", *(f"  - {_yaml(word)}" for word in words)]
    return "\n".join(lines) + "\n"


def schema_agent(agent: Agent) -> dict[str, Any]:
    """Somebody in schema.org, with the ORCID or ROR that the graph gives."""
    card: dict[str, Any] = {"@type": agent.kind, "name": agent.name}
    if agent.iri:
        card["@id"] = agent.iri
    if agent.given and agent.family:
        card |= {"givenName": agent.given, "familyName": agent.family}
    if agent.address:
        card["url"] = agent.address
    return card


def identifiers(about: About) -> dict[str, Any]:
    """The DOI as identifier, where there is one."""
    return {"identifier": _DOI + about.doi} if about.doi else {}


def _helpers(about: About) -> dict[str, Any]:
    if not about.contributors:
        return {}
    return {"contributor": [schema_agent(agent) for agent in about.contributors]}


def _codemeta_agent(agent: Agent) -> dict[str, Any]:
    names = {"@type": "type", "@id": "id"}
    return {names.get(key, key): content for key, content in schema_agent(agent).items()}


def _zenodo_agent(agent: Agent) -> dict[str, str]:
    return {"name": agent.listed, **({"orcid": agent.orcid} if agent.orcid else {})}


def _cff_agent(agent: Agent) -> list[str]:
    """A person where the graph parts the name; else an entity, whose name stands as it is."""
    if agent.given and agent.family:
        lines = [
            f"  - given-names: {_yaml(agent.given)}",
            f"    family-names: {_yaml(agent.family)}",
        ]
    else:
        lines = [f"  - name: {_yaml(agent.name)}"]
    if agent.orcid:
        lines.append(f"    orcid: {_yaml(f'https://orcid.org/{agent.orcid}')}")
    if agent.address.startswith(("http://", "https://")) and agent.address != agent.iri:
        lines.append(f"    website: {_yaml(agent.address)}")
    elif agent.iri and not agent.orcid and agent.iri.startswith("http"):
        lines.append(f"    website: {_yaml(agent.iri)}")
    return lines


def common(facts: ReleaseFacts) -> dict[str, Any]:
    about = facts.about
    return {
        "name": english(about.title),
        "description": description(facts),
        "version": about.version,
        "datePublished": about.issued,
        "license": about.license,
        "keywords": list(about.keywords),
    }


def _download(facts: ReleaseFacts, file: ReleaseFile) -> dict[str, Any]:
    return {
        "@type": "DataDownload",
        "name": file.path,
        "contentUrl": facts.about.base + file.path,
        "encodingFormat": file.media_type,
        "contentSize": f"{file.size} B",
        "sha256": file.sha256,
    }


def _yaml(text: str) -> str:
    """A YAML scalar: JSON strings are YAML."""
    return json.dumps(text, ensure_ascii=False)
