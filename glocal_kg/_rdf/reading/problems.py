"""What went wrong in a document, said with its place, its line and a remedy."""

from __future__ import annotations

import re
from collections.abc import Callable
from difflib import get_close_matches
from io import BytesIO
from itertools import islice

from glocal_kg._rdf.formats import JSON_LD, N_QUADS, N_TRIPLES, PACKINGS, RDF_XML, TRIG, Format
from glocal_kg._rdf.namespaces import prefixes
from glocal_kg._rdf.reading.jsonld.faults import JsonLdFault
from glocal_kg._rdf.reading.packed import packing_in
from glocal_kg._rdf.reading.term_depth import INSTEAD, TRIPLE_TERMS
from glocal_kg._rdf.reading.turtle_slips import lines_slip, trig_slip, turtle_slip
from glocal_kg._rdf.reading.xml_events import XmlError
from glocal_kg.errors import ReadError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import IO

RELATIVE = (
    "Relative IRIs need a base: give base= (on the command line --base), declare one in the file"
    " (@base, xml:base), or write the IRI in full."
)
_PAGE = re.compile(rb"(?:<\?xml[^>]*>\s*)?<(?:!DOCTYPE\s+html|html)\b", re.IGNORECASE)
_NO_PAGE = "It is a web page: download the data instead."
_JSON = re.compile(rb"\[?\s*\{\s*[\"}]")
_TOKEN = re.compile(r", found [A-Z]\w+\(.*")  # as the parser calls it, not as it is written
_SELECT = re.compile(rb"\b(?:SELECT|CONSTRUCT|ASK)\b[^.]*\{", re.IGNORECASE)
AROUND = 30  # characters shown on either side of the place
LONGEST = 1 << 24  # the parser loses count of columns in longer lines


def syntax_problem(
    error: SyntaxError,
    name: str,
    format: Format,
    head: bytes,
    reopen: Callable[[], IO[bytes]],
) -> ReadError:
    """The parser's error as ``ReadError``: same place, the line's text, what to do."""
    line, column = error.lineno, error.offset
    said = (error.msg or str(error)).strip()
    message = said.split(": ", 1)[1] if said.startswith("Parser error ") else said
    message = visible(_TOKEN.sub("", message))
    message = f"This is not valid {format.code}: {message.rstrip('.')}"
    if len(message) > 300:
        message = message[:300] + "..."
    if line is not None and column is not None:
        with reopen() as stream:
            shown = excerpt(stream, line, column)
        column = column if shown is not None else None
        message += f", near `{shown}`" if shown is not None else ", far into a very long line"
    place = at_place(reopen, line, column) if line and column else ("", "")
    remedy = _remedy(said, format, head, place)
    return ReadError(message + ".", source=name, line=line, column=column, remedy=remedy)


def at_place(reopen: Callable[[], IO[bytes]], line: int, column: int) -> tuple[str, str]:
    """What stands before and after a place in its line."""
    with reopen() as stream:
        for _ in range(line - 1):
            stream.readline(LONGEST)
        text = stream.readline(1 << 16).decode("utf-8", "replace")
    return text[: column - 1], text[column - 1 :]


def json_problem(fault: JsonLdFault, name: str, content: bytes) -> ReadError:
    """The error for a text that is no JSON, no JSON-LD, or says what RDF cannot hold."""
    said = visible(str(fault))
    message = f"This is not valid jsonld: {said if len(said) <= 300 else said[:300] + '...'}"
    if fault.line is not None and fault.column is not None:
        shown = excerpt(BytesIO(content), fault.line, fault.column)
        message += f", near `{shown}`" if shown is not None else ", far into a very long line"
    page = _PAGE.match(content[:1000].removeprefix(b"\xef\xbb\xbf").lstrip())
    return ReadError(
        message + ".",
        source=name,
        line=fault.line,
        column=fault.column,
        remedy=_NO_PAGE if page else fault.remedy,
    )


