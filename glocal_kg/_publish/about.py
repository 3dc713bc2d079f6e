"""What a release says about itself: read from the headers of the graph, or given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from glocal_kg._publish.about_checks import check_about
from glocal_kg._publish.counts import space_of
from glocal_kg._publish.facts import About, Headers, Texts
from glocal_kg._publish.terms import RDF_TYPE, by_subject, iri, value
from glocal_kg._rdf.namespaces import DCTERMS, FOAF, OWL, RDFS, SCHEMA, SKOS, VANN
from glocal_kg._study.vocab import BASE
from glocal_kg.errors import GlocalError


def read_headers(lines: Iterable[str], names: Iterable[str]) -> dict[str, dict[str, list[str]]]:
    """What the graph says about its own graphs and ontologies.

    ``lines`` are sorted N-Triples, ``names`` the names of the graphs. Returns subject to
    property to objects, in N-Triples text; ontologies are marked by their ``rdf:type``.
    """
    wanted = set(names)
    headers: dict[str, dict[str, list[str]]] = {}
    for subject, pairs in by_subject(lines):
        name = iri(subject)
        if name in wanted or (RDF_TYPE, str(OWL.Ontology)) in pairs:
            header = headers.setdefault(name, {})
            for predicate, object_ in pairs:
                header.setdefault(iri(predicate), []).append(object_)
    return headers


def read_agents(lines: Iterable[str], headers: Headers) -> dict[str, dict[str, list[str]]]:
    """The headers together with what the graph says about those who made and publish it."""
    wanted = {name for header in headers.values() for name in _agents(header)}
    found = {name: dict(header) for name, header in headers.items()}
    if wanted:
        for subject, pairs in by_subject(lines):
            if iri(subject) in wanted:
                said = found.setdefault(iri(subject), {})
                for predicate, object_ in pairs:
                    if predicate in _NAMES:
                        said.setdefault(iri(predicate), []).append(object_)
    return found


def texts(objects: Iterable[str]) -> Texts:
    """Literals as texts by language, one each: the first in code point order."""
    found: Texts = {}
    for object_ in sorted(objects):
        if object_[0] == '"':
            text, _, language = value(object_)
            found.setdefault(language, text)
    return found


def root_header(headers: Headers) -> str:
    """The IRI of the ontology that is imported by no other, or '' where there is none."""
    ontologies = [
        name for name, header in headers.items() if str(OWL.Ontology) in header.get(_TYPE, ())
    ]
    imported = {iri(term) for name in ontologies for term in headers[name].get(_IMPORTS, ())}
    free = [name for name in ontologies if name not in imported]
    with_version = [name for name in free if _VERSION_INFO in headers[name]]
    return min(with_version or free or [""], key=lambda name: (len(name), name))


def gather(
    headers: Headers,
    space: str,
    *,
    version: str | None,
    date: str | None,
    given: Mapping[str, str],
    previous: str = "",
) -> About:
    """What a release says about itself: what was given, else what the graph says.

    ``space`` is the web space most things lie in; ``given`` may hold title, description,
    license, publisher, homepage, base, keywords (separated by commas), endpoint;
    ``previous`` is the address of the release before.
    What is given as the empty text counts as not given. Raises ``GlocalError`` that lists all
    that is missing, or names what cannot be used.
    """
    given = {name: text for name, text in given.items() if text.strip()}
    root = root_header(headers)
    header = headers.get(root, {})
    space = space_of(root) or space
    own = space == BASE
    title = {"en": given["title"]} if "title" in given else texts(header.get(_DC + "title", ()))
    said = texts(header.get(_DC + "description", ()) or header.get(_DC + "abstract", ()))
    if own:  # the header of the ontology describes the ontology alone
        title, said = title if "title" in given else _TITLE, _DESCRIPTION
    found = {
        "title": title,
        "version": version or _text(header, str(OWL.versionInfo)[1:-1]),
        "date": date or _text(header, _DC + "issued") or _text(header, _DC + "modified")
        or _latest(headers),
        "license": given.get("license") or _resource(header, _DC + "license")
        or (_CC_BY if own else ""),
        "publisher": given.get("publisher") or _text(header, _DC + "publisher")
        or _text(header, _DC + "creator") or _label(headers, header),
    }  # fmt: skip
    found["base"] = given.get("base") or (f"{space}release/{found['version']}/" if space else "")
    missing = [name for name, content in found.items() if not content]
    if missing:
        options = ", ".join("--base-url" if name == "base" else f"--{name}" for name in missing)
        raise GlocalError(
            f"The graph does not say its {', '.join(missing)}.",
            remedy=f"Give {options}, or write it into the header of the ontology.",
        )
    base = str(found["base"]).rstrip("/") + "/"
    result = About(
        title=title,
        description={"en": given["description"]} if "description" in given else said,
        version=str(found["version"]),
        issued=date or str(found["date"])[:10],
        license=str(found["license"]),
        publisher=str(found["publisher"]),
        homepage=given.get("homepage", space.rstrip("/") or base),
        base=base,
        space=space or base,
        ontology=root,
        keywords=_words(given.get("keywords", "")) or (_KEYWORDS if own else ()),
        themes=_THEMES if own else (),
        spatial=_EARTH if own else "",
        previous=previous,
        endpoint=given.get("endpoint", ""),
    )
    check_about(result)
    return result


_DC = str(DCTERMS)
_NAMES = tuple(str(term) for term in (FOAF.name, SKOS.prefLabel, RDFS.label, SCHEMA.name))
_TYPE = RDF_TYPE[1:-1]
_IMPORTS = OWL.imports.value
_VERSION_INFO = OWL.versionInfo.value
_PREFERRED_PREFIX = VANN.preferredNamespacePrefix.value
_PREFERRED_SPACE = VANN.preferredNamespaceUri.value

# What the project says about itself where the header of its ontology does not.
_CC_BY = "https://creativecommons.org/licenses/by/4.0/"
_TITLE = {
    "en": "Knowledge graph of glocalization",
    "fr": "Graphe de connaissances de la glocalisation",
    "it": "Grafo di conoscenza della glocalizzazione",
}
_DESCRIPTION = {
    "en": "Ontology and data on glocalization: the map of principles, trends and areas of a study"
    " of 2002, the practices it names, and the evidence for each statement, passage by passage.",
    "fr": "Ontologie et données sur la glocalisation : la carte des principes, tendances et"
    " domaines d'une étude de 2002, les pratiques qu'elle nomme et, passage par passage, ce qui"
    " atteste chaque énoncé.",
    "it": "Ontologia e dati sulla glocalizzazione: la mappa dei principi, delle tendenze e delle"
    " aree di uno studio del 2002, le pratiche che nomina e, passo per passo, ciò che attesta"
    " ogni affermazione.",
}
_KEYWORDS = ("glocalization", "globalization", "cities", "peace-building", "knowledge graph")
_THEMES = (
    "http://publications.europa.eu/resource/authority/data-theme/INTR",
    "http://publications.europa.eu/resource/authority/data-theme/SOCI",
)
_EARTH = "https://sws.geonames.org/6295630/"


def check_header(headers: Headers, version: str) -> list[str]:
    """A note where the ontology calls itself another version than the release."""
    said = _text(headers.get(root_header(headers), {}), _VERSION_INFO)
    if said in ("", version):
        return []
    return [f"The ontology calls itself version {said}, the release is {version}."]


def own_prefixes(headers: Headers) -> dict[str, str]:
    """The prefixes that ontologies ask to be used for them."""
    found: dict[str, str] = {}
    for name in sorted(headers):
        prefix = _text(headers[name], _PREFERRED_PREFIX)
        space = _text(headers[name], _PREFERRED_SPACE)
        if prefix and space:
            found.setdefault(prefix, space)
    return found


def _text(header: Mapping[str, list[str]], name: str) -> str:
    literals = sorted(term for term in header.get(name, ()) if term[0] == '"')
    return value(literals[0]).text if literals else ""


def _resource(header: Mapping[str, list[str]], name: str) -> str:
    links = sorted(term for term in header.get(name, ()) if term[0] == "<")
    return iri(links[0]) if links else ""


def _latest(headers: Headers) -> str:
    """The last date that the graph gives for one of its ontologies or graphs."""
    dates = [
        value(term).text
        for header in headers.values()
        for name in ("issued", "modified", "created")
        for term in header.get(_DC + name, ())
        if term.endswith(("#date>", "#dateTime>"))
    ]
    return max(dates, default="")


def _agents(header: Mapping[str, list[str]]) -> list[str]:
    """The IRIs of publishers, then of creators."""
    terms = [*header.get(_DC + "publisher", ()), *header.get(_DC + "creator", ())]
    return [iri(term) for term in terms if term[0] == "<"]


def _label(headers: Headers, header: Mapping[str, list[str]]) -> str:
    """The name of the first publisher or creator that has one."""
    for agent in _agents(header):
        for name in _NAMES:
            found = texts(headers.get(agent, {}).get(name[1:-1], ()))
            if found:
                return found.get("en") or found[min(found)]
    return ""


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(",") if word.strip())
