"""What a release says about itself: read from the headers of the graph, or given."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from glocal_kg._publish.gathering.about_checks import check_about, conflicts
from glocal_kg._publish.gathering.agents import (
    CONTRIBUTOR,
    CREATOR,
    PUBLISHER,
    agents,
    first,
    properties,
)
from glocal_kg._publish.gathering.counts import space_of
from glocal_kg._publish.gathering.licenses import DOI
from glocal_kg._publish.gathering.project import (
    EARTH,
    EU_THEMES,
    KEYWORDS,
    OWN_DESCRIPTION,
    OWN_TITLE,
    THEMES,
)
from glocal_kg._publish.gathering.release_facts import About, Agent, Headers, Texts
from glocal_kg._publish.gathering.release_prefixes import PREFIX
from glocal_kg._publish.lines.ntriples_text import RDF_TYPE, by_subject, iri, value
from glocal_kg._rdf.namespaces import DCTERMS, FOAF, OWL, PROV, RDF, RDFS, SKOS, VANN, VOID
from glocal_kg._study.vocab import BASE
from glocal_kg.errors import GlocalError

Given = Mapping[str, str]


def read_headers(lines: Iterable[str], names: Iterable[str]) -> dict[str, dict[str, list[str]]]:
    """What the graph says about its own graphs, ontologies and datasets.

    ``lines`` are sorted N-Triples, ``names`` the names of the graphs. Returns subject to
    property to objects, in N-Triples text; what each is stands under its ``rdf:type``.
    A concept scheme heads the graph only where nothing but its concepts is told of: among
    practices or cities it is a part of the data, not the dataset.
    """
    wanted = set(names)
    headers: dict[str, dict[str, list[str]]] = {}
    only_concepts = True
    for subject, pairs in by_subject(lines):
        name = iri(subject)
        kinds = [iri(object_) for predicate, object_ in pairs if predicate == RDF_TYPE]
        only_concepts &= not kinds or any(kind.startswith(_OF_VOCABULARIES) for kind in kinds)
        if name in wanted or any((RDF_TYPE, kind) in pairs for kind in _KINDS):
            header = headers.setdefault(name, {})
            for predicate, object_ in pairs:
                header.setdefault(iri(predicate), []).append(object_)
    if only_concepts:
        return headers
    return {
        name: header
        for name, header in headers.items()
        if name in wanted or {*header.get(_TYPE, ())} & {*_KINDS} != {_SCHEME}
    }


def texts(objects: Iterable[str]) -> Texts:
    """Literals as texts by language, one each: the first in code point order."""
    found: Texts = {}
    for object_ in sorted(objects):
        if object_[0] == '"':
            text, _, language = value(object_)
            found.setdefault(language, text)
    return found


def root_header(headers: Headers) -> str:
    """The IRI of what the graph is as a whole, or '' where it does not say.

    That is the ontology that is imported by no other; else the vocabulary or dataset.
    """
    for kind in _KINDS:
        named = [name for name, header in headers.items() if kind in header.get(_TYPE, ())]
        imported = {iri(term) for name in named for term in headers[name].get(_IMPORTS, ())}
        free = [name for name in named if name not in imported and not name.startswith("_:")]
        with_version = [name for name in free if _VERSION_INFO in headers[name]]
        if free:
            return min(with_version or free, key=lambda name: (len(name), name))
    return ""


def gather(
    headers: Headers,
    space: str,
    *,
    version: str | None,
    date: str | None,
    given: Given,
    previous: str = "",
) -> tuple[About, list[str]]:
    """What a release says about itself: what was given, else what the graph says.

    ``space`` is the web space most things lie in; ``given`` may hold title, description,
    license, publisher, homepage, base, keywords and themes (separated by commas), spatial,
    endpoint; ``previous`` is the address of the release before. What is given as the empty
    text counts as not given. Returns also a note for each thing that was given otherwise than
    the graph says. Raises ``GlocalError`` that lists all that is missing, or names what cannot
    be used or contradicts the graph in its license. No address is made up: where the folder
    will lie has to be given.
    """
    given = {name: text.strip() for name, text in given.items() if text.strip()}
    root = root_header(headers)
    header = headers.get(root, {})
    space = space_of(root) or space
    own = space_of(root) == BASE  # things of ours in data of others make no release of ours
    title, said = _texts(header, _TITLE), _texts(header, _DESCRIPTION)
    notes = conflicts(given, title, said, _licenses(header), own=own)
    if own:  # the header of the ontology describes the ontology alone
        title, said = OWN_TITLE, OWN_DESCRIPTION
    if "title" in given:
        title = {"en": given["title"]}
    if "description" in given:
        said = {"en": given["description"]}
    licenses = _licenses(header)
    publisher = _publisher(headers, root, given, notes)
    creators = agents(headers, root, CREATOR, "Person")
    found = {
        "title": title,
        "version": version or first(header, _VERSION),
        "date": date or first(header, _DATE) or _latest(headers),
        "license": given.get("license") or licenses[0] if licenses or "license" in given
        else (_CC_BY if own else ""),
        "publisher": publisher or (creators[0] if creators else None),
    }  # fmt: skip
    base = given.get("base") or (f"{space}release/{found['version']}/" if own else "")
    missing = [name for name, content in {**found, "address (base)": base}.items() if not content]
    if missing:
        options = ", ".join("--base-url" if "base" in one else f"--{one}" for one in missing)
        raise GlocalError(
            f"The graph does not say its {', '.join(missing)}.",
            remedy=f"Give {options}; all but the address may be written into the header instead.",
        )
    assert isinstance(found["publisher"], Agent)  # else it was missing
    base = base.rstrip("/") + "/"
    result = About(
        title=title,
        description=said,
        version=str(found["version"]),
        issued=date or str(found["date"])[:10],
        license=str(found["license"]),
        creators=creators or (found["publisher"],),
        publisher=found["publisher"],
        homepage=given.get("homepage") or first(header, _HOMEPAGE)
        or (root if root.startswith("http") else base),
        base=base,
        space=space or base,
        ontology=root if _KINDS[0] in header.get(_TYPE, ()) else "",
        contributors=agents(headers, root, CONTRIBUTOR, "Person"),
        doi=_doi(header),
        citation="" if own else first(header, properties("dcterms:bibliographicCitation")),
        subjects=_links(header, "dcterms:subject schema:about sdo:about"),
        sources=_links(header, "dcterms:source schema:isBasedOn sdo:isBasedOn"),
        keywords=_words(given.get("keywords", "")) or _keywords(header, own=own),
        themes=_themes(given.get("themes", ""), header) or (THEMES if own else {}),
        spatial=given.get("spatial") or next(iter(_links(header, "dcterms:spatial")), "")
        or (EARTH if own else ""),
        previous=previous,
        endpoint=given.get("endpoint", ""),
    )  # fmt: skip
    check_about(result)
    return result, notes


_SCHEME = str(SKOS.ConceptScheme)
_KINDS = (
    str(OWL.Ontology), _SCHEME, "<http://www.w3.org/ns/dcat#Dataset>",
    str(VOID.Dataset),
)  # fmt: skip
# What a vocabulary is made of, and those who made it.
_OF_VOCABULARIES = (
    *map(str, (SKOS, OWL, RDF, RDFS, FOAF, PROV, VOID, DCTERMS)),
    "http://www.w3.org/2008/05/skos-xl#", "http://purl.org/iso25964/skos-thes#",
    "http://www.w3.org/ns/dcat#", "http://www.w3.org/ns/org#", "http://www.w3.org/2006/vcard/ns#",
    *properties("schema:Person schema:Organization sdo:Person sdo:Organization"),
)  # fmt: skip
_TITLE = properties("dcterms:title dc:title schema:name sdo:name rdfs:label skos:prefLabel")
_DESCRIPTION = properties(
    "dcterms:description dc:description dcterms:abstract schema:description sdo:description"
    " skos:definition rdfs:comment"
)
_VERSION = (OWL.versionInfo.value, *properties("schema:version sdo:version"))
_DATE = properties("dcterms:issued schema:datePublished sdo:datePublished dcterms:modified")
_LICENSE = (
    *properties("dcterms:license schema:license sdo:license"),
    "http://creativecommons.org/ns#license",
)
_HOMEPAGE = properties("foaf:homepage schema:url sdo:url")
_THEME = "http://www.w3.org/ns/dcat#theme"
_KEYWORD = (
    "http://www.w3.org/ns/dcat#keyword",
    *properties("schema:keywords sdo:keywords dcterms:subject dc:subject"),
)
_DOI_OF = (
    "http://purl.org/ontology/bibo/doi",
    *properties("dcterms:identifier schema:identifier sdo:identifier"),
    OWL.sameAs.value,
)
_DOI_START = re.compile(r"(https?://(dx\.)?doi\.org/|doi:)", re.I)
_DC = str(DCTERMS)
_TYPE = RDF_TYPE[1:-1]
_IMPORTS = OWL.imports.value
_VERSION_INFO = OWL.versionInfo.value
_PREFERRED_PREFIX = VANN.preferredNamespacePrefix.value
_PREFERRED_SPACE = VANN.preferredNamespaceUri.value
_CC_BY = "https://creativecommons.org/licenses/by/4.0/"


def check_header(headers: Headers, version: str) -> list[str]:
    """A note where the ontology calls itself another version than the release."""
    said = first(headers.get(root_header(headers), {}), (_VERSION_INFO,))
    if said in ("", version):
        return []
    return [f"The ontology calls itself version {said}, the release is {version}."]


def own_prefixes(headers: Headers) -> dict[str, str]:
    """The prefixes that ontologies ask to be used for them, as far as they can be used."""
    found: dict[str, str] = {}
    for name in sorted(headers):
        prefix = first(headers[name], (_PREFERRED_PREFIX,)).removesuffix(":")
        space = first(headers[name], (_PREFERRED_SPACE,))
        if PREFIX.fullmatch(prefix) and space.endswith(("#", "/", "_")):
            found.setdefault(prefix, space)
    return found


def _texts(header: Mapping[str, list[str]], names: Iterable[str]) -> Texts:
    return next((found for name in names if (found := texts(header.get(name, ())))), {})


def _licenses(header: Mapping[str, list[str]]) -> list[str]:
    """The addresses of the licenses, also of those that are written as texts."""
    terms = {term for name in _LICENSE for term in header.get(name, ())}
    found = {value(term).text if term[0] == '"' else iri(term) for term in terms}
    return sorted(address for address in found if address.startswith(("http://", "https://")))


def _publisher(headers: Headers, root: str, given: Given, notes: list[str]) -> Agent | None:
    found = agents(headers, root, PUBLISHER, "Organization")
    said = found[0] if found else None
    # An address is no name: then the one that was given is taken.
    unnamed = said is not None and said.name == said.iri
    name = given.get("publisher", "")
    if said is not None and unnamed and name:
        return Agent(name, said.iri, said.kind, homepage=said.homepage)
    if name:
        if said is not None and said.name != name:
            notes.append(f"The graph says its publisher is {said.name!r}, the cards {name!r}.")
        return said if said is not None and said.name == name else Agent(name)
    return said


def _doi(header: Mapping[str, list[str]]) -> str:
    """The first DOI that the header gives, without address."""
    for name in _DOI_OF:
        for term in sorted(header.get(name, ())):
            text = value(term).text if term[0] == '"' else iri(term)
            bare = _DOI_START.sub("", text.strip())
            if DOI.fullmatch(bare):
                return bare
    return ""


def _links(header: Mapping[str, list[str]], names: str) -> tuple[str, ...]:
    terms = {term for name in properties(names) for term in header.get(name, ())}
    return tuple(sorted(iri(term) for term in terms if term[0] == "<"))


def _keywords(header: Mapping[str, list[str]], *, own: bool) -> tuple[str, ...]:
    """Keywords, and subjects that are words; in English where they have several languages."""
    terms = {term for name in _KEYWORD for term in header.get(name, ())}
    words = [value(term) for term in sorted(terms) if term[0] == '"']
    plain = [word.text for word in words if word.language in ("", "en")]
    found = tuple(dict.fromkeys(plain or [word.text for word in words]))
    return found or (KEYWORDS if own else ())


def _themes(given: str, header: Mapping[str, list[str]]) -> Mapping[str, str]:
    """Data themes of the European Union, as given by their codes, else as the header has them.

    Raises ``GlocalError`` for a code that is none.
    """
    codes = {name.rpartition("/")[2]: name for name in EU_THEMES}
    for code in _words(given):
        if code.upper() not in codes:
            raise GlocalError(
                f"--themes: {code!r} is no data theme of the European Union.",
                remedy=f"They are {', '.join(codes)}.",
            )
    found = [codes[code.upper()] for code in _words(given)]
    found = found or [iri(term) for term in sorted(header.get(_THEME, ()))]
    return {name: EU_THEMES[name] for name in found if name in EU_THEMES}


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


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(",") if word.strip())
