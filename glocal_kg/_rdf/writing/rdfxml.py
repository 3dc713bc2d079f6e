"""Triples as RDF/XML, and an error where XML cannot say what they say.

XML 1.0 has no way to write some characters, and a predicate has to end in an XML name. Nothing
is written then: a file that no parser reads, or that says something else, helps nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import groupby

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from glocal_kg.errors import GlocalError

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_STRING = "http://www.w3.org/2001/XMLSchema#string"
_START = (
    "A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_LOCAL = re.compile(f"[{_START}][-.0-9\u00b7\u0300-\u036f\u203f-\u2040{_START}]*\\Z")
FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""The characters that XML 1.0 cannot write."""
_DIRECTED = 'xmlns:its="http://www.w3.org/2005/11/its" its:version="2.0" rdf:version="1.2"'
"""What an element needs that says the direction of its text, which is of RDF 1.2."""
_TAKEN = {
    "Description", "RDF", "li", "ID", "about", "resource", "nodeID", "datatype", "parseType",
    "bagID", "aboutEach", "aboutEachPrefix",
}  # fmt: skip
_OF_XML = {"http://www.w3.org/2000/xmlns/", "http://www.w3.org/XML/1998/namespace"}


class NotExpressible(GlocalError):
    """A graph says something that RDF/XML cannot write; the message says what."""

    def __init__(self, what: str) -> None:
        super().__init__(what, remedy="Use turtle, ntriples or jsonld.")


def rdfxml(triples: Iterable[Triple], prefixes: Mapping[str, str]) -> str:
    """Triples as RDF/XML, one ``rdf:Description`` for each subject, in the order given.

    Raises ``NotExpressible``, before anything is written.

    >>> a, p = NamedNode("urn:a"), NamedNode("urn:n#p")
    >>> print(rdfxml([Triple(a, p, Literal("x & y", language="en"))], {"n": "urn:n#"}), end="")
    <?xml version="1.0" encoding="UTF-8"?>
    <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
      xmlns:n="urn:n#">
      <rdf:Description rdf:about="urn:a">
        <n:p xml:lang="en">x &amp; y</n:p>
      </rdf:Description>
    </rdf:RDF>
    """
    names = {space: prefix for prefix, space in prefixes.items() if prefix != "rdf"}
    names = {space: prefix for space, prefix in names.items() if _LOCAL.match(prefix)}
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f'<rdf:RDF xmlns:rdf="{RDF}"']
    lines += [f'  xmlns:{prefix}="{attribute(space)}"' for space, prefix in names.items()]
    lines[-1] += ">"
    names[RDF] = "rdf"
    for subject, group in groupby(triples, key=lambda triple: triple.subject):
        lines.append(f"  <rdf:Description {_node('about', subject)}>")
        lines += [f"    {_property(t.predicate, t.object, names)}" for t in group]
        lines.append("  </rdf:Description>")
    return "\n".join([*lines, "</rdf:RDF>", ""])


def _property(predicate: NamedNode, value: object, names: Mapping[str, str]) -> str:
    space, local = split(predicate.value)
    if space in names:
        name = opening = f"{names[space]}:{local}"
    else:
        name = f"p:{local}"
        opening = f'{name} xmlns:p="{attribute(space)}"'
    if not isinstance(value, Literal):
        return f"<{opening} {_node('resource', value)}/>"
    if value.language:
        opening += f' xml:lang="{attribute(value.language)}"'
        if value.direction:
            opening += f' {_DIRECTED} its:dir="{value.direction}"'
    elif value.datatype.value != _STRING:
        opening += f' rdf:datatype="{attribute(value.datatype.value)}"'
    return f"<{opening}>{text(value.value)}</{name}>"


def _node(role: str, term: object) -> str:
    if isinstance(term, BlankNode):
        label = term.value if _LOCAL.match(term.value) else f"b{term.value}"
        return f'rdf:nodeID="{attribute(label)}"'
    if isinstance(term, NamedNode):
        return f'rdf:{role}="{attribute(term.value)}"'
    raise NotExpressible(f"RDF/XML 1.1 cannot write {term} in this place.")


def split(predicate: str) -> tuple[str, str]:
    """Namespace and local name, cut where the known vocabularies cut: after # or /.

    Raises ``NotExpressible`` for what ends in no XML name, or means something to XML itself.

    >>> split("https://example.org/p#1a")
    ('https://example.org/p#1', 'a')
    """
    cut = max(predicate.rfind("#"), predicate.rfind("/"), predicate.rfind(":")) + 1
    while cut < len(predicate) and not _is_name(predicate[cut:]):
        cut += 1
    if cut == len(predicate):
        raise NotExpressible(f"The predicate <{predicate}> does not end in an XML name.")
    space, local = predicate[:cut], predicate[cut:]
    if space in _OF_XML or (space == RDF and local in _TAKEN):
        raise NotExpressible(f"The predicate <{predicate}> means something else in RDF/XML.")
    return space, local


@cache
def _is_name(text: str) -> bool:
    """Whether a text is a name by every edition of XML 1.0.

    The fifth allows thousands of letters that parsers of the fourth, such as expat, refuse.
    """
    if not _LOCAL.match(text):
        return False
    if text.isascii():
        return True
    from xml.parsers.expat import ExpatError, ParserCreate

    try:
        ParserCreate().Parse(f"<{text}/>", True)
    except ExpatError:
        return False
    return True


def text(content: str) -> str:
    """Text for an element. Raises ``NotExpressible`` for what XML cannot write."""
    found = FORBIDDEN.search(content)
    if found:
        code = f"U+{ord(found[0]):04X}"
        raise NotExpressible(f"A text holds the character {code}, which XML cannot write.")
    # A bare carriage return would be read back as a line feed.
    escaped = content.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return escaped.replace("\r", "&#13;")


def attribute(content: str) -> str:
    """Text for an attribute in double quotes."""
    escaped = text(content).replace('"', "&quot;")
    return escaped.replace("\n", "&#10;").replace("\t", "&#9;")
