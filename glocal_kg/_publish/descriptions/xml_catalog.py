"""An XML catalog: which file of the release holds an ontology that its ontology imports.

Protégé, ROBOT and the OWL API look there before they ask the web.
Source: OASIS, XML Catalogs 1.1.
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import quoteattr

from glocal_kg._publish.gathering.parts import GraphSet
from glocal_kg._publish.lines.ntriples_text import RDF_TYPE, iri, split_triple
from glocal_kg._rdf.namespaces import OWL

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<catalog prefer="public" xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog">
"""
_HEADER, _IMPORTS = str(OWL.Ontology), str(OWL.imports)


def xml_catalog(parts: Sequence[GraphSet]) -> str:
    """The catalog of a release; empty where its ontology imports nothing that is in it."""
    ontology = next((part for part in parts if part.name == "ontology"), None)
    if ontology is None:
        return ""
    imported = {o for _, p, o in map(split_triple, ontology.triple_lines()) if p == _IMPORTS}
    files: dict[str, str] = {}
    for part in parts if imported else ():
        if len(part.graphs) == 1 and _HEADER in part.graphs[0].kinds:
            for subject, predicate, kind in map(split_triple, part.triple_lines()):
                if predicate == RDF_TYPE and kind == _HEADER and subject in imported:
                    files.setdefault(iri(subject), f"{part.name}.ttl")
    if not files:
        return ""
    entries = (
        f"  <uri name={quoteattr(name)} uri={quoteattr(file)}/>\n"
        for name, file in sorted(files.items())
    )
    return f"{_HEAD}{''.join(entries)}</catalog>\n"
