"""Items about files as they are: that they can be read, agree, and are plain text."""

from __future__ import annotations

import logging
import warnings
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

from pyoxigraph import DefaultGraph, Quad

from glocal_kg._quality.item import Fault, Item, NotChecked, item, verified
from glocal_kg._quality.material import Material, MaterialFile
from glocal_kg._rdf.formats import JSON_LD, by_suffix
from glocal_kg._rdf.namespaces import OWL, RDF

SECOND_PARSER = 100_000
"""Up to so many statements a second parser reads the files too."""

_NAMES = {"ntriples": "nt", "rdfxml": "xml"}
_TEXT = (".ttl", ".trig", ".nt", ".nq", ".jsonld", ".json", ".csv", ".md", ".rdf", ".rq", ".cff")


@item(1, "error", of="files", remedy="Correct the file where the message points.")
def readable(m: Material) -> Iterator[Fault]:
    """Each file can be read, by two parsers."""
    few = len(m.quads) <= SECOND_PARSER
    for file in m.files:
        if file.problem is not None:
            yield Fault(file.name, str(file.problem).removeprefix(f"{file.name}:").strip())
        elif few and (fault := _second_opinion(file)):
            yield Fault(file.name, f"A second parser (rdflib) refuses it: {fault}")
    yield from verified(m, "syntax")


@item(2, "error", of="files", remedy="Write all formats anew from one of them.")
def same_in_all(m: Material) -> Iterator[Fault]:
    """A graph in several formats is the same in all of them."""
    from glocal_kg._publish.lines.canonical import canonical_hash

    groups: dict[str, list[MaterialFile]] = defaultdict(list)
    for file in m.files:
        stem = file.name.removesuffix(".gz")
        groups[stem[: stem.rfind(".")]].append(file)
    several = [files for files in groups.values() if len(files) > 1]
    if not several and not m.release_files:
        raise NotChecked("no graph is given in two formats")
    for files in several:
        first, *others = files
        mark = canonical_hash(_ungraphed(first))
        for other in others:
            if canonical_hash(_ungraphed(other)) != mark:
                yield Fault(other.name, f"It does not hold the same graph as {first.name}.")
    for found in m.release_findings:
        if found.check == "graph":
            yield Fault(found.path, f"It {found.message}.")


@item(3, "error", of="files", remedy="Describe the ontology once, as owl:Ontology.")
def one_ontology(m: Material) -> Iterator[Fault]:
    """Terms are defined by one ontology in each file."""
    if not m.roles.ontologies and not m.roles.terms:
        raise NotChecked("nothing is defined: the files are data")
    if not m.roles.ontologies:
        yield Fault(m.roles.terms[0].value, "Terms are defined and there is no owl:Ontology.")
    for file in m.files:
        found = {
            str(quad.subject)
            for quad in file.quads
            if quad.predicate == RDF.type and quad.object == OWL.Ontology
        }
        if len(found) > 1:
            yield Fault(file.name, f"It has {len(found)} ontologies: {', '.join(sorted(found))}.")


@item(
    131,
    "error",
    of="files",
    remedy="Save the file as UTF-8 without a byte order mark, with LF line ends.",
)
def plain_text(m: Material) -> Iterator[Fault]:
    """Files are UTF-8 with Unix line ends, without a mark, and IRIs are absolute."""
    for name, content in _texts(m):
        if content.startswith(b"\xef\xbb\xbf"):
            yield Fault(name, "It starts with a byte order mark.")
        if b"\r" in content:
            yield Fault(name, "It has line ends of Windows.")
        try:
            content.decode("utf-8")
        except UnicodeDecodeError as error:
            yield Fault(name, f"Byte {error.start} is not UTF-8.")
    for file in m.files:
        if file.problem is not None and "IRI" in file.problem.message:
            yield Fault(file.name, str(file.problem))


def _texts(m: Material) -> Iterator[tuple[str, bytes]]:
    for file in m.files:
        yield file.name, file.content
    for name in m.release_files:
        if m.release is not None and name.endswith(_TEXT):
            yield name, (m.release / name).read_bytes()


def _ungraphed(file: MaterialFile) -> list[Quad]:
    return [Quad(q.subject, q.predicate, q.object, DefaultGraph()) for q in file.quads]


def _second_opinion(file: MaterialFile) -> str:
    """What rdflib says against a file; '' where it reads it. JSON-LD could reach the network."""
    format_ = file.document.format or by_suffix(file.name)
    if format_ is None or format_ is JSON_LD:
        return ""
    import rdflib

    with _quiet():
        try:
            rdflib.Dataset().parse(data=file.text, format=_NAMES.get(format_.code, format_.code))
        except Exception as error:  # whatever its parsers raise is the finding
            return (" ".join(str(error).split()) or type(error).__name__)[:200]
    return ""


@contextmanager
def _quiet() -> Iterator[None]:
    """rdflib logs what it thinks of literals; that is another item."""
    logger = logging.getLogger("rdflib.term")
    before, logger.disabled = logger.disabled, True
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logger.disabled = before


ITEMS = tuple(value for value in tuple(globals().values()) if isinstance(value, Item))
