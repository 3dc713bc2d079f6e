"""RDF/XML as a stream, and an honest answer where XML cannot say what a graph says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TextIO

from glocal_kg._publish.terms import RDF, XSD, by_subject, iri, value

# XML 1.0 names without a colon, and the characters XML 1.0 has no way to write.
_START = (
    "A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_LOCAL = re.compile(f"[{_START}][-.0-9\u00b7\u0300-\u036f\u203f-\u2040{_START}]*$")
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class NotExpressible(ValueError):
    """A graph says something that a format cannot write; the message says what."""


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
        file.write(f'\n  xmlns:{names[space]}="{_attribute(space)}"')
    file.write(">\n")
    names[RDF] = "rdf"
    for subject, pairs in by_subject(lines):
        file.write(f"  <rdf:Description {_node('about', subject)}>\n")
        for predicate, object_ in pairs:
            file.write(f"    {_property(predicate, object_, names)}\n")
        file.write("  </rdf:Description>\n")
    file.write("</rdf:RDF>\n")


def _property(predicate: str, object_: str, names: Mapping[str, str]) -> str:
    space, local = _split(iri(predicate))
    if space in names:
        name = open_ = f"{names[space]}:{local}"
    else:
        name = f"p:{local}"
        open_ = f'{name} xmlns:p="{_attribute(space)}"'
    if object_[0] != '"':
        return f"<{open_} {_node('resource', object_)}/>"
    text, datatype, language = value(object_)
    if language:
        open_ += f' xml:lang="{language}"'
    elif datatype != f"{XSD}string":
        open_ += f' rdf:datatype="{_attribute(datatype)}"'
    return f"<{open_}>{_text(text)}</{name}>"


def _node(role: str, term: str) -> str:
    if term[0] == "_":
        return f'rdf:nodeID="{term[2:]}"'
    return f'rdf:{role}="{_attribute(iri(term))}"'


def _split(predicate: str) -> tuple[str, str]:
    """Namespace and local name, cut where the known vocabularies cut: after # or /."""
    cut = max(predicate.rfind("#"), predicate.rfind("/"), predicate.rfind(":")) + 1
    while cut < len(predicate) and not _LOCAL.match(predicate, cut):
        cut += 1
    if cut == len(predicate):
        raise NotExpressible(f"the predicate <{predicate}> does not end in an XML name")
    if predicate[:cut] == RDF and predicate[cut:] in ("Description", "RDF", "li", "ID", "about"):
        raise NotExpressible(f"the predicate <{predicate}> means something else in RDF/XML")
    return predicate[:cut], predicate[cut:]


def _text(text: str) -> str:
    found = _FORBIDDEN.search(text)
    if found:
        code = f"U+{ord(found[0]):04X}"
        raise NotExpressible(f"a text holds the character {code}, which XML cannot write")
    # A bare carriage return would be read back as a line feed.
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return escaped.replace("\r", "&#13;")


def _attribute(text: str) -> str:
    return _text(text).replace('"', "&quot;")