def _remedy(said: str, format: Format, head: bytes, place: tuple[str, str]) -> str:
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if _JSON.match(text) and format is not JSON_LD:
        return "It looks like JSON-LD: end its name in .jsonld, or give format='jsonld'."
    if text.startswith((b"<?xml", b"<rdf:RDF")) and format is not RDF_XML:
        return "It looks like RDF/XML: end its name in .rdf, or give format='rdfxml'."
    if _PAGE.match(text):
        return _NO_PAGE
    if text.lstrip(b" \n#").upper().startswith(b"SELECT ") or _SELECT.search(text):
        return "It is a query, not data: ask it with kg.query, on the command line glocal query."
    if "No scheme found" in said:
        return RELATIVE
    comma = "dot is expected" in said or "not a valid subject" in said
    if comma and re.search(r",\s*\S*\s*$", place[0]):
        return "A comma goes on with the same property; before another property write a semicolon."
    if "prefix" in said and "declared" in said and not place[0][-1:].isdigit():
        return _declare(said, head)
    if "dot is expected" in said:
        return "End the statement before this place with a dot: ."
    first = text.split(b"\n", 1)[0].strip()
    if any(sign in first for sign in (b",", b";", b"\t")) and not any(
        sign in first for sign in (b"<", b":", b"[", b"#")
    ):
        return "It looks like a table: glocal import reads tables, with a mapping or template."
    slip = trig_slip(place[1]) if format is TRIG else ""
    slip = slip or turtle_slip(said, *place)
    if format in (N_TRIPLES, N_QUADS):
        slip = lines_slip(said, *place)
    if slip:
        return slip
    if "Invalid IRI code point" in said:
        return "An IRI has no blanks, quotes or brackets: write %20 for a blank, or leave it out."
    if "UTF-8" in said:
        return "Save the file in UTF-8."
    return "Correct this place; if the file is in another format, give it that suffix."


def _declare(said: str, head: bytes) -> str:
    """How to declare the prefix that an error of the parser names, or which one was meant."""
    found = re.search(r"The prefix (\S*?):", said)
    name = found[1] if found else ""
    if name and (iri := prefixes().get(name)):
        return f"Write at the top of the file: @prefix {name}: <{iri}> ."
    if found and not name:
        return "Write at the top of the file: @prefix : <https://example.org/> ."
    declared = re.findall(r"(?i)\bprefix\s+([\w-]+):", head.decode("utf-8", "replace"))
    known = {one.lower(): one for one in [*prefixes(), *declared]}
    close = get_close_matches(name.lower(), sorted(known), 1, 0.75)
    if name.lower() in known:
        return f"Prefixes tell large from small letters: write {known[name.lower()]}:."
    if close:
        return f"Did you mean {known[close[0]]}:? Else declare {name}: at the top of the file."
    return "Declare the prefix at the top of the file, or correct its spelling."


def visible(text: str) -> str:
    """Text for a message: what cannot be seen, or acts on a terminal, as its code.

    >>> print(visible("a\\u00a0b"))
    a[U+00A0]b
    """
    return "".join(letter if letter.isprintable() else f"[U+{ord(letter):04X}]" for letter in text)


def excerpt(stream: IO[bytes], line: int, column: int) -> str | None:
    """The text around a place; None in a line so long that its columns are not known.

    >>> from io import BytesIO
    >>> excerpt(BytesIO(b"first\\nsecond line\\n"), 2, 8)
    'second line'
    """
    for _ in range(line - 1):
        stream.readline()
    text = stream.readline(LONGEST)
    if len(text) == LONGEST:
        return None
    start, end = max(0, column - 1 - AROUND), column - 1 + AROUND
    piece = text[start:end].decode("utf-8", "replace").strip()
    return ("..." if start else "") + visible(piece) + ("..." if len(text) > end else "")


