"""Property paths written as in SPARQL, and what reading along them reads."""

from __future__ import annotations

import re

from pyoxigraph import NamedNode

from glocal_kg._engines.shacl.paths import (
    AlternativePath,
    InversePath,
    Path,
    Predicate,
    RepeatedPath,
    SequencePath,
)
from glocal_kg._engines.shacl.reads import Reads, steps_of
from glocal_kg._rdf.namespaces import expand
from glocal_kg.errors import QueryError

_TOKEN = re.compile(r"[\^/|()?*+]|<[^<>\s]+>|[\w-]+:[\w-]+|\S")
_REPEATS = {"?": (True, True), "*": (True, False), "+": (False, False)}
_ANY = re.compile(r"(?:(?P<path>.+)/)?(?P<back>\^?)any")


def read_path_text(text: str) -> Path:
    """The path of a text with known prefixes.

    Raises QueryError for what is no path.

    >>> read_path_text("rdf:type/rdfs:subClassOf*|^skos:broader").choices[0].steps[1].zero
    True
    """
    return _PathReader(text).whole()


def reads_of_text(text: str) -> frozenset[Reads]:
    """Every fact read along a path; ``any`` as its last step is a fact with any property.

    >>> [read.at_object for read in reads_of_text("^any")]
    [True]
    """
    match = _ANY.fullmatch(text)
    if match is None:
        return frozenset(steps_of(read_path_text(text)))
    start = None if match["path"] is None else read_path_text(match["path"])
    last = Reads(start, None, at_object=bool(match["back"]))
    return frozenset((*(() if start is None else steps_of(start)), last))


class _PathReader:
    """Recursive descent over the grammar of SPARQL, section 9.1."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = _TOKEN.findall(text)
        self.at = 0

    def whole(self) -> Path:
        path = self.choices()
        if self.at < len(self.tokens):
            raise self.problem()
        return path

    def choices(self) -> Path:
        found = [self.steps()]
        while self.take("|"):
            found.append(self.steps())
        return found[0] if len(found) == 1 else AlternativePath(tuple(found))

    def steps(self) -> Path:
        found = [self.step()]
        while self.take("/"):
            found.append(self.step())
        return found[0] if len(found) == 1 else SequencePath(tuple(found))

    def step(self) -> Path:
        backward = self.take("^")
        if self.take("("):
            path = self.choices()
            if not self.take(")"):
                raise self.problem()
        else:
            path = self.predicate()
        for sign, (zero, once) in _REPEATS.items():
            if self.take(sign):
                path = RepeatedPath(path, zero, once)
        return InversePath(path) if backward else path

    def predicate(self) -> Path:
        name = self.tokens[self.at] if self.at < len(self.tokens) else ""
        self.at += 1
        try:
            return Predicate(NamedNode(name[1:-1]) if name[:1] == "<" else expand(name))
        except ValueError:
            raise self.problem() from None

    def take(self, token: str) -> bool:
        if self.tokens[self.at : self.at + 1] != [token]:
            return False
        self.at += 1
        return True

    def problem(self) -> QueryError:
        return QueryError(
            f"'{self.text}' is no property path.",
            remedy="Write it as in SPARQL, with known prefixes: ^dcterms:subject/rdf:type.",
        )
