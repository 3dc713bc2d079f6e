"""The release as JSON and YAML cards: schema.org, RO-Crate, codemeta, CITATION.cff, Zenodo.

Sources: schema.org Dataset; RO-Crate 1.1; CodeMeta 3.0; Citation File Format 1.2; the deposit
metadata of Zenodo.
"""

from __future__ import annotations

import json
from typing import Any

from glocal_kg._publish.dcat import summary
from glocal_kg._publish.facts import File, ReleaseFacts


def english(content: dict[str, str]) -> str:
    """The English text, else the one without language, else the first by language tag.

    >>> english({"it": "uno", "en": "one"})
    'one'
    """
    for language in ("en", ""):
        if language in content:
            return content[language]
    return content[min(content)]


def description(facts: ReleaseFacts) -> str:
    """The description of the release, or a sentence made of its numbers."""
    return english(facts.about.description) if facts.about.description else summary(facts)


def as_json(content: Any) -> str:
    """JSON as it is written in releases: readable, in UTF-8, with a final line feed."""
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def schema_org(facts: ReleaseFacts) -> dict[str, Any]:
    """A schema.org ``Dataset``, as search engines for datasets read it."""
    about = facts.about
    card: dict[str, Any] = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": about.dataset,
        "url": about.homepage,
        "inLanguage": sorted(facts.counts.languages),
        **_common(facts),
        "keywords": list(about.keywords),
        "isAccessibleForFree": True,
        "creator": _publisher(facts),
        "publisher": _publisher(facts),
        "includedInDataCatalog": {"@type": "DataCatalog", "name": english(about.title)},
        "distribution": [_download(facts, file) for file in facts.files if _is_data(file)],
    }
    if about.spatial:
        card["spatialCoverage"] = {"@type": "Place", "@id": about.spatial}
    if facts.counts.years:
        card["temporalCoverage"] = "/".join(facts.counts.years)
    if about.previous:
        card["isBasedOn"] = about.previous
    return card


def ro_crate(facts: ReleaseFacts, files: list[File]) -> dict[str, Any]:
    """RO-Crate metadata for the folder; ``files`` are all of them but its own and the sums."""
    about = facts.about
    publisher = {"@id": about.homepage}
    root = {
        "@id": "./",
        "@type": "Dataset",
        **_common(facts),
        "identifier": about.dataset,
        "license": {"@id": about.license},
        "author": publisher,
        "publisher": publisher,
        "keywords": list(about.keywords),
        "hasPart": [{"@id": _quoted(file.path)} for file in files],
    }
    graph: list[dict[str, Any]] = [
        {
            "@id": "ro-crate-metadata.json",
            "@type": "CreativeWork",
            "about": {"@id": "./"},
            "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
        },
        root,
        {"@id": about.homepage, "@type": "Organization", "name": about.publisher,
         "url": about.homepage},
        {"@id": about.license, "@type": "CreativeWork", "name": about.license_name},
    ]  # fmt: skip
    graph += [
        {
            "@id": _quoted(file.path),
            "@type": "File",
            "name": file.path,
            "description": file.label,
            "encodingFormat": file.media_type,
            "contentSize": str(file.size),
            "sha256": file.sha256,
        }
        for file in files
    ]
    return {"@context": "https://w3id.org/ro/crate/1.1/context", "@graph": graph}


def codemeta(facts: ReleaseFacts) -> dict[str, Any]:
    """CodeMeta for the release, which is a dataset and no software."""
    about = facts.about
    return {
        "@context": "https://w3id.org/codemeta/3.0",
        "type": "Dataset",
        "identifier": about.dataset,
        **_common(facts),
        "url": about.homepage,
        "keywords": list(about.keywords),
        "author": [{"type": "Organization", "name": about.publisher, "url": about.homepage}],
    }


def zenodo(facts: ReleaseFacts) -> dict[str, Any]:
    """What Zenodo asks for a deposit. It holds no DOI: Zenodo gives one."""
    about = facts.about
    return {
        "title": english(about.title),
        "description": description(facts),
        "upload_type": "dataset",
        "version": about.version,
        "publication_date": about.issued,
        "access_right": "open",
        "license": about.license_name.lower(),
        "creators": [{"name": about.publisher}],
        "keywords": list(about.keywords),
        "related_identifiers": [
            {"identifier": about.homepage, "relation": "isDescribedBy", "scheme": "url"}
        ],
    }


def citation(facts: ReleaseFacts) -> str:
    """CITATION.cff for the release."""
    about = facts.about
    lines = [
        "cff-version: 1.2.0",
        "message: If you use this dataset, please cite it as below.",
        "type: dataset",
        f"title: {_yaml(english(about.title))}",
        f"abstract: {_yaml(description(facts))}",
        f"version: {_yaml(about.version)}",
        f"date-released: {_yaml(about.issued)}",
        "authors:",
        f"  - name: {_yaml(about.publisher)}",
        f"    website: {_yaml(about.homepage)}",
        f"url: {_yaml(about.homepage)}",
    ]
    if about.license_name != about.license:
        lines.append(f"license: {about.license_name}")
    else:
        lines.append(f"license-url: {_yaml(about.license)}")
    if about.keywords:
        lines.append("keywords:")
        lines += [f"  - {_yaml(word)}" for word in about.keywords]
    return "\n".join(lines) + "\n"


def _common(facts: ReleaseFacts) -> dict[str, Any]:
    about = facts.about
    return {
        "name": english(about.title),
        "description": description(facts),
        "version": about.version,
        "datePublished": about.issued,
        "license": about.license,
    }


def _publisher(facts: ReleaseFacts) -> dict[str, Any]:
    return {"@type": "Organization", "name": facts.about.publisher, "url": facts.about.homepage}


def _download(facts: ReleaseFacts, file: File) -> dict[str, Any]:
    return {
        "@type": "DataDownload",
        "name": file.path,
        "contentUrl": facts.about.base + file.path,
        "encodingFormat": file.media_type,
        "contentSize": f"{file.size} B",
        "sha256": file.sha256,
    }


def _is_data(file: File) -> bool:
    return bool(file.part) or file.path.startswith("tables/")


def _quoted(path: str) -> str:
    from urllib.parse import quote

    return quote(path)


def _yaml(text: str) -> str:
    """A YAML scalar: JSON strings are YAML."""
    return json.dumps(text, ensure_ascii=False)