def xml_problem(
    error: XmlError, name: str, head: bytes, reopen: Callable[[], IO[bytes]]
) -> ReadError:
    """The error for RDF/XML that is not well-formed, or not RDF."""
    said = str(error)
    remedy = "Correct this place, or copy the file again if it is cut."
    if _PAGE.match(head.removeprefix(b"\xef\xbb\xbf").lstrip()):
        remedy = _NO_PAGE
    elif "no base" in said:
        remedy = RELATIVE
    elif "unbound prefix" in said:
        remedy = _xmlns(error, head)
    elif "invalid token" in said:
        with reopen() as stream:
            line = next(islice(stream, error.line - 1, None), b"")
        if _AND.search(line):
            remedy = "Write &amp; for &, and &lt; for <."
        elif not _is_utf_8(line):
            said, remedy = f"{said}, for it is not in UTF-8", _UTF_8
    elif TRIPLE_TERMS in said:
        remedy = INSTEAD
    elif "encoding" in said:
        remedy = _UTF_8
    elif (
        not head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith((b"<", b"\xff", b"\xfe", b"\0"))
    ):
        remedy = "It does not look like XML; if the file is in another format, give it that suffix."
    return ReadError(
        f"This is not valid rdfxml: {said}.",
        source=name,
        line=error.line,
        column=error.column,
        remedy=remedy,
    )


_AND = re.compile(rb"&(?!#?\w+;)|<(?![\w/!?])")
_UTF_8 = "Save the file in UTF-8, or say in its first line how it is written."


def _is_utf_8(text: bytes) -> bool:
    try:
        text.decode()
    except UnicodeDecodeError:
        return False
    return True


def _line(head: bytes, line: int | None) -> bytes:
    lines = head.splitlines()
    return lines[line - 1] if line is not None and line <= len(lines) else b""


def _xmlns(error: XmlError, head: bytes) -> str:
    """How to declare the prefix of XML that stands in a line and is not declared."""
    text = head.decode("utf-8", "replace")
    declared = {*re.findall(r"xmlns:([\w-]+)\s*=", text), "xml", "xmlns"}
    here = _line(head, error.line).decode("utf-8", "replace")
    for name in re.findall(r"[<\s/]([A-Za-z][\w-]*):[A-Za-z]", re.sub(r"\"[^\"]*\"", "", here)):
        if name not in declared:
            iri = prefixes().get(name, "https://example.org/")
            return f'Declare the prefix in the first element: xmlns:{name}="{iri}".'
    return 'Declare each prefix in the first element, as in xmlns:ex="https://example.org/".'


_WIDE = {b"\xff\xfe\0\0": "UTF-32", b"\0\0\xfe\xff": "UTF-32", b"\xff\xfe": "UTF-16",
         b"\xfe\xff": "UTF-16"}  # fmt: skip
"""The marks at the beginning of texts with two or four bytes for a letter."""


def binary(name: str, head: bytes) -> ReadError:
    """The error for a file that is no text."""
    wide = next((kind for sign, kind in _WIDE.items() if head.startswith(sign)), "")
    if wide:
        return ReadError(f"The file is in {wide}.", source=name, remedy="Save it in UTF-8.")
    return ReadError(
        "This is a binary file, not RDF text in UTF-8.",
        source=name,
        remedy=f"It is compressed: let its name end as it is packed ({', '.join(PACKINGS)})."
        if packing_in(head)
        else "Export the data as Turtle, N-Quads or JSON-LD in UTF-8.",
    )


def no_statements(name: str, *, blank: bool, keys: bool = False) -> ReadError:
    """The error for a file that would add nothing; one with ``keys`` is JSON-LD."""
    remedy = "Check that it was saved, and that it is the right file."
    if keys and not blank:
        remedy = (
            'In JSON-LD only "@id", "@type" and what "@context" declares mean something: '
            "declare the keys there, or write IRIs in full."
        )
    return ReadError(
        "The file is empty." if blank else "The file holds no statements.",
        source=name,
        remedy=remedy,
    )


def too_deep(name: str, most: int) -> ReadError:
    """The error for JSON in JSON beyond what its parser can follow."""
    return ReadError(
        f"More than {most} brackets of the JSON are open at once.",
        source=name,
        remedy="Write inner nodes beside the outer ones, and link them by @id.",
    )


def too_long(name: str) -> ReadError:
    """The error for a piece of text that does not end within the parser's 16 MB."""
    return ReadError(
        "A single name, literal or line is longer than 16 MB.",
        source=name,
        remedy="Look for a quote that is never closed, or split the value.",
    )
