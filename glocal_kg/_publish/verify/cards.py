"""Check the JSON and YAML cards: true about the files, and in agreement with each other."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from glocal_kg._publish.gathering.licenses import license_name
from glocal_kg._publish.lines.sums import sha256
from glocal_kg._publish.verify.finding import (
    ReleaseFinding,
    absent,
    number_in,
    other_size,
    other_sum,
)

_LIMIT = 200_000_000
_KEY = re.compile(r"([A-Za-z][\w-]*):(?: +(.*?))? *")


def check_cards(folder: Path, names: list[str]) -> list[ReleaseFinding]:
    """What is wrong with the cards of a release, as far as it has them."""
    findings: list[ReleaseFinding] = []
    cards: dict[str, Any] = {}
    for name, read in _READERS.items():
        if name not in names:
            continue
        if (folder / name).stat().st_size > _LIMIT:
            findings.append(ReleaseFinding(name, "card", "is too long to be looked into"))
            continue
        try:
            content = read((folder / name).read_text(encoding="utf-8"))
        except RecursionError:
            findings.append(ReleaseFinding(name, "syntax", "cannot be read: it nests too deep"))
            continue
        except (ValueError, KeyError, IndexError, TypeError) as error:
            findings.append(ReleaseFinding(name, "syntax", f"cannot be read: {error}"))
            continue
        if not isinstance(content, dict):
            findings.append(ReleaseFinding(name, "syntax", "is no JSON object"))
            continue
        cards[name] = content
        findings += _check_files(name, content, folder, set(names))
    return findings + _check_agreement(cards)


def _read_citation(text: str) -> dict[str, Any]:
    """The facts of a CITATION.cff that stand on one line: the part of YAML that is needed."""
    found: dict[str, Any] = {}
    key = ""
    for number, line in enumerate(text.splitlines(), 1):
        if line[:1] == " ":
            found.pop(key, None)  # the text goes on here, so the line above was not all of it
        if not line.strip() or line[0] in " #-" or line in ("---", "..."):
            continue
        match = _KEY.fullmatch(line)
        if match is None or ((match[2] or "")[:1] in ("[", "{") and match[2][-1] not in "]}"):
            raise ValueError(f"line {number} is no 'key: value'")
        key, content = match[1], match[2] or ""
        if content[:1] == '"':
            found[key] = json.loads(content)
        elif content and content[0] not in ">|[{":
            found[key] = content.strip("'")
    return found


def _read_crate(text: str) -> Any:
    """RO-Crate: the root dataset with its files."""
    graph = json.loads(text)["@graph"]
    if not all(isinstance(entity, dict) for entity in graph):
        raise ValueError("its @graph holds what is no object")
    root = next((entity for entity in graph if entity.get("@id") == "./"), None)
    if root is None:
        raise ValueError("it has no root dataset ./")
    return {**root, "files": [one for one in graph if "File" in _several(one.get("@type"))]}


def _no_values(text: str) -> Any:
    raise ValueError(f"{text} is no JSON")


def _read_json(text: str) -> Any:
    return json.loads(text, parse_constant=_no_values)


_READERS: dict[str, Callable[[str], Any]] = {
    "schema.jsonld": _read_json,
    "ro-crate-metadata.json": _read_crate,
    "codemeta.json": _read_json,
    ".zenodo.json": _read_json,
    "CITATION.cff": _read_citation,
    "croissant.json": _read_json,
    "datapackage.json": _read_json,
    "tables/datapackage.json": _read_json,
}

# Each fact with the keys under which the cards hold it.
_FACTS = {
    "title": ("name", "title"),
    "version": ("version",),
    "date": ("datePublished", "publication_date", "date-released", "created"),
    "description": ("abstract", "description"),
    "license": ("license", "licenses", "license-url"),
}


def _check_files(
    card: str, content: dict[str, Any], folder: Path, names: set[str]
) -> list[ReleaseFinding]:
    findings = []
    prefix = card.rpartition("/")[0]
    for entry in _entries(content):
        named = entry.get("@id") or entry.get("path") or entry.get("name")
        if card == "schema.jsonld":
            named = entry.get("name")
        elif card == "croissant.json":
            named = entry.get("contentUrl")
        paths = [str(path) for path in _several(named) if path and "://" not in str(path)]
        found_names = [
            f"{prefix}/{unquote(path)}" if prefix else unquote(path).removeprefix("./")
            for path in paths
        ]
        findings += [absent(name, card) for name in found_names if name not in names]
        if len(found_names) != 1 or found_names[0] not in names:
            continue  # a size and a sum of several files are of no one
        name = found_names[0]
        size = number_in(str(entry.get("contentSize", entry.get("bytes"))).removesuffix(" B"))
        found = (folder / name).stat().st_size
        if size is not None and size != found:
            findings.append(other_size(name, card, "card", size, found))
        digest = str(entry.get("sha256") or entry.get("hash") or "").removeprefix("sha256:")
        if len(digest) == 64 and digest.lower() != sha256(folder / name):
            findings.append(other_sum(name, card, "card"))
    return findings


def _entries(content: dict[str, Any]) -> Iterable[dict[str, Any]]:
    for key in ("distribution", "resources", "files"):
        yield from (entry for entry in _several(content.get(key)) if isinstance(entry, dict))


def _several(value: Any) -> list[Any]:
    """What stands in a card, where a value alone may stand for a list of one."""
    return value if isinstance(value, list) else [value]


def _check_agreement(cards: dict[str, Any]) -> list[ReleaseFinding]:
    """Title, version, date, description and license are the same in all cards."""
    findings = []
    for fact, keys in _FACTS.items():
        values: dict[str, list[str]] = defaultdict(list)
        for card, content in cards.items():
            if fact == "title" and card.endswith("datapackage.json"):
                found: Any = content.get("title")
            else:
                found = next((content[key] for key in keys if key in content), None)
            text = _plain(fact, found)
            if text and not (fact == "description" and card.endswith("datapackage.json")):
                values[text].append(card)
        if len(values) > 1:
            usual = max(values, key=lambda text: (len(values[text]), text))
            for text, members in sorted(values.items()):
                if text != usual:
                    for card in members:
                        message = f"the {fact} is {text!r}, other cards say {usual!r}"
                        findings.append(ReleaseFinding(card, "card", message))
    return findings


def _plain(fact: str, found: Any) -> str:
    if isinstance(found, list):
        found = found[0] if found else None
    if isinstance(found, dict):
        found = found.get("@id") or found.get("path") or found.get("id")
    if found is None:
        return ""
    text = str(found)
    if fact == "date":
        return text[:10]
    if fact == "license":
        return license_name(text).lower()
    return text
