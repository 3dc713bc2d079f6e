"""RDF/XML as a stream, and an honest answer where XML cannot say what a graph says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TextIO

from glocal_kg._publish.lines.ntriples_text import RDF, XSD, by_subject, iri, value
from glocal_kg._rdf.writing.rdfxml import attribute, split, text


def write_rdfxml(lines: Iterable[str], file: TextIO, prefixes: Mapping[str, str]) -> None:
    """Write sorted N-Triples lines as RDF/XML, one ``rdf:Description`` per subject.

    Raises ``NotExpressible`` where a predicate is no XML name or a text has a character that
    XML 1.0 forbids. Source: W3C, RDF 1.1 XML Syntax (2014).

    >>> import sys
    >>> write_rdfxml(['<a:s> <a:p> "x & y"@en .'], sys.stdout, {"a": "a:"})
    <?xml version="1.0" encoding="UTF-8"?>
    <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
      xmlns:a="a:">
      <rdf:Description rdf:about="a:s">
        <a:p xml:lang="en">x &amp; y</a:p>
      </rdf:Description>
    </rdf:RDF>
    """
    names = {space: prefix for prefix, space in prefixes.items() if space != RDF}
    file.write('<?xml version="1.0" encoding="UTF-8"?>\n')
    file.write(f'<rdf:RDF xmlns:rdf="{RDF}"')
    for space in sorted(names, key=lambda known: names[known]):
        file.write(f'\n  xmlns:{names[space]}="{attribute(space)}"')
    file.write(">\n")
    names[RDF] = "rdf"
    for subject, pairs in by_subject(lines):
        file.write(f"  <rdf:Description {_node('about', subject)}>\n")
        for predicate, object_ in pairs:
            file.write(f"    {_property(predicate, object_, names)}\n")
        file.write("  </rdf:Description>\n")
    file.write("</rdf:RDF>\n")


def _property(predicate: str, object_: str, names: Mapping[str, str]) -> str:
    space, local = split(iri(predicate))
    if space in names:
        name = open_ = f"{names[space]}:{local}"
    else:
        name = f"p:{local}"
        open_ = f'{name} xmlns:p="{attribute(space)}"'
    if object_[0] != '"':
        return f"<{open_} {_node('resource', object_)}/>"
    content, datatype, language = value(object_)
    if language:
        open_ += f' xml:lang="{language}"'
    elif datatype != f"{XSD}string":
        open_ += f' rdf:datatype="{attribute(datatype)}"'
    return f"<{open_}>{text(content)}</{name}>"


def _node(role: str, term: str) -> str:
    if term[0] == "_":
        return f'rdf:nodeID="{term[2:]}"'
    return f'rdf:{role}="{attribute(iri(term))}"'
