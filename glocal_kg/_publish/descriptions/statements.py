"""Say things in RDF: a short way to collect triples and write them as Turtle, in order."""

from __future__ import annotations

from collections.abc import Mapping

from pyoxigraph import BlankNode, Literal, NamedNode

from glocal_kg._publish.gathering.release_facts import Texts
from glocal_kg._rdf.namespaces import (
    DCAT,
    DCTERMS,
    FOAF,
    OWL,
    PROV,
    RDF,
    RDFS,
    SCHEMA,
    SH,
    VOID,
    XSD,
)
from glocal_kg._rdf.namespaces import Namespace as Namespace

SPDX = Namespace("spdx", "http://spdx.org/rdf/terms#")
VCARD = Namespace("vcard", "http://www.w3.org/2006/vcard/ns#")
SD = Namespace("sd", "http://www.w3.org/ns/sparql-service-description#")
FORMATS = Namespace("formats", "http://www.w3.org/ns/formats/")
VOID_EXT = Namespace("void-ext", "http://ldf.fi/void-ext#")

_PREFIXES = {
    space._prefix: str(space)
    for space in (DCAT, DCTERMS, FOAF, OWL, PROV, RDF, RDFS, SCHEMA, SH, VOID, XSD)
} | {space._prefix: str(space) for space in (SPDX, VCARD, SD, FORMATS, VOID_EXT)}

Node = NamedNode | BlankNode
Content = Node | Literal | str | int


class Statements:
    """Triples, as lines of N-Triples. A ``str`` stands for an IRI, an ``int`` for a number.

    >>> description = Statements()
    >>> description.say("https://e.org/d", DCTERMS.title, *texts({"en": "D"}))
    >>> print(description.turtle({}))
    @prefix dcterms: <http://purl.org/dc/terms/> .
    <BLANKLINE>
    <https://e.org/d> dcterms:title "D"@en .
    <BLANKLINE>
    """

    def __init__(self) -> None:
        self._lines: set[str] = set()
        self._blanks = 0

    def say(self, subject: Node | str, predicate: NamedNode, *objects: Content) -> None:
        """Add one triple per object."""
        node = NamedNode(subject) if isinstance(subject, str) else subject
        self._lines.update(f"{node} {predicate} {_term(content)} ." for content in objects)

    def turtle(self, prefixes: Mapping[str, str]) -> str:
        """All triples as Turtle; of the prefixes only those in use are declared."""
        from io import StringIO

        from glocal_kg._publish.dumps.dumps import used_prefixes
        from glocal_kg._publish.dumps.jsonld import Blanks
        from glocal_kg._publish.dumps.turtle import write_turtle

        lines = sorted(self._lines)
        used = used_prefixes(lines, {**_PREFIXES, **prefixes})
        out = StringIO()
        write_turtle(lines, Blanks([("", lines)]), used, out)
        return out.getvalue()

    def blank(self) -> BlankNode:
        """A new blank node."""
        self._blanks += 1
        return BlankNode(f"b{self._blanks:07}")


def say_checksum(subject: str, digest: str, out: Statements) -> None:
    """Say the SHA-256 of something."""
    checksum = out.blank()
    out.say(subject, SPDX.checksum, checksum)
    out.say(checksum, RDF.type, SPDX.Checksum)
    out.say(checksum, SPDX.algorithm, SPDX.checksumAlgorithm_sha256)
    out.say(checksum, SPDX.checksumValue, Literal(digest, datatype=XSD.hexBinary))


def texts(content: Texts) -> list[Literal]:
    """Literals of a text in its languages."""
    return [
        Literal(text, language=language) if language else Literal(text)
        for language, text in sorted(content.items())
    ]


def date(text: str) -> Literal:
    """A date as literal."""
    return Literal(text, datatype=XSD.date)


def _term(content: Content) -> Node | Literal:
    if isinstance(content, str):
        return NamedNode(content)
    if isinstance(content, int):
        return Literal(str(content), datatype=XSD.integer)
    return content
