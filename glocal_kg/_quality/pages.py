"""Items about the web pages and the change log of a release."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import unquote

from pyoxigraph import Literal

from glocal_kg._quality.item import Fault, Item, NotChecked, item
from glocal_kg._quality.material import Material
from glocal_kg._quality.other_vocabularies import OWN
from glocal_kg._rdf.namespaces import OWL, RDF
from glocal_kg._study.vocabularies import namespace

_LOADS = {"script": "src", "img": "src", "iframe": "src", "source": "src", "link": "href"}
_LOADING_LINKS = {"stylesheet", "icon", "preload", "modulepreload", "font"}


class _WebPage(HTMLParser):
    """What a page loads, links to and says of itself."""

    def __init__(self) -> None:
        super().__init__()
        self.language = self.viewport = self.json_ld = False
        self.loads: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.language |= tag == "html" and bool(given.get("lang"))
        self.viewport |= tag == "meta" and given.get("name") == "viewport"
        self.json_ld |= tag == "script" and given.get("type") == "application/ld+json"
        loads = tag != "link" or set(given.get("rel", "").split()) & _LOADING_LINKS
        if loads and _LOADS.get(tag) in given:
            self.loads.append(given[_LOADS[tag]])
        if tag == "a" and "href" in given:
            self.links.append(given["href"])


@item(142, "error", of="pages", remedy="Put everything a page needs into the release.")
def pages(m: Material) -> Iterator[Fault]:
    """Pages say their language, carry JSON-LD, load nothing from elsewhere."""
    assert m.release is not None  # the scope is the pages of a release
    there = set(m.release_files)
    for name in sorted(one for one in there if one.endswith(".html")):
        page = _WebPage()
        page.feed((m.release / name).read_text("utf-8", "replace"))
        for has, what in (
            (page.language, "lang attribute"),
            (page.viewport, "viewport"),
            (page.json_ld, "JSON-LD"),
        ):
            if not has:
                yield Fault(name, f"It has no {what}.")
        for address in page.loads:
            if re.match(r"(https?:)?//", address):
                yield Fault(name, f"It loads {address}.")
        for address in page.loads + page.links:
            path = unquote(address.partition("#")[0].partition("?")[0])
            if path and not re.match(r"([a-z][a-z0-9+.-]*:|//|/)", path):
                target = posixpath.normpath(posixpath.join(posixpath.dirname(name), path))
                if target not in there and posixpath.join(target, "index.html") not in there:
                    yield Fault(name, f"It leads to {address}, which is not there.")


@item(153, "error", of="pages", remedy="Write the pages anew from the ontology.")
def term_pages(m: Material) -> Iterator[Fault]:
    """Each term has a place on a page."""
    assert m.release is not None  # the scope is the pages of a release
    if not m.roles.terms:
        raise NotChecked("no class or property is defined")
    names = [name for name in m.release_files if name.endswith(".html")]
    text = "".join((m.release / name).read_text("utf-8", "replace") for name in names)
    for node in m.roles.terms:
        local = node.value[len(namespace(node.value)) :]
        if node.value not in text and f'id="{local}"' not in text:
            yield Fault(node.value, "No page speaks of it.")


@item(
    154, "error", of="release", remedy="Write CHANGELOG.md with added, removed and changed terms."
)
def change_log(m: Material) -> Iterator[Fault]:
    """The change log tells what changed with this version."""
    assert m.release is not None  # the scope is a release
    if "CHANGELOG.md" not in m.release_files:
        yield Fault("CHANGELOG.md", "It is not there.")
        return
    text = (m.release / "CHANGELOG.md").read_text("utf-8", "replace")
    store = m.description
    versions = {
        quad.object.value
        for dataset in store.quads_for_pattern(None, RDF.type, OWN.Dataset)
        for quad in store.quads_for_pattern(dataset.subject, OWL.versionInfo, None)
        if isinstance(quad.object, Literal)
    }
    if versions and not any(version in text for version in versions):
        yield Fault("CHANGELOG.md", f"It does not speak of version {min(versions)}.")


ITEMS = tuple(value for value in tuple(globals().values()) if isinstance(value, Item))
