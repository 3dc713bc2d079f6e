"""In which line of a document a fact stands: a light reading of Turtle and its relatives.

The parser that reads facts does not say where it met them. Here the document is cut into tokens
once more, only for the subjects that are asked about, so that a finding can name its line.
RDF/XML and JSON-LD are read as they were, by readers of ours that know the line.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from glocal_kg._rdf.formats import JSON_LD, N_QUADS, N_TRIPLES, RDF_XML
from glocal_kg._rdf.reading.document import Document
from glocal_kg._rdf.reading.met import NODE, Met

TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_TOKEN = re.compile(
    r"""(?P<skip>\s+|\#[^\n]*)
      | (?P<text>\"{3}(?:[^"\\]|\\.|\"(?!\"\"))*\"{3}|'{3}(?:[^'\\]|\\.|'(?!''))*'{3}
          |"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
      | (?P<tag>@[A-Za-z][A-Za-z0-9-]*|\^\^)
      | (?P<iri><[^<>\s]*>)
      | (?P<open>[\[(]|<<\(?)
      | (?P<close>[\])]|\)?>>)
      | (?P<brace>[{}])
      | (?P<word>(?:[^\s\[\](){}"'<>;,.\#]|\.(?=[\w:%\\-])|(?<=\S)\#)+)
      | (?P<mark>.)""",
    re.VERBOSE | re.DOTALL,
)
_REST = re.compile(
    r"""(?>[^<"'.{}\#]++|<[^<>\s]*+>|<|(?<=\S)\#|\#[^\n]*+
      |\"{3}(?>[^"\\]++|\\.|\"(?!\"\"))*+\"{3}|'{3}(?>[^'\\]++|\\.|'(?!''))*+'{3}
      |"(?>[^"\\\n]++|\\.)*+"|'(?>[^'\\\n]++|\\.)*+'|\.(?=[\w:%\\-]))*+""",
    re.VERBOSE | re.DOTALL,
)
"""From a subject to the dot that ends what is said of it."""
_FACT = re.compile(
    r"""<([^<>\s]*)>\ <([^<>\s]*)>
      \ (?:<([^<>\s]*)>|"([^"\\]*)"(?:@[A-Za-z][A-Za-z0-9-]*|\^\^<[^<>\s]*>)?)\ \.""",
    re.VERBOSE,
)
"""A line of N-Triples as it is mostly written."""


class Positions:
    """The lines of what a document says of some subjects, by their IRIs."""

    def __init__(self, document: Document, wanted: Collection[str]) -> None:
        """Raises ``OSError`` where the document cannot be read any more."""
        self._document = document
        self._lines: dict[tuple[str, ...], int] = {}
        self._text = ""
        if self._of_facts:
            self._keep(self._met_in_lines(wanted), wanted)
            return
        with document.open() as stream:
            content = stream.read()
        self._text = content.decode("utf-8", "replace")
        if document.format in (RDF_XML, JSON_LD):
            self._keep(document.met(content), wanted)
        elif any(iri == NODE or _local(iri) in self._text for iri in wanted):
            self._keep(_met(self._text, document.base or "", frozenset(wanted)), wanted)

    @property
    def _of_facts(self) -> bool:
        """Whether a line is a fact: such a document may be bigger than memory, and is streamed."""
        return self._document.format in (N_TRIPLES, N_QUADS)

    def _met_in_lines(self, wanted: Collection[str]) -> Iterator[Met]:
        from glocal_kg._rdf.reading.lines_of_subjects import lines_about

        subjects = {iri.encode() for iri in wanted}
        with self._document.open() as stream:
            for number, line in lines_about(subjects, stream):
                text = line.decode("utf-8", "replace")
                plain = _FACT.fullmatch(text)
                if plain is not None:
                    s, p, iri, value = plain.groups("")
                    yield from (
                        (number, s, "", ""),
                        (number, s, p, ""),
                        (number, s, p, iri + value),
                    )
                    continue
                for _, *parts in _met(text, ""):
                    yield number, parts[0], parts[1], parts[2]

    def _keep(self, met: Iterator[Met], wanted: Collection[str]) -> None:
        for line, *parts in met:
            if parts[0] in wanted:
                known = tuple(part for part in parts if part)
                for size in range(1, len(known) + 1):
                    self._lines.setdefault(known[:size], line)

    def line(self, subject: str, property: str = "", value: str = "") -> int | None:
        """The line of a fact, as exactly as it is known; None where nothing is said of it.

        ``value`` is an IRI or the text of a literal.
        """
        return self._lines.get(tuple(part for part in (subject, property, value) if part))

    def naming(self, text: str) -> int | None:
        """The first line that has a text, such as a namespace; None for none."""
        if self._of_facts:
            sought = text.encode()
            with self._document.open() as stream:
                return next((at for at, line in enumerate(stream, 1) if sought in line), None)
        at = self._text.find(text)
        return None if at < 0 else self._text.count("\n", 0, at) + 1


def _local(iri: str) -> str:
    return iri[max(iri.rfind("#"), iri.rfind("/")) + 1 :]


def _met(text: str, base: str, wanted: frozenset[str] | None = None) -> Iterator[Met]:
    """The subjects, properties and values of a text in Turtle, TriG, N-Triples or N-Quads.

    With ``wanted`` what is said of other named subjects is passed over.

    >>> list(_met("@prefix a: <urn:> .\\na:x a a:C ;\\n  a:p 'one' .", ""))[-1]
    (3, 'urn:x', 'urn:p', 'one')
    """
    prefixes: dict[str, str] = {}
    frames = [["", ""]]  # subject and property, one pair for each open bracket
    directive: list[str] = []
    line, last = 1, 0
    at = 0
    while match := _TOKEN.match(text, at):
        kind, token, at = match.lastgroup, match.group(), match.end()
        if kind == "skip":
            continue
        line, last = line + text.count("\n", last, match.start()), match.start()
        frame = frames[-1]
        if directive or (not frame[0] and token.lower() in _DIRECTIVES):
            directive.append(token)
            if kind == "iri":
                if len(directive) == 3:
                    prefixes[directive[1].rstrip(":")] = _resolved(token[1:-1], base)
                else:
                    base = _resolved(token[1:-1], base)
                directive = []
        elif kind == "brace" or token == ".":
            frames = [["", ""]]
        elif token == ";":
            frame[1] = ""
        elif kind == "close":
            frames = frames[:-1] or [["", ""]]
        elif kind in ("iri", "word", "text", "open"):
            term = NODE if kind == "open" else _term(token, kind, prefixes, base)
            if text[max(0, match.start() - 2) : match.start()] == "^^":
                continue  # the datatype of the literal before
            if not frame[0]:
                frame[0] = term
                yield line, term, "", ""
                if wanted is not None and term not in wanted and kind != "open":
                    rest = _REST.match(text, at)
                    at = rest.end() if rest and len(frames) == 1 else at
            elif not frame[1]:
                frame[1] = term
                yield line, frame[0], term, ""
            else:
                yield line, frame[0], frame[1], term
            if kind == "open":
                frames.append(list(frame) if token == "(" else [NODE, ""])


_DIRECTIVES = frozenset({"@prefix", "@base", "prefix", "base"})


def _term(token: str, kind: str, prefixes: dict[str, str], base: str) -> str:
    if kind == "iri":
        return _resolved(token[1:-1], base)
    if kind == "text":
        cut = 3 if token[:3] in ('"""', "'''") else 1
        return _unescaped(token[cut:-cut])
    if token == "a":
        return TYPE
    prefix, colon, local = token.partition(":")
    if colon and prefix in prefixes:
        return prefixes[prefix] + local.replace("\\", "")
    return token


def _resolved(iri: str, base: str) -> str:
    if ":" in iri.split("/")[0]:
        return iri
    from urllib.parse import urljoin

    return urljoin(base, iri) if base else iri


def _unescaped(text: str) -> str:
    if "\\" not in text:
        return text
    return _ESCAPE.sub(lambda found: _plain_sign(found[0]), text)


_ESCAPE = re.compile(r"\\(?:u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)", re.DOTALL)
_SIGNS = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}


def _plain_sign(escape: str) -> str:
    if escape[1] in "uU" and len(escape) > 2:
        return chr(int(escape[2:], 16))
    return _SIGNS.get(escape[1], escape[1])
