"""Terms of RDF: how they are shown to people, and how they cross over to rdflib and back."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeAlias, TypeGuard

from pyoxigraph import BlankNode, Literal, NamedNode

from glocal_kg._rdf.namespaces import shorten

TYPE_CHECKING = False
if TYPE_CHECKING:
    from rdflib.term import Node

Term: TypeAlias = NamedNode | BlankNode | Literal

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
XSD = "http://www.w3.org/2001/XMLSchema#"
SH = "http://www.w3.org/ns/shacl#"


def short(term: Term | None) -> str:
    """A term as people read it: a prefixed name, a quoted text, or the bare form.

    >>> short(NamedNode("http://purl.org/dc/terms/title"))
    'dcterms:title'
    >>> short(Literal("1999", datatype=NamedNode(XSD + "gYear")))
    '"1999"^^xsd:gYear'
    >>> short(None)
    ''
    """
    if term is None:
        return ""
    if isinstance(term, NamedNode):
        name = shorten(term.value)
        return str(term) if name == term.value else name
    if isinstance(term, Literal):
        text = f'"{term.value}"'
        if term.language:
            return f"{text}@{term.language}"
        return text if term.datatype.value == XSD + "string" else f"{text}^^{short(term.datatype)}"
    return str(term)


def plain(term: Term | None) -> str:
    """A term as clean data: the IRI, the text of a literal, ``_:label`` of a blank node.

    >>> plain(Literal("Rome", language="en")), plain(BlankNode("b0"))
    ('Rome', '_:b0')
    """
    if term is None:
        return ""
    return str(term) if isinstance(term, BlankNode) else term.value


def is_text(term: Term) -> TypeGuard[Literal]:
    """Whether a term is a text, with a language or without."""
    return isinstance(term, Literal) and bool(
        term.language or term.datatype.value == XSD + "string"
    )


def choose_text(texts: Iterable[Literal], languages: Sequence[str]) -> Literal | None:
    """The text in the first language that has one; else one without language; else any.

    >>> rome = [Literal("Roma", language="it"), Literal("Rome", language="en")]
    >>> choose_text(rome, ["fr", "en"]).value
    'Rome'
    >>> choose_text([], ["en"]) is None
    True
    """
    best, best_rank = None, len(languages) + 2
    for text in texts:
        tag = text.language or ""
        rank = len(languages) + (1 if tag else 0)
        for place, wanted in enumerate(languages):
            if tag == wanted.lower() or tag.startswith(wanted.lower() + "-"):
                rank = place
                break
        if rank < best_rank:
            best, best_rank = text, rank
    return best


def to_rdflib(term: Term) -> Node:
    """The same term for rdflib, its lexical form kept."""
    import rdflib

    if isinstance(term, NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, BlankNode):
        return rdflib.BNode(term.value)
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    if term.datatype.value == XSD + "string":
        return rdflib.Literal(term.value)
    return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value), normalize=False)


def from_rdflib(node: Node) -> Term:
    """The same term for pyoxigraph."""
    import rdflib

    if isinstance(node, rdflib.URIRef):
        return NamedNode(str(node))
    if isinstance(node, rdflib.BNode):
        return BlankNode(str(node))
    if isinstance(node, rdflib.Literal):
        if node.language:
            return Literal(str(node), language=node.language)
        datatype = str(node.datatype) if node.datatype else XSD + "string"
        return Literal(str(node), datatype=NamedNode(datatype))
    raise TypeError(f"{node!r} is no term of RDF.")


@contextmanager
def literals_as_written() -> Iterator[None]:
    """Keep rdflib from rewriting literals while pyshacl copies them, and from warning of them."""
    import logging

    import rdflib

    logger = logging.getLogger("rdflib.term")
    before, level = rdflib.NORMALIZE_LITERALS, logger.level
    rdflib.NORMALIZE_LITERALS = False
    logger.setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)
            yield
    finally:
        rdflib.NORMALIZE_LITERALS = before
        logger.setLevel(level)
